//! Reading the history: what happened to a record, and what an op did.

use domain::time::Moment;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::chain::hex;
use crate::error::Result;
use crate::log;
use crate::op::OpKind;
use crate::read::Source;
use crate::rows::{moment_of, uuid};

/// One change of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    /// The op.
    pub op: i64,
    /// Its kind.
    pub kind: OpKind,
    /// Its label.
    pub label: String,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Who did it; empty when the name was erased.
    pub operator: String,
    /// On which computer.
    pub site: String,
    /// When it happened, as typed.
    pub event_at: Option<Moment>,
    /// When it was entered.
    pub entry_at: Moment,
    /// Register id of the record.
    pub register: String,
    /// The record.
    pub record: Uuid,
    /// Line register and line, when the change was in a line.
    pub line: Option<(String, Uuid)>,
    /// Field id, or one of `@made @deleted @state @number @removed @erased:<field>
    /// deadline:<rule>#<round>`.
    pub field: String,
    /// The stored text before; `None` for nothing.
    pub before: Option<String>,
    /// The stored text after; `None` for nothing.
    pub after: Option<String>,
    /// Whether a value of this entry was erased, so that `None` may mean "no longer known".
    pub erased: bool,
}

/// One op as it stands in the history.
#[derive(Debug, Clone, PartialEq)]
pub struct OpEntry {
    /// Its id; they count without gaps from 1.
    pub id: i64,
    /// Its kind.
    pub kind: OpKind,
    /// Its label.
    pub label: String,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Who did it; empty when the name was erased.
    pub operator: String,
    /// On which computer.
    pub site: String,
    /// When it happened, as typed.
    pub event_at: Option<Moment>,
    /// When it was entered.
    pub entry_at: Moment,
    /// Hybrid logical clock stamp: milliseconds since 1970 times 65,536, plus a counter.
    pub stamp: i64,
    /// Tag of its batch.
    pub batch: Option<String>,
    /// The op that it takes back.
    pub undoes: Option<i64>,
    /// The op that takes it back and is itself in force.
    pub undone_by: Option<i64>,
    /// Its hash in hex.
    pub hash: String,
}

/// One change with its op, in the order of columns that [`entry`] reads.
const CHANGES: &str = "
    SELECT op.id, op.kind, op.label, reason.after, actor.operator, actor.site, op.event_at,
        op.entry_at, touched.register, touched.record, change.line_register, change.line,
        change.field, held.before, held.after,
        (change.before_digest IS NOT NULL AND held.before IS NULL)
            OR (change.after_digest IS NOT NULL AND held.after IS NULL)
    FROM touched
    CROSS JOIN change ON change.op = touched.op
        AND change.seq BETWEEN touched.first AND touched.first + touched.count - 1
    JOIN op ON op.id = touched.op
    LEFT JOIN actor ON actor.id = op.actor
    LEFT JOIN history_value AS held ON held.op = change.op AND held.seq = change.seq
    LEFT JOIN history_value AS reason ON reason.op = op.id AND reason.seq = 0";

fn entry(row: &Row<'_>) -> rusqlite::Result<HistoryEntry> {
    let line_register: Option<String> = row.get(10)?;
    let line = uuid(row.get_ref(11)?);
    Ok(HistoryEntry {
        op: row.get(0)?,
        kind: kind(row, 1)?,
        label: row.get(2)?,
        reason: row.get(3)?,
        operator: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
        site: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        event_at: row
            .get::<_, Option<String>>(6)?
            .map(|text| moment_of(&text)),
        entry_at: moment_of(&row.get::<_, String>(7)?),
        register: row.get(8)?,
        record: uuid(row.get_ref(9)?),
        line: line_register.map(|register| (register, line)),
        field: row.get(12)?,
        before: row.get(13)?,
        after: row.get(14)?,
        erased: row.get(15)?,
    })
}

/// An unknown kind comes from a newer program; it reads as one that cannot be undone.
fn kind(row: &Row<'_>, at: usize) -> rusqlite::Result<OpKind> {
    let code: String = row.get(at)?;
    Ok(OpKind::parse(&code).unwrap_or(OpKind::Migrate))
}

