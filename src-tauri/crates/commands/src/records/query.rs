//! From typed conditions to the store's query: fields by id or label, values as people type them,
//! and conditions on what hangs on a record.

use domain::entry;
use domain::spec::RegisterSpec;
use domain::value::{Value, Values};
use serde_json::Value as Json;
use store::{Hanging, ListQuery, Read, Test};

use super::span::{day_start_after, span};
use super::{Condition, ListRecords, PAGE_MAX, faults};
use crate::context::Ctx;
use crate::error::{Code, CommandError, Outcome};
use crate::{case, refer, words};

/// The store's query for what was asked.
pub(crate) fn query(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    ask: &ListRecords,
) -> Outcome<ListQuery> {
    let text = ask.text.as_deref();
    let mut query = selection(ctx, reader, spec, &ask.filters, text)?;
    query.limit = Some(u64::from(ask.limit.min(PAGE_MAX)));
    query.offset = u64::from(ask.offset);
    for key in &ask.sort {
        let (field, descending) = key
            .strip_prefix('-')
            .map_or((key.as_str(), false), |f| (f, true));
        let field = field_id(spec, field)?;
        query.sort.push((field, descending));
    }
    Ok(query)
}

/// The records that fit, without page and order.
pub(crate) fn selection(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    filters: &[Condition],
    text: Option<&str>,
) -> Outcome<ListQuery> {
    let mut query = ListQuery::of(&spec.id);
    for condition in filters {
        query = add(ctx, reader, spec, query, condition)?;
    }
    if let Some(text) = text.filter(|t| !t.trim().is_empty()) {
        query = query.containing(text);
    }
    Ok(query)
}

fn add(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    query: ListQuery,
    condition: &Condition,
) -> Outcome<ListQuery> {
    if let Some(about) = condition.field.strip_prefix('@') {
        return hanging(ctx, spec, query, about, condition);
    }
    let (field, test) = test(ctx, reader, spec, condition)?;
    Ok(query.filter(&field, test))
}

/// Days that count as soon, after today.
const SOON: u64 = 3;

/// A condition on deadlines, papers or being closed.
fn hanging(
    ctx: &Ctx,
    spec: &RegisterSpec,
    query: ListQuery,
    about: &str,
    condition: &Condition,
) -> Outcome<ListQuery> {
    let now = ctx.now();
    let bad = || {
        let found = format!("{}{}{}", condition.field, condition.op, condition.value);
        CommandError::bad_request("bad_condition", [("found", found)])
    };
    if condition.op != "=" {
        return Err(bad());
    }
    let tomorrow = day_start_after(&now, 1);
    let hanging = match (about, condition.value.trim()) {
        ("deadline", "overdue") => Hanging::DueBefore(now),
        ("deadline", "today") => Hanging::DueBetween(now, tomorrow),
        ("deadline", "soon") => Hanging::DueBetween(tomorrow, day_start_after(&now, SOON + 1)),
        ("deadline", "none") => Hanging::NothingDue,
        ("deadline", "late") => Hanging::WasLate,
        ("deadline", "in_time") => Hanging::NeverLate,
        ("papers", "out") => Hanging::PaperOut,
        ("closed", yes @ ("yes" | "no")) => {
            let workflow = case::workflow(&spec.id).ok_or_else(bad)?;
            let list = ctx.catalog.list(&format!("{}_state", spec.id));
            let states = list.into_iter().flat_map(|list| &list.choices);
            let wanted = states
                .filter(|state| workflow.is_closed(&state.code) == (yes == "yes"))
                .map(|state| Value::from(state.code.as_str()));
            return Ok(query.filter("state", Test::In(wanted.collect())));
        }
        _ => return Err(bad()),
    };
    Ok(query.hanging(hanging))
}

/// A field named by its id or its Chinese label; `number` and `state` are always there.
fn field_id(spec: &RegisterSpec, name: &str) -> Outcome<String> {
    if matches!(name, "number" | "编号") {
        return Ok("number".to_owned());
    }
    if matches!(name, "state" | "状态") && spec.initial_state.is_some() {
        return Ok("state".to_owned());
    }
    if matches!(name, "created_at" | "updated_at") {
        return Ok(name.to_owned());
    }
    let found = spec.stored().find(|f| f.id == name || f.label == name);
    found.map(|f| f.id.clone()).ok_or_else(|| {
        let facts = words::facts([("field", name.to_owned())]);
        CommandError::new(Code::BadRequest, "problem.unknown_field", &facts)
    })
}

fn test(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    condition: &Condition,
) -> Outcome<(String, Test)> {
    let field = field_id(spec, &condition.field)?;
    let typed = condition.value.trim();
    let bad =
        |found: &str| CommandError::bad_request("bad_condition", [("found", found.to_owned())]);
    match condition.op.as_str() {
        "empty" => return Ok((field, Test::IsNull)),
        "filled" => return Ok((field, Test::NotNull)),
        "~" => return Ok((field, Test::Contains(typed.to_owned()))),
        "within" => {
            let (from, to) = span(typed, ctx.now().date_naive()).ok_or_else(|| bad(typed))?;
            return Ok((field, Test::Between(from.into(), to.into())));
        }
        "in" => {
            let words = typed.split(',').filter(|word| !word.trim().is_empty());
            let values = words
                .map(|word| condition_value(ctx, reader, spec, &field, word.trim()))
                .collect::<Outcome<Vec<_>>>()?;
            return Ok((field, Test::In(values)));
        }
        _ => {}
    }
    let value = condition_value(ctx, reader, spec, &field, typed)?;
    let test = match condition.op.as_str() {
        "=" => Test::Eq(value),
        "!=" => Test::Ne(value),
        "<" => Test::Lt(value),
        "<=" => Test::Le(value),
        ">" => Test::Gt(value),
        ">=" => Test::Ge(value),
        other => return Err(bad(other)),
    };
    Ok((field, test))
}

/// The value of a condition: a state or choice by code or label, a link by name, dates as typed.
fn condition_value(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    field: &str,
    typed: &str,
) -> Outcome<Value> {
    if field == "state" {
        let list = ctx.catalog.list(&format!("{}_state", spec.id));
        let code = list
            .and_then(|l| l.by_word(typed))
            .map_or(typed, |c| c.code.as_str());
        return Ok(Value::from(code));
    }
    let Some(field) = spec.field(field) else {
        return Ok(Value::from(typed));
    };
    let mut values = Values::new();
    match entry::value(ctx.catalog, field, &Json::from(typed), ctx.now()) {
        Ok(value) => values.set(&field.id, value),
        Err(problem) => return Err(faults(ctx, spec, vec![problem])),
    }
    let problems = refer::links(ctx, reader, spec, &mut values)?;
    if !problems.is_empty() {
        return Err(faults(ctx, spec, problems));
    }
    Ok(values.get(&field.id).clone())
}
