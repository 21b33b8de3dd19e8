//! The date reader against the spellings of real ledgers, and its properties.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use domain::dates::{
    DateOptions, DatePart, DateProblem, ParsedDate, excel_serial, parse_date, parse_time,
};
use domain::time::parse_moment;
use domain::zh::{date_zh, number_zh};
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("a time")
}

fn ledger(text: &str) -> Result<ParsedDate, DateProblem> {
    parse_date(text, &DateOptions::ledger(Some(2024)))
}

fn typed(text: &str) -> Result<ParsedDate, DateProblem> {
    parse_date(
        text,
        &DateOptions::typed(parse_moment("2026-11-21T09:05").expect("a moment")),
    )
}

/// The cells of a table written as `a | b | c`.
fn cells(table: &str) -> impl Iterator<Item = &str> {
    table.split('|').map(|cell| cell.trim_matches(['\n', ' ']))
}

#[test]
fn every_spelling_of_a_written_day_is_read() {
    let table =
        "2024.3.5|2024-03-05|2024/3/5|2024年3月5日|2024年03月05日|2024年3月5号|20240305|45356|
        ２０２４．３．５|２０２４年３月５日|2024 年 3 月 5 日|2024. 3. 5|2024。3。5|2024—3—5|
        二〇二四年三月五日|2024年3月5";
    for text in cells(table) {
        let expected = ParsedDate {
            date: day(2024, 3, 5),
            time: None,
            year_assumed: false,
        };
        assert_eq!(ledger(text), Ok(expected), "{text}");
    }
    assert_eq!(ledger("45315").expect("serial").date, day(2024, 1, 24));
    assert_eq!(
        ledger("二〇二四年十二月二十三日").expect("words").date,
        day(2024, 12, 23)
    );
}

#[test]
fn a_year_that_was_not_written_is_reported() {
    for text in cells("3月5日|3-5|3/5|3.5|03-05|三月五日|3月5号|３月５日") {
        let expected = ParsedDate {
            date: day(2024, 3, 5),
            time: None,
            year_assumed: true,
        };
        assert_eq!(ledger(text), Ok(expected), "{text}");
    }
    let unknown = DateOptions::ledger(None);
    assert_eq!(
        parse_date("3月5日", &unknown),
        Err(DateProblem::YearMissing)
    );
    assert_eq!(
        parse_date("2月29日", &unknown),
        Err(DateProblem::YearMissing)
    );
    let no_such_day = DateProblem::Impossible {
        part: DatePart::Day,
    };
    assert_eq!(parse_date("2月30日", &unknown), Err(no_such_day));
}

#[test]
fn a_time_of_day_may_follow() {
    let table = "2024-3-5 14:30=14:30|2024.3.5 下午2:30=14:30|2024年3月5日14时30分=14:30|
        2024年3月5日 14时30分=14:30|2024年3月5日下午2点半=14:30|2024-03-05T14:30:00=14:30|
        20240305 14:30=14:30|2024.3.4 下午12:40=12:40|2024/3/5 上午12:10=00:10|
        2024/3/5 2:30 PM=14:30|2024.3.5 晚上8点=20:00|2024年3月5日９：０５=09:05|
        2024-3-5 十四时=14:00|2024-3-5 中午1点=13:00|2024.3.5凌晨0点5分=00:05|45315.5=12:00";
    for cell in cells(table) {
        let (text, time) = cell.split_once('=').expect("a pair");
        let read =
            ledger(text).map(|parsed| parsed.time.map(|time| time.format("%H:%M").to_string()));
        assert_eq!(read, Ok(Some(time.to_owned())), "{text}");
    }
    assert_eq!(parse_time("下午3点"), Ok(at(15, 0)));
    assert_eq!(parse_time("14时30分"), Ok(at(14, 30)));
}

