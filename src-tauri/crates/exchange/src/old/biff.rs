//! The records of a binary workbook, walked before anything reads them: how far the cells reach,
//! what is hidden, what is merged.
//!
//! Values are not read here. Record numbers and layouts are those of [MS-XLS] section 2.4.

use crate::error::{ExchangeError, Measure};
use crate::limits::Limits;
use crate::package::{Layout, Merge};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const DATE_1904: u16 = 0x0022;
const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const COL_INFO: u16 = 0x007D;
const MERGED: u16 = 0x00E5;
const MUL_RK: u16 = 0x00BD;
/// Formula, number, label, rich label, truth or error, short number, shared label.
const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];

/// What the walk found.
pub(super) struct Survey {
    /// By sheet, in the order of the workbook.
    pub(super) layouts: Vec<Layout>,
    pub(super) is_1904: bool,
}

/// One record.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

impl Record<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes([
            *self.data.get(at)?,
            *self.data.get(at + 1)?,
        ]))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from(self.u16(at)?) | u32::from(self.u16(at + 2)?) << 16)
    }
}

fn records(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, behind) = rest.split_at_checked(4)?;
        let size = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (data, behind) = behind.split_at_checked(size)?;
        rest = behind;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        Some(Record { kind, data })
    })
}

/// Overwrites the sizes that sheets declare: a sheet formatted to its last row declares sixteen
/// million cells, which a reader would allocate, and nothing else needs the figure.
pub(super) fn forget_declared_sizes(stream: &mut [u8]) {
    let mut at = 0;
    while let Some(&[a, b, c, d]) = stream.get(at..at + 4) {
        let start = at + 4;
        let end = start + usize::from(u16::from_le_bytes([c, d]));
        if u16::from_le_bytes([a, b]) == DIMENSIONS
            && let Some(data) = stream.get_mut(start..end)
        {
            data.fill(0);
        }
        at = end;
    }
}

/// Walks all sheets.
pub(super) fn survey(stream: &[u8], limits: &Limits) -> Result<Survey, ExchangeError> {
    let mut places = Vec::new();
    let mut is_1904 = false;
    for record in records(stream).take_while(|r| r.kind != EOF) {
        match record.kind {
            FILE_PASS if record.u16(0) != Some(0) => return Err(ExchangeError::Encrypted),
            DATE_1904 => is_1904 = record.u16(0) == Some(1),
            BOUND_SHEET => places.extend(record.u32(0)),
            _ => {}
        }
    }
    let count = places.len() as u64;
    if count > limits.sheets {
        let (what, limit) = (Measure::Sheets, limits.sheets);
        return Err(ExchangeError::too_large(what, limit, count));
    }
    let mut area = 0_u64;
    let mut layouts = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let start = usize::try_from(*place).unwrap_or(usize::MAX);
        let sheet = stream.get(start..).unwrap_or_default();
        let begins = records(sheet).next().is_some_and(|r| r.kind == BOF);
        if !begins || places[..index].contains(place) {
            let part = format!("sheet {index}");
            return Err(ExchangeError::damaged(&part, &"no sheet at its place"));
        }
        let mut walk = Walk::default();
        walk.sheet(sheet, limits)?;
        area = walk.area().saturating_add(area);
        if area > limits.area {
            return Err(ExchangeError::too_large(Measure::Area, limits.area, area));
        }
        layouts.push(walk.layout);
    }
    Ok(Survey { layouts, is_1904 })
}

/// What is known of one sheet so far.
#[derive(Default)]
struct Walk {
    layout: Layout,
    cells: u64,
    /// First and last row and column with a value.
    extent: Option<[u64; 4]>,
    declared: u64,
}

