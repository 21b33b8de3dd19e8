//! Pages of a register: filters, sort, text, totals. Field names are checked against the spec and
//! values are always bound, so nothing typed becomes SQL.

use domain::record::Record;
use domain::value::Value;
use uuid::Uuid;

use crate::error::Result;
use crate::read::Source;

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
    let _ = (src, query);
    unimplemented!()
}

pub(crate) fn count(src: Source<'_>, query: &ListQuery) -> Result<u64> {
    let _ = (src, query);
    unimplemented!()
}

pub(crate) fn sum(src: Source<'_>, query: &ListQuery, field: &str) -> Result<i64> {
    let _ = (src, query, field);
    unimplemented!()
}