#[test]
fn impossible_days_and_hours_are_told_from_no_dates() {
    for (part, table) in [
        (DatePart::Year, "2924.3.5|1024-1-1"),
        (DatePart::Month, "2024.13.5|2024.0.5|20241301|13月5日"),
        (
            DatePart::Day,
            "2024.2.30|2023.2.29|2024年9月31日|2024-11-31|2024.4.0",
        ),
        (
            DatePart::Hour,
            "2024-3-5 25:00|2024-3-5 24:00|2024-3-5 晚上12点|2024-3-5 上午15:00",
        ),
        (DatePart::Minute, "2024-3-5 12:60|2024-3-5 12:30:60"),
    ] {
        for text in cells(table) {
            assert_eq!(
                ledger(text),
                Err(DateProblem::Impossible { part }),
                "{text}"
            );
        }
    }
    let table = "长期|#REF!|一周内|立即|/|—|投诉时间|3/5/2024|2024|2024.3|2024年3月|1|2024-3-5x|
        2024-3-514:30|2024-3-5 14|下午3点|2024--3-5|2024.3/5|上周三|1234567|2024-3-5 14:30:|2024.3.5.6|
        2024.123.5|1月|99999999999999999999-1-1|2024年3月5日10|12345678901234567890123456789012345678901";
    for text in cells(table) {
        assert_eq!(ledger(text), Err(DateProblem::NotADate), "{text}");
    }
    assert_eq!(ledger("  "), Err(DateProblem::Empty));
    for text in cells("24.3.5|24-03-05|24年3月5日|3-5-24|２４．３．５") {
        assert_eq!(ledger(text), Err(DateProblem::TwoDigitYear), "{text}");
    }
}

#[test]
fn relative_words_count_only_where_a_person_types() {
    assert_eq!(typed("昨天").expect("yesterday").date, day(2026, 11, 20));
    assert_eq!(
        typed("前天").expect("the day before").date,
        day(2026, 11, 19)
    );
    let today = typed("今天 下午3点").expect("today");
    assert_eq!(
        (today.date, today.time),
        (day(2026, 11, 21), Some(at(15, 0)))
    );
    assert_eq!(ledger("昨天"), Err(DateProblem::Relative));
    assert_eq!(
        typed("45315"),
        Err(DateProblem::NotADate),
        "serial numbers are for ledgers"
    );
    assert!(typed("1-5").expect("this year").year_assumed);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..109_000).prop_map(|days| day(1900, 1, 1) + Days::new(days))
}

/// 2024 → 二〇二四.
fn year_words(year: i32) -> String {
    year.to_string()
        .replace('0', "〇")
        .chars()
        .map(|char| match char.to_digit(10) {
            Some(figure) => number_zh(figure.into()),
            None => char.to_string(),
        })
        .collect()
}

proptest! {
    #[test]
    fn a_day_is_read_back_from_each_spelling(date in any_day()) {
        let (year, month, today) = (date.year(), date.month(), date.day());
        let (month_words, day_words) = (number_zh(month.into()), number_zh(today.into()));
        for text in [
            date.format("%Y-%m-%d").to_string(),
            date.format("%Y%m%d").to_string(),
            date_zh(date),
            format!("{year}.{month}.{today}"),
            format!("{year}/{month}/{today}"),
            format!("{}年{month_words}月{day_words}日", year_words(year)),
        ] {
            let expected = ParsedDate { date, time: None, year_assumed: false };
            prop_assert_eq!(ledger(&text), Ok(expected), "{}", text);
        }
    }

    #[test]
    fn serial_numbers_follow_the_days(serial in 61_u32..109_000, second in 0_u32..86_400) {
        let value = f64::from(serial) + f64::from(second) / 86_400.0;
        let (date, time) = excel_serial(value).expect("in range");
        let written = NaiveTime::from_num_seconds_from_midnight_opt(second, 0);
        prop_assert_eq!(date, day(1899, 12, 30) + Days::new(serial.into()));
        prop_assert_eq!(time, written.filter(|_| second > 0));
    }

    #[test]
    fn a_day_the_calendar_lacks_is_never_read(
        year in 1900_i32..2200, month in 0_u32..100, today in 0_u32..100,
    ) {
        let read = ledger(&format!("{year}.{month}.{today}"));
        match NaiveDate::from_ymd_opt(year, month, today) {
            Some(date) => prop_assert_eq!(read.map(|parsed| parsed.date), Ok(date)),
            None => {
                let impossible = matches!(read, Err(DateProblem::Impossible { .. }));
                prop_assert!(impossible, "{:?}", read);
            }
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[0-9年月日时分点:./ -]{0,14}|\\PC{0,20}") {
        let read = typed(&text);
        prop_assert!(read.is_err() || text.chars().any(char::is_alphanumeric));
    }
}
