//! The pattern language of numbers: `{prefix}-{year}-{project}-{seq:4}`, with `{office}` where an
//! office wants its code in the number.
//!
//! Not here: series and blocks (the parent module).

use std::fmt;

use super::SeriesKey;

/// The pattern of a new office.
const USUAL: &str = "{prefix}-{year}-{project}-{seq:4}";

/// The longest pattern, in characters; numbers must fit a line of a form.
const LONGEST: usize = 60;

/// The most figures a place in the series is filled up to.
const WIDEST: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Office,
    Prefix,
    Year,
    Project,
    Sequence { width: usize },
}

/// How numbers are spelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternProblem {
    /// A `{` without `}`, or the other way round.
    #[error("pattern.brackets")]
    Brackets,
    /// A place holder that is not known.
    #[error("pattern.unknown: {0}")]
    Unknown(String),
    /// A place holder that every number must have: prefix, year, seq.
    #[error("pattern.missing: {0}")]
    Missing(&'static str),
    /// A place holder used twice.
    #[error("pattern.twice: {0}")]
    Twice(String),
    /// Two place holders without a sign between them: the number could not be read back.
    #[error("pattern.not_separated")]
    NotSeparated,
    /// A sign that does not belong in a number (blank, control character, `*`, quotes).
    #[error("pattern.bad_sign: {0:?}")]
    BadSign(char),
    /// Longer than a line of a form can hold.
    #[error("pattern.too_long")]
    TooLong,
}

impl PatternProblem {
    /// The stable code of the problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Brackets => "pattern.brackets",
            Self::Unknown(_) => "pattern.unknown",
            Self::Missing(_) => "pattern.missing",
            Self::Twice(_) => "pattern.twice",
            Self::NotSeparated => "pattern.not_separated",
            Self::BadSign(_) => "pattern.bad_sign",
            Self::TooLong => "pattern.too_long",
        }
    }
}

/// The parts of a number that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadNumber {
    /// The code of the office, if the pattern has it.
    pub office: Option<String>,
    /// The prefix of the register.
    pub prefix: String,
    /// The year.
    pub year: i32,
    /// The code of the project, if the number has one.
    pub project: Option<String>,
    /// The place in the series.
    pub sequence: i64,
}

impl Pattern {
    /// The pattern of a new office: `TS-2026-XM01-0007`.
    #[must_use]
    pub fn usual() -> Self {
        Self::parse(USUAL).expect("BUG: the usual pattern is one")
    }

