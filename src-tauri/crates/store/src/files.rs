//! Attachments: files named by their SHA-256 beside the database.

/// An attachment in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    /// SHA-256 of its bytes, lower-case hex; also its name.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}
