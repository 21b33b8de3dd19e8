//! The closed set of blocks a form is made of, and the cells of its grids.
//!
//! Not here: page and own fields (`spec`), what must hold between parts (`check`).

use serde::Deserialize;

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

/// A row of a grid.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Least height.
    #[serde(default = "usual_height")]
    pub height: Mm,
    /// Greatest height: text steps down 10.5 → 9 → 7.5 pt, then goes on on an annex page.
    #[serde(default)]
    pub max: Option<Mm>,
    /// Share of the room left over on a single page, relative to other rows; 0 = none.
    #[serde(default)]
    pub grow: u8,
    /// The cells that start in this row, left to right; places taken from above are skipped.
    pub cells: Vec<Cell>,
}

fn usual_height() -> Mm {
    Mm::whole(9)
}

/// A cell: a label, or tick boxes with a value or text below them, or nothing; perhaps with a
/// signature place at its foot.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cell {
    /// Key for overrides of its words.
    pub id: Option<String>,
    /// Columns covered; 0 is read as 1.
    pub span: u8,
    /// Rows covered; 0 is read as 1.
    pub rows: u8,
    /// A label in the label face.
    pub label: Option<String>,
    /// A bound value.
    pub value: Option<Binding>,
    /// Words with places for values; a line whose values are all empty is left out.
    pub text: Option<Template>,
    /// Tick boxes.
    pub ticks: Option<Ticks>,
    /// A signature place at the foot of the cell.
    pub sign: Option<Sign>,
    /// Long text: first line indented, from the top, justified, may run over pages.
    pub long: bool,
    /// For ink only: never struck through.
    pub ink: bool,
    /// One character below the other, for narrow label columns.
    pub stack: bool,
    /// Horizontal place; labels and short values are centred, long text is justified.
    pub align: Option<Align>,
    /// Vertical place; long text starts at the top, everything else stands in the middle.
    pub valign: Option<VAlign>,
    /// Face; labels are set in Hei, everything else in Song.
    pub face: Option<Face>,
    /// Size in points; 10.5 in grids, 9 in repeated rows.
    pub size: Option<f32>,
}

impl Cell {
    /// Columns covered, at least one.
    #[must_use]
    pub fn columns_covered(&self) -> usize {
        usize::from(self.span.max(1))
    }

    /// Whether nothing is to be printed in it by the form.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.label.is_none()
            && self.value.is_none()
            && self.text.is_none()
            && self.ticks.is_none()
            && self.sign.is_none()
    }

    /// Rows covered, at least one.
    #[must_use]
    pub fn rows_covered(&self) -> usize {
        usize::from(self.rows.max(1))
    }
}

/// Tick boxes for a value of a choice list, or for several.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticks {
    /// Where the chosen value (or list of values, or yes/no with codes `true`/`false`) is.
    pub value: Path,
    /// The boxes in order, when the form fixes them.
    #[serde(default)]
    pub options: Vec<TickOption>,
    /// Name of the choice list the boxes come from, when the office may edit it.
    #[serde(default)]
    pub list: Option<String>,
    /// Label of a last box for values outside the boxes, such as 其他.
    #[serde(default)]
    pub other: Option<String>,
}

/// One box.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TickOption {
    /// Code of the choice.
    pub code: String,
    /// What stands beside the box.
    pub label: String,
}

/// A signature place at the foot of a cell.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sign {
    /// Words before the gap, such as 负责人（签字）.
    pub label: String,
    /// Whether 年 月 日 for the pen follows.
    pub date: bool,
    /// A date that is known already and printed in that place.
    pub dated: Option<Binding>,
    /// Whether （盖章） stands there.
    pub seal: bool,
}

/// Horizontal place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
    /// Both edges, last line left.
    Justify,
}

/// Vertical place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VAlign {
    /// At the top edge.
    Top,
    /// In the middle.
    Middle,
    /// At the bottom edge.
    Bottom,
}

/// Faces of the forms.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, serde::Serialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// 宋体: running text and values.
    Song,
    /// 黑体: titles and labels.
    Hei,
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
