//! The way of a case: what was done, where it stands, what usually comes next, and what each step
//! asks for, so that a window can draw its dialog.

use domain::form::catalog as forms;
use domain::record::Record;
use domain::spec::{FieldSpec, RegisterSpec};
use domain::time::moment_text;
use domain::value::Values;
use domain::workflow::look::StageState;
use domain::workflow::{Case, Effect, Offer, Workflow};
use serde::Serialize;
use store::Read;

use crate::case::CaseParts;
use crate::catalog::{needed, usual};
use crate::context::Ctx;
use crate::error::{FieldFault, Outcome};
use crate::records::RecordRef;
use crate::refer;
use crate::steps::{missing_fault, step_label, workflow_of};
use crate::view::state_label;
use crate::words::{Facts, say};

/// A step that the present state offers.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct StepOffer {
    /// English id.
    pub step: String,
    /// Chinese name.
    pub label: String,
    /// The words of its button: what is done to what.
    pub act: String,
    /// Whether it moves the case.
    pub moves: bool,
    /// Whether it can be taken now.
    pub ready: bool,
    /// Whether it fits the case: all that is missing can be typed with it or waived.
    pub applies: bool,
    /// What is missing, in words; `field` names what can be filled, else the condition.
    pub missing: Vec<FieldFault>,
    /// Conditions among the missing that may be waived with a reason.
    pub waivable: Vec<String>,
    /// What it asks for, in the order of the paper.
    pub asks: Vec<StepAsk>,
    /// Forms that it offers.
    pub papers: Vec<PaperOffer>,
}

/// Where the answer to a question belongs in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum AskOn {
    /// In `values`: a field of the record.
    Record,
    /// In `action`: a field of the action line.
    Action,
    /// `at`, `person` or `text` of the request itself.
    Order,
}

/// One thing that a step asks for.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct StepAsk {
    /// The field, or `at`, `person`, `text`.
    pub field: String,
    /// Chinese label.
    pub label: String,
    /// The step cannot be taken without it.
    pub required: bool,
    /// Nothing was entered yet.
    pub empty: bool,
    /// Where it belongs.
    pub on: AskOn,
    /// What can be chosen, where that follows from the case and not from a list.
    pub options: Vec<AskOption>,
}

/// One choice that follows from the case.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct AskOption {
    /// What is sent.
    pub code: String,
    /// What is shown.
    pub label: String,
}

/// A form that a step offers.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct PaperOffer {
    /// Code.
    pub form: String,
    /// Title.
    pub title: String,
}

/// The way of one case.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct WayView {
    /// The ordinary way, stage by stage.
    pub steps: Vec<WayStage>,
    /// The step that usually comes next; nothing for a closed case.
    pub next: Option<StepOffer>,
    /// All other steps and acts, the usual ones first.
    pub others: Vec<StepOffer>,
    /// How the case ended, when it did not end by the ordinary way.
    pub ended: Option<String>,
}

/// One stage of the way.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct WayStage {
    /// Stable id.
    pub stage: String,
    /// Chinese name.
    pub label: String,
    /// Where it stands.
    pub state: StageState,
    /// When it was done.
    pub at: Option<String>,
}

/// Everything that can be done with a case now, and what is missing for it.
///
/// # Errors
/// When there is no such record, or its register has no workflow.
pub fn next_steps(ctx: &Ctx, ask: &RecordRef) -> Outcome<Vec<StepOffer>> {
    let spec = ctx.register(&ask.register)?;
    let workflow = workflow_of(spec)?;
    let reader = ctx.reader()?;
    let record = refer::record(&reader, spec, &ask.record)?;
    let figures = ctx.figures()?;
    let parts = CaseParts::read(ctx, &reader, &figures, &record)?;
    let nothing = Values::new();
    let case = parts.case(&record, "", &nothing);
    let offers = workflow.offers(spec, &case);
    let drawn = Drawn::new(ctx, &reader, spec, workflow, &case)?;
    Ok(offers.iter().map(|offer| drawn.offer(offer)).collect())
}

/// The ordinary way of a case with the times, and what can be done next.
///
/// # Errors
/// When there is no such record, or its register has no workflow.
pub fn way_of(ctx: &Ctx, ask: &RecordRef) -> Outcome<WayView> {
    let spec = ctx.register(&ask.register)?;
    let workflow = workflow_of(spec)?;
    let reader = ctx.reader()?;
    let record = refer::record(&reader, spec, &ask.record)?;
    let figures = ctx.figures()?;
    let parts = CaseParts::read(ctx, &reader, &figures, &record)?;
    let nothing = Values::new();
    let case = parts.case(&record, "", &nothing);
    let state = record.state.as_deref().unwrap_or_default();
    let offers = workflow.offers(spec, &case);
    let drawn = Drawn::new(ctx, &reader, spec, workflow, &case)?;
    let next = workflow.usual(state, &offers);
    let mut others: Vec<&Offer> = offers
        .iter()
        .filter(|offer| next.is_none_or(|next| next.step != offer.step))
        .collect();
    others.sort_by_key(|offer| (!offer.applies(), rank(workflow, state, offer.step)));
    let stages = workflow.stages(&case);
    let by_the_way = stages
        .last()
        .is_some_and(|(_, last, _)| *last == StageState::Done);
    Ok(WayView {
        steps: stages
            .into_iter()
            .map(|(stage, stands, at)| WayStage {
                stage: stage.id.to_owned(),
                label: ctx.catalog.label("case_stage", stage.id).to_owned(),
                state: stands,
                at: at.as_ref().map(moment_text),
            })
            .collect(),
        next: next.map(|offer| drawn.offer(offer)),
        others: others.into_iter().map(|offer| drawn.offer(offer)).collect(),
        ended: (workflow.is_closed(state) && !by_the_way)
            .then(|| state_label(ctx.catalog, &spec.id, state)),
    })
}

