//! The signs of a written date: made plain, then taken one after the other.
//!
//! Not here: what the signs mean together (the parent module).

use unicode_normalization::UnicodeNormalization;

use super::DateProblem;
use crate::zh::read_number_zh;

/// The longest text that is looked at, in characters.
const LONGEST: usize = 40;

/// Full-width signs made plain, dashes made one, blanks squeezed and taken from beside signs.
pub(super) fn plain(text: &str) -> Result<String, DateProblem> {
    if text.chars().count() > LONGEST {
        return Err(DateProblem::NotADate);
    }
    let mut plain = String::with_capacity(text.len());
    for char in text.trim().nfkc() {
        let char = match char {
            '。' => '.',
            '—' | '–' | '−' | '‐' | '‑' => '-',
            other => other,
        };
        if char.is_whitespace() {
            if !plain.ends_with(' ') && plain.ends_with(|last: char| last.is_ascii_digit()) {
                plain.push(' ');
            }
            continue;
        }
        if !char.is_ascii_digit() && plain.ends_with(' ') {
            plain.pop();
        }
        plain.push(char);
    }
    if plain.is_empty() {
        Err(DateProblem::Empty)
    } else {
        Ok(plain)
    }
}

/// The unread rest of a text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a str);

impl<'a> Cursor<'a> {
    /// Steps over `word` if it comes next.
    pub(super) fn skip(&mut self, word: &str) -> bool {
        match self.0.strip_prefix(word) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// Steps over the first of `words` that comes next.
    pub(super) fn one_of<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        words.iter().find(|word| self.skip(word)).copied()
    }

    /// The leading run of characters that satisfy `wanted`.
    pub(super) fn run(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.0.find(|char| !wanted(char)).unwrap_or(self.0.len());
        let (run, rest) = self.0.split_at(end);
        self.0 = rest;
        run
    }

    /// A number in figures or words, as it was written.
    pub(super) fn number(&mut self) -> Option<Figure<'a>> {
        let figures = self.run(|char| char.is_ascii_digit());
        let written = if figures.is_empty() {
            self.run(|char| "〇○零一二两三四五六七八九十廿".contains(char))
        } else {
            figures
        };
        let value = read_number_zh(written).and_then(|value| u32::try_from(value).ok())?;
        Some(Figure { written, value })
    }

    /// Steps over what must stand between a date and a time; a `closed` date ends with 日 and
    /// needs nothing.
    pub(super) fn after_date(mut self, closed: bool) -> Result<Self, DateProblem> {
        let gap = self.skip(" ") || self.skip("T") || self.skip(",");
        let word = self.0.starts_with(|char: char| !char.is_ascii_digit());
        if gap || word || closed {
            Ok(self)
        } else {
            Err(DateProblem::NotADate)
        }
    }
}

/// A number as it was written and what it means.
#[derive(Clone, Copy)]
pub(super) struct Figure<'a> {
    pub(super) written: &'a str,
    pub(super) value: u32,
}

impl Figure<'_> {
    /// How many signs it was written with.
    pub(super) fn width(&self) -> usize {
        self.written.chars().count()
    }

    /// One or two figures, as in a month or a day.
    pub(super) fn is_short(&self) -> bool {
        self.width() <= 2 || (!self.written.is_ascii() && self.value < 100)
    }
}
