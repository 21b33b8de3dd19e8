//! States and steps of a complaint after domain.md 4.1. The English ids are stable: scripts,
//! history and papers name them.
//!
//! `moves` holds the steps from state to state, `acts` those that move nothing. Not here: their
//! conditions (`guards`).

use super::look;
use crate::workflow::{Effect, Guard, Source, Step, Target, Workflow};

mod acts;
mod moves;

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

/// States in which a complaint has its number and is worked on.
pub const RUNNING: &[&str] = &[
    "registered",
    "accepted",
    "investigating",
    "plan",
    "approval",
    "customer_confirm",
    "handling",
    "handled",
    "visit_due",
    "visited",
];

/// Every state but the draft: the complaint has its number.
const NUMBERED: &[&str] = &[
    "registered",
    "accepted",
    "investigating",
    "plan",
    "approval",
    "customer_confirm",
    "handling",
    "handled",
    "visit_due",
    "visited",
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
        &moves::REGISTER,
        &moves::ACCEPT,
        &moves::REFUSE,
        &moves::CONVERT,
        &moves::MERGE,
        &moves::START_INVESTIGATION,
        &moves::FIND_UNFOUNDED,
        &moves::MAKE_PLAN,
        &moves::SUBMIT_APPROVAL,
        &moves::APPROVE,
        &moves::RETURN_PLAN,
        &moves::ASK_CUSTOMER,
        &moves::CUSTOMER_AGREES,
        &moves::CUSTOMER_OBJECTS,
        &moves::FINISH_HANDLING,
        &moves::SCHEDULE_VISIT,
        &moves::RECORD_VISIT,
        &moves::REWORK,
        &moves::ARCHIVE,
        &moves::WITHDRAW,
        &moves::TRANSFER_OUT,
        &moves::GO_LEGAL,
        &moves::REOPEN,
        &acts::CONTACT,
        &acts::REPORT_MAJOR,
        &acts::ESCALATE,
        &acts::LOG_ATTEMPT,
        &acts::PAUSE,
        &acts::RESUME,
        &acts::EXTEND,
        &acts::MARK_MALICIOUS,
        &acts::ATTACH_SCAN,
        &acts::REPLY_DEPARTMENT,
        &acts::WAIVE,
        &acts::NOTE,
    ],
    path: look::PATH,
    looks: look::LOOKS,
    special: look::special,
    usual: look::USUAL,
    also: look::ALSO,
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
        ends: None,
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

const fn ending(mut step: Step, act: &'static str) -> Step {
    step.ends = Some(act);
    step
}
