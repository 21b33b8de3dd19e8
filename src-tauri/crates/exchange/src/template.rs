//! An empty ledger: its columns, drop-downs for what is chosen, and a sheet that says what goes
//! into each column.

use std::path::Path;

use domain::time::Moment;

use crate::error::ExchangeError;
use crate::writer::{BookWriter, ColumnKind, Out, OutColumn};

/// A column to be filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateColumn {
    /// The column.
    pub out: OutColumn,
    /// What can be chosen; empty for free cells.
    pub choices: Vec<String>,
    /// Whether it must be filled in, in words.
    pub must: String,
    /// What a good cell looks like.
    pub example: String,
    /// What else there is to say.
    pub help: String,
}

/// How the empty ledger is written. The words are the caller's.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateOptions {
    /// Name of the sheet.
    pub sheet: String,
    /// Name of the sheet with the notes.
    pub notes: String,
    /// Headers of the notes: column, whether it must be filled in, example, help.
    pub headers: [String; 4],
    /// The date in the file's properties.
    pub created: Moment,
}

/// Writes the empty ledger: aside, read back and compared, then named.
///
/// # Errors
/// The folder cannot be written, or what was written does not read back.
pub fn write_template(
    columns: &[TemplateColumn],
    path: &Path,
    options: &TemplateOptions,
) -> Result<(), ExchangeError> {
    let mut book = BookWriter::new(path, options.created)?;
    let outs: Vec<OutColumn> = columns.iter().map(|c| c.out.clone()).collect();
    let mut sheet = book.sheet(&options.sheet, &outs)?;
    for (at, column) in (0_u16..).zip(columns) {
        book.choices(&mut sheet, at, &column.choices)?;
    }
    book.end(sheet)?;
    let mut widths = [16.0, 10.0, 40.0, 40.0].into_iter();
    let notes = options.headers.clone().map(|header| OutColumn {
        header,
        kind: ColumnKind::Text,
        width: widths.next().unwrap_or(16.0),
    });
    let mut sheet = book.sheet(&options.notes, &notes)?;
    for column in columns {
        let words = [
            &column.out.header,
            &column.must,
            &column.example,
            &column.help,
        ];
        book.row(&mut sheet, &words.map(|word| Out::Text(word.clone())))?;
    }
    book.end(sheet)?;
    book.finish()?;
    Ok(())
}
