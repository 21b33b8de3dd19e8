//! Whether an op may be taken back: nothing in force since then may have touched the same fields,
//! and no value that must come back may be erased.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::params;
use uuid::Uuid;

use super::Refusal;
use crate::error::{Error, Result};
use crate::history::{self, HistoryEntry};
use crate::log::{DEADLINE, ERASED, MADE};
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

/// # Errors
/// [`Error::Undo`] with the first reason found.
pub(super) fn check(tx: &Tx<'_>, op: i64, entries: &[HistoryEntry]) -> Result<()> {
    let mut records: BTreeMap<Uuid, Vec<&HistoryEntry>> = BTreeMap::new();
    for entry in entries {
        records.entry(entry.record).or_default().push(entry);
    }
    let made: HashSet<Uuid> = entries
        .iter()
        .filter(|e| makes_record(e))
        .map(|e| e.record)
        .collect();
    let mut in_force = HashMap::new();
    for (record, entries) in &records {
        let register = &entries[0].register;
        for later in later_changes(tx, op, *record)? {
            if !entries.iter().any(|entry| touches(entry, &later)) {
                continue;
            }
            // An undo of something that also came later cancels out with it.
            if later.undoes.is_some_and(|undone| undone >= op) {
                continue;
            }
            let live = match in_force.get(&later.op) {
                Some(live) => *live,
                None => {
                    let live = history::undone_by(tx.conn, later.op)?.is_none();
                    in_force.insert(later.op, live);
                    live
                }
            };
            if live {
                return Err(touched_since(tx, register, *record, later)?.into());
            }
        }
        if made.contains(record) {
            let table = tx.shared.schema.register(register)?;
            links(tx, table, *record, &made)?;
        } else if let Some(gone) = entries.iter().find(|e| e.erased) {
            return Err(Error::Undo(Refusal::Erased {
                register: register.clone(),
                record: *record,
                field: gone.field.clone(),
            }));
        }
    }
    Ok(())
}

/// Whether the entry is the making of a record (not of a line).
pub(super) fn makes_record(entry: &HistoryEntry) -> bool {
    entry.line.is_none() && entry.field == MADE
}

/// Whether the later change is about what this entry is about.
fn touches(entry: &HistoryEntry, later: &Later) -> bool {
    let line = entry.line.as_ref().map(|(_, uuid)| *uuid);
    makes_record(entry)
        || (entry.field == MADE && later.line == line)
        || (entry.field == later.field && later.line == line)
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
    changes.retain(|later| !later.field.starts_with(DEADLINE));
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
