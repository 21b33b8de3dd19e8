//! Where the table stands: the sheet, the header rows, and what each column is.

use domain::spec::RegisterSpec;
use serde::Serialize;

use crate::cell::{Row, column_letters};
use crate::mapping::{ColumnUse, Mapping};
use crate::package::Layout;
use crate::vocabulary::{Meaning, Reason, Vocabulary};

/// How many rows of a sheet are looked at to find the header.
pub(crate) const HEAD_ROWS: usize = 60;

/// One column of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Place, from 0.
    pub index: u32,
    /// Letters, as the spreadsheet shows them.
    pub letters: String,
    /// Header text as it stands in the file; of two header rows, upper and lower joined by `/`.
    pub header: String,
    /// Whether the column is hidden in the file. It is read all the same.
    pub hidden: bool,
    /// What it is used for.
    #[serde(rename = "use")]
    pub usage: ColumnUse,
    /// Why.
    pub reason: Reason,
    /// Other fields that the header may mean.
    pub candidates: Vec<String>,
}

impl Column {
    /// The field that the column goes into.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match &self.usage {
            ColumnUse::Field(field) => Some(field),
            _ => None,
        }
    }
}

/// A header that was found.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// First and last row, from 1.
    pub(crate) rows: (u32, u32),
    pub(crate) columns: Vec<Column>,
    /// How many fields were recognised.
    pub(crate) fields: usize,
}

