//! What a sheet says beside its cells, picked out of its bytes.
//!
//! Hidden rows, merged cells and failed formulas are rare, so the bytes are searched for the few
//! words that announce them and only the tags around a hit are looked at: a full parse would
//! double the time of reading. A tag that is not understood is skipped; nothing here can fail.

use memchr::{memmem, memrchr};

use crate::cell::column_index;

/// How much of the bytes before is kept, so that no tag is missed where two pieces meet. Longer
/// tags are none that are wanted.
const OVERLAP: usize = 8 * 1024;

/// One block of merged cells; columns from 0, rows from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// First column.
    pub left: u32,
    /// Last column.
    pub right: u32,
}

/// What a sheet says beside its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Hidden rows, from 1, ascending.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns from 0, first and last of each run.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Merged cells, by their first row.
    pub merges: Vec<Merge>,
    /// Cells with an error as their value: row from 1, column from 0, in order.
    pub errors: Vec<(u32, u32)>,
    /// Cells with a formula whose result was never stored, in the same form.
    pub uncomputed: Vec<(u32, u32)>,
}

impl Layout {
    /// Whether a row is hidden.
    #[must_use]
    pub fn hides_row(&self, row: u32) -> bool {
        self.hidden_rows.binary_search(&row).is_ok()
    }

    /// Whether a cell has a formula without stored result.
    #[must_use]
    pub fn is_uncomputed(&self, row: u32, column: u32) -> bool {
        self.uncomputed.binary_search(&(row, column)).is_ok()
    }

    /// The first cell with an error behind a place.
    pub(crate) fn error_behind(&self, row: u32, column: Option<u32>) -> Option<(u32, u32)> {
        let at = self
            .errors
            .partition_point(|(r, c)| (*r, Some(*c)) <= (row, column));
        self.errors.get(at).copied()
    }

    /// Whether a column, from 0, is hidden.
    #[must_use]
    pub fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&column))
    }
}

/// Takes the bytes of a sheet piece by piece.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    /// The end of the pieces before, and the piece that is looked at.
    window: Vec<u8>,
    layout: Layout,
}

impl Scanner {
    /// Takes the next piece.
    pub(super) fn feed(&mut self, piece: &[u8]) {
        let kept = self.window.len().min(OVERLAP);
        self.window.drain(..self.window.len() - kept);
        self.window.extend_from_slice(piece);
        let window = std::mem::take(&mut self.window);
        self.look_at(&window);
        self.window = window;
    }

    /// What was found.
    pub(super) fn finish(mut self) -> Layout {
        // Where two windows overlap, everything was found twice.
        let layout = &mut self.layout;
        layout.hidden_rows.sort_unstable();
        layout.hidden_rows.dedup();
        layout.hidden_columns.sort_unstable();
        layout.hidden_columns.dedup();
        layout
            .merges
            .sort_unstable_by_key(|m| (m.top, m.left, m.bottom, m.right));
        layout.merges.dedup();
        for places in [&mut layout.errors, &mut layout.uncomputed] {
            places.sort_unstable();
            places.dedup();
        }
        self.layout
    }

    fn look_at(&mut self, bytes: &[u8]) {
        for word in [b"hidden=".as_slice(), b"mergeCell "] {
            for at in memmem::find_iter(bytes, word) {
                if let Some(tag) = tag_around(bytes, at) {
                    self.note(tag);
                }
            }
        }
        for word in [b"t=\"e\"".as_slice(), b"t='e'"] {
            for at in memmem::find_iter(bytes, word) {
                let tag = tag_around(bytes, at);
                self.layout.errors.extend(tag.and_then(cell_place));
            }
        }
        for word in [b"</f></c>".as_slice(), b"<f/></c>"] {
            for at in memmem::find_iter(bytes, word) {
                let cell = memmem::rfind(&bytes[..at], b"<c ");
                let tag = cell.and_then(|start| tag_around(bytes, start + 1));
                self.layout.uncomputed.extend(tag.and_then(cell_place));
            }
        }
    }

