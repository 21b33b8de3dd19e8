//! Checks a table row by row: finds it, classifies its rows, reads its cells, compares rows with
//! each other. One row is held at a time; what grows with the file are 24 bytes a row to find
//! records that stand twice.

use std::ops::ControlFlow;
use std::path::Path;

use domain::spec::{Catalog, RegisterSpec};

use crate::cell::Row;
use crate::error::ExchangeError;
use crate::header::{self, HEAD_ROWS, Header};
use crate::plan::{CheckedRow, Options, Plan, SheetSeen, Summary, Table};
use crate::source::Book;
use crate::title::Context;
use crate::vocabulary::Vocabulary;

mod compare;
mod rows;

/// Receives one checked row after the other; breaking stops the check.
pub type RowSink<'a> = &'a mut dyn FnMut(CheckedRow) -> ControlFlow<()>;

/// Finds the table of a register in a file.
///
/// # Errors
/// [`ExchangeError::NoTable`] when no sheet has its header; faults of the file; a mapping that
/// does not fit.
pub fn find_table(
    book: &mut Book,
    spec: &RegisterSpec,
    options: &Options,
) -> Result<Table, ExchangeError> {
    let mapping = &options.mapping;
    mapping.check(spec)?;
    let vocabulary = Vocabulary::new(spec);
    let required = options.required(spec);
    let names: Vec<String> = book.sheets().iter().map(|s| s.name.clone()).collect();
    if let Some(wanted) = &mapping.sheet
        && !names.contains(wanted)
    {
        let name = wanted.clone();
        return Err(ExchangeError::NoSheet { name });
    }
    let mut sheets = Vec::new();
    let mut best: Option<(usize, Header, Vec<Row<'static>>)> = None;
    for (index, name) in names.iter().enumerate() {
        let asked = mapping.sheet.as_ref().is_none_or(|wanted| wanted == name);
        let rows = head_rows(book, index)?;
        let info = &book.sheets()[index];
        let layout = &info.layout;
        let found = header::find(&rows, layout, spec, &vocabulary, mapping, &required);
        sheets.push(SheetSeen {
            name: name.clone(),
            hidden: info.hidden,
            fields: found.as_ref().map_or(0, |f| f.fields),
        });
        let Some(found) = found.filter(|_| asked) else {
            continue;
        };
        // A visible sheet wins over a hidden one, then the one with more fields, then the first.
        let rank = |hidden: bool, fields: usize| (!hidden, fields);
        let better = best.as_ref().is_none_or(|(at, b, _)| {
            rank(info.hidden, found.fields) > rank(sheets[*at].hidden, b.fields)
        });
        if better {
            best = Some((index, found, rows));
        }
    }
    let Some((index, header, rows)) = best else {
        return Err(ExchangeError::NoTable { sheets: names });
    };
    Ok(table(
        index,
        &names[index],
        sheets,
        header,
        &rows,
        &required,
    ))
}

fn table(
    index: usize,
    name: &str,
    sheets: Vec<SheetSeen>,
    header: Header,
    rows: &[Row<'_>],
    required: &[String],
) -> Table {
    let (first, last) = header.rows;
    let lines: Vec<String> = rows
        .iter()
        .take_while(|row| row.number < first)
        .flat_map(|row| &row.cells)
        .flat_map(|(_, cell)| {
            let text = cell.text();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let has = |field: &String| header.columns.iter().any(|c| c.field() == Some(field));
    Table {
        sheet: name.to_owned(),
        sheet_index: index,
        sheets,
        title_rows: (1..first).collect(),
        header_rows: (first..=last).collect(),
        context: Context::read(&lines, &[name]),
        missing_fields: required.iter().filter(|f| !has(f)).cloned().collect(),
        columns: header.columns,
    }
}

/// The first rows of a sheet that hold something.
fn head_rows(book: &mut Book, sheet: usize) -> Result<Vec<Row<'static>>, ExchangeError> {
    let mut rows = Vec::new();
    book.each_row(sheet, &mut |row| {
        if !row.cells.is_empty() {
            rows.push(std::mem::take(row).into_owned());
        }
        Ok(if rows.len() < HEAD_ROWS {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        })
    })?;
    Ok(rows)
}

/// Checks every row of a table and hands it over.
///
/// # Errors
/// Faults of the file, also in the middle; [`ExchangeError::Stopped`] when the sink breaks.
pub fn check_rows(
    book: &mut Book,
    catalog: &Catalog,
    spec: &RegisterSpec,
    options: &Options,
    table: &Table,
    sink: RowSink<'_>,
) -> Result<Summary, ExchangeError> {
    let layout = book.sheets()[table.sheet_index].layout.clone();
    let mut checker = rows::Checker::new(catalog, spec, options, table, &layout);
    book.each_row(table.sheet_index, &mut |row| {
        let flow = match checker.take(row) {
            Some(checked) => sink(checked),
            None => ControlFlow::Continue(()),
        };
        match flow {
            ControlFlow::Continue(()) => Ok(ControlFlow::Continue(())),
            ControlFlow::Break(()) => Err(ExchangeError::Stopped),
        }
    })?;
    let (last, summary) = checker.finish();
    if let Some(checked) = last
        && sink(checked).is_break()
    {
        return Err(ExchangeError::Stopped);
    }
    Ok(summary)
}

/// Checks a whole file and keeps every row: for ledgers that fit on a screen. Large ones go
/// through [`check_rows`].
///
/// # Errors
/// As [`find_table`] and [`check_rows`].
pub fn check(
    path: &Path,
    catalog: &Catalog,
    spec: &RegisterSpec,
    options: &Options,
) -> Result<Plan, ExchangeError> {
    let mut book = Book::open(path, &options.limits)?;
    let table = find_table(&mut book, spec, options)?;
    let mut rows = Vec::new();
    let summary = check_rows(&mut book, catalog, spec, options, &table, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })?;
    Ok(Plan {
        table,
        rows,
        summary,
    })
}
