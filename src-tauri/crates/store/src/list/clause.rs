//! Filters, order and page limits as SQL. Every column name comes from the spec or from the list
//! below; every value is bound.

use domain::spec::{FieldKind, FieldSpec};
use domain::value::Value;
use rusqlite::types::Value as Sql;
use uuid::Uuid;

use super::{Bin, Filter, ListQuery, Test};
use crate::column::{is_sha256, stored_moment};
use crate::error::{Error, Result};
use crate::read::Source;
use crate::schema::{Table, quoted};

/// System columns that lists may filter and sort by.
const SYSTEM: [&str; 8] = [
    "uuid",
    "number",
    "state",
    "row_version",
    "created_at",
    "updated_at",
    "deleted_at",
    "deleted_reason",
];

/// Conditions that are joined by AND, with their values in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub(super) texts: Vec<String>,
    pub(super) params: Vec<Sql>,
}

impl Clause {
    pub(super) fn where_text(&self) -> String {
        if self.texts.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", self.texts.join(" AND "))
        }
    }

    fn add(&mut self, text: String, params: impl IntoIterator<Item = Sql>) {
        self.texts.push(text);
        self.params.extend(params);
    }
}

/// One query of a page. There are two when the page begins behind a record and goes on into those
/// that have nothing in the sort field.
#[derive(Debug, Clone)]
pub(super) struct Page {
    texts: Vec<String>,
    pub(super) params: Vec<Sql>,
    pub(super) order: String,
}

impl Page {
    pub(super) fn clause(&self) -> Clause {
        Clause {
            texts: self.texts.clone(),
            params: self.params.clone(),
        }
    }

    /// Everything behind the table's name, when `have` records are there already.
    pub(super) fn tail(&self, query: &ListQuery, have: usize) -> String {
        let limit = query.limit.map_or(-1, |limit| {
            i64::try_from(limit.saturating_sub(have as u64)).unwrap_or(i64::MAX)
        });
        let offset = if have == 0 { query.offset } else { 0 };
        format!(
            "{}{} LIMIT {limit} OFFSET {offset}",
            self.clause().where_text(),
            self.order
        )
    }
}

/// The conditions of a list, without its place and order.
pub(super) fn conditions(table: &Table, query: &ListQuery) -> Result<Clause> {
    let mut clause = Clause::default();
    match query.bin {
        Bin::Outside => clause.add("deleted_at IS NULL".to_owned(), []),
        Bin::Inside => clause.add("deleted_at IS NOT NULL".to_owned(), []),
        Bin::Both => {}
    }
    for filter in &query.filters {
        condition(&mut clause, table, filter)?;
    }
    for hanging in &query.hanging {
        let (text, params) = hanging.clause(table);
        clause.add(text, params);
    }
    Ok(clause)
}

/// The queries of which the page is made, in order.
pub(super) fn pages(src: Source<'_>, table: &Table, query: &ListQuery) -> Result<Vec<Page>> {
    let clause = conditions(table, query)?;
    let mut keys: Vec<(String, bool)> = Vec::new();
    for (field, down) in &query.sort {
        keys.push((column(table, field)?.0, *down));
    }
    // Ties go on in the direction of the last field, as its index does.
    let down = query.sort.last().is_none_or(|(_, down)| *down);
    keys.push(("id".to_owned(), down));
    let order: Vec<String> = keys
        .iter()
        .map(|(c, down)| format!("{c}{}", if *down { " DESC" } else { "" }))
        .collect();
    let order = format!(" ORDER BY {}", order.join(", "));
    let whole = |clause: Clause| Page {
        texts: clause.texts,
        params: clause.params,
        order: order.clone(),
    };
    let Some(after) = query.after else {
        return Ok(vec![whole(clause)]);
    };
    let place = place_of(src, table, &keys, after)?;
    let mut pages = Vec::new();
    for behind in behind(&keys, &place) {
        let mut page = clause.clone();
        page.add(behind.0, behind.1);
        pages.push(whole(page));
    }
    Ok(pages)
}

