//! Deadlines, derived from what happened: trigger, rule version, calendar, pauses, extensions.
//!
//! Nothing here is kept and edited; a deadline is computed again whenever an event, a rule or a
//! table changes, and [`diff`] says what moved. The rule version is the one in force at the trigger
//! of the round. Pauses: a day touched by a pause does not count for clocks in days, calendar or
//! working, and a day is added for each to clocks in months and years; hours move by exactly the
//! time paused. A pause that begins after the deadline has passed changes nothing. While a pause
//! is open its end is not known: the due moment then counts only what is certain, so it never
//! depends on the present moment. Not here: which events start and stop a rule (the register's
//! module), storing.

use std::collections::BTreeMap;

use crate::calendar::Calendar;
use crate::count::{Amount, Count, CountedDue, OutOfRange, Step, Stretch};
use crate::rules::{RuleBook, RuleKind, Severity};
use crate::time::Moment;

pub mod standing;

/// A stretch in which a clock stands still, with its end if the clock runs again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The first moment.
    pub from: Moment,
    /// The moment at which the clock runs again; `None` while it stands.
    pub to: Option<Moment>,
}

/// How far a deadline was put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionTo {
    /// To a moment named by the approver; pauses do not move it, and a moment before the due one
    /// changes nothing.
    Until(Moment),
    /// By an amount counted from the due moment.
    Add(Amount),
}

/// An extension, an act of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// How far.
    pub to: ExtensionTo,
    /// Who approved, from the signed paper.
    pub approver: String,
    /// Why.
    pub reason: String,
    /// The op that granted it.
    pub op: String,
}

/// What happened to one clock in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockInput<'a> {
    /// The code of the rule.
    pub rule: &'a str,
    /// The round, from 1.
    pub round: u32,
    /// The event time of the trigger.
    pub started_at: Moment,
    /// The pauses, in any order; they may overlap.
    pub pauses: &'a [Pause],
    /// The extensions, in the order granted.
    pub extensions: &'a [Extension],
    /// The event time of what met it.
    pub met_at: Option<Moment>,
}

/// Where a deadline stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadlineState {
    /// Not met, not yet due.
    Running,
    /// Not met, and the clock stands still.
    Paused,
    /// Met in time.
    Met,
    /// Met, but late.
    MetLate,
    /// Not met and past due.
    Overdue,
}

/// A derived deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The code of the rule.
    pub rule: String,
    /// What the rule demands, in Chinese.
    pub title: String,
    /// The round, from 1.
    pub round: u32,
    /// Amber or red when missed.
    pub severity: Severity,
    /// The amount counted, without extensions.
    pub amount: Amount,
    /// Which version of the rule was in force at the trigger.
    pub rule_version: String,
    /// Which calendar tables mattered; empty if none did.
    pub calendar_version: String,
    /// The event time of the trigger.
    pub started_at: Moment,
    /// The last moment in time.
    pub due_at: Moment,
    /// The event time of what met it.
    pub met_at: Option<Moment>,
    /// Since when the clock stands still, if it does.
    pub paused_since: Option<Moment>,
    /// Where it stands at the present moment.
    pub state: DeadlineState,
    /// Counted with a year of which holidays are not known (暂按周一至周五).
    pub assumed_calendar: bool,
    /// How it was counted, in Chinese, one line a step.
    pub counted: Vec<String>,
    /// The same as data; empty for a day that a person wrote down.
    pub steps: Vec<Step>,
}

/// Why a deadline cannot be derived.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineError {
    /// No such rule was in force at the trigger.
    #[error("deadline.no_rule: {code}")]
    NoRule {
        /// The code.
        code: String,
        /// The event time of the trigger.
        at: Moment,
    },
    /// The rule starts no clock.
    #[error("deadline.not_a_clock: {code}")]
    NotAClock {
        /// The code.
        code: String,
    },
    /// A pause that ends before it begins.
    #[error("deadline.pause_backwards")]
    PauseBackwards {
        /// Its beginning.
        from: Moment,
        /// Its end.
        to: Moment,
    },
    /// The end lies beyond the years the program can hold.
    #[error("deadline.out_of_range")]
    OutOfRange(#[from] OutOfRange),
}

