//! The counting itself: from day to day, month to month, hour to hour, with pauses.
//!
//! Not here: what a count is asked for (the parent module), how it is said (`words`).

use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, NaiveTime, TimeZone};

use super::{Amount, CountedDue, End, OutOfRange, Skip, Step, Stretch};
use crate::calendar::Calendar;
use crate::time::Moment;

/// A count under way; [`crate::deadline`] adds extensions before it is finished.
pub(crate) struct Count<'a> {
    calendar: &'a Calendar,
    pauses: &'a [Stretch],
    legal: bool,
    started_at: Moment,
    reached: Moment,
    end: End,
    steps: Vec<Step>,
    /// The first and last day whose nature mattered.
    looked_at: Option<(NaiveDate, NaiveDate)>,
}

impl<'a> Count<'a> {
    /// A count that has come no further than its start.
    pub(crate) fn new(
        start: &Moment,
        legal: bool,
        calendar: &'a Calendar,
        pauses: &'a [Stretch],
    ) -> Self {
        Self {
            calendar,
            pauses,
            legal,
            started_at: *start,
            reached: *start,
            end: End::Clock,
            steps: Vec::new(),
            looked_at: None,
        }
    }

    /// Adds a period to where the count has come.
    pub(crate) fn add(&mut self, amount: Amount) -> Result<(), OutOfRange> {
        match amount {
            Amount::Hours(0) => {
                self.steps.push(Step::AtOnce);
                Ok(())
            }
            Amount::Hours(hours) => self.add_hours(hours),
            Amount::Days(0) | Amount::WorkingDays(0) => {
                self.steps.push(Step::SameDay);
                self.end_on(self.reached.date_naive())
            }
            Amount::Days(days) => self.add_days(days),
            Amount::WorkingDays(days) => self.add_working_days(days),
            Amount::Months(months) => self.add_months(amount, months),
            Amount::Years(years) => {
                self.add_months(amount, years.checked_mul(12).ok_or(OutOfRange)?)
            }
        }
    }

    /// Where the count has come.
    pub(crate) fn reached(&self) -> Moment {
        self.reached
    }

