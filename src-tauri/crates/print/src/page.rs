//! From blocks to pages: stacks what the blocks of a form make, section by section, and adds what
//! stands on every page once the number of pages is known.

mod blocks;
mod ink;
mod sheet;

use domain::form::{Block, Datum, FormSpec};

use crate::display::{Area, Document, Item, Page};
use crate::error::{PrintError, Uncovered};
use crate::fill::{Filler, LayoutOptions, Sheet};
use crate::table::{Annex, Split, Table};
use crate::text::Line;

pub(crate) use sheet::{Frame, STRIP};

/// Lays a form out with the values of a paper.
///
/// Pure: the same form, data and options give the same list on every machine.
///
/// # Errors
/// [`PrintError::Uncovered`] names every character that no face has, before anything is printed;
/// [`PrintError::PictureMissing`] when the data names a picture that was not given;
/// [`PrintError::RowTooHigh`] when a row fits no page.
pub fn layout(
    spec: &FormSpec,
    data: &Datum,
    options: &LayoutOptions<'_>,
) -> Result<Document, PrintError> {
    let filler = Filler::new(spec, data, *options);
    let frame = Frame::of(&spec.page);
    let copies: Vec<&str> = match spec.copies.as_slice() {
        [] => vec![""],
        labels => labels.iter().map(String::as_str).collect(),
    };
    let mut pages = Vec::new();
    for copy in copies {
        let mut flow = Flow {
            frame,
            pages: Vec::new(),
            y: frame.text.top,
        };
        let mut annexes = Vec::new();
        for section in sections(&filler) {
            flow.section(&section, &filler, copy, &mut annexes)?;
        }
        flow.annexes(&annexes, &filler);
        flow.finish(&filler, copy)?;
        pages.append(&mut flow.pages);
    }
    let missing = filler.missing.borrow();
    if !missing.is_empty() && !options.substitute {
        let characters = missing
            .iter()
            .map(|c| Uncovered { character: *c })
            .collect();
        return Err(PrintError::Uncovered { characters });
    }
    Ok(Document {
        form: spec.code.clone(),
        version: spec.version,
        title: spec.title.clone(),
        pages,
        unbound: filler.unbound.borrow().iter().cloned().collect(),
        pictures: options.photos.cloned().unwrap_or_default(),
    })
}

/// The blocks between page breaks that are shown; empty sections make no page.
fn sections<'a>(filler: &Filler<'a>) -> Vec<Vec<&'a Block>> {
    let shown: Vec<&Block> = filler
        .spec
        .blocks
        .iter()
        .filter(|block| filler.is_shown(block))
        .collect();
    shown
        .split(|block| matches!(block, Block::PageBreak {}))
        .filter(|section| section.iter().any(|block| !matches!(block, Block::Code(_))))
        .map(<[&Block]>::to_vec)
        .collect()
}

/// Something that takes room in the flow.
pub(crate) enum Laid {
    /// Lines of text that may be parted between pages.
    Lines {
        lines: Vec<Line>,
        size: i32,
        leading: i32,
        above: i32,
    },
    /// A ruled table.
    Table(Table),
    /// Something whole: its items are placed from its own upper left corner.
    Whole { height: i32, items: Vec<Item> },
}

impl Laid {
    fn height(&self) -> i32 {
        match self {
            Self::Lines {
                lines,
                leading,
                above,
                ..
            } => above + i32::try_from(lines.len()).unwrap_or(i32::MAX / 100_000) * leading,
            Self::Table(table) => table.height(),
            Self::Whole { height, .. } => *height,
        }
    }
}

/// Pages in the making.
struct Flow {
    frame: Frame,
    pages: Vec<Page>,
    y: i32,
}

impl Flow {
    fn section<'a>(
        &mut self,
        blocks: &[&'a Block],
        filler: &Filler<'a>,
        copy: &str,
        annexes: &mut Vec<Annex>,
    ) -> Result<(), PrintError> {
        let sheet = Sheet {
            copy,
            ..Sheet::default()
        };
        let mut laid = Vec::new();
        for block in blocks {
            blocks::lay(block, filler, self.frame.text, sheet, annexes, &mut laid)?;
        }
        if laid.is_empty() {
            return Ok(());
        }
        self.new_page();
        let room = self.frame.text.bottom - self.frame.text.top;
        let free = room - laid.iter().map(Laid::height).sum::<i32>();
        let shares: i32 = tables(&mut laid).map(|table| table.shares()).sum();
        if free > 0 && shares > 0 {
            for table in tables(&mut laid) {
                let part = free / shares * table.shares();
                table.grow(part);
            }
        }
        laid.into_iter().try_for_each(|piece| self.put(piece))
    }

