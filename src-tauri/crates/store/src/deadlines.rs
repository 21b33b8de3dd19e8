//! Deadlines of records: derived rows with a fast answer to "what is due". How a deadline is
//! counted is the trade's business and lives in `domain`.

use domain::time::Moment;
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::column::stored_moment;
use crate::error::{Error, Result};
use crate::log::DEADLINE;
use crate::op::Touch;
use crate::read::{Read as _, Source};
use crate::rows::moment_of;
use crate::schema::quoted;
use crate::tx::Tx;

/// One deadline of a record, as the trade's rules computed it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeadlineRow {
    /// Id of the rule, such as `R-07`.
    pub rule: String,
    /// Round of the case, from 1.
    pub round: i64,
    /// The event that started the clock.
    pub started_at: Moment,
    /// When it falls due; `None` while its clock stands still for an unknown time.
    pub due_at: Option<Moment>,
    /// When it was met.
    pub met_at: Option<Moment>,
    /// Whether it still runs, so that it belongs to what is due.
    pub open: bool,
    /// State in the words of the rules, such as `running` or `paused`.
    pub state: String,
    /// How it was counted, day by day.
    pub detail: serde_json::Value,
    /// Version of the rule it was counted by.
    pub rule_version: String,
    /// Version of the calendar it was counted by.
    pub calendar_version: String,
}

/// A deadline that is due, with the record that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct DueRow {
    /// Register id.
    pub register: String,
    /// The record.
    pub uuid: Uuid,
    /// Its number.
    pub number: Option<String>,
    /// The text of its title field.
    pub title: Option<String>,
    /// Its state.
    pub record_state: Option<String>,
    /// The deadline.
    pub deadline: DeadlineRow,
}

const COLUMNS: &str = "rule, round, started_at, due_at, met_at, open, state, detail, rule_version,
    calendar_version";

/// Reads the columns above, which stand first in the row.
fn deadline(row: &Row<'_>) -> rusqlite::Result<DeadlineRow> {
    let moment = |at: usize| -> rusqlite::Result<Option<Moment>> {
        Ok(row.get_ref(at)?.as_str_or_null()?.map(moment_of))
    };
    let detail: String = row.get(7)?;
    Ok(DeadlineRow {
        rule: row.get(0)?,
        round: row.get(1)?,
        started_at: moment(2)?.unwrap_or_default(),
        due_at: moment(3)?,
        met_at: moment(4)?,
        open: row.get(5)?,
        state: row.get(6)?,
        detail: serde_json::from_str(&detail).unwrap_or_default(),
        rule_version: row.get(8)?,
        calendar_version: row.get(9)?,
    })
}

pub(crate) fn of_record(src: Source<'_>, register: &str, uuid: Uuid) -> Result<Vec<DeadlineRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM deadline WHERE record = ?1 AND register = ?2 ORDER BY rule, round"
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![uuid.to_string(), register], deadline)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn due(src: Source<'_>, until: Moment) -> Result<Vec<DueRow>> {
    let sql = format!(
        "SELECT {COLUMNS}, register, record FROM deadline
         WHERE open = 1 AND due_at IS NOT NULL AND due_at <= ?1 ORDER BY due_at, id"
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let mut rows = statement.query([stored_moment(&until)])?;
    let mut due = Vec::new();
    while let Some(row) = rows.next()? {
        let register: String = row.get(10)?;
        let uuid = crate::rows::uuid(row.get_ref(11)?);
        let Ok(table) = src.shared.schema.register(&register) else {
            continue;
        };
        let sql = format!(
            "SELECT number, {}, state FROM {register} WHERE uuid = ?1 AND deleted_at IS NULL",
            quoted(&table.spec.title)
        );
        let head = src
            .conn
            .prepare_cached(&sql)?
            .query_row([uuid.to_string()], |r| {
                Ok((r.get(0)?, plain(r.get_ref(1)?), r.get(2)?))
            })
            .optional()?;
        if let Some((number, title, record_state)) = head {
            let deadline = deadline(row)?;
            due.push(DueRow {
                register,
                uuid,
                number,
                title,
                record_state,
                deadline,
            });
        }
    }
    Ok(due)
}

/// A title column as text, whatever its kind.
pub(crate) fn plain(column: ValueRef<'_>) -> Option<String> {
    match column {
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

pub(crate) fn set(tx: &mut Tx<'_>, register: &str, uuid: Uuid, rows: &[DeadlineRow]) -> Result<()> {
    let sql = format!(
        "SELECT 1 FROM {} WHERE uuid = ?1",
        tx.shared.schema.register(register)?.name()
    );
    if !tx.conn.prepare_cached(&sql)?.exists([uuid.to_string()])? {
        return Err(Error::NotFound {
            register: register.to_owned(),
            uuid,
        });
    }
    let old = of_record(tx.source(), register, uuid)?;
    for gone in old
        .iter()
        .filter(|o| !rows.iter().any(|n| same_clock(o, n)))
    {
        drop_row(tx, uuid, gone)?;
        note(tx, register, uuid, gone, gone.due_at.as_ref(), None);
    }
    for row in rows {
        let before = old.iter().find(|o| same_clock(o, row));
        if before == Some(row) {
            continue;
        }
        put_row(tx, register, uuid, row)?;
        note(
            tx,
            register,
            uuid,
            row,
            before.and_then(|o| o.due_at.as_ref()),
            row.due_at.as_ref(),
        );
    }
    Ok(())
}

fn same_clock(one: &DeadlineRow, other: &DeadlineRow) -> bool {
    one.rule == other.rule && one.round == other.round
}

fn drop_row(tx: &Tx<'_>, uuid: Uuid, row: &DeadlineRow) -> Result<()> {
    tx.conn
        .prepare_cached("DELETE FROM deadline WHERE record = ?1 AND rule = ?2 AND round = ?3")?
        .execute(params![uuid.to_string(), row.rule, row.round])?;
    Ok(())
}

fn put_row(tx: &Tx<'_>, register: &str, uuid: Uuid, row: &DeadlineRow) -> Result<()> {
    tx.conn
        .prepare_cached(
            "INSERT INTO deadline (register, record, rule, round, started_at, due_at, met_at,
             open, state, detail, rule_version, calendar_version)
             VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)
             ON CONFLICT (record, rule, round) DO UPDATE SET started_at = excluded.started_at,
             due_at = excluded.due_at, met_at = excluded.met_at, open = excluded.open,
             state = excluded.state, detail = excluded.detail,
             rule_version = excluded.rule_version, calendar_version = excluded.calendar_version",
        )?
        .execute(params![
            register,
            uuid.to_string(),
            row.rule,
            row.round,
            stored_moment(&row.started_at),
            row.due_at.as_ref().map(stored_moment),
            row.met_at.as_ref().map(stored_moment),
            row.open,
            row.state,
            row.detail.to_string(),
            row.rule_version,
            row.calendar_version,
        ])?;
    Ok(())
}

fn note(
    tx: &mut Tx<'_>,
    register: &str,
    uuid: Uuid,
    row: &DeadlineRow,
    before: Option<&Moment>,
    after: Option<&Moment>,
) {
    let field = format!("{DEADLINE}{}#{}", row.rule, row.round);
    let group = tx.log.touch(register, uuid, Touch::Deadlines);
    group.note(
        None,
        &field,
        before.map(stored_moment),
        after.map(stored_moment),
    );
    tx.aside = true;
}
