//! Drafts: what was typed and not yet saved. Outside history, undo and search.

use domain::time::Moment;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::column::stored_moment;
use crate::error::Result;
use crate::rows::moment_of;

/// Input that was not saved yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Key chosen by the caller, one for each entry screen.
    pub key: String,
    /// Register id.
    pub register: String,
    /// The record that is being edited; `None` for a new one.
    pub record: Option<Uuid>,
    /// What was typed.
    pub body: serde_json::Value,
    /// When it was kept.
    pub saved_at: Moment,
}

const SELECT: &str = "SELECT key, register, record, body, saved_at FROM draft";

fn draft(row: &Row<'_>) -> rusqlite::Result<Draft> {
    let record: Option<String> = row.get(2)?;
    let body: String = row.get(3)?;
    let saved_at: String = row.get(4)?;
    Ok(Draft {
        key: row.get(0)?,
        register: row.get(1)?,
        record: record.and_then(|text| Uuid::parse_str(&text).ok()),
        body: serde_json::from_str(&body).unwrap_or_default(),
        saved_at: moment_of(&saved_at),
    })
}

pub(crate) fn save(conn: &Connection, draft: &Draft, now: &Moment) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO draft (key, register, record, body, saved_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (key) DO UPDATE SET register = excluded.register, record = excluded.record,
         body = excluded.body, saved_at = excluded.saved_at",
    )?
    .execute(params![
        draft.key,
        draft.register,
        draft.record.map(|uuid| uuid.to_string()),
        draft.body.to_string(),
        stored_moment(now),
    ])?;
    Ok(())
}

pub(crate) fn one(conn: &Connection, key: &str) -> Result<Option<Draft>> {
    let sql = format!("{SELECT} WHERE key = ?1");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([key], draft)
        .optional()?)
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<Draft>> {
    let sql = format!("{SELECT} ORDER BY saved_at DESC, key");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], draft)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn drop_one(conn: &Connection, key: &str) -> Result<bool> {
    Ok(conn
        .prepare_cached("DELETE FROM draft WHERE key = ?1")?
        .execute([key])?
        > 0)
}

/// Drops every draft of a record, when its values are erased.
pub(crate) fn drop_of(conn: &Connection, record: Uuid) -> Result<()> {
    conn.execute("DELETE FROM draft WHERE record = ?1", [record.to_string()])?;
    Ok(())
}
