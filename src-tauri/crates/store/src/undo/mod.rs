//! Taking ops back: which op, whether it may be, and what was done.
//!
//! Undo is a new op that writes the old values back; redo is the undo of an undo. It is refused when
//! a later op that is still in force touched the same fields, and for what has left the program.

mod apply;
mod guard;

use rusqlite::{Connection, OptionalExtension, params};
use thiserror::Error;
use uuid::Uuid;

use crate::error::Result;
use crate::history;
use crate::log::{DEADLINE, MADE, NUMBER};
use crate::op::{Changes, OpKind};
use crate::read::Read as _;
use crate::rows::uuid;
use crate::tx::Tx;
use guard::Guard;

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
        Target::Last => last(tx.conn)?.ok_or(Refusal::NothingToUndo)?,
        Target::LastUndo => last_undo(tx.conn)?.ok_or(Refusal::NothingToRedo)?,
        Target::Op(id) => id,
    };
    let op = history::op(tx.source(), id)?.ok_or(Refusal::NoSuchOp(id))?;
    // An undo may have had nothing to write and can be taken back all the same.
    let empty = !op.kind.takes_back() && !has_changes(tx.conn, id)?;
    if !op.kind.undoable() || empty {
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
    // A refusal half way takes everything back with the transaction.
    let mut guard = Guard::new(tx.conn, id)?;
    for group in Group::all(tx.conn, id)? {
        let items = group.items(tx.conn, id)?;
        guard.check(tx, &group, &items)?;
        apply::record(tx, &group.register, group.record, &items)?;
    }
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
pub(crate) fn last(conn: &Connection) -> Result<Option<i64>> {
    let mut before = i64::MAX;
    while let Some((id, kind)) = older(conn, before)? {
        let ordinary = kind.is_some_and(|k| k.undoable() && !k.takes_back());
        if ordinary && history::undone_by(conn, id)?.is_none() && has_changes(conn, id)? {
            return Ok(Some(id));
        }
        before = id;
    }
    Ok(None)
}

/// The newest undo in force, unless an ordinary op in force is newer: then there is nothing to
/// redo, as in every editor.
pub(crate) fn last_undo(conn: &Connection) -> Result<Option<i64>> {
    let mut before = i64::MAX;
    while let Some((id, kind)) = older(conn, before)? {
        before = id;
        let Some(kind) = kind.filter(|k| k.undoable()) else {
            continue;
        };
        if history::undone_by(conn, id)?.is_some() {
            continue;
        }
        match kind {
            OpKind::Undo => return Ok(Some(id)),
            OpKind::Redo => {}
            _ if has_changes(conn, id)? => return Ok(None),
            _ => {}
        }
    }
    Ok(None)
}

/// The newest op before `id`, with its kind when this program knows it.
fn older(conn: &Connection, id: i64) -> Result<Option<(i64, Option<OpKind>)>> {
    let mut statement =
        conn.prepare_cached("SELECT id, kind FROM op WHERE id < ?1 ORDER BY id DESC LIMIT 1")?;
    let found = statement
        .query_row([id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    Ok(found.map(|(id, kind)| (id, OpKind::parse(&kind))))
}

fn has_changes(conn: &Connection, op: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM change WHERE op = ?1 AND field NOT LIKE 'deadline:%'";
    Ok(conn.prepare_cached(sql)?.exists([op])?)
}

/// One record that an op touched.
struct Group {
    register: String,
    record: Uuid,
    first: i64,
    count: i64,
}

/// One change to be taken back.
struct Item {
    line: Option<(String, Uuid)>,
    field: String,
    before: Option<String>,
    after: Option<String>,
    /// A value of the change was erased.
    erased: bool,
}

impl Group {
    fn all(conn: &Connection, op: i64) -> Result<Vec<Self>> {
        let mut statement = conn.prepare_cached(
            "SELECT register, record, first, count FROM touched WHERE op = ?1 ORDER BY first",
        )?;
        let rows = statement.query_map([op], |row| {
            Ok(Self {
                register: row.get(0)?,
                record: uuid(row.get_ref(1)?),
                first: row.get(2)?,
                count: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The changes of the record, without its deadlines. Of a record that was made in the op only
    /// the making and the number: what stood in it goes with it.
    fn items(&self, conn: &Connection, op: i64) -> Result<Vec<Item>> {
        let mut statement = conn.prepare_cached(
            "SELECT change.line_register, change.line, change.field, held.before, held.after,
                (change.before_digest IS NOT NULL AND held.before IS NULL)
                    OR (change.after_digest IS NOT NULL AND held.after IS NULL)
             FROM change
             LEFT JOIN history_value AS held ON held.op = change.op AND held.seq = change.seq
             WHERE change.op = ?1 AND change.seq BETWEEN ?2 AND ?3 ORDER BY change.seq",
        )?;
        let rows = statement.query_map(
            params![op, self.first, self.first + self.count - 1],
            |row| {
                let line_register: Option<String> = row.get(0)?;
                let line = uuid(row.get_ref(1)?);
                Ok(Item {
                    line: line_register.map(|register| (register, line)),
                    field: row.get(2)?,
                    before: row.get(3)?,
                    after: row.get(4)?,
                    erased: row.get(5)?,
                })
            },
        )?;
        let mut items: Vec<Item> = rows.collect::<rusqlite::Result<_>>()?;
        items.retain(|item| !item.field.starts_with(DEADLINE));
        if items.iter().any(Item::makes_record) {
            items.retain(|item| item.line.is_none() && [MADE, NUMBER].contains(&&*item.field));
        }
        Ok(items)
    }
}

impl Item {
    /// Whether it is the making of a record (not of a line).
    fn makes_record(&self) -> bool {
        self.line.is_none() && self.field == MADE
    }
}
