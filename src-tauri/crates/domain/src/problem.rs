//! What is wrong with which field, as a closed code with facts. The Chinese wording is made in
//! `commands`; here stands only what a program can act on.

use std::collections::BTreeMap;

use serde::Serialize;

/// Kinds of fault a typed value can have. The snake-case name is the stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// A value that must be there is not.
    Required,
    /// The register has no such field.
    UnknownField,
    /// The value is of a kind that the field cannot hold (a list where a text belongs).
    WrongKind,
    /// Not one of the choices of its list.
    UnknownChoice,
    /// Text that is no date in any known spelling.
    BadDate,
    /// A date that the calendar does not have, such as 30 February.
    ImpossibleDate,
    /// Text that is no number.
    BadNumber,
    /// Text that is no amount of money.
    BadMoney,
    /// Text that is no telephone number.
    BadPhone,
    /// A number outside its bounds.
    OutOfRange,
    /// Longer than the field may be; nothing is cut.
    TooLong,
    /// Holds a control character, which no paper can show.
    ControlCharacter,
    /// Holds half a character (a lone surrogate), usually from a broken copy and paste.
    BrokenCharacter,
    /// An end before its beginning.
    DateOrder,
    /// An event that is still to come.
    InFuture,
    /// A linked record that does not exist.
    LinkNotFound,
    /// A name that fits several records.
    LinkAmbiguous,
    /// Only the program sets this field.
    ReadOnly,
}

impl ProblemCode {
    /// The stable snake-case code, as it stands in JSON and in the word list.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::UnknownField => "unknown_field",
            Self::WrongKind => "wrong_kind",
            Self::UnknownChoice => "unknown_choice",
            Self::BadDate => "bad_date",
            Self::ImpossibleDate => "impossible_date",
            Self::BadNumber => "bad_number",
            Self::BadMoney => "bad_money",
            Self::BadPhone => "bad_phone",
            Self::OutOfRange => "out_of_range",
            Self::TooLong => "too_long",
            Self::ControlCharacter => "control_character",
            Self::BrokenCharacter => "broken_character",
            Self::DateOrder => "date_order",
            Self::InFuture => "in_future",
            Self::LinkNotFound => "link_not_found",
            Self::LinkAmbiguous => "link_ambiguous",
            Self::ReadOnly => "read_only",
        }
    }
}

/// One fault of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Field id; for a line `actions[2].occurred_at`.
    pub field: String,
    /// What is wrong.
    pub code: ProblemCode,
    /// Facts for the message: `max`, `length`, `found`, `label` …
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

impl Problem {
    /// A problem without facts.
    #[must_use]
    pub fn new(field: &str, code: ProblemCode) -> Self {
        Self {
            field: field.to_owned(),
            code,
            facts: BTreeMap::new(),
        }
    }

    /// Adds one fact for the message.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.facts.insert(key.to_owned(), value.to_string());
        self
    }
}
