//! Which column of a foreign table goes into which field: as data, so that a person can look at
//! it, change it, and keep it for the next ledger of the same make.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cell::column_index;
use crate::error::ExchangeError;
use domain::spec::RegisterSpec;

/// What a column is used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnUse {
    /// It goes into this field.
    Field(String),
    /// It counts the rows (序号): no value, but it tells blank prepared rows from records.
    RowNumber,
    /// It is not taken over.
    Ignore,
}

/// What a person has decided about a table; everything left out is found by the program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// The sheet to read.
    pub sheet: Option<String>,
    /// The rows of the header, from 1: one or two.
    pub header_rows: Vec<u32>,
    /// Column letters and their use.
    pub columns: BTreeMap<String, ColumnUse>,
    /// By field: a word of the ledger and the code that it means in this office.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

impl Mapping {
    /// Checks that every field is there and no field is given twice.
    ///
    /// # Errors
    /// [`ExchangeError::BadMapping`] with what does not fit.
    pub fn check(&self, spec: &RegisterSpec) -> Result<(), ExchangeError> {
        let bad = |what: String| Err(ExchangeError::BadMapping { what });
        let mut taken: Vec<&str> = Vec::new();
        for (letters, usage) in &self.columns {
            if column_index(letters).is_none() {
                return bad(format!("column {letters}"));
            }
            let ColumnUse::Field(field) = usage else {
                continue;
            };
            if spec.field(field).is_none_or(|f| !is_importable(f)) {
                return bad(format!("field {field}"));
            }
            if taken.contains(&field.as_str()) {
                return bad(format!("field {field} twice"));
            }
            taken.push(field);
        }
        match self.words.keys().find(|field| spec.field(field).is_none()) {
            Some(field) => bad(format!("field {field}")),
            None => Ok(()),
        }
    }

    /// The use that was given for a column, if any.
    pub(crate) fn given(&self, letters: &str) -> Option<&ColumnUse> {
        self.columns.get(letters)
    }
}

/// Whether a column of a ledger can fill a field: computed fields, tables of lines and files
/// have no cell.
#[must_use]
pub fn is_importable(field: &domain::spec::FieldSpec) -> bool {
    use domain::spec::FieldKind::{Computed, File, Lines};
    !matches!(field.kind, Computed | File | Lines)
}
