//! The check of everything that the store promises.

use crate::snapshot::Counts;

/// What a finding is about. Closed, so that words can be made for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// SQLite's own check of pages and indexes.
    Integrity,
    /// A link or line without the record it belongs to.
    ForeignKey,
    /// Specs and tables differ.
    Schema,
    /// The history chain does not hold at this op.
    Chain,
    /// A value in the history is gone without an erasure, or is not the one that was written.
    HistoryValue,
    /// A record holds what no op wrote.
    RecordDrift,
    /// A row names an attachment that is not there.
    FileMissing,
    /// An attachment's bytes have changed.
    FileRot,
    /// An attachment that no row names.
    FileOrphan,
    /// The search index is not in step with the records.
    SearchDrift,
    /// A number is given twice or does not agree with its record.
    Number,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// Where: a table, an op, a hash, a record. Never a value.
    pub place: String,
    /// What was found, for support. Never a value.
    pub detail: String,
}

/// The answer of a check.
#[derive(Debug, Clone, Default)]
pub struct CheckReport {
    /// Everything that was found; empty is good. At most 1,000 of each kind.
    pub findings: Vec<Finding>,
    /// Rows by table.
    pub counts: Counts,
    /// Ops in the chain.
    pub ops: u64,
    /// Head of the chain.
    pub history_head: String,
    /// Attachments that were read and hashed.
    pub files: u64,
}

impl CheckReport {
    /// Whether nothing but orphan files was found (those do no harm).
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.findings
            .iter()
            .all(|f| f.kind == FindingKind::FileOrphan)
    }
}