    /// Reads a pattern.
    ///
    /// # Errors
    /// [`PatternProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, PatternProblem> {
        if text.chars().count() > LONGEST {
            return Err(PatternProblem::TooLong);
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (words, bracket) = rest.split_at(at);
            push_text(&mut pieces, words)?;
            let inner = bracket.strip_prefix('{').ok_or(PatternProblem::Brackets)?;
            let (holder, after) = inner.split_once('}').ok_or(PatternProblem::Brackets)?;
            let piece = place_holder(holder)?;
            let same =
                |other: &Piece| std::mem::discriminant(other) == std::mem::discriminant(&piece);
            if pieces.iter().any(same) {
                return Err(PatternProblem::Twice(holder.to_owned()));
            }
            if pieces
                .last()
                .is_some_and(|last| !matches!(last, Piece::Text(_)))
            {
                return Err(PatternProblem::NotSeparated);
            }
            pieces.push(piece);
            rest = after;
        }
        push_text(&mut pieces, rest)?;
        for (piece, name) in [(Piece::Prefix, "prefix"), (Piece::Year, "year")] {
            if !pieces.contains(&piece) {
                return Err(PatternProblem::Missing(name));
            }
        }
        if !pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Sequence { .. }))
        {
            return Err(PatternProblem::Missing("seq"));
        }
        Ok(Self(pieces))
    }

    /// The series that numbers of this pattern must run in: without the project if the number does
    /// not show it, for two projects would else get the same number.
    #[must_use]
    pub fn series(&self, key: &SeriesKey) -> SeriesKey {
        let project = key
            .project
            .clone()
            .filter(|_| self.0.contains(&Piece::Project));
        SeriesKey {
            project,
            ..key.clone()
        }
    }

    /// Writes a number. Without a project its place is left out with the sign before it.
    pub(super) fn write(&self, key: &SeriesKey, sequence: i64) -> String {
        let pieces = if key.project.is_some() {
            self.0.clone()
        } else {
            self.without_project()
        };
        pieces
            .iter()
            .map(|piece| write_piece(piece, key, sequence))
            .collect()
    }

    /// Reads a number, with a project first, then without.
    pub(super) fn read(&self, text: &str) -> Option<ReadNumber> {
        let whole = read_pieces(&self.0, text, &ReadNumber::default());
        whole.or_else(|| read_pieces(&self.without_project(), text, &ReadNumber::default()))
    }

    /// The pieces of a number without a project: one neighbouring text goes with it.
    fn without_project(&self) -> Vec<Piece> {
        let mut pieces = self.0.clone();
        if let Some(at) = pieces.iter().position(|piece| *piece == Piece::Project) {
            pieces.remove(at);
            let is_text = |at: usize| matches!(pieces.get(at), Some(Piece::Text(_)));
            if at > 0 && is_text(at - 1) {
                pieces.remove(at - 1);
            } else if is_text(at) {
                pieces.remove(at);
            }
        }
        pieces
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.write_str(text)?,
                Piece::Office => out.write_str("{office}")?,
                Piece::Prefix => out.write_str("{prefix}")?,
                Piece::Year => out.write_str("{year}")?,
                Piece::Project => out.write_str("{project}")?,
                Piece::Sequence { width } => write!(out, "{{seq:{width}}}")?,
            }
        }
        Ok(())
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) -> Result<(), PatternProblem> {
    let allowed = |sign: char| sign.is_alphanumeric() || "-–_./()（）〔〕[]【】#·".contains(sign);
    if let Some(sign) = text.chars().find(|sign| !allowed(*sign)) {
        return Err(PatternProblem::BadSign(sign));
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
    Ok(())
}

fn place_holder(name: &str) -> Result<Piece, PatternProblem> {
    let unknown = || PatternProblem::Unknown(name.to_owned());
    match name {
        "office" => Ok(Piece::Office),
        "prefix" => Ok(Piece::Prefix),
        "year" => Ok(Piece::Year),
        "project" => Ok(Piece::Project),
        "seq" => Ok(Piece::Sequence { width: 1 }),
        _ => {
            let width = name
                .strip_prefix("seq:")
                .and_then(|width| width.parse().ok());
            let width = width
                .filter(|width| (1..=WIDEST).contains(width))
                .ok_or_else(unknown)?;
            Ok(Piece::Sequence { width })
        }
    }
}

fn write_piece(piece: &Piece, key: &SeriesKey, sequence: i64) -> String {
    match piece {
        Piece::Text(text) => text.clone(),
        Piece::Office => key.office.clone(),
        Piece::Prefix => key.register.clone(),
        Piece::Year => format!("{:04}", key.year),
        Piece::Project => key.project.clone().unwrap_or_default(),
        Piece::Sequence { width } => format!("{sequence:0width$}"),
    }
}

/// Reads the pieces in order; where one may end in several places, each is tried, longest first.
fn read_pieces(pieces: &[Piece], text: &str, found: &ReadNumber) -> Option<ReadNumber> {
    let Some((piece, rest)) = pieces.split_first() else {
        return text.is_empty().then(|| found.clone());
    };
    if let Piece::Text(words) = piece {
        return read_pieces(rest, text.strip_prefix(words.as_str())?, found);
    }
    let ends = text.char_indices().map(|(at, char)| at + char.len_utf8());
    let ends: Vec<usize> = ends.collect();
    ends.iter().rev().find_map(|&end| {
        let mut found = found.clone();
        take_piece(piece, &text[..end], &mut found)?;
        read_pieces(rest, &text[end..], &found)
    })
}

/// Takes one piece's text, if it can be that piece.
fn take_piece(piece: &Piece, text: &str, found: &mut ReadNumber) -> Option<()> {
    let figures = text.bytes().all(|byte| byte.is_ascii_digit());
    match piece {
        Piece::Text(_) => return None,
        Piece::Office => found.office = Some(text.to_owned()),
        Piece::Project => found.project = Some(text.to_owned()),
        Piece::Prefix if text.chars().all(char::is_alphabetic) => {
            text.clone_into(&mut found.prefix);
        }
        Piece::Year if figures && text.len() == 4 => found.year = text.parse().ok()?,
        Piece::Sequence { width } if figures => {
            let padded = text.len() == *width || (text.len() > *width && !text.starts_with('0'));
            found.sequence = text
                .parse()
                .ok()
                .filter(|sequence| padded && *sequence > 0)?;
        }
        Piece::Prefix | Piece::Year | Piece::Sequence { .. } => return None,
    }
    Some(())
}
