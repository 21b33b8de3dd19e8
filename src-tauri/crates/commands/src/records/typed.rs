//! Typed values and lines: read, checked against the spec, links resolved; every problem at once.

use domain::entry;
use domain::problem::{Problem, ProblemCode};
use domain::record::Record;
use domain::spec::RegisterSpec;
use domain::value::Values;
use serde_json::{Map, Value as Json};
use store::{Read, Tx};
use uuid::Uuid;

use super::faults;
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::{refer, words};

/// Typed values and lines, read and resolved.
pub(crate) struct Typed {
    pub(crate) values: Values,
    pub(crate) lines: Vec<(String, Vec<TypedLine>)>,
}

/// One typed line.
pub(crate) struct TypedLine {
    uuid: Option<Uuid>,
    remove: bool,
    values: Values,
}

/// Reads typed values for a register: every problem at once, links resolved.
pub(crate) fn read_typed(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    typed: &Map<String, Json>,
    refuse_read_only: bool,
) -> Outcome<Typed> {
    let mut read = entry::read(ctx.catalog, spec, typed, ctx.now());
    let mut problems = std::mem::take(&mut read.problems);
    if refuse_read_only {
        problems.extend(read_only(spec, &read.values));
    }
    problems.extend(refer::links(ctx, reader, spec, &mut read.values)?);
    let mut lines = Vec::new();
    for (field, rows) in read.lines {
        let line_register = spec
            .field(&field)
            .and_then(|f| f.lines.as_deref())
            .unwrap_or_default();
        let line_spec = ctx.spec(line_register)?;
        let mut typed_lines = Vec::new();
        for (at, row) in rows.into_iter().enumerate() {
            let (line, faults) = read_line(ctx, reader, line_spec, row, refuse_read_only)?;
            problems.extend(faults.into_iter().map(|mut p| {
                p.field = format!("{field}[{}].{}", at + 1, p.field);
                p
            }));
            typed_lines.push(line);
        }
        lines.push((line_register.to_owned(), typed_lines));
    }
    if problems.is_empty() {
        Ok(Typed {
            values: read.values,
            lines,
        })
    } else {
        Err(faults(ctx, spec, problems))
    }
}

/// Fields that only the program sets and that were typed all the same.
fn read_only(spec: &RegisterSpec, values: &Values) -> Vec<Problem> {
    spec.fields
        .iter()
        .filter(|f| f.read_only && values.has(&f.id))
        .map(|f| Problem::new(&f.id, ProblemCode::ReadOnly).with("label", &f.label))
        .collect()
}

fn read_line(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    mut row: Map<String, Json>,
    refuse_read_only: bool,
) -> Outcome<(TypedLine, Vec<Problem>)> {
    let uuid = row
        .remove("uuid")
        .and_then(|j| Uuid::parse_str(j.as_str()?).ok());
    let remove = row.remove("remove").is_some_and(|j| j == Json::Bool(true));
    let mut read = entry::read(ctx.catalog, spec, &row, ctx.now());
    let mut problems = read.problems;
    if refuse_read_only {
        problems.extend(read_only(spec, &read.values));
    }
    problems.extend(refer::links(ctx, reader, spec, &mut read.values)?);
    if uuid.is_none() {
        problems.extend(entry::missing_always(spec, &read.values));
    }
    Ok((
        TypedLine {
            uuid,
            remove,
            values: read.values,
        },
        problems,
    ))
}

/// That a line stands in this record: an identifier of another record's line is refused.
fn mine(tx: &Tx<'_>, record: &Record, register: &str, line: Uuid) -> Outcome<()> {
    match tx.line(register, line)? {
        Some(found) if found.parent == record.uuid => Ok(()),
        _ => {
            let word = words::say("register.line", &words::Facts::new());
            Err(CommandError::not_found(&word, &line.to_string()))
        }
    }
}

/// Writes the typed lines of a record: changes, removes, adds.
pub(super) fn write_lines(
    tx: &mut Tx<'_>,
    spec: &RegisterSpec,
    record: &Record,
    lines: &[(String, Vec<TypedLine>)],
) -> Outcome<()> {
    debug_assert!(spec.parent.is_none(), "lines stand in records");
    for (register, rows) in lines {
        for row in rows {
            if let Some(uuid) = row.uuid {
                mine(tx, record, register, uuid)?;
            }
            match (row.uuid, row.remove) {
                (Some(uuid), true) => tx.remove_line(register, uuid)?,
                (Some(uuid), false) => {
                    tx.update_line(register, uuid, None, &row.values)?;
                }
                (None, true) => {}
                (None, false) => {
                    tx.insert_line(register, record.uuid, &row.values)?;
                }
            }
        }
    }
    Ok(())
}
