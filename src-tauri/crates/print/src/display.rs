//! The display list: pages of placed items, before any PDF exists.
//!
//! Lengths are thousandths of a point from the upper left corner of the sheet, so that a list is
//! the same on every machine and can be compared as text. Items stand in paint order: shades,
//! pictures and codes, rules, text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use crate::font::FaceFile;
use crate::photo::Photo;

/// A laid-out paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Form code as printed.
    pub form: String,
    /// Form version.
    pub version: u32,
    /// Title as printed.
    pub title: String,
    /// The pages, copy after copy.
    pub pages: Vec<Page>,
    /// Bindings that named a field the data does not have: faults of the form or of the caller,
    /// not of the clerk. Empty in a correct program.
    pub unbound: Vec<String>,
    /// Pictures by hash, for emission.
    #[serde(skip)]
    pub pictures: BTreeMap<String, Arc<Photo>>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// Width of the sheet.
    pub width: i32,
    /// Height of the sheet.
    pub height: i32,
    /// What is on it.
    pub items: Vec<Item>,
}

/// A rectangle: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Area {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

/// Something placed on a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum Item {
    /// A line of text.
    Text(PlacedText),
    /// A horizontal or vertical rule.
    Rule {
        /// From.
        from: (i32, i32),
        /// To.
        to: (i32, i32),
        /// Thickness.
        thickness: i32,
    },
    /// A grey ground.
    Shade {
        /// Where.
        area: Area,
        /// Per cent of black.
        grey: u8,
    },
    /// A picture, stretched into its area.
    Picture {
        /// Where.
        area: Area,
        /// Hash of the picture.
        sha256: String,
    },
    /// A machine-readable code (QR).
    Code {
        /// Where, with its quiet zone.
        area: Area,
        /// What it says.
        text: String,
    },
}

/// A line of text with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlacedText {
    /// Left end.
    pub x: i32,
    /// Baseline.
    pub baseline: i32,
    /// Size.
    pub size: i32,
    /// Extra room after each character of spaced parts.
    pub spacing: i32,
    /// Width of what is drawn.
    pub width: i32,
    /// What is drawn.
    pub parts: Vec<Part>,
    /// The cell or column that must hold it; for tests, not part of the list.
    #[serde(skip)]
    pub room: Area,
}

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Characters of one face.
    Text {
        /// The face that draws them.
        face: FaceFile,
        /// The characters.
        text: String,
        /// Whether the line's spacing follows each of them.
        spaced: bool,
    },
    /// —— drawn as one glyph, extracted as two characters.
    LongDash {
        /// The face that draws it.
        face: FaceFile,
        /// Whether the line's spacing follows it.
        spaced: bool,
    },
    /// The pen moves right (left when negative), in thousandths of an em.
    Move {
        /// How far.
        em: i32,
    },
}

impl PlacedText {
    /// The characters, as a reader of the PDF gets them back.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text { text, .. } => out.push_str(text),
                Part::LongDash { .. } => out.push_str("——"),
                Part::Move { .. } => {}
            }
        }
        out
    }
}

impl Page {
    /// The lines of text in paint order.
    pub fn texts(&self) -> impl Iterator<Item = &PlacedText> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        })
    }
}

impl Document {
    /// All characters of all pages, line after line.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<String> = self
            .pages
            .iter()
            .flat_map(Page::texts)
            .map(PlacedText::text)
            .collect();
        lines.join("\n")
    }

    /// The list as lines of text, one item a line, for golden files and for reading.
    #[must_use]
    pub fn listing(&self) -> String {
        let mut out = format!("form {} v{} {}\n", self.form, self.version, self.title);
        for (index, page) in self.pages.iter().enumerate() {
            let _ = writeln!(
                out,
                "page {} {}x{}",
                index + 1,
                pt(page.width),
                pt(page.height)
            );
            for item in &page.items {
                list_item(&mut out, item);
            }
        }
        for path in &self.unbound {
            let _ = writeln!(out, "unbound {path}");
        }
        out
    }
}

fn pt(length: i32) -> String {
    let sign = if length < 0 { "-" } else { "" };
    let (whole, rest) = (length.unsigned_abs() / 1000, length.unsigned_abs() % 1000);
    format!("{sign}{whole}.{rest:03}")
}

fn area_words(area: &Area) -> String {
    format!(
        "{} {} {} {}",
        pt(area.left),
        pt(area.top),
        pt(area.right),
        pt(area.bottom)
    )
}

fn list_item(out: &mut String, item: &Item) {
    let _ = match item {
        Item::Rule {
            from,
            to,
            thickness,
        } => writeln!(
            out,
            "  rule {} {} {} {} w{}",
            pt(from.0),
            pt(from.1),
            pt(to.0),
            pt(to.1),
            pt(*thickness)
        ),
        Item::Shade { area, grey } => writeln!(out, "  shade {} {grey}%", area_words(area)),
        Item::Picture { area, sha256 } => {
            writeln!(out, "  picture {} {sha256}", area_words(area))
        }
        Item::Code { area, text } => writeln!(out, "  code {} {text}", area_words(area)),
        Item::Text(text) => {
            let _ = write!(
                out,
                "  text {} {} s{} +{} w{}",
                pt(text.x),
                pt(text.baseline),
                pt(text.size),
                pt(text.spacing),
                pt(text.width)
            );
            for part in &text.parts {
                let _ = match part {
                    Part::Text { face, text, spaced } => {
                        write!(out, " {face:?}{}:{text}", if *spaced { "+" } else { "" })
                    }
                    Part::LongDash { face, .. } => write!(out, " {face:?}:[——]"),
                    Part::Move { em } => write!(out, " >{em}"),
                };
            }
            writeln!(out)
        }
    };
}

impl Item {
    /// Paint order: grounds, pictures, codes, rules, text.
    pub(crate) fn layer(&self) -> u8 {
        match self {
            Self::Shade { .. } => 0,
            Self::Picture { .. } => 1,
            Self::Code { .. } => 2,
            Self::Rule { .. } => 3,
            Self::Text(_) => 4,
        }
    }

    /// The item moved by a distance.
    pub(crate) fn moved(self, right: i32, down: i32) -> Self {
        match self {
            Self::Text(text) => Self::Text(PlacedText {
                x: text.x + right,
                baseline: text.baseline + down,
                room: text.room.moved(right, down),
                ..text
            }),
            Self::Rule {
                from,
                to,
                thickness,
            } => Self::Rule {
                from: (from.0 + right, from.1 + down),
                to: (to.0 + right, to.1 + down),
                thickness,
            },
            Self::Shade { area, grey } => Self::Shade {
                area: area.moved(right, down),
                grey,
            },
            Self::Picture { area, sha256 } => Self::Picture {
                area: area.moved(right, down),
                sha256,
            },
            Self::Code { area, text } => Self::Code {
                area: area.moved(right, down),
                text,
            },
        }
    }
}

impl Area {
    fn moved(self, right: i32, down: i32) -> Self {
        Self {
            left: self.left + right,
            top: self.top + down,
            right: self.right + right,
            bottom: self.bottom + down,
        }
    }
}
