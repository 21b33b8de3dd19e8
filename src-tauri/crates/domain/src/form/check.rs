//! What must hold between the parts of a form, and the faults when it does not.

use std::collections::BTreeSet;

use thiserror::Error;

use super::blocks::{Block, CodeBlock, CodePlace};
use super::cells::{Cell, Row};
use super::measure::Mm;
use super::spec::{FormSpec, Orientation};

/// Room kept below the text on every page for the foot line and the reprint strip.
const LEAST_BOTTOM: Mm = Mm::whole(20);

/// A form file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}{}: {fault}", line.map_or_else(String::new, |line| format!(":{line}")))]
pub struct FormError {
    /// The file.
    pub file: String,
    /// The line, when the fault is at one.
    pub line: Option<usize>,
    /// What is wrong.
    pub fault: FormFault,
}

/// What can be wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormFault {
    /// Not TOML, an unknown key, a wrong kind of value, a broken path or template.
    #[error("{message}")]
    Syntax {
        /// What the reader says.
        message: String,
    },
    /// The columns of a grid do not add up to the width of the text.
    #[error("the columns of `{block}` make {sum}, the text is {width} wide")]
    ColumnsDoNotFill {
        /// Block id.
        block: String,
        /// Sum of the columns.
        sum: Mm,
        /// Width between the margins.
        width: Mm,
    },
    /// A cell reaches over the right or lower edge of its grid, or there is no free place for it.
    #[error("a cell of `{block}`, row {row}, reaches outside the grid")]
    CellOutside {
        /// Block id.
        block: String,
        /// Row, counted from 1.
        row: usize,
    },
    /// A row leaves places without a cell.
    #[error("row {row} of `{block}` has places without a cell")]
    RowNotFilled {
        /// Block id.
        block: String,
        /// Row, counted from 1.
        row: usize,
    },
    /// A cell has more than one of label, value and text, or a label with tick boxes.
    #[error("a cell of `{block}`, row {row}, has more than one content")]
    TwoContents {
        /// Block id.
        block: String,
        /// Row, counted from 1.
        row: usize,
    },
    /// A path that begins with a dot stands outside repeated rows.
    #[error("`{path}` in `{block}` begins with a dot outside repeated rows")]
    RelativeOutsideRows {
        /// Block id.
        block: String,
        /// The path.
        path: String,
    },
    /// Tick boxes have neither options nor a list, or both.
    #[error("the tick boxes for `{path}` in `{block}` need either options or a list")]
    TicksWithoutOptions {
        /// Block id.
        block: String,
        /// The path.
        path: String,
    },
    /// Two blocks share an id, so that an override could not tell them apart.
    #[error("two blocks are called `{block}`")]
    DuplicateId {
        /// Block id.
        block: String,
    },
    /// The lower margin leaves no room for the foot line and the reprint strip.
    #[error("the lower margin is {margin}, at least {least} is needed")]
    BottomMarginTooSmall {
        /// The margin.
        margin: Mm,
        /// What is needed.
        least: Mm,
    },
    /// The machine-readable code would lie over the text.
    #[error("the code reaches {reach} into the sheet, the margin there is {margin}")]
    CodeOverText {
        /// How far the code reaches.
        reach: Mm,
        /// The margin.
        margin: Mm,
    },
    /// A number outside what layout can do.
    #[error("{what} is {value}, allowed is {allowed}")]
    OutOfRange {
        /// Which number.
        what: &'static str,
        /// Its value.
        value: String,
        /// What is allowed.
        allowed: &'static str,
    },
}

impl FormFault {
    /// Stable code of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "syntax",
            Self::ColumnsDoNotFill { .. } => "columns_do_not_fill",
            Self::CellOutside { .. } => "cell_outside",
            Self::RowNotFilled { .. } => "row_not_filled",
            Self::TwoContents { .. } => "two_contents",
            Self::RelativeOutsideRows { .. } => "relative_outside_rows",
            Self::TicksWithoutOptions { .. } => "ticks_without_options",
            Self::DuplicateId { .. } => "duplicate_id",
            Self::BottomMarginTooSmall { .. } => "bottom_margin_too_small",
            Self::CodeOverText { .. } => "code_over_text",
            Self::OutOfRange { .. } => "out_of_range",
        }
    }
}

/// A cell with the place it takes in its grid.
#[derive(Debug, Clone, Copy)]
pub struct Placement<'a> {
    /// First row, counted from 0.
    pub row: usize,
    /// First column, counted from 0.
    pub column: usize,
    /// The cell.
    pub cell: &'a Cell,
}

