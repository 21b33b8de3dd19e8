//! How a workflow is shown: the ordinary way as stages, the mark of each state, the act that usually
//! comes next. Data that a window and a page of help draw from; no colour and no word is here.

use serde::Serialize;

use super::{Case, Offer, Workflow};
use crate::record::Record;

/// The mark beside a state's word. Round marks fill up as the case moves on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A dashed ring: not yet in the register.
    Dashed,
    /// An empty ring.
    Empty,
    /// A quarter full.
    Quarter,
    /// Half full.
    Half,
    /// Three quarters full.
    ThreeQuarters,
    /// Full: only the end is left.
    Full,
    /// Waiting for somebody else.
    Diamond,
    /// Ended well.
    Ticked,
    /// Ended otherwise.
    Struck,
    /// Worked on anew.
    Redo,
}

/// How loud a word or mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Ink.
    Plain,
    /// Waiting for others, or due today.
    Warn,
    /// Late, or to be done again.
    Danger,
    /// Done.
    Done,
}

/// How a state is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateLook {
    /// The state, or another word of the list of states that marks a case in it.
    pub code: &'static str,
    /// Its mark.
    pub shape: Shape,
    /// Its tone.
    pub tone: Tone,
}

/// One stage of the ordinary way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// Code in the list of stages.
    pub id: &'static str,
    /// The states in which the case stands at this stage.
    pub states: &'static [&'static str],
    /// The steps that end the stage.
    pub ends: &'static [&'static str],
    /// The field with the time of its end, for cases that were settled before they were logged.
    pub stamp: Option<&'static str>,
}

/// Where a stage stands for one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum StageState {
    /// Behind the case.
    Done,
    /// The case stands here.
    Now,
    /// Still to come.
    Later,
    /// Passed over, or no longer to come.
    Skipped,
}

impl Workflow {
    /// How a state is marked; plain and empty for one that is not known.
    #[must_use]
    pub fn look(&self, code: &str) -> StateLook {
        let known = self.looks.iter().find(|look| look.code == code);
        known.copied().unwrap_or(StateLook {
            code: "",
            shape: Shape::Empty,
            tone: Tone::Plain,
        })
    }

    /// The word and mark of a case: those of its state, or of what is special to the case.
    #[must_use]
    pub fn mark<'r>(&self, record: &'r Record) -> Option<(&'r str, StateLook)> {
        let state = record.state.as_deref()?;
        let code = (self.special)(record).unwrap_or(state);
        Some((code, self.look(code)))
    }

    /// Each stage with where it stands, and the time of its end where that is known.
    #[must_use]
    pub fn stages(
        &self,
        case: &Case<'_>,
    ) -> Vec<(&'static Stage, StageState, Option<crate::time::Moment>)> {
        let state = case.record.state.as_deref().unwrap_or_default();
        let here = self.path.iter().position(|s| s.states.contains(&state));
        let closed = self.is_closed(state);
        let at_end = self
            .path
            .last()
            .is_some_and(|last| closed && last.ends.iter().any(|end| self.leads(end, state)));
        self.path
            .iter()
            .enumerate()
            .map(|(place, stage)| {
                let ended = ended_at(stage, case);
                let passed = here.is_some_and(|here| place < here);
                let known = ended.is_some() || (at_end && place + 1 == self.path.len());
                let stands = match here {
                    Some(here) if place == here => StageState::Now,
                    Some(here) if place > here => StageState::Later,
                    _ if (passed || closed) && known => StageState::Done,
                    _ => StageState::Skipped,
                };
                let at = (stands == StageState::Done).then_some(ended).flatten();
                (stage, stands, at)
            })
            .collect()
    }

    /// Whether a step leads into a state.
    fn leads(&self, step: &str, state: &str) -> bool {
        self.step(step)
            .is_some_and(|step| step.to == super::Target::State(self.known(state)))
    }

    /// The state as the workflow writes it.
    fn known(&self, state: &str) -> &'static str {
        let closed = self.closed.iter().copied();
        closed.into_iter().find(|code| *code == state).unwrap_or("")
    }

    /// The act that usually comes next: the first of the state's usual ones that fits the case.
    #[must_use]
    pub fn usual<'o>(&self, state: &str, offers: &'o [Offer]) -> Option<&'o Offer> {
        let (_, usual) = self.usual.iter().find(|(code, _)| *code == state)?;
        let offered = |step: &&str| offers.iter().find(|offer| *offer.step == **step);
        let mut found = usual.iter().filter_map(offered);
        let first = found.clone().next();
        found.find(|offer| offer.applies()).or(first)
    }
}

/// When a stage ended last.
fn ended_at(stage: &Stage, case: &Case<'_>) -> Option<crate::time::Moment> {
    let ends = |line: &&crate::record::Line| {
        let step = line.values.text("step").unwrap_or_default();
        stage.ends.contains(&step)
    };
    let logged = case.actions.iter().filter(ends);
    let mut logged = logged.filter_map(|line| line.values.moment("occurred_at"));
    logged
        .next_back()
        .or_else(|| case.values().moment(stage.stamp?))
}

impl Offer {
    /// Whether the step fits the case as it stands: all that is missing can be typed with the step
    /// or waived.
    #[must_use]
    pub fn applies(&self) -> bool {
        let can_be_given = |m: &super::Missing| m.field.is_some() || m.waivable || m.by_text;
        self.missing.iter().all(can_be_given)
    }
}
