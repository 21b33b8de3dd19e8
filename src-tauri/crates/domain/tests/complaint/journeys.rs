//! Whole ways of a complaint, from the receipt to each of its ends, as a clerk would tell them.

use std::collections::BTreeSet;

use domain::complaint::WORKFLOW;

use crate::case::Story;

/// When, what, what was typed beside the usual, the state after it.
type Way = &'static [(&'static str, &'static str, &'static str, &'static str)];

fn travel(draft: &str, way: Way) -> Story {
    let mut story = Story::draft(draft);
    for (at, step, typed, state) in way {
        if *step == "archive" {
            story = story.with_archive();
        }
        story.step(&format!("2026-{at}"), step, typed);
        assert_eq!(story.state(), *state, "after {step} on {at}");
    }
    story
}

const GENERAL: Way = &[
    ("03-02T09:05", "register", "", "registered"),
    ("03-02T09:10", "accept", "", "accepted"),
    (
        "03-02T11:00",
        "contact",
        "contact_promise=2026-03-12",
        "accepted",
    ),
    ("03-03T09:00", "start_investigation", "", "investigating"),
    ("03-04T10:00", "make_plan", "", "plan"),
    ("03-04T14:00", "ask_customer", "", "customer_confirm"),
    ("03-05T09:00", "customer_agrees", "", "handling"),
    ("03-10T17:00", "finish_handling", "", "visit_due"),
    ("03-12T10:00", "record_visit", "", "visited"),
    ("03-13T09:00", "archive", "", "archived"),
];

const MAJOR: Way = &[
    ("03-02T09:05", "register", "", "registered"),
    ("03-02T10:00", "accept", "grade=重大", "accepted"),
    ("03-02T15:00", "report_major", "", "accepted"),
    ("03-02T16:00", "escalate", "", "accepted"),
    ("03-03T09:00", "start_investigation", "", "investigating"),
    ("03-04T09:00", "make_plan", "", "plan"),
    ("03-04T10:00", "submit_approval", "", "approval"),
    ("03-05T10:00", "return_plan", "", "plan"),
    ("03-05T15:00", "make_plan", "", "plan"),
    ("03-05T16:00", "submit_approval", "", "approval"),
    ("03-06T09:00", "approve", "", "approval"),
    ("03-06T11:00", "ask_customer", "", "customer_confirm"),
    ("03-07T09:00", "customer_objects", "", "plan"),
    ("03-07T15:00", "make_plan", "", "plan"),
    ("03-07T16:00", "submit_approval", "", "approval"),
    ("03-08T09:00", "approve", "", "approval"),
    ("03-08T11:00", "ask_customer", "", "customer_confirm"),
    ("03-09T09:00", "customer_agrees", "", "handling"),
    ("03-16T17:00", "finish_handling", "", "visit_due"),
    (
        "03-18T10:00",
        "record_visit",
        "satisfaction=基本满意",
        "visited",
    ),
    ("03-19T09:00", "archive", "", "archived"),
];

