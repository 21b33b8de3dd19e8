//! Dates, moments, weekdays, numbers and money in the words that stand on Chinese papers.
//!
//! Not here: reading the many spellings of dates (`dates`), wording of messages (`commands`).

use chrono::{Datelike, NaiveDate, Timelike, Weekday};

use crate::time::Moment;

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const CAPITALS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "十", "百", "千"];
const CAPITAL_PLACES: [&str; 4] = ["", "拾", "佰", "仟"];

/// A date as papers write it: `2026年11月21日`.
#[must_use]
pub fn date_zh(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A moment to the minute as papers write it: `2026年11月21日09时05分`.
#[must_use]
pub fn moment_zh(moment: &Moment) -> String {
    format!(
        "{}{:02}时{:02}分",
        date_zh(moment.date_naive()),
        moment.hour(),
        moment.minute()
    )
}

/// A moment to the hour as papers write it: `2026年11月21日09时`.
#[must_use]
pub fn hour_zh(moment: &Moment) -> String {
    format!("{}{:02}时", date_zh(moment.date_naive()), moment.hour())
}

/// The end of a period: like [`moment_zh`], but the last second of a day is `24时`.
///
/// Legal periods run to the end of the day (Civil Code art. 203) and are kept as 23:59:59 so that
/// their date stays the date of the last day.
#[must_use]
pub fn due_zh(due: &Moment) -> String {
    let date = date_zh(due.date_naive());
    match (due.hour(), due.minute(), due.second()) {
        (23, 59, 59) => format!("{date}24时"),
        (hour, 0, 0) => format!("{date}{hour:02}时"),
        (hour, minute, _) => format!("{date}{hour:02}时{minute:02}分"),
    }
}

/// The day of the week: `周六`.
#[must_use]
pub fn weekday_zh(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

/// A whole number in words: 12 → `十二`, 105 → `一百零五`, 20 000 → `二万`.
#[must_use]
pub fn number_zh(value: u64) -> String {
    let words = in_words(value, DIGITS, PLACES);
    match words.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => words,
    }
}

/// Money in capitals as agreements demand it: 123 450 fen → `壹仟贰佰叁拾肆元伍角整`.
///
/// A nought between 元 and 分 is written (`贰元零伍分`); noughts that end a group are not.
#[must_use]
pub fn money_zh(fen: i64) -> String {
    let sign = if fen < 0 { "负" } else { "" };
    let amount = fen.unsigned_abs();
    let (yuan, jiao, cents) = (amount / 100, digit(amount / 10), digit(amount));
    let mut text = String::from(sign);
    if yuan > 0 || amount == 0 {
        text.push_str(&in_words(yuan, CAPITALS, CAPITAL_PLACES));
        text.push('元');
    }
    if jiao > 0 {
        text.push(CAPITALS[jiao]);
        text.push('角');
    }
    if cents == 0 {
        text.push('整');
    } else {
        if jiao == 0 && yuan > 0 {
            text.push('零');
        }
        text.push(CAPITALS[cents]);
        text.push('分');
    }
    text
}

/// Money in figures with separators: 123 450 fen → `1,234.50`.
#[must_use]
pub fn money_figures(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let amount = fen.unsigned_abs();
    let digits = (amount / 100).to_string();
    let mut yuan = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            yuan.push(',');
        }
        yuan.push(digit);
    }
    format!("{sign}{yuan}.{:02}", amount % 100)
}

/// Reads a whole number in words, capitals, digit words or figures.
///
/// `十二`, `两`, `一百零五`, `壹仟`, `二〇二四` (digit by digit), `三万五千`, `12`; half-width figures
/// only. `None` for anything else, and for words out of order such as `十百`.
#[must_use]
pub fn read_number_zh(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    if text.chars().all(|char| word_digit(char).is_some()) {
        return text.chars().try_fold(0_u64, |sum, char| {
            sum.checked_mul(10)?.checked_add(word_digit(char)?)
        });
    }
    read_words(text)
}

/// The last decimal digit as an index.
fn digit(value: u64) -> usize {
    usize::try_from(value % 10).expect("BUG: a digit fits")
}

