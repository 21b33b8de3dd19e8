//! An empty ledger of a register, to be filled in and taken over.

use std::path::Path;

use domain::spec::{FieldKind, FieldSpec};
use exchange::{
    ColumnKind, OutColumn, TemplateColumn, TemplateOptions, column_kind, is_importable,
};

use super::fault_of;
use crate::context::Ctx;
use crate::error::Outcome;
use crate::words;

/// Writes the empty ledger: a sheet with the columns that are taken over, and one that says what
/// goes into each.
///
/// # Errors
/// When the place cannot be written.
pub(crate) fn write_template(ctx: &Ctx, register: &str, path: &Path) -> Outcome<()> {
    let spec = ctx.register(register)?;
    let say = |key: &str| words::say(&format!("template.{key}"), &words::Facts::new());
    let required = exchange::required_fields(spec);
    let mut fields: Vec<&FieldSpec> = spec
        .stored()
        .filter(|f| is_importable(f) && (!f.read_only || required.contains(&f.id)))
        .collect();
    // What every line needs stands where it is seen, then what a list shows, then the rest.
    fields.sort_by_key(|field| match &field.column {
        _ if required.contains(&field.id) => 0,
        Some(column) if !column.hidden => 1,
        _ => 2,
    });
    let columns: Vec<TemplateColumn> = fields
        .into_iter()
        .map(|field| {
            let must = required.contains(&field.id);
            TemplateColumn {
                out: OutColumn {
                    header: field.label.clone(),
                    kind: match column_kind(field) {
                        // A date may be typed in any spelling.
                        ColumnKind::Date | ColumnKind::Moment => ColumnKind::Text,
                        kind => kind,
                    },
                    width: field
                        .column
                        .as_ref()
                        .map_or(16.0, |c| f64::from(c.width) / 7.0),
                },
                choices: choices(ctx, field),
                must: say(if must { "must" } else { "may" }),
                example: example(ctx, field),
                help: field.help.clone(),
            }
        })
        .collect();
    let options = TemplateOptions {
        sheet: spec.label.clone(),
        notes: say("notes"),
        headers: ["column", "must_column", "example", "help"].map(say),
        created: ctx.now(),
    };
    exchange::write_template(&columns, path, &options).map_err(|fault| fault_of(path, &fault))
}

fn choices(ctx: &Ctx, field: &FieldSpec) -> Vec<String> {
    if field.kind == FieldKind::Flag {
        return vec!["是".to_owned(), "否".to_owned()];
    }
    let list = ctx.catalog.list_of(field).into_iter();
    list.flat_map(|list| &list.choices)
        .filter(|choice| !choice.retired)
        .map(|choice| choice.label.clone())
        .collect()
}

/// What a good cell looks like.
fn example(ctx: &Ctx, field: &FieldSpec) -> String {
    let key = match field.kind {
        FieldKind::Date => "date",
        FieldKind::Moment => "moment",
        FieldKind::Phone => "phone",
        FieldKind::Int => "int",
        FieldKind::Money | FieldKind::Score => "money",
        _ => return choices(ctx, field).join("、"),
    };
    words::say(&format!("template.{key}"), &words::Facts::new())
}
