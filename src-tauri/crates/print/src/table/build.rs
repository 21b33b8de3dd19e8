//! Builds a table from the rows of a form and the values of a paper.

use domain::form::{Align, Cell, Face, Mm, Placement, Row, Scope, Sign, VAlign, placements};

use super::{Boxed, Content, Place, RowBox, Table};
use crate::error::PrintError;
use crate::fill::{Filler, Sheet};
use crate::text::{Inline, Paragraph, Setting, normalise};

/// Sizes a cell steps down through when its text does not fit, thousandths of a point.
const STEPS: [i32; 2] = [9_000, 7_500];
/// Indent of long text in thousandths of an em.
const INDENT: i32 = 2_000;
/// Distance of baselines of labels in hundredths of their size; they stand closer than text.
const LABEL_LEADING: i32 = 130;
/// Columns narrower than this many characters keep values of several lines centred.
const NARROW: i32 = 8;
/// Room for ink above a signature line in a cell.
const INK: i32 = 20_000;

/// The full text of a cell that had no room for it, printed on an annex page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Annex {
    /// Label of the cell.
    pub(crate) label: String,
    /// The text.
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// Which rows make a table, and how.
pub(crate) struct TableSource<'a> {
    pub(crate) block: &'a str,
    pub(crate) columns: &'a [Mm],
    pub(crate) rows: &'a [Row],
    /// Usual size of text in thousandths of a point.
    pub(crate) size: i32,
    /// Distance of baselines in hundredths of the size.
    pub(crate) leading: i32,
    /// Room between rules and text at the sides.
    pub(crate) pad: i32,
    /// Whether labels have a grey ground.
    pub(crate) shaded: bool,
}

/// Builds and measures the table of one set of rows.
pub(crate) fn build<'a>(
    source: &TableSource<'a>,
    scope: Scope<'a>,
    filler: &Filler<'a>,
    annexes: &mut Vec<Annex>,
) -> Result<Table, PrintError> {
    let placed = placements(source.block, source.columns.len(), source.rows)?;
    let edges = edges(source.columns);
    let mut table = Table {
        block: source.block.to_owned(),
        rows: source.rows.iter().map(row_box).collect(),
        edges,
        ..Table::default()
    };
    for (index, placement) in placed.iter().enumerate() {
        let label = label_before(&placed[..index], placement);
        let cell = Setter {
            source,
            scope,
            filler,
            edges: &table.edges,
            label,
        };
        table.cells.push(cell.boxed(placement, annexes));
    }
    table.measure();
    Ok(table)
}

/// Edges from the left, each rounded by itself so that no error adds up.
fn edges(columns: &[Mm]) -> Vec<i32> {
    let mut sum = Mm(0);
    let mut edges = vec![0];
    for column in columns {
        sum.0 += column.0;
        edges.push(sum.millipoints());
    }
    edges
}

fn row_box(row: &Row) -> RowBox {
    RowBox {
        least: row.height.millipoints(),
        height: 0,
        grow: row.grow,
    }
}

