//! Which clocks run for a complaint: from the record and its action lines to deadlines.
//!
//! Section 3 of domain.md wins over the sketch of its section 4: the clock of R-06 starts at first
//! receipt. A rework, an objection or a reopening starts the clocks of its round at its own time
//! and under the rule version of that time. A closed case has no open clock; nor has a round an
//! open clock of receipt or opinion once its work is done or the next round has begun: what was
//! never logged then is not known, and cannot be done any more.
//!
//! A receipt or another trigger kept as a bare day (midnight, as old ledgers and paper give it) lies
//! somewhere in that day. Clocks in hours then count from the end of the day: nobody is called late
//! by an hour that nobody wrote down. The price is that a complaint taken at exactly 00:00 gets a day
//! more. Clocks in days do not care, for the first day never counts.

use super::{is_anonymous, is_major, is_valid};
use crate::calendar::Calendar;
use crate::count::Amount;
use crate::deadline::{ClockInput, Deadline, DeadlineError, Pause, derive};
use crate::field::complaint as field;
use crate::record::{Line, Record};
use crate::rules::{RuleBook, codes};
use crate::time::Moment;

mod log;
mod typed;

use log::{Log, end_of_bare_day};

/// Code of the deadline that the clerk typed as 要求完成日期; no rule of the trade stands behind it.
pub const DUE_ON: &str = "due_on";
/// Code of the deadline on the sheet of the department that forwarded the complaint.
pub const OUTER_DEADLINE: &str = "outer_deadline";
/// Code of the deadline that was promised to the complainant.
pub const PROMISE: &str = "contact_promise";

/// Every clock that a complaint can have, by the code of its rule or typed day.
pub const CLOCKS: [&str; 12] = [
    codes::R_03,
    codes::R_04,
    codes::R_04_LETTER,
    codes::R_06,
    codes::R_07,
    codes::R_08,
    codes::R_09,
    codes::R_10,
    codes::R_11,
    DUE_ON,
    OUTER_DEADLINE,
    PROMISE,
];

/// Channels by which the complainant stands before the receiver or is on the line, so that R-04
/// wants the answer on the spot. All others are papers, also the sheet of a hotline; so is an
/// unknown channel.
const FACE_TO_FACE: [&str; 3] = ["phone", "visit", "site"];

/// A clock before it is counted.
struct Clock {
    rule: &'static str,
    round: u32,
    started_at: Moment,
    met_at: Option<Moment>,
    /// Nothing can meet it any more.
    passed: bool,
}

/// All deadlines of a complaint, by round and rule. Those of a closed case that were never met are
/// left out: nothing is due there any more.
#[must_use]
pub fn deadlines(
    record: &Record,
    actions: &[Line],
    rules: &RuleBook,
    calendar: &Calendar,
    now: &Moment,
) -> Vec<Deadline> {
    let clocks = Clocks {
        record,
        log: Log(actions),
        rules,
    };
    let closed = super::steps::CLOSED.contains(&record.state.as_deref().unwrap_or_default());
    let pauses = clocks.log.pauses();
    let mut all: Vec<Deadline> = clocks
        .running()
        .into_iter()
        .filter(|clock| clock.met_at.is_some() || !(closed || clock.passed))
        .filter_map(|clock| clocks.count(&clock, &pauses, calendar, now))
        .collect();
    let typed = typed::typed(record, clocks.log, now).into_iter();
    all.extend(typed.filter(|deadline| !closed || deadline.met_at.is_some()));
    all.sort_by(|a, b| (a.round, &a.rule).cmp(&(b.round, &b.rule)));
    all
}

/// What the clocks of one complaint hang on.
struct Clocks<'a> {
    record: &'a Record,
    log: Log<'a>,
    rules: &'a RuleBook,
}

