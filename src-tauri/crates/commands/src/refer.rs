//! How people name a record: by its number, its old number, its name or its identifier.

use domain::problem::{Problem, ProblemCode};
use domain::record::Record;
use domain::spec::{FieldKind, RegisterSpec};
use domain::value::{Value, Values};
use store::{ListQuery, Read, Test};
use uuid::Uuid;

use crate::context::Ctx;
use crate::error::{CommandError, Outcome};

/// What a name led to.
pub(crate) enum Found {
    /// One record.
    One(Box<Record>),
    /// Nothing.
    None,
    /// More than one, so that the name is not enough.
    Several,
}

/// Looks a record up by identifier, number, then by the register's title and code fields.
pub(crate) fn look_up(reader: &dyn Read, spec: &RegisterSpec, name: &str) -> Outcome<Found> {
    let name = name.trim();
    if let Ok(uuid) = Uuid::parse_str(name)
        && let Some(record) = reader.get(&spec.id, uuid)?
    {
        return Ok(Found::One(Box::new(record)));
    }
    if let Some(record) = reader.by_number(&spec.id, name)? {
        return Ok(Found::One(Box::new(record)));
    }
    for field in [
        "paper_number",
        "code",
        "original_no",
        spec.title.as_str(),
        "short_name",
    ] {
        let Some(field) = spec.field(field) else {
            continue;
        };
        // A long text is a description, not a name.
        if !matches!(field.kind, FieldKind::Text | FieldKind::Person) {
            continue;
        }
        let query = ListQuery::of(&spec.id)
            .filter(&field.id, Test::Eq(name.into()))
            .take(2);
        let mut page = reader.list(&query)?;
        match page.len() {
            0 => {}
            1 => return Ok(Found::One(Box::new(page.remove(0)))),
            _ => return Ok(Found::Several),
        }
    }
    Ok(Found::None)
}

/// The record that a person names.
///
/// # Errors
/// When there is none, or the name fits several.
pub(crate) fn record(reader: &dyn Read, spec: &RegisterSpec, name: &str) -> Outcome<Record> {
    match look_up(reader, spec, name)? {
        Found::One(record) => Ok(*record),
        Found::None => Err(CommandError::not_found(&spec.label, name)),
        Found::Several => Err(CommandError::bad_request(
            "several",
            [("what", spec.label.clone()), ("found", name.to_owned())],
        )),
    }
}

/// Puts identifiers where links were typed as numbers or names; answers what could not be found.
pub(crate) fn links(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    values: &mut Values,
) -> Outcome<Vec<Problem>> {
    let mut problems = Vec::new();
    for field in spec.fields.iter().filter(|f| f.kind == FieldKind::Link) {
        let (Some(typed), Some(target)) = (values.text(&field.id), field.target.as_deref()) else {
            continue;
        };
        let typed = typed.to_owned();
        let problem = |code| {
            Problem::new(&field.id, code)
                .with("label", &field.label)
                .with("found", &typed)
        };
        match look_up(reader, ctx.spec(target)?, &typed)? {
            Found::One(found) => values.set(&field.id, Value::Text(found.uuid.to_string())),
            Found::None => problems.push(problem(ProblemCode::LinkNotFound)),
            Found::Several => problems.push(problem(ProblemCode::LinkAmbiguous)),
        }
    }
    Ok(problems)
}
