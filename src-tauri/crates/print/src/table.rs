//! Ruled tables: cells with their set text, row heights, and the drawing of a finished piece.

mod build;
mod rules;
mod split;

pub(crate) use build::{Annex, TableSource, build, points};
pub(crate) use split::Split;

use domain::form::VAlign;

use crate::display::{Area, Item, Part, PlacedText};
use crate::text::Line;

/// Room between a rule and text at the sides.
pub(crate) const PAD_X: i32 = 4_250;
/// The same in the narrow columns of lists.
pub(crate) const PAD_X_NARROW: i32 = 2_600;
/// Room between a rule and text above and below.
pub(crate) const PAD_Y: i32 = 2_600;

/// What a cell says, set to its width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Content {
    /// The lines.
    pub(crate) lines: Vec<Line>,
    /// Size of the text.
    pub(crate) size: i32,
    /// Distance of baselines.
    pub(crate) leading: i32,
    /// Lines that stand at the foot of the cell, such as a signature place.
    pub(crate) foot: Vec<Line>,
    /// Room above the foot for ink.
    pub(crate) ink: i32,
    /// Whether the text starts at the top, stands in the middle or at the bottom.
    pub(crate) valign: Place,
    /// A label: repeated, not divided, when its cell goes over a page.
    pub(crate) label: bool,
    /// Room between rules and text at the sides.
    pub(crate) pad: i32,
    /// A grey ground.
    pub(crate) shaded: bool,
}

/// Vertical place with a default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place(pub(crate) VAlign);

impl Default for Place {
    fn default() -> Self {
        Self(VAlign::Middle)
    }
}

impl Content {
    /// Height of the text with the room around it.
    pub(crate) fn height(&self) -> i32 {
        let lines = i32::try_from(self.lines.len() + self.foot.len()).unwrap_or(i32::MAX / 100_000);
        let ink = if self.foot.is_empty() { 0 } else { self.ink };
        lines * self.leading + ink + 2 * PAD_Y
    }
}

/// A cell with its place in the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Boxed {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) content: Content,
}

/// A row with its least and present height.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RowBox {
    pub(crate) least: i32,
    pub(crate) height: i32,
    pub(crate) grow: u8,
}

/// A table, or the piece of one that stands on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    /// Block id, for errors.
    pub(crate) block: String,
    /// Left edges of the columns and the right edge of the last.
    pub(crate) edges: Vec<i32>,
    /// Rows, of which the first `heads` are repeated on every page.
    pub(crate) rows: Vec<RowBox>,
    /// Number of head rows.
    pub(crate) heads: usize,
    /// The cells.
    pub(crate) cells: Vec<Boxed>,
}

impl Table {
    /// Height of all rows.
    pub(crate) fn height(&self) -> i32 {
        self.rows.iter().map(|row| row.height).sum()
    }

    /// Gives every row the height its cells need; what a cell over several rows lacks goes to the
    /// last of them.
    pub(crate) fn measure(&mut self) {
        for row in &mut self.rows {
            row.height = row.height.max(row.least);
        }
        for cell in self.cells.iter().filter(|cell| cell.rows == 1) {
            let row = &mut self.rows[cell.row];
            row.height = row.height.max(cell.content.height());
        }
        for cell in self.cells.iter().filter(|cell| cell.rows > 1) {
            let rows = &mut self.rows[cell.row..cell.row + cell.rows];
            let have: i32 = rows.iter().map(|row| row.height).sum();
            let lack = cell.content.height() - have;
            if lack > 0
                && let Some(last) = rows.last_mut()
            {
                last.height += lack;
            }
        }
    }

    /// Gives room that is left over to the rows that may grow.
    pub(crate) fn grow(&mut self, room: i32) {
        let shares: i32 = self.rows.iter().map(|row| i32::from(row.grow)).sum();
        if shares == 0 || room <= 0 {
            return;
        }
        for row in &mut self.rows {
            row.height += room / shares * i32::from(row.grow);
        }
    }

    /// Adds the rows of another table with the same columns.
    pub(crate) fn append(&mut self, other: Table) {
        let below = self.rows.len();
        self.rows.extend(other.rows);
        self.cells.extend(other.cells.into_iter().map(|cell| Boxed {
            row: cell.row + below,
            ..cell
        }));
    }

    /// Number of shares of left-over room.
    pub(crate) fn shares(&self) -> i32 {
        self.rows.iter().map(|row| i32::from(row.grow)).sum()
    }

    /// Upper edges of the rows and the lower edge of the last.
    fn row_edges(&self) -> Vec<i32> {
        let mut edge = 0;
        let mut edges = vec![0];
        for row in &self.rows {
            edge += row.height;
            edges.push(edge);
        }
        edges
    }

    /// Puts the piece on a page with its upper left corner at the given point.
    pub(crate) fn place(&self, left: i32, top: i32, items: &mut Vec<Item>) {
        let rows = self.row_edges();
        for cell in &self.cells {
            let area = Area {
                left: left + self.edges[cell.column],
                top: top + rows[cell.row],
                right: left + self.edges[cell.column + cell.columns],
                bottom: top + rows[cell.row + cell.rows],
            };
            place_content(&cell.content, area, items);
        }
        rules::draw(self, &rows, left, top, items);
    }
}

/// Baseline of a line in its leading: the body of the glyphs stands in the middle, 0.88 of it
/// above the baseline.
pub(crate) fn baseline(top: i32, leading: i32, size: i32) -> i32 {
    top + (leading - size) / 2 + size * 22 / 25
}

/// Puts a line on a page with its upper edge at `top`.
pub(crate) fn place_line(
    line: &Line,
    area: Area,
    top: i32,
    (leading, size): (i32, i32),
    items: &mut Vec<Item>,
) {
    let base = baseline(top, leading, size);
    for (from, width) in &line.rules {
        let left = area.left + line.x + from;
        let y = base + size * 17 / 100;
        items.push(Item::Rule {
            from: (left, y),
            to: (left + width, y),
            thickness: 500,
        });
    }
    if line
        .parts
        .iter()
        .all(|part| matches!(part, Part::Move { .. }))
    {
        return;
    }
    items.push(Item::Text(PlacedText {
        x: area.left + line.x,
        baseline: base,
        size,
        spacing: line.spacing,
        width: line.width,
        parts: line.parts.clone(),
        room: area,
    }));
}

fn place_content(content: &Content, area: Area, items: &mut Vec<Item>) {
    if content.shaded {
        items.push(Item::Shade { area, grey: 7 });
    }
    let inner = Area {
        left: area.left + content.pad,
        right: area.right - content.pad,
        ..area
    };
    let metrics = (content.leading, content.size);
    let body = i32::try_from(content.lines.len()).unwrap_or(0) * content.leading;
    let foot = i32::try_from(content.foot.len()).unwrap_or(0) * content.leading;
    let free = area.bottom - area.top - 2 * PAD_Y - body - foot;
    let above = match content.valign.0 {
        VAlign::Top => 0,
        VAlign::Middle => free.max(0) / 2,
        VAlign::Bottom => free.max(0),
    };
    let mut top = area.top + PAD_Y + above;
    for line in &content.lines {
        place_line(line, inner, top, metrics, items);
        top += content.leading;
    }
    let mut top = area.bottom - PAD_Y - foot;
    for line in &content.foot {
        place_line(line, inner, top, metrics, items);
        top += content.leading;
    }
}
