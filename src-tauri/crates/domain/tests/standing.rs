//! Where deadlines stand: what is left, what is late, in which unit.

use domain::calendar::Calendar;
use domain::deadline::standing::{Clock, Span, Standing, Unit, standing};
use domain::time::{Moment, parse_moment};

fn moment(text: &str) -> Moment {
    parse_moment(text).expect("a moment")
}

/// A clock in a unit, due then, standing at now.
fn stands(unit: Unit, due: &str, now: &str) -> Standing {
    let clock = Clock {
        unit,
        due_at: moment(due),
        met_at: None,
        paused_since: None,
    };
    standing(&clock, &Calendar::built_in(), &moment(now))
}

// 20 November 2026 is a Friday.
const NOW: &str = "2026-11-20T09:12";

#[test]
fn today_is_not_counted_as_left_and_the_unit_is_the_clocks_own() {
    use Unit::{Days, Hours, WorkingDays};
    for (unit, due, left) in [
        (WorkingDays, "2026-11-24T18:00", Span::WorkingDays(2)),
        (WorkingDays, "2026-11-23T18:00", Span::WorkingDays(1)),
        (Days, "2026-11-23T18:00", Span::Days(3)),
        (Days, "2026-11-21T18:00", Span::Days(1)),
        (Hours, "2026-11-21T11:20", Span::Hours(26)),
        // An extension may end on a Saturday: then days are left, none of them worked.
        (WorkingDays, "2026-11-21T18:00", Span::Days(1)),
    ] {
        assert_eq!(stands(unit, due, NOW), Standing::Left(left), "{due}");
    }
}

#[test]
fn what_is_due_today_says_so_and_hours_only_where_hours_are_counted() {
    assert_eq!(
        stands(Unit::Hours, "2026-11-20T11:20", NOW),
        Standing::Today(Some(2))
    );
    assert_eq!(
        stands(Unit::Hours, "2026-11-20T09:50", NOW),
        Standing::Today(Some(0))
    );
    assert_eq!(
        stands(Unit::WorkingDays, "2026-11-20T18:00", NOW),
        Standing::Today(None)
    );
}

#[test]
fn what_is_late_is_told_in_days_and_within_a_day_in_hours() {
    for (unit, due, late) in [
        (Unit::WorkingDays, "2026-11-17T18:00", Span::Days(3)),
        (Unit::Days, "2026-11-19T18:00", Span::Days(1)),
        (Unit::Hours, "2026-11-20T04:10", Span::Hours(5)),
        (Unit::Hours, "2026-11-19T11:20", Span::Hours(21)),
        (Unit::Hours, "2026-11-17T08:00", Span::Days(3)),
        (Unit::Days, "2026-11-20T08:00", Span::Hours(1)),
    ] {
        assert_eq!(stands(unit, due, NOW), Standing::Overdue(late), "{due}");
    }
}

#[test]
fn what_was_met_or_stands_still_says_how() {
    let clock = Clock {
        unit: Unit::WorkingDays,
        due_at: moment("2026-11-19T18:00"),
        met_at: Some(moment("2026-11-19T18:00")),
        paused_since: None,
    };
    let at = |clock: Clock| standing(&clock, &Calendar::built_in(), &moment(NOW));
    assert_eq!(at(clock), Standing::Met, "the last moment is in time");
    let late = Clock {
        met_at: Some(moment("2026-11-20T08:00")),
        ..clock
    };
    assert_eq!(at(late), Standing::MetLate(Span::Days(1)));
    let still = Clock {
        met_at: None,
        paused_since: Some(moment("2026-11-18T10:00")),
        ..clock
    };
    assert_eq!(at(still), Standing::Paused(Some(Span::WorkingDays(1))));
    let that_day = Clock {
        paused_since: Some(moment("2026-11-19T10:00")),
        ..still
    };
    assert_eq!(at(that_day), Standing::Paused(None));
}
