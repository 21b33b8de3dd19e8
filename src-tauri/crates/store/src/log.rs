//! What an op changed, collected while it runs and written to the history when it ends.
//!
//! The history holds net changes: a field written twice in one op stands once, with what it was
//! before the op and what it is after it.

use std::collections::HashMap;

use domain::time::{Moment, moment_text};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::chain::{GENESIS, Hash, Header, OpHasher, SALT, Side, actor_digest, value_digest};
use crate::column::stored_moment;
use crate::error::{Error, Result};
use crate::op::{Op, Touch, Touched};

/// The record or line was made; the value after is `1`, or the place of the line.
pub(crate) const MADE: &str = "@made";
/// The record is in the recycle bin; the value is the reason.
pub(crate) const DELETED: &str = "@deleted";
/// The line was taken out of its record.
pub(crate) const REMOVED: &str = "@removed";
/// The workflow state.
pub(crate) const STATE: &str = "@state";
/// The number.
pub(crate) const NUMBER: &str = "@number";
/// Personal data of the record was shown in full.
pub(crate) const SHOWN: &str = "@shown";
/// A field was erased; its id follows.
pub(crate) const ERASED: &str = "@erased:";
/// A deadline was counted anew; rule and round follow, the value is the due time.
pub(crate) const DEADLINE: &str = "deadline:";

/// One net change of one field.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) line: Option<(String, Uuid)>,
    pub(crate) field: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// The changes of one record and its lines.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) register: String,
    pub(crate) record: Uuid,
    pub(crate) touch: Touch,
    /// Whether its search text must be made anew.
    pub(crate) search: bool,
    pub(crate) changes: Vec<Change>,
}

/// The changes of the running op, by record in the order of first touch.
#[derive(Debug, Default)]
pub(crate) struct Log {
    groups: Vec<Group>,
    places: HashMap<Uuid, usize>,
}

impl Log {
    /// The group of a record, noted as touched.
    pub(crate) fn touch(&mut self, register: &str, record: Uuid, touch: Touch) -> &mut Group {
        let place = *self.places.entry(record).or_insert_with(|| {
            self.groups.push(Group {
                register: register.to_owned(),
                record,
                touch,
                search: false,
                changes: Vec::new(),
            });
            self.groups.len() - 1
        });
        let group = &mut self.groups[place];
        group.touch = group.touch.max(touch);
        group
    }

    /// The records that were touched, leaving out those where nothing came of it.
    pub(crate) fn touched(&self) -> Vec<Touched> {
        self.groups
            .iter()
            .map(|g| Touched {
                register: g.register.clone(),
                uuid: g.record,
                touch: g.touch,
            })
            .collect()
    }

    /// Records whose search text must be made anew.
    pub(crate) fn to_search(&self) -> impl Iterator<Item = (&str, Uuid)> {
        self.groups
            .iter()
            .filter(|g| g.search)
            .map(|g| (g.register.as_str(), g.record))
    }

    /// Drops what came to nothing. True when something is left.
    pub(crate) fn settle(&mut self) -> bool {
        for group in &mut self.groups {
            group.changes.retain(|c| c.before != c.after);
        }
        self.groups
            .retain(|g| !g.changes.is_empty() || g.touch == Touch::Deadlines);
        self.groups.iter().any(|g| !g.changes.is_empty())
    }
}

impl Group {
    /// Notes a change of a field, joined with an earlier one of the same op.
    pub(crate) fn note(
        &mut self,
        line: Option<(&str, Uuid)>,
        field: &str,
        before: Option<String>,
        after: Option<String>,
    ) {
        let same = |c: &&mut Change| {
            c.field == field && c.line.as_ref().map(|(_, uuid)| *uuid) == line.map(|(_, uuid)| uuid)
        };
        match self.changes.iter_mut().find(same) {
            Some(change) => change.after = after,
            None => self.changes.push(Change {
                line: line.map(|(register, uuid)| (register.to_owned(), uuid)),
                field: field.to_owned(),
                before,
                after,
            }),
        }
    }
}

