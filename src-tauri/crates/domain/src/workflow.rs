//! The workflow engine: states and steps as data, one way to ask what is missing, one way to take
//! a step. Which steps a register has stands in the register's own module.
//!
//! "Who" in a step is a typed name from the signed paper, not a login. Event time is typed and may
//! lie in the past; it may not lie in the future nor before the step it follows. Flags (urgent,
//! escalated, waiting …) are fields, not states, so that the place in the flow is never lost.
//!
//! Not here: writing what a step says (`commands`), deadlines (the register's own module).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::{Line, Record};
use crate::spec::RegisterSpec;
use crate::time::Moment;
use crate::value::Values;

pub mod look;
mod take;

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
    /// Sets or clears a tick that does not stand so already.
    Tick(&'static str, bool),
    /// Sets a choice where nothing was chosen yet.
    Choose(&'static str, &'static str),
    /// Sets a choice whatever was chosen before, unless one is typed with the step.
    Decide(&'static str, &'static str),
    /// Empties fields that speak of what the step undoes, unless they are typed with it.
    Clear(&'static [&'static str]),
    /// Counts the round up: the case is worked on anew under new clocks.
    NextRound,
}

/// A condition of a step beside the fields it requires.
pub struct Guard {
    /// Stable code; the wording of what is missing hangs on it.
    pub code: &'static str,
    /// Whether the head of the office may waive it with a reason.
    pub waivable: bool,
    /// What the action line calls it when it is waived, in Chinese; empty when it cannot be.
    pub waived_as: &'static str,
    /// The text of the action line settles it.
    pub by_text: bool,
    /// The field to be filled, if it is one. The guard then decides alone whether that field is
    /// missing: it knows the exceptions that the field's spec cannot say.
    pub field: Option<&'static str>,
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
    /// An act that it ends and so cannot come before, such as the pause of a resumption.
    pub ends: Option<&'static str>,
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
    /// The ordinary way.
    pub path: &'static [look::Stage],
    /// The marks of the states.
    pub looks: &'static [look::StateLook],
    /// A word that says more about a case than its state does.
    pub special: fn(&Record) -> Option<&'static str>,
    /// The acts that usually come next, by state.
    pub usual: &'static [(&'static str, &'static [&'static str])],
    /// Fields that are usually filled with a step, beside those that it needs.
    pub also: &'static [(&'static str, &'static [&'static str])],
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
    /// The field to be filled, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// May be waived with a reason.
    pub waivable: bool,
    /// The text of the action line settles it.
    #[serde(skip)]
    pub by_text: bool,
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
                missing: take::missing(spec, step, case),
                papers: step.papers,
            })
            .collect()
    }
}
