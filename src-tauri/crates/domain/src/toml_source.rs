//! Reads TOML assets so that every complaint names the line a person has to look at.
//!
//! Not here: what the assets mean.

use serde::de::DeserializeOwned;

/// A text that is not the TOML that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct TomlProblem {
    /// The line, counted from 1; 0 if the parser gave no place.
    pub line: usize,
    /// What the parser says (English; unknown keys are named).
    pub message: String,
}

/// The line of a byte offset, counted from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|&byte| byte == b'\n')
        .count()
        + 1
}

/// Reads a value; unknown keys are problems where the type denies them.
pub(crate) fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, TomlProblem> {
    toml::from_str(text).map_err(|error| TomlProblem {
        line: error.span().map_or(0, |span| line_of(text, span.start)),
        message: error.message().to_owned(),
    })
}
