//! The search over everything: any text of one or more characters, pinyin, tails of telephone
//! numbers, numbers, several words at once, over all registers.
//!
//! White space parts a query into words that must all be found. A record is ranked by the worst of
//! its words, each in the best tier that holds it; within a tier the newest record comes first.

mod excerpt;
pub(crate) mod grams;
pub(crate) mod index;
pub(crate) mod query;
pub(crate) mod text;

use std::collections::BTreeMap;

use domain::spec::SearchTier;
use rusqlite::OptionalExtension as _;
use uuid::Uuid;

use crate::deadlines::plain;
use crate::error::Result;
use crate::read::Source;
use crate::schema::{Table, quoted};

pub(crate) use index::Registers;
use query::{Found, Query, WaitingList, find, holds, proved};

/// Docs that one search reads to prove what the sets only suggest. Beyond it counts are upper
/// bounds.
const PROVE_MAX: usize = 8_000;

/// One record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Register id.
    pub register: String,
    /// The record.
    pub uuid: Uuid,
    /// Its number.
    pub number: Option<String>,
    /// The text of its title field.
    pub title: Option<String>,
    /// Its state.
    pub state: Option<String>,
    /// The tier that it was found in.
    pub tier: SearchTier,
    /// The field that holds the text: a field id, `number`, or `<line register>.<field>`.
    pub field: String,
    /// The field's text, cut around the place where it was found when it is long. Of fields with
    /// personal data always the whole text, so that it can be masked.
    pub excerpt: String,
}

/// How many records of a register were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterCount {
    /// Register id.
    pub register: String,
    /// How many.
    pub count: u64,
    /// False when `count` may include a few records that hold all pieces of a text of three or
    /// more characters but not side by side; it is never too small.
    pub exact: bool,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchResult {
    /// The first hits by tier, then the newest.
    pub hits: Vec<Hit>,
    /// Registers with hits, in the order of their ids.
    pub counts: Vec<RegisterCount>,
}

/// A record that was found, before its head is read.
struct Raw<'a> {
    table: &'a Table,
    tier: usize,
    doc: i64,
    created_at: String,
    hit: Hit,
}

pub(crate) fn search(src: Source<'_>, text: &str, limit: usize) -> Result<SearchResult> {
    let mut result = SearchResult::default();
    let Some(query) = Query::new(text) else {
        return Ok(result);
    };
    let waiting = WaitingList::read(src, &query)?;
    let mut budget = PROVE_MAX;
    let mut raw = Vec::new();
    for (register, number) in src.shared.registers.all() {
        let Ok(table) = src.shared.schema.register(register) else {
            continue;
        };
        let found = find(src, &query, &waiting, number, true)?;
        if found.len() == 0 {
            continue;
        }
        let mut prover = Prover {
            src,
            query: &query,
            budget: &mut budget,
            known: BTreeMap::new(),
        };
        for (tier, doc) in prover.first(&found, limit)? {
            raw.extend(head(src, table, tier, doc)?);
        }
        let count = prover.count(&found, register)?;
        if count.count > 0 {
            result.counts.push(count);
        }
    }
    raw.sort_by(|a, b| {
        a.tier
            .cmp(&b.tier)
            .then_with(|| b.created_at.cmp(&a.created_at))
            .then_with(|| b.doc.cmp(&a.doc))
    });
    raw.truncate(limit);
    for Raw {
        table,
        doc,
        mut hit,
        ..
    } in raw
    {
        excerpt::fill(src, table, &query, doc, &mut hit)?;
        result.hits.push(hit);
    }
    Ok(result)
}

/// Tells hits from docs that only have the terms of the query, as far as its budget goes.
struct Prover<'a> {
    src: Source<'a>,
    query: &'a Query,
    budget: &'a mut usize,
    /// Docs that were read, with their true tier.
    known: BTreeMap<i64, Option<usize>>,
}

impl Prover<'_> {
    /// The true tier of a doc that the sets put into `tier`; `Err` inside when the budget is spent.
    fn tier(&mut self, found: &Found, doc: i64, tier: usize) -> Result<Proof> {
        if self.query.exact() {
            return Ok(Proof::Known(Some(tier)));
        }
        if let Some(tier) = found.waiting.get(&doc) {
            return Ok(Proof::Known(Some(*tier)));
        }
        if let Some(tier) = self.known.get(&doc) {
            return Ok(Proof::Known(*tier));
        }
        if *self.budget == 0 {
            return Ok(Proof::Spent);
        }
        *self.budget -= 1;
        let tier = proved(self.src, self.query, doc)?;
        self.known.insert(doc, tier);
        Ok(Proof::Known(tier))
    }

    /// The first hits: best tier first, then the newest.
    fn first(&mut self, found: &Found, limit: usize) -> Result<Vec<(usize, i64)>> {
        let mut hits = Vec::new();
        // Docs whose true tier is worse than the sets say wait for their turn.
        let mut later: [Vec<i64>; 4] = Default::default();
        for tier in 0..4 {
            let mut here = std::mem::take(&mut later[tier]);
            for doc in found.docs_of(tier) {
                if hits.len() + here.len() >= limit && here.iter().all(|other| *other > doc) {
                    break;
                }
                match self.tier(found, doc, tier)? {
                    Proof::Known(Some(true_tier)) if true_tier == tier => here.push(doc),
                    Proof::Known(Some(true_tier)) => later[true_tier].push(doc),
                    Proof::Known(None) => {}
                    Proof::Spent => break,
                }
            }
            here.sort_unstable_by(|a, b| b.cmp(a));
            hits.extend(here.into_iter().map(|doc| (tier, doc)));
            if hits.len() >= limit {
                break;
            }
        }
        hits.truncate(limit);
        Ok(hits)
    }

    /// How many docs of a register hold the query.
    fn count(&mut self, found: &Found, register: &str) -> Result<RegisterCount> {
        let all = found.len();
        let named = |count, exact| RegisterCount {
            register: register.to_owned(),
            count,
            exact,
        };
        if self.query.exact() {
            return Ok(named(all, true));
        }
        let known = self.known.len() as u64 + found.waiting.len() as u64;
        let mut wrong = self.known.values().filter(|tier| tier.is_none()).count() as u64;
        let left = all.saturating_sub(known);
        if left > *self.budget as u64 {
            return Ok(named(all - wrong, false));
        }
        for doc in found.docs() {
            if !self.known.contains_key(&doc) && !found.waiting.contains_key(&doc) {
                *self.budget = self.budget.saturating_sub(1);
                wrong += u64::from(!holds(self.src, self.query, doc)?);
            }
        }
        Ok(named(all - wrong, true))
    }
}

/// What reading a doc told.
enum Proof {
    Known(Option<usize>),
    Spent,
}

/// The head of a record: what a line of the result shows of it.
fn head<'a>(src: Source<'_>, table: &'a Table, tier: usize, doc: i64) -> Result<Option<Raw<'a>>> {
    let sql = format!(
        "SELECT uuid, number, {}, state, created_at FROM {} WHERE id = ?1",
        quoted(&table.spec.title),
        table.name()
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let raw = statement.query_row([index::key_of(doc)], |row| {
        let hit = Hit {
            register: table.spec.id.clone(),
            uuid: crate::rows::uuid(row.get_ref(0)?),
            number: row.get(1)?,
            title: plain(row.get_ref(2)?),
            state: row.get(3)?,
            tier: text::TIERS[tier],
            field: String::new(),
            excerpt: String::new(),
        };
        Ok(Raw {
            table,
            tier,
            doc,
            created_at: row.get(4)?,
            hit,
        })
    });
    Ok(raw.optional()?)
}