/// The sort values of the record that the page begins behind.
fn place_of(
    src: Source<'_>,
    table: &Table,
    keys: &[(String, bool)],
    after: Uuid,
) -> Result<Vec<Sql>> {
    let columns: Vec<&str> = keys.iter().map(|(column, _)| column.as_str()).collect();
    let sql = format!(
        "SELECT {} FROM {} WHERE uuid = ?1",
        columns.join(", "),
        table.name()
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let mut rows = statement.query([after.to_string()])?;
    let Some(row) = rows.next()? else {
        return Err(Error::NotFound {
            register: table.spec.id.clone(),
            uuid: after,
        });
    };
    (0..keys.len()).map(|at| Ok(row.get(at)?)).collect()
}

/// Conditions for "behind this place", to be asked one after the other. Nothing sorts before
/// everything, as SQLite has it.
fn behind(keys: &[(String, bool)], place: &[Sql]) -> Vec<(String, Vec<Sql>)> {
    let Some(((column, down), rest)) = keys.split_first() else {
        return Vec::new();
    };
    let value = &place[0];
    let deeper = behind(rest, &place[1..]);
    let mut all = Vec::new();
    for (text, params) in deeper {
        let (text, mut whole) = match value {
            Sql::Null => (format!("{column} IS NULL AND ({text})"), Vec::new()),
            value => (format!("{column} = ? AND ({text})"), vec![value.clone()]),
        };
        whole.extend(params);
        all.push((text, whole));
    }
    match (value, down) {
        (Sql::Null, true) => {}
        (Sql::Null, false) => all.push((format!("{column} IS NOT NULL"), Vec::new())),
        (value, false) => all.push((format!("{column} > ?"), vec![value.clone()])),
        (value, true) => {
            all.push((format!("{column} < ?"), vec![value.clone()]));
            if column != "id" {
                all.push((format!("{column} IS NULL"), Vec::new()));
            }
        }
    }
    all
}

/// A column that lists may name, with its field when it is one.
pub(super) fn column(table: &Table, id: &str) -> Result<(String, Option<&'static FieldSpec>)> {
    if SYSTEM.contains(&id) {
        return Ok((id.to_owned(), None));
    }
    let field = table.field(id)?;
    Ok((quoted(id), Some(field)))
}

fn condition(clause: &mut Clause, table: &Table, filter: &Filter) -> Result<()> {
    let (column, field) = column(table, &filter.field)?;
    let value = |v: &Value| bound(table, filter, field, v);
    let day = |v: &Value| match (field.map(|f| f.kind), v) {
        // A day stands for all its moments: their texts begin with the day's.
        (Some(FieldKind::Moment) | None, Value::Date(date)) => Some(*date),
        _ => None,
    };
    let text = |day: chrono::NaiveDate| Sql::Text(day.format("%Y-%m-%d").to_string());
    let next = |day: chrono::NaiveDate| text(day.succ_opt().unwrap_or(day));
    match &filter.test {
        Test::IsNull => clause.add(format!("{column} IS NULL"), []),
        Test::NotNull => clause.add(format!("{column} IS NOT NULL"), []),
        Test::Eq(v) => match day(v) {
            Some(d) => clause.add(
                format!("{column} >= ? AND {column} < ?"),
                [text(d), next(d)],
            ),
            None => match value(v)? {
                // Written out, so that an index over the ticked ones alone can answer.
                Sql::Integer(tick) if matches!(v, Value::Bool(_)) => {
                    clause.add(format!("{column} = {tick}"), []);
                }
                bound => clause.add(format!("{column} = ?"), [bound]),
            },
        },
        Test::Ne(v) => {
            clause.add(format!("({column} IS NULL OR {column} <> ?)"), [value(v)?]);
        }
        Test::Lt(v) => clause.add(
            format!("{column} < ?"),
            [day(v).map_or_else(|| value(v), |d| Ok(text(d)))?],
        ),
        Test::Ge(v) => clause.add(
            format!("{column} >= ?"),
            [day(v).map_or_else(|| value(v), |d| Ok(text(d)))?],
        ),
        Test::Le(v) => match day(v) {
            Some(d) => clause.add(format!("{column} < ?"), [next(d)]),
            None => clause.add(format!("{column} <= ?"), [value(v)?]),
        },
        Test::Gt(v) => match day(v) {
            Some(d) => clause.add(format!("{column} >= ?"), [next(d)]),
            None => clause.add(format!("{column} > ?"), [value(v)?]),
        },
        Test::Between(from, to) => {
            let one = |test: Test| Filter {
                field: filter.field.clone(),
                test,
            };
            condition(clause, table, &one(Test::Ge(from.clone())))?;
            condition(clause, table, &one(Test::Le(to.clone())))?;
        }
        Test::In(values) => {
            let marks = vec!["?"; values.len()].join(", ");
            let values: Vec<Sql> = values.iter().map(value).collect::<Result<_>>()?;
            clause.add(format!("{column} IN ({marks})"), values);
        }
        Test::Contains(part) => {
            clause.add(format!("instr({column}, ?) > 0"), [Sql::Text(part.clone())]);
        }
        Test::StartsWith(part) => {
            let end = format!("{part}{}", char::MAX);
            let range = [Sql::Text(part.clone()), Sql::Text(end)];
            clause.add(format!("{column} >= ? AND {column} < ?"), range);
        }
    }
    Ok(())
}

/// A value to compare with. Kinds must agree, or the comparison would silently find nothing.
fn bound(table: &Table, filter: &Filter, field: Option<&FieldSpec>, value: &Value) -> Result<Sql> {
    let fits = match (field.map(|f| f.kind), value) {
        (_, Value::Null) => return Ok(Sql::Null),
        (Some(FieldKind::File), Value::Text(text)) => is_sha256(text),
        (Some(FieldKind::Flag), Value::Bool(_)) | (Some(FieldKind::Date), Value::Date(_)) => true,
        (Some(FieldKind::Moment) | None, Value::Moment(_) | Value::Date(_)) => true,
        (Some(kind), Value::Int(_)) => {
            matches!(kind, FieldKind::Int | FieldKind::Money | FieldKind::Score)
        }
        (Some(kind), Value::Text(_)) => {
            kind.column_type() == "TEXT" && !matches!(kind, FieldKind::Date | FieldKind::Moment)
        }
        (None, Value::Text(_)) => filter.field != "row_version",
        (None, Value::Int(_)) => filter.field == "row_version",
        _ => false,
    };
    if !fits {
        return Err(Error::Query(format!(
            "{}.{}: value of another kind",
            table.name(),
            filter.field
        )));
    }
    Ok(match value {
        Value::Moment(moment) => Sql::Text(stored_moment(moment)),
        Value::Int(number) => Sql::Integer(*number),
        Value::Bool(tick) => Sql::Integer(i64::from(*tick)),
        other => other.stored().map_or(Sql::Null, Sql::Text),
    })
}
