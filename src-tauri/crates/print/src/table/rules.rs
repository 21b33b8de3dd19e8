//! The rules of a table piece: every edge drawn once, collinear edges as one stroke.

use std::collections::BTreeSet;

use super::Table;
use crate::display::Item;

/// Thickness of the frame.
const OUTER: i32 = 1_000;
/// Thickness of the rules inside.
const INNER: i32 = 500;

/// Draws frame and inner rules of the piece; inner ones first, so that the frame lies on top.
pub(super) fn draw(table: &Table, rows: &[i32], left: i32, top: i32, items: &mut Vec<Item>) {
    let columns = &table.edges;
    let (last_row, last_column) = (rows.len() - 1, columns.len() - 1);
    if last_row == 0 {
        return;
    }
    let mut across: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut down: BTreeSet<(usize, usize)> = BTreeSet::new();
    for cell in &table.cells {
        for column in cell.column..cell.column + cell.columns {
            across.insert((cell.row, column));
            across.insert((cell.row + cell.rows, column));
        }
        for row in cell.row..cell.row + cell.rows {
            down.insert((cell.column, row));
            down.insert((cell.column + cell.columns, row));
        }
    }
    across.retain(|(edge, _)| *edge != 0 && *edge != last_row);
    down.retain(|(edge, _)| *edge != 0 && *edge != last_column);
    for (edge, from, to) in runs(&across) {
        let y = top + rows[edge];
        items.push(Item::Rule {
            from: (left + columns[from], y),
            to: (left + columns[to], y),
            thickness: INNER,
        });
    }
    for (edge, from, to) in runs(&down) {
        let x = left + columns[edge];
        items.push(Item::Rule {
            from: (x, top + rows[from]),
            to: (x, top + rows[to]),
            thickness: INNER,
        });
    }
    frame(
        left,
        top,
        left + columns[last_column],
        top + rows[last_row],
        items,
    );
}

/// Joins neighbouring unit edges: (edge, from, to).
fn runs(edges: &BTreeSet<(usize, usize)>) -> Vec<(usize, usize, usize)> {
    let mut joined: Vec<(usize, usize, usize)> = Vec::new();
    for (edge, unit) in edges {
        match joined.last_mut() {
            Some((last_edge, _, to)) if last_edge == edge && to == unit => *to += 1,
            _ => joined.push((*edge, *unit, unit + 1)),
        }
    }
    joined
}

/// Four strokes; the horizontal ones reach over the corners so that these are square.
fn frame(left: i32, top: i32, right: i32, bottom: i32, items: &mut Vec<Item>) {
    let half = OUTER / 2;
    for y in [top, bottom] {
        items.push(Item::Rule {
            from: (left - half, y),
            to: (right + half, y),
            thickness: OUTER,
        });
    }
    for x in [left, right] {
        items.push(Item::Rule {
            from: (x, top),
            to: (x, bottom),
            thickness: OUTER,
        });
    }
}
