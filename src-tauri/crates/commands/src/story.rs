//! What happened to a record, act by act; what undo and redo would take back now; and the showing of
//! personal data, which is an act of its own.

use domain::spec::RegisterSpec;
use domain::time::moment_text;
use serde::Serialize;
use store::{HistoryEntry, OpKind, Read};

use crate::context::Ctx;
use crate::error::Outcome;
use crate::records::RecordRef;
use crate::refer;
use crate::table::Nothing;
use crate::undo::line;
use crate::view::{RecordView, Viewer};

/// One act in the history of a record.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct HistoryOp {
    /// The op's id, for undo.
    pub op: i64,
    /// The op in words.
    pub what: String,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub operator: String,
    /// On which computer.
    pub site: String,
    /// When it happened.
    pub event_at: Option<String>,
    /// When it was entered.
    pub entry_at: String,
    /// It was taken back.
    pub undone: bool,
    /// It is of a kind that can be taken back, and was not.
    pub can_undo: bool,
    /// What it changed in the record.
    pub changes: Vec<HistoryChange>,
}

/// One field that an act changed.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct HistoryChange {
    /// Field id.
    pub field: String,
    /// The field in Chinese.
    pub label: String,
    /// Before, as text for people.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
    /// The value is gone for good.
    pub erased: bool,
}

/// What undo and redo would take back.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct UndoOffer {
    /// The act that undo takes back.
    pub undo: Option<OfferedOp>,
    /// The act that redo brings back.
    pub redo: Option<OfferedOp>,
}

/// An act by its name.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct OfferedOp {
    /// The op's id.
    pub op: i64,
    /// The op in words.
    pub what: String,
}

/// Everything that happened to a record, act by act, the newest first; masked unless asked for.
///
/// # Errors
/// When there is no such record.
pub fn history_ops(ctx: &Ctx, ask: &RecordRef) -> Outcome<Vec<HistoryOp>> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let record = refer::record(&reader, spec, &ask.record)?;
    let mut viewer = Viewer::new(ctx, &reader, !ask.unmask);
    let mut acts: Vec<HistoryOp> = Vec::new();
    let mut entries = reader.history(&spec.id, record.uuid)?;
    entries.sort_by_key(|entry| (entry.op, place(spec, entry)));
    for entry in entries {
        if acts.last().is_none_or(|act| act.op != entry.op) {
            let op = reader.op(entry.op)?;
            let undone = op.as_ref().is_some_and(|op| op.undone_by.is_some());
            acts.push(HistoryOp {
                op: entry.op,
                what: entry.label.clone(),
                reason: entry.reason.clone(),
                operator: entry.operator.clone(),
                site: entry.site.clone(),
                event_at: entry.event_at.as_ref().map(moment_text),
                entry_at: moment_text(&entry.entry_at),
                undone,
                can_undo: !undone && entry.kind.undoable() && !entry.kind.takes_back(),
                changes: Vec::new(),
            });
        }
        if is_told_by_the_act(ctx, &entry) {
            continue;
        }
        let line = line(ctx, &mut viewer, spec, entry)?;
        if let Some(act) = acts.last_mut() {
            act.changes.push(HistoryChange {
                field: line.field,
                label: line.label,
                before: line.before,
                after: line.after,
                erased: line.erased,
            });
        }
    }
    acts.reverse();
    Ok(acts)
}

/// Where a change stands in its act: fields in the order of the paper, then state and number, then
/// the lines, then deadlines.
fn place(spec: &RegisterSpec, entry: &HistoryEntry) -> (u8, usize) {
    if entry.line.is_some() {
        return (2, 0);
    }
    if let Some(place) = spec.fields.iter().position(|known| known.id == entry.field) {
        return (0, place);
    }
    let kind = if entry.field.starts_with('@') { 1 } else { 3 };
    (kind, 0)
}

/// Whether the act itself says it: that something was made or shown, and of an action line which
/// step it was, when, and from where to where.
fn is_told_by_the_act(ctx: &Ctx, entry: &HistoryEntry) -> bool {
    if matches!(entry.field.as_str(), "@made" | "@shown") {
        return true;
    }
    let line = entry.line.as_ref();
    let spec = line.and_then(|(register, _)| ctx.catalog.register(register));
    let field = spec.and_then(|spec| spec.field(&entry.field));
    let of_step = |id: &str| matches!(id, "step" | "occurred_at");
    entry.kind == OpKind::Step && field.is_some_and(|f| f.read_only || of_step(&f.id))
}

/// What undo and redo would take back now.
///
/// # Errors
/// When the file cannot be read.
pub fn undo_offer(ctx: &Ctx, _: &Nothing) -> Outcome<UndoOffer> {
    let reader = ctx.reader()?;
    let offered = |op: Option<store::OpEntry>| {
        op.map(|op| OfferedOp {
            op: op.id,
            what: op.label,
        })
    };
    Ok(UndoOffer {
        undo: offered(reader.undo_next()?),
        redo: offered(reader.redo_next()?),
    })
}

/// A record with its personal data in full. Who looked, and when, stands in its history.
///
/// # Errors
/// When there is no such record, or the showing cannot be noted: then nothing is shown.
pub fn show_personal(ctx: &Ctx, ask: &RecordRef) -> Outcome<RecordView> {
    let spec = ctx.register(&ask.register)?;
    let uuid = refer::record(&ctx.reader()?, spec, &ask.record)?.uuid;
    let op = ctx.op(OpKind::Show, "show", [])?;
    ctx.transact(op, |tx| Ok(tx.note_shown(&spec.id, uuid)?))?;
    crate::records::get_record(
        ctx,
        &RecordRef {
            register: spec.id.clone(),
            record: uuid.to_string(),
            unmask: true,
        },
    )
}
