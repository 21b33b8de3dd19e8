//! Pages of a register: filters, sort, text, totals. Field names are checked against the spec and
//! values are always bound, so nothing typed becomes SQL.

mod clause;
mod hanging;
mod matcher;
pub(crate) mod tally;

use domain::record::Record;
use domain::value::Value;
use rusqlite::{Row, params_from_iter};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::read::Source;
use crate::rows;
use crate::schema::{Selection, Table, quoted};
use crate::search::query::Query;
use matcher::Matcher;

pub use hanging::Hanging;

/// How a field is compared. Comparisons with nothing are false; ask with `IsNull`.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Equal.
    Eq(Value),
    /// Filled and different, or not filled.
    Ne(Value),
    /// Less, earlier.
    Lt(Value),
    /// At most.
    Le(Value),
    /// More, later.
    Gt(Value),
    /// At least.
    Ge(Value),
    /// From the first to the second, both included.
    Between(Value, Value),
    /// One of these.
    In(Vec<Value>),
    /// The text stands somewhere inside, compared as stored.
    Contains(String),
    /// The text stands at the beginning, compared as stored.
    StartsWith(String),
    /// Nothing was entered.
    IsNull,
    /// Something was entered.
    NotNull,
}

/// One condition of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// Field id, or one of `uuid number state row_version created_at updated_at`.
    pub field: String,
    /// How it is compared.
    pub test: Test,
}

impl Filter {
    /// A condition.
    #[must_use]
    pub fn new(field: &str, test: Test) -> Self {
        Self {
            field: field.to_owned(),
            test,
        }
    }

    /// The commonest condition.
    #[must_use]
    pub fn eq(field: &str, value: impl Into<Value>) -> Self {
        Self::new(field, Test::Eq(value.into()))
    }
}

/// Which records, as to the recycle bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bin {
    /// Those outside it.
    #[default]
    Outside,
    /// Only those in it.
    Inside,
    /// All.
    Both,
}

/// A page of a register.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Register id.
    pub register: String,
    /// Conditions that must all hold.
    pub filters: Vec<Filter>,
    /// Conditions on what hangs on the records; they must hold too.
    pub hanging: Vec<Hanging>,
    /// Text that must be found in the record, as in the search over everything.
    pub text: Option<String>,
    /// Sort fields; `true` for descending. Ties, and an empty list, go by newest record.
    pub sort: Vec<(String, bool)>,
    /// Whether deleted records count.
    pub bin: Bin,
    /// Only these fields are read into the records; `None` for all.
    pub fields: Option<Vec<String>>,
    /// Records to leave out at the beginning.
    pub offset: u64,
    /// The page begins behind this record; faster than a large offset.
    pub after: Option<Uuid>,
    /// At most so many records; `None` for all.
    pub limit: Option<u64>,
}

impl ListQuery {
    /// Everything outside the recycle bin, the newest first.
    #[must_use]
    pub fn of(register: &str) -> Self {
        Self {
            register: register.to_owned(),
            ..Self::default()
        }
    }

    /// With one more condition.
    #[must_use]
    pub fn filter(mut self, field: &str, test: Test) -> Self {
        self.filters.push(Filter::new(field, test));
        self
    }

    /// With one more condition on what hangs on the records.
    #[must_use]
    pub fn hanging(mut self, condition: Hanging) -> Self {
        self.hanging.push(condition);
        self
    }

    /// With one more sort field, ascending.
    #[must_use]
    pub fn sorted(mut self, field: &str) -> Self {
        self.sort.push((field.to_owned(), false));
        self
    }

    /// With one more sort field, descending.
    #[must_use]
    pub fn sorted_down(mut self, field: &str) -> Self {
        self.sort.push((field.to_owned(), true));
        self
    }

    /// With text to be found.
    #[must_use]
    pub fn containing(mut self, text: &str) -> Self {
        self.text = Some(text.to_owned());
        self
    }

    /// At most so many.
    #[must_use]
    pub fn take(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }
}

