//! Writes display lists as PDF operations: the only user of `printpdf`.
//!
//! `printpdf` does not cut fonts down without its layout feature, so faces are cut here by
//! `subsetter` and handed over with their glyph tables. Everything about files and PDF/A is left
//! to `finish`.

mod faces;
mod pictures;
mod workers;

use domain::time::Moment;
use printpdf::{
    Codepoint, Color, Greyscale, Line, LinePoint, Op, PaintMode, PdfDocument, PdfFontHandle,
    PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect,
    TextItem, TextMatrix, WindingOrder, XObjectId, XObjectTransform,
};

use faces::{Faces, LongDashes, font_id};
use pictures::{code_id, picture_id};

use crate::display::{Area, Document, Item, Page, Part, PlacedText};
use crate::error::PrintError;
use crate::finish::{self, Unfinished};
use crate::font::FaceFile;

/// What a PDF says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Title; readers show it instead of the file name.
    pub title: String,
    /// The office.
    pub author: String,
    /// When the paper was made: given by the caller, so that the same paper has the same bytes.
    pub created: Moment,
}

/// Documents that are written at a time. Operations and content before packing are many times larger
/// than the file, so they exist for a few slices only. Fixed, so that the bytes are the same on
/// every machine.
const SLICE: usize = 50;

/// Writes documents, one after the other, as one PDF/A-2b file.
///
/// The same documents and meta give the same bytes. Fonts are shared, so many papers in one file
/// are small and fast.
///
/// # Errors
/// [`PrintError::PictureMissing`], [`PrintError::CodeTooLong`], [`PrintError::Writer`].
pub fn emit(documents: &[Document], meta: &Meta) -> Result<Vec<u8>, PrintError> {
    let faces = Faces::of(documents)?;
    let slices: Vec<&[Document]> = documents.chunks(SLICE).collect();
    let written = workers::each(&slices, |slice| {
        finish::pack(write_with(slice, &faces, "")?)
    })?;
    finish::finish(written, meta)
}

/// Writes documents without finishing; resource names begin with `prefix`.
pub(crate) fn write(documents: &[Document], prefix: &str) -> Result<Unfinished, PrintError> {
    write_with(documents, &Faces::of(documents)?, prefix)
}

fn write_with(
    documents: &[Document],
    faces: &Faces,
    prefix: &str,
) -> Result<Unfinished, PrintError> {
    let mut pdf = PdfDocument::new("");
    faces.add_to(&mut pdf, prefix);
    for document in documents {
        pictures::add(&mut pdf, document, prefix)?;
        for page in &document.pages {
            let writer = PageWriter {
                page,
                glyphs: &faces.dashes,
                prefix,
                ops: Vec::new(),
            };
            pdf.pages.push(writer.write());
        }
    }
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut warnings = Vec::new();
    let written = pdf.to_lopdf_document(&options, &mut warnings);
    match warnings
        .into_iter()
        .find(|w| w.severity != PdfParseErrorSeverity::Info)
    {
        Some(warning) => Err(PrintError::Writer {
            reason: warning.msg,
        }),
        None => Ok(Unfinished(written)),
    }
}

/// Thousandths of a point as PDF numbers. Sheets are far below the whole numbers that `f32` keeps.
#[expect(
    clippy::cast_precision_loss,
    reason = "lengths on a sheet are below 2^24"
)]
fn number(millipoints: i32) -> f32 {
    millipoints as f32 / 1000.0
}

/// Turns one page into operations.
struct PageWriter<'a> {
    page: &'a Page,
    glyphs: &'a LongDashes,
    prefix: &'a str,
    ops: Vec<Op>,
}

