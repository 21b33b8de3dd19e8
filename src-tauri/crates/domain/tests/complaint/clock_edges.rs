//! Clocks at the edges: closed cases, old ledgers without a log, days without a time.

use domain::complaint::WORKFLOW;
use domain::deadline::DeadlineState;
use domain::rules::RuleBook;

use crate::case::{Story, lines, moment};

#[test]
fn a_closed_case_has_no_open_clock_but_keeps_what_was_met() {
    for end in WORKFLOW.closed {
        let story =
            Story::draft("outer_deadline=2026-03-16 channel=微信 contact_promise=2026-03-08");
        let deadlines = story
            .on_to(end)
            .deadlines(&RuleBook::built_in(), "2026-06-01T09:00");
        let met = |s| matches!(s, DeadlineState::Met | DeadlineState::MetLate);
        assert!(
            deadlines.iter().all(|d| met(d.state)),
            "{end}: {:?}",
            lines(&deadlines)
        );
        assert!(deadlines.iter().any(|d| d.rule == "R-03"), "{end}");
    }
}

#[test]
fn an_old_case_without_a_log_is_not_called_late_for_what_nobody_wrote_down() {
    let mut story = Story::at("visit_due");
    story.actions.retain(|l| {
        let step = l.values.text("step");
        matches!(
            step,
            Some("register" | "finish_handling" | "schedule_visit")
        )
    });
    let left = ["R-03/1", "R-10/1", "R-11/1", "due_on/1"];
    let rules: Vec<String> = story
        .clocks("2026-06-01T09:00")
        .iter()
        .map(|l| l.split(' ').next().expect("a rule").to_owned())
        .collect();
    assert_eq!(rules, left);
}

#[test]
fn hours_from_a_bare_day_count_from_its_end() {
    let story = Story::draft("received_at=2026-03-02").on_to("accepted");
    let deadlines = story.deadlines(&RuleBook::built_in(), "2026-03-02T12:00");
    assert_eq!(
        lines(&deadlines),
        [
            "R-03/1 03-02 18:00 Met",
            "R-04/1 03-02 23:59 Met",
            "R-06/1 03-03 23:59 Running",
            "R-07/1 03-05 18:00 Running",
        ]
    );
    let contact = deadlines.iter().find(|d| d.rule == "R-06").expect("R-06");
    assert_eq!(
        contact.started_at,
        moment("2026-03-02T00:00"),
        "the fact stays as it was typed"
    );
    assert_eq!(contact.counted[0], "起算时间只记到日，自当日终了起算");
    let mut major = story.clone();
    major.edit("grade=重大");
    let clocks = major.clocks("2026-03-03T23:00");
    assert!(
        clocks.contains(&"R-08/1 03-03 23:59 Running".to_owned()),
        "{clocks:?}"
    );
}
