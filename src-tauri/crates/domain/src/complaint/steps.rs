//! States and steps of a complaint, row by row after domain.md 4.1. The English ids are stable:
//! scripts, history and papers name them.

use super::guards as g;
use crate::workflow::{
    Effect::{self, Choose, NextRound, Stamp, Tick},
    Guard,
    Source::{self, Any, Open, States},
    Step,
    Target::{self, State, Stay},
    Workflow,
};

/// States in which a complaint is closed.
pub const CLOSED: &[&str] = &[
    "archived",
    "refused",
    "converted",
    "merged",
    "unfounded",
    "withdrawn",
    "transferred_out",
    "legal",
];

/// The workflow of complaints.
pub static WORKFLOW: Workflow = Workflow {
    register: "complaint",
    actions: "actions",
    begins: "received_at",
    closed: CLOSED,
    steps: &[
        &REGISTER,
        &ACCEPT,
        &REFUSE,
        &CONVERT,
        &MERGE,
        &START_INVESTIGATION,
        &FIND_UNFOUNDED,
        &MAKE_PLAN,
        &SUBMIT_APPROVAL,
        &APPROVE,
        &RETURN_PLAN,
        &ASK_CUSTOMER,
        &CUSTOMER_AGREES,
        &CUSTOMER_OBJECTS,
        &FINISH_HANDLING,
        &SCHEDULE_VISIT,
        &RECORD_VISIT,
        &REWORK,
        &ARCHIVE,
        &WITHDRAW,
        &TRANSFER_OUT,
        &GO_LEGAL,
        &REOPEN,
        &CONTACT,
        &REPORT_MAJOR,
        &ESCALATE,
        &LOG_ATTEMPT,
        &PAUSE,
        &RESUME,
        &EXTEND,
        &MARK_MALICIOUS,
        &ATTACH_SCAN,
        &REPLY_DEPARTMENT,
        &WAIVE,
        &NOTE,
    ],
};

const fn step(
    id: &'static str,
    from: Source,
    to: Target,
    guards: &'static [&'static Guard],
    effects: &'static [Effect],
    papers: &'static [&'static str],
) -> Step {
    Step {
        id,
        from,
        to,
        guards,
        effects,
        papers,
        text_required: false,
        needs: &[],
        then: None,
    }
}

const fn with_text(mut step: Step) -> Step {
    step.text_required = true;
    step
}

const fn needing(mut step: Step, needs: &'static [&'static str]) -> Step {
    step.needs = needs;
    step
}

/// Row 1: gives the number.
static REGISTER: Step = step(
    "register",
    States(&["draft"]),
    State("registered"),
    &[],
    &[],
    &["F-01"],
);

/// Row 2.
static ACCEPT: Step = step(
    "accept",
    States(&["registered"]),
    State("accepted"),
    &[&g::IS_COMPLAINT, &g::NO_DUPLICATE, &g::WRITTEN],
    &[Stamp("accepted_at")],
    &["F-02", "F-04"],
);

/// Row 3; reason and other channel are required fields.
static REFUSE: Step = step(
    "refuse",
    States(&["registered"]),
    State("refused"),
    &[],
    &[Stamp("accepted_at")],
    &["F-04"],
);

/// Row 4.
static CONVERT: Step = step(
    "convert",
    States(&["registered"]),
    State("converted"),
    &[&g::OTHER_TYPE],
    &[],
    &[],
);

/// Row 2, the other half: both numbers are kept.
static MERGE: Step = step(
    "merge",
    States(&["registered", "accepted", "investigating"]),
    State("merged"),
    &[&g::NOT_ITSELF],
    &[],
    &[],
);

/// Row 5.
static START_INVESTIGATION: Step = step(
    "start_investigation",
    States(&["accepted"]),
    State("investigating"),
    &[],
    &[],
    &["F-27"],
);

/// Row 6.
static FIND_UNFOUNDED: Step = step(
    "find_unfounded",
    States(&["investigating"]),
    State("unfounded"),
    &[],
    &[Choose("outcome", "unfounded")],
    &["F-27"],
);

/// Row 7.
static MAKE_PLAN: Step = step(
    "make_plan",
    States(&["investigating", "plan"]),
    State("plan"),
    &[],
    &[],
    &["F-28"],
);

/// Row 8.
static SUBMIT_APPROVAL: Step = step(
    "submit_approval",
    States(&["plan"]),
    State("approval"),
    &[&g::IS_MAJOR, &g::HAS_PLAN],
    &[],
    &["F-28"],
);

/// Row 9, first half: the leader's signature. The case stays until the complainant is asked.
static APPROVE: Step = step(
    "approve",
    States(&["approval"]),
    State("approval"),
    &[&g::NOT_YET_APPROVED],
    &[],
    &["F-28"],
);

/// Row 9: the leader sends the plan back.
static RETURN_PLAN: Step = with_text(step(
    "return_plan",
    States(&["approval"]),
    State("plan"),
    &[],
    &[],
    &[],
));

/// Row 9, second half.
static ASK_CUSTOMER: Step = step(
    "ask_customer",
    States(&["plan", "approval"]),
    State("customer_confirm"),
    &[&g::APPROVED_IF_MAJOR, &g::HAS_PLAN],
    &[],
    &["F-28"],
);