impl Clocks<'_> {
    /// Every clock that was ever started.
    fn running(&self) -> Vec<Clock> {
        let Some(received) = self.record.values.moment(field::RECEIVED_AT) else {
            return Vec::new();
        };
        if self.record.state.as_deref() == Some("draft") {
            return vec![self.clock(codes::R_03, 1, received, None)];
        }
        let mut clocks = Vec::from(self.intake(received));
        clocks.extend(self.working(received, 1));
        for opening in self.log.openings() {
            match opening.step {
                "rework" => clocks.extend(self.working(opening.at, opening.round)),
                "customer_objects" => clocks.extend(self.opinion(opening.at, opening.round)),
                // A reopened case is already being handled: only its visit is due again.
                _ => {}
            }
        }
        for round in 1..=self.log.last_round() {
            clocks.extend(self.visit(round));
        }
        clocks
    }

    /// A clock of receipt or opinion in a round.
    fn clock(
        &self,
        rule: &'static str,
        round: u32,
        started_at: Moment,
        met_at: Option<Moment>,
    ) -> Clock {
        let done = self.log.first(&["finish_handling"], round).is_some();
        Clock {
            rule,
            round,
            started_at,
            met_at,
            passed: done || self.log.last_round() > round,
        }
    }

    /// Registration and decision on acceptance: only at the first receipt.
    fn intake(&self, received: Moment) -> [Clock; 2] {
        let channel = self.record.values.text(field::CHANNEL).unwrap_or_default();
        let answer = if FACE_TO_FACE.contains(&channel) {
            codes::R_04
        } else {
            codes::R_04_LETTER
        };
        let decisions = ["accept", "refuse", "convert", "merge", "transfer_out"];
        let (registered, decided) = (
            self.log.first(&["register"], 1),
            self.log.first(&decisions, 1),
        );
        [
            self.clock(codes::R_03, 1, received, registered),
            self.clock(answer, 1, received, decided),
        ]
    }

    /// Contact, opinion and report of a round that starts from the beginning.
    fn working(&self, started_at: Moment, round: u32) -> Vec<Clock> {
        let mut clocks = self.opinion(started_at, round);
        if !is_anonymous(self.record) {
            // Who asked the complainant has been in contact with them.
            let met_at = self.log.first(&["contact", "ask_customer"], round);
            clocks.push(self.clock(codes::R_06, round, started_at, met_at));
        }
        clocks
    }

    /// The opinion: 3 days for a general complaint, report and approval for a major one (R-07 to
    /// An office that chose `contact_only` under C-02 has no clock of opinion; the report of
    /// a major complaint is none of C-02's.
    fn opinion(&self, started_at: Moment, round: u32) -> Vec<Clock> {
        let counted = self.rules.choice_at(codes::C_02, &started_at) != Some("contact_only");
        let major = is_major(self.record);
        let mut clocks = Vec::new();
        if counted {
            let (rule, given): (_, &[&str]) = if major {
                (codes::R_09, &["approve", "find_unfounded"])
            } else {
                (codes::R_07, &["make_plan", "find_unfounded"])
            };
            let met_at = self.log.first(given, round);
            clocks.push(self.clock(rule, round, started_at, met_at));
        }
        if major && round == 1 {
            // One report for the whole case, also when it was graded late.
            let met_at = self.log.first_ever(&["report_major", "submit_approval"]);
            clocks.push(Clock {
                passed: self.log.first_ever(&["finish_handling"]).is_some(),
                ..self.clock(codes::R_08, round, started_at, met_at)
            });
        }
        clocks
    }

    /// The visit after settlement: amber after R-10, red after R-11, or one of them alone (C-01).
    fn visit(&self, round: u32) -> Vec<Clock> {
        let Some(started_at) = self.log.first(&["finish_handling"], round) else {
            return Vec::new();
        };
        if !is_valid(self.record) {
            return Vec::new();
        }
        let rules: &[&'static str] = match self.rules.choice_at(codes::C_01, &started_at) {
            Some("target_only") => &[codes::R_10],
            Some("limit_only") => &[codes::R_11],
            _ => &[codes::R_10, codes::R_11],
        };
        let met_at = self.log.first(&["record_visit"], round);
        rules
            .iter()
            .map(|rule| Clock {
                rule,
                round,
                started_at,
                met_at,
                passed: self.log.last_round() > round,
            })
            .collect()
    }

    /// Counts a clock; `None` when no rule demanded anything at its start, or when its end lies
    /// beyond the years that a date can hold and so never comes.
    fn count(
        &self,
        clock: &Clock,
        pauses: &[Pause],
        calendar: &Calendar,
        now: &Moment,
    ) -> Option<Deadline> {
        let rule = self.rules.version_at(clock.rule, &clock.started_at)?;
        let in_hours = matches!(rule.amount, Some(Amount::Hours(_)));
        let from = end_of_bare_day(clock.started_at).filter(|_| in_hours);
        let extensions = self.log.extensions(clock.rule, Some(clock.round));
        let input = ClockInput {
            rule: clock.rule,
            round: clock.round,
            started_at: from.unwrap_or(clock.started_at),
            pauses,
            extensions: &extensions,
            met_at: clock.met_at,
        };
        match derive(&input, self.rules, calendar, now) {
            Ok(mut deadline) => {
                if from.is_some() {
                    deadline.started_at = clock.started_at;
                    let why = "起算时间只记到日，自当日终了起算";
                    deadline.counted.insert(0, why.to_owned());
                }
                Some(deadline)
            }
            Err(DeadlineError::NoRule { .. } | DeadlineError::OutOfRange(_)) => None,
            Err(
                error @ (DeadlineError::NotAClock { .. } | DeadlineError::PauseBackwards { .. }),
            ) => {
                panic!("BUG: the clocks of a complaint are clocks and its pauses in order: {error}")
            }
        }
    }
}

/// Days from receipt to settlement, or to now while the case is open; whole days on the calendar.
///
/// A case that was closed without settlement counts to the decision where the record keeps its
/// time, else to the last change.
#[must_use]
pub fn days_open(record: &Record, now: Moment) -> Option<i64> {
    let received = record.values.date(field::RECEIVED_AT)?;
    let state = record.state.as_deref().unwrap_or_default();
    let until = match record.values.date(field::HANDLED_AT) {
        Some(handled) => handled,
        None if state == "refused" => record
            .values
            .date(field::ACCEPTED_AT)
            .unwrap_or_else(|| record.updated_at.date_naive()),
        None if super::steps::CLOSED.contains(&state) => record.updated_at.date_naive(),
        None => now.date_naive(),
    };
    Some((until - received).num_days().max(0))
}
