//! Listing, showing, adding and editing records of any register.

mod bin;
mod query;
pub(crate) mod span;
mod typed;

use domain::entry;
use domain::field::attachment;
use domain::field::office as office_field;
use domain::problem::{Problem, ProblemCode};
use domain::record::Record;
use domain::spec::RegisterSpec;
use domain::value::Values;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use store::{OpKind, Read};
use uuid::Uuid;

use crate::case;
use crate::context::Ctx;
use crate::error::{CommandError, FieldFault, Outcome};
use crate::number;
use crate::refer;
use crate::standing;
use crate::view::{RecordView, Viewer, state_label};
use crate::words;

pub use bin::{DeleteRecord, delete_record, recycle_bin, restore_record};
pub(crate) use query::{query, selection};
pub(crate) use typed::read_typed;
use typed::write_lines;

/// One condition of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Field id, or `number`, `state`; `@deadline` (`overdue`, `today`, `soon`, `none`, `late`,
    /// `in_time`), `@papers` (`out`), `@closed` (`yes`, `no`).
    pub field: String,
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`, `~` (contains), `in` (codes joined by commas), `within`
    /// (`today`, `this_month`, `last_31_days`, `next_7_days` …), `empty`, `filled`.
    pub op: String,
    /// The value as typed.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub value: String,
}

/// Asks for a page of a register.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ListRecords {
    /// Register id or Chinese name.
    pub register: String,
    /// Conditions; all must hold.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub filters: Vec<Condition>,
    /// Text that must occur anywhere in the record.
    #[serde(default)]
    pub text: Option<String>,
    /// Fields to sort by; a leading `-` turns the order.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub sort: Vec<String>,
    /// Rows to skip.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub offset: u32,
    /// Rows to answer, at most 1,000.
    #[serde(default = "page_size")]
    #[ts(as = "Option<_>", optional)]
    pub limit: u32,
    /// Personal data in full.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub unmask: bool,
    /// Whether the total is asked for as well; without it the page comes sooner and the total is 0.
    #[serde(default = "yes")]
    #[ts(as = "Option<_>", optional)]
    pub count: bool,
}

fn page_size() -> u32 {
    200
}

fn yes() -> bool {
    true
}

/// The longest page.
const PAGE_MAX: u32 = 1_000;

/// A page of a register.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RecordPage {
    /// The rows.
    pub rows: Vec<RecordView>,
    /// How many records the conditions fit in all; 0 when it was not asked for.
    pub total: u64,
    /// False when the total may include a few records too many.
    pub exact: bool,
}

/// Names one record.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct RecordRef {
    /// Register id or Chinese name.
    pub register: String,
    /// Number, old number, name or identifier.
    pub record: String,
    /// Personal data in full.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub unmask: bool,
}

/// Adds a record.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct AddRecord {
    /// Register id or Chinese name.
    pub register: String,
    /// Values by field id, as typed.
    pub values: Map<String, Json>,
}

/// Edits a record.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditRecord {
    /// Register id or Chinese name.
    pub register: String,
    /// Which record.
    pub record: String,
    /// Values to change, as typed. In a table of lines a row with `uuid` changes that line, with
    /// `remove` takes it out, without `uuid` adds one.
    pub values: Map<String, Json>,
    /// The version that was seen; a newer one refuses the save.
    #[serde(default)]
    pub seen: Option<i64>,
    /// Why; needed for a closed case.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub reason: String,
}

/// A page of a register, with the total.
///
/// # Errors
/// For an unknown register, field or comparison.
pub fn list_records(ctx: &Ctx, ask: &ListRecords) -> Outcome<RecordPage> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let query = query(ctx, &reader, spec, ask)?;
    let total = if ask.count { reader.count(&query)? } else { 0 };
    let records = reader.list(&query)?;
    let mut viewer = Viewer::new(ctx, &reader, !ask.unmask);
    let mut rows = records
        .iter()
        .map(|r| viewer.record(r))
        .collect::<Outcome<Vec<_>>>()?;
    with_deadlines(ctx, &reader, spec, &records, &mut rows)?;
    Ok(RecordPage {
        rows,
        total,
        exact: true,
    })
}

/// Puts the deadline that presses most beside each row; one more query for the whole page.
fn with_deadlines(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    records: &[Record],
    rows: &mut [RecordView],
) -> Outcome<()> {
    let Some(workflow) = case::workflow(&spec.id) else {
        return Ok(());
    };
    let figures = ctx.figures()?;
    let now = ctx.now();
    let uuids: Vec<Uuid> = records.iter().map(|record| record.uuid).collect();
    let heads = reader.deadline_heads(&spec.id, &uuids)?;
    for (record, row) in records.iter().zip(rows) {
        let closed = record
            .state
            .as_deref()
            .is_some_and(|s| workflow.is_closed(s));
        let heads = heads.get(&record.uuid).map_or(&[][..], Vec::as_slice);
        row.deadline = standing::most_pressing(heads, closed, &figures.calendar, &now);
    }
    Ok(())
}

/// One record with its lines.
///
/// # Errors
/// When there is no such record.
pub fn get_record(ctx: &Ctx, ask: &RecordRef) -> Outcome<RecordView> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let record = refer::record(&reader, spec, &ask.record)?;
    let mut view = Viewer::new(ctx, &reader, !ask.unmask).whole(&record)?;
    let rows = std::slice::from_mut(&mut view);
    with_deadlines(ctx, &reader, spec, std::slice::from_ref(&record), rows)?;
    Ok(view)
}

/// Adds a record; a register that numbers at once gives the number.
///
/// # Errors
/// With every field that is wrong.
pub fn add_record(ctx: &Ctx, ask: &AddRecord) -> Outcome<RecordView> {
    let spec = ctx.open_register(&ask.register)?;
    let typed = {
        let reader = ctx.reader()?;
        let mut typed = read_typed(ctx, &reader, spec, &ask.values, true)?;
        typed.values = entry::defaults(ctx.catalog, spec, ctx.now()).merged(&typed.values);
        let missing = entry::missing_always(spec, &typed.values);
        if !missing.is_empty() {
            return Err(faults(ctx, spec, missing));
        }
        typed
    };
    let figures = ctx.figures()?;
    let op = ctx.op(OpKind::Add, "add", [("register", spec.label.clone())])?;
    let (uuid, _) = ctx.transact(op, |tx| {
        let record = tx.insert(&spec.id, &typed.values)?;
        write_lines(tx, spec, &record, &typed.lines)?;
        if spec.numbering.as_ref().is_some_and(|n| n.step.is_none()) {
            number::give(ctx, tx, spec, &record, None)?;
        }
        case::refresh(ctx, tx, &figures, record.uuid, &spec.id)?;
        Ok(record.uuid)
    })?;
    shown(ctx, spec, uuid)
}

/// Changes fields and lines of a record.
///
/// # Errors
/// With every field that is wrong; when the record was changed since; for a closed case without a
/// reason.
pub fn edit_record(ctx: &Ctx, ask: &EditRecord) -> Outcome<RecordView> {
    let spec = changeable(ctx, ask)?;
    let (record, typed) = {
        let reader = ctx.reader()?;
        let record = refer::record(&reader, spec, &ask.record)?;
        let typed = read_typed(ctx, &reader, spec, &ask.values, true)?;
        check_edit(ctx, &reader, spec, &record, &typed.values, &ask.reason)?;
        (record, typed)
    };
    let figures = ctx.figures()?;
    let mut op = ctx.op(OpKind::Edit, "edit", [("register", spec.label.clone())])?;
    if !ask.reason.trim().is_empty() {
        op = op.because(ask.reason.trim());
    }
    ctx.transact(op, |tx| {
        tx.update(&spec.id, record.uuid, ask.seen, &typed.values)?;
        write_lines(tx, spec, &record, &typed.lines)?;
        case::refresh(ctx, tx, &figures, record.uuid, &spec.id)
    })?;
    shown(ctx, spec, record.uuid)
}

/// The register of what a person may change: all but what the program keeps for itself; of an
/// attachment the name and the note.
fn changeable(ctx: &Ctx, ask: &EditRecord) -> Outcome<&'static RegisterSpec> {
    let spec = ctx.register(&ask.register)?;
    let mut fields = ask.values.keys();
    if spec.id == "attachment" && fields.all(|f| f == attachment::NAME || f == attachment::NOTE) {
        return Ok(spec);
    }
    ctx.open_register(&ask.register)
}

/// Refuses what an edit may not do: empty what a step that was taken needed, change a closed case
/// without a reason.
fn check_edit(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    record: &Record,
    values: &Values,
    reason: &str,
) -> Outcome<()> {
    let whole = record.values.merged(values);
    let mut missing = entry::missing_always(spec, &whole);
    if let (Some(workflow), Some(state)) = (case::workflow(&spec.id), record.state.as_deref()) {
        if workflow.is_closed(state) && reason.trim().is_empty() {
            let pairs = [
                ("number", record.number.clone().unwrap_or_default()),
                ("state", state_label(ctx.catalog, &spec.id, state)),
            ];
            return Err(CommandError::refused("closed_needs_reason", pairs));
        }
        let taken = case::steps_taken(ctx, reader, record)?;
        for field in &spec.fields {
            let needed = field.required_for.iter().any(|step| taken.contains(step));
            let emptied = values.has(&field.id) && whole.get(&field.id).is_null();
            if needed && emptied && field.applies(&whole) {
                missing.push(Problem::new(&field.id, ProblemCode::Required));
            }
        }
    }
    if !missing.is_empty() {
        return Err(faults(ctx, spec, missing));
    }
    match values.text(office_field::NUMBER_PATTERN) {
        Some(typed) if spec.id == "office" => number::check_pattern(typed),
        _ => Ok(()),
    }
}

/// A record as it stands after a write, masked.
pub(crate) fn shown(ctx: &Ctx, spec: &RegisterSpec, uuid: Uuid) -> Outcome<RecordView> {
    let reader = ctx.reader()?;
    let record = reader
        .get(&spec.id, uuid)?
        .ok_or_else(|| CommandError::not_found(&spec.label, &uuid.to_string()))?;
    Viewer::new(ctx, &reader, true).whole(&record)
}

/// Problems as one error with their sentences.
pub(crate) fn faults(ctx: &Ctx, spec: &RegisterSpec, problems: Vec<Problem>) -> CommandError {
    CommandError::invalid(
        problems
            .into_iter()
            .map(|p| FieldFault {
                message: words::problem(ctx.catalog, &spec.id, &p),
                code: p.code.as_str().to_owned(),
                field: p.field,
            })
            .collect(),
    )
}
