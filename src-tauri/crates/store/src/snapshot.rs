//! Consistent copies of the database, proved equal to it.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Rows by table.
pub type Counts = BTreeMap<String, u64>;

/// A consistent copy, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The file.
    pub path: PathBuf,
    /// Logical digest: SHA-256 over all rows in key order, hex.
    pub digest: String,
    /// Rows by table.
    pub counts: Counts,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Size of the file in bytes.
    pub size: u64,
    /// Head of the history chain in it.
    pub history_head: String,
}
