//! Rows out of a binary workbook of Excel 97 to 2003 (.xls), which WPS still writes as .et.
//!
//! calamine reads such a file whole and believes what it says about itself: a declared size is
//! allocated, two cells in opposite corners become a full rectangle. So the records are walked
//! first ([`biff`]) and only a file that keeps within the limits is handed on, in a container
//! built anew, so that both readers look at the same bytes.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};
use cfb::CompoundFile;

use crate::cell::{Cell, Row};
use crate::error::{ExchangeError, FileKind, Measure};
use crate::limits::Limits;
use crate::source::{RowVisitor, SheetInfo};
use crate::workbook::{SYSTEM_1904, guarded, text_cell};

mod biff;

const PART: &str = "Workbook";

/// An open .xls workbook.
pub(crate) struct OldWorkbook {
    inner: Xls<Cursor<Vec<u8>>>,
    is_1904: bool,
    sheets: Vec<SheetInfo>,
}

impl OldWorkbook {
    pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Self, ExchangeError> {
        let size = path.metadata().map_err(ExchangeError::io(path))?.len();
        if size > limits.xls_file {
            let (what, limit) = (Measure::File, limits.xls_file);
            return Err(ExchangeError::too_large(what, limit, size));
        }
        let mut stream = guarded(PART, || stream(path, limits))?;
        biff::forget_declared_sizes(&mut stream);
        let survey = biff::survey(&stream, limits)?;
        let container = guarded(PART, || rebuilt(&stream))?;
        drop(stream);
        let inner: Xls<_> = guarded(PART, || {
            Xls::new(Cursor::new(container)).map_err(|e| fault(&e))
        })?;
        let sheets: Vec<_> = inner
            .sheets_metadata()
            .iter()
            .zip(survey.layouts)
            .filter(|(sheet, _)| sheet.typ == SheetType::WorkSheet)
            .map(|(sheet, layout)| SheetInfo {
                name: sheet.name.clone(),
                hidden: sheet.visible != SheetVisible::Visible,
                layout,
            })
            .collect();
        if sheets.is_empty() {
            let found = FileKind::Other;
            return Err(ExchangeError::NotAWorkbook { found });
        }
        Ok(Self {
            inner,
            is_1904: survey.is_1904,
            sheets,
        })
    }

    pub(crate) fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// Hands over the rows of a sheet in order; see [`crate::source::Book::each_row`].
    pub(crate) fn each_row(
        &mut self,
        sheet: usize,
        visit: RowVisitor<'_>,
    ) -> Result<(), ExchangeError> {
        let name = &self.sheets[sheet].name;
        let range = self.inner.worksheet_range(name).map_err(|e| fault(&e))?;
        let Some((top, left)) = range.start() else {
            return Ok(());
        };
        for (number, cells) in (top + 1..).zip(range.rows()) {
            let cells = (left..)
                .zip(cells)
                .filter_map(|(column, value)| Some((column, cell(value, self.is_1904)?)))
                .collect();
            let mut row = Row { number, cells };
            if visit(&mut row)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The stream of records out of the container.
fn stream(path: &Path, limits: &Limits) -> Result<Vec<u8>, ExchangeError> {
    let damaged = |e: std::io::Error| ExchangeError::damaged("container", &e);
    let mut container = cfb::open(path).map_err(damaged)?;
    let wanted = |name: &str| name.eq_ignore_ascii_case(PART) || name.eq_ignore_ascii_case("Book");
    let found = container
        .read_root_storage()
        .find(|entry| entry.is_stream() && wanted(entry.name()))
        .map(|entry| entry.path().to_owned());
    let Some(found) = found else {
        let found = FileKind::Other;
        return Err(ExchangeError::NotAWorkbook { found });
    };
    let mut bytes = Vec::new();
    container
        .open_stream(found)
        .and_then(|stream| stream.take(limits.xls_file).read_to_end(&mut bytes))
        .map_err(damaged)?;
    Ok(bytes)
}

/// A container with nothing in it but the checked stream.
fn rebuilt(stream: &[u8]) -> Result<Vec<u8>, ExchangeError> {
    let build = || -> std::io::Result<Vec<u8>> {
        let mut container = CompoundFile::create(Cursor::new(Vec::new()))?;
        container.create_stream(PART)?.write_all(stream)?;
        container.flush()?;
        Ok(container.into_inner().into_inner())
    };
    build().map_err(|e| ExchangeError::damaged("container", &e))
}

fn cell(value: &Data, is_1904: bool) -> Option<Cell<'_>> {
    let number = |value: f64| Cell::Number { value, shown: None };
    Some(match value {
        Data::Empty => return None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text_cell(text.into())?
        }
        Data::Float(value) => number(*value),
        #[expect(
            clippy::cast_precision_loss,
            reason = "whole numbers of this format are small"
        )]
        Data::Int(value) => number(*value as f64),
        Data::DateTime(date) if date.is_duration() => number(date.as_f64()),
        Data::DateTime(date) => Cell::Date(date.as_f64() + if is_1904 { SYSTEM_1904 } else { 0.0 }),
        Data::Bool(truth) => Cell::Bool(*truth),
        Data::Error(error) => Cell::Fault(error.to_string()),
    })
}

fn fault(fault: &XlsError) -> ExchangeError {
    match fault {
        XlsError::Password => ExchangeError::Encrypted,
        other => ExchangeError::damaged(PART, other),
    }
}
