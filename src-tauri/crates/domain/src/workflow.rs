//! The workflow engine: states and steps as data, one way to ask what is missing, one way to take
//! a step. Which steps a register has stands in the register's own module.
//!
//! "Who" in a step is a typed name from the signed paper, not a login. Event time is typed and may
//! lie in the past; it may not lie in the future nor before the step it follows. Flags (urgent,
//! escalated, waiting …) are fields, not states, so that the place in the flow is never lost.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::{Line, Record};
use crate::spec::RegisterSpec;
use crate::time::Moment;
use crate::value::{Value, Values};

/// The field of an action line that names who did it.
const PERSON: &str = "person";

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An act without a move.
    Stay,
    /// Another state.
    State(&'static str),
}

/// From where a step may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Only from these states.
    States(&'static [&'static str]),
    /// From every state in which the case is still open.
    Open,
    /// From every state, also closed ones.
    Any,
}

/// What a step writes into the record beside the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Sets a moment field to the event time.
    Stamp(&'static str),
    /// Sets or clears a tick.
    Tick(&'static str, bool),
    /// Sets a choice where nothing was chosen yet.
    Choose(&'static str, &'static str),
    /// Counts the round up: the case is worked on anew under new clocks.
    NextRound,
}

/// A condition of a step beside the fields it requires.
pub struct Guard {
    /// Stable code; the wording of what is missing hangs on it.
    pub code: &'static str,
    /// Whether the head of the office may waive it with a reason.
    pub waivable: bool,
    /// `None` when the condition holds, else the facts for the message.
    pub check: fn(&Case<'_>) -> Option<BTreeMap<String, String>>,
}

/// One step of a workflow.
pub struct Step {
    /// Stable English id.
    pub id: &'static str,
    /// From where.
    pub from: Source,
    /// Where to.
    pub to: Target,
    /// Conditions beside required fields.
    pub guards: &'static [&'static Guard],
    /// What it writes.
    pub effects: &'static [Effect],
    /// Forms that are offered for printing at this moment.
    pub papers: &'static [&'static str],
    /// Whether the text of the action line must be given (a reason, a statement, a finding).
    pub text_required: bool,
    /// Fields of the action line that must be given.
    pub needs: &'static [&'static str],
    /// A step that the program takes by itself right after, when its guards hold.
    pub then: Option<&'static str>,
}

impl Step {
    /// True for a step that moves the case, false for an act.
    #[must_use]
    pub fn moves(&self) -> bool {
        matches!(self.to, Target::State(_))
    }
}

/// The steps of one register.
pub struct Workflow {
    /// Register id.
    pub register: &'static str,
    /// The field with the lines that log the steps.
    pub actions: &'static str,
    /// The field with the event time at which a case begins.
    pub begins: &'static str,
    /// States in which nothing more is due.
    pub closed: &'static [&'static str],
    /// All steps, in the order in which they are offered.
    pub steps: &'static [&'static Step],
}

/// A signed or printed sheet of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFact {
    /// Form code, such as `F-02`.
    pub form: String,
    /// Whether the signed sheet came back, or none is needed.
    pub returned: bool,
}

/// Everything that guards may look at: a case as it would be with the typed values written.
pub struct Case<'a> {
    /// The record with the typed values already merged in.
    pub record: &'a Record,
    /// Its action lines, in their order.
    pub actions: &'a [Line],
    /// Its papers.
    pub papers: &'a [PaperFact],
    /// The office demands a complaint in writing (C-03).
    pub written_only: bool,
    /// The text typed with the step.
    pub text: &'a str,
    /// The values typed for the action line.
    pub action: &'a Values,
}

impl Case<'_> {
    /// The values of the record.
    #[must_use]
    pub fn values(&self) -> &Values {
        &self.record.values
    }

    /// The current round, counted from 1.
    #[must_use]
    pub fn round(&self) -> i64 {
        self.values().int("round").unwrap_or(1)
    }

    /// The action lines of a step in the current round.
    pub fn in_round<'s>(&'s self, step: &'s str) -> impl Iterator<Item = &'s Line> {
        let round = self.round();
        self.actions.iter().filter(move |line| {
            line.values.text("step") == Some(step) && line.values.int("round").unwrap_or(1) == round
        })
    }
}

