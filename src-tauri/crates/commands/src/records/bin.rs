//! The recycle bin: into it, out of it, and what is in it. Nothing that others name can go.

use domain::record::Record;
use domain::spec::RegisterSpec;
use domain::value::Value;
use serde::Deserialize;
use store::{Bin, ListQuery, OpKind, Read, Test};

use super::{PAGE_MAX, RecordRef, shown};
use crate::case;
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::refer;
use crate::view::{RecordView, Viewer};

/// Deletes a record into the recycle bin.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct DeleteRecord {
    /// Register id or Chinese name.
    pub register: String,
    /// Which record.
    pub record: String,
    /// Why.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub reason: String,
}

/// Puts a record into the recycle bin.
///
/// # Errors
/// When there is no such record.
pub fn delete_record(ctx: &Ctx, ask: &DeleteRecord) -> Outcome<RecordView> {
    let spec = removable(ctx, &ask.register)?;
    let record = {
        let reader = ctx.reader()?;
        let record = refer::record(&reader, spec, &ask.record)?;
        refuse_linked(ctx, &reader, spec, &record)?;
        record
    };
    let figures = ctx.figures()?;
    let op = ctx.op(OpKind::Delete, "delete", [("register", spec.label.clone())])?;
    ctx.transact(op, |tx| {
        tx.delete(&spec.id, record.uuid, ask.reason.trim())?;
        case::refresh(ctx, tx, &figures, record.uuid, &spec.id)
    })?;
    shown(ctx, spec, record.uuid)
}

/// The register of what a person may remove: all but what the program keeps for itself; an
/// attachment is the clerk's own.
fn removable(ctx: &Ctx, name: &str) -> Outcome<&'static RegisterSpec> {
    let spec = ctx.register(name)?;
    if spec.id == "attachment" {
        return Ok(spec);
    }
    ctx.open_register(name)
}

/// A record that others name cannot go: they would point at nothing.
fn refuse_linked(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    record: &Record,
) -> Outcome<()> {
    for other in ctx.catalog.registers().filter(|s| s.parent.is_none()) {
        for field in other
            .fields
            .iter()
            .filter(|f| f.target.as_deref() == Some(&*spec.id))
        {
            let uuid = Value::from(record.uuid.to_string());
            let query = ListQuery::of(&other.id).filter(&field.id, Test::Eq(uuid));
            let count = reader.count(&query)?;
            if count > 0 {
                let title = record
                    .values
                    .text(&spec.title)
                    .unwrap_or_default()
                    .to_owned();
                let pairs = [
                    ("what", record.number.clone().unwrap_or(title)),
                    ("count", count.to_string()),
                    ("register", other.label.clone()),
                ];
                return Err(CommandError::refused("linked", pairs));
            }
        }
    }
    Ok(())
}

/// Takes a record out of the recycle bin.
///
/// # Errors
/// When there is no such record.
pub fn restore_record(ctx: &Ctx, ask: &RecordRef) -> Outcome<RecordView> {
    let spec = removable(ctx, &ask.register)?;
    let record = refer::record(&ctx.reader()?, spec, &ask.record)?;
    let figures = ctx.figures()?;
    let op = ctx.op(
        OpKind::Undelete,
        "restore",
        [("register", spec.label.clone())],
    )?;
    ctx.transact(op, |tx| {
        tx.restore(&spec.id, record.uuid)?;
        case::refresh(ctx, tx, &figures, record.uuid, &spec.id)
    })?;
    shown(ctx, spec, record.uuid)
}

/// Everything in the recycle bin, newest first.
///
/// # Errors
/// When the file cannot be read.
pub fn recycle_bin(ctx: &Ctx, _: &crate::table::Nothing) -> Outcome<Vec<RecordView>> {
    let reader = ctx.reader()?;
    let mut viewer = Viewer::new(ctx, &reader, true);
    let mut views = Vec::new();
    for spec in ctx.catalog.registers().filter(|s| s.parent.is_none()) {
        let mut query = ListQuery::of(&spec.id).take(u64::from(PAGE_MAX));
        query.bin = Bin::Inside;
        for record in reader.list(&query)? {
            views.push(viewer.record(&record)?);
        }
    }
    views.sort_by(|a, b| b.deleted_at.cmp(&a.deleted_at));
    Ok(views)
}
