//! The vectors of the trade's clocks, the wording of counts, and properties of counting.

use chrono::{Duration, NaiveDate};
use domain::calendar::{Calendar, CalendarKind};
use domain::count::{
    Amount, CountedDue, Stretch, count_back, count_due, count_paused, parse_amount,
};
use domain::time::{Moment, moment_text, parse_moment};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn moment(text: &str) -> Moment {
    parse_moment(text).expect("a moment")
}

fn count(start: &str, amount: &str, legal: bool) -> CountedDue {
    let start = if start.len() == 10 {
        format!("{start}T09:00")
    } else {
        start.to_owned()
    };
    let amount = parse_amount(amount).expect("an amount");
    count_due(&moment(&start), amount, legal, &Calendar::built_in()).expect("in range")
}

#[test]
fn working_days_come_out_as_in_the_vectors() {
    for (start, amount, due) in [
        ("2026-02-13", "2w", "2026-02-24"),
        ("2026-02-13", "3w", "2026-02-25"),
        ("2026-04-30", "2w", "2026-05-07"),
        ("2026-05-08", "2w", "2026-05-11"),
        ("2026-09-18", "2w", "2026-09-21"),
        ("2026-09-30", "3w", "2026-10-10"),
        ("2025-12-31", "2w", "2026-01-05"),
        ("2025-09-26", "2w", "2025-09-29"),
        ("2026-11-20", "2w", "2026-11-24"),
    ] {
        let counted = count(start, amount, false);
        assert_eq!(counted.due_on(), day(due), "{start} + {amount}");
        assert_eq!(
            moment_text(&counted.due_at),
            format!("{due}T18:00:00+08:00")
        );
        assert!(!counted.assumed);
    }
}

#[test]
fn calendar_periods_come_out_as_in_the_vectors() {
    for (start, amount, due) in [
        ("2026-11-21", "2y", "2028-11-21"),
        ("2026-11-21", "5y", "2031-11-21"),
        ("2024-02-29", "2y", "2026-02-28"),
        ("2026-08-31", "12m", "2027-08-31"),
        ("2026-08-31", "6m", "2027-02-28"),
        ("2026-11-21", "50y", "2076-11-21"),
    ] {
        assert_eq!(
            count(start, amount, false).due_on(),
            day(due),
            "{start} + {amount}"
        );
    }
    let back = count_back(day("2026-12-21"), Amount::Days(20), &Calendar::built_in());
    assert_eq!(back, Ok(day("2026-12-01")));
}

#[test]
fn hours_run_through_holidays() {
    let counted = count("2026-10-01T17:20", "48h", false);
    assert_eq!(moment_text(&counted.due_at), "2026-10-03T17:20:00+08:00");
    assert_eq!(counted.calendar_version, "", "no table matters to hours");
    assert_eq!(
        count("2026-10-01T17:20", "48h", true).due_at,
        counted.due_at
    );
}

#[test]
fn a_legal_period_ending_on_a_rest_day_moves_to_the_next_working_day() {
    let counted = count("2026-09-26", "7d", true);
    assert_eq!(moment_text(&counted.due_at), "2026-10-08T23:59:59+08:00");
    assert_eq!(counted.calendar_version, "statutory 2026.1");
    assert_eq!(
        count("2026-09-26", "7d", false).due_on(),
        day("2026-10-03"),
        "internal: no shift"
    );
    let six = Calendar::built_in().with_kind(CalendarKind::SixDay);
    let on_saturday = |legal| {
        let counted = count_due(&moment("2026-11-14T09:00"), Amount::Days(7), legal, &six);
        counted.expect("in range").due_on()
    };
    assert_eq!(
        on_saturday(true),
        day("2026-11-23"),
        "the law knows no six-day week"
    );
    assert_eq!(on_saturday(false), day("2026-11-21"));
}

#[test]
fn nothing_falls_due_before_it_began() {
    assert_eq!(
        moment_text(&count("2026-11-20T10:00", "0d", false).due_at),
        "2026-11-20T18:00:00+08:00"
    );
    assert_eq!(
        moment_text(&count("2026-11-20T20:00", "0d", false).due_at),
        "2026-11-20T23:59:59+08:00"
    );
    assert_eq!(
        count("2026-11-20T20:00", "0h", false).due_at,
        moment("2026-11-20T20:00")
    );
}

#[test]
fn working_days_are_spelled_out_day_by_day() {
    assert_eq!(
        count("2026-02-13", "2w", false).lines_zh(),
        [
            "起算日2026-02-13（周五）不计入",
            "2026-02-14（周六）调休上班，第1个工作日",
            "2026-02-15至02-23 春节放假，不计",
            "2026-02-24（周二），第2个工作日",
            "到期：2026年2月24日18时（周二）（下班时间）",
        ]
    );
    let long = count("2026-03-02", "20w", false).lines_zh();
    assert_eq!(
        long[1..3],
        [
            "2026-03-03至03-06，第1至第4个工作日",
            "2026-03-07至03-08 周末休息，不计"
        ]
    );
}

