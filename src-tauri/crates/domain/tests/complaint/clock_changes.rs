//! What moves clocks: corrections, grades, pauses, extensions, rounds, changed rules.

use chrono::NaiveDate;
use domain::deadline::{DeadlineChange, diff};
use domain::rules::{RuleBook, RuleOverride, RuleValue};

use crate::case::{Story, lines};

fn book(code: &str, value: RuleValue, from: (i32, u32, u32)) -> RuleBook {
    let change = RuleOverride {
        code: code.to_owned(),
        value: Some(value),
        unit: None,
        effective_from: NaiveDate::from_ymd_opt(from.0, from.1, from.2).expect("a date"),
        reason: "新办法".to_owned(),
    };
    let book = RuleBook::built_in().with_overrides(vec![change]);
    book.expect("fits the rule")
}

#[test]
fn a_new_grade_swaps_the_clocks_of_opinion() {
    let mut story = Story::at("investigating");
    let now = "2026-03-02T13:00";
    let before = story.deadlines(&RuleBook::built_in(), now);
    story.edit("grade=重大");
    let after = story.deadlines(&RuleBook::built_in(), now);
    let changes: Vec<String> = diff(&before, &after)
        .iter()
        .map(|change| match change {
            DeadlineChange::Added(d) => format!("+{}", lines(std::slice::from_ref(d))[0]),
            DeadlineChange::Removed(d) => format!("-{}", lines(std::slice::from_ref(d))[0]),
            DeadlineChange::Changed { new, .. } => format!("~{}", new.rule),
        })
        .collect();
    assert_eq!(
        changes,
        [
            "-R-07/1 03-05 18:00 Running",
            "+R-08/1 03-03 09:00 Running",
            "+R-09/1 03-09 18:00 Running"
        ]
    );
    story.edit("grade=一般");
    assert_eq!(
        story.deadlines(&RuleBook::built_in(), now),
        before,
        "and back"
    );
}

#[test]
fn a_corrected_receipt_moves_every_clock_that_starts_there() {
    let mut story = Story::at("accepted");
    story.edit("received_at=2026-02-27T16:30");
    assert_eq!(
        story.clocks("2026-03-01T09:00"),
        [
            "R-03/1 02-27 18:00 MetLate",
            "R-04/1 02-27 16:30 MetLate",
            "R-06/1 02-28 16:30 Overdue",
            "R-07/1 03-02 18:00 Running",
        ]
    );
}

#[test]
fn a_corrected_event_moves_the_clocks_of_the_visit() {
    let mut story = Story::at("visit_due");
    for line in &mut story.actions {
        if line.values.text("step") == Some("finish_handling") {
            line.values
                .set("occurred_at", crate::case::moment("2026-03-06T15:00"));
        }
    }
    let clocks = story.clocks("2026-03-06T16:00");
    assert!(
        clocks.contains(&"R-10/1 03-10 18:00 Running".to_owned()),
        "{clocks:?}"
    );
    assert!(
        clocks.contains(&"R-11/1 03-11 18:00 Running".to_owned()),
        "{clocks:?}"
    );
}

#[test]
fn a_pause_stands_still_and_a_resumption_moves_on() {
    let mut story = Story::at("accepted");
    story.step("2026-03-02T15:00", "pause", "");
    let open = |story: &Story, now| -> Vec<String> {
        story
            .clocks(now)
            .into_iter()
            .filter(|l| !l.contains("Met"))
            .collect()
    };
    assert_eq!(
        open(&story, "2026-03-20T09:00"),
        ["R-06/1 03-03 09:00 Paused", "R-07/1 03-05 18:00 Paused"],
        "nothing is overdue while waiting"
    );
    story.step("2026-03-04T11:00", "resume", "");
    // 44 hours for hours; the third and the fourth for days, the second is not counted anyway.
    assert_eq!(
        open(&story, "2026-03-04T12:00"),
        ["R-06/1 03-05 05:00 Running", "R-07/1 03-07 18:00 Running"]
    );
}

#[test]
fn what_closes_a_case_ends_its_pause() {
    let mut story = Story::at("visited").with_archive();
    story.step("2026-03-06T09:00", "pause", "");
    story.step("2026-03-07T09:00", "archive", "");
    story.step("2026-05-06T09:00", "reopen", "");
    story.step("2026-05-07T09:00", "finish_handling", "");
    let clocks = story.clocks("2026-05-08T09:00");
    // Saturday 9 May works.
    assert!(
        clocks.contains(&"R-10/2 05-09 18:00 Running".to_owned()),
        "{clocks:?}"
    );
}

#[test]
fn an_extension_moves_the_deadline_it_names_and_never_back() {
    let mut story = Story::at("accepted");
    story.edit("due_on=2026-03-20 channel=12345 outer_deadline=2026-03-16");
    for (rule, until) in [
        ("R-07", "2026-03-09T12:00"),
        ("due_on", "2026-03-27"),
        ("outer_deadline", "2026-03-18"),
        ("R-06", "2026-03-02T12:00"),
        ("due_on", "2026-03-10"),
    ] {
        let typed = format!("act.rule={rule} act.until={until} by=钱总");
        story.step("2026-03-02T14:00", "extend", &typed);
    }
    assert_eq!(
        story.clocks("2026-03-02T15:00")[2..],
        [
            "R-06/1 03-03 09:00 Running", // never shortened
            "R-07/1 03-09 12:00 Running",
            "due_on/1 03-27 23:59 Running", // a bare day is meant to its end
            "outer_deadline/1 03-18 23:59 Running",
        ]
    );
    let deadlines = story.deadlines(&RuleBook::built_in(), "2026-03-02T15:00");
    let typed = deadlines
        .iter()
        .find(|d| d.rule == "due_on")
        .expect("due_on");
    assert!(
        typed.counted[1].starts_with("经钱总批准延期至"),
        "{:?}",
        typed.counted
    );
}

