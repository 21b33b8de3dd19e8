//! The shipped rules, dated changes, and what is refused.

use chrono::NaiveDate;
use domain::count::Amount;
use domain::rules::codes::*;
use domain::rules::{
    RuleBook, RuleFileError, RuleKind, RuleOverride, RuleProblem, RuleValue, Severity, Unit,
};
use domain::time::{Moment, parse_moment};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn moment(text: &str) -> Moment {
    parse_moment(text).expect("a moment")
}

fn change(code: &str, value: Option<u32>, unit: Option<Unit>, from: &str) -> RuleOverride {
    RuleOverride {
        code: code.into(),
        value: value.map(RuleValue::Number),
        unit,
        effective_from: day(from),
        reason: "公司文件".into(),
    }
}

fn choose(code: &str, word: &str, from: &str) -> RuleOverride {
    RuleOverride {
        value: Some(RuleValue::Text(word.into())),
        ..change(code, None, None, from)
    }
}

fn amount(book: &RuleBook, code: &str, at: &str) -> Option<Amount> {
    book.version_at(code, &moment(at))
        .and_then(|rule| rule.amount)
}

const AT: &str = "2026-06-15T10:00";

#[test]
fn codes_and_shipped_rules_agree() {
    let book = RuleBook::built_in();
    let shipped: Vec<&str> = book.rules().iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(shipped, ALL);
}

#[test]
fn shipped_figures_are_those_of_the_sources() {
    let book = RuleBook::built_in();
    for (code, figure) in [
        (R_03, Amount::Days(0)),
        (R_04, Amount::Hours(0)),
        (R_04_LETTER, Amount::WorkingDays(1)),
        (R_06, Amount::Hours(24)),
        (R_07, Amount::Days(3)),
        (R_08, Amount::Hours(24)),
        (R_09, Amount::Days(7)),
        (R_10, Amount::WorkingDays(2)),
        (R_11, Amount::WorkingDays(3)),
        (R_15, Amount::Hours(0)),
        (R_23, Amount::WorkingDays(3)),
    ] {
        assert_eq!(amount(&book, code, AT), Some(figure), "{code}");
    }
    let at = moment(AT);
    assert_eq!(
        (book.number_at(R_12, &at), book.number_at(R_13, &at)),
        (Some(100), Some(100))
    );
    assert_eq!(book.number_at(R_17, &at), Some(2));
    assert_eq!(book.list_at(R_22, &at).len(), 5);
    assert_eq!(book.choice_at(C_01, &at), Some("both"));
    assert_eq!(
        book.office_end_at(&at),
        chrono::NaiveTime::from_hms_opt(18, 0, 0)
    );
    let severity = |code| {
        book.version_at(code, &at)
            .and_then(|rule| rule.rule.severity)
    };
    assert_eq!(
        (severity(R_10), severity(R_11)),
        (Some(Severity::Target), Some(Severity::Hard))
    );
    let clocks = book
        .rules()
        .iter()
        .filter(|rule| rule.kind == RuleKind::Clock);
    assert!(
        clocks
            .clone()
            .all(|rule| !rule.stop_zh.is_empty() && !rule.trigger_zh.is_empty())
    );
    assert_eq!(clocks.count(), 10);
}

#[test]
fn a_clock_is_stopped_by_a_step_that_exists() {
    let is_step = |id: &str| {
        domain::complaint::WORKFLOW
            .steps
            .iter()
            .any(|step| step.id == id)
    };
    for rule in RuleBook::built_in().rules() {
        assert!(
            rule.kind != RuleKind::Clock || is_step(&rule.stop),
            "{}: {}",
            rule.code,
            rule.stop
        );
    }
}

#[test]
fn a_change_counts_from_its_day_and_leaves_older_cases_alone() {
    let changes = vec![
        change(R_10, Some(5), None, "2026-05-01"),
        change(R_10, Some(1), None, "2026-08-01"),
        change(R_10, None, None, "2026-10-01"),
    ];
    let book = RuleBook::built_in().with_overrides(changes).expect("fits");
    for (at, figure, version) in [
        ("2026-04-30T23:59", 2, "2000-01-01"),
        ("2026-05-01T00:00", 5, "2026-05-01/office"),
        ("2026-08-01T00:00", 1, "2026-08-01/office"),
        ("2026-10-01T00:00", 2, "2000-01-01"),
    ] {
        let rule = book.version_at(R_10, &moment(at)).expect("in force");
        assert_eq!(rule.amount, Some(Amount::WorkingDays(figure)), "{at}");
        assert_eq!(rule.version, version);
    }
    assert_eq!(book.version_at(R_10, &moment("1999-12-31T12:00")), None);
    assert_eq!(book.version_at("R-999", &moment(AT)), None);
}

