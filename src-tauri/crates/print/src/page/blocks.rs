//! What each kind of block makes: lines, a table, or something whole.

use domain::form::{
    Align, Block, Datum, Face, GridBlock, KeyLineBlock, Mm, ProseBlock, RowsBlock, Scope, Template,
    TitleBlock,
};

use super::Laid;
use crate::display::{Area, Item};
use crate::error::PrintError;
use crate::fill::{Filler, Mode, Sheet};
use crate::table::{
    Annex, Boxed, Content, PAD_X, PAD_X_NARROW, RowBox, Table, TableSource, build, place_line,
    points,
};
use crate::text::{Inline, Line, Paragraph, Setting, normalise};

/// Size of text in grids.
pub(super) const GRID: i32 = 10_500;
/// Size of text in repeated rows.
pub(super) const ROWS: i32 = 9_000;
/// Size of running text.
pub(super) const PROSE: i32 = 12_000;
/// Size of titles, points.
const TITLE: f32 = 22.0;
/// Titles of at most this many characters are set wide.
const SHORT_TITLE: usize = 8;

/// Lays one block and adds what it makes.
pub(super) fn lay<'a>(
    block: &'a Block,
    filler: &Filler<'a>,
    text: Area,
    sheet: Sheet<'_>,
    annexes: &mut Vec<Annex>,
    laid: &mut Vec<Laid>,
) -> Result<(), PrintError> {
    let room = Room {
        filler,
        width: text.right - text.left,
        sheet,
    };
    match block {
        Block::Title(block) => laid.push(room.title(block)),
        Block::KeyLine(block) => laid.push(room.key_line(block)),
        Block::Grid(block) => laid.push(Laid::Table(room.grid(block, annexes)?)),
        Block::Rows(block) => laid.push(Laid::Table(room.rows(block, annexes)?)),
        Block::Prose(block) => room.prose(block, laid),
        Block::Signatures(block) => laid.push(room.signatures(block)),
        Block::Image(block) => room.images(block, laid)?,
        Block::Code(_) | Block::PageBreak {} => {}
    }
    Ok(())
}

/// An annex page: a heading and the full text of a cell.
pub(super) fn annex(annex: &Annex, filler: &Filler<'_>, text: Area) -> Vec<Laid> {
    let room = Room {
        filler,
        width: text.right - text.left,
        sheet: Sheet::default(),
    };
    let heading = [Paragraph::of(Inline::text(
        Face::Hei,
        format!("附页：{}", annex.label),
    ))];
    let lines = |paragraphs: &[Paragraph], size, align| Laid::Lines {
        lines: room.set(paragraphs, size, align),
        size,
        leading: size * 3 / 2,
        above: 0,
    };
    vec![
        lines(&heading, 14_000, Align::Left),
        lines(&annex.paragraphs, GRID, Align::Justify),
    ]
}

/// The width blocks are laid to.
pub(super) struct Room<'r, 'a> {
    pub(super) filler: &'r Filler<'a>,
    pub(super) width: i32,
    pub(super) sheet: Sheet<'r>,
}

