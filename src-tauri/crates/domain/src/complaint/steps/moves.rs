//! Steps that move a complaint, row by row.

use super::super::guards as g;
use super::{RUNNING, step, with_text};
use crate::workflow::{
    Effect::{self, Choose, Clear, Decide, NextRound, Stamp, Tick},
    Source::States,
    Step,
    Target::State,
};

/// A closed case waits for nobody.
const NOBODY_WAITS: Effect = Tick("waiting", false);

/// What a round leaves behind: its end, its signatures and the complainant's word on it. The new
/// round has its own; the old ones stand in the history and on the papers of that round.
const LAST_RESULT: Effect = Clear(&[
    "outcome",
    "contact_promise",
    "due_on",
    "result",
    "department_head",
    "handled_at",
    "visited_at",
    "visitor",
    "visit_mode",
    "satisfaction",
    "satisfaction_reason",
    "visit_conclusion",
]);

/// The leader's signature under an earlier plan.
const LAST_APPROVAL: Effect = Clear(&["approver", "approve_opinion"]);

/// The complainant's word on an earlier plan.
const LAST_CONSENT: Effect = Clear(&["customer_opinion"]);

/// Row 1: gives the number.
pub(super) static REGISTER: Step = step(
    "register",
    States(&["draft"]),
    State("registered"),
    &[],
    &[],
    &["F-01"],
);

/// Row 2.
pub(super) static ACCEPT: Step = step(
    "accept",
    States(&["registered"]),
    State("accepted"),
    &[&g::IS_COMPLAINT, &g::NO_DUPLICATE, &g::WRITTEN],
    &[Stamp("accepted_at")],
    &["F-02", "F-04"],
);

/// Row 3; reason and other channel are required fields.
pub(super) static REFUSE: Step = step(
    "refuse",
    States(&["registered"]),
    State("refused"),
    &[],
    &[Stamp("accepted_at"), NOBODY_WAITS],
    &["F-04"],
);

/// Row 4.
pub(super) static CONVERT: Step = step(
    "convert",
    States(&["registered"]),
    State("converted"),
    &[&g::OTHER_TYPE],
    &[NOBODY_WAITS],
    &[],
);

/// Row 2, the other half: both numbers are kept.
pub(super) static MERGE: Step = step(
    "merge",
    States(&["registered", "accepted", "investigating"]),
    State("merged"),
    &[&g::NOT_ITSELF],
    &[NOBODY_WAITS],
    &[],
);

/// Row 5.
pub(super) static START_INVESTIGATION: Step = step(
    "start_investigation",
    States(&["accepted"]),
    State("investigating"),
    &[],
    &[],
    &["F-27"],
);

/// Row 6.
pub(super) static FIND_UNFOUNDED: Step = step(
    "find_unfounded",
    States(&["investigating"]),
    State("unfounded"),
    &[],
    &[Decide("outcome", "unfounded"), NOBODY_WAITS],
    &["F-27"],
);

/// Row 7.
pub(super) static MAKE_PLAN: Step = step(
    "make_plan",
    States(&["investigating", "plan"]),
    State("plan"),
    &[],
    &[],
    &["F-28"],
);

/// Row 8.
pub(super) static SUBMIT_APPROVAL: Step = step(
    "submit_approval",
    States(&["plan"]),
    State("approval"),
    &[&g::IS_MAJOR, &g::HAS_PLAN],
    &[LAST_APPROVAL],
    &["F-28"],
);

/// Row 9, first half: the leader's signature. The case stays until the complainant is asked.
pub(super) static APPROVE: Step = step(
    "approve",
    States(&["approval"]),
    State("approval"),
    &[&g::NOT_YET_APPROVED],
    &[],
    &["F-28"],
);

/// Row 9: the leader sends the plan back.
pub(super) static RETURN_PLAN: Step = with_text(step(
    "return_plan",
    States(&["approval"]),
    State("plan"),
    &[],
    &[],
    &[],
));

/// Row 9, second half.
pub(super) static ASK_CUSTOMER: Step = step(
    "ask_customer",
    States(&["plan", "approval"]),
    State("customer_confirm"),
    &[&g::APPROVED_IF_MAJOR, &g::HAS_PLAN],
    &[LAST_CONSENT],
    &["F-28"],
);

/// Row 10.
pub(super) static CUSTOMER_AGREES: Step = step(
    "customer_agrees",
    States(&["customer_confirm"]),
    State("handling"),
    &[&g::CONSENT, &g::DUE_DATE],
    &[],
    &[],
);

/// Row 11.
pub(super) static CUSTOMER_OBJECTS: Step = with_text(step(
    "customer_objects",
    States(&["customer_confirm"]),
    State("plan"),
    &[],
    &[NextRound],
    &[],
));

/// Row 12, and row 13 follows by itself.
pub(super) static FINISH_HANDLING: Step = Step {
    id: "finish_handling",
    from: States(&["handling"]),
    to: State("handled"),
    guards: &[],
    effects: &[Stamp("handled_at"), Choose("outcome", "founded")],
    papers: &["F-02"],
    text_required: false,
    needs: &[],
    then: Some("schedule_visit"),
    ends: None,
};

/// Row 13.
pub(super) static SCHEDULE_VISIT: Step = step(
    "schedule_visit",
    States(&["handled"]),
    State("visit_due"),
    &[&g::IS_VALID],
    &[],
    &["F-02"],
);

/// Row 14; row 18 lets three tries count.
pub(super) static RECORD_VISIT: Step = step(
    "record_visit",
    States(&["visit_due"]),
    State("visited"),
    &[&g::OPINION, &g::VISIT_MODE, &g::PUBLISHED],
    &[Stamp("visited_at"), Tick("visited", true)],
    &["F-02"],
);

/// Row 15.
pub(super) static REWORK: Step = with_text(step(
    "rework",
    States(&["visited"]),
    State("investigating"),
    &[&g::DISSATISFIED],
    &[
        NextRound,
        LAST_RESULT,
        LAST_APPROVAL,
        LAST_CONSENT,
        Tick("visited", false),
    ],
    &[],
));

/// Row 16; a case that turned out not valid needs no visit.
pub(super) static ARCHIVE: Step = step(
    "archive",
    States(&["visited", "handled"]),
    State("archived"),
    &[
        &g::NOT_DISSATISFIED,
        &g::VISITED_IF_VALID,
        &g::ARCHIVE_LIST,
        &g::SCANS_BACK,
        &g::DEPARTMENT_ANSWERED,
    ],
    &[NOBODY_WAITS],
    &["F-40"],
);

/// Row 19.
pub(super) static WITHDRAW: Step = with_text(step(
    "withdraw",
    States(RUNNING),
    State("withdrawn"),
    &[],
    &[Decide("outcome", "withdrawn"), NOBODY_WAITS],
    &[],
));

/// The case is another unit's.
pub(super) static TRANSFER_OUT: Step = with_text(step(
    "transfer_out",
    States(&["registered", "accepted", "investigating"]),
    State("transferred_out"),
    &[],
    &[Decide("outcome", "not_ours"), NOBODY_WAITS],
    &[],
));

/// The case goes to court or arbitration.
pub(super) static GO_LEGAL: Step = with_text(step(
    "go_legal",
    States(RUNNING),
    State("legal"),
    &[],
    &[Decide("outcome", "judicial"), NOBODY_WAITS],
    &[],
));

/// A closed case opens again only with a reason and keeps its number.
pub(super) static REOPEN: Step = with_text(step(
    "reopen",
    States(&["archived"]),
    State("handling"),
    &[],
    &[NextRound, LAST_RESULT, Tick("visited", false)],
    &[],
));
