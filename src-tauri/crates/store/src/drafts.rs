//! Drafts: what was typed and not yet saved. Outside history, undo and search.

use domain::time::Moment;
use uuid::Uuid;

/// Input that was not saved yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Key chosen by the caller, one for each entry screen.
    pub key: String,
    /// Register id.
    pub register: String,
    /// The record that is being edited; `None` for a new one.
    pub record: Option<Uuid>,
    /// What was typed.
    pub body: serde_json::Value,
    /// When it was kept.
    pub saved_at: Moment,
}
