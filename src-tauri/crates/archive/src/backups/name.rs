//! The name of a backup file: its running number, and what the clock said.
//!
//! The number orders; the stamp is for people. What the file holds stands in the sidecar.

use chrono::{NaiveDateTime, Utc};
use domain::time::{Moment, china};

/// UTC, so that a name does not depend on where the laptop was.
const STAMP: &str = "%Y%m%dT%H%M%SZ";

/// The name of a backup: its number in the folder and what the clock said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupName {
    /// Running number; greater is newer, whatever the stamp says.
    pub sequence: u64,
    /// When it was made, whole seconds.
    pub made_at: Moment,
}

impl BackupName {
    /// The file name with an extension (`db` or `json`).
    #[must_use]
    pub fn file_name(&self, extension: &str) -> String {
        let stamp = self.made_at.with_timezone(&Utc).format(STAMP);
        format!("{:06}-{stamp}.{extension}", self.sequence)
    }

    /// Reads a file name with that extension; `None` for any other file.
    #[must_use]
    pub fn parse(file_name: &str, extension: &str) -> Option<Self> {
        let stem = file_name.strip_suffix(extension)?.strip_suffix('.')?;
        let (sequence, stamp) = stem.split_once('-')?;
        let made_at = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?;
        let name = Self {
            sequence: sequence.parse().ok()?,
            made_at: made_at.and_utc().with_timezone(&china()),
        };
        // One spelling only, so that two names never mean the same backup.
        (name.file_name(extension) == file_name).then_some(name)
    }
}
