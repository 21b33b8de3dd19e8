//! Rows out of an Open XML workbook, one at a time.
//!
//! The cells come from calamine's streaming reader and never from its ranges, which allocate the
//! rectangle between the first and the last cell: two cells in opposite corners end the process.
//! The package was checked before ([`crate::package`]).

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use domain::text::{is_blank, is_invisible};

use crate::cell::{Cell, Row};
use crate::error::{ExchangeError, FileKind, Measure};
use crate::limits::Limits;
use crate::package::{self, Layout};
use crate::source::{RowVisitor, SheetInfo};

mod shown;

/// Days between the 1900 and the 1904 system of serial dates.
pub(crate) const SYSTEM_1904: f64 = 1462.0;

/// An open workbook.
pub(crate) struct Workbook {
    inner: Xlsx<BufReader<File>>,
    sheets: Vec<SheetInfo>,
}

impl Workbook {
    pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Self, ExchangeError> {
        let package = package::survey(path, limits)?;
        let file = File::open(path).map_err(ExchangeError::io(path))?;
        let inner: Xlsx<_> = guarded("workbook", || {
            Xlsx::new(BufReader::new(file)).map_err(|e| fault("workbook", &e))
        })?;
        let sheets: Vec<_> = inner
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| SheetInfo {
                name: sheet.name.clone(),
                hidden: sheet.visible != SheetVisible::Visible,
                layout: layout_of(&package.layouts, &sheet.name),
            })
            .collect();
        if sheets.is_empty() {
            return Err(ExchangeError::NotAWorkbook {
                found: FileKind::OtherZip,
            });
        }
        Ok(Self { inner, sheets })
    }

    pub(crate) fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// Hands over the rows of a sheet in order; see [`crate::source::Book::each_row`].
    pub(crate) fn each_row(
        &mut self,
        sheet: usize,
        limits: &Limits,
        visit: RowVisitor<'_>,
    ) -> Result<(), ExchangeError> {
        let SheetInfo { name, layout, .. } = &self.sheets[sheet];
        let is_1904 = self.inner.has_1904_epoch();
        let inner = &mut self.inner;
        let mut cells = guarded(name, || {
            inner
                .worksheet_cells_reader(name)
                .map_err(|e| fault(name, &e))
        })?;
        let shown = shown::by_style(cells.styles());
        let mut row = Row::default();
        let mut count = 0_u64;
        // The place that was read last, to find the one whose value the reader does not know.
        let mut last = (0, None);
        loop {
            let next = guarded(name, || match cells.next_cell_with_style_id() {
                Ok(next) => Ok(next.map(|(found, style)| {
                    let (at, column) = found.get_position();
                    let value = cell(found.get_value(), is_1904, shown.get(style));
                    ((at + 1, column), value)
                })),
                Err(e) => unknown_error(name, layout, last, e).map(Some),
            })?;
            let Some(((number, column), value)) = next else {
                break;
            };
            last = (number, Some(column));
            if number != row.number {
                if row.number > number {
                    return Err(ExchangeError::damaged(name, &"rows out of order"));
                }
                if row.number > 0 && send(&mut row, visit)?.is_break() {
                    return Ok(());
                }
                row.number = number;
            }
            let value = match value {
                None if layout.is_uncomputed(number, column) => Cell::Fault("=".to_owned()),
                None => continue,
                Some(value) => value,
            };
            count += 1;
            within(limits, count, column)?;
            row.cells.push((column, value));
        }
        if row.number > 0 && send(&mut row, visit)?.is_break() {
            return Ok(());
        }
        Ok(())
    }
}

/// A cell with its place: row from 1, column from 0.
type Placed<'a> = ((u32, u32), Option<Cell<'a>>);

/// `#SPILL!` and its like are newer than the reader, and no fault of the file: the cell is found
/// by what the survey noted, and reading goes on behind it.
fn unknown_error<'a>(
    name: &str,
    layout: &Layout,
    last: (u32, Option<u32>),
    error: XlsxError,
) -> Result<Placed<'a>, ExchangeError> {
    match error {
        XlsxError::CellError(text) => layout
            .error_behind(last.0, last.1)
            .map(|place| (place, Some(Cell::Fault(text))))
            .ok_or_else(|| ExchangeError::damaged(name, &"error value")),
        other => Err(fault(name, &other)),
    }
}

/// Checks the caps that only show while reading.
fn within(limits: &Limits, cells: u64, column: u32) -> Result<(), ExchangeError> {
    let columns = u64::from(column) + 1;
    for (what, limit, found) in [
        (Measure::Cells, limits.cells, cells),
        (Measure::Columns, limits.columns, columns),
    ] {
        if found > limit {
            return Err(ExchangeError::too_large(what, limit, found));
        }
    }
    Ok(())
}

fn layout_of(layouts: &[(String, Layout)], name: &str) -> Layout {
    layouts
        .iter()
        .find(|(n, _)| n == name)
        .map(|(_, layout)| layout.clone())
        .unwrap_or_default()
}

/// Hands over a row and empties it for the next one.
fn send(row: &mut Row<'_>, visit: RowVisitor<'_>) -> Result<ControlFlow<()>, ExchangeError> {
    if !row.cells.is_sorted_by_key(|(column, _)| *column) {
        row.cells.sort_by_key(|(column, _)| *column);
    }
    row.cells.dedup_by_key(|(column, _)| *column);
    let flow = visit(row)?;
    row.cells.clear();
    Ok(flow)
}

/// The cell of a value, or `None` for one that shows nothing.
fn cell<'a>(
    value: &DataRef<'a>,
    is_1904: bool,
    shown: Option<&Option<shown::Fixed>>,
) -> Option<Cell<'a>> {
    let number = |value: f64| Cell::Number {
        value,
        shown: shown.and_then(Option::as_ref).and_then(|f| f.text(value)),
    };
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => text_cell(text.clone().into())?,
        DataRef::SharedString(text) => text_cell((*text).into())?,
        DataRef::DateTimeIso(text) => Cell::Text(text.replace('T', " ").into()),
        DataRef::DurationIso(text) => Cell::Text(text.clone().into()),
        DataRef::Float(value) => number(*value),
        #[expect(
            clippy::cast_precision_loss,
            reason = "no reader gives whole numbers here"
        )]
        DataRef::Int(value) => number(*value as f64),
        DataRef::DateTime(date) if date.is_duration() => number(date.as_f64()),
        DataRef::DateTime(date) => {
            Cell::Date(date.as_f64() + if is_1904 { SYSTEM_1904 } else { 0.0 })
        }
        DataRef::Bool(truth) => Cell::Bool(*truth),
        DataRef::Error(error) => Cell::Fault(error.to_string()),
    })
}

pub(crate) fn text_cell(text: std::borrow::Cow<'_, str>) -> Option<Cell<'_>> {
    let empty = text.chars().all(|c| is_blank(c) || is_invisible(c));
    (!empty).then_some(Cell::Text(text))
}

/// Runs a foreign parser; a panic inside it is a damaged file and must not end the program.
pub(crate) fn guarded<T>(
    part: &str,
    read: impl FnOnce() -> Result<T, ExchangeError>,
) -> Result<T, ExchangeError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(ExchangeError::damaged(part, &"the reader gave up")))
}

fn fault(part: &str, fault: &XlsxError) -> ExchangeError {
    match fault {
        XlsxError::Password => ExchangeError::Encrypted,
        other => ExchangeError::damaged(part, other),
    }
}
