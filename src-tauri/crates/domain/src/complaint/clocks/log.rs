//! The action lines of a complaint read as a log: what happened first, in which round, how long the
//! clocks stood, how far a deadline was put off.

use chrono::{Duration, NaiveTime};

use crate::complaint::steps::CLOSED;
use crate::deadline::{Extension, ExtensionTo, Pause};
use crate::field::complaint_action as action;
use crate::record::Line;
use crate::time::Moment;

/// Steps that open a new round.
const OPENERS: [&str; 3] = ["rework", "customer_objects", "reopen"];

/// The step that opened a round, with its event time and the round.
pub(super) struct Opening<'a> {
    pub(super) step: &'a str,
    pub(super) at: Moment,
    pub(super) round: u32,
}

/// The action lines, in the order in which they were entered.
#[derive(Clone, Copy)]
pub(super) struct Log<'a>(pub(super) &'a [Line]);

impl<'a> Log<'a> {
    fn lines<'s>(&self, steps: &'s [&'s str]) -> impl Iterator<Item = &'a Line> + use<'a, 's> {
        let of_step = |line: &Line| line.values.text(action::STEP).map(|s| steps.contains(&s));
        self.0.iter().filter(move |l| of_step(l) == Some(true))
    }

    /// Event time of the first of these steps in a round.
    pub(super) fn first(&self, steps: &[&str], round: u32) -> Option<Moment> {
        self.lines(steps)
            .filter(|l| round_of(l) == round)
            .filter_map(event_time)
            .min()
    }

    /// Event time of the first of these steps in any round.
    pub(super) fn first_ever(&self, steps: &[&str]) -> Option<Moment> {
        self.lines(steps).filter_map(event_time).min()
    }

    /// The steps that opened the rounds after the first.
    pub(super) fn openings(&self) -> impl Iterator<Item = Opening<'a>> {
        self.lines(&OPENERS).filter_map(|line| {
            Some(Opening {
                step: line.values.text(action::STEP)?,
                at: event_time(line)?,
                round: round_of(line),
            })
        })
    }

    /// The last round, from 1.
    pub(super) fn last_round(&self) -> u32 {
        self.0.iter().map(round_of).max().unwrap_or(1)
    }

    /// The pauses. What closes a case also ends its pause: a case that is opened again later does
    /// not wait from back then.
    pub(super) fn pauses(&self) -> Vec<Pause> {
        let mut pauses: Vec<Pause> = Vec::new();
        for line in self.0 {
            let Some(at) = event_time(line) else { continue };
            let closes = |state: &str| CLOSED.contains(&state);
            let ends = line.values.text(action::STEP) == Some("resume")
                || line.values.text(action::TO_STATE).is_some_and(closes);
            if line.values.text(action::STEP) == Some("pause") {
                pauses.push(Pause { from: at, to: None });
            } else if ends && let Some(open) = pauses.iter_mut().rev().find(|p| p.to.is_none()) {
                // A resumption typed as a bare day is midnight and may lie before its pause.
                open.to = Some(at.max(open.from));
            }
        }
        pauses
    }

    /// How far a deadline was put off, in the order granted: in one round, or ever.
    pub(super) fn extensions(&self, rule: &str, round: Option<u32>) -> Vec<Extension> {
        self.lines(&["extend"])
            .filter(|l| l.values.text(action::RULE) == Some(rule))
            .filter(|l| round.is_none_or(|round| round_of(l) == round))
            .filter_map(|l| {
                let until = l.values.moment(action::UNTIL)?;
                Some(Extension {
                    // Until a bare day means until its end.
                    to: ExtensionTo::Until(end_of_bare_day(until).unwrap_or(until)),
                    approver: l.values.text(action::PERSON).unwrap_or_default().to_owned(),
                    reason: l.values.text(action::TEXT).unwrap_or_default().to_owned(),
                    op: l.uuid.to_string(),
                })
            })
            .collect()
    }
}

/// The last second of the day of a moment that is midnight, which is how a day without a time of
/// day is kept; `None` for any other moment.
pub(super) fn end_of_bare_day(moment: Moment) -> Option<Moment> {
    (moment.time() == NaiveTime::MIN).then(|| moment + Duration::days(1) - Duration::seconds(1))
}

fn event_time(line: &Line) -> Option<Moment> {
    line.values.moment(action::OCCURRED_AT)
}

fn round_of(line: &Line) -> u32 {
    let round = line.values.int(action::ROUND).unwrap_or(1);
    u32::try_from(round).unwrap_or(1)
}