/// Words of a number; above 10^8 the part before 亿 is written as a number of its own.
fn in_words(value: u64, digits: [char; 10], places: [&str; 4]) -> String {
    const WAN: u64 = 10_000;
    const YI: u64 = 100_000_000;
    if value == 0 {
        return digits[0].to_string();
    }
    let mut text = String::new();
    let (high, middle, low) = (value / YI, value % YI / WAN, value % WAN);
    if high > 0 {
        text.push_str(&in_words(high, digits, places));
        text.push('亿');
    }
    if middle > 0 {
        push_group(&mut text, middle, digits, places);
        text.push('万');
    }
    if low > 0 {
        if middle == 0 && high > 0 && low >= 1000 {
            text.push(digits[0]);
        }
        push_group(&mut text, low, digits, places);
    }
    text
}

/// Adds four digits; a leading nought is written when something stands before, a run of noughts
/// inside once, noughts at the end not at all.
fn push_group(text: &mut String, group: u64, digits: [char; 10], places: [&str; 4]) {
    let mut nought = false;
    for place in (0..4).rev() {
        let figure = digit(group / 10_u64.pow(u32::try_from(place).expect("BUG: below four")));
        if figure == 0 {
            nought = true;
            continue;
        }
        if nought && !text.is_empty() {
            text.push(digits[0]);
        }
        nought = false;
        text.push(digits[figure]);
        text.push_str(places[place]);
    }
}

fn word_digit(char: char) -> Option<u64> {
    if matches!(char, '〇' | '○') {
        return Some(0);
    }
    if matches!(char, '两' | '兩') {
        return Some(2);
    }
    [DIGITS, CAPITALS]
        .iter()
        .find_map(|set| set.iter().position(|&known| known == char))
        .and_then(|at| u64::try_from(at).ok())
}

fn word_place(char: char) -> Option<u64> {
    match char {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

/// Reads words with places; places must fall within a group of four digits, groups likewise.
fn read_words(text: &str) -> Option<u64> {
    if let Some(at) = text.rfind('亿') {
        let high = read_words(&text[..at])?.checked_mul(100_000_000)?;
        return high.checked_add(read_rest(&text[at + '亿'.len_utf8()..], 100_000_000)?);
    }
    if let Some(at) = text.find('万') {
        let high = read_words(&text[..at])?;
        if high >= 10_000 {
            return None;
        }
        return (high * 10_000).checked_add(read_rest(&text[at + '万'.len_utf8()..], 10_000)?);
    }
    read_group(text)
}

/// What follows a group word: nothing, or a number below the group's size.
///
/// A number that leaves out the next place must say so (`三万零五百`): `三万五` is 35 000 in speech
/// and 30 005 by the letter, so it is not read at all.
fn read_rest(text: &str, below: u64) -> Option<u64> {
    if text.is_empty() {
        return Some(0);
    }
    read_words(text)
        .filter(|&value| value < below && (value >= below / 10 || text.starts_with(is_nought)))
}

fn is_nought(char: char) -> bool {
    word_digit(char) == Some(0)
}

/// Up to four digits: `一千零五`, `十二`; `一百五` is as doubtful as `三万五` and refused.
fn read_group(text: &str) -> Option<u64> {
    let (mut sum, mut figure, mut nought, mut last_place) = (0_u64, None, false, 10_000_u64);
    for (at, char) in text.chars().enumerate() {
        if is_nought(char) {
            if figure.is_some() {
                return None;
            }
            nought = true;
        } else if let Some(value) = word_digit(char) {
            if figure.replace(value).is_some() {
                return None;
            }
        } else {
            let place = word_place(char)?;
            let times = figure.take().or((at == 0 && place == 10).then_some(1))?;
            if place >= last_place {
                return None;
            }
            sum += times * place;
            (last_place, nought) = (place, false);
        }
    }
    if figure.is_some() && sum > 0 && last_place != 10 && !nought {
        return None;
    }
    (!text.is_empty()).then(|| sum + figure.unwrap_or(0))
}