#[test]
fn other_periods_say_how_they_were_counted() {
    assert_eq!(
        count("2026-09-26", "7d", true).lines_zh(),
        [
            "起算日2026-09-26（周六）不计入",
            "2026-09-27至10-03，第1至第7天",
            "期满日2026-10-03（周六）为国庆节放假，顺延至休息日结束的次日2026-10-08（周四）（民法典第二百零三条）",
            "到期：2026年10月8日24时（周四）",
        ]
    );
    assert_eq!(
        count("2024-02-29", "2y", false).lines_zh()[1],
        "满2年的对应日为2026-02-28（周六）（当月无对应日，取月末日）"
    );
    assert_eq!(
        count("2026-10-01T17:20", "48h", false).lines_zh(),
        [
            "48小时连续计算，夜间、周末和节假日不扣除，至2026年10月3日17时20分",
            "到期：2026年10月3日17时20分（周六）",
        ]
    );
}

#[test]
fn a_year_without_a_table_is_named() {
    let counted = count("2026-12-31", "1w", false);
    assert!(counted.assumed);
    assert!(
        counted
            .lines_zh()
            .contains(&"2027年放假安排尚未录入，暂按周一至周五".to_owned())
    );
    assert_eq!(counted.calendar_version, "statutory 2027.-");
    assert!(
        !count("2026-12-31", "1d", false).assumed,
        "calendar days need no table"
    );
    assert!(
        count("2026-12-31", "1d", true).assumed,
        "unless the law asks for the rest days"
    );
}

#[test]
fn paused_days_do_not_count_and_paused_hours_move_the_end() {
    let pause = [Stretch {
        from: moment("2026-11-24T15:00"),
        to: moment("2026-11-26T10:00"),
    }];
    let calendar = Calendar::built_in();
    let paused = |amount| {
        let counted = count_paused(
            &moment("2026-11-20T09:00"),
            amount,
            false,
            &calendar,
            &pause,
        );
        counted.expect("in range")
    };
    assert_eq!(paused(Amount::WorkingDays(2)).due_on(), day("2026-11-27"));
    assert_eq!(paused(Amount::Days(5)).due_on(), day("2026-11-28"));
    assert_eq!(paused(Amount::Months(1)).due_on(), day("2026-12-23"));
    assert_eq!(
        paused(Amount::Hours(120)).due_at,
        moment("2026-11-27T04:00")
    );
    assert!(
        paused(Amount::WorkingDays(2))
            .lines_zh()
            .contains(&"2026-11-24至11-26 暂停，不计".to_owned())
    );
}

fn any_moment() -> impl Strategy<Value = Moment> {
    (0_i64..600_000).prop_map(|minutes| moment("2025-12-01T00:00") + Duration::minutes(minutes))
}

fn any_amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        (0_u32..200).prop_map(Amount::Hours),
        (0_u32..60).prop_map(Amount::Days),
        (0_u32..40).prop_map(Amount::WorkingDays),
        (0_u32..30).prop_map(Amount::Months),
        (0_u32..6).prop_map(Amount::Years),
    ]
}

proptest! {
    #[test]
    fn a_due_moment_is_never_before_its_start(start in any_moment(), amount in any_amount(), legal: bool) {
        let counted = count_due(&start, amount, legal, &Calendar::built_in()).expect("in range");
        prop_assert!(counted.due_at >= start);
        prop_assert_eq!(counted.due_at.offset(), start.offset());
        prop_assert!(counted.lines_zh().last().is_some_and(|line| line.starts_with("到期：")));
    }

    #[test]
    fn legal_periods_in_days_never_end_on_a_rest_day(start in any_moment(), days in 1_u32..60) {
        let calendar = Calendar::built_in();
        let legal = count_due(&start, Amount::Days(days), true, &calendar).expect("in range");
        let plain = count_due(&start, Amount::Days(days), false, &calendar).expect("in range");
        prop_assert!(calendar.is_working_day(legal.due_on()));
        prop_assert!(legal.due_on() >= plain.due_on());
    }

    #[test]
    fn working_days_agree_with_the_calendar(start in any_moment(), days in 0_u32..40) {
        let calendar = Calendar::built_in();
        let counted = count_due(&start, Amount::WorkingDays(days), false, &calendar).expect("in range");
        prop_assert_eq!(counted.due_on(), calendar.add_working_days(start.date_naive(), days).due_on);
    }

    #[test]
    fn a_longer_amount_is_never_due_earlier(start in any_moment(), number in 0_u32..40, legal: bool) {
        let calendar = Calendar::built_in();
        for unit in [Amount::Hours, Amount::Days, Amount::WorkingDays, Amount::Months] {
            let due = |number| count_due(&start, unit(number), legal, &calendar).expect("in range").due_at;
            prop_assert!(due(number) <= due(number + 1));
        }
    }
}
