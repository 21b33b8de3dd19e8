//! From a cell to the value of a field, by the field's kind.
//!
//! Typed input is read by `domain::entry`; a ledger differs: its dates follow its title, numbers
//! stand where text belongs, and whatever cannot be read is named and left out, never guessed.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveTime;
use domain::dates::{DateOptions, DateProblem, ParsedDate, excel_serial, parse_date};
use domain::entry;
use domain::phone;
use domain::problem::ProblemCode;
use domain::spec::{Catalog, FieldKind, FieldSpec, RegisterSpec};
use domain::text::{clean, fold, means_empty};
use domain::time::at_china;
use domain::value::Value;

use crate::cell::Cell;
use crate::finding::{IssueCode, WarningCode};

/// What a cell gives.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) value: Value,
    pub(crate) warning: Option<WarningCode>,
    /// Another field that the cell fills instead (`匿名` in the column of the name).
    pub(crate) instead: Option<String>,
}

impl From<Value> for Reading {
    fn from(value: Value) -> Self {
        Self {
            value,
            ..Self::default()
        }
    }
}

/// Reads the cells of one field.
#[derive(Debug)]
pub(crate) struct FieldReader<'a> {
    field: &'a FieldSpec,
    /// Folded word → code of a choice.
    words: HashMap<String, String>,
    /// The tick that this field's absence is explained by, and its folded label.
    instead: Option<(&'a str, String)>,
}

impl<'a> FieldReader<'a> {
    pub(crate) fn new(
        catalog: &Catalog,
        spec: &'a RegisterSpec,
        field: &'a FieldSpec,
        taught: Option<&BTreeMap<String, String>>,
    ) -> Self {
        let mut words = HashMap::new();
        for (word, code) in taught.into_iter().flatten() {
            words.insert(fold(word), code.clone());
        }
        for choice in catalog.list_of(field).into_iter().flat_map(|l| &l.choices) {
            let spellings = [&choice.code, &choice.label].into_iter();
            for spelling in spellings.chain(&choice.synonyms) {
                words
                    .entry(fold(spelling))
                    .or_insert_with(|| choice.code.clone());
            }
        }
        Self {
            field,
            words,
            instead: tick_instead(spec, field),
        }
    }

    /// Reads one cell. `year` is the year of the ledger.
    ///
    /// # Errors
    /// Why the cell cannot be taken over.
    pub(crate) fn read(&self, cell: &Cell<'_>, year: Option<i32>) -> Result<Reading, IssueCode> {
        if matches!(cell, Cell::Fault(_)) {
            return Err(IssueCode::FormulaError);
        }
        match self.field.kind {
            FieldKind::Date | FieldKind::Moment => self.date(cell, year),
            FieldKind::Money => amount(cell, i64::MAX, &entry::money).map(Reading::from),
            FieldKind::Score => amount(cell, 10_000, &score).map(Reading::from),
            FieldKind::Int => whole(cell).map(Reading::from),
            FieldKind::Flag => flag(cell).map(Reading::from),
            FieldKind::Phone => phones(&cell.text()),
            FieldKind::Choice => self.choice(&cell.text()).map(Reading::from),
            FieldKind::Text | FieldKind::LongText | FieldKind::Person | FieldKind::Link => {
                self.text(&cell.text())
            }
            FieldKind::File | FieldKind::Lines | FieldKind::Computed => Ok(Reading::default()),
        }
    }

    fn text(&self, text: &str) -> Result<Reading, IssueCode> {
        if means_empty(text) {
            return Ok(Reading::default());
        }
        if let Some((tick, label)) = &self.instead
            && fold(text) == *label
        {
            return Ok(Reading {
                instead: Some((*tick).to_owned()),
                ..Reading::default()
            });
        }
        let text = if is_clean(text) {
            text.to_owned()
        } else {
            let many = self.field.kind == FieldKind::LongText;
            clean(text, many).map_err(text_issue)?
        };
        // A link is kept as its name; the name is looked up where the records are.
        let most = self.field.max_chars().unwrap_or(domain::text::TEXT_MAX);
        if text.len() > most && text.chars().count() > most {
            return Err(IssueCode::TooLong);
        }
        Ok(Value::Text(text).into())
    }

    fn choice(&self, text: &str) -> Result<Value, IssueCode> {
        if means_empty(text) {
            return Ok(Value::Null);
        }
        // Most cells hold the word as it stands in the list; only the others are folded.
        let code = self.words.get(text).or_else(|| self.words.get(&fold(text)));
        let code = code.ok_or(IssueCode::UnknownCode)?;
        Ok(Value::Text(code.clone()))
    }

