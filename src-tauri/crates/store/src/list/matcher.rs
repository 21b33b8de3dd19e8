//! Lists with a text: the search index says which records hold it, SQLite filters and sorts them.

use domain::record::Record;
use rusqlite::types::Value as Sql;
use rusqlite::{Row, params_from_iter};

use super::ListQuery;
use super::clause::{self, Clause};
use crate::error::Result;
use crate::read::Source;
use crate::schema::Table;
use crate::search::index::first_doc;
use crate::search::query::{Found, Query, WaitingList, find, holds};

/// At most so many records with the text are named to SQLite one by one; when there are more, the
/// list is walked in its order and asked of each.
const NAMED_MAX: u64 = 100_000;

/// A text that so many of the first records do not hold once in [`DENSE_ONE_IN`] is left to the
/// index.
const DENSE_TRIAL: usize = 48;
const DENSE_ONE_IN: usize = 4;
/// Pages that reach further than this are left to the index.
const DENSE_PAGE: u64 = 1_000;

/// Fills the page by reading the records of the list in their order, as `LIKE` would, which is
/// fastest for a text that most of them hold. `None` when it is not such a text, or the list has
/// no index for its order.
pub(super) fn dense(
    src: Source<'_>,
    table: &Table,
    list: &ListQuery,
    text: &Query,
    select: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<Record>,
) -> Result<Option<Vec<Record>>> {
    let wanted = list.offset.saturating_add(list.limit.unwrap_or(u64::MAX));
    let pages = clause::pages(src, table, list)?;
    let (Some(register), Some(page)) = (src.shared.registers.id(table.name()), pages.first())
    else {
        return Ok(None);
    };
    let clause = page.clause();
    if wanted > DENSE_PAGE || sorts(src, table, &clause, &page.order)? {
        return Ok(None);
    }
    let sql = format!("{select}{}{}", clause.where_text(), page.order);
    let mut statement = src.conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&clause.params))?;
    let (mut seen, mut held, mut records) = (0, 0, Vec::new());
    while let Some(row) = rows.next()? {
        seen += 1;
        let key: i64 = row.get(0)?;
        if holds(src, text, first_doc(register) + key)? {
            held += 1;
            if held > list.offset {
                records.push(read(row)?);
            }
            if held == wanted {
                return Ok(Some(records));
            }
        }
        let sparse = held.saturating_mul(DENSE_ONE_IN as u64) < seen as u64;
        if seen >= DENSE_TRIAL && sparse {
            return Ok(None);
        }
    }
    Ok((pages.len() == 1).then_some(records))
}

/// Whether SQLite would have to sort for this order.
fn sorts(src: Source<'_>, table: &Table, clause: &Clause, order: &str) -> Result<bool> {
    let sql = format!(
        "EXPLAIN QUERY PLAN SELECT id FROM {}{}{order}",
        table.name(),
        clause.where_text()
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let plan = statement
        .query_map(params_from_iter(&clause.params), |row| {
            row.get::<_, String>(3)
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(plan.iter().any(|step| step.contains("TEMP B-TREE")))
}

/// The records of a register that hold the text of a list.
pub(super) struct Matcher {
    pub(super) query: Query,
    pub(super) found: Found,
    pub(super) first: i64,
}

impl Matcher {
    /// Asks the index for the records of the list's register.
    pub(super) fn new(src: Source<'_>, list: &ListQuery, query: Query) -> Result<Self> {
        let (mut found, mut first) = (Found::default(), 0);
        if let Some(register) = src.shared.registers.id(&list.register) {
            let waiting = WaitingList::read(src, &query)?;
            found = find(src, &query, &waiting, register, false)?;
            first = first_doc(register);
        }
        Ok(Self {
            query,
            found,
            first,
        })
    }

    /// Whether the record really holds the text.
    pub(super) fn holds(&self, src: Source<'_>, key: i64) -> Result<bool> {
        let doc = self.first + key;
        if !self.found.contains(doc) {
            return Ok(false);
        }
        if self.query.exact() || self.found.waiting.contains_key(&doc) {
            return Ok(true);
        }
        holds(src, &self.query, doc)
    }

    /// The keys of one page, in the order of the list.
    pub(super) fn page(
        &self,
        src: Source<'_>,
        table: &Table,
        list: &ListQuery,
    ) -> Result<Vec<i64>> {
        let mut keys = Vec::new();
        let mut skip = list.offset;
        for page in clause::pages(src, table, list)? {
            let full = |keys: &Vec<i64>| list.limit.is_some_and(|l| keys.len() as u64 >= l);
            if full(&keys) {
                break;
            }
            let wanted = list.limit.map(|limit| limit.saturating_add(list.offset));
            self.walk_clause(src, table, &page.clause(), &page.order, wanted, |key| {
                if skip > 0 {
                    skip -= 1;
                } else {
                    keys.push(key);
                }
                !full(&keys)
            })?;
        }
        Ok(keys)
    }

    /// Calls `take` with the keys of all records of the list, until it says no.
    pub(super) fn walk(
        &self,
        src: Source<'_>,
        table: &Table,
        list: &ListQuery,
        order: &str,
        take: impl FnMut(i64) -> bool,
    ) -> Result<()> {
        let clause = clause::conditions(table, list)?;
        self.walk_clause(src, table, &clause, order, None, take)
    }

    /// Up to how many records it is cheaper to name them and sort than to walk the list. A walk
    /// looks at rows / found records for each that it takes; naming costs about three looks each.
    /// Where no index gives the order, a walk sorts everything and naming nearly always wins.
    fn named_max(
        &self,
        src: Source<'_>,
        table: &Table,
        clause: &Clause,
        order: &str,
        page: Option<u64>,
    ) -> Result<u64> {
        let sql = format!("SELECT max(id) FROM {}", table.name());
        let rows: Option<i64> = src
            .conn
            .prepare_cached(&sql)?
            .query_row([], |row| row.get(0))?;
        let rows = u64::try_from(rows.unwrap_or(0)).unwrap_or(0);
        let Some(page) = page else {
            return Ok(NAMED_MAX.min(rows / 2));
        };
        if sorts(src, table, clause, order)? {
            return Ok(NAMED_MAX);
        }
        Ok(NAMED_MAX.min((rows.saturating_mul(page) / 3).isqrt()))
    }

    fn walk_clause(
        &self,
        src: Source<'_>,
        table: &Table,
        clause: &Clause,
        order: &str,
        page: Option<u64>,
        mut take: impl FnMut(i64) -> bool,
    ) -> Result<()> {
        let mut clause = clause.clone();
        if self.found.len() <= self.named_max(src, table, &clause, order, page)? {
            let keys: Vec<i64> = self.found.docs().map(|doc| doc - self.first).collect();
            clause
                .texts
                .push("id IN (SELECT value FROM json_each(?))".to_owned());
            clause
                .params
                .push(Sql::Text(serde_json::Value::from(keys).to_string()));
        }
        let sql = format!(
            "SELECT id FROM {}{}{order}",
            table.name(),
            clause.where_text()
        );
        let mut statement = src.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&clause.params))?;
        while let Some(row) = rows.next()? {
            let key = row.get(0)?;
            if self.holds(src, key)? && !take(key) {
                break;
            }
        }
        Ok(())
    }
}
