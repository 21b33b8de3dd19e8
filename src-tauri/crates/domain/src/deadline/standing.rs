//! Where a deadline stands in the units a clerk thinks in: how much is left, by how much it is late,
//! and which day of the count each day is.
//!
//! Today is never counted as left. What is late is told in days of the calendar, or in hours while
//! it is less than a day. Not here: the words (`commands`).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Deadline;
use crate::calendar::Calendar;
use crate::count::{Amount, Skip, Step};
use crate::time::Moment;

/// The unit in which a clock is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Hours on the clock.
    Hours,
    /// Days of the calendar; also months and years.
    Days,
    /// Working days.
    WorkingDays,
}

impl Unit {
    /// The unit of a period.
    #[must_use]
    pub fn of(amount: Amount) -> Self {
        match amount {
            Amount::Hours(_) => Self::Hours,
            Amount::WorkingDays(_) => Self::WorkingDays,
            Amount::Days(_) | Amount::Months(_) | Amount::Years(_) => Self::Days,
        }
    }

    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::WorkingDays => "working_days",
        }
    }

    /// The unit of a stored code; days for one that is not known.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        match code {
            "hours" => Self::Hours,
            "working_days" => Self::WorkingDays,
            _ => Self::Days,
        }
    }
}

/// A length of time in its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Whole hours; nought for less than one.
    Hours(i64),
    /// Days of the calendar.
    Days(i64),
    /// Working days.
    WorkingDays(i64),
}

/// A clock as far as its standing needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Its unit.
    pub unit: Unit,
    /// Its last moment; while it stands still, the one it would have had.
    pub due_at: Moment,
    /// When it was met.
    pub met_at: Option<Moment>,
    /// Since when it stands still.
    pub paused_since: Option<Moment>,
}

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Late by so much, and not met.
    Overdue(Span),
    /// Due later today; for a clock in hours with the hours left.
    Today(Option<i64>),
    /// So much is left.
    Left(Span),
    /// Met in time.
    Met,
    /// Met late by so much.
    MetLate(Span),
    /// Standing still with so much left; `None` when it was to be met on that very day.
    Paused(Option<Span>),
}

/// Where a clock stands at a moment.
#[must_use]
pub fn standing(clock: &Clock, calendar: &Calendar, now: &Moment) -> Standing {
    if let Some(met) = clock.met_at {
        return if met <= clock.due_at {
            Standing::Met
        } else {
            Standing::MetLate(late(clock, &met))
        };
    }
    if let Some(since) = clock.paused_since.filter(|since| since <= now) {
        let same_day = since.date_naive() == clock.due_at.date_naive();
        let span = (!same_day).then(|| left(clock, calendar, &since));
        return Standing::Paused(span);
    }
    if *now > clock.due_at {
        return Standing::Overdue(late(clock, now));
    }
    if now.date_naive() == clock.due_at.date_naive() {
        let hours = (clock.due_at - now).num_hours();
        return Standing::Today((clock.unit == Unit::Hours).then_some(hours));
    }
    Standing::Left(left(clock, calendar, now))
}

fn left(clock: &Clock, calendar: &Calendar, now: &Moment) -> Span {
    let (today, last) = (now.date_naive(), clock.due_at.date_naive());
    let days = Span::Days((last - today).num_days());
    match clock.unit {
        Unit::Hours => Span::Hours((clock.due_at - now).num_hours()),
        Unit::Days => days,
        Unit::WorkingDays => {
            let between = today.iter_days().skip(1).take_while(|day| *day <= last);
            let working = between.filter(|day| calendar.is_working_day(*day)).count();
            match i64::try_from(working) {
                // Only a weekend is left: an extension may end on one.
                Ok(0) | Err(_) => days,
                Ok(working) => Span::WorkingDays(working),
            }
        }
    }
}

fn late(clock: &Clock, now: &Moment) -> Span {
    let since = *now - clock.due_at;
    let days = (now.date_naive() - clock.due_at.date_naive()).num_days();
    if days == 0 || (clock.unit == Unit::Hours && since.num_hours() < 24) {
        return Span::Hours(since.num_hours());
    }
    match clock.unit {
        Unit::Hours => Span::Days(since.num_days()),
        Unit::Days | Unit::WorkingDays => Span::Days(days),
    }
}

/// What a day is in the count of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedDay {
    /// The day.
    pub date: NaiveDate,
    /// Not a working day.
    pub rest: bool,
    /// Its number among the counted days, from 1.
    pub counted: Option<u32>,
    /// The clock stood still.
    pub paused: bool,
}

/// More days than this are no picture any more.
const DAYS_MAX: i64 = 62;

/// Every day from the start of a clock to its end; nothing for clocks in hours and for counts that
/// are too long to be shown.
#[must_use]
pub fn counted_days(deadline: &Deadline, calendar: &Calendar) -> Vec<CountedDay> {
    let (from, to) = (
        deadline.started_at.date_naive(),
        deadline.due_at.date_naive(),
    );
    let length = (to - from).num_days();
    if deadline.steps.is_empty()
        || Unit::of(deadline.amount) == Unit::Hours
        || !(0..=DAYS_MAX).contains(&length)
    {
        return Vec::new();
    }
    let mut counted = BTreeMap::new();
    let mut paused = Vec::new();
    for step in &deadline.steps {
        match step {
            Step::WorkingDay { date, nth, .. } => {
                counted.insert(*date, *nth);
            }
            Step::CalendarDays { from, to, nth } => {
                for day in from.iter_days().take_while(|day| day <= to) {
                    let back = u32::try_from((*to - day).num_days()).unwrap_or(0);
                    counted.insert(day, nth.saturating_sub(back));
                }
            }
            Step::Skipped {
                from,
                to,
                why: Skip::Paused,
            } => paused.push((*from, *to)),
            _ => {}
        }
    }
    let stood = |day: NaiveDate| paused.iter().any(|(from, to)| (*from..=*to).contains(&day));
    let days = from.iter_days().take_while(|day| *day <= to);
    days.map(|date| CountedDay {
        date,
        rest: !calendar.is_working_day(date),
        counted: counted.get(&date).copied(),
        paused: stood(date),
    })
    .collect()
}
