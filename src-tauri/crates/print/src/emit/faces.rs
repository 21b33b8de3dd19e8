//! Faces cut down to the characters of a file, with the tables that the writer needs.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{FontId, FontMetrics, ParsedFont, PdfDocument, PdfFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::workers;
use crate::display::{Document, Page, Part};
use crate::error::PrintError;
use crate::font::FaceFile;

/// Glyphs of the long dash in each cut face.
pub(super) type LongDashes = BTreeMap<FaceFile, u16>;

const LONG_DASH: char = '\u{2E3A}';

/// The resource name of a face.
pub(super) fn font_id(prefix: &str, file: FaceFile) -> FontId {
    FontId(format!("{prefix}{file:?}"))
}

/// The faces of a file, cut down to its characters.
pub(super) struct Faces {
    fonts: Vec<(FaceFile, ParsedFont)>,
    pub(super) dashes: LongDashes,
}

impl Faces {
    /// Cuts the faces that documents use.
    pub(super) fn of(documents: &[Document]) -> Result<Self, PrintError> {
        let mut used: BTreeMap<FaceFile, BTreeSet<char>> = BTreeMap::new();
        let texts = documents
            .iter()
            .flat_map(|d| &d.pages)
            .flat_map(Page::texts);
        for part in texts.flat_map(|text| &text.parts) {
            match part {
                Part::Text { face, text, .. } => {
                    used.entry(*face).or_default().extend(text.chars());
                }
                Part::LongDash { face, .. } => {
                    used.entry(*face).or_default().insert(LONG_DASH);
                }
                Part::Move { .. } => {}
            }
        }
        let used: Vec<_> = used.into_iter().collect();
        let fonts = workers::each(&used, |(file, characters)| {
            Ok((*file, cut(*file, characters)?))
        })?;
        let dash = |(file, font): &(FaceFile, ParsedFont)| {
            let glyph = font.codepoint_to_glyph.get(&u32::from(LONG_DASH))?;
            Some((*file, *glyph))
        };
        Ok(Self {
            dashes: fonts.iter().filter_map(dash).collect(),
            fonts,
        })
    }

    /// Adds them to a file.
    pub(super) fn add_to(&self, pdf: &mut PdfDocument, prefix: &str) {
        for (file, font) in &self.fonts {
            let fonts = &mut pdf.resources.fonts.map;
            fonts.insert(font_id(prefix, *file), PdfFont::new(font.clone()));
        }
    }
}

/// Cuts a face down to the given characters.
fn cut(file: FaceFile, characters: &BTreeSet<char>) -> Result<ParsedFont, PrintError> {
    let mut remapper = GlyphRemapper::new();
    let mut codes = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for character in characters {
        let Some((glyph, advance)) = file.glyph(*character) else {
            continue;
        };
        let new = remapper.remap(glyph);
        codes.insert(u32::from(*character), new);
        widths.insert(new, u16::try_from(advance).unwrap_or(0));
    }
    let bytes =
        subsetter::subset(file.bytes(), 0, &remapper).map_err(|error| PrintError::Writer {
            reason: error.to_string(),
        })?;
    let face = file.face();
    let metrics = FontMetrics {
        ascent: face.ascender(),
        descent: face.descender(),
    };
    let name = format!("{}+{}", tag(file, characters), file.post_script_name());
    let mut font = ParsedFont::with_glyph_data(bytes, 0, Some(name), codes, widths, 1000, metrics);
    let bounds = face.global_bounding_box();
    let facts = &mut font.pdf_font_metrics;
    (facts.x_min, facts.y_min) = (bounds.x_min, bounds.y_min);
    (facts.x_max, facts.y_max) = (bounds.x_max, bounds.y_max);
    facts.us_weight_class = face.weight().to_number();
    Ok(font)
}

/// Six capitals that name the cut, the same for the same characters.
fn tag(file: FaceFile, characters: &BTreeSet<char>) -> String {
    let mut hash = Sha256::new();
    hash.update(file.post_script_name());
    for character in characters {
        hash.update(u32::from(*character).to_be_bytes());
    }
    hash.finalize()
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}