#[test]
fn an_extension_holds_for_its_round_but_the_department_asks_only_once() {
    let mut story = Story::at("plan");
    story.edit("channel=12345 outer_deadline=2026-03-16");
    for (rule, until) in [("R-07", "2026-03-09"), ("outer_deadline", "2026-03-18")] {
        let typed = format!("act.rule={rule} act.until={until}");
        story.step("2026-03-02T14:00", "extend", &typed);
    }
    story.step("2026-03-03T09:00", "ask_customer", "");
    story.step("2026-03-04T09:00", "customer_objects", "");
    let open: Vec<String> = story
        .clocks("2026-03-04T10:00")
        .into_iter()
        .filter(|l| !l.contains("Met"))
        .collect();
    assert_eq!(
        open,
        [
            "outer_deadline/1 03-18 23:59 Running",
            "R-07/2 03-07 18:00 Running",
        ]
    );
    story.step("2026-03-05T09:00", "reply_department", "");
    let clocks = story.clocks("2026-03-20T10:00");
    let answered = "outer_deadline/1 03-18 23:59 Met".to_owned();
    assert!(clocks.contains(&answered), "{clocks:?}");
}

#[test]
fn each_round_has_clocks_of_its_own_from_its_own_start() {
    let mut story = Story::at("visit_due");
    story.step("2026-03-05T10:00", "record_visit", "satisfaction=不满意");
    story.step("2026-03-06T10:00", "rework", "");
    let second = |story: &Story, now| -> Vec<String> {
        story
            .clocks(now)
            .into_iter()
            .filter(|l| l.contains("/2"))
            .collect()
    };
    assert_eq!(
        second(&story, "2026-03-06T11:00"),
        ["R-06/2 03-07 10:00 Running", "R-07/2 03-09 18:00 Running"]
    );
    story.step("2026-03-06T15:00", "make_plan", "");
    story.step("2026-03-06T16:00", "ask_customer", "");
    story.step("2026-03-08T10:00", "customer_objects", "");
    let third: Vec<String> = story.clocks("2026-03-08T11:00");
    assert!(
        third.contains(&"R-07/3 03-11 18:00 Running".to_owned()),
        "{third:?}"
    );
    assert!(
        !third.iter().any(|l| l.starts_with("R-06/3")),
        "who objects was spoken to"
    );
    let open: Vec<&String> = third.iter().filter(|l| !l.contains("Met")).collect();
    assert_eq!(open, ["R-07/3 03-11 18:00 Running"]);
}

#[test]
fn a_round_left_behind_has_no_open_clock() {
    let mut story = Story::at("customer_confirm");
    story.step("2026-03-03T09:00", "customer_objects", "");
    // Graded late: the opinion of the first round was never approved and never will be.
    story.edit("grade=重大");
    let open: Vec<String> = story
        .clocks("2026-03-03T10:00")
        .into_iter()
        .filter(|l| !l.contains("Met"))
        .collect();
    assert_eq!(
        open,
        ["R-08/1 03-03 09:00 Overdue", "R-09/2 03-10 18:00 Running"],
        "the report to the company is still owed"
    );
}

#[test]
fn a_round_takes_the_rule_of_its_own_trigger() {
    let rules = book("R-07", RuleValue::Number(5), (2026, 3, 6));
    let mut story = Story::at("visit_due");
    story.step("2026-03-05T10:00", "record_visit", "satisfaction=不满意");
    story.step("2026-03-06T10:00", "rework", "");
    let found: Vec<(u32, String, String)> = story
        .deadlines(&rules, "2026-03-06T11:00")
        .into_iter()
        .filter(|d| d.rule == "R-07")
        .map(|d| {
            (
                d.round,
                d.due_at.format("%m-%d").to_string(),
                d.rule_version,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (1, "03-05".to_owned(), "2000-01-01 C-21=calendar".to_owned()),
            (
                2,
                "03-11".to_owned(),
                "2026-03-06/office C-21=calendar".to_owned()
            ),
        ]
    );
}

#[test]
fn an_event_corrected_across_the_day_of_a_new_rule_takes_that_rule() {
    let rules = book("R-06", RuleValue::Number(48), (2026, 3, 2));
    let mut story = Story::at("accepted");
    let due = |story: &Story| {
        let all = story.deadlines(&rules, "2026-03-02T12:00");
        lines(&all)
            .into_iter()
            .find(|l| l.starts_with("R-06"))
            .expect("R-06")
    };
    assert_eq!(due(&story), "R-06/1 03-04 09:00 Running");
    story.edit("received_at=2026-03-01T09:00");
    assert_eq!(due(&story), "R-06/1 03-02 09:00 Overdue");
}
