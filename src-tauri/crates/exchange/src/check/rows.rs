//! The state that goes with the rows: what stood above, what is open from merged cells, what was
//! skipped.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::spec::{Catalog, RegisterSpec};
use domain::text::{fold, is_blank};
use domain::value::Values;

use super::compare::Comparer;
use crate::cell::{Cell, Row, column_letters};
use crate::classify::{SkipKind, column_at, skip_kind};
use crate::finding::{Finding, IssueCode, RowStatus, WarningCode};
use crate::header::Column;
use crate::package::{Layout, Merge};
use crate::plan::{CheckedRow, Options, Skipped, Summary, Table};
use crate::reading::FieldReader;

/// What a ledger writes for "the same as above".
const DITTO: [&str; 8] = ["同上", "同前", "〃", "″", "\"", "''", "“", "”"];

/// One mapped column with the reader of its field.
struct Mapped<'a> {
    column: &'a Column,
    field: &'a str,
    reader: FieldReader<'a>,
}

/// Checks row after row.
pub(super) struct Checker<'a> {
    table: &'a Table,
    layout: &'a Layout,
    mapped: Vec<Mapped<'a>>,
    required: Vec<String>,
    comparer: Comparer<'a>,
    /// The last record; it is handed over when the next one no longer needs it.
    above: Option<CheckedRow>,
    /// Merged cells that reach further down: column → last row and content.
    open: BTreeMap<u32, (u32, Cell<'static>)>,
    next_merge: usize,
    last_row: u32,
    summary: Summary,
}