    /// Notes a step that is not the count's own.
    pub(crate) fn note(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Sets the end to a moment, if that is later than where the count has come.
    pub(crate) fn extend_to(&mut self, moment: Moment) {
        if moment > self.reached {
            (self.reached, self.end) = (moment, End::Clock);
        }
    }

    pub(crate) fn finish(mut self) -> CountedDue {
        let mut assumed = false;
        let mut calendar_version = String::new();
        if let Some((from, to)) = self.looked_at {
            for year in self.calendar.years_without_table(from, to) {
                self.steps.push(Step::Assumed(year));
                assumed = true;
            }
            calendar_version = self.calendar.version_between(from, to);
        }
        self.steps.push(Step::Due {
            at: self.reached,
            end: self.end,
        });
        CountedDue {
            started_at: self.started_at,
            due_at: self.reached,
            steps: self.steps,
            assumed,
            calendar_version,
        }
    }

    fn add_hours(&mut self, hours: u32) -> Result<(), OutOfRange> {
        let from = self.reached;
        let mut due = plus(from, Duration::hours(hours.into()))?;
        for pause in self.pauses {
            if pause.from >= due {
                break;
            }
            let stood = Stretch {
                from: pause.from.max(from),
                to: pause.to,
            };
            if stood.to > stood.from {
                due = plus(due, stood.to - stood.from)?;
                self.steps.push(Step::HoursPaused(stood));
            }
        }
        self.steps.push(Step::Hours { hours, to: due });
        (self.reached, self.end) = (due, End::Clock);
        Ok(())
    }

    fn add_days(&mut self, days: u32) -> Result<(), OutOfRange> {
        let start = self.reached.date_naive();
        self.steps.push(Step::StartNotCounted(start));
        let (mut date, mut nth) = (start, 0);
        while nth < days {
            date = date.succ_opt().ok_or(OutOfRange)?;
            if self.is_paused(date) {
                self.skip(date, Skip::Paused);
                continue;
            }
            nth += 1;
            match self.steps.last_mut() {
                Some(Step::CalendarDays { to, nth: last, .. }) => (*to, *last) = (date, nth),
                _ => self.steps.push(Step::CalendarDays {
                    from: date,
                    to: date,
                    nth,
                }),
            }
        }
        self.end_on(date)
    }

    fn add_working_days(&mut self, days: u32) -> Result<(), OutOfRange> {
        let start = self.reached.date_naive();
        self.steps.push(Step::StartNotCounted(start));
        let (mut date, mut nth) = (start, 0);
        while nth < days {
            date = date.succ_opt().ok_or(OutOfRange)?;
            let nature = self.calendar.nature(date);
            if !nature.is_working() {
                self.skip(date, Skip::Rest(nature));
            } else if self.is_paused(date) {
                self.skip(date, Skip::Paused);
            } else {
                nth += 1;
                self.steps.push(Step::WorkingDay { date, nature, nth });
            }
        }
        self.look_at(start.succ_opt().ok_or(OutOfRange)?, date);
        self.end_on(date)
    }

    fn add_months(&mut self, amount: Amount, months: u32) -> Result<(), OutOfRange> {
        let start = self.reached.date_naive();
        self.steps.push(Step::StartNotCounted(start));
        let corresponding = start
            .checked_add_months(Months::new(months))
            .ok_or(OutOfRange)?;
        let clamped = corresponding.day() != start.day();
        self.steps.push(Step::Corresponding {
            amount,
            date: corresponding,
            clamped,
        });
        let (mut date, mut days, mut last) = (start, 0, corresponding);
        while date < last {
            date = date.succ_opt().ok_or(OutOfRange)?;
            if self.is_paused(date) {
                days += 1;
                last = last.succ_opt().ok_or(OutOfRange)?;
            }
        }
        if days > 0 {
            self.steps.push(Step::PausedDays { days, to: last });
        }
        self.end_on(last)
    }

    /// Ends the period with a day, after art. 203 has moved it if the period is a legal one.
    fn end_on(&mut self, mut date: NaiveDate) -> Result<(), OutOfRange> {
        if self.legal {
            let working = self.calendar.working_day_from(date);
            self.look_at(date, working);
            if working != date {
                let nature = self.calendar.nature(date);
                self.steps.push(Step::Shifted {
                    from: date,
                    nature,
                    to: working,
                });
                date = working;
            }
        }
        let day_end = NaiveTime::from_hms_opt(23, 59, 59).expect("BUG: a day has a last second");
        let at = |time: NaiveTime| {
            let local = self
                .started_at
                .offset()
                .from_local_datetime(&date.and_time(time));
            local.single().ok_or(OutOfRange)
        };
        let office_end = at(self.calendar.office_end())?;
        (self.reached, self.end) = if self.legal || office_end < self.reached {
            (at(day_end)?, End::Day)
        } else {
            (office_end, End::OfficeHours)
        };
        Ok(())
    }

    /// Whether the clock stood still on a day, wholly or partly.
    fn is_paused(&self, date: NaiveDate) -> bool {
        self.pauses.iter().any(|pause| {
            let last = if pause.to > pause.from {
                pause.to - Duration::seconds(1)
            } else {
                pause.to
            };
            pause.from.date_naive() <= date && date <= last.date_naive()
        })
    }

    fn skip(&mut self, date: NaiveDate, why: Skip) {
        match self.steps.last_mut() {
            Some(Step::Skipped {
                to, why: earlier, ..
            }) if *earlier == why => *to = date,
            _ => self.steps.push(Step::Skipped {
                from: date,
                to: date,
                why,
            }),
        }
    }

    fn look_at(&mut self, from: NaiveDate, to: NaiveDate) {
        let (first, last) = self.looked_at.unwrap_or((from, to));
        self.looked_at = Some((first.min(from), last.max(to)));
    }
}

fn plus(moment: Moment, by: Duration) -> Result<Moment, OutOfRange> {
    DateTime::checked_add_signed(moment, by).ok_or(OutOfRange)
}
