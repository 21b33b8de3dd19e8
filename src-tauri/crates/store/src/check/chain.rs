//! Recomputing the history chain, and every value that has not been erased.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, Statement, params};
use uuid::Uuid;

use super::{FindingKind, Findings};
use crate::chain::{GENESIS, Hash, Header, OpHasher, Side, actor_digest, value_digest};
use crate::error::Result;
use crate::log::ERASED;
use crate::rows::uuid;

/// An op as stored.
struct Stored {
    id: i64,
    kind: String,
    label: String,
    actor: i64,
    actor_digest: Vec<u8>,
    event_at: Option<String>,
    entry_at: String,
    stamp: i64,
    batch: Option<String>,
    undoes: Option<i64>,
    reason_digest: Option<Vec<u8>>,
    hash: Vec<u8>,
}

const OPS: &str = "SELECT id, kind, label, actor, actor_digest, event_at, entry_at, stamp, batch,
    undoes, reason_digest, hash FROM op";

impl Stored {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            label: row.get(2)?,
            actor: row.get(3)?,
            actor_digest: row.get(4)?,
            event_at: row.get(5)?,
            entry_at: row.get(6)?,
            stamp: row.get(7)?,
            batch: row.get(8)?,
            undoes: row.get(9)?,
            reason_digest: row.get(10)?,
            hash: row.get(11)?,
        })
    }

    fn header(&self) -> Header<'_> {
        Header {
            id: self.id,
            kind: &self.kind,
            label: &self.label,
            actor_digest: &self.actor_digest,
            event_at: self.event_at.as_deref(),
            entry_at: &self.entry_at,
            stamp: self.stamp,
            batch: self.batch.as_deref(),
            undoes: self.undoes,
            reason_digest: self.reason_digest.as_deref(),
        }
    }
}

/// Verifies the whole chain; returns the number of ops.
pub(super) fn verify(conn: &Connection, findings: &mut Findings) -> Result<u64> {
    let mut verifier = Verifier::new(conn)?;
    let mut ops = conn.prepare(&format!("{OPS} ORDER BY id"))?;
    let mut rows = ops.query([])?;
    let (mut count, mut last, mut stamp) = (0, 0, 0);
    let mut previous: Hash = GENESIS;
    while let Some(row) = rows.next()? {
        let op = Stored::read(row)?;
        if op.id != last + 1 {
            findings.add(
                FindingKind::Chain,
                format!("op {}", op.id),
                "ops are missing before it",
            );
        }
        if op.stamp <= stamp {
            findings.add(
                FindingKind::Chain,
                format!("op {}", op.id),
                "older than the op before it",
            );
        }
        verifier.op(&op, &previous, findings)?;
        previous = op.hash.as_slice().try_into().unwrap_or(GENESIS);
        (last, stamp, count) = (op.id, op.stamp, count + 1);
    }
    for table in ["touched", "change", "history_value"] {
        let sql = format!("SELECT count(*) FROM {table} WHERE op NOT IN (SELECT id FROM op)");
        let strays: i64 = conn.query_row(&sql, [], |row| row.get(0))?;
        if strays > 0 {
            findings.add(
                FindingKind::Chain,
                table,
                format!("{strays} rows without their op"),
            );
        }
    }
    Ok(count)
}

/// Verifies the newest op against the one before it.
pub(super) fn verify_last(conn: &Connection, findings: &mut Findings) -> Result<()> {
    let mut statement = conn.prepare(&format!("{OPS} ORDER BY id DESC LIMIT 1"))?;
    let Some(op) = statement.query_row([], Stored::read).optional()? else {
        return Ok(());
    };
    let previous: Option<Vec<u8>> = conn
        .query_row("SELECT hash FROM op WHERE id = ?1", [op.id - 1], |row| {
            row.get(0)
        })
        .optional()?;
    let previous = previous
        .and_then(|hash| hash.try_into().ok())
        .unwrap_or(GENESIS);
    Verifier::new(conn)?.op(&op, &previous, findings)
}

/// Statements of the verification, and what was erased.
struct Verifier<'c> {
    touched: Statement<'c>,
    changes: Statement<'c>,
    reason: Statement<'c>,
    actor: Statement<'c>,
    /// Record, line and field of every erasure, with the newest op that did it.
    erased: HashMap<(Uuid, Uuid, String), i64>,
    /// Actors whose digest was seen to agree.
    actors: HashSet<(i64, Vec<u8>)>,
}

impl<'c> Verifier<'c> {
    fn new(conn: &'c Connection) -> Result<Self> {
        Ok(Self {
            touched: conn.prepare(
                "SELECT first, count, register, record FROM touched WHERE op = ?1 ORDER BY first",
            )?,
            changes: conn.prepare(
                "SELECT change.seq, change.line_register, change.line, change.field,
                    change.before_digest, change.after_digest, held.salt, held.before, held.after
                 FROM change
                 LEFT JOIN history_value AS held ON held.op = change.op AND held.seq = change.seq
                 WHERE change.op = ?1 ORDER BY change.seq",
            )?,
            reason: conn
                .prepare("SELECT salt, after FROM history_value WHERE op = ?1 AND seq = 0")?,
            actor: conn.prepare("SELECT salt, operator, site FROM actor WHERE id = ?1")?,
            erased: erasures(conn)?,
            actors: HashSet::new(),
        })
    }

