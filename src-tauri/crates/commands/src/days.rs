//! The working-day calendar as people look at it: a year day by day, and which years are known.

use chrono::{Datelike, NaiveDate};
use domain::calendar::{Calendar, DayNature, Origin};
use serde::{Deserialize, Serialize};

use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::table::Nothing;

/// Asks for a year.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The year.
    pub year: i32,
}

/// A year day by day.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CalendarYearView {
    /// The year.
    pub year: i32,
    /// The notice that the table was made from; empty for a year without a table.
    pub source: String,
    /// There is a table; without one it is counted Monday to Friday.
    pub known: bool,
    /// The table is the office's own.
    pub own: bool,
    /// Every day of the year.
    pub days: Vec<CalendarDay>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct CalendarDay {
    /// The day.
    pub date: String,
    /// Not a working day.
    pub rest: bool,
    /// A rest day that is worked in exchange for a holiday.
    pub make_up: bool,
    /// The name of the holiday, or the reason of the office; may be empty.
    pub name: String,
}

/// One year of those that can be looked at.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CalendarYearHead {
    /// The year.
    pub year: i32,
    /// The notice that the table was made from.
    pub source: String,
    /// There is a table.
    pub known: bool,
    /// The table is the office's own.
    pub own: bool,
}

/// The years that a date on paper can have.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// A year day by day.
///
/// # Errors
/// For a year that no paper has.
pub fn calendar_year(ctx: &Ctx, ask: &CalendarYear) -> Outcome<CalendarYearView> {
    let first = NaiveDate::from_ymd_opt(ask.year, 1, 1).filter(|_| YEARS.contains(&ask.year));
    let Some(first) = first else {
        let found = [("found", ask.year.to_string())];
        return Err(CommandError::bad_request("bad_moment", found));
    };
    let figures = ctx.figures()?;
    let head = head(&figures.calendar, ask.year);
    let days = first.iter_days().take_while(|day| day.year() == ask.year);
    Ok(CalendarYearView {
        year: head.year,
        source: head.source,
        known: head.known,
        own: head.own,
        days: days.map(|date| day(&figures.calendar, date)).collect(),
    })
}

/// The years with a table, and the present and the next one, the newest first.
///
/// # Errors
/// When the office's own tables cannot be read.
pub fn calendar_years(ctx: &Ctx, _: &Nothing) -> Outcome<Vec<CalendarYearHead>> {
    let figures = ctx.figures()?;
    let present = ctx.now().year();
    let shown = |year: &i32| {
        figures.calendar.table(*year).is_some() || (present..=present + 1).contains(year)
    };
    let years = YEARS.rev().filter(shown);
    Ok(years.map(|year| head(&figures.calendar, year)).collect())
}

fn head(calendar: &Calendar, year: i32) -> CalendarYearHead {
    let table = calendar.table(year);
    CalendarYearHead {
        year,
        source: table.map(|table| table.title.clone()).unwrap_or_default(),
        known: table.is_some(),
        own: table.is_some_and(|table| table.origin == Origin::Office),
    }
}

fn day(calendar: &Calendar, date: NaiveDate) -> CalendarDay {
    let nature = calendar.nature(date);
    let name = match &nature {
        DayNature::Holiday(name)
        | DayNature::MakeUp(name)
        | DayNature::OfficeOff(name)
        | DayNature::OfficeWork(name) => name.to_string(),
        DayNature::Workday | DayNature::Weekend => String::new(),
    };
    CalendarDay {
        date: date.to_string(),
        rest: !nature.is_working(),
        make_up: matches!(nature, DayNature::MakeUp(_)),
        name,
    }
}