    fn new_page(&mut self) {
        self.pages.push(Page {
            width: self.frame.width,
            height: self.frame.height,
            items: Vec::new(),
        });
        self.y = self.frame.text.top;
    }

    fn items(&mut self) -> &mut Vec<Item> {
        &mut self
            .pages
            .last_mut()
            .expect("BUG: a section opens a page")
            .items
    }

    fn room(&self) -> i32 {
        self.frame.text.bottom - self.y
    }

    fn at_top(&self) -> bool {
        self.y == self.frame.text.top
    }

    fn put(&mut self, piece: Laid) -> Result<(), PrintError> {
        match piece {
            Laid::Whole { height, items } => {
                if height > self.room() && !self.at_top() {
                    self.new_page();
                }
                let (left, top) = (self.frame.text.left, self.y);
                self.items()
                    .extend(items.into_iter().map(|item| item.moved(left, top)));
                self.y += height;
                Ok(())
            }
            Laid::Lines {
                lines,
                size,
                leading,
                above,
            } => {
                self.put_lines(&lines, (leading, size), above);
                Ok(())
            }
            Laid::Table(table) => self.put_table(table),
        }
    }

    fn put_lines(&mut self, lines: &[Line], metrics: (i32, i32), above: i32) {
        let leading = metrics.0;
        if !self.at_top() {
            self.y += above;
        }
        let mut rest = lines;
        while !rest.is_empty() {
            let fit = usize::try_from(self.room() / leading.max(1)).unwrap_or(0);
            let take = lines_to_take(rest.len(), fit, self.at_top());
            for line in &rest[..take] {
                let top = self.y;
                let area = Area {
                    top,
                    bottom: top + leading,
                    ..self.frame.text
                };
                crate::table::place_line(line, area, top, metrics, self.items());
                self.y += leading;
            }
            rest = &rest[take..];
            if !rest.is_empty() {
                self.new_page();
            }
        }
    }

    fn put_table(&mut self, table: Table) -> Result<(), PrintError> {
        let page = self.frame.text.bottom - self.frame.text.top;
        let mut rest = table;
        loop {
            let left = self.frame.text.left;
            let top = self.y;
            match rest.split(self.room(), page) {
                Split::Fits(piece) => {
                    piece.place(left, top, self.items());
                    self.y += piece.height();
                    return Ok(());
                }
                Split::Divided(piece, lower) => {
                    piece.place(left, top, self.items());
                    rest = lower;
                }
                Split::Nothing(table) if self.at_top() => {
                    let row = table.heads + 1;
                    return Err(PrintError::RowTooHigh {
                        block: table.block,
                        row,
                    });
                }
                Split::Nothing(table) => rest = table,
            }
            self.new_page();
        }
    }

    fn annexes(&mut self, annexes: &[Annex], filler: &Filler<'_>) {
        for annex in annexes {
            self.new_page();
            for piece in blocks::annex(annex, filler, self.frame.text) {
                self.put(piece).expect("BUG: running text fits any page");
            }
        }
    }

    fn finish(&mut self, filler: &Filler<'_>, copy: &str) -> Result<(), PrintError> {
        let pages = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        for (page, number) in self.pages.iter_mut().zip(1..) {
            let sheet = Sheet {
                page: number,
                pages,
                copy,
            };
            sheet::dress(page, &self.frame, filler, sheet)?;
            page.items.sort_by_key(Item::layer);
        }
        Ok(())
    }
}

fn tables(laid: &mut [Laid]) -> impl Iterator<Item = &mut Table> {
    laid.iter_mut().filter_map(|piece| match piece {
        Laid::Table(table) => Some(table),
        _ => None,
    })
}

/// How many of `left` lines go on a page with room for `fit`: at least two on each side.
fn lines_to_take(left: usize, fit: usize, fresh: bool) -> usize {
    if left <= fit {
        return left;
    }
    let take = fit.min(left.saturating_sub(2));
    match (take, fresh) {
        (0 | 1, true) => fit.clamp(1, left),
        (0 | 1, false) => 0,
        _ => take,
    }
}
