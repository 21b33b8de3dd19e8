//! Writing lines: rows inside a record, with their own versions and place.

use domain::record::Line;
use domain::value::Values;
use rusqlite::params;
use rusqlite::types::Value as Sql;
use uuid::Uuid;

use crate::column;
use crate::error::{Error, Result};
use crate::log::{MADE, REMOVED};
use crate::op::Touch;
use crate::read::Read as _;
use crate::rows;
use crate::schema::Table;
use crate::tx::Tx;
use crate::write::{as_values, columns, insert_row, update_row};

pub(crate) fn insert(
    tx: &mut Tx<'_>,
    register: &str,
    parent: Uuid,
    values: &Values,
) -> Result<Line> {
    let shared = tx.shared;
    let table = shared.schema.lines(register)?;
    let parent_register = parent_of(table);
    expect_parent(tx, parent_register, parent)?;
    let columns = columns(tx, table, values)?;
    let uuid = shared.env.ids.uuid(tx.now);
    let sql = format!(
        "SELECT coalesce(max(position), 0) + 1, count(*) FILTER (WHERE deleted_at IS NULL) + 1
         FROM {register} WHERE parent = ?1"
    );
    let (stored, position): (i64, i64) = tx
        .conn
        .prepare_cached(&sql)?
        .query_row([parent.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let system = [
        Sql::Text(uuid.to_string()),
        Sql::Text(parent.to_string()),
        Sql::Integer(stored),
        Sql::Integer(1),
        Sql::Text(tx.now_text.clone()),
        Sql::Text(tx.now_text.clone()),
    ];
    let names = "uuid, parent, position, row_version, created_at, updated_at";
    insert_row(tx, table, names, &system, &columns)?;
    let key = tx.conn.last_insert_rowid();
    let group = tx.log.touch(parent_register, parent, Touch::Changed);
    let line = Some((register, uuid));
    group.note(line, MADE, None, Some(stored.to_string()));
    for (field, column) in &columns {
        group.search |= field.search.is_some();
        if let Some(text) = column::history_text(column) {
            group.note(line, &field.id, None, Some(text));
        }
    }
    Ok(Line {
        register: register.to_owned(),
        key,
        uuid,
        parent,
        position,
        row_version: 1,
        values: as_values(&columns)
            .into_iter()
            .filter(|(_, v)| !v.is_null())
            .collect(),
    })
}

pub(crate) fn update(
    tx: &mut Tx<'_>,
    register: &str,
    uuid: Uuid,
    expected_version: Option<i64>,
    values: &Values,
) -> Result<Line> {
    let shared = tx.shared;
    let table = shared.schema.lines(register)?;
    let mut line = for_writing(tx, register, uuid)?;
    if let Some(expected) = expected_version
        && expected != line.row_version
    {
        let found = line.row_version;
        return Err(Error::Stale {
            register: register.to_owned(),
            uuid,
            expected,
            found,
        });
    }
    let mut columns = columns(tx, table, values)?;
    columns.retain(|(field, column)| {
        line.values.get(&field.id).stored() != column::history_text(column)
    });
    if columns.is_empty() {
        return Ok(line);
    }
    update_row(tx, table, line.key, &columns)?;
    let group = tx.log.touch(parent_of(table), line.parent, Touch::Changed);
    for (field, column) in &columns {
        group.search |= field.search.is_some();
        let before = line.values.get(&field.id).stored();
        group.note(
            Some((register, uuid)),
            &field.id,
            before,
            column::history_text(column),
        );
    }
    line.row_version += 1;
    for (id, value) in as_values(&columns) {
        if value.is_null() {
            line.values.remove(&id);
        } else {
            line.values.set(&id, value);
        }
    }
    Ok(line)
}

pub(crate) fn remove(tx: &mut Tx<'_>, register: &str, uuid: Uuid) -> Result<()> {
    let table = tx.shared.schema.lines(register)?;
    let line = for_writing(tx, register, uuid)?;
    write_removed(tx, table, line.key, true)?;
    let group = tx.log.touch(parent_of(table), line.parent, Touch::Changed);
    group.search = true;
    group.note(Some((register, uuid)), REMOVED, None, Some("1".to_owned()));
    Ok(())
}

/// Takes a line out of its record, or puts it back.
pub(crate) fn write_removed(tx: &Tx<'_>, table: &Table, key: i64, removed: bool) -> Result<()> {
    let at = removed.then_some(tx.now_text.as_str());
    let sql = format!(
        "UPDATE {} SET deleted_at = ?1, row_version = row_version + 1, updated_at = ?2
         WHERE id = ?3",
        table.name()
    );
    tx.conn
        .prepare_cached(&sql)?
        .execute(params![at, tx.now_text, key])?;
    Ok(())
}

/// The register that lines of this table stand in.
pub(crate) fn parent_of(table: &Table) -> &'static str {
    table
        .spec
        .parent
        .as_deref()
        .expect("BUG: a line register has a parent")
}

/// The line, for writing: it and its record must be there.
fn for_writing(tx: &Tx<'_>, register: &str, uuid: Uuid) -> Result<Line> {
    let table = tx.shared.schema.lines(register)?;
    let missing = || Error::NotFound {
        register: register.to_owned(),
        uuid,
    };
    let line = rows::line(tx.source(), register, uuid)?.ok_or_else(missing)?;
    let sql = format!("SELECT deleted_at IS NULL FROM {register} WHERE id = ?1");
    if !tx
        .conn
        .prepare_cached(&sql)?
        .query_row([line.key], |row| row.get::<_, bool>(0))?
    {
        return Err(missing());
    }
    expect_parent(tx, parent_of(table), line.parent)?;
    Ok(line)
}

fn expect_parent(tx: &Tx<'_>, register: &str, uuid: Uuid) -> Result<()> {
    let sql = format!("SELECT deleted_at IS NULL FROM {register} WHERE uuid = ?1");
    let mut statement = tx.conn.prepare_cached(&sql)?;
    let mut rows = statement.query([uuid.to_string()])?;
    match rows.next()? {
        None => Err(Error::NotFound {
            register: register.to_owned(),
            uuid,
        }),
        Some(row) if row.get::<_, bool>(0)? => Ok(()),
        Some(_) => Err(Error::Deleted {
            register: register.to_owned(),
            uuid,
        }),
    }
}
