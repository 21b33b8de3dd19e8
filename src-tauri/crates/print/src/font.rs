//! The embedded faces: which of them draws a character, and how wide it is.
//!
//! Every face has 1000 units to the em, so widths are thousandths of an em throughout. A style
//! (宋体, 黑体) is a chain of faces; the first that has the character draws it. Not here: cutting a
//! face down to the glyphs of one document (`emit`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::form::Face;
use serde::Serialize;
use ttf_parser::GlyphId;

use crate::error::Uncovered;

/// The face files compiled into the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaceFile {
    /// Noto Serif CJK SC Regular.
    Song,
    /// Noto Sans CJK SC Medium.
    Hei,
    /// Ballot boxes.
    Ticks,
}

/// Last resort for a character that no face has: 〓, never an empty box.
pub(crate) const SUBSTITUTE: char = '〓';

static SONG: &[u8] = include_bytes!("../../../../assets/fonts/Song.otf");
static HEI: &[u8] = include_bytes!("../../../../assets/fonts/Hei.otf");
static TICKS: &[u8] = include_bytes!("../../../../assets/fonts/Ticks.ttf");

static FACES: LazyLock<[ttf_parser::Face<'static>; 3]> = LazyLock::new(|| {
    [FaceFile::Song, FaceFile::Hei, FaceFile::Ticks].map(|file| {
        let face =
            ttf_parser::Face::parse(file.bytes(), 0).expect("BUG: an embedded face cannot be read");
        assert_eq!(
            face.units_per_em(),
            1000,
            "BUG: an embedded face has another body"
        );
        face
    })
});

impl FaceFile {
    /// All files, in the order of the fallback chain of 宋体.
    pub const ALL: [Self; 3] = [Self::Song, Self::Hei, Self::Ticks];

    /// The whole file.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Song => SONG,
            Self::Hei => HEI,
            Self::Ticks => TICKS,
        }
    }

    /// PostScript name, as PDF readers list it.
    #[must_use]
    pub fn post_script_name(self) -> &'static str {
        match self {
            Self::Song => "NotoSerifCJKsc-Regular",
            Self::Hei => "NotoSansCJKsc-Medium",
            Self::Ticks => "TaizhangTicks",
        }
    }

    pub(crate) fn face(self) -> &'static ttf_parser::Face<'static> {
        &FACES[match self {
            Self::Song => 0,
            Self::Hei => 1,
            Self::Ticks => 2,
        }]
    }

    /// The glyph and its width in thousandths of an em.
    #[must_use]
    pub fn glyph(self, character: char) -> Option<(u16, i32)> {
        let face = self.face();
        let GlyphId(glyph) = face.glyph_index(character).filter(|id| id.0 != 0)?;
        let advance = face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
        Some((glyph, i32::from(advance)))
    }
}

fn chain(style: Face) -> [FaceFile; 3] {
    match style {
        Face::Song => [FaceFile::Song, FaceFile::Hei, FaceFile::Ticks],
        Face::Hei => [FaceFile::Hei, FaceFile::Song, FaceFile::Ticks],
    }
}

/// The face that draws a character in a style, and its width in thousandths of an em.
#[must_use]
pub(crate) fn draw(style: Face, character: char) -> Option<(FaceFile, i32)> {
    chain(style)
        .into_iter()
        .find_map(|file| file.glyph(character).map(|(_, advance)| (file, advance)))
}

/// The characters of `text` that no face has, each once. Call it before printing: what it returns
/// is to be named to the clerk (design: nothing ever prints as a box).
#[must_use]
pub fn uncovered(text: &str) -> Vec<Uncovered> {
    let missing: BTreeSet<char> = crate::text::normalise(text)
        .chars()
        .filter(|character| *character != '\n' && draw(Face::Song, *character).is_none())
        .collect();
    missing
        .into_iter()
        .map(|character| Uncovered { character })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_names_boxes_and_symbols_are_drawn() {
        assert_eq!(
            uncovered("䶮㛃𬭎𠅤𫖯龘〇☐☑☒℃㎡№①⑳→≥‰—…·“”〔2026〕Ａ１￥"),
            []
        );
        assert_eq!(
            draw(Face::Hei, '☑').map(|(file, _)| file),
            Some(FaceFile::Ticks)
        );
    }

    #[test]
    fn a_character_without_face_is_named_with_its_code_point() {
        let missing = uncovered("王𪚥😀明");
        let named: Vec<String> = missing.iter().map(ToString::to_string).collect();
        assert!(named.contains(&"😀 (U+1F600)".to_owned()), "{named:?}");
    }

    #[test]
    fn the_substitute_and_the_long_dash_are_in_every_style() {
        for style in [Face::Song, Face::Hei] {
            assert!(draw(style, SUBSTITUTE).is_some());
            assert!(draw(style, '\u{2E3A}').is_some_and(|(_, advance)| advance > 1500));
        }
    }
}
