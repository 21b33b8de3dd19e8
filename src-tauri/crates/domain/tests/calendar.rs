//! The calendar day by day against a second source, and the properties of its walks.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use domain::calendar::{Calendar, CalendarKind, DayNature, Origin, OwnDays, Week, YearTable};
use proptest::prelude::*;

const FIXTURE: &str = include_str!("../../../../tests/fixtures/calendar/workdays.txt");

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The days of the fixture on which the calendar says something else.
fn differences(calendar: &Calendar) -> (usize, Vec<NaiveDate>) {
    let (mut compared, mut differing) = (0, Vec::new());
    for line in FIXTURE.lines() {
        let (year, marks) = line.split_once(' ').expect("year and marks");
        let first = NaiveDate::from_ymd_opt(year.parse().expect("a year"), 1, 1).expect("a day");
        for (date, mark) in first.iter_days().zip(marks.chars()) {
            assert_eq!(date.year(), first.year(), "a line is one year");
            compared += 1;
            if calendar.is_working_day(date) != (mark == 'w') || calendar.is_assumed(date) {
                differing.push(date);
            }
        }
    }
    (compared, differing)
}

#[test]
fn every_day_from_2007_to_2026_is_as_chinese_calendar_says() {
    assert_eq!(differences(&Calendar::built_in()), (7305, vec![]));
}

#[test]
fn a_single_wrong_day_would_be_found() {
    let own = OwnDays {
        off: [(day("2013-03-05"), Arc::from("错"))].into(),
        ..OwnDays::default()
    };
    let wrong = Calendar::built_in().with_own_days(own);
    assert_eq!(differences(&wrong), (7305, vec![day("2013-03-05")]));
}

#[test]
fn days_say_what_they_are() {
    let calendar = Calendar::built_in();
    assert_eq!(
        calendar.nature(day("2026-02-14")),
        DayNature::MakeUp("春节".into())
    );
    assert_eq!(
        calendar.nature(day("2026-02-16")),
        DayNature::Holiday("春节".into())
    );
    assert_eq!(calendar.nature(day("2026-11-21")), DayNature::Weekend);
    assert_eq!(calendar.nature(day("2026-11-20")), DayNature::Workday);
    let working = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
        first
            .iter_days()
            .take_while(|day| day.year() == year)
            .filter(|day| calendar.is_working_day(*day))
            .count()
    };
    assert_eq!((working(2025), working(2026)), (248, 248));
}

#[test]
fn late_december_is_taken_from_the_next_notice() {
    let calendar = Calendar::built_in();
    assert_eq!(
        calendar.nature(day("2018-12-29")),
        DayNature::MakeUp("元旦".into())
    );
    assert_eq!(
        calendar.nature(day("2018-12-31")),
        DayNature::Holiday("元旦".into())
    );
    assert_eq!(
        calendar.version_between(day("2018-12-20"), day("2018-12-28")),
        "statutory 2018.1"
    );
    assert_eq!(
        calendar.version_between(day("2018-12-20"), day("2018-12-29")),
        "statutory 2018.1 2019.2"
    );
}

#[test]
fn a_year_without_a_table_is_assumed_until_a_table_is_laid_over() {
    let calendar = Calendar::built_in();
    let before = calendar.add_working_days(day("2026-12-31"), 2);
    assert_eq!((before.due_on, before.assumed), (day("2027-01-04"), true));
    assert_eq!(
        calendar.version_between(day("2026-12-31"), before.due_on),
        "statutory 2026.1 2027.-"
    );
    let text = "year = 2027\nversion = 1\ntitle = \"试\"\n[[holiday]]\nname = \"元旦\"\n\
                off = [\"2027-01-01..2027-01-03\"]\nwork = [\"2027-01-09\"]\n";
    let calendar = calendar.with_table_text(text).expect("a table");
    let after = calendar.add_working_days(day("2026-12-31"), 2);
    assert_eq!((after.due_on, after.assumed), (day("2027-01-05"), false));
    assert_eq!(
        calendar.version_between(day("2026-12-31"), after.due_on),
        "statutory 2026.1 2027.o1"
    );
    assert!(calendar.is_working_day(day("2027-01-09")));
}

#[test]
fn a_six_day_week_keeps_holidays_and_the_law_still_sees_five() {
    let six = Calendar::built_in().with_kind(CalendarKind::SixDay);
    assert!(six.is_working_day(day("2026-11-21")) && !six.is_working_day(day("2026-11-22")));
    assert!(
        !six.is_working_day(day("2026-02-21")),
        "a Saturday inside the Spring Festival"
    );
    assert_eq!(
        six.nature(day("2026-01-04")),
        DayNature::MakeUp("元旦".into())
    );
    assert!(!six.statutory().is_working_day(day("2026-11-21")));
}

#[test]
fn a_week_of_the_offices_own_may_know_no_holidays() {
    assert_eq!(Week::new([false; 7], true), None);
    let week = Week::new([true; 7], false).expect("worked days");
    let calendar = Calendar::built_in().with_kind(CalendarKind::Custom(week));
    assert!(calendar.is_working_day(day("2026-02-17")));
    assert!(
        !calendar.is_assumed(day("2099-01-01")),
        "without holidays no table is missing"
    );
    let own = OwnDays {
        revision: 1,
        off: [(day("2026-02-17"), "停工".into())].into(),
        ..OwnDays::default()
    };
    assert_eq!(
        calendar.with_own_days(own).nature(day("2026-02-17")),
        DayNature::OfficeOff("停工".into())
    );
}

#[test]
fn the_last_working_day_of_a_month_minds_make_up_days() {
    let calendar = Calendar::built_in();
    assert_eq!(calendar.last_working_day(2026, 2), Some(day("2026-02-28")));
    assert_eq!(calendar.last_working_day(2026, 10), Some(day("2026-10-30")));
    assert_eq!(calendar.last_working_day(2026, 13), None);
    assert_eq!(
        calendar.sub_working_days(day("2026-10-30"), 3).due_on,
        day("2026-10-27")
    );
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..9000).prop_map(|days| day("2006-06-01") + Days::new(days))
}

proptest! {
    #[test]
    fn exactly_the_asked_number_of_working_days_lies_in_a_walk(start in any_day(), days in 0_u32..80) {
        let calendar = Calendar::built_in();
        let counted = calendar.add_working_days(start, days);
        let between = start.iter_days().skip(1).take_while(|day| *day <= counted.due_on);
        let worked = between.filter(|day| calendar.is_working_day(*day)).count();
        prop_assert_eq!(u32::try_from(worked).expect("small"), days);
        prop_assert!(days == 0 || calendar.is_working_day(counted.due_on));
    }

    #[test]
    fn walks_can_be_split_and_turned_back(start in any_day(), first in 0_u32..40, second in 0_u32..40) {
        let calendar = Calendar::built_in();
        let halfway = calendar.add_working_days(start, first).due_on;
        let whole = calendar.add_working_days(start, first + second).due_on;
        prop_assert_eq!(calendar.add_working_days(halfway, second).due_on, whole);
        let work = calendar.working_day_from(start);
        let there = calendar.add_working_days(work, first).due_on;
        prop_assert_eq!(calendar.sub_working_days(there, first).due_on, work);
    }

    #[test]
    fn the_tables_survive_being_written_and_read(year in 2007_i32..=2026) {
        let calendar = Calendar::built_in();
        let table = calendar.table(year).expect("a shipped year");
        prop_assert_eq!(&YearTable::parse(&table.to_toml(), Origin::BuiltIn).expect("written by us"), table);
    }
}
