//! Acts: steps that log something or set a flag and leave the complaint where it is.

use super::super::guards as g;
use super::{NUMBERED, RUNNING, ending, needing, step, with_text};
use crate::workflow::{
    Effect::Tick,
    Source::{Any, States},
    Step,
    Target::Stay,
};

/// First contact with the complainant.
pub(super) static CONTACT: Step = with_text(step("contact", States(RUNNING), Stay, &[], &[], &[]));

/// Written report of a major complaint to the company.
pub(super) static REPORT_MAJOR: Step = with_text(step(
    "report_major",
    States(RUNNING),
    Stay,
    &[&g::IS_MAJOR],
    &[],
    &[],
));

/// Row 17.
pub(super) static ESCALATE: Step = with_text(step(
    "escalate",
    Any,
    Stay,
    &[],
    &[Tick("escalated", true)],
    &[],
));

/// Row 18: the complainant could not be reached.
pub(super) static LOG_ATTEMPT: Step =
    step("log_attempt", States(&["visit_due"]), Stay, &[], &[], &[]);

/// Stops the clocks: waiting for the complainant or for another unit.
pub(super) static PAUSE: Step = with_text(step(
    "pause",
    States(RUNNING),
    Stay,
    &[&g::NOT_WAITING],
    &[Tick("waiting", true)],
    &[],
));

/// Lets the clocks run on.
pub(super) static RESUME: Step = ending(
    step(
        "resume",
        States(RUNNING),
        Stay,
        &[&g::WAITING],
        &[Tick("waiting", false)],
        &[],
    ),
    "pause",
);

/// A longer deadline, with approver and reason.
pub(super) static EXTEND: Step = needing(
    with_text(step(
        "extend",
        States(RUNNING),
        Stay,
        &[&g::KNOWN_CLOCK],
        &[],
        &[],
    )),
    &["rule", "until", "person"],
);

///
pub(super) static MARK_MALICIOUS: Step = with_text(step(
    "mark_malicious",
    Any,
    Stay,
    &[],
    &[Tick("malicious", true)],
    &[],
));

/// A signed sheet came back as a scan.
pub(super) static ATTACH_SCAN: Step = needing(
    step("attach_scan", States(NUMBERED), Stay, &[], &[], &[]),
    &["archive_item"],
);

/// The reply to the department that forwarded the complaint.
pub(super) static REPLY_DEPARTMENT: Step = with_text(step(
    "reply_department",
    Any,
    Stay,
    &[&g::FORWARDED],
    &[],
    &[],
));

/// An item of the archive list is waived, with the reason.
pub(super) static WAIVE: Step = needing(
    with_text(step("waive", States(NUMBERED), Stay, &[], &[], &[])),
    &["archive_item", "person"],
);

/// Anything else worth a line.
pub(super) static NOTE: Step = with_text(step("note", Any, Stay, &[], &[], &[]));
