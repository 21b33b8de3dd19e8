//! Records, lines and numbers against the history: what stands there must be what the ops wrote.

use std::collections::HashMap;

use rusqlite::types::Value as Sql;
use rusqlite::{Row, Statement};
use uuid::Uuid;

use super::{FindingKind, Findings};
use crate::column::history_text;
use crate::error::Result;
use crate::log::{DELETED, ERASED, MADE, NUMBER, REMOVED, STATE};
use crate::read::Source;
use crate::rows::uuid;
use crate::schema::Table;

/// The newest value of each field of a record and its lines; the nil line is the record itself.
type Last = HashMap<(Uuid, String), Option<String>>;

/// Compares every record and line with the newest values in the history.
pub(super) fn records(src: Source<'_>, findings: &mut Findings) -> Result<()> {
    let mut changes = src.conn.prepare(
        "SELECT change.line, change.field, held.after FROM touched
         CROSS JOIN change ON change.op = touched.op
            AND change.seq BETWEEN touched.first AND touched.first + touched.count - 1
         LEFT JOIN history_value AS held ON held.op = change.op AND held.seq = change.seq
         WHERE touched.record = ?1 AND touched.register = ?2 ORDER BY change.op, change.seq",
    )?;
    for table in src.shared.schema.registers() {
        let mut children = Vec::new();
        for child in &table.children {
            let lines = src.shared.schema.lines(child)?;
            children.push((
                lines,
                src.conn
                    .prepare(&format!("{} WHERE parent = ?1", lines.whole.sql))?,
            ));
        }
        let mut statement = src.conn.prepare(&table.whole.sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let record = uuid(row.get_ref(1)?);
            let last = last_values(&mut changes, table, record)?;
            compare_record(table, row, &last, record, findings)?;
            for (lines, statement) in &mut children {
                let mut rows = statement.query([record.to_string()])?;
                while let Some(row) = rows.next()? {
                    compare_line(lines, row, &last, findings)?;
                }
            }
        }
    }
    Ok(())
}

fn last_values(changes: &mut Statement<'_>, table: &Table, record: Uuid) -> Result<Last> {
    let mut last = Last::new();
    let mut rows = changes.query((record.as_bytes(), table.name()))?;
    while let Some(row) = rows.next()? {
        let line = uuid(row.get_ref(0)?);
        let field: String = row.get(1)?;
        match field.strip_prefix(ERASED) {
            Some(field) => last.insert((line, field.to_owned()), None),
            None => last.insert((line, field), row.get(2)?),
        };
    }
    Ok(last)
}

fn compare_record(
    table: &Table,
    row: &Row<'_>,
    last: &Last,
    record: Uuid,
    findings: &mut Findings,
) -> Result<()> {
    let place = format!("{} {record}", table.name());
    let of = |field: &str| {
        last.get(&(Uuid::nil(), field.to_owned()))
            .cloned()
            .flatten()
    };
    if of(MADE).is_none() {
        findings.add(FindingKind::RecordDrift, &place, "made by no op");
    }
    for (at, field) in [(2, NUMBER), (3, STATE), (8, DELETED)] {
        if row.get::<_, Option<String>>(at)? != of(field) {
            findings.add(FindingKind::RecordDrift, &place, field);
        }
    }
    compare_fields(table, row, of, &place, findings)
}

fn compare_line(table: &Table, row: &Row<'_>, last: &Last, findings: &mut Findings) -> Result<()> {
    let line = uuid(row.get_ref(1)?);
    let place = format!("{} {line}", table.name());
    let of = |field: &str| last.get(&(line, field.to_owned())).cloned().flatten();
    let position: i64 = row.get(3)?;
    if of(MADE) != Some(position.to_string()) {
        findings.add(FindingKind::RecordDrift, &place, "made by no op");
    }
    let removed = row.get::<_, Option<String>>(7)?.is_some();
    if of(REMOVED).is_some() != removed {
        findings.add(FindingKind::RecordDrift, &place, REMOVED);
    }
    compare_fields(table, row, of, &place, findings)
}

fn compare_fields(
    table: &Table,
    row: &Row<'_>,
    of: impl Fn(&str) -> Option<String>,
    place: &str,
    findings: &mut Findings,
) -> Result<()> {
    for (field, at) in &table.whole.fields {
        let value: Sql = row.get(*at)?;
        if history_text(&value) != of(&field.id) {
            findings.add(FindingKind::RecordDrift, place, &field.id);
        }
    }
    Ok(())
}

/// Compares records' numbers with the list of numbers.
pub(super) fn numbers(src: Source<'_>, findings: &mut Findings) -> Result<()> {
    for table in src.shared.schema.registers() {
        let name = table.name();
        let sql = format!(
            "SELECT number FROM {name} WHERE number IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM number_given AS g WHERE g.number = {name}.number
                    AND g.record = {name}.uuid AND g.status = 'given')
             UNION ALL
             SELECT g.number FROM number_given AS g WHERE g.register = ?1 AND g.status = 'given'
                AND NOT EXISTS (SELECT 1 FROM {name} WHERE uuid = g.record AND number = g.number)"
        );
        let mut statement = src.conn.prepare(&sql)?;
        let rows = statement.query_map([name], |row| row.get::<_, String>(0))?;
        for number in rows {
            findings.add(
                FindingKind::Number,
                number?,
                "record and list of numbers differ",
            );
        }
    }
    Ok(())
}
