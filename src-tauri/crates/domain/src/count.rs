//! Counts a period from a moment and keeps how it was counted, day by day.
//!
//! Civil Code art. 200 to 203: Gregorian months and years, the starting day is not counted, hours
//! run through nights and rest days, a month or year ends on the corresponding day or else on the
//! last day of that month, a legal period whose last day is a rest day ends with the next working
//! day. Periods in days end with the office hours of the last day, legal ones at 24:00; the latter
//! is kept as 23:59:59 so that the date stays that of the last day. Legal periods always follow the
//! statutory calendar, whatever week the office keeps. Not here: which period applies (`rules`),
//! extensions and states (`deadline`), heating and cooling seasons.

use chrono::{Duration, Months, NaiveDate};

use crate::calendar::Calendar;
use crate::time::Moment;

mod amount;
mod steps;
mod walk;
mod words;

pub use amount::{Amount, AmountProblem, parse_amount};
pub use steps::{End, Skip, Step, Stretch};

pub(crate) use walk::Count;

/// A count that leaves the years the program can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("count.out_of_range")]
pub struct OutOfRange;

impl OutOfRange {
    /// The stable code of the problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "count.out_of_range"
    }
}

/// A counted period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedDue {
    /// Where the count began.
    pub started_at: Moment,
    /// Where it ended.
    pub due_at: Moment,
    /// How it went; the last step is [`Step::Due`].
    pub steps: Vec<Step>,
    /// A day that mattered lies in a year without a table.
    pub assumed: bool,
    /// The calendar tables that mattered; empty if none did.
    pub calendar_version: String,
}

impl CountedDue {
    /// The day on which the period ends.
    #[must_use]
    pub fn due_on(&self) -> NaiveDate {
        self.due_at.date_naive()
    }

    /// How it was counted, in Chinese, one line a step.
    #[must_use]
    pub fn lines_zh(&self) -> Vec<String> {
        words::lines(&self.steps)
    }
}

/// Counts `amount` from `start`.
///
/// # Errors
/// [`OutOfRange`] if the end cannot be written as a date.
pub fn count_due(
    start: &Moment,
    amount: Amount,
    legal: bool,
    calendar: &Calendar,
) -> Result<CountedDue, OutOfRange> {
    count_paused(start, amount, legal, calendar, &[])
}

/// Counts `amount` from `start` with a clock that stood still in `pauses`, which are in order and
/// do not overlap.
///
/// Days touched by a pause do not count; hours are moved by exactly the time paused.
///
/// # Errors
/// [`OutOfRange`] if the end cannot be written as a date.
pub fn count_paused(
    start: &Moment,
    amount: Amount,
    legal: bool,
    calendar: &Calendar,
    pauses: &[Stretch],
) -> Result<CountedDue, OutOfRange> {
    let statutory = legal.then(|| calendar.statutory());
    let mut count = Count::new(start, legal, statutory.as_ref().unwrap_or(calendar), pauses);
    count.add(amount)?;
    Ok(count.finish())
}

/// The day by which something must be done so that `amount` lies between it and the day of an
/// event (notice before a visit, R-31): the event's day is not counted.
///
/// # Errors
/// [`OutOfRange`] if the day cannot be written as a date.
pub fn count_back(
    event: NaiveDate,
    amount: Amount,
    calendar: &Calendar,
) -> Result<NaiveDate, OutOfRange> {
    let months = |months: u32| event.checked_sub_months(Months::new(months));
    let day = match amount {
        Amount::Hours(hours) => event.checked_sub_signed(Duration::days(hours.div_ceil(24).into())),
        Amount::Days(days) => event.checked_sub_signed(Duration::days(days.into())),
        Amount::WorkingDays(days) => Some(calendar.sub_working_days(event, days).due_on),
        Amount::Months(count) => months(count),
        Amount::Years(count) => count.checked_mul(12).and_then(months),
    };
    day.ok_or(OutOfRange)
}
