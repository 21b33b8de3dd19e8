//! Divides a table where a page ends.
//!
//! Rows go to the next page whole when they are short; a row with long text is divided between
//! lines, at least two on each side. Rows tied by a cell over several of them stay together if
//! they are at most a third of a page high, else they are treated one by one and the labels beside
//! them are repeated.

use super::{Boxed, Content, PAD_Y, RowBox, Table};

/// Lines that must stay on each side of a page end.
const LEAST_LINES: usize = 2;

/// How a table goes over a page end.
#[derive(Debug, PartialEq)]
pub(crate) enum Split {
    /// All of it fits.
    Fits(Table),
    /// The first piece fits; the second goes on.
    Divided(Table, Table),
    /// Nothing of it fits here.
    Nothing(Table),
}

impl Table {
    /// Takes as much as fits into `room`; `page` is the room of an empty page.
    pub(crate) fn split(self, room: i32, page: i32) -> Split {
        if self.height() <= room {
            return Split::Fits(self);
        }
        let mut top = self.rows[..self.heads]
            .iter()
            .map(|row| row.height)
            .sum::<i32>();
        let mut row = self.heads;
        while row < self.rows.len() && top + self.rows[row].height <= room {
            top += self.rows[row].height;
            row += 1;
        }
        if row == self.rows.len() {
            return Split::Fits(self);
        }
        let group = self.group(row);
        let tied: i32 = self.rows[group.clone()].iter().map(|row| row.height).sum();
        if group.len() > 1 && tied <= page / 3 {
            return self.cut_before(group.start);
        }
        if let Some(lines) = self.lines_that_fit(row, room - top) {
            return self.cut_inside(row, &lines);
        }
        self.cut_before(row)
    }

    /// The rows tied to a row by cells that cover several.
    fn group(&self, row: usize) -> std::ops::Range<usize> {
        let (mut from, mut to) = (row, row + 1);
        loop {
            let before = (from, to);
            for cell in &self.cells {
                if cell.rows > 1 && cell.row < to && cell.row + cell.rows > from {
                    from = from.min(cell.row);
                    to = to.max(cell.row + cell.rows);
                }
            }
            if before == (from, to) {
                return from.max(self.heads)..to;
            }
        }
    }

    /// How many lines of each cell of a row stay when it is divided; `None` when it may not be.
    fn lines_that_fit(&self, row: usize, room: i32) -> Option<Vec<usize>> {
        let mut stays = Vec::with_capacity(self.cells.len());
        let mut divides = false;
        for cell in &self.cells {
            let content = &cell.content;
            if cell.row != row || cell.rows != 1 || content.label {
                let too_high = cell.row == row && cell.rows == 1 && content.height() > room;
                if too_high {
                    return None;
                }
                stays.push(content.lines.len());
                continue;
            }
            let fit = usize::try_from((room - 2 * PAD_Y) / content.leading.max(1)).unwrap_or(0);
            let all = content.lines.len();
            if all <= fit && (content.foot.is_empty() || content.height() <= room) {
                stays.push(all);
                continue;
            }
            let keep = fit.min(all.saturating_sub(LEAST_LINES));
            if keep < LEAST_LINES {
                return None;
            }
            divides = true;
            stays.push(keep);
        }
        divides.then_some(stays)
    }

    fn cut_before(self, row: usize) -> Split {
        if row <= self.heads {
            return Split::Nothing(self);
        }
        let stays: Vec<usize> = self
            .cells
            .iter()
            .map(|cell| cell.content.lines.len())
            .collect();
        let (upper, lower) = self.divide(row, row, &stays);
        Split::Divided(upper, lower)
    }

    fn cut_inside(self, row: usize, stays: &[usize]) -> Split {
        let (upper, lower) = self.divide(row + 1, row, stays);
        Split::Divided(upper, lower)
    }

    /// The upper piece has the rows before `upper_end`, the lower one the head rows and those from
    /// `lower_start`; cells that reach over the cut stand in both.
    fn divide(self, upper_end: usize, lower_start: usize, stays: &[usize]) -> (Table, Table) {
        let heads = self.heads;
        let heights: Vec<i32> = self.rows.iter().map(|row| row.height).collect();
        let mut upper = Table {
            block: self.block.clone(),
            edges: self.edges.clone(),
            rows: self.rows[..upper_end].to_vec(),
            heads,
            cells: Vec::new(),
        };
        let mut lower = Table {
            block: self.block,
            edges: self.edges,
            rows: self.rows[..heads]
                .iter()
                .chain(&self.rows[lower_start..])
                .cloned()
                .collect(),
            heads,
            cells: Vec::new(),
        };
        for (cell, stay) in self.cells.into_iter().zip(stays) {
            let end = cell.row + cell.rows;
            if cell.row < heads {
                lower.cells.push(cell.clone());
                upper.cells.push(cell);
                continue;
            }
            let stay = if cell.rows > 1 && cell.row < lower_start && end > lower_start {
                let above: i32 = heights[cell.row..lower_start].iter().sum();
                usize::try_from((above - 2 * PAD_Y) / cell.content.leading.max(1)).unwrap_or(0)
            } else {
                *stay
            };
            let (first, second) = divide_content(&cell, stay, upper_end, lower_start);
            if cell.row < upper_end {
                let rows = end.min(upper_end) - cell.row;
                upper.cells.push(Boxed {
                    rows,
                    content: first,
                    ..cell.clone()
                });
            }
            if end > lower_start {
                let from = cell.row.max(lower_start);
                lower.cells.push(Boxed {
                    row: from - lower_start + heads,
                    rows: end - from,
                    content: second,
                    ..cell
                });
            }
        }
        if upper_end > lower_start {
            shrink(&mut upper.rows[lower_start]);
            if let Some(row) = lower.rows.get_mut(heads) {
                shrink(row);
            }
        }
        upper.measure();
        lower.measure();
        (upper, lower)
    }
}

/// The parts of a cell above and below the cut; a label stands in both.
fn divide_content(
    cell: &Boxed,
    stay: usize,
    upper_end: usize,
    lower_start: usize,
) -> (Content, Content) {
    let whole = cell.content.clone();
    let crosses = cell.row < upper_end && cell.row + cell.rows > lower_start;
    if whole.label || !crosses {
        return (whole.clone(), whole);
    }
    let mut first = whole.clone();
    let mut second = whole;
    second.lines = first.lines.split_off(stay.min(first.lines.len()));
    // The signature place closes the cell, so it stands where the cell ends.
    first.foot.clear();
    (first, second)
}

/// A divided row is as high as its text, not as high as the whole row was.
fn shrink(row: &mut RowBox) {
    row.least = 0;
    row.height = 0;
    row.grow = 0;
}
