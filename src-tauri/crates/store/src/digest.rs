//! The logical digest: one hash over what a database says, whatever its pages look like. Two
//! databases with the same digest hold the same rows.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use crate::chain::hex;
use crate::error::Result;
use crate::snapshot::Counts;

/// SHA-256 over all rows of all tables in key order, in hex, and the rows by table. The search index
/// is left out: it follows from the rest.
pub(crate) fn logical(conn: &Connection) -> Result<(String, Counts)> {
    let mut counts = Counts::new();
    let mut hasher = Sha256::new();
    for table in tables(conn)? {
        let rows = one_table(conn, &table, &mut hasher)?;
        counts.insert(table, rows);
    }
    Ok((hex(&hasher.finalize()), counts))
}

/// Tables in the order of their names, without SQLite's own and the search index.
fn tables(conn: &Connection) -> Result<Vec<String>> {
    let mut statement = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         AND name NOT LIKE 'search\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// Rows by table, without hashing.
pub(crate) fn counts(conn: &Connection) -> Result<Counts> {
    tables(conn)?
        .into_iter()
        .map(|table| {
            let sql = format!("SELECT count(*) FROM \"{table}\"");
            let rows: i64 = conn.query_row(&sql, [], |row| row.get(0))?;
            Ok((table, u64::try_from(rows).unwrap_or(0)))
        })
        .collect()
}

fn one_table(conn: &Connection, table: &str, hasher: &mut Sha256) -> Result<u64> {
    let mut statement = conn.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY name")?;
    let columns: Vec<(String, i64)> = statement
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut keys: Vec<&(String, i64)> = columns.iter().filter(|(_, pk)| *pk > 0).collect();
    keys.sort_by_key(|(_, pk)| *pk);
    let join = |names: Vec<String>| names.join(", ");
    // Columns by name, so that the order in which migrations added them does not count.
    let sql = format!(
        "SELECT {} FROM \"{table}\" ORDER BY {}",
        join(
            columns
                .iter()
                .map(|(name, _)| format!("\"{name}\""))
                .collect()
        ),
        join(keys.iter().map(|(name, _)| format!("\"{name}\"")).collect()),
    );
    text(hasher, b't', table.as_bytes());
    for (name, _) in &columns {
        text(hasher, b'c', name.as_bytes());
    }
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        hasher.update(b"r");
        for at in 0..columns.len() {
            match row.get_ref(at)? {
                ValueRef::Null => hasher.update(b"n"),
                ValueRef::Integer(number) => {
                    hasher.update(b"i");
                    hasher.update(number.to_be_bytes());
                }
                ValueRef::Real(number) => {
                    hasher.update(b"f");
                    hasher.update(number.to_be_bytes());
                }
                ValueRef::Text(bytes) => text(hasher, b's', bytes),
                ValueRef::Blob(bytes) => text(hasher, b'b', bytes),
            }
        }
        count += 1;
    }
    Ok(count)
}

fn text(hasher: &mut Sha256, kind: u8, bytes: &[u8]) {
    hasher.update([kind]);
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}
