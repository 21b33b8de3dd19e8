//! Which step leads from where to where, which forms it offers, what it demands.

use std::collections::{BTreeMap, BTreeSet};

use domain::complaint::WORKFLOW;
use domain::spec::Catalog;
use domain::workflow::{Refusal, Target};

use crate::case::{Story, moment};

const RUNNING: &str = "registered accepted investigating plan approval customer_confirm handling \
                       handled visit_due visited";
const NUMBERED: &str = "registered accepted investigating plan approval customer_confirm handling \
                        handled visit_due visited archived refused converted merged unfounded \
                        withdrawn transferred_out legal";
const ANY: &str = "draft registered accepted investigating plan approval customer_confirm handling \
                   handled visit_due visited archived refused converted merged unfounded \
                   withdrawn transferred_out legal";

/// Step, the states it may be taken from, the state it leads to (`-` for none), the forms offered.
const TABLE: [(&str, &str, &str, &str); 35] = [
    ("register", "draft", "registered", "F-01"),
    ("accept", "registered", "accepted", "F-02 F-04"),
    ("refuse", "registered", "refused", "F-04"),
    ("convert", "registered", "converted", ""),
    ("merge", "registered accepted investigating", "merged", ""),
    ("start_investigation", "accepted", "investigating", "F-27"),
    ("find_unfounded", "investigating", "unfounded", "F-27"),
    // A plan is made anew where the leader or the complainant sent it back.
    ("make_plan", "investigating plan", "plan", "F-28"),
    ("submit_approval", "plan", "approval", "F-28"),
    ("approve", "approval", "approval", "F-28"),
    ("return_plan", "approval", "plan", ""),
    ("ask_customer", "plan approval", "customer_confirm", "F-28"),
    ("customer_agrees", "customer_confirm", "handling", ""),
    ("customer_objects", "customer_confirm", "plan", ""),
    ("finish_handling", "handling", "handled", "F-02"),
    ("schedule_visit", "handled", "visit_due", "F-02"),
    ("record_visit", "visit_due", "visited", "F-02"),
    ("rework", "visited", "investigating", ""),
    // What turned out not valid is not visited.
    ("archive", "visited handled", "archived", "F-40"),
    ("withdraw", RUNNING, "withdrawn", ""),
    (
        "transfer_out",
        "registered accepted investigating",
        "transferred_out",
        "",
    ),
    ("go_legal", RUNNING, "legal", ""),
    ("reopen", "archived", "handling", ""),
    ("contact", RUNNING, "-", ""),
    ("report_major", RUNNING, "-", ""),
    ("escalate", ANY, "-", ""),
    ("log_attempt", "visit_due", "-", ""),
    ("pause", RUNNING, "-", ""),
    ("resume", RUNNING, "-", ""),
    ("extend", RUNNING, "-", ""),
    ("mark_malicious", ANY, "-", ""),
    ("attach_scan", NUMBERED, "-", ""),
    ("reply_department", ANY, "-", ""),
    ("waive", NUMBERED, "-", ""),
    ("note", ANY, "-", ""),
];