/// One thing that is missing before a step can be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// `field` for an empty field, else the guard's code.
    pub code: String,
    /// The empty field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// May be waived with a reason.
    pub waivable: bool,
    /// Facts for the message.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The workflow has no such step.
    UnknownStep(String),
    /// The step cannot be taken from this state.
    NotFromHere {
        /// The step.
        step: String,
        /// The state the case is in.
        state: String,
    },
    /// The event time lies after the entry time.
    InFuture(Moment),
    /// The event time lies before the event it must follow.
    BeforeEarlier {
        /// The earlier step, or `begin`.
        earlier: String,
        /// When that was.
        earlier_at: Moment,
    },
    /// Fields or conditions are missing; all of them.
    Missing(Vec<Missing>),
    /// A waiver was given without a reason, or for what cannot be waived.
    BadWaiver(String),
}

/// A waiver of a guard with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The guard's code.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// What the clerk typed for a step.
#[derive(Debug, Clone, Default)]
pub struct Order<'a> {
    /// Values for the record, already read.
    pub values: Values,
    /// Values for the action line beside step, time, person, text (rule, until, archive item …).
    pub action: Values,
    /// Who did it, from the signed paper.
    pub person: &'a str,
    /// What was found, said, decided.
    pub text: &'a str,
    /// Guards that are waived.
    pub waivers: Vec<Waiver>,
}

/// What has to be written for a step that may be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The new state, or `None` for an act.
    pub state: Option<&'static str>,
    /// Record values to write: the typed ones and the step's effects.
    pub values: Values,
    /// The action line.
    pub action: Values,
    /// Forms that are offered now.
    pub papers: &'static [&'static str],
    /// The step that follows by itself.
    pub then: Option<&'static str>,
}

/// A step that can be taken from here, with what is still missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The step's id.
    pub step: &'static str,
    /// Whether it moves the case.
    pub moves: bool,
    /// What is missing; empty when it can be taken now.
    pub missing: Vec<Missing>,
    /// Forms that it offers.
    pub papers: &'static [&'static str],
}

impl Workflow {
    /// The step of this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&'static Step> {
        self.steps.iter().find(|s| s.id == id).copied()
    }

    /// Whether a case in this state is closed.
    #[must_use]
    pub fn is_closed(&self, state: &str) -> bool {
        self.closed.contains(&state)
    }

    /// Whether a step may be taken from a state, its conditions aside.
    #[must_use]
    pub fn allows(&self, step: &Step, state: &str) -> bool {
        match step.from {
            Source::States(states) => states.contains(&state),
            Source::Open => !self.is_closed(state),
            Source::Any => true,
        }
    }

    /// Every step that the state allows, with what is missing for it, in the workflow's order.
    #[must_use]
    pub fn offers(&self, spec: &RegisterSpec, case: &Case<'_>) -> Vec<Offer> {
        let state = case.record.state.as_deref().unwrap_or_default();
        self.steps
            .iter()
            .filter(|step| self.allows(step, state))
            .map(|step| Offer {
                step: step.id,
                moves: step.moves(),
                missing: missing(spec, step, case),
                papers: step.papers,
            })
            .collect()
    }

    /// Takes a step: checks time, fields and guards and says what to write.
    ///
    /// `case.record` is the record as it stands, without the typed values.
    ///
    /// # Errors
    /// The refusal, with everything that is missing at once.
    pub fn take(
        &self,
        spec: &RegisterSpec,
        case: &Case<'_>,
        step_id: &str,
        order: Order<'_>,
        at: Moment,
        now: Moment,
    ) -> Result<Taken, Refusal> {
        let step = self
            .step(step_id)
            .ok_or_else(|| Refusal::UnknownStep(step_id.to_owned()))?;
        let state = case.record.state.clone().unwrap_or_default();
        if !self.allows(step, &state) {
            return Err(Refusal::NotFromHere {
                step: step_id.to_owned(),
                state,
            });
        }
        let mut merged = case.record.clone();
        merged.values = merged.values.merged(&order.values);
        self.check_time(&merged, case.actions, step, at, now)?;
        let action = order
            .action
            .clone()
            .with(PERSON, text_or_null(order.person));
        let seen = Case {
            record: &merged,
            text: order.text,
            action: &action,
            ..*case
        };
        let mut lacking = missing(spec, step, &seen);
        let waived = waive(&mut lacking, &order.waivers)?;
        if !lacking.is_empty() {
            return Err(Refusal::Missing(lacking));
        }
        Ok(write(step, &seen, &state, &order, &waived, at, now))
    }

    /// Refuses an event time in the future, before the case began, or before the move it follows.
    fn check_time(
        &self,
        record: &Record,
        actions: &[Line],
        step: &Step,
        at: Moment,
        now: Moment,
    ) -> Result<(), Refusal> {
        if at > now {
            return Err(Refusal::InFuture(at));
        }
        let begun = record
            .values
            .moment(self.begins)
            .map(|m| ("begin".to_owned(), m));
        let moved = actions
            .iter()
            .filter(|line| step.moves() && line.values.text("to_state").is_some())
            .filter_map(|line| {
                Some((
                    line.values.text("step")?.to_owned(),
                    line.values.moment("occurred_at")?,
                ))
            })
            .max_by_key(|(_, moment)| *moment);
        for (earlier, earlier_at) in begun.into_iter().chain(moved) {
            // A typed day without a time is midnight and stands for the whole day.
            let day_only = at.time() == chrono::NaiveTime::MIN;
            let before = if day_only {
                at.date_naive() < earlier_at.date_naive()
            } else {
                at < earlier_at
            };
            if before {
                return Err(Refusal::BeforeEarlier {
                    earlier,
                    earlier_at,
                });
            }
        }
        Ok(())
    }
}

