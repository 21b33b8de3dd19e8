//! Taking ops back.

use thiserror::Error;
use uuid::Uuid;

use crate::op::{Changes, OpKind};

/// Which op is to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The newest op that can be undone.
    Last,
    /// The newest undo, unless something was done since.
    LastUndo,
    /// This one.
    Op(i64),
}

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The op that was taken back.
    pub undone: i64,
    /// Its kind.
    pub kind: OpKind,
    /// Its label.
    pub label: String,
    /// The records it touched, and the new op.
    pub changes: Changes,
}

/// Why an undo or redo is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is no op that could be undone.
    #[error("nothing to undo")]
    NothingToUndo,
    /// There is no undo that could be taken back.
    #[error("nothing to redo")]
    NothingToRedo,
    /// No such op.
    #[error("no op {0}")]
    NoSuchOp(i64),
    /// Ops of this kind cannot be undone.
    #[error("op {op} of kind {kind:?} cannot be undone")]
    NotUndoable {
        /// The op.
        op: i64,
        /// Its kind.
        kind: OpKind,
        /// Its label.
        label: String,
    },
    /// It is undone already.
    #[error("op {op} is undone by op {by}")]
    AlreadyUndone {
        /// The op.
        op: i64,
        /// The op that undid it.
        by: i64,
    },
    /// A later op touched the same field or record.
    #[error("op {later} touched {register} {record} {field} since")]
    TouchedSince {
        /// The later op.
        later: i64,
        /// Its label.
        label: String,
        /// Register id.
        register: String,
        /// The record.
        record: Uuid,
        /// Its number.
        number: Option<String>,
        /// The field, or empty for the record as a whole.
        field: String,
    },
    /// Another record links to the one that would go away.
    #[error("{by_register} {by_record} links to {register} {record}")]
    LinkedSince {
        /// Register id.
        register: String,
        /// The record that would go away.
        record: Uuid,
        /// Register of the linking record.
        by_register: String,
        /// The linking record.
        by_record: Uuid,
        /// Its number.
        by_number: Option<String>,
    },
    /// A value that would have to come back was erased.
    #[error("a value of {register} {record} was erased")]
    Erased {
        /// Register id.
        register: String,
        /// The record.
        record: Uuid,
        /// The field.
        field: String,
    },
    /// The value is not the one that the op left; the file was changed outside the program.
    #[error("{register} {record} {field} is not as the op left it")]
    Drifted {
        /// Register id.
        register: String,
        /// The record.
        record: Uuid,
        /// The field.
        field: String,
    },
}
