//! The closed set of blocks a form is made of.
//!
//! Not here: page and own fields (`spec`), rows and cells (`cells`), what must hold between parts (`check`).

use serde::Deserialize;

use super::cells::{Align, Face, Row};
use super::measure::Mm;
use super::path::{Binding, Condition, Path};
use super::template::Template;

/// A block of a form: the closed set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// The title line, with an optional line under it.
    Title(TitleBlock),
    /// Words at the left, middle and right above a grid.
    KeyLine(KeyLineBlock),
    /// A ruled grid of labels and values.
    Grid(GridBlock),
    /// A ruled list of lines or records.
    Rows(RowsBlock),
    /// Paragraphs.
    Prose(ProseBlock),
    /// Places for signatures, dates and seals.
    Signatures(SignaturesBlock),
    /// Photographs.
    Image(ImageBlock),
    /// The machine-readable code on every page.
    Code(CodeBlock),
    /// The next block starts on a new page.
    PageBreak {},
}

/// The title line.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TitleBlock {
    /// Key for overrides.
    pub id: String,
    /// The words; the form's title when missing.
    pub text: Option<Template>,
    /// A line above it, such as the office's name.
    pub over: Option<Template>,
    /// A line under it.
    pub under: Option<Template>,
    /// Size in points; 22 when missing.
    pub size: Option<f32>,
    /// Free room above, for covers.
    pub space_above: Mm,
    /// Free room below, for covers.
    pub space_below: Mm,
    /// Shown only when this holds; always on a blank paper.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// Words at the left, middle and right.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeyLineBlock {
    /// Key for overrides.
    pub id: String,
    /// At the left margin.
    pub left: Option<Template>,
    /// In the middle.
    pub center: Option<Template>,
    /// At the right margin.
    pub right: Option<Template>,
    /// Shown only when this holds; always on a blank paper.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// A ruled grid.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridBlock {
    /// Key for overrides.
    pub id: String,
    /// Column widths; they add up to the width of the text.
    pub columns: Vec<Mm>,
    /// The rows.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
    /// Shown only when this holds; always on a blank paper.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// A ruled list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowsBlock {
    /// Key for overrides.
    pub id: String,
    /// The list; cells reach an item's fields by paths that begin with a dot.
    pub of: Path,
    /// Column widths; they add up to the width of the text.
    pub columns: Vec<Mm>,
    /// Head rows, repeated on every page.
    #[serde(rename = "head")]
    pub heads: Vec<Row>,
    /// The rows of one item.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
    /// Rows after the last item.
    #[serde(default, rename = "foot")]
    pub feet: Vec<Row>,
    /// Empty items on a blank paper.
    #[serde(default = "usual_blanks")]
    pub blanks: u16,
    /// Shown only when this holds; always on a blank paper.
    #[serde(default)]
    pub when: Option<Condition>,
}

fn usual_blanks() -> u16 {
    12
}

/// Paragraphs; each line of the template is one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProseBlock {
    /// Key for overrides.
    pub id: String,
    /// The words.
    pub text: Template,
    /// First-line indent in characters.
    #[serde(default = "two")]
    pub indent: u8,
    /// Horizontal place; justified when missing.
    #[serde(default)]
    pub align: Option<Align>,
    /// Face; Song when missing.
    #[serde(default)]
    pub face: Option<Face>,
    /// Size in points; 12 when missing.
    #[serde(default)]
    pub size: Option<f32>,
    /// Free room above.
    #[serde(default)]
    pub space_above: Mm,
    /// Ruled lines for the pen on a blank paper, when the text is one empty value.
    #[serde(default)]
    pub ruled: u8,
    /// Shown only when this holds; always on a blank paper.
    #[serde(default)]
    pub when: Option<Condition>,
}

fn two() -> u8 {
    2
}

/// Places for signatures, dates and seals.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignaturesBlock {
    /// Key for overrides.
    pub id: String,
    /// How the places stand.
    #[serde(default)]
    pub arrangement: Arrangement,
    /// The places.
    #[serde(rename = "place")]
    pub places: Vec<Place>,
    /// Free room above.
    #[serde(default)]
    pub space_above: Mm,
    /// Shown only when this holds; always on a blank paper.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// How signature places stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// Side by side over the width.
    #[default]
    Row,
    /// At the right, one below the other, as a letter ends.
    Closing,
}

/// One place for ink.
#[derive(Debug, Clone, PartialEq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Words of the place, such as 经办人（签字）.
    pub label: Template,
    /// Whether a rule for the signature follows.
    #[serde(default = "yes")]
    pub rule: bool,
    /// Whether 年 月 日 for the pen follows.
    #[serde(default)]
    pub date: bool,
    /// A date that is known already and printed in that place.
    #[serde(default)]
    pub dated: Option<Binding>,
    /// Whether （盖章） stands there.
    #[serde(default)]
    pub seal: bool,
}

fn yes() -> bool {
    true
}

/// Photographs of a list, some to a row.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImageBlock {
    /// Key for overrides.
    pub id: String,
    /// The list of pictures.
    pub of: Path,
    /// Pictures side by side, 1 to 4.
    pub per_row: u8,
    /// Greatest height of a picture.
    pub height: Mm,
    /// Words above the first picture; not printed when there is none.
    #[serde(default)]
    pub title: String,
    /// Shown only when this holds; always on a blank paper.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// The machine-readable code on every page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeBlock {
    /// The corner of the page it stands in.
    pub place: CodePlace,
    /// Side of the square.
    pub size: Mm,
}

impl CodeBlock {
    /// Distance of a code from the edge of the sheet, outside its quiet zone.
    pub const EDGE: Mm = Mm::whole(5);
}

/// Corners of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodePlace {
    /// Upper left.
    TopLeft,
    /// Upper right.
    TopRight,
    /// Lower left.
    BottomLeft,
    /// Lower right.
    BottomRight,
}