impl DeadlineError {
    /// The stable code of the problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRule { .. } => "deadline.no_rule",
            Self::NotAClock { .. } => "deadline.not_a_clock",
            Self::PauseBackwards { .. } => "deadline.pause_backwards",
            Self::OutOfRange(_) => "deadline.out_of_range",
        }
    }
}

impl Deadline {
    /// Where the deadline stands at a moment.
    #[must_use]
    pub fn state_at(&self, now: &Moment) -> DeadlineState {
        match (self.met_at, self.paused_since) {
            (Some(met), _) if met <= self.due_at => DeadlineState::Met,
            (Some(_), _) => DeadlineState::MetLate,
            (None, Some(since)) if since <= *now => DeadlineState::Paused,
            (None, _) if *now > self.due_at => DeadlineState::Overdue,
            (None, _) => DeadlineState::Running,
        }
    }

    /// Whether two derivations rest on the same facts and come to the same end; where they stand
    /// at the present moment does not matter.
    fn is_same(&self, other: &Self) -> bool {
        let facts = |deadline: &Self| {
            (
                (
                    deadline.started_at,
                    deadline.due_at,
                    deadline.met_at,
                    deadline.paused_since,
                ),
                (
                    deadline.amount,
                    deadline.severity,
                    deadline.assumed_calendar,
                ),
                (
                    deadline.rule_version.clone(),
                    deadline.calendar_version.clone(),
                ),
            )
        };
        facts(self) == facts(other)
    }
}

/// Derives a deadline. The same input gives the same output; `now` decides only the state.
///
/// # Errors
/// [`DeadlineError`] says what of the input does not hold together.
pub fn derive(
    input: &ClockInput<'_>,
    rules: &RuleBook,
    calendar: &Calendar,
    now: &Moment,
) -> Result<Deadline, DeadlineError> {
    let no_rule = || DeadlineError::NoRule {
        code: input.rule.to_owned(),
        at: input.started_at,
    };
    let rule = rules
        .version_at(input.rule, &input.started_at)
        .ok_or_else(no_rule)?;
    let not_a_clock = || DeadlineError::NotAClock {
        code: input.rule.to_owned(),
    };
    let amount = rule
        .amount
        .filter(|_| rule.rule.kind == RuleKind::Clock)
        .ok_or_else(not_a_clock)?;
    let mut view = if rule.rule.legal {
        calendar.statutory()
    } else {
        calendar.clone()
    };
    if let Some(office_end) = rules.office_end_at(&input.started_at) {
        view = view.with_office_end(office_end);
    }
    let (pauses, open) = stretches(input)?;
    let counted = count_while_running(input, amount, rule.rule.legal, &view, &pauses)?;
    let paused_since = open.filter(|since| *since <= counted.due_at && input.met_at.is_none());
    let mut lines = counted.lines_zh();
    if paused_since.is_some() {
        lines.push("暂停中，恢复后继续计算".to_owned());
    }
    let mut deadline = Deadline {
        rule: input.rule.to_owned(),
        title: rule.rule.title.clone(),
        round: input.round,
        severity: rule.rule.severity.unwrap_or(Severity::Hard),
        amount,
        rule_version: rule.version,
        calendar_version: counted.calendar_version,
        started_at: input.started_at,
        due_at: counted.due_at,
        met_at: input.met_at,
        paused_since,
        state: DeadlineState::Running,
        assumed_calendar: counted.assumed,
        counted: lines,
        steps: counted.steps,
    };
    deadline.state = deadline.state_at(now);
    Ok(deadline)
}