#[test]
fn plain_days_follow_the_global_switch_unless_the_rule_has_its_own() {
    let book = RuleBook::built_in();
    assert_eq!(amount(&book, R_07, AT), Some(Amount::Days(3)));
    let global = choose(C_21, "working", "2026-01-01");
    let own = change(R_09, None, Some(Unit::CalendarDays), "2026-01-01");
    let book = book.with_overrides(vec![global, own]).expect("fits");
    assert_eq!(amount(&book, R_07, AT), Some(Amount::WorkingDays(3)));
    assert_eq!(
        amount(&book, R_07, "2025-12-31T10:00"),
        Some(Amount::Days(3))
    );
    assert_eq!(
        amount(&book, R_09, AT),
        Some(Amount::Days(7)),
        "the rule's own switch"
    );
    assert_eq!(
        amount(&book, R_10, AT),
        Some(Amount::WorkingDays(2)),
        "never meant calendar days"
    );
    let version = book
        .version_at(R_07, &moment(AT))
        .expect("in force")
        .version;
    assert_eq!(version, "2000-01-01 C-21=working");
}

#[test]
fn changes_that_do_not_fit_their_rule_are_refused() {
    let book = RuleBook::built_in();
    let no_reason = RuleOverride {
        reason: " ".into(),
        ..change(R_10, Some(1), None, "2026-01-01")
    };
    for (change, problem) in [
        (
            change("R-999", Some(1), None, "2026-01-01"),
            RuleProblem::UnknownCode,
        ),
        (no_reason, RuleProblem::Reason),
        (choose(R_10, "两天", "2026-01-01"), RuleProblem::Value),
        (
            choose(OFFICE_END, "25:00", "2026-01-01"),
            RuleProblem::Value,
        ),
        (choose(C_01, "never", "2026-01-01"), RuleProblem::Option),
        (
            change(R_10, Some(1), Some(Unit::Percent), "2026-01-01"),
            RuleProblem::Unit,
        ),
        (
            change(R_12, Some(101), None, "2026-01-01"),
            RuleProblem::Value,
        ),
        (
            change(R_06, Some(900_000), None, "2026-01-01"),
            RuleProblem::TooLong,
        ),
    ] {
        assert_eq!(book.check_override(&change), Err(problem), "{change:?}");
        let refused = book
            .clone()
            .with_overrides(vec![change])
            .expect_err("refused");
        assert_eq!(refused.problem, problem);
    }
}

const LEGAL: &str = r#"
[[rule]]
code = "L-01"
title = "试"
kind = "clock"
value = 7
unit = "calendar_days"
trigger = "received"
stop = "done"
who = "甲"
source = "法"
law = { name = "法", article = "第一条", edition = "2020" }
effective_from = "2000-01-01"
severity = "hard"
legal = true
"#;

#[test]
fn a_newer_law_displaces_an_older_change_of_the_office() {
    let newer = LEGAL
        .replace("2000-01-01", "2026-06-01")
        .replace("value = 7", "value = 3");
    let seed = |text: &str| text.replace("legal = true", "");
    let due = |text: &str| {
        let book = RuleBook::parse(text).expect("rules");
        let book = book
            .with_overrides(vec![change("L-01", Some(9), None, "2026-01-01")])
            .expect("fits");
        amount(&book, "L-01", AT)
    };
    assert_eq!(due(&format!("{LEGAL}{newer}")), Some(Amount::Days(3)));
    assert_eq!(
        due(&format!("{}{}", seed(LEGAL), seed(&newer))),
        Some(Amount::Days(9))
    );
}

#[test]
fn a_profile_wins_over_the_default_where_it_has_a_rule() {
    let other = format!(
        "{}profile = \"external\"\n",
        LEGAL.replace("value = 7", "value = 15")
    );
    let book = RuleBook::parse(&format!("{LEGAL}{other}")).expect("rules");
    assert_eq!(amount(&book, "L-01", AT), Some(Amount::Days(7)));
    assert_eq!(
        amount(&book.clone().with_profile("external"), "L-01", AT),
        Some(Amount::Days(15))
    );
    assert_eq!(
        amount(&book.with_profile("nowhere"), "L-01", AT),
        Some(Amount::Days(7))
    );
}

#[test]
fn slips_in_a_rule_file_are_named_by_line() {
    match RuleBook::parse(&LEGAL.replace("who =", "whom =")) {
        Err(RuleFileError::Syntax(problem)) => {
            assert!(problem.message.contains("whom"), "{problem}");
            assert_eq!(problem.line, 10);
        }
        other => panic!("an unknown key was taken: {other:?}"),
    }
    for (from, to, problem) in [
        ("value = 7", "value = \"七\"", RuleProblem::Value),
        ("\"calendar_days\"", "\"percent\"", RuleProblem::Unit),
        ("value = 7", "value = 99999999", RuleProblem::TooLong),
        ("severity = \"hard\"", "", RuleProblem::Clock),
        ("law =", "# law =", RuleProblem::Law),
        ("2000-01-01", "2000-02-30", RuleProblem::EffectiveFrom),
    ] {
        let refused = RuleBook::parse(&LEGAL.replace(from, to)).expect_err("refused");
        let expected = RuleFileError::BadRule {
            line: 2,
            code: "L-01".into(),
            problem,
        };
        assert_eq!(refused, expected, "{to}");
    }
    let twice = RuleBook::parse(&format!("{LEGAL}{LEGAL}")).expect_err("refused");
    assert!(
        matches!(
            twice,
            RuleFileError::BadRule {
                line: 17,
                problem: RuleProblem::Twice,
                ..
            }
        ),
        "{twice}"
    );
}
