//! Complaints (domain.md 4.1): what is special to this register, as data and pure functions.
//!
//! `steps` holds the states and transitions, `guards` their conditions, `clocks` derives the
//! deadlines, `papers` knows the archive list of R-22.

pub mod clocks;
pub mod guards;
pub mod look;
pub mod papers;
pub mod steps;

pub use clocks::{days_open, deadlines};
pub use papers::{ArchiveItem, archive_items, is_paper_final, retention};
pub use steps::WORKFLOW;

use crate::field::complaint as field;
use crate::record::Record;

/// A complaint that counts (C-16): accepted, not withdrawn, not unfounded.
///
/// One that went to court or to another unit counts only if it had been accepted before. Imported
/// cases that were settled under the old ledger count as accepted.
#[must_use]
pub fn is_valid(record: &Record) -> bool {
    let filled = |field: &str| !record.values.get(field).is_null();
    let accepted = match record.state.as_deref().unwrap_or_default() {
        "draft" | "registered" | "refused" | "converted" | "merged" | "unfounded" | "withdrawn" => {
            false
        }
        "transferred_out" | "legal" => filled(field::ACCEPTED_AT) || filled(field::HANDLED_AT),
        _ => true,
    };
    let outcome = record.values.text(field::OUTCOME).unwrap_or_default();
    accepted
        && !matches!(
            outcome,
            "unfounded" | "malicious" | "withdrawn" | "not_ours"
        )
}

/// Whether the complaint is graded 重大 (C-14).
#[must_use]
pub fn is_major(record: &Record) -> bool {
    record.values.text(field::GRADE) == Some("major")
}

/// Whether nobody can be asked or visited: the complainant gave no name.
#[must_use]
pub fn is_anonymous(record: &Record) -> bool {
    record.values.tick(field::ANONYMOUS)
}

/// Whether a department forwarded the complaint and waits for a reply (F-31).
#[must_use]
pub fn is_forwarded(record: &Record) -> bool {
    matches!(
        record.values.text(field::CHANNEL),
        Some("hotline_12345" | "authority")
    )
}
