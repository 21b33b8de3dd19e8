//! Undo and redo with words, deadlines counted anew; the history of a record.

use domain::spec::RegisterSpec;
use domain::time::{moment_text, parse_moment};
use serde::{Deserialize, Serialize};
use store::{HistoryEntry, Read, Refusal, Target};

use crate::case;
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::records::RecordRef;
use crate::refer;
use crate::table::Nothing;
use crate::view::{Viewer, shown_moment, state_label};
use crate::words;

/// What was undone or redone.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TakenBack {
    /// The op that was taken back, in words.
    pub what: String,
    /// The records concerned, by number or, without one, by name (masked).
    pub records: Vec<String>,
}

/// Takes one op back by its id; missing means the last one.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Undo {
    /// The op.
    #[serde(default)]
    pub op: Option<i64>,
}

/// One change in the history of a record.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct HistoryLine {
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
    /// Field id.
    pub field: String,
    /// The field in Chinese.
    pub label: String,
    /// Before, as text for people.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
    /// Erased: the value is gone for good.
    pub erased: bool,
}

/// Takes the last op (or the named one) back.
///
/// # Errors
/// With the reason when it cannot be taken back.
pub fn undo(ctx: &Ctx, ask: &Undo) -> Outcome<TakenBack> {
    take_back(ctx, ask.op.map_or(Target::Last, Target::Op))
}

/// Takes the last undo back.
///
/// # Errors
/// With the reason when there is none.
pub fn redo(ctx: &Ctx, _: &Nothing) -> Outcome<TakenBack> {
    take_back(ctx, Target::LastUndo)
}

pub(crate) fn take_back(ctx: &Ctx, target: Target) -> Outcome<TakenBack> {
    let who = ctx.who()?;
    let figures = ctx.figures()?;
    let undone = ctx.store.take_back(&who, target, |tx, undone| {
        for touched in &undone.changes.touched {
            case::refresh(ctx, tx, &figures, touched.uuid, &touched.register)?;
        }
        Ok::<(), CommandError>(())
    })?;
    // When the figures themselves are what came back, every open case is counted by them anew.
    if ctx.notice(&undone.changes) {
        crate::office::recount(ctx)?;
    }
    let reader = ctx.reader()?;
    let mut viewer = Viewer::new(ctx, &reader, true);
    let mut records = Vec::new();
    for touched in &undone.changes.touched {
        if let Some(record) = reader.get(&touched.register, touched.uuid)? {
            let view = viewer.record(&record)?;
            records.push(view.number.filter(|n| !n.is_empty()).unwrap_or(view.title));
        }
    }
    Ok(TakenBack {
        what: undone.label,
        records,
    })
}

/// Everything that happened to a record, the newest first, masked unless asked for.
///
/// # Errors
/// When there is no such record.
pub fn history_of(ctx: &Ctx, ask: &RecordRef) -> Outcome<Vec<HistoryLine>> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let record = refer::record(&reader, spec, &ask.record)?;
    let mut viewer = Viewer::new(ctx, &reader, !ask.unmask);
    let mut lines = reader
        .history(&spec.id, record.uuid)?
        .into_iter()
        .map(|entry| line(ctx, &mut viewer, spec, entry))
        .collect::<Outcome<Vec<_>>>()?;
    lines.reverse();
    Ok(lines)
}

pub(crate) fn line(
    ctx: &Ctx,
    viewer: &mut Viewer<'_>,
    spec: &RegisterSpec,
    entry: HistoryEntry,
) -> Outcome<HistoryLine> {
    let line_spec = entry
        .line
        .as_ref()
        .and_then(|(register, _)| ctx.catalog.register(register));
    let spec = line_spec.unwrap_or(spec);
    let field = spec.field(&entry.field);
    let mut text = |stored: Option<String>| -> Outcome<Option<String>> {
        let Some(stored) = stored else {
            return Ok(None);
        };
        if entry.field == "@state" {
            return Ok(Some(state_label(ctx.catalog, &spec.id, &stored)));
        }
        Ok(Some(match (field, parse_moment(&stored)) {
            (Some(field), _) => viewer.text(field, &domain::entry::stored(field, &stored))?,
            (None, Some(moment)) => shown_moment(&moment),
            (None, None) => stored,
        }))
    };
    Ok(HistoryLine {
        op: entry.op,
        what: entry.label,
        reason: entry.reason,
        operator: entry.operator,
        site: entry.site,
        event_at: entry.event_at.as_ref().map(moment_text),
        entry_at: moment_text(&entry.entry_at),
        label: match (field, entry.field.split_once(':')) {
            (Some(field), _) => field.label.clone(),
            (None, Some(("deadline", rule))) => {
                let (rule, round) = rule.split_once('#').unwrap_or((rule, "1"));
                let facts = [
                    ("rule", clock_name(ctx, spec, rule)?),
                    ("round", round.to_owned()),
                ];
                words::say("history.deadline", &words::facts(facts))
            }
            (None, _) => words::say(
                &format!("history.{}", entry.field.trim_start_matches('@')),
                &words::Facts::new(),
            ),
        },
        before: text(entry.before)?,
        after: text(entry.after)?,
        erased: entry.erased,
        field: entry.field,
    })
}

/// What a clock demands: the title of its rule, or the label of the field with the typed day.
fn clock_name(ctx: &Ctx, spec: &RegisterSpec, rule: &str) -> Outcome<String> {
    if let Some(field) = spec.field(rule) {
        return Ok(field.label.clone());
    }
    let figures = ctx.figures()?;
    let known = figures
        .rules
        .rules()
        .iter()
        .find(|known| known.code == rule);
    Ok(known.map_or(rule, |known| known.title.as_str()).to_owned())
}

/// The refusal of an undo in words.
pub(crate) fn refused(refusal: &Refusal) -> CommandError {
    match refusal {
        Refusal::NothingToUndo => CommandError::refused("nothing_to_undo", []),
        Refusal::NothingToRedo => CommandError::refused("nothing_to_redo", []),
        Refusal::NoSuchOp(op) => CommandError::not_found("操作", &op.to_string()),
        Refusal::NotUndoable { label, .. } => {
            CommandError::refused("not_undoable", [("what", label.clone())])
        }
        Refusal::AlreadyUndone { op, .. } => {
            CommandError::refused("already_undone", [("what", op.to_string())])
        }
        Refusal::TouchedSince {
            label,
            number,
            record,
            ..
        } => {
            let what = number.clone().unwrap_or_else(|| record.to_string());
            CommandError::refused("touched_later", [("what", what), ("later", label.clone())])
        }
        Refusal::LinkedSince {
            by_number,
            by_record,
            ..
        } => {
            let by = by_number.clone().unwrap_or_else(|| by_record.to_string());
            CommandError::refused("linked_since", [("by", by)])
        }
        Refusal::Erased { field, .. } => {
            CommandError::refused("value_erased", [("field", field.clone())])
        }
        Refusal::Drifted { record, .. } => {
            CommandError::refused("value_drifted", [("what", record.to_string())])
        }
    }
}
