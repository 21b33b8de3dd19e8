//! Writing records: columns, versions, the recycle bin, and the notes for the history.

use domain::record::{Deletion, Record};
use domain::spec::{FieldKind, FieldSpec};
use domain::value::{Value, Values};
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{params, params_from_iter};
use uuid::Uuid;

use crate::column;
use crate::error::{Error, Result};
use crate::log::{DELETED, MADE, STATE};
use crate::op::Touch;
use crate::read::Read as _;
use crate::rows;
use crate::schema::{RECORD_COLUMNS, Table, quoted};
use crate::tx::Tx;

/// The columns to be written for these values, checked.
pub(crate) fn columns(
    tx: &Tx<'_>,
    table: &Table,
    values: &Values,
) -> Result<Vec<(&'static FieldSpec, Sql)>> {
    values
        .iter()
        .map(|(id, value)| {
            let field = table.field(id)?;
            let column = column::checked(tx.shared.env.catalog, table.name(), field, value)?;
            match (field.kind, &column) {
                (FieldKind::Link, Sql::Text(link)) => linked(tx, table, field, link)?,
                (FieldKind::File, Sql::Text(sha256)) => tx.shared.folder.expect_file(sha256)?,
                _ => {}
            }
            Ok((field, column))
        })
        .collect()
}

/// That the linked record exists. The foreign key would refuse it too, but only at the end of the
/// transaction and without saying which field.
fn linked(tx: &Tx<'_>, table: &Table, field: &FieldSpec, link: &str) -> Result<()> {
    let target = field.target.as_deref().unwrap_or_default();
    let sql = format!("SELECT 1 FROM {target} WHERE uuid = ?1");
    if tx.conn.prepare_cached(&sql)?.exists([link])? {
        return Ok(());
    }
    Err(Error::LinkNotFound {
        register: table.spec.id.clone(),
        field: field.id.clone(),
        link: link.to_owned(),
    })
}

