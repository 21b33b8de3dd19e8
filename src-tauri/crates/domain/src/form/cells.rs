//! Rows and cells of grids, and what may stand in a cell.
//!
//! Not here: the blocks that hold them (`blocks`), what must hold between them (`check`).

use serde::Deserialize;

use super::measure::Mm;
use super::path::{Binding, Path};
use super::template::Template;

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
