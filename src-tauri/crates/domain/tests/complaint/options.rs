//! The office's choices where sources disagree, and rules that were not yet in force.

use chrono::NaiveDate;
use domain::rules::{RuleBook, RuleOverride, RuleValue};

use crate::case::{Story, lines};

fn chosen(code: &str, word: &str, from: &str) -> RuleBook {
    let change = RuleOverride {
        code: code.to_owned(),
        value: Some(RuleValue::Text(word.to_owned())),
        unit: None,
        effective_from: from.parse::<NaiveDate>().expect("a date"),
        reason: "本单位规定".to_owned(),
    };
    let book = RuleBook::built_in().with_overrides(vec![change]);
    book.expect("fits the setting")
}

fn rules_of(story: &Story, book: &RuleBook) -> String {
    let all = story.deadlines(book, "2026-03-03T10:00");
    let rules: Vec<String> = all.into_iter().map(|d| d.rule).collect();
    rules.join(" ")
}

#[test]
fn c_01_says_which_visit_limits_run() {
    let story = Story::at("visit_due");
    let visits = |book: &RuleBook| -> String {
        let all = rules_of(&story, book);
        let visits: Vec<&str> = all.split(' ').filter(|r| r.starts_with("R-1")).collect();
        visits.join(" ")
    };
    for (word, clocks) in [
        ("both", "R-10 R-11"),
        ("target_only", "R-10"),
        ("limit_only", "R-11"),
    ] {
        assert_eq!(
            visits(&chosen("C-01", word, "2026-01-01")),
            clocks,
            "{word}"
        );
    }
    let later = chosen("C-01", "limit_only", "2026-03-03");
    assert_eq!(visits(&later), "R-10 R-11", "settled before the choice");
}

#[test]
fn c_02_says_whether_the_opinion_has_a_clock_of_its_own() {
    let contact_only = chosen("C-02", "contact_only", "2026-01-01");
    let general = Story::at("accepted");
    let mut major = general.clone();
    major.edit("grade=重大");
    assert_eq!(
        rules_of(&general, &RuleBook::built_in()),
        "R-03 R-04 R-06 R-07"
    );
    assert_eq!(rules_of(&general, &contact_only), "R-03 R-04 R-06");
    assert_eq!(rules_of(&major, &contact_only), "R-03 R-04 R-06 R-08");
}

#[test]
fn c_03_asks_for_paper_only_where_the_office_takes_nothing_else() {
    for (written_only, outstanding, lacking) in [
        (false, "是", &[][..]),
        (true, "否", &[][..]),
        (true, "是", &["written"][..]),
    ] {
        let mut story = Story::at("registered");
        story.written_only = written_only;
        story.edit(&format!("paper_outstanding={outstanding}"));
        let typed = "grade=一般 department=工程部 acceptor=李主任";
        assert_eq!(
            story.lacks("accept", typed),
            lacking,
            "{written_only} {outstanding}"
        );
    }
}

#[test]
fn c_21_says_what_three_days_are() {
    // Received on a Friday: to Monday, or to Wednesday without the weekend.
    let mut story = Story::at("accepted");
    story.edit("received_at=2026-03-06T09:00");
    let opinion = |book: &RuleBook| {
        let all = story.deadlines(book, "2026-03-06T10:00");
        lines(&all)
            .into_iter()
            .find(|l| l.starts_with("R-07"))
            .expect("R-07")
    };
    assert_eq!(opinion(&RuleBook::built_in()), "R-07/1 03-09 18:00 Running");
    let working = chosen("C-21", "working", "2026-01-01");
    assert_eq!(opinion(&working), "R-07/1 03-11 18:00 Running");
}

#[test]
fn what_no_rule_demanded_then_has_no_clock() {
    // The shipped rules are in force since 2000.
    let story = Story::draft("received_at=1999-12-31T09:00 due_on=2026-03-20");
    let deadlines = story.deadlines(&RuleBook::built_in(), "2026-03-03T10:00");
    assert_eq!(lines(&deadlines), ["due_on/1 03-20 23:59 Running"]);
}