/// Everything that is missing for a step: required fields first, then guards.
fn missing(spec: &RegisterSpec, step: &Step, case: &Case<'_>) -> Vec<Missing> {
    let values = case.values();
    let mut lacking: Vec<Missing> = spec
        .fields
        .iter()
        .filter(|f| f.required || f.required_for.iter().any(|s| s == step.id))
        .filter(|f| f.applies(values) && values.get(&f.id).is_null())
        .map(|f| Missing {
            code: "field".to_owned(),
            field: Some(f.id.clone()),
            waivable: false,
            facts: BTreeMap::from([("label".to_owned(), f.label.clone())]),
        })
        .collect();
    if step.text_required && case.text.trim().is_empty() {
        lacking.push(Missing {
            code: "text".to_owned(),
            field: Some("text".to_owned()),
            waivable: false,
            facts: BTreeMap::new(),
        });
    }
    for needed in step.needs.iter().filter(|n| case.action.get(n).is_null()) {
        lacking.push(Missing {
            code: "action_field".to_owned(),
            field: Some((*needed).to_owned()),
            waivable: false,
            facts: BTreeMap::new(),
        });
    }
    for guard in step.guards {
        if let Some(facts) = (guard.check)(case) {
            lacking.push(Missing {
                code: guard.code.to_owned(),
                field: None,
                waivable: guard.waivable,
                facts,
            });
        }
    }
    lacking
}

/// Takes waived guards out of what is missing; answers the waivers that were needed.
fn waive<'w>(
    lacking: &mut Vec<Missing>,
    waivers: &'w [Waiver],
) -> Result<Vec<&'w Waiver>, Refusal> {
    let mut used = Vec::new();
    for waiver in waivers {
        let Some(at) = lacking.iter().position(|m| m.code == waiver.code) else {
            continue;
        };
        if !lacking[at].waivable || waiver.reason.trim().is_empty() {
            return Err(Refusal::BadWaiver(waiver.code.clone()));
        }
        lacking.remove(at);
        used.push(waiver);
    }
    Ok(used)
}

/// Puts together what a step writes.
fn write(
    step: &'static Step,
    case: &Case<'_>,
    state: &str,
    order: &Order<'_>,
    waived: &[&Waiver],
    at: Moment,
    now: Moment,
) -> Taken {
    let mut values = order.values.clone();
    let mut round = case.round();
    for effect in step.effects {
        match *effect {
            Effect::Stamp(field) => values.set(field, at),
            Effect::Tick(field, tick) => values.set(field, tick),
            Effect::Choose(field, code) => {
                if case.values().get(field).is_null() {
                    values.set(field, code);
                }
            }
            Effect::NextRound => {
                round += 1;
                values.set("round", round);
            }
        }
    }
    let mut text = order.text.trim().to_owned();
    for waiver in waived {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!(
            "[waived {}] {}",
            waiver.code,
            waiver.reason.trim()
        ));
    }
    let mut action = order.action.clone();
    action.set("step", step.id);
    action.set("occurred_at", at);
    action.set("entered_at", now);
    // The step that opens a round is the round's first line: its clocks start there.
    action.set("round", round);
    action.set(PERSON, text_or_null(order.person));
    action.set("text", text_or_null(&text));
    let new_state = match step.to {
        Target::State(new_state) => {
            action.set("from_state", state);
            action.set("to_state", new_state);
            Some(new_state)
        }
        Target::Stay => None,
    };
    Taken {
        state: new_state,
        values,
        action,
        papers: step.papers,
        then: step.then,
    }
}

fn text_or_null(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::from(text)
    }
}
