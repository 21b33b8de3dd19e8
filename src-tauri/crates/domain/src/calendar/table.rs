//! One year's off days and make-up workdays, as the State Council office announced them.
//!
//! The same small file serves the program's own tables and next year's table that an office types
//! or imports. A file's year is the year of its notice: days of late December may stand in the
//! file of the following year. Ordinary weekends stand nowhere. Not here: which table wins, the
//! office's own days (the parent module).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;
use toml::Spanned;

use crate::toml_source::{TomlProblem, from_toml, line_of};

/// The longest run of days a table may name at once; more is a slip of the pen.
const LONGEST_RUN: i64 = 31;

/// Where a table comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Shipped with the program.
    BuiltIn,
    /// Typed or imported by the office.
    Office,
}

/// What a table says about a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) name: Arc<str>,
    pub(super) off: bool,
}

/// The off days and make-up workdays of one notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearTable {
    /// The year of the notice.
    pub year: i32,
    /// 1, or more when later notices changed the year (2015, 2019, 2020).
    pub version: u32,
    /// The title of the notice.
    pub title: String,
    /// Where the notice can be read.
    pub source: Vec<String>,
    /// Who made the table.
    pub origin: Origin,
    pub(super) marks: BTreeMap<NaiveDate, Mark>,
}

/// Why a table is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Not TOML, a key that is unknown, missing or of the wrong kind.
    #[error("calendar.syntax: {0}")]
    Syntax(#[from] TomlProblem),
    /// Not `2027-02-05` or `2027-02-05..2027-02-11` (or with 至).
    #[error("calendar.bad_date: line {line}: {text}")]
    BadDate {
        /// Line in the file.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// A day that no notice of this year could name.
    #[error("calendar.outside_year: line {line}: {date}")]
    OutsideYear {
        /// Line in the file.
        line: usize,
        /// The day.
        date: NaiveDate,
    },
    /// A day named twice.
    #[error("calendar.named_twice: line {line}: {date}")]
    NamedTwice {
        /// Line in the file.
        line: usize,
        /// The day.
        date: NaiveDate,
    },
    /// An office's make-up workday on a day from Monday to Friday, which would change nothing.
    #[error("calendar.make_up_on_weekday: line {line}: {date}")]
    MakeUpOnWeekday {
        /// Line in the file.
        line: usize,
        /// The day.
        date: NaiveDate,
    },
    /// A table without a single off day.
    #[error("calendar.no_days")]
    NoDays,
}

impl TableError {
    /// The stable code of the problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "calendar.syntax",
            Self::BadDate { .. } => "calendar.bad_date",
            Self::OutsideYear { .. } => "calendar.outside_year",
            Self::NamedTwice { .. } => "calendar.named_twice",
            Self::MakeUpOnWeekday { .. } => "calendar.make_up_on_weekday",
            Self::NoDays => "calendar.no_days",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTable {
    year: i32,
    version: u32,
    title: String,
    #[serde(default)]
    source: Vec<String>,
    #[serde(default)]
    holiday: Vec<FileHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileHoliday {
    name: String,
    #[serde(default)]
    off: Vec<Spanned<String>>,
    #[serde(default)]
    work: Vec<Spanned<String>>,
}

impl YearTable {
    /// Reads a table file.
    ///
    /// # Errors
    /// [`TableError`] with the line; nothing is taken over from a file with an error.
    pub fn parse(text: &str, origin: Origin) -> Result<Self, TableError> {
        let file: FileTable = from_toml(text)?;
        let mut table = Self {
            year: file.year,
            version: file.version,
            title: file.title,
            source: file.source,
            origin,
            marks: BTreeMap::new(),
        };
        for holiday in &file.holiday {
            let name: Arc<str> = Arc::from(holiday.name.as_str());
            for (spans, off) in [(&holiday.off, true), (&holiday.work, false)] {
                for span in spans {
                    let line = line_of(text, span.span().start);
                    table.mark_span(
                        line,
                        span.get_ref(),
                        &Mark {
                            name: name.clone(),
                            off,
                        },
                    )?;
                }
            }
        }
        if table.marks.values().any(|mark| mark.off) {
            Ok(table)
        } else {
            Err(TableError::NoDays)
        }
    }

    /// Writes the table as a file that [`YearTable::parse`] reads back.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let sources: Vec<String> = self.source.iter().map(|source| quoted(source)).collect();
        let mut text = format!("year = {}\nversion = {}\n", self.year, self.version);
        let _ = writeln!(
            text,
            "title = {}\nsource = [{}]",
            quoted(&self.title),
            sources.join(", ")
        );
        let mut named: Vec<Arc<str>> = Vec::new();
        for mark in self.marks.values() {
            if !named.contains(&mark.name) {
                named.push(mark.name.clone());
            }
        }
        for name in named {
            let _ = writeln!(text, "\n[[holiday]]\nname = {}", quoted(&name));
            for (key, off) in [("off", true), ("work", false)] {
                let days = self
                    .marks
                    .iter()
                    .filter(|(_, mark)| mark.name == name && mark.off == off);
                let days: Vec<String> = days.map(|(date, _)| format!("\"{date}\"")).collect();
                if !days.is_empty() {
                    let _ = writeln!(text, "{key} = [{}]", days.join(", "));
                }
            }
        }
        text
    }

    /// The off days with the name of their holiday, in order.
    pub fn off_days(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.marks
            .iter()
            .filter(|(_, mark)| mark.off)
            .map(|(date, mark)| (*date, &*mark.name))
    }

    /// The make-up workdays with the name of their holiday, in order.
    pub fn make_up_days(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.marks
            .iter()
            .filter(|(_, mark)| !mark.off)
            .map(|(date, mark)| (*date, &*mark.name))
    }

    fn mark_span(&mut self, line: usize, text: &str, mark: &Mark) -> Result<(), TableError> {
        let bad = || TableError::BadDate {
            line,
            text: text.to_owned(),
        };
        let (first, last) = span_of(text).ok_or_else(bad)?;
        if !(0..LONGEST_RUN).contains(&(last - first).num_days()) {
            return Err(bad());
        }
        for date in first.iter_days().take_while(|date| *date <= last) {
            let neighbour = (date.year() == self.year - 1 && date.month() == 12)
                || (date.year() == self.year + 1 && date.month() == 1);
            if date.year() != self.year && !neighbour {
                return Err(TableError::OutsideYear { line, date });
            }
            let rest_day = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            // A second notice can turn a holiday back (3 February 2020); a typist hardly means it.
            if !mark.off && !rest_day && self.origin == Origin::Office {
                return Err(TableError::MakeUpOnWeekday { line, date });
            }
            if self.marks.insert(date, mark.clone()).is_some() {
                return Err(TableError::NamedTwice { line, date });
            }
        }
        Ok(())
    }
}

/// `2027-02-05`, `2027-02-05..2027-02-11` or `2027-02-05至2027-02-11`.
fn span_of(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let (first, last) = text
        .split_once("..")
        .or_else(|| text.split_once('至'))
        .unwrap_or((text, text));
    let date = |text: &str| NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok();
    Some((date(first)?, date(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "year = 2027\nversion = 1\ntitle = \"通知\"\n[[holiday]]\nname = \"春节\"\n";

    fn read(days: &str) -> Result<YearTable, TableError> {
        YearTable::parse(&format!("{HEAD}{days}\n"), Origin::Office)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_typed_table_is_read_and_written_back() {
        let table =
            read("off = [\"2026-12-31\", \"2027-02-05至2027-02-11\"]\nwork = [\"2027-02-20\"]")
                .expect("a table");
        assert_eq!(table.off_days().count(), 8);
        assert_eq!(
            table.make_up_days().collect::<Vec<_>>(),
            [(day("2027-02-20"), "春节")]
        );
        assert_eq!(
            YearTable::parse(&table.to_toml(), Origin::Office),
            Ok(table)
        );
    }

    #[test]
    fn each_slip_is_refused_with_its_line() {
        let date = day("2027-02-06");
        let cases = [
            (
                "off = [\"2027-2-30\"]",
                TableError::BadDate {
                    line: 6,
                    text: "2027-2-30".into(),
                },
            ),
            (
                "off = [\n\"2027-02-05..2027-02-01\"]",
                TableError::BadDate {
                    line: 7,
                    text: "2027-02-05..2027-02-01".into(),
                },
            ),
            (
                "off = [\"2026-11-30\"]",
                TableError::OutsideYear {
                    line: 6,
                    date: day("2026-11-30"),
                },
            ),
            (
                "off = [\"2027-02-05..2027-02-11\"]\nwork = [\"2027-02-06\"]",
                TableError::NamedTwice { line: 7, date },
            ),
            (
                "work = [\"2027-02-05\"]",
                TableError::MakeUpOnWeekday {
                    line: 6,
                    date: day("2027-02-05"),
                },
            ),
            ("work = [\"2027-02-06\"]", TableError::NoDays),
        ];
        for (days, error) in cases {
            assert_eq!(read(days), Err(error), "{days}");
        }
        match read("offf = []") {
            Err(TableError::Syntax(problem)) => {
                assert_eq!(problem.line, 6);
                assert!(problem.message.contains("offf"), "{problem}");
            }
            other => panic!("an unknown key was taken: {other:?}"),
        }
    }
}
