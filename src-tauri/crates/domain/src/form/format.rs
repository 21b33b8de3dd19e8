//! How a value is written on paper, and the place left for the pen when there is none.
//!
//! The customs are those of domain.md 2.10: dates as 2026年11月21日, date-times with 时分, money in
//! figures and in Chinese capitals.

use std::str::FromStr;

use super::datum::Datum;
use crate::zh;

/// The named formats a binding may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// As typed; a choice by its label, several values joined by 、.
    Plain,
    /// 2026年11月21日.
    Date,
    /// 2026-11-21, for narrow columns of ledgers.
    Day,
    /// 2026年11月21日09时05分.
    Datetime,
    /// 2026年11月21日09时: the complaint papers count to the hour.
    Hour,
    /// 2026年11月.
    Month,
    /// Fen as 1,234.50.
    Money,
    /// Fen in capitals: 壹仟贰佰叁拾肆元伍角整.
    MoneyCapitals,
    /// A mobile number grouped 3-4-4, anything else as typed.
    Phone,
    /// 是 or 否.
    YesNo,
    /// The code of a choice instead of its label.
    Code,
    /// Several values one below the other.
    Lines,
}

/// What stands in a place that is to be filled by pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankShape {
    /// Free room: nothing in a cell, a ruled gap in prose.
    Room,
    /// Fixed words with gaps between, such as `年　月　日`.
    Words(&'static str),
}

const NAMES: [(Format, &str); 12] = [
    (Format::Plain, "plain"),
    (Format::Date, "date"),
    (Format::Day, "day"),
    (Format::Datetime, "datetime"),
    (Format::Hour, "hour"),
    (Format::Month, "month"),
    (Format::Money, "money"),
    (Format::MoneyCapitals, "money_capitals"),
    (Format::Phone, "phone"),
    (Format::YesNo, "yes_no"),
    (Format::Code, "code"),
    (Format::Lines, "lines"),
];

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        NAMES
            .iter()
            .find(|(_, name)| *name == text)
            .map(|(format, _)| *format)
            .ok_or_else(|| {
                let known: Vec<&str> = NAMES.iter().map(|(_, name)| *name).collect();
                format!("`{text}` is not a format; known are {}", known.join(", "))
            })
    }
}

impl Format {
    /// The name in form files.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(format, _)| *format == self)
            .map_or("plain", |(_, name)| name)
    }

    /// The place for the pen of this format; without a format it is free room.
    #[must_use]
    pub fn blank(format: Option<Self>) -> BlankShape {
        match format {
            Some(Self::Date) => BlankShape::Words("　　　　年　　月　　日"),
            Some(Self::Datetime) => BlankShape::Words("　　　年　　月　　日　　时　　分"),
            Some(Self::Hour) => BlankShape::Words("　　　年　　月　　日　　时"),
            Some(Self::Month) => BlankShape::Words("　　　　年　　月"),
            _ => BlankShape::Room,
        }
    }

    /// Writes a value; empty text for an empty value.
    #[must_use]
    pub fn write(format: Option<Self>, value: &Datum) -> String {
        match (format, value) {
            (_, Datum::Empty | Datum::Image(_)) => String::new(),
            (Some(Self::Lines), Datum::List(items)) => join(None, items, "\n"),
            (_, Datum::List(items)) => join(format, items, "、"),
            (_, Datum::Map(fields)) => ["name", "label", "title", "number"]
                .iter()
                .find_map(|key| fields.get(*key))
                .map_or_else(String::new, |value| Self::write(format, value)),
            (Some(Self::Month), Datum::Date(date)) => date.format("%Y年%-m月").to_string(),
            (Some(Self::Month), Datum::Moment(moment)) => moment.format("%Y年%-m月").to_string(),
            (Some(Self::Date), Datum::Moment(moment)) => zh::date_zh(moment.date_naive()),
            (Some(Self::Hour), Datum::Moment(moment)) => zh::hour_zh(moment),
            (Some(Self::Day), Datum::Date(date)) => date.to_string(),
            (Some(Self::Day), Datum::Moment(moment)) => moment.date_naive().to_string(),
            (_, Datum::Date(date)) => zh::date_zh(*date),
            (_, Datum::Moment(moment)) => zh::moment_zh(moment),
            (Some(Self::Money), Datum::Int(fen)) => zh::money_figures(*fen),
            (Some(Self::MoneyCapitals), Datum::Int(fen)) => zh::money_zh(*fen),
            (_, Datum::Int(number)) => number.to_string(),
            (_, Datum::Bool(yes)) => if *yes { "是" } else { "否" }.to_owned(),
            (Some(Self::Code), Datum::Choice { code, .. }) => code.clone(),
            (_, Datum::Choice { label, .. }) => label.clone(),
            (Some(Self::Phone), Datum::Text(text)) => grouped_phone(text),
            (_, Datum::Text(text)) => text.clone(),
        }
    }
}

fn join(format: Option<Format>, items: &[Datum], between: &str) -> String {
    let written: Vec<String> = items
        .iter()
        .map(|item| Format::write(format, item))
        .filter(|text| !text.is_empty())
        .collect();
    written.join(between)
}

fn grouped_phone(text: &str) -> String {
    let mobile =
        text.len() == 11 && text.starts_with('1') && text.bytes().all(|b| b.is_ascii_digit());
    if mobile {
        format!("{}-{}-{}", &text[..3], &text[3..7], &text[7..])
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_moment;

    #[test]
    fn dates_follow_the_custom_of_paper() {
        let moment = Datum::Moment(parse_moment("2026-11-01T09:05").expect("a moment"));
        let write = |format: &str| Format::write(Some(format.parse().expect("known")), &moment);
        assert_eq!(write("date"), "2026年11月1日");
        assert_eq!(write("datetime"), "2026年11月1日09时05分");
        assert_eq!(write("hour"), "2026年11月1日09时");
        assert_eq!(write("month"), "2026年11月");
    }

    #[test]
    fn money_is_written_in_figures_and_capitals() {
        let cases = [
            (0, "0.00", "零元整"),
            (5, "0.05", "伍分"),
            (123_450, "1,234.50", "壹仟贰佰叁拾肆元伍角整"),
            (100_005, "1,000.05", "壹仟元零伍分"),
            (1_001_000_000, "10,010,000.00", "壹仟零壹万元整"),
            (10_000_000_000_100, "100,000,000,001.00", "壹仟亿零壹元整"),
            (-20_010, "-200.10", "负贰佰元壹角整"),
        ];
        for (fen, figures, capitals) in cases {
            assert_eq!(
                Format::write(Some(Format::Money), &Datum::Int(fen)),
                figures
            );
            assert_eq!(
                Format::write(Some(Format::MoneyCapitals), &Datum::Int(fen)),
                capitals
            );
        }
    }

    #[test]
    fn lists_are_joined_and_records_give_their_name() {
        let people = Datum::List(vec![
            Datum::map([("name", Datum::text("张三"))]),
            Datum::Empty,
            Datum::text("李四"),
        ]);
        assert_eq!(Format::write(None, &people), "张三、李四");
        assert_eq!(Format::write(Some(Format::Lines), &people), "张三\n李四");
    }
}
