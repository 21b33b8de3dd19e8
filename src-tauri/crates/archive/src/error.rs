//! What can go wrong with a file, as facts: the path, what was being done, and the kind of fault.
//!
//! No wording for people is made here; `commands` turns the code and the facts into a message.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::hash::Sha256;
use crate::names::NameFault;

/// What was being done to a file or folder when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Making the file under its provisional name.
    Create,
    /// Writing its content.
    Write,
    /// Asking the system to put it on the disk.
    Sync,
    /// Reading it, in the first place or to compare.
    Read,
    /// Giving it its final name.
    Rename,
    /// Looking at what a folder holds.
    List,
    /// Removing it.
    Remove,
}

/// A fault in the file work.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// No room is left, or the quota is used up. Nothing stands under the final name.
    #[error("{operation:?} {}: no space left", path.display())]
    DiskFull {
        /// The file that was to be written.
        path: PathBuf,
        /// What was being done.
        operation: Operation,
    },
    /// The file system, the folder or the file may not be written.
    #[error("{operation:?} {}: read-only or not permitted", path.display())]
    ReadOnly {
        /// The file that was to be touched.
        path: PathBuf,
        /// What was being done.
        operation: Operation,
    },
    /// The file system cannot hold a file of this size (FAT32 ends at 4 GiB).
    #[error("{operation:?} {}: file too large for this file system", path.display())]
    TooLarge {
        /// The file that was to be written.
        path: PathBuf,
        /// What was being done.
        operation: Operation,
    },
    /// A file of that name is there and was not to be replaced.
    #[error("{} exists", path.display())]
    Exists {
        /// The file that is there.
        path: PathBuf,
    },
    /// Another writer holds the provisional file of this name.
    #[error("{} is being written by another process", path.display())]
    Busy {
        /// The final path both want.
        path: PathBuf,
    },
    /// The file or its folder is not there.
    #[error("{operation:?} {}: not found", path.display())]
    Missing {
        /// What was looked for.
        path: PathBuf,
        /// What was being done.
        operation: Operation,
    },
    /// The name cannot stand on every file system that an office uses.
    #[error("file name {name:?}: {fault:?}")]
    BadName {
        /// The name as given.
        name: String,
        /// What is wrong with it.
        fault: NameFault,
    },
    /// What was read back is not what was written: the medium cannot be trusted.
    #[error("{}: wrote {expected}, read back {found}", path.display())]
    Differs {
        /// The file that was to be written.
        path: PathBuf,
        /// Hash of what was written.
        expected: Sha256,
        /// Hash of what came back.
        found: Sha256,
    },
    /// The snapshot does not hold what its source holds, so it was not taken as a backup.
    #[error("{}: the snapshot is not equal to its source ({why})", path.display())]
    BadSnapshot {
        /// The provisional snapshot file.
        path: PathBuf,
        /// What differs; for logs.
        why: String,
    },
    /// Any other answer of the operating system.
    #[error("{operation:?} {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was being done.
        operation: Operation,
        /// The system's own error.
        source: Error,
    },
}

impl ArchiveError {
    /// Sorts an error of the operating system into the closed set above.
    #[must_use]
    pub fn from_io(path: &Path, operation: Operation, source: Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path, operation },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { path, operation }
            }
            ErrorKind::FileTooLarge => Self::TooLarge { path, operation },
            ErrorKind::NotFound => Self::Missing { path, operation },
            ErrorKind::AlreadyExists => Self::Exists { path },
            _ => Self::Io {
                path,
                operation,
                source,
            },
        }
    }

    /// The stable code of this kind of fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::DiskFull { .. } => "disk_full",
            Self::ReadOnly { .. } => "read_only_place",
            Self::TooLarge { .. } => "file_too_large",
            Self::Exists { .. } => "file_exists",
            Self::Busy { .. } => "file_busy",
            Self::Missing { .. } => "file_missing",
            Self::BadName { .. } => "bad_file_name",
            Self::Differs { .. } => "read_back_differs",
            Self::BadSnapshot { .. } => "bad_snapshot",
            Self::Io { .. } => "file_fault",
        }
    }
}
