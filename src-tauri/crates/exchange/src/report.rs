//! The clerk's copy of what an import found: which cell, what stands in it, what is wrong.
//!
//! The words come from the caller; here stand only their keys.

use std::path::Path;

use domain::spec::RegisterSpec;
use domain::time::Moment;

use crate::classify::SkipKind;
use crate::error::ExchangeError;
use crate::finding::{Finding, IssueCode, RowStatus, WarningCode};
use crate::mapping::ColumnUse;
use crate::plan::{CheckedRow, Plan};
use crate::vocabulary::Reason;
use crate::writer::{BookWriter, ColumnKind, MOST_UNITS, Out, OutColumn};

/// The word for a key; every key of [`report_keys`] must have one.
pub type Word<'a> = &'a dyn Fn(&str) -> String;

const SHEETS: [&str; 4] = [
    "sheet_findings",
    "sheet_columns",
    "sheet_rows",
    "sheet_overview",
];
const HEADERS: [&str; 15] = [
    "row",
    "column",
    "header",
    "field",
    "found",
    "severity",
    "reason",
    "status",
    "other_row",
    "hidden",
    "from_row",
    "to_row",
    "kind",
    "what",
    "count",
];
const OTHERS: [&str; 13] = [
    "issue",
    "warning",
    "yes",
    "ignored",
    "row_number",
    "whole_row",
    "sheet_name",
    "project",
    "year",
    "office",
    "filled_on",
    "records",
    "unread_sheet",
];

/// Every key for which a report asks a word: `status.good`, `issue.bad_date` …
#[must_use]
pub fn report_keys() -> Vec<String> {
    use IssueCode as I;
    use RowStatus as S;
    use SkipKind as K;
    use WarningCode as W;
    let issues = [
        I::BadDate,
        I::MissingRequired,
        I::UnknownCode,
        I::Duplicate,
        I::BadPhone,
        I::BadNumber,
        I::OutOfRange,
        I::FormulaError,
        I::TooLong,
        I::ControlCharacter,
    ];
    let warnings = [
        W::YearAssumed,
        W::DateOrder,
        W::MultiValue,
        W::Ditto,
        W::DuplicateNo,
    ];
    let statuses = [S::Good, S::Partial, S::Bad, S::Duplicate];
    let skips = [
        K::Blank,
        K::NumberedBlank,
        K::RepeatedHeader,
        K::Subtotal,
        K::Footer,
        K::Note,
    ];
    let reasons = [
        Reason::Given,
        Reason::Label,
        Reason::Synonym,
        Reason::WithoutBrackets,
        Reason::Ending,
        Reason::RowNumber,
        Reason::Computed,
        Reason::Taken,
        Reason::Unknown,
    ];
    let plain = SHEETS.iter().chain(&HEADERS).chain(&OTHERS);
    plain
        .map(|key| (*key).to_owned())
        .chain(issues.map(|c| format!("issue.{}", c.as_str())))
        .chain(warnings.map(|c| format!("warning.{}", c.as_str())))
        .chain(statuses.map(|s| format!("status.{}", s.as_str())))
        .chain(skips.map(|k| format!("skipped.{}", k.as_str())))
        .chain(reasons.map(|r| format!("matched.{}", r.as_str())))
        .collect()
}

/// Writes the report of a plan. A plan that was made from a stream may hold only the rows with
/// findings; the counts are those of its summary.
///
/// # Errors
/// The folder cannot be written, or what was written does not read back.
pub fn write_report(
    plan: &Plan,
    spec: &RegisterSpec,
    path: &Path,
    created: Moment,
    word: Word<'_>,
) -> Result<u64, ExchangeError> {
    let mut report = Report {
        plan,
        spec,
        word,
        book: BookWriter::new(path, created)?,
    };
    report.findings()?;
    report.columns()?;
    report.rows()?;
    report.overview()?;
    report.book.finish()
}

struct Report<'a> {
    plan: &'a Plan,
    spec: &'a RegisterSpec,
    word: Word<'a>,
    book: BookWriter,
}

