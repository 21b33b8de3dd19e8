//! One sheet: header, formats, and cells that are text, number or date.

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use domain::text::{is_blank, is_invisible};
use domain::time::Moment;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Workbook,
    Worksheet, XlsxError,
};

use super::digest::Digest;
use crate::cell::Cell;

/// How a column looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text; what is typed into it later stays text too (telephone and other numbers).
    Text,
    /// A day, shown as 2024-03-05.
    Date,
    /// A point in time, shown as 2024-03-05 14:30.
    Moment,
    /// A whole number.
    Whole,
    /// A number with two places.
    Hundredths,
}

impl ColumnKind {
    fn code(self) -> &'static str {
        match self {
            Self::Text => "@",
            Self::Date => "yyyy-mm-dd",
            Self::Moment => "yyyy-mm-dd hh:mm",
            Self::Whole => "0",
            Self::Hundredths => "0.00",
        }
    }
}

/// A column to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct OutColumn {
    /// Header.
    pub header: String,
    /// How it looks.
    pub kind: ColumnKind,
    /// Width in characters of the standard type; a Chinese character takes two.
    pub width: f64,
}

/// A cell to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Out {
    /// Nothing.
    Empty,
    /// Text, as it is: a leading `=` makes no formula.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A point in time; local wall time is written.
    Moment(Moment),
    /// A whole number.
    Whole(i64),
    /// A number with two places, in hundredths.
    Hundredths(i64),
}

impl Out {
    /// The cell as a reader will find it, and how it is to look; `None` for one that shows
    /// nothing. What the file format cannot hold exactly becomes text.
    fn cell(&self) -> Option<(Cell<'_>, ColumnKind)> {
        let text = |text: String| (Cell::Text(text.into()), ColumnKind::Text);
        Some(match self {
            Self::Empty => return None,
            Self::Text(t) if shows_nothing(t) => return None,
            Self::Text(t) => (Cell::Text(t.into()), ColumnKind::Text),
            Self::Date(date) => match serial(date.and_time(chrono::NaiveTime::MIN)) {
                Some(day) => (Cell::Date(day), ColumnKind::Date),
                None => text(date.to_string()),
            },
            Self::Moment(moment) => match serial(moment.naive_local()) {
                Some(time) => (Cell::Date(time), ColumnKind::Moment),
                None => text(moment.format("%Y-%m-%d %H:%M").to_string()),
            },
            Self::Whole(number) => match exact(*number) {
                Some(value) => (Cell::Number { value, shown: None }, ColumnKind::Whole),
                None => text(number.to_string()),
            },
            Self::Hundredths(number) => match exact(*number) {
                Some(whole) => {
                    let value = whole / 100.0;
                    (Cell::Number { value, shown: None }, ColumnKind::Hundredths)
                }
                None => {
                    let sign = if *number < 0 { "-" } else { "" };
                    let (yuan, fen) = (number.unsigned_abs() / 100, number.unsigned_abs() % 100);
                    text(format!("{sign}{yuan}.{fen:02}"))
                }
            },
        })
    }
}

/// Whether a text has no visible character; such a cell stays empty.
pub(crate) fn shows_nothing(text: &str) -> bool {
    text.chars().all(|c| is_blank(c) || is_invisible(c))
}

/// A whole number as a spreadsheet holds it, up to 15 figures.
fn exact(number: i64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "15 figures are held exactly")]
    (number.unsigned_abs() < 1_000_000_000_000_000).then_some(number as f64)
}

/// The serial number of a local time in the 1900 system, from 1 March 1900 to 2199.
fn serial(time: NaiveDateTime) -> Option<f64> {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days = (time.date() - epoch).num_days();
    let days = i32::try_from(days)
        .ok()
        .filter(|d| (61..109_000).contains(d))?;
    let seconds = time.num_seconds_from_midnight();
    Some(f64::from(days) + f64::from(seconds) / 86_400.0)
}

/// A sheet that is being written.
pub(crate) struct SheetWriter {
    sheet: Worksheet,
    formats: [Format; 5],
    columns: u16,
    next_row: u32,
    digest: Digest,
}

