//! A register as a workbook.

use std::path::Path;

use domain::spec::{FieldKind, FieldSpec};
use domain::value::Value;
use exchange::{ColumnKind, Out, OutColumn, TableOptions, column_kind, out_cell, write_table};
use store::{ListQuery, Read};

use super::fault_of;
use crate::context::Ctx;
use crate::error::Outcome;
use crate::view::{Viewer, masked, plain_text, state_label};
use crate::words;

/// How many records are read at a time, so that a large register is never in memory whole.
const AT_A_TIME: u64 = 2_000;

/// Writes a register to a workbook, personal data masked unless asked for; answers the rows.
///
/// # Errors
/// When the place cannot be written.
pub fn export_register(ctx: &Ctx, register: &str, path: &Path, unmask: bool) -> Outcome<u64> {
    let spec = ctx.register(register)?;
    let fields: Vec<&FieldSpec> = spec
        .stored()
        .filter(|f| f.kind != FieldKind::File)
        .collect();
    let column = |header: &str, kind: ColumnKind, width: f64| OutColumn {
        header: header.to_owned(),
        kind,
        width,
    };
    let mut columns = vec![column("编号", ColumnKind::Text, 22.0)];
    if spec.initial_state.is_some() {
        columns.push(column("状态", ColumnKind::Text, 12.0));
    }
    columns.extend(fields.iter().map(|f| {
        let width = f.column.as_ref().map_or(14.0, |c| f64::from(c.width) / 8.0);
        column(&f.label, column_kind(f), width)
    }));
    let reader = ctx.reader()?;
    let mut query = ListQuery::of(&spec.id).take(AT_A_TIME);
    query.sort = spec.event.iter().map(|e| (e.clone(), false)).collect();
    let mut viewer = Viewer::new(ctx, &reader, !unmask);
    let mut rows: Vec<Vec<Out>> = Vec::new();
    loop {
        let page = reader.list(&query)?;
        let more = page.len() as u64 == AT_A_TIME;
        for record in &page {
            let mut row = vec![Out::Text(record.number.clone().unwrap_or_default())];
            if let Some(state) = &record.state {
                row.push(Out::Text(state_label(ctx.catalog, &spec.id, state)));
            }
            for field in &fields {
                row.push(cell(
                    ctx,
                    &mut viewer,
                    field,
                    record.values.get(&field.id),
                    unmask,
                )?);
            }
            rows.push(row);
        }
        query.offset += AT_A_TIME;
        if !more {
            break;
        }
    }
    let say = |key: &str| words::say(&format!("export.{key}"), &words::Facts::new());
    let options = TableOptions {
        sheet: spec.label.clone(),
        created: ctx.now(),
        continued: say("continued"),
        rest_sheet: say("rest_sheet"),
        rest_headers: ["rest_row", "rest_column", "rest_part", "rest_text"].map(say),
    };
    let written =
        write_table(&columns, rows, path, &options).map_err(|fault| fault_of(path, &fault))?;
    Ok(written.rows)
}

fn cell(
    ctx: &Ctx,
    viewer: &mut Viewer<'_>,
    field: &FieldSpec,
    value: &Value,
    unmask: bool,
) -> Outcome<Out> {
    if value.is_null() {
        return Ok(Out::Empty);
    }
    if field.kind == FieldKind::Link {
        return Ok(Out::Text(viewer.text(field, value)?));
    }
    if field.personal.is_some() && !unmask {
        return Ok(Out::Text(masked(
            field,
            &plain_text(ctx.catalog, field, value),
        )));
    }
    Ok(out_cell(ctx.catalog, field, value))
}
