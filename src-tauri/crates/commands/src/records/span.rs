//! Spans of days by their names: 今天, 本月, 近 31 天. Weeks begin on Monday.

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::time::{Moment, day_start};

/// The first and last day of a named span.
pub(crate) fn span(name: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let month = today.with_day(1)?;
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    Some(match name {
        "today" => (today, today),
        "yesterday" => (today.pred_opt()?, today.pred_opt()?),
        "this_week" => (monday, monday + Days::new(6)),
        "last_week" => (monday - Days::new(7), monday - Days::new(1)),
        "this_month" => (month, (month + Months::new(1)).pred_opt()?),
        "last_month" => (month - Months::new(1), month.pred_opt()?),
        "this_year" => (
            NaiveDate::from_ymd_opt(today.year(), 1, 1)?,
            NaiveDate::from_ymd_opt(today.year(), 12, 31)?,
        ),
        "last_year" => (
            NaiveDate::from_ymd_opt(today.year() - 1, 1, 1)?,
            NaiveDate::from_ymd_opt(today.year() - 1, 12, 31)?,
        ),
        _ => return days(name, today),
    })
}

/// `last_31_days` ends today, `next_7_days` begins today; both count today.
fn days(name: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let count = |rest: &str| -> Option<Days> {
        let count: u64 = rest.strip_suffix("_days")?.parse().ok()?;
        (1..=3_660).contains(&count).then(|| Days::new(count - 1))
    };
    if let Some(rest) = name.strip_prefix("last_") {
        return Some((today - count(rest)?, today));
    }
    Some((today, today + count(name.strip_prefix("next_")?)?))
}

/// The first moment of the day so many days after the present one.
pub(crate) fn day_start_after(now: &Moment, days: u64) -> Moment {
    day_start(now.date_naive() + Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn named_spans_are_whole_days_of_the_calendar() {
        // A Friday.
        let today = day("2026-11-20");
        for (name, from, to) in [
            ("today", "2026-11-20", "2026-11-20"),
            ("yesterday", "2026-11-19", "2026-11-19"),
            ("this_week", "2026-11-16", "2026-11-22"),
            ("last_week", "2026-11-09", "2026-11-15"),
            ("this_month", "2026-11-01", "2026-11-30"),
            ("last_month", "2026-10-01", "2026-10-31"),
            ("this_year", "2026-01-01", "2026-12-31"),
            ("last_31_days", "2026-10-21", "2026-11-20"),
            ("next_7_days", "2026-11-20", "2026-11-26"),
        ] {
            assert_eq!(span(name, today), Some((day(from), day(to))), "{name}");
        }
        for unknown in ["", "last_0_days", "last_x_days", "soon"] {
            assert_eq!(span(unknown, today), None, "{unknown}");
        }
    }
}
