//! Answering a query with sets: which docs of a register have all its parts, by tier.

use std::collections::BTreeMap;

use domain::text::{fold, is_blank};
use roaring::RoaringBitmap;
use rusqlite::{OptionalExtension, params};

use super::grams::{ANY, PINYIN, Part, SPACES};
use super::index::{BLOCK_BITS, first_doc, low, set};
use super::text;
use crate::error::Result;
use crate::read::Source;

/// Parts of a query beyond this are not looked at, nor characters of it beyond the next.
const PARTS_MAX: usize = 8;
const CHARS_MAX: usize = 200;

/// A typed query: parts that must all be found.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) parts: Vec<Part>,
}

impl Query {
    /// Reads what was typed; `None` when it holds nothing to look for.
    pub(crate) fn new(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().take(CHARS_MAX).collect();
        let mut parts: Vec<String> = typed
            .split(is_blank)
            .map(fold)
            .filter(|part| !part.is_empty())
            .collect();
        parts.dedup();
        parts.truncate(PARTS_MAX);
        let parts: Vec<Part> = parts.iter().map(|part| Part::new(part)).collect();
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// Whether the sets prove the text, so that hits need not be read.
    pub(crate) fn exact(&self) -> bool {
        self.parts.iter().all(|part| part.exact)
    }

    /// Whether a search text has all parts.
    pub(crate) fn held_by(&self, text: &str) -> bool {
        self.parts.iter().all(|part| {
            if part.text.is_ascii() {
                text::best(text, &part.text).is_some()
            } else {
                // The marks between the pieces are plain ASCII, so no part reaches over them.
                text.contains(&part.text)
            }
        })
    }

    /// The tier in which a search text has all parts: the worst of the best of each. With the
    /// field that holds the first part in that tier.
    pub(crate) fn tier_of<'a>(&self, text: &'a str) -> Option<(usize, &'a str)> {
        let mut worst: Option<(usize, &str)> = None;
        for part in &self.parts {
            let best = text::best(text, &part.text)?;
            if worst.is_none_or(|(tier, _)| best.0 > tier) {
                worst = Some(best);
            }
        }
        worst
    }
}

/// Docs of one block by tier, the best first; each doc stands in one.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) tiers: [RoaringBitmap; 4],
}

impl Block {
    fn len(&self) -> u64 {
        self.tiers.iter().map(RoaringBitmap::len).sum()
    }
}

/// What a query finds in one register.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Blocks by their number; without docs on the waiting list.
    pub(crate) blocks: BTreeMap<i64, Block>,
    /// Docs on the waiting list that have all parts, with their tier.
    pub(crate) waiting: BTreeMap<i64, usize>,
}

impl Found {
    /// How many docs, some of which may not hold the text when the query is not exact.
    pub(crate) fn len(&self) -> u64 {
        self.blocks.values().map(Block::len).sum::<u64>() + self.waiting.len() as u64
    }

    pub(crate) fn contains(&self, doc: i64) -> bool {
        self.waiting.contains_key(&doc)
            || self
                .blocks
                .get(&(doc >> BLOCK_BITS))
                .is_some_and(|block| block.tiers.iter().any(|tier| tier.contains(low(doc))))
    }

    /// All docs, the newest first, of one tier.
    pub(crate) fn docs_of(&self, tier: usize) -> impl Iterator<Item = i64> {
        let sets = self.blocks.iter().rev().flat_map(move |(block, sets)| {
            sets.tiers[tier]
                .iter()
                .rev()
                .map(move |low| (block << BLOCK_BITS) + i64::from(low))
        });
        let waiting = self
            .waiting
            .iter()
            .rev()
            .filter(move |(_, t)| **t == tier)
            .map(|(d, _)| *d);
        merge_down(sets, waiting)
    }

    /// All docs in no particular order.
    pub(crate) fn docs(&self) -> impl Iterator<Item = i64> {
        let sets = self.blocks.iter().flat_map(|(block, sets)| {
            sets.tiers.iter().flat_map(move |set| {
                set.iter()
                    .map(move |low| (block << BLOCK_BITS) + i64::from(low))
            })
        });
        sets.chain(self.waiting.keys().copied())
    }
}

/// Two falling sequences as one.
fn merge_down(
    one: impl Iterator<Item = i64>,
    other: impl Iterator<Item = i64>,
) -> impl Iterator<Item = i64> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(a), Some(b)) if a < b => other.next(),
        (Some(_), _) => one.next(),
        (None, _) => other.next(),
    })
}

/// Docs of the waiting list that have all parts, with their tier, and all docs on it.
pub(crate) struct WaitingList {
    docs: BTreeMap<i64, Option<usize>>,
}

impl WaitingList {
    pub(crate) fn read(src: Source<'_>, query: &Query) -> Result<Self> {
        let mut statement = src.conn.prepare_cached(
            "SELECT doc, text FROM search_pending LEFT JOIN search_doc USING (doc)",
        )?;
        let mut rows = statement.query([])?;
        let mut docs = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let text = row
                .get_ref(1)?
                .as_str_or_null()
                .map_err(rusqlite::Error::from)?;
            let tier = text
                .and_then(|text| query.tier_of(text))
                .map(|(tier, _)| tier);
            docs.insert(row.get(0)?, tier);
        }
        Ok(Self { docs })
    }

    fn between(&self, from: i64, to: i64) -> impl Iterator<Item = (i64, Option<usize>)> {
        self.docs.range(from..to).map(|(doc, tier)| (*doc, *tier))
    }
}

