//! What steps write beside the state: rounds, stamps, flags, outcomes, what a new round leaves
//! behind, and the visit that follows by itself.

use domain::complaint::WORKFLOW;

use crate::case::{Story, moment};

#[test]
fn a_visit_is_scheduled_by_itself_when_the_complaint_is_valid() {
    for (outcome, state) in [
        ("", "visit_due"),
        ("outcome=部分成立", "visit_due"),
        ("outcome=不成立(解释)", "handled"),
        ("outcome=恶意", "handled"),
        ("outcome=不属本单位", "handled"),
    ] {
        let mut story = Story::at("handling");
        let taken = story.step("2026-03-05T16:00", "finish_handling", outcome);
        assert_eq!(taken.then, Some("schedule_visit"));
        assert_eq!(story.state(), state, "{outcome}");
    }
    let others = WORKFLOW.steps.iter().filter(|s| s.then.is_some());
    assert_eq!(others.count(), 1, "nothing else follows by itself");
}

#[test]
fn the_visit_that_follows_by_itself_has_the_time_of_the_settlement() {
    let mut story = Story::at("handling");
    story.step("2026-03-05T16:00", "finish_handling", "");
    let last = &story.actions.last().expect("a line").values;
    assert_eq!(last.text("step"), Some("schedule_visit"));
    assert_eq!(last.moment("occurred_at"), Some(moment("2026-03-05T16:00")));
}

#[test]
fn rework_objection_and_reopening_open_the_next_round() {
    let unhappy = || {
        let mut story = Story::at("visit_due");
        story.step("2026-03-05T09:00", "record_visit", "satisfaction=不满意");
        story
    };
    for (mut story, step, state) in [
        (unhappy(), "rework", "investigating"),
        (Story::at("customer_confirm"), "customer_objects", "plan"),
        (Story::at("archived"), "reopen", "handling"),
    ] {
        let taken = story.step("2026-03-06T09:00", step, "");
        assert_eq!(taken.values.int("round"), Some(2), "{step}");
        assert_eq!(
            taken.action.int("round"),
            Some(2),
            "{step} is the round's first line"
        );
        assert_eq!(story.state(), state, "{step}");
    }
    let openers: Vec<&str> = WORKFLOW
        .steps
        .iter()
        .filter(|s| s.effects.contains(&domain::workflow::Effect::NextRound))
        .map(|s| s.id)
        .collect();
    assert_eq!(openers, ["customer_objects", "rework", "reopen"]);
}

#[test]
fn a_new_round_needs_its_own_signatures_dates_and_opinions() {
    let mut story = Story::at("visit_due");
    story.step(
        "2026-03-05T09:00",
        "record_visit",
        "satisfaction=不满意 satisfaction_reason=仍有噪声",
    );
    story.step("2026-03-06T09:00", "rework", "");
    for field in [
        "handled_at",
        "visited_at",
        "visitor",
        "visit_mode",
        "satisfaction",
        "satisfaction_reason",
        "result",
        "department_head",
        "due_on",
        "customer_opinion",
        "outcome",
    ] {
        assert!(
            story.record.values.get(field).is_null(),
            "{field} of the first round"
        );
    }
    assert!(!story.record.values.tick("visited"));
    for field in [
        "facts",
        "liability",
        "opinion",
        "handler",
        "grade",
        "accepted_at",
    ] {
        assert!(
            !story.record.values.get(field).is_null(),
            "{field} stays to be gone on with"
        );
    }
}

#[test]
fn a_reopened_case_keeps_the_plan_that_it_is_handled_by() {
    let mut story = Story::at("archived");
    story.step("2026-05-06T09:00", "reopen", "");
    assert_eq!(story.text("customer_opinion"), "同意");
    let lacking = ["field:result", "field:department_head"];
    assert_eq!(story.lacks("finish_handling", ""), lacking);
    assert!(story.record.values.get("handled_at").is_null());
}

