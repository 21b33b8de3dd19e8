//! Writes a register as a plain workbook that this program, and any other, can read again.

use std::path::Path;

use domain::spec::{Catalog, FieldKind, FieldSpec};
use domain::time::Moment;
use domain::value::Value;

use crate::error::ExchangeError;
use crate::writer::{BookWriter, ColumnKind, MOST_UNITS, Out, OutColumn};

/// How a table is written. The words are the caller's, because a person reads them.
#[derive(Debug, Clone, PartialEq)]
pub struct TableOptions {
    /// Name of the sheet: at most 31 characters, none of `[]:*?/\`.
    pub sheet: String,
    /// The date in the file's properties; the same data and date give the same bytes.
    pub created: Moment,
    /// What ends a text that is too long for a cell: `…（续见“续文”表）`.
    pub continued: String,
    /// Name of the sheet that holds the rest of such texts.
    pub rest_sheet: String,
    /// Headers of that sheet: row, column, part, text.
    pub rest_headers: [String; 4],
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Rows without the header.
    pub rows: u64,
    /// Texts that needed more than one cell.
    pub continued: u64,
    /// Size of the file in bytes.
    pub bytes: u64,
}

/// A text, or a part of one, that did not fit its cell.
struct Rest {
    row: u32,
    column: String,
    part: i64,
    text: String,
}

/// Writes rows to a workbook: aside, read back and compared, then named.
///
/// Every text is a text cell, whatever it begins with; nothing is cut: a text longer than a cell
/// goes on in a sheet of its own.
///
/// # Errors
/// The folder cannot be written, the sheet name is none, more rows than a sheet has, or what was
/// written does not read back.
pub fn write_table(
    columns: &[OutColumn],
    rows: impl IntoIterator<Item = Vec<Out>>,
    path: &Path,
    options: &TableOptions,
) -> Result<Written, ExchangeError> {
    let mut book = BookWriter::new(path, options.created)?;
    let mut sheet = book.sheet(&options.sheet, columns)?;
    let mut rests = Vec::new();
    let mut written = Written {
        rows: 0,
        continued: 0,
        bytes: 0,
    };
    for mut row in rows {
        for (cell, column) in row.iter_mut().zip(columns) {
            if let Out::Text(text) = cell
                && text.len() > MOST_UNITS
                && units(text) > MOST_UNITS
            {
                let place = (sheet.last_row() + 1, column.header.as_str());
                *text = part_text(text, place, &options.continued, &mut rests);
                written.continued += 1;
            }
        }
        book.row(&mut sheet, &row)?;
        written.rows += 1;
    }
    book.end(sheet)?;
    if !rests.is_empty() {
        write_rests(&mut book, &rests, options)?;
    }
    written.bytes = book.finish()?;
    Ok(written)
}

fn write_rests(
    book: &mut BookWriter,
    rests: &[Rest],
    options: &TableOptions,
) -> Result<(), ExchangeError> {
    let [row, column, part, text] = options.rest_headers.clone();
    let columns = [
        (row, ColumnKind::Whole, 8.0),
        (column, ColumnKind::Text, 16.0),
        (part, ColumnKind::Whole, 8.0),
        (text, ColumnKind::Text, 80.0),
    ]
    .map(|(header, kind, width)| OutColumn {
        header,
        kind,
        width,
    });
    let mut sheet = book.sheet(&options.rest_sheet, &columns)?;
    for rest in rests {
        let cells = [
            Out::Whole(i64::from(rest.row)),
            Out::Text(rest.column.clone()),
            Out::Whole(rest.part),
            Out::Text(rest.text.clone()),
        ];
        book.row(&mut sheet, &cells)?;
    }
    book.end(sheet)
}

/// What stands in the cell; the rest goes to the other sheet in parts that fit.
fn part_text(text: &str, place: (u32, &str), continued: &str, rests: &mut Vec<Rest>) -> String {
    let mut parts = split(text, MOST_UNITS - units(continued)).into_iter();
    let first = parts.next().unwrap_or_default();
    for (part, text) in (2_i64..).zip(parts) {
        rests.push(Rest {
            row: place.0,
            column: place.1.to_owned(),
            part,
            text,
        });
    }
    first + continued
}

/// Splits a text into parts of at most `most` UTF-16 units, never inside a character.
fn split(text: &str, most: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf16() > most {
            parts.push(String::new());
            used = 0;
        }
        used += c.len_utf16();
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// How a field's column looks in a workbook.
#[must_use]
pub fn column_kind(field: &FieldSpec) -> ColumnKind {
    match field.kind {
        FieldKind::Date => ColumnKind::Date,
        FieldKind::Moment => ColumnKind::Moment,
        FieldKind::Int => ColumnKind::Whole,
        FieldKind::Money | FieldKind::Score => ColumnKind::Hundredths,
        _ => ColumnKind::Text,
    }
}

/// A value as a clerk reads it in a workbook, and as an import reads it again: choices by their
/// label, ticks as 是 and 否, telephone numbers as `02168880176转603、13800001050`. A link must have been replaced by its name before.
#[must_use]
pub fn out_cell(catalog: &Catalog, field: &FieldSpec, value: &Value) -> Out {
    match value {
        Value::Null => Out::Empty,
        Value::Text(digits) if field.kind == FieldKind::Phone => {
            Out::Text(digits.replace(';', "、").replace('-', "转"))
        }
        Value::Text(code) => {
            let list = field.list.as_deref();
            let text = list.map_or(code.as_str(), |list| catalog.label(list, code));
            Out::Text(text.to_owned())
        }
        Value::Int(number) if column_kind(field) == ColumnKind::Hundredths => {
            Out::Hundredths(*number)
        }
        Value::Int(number) => Out::Whole(*number),
        Value::Bool(tick) => Out::Text(if *tick { "是" } else { "否" }.to_owned()),
        Value::Date(date) => Out::Date(*date),
        Value::Moment(moment) => Out::Moment(*moment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_parted_between_characters_and_nothing_is_lost() {
        let text = "𠮷a".repeat(30_000);
        let parts = split(&text, MOST_UNITS);
        assert!(parts.iter().all(|part| units(part) <= MOST_UNITS));
        assert_eq!(parts.concat(), text);
    }
}