    fn note(&mut self, tag: &str) {
        let name = tag.split_ascii_whitespace().next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or_default();
        let number = |key| attribute(tag, key).and_then(|v| v.parse::<u32>().ok());
        match name {
            "mergeCell" => self
                .layout
                .merges
                .extend(attribute(tag, "ref").and_then(block)),
            _ if !matches!(attribute(tag, "hidden"), Some("1" | "true")) => {}
            "row" => self.layout.hidden_rows.extend(number("r")),
            "col" => {
                if let (Some(first @ 1..), Some(last @ 1..)) = (number("min"), number("max")) {
                    self.layout.hidden_columns.push((first - 1, last - 1));
                }
            }
            _ => {}
        }
    }
}

/// The inside of the tag in which the byte at `at` stands, or `None` if it stands in text.
fn tag_around(bytes: &[u8], at: usize) -> Option<&str> {
    let start = memrchr(b'<', &bytes[..at])?;
    if memchr::memchr(b'>', &bytes[start..at]).is_some() {
        return None;
    }
    let end = at + memchr::memchr(b'>', &bytes[at..])?;
    std::str::from_utf8(&bytes[start + 1..end]).ok()
}

/// The place of a cell, out of its tag.
fn cell_place(tag: &str) -> Option<(u32, u32)> {
    let (column, row) = place(attribute(tag, "r")?)?;
    Some((row, column))
}

fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    tag.match_indices(key).find_map(|(at, _)| {
        let before = tag[..at].chars().next_back()?;
        let rest = tag[at + key.len()..].trim_start().strip_prefix('=')?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = rest[1..].split(quote).next()?;
        before.is_ascii_whitespace().then_some(value)
    })
}

/// Reads `B5:B26`.
fn block(reference: &str) -> Option<Merge> {
    let (first, last) = reference.split_once(':')?;
    let (left, top) = place(first)?;
    let (right, bottom) = place(last)?;
    (left <= right && top <= bottom).then_some(Merge {
        top,
        bottom,
        left,
        right,
    })
}

fn place(reference: &str) -> Option<(u32, u32)> {
    let figures = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(figures);
    let row = row.parse().ok().filter(|r| *r > 0)?;
    Some((column_index(letters.trim_matches('$'))?, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "<x:worksheet><cols><col hidden=\"1\" min=\"11\" max=\"12\"/><col min='1' \
        max='2' hidden='0'/></cols><sheetData><row r=\"67\" hidden=\"1\"><c r=\"A67\"><is><t>\
        hidden=\"1\" mergeCell ref t=\"e\"</t></is></c><c r=\"B67\" t=\"e\"><v>#N/A</v></c><c r=\"C67\">\
        <f>1+1</f></c><c t='e' r=\"D67\"><v>#SPILL!</v></c></row><x:row hidden='true' r='9'/></sheetData>\
        <mergeCells><x:mergeCell ref=\"B5:B26\"/><mergeCell ref='A1:T1' /></mergeCells>";

    #[test]
    fn the_layout_is_the_same_however_the_bytes_are_cut() {
        let whole = scanned(SHEET.len());
        assert_eq!(whole.errors, [(67, 1), (67, 3)]);
        assert_eq!(whole.uncomputed, [(67, 2)]);
        assert_eq!(whole.error_behind(67, Some(1)), Some((67, 3)));
        assert_eq!(whole.error_behind(67, None), Some((67, 1)));
        assert_eq!(whole.error_behind(67, Some(3)), None);
        assert_eq!(whole.hidden_rows, [9, 67]);
        assert_eq!(whole.hidden_columns, [(10, 11)]);
        let merge = Merge {
            top: 5,
            bottom: 26,
            left: 1,
            right: 1,
        };
        assert_eq!(whole.merges.len(), 2);
        assert_eq!(whole.merges[1], merge);
        for size in 1..40 {
            assert_eq!(scanned(size), whole, "pieces of {size}");
        }
    }

    fn scanned(size: usize) -> Layout {
        let mut scanner = Scanner::default();
        SHEET
            .as_bytes()
            .chunks(size)
            .for_each(|piece| scanner.feed(piece));
        scanner.finish()
    }
}