pub(crate) fn list(src: Source<'_>, query: &ListQuery) -> Result<Vec<Record>> {
    let table = src.shared.schema.register(&query.register)?;
    let chosen;
    let selection = match &query.fields {
        None => &table.whole,
        Some(names) => {
            chosen = some(table, names)?;
            &chosen
        }
    };
    let read = |row: &Row<'_>| rows::record(table, selection, row);
    if let Some(text) = query.text.as_deref().and_then(Query::new) {
        if let Some(records) = matcher::dense(src, table, query, &text, &selection.sql, read)? {
            return Ok(records);
        }
        let keys = Matcher::new(src, query, text)?.page(src, table, query)?;
        let mut statement = src
            .conn
            .prepare_cached(&format!("{} WHERE id = ?1", selection.sql))?;
        return keys
            .into_iter()
            .map(|key| Ok(statement.query_row([key], read)?))
            .collect();
    }
    let mut records = Vec::new();
    for page in clause::pages(src, table, query)? {
        let sql = format!("{}{}", selection.sql, page.tail(query, records.len()));
        let mut statement = src.conn.prepare_cached(&sql)?;
        for record in statement.query_map(params_from_iter(&page.params), read)? {
            records.push(record?);
        }
        let full = |limit| records.len() as u64 >= limit;
        if query.limit.is_some_and(full) {
            break;
        }
    }
    Ok(records)
}

/// The selection of these fields only.
fn some(table: &Table, names: &[String]) -> Result<Selection> {
    for name in names {
        table.field(name)?;
    }
    Ok(table.select(|field| names.contains(&field.id)))
}

pub(crate) fn count(src: Source<'_>, query: &ListQuery) -> Result<u64> {
    let table = src.shared.schema.register(&query.register)?;
    if let Some(text) = query.text.as_deref().and_then(Query::new) {
        let matcher = Matcher::new(src, query, text)?;
        let mut count = 0;
        let unfiltered = query.filters.is_empty() && query.hanging.is_empty();
        if unfiltered && query.bin != Bin::Inside {
            // Only records outside the recycle bin have docs.
            if matcher.query.exact() {
                return Ok(matcher.found.len());
            }
            for doc in matcher.found.docs() {
                count += u64::from(matcher.holds(src, doc - matcher.first)?);
            }
            return Ok(count);
        }
        matcher.walk(src, table, query, "", |_| {
            count += 1;
            true
        })?;
        return Ok(count);
    }
    let clause = clause::conditions(table, query)?;
    let sql = format!(
        "SELECT count(*) FROM {}{}",
        table.name(),
        clause.where_text()
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let count: i64 = statement.query_row(params_from_iter(&clause.params), |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

pub(crate) fn sum(src: Source<'_>, query: &ListQuery, field: &str) -> Result<i64> {
    let table = src.shared.schema.register(&query.register)?;
    let field = table.field(field)?;
    if field.kind.column_type() != "INTEGER" {
        return Err(Error::Query(format!("{} is no number", field.id)));
    }
    let column = quoted(&field.id);
    if let Some(text) = query.text.as_deref().and_then(Query::new) {
        let matcher = Matcher::new(src, query, text)?;
        let sql = format!(
            "SELECT coalesce({column}, 0) FROM {} WHERE id = ?1",
            table.name()
        );
        let mut statement = src.conn.prepare_cached(&sql)?;
        let mut keys = Vec::new();
        matcher.walk(src, table, query, "", |key| {
            keys.push(key);
            true
        })?;
        let mut sum: i64 = 0;
        for key in keys {
            sum += statement.query_row([key], |row| row.get::<_, i64>(0))?;
        }
        return Ok(sum);
    }
    let clause = clause::conditions(table, query)?;
    let sql = format!(
        "SELECT coalesce(sum({column}), 0) FROM {}{}",
        table.name(),
        clause.where_text()
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(&clause.params), |row| row.get(0))?)
}
