//! Numbers of records: series, given, reserved and void numbers. A number is never a key and
//! never used twice.

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::log::NUMBER;
use crate::op::Touch;
use crate::read::{Read as _, Source};
use crate::rows;
use crate::schema::Table;
use crate::tx::Tx;

/// Why the number of an op that was undone is void, as it stands in the list of numbers.
pub(crate) const UNDONE: &str = "撤销";

/// At most so many numbers are reserved at once.
const RESERVE_MAX: i64 = 10_000;

/// What became of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberStatus {
    /// A record has it.
    Given,
    /// Kept free for a paper filled in by hand.
    Reserved,
    /// Taken back; stays visible with its reason.
    Void,
}

impl NumberStatus {
    fn parse(code: &str) -> Self {
        match code {
            "given" => Self::Given,
            "reserved" => Self::Reserved,
            _ => Self::Void,
        }
    }
}

/// One number of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenNumber {
    /// Series key: office code, register, project, year.
    pub series: String,
    /// Sequence in the series, from 1.
    pub sequence: i64,
    /// The number as shown; `None` while it is only reserved.
    pub number: Option<String>,
    /// Register of the record that has or had it.
    pub register: Option<String>,
    /// That record.
    pub record: Option<Uuid>,
    /// What became of it.
    pub status: NumberStatus,
    /// Why it is void or reserved.
    pub reason: Option<String>,
}

const SELECT: &str =
    "SELECT series, sequence, number, register, record, status, reason FROM number_given";

fn given(row: &Row<'_>) -> rusqlite::Result<GivenNumber> {
    let record: Option<String> = row.get(4)?;
    let status: String = row.get(5)?;
    Ok(GivenNumber {
        series: row.get(0)?,
        sequence: row.get(1)?,
        number: row.get(2)?,
        register: row.get(3)?,
        record: record.and_then(|text| Uuid::parse_str(&text).ok()),
        status: NumberStatus::parse(&status),
        reason: row.get(6)?,
    })
}

pub(crate) fn of_series(src: Source<'_>, series: &str) -> Result<Vec<GivenNumber>> {
    let sql = format!("{SELECT} WHERE series = ?1 ORDER BY sequence");
    let mut statement = src.conn.prepare_cached(&sql)?;
    let rows = statement.query_map([series], given)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn of_number(src: Source<'_>, number: &str) -> Result<Option<GivenNumber>> {
    let sql = format!("{SELECT} WHERE number = ?1");
    Ok(src
        .conn
        .prepare_cached(&sql)?
        .query_row([number], given)
        .optional()?)
}

pub(crate) fn assign(
    tx: &mut Tx<'_>,
    register: &str,
    uuid: Uuid,
    series: &str,
    write: impl FnOnce(i64) -> String,
) -> Result<String> {
    let (table, key) = unnumbered(tx, register, uuid)?;
    let sequence = advance(tx, series, 1)?;
    let number = write(sequence);
    expect_new(tx, &number)?;
    tx.conn
        .prepare_cached(
            "INSERT INTO number_given (series, sequence, number, register, record, status)
             VALUES (?1, ?2, ?3, ?4, ?5, 'given')",
        )?
        .execute(params![
            series,
            sequence,
            number,
            register,
            uuid.to_string()
        ])?;
    note(tx, table, key, uuid, None, Some(&number))?;
    Ok(number)
}

pub(crate) fn assign_reserved(
    tx: &mut Tx<'_>,
    register: &str,
    uuid: Uuid,
    series: &str,
    sequence: i64,
    write: impl FnOnce(i64) -> String,
) -> Result<String> {
    let (table, key) = unnumbered(tx, register, uuid)?;
    let number = write(sequence);
    expect_new(tx, &number)?;
    let changed = tx
        .conn
        .prepare_cached(
            "UPDATE number_given SET number = ?3, register = ?4, record = ?5, status = 'given',
             reason = NULL WHERE series = ?1 AND sequence = ?2 AND status = 'reserved'",
        )?
        .execute(params![
            series,
            sequence,
            number,
            register,
            uuid.to_string()
        ])?;
    if changed == 0 {
        return Err(Error::NumberState {
            number: format!("{series}/{sequence}"),
        });
    }
    note(tx, table, key, uuid, None, Some(&number))?;
    Ok(number)
}

pub(crate) fn reserve(
    tx: &mut Tx<'_>,
    series: &str,
    count: i64,
    reason: &str,
) -> Result<(i64, i64)> {
    if !(1..=RESERVE_MAX).contains(&count) {
        return Err(Error::Query(format!(
            "{count} numbers cannot be reserved at once"
        )));
    }
    let first = advance(tx, series, count)?;
    let mut statement = tx.conn.prepare_cached(
        "INSERT INTO number_given (series, sequence, status, reason)
         VALUES (?1, ?2, 'reserved', ?3)",
    )?;
    for sequence in first..first + count {
        statement.execute(params![series, sequence, reason])?;
    }
    tx.aside = true;
    Ok((first, first + count - 1))
}

pub(crate) fn void(tx: &mut Tx<'_>, number: &str, reason: &str) -> Result<()> {
    let state = || Error::NumberState {
        number: number.to_owned(),
    };
    let found = of_number(tx.source(), number)?.ok_or_else(state)?;
    let (NumberStatus::Given, Some(register), Some(uuid)) =
        (found.status, &found.register, found.record)
    else {
        return Err(state());
    };
    let table = tx.shared.schema.register(register)?;
    let record = rows::get(tx.source(), register, uuid)?.ok_or_else(state)?;
    turn(tx, number, "void", Some(reason))?;
    note(tx, table, record.key, uuid, Some(number), None)
}

/// Undo and redo: the number that an op gave becomes void, the one that it took comes back.
pub(crate) fn put_back(
    tx: &mut Tx<'_>,
    register: &str,
    uuid: Uuid,
    now: Option<&str>,
    then: Option<&str>,
) -> Result<()> {
    let table = tx.shared.schema.register(register)?;
    let record = rows::get(tx.source(), table.name(), uuid)?.ok_or_else(|| Error::NotFound {
        register: table.spec.id.clone(),
        uuid,
    })?;
    if let Some(number) = now {
        turn(tx, number, "void", Some(UNDONE))?;
    }
    if let Some(number) = then {
        turn(tx, number, "given", None)?;
    }
    note(tx, table, record.key, uuid, now, then)
}

/// Sets what became of a number that was given before.
fn turn(tx: &Tx<'_>, number: &str, status: &str, reason: Option<&str>) -> Result<()> {
    let changed = tx
        .conn
        .prepare_cached("UPDATE number_given SET status = ?2, reason = ?3 WHERE number = ?1")?
        .execute(params![number, status, reason])?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Error::NumberState {
            number: number.to_owned(),
        })
    }
}

