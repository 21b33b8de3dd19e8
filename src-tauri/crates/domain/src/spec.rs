//! Register specs: one TOML file describes the fields of a register once.
//!
//! From a spec come entry, list columns, validation, search, import and export. A spec never makes
//! or alters a table: tables come from numbered migrations, and a test proves that both agree.
//! There is no expression language; conditions are a closed set.

pub mod catalog;
pub mod list;

use serde::{Deserialize, Serialize};

pub use catalog::{Catalog, SpecError};
pub use list::{Choice, ChoiceList};

/// What a field holds and how it is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line, at most 200 characters.
    Text,
    /// Many lines, at most 20,000 characters.
    LongText,
    /// The typed name of a person, taken from the signed paper; not a login.
    Person,
    /// Telephone numbers, digits joined by `;`.
    Phone,
    /// A day.
    Date,
    /// A point in time.
    Moment,
    /// A whole number.
    Int,
    /// An amount in fen.
    Money,
    /// A score in hundredths, 0 to 10,000.
    Score,
    /// A tick.
    Flag,
    /// One code of a choice list.
    Choice,
    /// One record of another register.
    Link,
    /// An ordered table of lines inside the record.
    Lines,
    /// SHA-256 of an attachment, lower-case hex.
    File,
    /// Computed by a named function of `domain`; not stored.
    Computed,
}

impl FieldKind {
    /// True when the field has a column in the register's table.
    #[must_use]
    pub fn is_stored(self) -> bool {
        !matches!(self, Self::Lines | Self::Computed)
    }

    /// The STRICT column type: numbers and ticks are `INTEGER`, all else `TEXT`.
    #[must_use]
    pub fn column_type(self) -> &'static str {
        match self {
            Self::Int | Self::Money | Self::Score | Self::Flag => "INTEGER",
            _ => "TEXT",
        }
    }
}

/// How a field takes part in the search over everything; also the tier it is ranked in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum SearchTier {
    /// Numbers of records and papers.
    Number,
    /// Names of people, firms, projects.
    Name,
    /// Telephone numbers.
    Phone,
    /// All other text.
    Text,
}

/// Which rule masks a personal value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// A person's name: 王**.
    Name,
    /// A telephone number: 138****1234.
    Phone,
    /// An address: kept to the district or building.
    Address,
}

/// When a field is shown or required; exactly one of the tests is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The field that is looked at.
    pub field: String,
    /// A tick that must be so.
    pub ticked: Option<bool>,
    /// Codes or texts of which one must be the value.
    pub one_of: Option<Vec<String>>,
    /// Whether anything must have been entered.
    pub filled: Option<bool>,
}

impl Condition {
    /// Whether the condition holds for these values.
    #[must_use]
    pub fn holds(&self, values: &crate::value::Values) -> bool {
        if let Some(want) = self.ticked {
            return values.tick(&self.field) == want;
        }
        if let Some(options) = &self.one_of {
            return values
                .text(&self.field)
                .is_some_and(|v| options.iter().any(|o| o == v));
        }
        self.filled
            .is_none_or(|want| values.get(&self.field).is_null() != want)
    }
}

/// A column of the register's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Width in pixels at 16 px type.
    pub width: u32,
    /// Not shown until the clerk asks for it.
    #[serde(default)]
    pub hidden: bool,
}

/// One field of a register.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// Stable English id; the column name.
    pub id: String,
    /// Chinese label; may use the office's vocabulary as `{customer}`.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// The section it stands in.
    #[serde(default)]
    pub section: String,
    /// Must always be filled.
    #[serde(default)]
    pub required: bool,
    /// Workflow steps that need it filled, by their English ids.
    #[serde(default)]
    pub required_for: Vec<String>,
    /// Only then it is shown and may be filled.
    pub shown_if: Option<Condition>,
    /// Only then the two above hold.
    pub required_if: Option<Condition>,
    /// The choice list of a `choice`.
    pub list: Option<String>,
    /// The register of a `link`.
    pub target: Option<String>,
    /// The line register of `lines`.
    pub lines: Option<String>,
    /// The function of a `computed`.
    pub function: Option<String>,
    /// Value of a new record, spelled as typed.
    pub default: Option<String>,
    /// Shown in the list.
    pub column: Option<Column>,
    /// Searched in this tier.
    pub search: Option<SearchTier>,
    /// Also found by its pinyin.
    #[serde(default)]
    pub pinyin: bool,
    /// Personal data, masked unless asked for.
    pub personal: Option<Personal>,
    /// Header words by which an import recognises the column.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// Set only by the program (workflow, import), never typed.
    #[serde(default)]
    pub read_only: bool,
    /// A line of help.
    #[serde(default)]
    pub help: String,
}

impl FieldSpec {
    /// Longest value in characters, for kinds that hold text.
    #[must_use]
    pub fn max_chars(&self) -> Option<usize> {
        match self.kind {
            FieldKind::Text | FieldKind::Person | FieldKind::Phone => Some(crate::text::TEXT_MAX),
            FieldKind::LongText => Some(crate::text::LONG_TEXT_MAX),
            _ => None,
        }
    }

    /// Whether the field is shown, and so may be required, for these values.
    #[must_use]
    pub fn applies(&self, values: &crate::value::Values) -> bool {
        self.shown_if.as_ref().is_none_or(|c| c.holds(values))
            && self.required_if.as_ref().is_none_or(|c| c.holds(values))
    }
}

/// How the records of a register are numbered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    /// Prefix of the register, such as `TS`.
    pub prefix: String,
    /// Workflow step at which the number is given; missing means when the record is made.
    pub step: Option<String>,
    /// The field whose year the number carries; missing means the entry time.
    pub year_of: Option<String>,
    /// The link to the project that the series runs in; missing means one series for the office.
    pub project: Option<String>,
}

/// A group of fields on the record page, in the order of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable id.
    pub id: String,
    /// Chinese heading.
    pub label: String,
}

/// One register, or one table of lines when `parent` is given.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterSpec {
    /// Stable English id; the table's name.
    pub id: String,
    /// Chinese name of the register.
    pub label: String,
    /// For lines: the register they stand in.
    pub parent: Option<String>,
    /// State of a new record; missing for a register without a workflow.
    pub initial_state: Option<String>,
    /// The field that names a record to a person.
    pub title: String,
    /// The field with the event time by which the register is sorted; missing means entry time.
    pub event: Option<String>,
    /// How records are numbered; missing means not at all.
    pub numbering: Option<Numbering>,
    /// Marks the register as one of the program's own (papers, attachments), not a ledger.
    #[serde(default)]
    pub internal: bool,
    /// Sections in order.
    #[serde(default, rename = "section")]
    pub sections: Vec<Section>,
    /// Fields in order.
    #[serde(rename = "field")]
    pub fields: Vec<FieldSpec>,
}

impl RegisterSpec {
    /// The field of this id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&FieldSpec> {
        self.fields.iter().find(|f| f.id == id)
    }

    /// Fields that have a column, in order.
    pub fn stored(&self) -> impl Iterator<Item = &FieldSpec> {
        self.fields.iter().filter(|f| f.kind.is_stored())
    }

    /// Fields that hold tables of lines, in order.
    pub fn line_fields(&self) -> impl Iterator<Item = &FieldSpec> {
        self.fields.iter().filter(|f| f.kind == FieldKind::Lines)
    }
}
