//! Erasing values for good.

use uuid::Uuid;

/// What is to be erased of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EraseTarget {
    /// Register id.
    pub register: String,
    /// The record.
    pub uuid: Uuid,
    /// Fields; `None` for all fields marked as personal, of the record and its lines.
    pub fields: Option<Vec<String>>,
}