impl PageWriter<'_> {
    fn write(mut self) -> PdfPage {
        self.ops.push(Op::SaveGraphicsState);
        let mut thickness = None;
        for item in &self.page.items {
            match item {
                Item::Shade { area, grey } => self.fill(*area, 100 - grey.min(&100)),
                Item::Code { area, text } => self.object(*area, code_id(self.prefix, text)),
                Item::Picture { area, sha256 } => {
                    self.object(*area, picture_id(self.prefix, sha256));
                }
                Item::Rule {
                    from,
                    to,
                    thickness: wanted,
                } => {
                    if thickness.replace(*wanted) != Some(*wanted) {
                        self.ops.push(Op::SetOutlineThickness {
                            pt: Pt(number(*wanted)),
                        });
                    }
                    let points = [*from, *to].map(|point| self.point(point)).to_vec();
                    self.ops.push(Op::DrawLine {
                        line: Line {
                            points,
                            is_closed: false,
                        },
                    });
                }
                Item::Text(_) => {}
            }
        }
        self.texts();
        self.ops.push(Op::RestoreGraphicsState);
        let sheet = Rect::from_wh(Pt(number(self.page.width)), Pt(number(self.page.height)));
        PdfPage {
            media_box: sheet.clone(),
            trim_box: sheet.clone(),
            crop_box: sheet,
            ops: self.ops,
        }
    }

    fn point(&self, (x, y): (i32, i32)) -> LinePoint {
        let p = Point {
            x: Pt(number(x)),
            y: Pt(number(self.page.height - y)),
        };
        LinePoint { p, bezier: false }
    }

    /// Fills a rectangle; `light` is 0 for black and 100 for white.
    fn fill(&mut self, area: Area, light: u8) {
        let corners = [
            (area.left, area.top),
            (area.right, area.top),
            (area.right, area.bottom),
            (area.left, area.bottom),
        ];
        let points = corners.map(|point| self.point(point)).to_vec();
        self.grey(light);
        self.ops.push(Op::DrawPolygon {
            polygon: Polygon {
                rings: vec![PolygonRing { points }],
                mode: PaintMode::Fill,
                winding_order: WindingOrder::NonZero,
            },
        });
        self.grey(0);
    }

    fn grey(&mut self, light: u8) {
        let col = Color::Greyscale(Greyscale::new(f32::from(light) / 100.0, None));
        self.ops.push(Op::SetFillColor { col });
    }

    /// Stretches a picture or code into its area.
    fn object(&mut self, area: Area, id: XObjectId) {
        let transform = XObjectTransform {
            translate_x: Some(Pt(number(area.left))),
            translate_y: Some(Pt(number(self.page.height - area.bottom))),
            scale_x: Some(number(area.right - area.left)),
            scale_y: Some(number(area.bottom - area.top)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id, transform });
    }

    /// One text object a page; fonts and spacing are set only where they change.
    fn texts(&mut self) {
        let mut state = TextState::default();
        let mut ops = vec![Op::StartTextSection];
        for text in self.page.texts() {
            let matrix = TextMatrix::Translate(
                Pt(number(text.x)),
                Pt(number(self.page.height - text.baseline)),
            );
            ops.push(Op::SetTextMatrix { matrix });
            self.line(text, &mut state, &mut ops);
        }
        if ops.len() > 1 {
            ops.push(Op::EndTextSection);
            self.ops.append(&mut ops);
        }
    }

    fn line(&self, text: &PlacedText, state: &mut TextState, ops: &mut Vec<Op>) {
        let wanted = |part: &Part| match part {
            Part::Text { face, spaced, .. } | Part::LongDash { face, spaced } => Some((
                Some((*face, text.size)),
                if *spaced { text.spacing } else { 0 },
            )),
            Part::Move { .. } => None,
        };
        // A move counts in the size of the font that is set, so the first font comes before it.
        let Some(first) = text.parts.iter().find_map(wanted) else {
            return;
        };
        self.change(first, state, ops);
        let mut items: Vec<TextItem> = Vec::new();
        for part in &text.parts {
            if let Some(wanted) = wanted(part)
                && wanted != (state.font, state.spacing)
            {
                if !items.is_empty() {
                    ops.push(Op::ShowText {
                        items: std::mem::take(&mut items),
                    });
                }
                self.change(wanted, state, ops);
            }
            items.push(match part {
                Part::Text { text, .. } => TextItem::Text(text.clone()),
                Part::LongDash { face, .. } => {
                    let glyph = self.glyphs.get(face).copied().unwrap_or(0);
                    TextItem::GlyphIds(vec![Codepoint::with_cid(glyph, 0.0, "——".to_owned())])
                }
                Part::Move { em } => TextItem::Offset(-number(*em) * 1000.0),
            });
        }
        ops.push(Op::ShowText { items });
    }

    fn change(
        &self,
        (font, spacing): (Option<(FaceFile, i32)>, i32),
        state: &mut TextState,
        ops: &mut Vec<Op>,
    ) {
        if state.font != font
            && let Some((face, size)) = font
        {
            let handle = PdfFontHandle::External(font_id(self.prefix, face));
            ops.push(Op::SetFont {
                font: handle,
                size: Pt(number(size)),
            });
        }
        if state.spacing != spacing {
            ops.push(Op::SetCharacterSpacing {
                multiplier: number(spacing),
            });
        }
        *state = TextState { font, spacing };
    }
}

/// What the text operators have set so far.
#[derive(Default)]
struct TextState {
    font: Option<(FaceFile, i32)>,
    spacing: i32,
}
