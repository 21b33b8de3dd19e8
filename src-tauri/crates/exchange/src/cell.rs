//! Cells and rows as they stand in a file, before any field gives them a meaning.

use std::borrow::Cow;

/// One cell with something in it. A blank cell, also one that is only formatted, is no cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Text, also the stored text of a formula; rich text without its formats.
    Text(Cow<'a, str>),
    /// A number, also the stored result of a formula.
    Number {
        /// The number.
        value: f64,
        /// How the sheet shows it, where the format adds leading zeros or fixed words (`007`).
        shown: Option<String>,
    },
    /// A number that the sheet shows as a date or time: the day's serial number (1900 system).
    Date(f64),
    /// A truth value.
    Bool(bool),
    /// A formula without result, as the sheet shows it: `#DIV/0!`.
    Fault(String),
}

impl Cell<'_> {
    /// The cell without a hold on the file.
    #[must_use]
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Number { value, shown } => Cell::Number { value, shown },
            Cell::Date(serial) => Cell::Date(serial),
            Cell::Bool(truth) => Cell::Bool(truth),
            Cell::Fault(text) => Cell::Fault(text),
        }
    }

    /// The cell as text: what a person reads in it, dates in ISO form.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number { shown: Some(s), .. } | Cell::Fault(s) => Cow::Borrowed(s),
            Cell::Number { value, .. } => Cow::Owned(number_text(*value)),
            Cell::Date(serial) => Cow::Owned(date_text(*serial)),
            Cell::Bool(truth) => Cow::Borrowed(if *truth { "TRUE" } else { "FALSE" }),
        }
    }
}

/// One row with at least one cell element, formatted blank ones included.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row<'a> {
    /// The row number as the spreadsheet shows it, from 1.
    pub number: u32,
    /// Column index from 0 and cell, in the order of the columns.
    pub cells: Vec<(u32, Cell<'a>)>,
}

impl<'a> Row<'a> {
    /// The cell in a column, counted from 0.
    #[must_use]
    pub fn cell(&self, column: u32) -> Option<&Cell<'a>> {
        // Columns nearly always stand at their own place; looking there first saves the search.
        match self.cells.get(column as usize) {
            Some((at, cell)) if *at == column => Some(cell),
            _ => self
                .cells
                .binary_search_by_key(&column, |(at, _)| *at)
                .ok()
                .map(|found| &self.cells[found].1),
        }
    }

    /// The row without a hold on the file.
    #[must_use]
    pub fn into_owned(self) -> Row<'static> {
        Row {
            number: self.number,
            cells: self
                .cells
                .into_iter()
                .map(|(at, cell)| (at, cell.into_owned()))
                .collect(),
        }
    }
}

/// A number as a spreadsheet shows it without a format: at most 15 significant figures, never
/// `1.38E+10` for a telephone number.
#[must_use]
pub(crate) fn number_text(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    // A double holds more figures than the spreadsheet ever showed: 88.59999999999999 is 88.6.
    let shown: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if shown == 0.0 {
        "0".to_owned()
    } else {
        shown.to_string()
    }
}

fn date_text(serial: f64) -> String {
    match domain::dates::excel_serial(serial) {
        Some((date, None)) => date.format("%Y-%m-%d").to_string(),
        Some((date, Some(time))) => {
            format!("{} {}", date.format("%Y-%m-%d"), time.format("%H:%M"))
        }
        None => number_text(serial),
    }
}

/// The letters of a column, counted from 0: 0 is A, 26 is AA.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    letters.into_iter().rev().collect()
}

/// The column, counted from 0, of its letters; `None` for anything that is no column.
#[must_use]
pub fn column_index(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    letters
        .bytes()
        .try_fold(0_u32, |sum, byte| {
            let upper = byte.to_ascii_uppercase();
            upper
                .is_ascii_uppercase()
                .then(|| sum * 26 + u32::from(upper - b'A') + 1)
        })
        .map(|counted| counted - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_letters_agree() {
        for (index, letters) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (16_383, "XFD"),
        ] {
            assert_eq!(column_letters(index), letters);
            assert_eq!(column_index(letters), Some(index));
        }
        assert_eq!(column_index(""), None);
        assert_eq!(column_index("A1"), None);
    }

    #[test]
    fn numbers_read_as_the_sheet_shows_them() {
        assert_eq!(number_text(13_700_001_568.0), "13700001568");
        assert_eq!(number_text(88.6 - 1e-14), "88.6");
        assert_eq!(number_text(-0.0), "0");
        assert_eq!(number_text(0.03), "0.03");
    }

    #[test]
    fn a_cell_is_found_beside_gaps() {
        let text = |s: &str| Cell::Text(s.to_owned().into());
        let row = Row {
            number: 1,
            cells: vec![(0, text("a")), (2, text("c"))],
        };
        assert_eq!(row.cell(2), Some(&text("c")));
        assert_eq!(row.cell(1), None);
    }
}
