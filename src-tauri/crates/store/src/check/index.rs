//! The search index against the records: texts as they would be made now, sets as the texts say.

use std::collections::{BTreeSet, HashMap};

use roaring::RoaringBitmap;
use rusqlite::{OptionalExtension, params};

use super::{FindingKind, Findings};
use crate::error::Result;
use crate::read::Source;
use crate::schema::Table;
use crate::search::grams::terms;
use crate::search::index::{BLOCK_BITS, first_doc, key_of, low, set};
use crate::search::text;

pub(super) fn verify(src: Source<'_>, findings: &mut Findings) -> Result<()> {
    for (register, number) in src.shared.registers.all() {
        let Ok(table) = src.shared.schema.register(register) else {
            continue;
        };
        texts(src, table, number, findings)?;
        let sql = "SELECT DISTINCT block FROM search_block WHERE block >= ?1 AND block < ?2";
        let mut statement = src.conn.prepare(sql)?;
        let bounds = params![
            first_doc(number) >> BLOCK_BITS,
            first_doc(number + 1) >> BLOCK_BITS
        ];
        let stored: BTreeSet<i64> = statement
            .query_map(bounds, |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let last: Option<i64> = src
            .conn
            .query_row(
                "SELECT max(doc) >> ?3 FROM search_doc WHERE doc >= ?1 AND doc < ?2",
                params![first_doc(number), first_doc(number + 1), BLOCK_BITS],
                |row| row.get(0),
            )
            .optional()?
            .flatten();
        let first = first_doc(number) >> BLOCK_BITS;
        let wanted = last.map_or(first..first, |last| first..last + 1);
        for block in stored.into_iter().chain(wanted).collect::<BTreeSet<_>>() {
            sets(src, register, block, findings)?;
        }
    }
    Ok(())
}

/// Every record outside the recycle bin has the text that would be made now, and no other doc is
/// there.
fn texts(src: Source<'_>, table: &Table, number: i64, findings: &mut Findings) -> Result<()> {
    let mut docs = src
        .conn
        .prepare("SELECT doc, text FROM search_doc WHERE doc >= ?1 AND doc < ?2 ORDER BY doc")?;
    let mut rows = docs.query(params![first_doc(number), first_doc(number + 1)])?;
    let mut seen: u64 = 0;
    while let Some(row) = rows.next()? {
        let (doc, found): (i64, String) = (row.get(0)?, row.get(1)?);
        if text::of_record(src, table, key_of(doc))?.as_ref() != Some(&found) {
            let place = format!("{} {}", table.name(), key_of(doc));
            findings.add(FindingKind::SearchDrift, place, "text is not of today");
        }
        seen += 1;
    }
    if table.fields.iter().any(|f| f.search.is_some()) {
        let sql = format!(
            "SELECT id FROM {} WHERE deleted_at IS NULL ORDER BY id",
            table.name()
        );
        let mut statement = src.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut there: u64 = 0;
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(0)?;
            let known = src
                .conn
                .prepare_cached("SELECT 1 FROM search_doc WHERE doc = ?1")?
                .exists([first_doc(number) + key])?;
            // A record may have nothing to be found by.
            if known {
                there += 1;
            } else if text::of_record(src, table, key)?.is_some() {
                let place = format!("{} {key}", table.name());
                findings.add(FindingKind::SearchDrift, place, "not in the index");
            }
        }
        if there != seen {
            findings.add(
                FindingKind::SearchDrift,
                table.name(),
                "docs without a record",
            );
        }
    }
    Ok(())
}

/// The sets of a block hold exactly the terms of its docs, as far as the sets know them.
fn sets(src: Source<'_>, register: &str, block: i64, findings: &mut Findings) -> Result<()> {
    let mut wanted: HashMap<String, RoaringBitmap> = HashMap::new();
    let mut docs = src.conn.prepare_cached(
        "SELECT doc, iif(p.doc IS NULL, d.text, p.indexed) FROM
            (SELECT doc FROM search_doc WHERE doc >= ?1 AND doc < ?2
             UNION SELECT doc FROM search_pending WHERE doc >= ?1 AND doc < ?2)
         LEFT JOIN search_doc AS d USING (doc) LEFT JOIN search_pending AS p USING (doc)",
    )?;
    let mut rows = docs.query(params![block << BLOCK_BITS, (block + 1) << BLOCK_BITS])?;
    while let Some(row) = rows.next()? {
        let doc: i64 = row.get(0)?;
        let text: Option<String> = row.get(1)?;
        terms(text.as_deref().unwrap_or_default(), |term| {
            match wanted.get_mut(term) {
                Some(set) => {
                    set.insert(low(doc));
                }
                None => {
                    wanted.insert(term.to_owned(), RoaringBitmap::from_iter([low(doc)]));
                }
            }
        });
    }
    let mut stored = src
        .conn
        .prepare_cached("SELECT term, docs FROM search_block WHERE block = ?1")?;
    let mut rows = stored.query([block])?;
    let mut good = true;
    while let Some(row) = rows.next()? {
        let term: String = row.get(0)?;
        let found = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        good &= wanted.remove(&term) == set(found).ok();
    }
    if !good || !wanted.is_empty() {
        let place = format!("{register} block {block}");
        findings.add(FindingKind::SearchDrift, place, "sets differ from texts");
    }
    Ok(())
}
