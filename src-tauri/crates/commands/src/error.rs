//! The error seam: what crosses to window and command line is a closed code, a Chinese message and
//! the fields concerned. Facts stay inside the libraries' errors; chains go to the log.

use serde::Serialize;

use crate::words::{self, Facts};

/// What kind of failure it is; a code exists only where somebody acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request itself makes no sense: unknown command, register, field of a request.
    BadRequest,
    /// Typed values are wrong; see `fields`.
    Invalid,
    /// A rule of the trade or of the program says no.
    Refused,
    /// The record was changed since it was read.
    Conflict,
    /// Nothing of that name.
    NotFound,
    /// Another program holds the office.
    InUse,
    /// The file is not ours, damaged, empty, truncated or newer.
    BadFile,
    /// The disk is full.
    DiskFull,
    /// The place cannot be written.
    ReadOnly,
    /// Any other failure of input or output.
    Io,
    /// A fault of the program.
    Internal,
}

impl Code {
    /// The exit code of the command line: 2 wrong use, 3 refused by a rule, 4 input or output.
    #[must_use]
    pub fn exit(self) -> u8 {
        match self {
            Self::BadRequest | Self::NotFound => 2,
            Self::Invalid | Self::Refused | Self::Conflict => 3,
            Self::InUse
            | Self::BadFile
            | Self::DiskFull
            | Self::ReadOnly
            | Self::Io
            | Self::Internal => 4,
        }
    }

    /// The stable snake-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "bad_request",
            Self::Invalid => "invalid",
            Self::Refused => "refused",
            Self::Conflict => "conflict",
            Self::NotFound => "not_found",
            Self::InUse => "in_use",
            Self::BadFile => "bad_file",
            Self::DiskFull => "disk_full",
            Self::ReadOnly => "read_only",
            Self::Io => "io",
            Self::Internal => "internal",
        }
    }
}

/// One field that is wrong or missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct FieldFault {
    /// Field id, or the guard's code where no field is concerned.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// Chinese sentence.
    pub message: String,
}

/// A failed command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct CommandError {
    /// What kind of failure.
    pub code: Code,
    /// Chinese: what happened, what was kept, what to do.
    pub message: String,
    /// The fields concerned.
    pub fields: Vec<FieldFault>,
}

impl std::fmt::Display for CommandError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.message)
    }
}

impl std::error::Error for CommandError {}

/// The answer of a command.
pub type Outcome<T> = Result<T, CommandError>;

impl CommandError {
    /// A failure with the sentence of `key`.
    #[must_use]
    pub fn new(code: Code, key: &str, facts: &Facts) -> Self {
        Self {
            code,
            message: words::say(key, facts),
            fields: Vec::new(),
        }
    }

    /// A rule says no.
    #[must_use]
    pub fn refused<const N: usize>(key: &str, pairs: [(&str, String); N]) -> Self {
        Self::new(
            Code::Refused,
            &format!("refused.{key}"),
            &words::facts(pairs),
        )
    }

    /// The request makes no sense.
    #[must_use]
    pub fn bad_request<const N: usize>(key: &str, pairs: [(&str, String); N]) -> Self {
        Self::new(
            Code::BadRequest,
            &format!("failed.{key}"),
            &words::facts(pairs),
        )
    }

    /// Nothing of that name.
    #[must_use]
    pub fn not_found(what: &str, found: &str) -> Self {
        let facts = words::facts([("what", what.to_owned()), ("found", found.to_owned())]);
        Self::new(Code::NotFound, "failed.not_found", &facts)
    }

    /// A fault of the program; the text goes to the person who looks after it.
    #[must_use]
    pub fn internal(what: impl std::fmt::Display) -> Self {
        let facts = words::facts([("what", what.to_string())]);
        Self::new(Code::Internal, "failed.internal", &facts)
    }

    /// Typed values that are wrong: one message with all of them, and each by its field.
    #[must_use]
    pub fn invalid(fields: Vec<FieldFault>) -> Self {
        let message = fields
            .iter()
            .map(|f| f.message.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            code: Code::Invalid,
            message,
            fields,
        }
    }
}
