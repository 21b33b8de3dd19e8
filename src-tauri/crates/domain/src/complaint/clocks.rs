//! Which clocks run for a complaint: from the record and its action lines to deadlines.
//!
//! Section 3 of domain.md wins over the sketch of its section 4: the clock of R-06 starts at first
//! receipt. A rework, an objection or a reopening starts the clocks of its round at its own time
//! and under the rule version of that time. A closed case has no open clock.

use chrono::NaiveTime;

use super::{is_anonymous, is_major};
use crate::calendar::Calendar;
use crate::count::Amount;
use crate::deadline::{ClockInput, Deadline, Extension, ExtensionTo, Pause, derive};
use crate::field::{complaint as field, complaint_action as action};
use crate::record::{Line, Record};
use crate::rules::{RuleBook, Severity, codes};
use crate::time::{Moment, at_china};

/// Code of the deadline that the clerk typed as 要求完成日期; no rule of the trade stands behind it.
pub const DUE_ON: &str = "due_on";
/// Code of the deadline on the sheet of the department that forwarded the complaint.
pub const OUTER_DEADLINE: &str = "outer_deadline";
/// Code of the deadline that was promised to the complainant.
pub const PROMISE: &str = "contact_promise";

/// Steps that open a new round.
const OPENERS: [&str; 3] = ["rework", "customer_objects", "reopen"];

/// A clock before it is counted.
struct Clock {
    rule: &'static str,
    round: u32,
    started_at: Moment,
    met_at: Option<Moment>,
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
    let log = Log { record, actions };
    let state = record.state.as_deref().unwrap_or_default();
    let closed = super::steps::CLOSED.contains(&state);
    let pauses = log.pauses();
    let mut all: Vec<Deadline> = log
        .clocks()
        .into_iter()
        .filter_map(|clock| {
            let extensions = log.extensions(clock.rule, clock.round);
            let input = ClockInput {
                rule: clock.rule,
                round: clock.round,
                started_at: clock.started_at,
                pauses: &pauses,
                extensions: &extensions,
                met_at: clock.met_at,
            };
            // No rule in force at the trigger means that nothing was demanded then.
            derive(&input, rules, calendar, now).ok()
        })
        .chain(log.fixed(now))
        .filter(|deadline| !closed || deadline.met_at.is_some())
        .collect();
    all.sort_by(|a, b| (a.round, &a.rule).cmp(&(b.round, &b.rule)));
    all
}

/// The action lines as a log of what happened when.
struct Log<'a> {
    record: &'a Record,
    actions: &'a [Line],
}