fn label_before(before: &[Placement<'_>], here: &Placement<'_>) -> String {
    before
        .iter()
        .rev()
        .filter(|placement| placement.row == here.row)
        .find_map(|placement| placement.cell.label.clone())
        .unwrap_or_default()
}

/// Sets one cell.
struct Setter<'s, 'a> {
    source: &'s TableSource<'a>,
    scope: Scope<'a>,
    filler: &'s Filler<'a>,
    edges: &'s [i32],
    label: String,
}

impl Setter<'_, '_> {
    fn boxed(&self, placement: &Placement<'_>, annexes: &mut Vec<Annex>) -> Boxed {
        let cell = placement.cell;
        let (rows, columns) = (cell.rows_covered(), cell.columns_covered());
        let right = self.edges[placement.column + columns];
        let width = right - self.edges[placement.column] - 2 * self.source.pad;
        let paragraphs = self.paragraphs(cell);
        let mut content = self.content(cell, &paragraphs, width, self.base_size(cell));
        let row = &self.source.rows[placement.row];
        if rows == 1 {
            content = self.fit(cell, row, &paragraphs, width, content, annexes);
        }
        Boxed {
            row: placement.row,
            column: placement.column,
            rows,
            columns,
            content,
        }
    }

    fn base_size(&self, cell: &Cell) -> i32 {
        cell.size.map_or(self.source.size, points)
    }

    fn face(cell: &Cell) -> Face {
        cell.face.unwrap_or(if cell.label.is_some() {
            Face::Hei
        } else {
            Face::Song
        })
    }

    fn paragraphs(&self, cell: &Cell) -> Vec<Paragraph> {
        let face = Self::face(cell);
        if let Some(label) = &cell.label {
            return label_lines(face, &normalise(label), cell.stack);
        }
        let mut paragraphs = Vec::new();
        if let Some(ticks) = &cell.ticks {
            paragraphs.push(self.filler.ticks(ticks, face, self.scope));
        }
        if let Some(value) = &cell.value {
            let words = if cell.ticks.is_some() || cell.ink {
                self.filler.words(value, self.scope)
            } else {
                self.filler.value(value, self.scope)
            };
            let lines = words.split('\n').filter(|line| !line.trim().is_empty());
            paragraphs.extend(lines.map(|line| Paragraph::of(Inline::text(face, line.trim_end()))));
        }
        if let Some(text) = &cell.text {
            let sheet = Sheet::default();
            let mut lines = self.filler.template(text, face, self.scope, sheet);
            lines.iter_mut().for_each(unrule_lone_gap);
            paragraphs.append(&mut lines);
            if paragraphs.is_empty() && !cell.ink {
                paragraphs.push(struck(face));
            }
        }
        if cell.is_bare() && !cell.ink && self.filler.is_final() {
            paragraphs.push(struck(face));
        }
        if cell.long && paragraphs != [struck(face)] {
            for paragraph in &mut paragraphs {
                paragraph.indent = INDENT;
            }
        }
        paragraphs
    }

    fn content(&self, cell: &Cell, paragraphs: &[Paragraph], width: i32, size: i32) -> Content {
        let label = cell.label.is_some();
        let short = !cell.long || paragraphs == [struck(Self::face(cell))];
        let prose = cell.text.is_some() || cell.ticks.is_some();
        let usual = match (label, short, prose) {
            (true, ..) => Align::Center,
            (_, false, _) => Align::Justify,
            (_, _, true) => Align::Left,
            _ => Align::Center,
        };
        let is_struck = paragraphs == [struck(Self::face(cell))];
        let align = if is_struck {
            Align::Center
        } else {
            cell.align.unwrap_or(usual)
        };
        let mut setting = Setting {
            size,
            width,
            align,
            tracking: 0,
        };
        let mut lines = self.filler.set(paragraphs, setting);
        let ragged = align == Align::Center && lines.len() > 1 && width / size >= NARROW;
        if cell.align.is_none() && !label && ragged {
            // A value of several lines reads better from the left than ragged on both sides.
            setting.align = Align::Justify;
            lines = self.filler.set(paragraphs, setting);
        }
        let foot = cell.sign.as_ref().map_or_else(Vec::new, |sign| {
            let setting = Setting {
                size,
                width,
                align: Align::Right,
                tracking: 0,
            };
            self.filler.set(&[self.sign(sign)], setting)
        });
        let top = cell.long && !short;
        Content {
            lines,
            size,
            leading: size
                * if label {
                    LABEL_LEADING
                } else {
                    self.source.leading
                }
                / 100,
            foot,
            ink: INK,
            valign: Place(
                cell.valign
                    .unwrap_or(if top { VAlign::Top } else { VAlign::Middle }),
            ),
            label,
            pad: self.source.pad,
            shaded: label && self.source.shaded,
        }
    }

    fn sign(&self, sign: &Sign) -> Paragraph {
        let mut inlines = Vec::new();
        if !sign.label.is_empty() {
            inlines.push(Inline::text(Face::Song, normalise(&sign.label)));
            inlines.push(Inline::Gap {
                width: 6000,
                ruled: false,
            });
        }
        if sign.seal {
            inlines.push(Inline::text(Face::Song, "（盖章）"));
        }
        let dated = sign
            .dated
            .as_ref()
            .map(|binding| self.filler.words(binding, self.scope));
        match dated {
            Some(words) if !words.is_empty() => inlines.push(Inline::text(Face::Song, words)),
            _ if sign.date || sign.dated.is_some() => {
                inlines.push(Inline::text(Face::Song, "　　　　年　　月　　日"));
            }
            _ => {}
        }
        Paragraph { inlines, indent: 0 }
    }

    /// Steps the size down: in a row of fixed height until the text fits, at last leaving the full
    /// text to an annex page; in a free row only by one step, if that keeps the row at its height.
    fn fit(
        &self,
        cell: &Cell,
        row: &Row,
        paragraphs: &[Paragraph],
        width: i32,
        content: Content,
        annexes: &mut Vec<Annex>,
    ) -> Content {
        let Some(most) = row.max.map(Mm::millipoints) else {
            let least = row.height.millipoints();
            if cell.long || content.height() <= least {
                return content;
            }
            let smaller = self.content(cell, paragraphs, width, STEPS[0].min(content.size));
            return if smaller.height() <= least {
                smaller
            } else {
                content
            };
        };
        let mut fitted = content;
        for size in STEPS {
            if fitted.height() <= most {
                return fitted;
            }
            fitted = self.content(cell, paragraphs, width, size.min(fitted.size));
        }
        if fitted.height() > most && !fitted.label {
            let note = [Paragraph::of(Inline::text(Face::Song, "（全文见附页）"))];
            while !fitted.lines.is_empty() && fitted.height() + fitted.leading > most {
                fitted.lines.pop();
            }
            fitted
                .lines
                .extend(self.content(cell, &note, width, fitted.size).lines);
            annexes.push(Annex {
                label: self.label.replace('\n', ""),
                paragraphs: paragraphs.to_vec(),
            });
        }
        fitted
    }
}

/// A line that is nothing but a place for the pen needs no rule in a cell: the cell is the place.
fn unrule_lone_gap(paragraph: &mut Paragraph) {
    if let [Inline::Gap { ruled, .. }] = paragraph.inlines.as_mut_slice() {
        *ruled = false;
    }
}

/// Points of a form file as thousandths.
pub(crate) fn points(size: f32) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "sizes of type are far below the limit"
    )]
    let millipoints = (size.clamp(1.0, 200.0) * 1000.0).round() as i32;
    millipoints
}

fn struck(face: Face) -> Paragraph {
    Paragraph::of(Inline::text(face, "/"))
}

fn label_lines(face: Face, label: &str, stack: bool) -> Vec<Paragraph> {
    let line = |text: String| Paragraph::of(Inline::text(face, text));
    if stack {
        label
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| line(c.to_string()))
            .collect()
    } else {
        label
            .split('\n')
            .map(|text| line(text.to_owned()))
            .collect()
    }
}