#[test]
fn a_step_never_empties_what_is_typed_with_it() {
    let mut story = Story::at("archived");
    story.step("2026-05-06T09:00", "reopen", "due_on=2026-05-20");
    assert_eq!(
        story.record.values.get("due_on").stored().as_deref(),
        Some("2026-05-20")
    );
    let mut asked = Story::at("customer_confirm");
    asked.step(
        "2026-03-03T09:00",
        "customer_objects",
        "customer_opinion=不同意",
    );
    assert_eq!(
        asked.text("customer_opinion"),
        "不同意",
        "until asked again"
    );
    asked.step("2026-03-04T09:00", "make_plan", "");
    asked.step("2026-03-04T10:00", "ask_customer", "");
    let lacking = asked.lacks("customer_agrees", "due_on=2026-03-20");
    assert_eq!(lacking, ["consent"], "an objection is no consent");
}

#[test]
fn an_opinion_of_the_last_round_is_no_opinion_of_this_one() {
    let mut story = Story::at("visit_due");
    story.step("2026-03-05T09:00", "log_attempt", "");
    story.step("2026-03-05T10:00", "record_visit", "satisfaction=不满意");
    for (hour, step) in (9..).zip([
        "rework",
        "make_plan",
        "ask_customer",
        "customer_agrees",
        "finish_handling",
        "log_attempt",
    ]) {
        story.step(&format!("2026-03-06T{hour:02}:00"), step, "");
    }
    story.step("2026-03-07T09:00", "log_attempt", "");
    let lacking = story.lacks("record_visit", "visitor=王芳 visit_mode=电话");
    assert_eq!(
        lacking,
        ["opinion"],
        "nor does a try of the last round count"
    );
}

#[test]
fn the_end_decides_the_outcome_unless_another_is_typed() {
    for (state, step, typed, outcome) in [
        ("investigating", "find_unfounded", "", "unfounded"),
        (
            "investigating",
            "find_unfounded",
            "outcome=恶意",
            "malicious",
        ),
        ("plan", "withdraw", "", "withdrawn"),
        ("registered", "transfer_out", "", "not_ours"),
        ("handling", "go_legal", "", "judicial"),
        ("handling", "finish_handling", "", "founded"),
        ("handling", "finish_handling", "outcome=部分成立", "partly"),
    ] {
        let mut story = Story::at(state);
        story.step("2026-03-06T09:00", step, typed);
        assert_eq!(story.text("outcome"), outcome, "{step} {typed}");
    }
    // A guess of the investigation does not outlive the end; a finding outlives the settlement.
    for (state, step, outcome) in [
        ("investigating", "find_unfounded", "unfounded"),
        ("handling", "finish_handling", "partly"),
    ] {
        let mut story = Story::at(state);
        story.edit("outcome=部分成立");
        story.step("2026-03-06T09:00", step, "");
        assert_eq!(story.text("outcome"), outcome, "{step}");
    }
}

#[test]
fn flags_are_set_without_losing_the_place_in_the_flow() {
    let mut story = Story::at("plan");
    for (step, field, tick) in [
        ("escalate", "escalated", true),
        ("mark_malicious", "malicious", true),
        ("pause", "waiting", true),
        ("resume", "waiting", false),
    ] {
        let taken = story.step("2026-03-06T09:00", step, "");
        assert_eq!(taken.state, None, "{step}");
        assert_eq!(taken.action.text("to_state"), None, "{step}");
        assert_eq!(story.record.values.tick(field), tick, "{step}");
        assert_eq!(story.state(), "plan", "{step}");
    }
}

#[test]
fn a_closed_case_waits_for_nobody() {
    for (state, step) in [
        ("registered", "refuse"),
        ("registered", "convert"),
        ("accepted", "merge"),
        ("investigating", "find_unfounded"),
        ("plan", "withdraw"),
        ("accepted", "transfer_out"),
        ("visited", "go_legal"),
        ("visited", "archive"),
    ] {
        let mut story = Story::at(state).with_archive();
        story.step("2026-03-06T09:00", "pause", "");
        story.step("2026-03-07T09:00", step, "");
        assert!(WORKFLOW.is_closed(story.state()), "{step}");
        assert!(!story.record.values.tick("waiting"), "{step}");
    }
}
