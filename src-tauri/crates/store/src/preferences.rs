//! How the office likes its window: small texts by key. Outside history, undo and search; what they
//! mean is the window's business.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use serde_json::Value as Json;

use crate::error::Result;

pub(crate) fn all(conn: &Connection) -> Result<BTreeMap<String, Json>> {
    let mut statement = conn.prepare_cached("SELECT key, value FROM preference ORDER BY key")?;
    let rows = statement.query_map([], |row| {
        let value: String = row.get(1)?;
        Ok((
            row.get(0)?,
            serde_json::from_str(&value).unwrap_or_default(),
        ))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps a value; `null` drops it.
pub(crate) fn save(conn: &Connection, key: &str, value: &Json) -> Result<()> {
    if value.is_null() {
        conn.prepare_cached("DELETE FROM preference WHERE key = ?1")?
            .execute([key])?;
        return Ok(());
    }
    conn.prepare_cached(
        "INSERT INTO preference (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![key, value.to_string()])?;
    Ok(())
}