impl<'a> Checker<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        spec: &'a RegisterSpec,
        options: &Options,
        table: &'a Table,
        layout: &'a Layout,
    ) -> Self {
        let words = &options.mapping.words;
        let mapped = table
            .columns
            .iter()
            .filter_map(|column| {
                let field = spec.field(column.field()?)?;
                let reader = FieldReader::new(catalog, spec, field, words.get(&field.id));
                Some(Mapped {
                    column,
                    field: &field.id,
                    reader,
                })
            })
            .collect();
        Self {
            table,
            layout,
            mapped,
            required: options.required(spec),
            comparer: Comparer::new(spec),
            above: None,
            open: BTreeMap::new(),
            next_merge: 0,
            last_row: table.header_rows.last().copied().unwrap_or(0),
            summary: Summary::default(),
        }
    }

    /// Takes the next row of the sheet; gives the record before it, when this row is one too.
    pub(super) fn take(&mut self, row: &Row<'_>) -> Option<CheckedRow> {
        let header = self.table.header_rows.last().copied().unwrap_or(0);
        if row.number <= header {
            return None;
        }
        if row.number > self.last_row + 1 {
            self.skip(self.last_row + 1, row.number - 1, SkipKind::Blank);
        }
        self.last_row = row.number;
        self.open_merges(row);
        if let Some(kind) = skip_kind(row, &self.table.columns) {
            self.skip(row.number, row.number, kind);
            return None;
        }
        self.note_unnamed(row);
        let checked = self.check(row);
        self.count(&checked);
        self.above.replace(checked)
    }

    /// The last record and the summary.
    pub(super) fn finish(mut self) -> (Option<CheckedRow>, Summary) {
        (self.above.take(), self.summary)
    }

    fn skip(&mut self, first: u32, last: u32, kind: SkipKind) {
        match self.summary.skipped.last_mut() {
            Some(run) if run.kind == kind && run.last + 1 == first => run.last = last,
            _ => self.summary.skipped.push(Skipped { first, last, kind }),
        }
    }

    /// Remembers what merged cells that begin in this row hold for the rows below.
    fn open_merges(&mut self, row: &Row<'_>) {
        self.open.retain(|_, (bottom, _)| *bottom >= row.number);
        while let Some(merge) = self.layout.merges.get(self.next_merge) {
            if merge.top > row.number {
                break;
            }
            self.next_merge += 1;
            let Merge {
                top, bottom, left, ..
            } = *merge;
            let mapped = column_at(&self.table.columns, left).is_some_and(|c| c.field().is_some());
            if top == row.number
                && bottom > top
                && mapped
                && let Some(cell) = row.cell(left)
            {
                self.open.insert(left, (bottom, cell.clone().into_owned()));
            }
        }
    }

    fn note_unnamed(&mut self, row: &Row<'_>) {
        // A sheet has few columns without a header; one with many is named by its first ones.
        const MOST: usize = 20;
        for (at, _) in &row.cells {
            if column_at(&self.table.columns, *at).is_none()
                && self.summary.unnamed_columns.len() < MOST
            {
                let letters = column_letters(*at);
                if !self.summary.unnamed_columns.contains(&letters) {
                    self.summary.unnamed_columns.push(letters);
                }
            }
        }
    }

    fn check(&mut self, row: &Row<'_>) -> CheckedRow {
        let mut checked = CheckedRow {
            row: row.number,
            hidden: self.layout.hides_row(row.number),
            status: RowStatus::Good,
            duplicate_of: None,
            values: Values::new(),
            issues: Vec::new(),
            warnings: Vec::new(),
        };
        for mapped in &self.mapped {
            let index = mapped.column.index;
            let open = self.open.get(&index).map(|(_, cell)| cell);
            if let Some(cell) = row.cell(index).or(open) {
                self.read_cell(mapped, cell, &mut checked);
            }
        }
        self.ask_required(&mut checked);
        let columns = self.mapped.iter().map(|m| (m.field, m.column));
        self.comparer.compare(columns, row, &mut checked);
        checked.status = self.status(&checked);
        checked
    }

    fn read_cell(&self, mapped: &Mapped<'_>, cell: &Cell<'_>, checked: &mut CheckedRow) {
        if let Cell::Text(text) = cell
            && is_ditto(text)
            && let Some(above) = &self.above
        {
            self.take_from_above(mapped, above, text, checked);
            return;
        }
        match mapped.reader.read(cell, self.table.context.year) {
            Ok(reading) => {
                if let Some(code) = reading.warning {
                    checked
                        .warnings
                        .push(finding(code, mapped, Some(cell.text())));
                }
                if let Some(tick) = reading.instead {
                    checked.values.set(&tick, true);
                } else if !reading.value.is_null() {
                    checked.values.set(mapped.field, reading.value);
                }
            }
            Err(code) => checked
                .issues
                .push(finding(code, mapped, Some(cell.text()))),
        }
    }

    /// "As above": the value above, and its fault as well.
    fn take_from_above(
        &self,
        mapped: &Mapped<'_>,
        above: &CheckedRow,
        raw: &str,
        checked: &mut CheckedRow,
    ) {
        let fault = above
            .issues
            .iter()
            .find(|i| i.field.as_deref() == Some(mapped.field) && i.raw.is_some());
        if let Some(issue) = fault {
            checked
                .issues
                .push(finding(issue.code, mapped, Some(raw.into())));
            return;
        }
        let value = above.values.get(mapped.field);
        if !value.is_null() {
            checked.values.set(mapped.field, value.clone());
        }
        let ditto = finding(WarningCode::Ditto, mapped, Some(raw.into()));
        checked.warnings.push(ditto);
    }

    fn ask_required(&self, checked: &mut CheckedRow) {
        for field in &self.required {
            let named = |i: &Finding<IssueCode>| i.field.as_ref() == Some(field);
            if !checked.values.get(field).is_null() || checked.issues.iter().any(named) {
                continue;
            }
            let column = self.mapped.iter().find(|m| m.field == field);
            checked.issues.push(Finding {
                code: IssueCode::MissingRequired,
                column: column.map(|m| m.column.letters.clone()),
                field: Some(field.clone()),
                raw: None,
                other_row: None,
            });
        }
    }

    fn status(&self, checked: &CheckedRow) -> RowStatus {
        let needed = |i: &Finding<IssueCode>| {
            i.field
                .as_ref()
                .is_some_and(|f| self.required.iter().any(|r| r == f))
        };
        if checked.duplicate_of.is_some() {
            RowStatus::Duplicate
        } else if checked.issues.iter().any(needed) {
            RowStatus::Bad
        } else if checked.issues.is_empty() {
            RowStatus::Good
        } else {
            RowStatus::Partial
        }
    }

    fn count(&mut self, checked: &CheckedRow) {
        let counts = &mut self.summary.counts;
        counts.rows += 1;
        *counts.status.entry(checked.status.as_str()).or_default() += 1;
        for issue in &checked.issues {
            *counts.issues.entry(issue.code.as_str()).or_default() += 1;
        }
        for warning in &checked.warnings {
            *counts.warnings.entry(warning.code.as_str()).or_default() += 1;
        }
    }
}

fn is_ditto(text: &str) -> bool {
    // Few cells begin so; folding every short cell would cost more than reading it.
    let start = text.trim_start_matches(is_blank);
    start.len() <= 24
        && start.starts_with(['同', '〃', '″', '"', '\'', '“', '”'])
        && DITTO.contains(&fold(start).as_str())
}

fn finding<Code>(code: Code, mapped: &Mapped<'_>, raw: Option<Cow<'_, str>>) -> Finding<Code> {
    Finding {
        code,
        column: Some(mapped.column.letters.clone()),
        field: Some(mapped.field.to_owned()),
        raw: raw.map(quoted),
        other_row: None,
    }
}

/// The text of a cell for a message: whole, unless it would fill a page.
fn quoted(raw: Cow<'_, str>) -> String {
    const MOST: usize = 1000;
    match raw.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &raw[..end]),
        None => raw.into_owned(),
    }
}