/// Written columns as values, without the empty ones.
pub(crate) fn as_values(columns: &[(&'static FieldSpec, Sql)]) -> Vec<(String, Value)> {
    columns
        .iter()
        .map(|(field, column)| {
            (
                field.id.clone(),
                column::value(field.kind, ValueRef::from(column)),
            )
        })
        .collect()
}

pub(crate) fn insert(tx: &mut Tx<'_>, register: &str, values: &Values) -> Result<Record> {
    let shared = tx.shared;
    let table = shared.schema.register(register)?;
    let columns = columns(tx, table, values)?;
    let uuid = shared.env.ids.uuid(tx.now);
    let state = table.spec.initial_state.clone();
    let system = [
        Sql::Text(uuid.to_string()),
        state.clone().map_or(Sql::Null, Sql::Text),
        Sql::Integer(1),
        Sql::Text(tx.now_text.clone()),
        Sql::Text(tx.now_text.clone()),
    ];
    let names = "uuid, state, row_version, created_at, updated_at";
    insert_row(tx, table, names, &system, &columns)?;
    let key = tx.conn.last_insert_rowid();
    let group = tx.log.touch(register, uuid, Touch::Made);
    group.search = true;
    group.note(None, MADE, None, Some("1".to_owned()));
    if let Some(state) = &state {
        group.note(None, STATE, None, Some(state.clone()));
    }
    for (field, column) in &columns {
        if let Some(text) = column::history_text(column) {
            group.note(None, &field.id, None, Some(text));
        }
    }
    Ok(Record {
        register: register.to_owned(),
        key,
        uuid,
        number: None,
        state,
        row_version: 1,
        created_at: tx.now,
        updated_at: tx.now,
        deleted: None,
        values: as_values(&columns)
            .into_iter()
            .filter(|(_, v)| !v.is_null())
            .collect(),
    })
}

/// Inserts a row. All columns are named, so that one prepared statement serves every insert.
pub(crate) fn insert_row(
    tx: &Tx<'_>,
    table: &Table,
    system_names: &str,
    system: &[Sql],
    columns: &[(&'static FieldSpec, Sql)],
) -> Result<()> {
    let names: Vec<String> = table.fields.iter().map(|f| quoted(&f.id)).collect();
    let marks = vec!["?"; system.len() + names.len()].join(",");
    let comma = if names.is_empty() { "" } else { ", " };
    let sql = format!(
        "INSERT INTO {} ({system_names}{comma}{}) VALUES ({marks})",
        table.name(),
        names.join(", ")
    );
    let mut statement = tx.conn.prepare_cached(&sql)?;
    // Both lists are in the order of the field ids.
    let mut given = columns.iter().peekable();
    let all = table.fields.iter().map(|field| {
        given
            .next_if(|(f, _)| f.id == field.id)
            .map_or(&Sql::Null, |(_, column)| column)
    });
    statement.execute(params_from_iter(system.iter().chain(all)))?;
    Ok(())
}

/// The record, for writing: it must exist, be outside the recycle bin and have this version.
fn for_writing(
    tx: &Tx<'_>,
    register: &str,
    uuid: Uuid,
    expected_version: Option<i64>,
) -> Result<Record> {
    let record = rows::get(tx.source(), register, uuid)?.ok_or_else(|| Error::NotFound {
        register: register.to_owned(),
        uuid,
    })?;
    if record.deleted.is_some() {
        return Err(Error::Deleted {
            register: register.to_owned(),
            uuid,
        });
    }
    match expected_version {
        Some(expected) if expected != record.row_version => Err(Error::Stale {
            register: register.to_owned(),
            uuid,
            expected,
            found: record.row_version,
        }),
        _ => Ok(record),
    }
}

pub(crate) fn update(
    tx: &mut Tx<'_>,
    register: &str,
    uuid: Uuid,
    expected_version: Option<i64>,
    values: &Values,
) -> Result<Record> {
    let shared = tx.shared;
    let table = shared.schema.register(register)?;
    let mut record = for_writing(tx, register, uuid, expected_version)?;
    let mut columns = columns(tx, table, values)?;
    columns.retain(|(field, column)| {
        record.values.get(&field.id).stored() != column::history_text(column)
    });
    if columns.is_empty() {
        return Ok(record);
    }
    update_row(tx, table, record.key, &columns)?;
    let group = tx.log.touch(register, uuid, Touch::Changed);
    for (field, column) in &columns {
        group.search |= field.search.is_some();
        let before = record.values.get(&field.id).stored();
        group.note(None, &field.id, before, column::history_text(column));
    }
    record.row_version += 1;
    record.updated_at = tx.now;
    for (id, value) in as_values(&columns) {
        if value.is_null() {
            record.values.remove(&id);
        } else {
            record.values.set(&id, value);
        }
    }
    Ok(record)
}

/// Updates columns of a row, its version and its time.
pub(crate) fn update_row(
    tx: &Tx<'_>,
    table: &Table,
    key: i64,
    columns: &[(&'static FieldSpec, Sql)],
) -> Result<()> {
    let sets: String = columns
        .iter()
        .map(|(f, _)| format!("{} = ?, ", quoted(&f.id)))
        .collect();
    let sql = format!(
        "UPDATE {} SET {sets}row_version = row_version + 1, updated_at = ? WHERE id = ?",
        table.name()
    );
    let tail = [Sql::Text(tx.now_text.clone()), Sql::Integer(key)];
    let mut statement = tx.conn.prepare_cached(&sql)?;
    statement.execute(params_from_iter(
        columns.iter().map(|(_, c)| c).chain(tail.iter()),
    ))?;
    Ok(())
}

pub(crate) fn set_state(
    tx: &mut Tx<'_>,
    register: &str,
    uuid: Uuid,
    state: &str,
) -> Result<Record> {
    let table = tx.shared.schema.register(register)?;
    if table.spec.initial_state.is_none() {
        return Err(Error::UnknownField {
            register: register.to_owned(),
            field: RECORD_COLUMNS[3].to_owned(),
        });
    }
    let mut record = for_writing(tx, register, uuid, None)?;
    if record.state.as_deref() == Some(state) {
        return Ok(record);
    }
    write_state(tx, table, record.key, Some(state))?;
    let group = tx.log.touch(register, uuid, Touch::Changed);
    group.note(None, STATE, record.state.take(), Some(state.to_owned()));
    record.state = Some(state.to_owned());
    record.row_version += 1;
    record.updated_at = tx.now;
    Ok(record)
}

/// Sets the state column.
pub(crate) fn write_state(tx: &Tx<'_>, table: &Table, key: i64, state: Option<&str>) -> Result<()> {
    let sql = format!(
        "UPDATE {} SET state = ?1, row_version = row_version + 1, updated_at = ?2 WHERE id = ?3",
        table.name()
    );
    tx.conn
        .prepare_cached(&sql)?
        .execute(params![state, tx.now_text, key])?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, register: &str, uuid: Uuid, reason: &str) -> Result<()> {
    let table = tx.shared.schema.register(register)?;
    let record = for_writing(tx, register, uuid, None)?;
    write_bin(tx, table, record.key, Some(reason))?;
    let group = tx.log.touch(register, uuid, Touch::Deleted);
    group.search = true;
    group.note(None, DELETED, None, Some(reason.to_owned()));
    Ok(())
}

pub(crate) fn restore(tx: &mut Tx<'_>, register: &str, uuid: Uuid) -> Result<Record> {
    let table = tx.shared.schema.register(register)?;
    let mut record = rows::get(tx.source(), register, uuid)?.ok_or_else(|| Error::NotFound {
        register: register.to_owned(),
        uuid,
    })?;
    let Some(Deletion { reason, .. }) = record.deleted.take() else {
        return Ok(record);
    };
    write_bin(tx, table, record.key, None)?;
    let group = tx.log.touch(register, uuid, Touch::Restored);
    group.search = true;
    group.note(None, DELETED, Some(reason), None);
    record.row_version += 1;
    record.updated_at = tx.now;
    Ok(record)
}

/// Puts a record into the recycle bin with a reason, or takes it out.
pub(crate) fn write_bin(tx: &Tx<'_>, table: &Table, key: i64, reason: Option<&str>) -> Result<()> {
    let at = reason.map(|_| tx.now_text.as_str());
    let sql = format!(
        "UPDATE {} SET deleted_at = ?1, deleted_reason = ?2, row_version = row_version + 1,
         updated_at = ?3 WHERE id = ?4",
        table.name()
    );
    tx.conn
        .prepare_cached(&sql)?
        .execute(params![at, reason, tx.now_text, key])?;
    Ok(())
}
