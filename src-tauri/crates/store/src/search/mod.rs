//! The search over everything.

use domain::spec::SearchTier;
use uuid::Uuid;

use crate::error::Result;
use crate::read::Source;

/// One record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Register id.
    pub register: String,
    /// The record.
    pub uuid: Uuid,
    /// Its number.
    pub number: Option<String>,
    /// The text of its title field.
    pub title: Option<String>,
    /// Its state.
    pub state: Option<String>,
    /// The tier that it was found in.
    pub tier: SearchTier,
    /// The field that holds the text: a field id, `number`, or `<line register>.<field>`.
    pub field: String,
    /// The field's text, cut around the place where it was found when it is long. Of fields with
    /// personal data always the whole text, so that it can be masked.
    pub excerpt: String,
}

/// How many records of a register were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterCount {
    /// Register id.
    pub register: String,
    /// How many.
    pub count: u64,
    /// False when `count` may include a few records that hold all pieces of a text of three or
    /// more characters but not side by side; it is never too small.
    pub exact: bool,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchResult {
    /// The first hits by tier, then the newest.
    pub hits: Vec<Hit>,
    /// Registers with hits, in the order of their ids.
    pub counts: Vec<RegisterCount>,
}

pub(crate) fn search(src: Source<'_>, text: &str, limit: usize) -> Result<SearchResult> {
    let _ = (src, text, limit);
    unimplemented!()
}