    fn date(&self, cell: &Cell<'_>, year: Option<i32>) -> Result<Reading, IssueCode> {
        let parsed = match cell {
            Cell::Date(serial) => {
                let (date, time) = excel_serial(*serial).ok_or(IssueCode::BadDate)?;
                ParsedDate {
                    date,
                    time,
                    year_assumed: false,
                }
            }
            Cell::Bool(_) => return Err(IssueCode::BadDate),
            other => {
                let text = other.text();
                if means_empty(&text) || matches!(text.trim(), "无" | "暂无") {
                    return Ok(Reading::default());
                }
                match parse_date(&text, &DateOptions::ledger(year)) {
                    Ok(parsed) => parsed,
                    Err(DateProblem::Empty) => return Ok(Reading::default()),
                    Err(_) => return Err(IssueCode::BadDate),
                }
            }
        };
        let value = if self.field.kind == FieldKind::Date {
            Value::Date(parsed.date)
        } else {
            let time = parsed.time.unwrap_or(NaiveTime::MIN);
            Value::Moment(at_china(parsed.date.and_time(time)))
        };
        Ok(Reading {
            value,
            warning: parsed.year_assumed.then_some(WarningCode::YearAssumed),
            instead: None,
        })
    }
}

/// The tick that makes a field needless, if the spec has one: a complainant's name is required
/// unless 匿名 is ticked.
fn tick_instead<'a>(spec: &'a RegisterSpec, field: &'a FieldSpec) -> Option<(&'a str, String)> {
    let condition = field.required_if.as_ref()?;
    let tick = spec.field(&condition.field)?;
    (condition.ticked == Some(false) && tick.kind == FieldKind::Flag)
        .then(|| (tick.id.as_str(), fold(&tick.label)))
}