/// The kinds in the order of [`SheetWriter::formats`].
const KINDS: [ColumnKind; 5] = [
    ColumnKind::Text,
    ColumnKind::Date,
    ColumnKind::Moment,
    ColumnKind::Whole,
    ColumnKind::Hundredths,
];

impl SheetWriter {
    /// Rows of a sheet; the file format has no more.
    pub(super) const MOST_ROWS: u32 = 1_048_576;

    /// A sheet with its header row, which stays in view and is repeated on every page.
    pub(super) fn new(
        book: &mut Workbook,
        name: &str,
        columns: &[OutColumn],
    ) -> Result<Self, XlsxError> {
        const A4: u8 = 9;
        let mut sheet = book.new_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet
            .set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0);
        let header = framed()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_background_color(Color::RGB(0x00EE_F2F6));
        let mut digest = Digest::default();
        for (at, column) in (0_u16..).zip(columns) {
            sheet.set_column_width(at, column.width)?;
            // The column has its kind below the written rows too: a number typed there later
            // stays what it is.
            sheet.set_column_format(at, &Format::new().set_num_format(column.kind.code()))?;
            if !shows_nothing(&column.header) {
                let text = Cell::Text(column.header.as_str().into());
                digest.cell(1, u32::from(at), &text);
                sheet.write_string_with_format(0, at, &column.header, &header)?;
            }
        }
        Ok(Self {
            sheet,
            formats: KINDS.map(|kind| match kind {
                ColumnKind::Text => framed().set_num_format("@").set_text_wrap(),
                other => framed().set_num_format(other.code()),
            }),
            columns: u16::try_from(columns.len()).unwrap_or(u16::MAX),
            next_row: 1,
            digest,
        })
    }

    /// Writes the next row; its texts fit a cell.
    pub(super) fn row(&mut self, cells: &[Out]) -> Result<(), XlsxError> {
        let row = self.next_row;
        for (at, out) in (0_u16..).zip(cells) {
            let Some((cell, kind)) = out.cell() else {
                continue;
            };
            self.digest.cell(row + 1, u32::from(at), &cell);
            let format = KINDS
                .iter()
                .position(|k| *k == kind)
                .map_or(&self.formats[0], |found| &self.formats[found]);
            match cell {
                Cell::Number { value, .. } | Cell::Date(value) => {
                    self.sheet
                        .write_number_with_format(row, at, value, format)?;
                }
                other => {
                    let text = other.text();
                    self.sheet
                        .write_string_with_format(row, at, &*text, format)?;
                }
            }
        }
        self.next_row += 1;
        Ok(())
    }

    /// Offers choices in a column below its header. Other words are warned of and let through: a
    /// ledger may use its own, and they are checked when it is taken over. More words than the
    /// file format holds in a drop-down are not offered.
    pub(super) fn choices(&mut self, column: u16, choices: &[String]) -> Result<(), XlsxError> {
        /// Characters of all choices with their commas; the file format has no more.
        const MOST: usize = 255;
        let length: usize = choices.iter().map(|c| c.chars().count() + 1).sum();
        if choices.is_empty() || length > MOST {
            return Ok(());
        }
        let offered = DataValidation::new()
            .allow_list_strings(choices)?
            .set_error_style(DataValidationErrorStyle::Warning);
        self.sheet
            .add_data_validation(1, column, Self::MOST_ROWS - 1, column, &offered)?;
        Ok(())
    }

    pub(super) fn is_full(&self) -> bool {
        self.next_row >= Self::MOST_ROWS
    }

    /// The row that was written last, from 1 as the spreadsheet shows it.
    pub(crate) fn last_row(&self) -> u32 {
        self.next_row
    }

    /// Ends the sheet with a filter over its columns.
    pub(super) fn close(mut self) -> Result<(Worksheet, Digest), XlsxError> {
        if self.columns > 0 && self.next_row > 1 {
            self.sheet
                .autofilter(0, 0, self.next_row - 1, self.columns - 1)?;
        }
        Ok((self.sheet, self.digest))
    }
}

fn framed() -> Format {
    Format::new()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00D0_D5DB))
}
