//! Sets paragraphs into lines of a given width: greedy, with Chinese punctuation squeezed and
//! lines justified between characters, never inside Latin words or figures.

use std::collections::BTreeSet;

use domain::form::{Align, Face};

use super::atoms::{Atom, HALF, What, atoms};
use crate::display::Part;
use crate::font::FaceFile;

/// A line is not justified when that would open gaps wider than this.
const WIDEST_GAP: i32 = 400;

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inline {
    /// Words in one style.
    Text {
        /// Style.
        face: Face,
        /// The words; already normalised, without line ends.
        text: String,
        /// Whether a line may not end inside (a box and its label).
        keep: bool,
    },
    /// Free room in thousandths of an em, perhaps with a rule for the pen under it.
    Gap {
        /// Width.
        width: i32,
        /// Whether a rule is drawn.
        ruled: bool,
    },
}

impl Inline {
    /// Words in a style.
    #[must_use]
    pub(crate) fn text(face: Face, text: impl Into<String>) -> Self {
        Self::Text {
            face,
            text: text.into(),
            keep: false,
        }
    }
}

/// Words up to a line end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Paragraph {
    /// The stretches.
    pub(crate) inlines: Vec<Inline>,
    /// Indent of the first line in thousandths of an em.
    pub(crate) indent: i32,
}

impl Paragraph {
    /// A paragraph of one stretch without indent.
    #[must_use]
    pub(crate) fn of(inline: Inline) -> Self {
        Self {
            inlines: vec![inline],
            indent: 0,
        }
    }

    /// Number of characters; a gap counts as one.
    #[must_use]
    pub(crate) fn characters(&self) -> usize {
        self.inlines
            .iter()
            .map(|inline| match inline {
                Inline::Text { text, .. } => text.chars().count(),
                Inline::Gap { .. } => 1,
            })
            .sum()
    }
}

/// How paragraphs are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Size in thousandths of a point.
    pub(crate) size: i32,
    /// Width of the lines in thousandths of a point.
    pub(crate) width: i32,
    /// Horizontal place of the lines.
    pub(crate) align: Align,
    /// Extra room after every character, in thousandths of an em, for titles.
    pub(crate) tracking: i32,
}

/// One set line; lengths in thousandths of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Distance of the first glyph from the left edge.
    pub(crate) x: i32,
    /// Width of what is drawn, without the blank half of a last punctuation mark.
    pub(crate) width: i32,
    /// Extra room after each character of spaced parts.
    pub(crate) spacing: i32,
    /// What is drawn.
    pub(crate) parts: Vec<Part>,
    /// Rules for the pen: distance from the first glyph, and width.
    pub(crate) rules: Vec<(i32, i32)>,
}

/// Sets paragraphs; characters that no face has are drawn as 〓 and put into `missing`.
#[must_use]
pub(crate) fn set(
    paragraphs: &[Paragraph],
    setting: Setting,
    missing: &mut BTreeSet<char>,
) -> Vec<Line> {
    let limit = to_em(setting.width, setting.size);
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let atoms = atoms(paragraph, setting.tracking, missing);
        let mut start = 0;
        let mut indent = paragraph.indent;
        loop {
            let flush = (start > 0 || setting.align == Align::Center) && indent == 0;
            let end = line_end(&atoms, start, limit - indent, flush);
            let last = end == atoms.len();
            let place = Place {
                flush,
                last,
                indent,
                limit,
            };
            lines.push(finish(&atoms[start..end], place, setting));
            if last {
                break;
            }
            start = end;
            indent = 0;
        }
    }
    lines
}

fn to_em(millipoints: i32, size: i32) -> i32 {
    i32::try_from(i64::from(millipoints) * 1000 / i64::from(size.max(1))).unwrap_or(i32::MAX)
}

fn to_millipoints(em: i32, size: i32) -> i32 {
    i32::try_from(i64::from(em) * i64::from(size) / 1000).unwrap_or(i32::MAX)
}

/// Room an atom takes away before itself at the given place of a line.
fn before(atom: &Atom, first: bool, flush: bool) -> i32 {
    match (first, flush && atom.opens) {
        (true, true) => HALF,
        (true, false) => 0,
        (false, _) => atom.squeeze,
    }
}

fn line_end(atoms: &[Atom], start: usize, limit: i32, flush: bool) -> usize {
    let mut width = 0;
    let mut last_chance = None;
    for (index, atom) in atoms.iter().enumerate().skip(start) {
        if atom.may_begin && index > start {
            last_chance = Some(index);
        }
        width += atom.advance - before(atom, index == start, flush);
        if width - atom.blank_end() > limit {
            return last_chance.unwrap_or(if index == start { start + 1 } else { index });
        }
    }
    atoms.len()
}

