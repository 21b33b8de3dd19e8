//! Amounts of time as they are typed and shown: `2w`, `48h`, 2个工作日, 半年.
//!
//! Not here: counting them.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use crate::zh::read_number_zh;

/// A length of time with the way it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Amount {
    /// Hours on the clock.
    Hours(u32),
    /// Calendar days (自然日).
    Days(u32),
    /// Working days (工作日).
    WorkingDays(u32),
    /// Calendar months.
    Months(u32),
    /// Calendar years.
    Years(u32),
}

/// Why a text is not taken as an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountProblem {
    /// Nothing was written.
    #[error("amount.empty")]
    Empty,
    /// Not a number with a unit.
    #[error("amount.not_an_amount")]
    NotAnAmount,
    /// A number without a unit.
    #[error("amount.no_unit")]
    NoUnit,
    /// More than a clock of the trade can need.
    #[error("amount.too_long")]
    TooLong {
        /// The most that is taken in this unit.
        most: u32,
    },
    /// Heating or cooling seasons, which need the season dates of the city.
    #[error("amount.seasons_not_supported")]
    Seasons,
}

impl AmountProblem {
    /// The stable code of the problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "amount.empty",
            Self::NotAnAmount => "amount.not_an_amount",
            Self::NoUnit => "amount.no_unit",
            Self::TooLong { .. } => "amount.too_long",
            Self::Seasons => "amount.seasons_not_supported",
        }
    }
}

impl Amount {
    /// The number, without its unit.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Self::Hours(number)
            | Self::Days(number)
            | Self::WorkingDays(number)
            | Self::Months(number)
            | Self::Years(number) => number,
        }
    }

    /// The most that is taken in the unit: about two hundred years, for hours twenty.
    #[must_use]
    pub fn most(self) -> u32 {
        match self {
            Self::Hours(_) => 175_320,
            Self::Days(_) => 73_050,
            Self::WorkingDays(_) => 50_000,
            Self::Months(_) => 2_400,
            Self::Years(_) => 200,
        }
    }

    /// As people read it: `2个工作日`, `3天`, `48小时`, `6个月`, `2年`.
    #[must_use]
    pub fn zh(self) -> String {
        match self {
            Self::Hours(number) => format!("{number}小时"),
            Self::Days(number) => format!("{number}天"),
            Self::WorkingDays(number) => format!("{number}个工作日"),
            Self::Months(number) => format!("{number}个月"),
            Self::Years(number) => format!("{number}年"),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(number) => write!(out, "{number}h"),
            Self::Days(number) => write!(out, "{number}d"),
            Self::WorkingDays(number) => write!(out, "{number}w"),
            Self::Months(number) => write!(out, "{number}m"),
            Self::Years(number) => write!(out, "{number}y"),
        }
    }
}

impl FromStr for Amount {
    type Err = AmountProblem;

    fn from_str(text: &str) -> Result<Self, AmountProblem> {
        parse_amount(text)
    }
}

/// Units as they are written; an empty text is no unit. 月 alone names a month of the year.
fn of_unit(unit: &str, number: u32) -> Option<Amount> {
    let amount = match unit {
        "h" | "小时" | "个小时" | "钟头" | "个钟头" => Amount::Hours(number),
        "d" | "天" | "日" | "自然日" | "个自然日" | "日历天" | "个日历天" | "个日历日" => {
            Amount::Days(number)
        }
        "周" | "个星期" | "星期" => Amount::Days(number.checked_mul(7)?),
        "w" | "工作日" | "个工作日" => Amount::WorkingDays(number),
        "m" | "个月" => Amount::Months(number),
        "y" | "年" => Amount::Years(number),
        _ => return None,
    };
    Some(amount)
}

fn names_a_season(unit: &str) -> bool {
    const SEASONS: [&str; 8] = [
        "heating", "cooling", "采暖", "供暖", "供热", "供冷", "制冷", "取暖",
    ];
    SEASONS.iter().any(|season| unit.contains(season))
}

/// Reads `2w`, `3d`, `48h`, `6m`, `2y` (w = working days) or 2个工作日, 三天, 48小时, 6个月, 两年, 半年.
///
/// # Errors
/// [`AmountProblem`] says why the text is not taken.
pub fn parse_amount(text: &str) -> Result<Amount, AmountProblem> {
    let text: String = text.nfkc().filter(|char| !char.is_whitespace()).collect();
    let text = text.to_lowercase();
    if text.is_empty() {
        return Err(AmountProblem::Empty);
    }
    match text.as_str() {
        "半年" => return Ok(Amount::Months(6)),
        "半个月" => return Ok(Amount::Days(15)),
        "半天" => return Err(AmountProblem::NotAnAmount),
        _ => {}
    }
    let figure =
        |char: char| char.is_ascii_digit() || "零一二两三四五六七八九十百千".contains(char);
    let split = text.find(|char| !figure(char)).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    if names_a_season(unit) {
        return Err(AmountProblem::Seasons);
    }
    let number = read_number_zh(number).ok_or(AmountProblem::NotAnAmount)?;
    if unit.is_empty() {
        return Err(AmountProblem::NoUnit);
    }
    let most = of_unit(unit, 0).ok_or(AmountProblem::NotAnAmount)?.most();
    let amount = u32::try_from(number)
        .ok()
        .and_then(|number| of_unit(unit, number));
    amount
        .filter(|amount| amount.number() <= most)
        .ok_or(AmountProblem::TooLong { most })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_short_and_in_words() {
        for (text, amount) in [
            ("2w", Amount::WorkingDays(2)),
            ("3D", Amount::Days(3)),
            ("48h", Amount::Hours(48)),
            ("６m", Amount::Months(6)),
            ("2y", Amount::Years(2)),
            ("2个工作日", Amount::WorkingDays(2)),
            ("两 个 工作日", Amount::WorkingDays(2)),
            ("三天", Amount::Days(3)),
            ("四十八小时", Amount::Hours(48)),
            ("6个月", Amount::Months(6)),
            ("半年", Amount::Months(6)),
            ("两年", Amount::Years(2)),
            ("一周", Amount::Days(7)),
            ("0h", Amount::Hours(0)),
        ] {
            assert_eq!(parse_amount(text), Ok(amount), "{text}");
            assert_eq!(
                parse_amount(&amount.to_string()),
                Ok(amount),
                "{text} in short"
            );
            assert_eq!(parse_amount(&amount.zh()), Ok(amount), "{text} in words");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_the_reason() {
        for (text, problem) in [
            (" ", AmountProblem::Empty),
            ("2", AmountProblem::NoUnit),
            ("w", AmountProblem::NotAnAmount),
            ("-2d", AmountProblem::NotAnAmount),
            ("2x", AmountProblem::NotAnAmount),
            ("6月", AmountProblem::NotAnAmount),
            ("1.5d", AmountProblem::NotAnAmount),
            ("2heating", AmountProblem::Seasons),
            ("2cooling", AmountProblem::Seasons),
            ("2个采暖期", AmountProblem::Seasons),
            ("999999999999h", AmountProblem::TooLong { most: 175_320 }),
            ("201y", AmountProblem::TooLong { most: 200 }),
            ("99999999999999999999d", AmountProblem::NotAnAmount),
        ] {
            assert_eq!(parse_amount(text), Err(problem), "{text}");
        }
    }
}
