//! Names the state of the calendar that a count rested on, so that a change of table shows.
//!
//! Not here: the tables themselves.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use super::{Calendar, CalendarKind, Origin, Week, YearTable};

impl Calendar {
    /// Names the tables a count between two days rests on, so that a change of table shows:
    /// `statutory 2026.1 2027.-` (year and version; `-` no table; `o` a table of the office).
    #[must_use]
    pub fn version_between(&self, from: NaiveDate, to: NaiveDate) -> String {
        let mut text = match self.kind {
            CalendarKind::Statutory => "statutory".to_owned(),
            CalendarKind::SixDay => "six-day".to_owned(),
            CalendarKind::Custom(week) => week_text(week),
        };
        for year in from.year()..=to.year() {
            match self.tables.get(&year) {
                Some(table) => push_version(&mut text, table),
                None => {
                    let _ = write!(text, " {year}.-");
                }
            }
        }
        if let Some(next) = self.tables.get(&(to.year() + 1))
            && next.marks.range(from..=to).next().is_some()
        {
            push_version(&mut text, next);
        }
        if self.own.revision > 0 {
            let _ = write!(text, " own.{}", self.own.revision);
        }
        text
    }
}

fn push_version(text: &mut String, table: &YearTable) {
    let office = if table.origin == Origin::Office {
        "o"
    } else {
        ""
    };
    let _ = write!(text, " {}.{office}{}", table.year, table.version);
}

fn week_text(week: Week) -> String {
    let days: String = week
        .works
        .iter()
        .map(|works| if *works { 'w' } else { 'o' })
        .collect();
    format!(
        "custom-{days}{}",
        if week.keeps_holidays {
            ""
        } else {
            "-no-holidays"
        }
    )
}
