//! A digest of all cells of a sheet: made while writing, made again while reading back.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::cell::{Cell, Row};

/// Position and text of every cell, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Digest {
    hasher: DefaultHasher,
    cells: u64,
}

impl Digest {
    /// Takes one cell.
    pub(super) fn cell(&mut self, row: u32, column: u32, cell: &Cell<'_>) {
        (row, column, cell.text()).hash(&mut self.hasher);
        self.cells += 1;
    }

    /// Takes all cells of a row as it was read.
    pub(super) fn row(&mut self, row: &Row<'_>) {
        for (column, cell) in &row.cells {
            self.cell(row.number, *column, cell);
        }
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.cells == other.cells && self.hasher.finish() == other.hasher.finish()
    }
}
