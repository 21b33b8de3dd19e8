//! Reads the spellings of dates and times that people type and old ledgers hold.
//!
//! The reader never guesses: what could mean two days is refused with a typed reason, and a year
//! that was not written is reported as assumed. Not here: stored ISO moments (`time`), writing
//! dates (`zh`), rules on which dates make sense for a field.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::time::Moment;
use spelling::{Cursor, Figure, plain};

mod spelling;

/// The years a written date may lie in; outside of them a slip of the pen is certain.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// What the reader may assume about the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateOptions {
    /// The year of a date written without one (from the title of a ledger, or the present year).
    pub year_hint: Option<i32>,
    /// The present moment, if words such as 昨天 may be used (typed input: yes, ledgers: no).
    pub now: Option<Moment>,
    /// Whether five figures are a serial day number of a spreadsheet (1900 system).
    pub excel_serial: bool,
}

impl DateOptions {
    /// For text typed by a person at `now`: relative words allowed, the present year is assumed.
    #[must_use]
    pub fn typed(now: Moment) -> Self {
        Self {
            year_hint: Some(now.year()),
            now: Some(now),
            excel_serial: false,
        }
    }

    /// For cells of a ledger: serial numbers allowed, relative words not, year as the title says.
    #[must_use]
    pub fn ledger(year_hint: Option<i32>) -> Self {
        Self {
            year_hint,
            now: None,
            excel_serial: true,
        }
    }
}

/// A date that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedDate {
    /// The day.
    pub date: NaiveDate,
    /// The time of day, if one was written.
    pub time: Option<NaiveTime>,
    /// The year was not written and was taken from [`DateOptions::year_hint`].
    pub year_assumed: bool,
}

/// The part of a date or time that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePart {
    /// A year outside 1900 to 2199.
    Year,
    /// A month outside 1 to 12.
    Month,
    /// A day that the month does not have.
    Day,
    /// An hour that the day, or the named part of the day, does not have.
    Hour,
    /// A minute or second outside 0 to 59.
    Minute,
}

/// Why a text is not taken as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    /// Nothing was written.
    #[error("date.empty")]
    Empty,
    /// Not a spelling of a date.
    #[error("date.not_a_date")]
    NotADate,
    /// A spelling of a date, but there is no such day or time (2024.13.5, 2024.2.30).
    #[error("date.impossible")]
    Impossible {
        /// The part that cannot be.
        part: DatePart,
    },
    /// The year has two figures; the century is not guessed.
    #[error("date.two_digit_year")]
    TwoDigitYear,
    /// No year was written and the caller gave none.
    #[error("date.year_missing")]
    YearMissing,
    /// A word such as 昨天 where only written dates count.
    #[error("date.relative")]
    Relative,
}

impl DateProblem {
    /// The stable code of the problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "date.empty",
            Self::NotADate => "date.not_a_date",
            Self::Impossible { .. } => "date.impossible",
            Self::TwoDigitYear => "date.two_digit_year",
            Self::YearMissing => "date.year_missing",
            Self::Relative => "date.relative",
        }
    }
}

/// Reads a date, with or without a time of day.
///
/// Spellings: `2024.3.5`, `2024-03-05`, `2024/3/5`, `2024年3月5日`, `二〇二四年三月五日`, `3月5日`, `1-5`,
/// `20240305`, a serial number, 今天 and its like; then `14:30`, `14时30分`, `下午3点`, `3点半`. Figures
/// may be full-width, blanks may stand between the parts.
///
/// # Errors
/// [`DateProblem`] says why the text is not taken.
pub fn parse_date(text: &str, options: &DateOptions) -> Result<ParsedDate, DateProblem> {
    let text = plain(text)?;
    if options.excel_serial
        && let Some(parsed) = serial(&text)
    {
        return Ok(parsed);
    }
    let mut rest = Cursor(&text);
    let (date, year_assumed) = match relative(&mut rest) {
        Some(shift) => (relative_day(shift, options)?, false),
        None => written_day(&mut rest, options)?,
    };
    let time = if rest.0.is_empty() {
        None
    } else {
        let closed = text[..text.len() - rest.0.len()].ends_with(['日', '号', '天']);
        Some(time_of_day(rest.after_date(closed)?)?)
    };
    Ok(ParsedDate {
        date,
        time,
        year_assumed,
    })
}

/// Reads a time of day by itself: `14:30`, `14时30分`, `下午3点`, `9点半`.
///
/// # Errors
/// [`DateProblem`] says why the text is not taken.
pub fn parse_time(text: &str) -> Result<NaiveTime, DateProblem> {
    time_of_day(Cursor(&plain(text)?))
}

/// The day of a spreadsheet's serial number (1900 system, from 1 March 1900 on) and the time of
/// day in its fraction, to the second.
#[must_use]
pub fn excel_serial(value: f64) -> Option<(NaiveDate, Option<NaiveTime>)> {
    // 61 is 1 March 1900: the days before are off by one, for the 1900 system has a 29 February.
    if !(61.0..=109_000.0).contains(&value) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "range checked"
    )]
    let seconds = (value * 86_400.0).round() as u64;
    let date =
        NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(seconds / 86_400))?;
    let second = u32::try_from(seconds % 86_400).ok()?;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0)?;
    Some((date, (second > 0).then_some(time)))
}

fn serial(text: &str) -> Option<ParsedDate> {
    let whole = text.split('.').next()?;
    let figures = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if whole.len() != 5 || !figures {
        return None;
    }
    let (date, time) = excel_serial(text.parse().ok()?)?;
    Some(ParsedDate {
        date,
        time,
        year_assumed: false,
    })
}