/// Row 10.
static CUSTOMER_AGREES: Step = step(
    "customer_agrees",
    States(&["customer_confirm"]),
    State("handling"),
    &[&g::CONSENT, &g::DUE_DATE],
    &[],
    &[],
);

/// Row 11.
static CUSTOMER_OBJECTS: Step = with_text(step(
    "customer_objects",
    States(&["customer_confirm"]),
    State("plan"),
    &[],
    &[NextRound],
    &[],
));

/// Row 12, and row 13 follows by itself.
static FINISH_HANDLING: Step = Step {
    id: "finish_handling",
    from: States(&["handling"]),
    to: State("handled"),
    guards: &[],
    effects: &[Stamp("handled_at"), Choose("outcome", "founded")],
    papers: &["F-02"],
    text_required: false,
    needs: &[],
    then: Some("schedule_visit"),
};

/// Row 13.
static SCHEDULE_VISIT: Step = step(
    "schedule_visit",
    States(&["handled"]),
    State("visit_due"),
    &[&g::IS_VALID],
    &[],
    &["F-02"],
);

/// Row 14; row 18 lets three tries count.
static RECORD_VISIT: Step = step(
    "record_visit",
    States(&["visit_due"]),
    State("visited"),
    &[&g::OPINION, &g::PUBLISHED],
    &[Stamp("visited_at"), Tick("visited", true)],
    &["F-02"],
);

/// Row 15.
static REWORK: Step = with_text(step(
    "rework",
    States(&["visited"]),
    State("investigating"),
    &[&g::DISSATISFIED],
    &[NextRound],
    &[],
));

/// Row 16; a case that turned out not valid needs no visit.
static ARCHIVE: Step = step(
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
    &[],
    &["F-40"],
);

/// Row 19.
static WITHDRAW: Step = with_text(step(
    "withdraw",
    Open,
    State("withdrawn"),
    &[&g::IS_REGISTERED],
    &[Choose("outcome", "withdrawn")],
    &[],
));

/// The case is another unit's.
static TRANSFER_OUT: Step = with_text(step(
    "transfer_out",
    States(&["registered", "accepted", "investigating"]),
    State("transferred_out"),
    &[],
    &[Choose("outcome", "not_ours")],
    &[],
));

/// The case goes to court or arbitration.
static GO_LEGAL: Step = with_text(step(
    "go_legal",
    Open,
    State("legal"),
    &[&g::IS_REGISTERED],
    &[Choose("outcome", "judicial")],
    &[],
));

/// A closed case opens again only with a reason and keeps its number.
static REOPEN: Step = with_text(step(
    "reopen",
    States(&["archived"]),
    State("handling"),
    &[],
    &[NextRound],
    &[],
));

/// First contact with the complainant.
static CONTACT: Step = with_text(step("contact", Open, Stay, &[&g::IS_REGISTERED], &[], &[]));

/// Written report of a major complaint to the company.
static REPORT_MAJOR: Step = with_text(step(
    "report_major",
    Open,
    Stay,
    &[&g::IS_REGISTERED, &g::IS_MAJOR],
    &[],
    &[],
));

/// Row 17.
static ESCALATE: Step = with_text(step(
    "escalate",
    Any,
    Stay,
    &[],
    &[Tick("escalated", true)],
    &[],
));

/// Row 18: the complainant could not be reached.
static LOG_ATTEMPT: Step = step("log_attempt", States(&["visit_due"]), Stay, &[], &[], &[]);

/// Stops the clocks: waiting for the complainant or for another unit.
static PAUSE: Step = with_text(step(
    "pause",
    Open,
    Stay,
    &[&g::IS_REGISTERED, &g::NOT_WAITING],
    &[Tick("waiting", true)],
    &[],
));

/// Lets the clocks run on.
static RESUME: Step = step(
    "resume",
    Open,
    Stay,
    &[&g::WAITING],
    &[Tick("waiting", false)],
    &[],
);

/// A longer deadline, with approver and reason.
static EXTEND: Step = needing(
    with_text(step("extend", Open, Stay, &[&g::IS_REGISTERED], &[], &[])),
    &["rule", "until", "person"],
);

///
static MARK_MALICIOUS: Step = with_text(step(
    "mark_malicious",
    Any,
    Stay,
    &[],
    &[Tick("malicious", true)],
    &[],
));

/// A signed sheet came back as a scan.
static ATTACH_SCAN: Step = needing(
    step("attach_scan", Any, Stay, &[&g::IS_REGISTERED], &[], &[]),
    &["archive_item"],
);

/// The reply to the department that forwarded the complaint.
static REPLY_DEPARTMENT: Step = with_text(step(
    "reply_department",
    Any,
    Stay,
    &[&g::FORWARDED],
    &[],
    &[],
));

/// An item of the archive list is waived, with the reason.
static WAIVE: Step = needing(
    with_text(step("waive", Any, Stay, &[&g::IS_REGISTERED], &[], &[])),
    &["archive_item", "person"],
);

/// Anything else worth a line.
static NOTE: Step = with_text(step("note", Any, Stay, &[], &[], &[]));
