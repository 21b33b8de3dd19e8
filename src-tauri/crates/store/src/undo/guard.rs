//! Whether an op may be taken back: nothing in force since then may have touched the same fields,
//! and no value that must come back may be erased.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Group, Item, Refusal};
use crate::error::{Error, Result};
use crate::history;
use crate::log::{DEADLINE, ERASED, MADE, SHOWN};
use crate::read::Read as _;
use crate::rows;
use crate::schema::Table;
use crate::tx::Tx;

/// A change that came after the op.
struct Later {
    op: i64,
    undoes: Option<i64>,
    line: Option<Uuid>,
    field: String,
}

/// What one op's undo has to mind.
pub(super) struct Guard {
    op: i64,
    /// Records that the op made.
    made: HashSet<Uuid>,
    /// Later ops that were looked at: whether they are in force.
    in_force: HashMap<i64, bool>,
}

impl Guard {
    pub(super) fn new(conn: &Connection, op: i64) -> Result<Self> {
        let mut statement = conn.prepare_cached(
            "SELECT touched.record FROM touched
             CROSS JOIN change ON change.op = touched.op
                AND change.seq BETWEEN touched.first AND touched.first + touched.count - 1
             WHERE touched.op = ?1 AND change.field = ?2 AND change.line IS NULL",
        )?;
        let made = statement
            .query_map(params![op, MADE], |row| Ok(rows::uuid(row.get_ref(0)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            op,
            made,
            in_force: HashMap::new(),
        })
    }

    /// # Errors
    /// [`Error::Undo`] with the first reason found.
    pub(super) fn check(&mut self, tx: &Tx<'_>, group: &Group, items: &[Item]) -> Result<()> {
        for later in later_changes(tx, self.op, group.record)? {
            let touched = items.iter().any(|item| touches(item, &later));
            // An undo of something that also came later cancels out with it.
            let cancels = later.undoes.is_some_and(|undone| undone >= self.op);
            if touched && !cancels && self.is_in_force(tx, later.op)? {
                return Err(touched_since(tx, &group.register, group.record, later)?.into());
            }
        }
        if self.made.contains(&group.record) {
            let table = tx.shared.schema.register(&group.register)?;
            return links(tx, table, group.record, &self.made);
        }
        match items.iter().find(|item| item.erased) {
            None => Ok(()),
            Some(gone) => Err(Error::Undo(Refusal::Erased {
                register: group.register.clone(),
                record: group.record,
                field: gone.field.clone(),
            })),
        }
    }

    fn is_in_force(&mut self, tx: &Tx<'_>, op: i64) -> Result<bool> {
        if let Some(known) = self.in_force.get(&op) {
            return Ok(*known);
        }
        let known = history::undone_by(tx.conn, op)?.is_none();
        self.in_force.insert(op, known);
        Ok(known)
    }
}

/// Whether the later change is about what this one is about.
fn touches(item: &Item, later: &Later) -> bool {
    let line = item.line.as_ref().map(|(_, uuid)| *uuid);
    item.makes_record()
        || (item.field == MADE && later.line == line)
        || (item.field == later.field && later.line == line)
}

fn later_changes(tx: &Tx<'_>, op: i64, record: Uuid) -> Result<Vec<Later>> {
    let mut statement = tx.conn.prepare_cached(
        "SELECT change.op, op.undoes, change.line, change.field
         FROM touched
         CROSS JOIN change ON change.op = touched.op
            AND change.seq BETWEEN touched.first AND touched.first + touched.count - 1
         JOIN op ON op.id = touched.op
         WHERE touched.record = ?1 AND touched.op > ?2 ORDER BY change.op, change.seq",
    )?;
    let rows = statement.query_map(params![record.as_bytes(), op], |row| {
        let line: Option<Vec<u8>> = row.get(2)?;
        let field: String = row.get(3)?;
        Ok(Later {
            op: row.get(0)?,
            undoes: row.get(1)?,
            line: line.and_then(|bytes| Uuid::from_slice(&bytes).ok()),
            field: field
                .strip_prefix(ERASED)
                .map_or(field.clone(), str::to_owned),
        })
    })?;
    let mut changes: Vec<Later> = rows.collect::<rusqlite::Result<_>>()?;
    // Neither a count nor a look changes what stands there.
    changes.retain(|later| !later.field.starts_with(DEADLINE) && later.field != SHOWN);
    Ok(changes)
}

fn touched_since(tx: &Tx<'_>, register: &str, record: Uuid, later: Later) -> Result<Refusal> {
    let label = history::op(tx.source(), later.op)?
        .map(|op| op.label)
        .unwrap_or_default();
    let number = rows::get(tx.source(), register, record)?.and_then(|r| r.number);
    Ok(Refusal::TouchedSince {
        later: later.op,
        label,
        register: register.to_owned(),
        record,
        number,
        field: later.field,
    })
}

/// That no record outside the op links to one that would go away.
fn links(tx: &Tx<'_>, table: &Table, record: Uuid, made: &HashSet<Uuid>) -> Result<()> {
    for (register, field) in &table.linked_by {
        let other = tx.shared.schema.any(register)?;
        let (holder, number) = if other.is_line() {
            ("parent", "NULL")
        } else {
            ("uuid", "number")
        };
        let sql = format!(
            "SELECT {holder}, {number} FROM {register}
             WHERE \"{field}\" = ?1 AND deleted_at IS NULL"
        );
        let mut statement = tx.conn.prepare_cached(&sql)?;
        let mut found = statement.query([record.to_string()])?;
        while let Some(row) = found.next()? {
            let by_record = rows::uuid(row.get_ref(0)?);
            if !made.contains(&by_record) {
                return Err(Error::Undo(Refusal::LinkedSince {
                    register: table.spec.id.clone(),
                    record,
                    by_register: other
                        .spec
                        .parent
                        .clone()
                        .unwrap_or_else(|| register.clone()),
                    by_record,
                    by_number: row.get(1)?,
                }));
            }
        }
    }
    Ok(())
}