fn relative(rest: &mut Cursor<'_>) -> Option<i64> {
    let words: [(&[&str], i64); 6] = [
        (&["大前天"], -3),
        (&["前天", "前日"], -2),
        (&["昨天", "昨日"], -1),
        (&["今天", "今日"], 0),
        (&["明天", "明日"], 1),
        (&["后天"], 2),
    ];
    words
        .iter()
        .find_map(|(words, shift)| rest.one_of(words).map(|_| *shift))
}

fn relative_day(shift: i64, options: &DateOptions) -> Result<NaiveDate, DateProblem> {
    let today = options.now.ok_or(DateProblem::Relative)?.date_naive();
    let day = today.checked_add_signed(chrono::Duration::days(shift));
    day.ok_or(DateProblem::Impossible {
        part: DatePart::Year,
    })
}

fn written_day(
    rest: &mut Cursor<'_>,
    options: &DateOptions,
) -> Result<(NaiveDate, bool), DateProblem> {
    let first = rest.number().ok_or(DateProblem::NotADate)?;
    if first.width() == 8 && first.written.is_ascii() {
        let (year, month, day) = (
            first.value / 10_000,
            first.value / 100 % 100,
            first.value % 100,
        );
        return Ok((day_of(year, month, day)?, false));
    }
    let sign = rest
        .one_of(&["年", "月", ".", "-", "/"])
        .ok_or(DateProblem::NotADate)?;
    let second = rest.number().ok_or(DateProblem::NotADate)?;
    if sign == "月" {
        rest.one_of(&["日", "号"]).ok_or(DateProblem::NotADate)?;
        return without_year(first, second, options);
    }
    let next = if sign == "年" { "月" } else { sign };
    if !rest.skip(next) {
        return if sign == "年" {
            Err(DateProblem::NotADate)
        } else {
            without_year(first, second, options)
        };
    }
    let third = rest.number().ok_or(DateProblem::NotADate)?;
    // A missing 日 is forgiven, but not at the cost of reading a clock as a day.
    rest.one_of(&["日", "号"]);
    if !second.is_short() || !third.is_short() {
        return Err(DateProblem::NotADate);
    }
    match first.width() {
        4 => Ok((day_of(first.value, second.value, third.value)?, false)),
        1 | 2 => Err(DateProblem::TwoDigitYear),
        _ => Err(DateProblem::NotADate),
    }
}

fn without_year(
    month: Figure<'_>,
    day: Figure<'_>,
    options: &DateOptions,
) -> Result<(NaiveDate, bool), DateProblem> {
    if !month.is_short() || !day.is_short() {
        return Err(DateProblem::NotADate);
    }
    let year = options.year_hint.and_then(|year| u32::try_from(year).ok());
    let Some(year) = year else {
        // A leap year, so that only days that never are count as impossible here.
        day_of(2000, month.value, day.value)?;
        return Err(DateProblem::YearMissing);
    };
    Ok((day_of(year, month.value, day.value)?, true))
}

fn day_of(year: u32, month: u32, day: u32) -> Result<NaiveDate, DateProblem> {
    let impossible = |part| DateProblem::Impossible { part };
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year));
    let year = year.ok_or(impossible(DatePart::Year))?;
    if !(1..=12).contains(&month) {
        return Err(impossible(DatePart::Month));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(impossible(DatePart::Day))
}

/// Which hours a part of the day takes, and how they are read on the 24-hour clock.
fn hour_in(part: &str, hour: u32) -> Option<u32> {
    match (part, hour) {
        ("", 0..=23) => Some(hour),
        ("凌晨" | "清晨" | "早上" | "早晨" | "上午" | "AM", 12) => Some(0),
        ("凌晨" | "清晨" | "早上" | "早晨" | "上午" | "AM", 0..=11) => Some(hour),
        ("中午", 10..=13) => Some(hour),
        ("中午", 1) => Some(13),
        ("下午" | "傍晚" | "PM", 12) => Some(12),
        ("下午" | "傍晚" | "PM" | "晚上" | "晚" | "夜里", 1..=11) => Some(hour + 12),
        ("下午" | "傍晚" | "PM" | "晚上" | "晚" | "夜里", 13..=23) => Some(hour),
        _ => None,
    }
}

fn time_of_day(mut rest: Cursor<'_>) -> Result<NaiveTime, DateProblem> {
    const PARTS: [&str; 12] = [
        "凌晨", "清晨", "早上", "早晨", "上午", "中午", "下午", "傍晚", "晚上", "晚", "夜里", "AM",
    ];
    let impossible = |part| DateProblem::Impossible { part };
    let part = rest
        .one_of(&PARTS)
        .or_else(|| rest.one_of(&["PM"]))
        .unwrap_or("");
    let short = |figure: Option<Figure<'_>>| {
        let figure = figure
            .filter(Figure::is_short)
            .ok_or(DateProblem::NotADate)?;
        Ok::<u32, DateProblem>(figure.value)
    };
    let hour = short(rest.number())?;
    let (mut minute, mut second) = (0, 0);
    if rest.skip(":") {
        minute = short(rest.number())?;
        if rest.skip(":") {
            second = short(rest.number())?;
        }
    } else {
        rest.one_of(&["时", "点钟", "点"])
            .ok_or(DateProblem::NotADate)?;
        if rest.skip("半") {
            minute = 30;
        } else if let Some(figure) = rest.number() {
            minute = short(Some(figure))?;
            rest.skip("分");
        }
    }
    let part = if part.is_empty() {
        rest.one_of(&["AM", "PM"]).unwrap_or("")
    } else {
        part
    };
    if !rest.0.is_empty() {
        return Err(DateProblem::NotADate);
    }
    let hour = hour_in(part, hour).ok_or(impossible(DatePart::Hour))?;
    NaiveTime::from_hms_opt(hour, minute, second).ok_or(impossible(DatePart::Minute))
}
