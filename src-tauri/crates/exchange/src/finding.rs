//! What was found in a row: faults that keep a cell out, and repairs that were made.

use serde::Serialize;

/// Why a cell cannot be taken over. The snake-case name is the stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueCode {
    /// No date in any known spelling, or a day that the calendar does not have.
    BadDate,
    /// A cell that must be filled is empty.
    MissingRequired,
    /// Not one of the choices of its list.
    UnknownCode,
    /// The same record as an earlier row.
    Duplicate,
    /// No telephone number.
    BadPhone,
    /// No number, or no amount of money.
    BadNumber,
    /// A number outside its bounds.
    OutOfRange,
    /// A formula without a result.
    FormulaError,
    /// Longer than the field may be; nothing is cut.
    TooLong,
    /// Holds a control character.
    ControlCharacter,
}

impl IssueCode {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadDate => "bad_date",
            Self::MissingRequired => "missing_required",
            Self::UnknownCode => "unknown_code",
            Self::Duplicate => "duplicate",
            Self::BadPhone => "bad_phone",
            Self::BadNumber => "bad_number",
            Self::OutOfRange => "out_of_range",
            Self::FormulaError => "formula_error",
            Self::TooLong => "too_long",
            Self::ControlCharacter => "control_character",
        }
    }
}

/// What was repaired or assumed when a cell was taken over, or looks odd in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// The date had no year; that of the title was taken.
    YearAssumed,
    /// A later step has an earlier date.
    DateOrder,
    /// Several values stood in one cell.
    MultiValue,
    /// The cell says "as above" and took the value above.
    Ditto,
    /// The number stands at another record too.
    DuplicateNo,
}

impl WarningCode {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::YearAssumed => "year_assumed",
            Self::DateOrder => "date_order",
            Self::MultiValue => "multi_value",
            Self::Ditto => "ditto",
            Self::DuplicateNo => "duplicate_no",
        }
    }
}

/// Something found in one cell, or in a row as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding<Code> {
    /// What it is.
    pub code: Code,
    /// Letters of the column; `None` for the row as a whole.
    pub column: Option<String>,
    /// The field concerned.
    pub field: Option<String>,
    /// The text as it stands in the file, of a very long one the beginning; `None` for an empty
    /// cell.
    pub raw: Option<String>,
    /// The row that it is compared with (duplicates).
    pub other_row: Option<u32>,
}

/// A fault.
pub type Issue = Finding<IssueCode>;
/// A repair, an assumption or an oddity.
pub type Warning = Finding<WarningCode>;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowStatus {
    /// Everything is taken over.
    Good,
    /// Cells of optional fields are left out.
    Partial,
    /// A required field is missing or wrong.
    Bad,
    /// The same record as an earlier row.
    Duplicate,
}

impl RowStatus {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Partial => "partial",
            Self::Bad => "bad",
            Self::Duplicate => "duplicate",
        }
    }
}
