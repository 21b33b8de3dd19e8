//! Everything that can go wrong in the store, with the facts a message needs. No wording for
//! people: that is made in `commands` from [`Error::code`] and the fields.

use std::io;
use std::path::{Path, PathBuf};

use domain::spec::FieldKind;
use thiserror::Error;
use uuid::Uuid;

use crate::undo::Refusal;

/// The result of a store call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder holds no office.
    #[error("no office in {path}")]
    NoOffice {
        /// The folder.
        path: PathBuf,
    },
    /// The folder already holds an office, so none can be made in it.
    #[error("an office is already in {path}")]
    OfficeExists {
        /// The folder.
        path: PathBuf,
    },
    /// The pointer file names nothing usable.
    #[error("pointer file {path} is broken")]
    Pointer {
        /// The pointer file.
        path: PathBuf,
    },
    /// Another program has the office open.
    #[error("{path} is open in another program")]
    InUse {
        /// The office folder.
        path: PathBuf,
    },
    /// The database file has no bytes.
    #[error("{path} is empty")]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The database file is shorter than its header says.
    #[error("{path} is cut: {found} of {expected} bytes")]
    Truncated {
        /// The file.
        path: PathBuf,
        /// Bytes that the header promises.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// The file is no database of this program.
    #[error("{path} is no file of this program")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of the program made the file, and this one may not open it.
    #[error("{path} has schema {file}, this program knows {ours}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Schema number of the file.
        file: u32,
        /// Newest schema number that this program knows.
        ours: u32,
    },
    /// The file does not pass its checks.
    #[error("{path} is damaged: {}", .findings.join("; "))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the checks said, for support.
        findings: Vec<String>,
    },
    /// The place cannot be written to.
    #[error("{path} cannot be written to")]
    ReadOnly {
        /// The folder or file.
        path: PathBuf,
    },
    /// The disk is full; what was confirmed before is safe.
    #[error("no space left for {path}")]
    DiskFull {
        /// The folder or file.
        path: PathBuf,
    },
    /// Another failure of the file system.
    #[error("{op} {path}: {source}")]
    Io {
        /// What was being done.
        op: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// SQLite refused.
    #[error("database: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// A migration failed; the file is as it was.
    #[error("migration {number} failed: {reason}")]
    Migration {
        /// The step that failed.
        number: u32,
        /// What it said.
        reason: String,
        /// The backup made before the first step.
        backup: Option<PathBuf>,
    },
    /// Specs and tables do not agree: a fault of the program.
    #[error("specs and tables differ: {}", .0.join("; "))]
    SchemaMismatch(Vec<String>),
    /// No register has this id.
    #[error("no register {0}")]
    UnknownRegister(String),
    /// A line register where a register belongs, or the other way round.
    #[error("{0} is not of the kind that belongs here")]
    WrongRegister(String),
    /// The register has no such field, or it is not stored.
    #[error("{register} has no stored field {field}")]
    UnknownField {
        /// Register id.
        register: String,
        /// Field id.
        field: String,
    },
    /// The value is of a kind that the field cannot hold.
    #[error("{register}.{field} holds {wanted:?}, not {found}")]
    WrongKind {
        /// Register id.
        register: String,
        /// Field id.
        field: String,
        /// Kind of the field.
        wanted: FieldKind,
        /// Kind of the value.
        found: &'static str,
    },
    /// The code is not in the field's choice list.
    #[error("{register}.{field} has no such choice")]
    UnknownChoice {
        /// Register id.
        register: String,
        /// Field id.
        field: String,
        /// The code.
        code: String,
    },
    /// The text is longer than the field may be; nothing is cut.
    #[error("{register}.{field}: {length} characters, {max} fit")]
    TooLong {
        /// Register id.
        register: String,
        /// Field id.
        field: String,
        /// Characters that fit.
        max: usize,
        /// Characters that came.
        length: usize,
    },
    /// The text holds a NUL character, which SQL text functions stop at.
    #[error("{register}.{field} holds a NUL character")]
    Nul {
        /// Register id.
        register: String,
        /// Field id.
        field: String,
    },
    /// The linked record does not exist.
    #[error("{register}.{field} links to a record that is not there")]
    LinkNotFound {
        /// Register id.
        register: String,
        /// Field id.
        field: String,
        /// The link's text.
        link: String,
    },
    /// The attachment is not in the folder, so no row may name it.
    #[error("no attachment {sha256}")]
    FileMissing {
        /// Its hash.
        sha256: String,
    },
    /// The attachment's bytes are not those that its name says.
    #[error("attachment {sha256} has changed on disk")]
    FileRot {
        /// The hash it should have.
        sha256: String,
    },
    /// No such record or line.
    #[error("no {register} {uuid}")]
    NotFound {
        /// Register id.
        register: String,
        /// Its identifier.
        uuid: Uuid,
    },
    /// The record is in the recycle bin.
    #[error("{register} {uuid} is deleted")]
    Deleted {
        /// Register id.
        register: String,
        /// Its identifier.
        uuid: Uuid,
    },
    /// Somebody saved the record since it was read.
    #[error("{register} {uuid} is at version {found}, not {expected}")]
    Stale {
        /// Register id.
        register: String,
        /// Its identifier.
        uuid: Uuid,
        /// The version that the save names.
        expected: i64,
        /// The version it has.
        found: i64,
    },
    /// The record already has a number.
    #[error("{register} {uuid} already has a number")]
    AlreadyNumbered {
        /// Register id.
        register: String,
        /// Its identifier.
        uuid: Uuid,
    },
    /// The number was given before; numbers are never used twice.
    #[error("number {number} was given before")]
    NumberTaken {
        /// The number.
        number: String,
    },
    /// No such number, or it is not in a state that allows this.
    #[error("number {number} cannot be used so")]
    NumberState {
        /// The number or `series/sequence`.
        number: String,
    },
    /// The undo or redo is refused.
    #[error("undo refused: {0}")]
    Undo(#[from] Refusal),
    /// A snapshot does not hold what the database holds.
    #[error("snapshot {path} does not verify: {what}")]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// A filter, sort or value that the query cannot have.
    #[error("query: {0}")]
    Query(String),
}

impl Error {
    /// Stable code for `commands` to choose its words by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoOffice { .. } => "no_office",
            Self::OfficeExists { .. } => "office_exists",
            Self::Pointer { .. } => "pointer_broken",
            Self::InUse { .. } => "in_use",
            Self::Empty { .. } => "file_empty",
            Self::Truncated { .. } => "file_truncated",
            Self::Foreign { .. } => "file_foreign",
            Self::Newer { .. } => "file_newer",
            Self::Damaged { .. } => "file_damaged",
            Self::ReadOnly { .. } => "read_only",
            Self::DiskFull { .. } => "disk_full",
            Self::Io { .. } => "io",
            Self::Sqlite(_) => "database",
            Self::Migration { .. } => "migration",
            Self::SchemaMismatch(_) => "schema_mismatch",
            Self::UnknownRegister(_) => "unknown_register",
            Self::WrongRegister(_) => "wrong_register",
            Self::UnknownField { .. } => "unknown_field",
            Self::WrongKind { .. } => "wrong_kind",
            Self::UnknownChoice { .. } => "unknown_choice",
            Self::TooLong { .. } => "too_long",
            Self::Nul { .. } => "control_character",
            Self::LinkNotFound { .. } => "link_not_found",
            Self::FileMissing { .. } => "attachment_missing",
            Self::FileRot { .. } => "attachment_changed",
            Self::NotFound { .. } => "not_found",
            Self::Deleted { .. } => "deleted",
            Self::Stale { .. } => "stale",
            Self::AlreadyNumbered { .. } => "already_numbered",
            Self::NumberTaken { .. } => "number_taken",
            Self::NumberState { .. } => "number_state",
            Self::Undo(_) => "undo_refused",
            Self::Snapshot { .. } => "snapshot_bad",
            Self::Query(_) => "bad_query",
        }
    }

    /// A file system failure at a known place, told apart as far as callers act on it.
    pub(crate) fn io(op: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { path }
            }
            _ => Self::Io { op, path, source },
        }
    }

    /// A failure of SQLite on a known file, told apart as far as callers act on it.
    pub(crate) fn sqlite(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        // Room for the index of the log: refused by nothing but a full disk.
        let extended = source.sqlite_error().map(|e| e.extended_code);
        if extended == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::DiskFull { path };
        }
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::SystemIoFailure) => Self::Io {
                op: "database",
                path,
                source: io::Error::other(source),
            },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly { path }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse { path },
            Some(ErrorCode::NotADatabase) => Self::Foreign { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                path,
                findings: vec![source.to_string()],
            },
            _ => Self::Sqlite(source),
        }
    }
}