/// Derives the deadlines of a case.
///
/// # Errors
/// The first [`DeadlineError`].
pub fn derive_all(
    inputs: &[ClockInput<'_>],
    rules: &RuleBook,
    calendar: &Calendar,
    now: &Moment,
) -> Result<Vec<Deadline>, DeadlineError> {
    inputs
        .iter()
        .map(|input| derive(input, rules, calendar, now))
        .collect()
}

/// Counts with one pause more at a time, as long as the next one begins before the due moment.
fn count_while_running(
    input: &ClockInput<'_>,
    amount: Amount,
    legal: bool,
    calendar: &Calendar,
    pauses: &[Stretch],
) -> Result<CountedDue, OutOfRange> {
    let mut known = 0;
    loop {
        let mut count = Count::new(&input.started_at, legal, calendar, &pauses[..known]);
        count.add(amount)?;
        for extension in input.extensions {
            extend(&mut count, extension)?;
        }
        let due = count.reached();
        match pauses.get(known) {
            Some(next) if next.from <= due => known += 1,
            _ => return Ok(count.finish()),
        }
    }
}

fn extend(count: &mut Count<'_>, extension: &Extension) -> Result<(), OutOfRange> {
    let by = match extension.to {
        ExtensionTo::Add(amount) => Some(amount),
        ExtensionTo::Until(_) => None,
    };
    let (approver, reason) = (extension.approver.clone(), extension.reason.clone());
    count.note(Step::Extended {
        by,
        approver,
        reason,
    });
    match extension.to {
        ExtensionTo::Add(amount) => count.add(amount),
        ExtensionTo::Until(moment) => {
            count.extend_to(moment);
            Ok(())
        }
    }
}

/// The pauses since the start, in order and joined where they touch, and since when one is open.
fn stretches(input: &ClockInput<'_>) -> Result<(Vec<Stretch>, Option<Moment>), DeadlineError> {
    let mut known = Vec::with_capacity(input.pauses.len());
    let mut open: Option<Moment> = None;
    for pause in input.pauses {
        let from = pause.from.max(input.started_at);
        match pause.to {
            None => open = Some(open.map_or(from, |since| since.min(from))),
            Some(to) if to < pause.from => {
                return Err(DeadlineError::PauseBackwards {
                    from: pause.from,
                    to,
                });
            }
            Some(to) if to > from => known.push(Stretch { from, to }),
            Some(_) => {}
        }
    }
    known.extend(open.map(|since| Stretch {
        from: since,
        to: since,
    }));
    known.sort_by_key(|stretch| (stretch.from, stretch.to));
    let mut joined: Vec<Stretch> = Vec::with_capacity(known.len());
    for stretch in known {
        match joined.last_mut() {
            Some(last) if stretch.from <= last.to => last.to = last.to.max(stretch.to),
            _ => joined.push(stretch),
        }
    }
    Ok((joined, open))
}

/// How a deadline moved between two derivations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeadlineChange {
    /// A clock that did not run before.
    Added(Deadline),
    /// A clock that no longer runs (its trigger was taken back).
    Removed(Deadline),
    /// The facts or the end changed.
    Changed {
        /// As it was.
        old: Box<Deadline>,
        /// As it is.
        new: Box<Deadline>,
    },
}

/// What moved between two derivations of a case, by rule and round.
#[must_use]
pub fn diff(old: &[Deadline], new: &[Deadline]) -> Vec<DeadlineChange> {
    type Sides<'a> = (Option<&'a Deadline>, Option<&'a Deadline>);
    let key = |deadline: &Deadline| (deadline.rule.clone(), deadline.round);
    let mut sides: BTreeMap<(String, u32), Sides<'_>> = BTreeMap::new();
    for deadline in old {
        sides.entry(key(deadline)).or_default().0 = Some(deadline);
    }
    for deadline in new {
        sides.entry(key(deadline)).or_default().1 = Some(deadline);
    }
    let changes = sides.into_values().filter_map(|sides| match sides {
        (None, Some(new)) => Some(DeadlineChange::Added(new.clone())),
        (Some(old), None) => Some(DeadlineChange::Removed(old.clone())),
        (Some(old), Some(new)) if !old.is_same(new) => Some(DeadlineChange::Changed {
            old: Box::new(old.clone()),
            new: Box::new(new.clone()),
        }),
        _ => None,
    });
    changes.collect()
}