/// The newest op: id, stamp, hash.
pub(crate) fn newest(conn: &Connection) -> Result<(i64, i64, Hash)> {
    let mut statement =
        conn.prepare_cached("SELECT id, stamp, hash FROM op ORDER BY id DESC LIMIT 1")?;
    let found = statement
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(found.unwrap_or((0, 0, GENESIS)))
}

/// The next hybrid logical clock stamp: the clock's milliseconds above a 16-bit counter, and always
/// more than the last one, so that a clock that was put back never makes an op older.
pub(crate) fn next_stamp(last: i64, now: &Moment) -> i64 {
    (now.timestamp_millis().saturating_mul(1 << 16)).max(last + 1)
}

/// Random bytes for the salts of an op.
fn salts(count: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; count * SALT];
    getrandom::fill(&mut bytes).map_err(|fault| Error::Io {
        op: "random bytes",
        path: std::path::PathBuf::new(),
        source: std::io::Error::other(fault.to_string()),
    })?;
    Ok(bytes)
}

/// Writes the op and its changes. Returns its id.
pub(crate) fn write(
    conn: &Connection,
    op: &Op,
    undoes: Option<i64>,
    now: &Moment,
    log: &Log,
) -> Result<i64> {
    let (last, stamp, previous) = newest(conn)?;
    let id = last + 1;
    let stamp = next_stamp(stamp, now);
    let total: usize = log.groups.iter().map(|g| g.changes.len()).sum();
    let salts = salts(total + 2)?;
    let mut salts = salts.chunks_exact(SALT);
    let mut salt = || {
        salts
            .next()
            .expect("BUG: one salt for each change, the reason, the actor")
    };
    let (actor, actor_digest) = actor(conn, op, salt())?;
    let reason_salt = salt();
    let reason_digest = op
        .reason
        .as_ref()
        .map(|text| value_digest(reason_salt, Side::After, text));
    let event_at = op.event_at.as_ref().map(stored_moment);
    let entry_at = moment_text(now);
    let header = Header {
        id,
        kind: op.kind.as_str(),
        label: &op.label,
        actor_digest: &actor_digest,
        event_at: event_at.as_deref(),
        entry_at: &entry_at,
        stamp,
        batch: op.batch.as_deref(),
        undoes,
        reason_digest: reason_digest.as_ref().map(|d| &d[..]),
    };
    let mut hasher = OpHasher::new(&previous, &header);
    let mut rows = Rows::new(conn)?;
    if let Some(text) = &op.reason {
        rows.value
            .execute(params![id, 0, reason_salt, None::<&str>, text])?;
    }
    let mut first: i64 = 1;
    for group in log.groups.iter().filter(|g| !g.changes.is_empty()) {
        first = rows.group(&mut hasher, id, first, group, &mut salt)?;
    }
    let hash = hasher.finish();
    let mut statement = conn.prepare_cached(
        "INSERT INTO op (id, kind, label, actor, actor_digest, event_at, entry_at, stamp, batch,
         undoes, reason_digest, hash) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
    )?;
    statement.execute(params![
        id,
        op.kind.as_str(),
        op.label,
        actor,
        actor_digest,
        event_at,
        entry_at,
        stamp,
        op.batch,
        undoes,
        reason_digest,
        hash,
    ])?;
    Ok(id)
}

/// The prepared statements of one op.
struct Rows<'c> {
    touched: rusqlite::CachedStatement<'c>,
    change: rusqlite::CachedStatement<'c>,
    value: rusqlite::CachedStatement<'c>,
}

