//! The types a form file is read into: page, margins, own fields.
//!
//! Every struct refuses unknown keys, so a misspelt key is an error with its line, never a silent
//! default. Not here: what must hold between parts (see `check`).

use serde::Deserialize;

use super::blocks::Block;
use super::cells::TickOption;
use super::measure::Mm;
use super::template::Template;

/// A form: the template of a paper, with its version.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSpec {
    /// Code of the form, such as `F-02`; an office may print its own instead.
    pub code: String,
    /// Version, counted from 1; a released version never changes.
    pub version: u32,
    /// Title in Chinese, as printed and as listed.
    pub title: String,
    /// What one paper of this form is about.
    pub subject: Subject,
    /// Register of the record, or of the records of a list.
    #[serde(default)]
    pub register: Option<String>,
    /// Whether the printed sheet is to be signed and must come back.
    #[serde(default)]
    pub signed: bool,
    /// Labels of the copies (存根, 顾客联 …); one unlabelled copy when empty.
    #[serde(default)]
    pub copies: Vec<String>,
    /// Sheet, margins, running head and foot.
    #[serde(default)]
    pub page: PageSpec,
    /// Fields of the paper itself, for what no register holds.
    #[serde(default, rename = "field")]
    pub fields: Vec<OwnField>,
    /// The blocks, top to bottom.
    #[serde(rename = "block")]
    pub blocks: Vec<Block>,
}

/// What one paper is about, and so what the root of its data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One record: its fields are the root.
    Record,
    /// Many records: the root holds them as the list `records`.
    List,
}

/// A field of the paper itself, kept as JSON with the paper and bound as `paper.<id>`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnField {
    /// Stable English id.
    pub id: String,
    /// Chinese label for the entry screen.
    pub label: String,
    /// What may be typed.
    pub kind: FieldKind,
    /// Values of a choice field.
    #[serde(default)]
    pub options: Vec<TickOption>,
}

/// Kinds of own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line, up to 200 characters.
    Text,
    /// Paragraphs, up to 20,000 characters.
    LongText,
    /// A calendar day.
    Date,
    /// A point in time.
    Moment,
    /// One of `options`.
    Choice,
}

/// Which way the sheet lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// 210 × 297 mm.
    #[default]
    Portrait,
    /// 297 × 210 mm.
    Landscape,
}

/// Sheet, margins, running head and foot; A4 always (domain.md 2.10).
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PageSpec {
    /// Which way the sheet lies.
    pub orientation: Orientation,
    /// Margins around the text.
    pub margins: Margins,
    /// Small words above the text on each page.
    pub header: Running,
    /// Small words below it; when empty: form code and version, 第 x 页 共 y 页, paper number.
    pub footer: Option<Running>,
}

/// Margins around the text area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Margins {
    /// Above.
    pub top: Mm,
    /// Right.
    pub right: Mm,
    /// Below; at least 20 mm, because foot and reprint strip lie in it.
    pub bottom: Mm,
    /// Left.
    pub left: Mm,
}

impl Default for Margins {
    fn default() -> Self {
        Self {
            top: Mm::whole(22),
            right: Mm::whole(20),
            bottom: Mm::whole(24),
            left: Mm::whole(20),
        }
    }
}

/// A running line with three places.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Running {
    /// At the left margin.
    pub left: Option<Template>,
    /// In the middle.
    pub center: Option<Template>,
    /// At the right margin.
    pub right: Option<Template>,
}
