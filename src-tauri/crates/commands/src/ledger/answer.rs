//! What a person is told about a ledger: what was found where, and what is wrong where.

use std::collections::BTreeMap;

use domain::spec::{FieldKind, RegisterSpec};
use domain::value::Value;
use exchange::{CheckedRow, Finding, Summary, Table};
use serde::Serialize;

use crate::context::Ctx;
use crate::error::Outcome;
use crate::view::Viewer;
use crate::words;

/// What an import, or a look at one, found.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ImportAnswer {
    /// The batch; missing for a dry run.
    pub batch: Option<String>,
    /// Name of the sheet.
    pub sheet: String,
    /// Rows of the header.
    pub header_rows: Vec<u32>,
    /// What the title says: project, year, office.
    pub context: BTreeMap<String, String>,
    /// Every column with the field it goes to.
    pub columns: Vec<ColumnAnswer>,
    /// Required fields without a column, in Chinese.
    pub missing_columns: Vec<String>,
    /// Records found.
    pub total: u64,
    /// Records by status: good, partial, bad, duplicate.
    pub status: BTreeMap<String, u64>,
    /// Rows that are no records, by kind.
    pub skipped: BTreeMap<String, u64>,
    /// Rows with something to say, in order.
    pub rows: Vec<RowAnswer>,
    /// Departments and projects that were made because the ledger names them.
    pub made: Vec<String>,
    /// The first rows that are taken over, as they will be shown; only for a look.
    pub preview: Vec<PreviewRow>,
}

/// One row as it will be shown.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct PreviewRow {
    /// Row as the spreadsheet shows it.
    pub row: u32,
    /// Values by field id.
    pub shown: BTreeMap<String, String>,
}

/// Rows of a preview.
const PREVIEW: usize = 50;

/// The first rows that are taken over. Personal data is not masked: the clerk compares it with the
/// file.
pub(super) fn preview<'a>(
    ctx: &Ctx,
    spec: &RegisterSpec,
    rows: impl Iterator<Item = &'a CheckedRow>,
) -> Outcome<Vec<PreviewRow>> {
    let reader = ctx.reader()?;
    let mut viewer = Viewer::new(ctx, &reader, false);
    rows.take(PREVIEW)
        .map(|row| {
            let mut shown = BTreeMap::new();
            for field in spec.stored() {
                let value = row.values.get(&field.id);
                // Of a link only the words of the ledger are known yet.
                let words = match (field.kind, value) {
                    (_, Value::Null) => continue,
                    (FieldKind::Link, Value::Text(name)) => name.clone(),
                    _ => viewer.text(field, value)?,
                };
                shown.insert(field.id.clone(), words);
            }
            Ok(PreviewRow {
                row: row.row,
                shown,
            })
        })
        .collect()
}

/// One column.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ColumnAnswer {
    /// Letters.
    pub column: String,
    /// Header as in the file.
    pub header: String,
    /// Field id, or nothing when it is not taken over.
    pub field: Option<String>,
    /// The field in Chinese.
    pub label: Option<String>,
}

/// One row with findings.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RowAnswer {
    /// Row as the spreadsheet shows it.
    pub row: u32,
    /// What becomes of it.
    pub status: String,
    /// Cells that are left out.
    pub issues: Vec<FindingAnswer>,
    /// Cells that were repaired or look odd.
    pub warnings: Vec<FindingAnswer>,
}

/// One finding.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct FindingAnswer {
    /// Column letters; missing for the row as a whole.
    pub column: Option<String>,
    /// The field in Chinese.
    pub label: Option<String>,
    /// Stable code.
    pub code: String,
    /// In words.
    pub message: String,
    /// Text as it stands in the file.
    pub found: Option<String>,
}

pub(super) fn answer(
    spec: &RegisterSpec,
    table: &Table,
    rows: &[CheckedRow],
    summary: &Summary,
) -> ImportAnswer {
    let label = |field: &str| spec.field(field).map(|f| f.label.clone());
    let mut context = BTreeMap::new();
    let known = &table.context;
    for (key, value) in [
        ("project", known.project.clone()),
        ("year", known.year.map(|y| y.to_string())),
        ("office", known.office.clone()),
        ("filled_on", known.filled_on.map(|d| d.to_string())),
        ("form_code", known.form_code.clone()),
    ] {
        if let Some(value) = value {
            context.insert(key.to_owned(), value);
        }
    }
    let mut skipped: BTreeMap<String, u64> = BTreeMap::new();
    for run in &summary.skipped {
        *skipped.entry(run.kind.as_str().to_owned()).or_default() +=
            u64::from(run.last - run.first) + 1;
    }
    // Counted here and not taken from the summary: rows that are in the register already have
    // become duplicates since.
    let mut status: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows {
        *status.entry(row.status.as_str().to_owned()).or_default() += 1;
    }
    ImportAnswer {
        batch: None,
        sheet: table.sheet.clone(),
        header_rows: table.header_rows.clone(),
        context,
        columns: table
            .columns
            .iter()
            .map(|c| ColumnAnswer {
                column: c.letters.clone(),
                header: c.header.clone(),
                field: c.field().map(str::to_owned),
                label: c.field().and_then(label),
            })
            .collect(),
        missing_columns: table
            .missing_fields
            .iter()
            .filter_map(|f| label(f))
            .collect(),
        total: u64::try_from(rows.len()).unwrap_or(u64::MAX),
        status,
        skipped,
        rows: rows
            .iter()
            .filter(|r| says_something(r))
            .map(|r| row(spec, r))
            .collect(),
        made: Vec::new(),
        preview: Vec::new(),
    }
}

fn says_something(row: &CheckedRow) -> bool {
    let quiet = row.issues.is_empty() && row.warnings.is_empty();
    !quiet || row.status != exchange::RowStatus::Good
}

fn row(spec: &RegisterSpec, row: &CheckedRow) -> RowAnswer {
    RowAnswer {
        row: row.row,
        status: row.status.as_str().to_owned(),
        issues: row
            .issues
            .iter()
            .map(|i| finding(spec, i, i.code.as_str()))
            .collect(),
        warnings: row
            .warnings
            .iter()
            .map(|w| finding(spec, w, w.code.as_str()))
            .collect(),
    }
}

fn finding<C>(spec: &RegisterSpec, finding: &Finding<C>, code: &str) -> FindingAnswer {
    let facts = words::facts([(
        "row",
        finding.other_row.map(|r| r.to_string()).unwrap_or_default(),
    )]);
    FindingAnswer {
        column: finding.column.clone(),
        label: finding
            .field
            .as_deref()
            .and_then(|f| spec.field(f))
            .map(|f| f.label.clone()),
        code: code.to_owned(),
        message: words::say(&format!("import.{code}"), &facts),
        found: finding.raw.clone(),
    }
}