/// Looks for the header among the first rows of a sheet.
pub(crate) fn find(
    rows: &[Row<'static>],
    layout: &Layout,
    spec: &RegisterSpec,
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    required: &[String],
) -> Option<Header> {
    if let [first, rest @ ..] = mapping.header_rows.as_slice() {
        let last = *rest.last().unwrap_or(first);
        return Some(at(
            rows,
            (*first, last),
            layout,
            vocabulary,
            mapping,
            required,
        ));
    }
    let mut best: Option<Header> = None;
    for row in rows.iter().filter(|row| row.cells.len() > 1) {
        let one = (row.number, row.number);
        let two = (row.number, row.number + 1);
        for span in [one, two] {
            let found = at(rows, span, layout, vocabulary, mapping, required);
            if is_header(&found, spec, required)
                && best.as_ref().is_none_or(|b| found.fields > b.fields)
            {
                best = Some(found);
            }
        }
    }
    best
}

/// Three fields make a header; so do the required ones alone in a register of few columns.
fn is_header(found: &Header, spec: &RegisterSpec, required: &[String]) -> bool {
    let has = |field: &String| found.columns.iter().any(|c| c.field() == Some(field));
    let small = spec.fields.len() < 4;
    found.fields >= 3
        || (found.fields >= 2 && required.iter().all(has))
        || (small && found.fields == spec.fields.len())
}

/// Reads the header at a given place.
fn at(
    rows: &[Row<'static>],
    span: (u32, u32),
    layout: &Layout,
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    required: &[String],
) -> Header {
    let texts = header_texts(rows, span, layout);
    let columns = assign(&texts, layout, vocabulary, mapping, required);
    let fields = columns.iter().filter(|c| c.field().is_some()).count();
    Header {
        rows: span,
        columns,
        fields,
    }
}

/// A column and the texts of its header, the one that decides last.
struct HeaderText {
    column: u32,
    upper: String,
    lower: String,
}

fn header_texts(rows: &[Row<'static>], span: (u32, u32), layout: &Layout) -> Vec<HeaderText> {
    let row = |number| rows.iter().find(|r: &&Row<'_>| r.number == number);
    let (top, bottom) = (row(span.0), row(span.1));
    let last = [top, bottom]
        .into_iter()
        .flatten()
        .filter_map(|r| r.cells.last())
        .map(|(column, _)| *column)
        .max();
    let Some(last) = last else { return Vec::new() };
    let text = |row: Option<&Row<'_>>, column| {
        row.and_then(|r| r.cell(column))
            .map(|cell| cell.text().trim().to_owned())
            .unwrap_or_default()
    };
    (0..=last)
        .filter_map(|column| {
            let lower = text(bottom, column);
            let upper = if span.0 == span.1 {
                String::new()
            } else {
                // A heading over several columns stands in the first of its merged cells.
                let over = layout
                    .merges
                    .iter()
                    .find(|m| m.top == span.0 && (m.left..=m.right).contains(&column));
                text(top, over.map_or(column, |m| m.left))
            };
            let filled = !(upper.is_empty() && lower.is_empty());
            filled.then_some(HeaderText {
                column,
                upper,
                lower,
            })
        })
        .collect()
}

/// Gives every column its use: the surest reason first, no field twice.
fn assign(
    texts: &[HeaderText],
    layout: &Layout,
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    required: &[String],
) -> Vec<Column> {
    let mut columns: Vec<Column> = texts.iter().map(|t| blank_column(t, layout)).collect();
    let meanings: Vec<Vec<Meaning>> = texts.iter().map(|t| meanings(t, vocabulary)).collect();
    let mut taken: Vec<String> = Vec::new();
    for column in &mut columns {
        if let Some(given) = mapping.given(&column.letters) {
            column.usage = given.clone();
            column.reason = Reason::Given;
            taken.extend(column.field().map(str::to_owned));
        }
    }
    for reason in [
        Reason::Label,
        Reason::Synonym,
        Reason::WithoutBrackets,
        Reason::Ending,
    ] {
        for (column, meanings) in columns.iter_mut().zip(&meanings) {
            if column.reason != Reason::Unknown {
                continue;
            }
            let free = meanings
                .iter()
                .find(|m| m.reason == reason && !taken.contains(&m.field));
            if let Some(meaning) = free {
                column.usage = ColumnUse::Field(meaning.field.clone());
                column.reason = reason;
                taken.push(meaning.field.clone());
            }
        }
    }
    give_required(&mut columns, &meanings, required);
    for ((column, text), meanings) in columns.iter_mut().zip(texts).zip(&meanings) {
        let own = column.field().map(str::to_owned);
        column.candidates = meanings
            .iter()
            .filter(|m| Some(&m.field) != own.as_ref())
            .map(|m| m.field.clone())
            .collect();
        if column.reason == Reason::Unknown {
            name_unused(column, text, vocabulary, !meanings.is_empty());
        }
    }
    columns
}

/// A required field without a column takes one that its word also fits: 受理时间 is the label of
/// another field, but in a ledger without 投诉时间 it is the time of the complaint.
fn give_required(columns: &mut [Column], meanings: &[Vec<Meaning>], required: &[String]) {
    for field in required {
        if columns.iter().any(|c| c.field() == Some(field)) {
            continue;
        }
        let fits = columns.iter_mut().zip(meanings).find_map(|(column, m)| {
            let optional = column
                .field()
                .is_none_or(|f| !required.iter().any(|r| r == f));
            let meaning = m.iter().find(|m| m.field == *field)?;
            (optional && column.reason != Reason::Given).then_some((column, meaning.reason))
        });
        if let Some((column, reason)) = fits {
            column.usage = ColumnUse::Field(field.clone());
            column.reason = reason;
        }
    }
}

fn blank_column(text: &HeaderText, layout: &Layout) -> Column {
    let header = match (text.upper.as_str(), text.lower.as_str()) {
        ("", lower) => lower.to_owned(),
        (upper, "") => upper.to_owned(),
        (upper, lower) => format!("{upper}/{lower}"),
    };
    Column {
        index: text.column,
        letters: column_letters(text.column),
        header,
        hidden: layout.hides_column(text.column),
        usage: ColumnUse::Ignore,
        reason: Reason::Unknown,
        candidates: Vec::new(),
    }
}

/// The meanings of the lower text, then of both joined, then of the upper one alone.
fn meanings(text: &HeaderText, vocabulary: &Vocabulary) -> Vec<Meaning> {
    let mut found = vocabulary.meanings(&text.lower);
    if text.upper.is_empty() {
        return found;
    }
    let joined = format!("{}{}", text.upper, text.lower);
    let mut more = vocabulary.meanings(&joined);
    if text.lower.is_empty() {
        more.extend(vocabulary.meanings(&text.upper));
    }
    for meaning in more {
        if !found.iter().any(|m| m.field == meaning.field) {
            found.push(meaning);
        }
    }
    found.sort_by_key(|m| m.reason);
    found
}

/// Says why a column has no field.
fn name_unused(column: &mut Column, text: &HeaderText, vocabulary: &Vocabulary, known: bool) {
    let either = |test: &dyn Fn(&str) -> bool| test(&text.lower) || test(&text.upper);
    if either(&Vocabulary::is_row_number) {
        column.usage = ColumnUse::RowNumber;
        column.reason = Reason::RowNumber;
    } else if either(&|header| vocabulary.is_computed(header)) {
        column.reason = Reason::Computed;
    } else if known {
        column.reason = Reason::Taken;
    }
}
