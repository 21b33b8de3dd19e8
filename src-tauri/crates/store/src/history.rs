//! Reading the history: what happened to a record, and what an op did.

use domain::time::Moment;
use uuid::Uuid;

use crate::error::Result;
use crate::op::OpKind;
use crate::read::Source;

/// One change of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    /// The op.
    pub op: i64,
    /// Its kind.
    pub kind: OpKind,
    /// Its label.
    pub label: String,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Who did it; empty when the name was erased.
    pub operator: String,
    /// On which computer.
    pub site: String,
    /// When it happened, as typed.
    pub event_at: Option<Moment>,
    /// When it was entered.
    pub entry_at: Moment,
    /// Register id of the record.
    pub register: String,
    /// The record.
    pub record: Uuid,
    /// Line register and line, when the change was in a line.
    pub line: Option<(String, Uuid)>,
    /// Field id, or one of `@made @deleted @state @number @removed @erased:<field>
    /// deadline:<rule>#<round>`.
    pub field: String,
    /// The stored text before; `None` for nothing.
    pub before: Option<String>,
    /// The stored text after; `None` for nothing.
    pub after: Option<String>,
    /// Whether a value of this entry was erased, so that `None` may mean "no longer known".
    pub erased: bool,
}

/// One op as it stands in the history.
#[derive(Debug, Clone, PartialEq)]
pub struct OpEntry {
    /// Its id; they count without gaps from 1.
    pub id: i64,
    /// Its kind.
    pub kind: OpKind,
    /// Its label.
    pub label: String,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Who did it; empty when the name was erased.
    pub operator: String,
    /// On which computer.
    pub site: String,
    /// When it happened, as typed.
    pub event_at: Option<Moment>,
    /// When it was entered.
    pub entry_at: Moment,
    /// Hybrid logical clock stamp: milliseconds since 1970 times 65,536, plus a counter.
    pub stamp: i64,
    /// Tag of its batch.
    pub batch: Option<String>,
    /// The op that it takes back.
    pub undoes: Option<i64>,
    /// The op that takes it back and is itself in force.
    pub undone_by: Option<i64>,
    /// Its hash in hex.
    pub hash: String,
}

pub(crate) fn of_record(src: Source<'_>, register: &str, uuid: Uuid) -> Result<Vec<HistoryEntry>> {
    let _ = (src, register, uuid);
    unimplemented!()
}

pub(crate) fn of_op(src: Source<'_>, op: i64) -> Result<Vec<HistoryEntry>> {
    let _ = (src, op);
    unimplemented!()
}

pub(crate) fn ops(src: Source<'_>, limit: usize) -> Result<Vec<OpEntry>> {
    let _ = (src, limit);
    unimplemented!()
}

pub(crate) fn op(src: Source<'_>, id: i64) -> Result<Option<OpEntry>> {
    let _ = (src, id);
    unimplemented!()
}

pub(crate) fn ops_of_batch(src: Source<'_>, tag: &str) -> Result<Vec<OpEntry>> {
    let _ = (src, tag);
    unimplemented!()
}

pub(crate) fn head(src: Source<'_>) -> Result<String> {
    let _ = src;
    unimplemented!()
}
