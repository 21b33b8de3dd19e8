//! From typed conditions to the store's query: fields by id or label, values as people type them.

use domain::entry;
use domain::spec::RegisterSpec;
use domain::value::{Value, Values};
use serde_json::Value as Json;
use store::{ListQuery, Read, Test};

use super::{Condition, ListRecords, PAGE_MAX, faults};
use crate::context::Ctx;
use crate::error::{Code, CommandError, Outcome};
use crate::{refer, words};

/// The store's query for what was asked.
pub(crate) fn query(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    ask: &ListRecords,
) -> Outcome<ListQuery> {
    let mut query = ListQuery::of(&spec.id).take(u64::from(ask.limit.min(PAGE_MAX)));
    query.offset = u64::from(ask.offset);
    for condition in &ask.filters {
        let (field, test) = test(ctx, reader, spec, condition)?;
        query = query.filter(&field, test);
    }
    if let Some(text) = ask.text.as_deref().filter(|t| !t.trim().is_empty()) {
        query = query.containing(text);
    }
    for key in &ask.sort {
        let (field, descending) = key
            .strip_prefix('-')
            .map_or((key.as_str(), false), |f| (f, true));
        let field = field_id(spec, field)?;
        query.sort.push((field, descending));
    }
    Ok(query)
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
    match condition.op.as_str() {
        "empty" => return Ok((field, Test::IsNull)),
        "filled" => return Ok((field, Test::NotNull)),
        "~" => return Ok((field, Test::Contains(typed.to_owned()))),
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
        other => {
            return Err(CommandError::bad_request(
                "bad_condition",
                [("found", other.to_owned())],
            ));
        }
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