/// Whether cleaning would leave a text as it is: nothing but usual ideographs, their punctuation
/// and ASCII, without outer blanks. Most cells are so, and composing each costs the most time of
/// an import.
fn is_clean(text: &str) -> bool {
    let usual = |c: char| {
        matches!(c, ' '..='~' | '\u{3001}'..='\u{3011}' | '\u{4E00}'..='\u{9FFF}'
            | '\u{FF01}'..='\u{FF5E}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
    };
    !text.starts_with(' ') && !text.ends_with(' ') && text.chars().all(usual)
}

fn text_issue(problem: ProblemCode) -> IssueCode {
    match problem {
        ProblemCode::TooLong => IssueCode::TooLong,
        _ => IssueCode::ControlCharacter,
    }
}

fn phones(text: &str) -> Result<Reading, IssueCode> {
    let digits = phone::read(text).map_err(|_| IssueCode::BadPhone)?;
    if digits.chars().count() > domain::text::TEXT_MAX {
        return Err(IssueCode::TooLong);
    }
    if digits.is_empty() {
        return Ok(Reading::default());
    }
    Ok(Reading {
        warning: digits.contains(';').then_some(WarningCode::MultiValue),
        value: Value::Text(digits),
        instead: None,
    })
}

/// Money in fen and scores in hundredths: both are a number with two places.
fn amount(
    cell: &Cell<'_>,
    most: i64,
    read: &dyn Fn(&str) -> Option<i64>,
) -> Result<Value, IssueCode> {
    let text = match cell {
        // Money that a formula computed has more places than a fen; it is rounded as shown.
        Cell::Number { value, .. } => format!("{value:.2}"),
        Cell::Date(_) | Cell::Bool(_) => return Err(IssueCode::BadNumber),
        other => other.text().into_owned(),
    };
    if means_empty(&text) {
        return Ok(Value::Null);
    }
    let hundredths = read(&text).ok_or(IssueCode::BadNumber)?;
    if hundredths > most || (most < i64::MAX && hundredths < 0) {
        return Err(IssueCode::OutOfRange);
    }
    Ok(Value::Int(hundredths))
}

fn score(text: &str) -> Option<i64> {
    entry::money(fold(text).trim_end_matches('分'))
}

fn whole(cell: &Cell<'_>) -> Result<Value, IssueCode> {
    let text = match cell {
        Cell::Number { value, .. } => crate::cell::number_text(*value),
        Cell::Date(_) | Cell::Bool(_) => return Err(IssueCode::BadNumber),
        other => other.text().into_owned(),
    };
    if means_empty(&text) {
        return Ok(Value::Null);
    }
    let plain = fold(&text).replace(',', "");
    plain
        .parse()
        .map(Value::Int)
        .map_err(|_| IssueCode::BadNumber)
}

/// A tick; beside 是 and 否 also 已回访, 未回访, 有效, 无效 and their like.
fn flag(cell: &Cell<'_>) -> Result<Value, IssueCode> {
    if let Cell::Bool(truth) = cell {
        return Ok(Value::Bool(*truth));
    }
    let text = cell.text();
    if means_empty(&text) {
        return Ok(Value::Null);
    }
    let folded = fold(&text);
    let known = entry::flag(&folded).or_else(|| {
        let short = folded.chars().count() <= 4;
        match folded.chars().next().filter(|_| short)? {
            '已' | '有' | '是' | '√' | '✓' | '✔' => Some(true),
            '未' | '无' | '没' | '不' | '否' | '×' | '✗' | '✘' => Some(false),
            _ => None,
        }
    });
    known.map(Value::Bool).ok_or(IssueCode::UnknownCode)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(field: &str, cell: &Cell<'_>) -> Result<Reading, IssueCode> {
        let catalog = Catalog::builtin();
        let spec = catalog.register("complaint").expect("spec");
        let field = spec.field(field).expect("field");
        FieldReader::new(catalog, spec, field, None).read(cell, Some(2024))
    }

    fn stored(field: &str, text: &str) -> Result<Option<String>, IssueCode> {
        read(field, &Cell::Text(text.into())).map(|reading| reading.value.stored())
    }

    #[test]
    fn dates_are_read_in_every_spelling_of_a_ledger() {
        for text in [
            "2024.3.5",
            "2024-03-05",
            "2024/3/5",
            "2024年3月5日",
            "3月5日",
            "20240305",
            "45356",
            " ２０２４．３．５ ",
        ] {
            let read = stored("due_on", text);
            assert_eq!(read, Ok(Some("2024-03-05".to_owned())), "{text}");
        }
        let serial = read("received_at", &Cell::Date(45_355.916_666_666_66)).expect("a date");
        assert_eq!(
            serial.value.stored().as_deref(),
            Some("2024-03-04T22:00:00+08:00")
        );
        for text in ["2024.13.5", "2024.2.30", "昨天", "一周内"] {
            assert_eq!(stored("due_on", text), Err(IssueCode::BadDate), "{text}");
        }
    }

    #[test]
    fn a_telephone_number_kept_as_a_number_stays_whole() {
        let cell = Cell::Number {
            value: 13_700_001_568.0,
            shown: None,
        };
        let value = read("phone", &cell).expect("a phone").value;
        assert_eq!(value.stored().as_deref(), Some("13700001568"));
    }

    #[test]
    fn anonymous_in_the_column_of_the_name_ticks_the_flag() {
        let reading = read("complainant_name", &Cell::Text("匿名".into())).expect("read");
        assert_eq!(reading.instead.as_deref(), Some("anonymous"));
        assert!(reading.value.is_null());
    }

    #[test]
    fn ticks_are_read_as_ledgers_write_them() {
        for (text, tick) in [
            ("√", "1"),
            ("已回访", "1"),
            ("×", "0"),
            ("未回访", "0"),
            ("否", "0"),
        ] {
            assert_eq!(stored("visited", text), Ok(Some(tick.to_owned())), "{text}");
        }
        assert_eq!(stored("visited", "/"), Ok(None));
        assert_eq!(stored("visited", "改天"), Err(IssueCode::UnknownCode));
    }

    proptest::proptest! {
        #[test]
        fn a_text_that_counts_as_clean_is_left_alone_by_cleaning(
            text in "[ a-zA-Z0-9!-~一-龥、-】！-～“”‘’—…·\u{9FA6}-\u{9FFF}]{0,12}"
        ) {
            if is_clean(&text) {
                for many in [false, true] {
                    proptest::prop_assert_eq!(clean(&text, many), Ok(text.clone()));
                }
            }
        }
    }

    #[test]
    fn every_character_that_counts_as_clean_is_left_alone() {
        for c in ('\u{21}'..='\u{FFFF}').filter(|c| is_clean(&c.to_string())) {
            assert_eq!(clean(&c.to_string(), true), Ok(c.to_string()), "{c:?}");
            assert_eq!(clean(&format!("e{c}"), true), Ok(format!("e{c}")), "{c:?}");
        }
    }

    #[test]
    fn what_cannot_be_kept_is_named_and_not_cut() {
        let long = "长".repeat(201);
        assert_eq!(stored("receiver", &long), Err(IssueCode::TooLong));
        assert_eq!(
            stored("content", "a\u{1}b"),
            Err(IssueCode::ControlCharacter)
        );
        let fault = read("content", &Cell::Fault("#REF!".into()));
        assert_eq!(fault, Err(IssueCode::FormulaError));
        assert_eq!(stored("cost", "约五百"), Err(IssueCode::BadNumber));
    }
}