/// Writes the number column and notes it.
fn note(
    tx: &mut Tx<'_>,
    table: &Table,
    key: i64,
    uuid: Uuid,
    before: Option<&str>,
    after: Option<&str>,
) -> Result<()> {
    let sql = format!(
        "UPDATE {} SET number = ?1, row_version = row_version + 1, updated_at = ?2 WHERE id = ?3",
        table.name()
    );
    tx.conn
        .prepare_cached(&sql)?
        .execute(params![after, tx.now_text, key])?;
    let group = tx.log.touch(table.name(), uuid, Touch::Changed);
    group.search = true;
    group.note(
        None,
        NUMBER,
        before.map(str::to_owned),
        after.map(str::to_owned),
    );
    Ok(())
}

/// A record that is to get a number: it must be there and have none.
fn unnumbered<'s>(tx: &Tx<'s>, register: &str, uuid: Uuid) -> Result<(&'s Table, i64)> {
    let table = tx.shared.schema.register(register)?;
    let sql = format!("SELECT id, number, deleted_at IS NULL FROM {register} WHERE uuid = ?1");
    let mut statement = tx.conn.prepare_cached(&sql)?;
    let mut rows = statement.query([uuid.to_string()])?;
    let register = register.to_owned();
    let Some(row) = rows.next()? else {
        return Err(Error::NotFound { register, uuid });
    };
    if row.get::<_, Option<String>>(1)?.is_some() {
        return Err(Error::AlreadyNumbered { register, uuid });
    }
    if !row.get::<_, bool>(2)? {
        return Err(Error::Deleted { register, uuid });
    }
    Ok((table, row.get(0)?))
}

/// Takes `count` sequences out of a series; returns the first.
fn advance(tx: &Tx<'_>, series: &str, count: i64) -> Result<i64> {
    let mut statement = tx.conn.prepare_cached(
        "INSERT INTO number_series (series, next) VALUES (?1, 1 + ?2)
         ON CONFLICT (series) DO UPDATE SET next = next + ?2 RETURNING next - ?2",
    )?;
    Ok(statement.query_row(params![series, count], |row| row.get(0))?)
}

fn expect_new(tx: &Tx<'_>, number: &str) -> Result<()> {
    let taken = tx
        .conn
        .prepare_cached("SELECT 1 FROM number_given WHERE number = ?1")?
        .exists([number])?;
    if taken {
        Err(Error::NumberTaken {
            number: number.to_owned(),
        })
    } else {
        Ok(())
    }
}
