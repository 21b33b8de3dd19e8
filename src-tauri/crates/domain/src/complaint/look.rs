//! How complaints are shown: the ordinary way, the mark of each state, the usual next acts, and what
//! is usually written down with a step although nothing demands it.

use crate::field::complaint as field;
use crate::record::Record;
use crate::workflow::look::{Shape, Stage, StateLook, Tone};

/// The ordinary way, in the order of the papers.
pub(super) const PATH: &[Stage] = &[
    stage(
        "register",
        &["draft"],
        &["register"],
        Some(field::RECEIVED_AT),
    ),
    stage(
        "accept",
        &["registered"],
        &["accept", "refuse", "convert", "merge"],
        Some(field::ACCEPTED_AT),
    ),
    stage(
        "investigate",
        &["accepted", "investigating"],
        &["make_plan", "find_unfounded"],
        None,
    ),
    stage("plan", &["plan", "approval"], &["ask_customer"], None),
    stage("confirm", &["customer_confirm"], &["customer_agrees"], None),
    stage(
        "handle",
        &["handling"],
        &["finish_handling"],
        Some(field::HANDLED_AT),
    ),
    stage(
        "visit",
        &["handled", "visit_due"],
        &["record_visit"],
        Some(field::VISITED_AT),
    ),
    stage("archive", &["visited"], &["archive"], None),
];

const fn stage(
    id: &'static str,
    states: &'static [&'static str],
    ends: &'static [&'static str],
    stamp: Option<&'static str>,
) -> Stage {
    Stage {
        id,
        states,
        ends,
        stamp,
    }
}

const fn look(code: &'static str, shape: Shape, tone: Tone) -> StateLook {
    StateLook { code, shape, tone }
}

/// The mark of each state, and of the word that stands for a case that is worked on anew.
pub(super) const LOOKS: &[StateLook] = &[
    look("draft", Shape::Dashed, Tone::Plain),
    look("registered", Shape::Empty, Tone::Plain),
    look("accepted", Shape::Quarter, Tone::Plain),
    look("investigating", Shape::Half, Tone::Plain),
    look("plan", Shape::Half, Tone::Plain),
    look("approval", Shape::Diamond, Tone::Warn),
    look("customer_confirm", Shape::Diamond, Tone::Warn),
    look("handling", Shape::ThreeQuarters, Tone::Plain),
    look("handled", Shape::ThreeQuarters, Tone::Plain),
    look("visit_due", Shape::Full, Tone::Plain),
    look("visited", Shape::Full, Tone::Plain),
    look("archived", Shape::Ticked, Tone::Done),
    look("refused", Shape::Struck, Tone::Plain),
    look("converted", Shape::Struck, Tone::Plain),
    look("merged", Shape::Struck, Tone::Plain),
    look("unfounded", Shape::Struck, Tone::Plain),
    look("withdrawn", Shape::Struck, Tone::Plain),
    look("transferred_out", Shape::Struck, Tone::Plain),
    look("legal", Shape::Struck, Tone::Plain),
    look(REWORK, Shape::Redo, Tone::Danger),
];

/// The word for a case under investigation that the complainant was not satisfied with.
pub const REWORK: &str = "rework";

/// A case is only led back into investigation by 不满意重办.
pub(super) fn special(record: &Record) -> Option<&'static str> {
    let anew = record.values.int(field::ROUND).unwrap_or(1) > 1;
    let state = record.state.as_deref().unwrap_or_default();
    (anew && state == "investigating").then_some(REWORK)
}

/// The acts that usually come next, by state; the first that fits the case is offered first.
pub(super) const USUAL: &[(&str, &[&str])] = &[
    ("draft", &["register"]),
    ("registered", &["accept", "merge", "convert"]),
    ("accepted", &["start_investigation"]),
    ("investigating", &["make_plan"]),
    ("plan", &["submit_approval", "ask_customer", "make_plan"]),
    ("approval", &["approve", "ask_customer"]),
    ("customer_confirm", &["customer_agrees"]),
    ("handling", &["finish_handling"]),
    ("handled", &["schedule_visit", "archive"]),
    ("visit_due", &["record_visit"]),
    ("visited", &["rework", "archive"]),
];

/// Fields that are usually filled with a step, beside those that it needs.
pub(super) const ALSO: &[(&str, &[&str])] = &[
    (
        "accept",
        &[
            field::CLASS,
            field::URGENT,
            field::ACCEPT_DEPARTMENT,
            field::ACCEPT_OPINION,
        ],
    ),
    ("refuse", &[field::ACCEPT_OPINION]),
    ("start_investigation", &[field::CONTACT_PROMISE]),
    ("find_unfounded", &[field::CAUSE]),
    (
        "make_plan",
        &[
            field::CAUSE,
            field::MEASURES,
            field::MEASURES_BY,
            field::DUE_ON,
            field::COST,
        ],
    ),
    ("approve", &[field::APPROVE_OPINION]),
    ("customer_agrees", &[field::PUBLIC_MATTER]),
    ("finish_handling", &[field::OUTCOME, field::COST]),
    (
        "record_visit",
        &[field::SATISFACTION_REASON, field::VISIT_CONCLUSION],
    ),
];