impl Log<'_> {
    fn lines<'s>(&'s self, steps: &'s [&'s str]) -> impl Iterator<Item = &'s Line> {
        self.actions.iter().filter(move |l| {
            l.values
                .text(action::STEP)
                .is_some_and(|s| steps.contains(&s))
        })
    }

    /// Event time of the first of these steps in a round.
    fn first(&self, steps: &[&str], round: u32) -> Option<Moment> {
        self.lines(steps)
            .filter(|l| round_of(l) == round)
            .filter_map(|l| l.values.moment(action::OCCURRED_AT))
            .min()
    }

    fn clocks(&self) -> Vec<Clock> {
        let values = &self.record.values;
        let Some(received) = values.moment(field::RECEIVED_AT) else {
            return Vec::new();
        };
        if self.record.state.as_deref() == Some("draft") {
            return vec![Clock {
                rule: codes::R_03,
                round: 1,
                started_at: received,
                met_at: None,
            }];
        }
        let mut clocks = self.intake(received);
        clocks.extend(self.working(received, 1));
        for line in self.lines(&OPENERS) {
            let Some(opened) = line.values.moment(action::OCCURRED_AT) else {
                continue;
            };
            let round = round_of(line);
            match line.values.text(action::STEP) {
                Some("rework") => clocks.extend(self.working(opened, round)),
                Some("customer_objects") => clocks.extend(self.opinion(opened, round)),
                _ => {}
            }
        }
        let last_round = self.actions.iter().map(round_of).max().unwrap_or(1);
        for round in 1..=last_round {
            clocks.extend(self.visit(round));
        }
        clocks
    }

    /// Registration and decision on acceptance: only at the first receipt.
    fn intake(&self, received: Moment) -> Vec<Clock> {
        let letter = !matches!(
            self.record.values.text(field::CHANNEL),
            Some("phone" | "visit" | "site" | "hotline_12345") | None
        );
        let decided = self.first(&["accept", "refuse", "convert", "merge", "transfer_out"], 1);
        vec![
            Clock {
                rule: codes::R_03,
                round: 1,
                started_at: received,
                met_at: self.first(&["register"], 1),
            },
            Clock {
                rule: if letter {
                    codes::R_04_LETTER
                } else {
                    codes::R_04
                },
                round: 1,
                started_at: received,
                met_at: decided,
            },
        ]
    }

    /// Contact, opinion and report of a round that starts from the beginning.
    fn working(&self, started_at: Moment, round: u32) -> Vec<Clock> {
        let mut clocks = self.opinion(started_at, round);
        if !is_anonymous(self.record) {
            // Who asked the complainant has been in contact with them.
            let met_at = self.first(&["contact", "ask_customer"], round);
            clocks.push(Clock {
                rule: codes::R_06,
                round,
                started_at,
                met_at,
            });
        }
        clocks
    }

    /// The opinion: 3 days for a general complaint, report and approval for a major one (R-07 to
    /// R-09, C-02).
    fn opinion(&self, started_at: Moment, round: u32) -> Vec<Clock> {
        if !is_major(self.record) {
            let met_at = self.first(&["make_plan", "find_unfounded"], round);
            return vec![Clock {
                rule: codes::R_07,
                round,
                started_at,
                met_at,
            }];
        }
        let approved = self.first(&["approve", "find_unfounded"], round);
        let mut clocks = vec![Clock {
            rule: codes::R_09,
            round,
            started_at,
            met_at: approved,
        }];
        if round == 1 {
            let met_at = self.first(&["report_major", "submit_approval"], round);
            clocks.push(Clock {
                rule: codes::R_08,
                round,
                started_at,
                met_at,
            });
        }
        clocks
    }

    /// The visit after settlement: amber after R-10, red after R-11 (C-01).
    fn visit(&self, round: u32) -> Vec<Clock> {
        let Some(started_at) = self.first(&["finish_handling"], round) else {
            return Vec::new();
        };
        if !super::is_valid(self.record) {
            return Vec::new();
        }
        let met_at = self.first(&["record_visit"], round);
        [codes::R_10, codes::R_11]
            .map(|rule| Clock {
                rule,
                round,
                started_at,
                met_at,
            })
            .into()
    }

    /// Deadlines that were typed as a day: the end of that day.
    fn fixed(&self, now: &Moment) -> Vec<Deadline> {
        let values = &self.record.values;
        let round = u32::try_from(values.int(field::ROUND).unwrap_or(1)).unwrap_or(1);
        let handled = self.first(&["finish_handling"], round);
        let answered = self.first(&["reply_department"], 1);
        let started = values.moment(field::RECEIVED_AT);
        [
            (DUE_ON, field::DUE_ON, "要求完成日期", handled),
            (
                OUTER_DEADLINE,
                field::OUTER_DEADLINE,
                "转办要求回复时限",
                answered,
            ),
            (PROMISE, field::CONTACT_PROMISE, "承诺处理期限", handled),
        ]
        .into_iter()
        .filter_map(|(rule, from, title, met_at)| {
            let day = values.date(from)?;
            let end = NaiveTime::from_hms_opt(23, 59, 59)?;
            let due_at = at_china(day.and_time(end));
            let mut deadline = Deadline {
                rule: rule.to_owned(),
                title: title.to_owned(),
                round,
                severity: Severity::Hard,
                amount: Amount::Days(0),
                rule_version: String::new(),
                calendar_version: String::new(),
                started_at: started?,
                due_at,
                met_at,
                paused_since: None,
                state: crate::deadline::DeadlineState::Running,
                assumed_calendar: false,
                counted: vec![format!("填写的日期：{}", crate::zh::date_zh(day))],
            };
            deadline.state = deadline.state_at(now);
            Some(deadline)
        })
        .collect()
    }

    fn pauses(&self) -> Vec<Pause> {
        let mut pauses: Vec<Pause> = Vec::new();
        for line in self.lines(&["pause", "resume"]) {
            let Some(at) = line.values.moment(action::OCCURRED_AT) else {
                continue;
            };
            match line.values.text(action::STEP) {
                Some("pause") => pauses.push(Pause { from: at, to: None }),
                _ => {
                    if let Some(open) = pauses.iter_mut().rev().find(|p| p.to.is_none()) {
                        open.to = Some(at.max(open.from));
                    }
                }
            }
        }
        pauses
    }

    fn extensions(&self, rule: &str, round: u32) -> Vec<Extension> {
        self.lines(&["extend"])
            .filter(|l| l.values.text(action::RULE) == Some(rule) && round_of(l) == round)
            .filter_map(|l| {
                Some(Extension {
                    to: ExtensionTo::Until(l.values.moment(action::UNTIL)?),
                    approver: l.values.text(action::PERSON).unwrap_or_default().to_owned(),
                    reason: l.values.text(action::TEXT).unwrap_or_default().to_owned(),
                    op: l.uuid.to_string(),
                })
            })
            .collect()
    }
}

fn round_of(line: &Line) -> u32 {
    let round = line.values.int(action::ROUND).unwrap_or(1);
    u32::try_from(round).unwrap_or(1)
}

/// Days from receipt to settlement, or to now while the case is open; whole days on the calendar.
#[must_use]
pub fn days_open(record: &Record, now: Moment) -> Option<i64> {
    let received = record.values.date(field::RECEIVED_AT)?;
    let state = record.state.as_deref().unwrap_or_default();
    let until = match record.values.date(field::HANDLED_AT) {
        Some(handled) => handled,
        None if super::steps::CLOSED.contains(&state) => record.updated_at.date_naive(),
        None => now.date_naive(),
    };
    Some((until - received).num_days().max(0))
}