impl<'c> Rows<'c> {
    fn new(conn: &'c Connection) -> Result<Self> {
        Ok(Self {
            touched: conn.prepare_cached(
                "INSERT INTO touched (op, first, count, register, record) VALUES (?1,?2,?3,?4,?5)",
            )?,
            change: conn.prepare_cached(
                "INSERT INTO change (op, seq, line_register, line, field, before_digest,
                 after_digest) VALUES (?1,?2,?3,?4,?5,?6,?7)",
            )?,
            value: conn.prepare_cached(
                "INSERT INTO history_value (op, seq, salt, before, after) VALUES (?1,?2,?3,?4,?5)",
            )?,
        })
    }

    /// Writes one group whose changes count from `first`; returns where the next one starts.
    fn group<'a>(
        &mut self,
        hasher: &mut OpHasher,
        op: i64,
        first: i64,
        group: &Group,
        salt: &mut impl FnMut() -> &'a [u8],
    ) -> Result<i64> {
        let count = i64::try_from(group.changes.len()).unwrap_or(i64::MAX);
        hasher.group(first, count, &group.register, &group.record);
        let record = group.record.as_bytes();
        self.touched
            .execute(params![op, first, count, group.register, record])?;
        let mut seq = first;
        for change in &group.changes {
            let salt = salt();
            let digest = |side, text: &Option<String>| {
                text.as_ref().map(|text| value_digest(salt, side, text))
            };
            let before = digest(Side::Before, &change.before);
            let after = digest(Side::After, &change.after);
            let line = change
                .line
                .as_ref()
                .map(|(r, uuid)| (r.as_str(), &uuid.as_bytes()[..]));
            hasher.change(
                line,
                &change.field,
                before.as_ref().map(|d| &d[..]),
                after.as_ref().map(|d| &d[..]),
            );
            let (line_register, line) = line.unzip();
            self.change.execute(params![
                op,
                seq,
                line_register,
                line,
                change.field,
                before,
                after
            ])?;
            self.value
                .execute(params![op, seq, salt, change.before, change.after])?;
            seq += 1;
        }
        Ok(seq)
    }
}

/// The row of the operator and site, made when they are new, and its digest.
fn actor(conn: &Connection, op: &Op, salt: &[u8]) -> Result<(i64, Hash)> {
    let who = &op.who;
    let mut statement =
        conn.prepare_cached("SELECT id, salt FROM actor WHERE operator = ?1 AND site = ?2")?;
    let found = statement
        .query_row(params![who.operator, who.site], |row| {
            Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .optional()?;
    if let Some((id, salt)) = found {
        return Ok((id, actor_digest(&salt, &who.operator, &who.site)));
    }
    conn.execute(
        "INSERT INTO actor (operator, site, salt) VALUES (?1, ?2, ?3)",
        params![who.operator, who.site, salt],
    )?;
    Ok((
        conn.last_insert_rowid(),
        actor_digest(salt, &who.operator, &who.site),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_put_back_never_makes_an_op_older() {
        let late = domain::time::parse_moment("2030-01-01T00:00").expect("moment");
        let early = domain::time::parse_moment("2020-01-01T00:00").expect("moment");
        let first = next_stamp(0, &late);
        let second = next_stamp(first, &early);
        assert_eq!(second, first + 1);
        assert!(next_stamp(second, &late) > second);
    }

    #[test]
    fn a_field_written_twice_stands_once_and_one_written_back_not_at_all() {
        let mut log = Log::default();
        let record = Uuid::from_u128(1);
        let text = |t: &str| Some(t.to_owned());
        log.touch("x", record, Touch::Changed)
            .note(None, "a", text("1"), text("2"));
        log.touch("x", record, Touch::Changed)
            .note(None, "a", text("2"), text("3"));
        log.touch("x", record, Touch::Changed)
            .note(None, "b", None, text("2"));
        log.touch("x", record, Touch::Changed)
            .note(None, "b", text("2"), None);
        assert!(log.settle());
        let changes = &log.groups[0].changes;
        assert_eq!(changes.len(), 1);
        assert_eq!(
            (changes[0].before.as_deref(), changes[0].after.as_deref()),
            (Some("1"), Some("3"))
        );
    }
}