impl<'a> Room<'_, 'a> {
    fn set(&self, paragraphs: &[Paragraph], size: i32, align: Align) -> Vec<Line> {
        let setting = Setting {
            size,
            width: self.width,
            align,
            tracking: 0,
        };
        self.filler.set(paragraphs, setting)
    }

    pub(super) fn words(&self, template: &Template, face: Face) -> Vec<Paragraph> {
        self.filler
            .template(template, face, self.filler.root(), self.sheet)
    }

    /// Places lines one below the other from `top`; gives the lower edge.
    fn stack(&self, lines: &[Line], top: i32, metrics: (i32, i32), items: &mut Vec<Item>) -> i32 {
        let mut y = top;
        for line in lines {
            let area = Area {
                left: 0,
                right: self.width,
                top: y,
                bottom: y + metrics.0,
            };
            place_line(line, area, y, metrics, items);
            y += metrics.0;
        }
        y
    }

    fn title(&self, block: &TitleBlock) -> Laid {
        let size = points(block.size.unwrap_or(TITLE));
        let mut items = Vec::new();
        let mut y = block.space_above.millipoints();
        if let Some(over) = &block.over {
            let (lines, small) = self.one_line(&self.words(over, Face::Hei), size * 3 / 4);
            y = self.stack(&lines, y, (small * 2, small), &mut items);
        }
        let paragraphs = match &block.text {
            Some(template) => self.words(template, Face::Hei),
            None => vec![Paragraph::of(Inline::text(
                Face::Hei,
                normalise(&self.filler.spec.title),
            ))],
        };
        let characters: usize = paragraphs.iter().map(Paragraph::characters).sum();
        let tracking = if characters <= SHORT_TITLE { 250 } else { 0 };
        let setting = Setting {
            size,
            width: self.width,
            align: Align::Center,
            tracking,
        };
        let lines = self.filler.set(&paragraphs, setting);
        y = self.stack(&lines, y, (size * 3 / 2, size), &mut items);
        if let Some(under) = &block.under {
            let lines = self.set(&self.words(under, Face::Song), PROSE, Align::Center);
            y = self.stack(&lines, y, (PROSE * 3 / 2, PROSE), &mut items);
        }
        Laid::Whole {
            height: y + 4_000 + block.space_below.millipoints(),
            items,
        }
    }

    /// Sets a heading as large as it fits on one line, down to 14 points.
    fn one_line(&self, paragraphs: &[Paragraph], size: i32) -> (Vec<Line>, i32) {
        let mut size = size;
        loop {
            let lines = self.set(paragraphs, size, Align::Center);
            if lines.len() <= paragraphs.len() || size <= 14_000 {
                return (lines, size);
            }
            size = (size * 9 / 10).max(14_000);
        }
    }

    fn key_line(&self, block: &KeyLineBlock) -> Laid {
        let leading = 18_000;
        let places = [
            (&block.left, Align::Left),
            (&block.center, Align::Center),
            (&block.right, Align::Right),
        ];
        let mut items = Vec::new();
        let mut height = leading;
        for (template, align) in places {
            let Some(template) = template else { continue };
            let lines = self.set(&self.words(template, Face::Song), GRID, align);
            height = height.max(self.stack(&lines, 0, (leading, GRID), &mut items));
        }
        Laid::Whole {
            height: height + 2_000,
            items,
        }
    }

    fn grid(&self, block: &'a GridBlock, annexes: &mut Vec<Annex>) -> Result<Table, PrintError> {
        let source = TableSource {
            block: &block.id,
            columns: &block.columns,
            rows: &block.rows,
            size: GRID,
            leading: 150,
            pad: PAD_X,
            shaded: false,
        };
        build(&source, self.filler.root(), self.filler, annexes)
    }

    fn rows(&self, block: &'a RowsBlock, annexes: &mut Vec<Annex>) -> Result<Table, PrintError> {
        let source = |rows: &'a [domain::form::Row], shaded| TableSource {
            block: &block.id,
            columns: &block.columns,
            rows,
            size: ROWS,
            leading: 140,
            pad: PAD_X_NARROW,
            shaded,
        };
        let root = self.filler.root();
        let mut table = build(&source(&block.heads, true), root, self.filler, annexes)?;
        table.heads = table.rows.len();
        let found = self.filler.find(&block.of, root);
        let items: &[Datum] = match found.as_ref() {
            Datum::List(items) => items,
            _ => &[],
        };
        let rows = source(&block.rows, false);
        for (item, number) in items.iter().zip(1..) {
            let scope = Scope {
                root: self.filler.data,
                item: Some((item, number)),
            };
            table.append(build(&rows, scope, self.filler, annexes)?);
        }
        if self.filler.is_final() {
            table.append(self.end_mark(table.edges.clone()));
        } else if self.filler.options.mode == Mode::Blank {
            for _ in items.len()..usize::from(block.blanks) {
                table.append(build(&rows, root, self.filler, annexes)?);
            }
        }
        if !block.feet.is_empty() {
            table.append(build(
                &source(&block.feet, false),
                root,
                self.filler,
                annexes,
            )?);
        }
        Ok(table)
    }

    /// The row that says that nothing follows.
    fn end_mark(&self, edges: Vec<i32>) -> Table {
        let setting = Setting {
            size: ROWS,
            width: self.width,
            align: Align::Center,
            tracking: 0,
        };
        let words = Paragraph::of(Inline::text(Face::Song, "（以下空白）"));
        let lines = self.filler.set(&[words], setting);
        let columns = edges.len() - 1;
        let content = Content {
            lines,
            size: ROWS,
            leading: ROWS * 7 / 5,
            ..Content::default()
        };
        let cell = Boxed {
            row: 0,
            column: 0,
            rows: 1,
            columns,
            content,
        };
        let row = RowBox {
            least: Mm::whole(7).millipoints(),
            ..RowBox::default()
        };
        let mut table = Table {
            edges,
            rows: vec![row],
            cells: vec![cell],
            ..Table::default()
        };
        table.measure();
        table
    }

    fn prose(&self, block: &ProseBlock, laid: &mut Vec<Laid>) {
        let size = block.size.map_or(PROSE, points);
        let face = block.face.unwrap_or(Face::Song);
        let mut above = block.space_above.millipoints();
        if block.ruled > 0 && !self.filler.is_final() && self.is_unused(&block.text) {
            laid.push(ruled(block.ruled, self.width, above));
            return;
        }
        let mut paragraphs = self.words(&block.text, face);
        if paragraphs.is_empty() {
            paragraphs.push(Paragraph::of(Inline::text(face, "/")));
        }
        for paragraph in &mut paragraphs {
            paragraph.indent = i32::from(block.indent) * 1000;
            let gaps = paragraph
                .inlines
                .iter()
                .any(|i| matches!(i, Inline::Gap { .. }));
            let usual = if gaps { Align::Left } else { Align::Justify };
            let align = block.align.unwrap_or(usual);
            let lines = self.set(std::slice::from_ref(paragraph), size, align);
            laid.push(Laid::Lines {
                lines,
                size,
                leading: size * 7 / 4,
                above,
            });
            above = 0;
        }
    }

    /// Whether a template is a single value that is empty.
    fn is_unused(&self, template: &Template) -> bool {
        template.pieces().len() == 1
            && template
                .bindings()
                .any(|binding| self.filler.words_if_any(binding).is_empty())
    }
}

/// Rules for the pen in place of running text.
fn ruled(lines: u8, width: i32, above: i32) -> Laid {
    let step = Mm::whole(9).millipoints();
    let mut items = Vec::new();
    let mut y = above;
    for _ in 0..lines {
        y += step;
        items.push(Item::Rule {
            from: (0, y),
            to: (width, y),
            thickness: 500,
        });
    }
    Laid::Whole {
        height: y + 4_000,
        items,
    }
}