impl From<rusqlite::Error> for Error {
    /// For statements in the middle of things: the kind is told, the place is added by
    /// [`Error::at`] where it is known.
    fn from(source: rusqlite::Error) -> Self {
        Self::sqlite(Path::new(""), source)
    }
}

impl Error {
    /// Gives a failure its place if it has none.
    pub(crate) fn at(mut self, place: &Path) -> Self {
        if let Self::DiskFull { path }
        | Self::ReadOnly { path }
        | Self::InUse { path }
        | Self::Foreign { path }
        | Self::Damaged { path, .. } = &mut self
            && path.as_os_str().is_empty()
        {
            place.clone_into(path);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn a_full_disk_and_a_read_only_place_are_told_whoever_says_so() {
        let place = Path::new("/office");
        let sqlite = |code| {
            let fault = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            Error::from(fault).at(place).code()
        };
        assert_eq!(sqlite(ffi::SQLITE_FULL), "disk_full");
        assert_eq!(sqlite(ffi::SQLITE_IOERR_SHMSIZE), "disk_full");
        assert_eq!(sqlite(ffi::SQLITE_IOERR_READ), "io");
        assert_eq!(sqlite(ffi::SQLITE_READONLY), "read_only");
        assert_eq!(sqlite(ffi::SQLITE_BUSY), "in_use");
        assert_eq!(sqlite(ffi::SQLITE_CORRUPT), "file_damaged");
        assert_eq!(sqlite(ffi::SQLITE_MISUSE), "database");
        let io = |kind: io::ErrorKind| Error::io("write", place, kind.into()).code();
        assert_eq!(io(io::ErrorKind::StorageFull), "disk_full");
        assert_eq!(io(io::ErrorKind::ReadOnlyFilesystem), "read_only");
        assert_eq!(io(io::ErrorKind::PermissionDenied), "read_only");
        assert_eq!(io(io::ErrorKind::NotFound), "io");
    }
}