impl Report<'_> {
    fn text(&self, key: &str) -> Out {
        Out::Text((self.word)(key))
    }

    fn sheet(
        &mut self,
        name: &str,
        columns: &[(&str, ColumnKind, f64)],
        rows: &[Vec<Out>],
    ) -> Result<(), ExchangeError> {
        let columns: Vec<OutColumn> = columns
            .iter()
            .map(|(key, kind, width)| OutColumn {
                header: (self.word)(key),
                kind: *kind,
                width: *width,
            })
            .collect();
        let name = (self.word)(name);
        let mut sheet = self.book.sheet(&name, &columns)?;
        for row in rows {
            self.book.row(&mut sheet, row)?;
        }
        self.book.end(sheet)
    }

    /// Every cell that is wrong or was repaired, in the order of the ledger.
    fn findings(&mut self) -> Result<(), ExchangeError> {
        let mut rows = Vec::new();
        for row in &self.plan.rows {
            for issue in &row.issues {
                let reason = format!("issue.{}", issue.code.as_str());
                rows.push(self.finding(row, issue, "issue", &reason));
            }
            for warning in &row.warnings {
                let reason = format!("warning.{}", warning.code.as_str());
                rows.push(self.finding(row, warning, "warning", &reason));
            }
        }
        use ColumnKind::{Text, Whole};
        self.sheet(
            "sheet_findings",
            &[
                ("row", Whole, 7.0),
                ("column", Text, 6.0),
                ("header", Text, 16.0),
                ("field", Text, 16.0),
                ("found", Text, 36.0),
                ("severity", Text, 8.0),
                ("reason", Text, 44.0),
                ("other_row", Whole, 9.0),
                ("status", Text, 12.0),
            ],
            &rows,
        )
    }

    fn finding<C>(
        &self,
        row: &CheckedRow,
        finding: &Finding<C>,
        severity: &str,
        reason: &str,
    ) -> Vec<Out> {
        let letters = finding.column.as_deref();
        let columns = &self.plan.table.columns;
        let header = letters.and_then(|l| columns.iter().find(|c| c.letters == l));
        let label = finding.field.as_deref().and_then(|f| self.spec.field(f));
        let optional = |text: Option<String>| text.map_or(Out::Empty, Out::Text);
        vec![
            Out::Whole(i64::from(row.row)),
            letters.map_or_else(|| self.text("whole_row"), |l| Out::Text(l.to_owned())),
            optional(header.map(|c| c.header.clone())),
            optional(label.map(|f| f.label.clone())),
            optional(finding.raw.as_deref().map(fitting)),
            self.text(severity),
            self.text(reason),
            finding
                .other_row
                .map_or(Out::Empty, |r| Out::Whole(i64::from(r))),
            self.text(&format!("status.{}", row.status.as_str())),
        ]
    }

    /// What became of each column.
    fn columns(&mut self) -> Result<(), ExchangeError> {
        let mut rows = Vec::new();
        for column in &self.plan.table.columns {
            let usage = match &column.usage {
                ColumnUse::Field(id) => match self.spec.field(id) {
                    Some(field) => Out::Text(field.label.clone()),
                    None => Out::Text(id.clone()),
                },
                ColumnUse::RowNumber => self.text("row_number"),
                ColumnUse::Ignore => self.text("ignored"),
            };
            rows.push(vec![
                Out::Text(column.letters.clone()),
                Out::Text(fitting(&column.header)),
                usage,
                self.text(&format!("matched.{}", column.reason.as_str())),
                self.yes(column.hidden),
            ]);
        }
        use ColumnKind::Text;
        self.sheet(
            "sheet_columns",
            &[
                ("column", Text, 6.0),
                ("header", Text, 24.0),
                ("field", Text, 24.0),
                ("reason", Text, 32.0),
                ("hidden", Text, 8.0),
            ],
            &rows,
        )
    }

    /// Rows that were no records.
    fn rows(&mut self) -> Result<(), ExchangeError> {
        let rows: Vec<_> = self
            .plan
            .summary
            .skipped
            .iter()
            .map(|run| {
                vec![
                    Out::Whole(i64::from(run.first)),
                    Out::Whole(i64::from(run.last)),
                    self.text(&format!("skipped.{}", run.kind.as_str())),
                ]
            })
            .collect();
        use ColumnKind::{Text, Whole};
        self.sheet(
            "sheet_rows",
            &[
                ("from_row", Whole, 9.0),
                ("to_row", Whole, 9.0),
                ("kind", Text, 24.0),
            ],
            &rows,
        )
    }

    /// What the title said, and the numbers.
    fn overview(&mut self) -> Result<(), ExchangeError> {
        let table = &self.plan.table;
        let context = &table.context;
        let counts = &self.plan.summary.counts;
        let mut rows = vec![vec![
            self.text("sheet_name"),
            Out::Text(table.sheet.clone()),
        ]];
        let filled_on = context.filled_on.map(|d| d.to_string());
        for (key, value) in [
            ("project", context.project.clone()),
            ("office", context.office.clone()),
            ("year", context.year.map(|y| y.to_string())),
            ("filled_on", filled_on),
        ] {
            let value = value.as_deref().map(fitting);
            rows.extend(value.map(|v| vec![self.text(key), Out::Text(v)]));
        }
        let number = |n: u64| Out::Whole(i64::try_from(n).unwrap_or(i64::MAX));
        rows.push(vec![self.text("records"), number(counts.rows)]);
        for (kind, numbers) in [
            ("status", &counts.status),
            ("issue", &counts.issues),
            ("warning", &counts.warnings),
        ] {
            for (code, n) in numbers {
                rows.push(vec![self.text(&format!("{kind}.{code}")), number(*n)]);
            }
        }
        for sheet in table.sheets.iter().filter(|s| s.name != table.sheet) {
            let name = Out::Text(sheet.name.clone());
            rows.push(vec![self.text("unread_sheet"), name]);
        }
        use ColumnKind::Text;
        self.sheet(
            "sheet_overview",
            &[("what", Text, 36.0), ("count", Text, 36.0)],
            &rows,
        )
    }

    fn yes(&self, yes: bool) -> Out {
        if yes { self.text("yes") } else { Out::Empty }
    }
}

/// A report quotes; the whole of a text that fills more than a cell stands in the ledger.
fn fitting(text: &str) -> String {
    const MOST: usize = 1000;
    const { assert!(MOST < MOST_UNITS / 2) };
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
