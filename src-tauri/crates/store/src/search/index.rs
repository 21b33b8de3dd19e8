//! The search index: for each term and each block of 65,536 docs the set of docs that have it.
//!
//! Why not FTS5: see docs/decisions. In short, counts by register over a million records take one
//! population count a block here, and a walk over every hit there.
//!
//! A save would have to touch some two hundred sets. It writes only the doc's text and puts the doc
//! on a waiting list, which every search reads in full; the sets are brought up to date for many
//! docs at once, in quiet moments or when the list is long.

use std::collections::{BTreeMap, HashMap};

use roaring::RoaringBitmap;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest as _, Sha256};

use super::{grams, text};
use crate::chain::hex;
use crate::error::{Error, Result};
use crate::log::Log;
use crate::read::Source;
use crate::schema::{Schema, Table};

/// Docs on the waiting list before a save tidies it. A search reads them all, about 2 µs each.
const WAITING_MAX: i64 = 1_000;

/// Docs whose terms are collected in memory at once.
const MERGE_AT_ONCE: i64 = 20_000;

/// Bits of a doc below its register.
const KEY_BITS: u32 = 40;

/// Bits of a doc inside its block.
pub(crate) const BLOCK_BITS: u32 = 16;

/// The numbers by which docs know their register.
#[derive(Debug, Default)]
pub(crate) struct Registers(BTreeMap<String, i64>);

impl Registers {
    pub(crate) fn read(conn: &Connection) -> Result<Self> {
        let mut statement = conn.prepare("SELECT register, id FROM search_register")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// Reads them, after giving a number to each register that has none.
    pub(crate) fn ensure(conn: &Connection, schema: &Schema) -> Result<Self> {
        let known = Self::read(conn)?;
        for table in schema.registers() {
            if !known.0.contains_key(table.name()) {
                conn.execute(
                    "INSERT INTO search_register (register) VALUES (?1)",
                    [table.name()],
                )?;
            }
        }
        Self::read(conn)
    }

    /// Registers with their numbers, by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(register, id)| (register.as_str(), *id))
    }

    pub(crate) fn id(&self, register: &str) -> Option<i64> {
        self.0.get(register).copied()
    }
}

/// The first doc of a register.
pub(crate) fn first_doc(register: i64) -> i64 {
    register << KEY_BITS
}

/// The row key of a doc.
pub(crate) fn key_of(doc: i64) -> i64 {
    doc & ((1 << KEY_BITS) - 1)
}

/// The place of a doc inside its block.
pub(crate) fn low(doc: i64) -> u32 {
    u32::try_from(doc & ((1 << BLOCK_BITS) - 1)).expect("BUG: sixteen bits fit")
}

/// Makes the search text of every touched record anew.
pub(crate) fn renew(src: Source<'_>, log: &Log) -> Result<()> {
    let mut any = false;
    for (register, uuid) in log.to_search() {
        let table = src.shared.schema.register(register)?;
        let Some(number) = src.shared.registers.id(register) else {
            continue;
        };
        let sql = format!("SELECT id FROM {register} WHERE uuid = ?1");
        let key: Option<i64> = src
            .conn
            .prepare_cached(&sql)?
            .query_row([uuid.to_string()], |row| row.get(0))
            .optional()?;
        if let Some(key) = key {
            any |= renew_one(src, table, number, key)?;
        }
    }
    if any {
        let waiting: i64 = src
            .conn
            .prepare_cached("SELECT count(*) FROM search_pending")?
            .query_row([], |row| row.get(0))?;
        if waiting > WAITING_MAX {
            merge(src.conn)?;
        }
    }
    Ok(())
}