/// Where a line stands in its paragraph.
#[derive(Clone, Copy)]
struct Place {
    /// An opening mark at its start gives up its blank half.
    flush: bool,
    /// The last line of the paragraph.
    last: bool,
    /// Indent in thousandths of an em.
    indent: i32,
    /// Width in thousandths of an em, with the indent.
    limit: i32,
}

fn finish(atoms: &[Atom], place: Place, setting: Setting) -> Line {
    let Place {
        flush,
        last,
        indent,
        limit,
    } = place;
    let visible = atoms
        .iter()
        .rposition(|atom| !matches!(atom.what, What::Glyph(_, ' ')))
        .map_or(0, |index| index + 1);
    let atoms = &atoms[..visible];
    let natural: i32 = atoms
        .iter()
        .enumerate()
        .map(|(index, atom)| atom.advance - before(atom, index == 0, flush))
        .sum();
    let blank = atoms.last().map_or(0, Atom::blank_end);
    let ink = natural
        - blank
        - if atoms.is_empty() {
            0
        } else {
            setting.tracking
        };
    let stretch: Vec<bool> = atoms
        .windows(2)
        .map(|pair| !(pair[0].latin && pair[1].latin))
        .chain([false])
        .collect();
    let free = limit - indent - ink;
    let gaps = i32::try_from(stretch.iter().filter(|s| **s).count()).unwrap_or(i32::MAX);
    let justified = setting.align == Align::Justify && !last && free > 0 && gaps > 0;
    let each = if justified && free / gaps <= WIDEST_GAP {
        to_millipoints(free, setting.size) / gaps
    } else {
        0
    };
    let x = match setting.align {
        Align::Center => to_millipoints(free.max(0), setting.size) / 2,
        Align::Right => to_millipoints(free.max(0), setting.size),
        Align::Left | Align::Justify => 0,
    };
    let (parts, rules) = parts(atoms, &stretch, each, flush, setting);
    Line {
        x: x + to_millipoints(indent, setting.size),
        width: to_millipoints(ink, setting.size) + each * gaps,
        spacing: each,
        parts,
        rules,
    }
}

fn parts(
    atoms: &[Atom],
    stretch: &[bool],
    each: i32,
    flush: bool,
    setting: Setting,
) -> (Vec<Part>, Vec<(i32, i32)>) {
    let mut parts: Vec<Part> = Vec::new();
    let mut rules = Vec::new();
    let mut pen = 0;
    let mut spread = 0;
    for (index, (atom, stretches)) in atoms.iter().zip(stretch).enumerate() {
        let back = before(atom, index == 0, flush);
        if back > 0 {
            shift(&mut parts, -back);
        }
        pen += atom.advance - back;
        let spaced = each > 0 && *stretches;
        match atom.what {
            What::Glyph(file, character) => push_glyph(&mut parts, file, character, spaced),
            What::LongDash(file) => parts.push(Part::LongDash { face: file, spaced }),
            What::Gap { ruled } => {
                if ruled {
                    let left = to_millipoints(pen - atom.advance, setting.size) + spread;
                    let right = to_millipoints(pen, setting.size) + spread;
                    push_rule(&mut rules, left, right);
                }
                shift(
                    &mut parts,
                    atom.advance + if spaced { to_em(each, setting.size) } else { 0 },
                );
            }
        }
        if setting.tracking != 0
            && !matches!(atom.what, What::Gap { .. })
            && index + 1 < atoms.len()
        {
            shift(&mut parts, setting.tracking);
        }
        spread += if spaced { each } else { 0 };
    }
    (parts, rules)
}

/// Joins the rule to the one before it when they meet.
fn push_rule(rules: &mut Vec<(i32, i32)>, left: i32, right: i32) {
    match rules.last_mut() {
        Some((start, width)) if *start + *width == left => *width = right - *start,
        _ => rules.push((left, right - left)),
    }
}

fn shift(parts: &mut Vec<Part>, em: i32) {
    if let Some(Part::Move { em: last }) = parts.last_mut() {
        *last += em;
    } else {
        parts.push(Part::Move { em });
    }
}

fn push_glyph(parts: &mut Vec<Part>, file: FaceFile, character: char, spread: bool) {
    if let Some(Part::Text { face, text, spaced }) = parts.last_mut()
        && *face == file
        && *spaced == spread
    {
        text.push(character);
        return;
    }
    parts.push(Part::Text {
        face: file,
        text: character.to_string(),
        spaced: spread,
    });
}
