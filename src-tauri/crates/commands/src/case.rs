//! A case as the rules see it: the record, its action lines, its papers; and the deadlines that
//! follow from them, counted anew after every write.

use std::collections::BTreeSet;

use domain::complaint;
use domain::deadline::standing::Unit;
use domain::deadline::{Deadline, DeadlineState};
use domain::field::paper as paper_field;
use domain::record::{Line, Record};
use domain::rules::Severity;
use domain::time::moment_text;
use domain::value::{Value, Values};
use domain::workflow::{Case, PaperFact, Workflow};
use serde_json::json;
use store::{DeadlineRow, ListQuery, Read, Test, Tx};
use uuid::Uuid;

use crate::context::Ctx;
use crate::error::Outcome;
use crate::figures::Figures;

/// The workflow of a register, if it has one.
#[must_use]
pub(crate) fn workflow(register: &str) -> Option<&'static Workflow> {
    (register == complaint::WORKFLOW.register).then_some(&complaint::WORKFLOW)
}

/// The parts of a case that are read beside the record.
pub(crate) struct CaseParts {
    pub(crate) actions: Vec<Line>,
    pub(crate) papers: Vec<PaperFact>,
    pub(crate) written_only: bool,
}

impl CaseParts {
    /// Reads what hangs on a record.
    pub(crate) fn read(
        ctx: &Ctx,
        reader: &dyn Read,
        figures: &Figures,
        record: &Record,
    ) -> Outcome<Self> {
        let spec = ctx.spec(&record.register)?;
        let lines = workflow(&record.register)
            .and_then(|w| spec.field(w.actions))
            .and_then(|f| f.lines.as_deref());
        let actions = match lines {
            Some(line_register) => reader.lines(record.uuid, line_register)?,
            None => Vec::new(),
        };
        Ok(Self {
            actions,
            papers: papers(reader, record)?
                .iter()
                .filter(|p| p.values.text(paper_field::STATUS) != Some("void"))
                .map(paper_fact)
                .collect(),
            written_only: figures.written_only(&ctx.now()),
        })
    }

    /// The case with these parts.
    pub(crate) fn case<'a>(
        &'a self,
        record: &'a Record,
        text: &'a str,
        action: &'a Values,
    ) -> Case<'a> {
        Case {
            record,
            actions: &self.actions,
            papers: &self.papers,
            written_only: self.written_only,
            text,
            action,
        }
    }
}

/// The papers of a record, the oldest first.
pub(crate) fn papers(reader: &dyn Read, record: &Record) -> Outcome<Vec<Record>> {
    let query = ListQuery::of("paper")
        .filter(
            paper_field::RECORD,
            Test::Eq(Value::from(record.uuid.to_string())),
        )
        .sorted(paper_field::PRINTED_AT);
    Ok(reader.list(&query)?)
}

fn paper_fact(paper: &Record) -> PaperFact {
    PaperFact {
        form: paper
            .values
            .text(paper_field::FORM)
            .unwrap_or_default()
            .to_owned(),
        // A void sheet proves nothing, and is not waited for either.
        returned: matches!(
            paper.values.text(paper_field::STATUS),
            Some("returned" | "not_needed")
        ),
    }
}

/// The ids of the steps that were taken, in any round.
pub(crate) fn steps_taken(
    ctx: &Ctx,
    reader: &dyn Read,
    record: &Record,
) -> Outcome<BTreeSet<String>> {
    let figures = ctx.figures()?;
    let parts = CaseParts::read(ctx, reader, &figures, record)?;
    Ok(parts
        .actions
        .iter()
        .filter_map(|l| l.values.text("step").map(str::to_owned))
        .collect())
}

/// Counts the deadlines of a record anew and writes them; nothing for registers without any.
pub(crate) fn refresh(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    figures: &Figures,
    uuid: Uuid,
    register: &str,
) -> Outcome<()> {
    if workflow(register).is_none() {
        return Ok(());
    }
    let Some(record) = tx.get(register, uuid)? else {
        return Ok(());
    };
    let rows = if record.deleted.is_some() {
        Vec::new()
    } else {
        let parts = CaseParts::read(ctx, tx, figures, &record)?;
        deadlines(ctx, figures, &record, &parts.actions)
    };
    Ok(tx.set_deadlines(register, uuid, &rows)?)
}

/// The deadlines of a case, counted now.
pub(crate) fn derived(
    ctx: &Ctx,
    figures: &Figures,
    record: &Record,
    actions: &[Line],
) -> Vec<Deadline> {
    let now = ctx.now();
    complaint::deadlines(record, actions, &figures.rules, &figures.calendar, &now)
}

/// The deadlines of a case as the store keeps them.
pub(crate) fn deadlines(
    ctx: &Ctx,
    figures: &Figures,
    record: &Record,
    actions: &[Line],
) -> Vec<DeadlineRow> {
    derived(ctx, figures, record, actions)
        .into_iter()
        .map(|d| DeadlineRow {
            rule: d.rule.clone(),
            round: i64::from(d.round),
            started_at: d.started_at,
            // A paused clock has no known end yet.
            due_at: d.paused_since.is_none().then_some(d.due_at),
            met_at: d.met_at,
            open: d.met_at.is_none(),
            // Running and overdue differ only by the present moment, which is not stored.
            state: match d.state {
                DeadlineState::Running | DeadlineState::Overdue => "running",
                DeadlineState::Paused => "paused",
                DeadlineState::Met => "met",
                DeadlineState::MetLate => "met_late",
            }
            .to_owned(),
            detail: json!({
                "title": d.title,
                "counted": d.counted,
                "assumed": d.assumed_calendar,
                "hard": d.severity == Severity::Hard,
                "unit": Unit::of(d.amount).as_str(),
                "paused_since": d.paused_since.as_ref().map(moment_text),
                "due_before": d.paused_since.as_ref().map(|_| moment_text(&d.due_at)),
            }),
            rule_version: d.rule_version.clone(),
            calendar_version: d.calendar_version.clone(),
        })
        .collect()
}
