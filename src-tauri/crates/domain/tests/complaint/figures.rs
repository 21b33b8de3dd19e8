//! What is read off a complaint: whether it counts, how long it has been open, which sheets are
//! final.

use domain::complaint::{days_open, is_paper_final, is_valid, retention};
use domain::spec::Catalog;

use crate::case::{Story, moment};

#[test]
fn valid_is_what_was_accepted_and_neither_withdrawn_nor_unfounded() {
    for (state, valid) in [
        ("draft", false),
        ("registered", false),
        ("refused", false),
        ("converted", false),
        ("merged", false),
        ("accepted", true),
        ("investigating", true),
        ("plan", true),
        ("approval", true),
        ("customer_confirm", true),
        ("handling", true),
        ("handled", false), // handled as unfounded in this story
        ("visit_due", true),
        ("visited", true),
        ("archived", true),
        ("unfounded", false),
        ("withdrawn", false),
        ("transferred_out", false), // not ours
        ("legal", true),
    ] {
        assert_eq!(is_valid(&Story::at(state).record), valid, "{state}");
    }
}

#[test]
fn the_outcome_decides_wherever_the_case_stands() {
    for (outcome, valid) in [
        ("成立", true),
        ("部分成立", true),
        ("移交司法", true),
        ("不成立(解释)", false),
        ("恶意", false),
        ("撤回", false),
        ("不属本单位", false),
    ] {
        let mut story = Story::at("visited");
        story.edit(&format!("outcome={outcome}"));
        assert_eq!(is_valid(&story.record), valid, "{outcome}");
    }
}

#[test]
fn what_went_to_court_before_it_was_accepted_does_not_count() {
    let mut story = Story::at("registered");
    story.step("2026-03-05T09:00", "go_legal", "");
    assert!(!is_valid(&story.record));
}

#[test]
fn an_imported_case_that_was_settled_counts_as_accepted() {
    let mut story = Story::at("draft");
    story.edit("handled_at=2026-03-05T09:00");
    for (state, valid) in [("registered", false), ("visit_due", true), ("legal", true)] {
        story.record.state = Some(state.to_owned());
        assert_eq!(is_valid(&story.record), valid, "{state}");
    }
}

#[test]
fn a_complaint_is_open_from_receipt_to_settlement() {
    let days = |story: &Story, now| days_open(&story.record, moment(now));
    let mut story = Story::at("handling");
    assert_eq!(days(&story, "2026-03-02T23:59"), Some(0));
    assert_eq!(
        days(&story, "2026-03-03T00:00"),
        Some(1),
        "days of the calendar, not 24 hours"
    );
    story.step("2026-03-12T17:00", "finish_handling", "");
    assert_eq!(
        days(&story, "2026-09-01T09:00"),
        Some(10),
        "settled, whatever comes after"
    );
    story.step("2026-03-13T09:00", "record_visit", "satisfaction=不满意");
    story.step("2026-03-14T09:00", "rework", "");
    assert_eq!(
        days(&story, "2026-03-20T09:00"),
        Some(18),
        "worked on again"
    );
    assert_eq!(
        days(&Story::draft("received_at="), "2026-03-20T09:00"),
        None
    );
    assert_eq!(
        days(&Story::draft(""), "2026-03-01T09:00"),
        Some(0),
        "never below nought"
    );
}

#[test]
fn a_case_closed_without_settlement_stops_counting() {
    let now = moment("2026-09-01T09:00");
    let mut refused = Story::at("registered");
    refused.step("2026-03-05T09:00", "refuse", "");
    refused.record.updated_at = moment("2026-08-01T09:00");
    assert_eq!(
        days_open(&refused.record, now),
        Some(3),
        "the decision counts, not a later note"
    );
    let mut withdrawn = Story::at("withdrawn");
    withdrawn.record.updated_at = moment("2026-03-09T09:00");
    assert_eq!(days_open(&withdrawn.record, now), Some(7));
}

#[test]
fn unused_cells_are_struck_only_where_the_part_of_the_case_is_done() {
    for (form, before, after) in [
        ("F-02", "visit_due", "visited"),
        ("F-04", "registered", "accepted"),
        ("F-04", "registered", "refused"),
        ("F-28", "investigating", "plan"),
    ] {
        assert!(
            !is_paper_final(form, &Story::at(before).record),
            "{form} {before}"
        );
        assert!(
            is_paper_final(form, &Story::at(after).record),
            "{form} {after}"
        );
    }
    for form in ["F-01", "F-26", "F-40"] {
        assert!(
            is_paper_final(form, &Story::at("registered").record),
            "{form}"
        );
    }
    let archived = Story::at("archived");
    assert!(
        !is_paper_final("F-27", &archived.record),
        "finished by hand on site"
    );
    let mut again = Story::at("visit_due");
    again.step("2026-03-05T09:00", "record_visit", "satisfaction=不满意");
    again.step("2026-03-06T09:00", "rework", "");
    assert!(
        !is_paper_final("F-02", &again.record),
        "the new round has room for the pen"
    );
}

#[test]
fn the_file_of_a_major_complaint_is_kept_longer() {
    let mut story = Story::at("archived");
    assert_eq!(retention(&story.record), "ten");
    story.edit("grade=重大");
    assert_eq!(retention(&story.record), "thirty");
    let list = Catalog::builtin().list("retention").expect("list");
    assert!(
        ["ten", "thirty"]
            .iter()
            .all(|t| list.choices.iter().any(|c| c.code == *t))
    );
}
