//! Writing the values back that an op had found.

use std::collections::BTreeSet;

use domain::spec::FieldSpec;
use rusqlite::types::Value as Sql;
use uuid::Uuid;

use super::{Item, Refusal};
use crate::column::{from_history, history_text};
use crate::error::{Error, Result};
use crate::log::{DELETED, MADE, NUMBER, REMOVED, STATE};
use crate::numbers::{self, UNDONE};
use crate::op::Touch;
use crate::schema::{Table, quoted};
use crate::tx::Tx;
use crate::write::{update_row, write_bin, write_state};
use crate::write_line::write_removed;

/// Takes all changes of an op to one record and its lines back.
pub(super) fn record(tx: &mut Tx<'_>, register: &str, uuid: Uuid, items: &[Item]) -> Result<()> {
    let shared = tx.shared;
    let table = shared.schema.register(register)?;
    let number = items.iter().find(|e| e.line.is_none() && e.field == NUMBER);
    if let Some(number) = number {
        expect(tx, table, uuid, None, "number", number)?;
        let (now, then) = (number.after.as_deref(), number.before.as_deref());
        numbers::put_back(tx, register, uuid, now, then)?;
    }
    if items.iter().any(Item::makes_record) {
        // What stood in the record goes with it; only its being there is taken back.
        // It may lie in the bin already, when the same op made and deleted it.
        let before = current(tx, table, uuid, "deleted_reason")?;
        return set_bin(tx, table, uuid, before.as_deref(), Some(UNDONE));
    }
    let fields = items.iter().filter(|e| e.line.is_none());
    write_fields(tx, table, uuid, uuid, fields)?;
    for entry in items.iter().filter(|e| e.line.is_none()) {
        match entry.field.as_str() {
            DELETED => {
                set_bin(
                    tx,
                    table,
                    uuid,
                    entry.after.as_deref(),
                    entry.before.as_deref(),
                )?;
            }
            STATE => {
                expect(tx, table, uuid, None, "state", entry)?;
                let key = key(tx, table, uuid)?;
                write_state(tx, table, key, entry.before.as_deref())?;
                let group = tx.log.touch(register, uuid, Touch::Changed);
                group.note(None, STATE, entry.after.clone(), entry.before.clone());
            }
            _ => {}
        }
    }
    lines(tx, register, uuid, items)
}

/// Takes the changes of a record's lines back.
fn lines(tx: &mut Tx<'_>, register: &str, record: Uuid, items: &[Item]) -> Result<()> {
    let shared = tx.shared;
    let touched: BTreeSet<&(String, Uuid)> = items.iter().filter_map(|e| e.line.as_ref()).collect();
    for line @ (line_register, uuid) in touched {
        let table = shared.schema.lines(line_register)?;
        let mine: Vec<&Item> = items
            .iter()
            .filter(|e| e.line.as_ref() == Some(line))
            .collect();
        let key = key(tx, table, *uuid)?;
        let gone = current(tx, table, *uuid, "deleted_at")?.is_some();
        let mut turn = |removed: bool| -> Result<()> {
            // A line that the same op made and removed is not there before and after.
            if removed == gone {
                return Ok(());
            }
            write_removed(tx, table, key, removed)?;
            let mark = |set: bool| set.then(|| "1".to_owned());
            let group = tx.log.touch(register, record, Touch::Changed);
            group.search = true;
            group.note(
                Some((line_register, *uuid)),
                REMOVED,
                mark(!removed),
                mark(removed),
            );
            Ok(())
        };
        if mine.iter().any(|e| e.field == MADE) {
            turn(true)?;
            continue;
        }
        if let Some(removal) = mine.iter().find(|e| e.field == REMOVED) {
            turn(removal.before.is_some())?;
        }
        write_fields(tx, table, record, *uuid, mine.into_iter())?;
    }
    Ok(())
}

/// Writes fields of a record or line back in one go.
fn write_fields<'e>(
    tx: &mut Tx<'_>,
    table: &Table,
    record: Uuid,
    uuid: Uuid,
    entries: impl Iterator<Item = &'e Item>,
) -> Result<()> {
    let mut columns: Vec<(&'static FieldSpec, Sql)> = Vec::new();
    for entry in entries.filter(|e| !e.field.starts_with('@')) {
        let field = table.field(&entry.field)?;
        expect(tx, table, uuid, Some(record), &field.id, entry)?;
        columns.push((field, from_history(field.kind, entry.before.as_deref())?));
    }
    if columns.is_empty() {
        return Ok(());
    }
    let before: Vec<Option<String>> = columns
        .iter()
        .map(|(field, _)| current(tx, table, uuid, &field.id))
        .collect::<Result<_>>()?;
    update_row(tx, table, key(tx, table, uuid)?, &columns)?;
    let register = table.spec.parent.as_deref().unwrap_or(table.name());
    let line = table.is_line().then_some((table.name(), uuid));
    let group = tx.log.touch(register, record, Touch::Changed);
    group.search = true;
    for ((field, column), before) in columns.iter().zip(before) {
        group.note(line, &field.id, before, history_text(column));
    }
    Ok(())
}

/// Puts a record into the recycle bin or takes it out.
fn set_bin(
    tx: &mut Tx<'_>,
    table: &Table,
    uuid: Uuid,
    before: Option<&str>,
    after: Option<&str>,
) -> Result<()> {
    write_bin(tx, table, key(tx, table, uuid)?, after)?;
    let touch = if after.is_some() {
        Touch::Deleted
    } else {
        Touch::Restored
    };
    let group = tx.log.touch(table.name(), uuid, touch);
    group.search = true;
    group.note(
        None,
        DELETED,
        before.map(str::to_owned),
        after.map(str::to_owned),
    );
    Ok(())
}

fn key(tx: &Tx<'_>, table: &Table, uuid: Uuid) -> Result<i64> {
    let sql = format!("SELECT id FROM {} WHERE uuid = ?1", table.name());
    let mut statement = tx.conn.prepare_cached(&sql)?;
    let mut rows = statement.query([uuid.to_string()])?;
    match rows.next()? {
        Some(row) => Ok(row.get(0)?),
        None => Err(Error::NotFound {
            register: table.spec.id.clone(),
            uuid,
        }),
    }
}

/// A column as it stands now, as text of the history.
fn current(tx: &Tx<'_>, table: &Table, uuid: Uuid, column: &str) -> Result<Option<String>> {
    let sql = format!(
        "SELECT {} FROM {} WHERE uuid = ?1",
        quoted(column),
        table.name()
    );
    let mut statement = tx.conn.prepare_cached(&sql)?;
    let value: Sql = statement.query_row([uuid.to_string()], |row| row.get(0))?;
    Ok(history_text(&value))
}

/// That the column is as the op left it; otherwise somebody wrote past the door.
fn expect(
    tx: &Tx<'_>,
    table: &Table,
    uuid: Uuid,
    record: Option<Uuid>,
    column: &str,
    entry: &Item,
) -> Result<()> {
    if current(tx, table, uuid, column)? == entry.after {
        return Ok(());
    }
    let register = table
        .spec
        .parent
        .as_deref()
        .unwrap_or(table.name())
        .to_owned();
    Err(Error::Undo(Refusal::Drifted {
        register,
        record: record.unwrap_or(uuid),
        field: entry.field.clone(),
    }))
}