#[test]
fn the_table_names_every_step_in_the_order_of_the_workflow() {
    let ours: Vec<&str> = TABLE.iter().map(|row| row.0).collect();
    let theirs: Vec<&str> = WORKFLOW.steps.iter().map(|step| step.id).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn every_step_leads_from_and_to_the_states_of_the_table_and_nowhere_else() {
    let states: Vec<&str> = ANY.split_whitespace().collect();
    let stories: BTreeMap<&str, Story> = states.iter().map(|s| (*s, Story::at(s))).collect();
    let at = moment("2026-04-01T09:00");
    for (id, from, to, papers) in TABLE {
        let step = WORKFLOW.step(id).expect("a step");
        let target = match step.to {
            Target::State(state) => state,
            Target::Stay => "-",
        };
        assert_eq!(
            (target, step.papers.join(" ").as_str()),
            (to, papers),
            "{id}"
        );
        for (state, story) in &stories {
            let allowed = from.split_whitespace().any(|s| s == *state);
            let refused = Refusal::NotFromHere {
                step: id.to_owned(),
                state: (*state).to_owned(),
            };
            let answer = story.ask(at, at, id, "");
            assert_eq!(answer != Err(refused), allowed, "{id} in {state}");
            let offered = story.offers().iter().any(|o| o.step == id);
            assert_eq!(offered, allowed, "{id} offered in {state}");
        }
    }
}

#[test]
fn the_list_of_states_and_the_table_name_the_same_ones() {
    let list = Catalog::builtin().list("complaint_state").expect("list");
    let known: BTreeSet<&str> = list.choices.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(known, ANY.split_whitespace().collect());
    let closed: Vec<&str> = ANY
        .split_whitespace()
        .filter(|s| *s != "draft" && !RUNNING.split_whitespace().any(|r| r == *s))
        .collect();
    assert_eq!(closed, WORKFLOW.closed);
}

#[test]
fn an_unknown_step_is_named() {
    let at = moment("2026-04-01T09:00");
    let answer = Story::at("draft").ask(at, at, "reject", "");
    assert_eq!(answer, Err(Refusal::UnknownStep("reject".to_owned())));
}

#[test]
fn everything_that_a_step_demands_is_named_at_once() {
    // The story stands where only what is typed with the step is missing.
    for (step, state, all) in [
        (
            "accept",
            "registered",
            "field:grade field:acceptor field:department",
        ),
        (
            "refuse",
            "registered",
            "field:acceptor field:refuse_reason field:other_channel",
        ),
        ("convert", "registered", "field:converted_to"),
        ("merge", "registered", "field:duplicate_of"),
        ("start_investigation", "accepted", "field:handler"),
        ("find_unfounded", "investigating", "field:facts"),
        (
            "make_plan",
            "investigating",
            "field:facts field:liability field:opinion",
        ),
        ("approve", "approval", "field:approver"),
        ("return_plan", "approval", "text"),
        ("customer_agrees", "customer_confirm", "consent due_date"),
        ("customer_objects", "customer_confirm", "text"),
        (
            "finish_handling",
            "handling",
            "field:result field:department_head",
        ),
        (
            "record_visit",
            "visit_due",
            "field:visitor opinion field:visit_mode",
        ),
        ("rework", "visited", "text dissatisfied"),
        ("archive", "visited", "archive_list"),
        ("withdraw", "plan", "text"),
        ("transfer_out", "registered", "text"),
        ("go_legal", "handling", "text"),
        ("reopen", "archived", "text"),
        ("contact", "accepted", "text"),
        ("report_major", "accepted", "text is_major"),
        ("escalate", "plan", "text"),
        ("pause", "plan", "text"),
        ("resume", "plan", "waiting"),
        (
            "extend",
            "plan",
            "text action_field:rule action_field:until action_field:person",
        ),
        ("mark_malicious", "unfounded", "text"),
        ("attach_scan", "plan", "action_field:archive_item"),
        ("reply_department", "plan", "text forwarded"),
        (
            "waive",
            "plan",
            "text action_field:archive_item action_field:person",
        ),
        ("note", "draft", "text"),
    ] {
        assert_eq!(Story::at(state).lacks(step, "").join(" "), all, "{step}");
    }
}

#[test]
fn a_complaint_is_registered_with_all_that_the_record_sheet_asks() {
    let bare = "received_at= channel= receiver= complainant_name= content=";
    let all = "field:received_at field:channel field:receiver field:complainant_name field:content";
    assert_eq!(Story::draft(bare).lacks("register", "").join(" "), all);
    let nameless = Story::draft("complainant_name= anonymous=是");
    assert_eq!(
        nameless.lacks("register", ""),
        [""; 0],
        "anonymous stands for the name"
    );
}

#[test]
fn what_is_typed_with_the_step_counts_as_filled() {
    let story = Story::at("registered");
    assert_eq!(
        story.lacks("accept", "grade=重大 department=工程部"),
        ["field:acceptor"]
    );
    assert_eq!(
        story.lacks("accept", "grade=重大 department=工程部 acceptor=李主任"),
        [""; 0]
    );
}