/// Dissatisfied twice, then content: three rounds, then opened again.
const LONG: Way = &[
    ("03-02T09:05", "register", "", "registered"),
    ("03-02T10:00", "accept", "", "accepted"),
    ("03-03T09:00", "start_investigation", "", "investigating"),
    ("03-04T09:00", "make_plan", "", "plan"),
    ("03-04T10:00", "ask_customer", "", "customer_confirm"),
    ("03-04T11:00", "customer_agrees", "", "handling"),
    ("03-09T17:00", "finish_handling", "", "visit_due"),
    (
        "03-11T10:00",
        "record_visit",
        "satisfaction=不满意",
        "visited",
    ),
    ("03-11T11:00", "rework", "", "investigating"),
    ("03-12T09:00", "contact", "", "investigating"),
    ("03-12T15:00", "make_plan", "", "plan"),
    ("03-12T16:00", "ask_customer", "", "customer_confirm"),
    (
        "03-13T09:00",
        "customer_agrees",
        "due_on=2026-03-25",
        "handling",
    ),
    ("03-18T17:00", "finish_handling", "", "visit_due"),
    (
        "03-20T10:00",
        "record_visit",
        "satisfaction=很不满意",
        "visited",
    ),
    ("03-20T11:00", "rework", "", "investigating"),
    ("03-23T15:00", "make_plan", "", "plan"),
    ("03-23T16:00", "ask_customer", "", "customer_confirm"),
    (
        "03-24T09:00",
        "customer_agrees",
        "due_on=2026-03-31",
        "handling",
    ),
    ("03-27T17:00", "finish_handling", "", "visit_due"),
    (
        "03-30T10:00",
        "record_visit",
        "satisfaction=满意",
        "visited",
    ),
    ("03-31T09:00", "archive", "", "archived"),
    ("05-20T09:00", "reopen", "due_on=2026-06-01", "handling"),
    ("05-28T17:00", "finish_handling", "", "visit_due"),
    ("05-29T10:00", "record_visit", "", "visited"),
    ("06-01T09:00", "archive", "", "archived"),
];

#[test]
fn a_general_complaint_is_archived() {
    let story = travel("", GENERAL);
    assert_eq!(story.text("outcome"), "founded");
    assert_eq!(
        story.actions.len(),
        GENERAL.len() + 1,
        "the visit was scheduled by itself"
    );
}

#[test]
fn a_major_complaint_goes_through_the_leader_until_plan_and_complainant_agree() {
    let story = travel("", MAJOR);
    assert_eq!(story.record.values.int("round"), Some(2));
    assert!(story.record.values.tick("escalated"));
}

#[test]
fn a_complaint_is_worked_on_until_the_complainant_is_content() {
    let story = travel("", LONG);
    assert_eq!(story.record.values.int("round"), Some(4));
    let rounds: Vec<i64> = story
        .actions
        .iter()
        .filter_map(|l| l.values.int("round"))
        .collect();
    assert!(
        rounds.is_sorted() && rounds.len() == story.actions.len(),
        "{rounds:?}"
    );
}

#[test]
fn an_anonymous_complaint_from_the_hotline_is_answered_to_the_hotline() {
    let draft =
        "complainant_name= anonymous=是 channel=12345 transfer_no=YX7 outer_deadline=2026-03-16";
    let story = travel(
        draft,
        &[
            ("03-02T09:05", "register", "", "registered"),
            ("03-02T10:00", "accept", "", "accepted"),
            ("03-03T09:00", "start_investigation", "", "investigating"),
            ("03-04T09:00", "make_plan", "", "plan"),
            ("03-04T10:00", "ask_customer", "", "customer_confirm"),
            (
                "03-04T11:00",
                "customer_agrees",
                "customer_opinion=",
                "handling",
            ),
            ("03-09T17:00", "finish_handling", "", "visit_due"),
            ("03-10T09:00", "reply_department", "", "visit_due"),
            (
                "03-10T10:00",
                "record_visit",
                "satisfaction= visit_mode=",
                "visited",
            ),
            ("03-13T09:00", "archive", "", "archived"),
        ],
    );
    assert_eq!(story.text("satisfaction"), "", "nobody was asked");
}

#[test]
fn a_complainant_out_of_reach_is_archived_without_an_opinion() {
    let story = travel(
        "",
        &[
            ("03-02T09:05", "register", "", "registered"),
            ("03-02T10:00", "accept", "", "accepted"),
            ("03-03T09:00", "start_investigation", "", "investigating"),
            ("03-04T09:00", "make_plan", "", "plan"),
            ("03-04T10:00", "ask_customer", "", "customer_confirm"),
            (
                "03-04T11:00",
                "customer_agrees",
                "public_matter=是 customer_opinion=",
                "handling",
            ),
            ("03-09T17:00", "finish_handling", "", "visit_due"),
            ("03-10T09:00", "log_attempt", "", "visit_due"),
            ("03-10T15:00", "log_attempt", "", "visit_due"),
            ("03-11T09:00", "log_attempt", "", "visit_due"),
            ("03-11T09:10", "record_visit", "satisfaction=", "visited"),
            ("03-13T09:00", "archive", "", "archived"),
        ],
    );
    assert!(
        story.record.values.tick("visited"),
        "three tries count as a visit"
    );
}

