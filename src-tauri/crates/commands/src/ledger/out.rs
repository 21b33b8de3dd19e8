//! A register as a workbook.

use std::path::Path;

use domain::spec::{FieldKind, FieldSpec, RegisterSpec};
use domain::value::Value;
use exchange::{ColumnKind, Out, OutColumn, TableOptions, column_kind, out_cell, write_table};
use serde::Deserialize;
use store::{ListQuery, OpKind, Read, Reader};
use uuid::Uuid;

use super::fault_of;
use crate::context::Ctx;
use crate::error::Outcome;
use crate::records::{self, Condition, ListRecords};
use crate::view::{Viewer, masked, plain_text, state_label};
use crate::words;
use crate::work::Work;

/// How many records are read at a time, so that a large register is never in memory whole.
const AT_A_TIME: u64 = 2_000;

/// What of a register goes into a workbook.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ExportList {
    /// Register id or Chinese name.
    pub register: String,
    /// Conditions; all must hold.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub filters: Vec<Condition>,
    /// Text that must occur anywhere in the record.
    #[serde(default)]
    pub text: Option<String>,
    /// Fields to sort by; a leading `-` turns the order. Missing means by the time of the event.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub sort: Vec<String>,
    /// Personal data in full.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub unmask: bool,
}

/// Writes a register to a workbook, personal data masked unless asked for; answers the rows.
///
/// # Errors
/// When the place cannot be written.
pub fn export_register(ctx: &Ctx, register: &str, path: &Path, unmask: bool) -> Outcome<u64> {
    let ask = ExportList {
        register: register.to_owned(),
        unmask,
        ..ExportList::default()
    };
    export_list(ctx, &ask, path, &Work::default())
}

/// Writes the records that fit to a workbook, in the order of the list; answers the rows.
pub(crate) fn export_list(ctx: &Ctx, ask: &ExportList, path: &Path, work: &Work) -> Outcome<u64> {
    let spec = ctx.register(&ask.register)?;
    let fields: Vec<&FieldSpec> = spec
        .stored()
        .filter(|f| f.kind != FieldKind::File)
        .collect();
    let reader = ctx.reader()?;
    let query = query(ctx, &reader, spec, ask)?;
    work.phase(
        "export",
        usize::try_from(reader.count(&query)?).unwrap_or(usize::MAX),
    );
    let (rows, records) = rows(ctx, &reader, spec, &fields, query, (ask.unmask, work))?;
    let personal = fields.iter().any(|f| f.personal.is_some());
    if ask.unmask && personal && !records.is_empty() {
        note(ctx, &spec.id, &records)?;
    }
    let say = |key: &str| words::say(&format!("export.{key}"), &words::Facts::new());
    let options = TableOptions {
        sheet: spec.label.clone(),
        created: ctx.now(),
        continued: say("continued"),
        rest_sheet: say("rest_sheet"),
        rest_headers: ["rest_row", "rest_column", "rest_part", "rest_text"].map(say),
    };
    let columns = columns(spec, &fields);
    let written =
        write_table(&columns, rows, path, &options).map_err(|fault| fault_of(path, &fault))?;
    Ok(written.rows)
}

/// The records that fit, in the order of the list.
fn query(
    ctx: &Ctx,
    reader: &Reader<'_>,
    spec: &RegisterSpec,
    ask: &ExportList,
) -> Outcome<ListQuery> {
    let list = ListRecords {
        register: ask.register.clone(),
        filters: ask.filters.clone(),
        text: ask.text.clone(),
        sort: ask.sort.clone(),
        offset: 0,
        limit: 0,
        unmask: ask.unmask,
        count: false,
    };
    let mut query = records::query(ctx, reader, spec, &list)?;
    if query.sort.is_empty() {
        query.sort = spec.event.iter().map(|e| (e.clone(), false)).collect();
    }
    query.limit = Some(AT_A_TIME);
    Ok(query)
}

/// Notes that personal data leaves the program in full, before it does.
fn note(ctx: &Ctx, register: &str, records: &[Uuid]) -> Outcome<()> {
    let count = [("count", records.len().to_string())];
    let op = ctx.op(OpKind::Show, "export_full", count)?;
    ctx.transact(op, |tx| {
        for record in records {
            tx.note_shown(register, *record)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn columns(spec: &RegisterSpec, fields: &[&FieldSpec]) -> Vec<OutColumn> {
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
    columns
}

fn rows(
    ctx: &Ctx,
    reader: &Reader<'_>,
    spec: &RegisterSpec,
    fields: &[&FieldSpec],
    mut query: ListQuery,
    (unmask, work): (bool, &Work),
) -> Outcome<(Vec<Vec<Out>>, Vec<Uuid>)> {
    let mut viewer = Viewer::new(ctx, reader, !unmask);
    let mut rows: Vec<Vec<Out>> = Vec::new();
    let mut records = Vec::new();
    loop {
        work.go_on()?;
        let page = reader.list(&query)?;
        let more = page.len() as u64 == AT_A_TIME;
        for record in &page {
            let mut row = vec![Out::Text(record.number.clone().unwrap_or_default())];
            if let Some(state) = &record.state {
                row.push(Out::Text(state_label(ctx.catalog, &spec.id, state)));
            }
            for field in fields {
                let value = record.values.get(&field.id);
                row.push(cell(ctx, &mut viewer, field, value, unmask)?);
            }
            rows.push(row);
            records.push(record.uuid);
        }
        work.done(rows.len());
        query.offset += AT_A_TIME;
        if !more {
            return Ok((rows, records));
        }
    }
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