/// What the query finds in the register of this number. Without `tiers` all docs are given in the
/// last one, at a quarter of the reading.
pub(crate) fn find(
    src: Source<'_>,
    query: &Query,
    waiting: &WaitingList,
    register: i64,
    tiers: bool,
) -> Result<Found> {
    let mut found = Found::default();
    let (first, end) = (first_doc(register), first_doc(register + 1));
    // The newest block, for docs that the sets know.
    let last: Option<i64> = src
        .conn
        .prepare_cached(
            "SELECT block FROM search_block WHERE block >= ?1 AND block < ?2
             ORDER BY block DESC LIMIT 1",
        )?
        .query_row(params![first >> BLOCK_BITS, end >> BLOCK_BITS], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(last) = last {
        for block in (first >> BLOCK_BITS)..=last {
            let mut sets = block_sets(src, query, block, tiers)?;
            let start = block << BLOCK_BITS;
            for (doc, _) in waiting.between(start, start + (1 << BLOCK_BITS)) {
                for tier in &mut sets.tiers {
                    tier.remove(low(doc));
                }
            }
            if sets.len() > 0 {
                found.blocks.insert(block, sets);
            }
        }
    }
    for (doc, tier) in waiting.between(first, end) {
        if let Some(tier) = tier {
            found.waiting.insert(doc, tier);
        }
    }
    Ok(found)
}

/// The docs of a block that have the terms of all parts, by tier.
fn block_sets(src: Source<'_>, query: &Query, block: i64, tiers: bool) -> Result<Block> {
    // For each tier the docs that have all parts in this tier or a better one.
    let mut up_to: Option<[RoaringBitmap; 4]> = None;
    for part in &query.parts {
        let pinyin = if part.pinyin.is_empty() {
            RoaringBitmap::new()
        } else {
            all_of(src, block, PINYIN, &part.pinyin)?
        };
        let any = all_of(src, block, ANY, &part.grams)? | &pinyin;
        if any.is_empty() {
            return Ok(Block::default());
        }
        let mut sets = <[RoaringBitmap; 4]>::default();
        let mut sofar = RoaringBitmap::new();
        let spaces = if tiers { &SPACES[..] } else { &[] };
        for (tier, space) in spaces.iter().enumerate() {
            sofar |= all_of(src, block, *space, &part.grams)?;
            if tier == text::rank(domain::spec::SearchTier::Name) {
                sofar |= &pinyin;
            }
            sets[tier].clone_from(&sofar);
        }
        sets[3] = any;
        up_to = Some(match up_to {
            None => sets,
            Some(mut before) => {
                for (one, other) in before.iter_mut().zip(&sets) {
                    *one &= other;
                }
                before
            }
        });
    }
    let mut tiers = up_to.unwrap_or_default();
    for tier in (1..4).rev() {
        let better = std::mem::take(&mut tiers[tier - 1]);
        tiers[tier] -= &better;
        tiers[tier - 1] = better;
    }
    Ok(Block { tiers })
}

/// The docs of a block that have all these terms.
fn all_of(src: Source<'_>, block: i64, space: char, grams: &[String]) -> Result<RoaringBitmap> {
    let mut statement = src
        .conn
        .prepare_cached("SELECT docs FROM search_block WHERE block = ?1 AND term = ?2")?;
    let mut all: Option<RoaringBitmap> = None;
    for gram in grams {
        let found = statement
            .query_row(params![block, format!("{space}{gram}")], |row| {
                Ok(set(row.get_ref(0)?.as_blob()?))
            })
            .optional()?
            .transpose()?;
        let Some(found) = found else {
            return Ok(RoaringBitmap::new());
        };
        let met = match all {
            None => found,
            Some(before) => before & found,
        };
        if met.is_empty() {
            return Ok(met);
        }
        all = Some(met);
    }
    Ok(all.unwrap_or_default())
}

/// The tier in which a doc really has all parts, read from its text.
pub(crate) fn proved(src: Source<'_>, query: &Query, doc: i64) -> Result<Option<usize>> {
    let tier = with_text(src, doc, |text| query.tier_of(text).map(|(tier, _)| tier))?;
    Ok(tier.flatten())
}

/// Whether a doc really has all parts.
pub(crate) fn holds(src: Source<'_>, query: &Query, doc: i64) -> Result<bool> {
    Ok(with_text(src, doc, |text| query.held_by(text))?.unwrap_or(false))
}

fn with_text<T>(src: Source<'_>, doc: i64, f: impl FnOnce(&str) -> T) -> Result<Option<T>> {
    let mut statement = src
        .conn
        .prepare_cached("SELECT text FROM search_doc WHERE doc = ?1")?;
    let mut rows = statement.query([doc])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    Ok(Some(f(row
        .get_ref(0)?
        .as_str()
        .map_err(rusqlite::Error::from)?)))
}
