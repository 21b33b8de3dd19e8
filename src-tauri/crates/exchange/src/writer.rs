//! Writes one plain workbook: cells only, never formulas; aside, read back, then named.
//!
//! Rows go to the disk as they come, so that a register of any length takes the same memory. The
//! provisional files stand in the folder of the target and not in the system's folder for
//! temporary files, because they hold personal data.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Timelike};
use domain::time::Moment;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::error::{ExchangeError, Measure};
use crate::limits::Limits;
use crate::source::Book;

mod digest;
mod sheet;

use digest::Digest;
pub(crate) use sheet::SheetWriter;
pub use sheet::{ColumnKind, Out, OutColumn};

/// UTF-16 units of one cell; the file format has no more.
pub(crate) const MOST_UNITS: usize = 32_767;

/// A workbook that is being written.
pub(crate) struct BookWriter {
    path: PathBuf,
    book: Workbook,
    sheets: Vec<(Worksheet, Digest)>,
}

impl BookWriter {
    /// Begins a workbook; `created` is the only date in it.
    pub(crate) fn new(path: &Path, created: Moment) -> Result<Self, ExchangeError> {
        let mut book = Workbook::new();
        let local = created.naive_local();
        let year = u16::try_from(local.year()).unwrap_or(1900);
        let fault = writer_fault(path);
        let mut build = || -> Result<(), XlsxError> {
            let created = ExcelDateTime::from_ymd(
                year,
                u8::try_from(local.month()).unwrap_or(1),
                u8::try_from(local.day()).unwrap_or(1),
            )?
            .and_hms(
                u16::try_from(local.hour()).unwrap_or(0),
                u8::try_from(local.minute()).unwrap_or(0),
                f64::from(local.second()),
            )?;
            book.set_properties(&DocProperties::new().set_creation_datetime(&created));
            book.set_tempdir(folder(path))?;
            Ok(())
        };
        build().map_err(fault)?;
        Ok(Self {
            path: path.to_owned(),
            book,
            sheets: Vec::new(),
        })
    }

    /// Begins a sheet.
    pub(crate) fn sheet(
        &mut self,
        name: &str,
        columns: &[OutColumn],
    ) -> Result<SheetWriter, ExchangeError> {
        SheetWriter::new(&mut self.book, name, columns).map_err(writer_fault(&self.path))
    }

    /// Writes the next row of a sheet.
    pub(crate) fn row(&self, sheet: &mut SheetWriter, cells: &[Out]) -> Result<(), ExchangeError> {
        if sheet.is_full() {
            let most = u64::from(SheetWriter::MOST_ROWS);
            return Err(ExchangeError::too_large(Measure::Rows, most, most + 1));
        }
        sheet.row(cells).map_err(writer_fault(&self.path))
    }

    /// Offers choices in a column below its header.
    pub(crate) fn choices(
        &self,
        sheet: &mut SheetWriter,
        column: u16,
        choices: &[String],
    ) -> Result<(), ExchangeError> {
        sheet
            .choices(column, choices)
            .map_err(writer_fault(&self.path))
    }

    /// Ends a sheet; sheets stand in the order in which they are ended.
    pub(crate) fn end(&mut self, sheet: SheetWriter) -> Result<(), ExchangeError> {
        let closed = sheet.close().map_err(writer_fault(&self.path))?;
        self.sheets.push(closed);
        Ok(())
    }

    /// Writes the file aside, reads it back, compares every cell, and gives it its name. A file
    /// of that name is replaced only then.
    pub(crate) fn finish(mut self) -> Result<u64, ExchangeError> {
        let mut digests = Vec::new();
        for (sheet, digest) in self.sheets {
            self.book.push_worksheet(sheet);
            digests.push(digest);
        }
        let path = self.path;
        let aside = provisional(&path);
        let result = write_aside(&mut self.book, &aside, &path)
            .and_then(|size| verify(&aside, &path, &digests).map(|()| size))
            .and_then(|size| {
                fs::rename(&aside, &path).map_err(ExchangeError::io(&path))?;
                Ok(size)
            });
        if result.is_err() {
            // What is left of a failed attempt is of no use; that it stays is no second fault.
            let _ = fs::remove_file(&aside);
        }
        result
    }
}

fn write_aside(book: &mut Workbook, aside: &Path, path: &Path) -> Result<u64, ExchangeError> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(aside)
        .map_err(ExchangeError::io(aside))?;
    let mut out = BufWriter::new(file);
    book.save_to_writer(&mut out).map_err(writer_fault(path))?;
    out.flush().map_err(ExchangeError::io(aside))?;
    let file: File = out
        .into_inner()
        .map_err(|e| ExchangeError::io(aside)(e.into_error()))?;
    file.sync_all().map_err(ExchangeError::io(aside))?;
    let size = file.metadata().map_err(ExchangeError::io(aside))?.len();
    Ok(size)
}

/// Reads the file back and compares it, cell by cell, with what was to be written.
fn verify(aside: &Path, path: &Path, digests: &[Digest]) -> Result<(), ExchangeError> {
    let wrong = |detail: String| ExchangeError::NotVerified {
        path: path.to_owned(),
        detail,
    };
    // Our own file may be as large as the register is.
    let mut book = Book::open(aside, &Limits::none()).map_err(|e| wrong(e.to_string()))?;
    if book.sheets().len() != digests.len() {
        return Err(wrong(format!("{} sheets", book.sheets().len())));
    }
    for (index, wanted) in digests.iter().enumerate() {
        let mut found = Digest::default();
        book.each_row(index, &mut |row| {
            found.row(row);
            Ok(ControlFlow::Continue(()))
        })?;
        if found != *wanted {
            return Err(wrong(format!("sheet {index}")));
        }
    }
    Ok(())
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn provisional(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    path.with_file_name(name)
}

fn writer_fault(path: &Path) -> impl FnOnce(XlsxError) -> ExchangeError + use<> {
    let path = path.to_owned();
    move |fault| match fault {
        XlsxError::IoError(source) | XlsxError::TempFileError(_, source) => {
            ExchangeError::Io { path, source }
        }
        other => ExchangeError::Writer {
            path,
            detail: other.to_string(),
        },
    }
}