/// Acts that a clerk looks for often, after those that are usual in the state.
const OFTEN: &[&str] = &[
    "log_attempt",
    "contact",
    "resume",
    "customer_objects",
    "return_plan",
    "find_unfounded",
    "refuse",
    "reply_department",
    "note",
    "attach_scan",
    "extend",
    "pause",
];

fn rank(workflow: &Workflow, state: &str, step: &str) -> usize {
    let usual = workflow.usual.iter().find(|(code, _)| *code == state);
    let is_usual = usual.is_some_and(|(_, steps)| steps.contains(&step));
    if is_usual {
        return 0;
    }
    let often = OFTEN.iter().position(|one| *one == step);
    often.map_or(OFTEN.len() + 1, |place| place + 1)
}

/// What is needed to draw the offers of one case.
struct Drawn<'a> {
    ctx: &'a Ctx,
    spec: &'a RegisterSpec,
    line: &'a RegisterSpec,
    workflow: &'static Workflow,
    record: &'a Record,
    clocks: Vec<AskOption>,
}

impl<'a> Drawn<'a> {
    fn new(
        ctx: &'a Ctx,
        reader: &dyn Read,
        spec: &'a RegisterSpec,
        workflow: &'static Workflow,
        case: &Case<'a>,
    ) -> Outcome<Self> {
        let lines = spec.field(workflow.actions);
        let lines = lines.and_then(|field| field.lines.as_deref());
        let deadlines = reader.deadlines_of(&spec.id, case.record.uuid)?;
        let open = deadlines.iter().filter(|row| row.open);
        Ok(Self {
            ctx,
            spec,
            line: ctx.spec(lines.unwrap_or_default())?,
            workflow,
            record: case.record,
            clocks: open
                .map(|row| AskOption {
                    code: row.rule.clone(),
                    label: row.detail["title"].as_str().unwrap_or_default().to_owned(),
                })
                .collect(),
        })
    }

    fn offer(&self, offer: &Offer) -> StepOffer {
        let missing = offer.missing.iter();
        let waivable = missing.clone().filter(|m| m.waivable);
        StepOffer {
            step: offer.step.to_owned(),
            label: step_label(self.ctx, offer.step).to_owned(),
            act: say(&format!("act.{}", offer.step), &Facts::new()),
            moves: offer.moves,
            ready: offer.missing.is_empty(),
            applies: offer.applies(),
            missing: missing
                .map(|m| missing_fault(self.ctx, self.spec, m))
                .collect(),
            waivable: waivable.map(|m| m.code.clone()).collect(),
            asks: self.asks(offer.step),
            papers: offer
                .papers
                .iter()
                .filter_map(|code| forms::newest(code))
                .map(|form| PaperOffer {
                    form: form.code.clone(),
                    title: form.title.clone(),
                })
                .collect(),
        }
    }

    /// What a step asks for: fields of the record in the order of the paper, those of the action
    /// line, then who, when and what.
    fn asks(&self, id: &str) -> Vec<StepAsk> {
        let Some(step) = self.workflow.step(id) else {
            return Vec::new();
        };
        let values = &self.record.values;
        let required: Vec<&str> = needed(self.spec, step).map(|f| f.id.as_str()).collect();
        let also = usual(self.workflow, id);
        let mut asks: Vec<StepAsk> = self
            .spec
            .fields
            .iter()
            .filter(|field| !field.read_only)
            .filter(|field| {
                let required = required.contains(&field.id.as_str());
                (required && field.applies(values)) || also.contains(&field.id.as_str())
            })
            .map(|field| StepAsk {
                empty: values.get(&field.id).is_null(),
                required: required.contains(&field.id.as_str()),
                ..ask(field, AskOn::Record)
            })
            .collect();
        let line_needs = step.needs.iter().filter(|&&field| field != "person");
        asks.extend(
            line_needs
                .filter_map(|field| self.line.field(field))
                .map(|field| StepAsk {
                    required: true,
                    options: if field.id == "rule" {
                        self.clocks.clone()
                    } else {
                        Vec::new()
                    },
                    ..ask(field, AskOn::Action)
                }),
        );
        let stamped = step.effects.iter().find_map(|effect| match effect {
            Effect::Stamp(field) => self.spec.field(field),
            _ => None,
        });
        for (id, of_line, required) in [
            ("at", "occurred_at", false),
            ("person", "person", step.needs.contains(&"person")),
            ("text", "text", step.text_required),
        ] {
            let Some(field) = self.line.field(of_line) else {
                continue;
            };
            // The time of a visit is asked for as the time of the visit.
            let named = stamped.filter(|_| id == "at").unwrap_or(field);
            asks.push(StepAsk {
                field: id.to_owned(),
                label: named.label.clone(),
                required,
                ..ask(field, AskOn::Order)
            });
        }
        asks
    }
}

fn ask(field: &FieldSpec, on: AskOn) -> StepAsk {
    StepAsk {
        field: field.id.clone(),
        label: field.label.clone(),
        required: false,
        empty: true,
        on,
        options: Vec::new(),
    }
}
