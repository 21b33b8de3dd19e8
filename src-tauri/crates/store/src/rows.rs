//! Records and lines out of the tables.

use domain::record::{Deletion, Line, Record};
use domain::time::{Moment, day_start};
use domain::value::Values;
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use crate::column;
use crate::error::Result;
use crate::read::Source;
use crate::schema::{Selection, Table};

pub(crate) fn get(src: Source<'_>, register: &str, uuid: Uuid) -> Result<Option<Record>> {
    one_record(src, register, "uuid = ?1", uuid.to_string())
}

pub(crate) fn by_key(src: Source<'_>, register: &str, key: i64) -> Result<Option<Record>> {
    one_record(src, register, "id = ?1", key)
}

pub(crate) fn by_number(src: Source<'_>, register: &str, number: &str) -> Result<Option<Record>> {
    one_record(src, register, "number = ?1", number.to_owned())
}

fn one_record(
    src: Source<'_>,
    register: &str,
    condition: &str,
    value: impl rusqlite::ToSql,
) -> Result<Option<Record>> {
    let table = src.shared.schema.register(register)?;
    let sql = format!("{} WHERE {condition}", table.whole.sql);
    let mut statement = src.conn.prepare_cached(&sql)?;
    Ok(statement
        .query_row([value], |row| record(table, &table.whole, row))
        .optional()?)
}

pub(crate) fn lines(src: Source<'_>, parent: Uuid, register: &str) -> Result<Vec<Line>> {
    let table = src.shared.schema.lines(register)?;
    let sql = format!(
        "{} WHERE parent = ?1 AND deleted_at IS NULL ORDER BY position, id",
        table.whole.sql
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let rows = statement.query_map([parent.to_string()], |row| line_of(table, row))?;
    let mut lines: Vec<Line> = rows.collect::<rusqlite::Result<_>>()?;
    // Removed lines leave holes in the stored positions; readers count the lines they see.
    for (position, line) in (1..).zip(&mut lines) {
        line.position = position;
    }
    Ok(lines)
}

pub(crate) fn line(src: Source<'_>, register: &str, uuid: Uuid) -> Result<Option<Line>> {
    let table = src.shared.schema.lines(register)?;
    let sql = format!("{} WHERE uuid = ?1", table.whole.sql);
    let mut statement = src.conn.prepare_cached(&sql)?;
    let found = statement
        .query_row([uuid.to_string()], |row| line_of(table, row))
        .optional()?;
    let Some(mut line) = found else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT count(*) FROM {register} WHERE parent = ?1 AND position <= ?2
         AND deleted_at IS NULL"
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    line.position =
        statement.query_row((line.parent.to_string(), line.position), |row| row.get(0))?;
    Ok(Some(line))
}

/// Reads a row of this selection.
pub(crate) fn record(
    table: &Table,
    selection: &Selection,
    row: &Row<'_>,
) -> rusqlite::Result<Record> {
    let deleted_at: Option<String> = row.get(7)?;
    let reason: Option<String> = row.get(8)?;
    Ok(Record {
        register: table.spec.id.clone(),
        key: row.get(0)?,
        uuid: uuid(row.get_ref(1)?),
        number: row.get(2)?,
        state: row.get(3)?,
        row_version: row.get(4)?,
        created_at: moment(row.get_ref(5)?),
        updated_at: moment(row.get_ref(6)?),
        deleted: deleted_at.map(|at| Deletion {
            at: moment_of(&at),
            reason: reason.unwrap_or_default(),
        }),
        values: values(selection, row)?,
    })
}

fn line_of(table: &Table, row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        register: table.spec.id.clone(),
        key: row.get(0)?,
        uuid: uuid(row.get_ref(1)?),
        parent: uuid(row.get_ref(2)?),
        position: row.get(3)?,
        row_version: row.get(4)?,
        values: values(&table.whole, row)?,
    })
}

/// The filled fields of a row.
fn values(selection: &Selection, row: &Row<'_>) -> rusqlite::Result<Values> {
    let mut filled = Vec::with_capacity(selection.fields.len());
    for (field, place) in &selection.fields {
        let column = row.get_ref(*place)?;
        if column != ValueRef::Null {
            filled.push((field.id.clone(), column::value(field.kind, column)));
        }
    }
    // Already in order, so that the tree is built in one go.
    Ok(filled.into_iter().collect())
}

/// A stored identifier. One that does not parse (a file changed by other hands) reads as nil and
/// is found by the check.
pub(crate) fn uuid(column: ValueRef<'_>) -> Uuid {
    match column {
        ValueRef::Text(bytes) => Uuid::try_parse_ascii(bytes).unwrap_or_default(),
        ValueRef::Blob(bytes) => Uuid::from_slice(bytes).unwrap_or_default(),
        _ => Uuid::nil(),
    }
}

fn moment(column: ValueRef<'_>) -> Moment {
    let bytes = column.as_bytes().unwrap_or_default();
    column::read_moment(bytes).unwrap_or_else(epoch)
}

/// A stored moment; what does not parse reads as the first of January 1970.
pub(crate) fn moment_of(text: &str) -> Moment {
    column::read_moment(text.as_bytes()).unwrap_or_else(epoch)
}

fn epoch() -> Moment {
    day_start(chrono::NaiveDate::default())
}
