//! What a file would give if it were taken over: to be shown, corrected and confirmed before
//! anything is written.

use std::collections::BTreeMap;

use domain::spec::RegisterSpec;
use domain::value::Values;
use serde::{Serialize, Serializer};

use crate::classify::SkipKind;
use crate::finding::{Issue, RowStatus, Warning};
use crate::header::Column;
use crate::limits::Limits;
use crate::mapping::Mapping;
use crate::title::Context;

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The caps.
    pub limits: Limits,
    /// What a person has decided.
    pub mapping: Mapping,
    /// Fields that a row must have; `None` takes [`required_fields`].
    pub required: Option<Vec<String>>,
}

impl Options {
    pub(crate) fn required(&self, spec: &RegisterSpec) -> Vec<String> {
        self.required
            .clone()
            .unwrap_or_else(|| required_fields(spec))
    }
}

/// The fields without which a row of a ledger is no record: when it happened, what it is, and
/// whatever the register requires always. What a workflow step needs is asked for later.
#[must_use]
pub fn required_fields(spec: &RegisterSpec) -> Vec<String> {
    spec.fields
        .iter()
        .filter(|f| f.required || f.id == spec.title || Some(&f.id) == spec.event.as_ref())
        .map(|f| f.id.clone())
        .collect()
}

/// A sheet that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetSeen {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// How many fields its header names; 0 for a sheet without a table.
    pub fields: usize,
}

/// Where the table stands and what its columns are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Name of the sheet.
    pub sheet: String,
    /// Its place among the sheets, from 0.
    pub sheet_index: usize,
    /// All sheets, so that one that was not read is not overlooked.
    pub sheets: Vec<SheetSeen>,
    /// Rows above the header.
    pub title_rows: Vec<u32>,
    /// Rows of the header.
    pub header_rows: Vec<u32>,
    /// What the title says for all rows.
    pub context: Context,
    /// Every column with a header.
    pub columns: Vec<Column>,
    /// Required fields that have no column: every row will be bad.
    pub missing_fields: Vec<String>,
}

/// One record of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedRow {
    /// Row number as the spreadsheet shows it.
    pub row: u32,
    /// Whether the row is hidden in the file (a filter was left on).
    pub hidden: bool,
    /// What becomes of it.
    pub status: RowStatus,
    /// The earlier row with the same record.
    pub duplicate_of: Option<u32>,
    /// The readable values.
    #[serde(serialize_with = "values_as_json")]
    pub values: Values,
    /// Cells that are left out.
    pub issues: Vec<Issue>,
    /// Cells that were repaired or look odd.
    pub warnings: Vec<Warning>,
}

fn values_as_json<S: Serializer>(values: &Values, to: S) -> Result<S::Ok, S::Error> {
    values.json().serialize(to)
}

/// A run of rows that are no records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// First row.
    pub first: u32,
    /// Last row.
    pub last: u32,
    /// What they are.
    pub kind: SkipKind,
}

/// Numbers over all rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Records.
    pub rows: u64,
    /// Records by status.
    pub status: BTreeMap<&'static str, u64>,
    /// Faults by code.
    pub issues: BTreeMap<&'static str, u64>,
    /// Warnings by code.
    pub warnings: BTreeMap<&'static str, u64>,
}

/// What is known after the last row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Numbers over all rows.
    pub counts: Counts,
    /// Rows that are no records.
    pub skipped: Vec<Skipped>,
    /// Letters of columns that hold something but have no header.
    pub unnamed_columns: Vec<String>,
}

/// A whole file, checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// Where the table stands.
    pub table: Table,
    /// The records.
    pub rows: Vec<CheckedRow>,
    /// Numbers and skipped rows.
    pub summary: Summary,
}
