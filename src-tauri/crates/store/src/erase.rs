//! Erasing values for good: out of the record, its history, its search text and its drafts.
//!
//! The change rows stay with their salted digests, so the chain holds, and each erased field gets a
//! mark, so that the check knows a missing value from a stolen one.

use domain::spec::FieldSpec;
use rusqlite::params;
use rusqlite::types::Value as Sql;
use uuid::Uuid;

use crate::drafts;
use crate::error::{Error, Result};
use crate::log::ERASED;
use crate::op::Touch;
use crate::read::{Read as _, Source};
use crate::rows::{self, uuid};
use crate::schema::Table;
use crate::tx::Tx;
use crate::write::update_row;

/// What is to be erased of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EraseTarget {
    /// Register id.
    pub register: String,
    /// The record.
    pub uuid: Uuid,
    /// Fields, those of lines as `<line register>.<field>`; `None` for all fields marked as
    /// personal, of the record and its lines.
    pub fields: Option<Vec<String>>,
}

/// What erasing a person erases: the personal fields of the person and of every record that links
/// to them, deleted or not. Papers already printed are records of their own and are named by the
/// caller where the law lets them be erased.
pub(crate) fn of_person(src: Source<'_>, person: Uuid) -> Result<Vec<EraseTarget>> {
    let table = src.shared.schema.register("person")?;
    let mut targets = vec![EraseTarget {
        register: table.spec.id.clone(),
        uuid: person,
        fields: None,
    }];
    for (register, field) in &table.linked_by {
        let holder = if src.shared.schema.any(register)?.is_line() {
            "parent"
        } else {
            "uuid"
        };
        let sql = format!("SELECT {holder} FROM {register} WHERE \"{field}\" = ?1");
        let mut statement = src.conn.prepare_cached(&sql)?;
        let found = statement.query_map([person.to_string()], |row| Ok(uuid(row.get_ref(0)?)))?;
        let parent = src.shared.schema.any(register)?.spec.parent.as_ref();
        for uuid in found {
            let register = parent.unwrap_or(register).clone();
            targets.push(EraseTarget {
                register,
                uuid: uuid?,
                fields: None,
            });
        }
    }
    Ok(targets)
}

/// Erases in the running op, which must be one of its own.
pub(crate) fn values(tx: &mut Tx<'_>, targets: &[EraseTarget]) -> Result<()> {
    tx.forget = true;
    for target in targets {
        let shared = tx.shared;
        let table = shared.schema.register(&target.register)?;
        let record = rows::get(tx.source(), &target.register, target.uuid)?.ok_or_else(|| {
            Error::NotFound {
                register: target.register.clone(),
                uuid: target.uuid,
            }
        })?;
        erase_fields(
            tx,
            table,
            target.uuid,
            None,
            record.key,
            &wanted(table, target, "")?,
        )?;
        for child in &table.children {
            let lines = shared.schema.lines(child)?;
            let fields = wanted(lines, target, &format!("{child}."))?;
            if fields.is_empty() {
                continue;
            }
            for (key, line) in lines_of(tx, child, target.uuid)? {
                erase_fields(tx, lines, target.uuid, Some(line), key, &fields)?;
            }
        }
        drafts::drop_of(tx.conn, target.uuid)?;
    }
    Ok(())
}

/// The fields of this table that are to be erased. Fields of lines are named with their register,
/// which stands in `prefix`.
fn wanted(table: &Table, target: &EraseTarget, prefix: &str) -> Result<Vec<&'static FieldSpec>> {
    match &target.fields {
        None => Ok(table
            .fields
            .iter()
            .copied()
            .filter(|f| f.personal.is_some())
            .collect()),
        Some(names) => names
            .iter()
            .filter_map(|name| match name.strip_prefix(prefix) {
                Some(id) if prefix.is_empty() != name.contains('.') => Some(table.field(id)),
                _ => None,
            })
            .collect(),
    }
}

/// All lines of a record, removed ones too.
fn lines_of(tx: &Tx<'_>, register: &str, record: Uuid) -> Result<Vec<(i64, Uuid)>> {
    let sql = format!("SELECT id, uuid FROM {register} WHERE parent = ?1");
    let mut statement = tx.conn.prepare_cached(&sql)?;
    let found = statement.query_map([record.to_string()], |row| {
        Ok((row.get(0)?, uuid(row.get_ref(1)?)))
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn erase_fields(
    tx: &mut Tx<'_>,
    table: &Table,
    record: Uuid,
    line: Option<Uuid>,
    key: i64,
    fields: &[&'static FieldSpec],
) -> Result<()> {
    if fields.is_empty() {
        return Ok(());
    }
    let nothing: Vec<_> = fields.iter().map(|field| (*field, Sql::Null)).collect();
    update_row(tx, table, key, &nothing)?;
    // Values and salts go; the digests stay, and nothing can be guessed back from them.
    let mut forget = tx.conn.prepare_cached(
        "DELETE FROM history_value WHERE (op, seq) IN (
            SELECT change.op, change.seq FROM touched
            CROSS JOIN change ON change.op = touched.op
                AND change.seq BETWEEN touched.first AND touched.first + touched.count - 1
            WHERE touched.record = ?1 AND change.line IS ?2 AND change.field = ?3)",
    )?;
    let register = table.spec.parent.as_deref().unwrap_or(table.name());
    for field in fields {
        let line_key = line.as_ref().map(Uuid::as_bytes);
        forget.execute(params![record.as_bytes(), line_key, field.id])?;
        let group = tx.log.touch(register, record, Touch::Changed);
        group.search = true;
        let mark = format!("{ERASED}{}", field.id);
        group.note(
            line.map(|uuid| (table.name(), uuid)),
            &mark,
            None,
            Some("1".to_owned()),
        );
    }
    Ok(())
}
