//! Lists with a text: the search index says which records hold it, SQLite filters and sorts them.

use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;

use super::ListQuery;
use super::clause::{self, Clause};
use crate::error::Result;
use crate::read::Source;
use crate::schema::Table;
use crate::search::index::first_doc;
use crate::search::query::{Found, Query, WaitingList, find, proved};

/// At most so many records with the text are named to SQLite one by one; when there are more, the
/// list is walked in its order and asked of each.
const NAMED_MAX: u64 = 100_000;

/// The records of a register that hold the text of a list.
pub(super) struct Matcher {
    pub(super) query: Query,
    pub(super) found: Found,
    pub(super) first: i64,
}

impl Matcher {
    /// `None` when the list has no text to look for.
    pub(super) fn new(src: Source<'_>, list: &ListQuery) -> Result<Option<Self>> {
        let Some(query) = list.text.as_deref().and_then(Query::new) else {
            return Ok(None);
        };
        let Some(register) = src.shared.registers.id(&list.register) else {
            return Ok(Some(Self {
                query,
                found: Found::default(),
                first: 0,
            }));
        };
        let waiting = WaitingList::read(src, &query)?;
        let found = find(src, &query, &waiting, register)?;
        Ok(Some(Self {
            query,
            found,
            first: first_doc(register),
        }))
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
        Ok(proved(src, &self.query, doc)?.is_some())
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
        if plan.iter().any(|step| step.contains("TEMP B-TREE")) {
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