/// Returns whether the text changed.
fn renew_one(src: Source<'_>, table: &Table, register: i64, key: i64) -> Result<bool> {
    let doc = first_doc(register) + key;
    let old: Option<String> = src
        .conn
        .prepare_cached("SELECT text FROM search_doc WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    let new = text::of_record(src, table, key)?;
    if old == new {
        return Ok(false);
    }
    // A doc that waits already keeps the text that the sets know.
    src.conn
        .prepare_cached("INSERT OR IGNORE INTO search_pending (doc, indexed) VALUES (?1, ?2)")?
        .execute(params![doc, old])?;
    match new {
        Some(text) => src
            .conn
            .prepare_cached("INSERT OR REPLACE INTO search_doc (doc, text) VALUES (?1, ?2)")?
            .execute(params![doc, text])?,
        None => src
            .conn
            .prepare_cached("DELETE FROM search_doc WHERE doc = ?1")?
            .execute([doc])?,
    };
    Ok(true)
}

/// Version of the marks in texts and terms; raise it when either changes its shape.
const FORMAT: u32 = 1;

/// By which rules texts are made: which fields are searched, and how.
fn fingerprint(schema: &Schema) -> String {
    let mut rules = format!("{FORMAT}\n");
    for table in schema.all() {
        for field in table.fields.iter().filter(|f| f.search.is_some()) {
            let (tier, list) = (field.search, field.list.as_deref().unwrap_or_default());
            rules += &format!(
                "{} {} {tier:?} {} {list}\n",
                table.name(),
                field.id,
                field.pinyin
            );
        }
    }
    hex(&Sha256::digest(rules.as_bytes()))
}

/// Whether the texts were made by today's rules.
pub(crate) fn is_current(conn: &Connection, schema: &Schema) -> Result<bool> {
    let found: Option<String> = conn
        .query_row("SELECT fingerprint FROM search_rules", [], |row| row.get(0))
        .optional()?;
    Ok(found == Some(fingerprint(schema)))
}

/// Makes the whole index anew from the records.
pub(crate) fn rebuild(src: Source<'_>) -> Result<()> {
    let schema = &src.shared.schema;
    for table in ["search_block", "search_doc", "search_pending"] {
        src.conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    for (register, number) in src.shared.registers.all() {
        let Ok(table) = schema.register(register) else {
            continue;
        };
        let sql = format!("SELECT id FROM {register} WHERE deleted_at IS NULL ORDER BY id");
        let mut statement = src.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut waiting = 0;
        while let Some(row) = rows.next()? {
            waiting += i64::from(renew_one(src, table, number, row.get(0)?)?);
            if waiting == MERGE_AT_ONCE {
                merge(src.conn)?;
                waiting = 0;
            }
        }
    }
    merge(src.conn)?;
    src.conn.execute(
        "INSERT OR REPLACE INTO search_rules (id, fingerprint) VALUES (1, ?1)",
        [fingerprint(schema)],
    )?;
    tracing::info!("search index made anew");
    Ok(())
}

/// A doc on the waiting list: the text that the sets know, and the one it has.
type Waiting = (i64, Option<String>, Option<String>);

/// Brings the sets up to date with the waiting list and empties it.
pub(crate) fn merge(conn: &Connection) -> Result<()> {
    loop {
        let waiting: Vec<Waiting> = conn
            .prepare_cached(
                "SELECT doc, indexed, text FROM search_pending LEFT JOIN search_doc USING (doc)
                 ORDER BY doc LIMIT ?1",
            )?
            .query_map([MERGE_AT_ONCE], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let Some((last, ..)) = waiting.last() else {
            return Ok(());
        };
        let mut from = 0;
        while from < waiting.len() {
            let block = waiting[from].0 >> BLOCK_BITS;
            let to = from
                + waiting[from..]
                    .iter()
                    .take_while(|w| w.0 >> BLOCK_BITS == block)
                    .count();
            merge_block(conn, block, &waiting[from..to])?;
            from = to;
        }
        conn.prepare_cached("DELETE FROM search_pending WHERE doc <= ?1")?
            .execute([last])?;
        tracing::debug!(docs = waiting.len(), "search sets brought up to date");
    }
}

/// Docs that come into a set and docs that leave it.
#[derive(Default)]
struct Delta {
    come: Vec<u16>,
    go: Vec<u16>,
}

fn merge_block(conn: &Connection, block: i64, waiting: &[Waiting]) -> Result<()> {
    let mut deltas: HashMap<String, Delta> = HashMap::new();
    for (doc, old, new) in waiting {
        let low = u16::try_from(low(*doc)).expect("BUG: sixteen bits fit");
        let mut note = |text: &Option<String>, come: bool| {
            grams::terms(text.as_deref().unwrap_or_default(), |term| {
                if !deltas.contains_key(term) {
                    deltas.insert(term.to_owned(), Delta::default());
                }
                let delta = deltas.get_mut(term).expect("BUG: just put there");
                let list = if come { &mut delta.come } else { &mut delta.go };
                if list.last() != Some(&low) {
                    list.push(low);
                }
            });
        };
        note(old, false);
        note(new, true);
    }
    // In key order, so that neighbours are written while their page is at hand.
    let mut deltas: Vec<(String, Delta)> = deltas.into_iter().collect();
    deltas.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut read =
        conn.prepare_cached("SELECT docs FROM search_block WHERE block = ?1 AND term = ?2")?;
    let mut write = conn.prepare_cached(
        "INSERT INTO search_block (block, term, docs) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET docs = excluded.docs",
    )?;
    let mut drop =
        conn.prepare_cached("DELETE FROM search_block WHERE block = ?1 AND term = ?2")?;
    let mut bytes = Vec::new();
    for (term, delta) in deltas {
        let found = read
            .query_row(params![block, term], |row| {
                Ok(set(row.get_ref(0)?.as_blob()?))
            })
            .optional()?
            .transpose()?;
        let before = found.as_ref().map_or(0, RoaringBitmap::len);
        let mut docs = found.unwrap_or_default();
        let mut same = true;
        // Those that go first: a doc that keeps the term stands in both lists.
        for low in &delta.go {
            if delta.come.binary_search(low).is_err() {
                same &= !docs.remove(u32::from(*low));
            }
        }
        for low in &delta.come {
            same &= !docs.insert(u32::from(*low));
        }
        if docs.is_empty() {
            if before > 0 {
                drop.execute(params![block, term])?;
            }
        } else if !same {
            bytes.clear();
            docs.serialize_into(&mut bytes)
                .expect("BUG: writing to memory cannot fail");
            write.execute(params![block, term, bytes])?;
        }
    }
    Ok(())
}

/// A stored set.
pub(crate) fn set(bytes: &[u8]) -> Result<RoaringBitmap> {
    RoaringBitmap::deserialize_from(bytes)
        .map_err(|fault| Error::Query(format!("search set unreadable: {fault}")))
}