impl Walk {
    fn sheet(&mut self, stream: &[u8], limits: &Limits) -> Result<(), ExchangeError> {
        let mut depth = 0_u32;
        for record in records(stream).skip(1) {
            match record.kind {
                // Charts inside a sheet have records of their own.
                BOF => depth += 1,
                EOF if depth == 0 => break,
                EOF => depth -= 1,
                _ if depth > 0 => {}
                _ => self.record(&record),
            }
            if self.cells > limits.cells {
                let (what, limit) = (Measure::Cells, limits.cells);
                return Err(ExchangeError::too_large(what, limit, self.cells));
            }
        }
        self.layout.hidden_rows.sort_unstable();
        self.layout.merges.sort_unstable_by_key(|m| (m.top, m.left));
        Ok(())
    }

    /// Notes what one record says; a record that is too short says nothing.
    fn record(&mut self, record: &Record<'_>) {
        let noted = match record.kind {
            kind if CELLS.contains(&kind) => self.cell(record, record.u16(2)),
            MUL_RK => self.cell(record, record.u16(record.data.len().saturating_sub(2))),
            DIMENSIONS => self.dimensions(record),
            ROW => self.row(record),
            COL_INFO => self.columns(record),
            MERGED => self.merges(record),
            _ => None,
        };
        noted.unwrap_or_default();
    }

    fn cell(&mut self, record: &Record<'_>, last: Option<u16>) -> Option<()> {
        let (row, first) = (u64::from(record.u16(0)?), u64::from(record.u16(2)?));
        let last = u64::from(last?).max(first);
        self.cells += last - first + 1;
        let [top, bottom, left, right] = self.extent.unwrap_or([row, row, first, last]);
        let extent = [
            top.min(row),
            bottom.max(row),
            left.min(first),
            right.max(last),
        ];
        self.extent = Some(extent);
        Some(())
    }

    /// The size that the sheet declares; it is allocated, whatever stands in the cells.
    fn dimensions(&mut self, record: &Record<'_>) -> Option<()> {
        let wide = record.data.len() >= 14;
        let corner = if wide {
            [
                record.u32(0)?,
                record.u32(4)?,
                record.u16(8)?.into(),
                record.u16(10)?.into(),
            ]
        } else {
            [0, 2, 4, 6].map(|at| record.u16(at).map_or(0, u32::from))
        };
        let [top, bottom, left, right] = corner.map(u64::from);
        let area = match (bottom.checked_sub(top), right.checked_sub(left)) {
            (Some(rows), Some(columns)) => (rows + 1) * (columns + 1),
            // An end before its beginning is taken for a very large size.
            _ => u64::MAX / 2,
        };
        self.declared = self.declared.max(area);
        Some(())
    }

    fn row(&mut self, record: &Record<'_>) -> Option<()> {
        const HIDDEN: u16 = 0x0020;
        if record.u16(12)? & HIDDEN != 0 {
            self.layout.hidden_rows.push(u32::from(record.u16(0)?) + 1);
        }
        Some(())
    }

    fn columns(&mut self, record: &Record<'_>) -> Option<()> {
        if record.u16(8)? & 1 != 0 {
            let run = (u32::from(record.u16(0)?), u32::from(record.u16(2)?));
            self.layout.hidden_columns.push(run);
        }
        Some(())
    }

    fn merges(&mut self, record: &Record<'_>) -> Option<()> {
        let count = usize::from(record.u16(0)?);
        for at in (0..count).map(|n| 2 + n * 8) {
            let merge = Merge {
                top: u32::from(record.u16(at)?) + 1,
                bottom: u32::from(record.u16(at + 2)?) + 1,
                left: u32::from(record.u16(at + 4)?),
                right: u32::from(record.u16(at + 6)?),
            };
            self.layout.merges.push(merge);
        }
        Some(())
    }

    /// Cells that a reader of the whole rectangle allocates.
    fn area(&self) -> u64 {
        let extent = self.extent.map_or(0, |[top, bottom, left, right]| {
            (bottom - top + 1) * (right - left + 1)
        });
        extent.max(self.declared)
    }
}