#[test]
fn what_turns_out_not_valid_is_archived_without_a_visit() {
    travel(
        "",
        &[
            ("03-02T09:05", "register", "", "registered"),
            ("03-02T10:00", "accept", "", "accepted"),
            ("03-03T09:00", "start_investigation", "", "investigating"),
            ("03-04T09:00", "make_plan", "", "plan"),
            ("03-04T10:00", "ask_customer", "", "customer_confirm"),
            ("03-04T11:00", "customer_agrees", "", "handling"),
            (
                "03-09T17:00",
                "finish_handling",
                "outcome=不属本单位",
                "handled",
            ),
            ("03-13T09:00", "archive", "", "archived"),
        ],
    );
}

const SHORT: [Way; 8] = [
    &[
        ("03-02T09:05", "register", "", "registered"),
        ("03-02T10:00", "refuse", "", "refused"),
    ],
    &[
        ("03-02T09:05", "register", "", "registered"),
        ("03-02T10:00", "convert", "", "converted"),
    ],
    &[
        ("03-02T09:05", "register", "", "registered"),
        ("03-02T10:00", "merge", "", "merged"),
    ],
    &[
        ("03-02T09:05", "register", "", "registered"),
        ("03-02T10:00", "accept", "", "accepted"),
        ("03-03T09:00", "start_investigation", "", "investigating"),
        ("03-04T09:00", "find_unfounded", "", "unfounded"),
        ("03-04T10:00", "mark_malicious", "", "unfounded"),
    ],
    &[
        ("03-02T09:05", "register", "", "registered"),
        ("03-02T10:00", "withdraw", "", "withdrawn"),
    ],
    &[
        ("03-02T09:05", "register", "", "registered"),
        ("03-02T10:00", "transfer_out", "", "transferred_out"),
    ],
    &[
        ("03-02T09:05", "register", "", "registered"),
        ("03-02T10:00", "accept", "", "accepted"),
        ("03-03T09:00", "go_legal", "", "legal"),
    ],
    &[
        ("03-02T09:05", "register", "", "registered"),
        ("03-02T10:00", "accept", "", "accepted"),
        ("03-02T11:00", "pause", "", "accepted"),
        ("03-04T09:00", "resume", "", "accepted"),
        ("03-04T10:00", "extend", "", "accepted"),
        ("03-04T11:00", "note", "", "accepted"),
        ("03-04T12:00", "attach_scan", "", "accepted"),
        ("03-04T13:00", "waive", "", "accepted"),
    ],
];

#[test]
fn each_early_end_is_reached_and_is_an_end() {
    for way in SHORT {
        let story = travel("", way);
        let (_, _, _, end) = way.last().expect("a way");
        if WORKFLOW.is_closed(end) {
            let moves = story.offers().into_iter().filter(|o| o.moves);
            assert_eq!(moves.count(), 0, "{end}");
        }
    }
}

#[test]
fn these_journeys_take_every_step_and_reach_every_end() {
    let ways = [GENERAL, MAJOR, LONG].into_iter().chain(SHORT);
    let rows: Vec<_> = ways.flatten().collect();
    let mut taken: BTreeSet<&str> = rows.iter().map(|row| row.1).collect();
    // Told in journeys of their own above, or taken by the program itself.
    taken.extend(["log_attempt", "reply_department", "schedule_visit"]);
    assert_eq!(taken, WORKFLOW.steps.iter().map(|s| s.id).collect());
    let ends: BTreeSet<&str> = rows.iter().map(|row| row.3).collect();
    assert!(WORKFLOW.closed.iter().all(|end| ends.contains(end)));
}
