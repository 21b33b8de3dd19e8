//! Figures over a list: records by a field, days between two fields, the values used most.

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params_from_iter};

use super::ListQuery;
use super::clause::{self, Clause};
use super::matcher::Matcher;
use crate::error::Result;
use crate::read::Source;
use crate::schema::{Table, quoted};
use crate::search::query::Query;

/// The conditions of a list; its text becomes the records that hold it.
fn conditions(src: Source<'_>, table: &Table, query: &ListQuery) -> Result<Clause> {
    let mut clause = clause::conditions(table, query)?;
    if let Some(text) = query.text.as_deref().and_then(Query::new) {
        let matcher = Matcher::new(src, query, text)?;
        let mut keys: Vec<i64> = Vec::new();
        matcher.walk(src, table, query, "", |key| {
            keys.push(key);
            true
        })?;
        clause
            .texts
            .push("id IN (SELECT value FROM json_each(?))".to_owned());
        clause
            .params
            .push(Sql::Text(serde_json::Value::from(keys).to_string()));
    }
    Ok(clause)
}

/// How many records there are of each value of a text field.
pub(crate) fn by_value(
    src: Source<'_>,
    query: &ListQuery,
    field: &str,
) -> Result<Vec<(Option<String>, u64)>> {
    let table = src.shared.schema.register(&query.register)?;
    let (column, _) = clause::column(table, field)?;
    let clause = conditions(src, table, query)?;
    let sql = format!(
        "SELECT {column}, count(*) FROM {}{} GROUP BY {column} ORDER BY {column}",
        table.name(),
        clause.where_text()
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&clause.params), |row| {
        let count: i64 = row.get(1)?;
        Ok((
            crate::deadlines::plain(row.get_ref(0)?),
            u64::try_from(count).unwrap_or(0),
        ))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The mean of the whole days between two fields, over the records that have both.
pub(crate) fn mean_days(
    src: Source<'_>,
    query: &ListQuery,
    from: &str,
    to: &str,
) -> Result<Option<f64>> {
    let table = src.shared.schema.register(&query.register)?;
    let ((from, _), (to, _)) = (clause::column(table, from)?, clause::column(table, to)?);
    let mut clause = conditions(src, table, query)?;
    clause.texts.push(format!("{to} IS NOT NULL"));
    let day = |column: &str| format!("julianday(substr({column}, 1, 10))");
    let sql = format!(
        "SELECT avg(max({} - {}, 0)) FROM {}{}",
        day(&to),
        day(&from),
        table.name(),
        clause.where_text()
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let mean = statement
        .query_row(params_from_iter(&clause.params), |row| row.get(0))
        .optional()?;
    Ok(mean.flatten())
}

/// The values of a text field in the newest `among` records or lines, the most used first.
pub(crate) fn used_most(
    src: Source<'_>,
    register: &str,
    field: &str,
    among: u32,
) -> Result<Vec<String>> {
    let table = src.shared.schema.any(register)?;
    let column = quoted(&table.field(field)?.id);
    let sql = format!(
        "SELECT held FROM (SELECT id, {column} AS held FROM {} WHERE deleted_at IS NULL
            ORDER BY id DESC LIMIT {among})
         WHERE held IS NOT NULL GROUP BY held ORDER BY count(*) DESC, max(id) DESC",
        table.name()
    );
    let mut statement = src.conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok(crate::deadlines::plain(row.get_ref(0)?)))?;
    let values: Vec<Option<String>> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(values.into_iter().flatten().collect())
}
