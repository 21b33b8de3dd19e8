//! What presses: the open deadlines of many records at once, for lists and for the page of the day.
//! Only what is shown is read; how a deadline was counted stands in [`crate::deadlines`].

use std::collections::BTreeMap;

use domain::time::Moment;
use rusqlite::{Row, params};
use uuid::Uuid;

use crate::column::stored_moment;
use crate::error::Result;
use crate::read::Source;
use crate::rows::moment_of;

/// A deadline as far as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineHead {
    /// Id of the rule.
    pub rule: String,
    /// Round of the case.
    pub round: i64,
    /// When it falls due; `None` while its clock stands still.
    pub due_at: Option<Moment>,
    /// When it was met.
    pub met_at: Option<Moment>,
    /// Whether it still runs.
    pub open: bool,
    /// The unit in which it is told, as the caller kept it.
    pub unit: String,
    /// A limit, not only a target.
    pub hard: bool,
    /// Counted without the table of a year.
    pub assumed: bool,
    /// Since when its clock stands still.
    pub paused_since: Option<Moment>,
    /// The last moment that it had when its clock stopped.
    pub due_before: Option<Moment>,
}

/// An open deadline with its record, without anything of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PressingRow {
    /// Register id.
    pub register: String,
    /// The record.
    pub uuid: Uuid,
    /// Id of the rule.
    pub rule: String,
    /// Round of the case.
    pub round: i64,
    /// When it falls due.
    pub due_at: Moment,
}

fn head(row: &Row<'_>) -> rusqlite::Result<DeadlineHead> {
    let moment = |at: usize| -> rusqlite::Result<Option<Moment>> {
        let text: Option<String> = row.get(at)?;
        Ok(text.as_deref().map(moment_of))
    };
    Ok(DeadlineHead {
        rule: row.get(1)?,
        round: row.get(2)?,
        due_at: moment(3)?,
        met_at: moment(4)?,
        open: row.get(5)?,
        unit: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        hard: row.get::<_, Option<bool>>(7)?.unwrap_or(true),
        assumed: row.get::<_, Option<bool>>(8)?.unwrap_or(false),
        paused_since: moment(9)?,
        due_before: moment(10)?,
    })
}

/// The deadlines of these records, by record, rule and round; one query by the key of the table.
pub(crate) fn of_records(
    src: Source<'_>,
    register: &str,
    uuids: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<DeadlineHead>>> {
    let texts: Vec<String> = uuids.iter().map(Uuid::to_string).collect();
    let mut statement = src.conn.prepare_cached(
        "SELECT record, rule, round, due_at, met_at, open, detail ->> '$.unit', detail ->> '$.hard',
            detail ->> '$.assumed', detail ->> '$.paused_since', detail ->> '$.due_before'
         FROM deadline WHERE record IN (SELECT value FROM json_each(?1)) AND register = ?2
         ORDER BY record, rule, round",
    )?;
    let names = serde_json::Value::from(texts).to_string();
    let mut rows = statement.query(params![names, register])?;
    let mut found: BTreeMap<Uuid, Vec<DeadlineHead>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let uuid = crate::rows::uuid(row.get_ref(0)?);
        found.entry(uuid).or_default().push(head(row)?);
    }
    Ok(found)
}

/// Open deadlines up to a moment, the earliest first; read from the index alone.
pub(crate) fn until(src: Source<'_>, until: Moment) -> Result<Vec<PressingRow>> {
    let mut statement = src.conn.prepare_cached(
        "SELECT register, record, rule, round, due_at FROM deadline
         WHERE open = 1 AND due_at IS NOT NULL AND due_at <= ?1 ORDER BY due_at",
    )?;
    let rows = statement.query_map([stored_moment(&until)], |row| {
        Ok(PressingRow {
            register: row.get(0)?,
            uuid: crate::rows::uuid(row.get_ref(1)?),
            rule: row.get(2)?,
            round: row.get(3)?,
            due_at: moment_of(&row.get::<_, String>(4)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