/// Gives every cell its place: left to right, skipping places taken from above.
///
/// # Errors
/// [`FormFault::CellOutside`] and [`FormFault::RowNotFilled`], naming `block`.
pub fn placements<'a>(
    block: &str,
    columns: usize,
    rows: &'a [Row],
) -> Result<Vec<Placement<'a>>, FormFault> {
    let outside = |row: usize| FormFault::CellOutside {
        block: block.to_owned(),
        row: row + 1,
    };
    let mut taken = vec![vec![false; columns]; rows.len()];
    let mut placed = Vec::new();
    for (row, line) in rows.iter().enumerate() {
        for cell in &line.cells {
            let column = taken[row]
                .iter()
                .position(|used| !used)
                .ok_or_else(|| outside(row))?;
            let (right, bottom) = (column + cell.columns_covered(), row + cell.rows_covered());
            if right > columns || bottom > rows.len() {
                return Err(outside(row));
            }
            for place in taken[row..bottom]
                .iter_mut()
                .flat_map(|line| &mut line[column..right])
            {
                if std::mem::replace(place, true) {
                    return Err(outside(row));
                }
            }
            placed.push(Placement { row, column, cell });
        }
        if taken[row].contains(&false) {
            return Err(FormFault::RowNotFilled {
                block: block.to_owned(),
                row: row + 1,
            });
        }
    }
    Ok(placed)
}

impl FormSpec {
    /// Width between the margins.
    #[must_use]
    pub fn text_width(&self) -> Mm {
        let sheet = match self.page.orientation {
            Orientation::Portrait => Mm::whole(210),
            Orientation::Landscape => Mm::whole(297),
        };
        Mm(sheet.0 - self.page.margins.left.0 - self.page.margins.right.0)
    }

    /// All faults between parts, in the order of the file.
    #[must_use]
    pub fn faults(&self) -> Vec<FormFault> {
        let mut faults = Vec::new();
        let margin = self.page.margins.bottom;
        if margin < LEAST_BOTTOM {
            faults.push(FormFault::BottomMarginTooSmall {
                margin,
                least: LEAST_BOTTOM,
            });
        }
        let mut ids = BTreeSet::new();
        for block in &self.blocks {
            let id = block.id();
            if !id.is_empty() && !ids.insert(id) {
                faults.push(FormFault::DuplicateId {
                    block: id.to_owned(),
                });
            }
            self.check_block(block, &mut faults);
        }
        faults
    }

    fn check_block(&self, block: &Block, faults: &mut Vec<FormFault>) {
        match block {
            Block::Grid(grid) => {
                self.check_columns(&grid.id, &grid.columns, faults);
                check_rows(&grid.id, grid.columns.len(), &grid.rows, faults);
                refuse_relative(&grid.id, &grid.rows, faults);
            }
            Block::Rows(rows) => {
                self.check_columns(&rows.id, &rows.columns, faults);
                for part in [&rows.heads, &rows.rows, &rows.feet] {
                    check_rows(&rows.id, rows.columns.len(), part, faults);
                }
                refuse_relative(&rows.id, &rows.heads, faults);
                refuse_relative(&rows.id, &rows.feet, faults);
            }
            Block::Code(code) => {
                let margins = self.page.margins;
                let margin = match code.place {
                    CodePlace::TopLeft | CodePlace::TopRight => margins.top,
                    CodePlace::BottomLeft | CodePlace::BottomRight => margins.bottom,
                };
                let reach = Mm(CodeBlock::EDGE.0 + code.size.0);
                if reach > margin {
                    faults.push(FormFault::CodeOverText { reach, margin });
                }
            }
            Block::Image(image) if !(1..=4).contains(&image.per_row) => {
                faults.push(FormFault::OutOfRange {
                    what: "per_row",
                    value: image.per_row.to_string(),
                    allowed: "1 to 4",
                });
            }
            _ => {}
        }
    }

    fn check_columns(&self, block: &str, columns: &[Mm], faults: &mut Vec<FormFault>) {
        let sum = Mm(columns.iter().map(|column| column.0).sum());
        let width = self.text_width();
        if sum != width || columns.iter().any(|column| column.0 <= 0) {
            faults.push(FormFault::ColumnsDoNotFill {
                block: block.to_owned(),
                sum,
                width,
            });
        }
    }
}

fn check_rows(block: &str, columns: usize, rows: &[Row], faults: &mut Vec<FormFault>) {
    if let Err(fault) = placements(block, columns, rows) {
        faults.push(fault);
    }
    for (index, row) in rows.iter().enumerate() {
        for cell in &row.cells {
            let contents = [
                cell.label.is_some(),
                cell.value.is_some(),
                cell.text.is_some(),
            ];
            let labelled_ticks = cell.label.is_some() && cell.ticks.is_some();
            if labelled_ticks || contents.iter().filter(|has| **has).count() > 1 {
                faults.push(FormFault::TwoContents {
                    block: block.to_owned(),
                    row: index + 1,
                });
            }
            if let Some(ticks) = &cell.ticks
                && ticks.options.is_empty() == ticks.list.is_none()
            {
                faults.push(FormFault::TicksWithoutOptions {
                    block: block.to_owned(),
                    path: ticks.value.to_string(),
                });
            }
        }
    }
}

fn refuse_relative(block: &str, rows: &[Row], faults: &mut Vec<FormFault>) {
    for cell in rows.iter().flat_map(|row| &row.cells) {
        cell.each_path(&mut |path| {
            if path.relative {
                faults.push(FormFault::RelativeOutsideRows {
                    block: block.to_owned(),
                    path: path.to_string(),
                });
            }
        });
    }
}
