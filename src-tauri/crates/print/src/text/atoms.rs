//! A paragraph as a row of atoms: glyphs, long dashes and gaps with their widths, where a line may
//! begin with them, and how far punctuation may be squeezed.

use std::collections::BTreeSet;

use domain::form::Face;

use super::breaks::breaks;
use super::lines::{Inline, Paragraph};
use crate::font::{self, FaceFile, SUBSTITUTE};

/// Half of a full-width punctuation mark is blank; this much may be taken away.
pub(super) const HALF: i32 = 500;
/// Runs of Latin and figures at least this long may also end a line behind a hyphen.
const LONG_RUN: usize = 14;

/// What an atom draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Glyph(FaceFile, char),
    LongDash(FaceFile),
    Gap { ruled: bool },
}

/// One glyph, long dash or gap; widths in thousandths of an em.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    pub(super) what: What,
    pub(super) advance: i32,
    /// Room taken away before it when it follows another atom in its line.
    pub(super) squeeze: i32,
    /// Whether a line may begin with it.
    pub(super) may_begin: bool,
    /// Its left half is blank.
    pub(super) opens: bool,
    /// Its right half is blank.
    pub(super) closes: bool,
    /// Part of a Latin word or a figure.
    pub(super) latin: bool,
}

impl Atom {
    /// Blank at its right that may stand outside the line.
    pub(super) fn blank_end(&self) -> i32 {
        match self.what {
            What::Glyph(_, ' ' | '\u{3000}') => self.advance,
            _ if self.closes => HALF,
            _ => 0,
        }
    }
}

/// Brackets and quotes whose left half is blank.
fn opens(character: char) -> bool {
    "（《【“‘「『〔〈〖".contains(character)
}

/// Marks whose right half is blank.
fn closes(character: char) -> bool {
    "），。、；：》】”’」』〕〉〗".contains(character)
}

fn is_latin(character: char) -> bool {
    character.is_ascii_graphic()
        || (character.is_alphabetic() && u32::from(character) < 0x2E80)
        || matches!(character, '…' | '—')
}

/// The atoms of a paragraph; characters that no face has are drawn as 〓 and put into `missing`.
pub(super) fn atoms(
    paragraph: &Paragraph,
    tracking: i32,
    missing: &mut BTreeSet<char>,
) -> Vec<Atom> {
    let mut probe = String::new();
    let mut atoms: Vec<Atom> = Vec::new();
    let mut kept: Vec<bool> = Vec::new();
    for inline in &paragraph.inlines {
        match inline {
            Inline::Gap { width, ruled } => {
                for piece in gap_pieces(*width) {
                    probe.push('口');
                    kept.push(false);
                    atoms.push(plain(What::Gap { ruled: *ruled }, piece));
                }
            }
            Inline::Text { face, text, keep } => {
                for (index, character) in text.chars().enumerate() {
                    probe.push(character);
                    kept.push(*keep && index > 0);
                    atoms.push(glyph(*face, character, missing));
                }
            }
        }
    }
    for ((atom, allowed), kept) in atoms.iter_mut().zip(breaks(&probe)).zip(kept) {
        atom.may_begin = allowed && !kept;
        atom.advance += tracking;
    }
    hold_figures(&mut atoms);
    open_long_runs(&mut atoms);
    squeeze(&mut atoms);
    join_dashes(atoms)
}

/// A gap is set em by em, so that a line may end inside it like inside words.
fn gap_pieces(width: i32) -> impl Iterator<Item = i32> {
    let whole = usize::try_from(width / 1000).unwrap_or(0);
    let rest = width % 1000;
    std::iter::repeat_n(1000, whole).chain((rest > 0).then_some(rest))
}

fn plain(what: What, advance: i32) -> Atom {
    Atom {
        what,
        advance,
        squeeze: 0,
        may_begin: false,
        opens: false,
        closes: false,
        latin: false,
    }
}

fn glyph(style: Face, character: char, missing: &mut BTreeSet<char>) -> Atom {
    let found = font::draw(style, character).map(|(file, advance)| (file, advance, character));
    let (file, advance, shown) = found.unwrap_or_else(|| {
        missing.insert(character);
        let (file, advance) =
            font::draw(style, SUBSTITUTE).expect("BUG: the substitute is in the faces");
        (file, advance, SUBSTITUTE)
    });
    let full = advance == 1000;
    Atom {
        opens: full && opens(shown),
        closes: full && closes(shown),
        latin: is_latin(shown),
        ..plain(What::Glyph(file, shown), advance)
    }
}

/// Groups of figures parted by a space (a telephone number, a date and its time) stay together.
fn hold_figures(atoms: &mut [Atom]) {
    let figure = |atom: &Atom| matches!(atom.what, What::Glyph(_, '0'..='9'));
    for index in 2..atoms.len() {
        let space = matches!(atoms[index - 1].what, What::Glyph(_, ' '));
        if space && figure(&atoms[index - 2]) && figure(&atoms[index]) {
            atoms[index].may_begin = false;
        }
    }
}

/// Serial numbers are one word to the breaking rules and would tear open the line before them.
fn open_long_runs(atoms: &mut [Atom]) {
    let mut start = 0;
    for index in 0..=atoms.len() {
        let ends = atoms
            .get(index)
            .is_none_or(|atom| !atom.latin || atom.may_begin);
        if !ends {
            continue;
        }
        if index - start >= LONG_RUN {
            for place in start + 4..index.saturating_sub(3) {
                if matches!(atoms[place - 1].what, What::Glyph(_, '-' | '_' | '.' | '/')) {
                    atoms[place].may_begin = true;
                }
            }
        }
        start = index;
    }
}

/// A closing mark before any mark, and an opening mark after any mark, give up half a body.
fn squeeze(atoms: &mut [Atom]) {
    for index in 1..atoms.len() {
        let (before, here) = (atoms[index - 1], atoms[index]);
        let marks = (before.opens || before.closes) && (here.opens || here.closes);
        if marks && (here.opens || before.closes) {
            atoms[index].squeeze = HALF;
        }
    }
}

/// Two em dashes are one mark in Chinese; drawn apart they show a gap.
fn join_dashes(atoms: Vec<Atom>) -> Vec<Atom> {
    let mut joined: Vec<Atom> = Vec::with_capacity(atoms.len());
    for atom in atoms {
        let dash = matches!(atom.what, What::Glyph(_, '—'));
        if dash
            && let Some(last) = joined.last_mut()
            && let What::Glyph(file, '—') = last.what
            && let Some((_, advance)) = file.glyph('\u{2E3A}')
        {
            last.what = What::LongDash(file);
            last.advance = advance;
            last.latin = false;
            continue;
        }
        joined.push(atom);
    }
    joined
}