    fn op(&mut self, op: &Stored, previous: &Hash, findings: &mut Findings) -> Result<()> {
        let place = format!("op {}", op.id);
        self.people(op, &place, findings)?;
        let mut hasher = OpHasher::new(previous, &op.header());
        let mut groups = Vec::new();
        let mut rows = self.touched.query([op.id])?;
        while let Some(row) = rows.next()? {
            let (first, count, register): (i64, i64, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            groups.push((first, count, register, uuid(row.get_ref(3)?)));
        }
        drop(rows);
        let mut groups = groups.into_iter();
        let mut group: Option<(i64, i64, String, Uuid)> = None;
        let mut expected: i64 = 1;
        let mut rows = self.changes.query([op.id])?;
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            if group
                .as_ref()
                .is_none_or(|(first, count, ..)| seq >= first + count)
            {
                group = groups.next();
                if let Some((first, count, register, record)) = &group {
                    hasher.group(*first, *count, register, record);
                }
            }
            let inside = group
                .as_ref()
                .is_some_and(|(first, count, ..)| (*first..first + count).contains(&seq));
            if seq != expected || !inside {
                findings.add(
                    FindingKind::Chain,
                    &place,
                    "changes do not fit their records",
                );
                return Ok(());
            }
            expected += 1;
            let record = group
                .as_ref()
                .map(|(.., record)| *record)
                .unwrap_or_default();
            let change = Changed::read(row)?;
            hasher.change(
                change.line_register.as_deref().zip(change.line.as_deref()),
                &change.field,
                change.before.as_deref(),
                change.after.as_deref(),
            );
            if let Some(fault) = change.value_fault(op.id, record, &self.erased) {
                findings.add(
                    FindingKind::HistoryValue,
                    format!("{place} change {seq}"),
                    fault,
                );
            }
        }
        let complete = group.is_none_or(|(first, count, ..)| expected == first + count);
        if !complete || groups.next().is_some() {
            findings.add(FindingKind::Chain, &place, "changes are missing");
            return Ok(());
        }
        if hasher.finish()[..] != op.hash[..] {
            findings.add(FindingKind::Chain, &place, "hash differs");
        }
        Ok(())
    }

    /// The operator and the reason of an op.
    fn people(&mut self, op: &Stored, place: &str, findings: &mut Findings) -> Result<()> {
        if !self.actors.contains(&(op.actor, op.actor_digest.clone())) {
            let found: Option<(Vec<u8>, String, String)> = self
                .actor
                .query_row([op.actor], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })
                .optional()?;
            match found {
                Some((salt, operator, site))
                    if actor_digest(&salt, &operator, &site)[..] == op.actor_digest[..] =>
                {
                    self.actors.insert((op.actor, op.actor_digest.clone()));
                }
                Some(_) => findings.add(FindingKind::HistoryValue, place, "operator differs"),
                None => findings.add(FindingKind::HistoryValue, place, "operator is gone"),
            }
        }
        let reason: Option<(Vec<u8>, Option<String>)> = self
            .reason
            .query_row(params![op.id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let digest = reason.and_then(|(salt, text)| {
            text.map(|text| value_digest(&salt, Side::After, &text).to_vec())
        });
        if digest != op.reason_digest {
            findings.add(FindingKind::HistoryValue, place, "reason differs");
        }
        Ok(())
    }
}

/// A change as stored, with its values as far as they are there.
struct Changed {
    line_register: Option<String>,
    line: Option<Vec<u8>>,
    field: String,
    before: Option<Vec<u8>>,
    after: Option<Vec<u8>>,
    held: Option<(Vec<u8>, Option<String>, Option<String>)>,
}

impl Changed {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let salt: Option<Vec<u8>> = row.get(6)?;
        let (before, after) = (row.get(7)?, row.get(8)?);
        Ok(Self {
            line_register: row.get(1)?,
            line: row.get(2)?,
            field: row.get(3)?,
            before: row.get(4)?,
            after: row.get(5)?,
            held: salt.map(|salt| (salt, before, after)),
        })
    }

    /// What is wrong with the values of this change.
    fn value_fault(
        &self,
        op: i64,
        record: Uuid,
        erased: &HashMap<(Uuid, Uuid, String), i64>,
    ) -> Option<&'static str> {
        let Some((salt, before, after)) = &self.held else {
            let line = self.line.as_deref().and_then(|l| Uuid::from_slice(l).ok());
            let key = (record, line.unwrap_or_default(), self.field.clone());
            let lawful = erased.get(&key).is_some_and(|by| *by > op);
            return (!lawful).then_some("value is gone without an erasure");
        };
        let agrees = |side, text: &Option<String>, digest: &Option<Vec<u8>>| {
            let found = text.as_ref().map(|text| value_digest(salt, side, text));
            found.as_ref().map(|d| &d[..]) == digest.as_deref()
        };
        let good =
            agrees(Side::Before, before, &self.before) && agrees(Side::After, after, &self.after);
        (!good).then_some("value differs")
    }
}

/// Record, line and field of every erasure.
fn erasures(conn: &Connection) -> Result<HashMap<(Uuid, Uuid, String), i64>> {
    let mut statement = conn.prepare(
        "SELECT touched.record, change.line, change.field, change.op FROM op
         CROSS JOIN touched ON touched.op = op.id
         CROSS JOIN change ON change.op = touched.op
            AND change.seq BETWEEN touched.first AND touched.first + touched.count - 1
         WHERE op.kind = 'erase' ORDER BY change.op",
    )?;
    let mut rows = statement.query([])?;
    let mut erased = HashMap::new();
    while let Some(row) = rows.next()? {
        let field: String = row.get(2)?;
        if let Some(field) = field.strip_prefix(ERASED) {
            let key = (
                uuid(row.get_ref(0)?),
                uuid(row.get_ref(1)?),
                field.to_owned(),
            );
            erased.insert(key, row.get(3)?);
        }
    }
    Ok(erased)
}
