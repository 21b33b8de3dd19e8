//! Choice lists: codes with Chinese labels, and the words under which ledgers know them.

use serde::{Deserialize, Serialize};

use crate::text::fold;

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable code, stored in records.
    pub code: String,
    /// Chinese label, shown and printed.
    pub label: String,
    /// Other words for the same thing in ledgers.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// No longer offered, but still readable in old records.
    #[serde(default)]
    pub retired: bool,
}

/// One list of choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceList {
    /// Stable id.
    pub id: String,
    /// Chinese name of the list.
    pub label: String,
    /// The choices in the order in which they are offered.
    #[serde(rename = "choice")]
    pub choices: Vec<Choice>,
}

impl ChoiceList {
    /// The choice of this code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Choice> {
        self.choices.iter().find(|c| c.code == code)
    }

    /// The choice that a typed word means: its code, its label, or one of its synonyms, compared
    /// without regard to width, case and white space. Never a guess by likeness.
    #[must_use]
    pub fn by_word(&self, word: &str) -> Option<&Choice> {
        let wanted = fold(word);
        self.choices.iter().find(|c| {
            c.code == wanted
                || fold(&c.label) == wanted
                || c.synonyms.iter().any(|s| fold(s) == wanted)
        })
    }
}
