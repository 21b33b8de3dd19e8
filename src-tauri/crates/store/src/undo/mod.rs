//! Taking ops back: which op, whether it may be, and what was done.
//!
//! Undo is a new op that writes the old values back; redo is the undo of an undo. It is refused when
//! a later op that is still in force touched the same fields, and for what has left the program.

mod apply;
mod guard;

use rusqlite::OptionalExtension;
use thiserror::Error;
use uuid::Uuid;

use crate::error::Result;
use crate::history;
use crate::log::DEADLINE;
use crate::op::{Changes, OpKind};
use crate::read::Read as _;
use crate::tx::Tx;

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

/// Takes an op back inside the transaction `tx`, whose own op becomes the undo.
pub(crate) fn run(tx: &mut Tx<'_>, target: Target) -> Result<Undone> {
    let id = match target {
        Target::Last => last(tx)?.ok_or(Refusal::NothingToUndo)?,
        Target::LastUndo => last_undo(tx)?.ok_or(Refusal::NothingToRedo)?,
        Target::Op(id) => id,
    };
    let op = history::op(tx.source(), id)?.ok_or(Refusal::NoSuchOp(id))?;
    let entries: Vec<_> = history::of_op(tx.source(), id)?
        .into_iter()
        .filter(|e| !e.field.starts_with(DEADLINE))
        .collect();
    if !op.kind.undoable() || entries.is_empty() {
        return Err(Refusal::NotUndoable {
            op: id,
            kind: op.kind,
            label: op.label,
        }
        .into());
    }
    if let Some(by) = op.undone_by {
        return Err(Refusal::AlreadyUndone { op: id, by }.into());
    }
    guard::check(tx, id, &entries)?;
    apply::all(tx, &entries)?;
    tx.op.kind = if op.kind == OpKind::Undo {
        OpKind::Redo
    } else {
        OpKind::Undo
    };
    tx.op.label.clone_from(&op.label);
    tx.undoes = Some(id);
    // The undo must stand in the history even when nothing was left to write.
    tx.aside = true;
    let changes = Changes {
        op: None,
        touched: tx.log.touched(),
    };
    Ok(Undone {
        undone: id,
        kind: op.kind,
        label: op.label,
        changes,
    })
}

/// The newest op in force that can be undone and is no undo itself.
fn last(tx: &Tx<'_>) -> Result<Option<i64>> {
    let mut before = i64::MAX;
    while let Some((id, kind)) = older(tx, before)? {
        let ordinary = kind.is_some_and(|k| k.undoable() && !k.takes_back());
        if ordinary && history::undone_by(tx.conn, id)?.is_none() && has_changes(tx, id)? {
            return Ok(Some(id));
        }
        before = id;
    }
    Ok(None)
}

/// The newest undo in force, unless an ordinary op in force is newer: then there is nothing to
/// redo, as in every editor.
fn last_undo(tx: &Tx<'_>) -> Result<Option<i64>> {
    let mut before = i64::MAX;
    while let Some((id, kind)) = older(tx, before)? {
        before = id;
        let Some(kind) = kind.filter(|k| k.undoable()) else {
            continue;
        };
        if history::undone_by(tx.conn, id)?.is_some() {
            continue;
        }
        match kind {
            OpKind::Undo => return Ok(Some(id)),
            OpKind::Redo => {}
            _ if has_changes(tx, id)? => return Ok(None),
            _ => {}
        }
    }
    Ok(None)
}

/// The newest op before `id`, with its kind when this program knows it.
fn older(tx: &Tx<'_>, id: i64) -> Result<Option<(i64, Option<OpKind>)>> {
    let mut statement = tx
        .conn
        .prepare_cached("SELECT id, kind FROM op WHERE id < ?1 ORDER BY id DESC LIMIT 1")?;
    let found = statement
        .query_row([id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    Ok(found.map(|(id, kind)| (id, OpKind::parse(&kind))))
}

fn has_changes(tx: &Tx<'_>, op: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM change WHERE op = ?1 AND field NOT LIKE 'deadline:%'";
    Ok(tx.conn.prepare_cached(sql)?.exists([op])?)
}
