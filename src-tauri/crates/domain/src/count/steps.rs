//! The steps a count is made of.
//!
//! Not here: making them (`walk`), saying them (`words`).

use chrono::NaiveDate;

use super::Amount;
use crate::calendar::DayNature;
use crate::time::Moment;

/// A stretch in which a clock stood still: from its first moment up to, not including, its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first moment.
    pub from: Moment,
    /// The moment at which the clock runs again; the same as `from` while the end is not known.
    pub to: Moment,
}

/// Why days were not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    /// A rest day, with what it is.
    Rest(DayNature),
    /// The clock stood still on the day, wholly or partly.
    Paused,
}

/// One step of a count, in the order counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The starting day is not counted (art. 201).
    StartNotCounted(NaiveDate),
    /// A period of nought hours: due at once.
    AtOnce,
    /// A period of nought days: due within the same day.
    SameDay,
    /// One counted working day.
    WorkingDay {
        /// The day.
        date: NaiveDate,
        /// What it is.
        nature: DayNature,
        /// Its number, from 1.
        nth: u32,
    },
    /// A run of counted calendar days.
    CalendarDays {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
        /// The number of the last day, from 1.
        nth: u32,
    },
    /// A run of days that do not count.
    Skipped {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
        /// The reason.
        why: Skip,
    },
    /// The corresponding day of a later month (art. 202).
    Corresponding {
        /// The period counted.
        amount: Amount,
        /// The day reached.
        date: NaiveDate,
        /// The month has no such day, so its last day was taken.
        clamped: bool,
    },
    /// Days added because the clock stood still within months or years.
    PausedDays {
        /// How many days.
        days: u32,
        /// The day reached.
        to: NaiveDate,
    },
    /// Hours run through.
    Hours {
        /// How many.
        hours: u32,
        /// The moment reached.
        to: Moment,
    },
    /// The clock stood still and the due moment moved by as much.
    HoursPaused(Stretch),
    /// A legal period moved from a rest day to the next working day (art. 203).
    Shifted {
        /// The rest day.
        from: NaiveDate,
        /// What it is.
        nature: DayNature,
        /// The working day.
        to: NaiveDate,
    },
    /// The period was made longer, or its end was set, by an extension.
    Extended {
        /// What was added; `None` if a moment was set.
        by: Option<Amount>,
        /// Who approved.
        approver: String,
        /// Why.
        reason: String,
    },
    /// A year of the count has no table (暂按周一至周五).
    Assumed(i32),
    /// The end.
    Due {
        /// The moment.
        at: Moment,
        /// At the end of office hours, or of the day, or on the clock.
        end: End,
    },
}

/// What fixes the time of day at which a period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The end of office hours.
    OfficeHours,
    /// 24:00 of the day.
    Day,
    /// The clock: hours, or a moment set by an extension.
    Clock,
}
