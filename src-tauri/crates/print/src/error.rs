//! What can go wrong on the way to paper, as facts; the Chinese words are made in `commands`.

use thiserror::Error;

/// A character that no embedded face can draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Uncovered {
    /// The character.
    pub character: char,
}

impl std::fmt::Display for Uncovered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} (U+{:04X})",
            self.character,
            u32::from(self.character)
        )
    }
}

/// Errors of layout, emission and stamping.
#[derive(Debug, Error)]
pub enum PrintError {
    /// Characters that would print as nothing or as a box; nothing was printed.
    #[error("no face has {}", list(characters))]
    Uncovered {
        /// The characters, each once, in the order of their code points.
        characters: Vec<Uncovered>,
    },
    /// A form breaks its own rules; only possible when it was not read by `FormSpec::parse`.
    #[error(transparent)]
    Form(#[from] domain::form::FormFault),
    /// A row that can neither be split nor fits an empty page.
    #[error("row {row} of `{block}` is higher than a page and cannot be split")]
    RowTooHigh {
        /// Block id.
        block: String,
        /// Row, counted from 1.
        row: usize,
    },
    /// The data names a picture whose content was not given.
    #[error("the picture {sha256} was not given")]
    PictureMissing {
        /// Its hash.
        sha256: String,
    },
    /// A picture that cannot be read.
    #[error("the picture cannot be read: {reason}")]
    PictureUnreadable {
        /// What the decoder says.
        reason: String,
    },
    /// A picture with more points than are decoded; it was not decoded.
    #[error("the picture has {width} x {height} points, at most {most} are decoded")]
    PictureTooLarge {
        /// Points across.
        width: u32,
        /// Points down.
        height: u32,
        /// The most that are decoded.
        most: u64,
    },
    /// The text of the machine-readable code is too long for it.
    #[error("`{text}` is too long for a machine-readable code")]
    CodeTooLong {
        /// The text.
        text: String,
    },
    /// The writer of PDF reported a fault; nothing was written.
    #[error("the PDF writer failed: {reason}")]
    Writer {
        /// What it says.
        reason: String,
    },
    /// A kept PDF that cannot be read back for a reprint.
    #[error("the kept PDF cannot be read: {reason}")]
    KeptUnreadable {
        /// What the reader says.
        reason: String,
    },
}

impl PrintError {
    /// Stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Uncovered { .. } => "uncovered_characters",
            Self::Form(_) => "form_fault",
            Self::RowTooHigh { .. } => "row_too_high",
            Self::PictureMissing { .. } => "picture_missing",
            Self::PictureUnreadable { .. } => "picture_unreadable",
            Self::PictureTooLarge { .. } => "picture_too_large",
            Self::CodeTooLong { .. } => "code_too_long",
            Self::Writer { .. } => "pdf_writer",
            Self::KeptUnreadable { .. } => "kept_pdf_unreadable",
        }
    }
}

fn list(characters: &[Uncovered]) -> String {
    let named: Vec<String> = characters.iter().map(ToString::to_string).collect();
    named.join(", ")
}