pub(crate) fn of_record(src: Source<'_>, register: &str, uuid: Uuid) -> Result<Vec<HistoryEntry>> {
    let sql = format!(
        "{CHANGES} WHERE touched.record = ?1 AND touched.register = ?2
         ORDER BY change.op, change.seq"
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![uuid.as_bytes(), register], entry)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn of_op(src: Source<'_>, op: i64) -> Result<Vec<HistoryEntry>> {
    let sql = format!("{CHANGES} WHERE touched.op = ?1 ORDER BY change.seq");
    let mut statement = src.conn.prepare_cached(&sql)?;
    let rows = statement.query_map([op], entry)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One op, in the order of columns that [`op_entry`] reads.
const OPS: &str = "
    SELECT op.id, op.kind, op.label, reason.after, actor.operator, actor.site, op.event_at,
        op.entry_at, op.stamp, op.batch, op.undoes, op.hash
    FROM op
    LEFT JOIN actor ON actor.id = op.actor
    LEFT JOIN history_value AS reason ON reason.op = op.id AND reason.seq = 0";

fn op_entry(row: &Row<'_>) -> rusqlite::Result<OpEntry> {
    Ok(OpEntry {
        id: row.get(0)?,
        kind: kind(row, 1)?,
        label: row.get(2)?,
        reason: row.get(3)?,
        operator: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
        site: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        event_at: row
            .get::<_, Option<String>>(6)?
            .map(|text| moment_of(&text)),
        entry_at: moment_of(&row.get::<_, String>(7)?),
        stamp: row.get(8)?,
        batch: row.get(9)?,
        undoes: row.get(10)?,
        undone_by: None,
        hash: hex(&row.get::<_, Vec<u8>>(11)?),
    })
}

fn op_entries(src: Source<'_>, tail: &str, value: impl rusqlite::ToSql) -> Result<Vec<OpEntry>> {
    let mut statement = src.conn.prepare_cached(&format!("{OPS} {tail}"))?;
    let mut entries: Vec<OpEntry> = statement
        .query_map([value], op_entry)?
        .collect::<rusqlite::Result<_>>()?;
    for entry in &mut entries {
        entry.undone_by = undone_by(src.conn, entry.id)?;
    }
    Ok(entries)
}

pub(crate) fn ops(src: Source<'_>, limit: usize) -> Result<Vec<OpEntry>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    op_entries(src, "ORDER BY op.id DESC LIMIT ?1", limit)
}

pub(crate) fn op(src: Source<'_>, id: i64) -> Result<Option<OpEntry>> {
    Ok(op_entries(src, "WHERE op.id = ?1", id)?.pop())
}

pub(crate) fn ops_of_batch(src: Source<'_>, tag: &str) -> Result<Vec<OpEntry>> {
    op_entries(src, "WHERE op.batch = ?1 ORDER BY op.id", tag.to_owned())
}

/// The op that takes this one back and is not taken back itself.
pub(crate) fn undone_by(conn: &Connection, op: i64) -> Result<Option<i64>> {
    let newest: Option<i64> = conn
        .prepare_cached("SELECT id FROM op WHERE undoes = ?1 ORDER BY id DESC LIMIT 1")?
        .query_row([op], |row| row.get(0))
        .optional()?;
    // Only the newest can be in force: while one is, no further undo of the same op is accepted.
    match newest {
        Some(undo) if undone_by(conn, undo)?.is_none() => Ok(Some(undo)),
        _ => Ok(None),
    }
}

pub(crate) fn head(src: Source<'_>) -> Result<String> {
    head_of(src.conn)
}

pub(crate) fn head_of(conn: &Connection) -> Result<String> {
    Ok(hex(&log::newest(conn)?.2))
}

pub(crate) fn op_of_head(src: Source<'_>, head: &str) -> Result<Option<i64>> {
    let sql = "SELECT id FROM op WHERE lower(hex(hash)) = ?1";
    Ok(src
        .conn
        .prepare_cached(sql)?
        .query_row([head], |row| row.get(0))
        .optional()?)
}
