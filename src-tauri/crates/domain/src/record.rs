//! A record (one line of a register) and a line (a row inside a record), as the store gives them
//! and the rules read them.

use uuid::Uuid;

use crate::time::Moment;
use crate::value::Values;

/// One record of a register.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Register id, such as `complaint`.
    pub register: String,
    /// Row key inside this file; never leaves it.
    pub key: i64,
    /// Identifier for links and exchange.
    pub uuid: Uuid,
    /// Display number such as `TS-2026-XM01-0007`; `None` until it is given. Never a key.
    pub number: Option<String>,
    /// State of the workflow, or `None` for a register without one.
    pub state: Option<String>,
    /// Counts the writes; a save that names an older one is refused.
    pub row_version: i64,
    /// Entry time of the record.
    pub created_at: Moment,
    /// Entry time of the last change.
    pub updated_at: Moment,
    /// When it went to the recycle bin, and why.
    pub deleted: Option<Deletion>,
    /// The fields of the spec.
    pub values: Values,
}

/// A record in the recycle bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// Entry time of the deletion.
    pub at: Moment,
    /// The reason that was typed; may be empty.
    pub reason: String,
}

/// One row inside a record, such as an action of a complaint.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Line register id, such as `complaint_action`.
    pub register: String,
    /// Row key inside this file.
    pub key: i64,
    /// Identifier for exchange.
    pub uuid: Uuid,
    /// The record it stands in.
    pub parent: Uuid,
    /// Place among its siblings, counted from 1.
    pub position: i64,
    /// Counts the writes.
    pub row_version: i64,
    /// The fields of the spec.
    pub values: Values,
}
