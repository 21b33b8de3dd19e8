//! Text tables: the encoding and the separator are found out, since no such file says them.
//!
//! The file is decoded whole (its size is capped), the records are read one by one.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use domain::text::{is_blank, is_invisible};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::cell::{Cell, Row};
use crate::error::{ExchangeError, FileKind, Measure};
use crate::limits::Limits;
use crate::package::Layout;
use crate::source::{RowVisitor, SheetInfo};

/// The separators that are tried, the more likely ones first.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// How many lines are looked at to find the separator.
const SAMPLE_LINES: usize = 30;

/// An open text table.
pub(crate) struct Delimited {
    text: String,
    separator: u8,
    sheets: [SheetInfo; 1],
}

impl Delimited {
    pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Self, ExchangeError> {
        let file = File::open(path).map_err(ExchangeError::io(path))?;
        let mut bytes = Vec::new();
        file.take(limits.text_file + 1)
            .read_to_end(&mut bytes)
            .map_err(ExchangeError::io(path))?;
        let size = bytes.len() as u64;
        if size > limits.text_file {
            return Err(ExchangeError::too_large(
                Measure::File,
                limits.text_file,
                size,
            ));
        }
        let text = decode(bytes)?;
        let separator = separator_of(&text);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        Ok(Self {
            text,
            separator,
            sheets: [SheetInfo {
                name: name.into_owned(),
                hidden: false,
                layout: Layout::default(),
            }],
        })
    }

    pub(crate) fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    pub(crate) fn each_row(
        &self,
        limits: &Limits,
        visit: RowVisitor<'_>,
    ) -> Result<(), ExchangeError> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(self.text.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut count = 0_u64;
        let mut number = 0_u32;
        loop {
            let more = reader
                .read_record(&mut record)
                .map_err(|e| ExchangeError::damaged("text", &e))?;
            if !more {
                return Ok(());
            }
            let begin = record.position().map_or(0, csv::Position::byte);
            let blank = blank_lines(&self.text, usize::try_from(begin).unwrap_or(usize::MAX));
            number = number.saturating_add(1).saturating_add(blank);
            let mut row = Row {
                number,
                cells: Vec::new(),
            };
            for (column, text) in record.iter().enumerate() {
                if text.chars().all(|c| is_blank(c) || is_invisible(c)) {
                    continue;
                }
                let found = column as u64 + 1;
                if found > limits.columns {
                    let (what, limit) = (Measure::Columns, limits.columns);
                    return Err(ExchangeError::too_large(what, limit, found));
                }
                let column = u32::try_from(column).unwrap_or(u32::MAX);
                row.cells.push((column, Cell::Text(text.into())));
            }
            count += row.cells.len() as u64;
            if count > limits.cells {
                return Err(ExchangeError::too_large(
                    Measure::Cells,
                    limits.cells,
                    count,
                ));
            }
            if let ControlFlow::Break(()) = visit(&mut row)? {
                return Ok(());
            }
        }
    }
}

/// How many empty lines stand before the record that begins here. Rows are numbered as a spreadsheet
/// shows them: a cell of several lines is one row, an empty line is one too.
fn blank_lines(text: &str, begin: usize) -> u32 {
    let bytes = text.as_bytes();
    let mut rest = bytes.get(begin..).unwrap_or_default();
    // The reader ends a record at the first half of a line end and leaves the other half.
    if begin > 0 && bytes.get(begin - 1) == Some(&b'\r') {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut blank = 0;
    loop {
        let ends: [&[u8]; 3] = [b"\r\n", b"\n", b"\r"];
        let Some(after) = ends.iter().find_map(|end| rest.strip_prefix(*end)) else {
            return blank;
        };
        rest = after;
        blank += 1;
    }
}

/// Decodes by the byte order mark, else as UTF-8, else as GB18030 (which holds GBK and GB2312:
/// what Excel and WPS write on a Chinese Windows). Bytes that fit neither are an error, never
/// replaced.
fn decode(bytes: Vec<u8>) -> Result<String, ExchangeError> {
    let marked = Encoding::for_bom(&bytes);
    if let Some((encoding, mark)) = marked {
        return decode_as(encoding, &bytes[mark..]);
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        let found = FileKind::Other;
        // Wide text without its mark, or no text at all; either way nothing to guess about.
        let _ = at;
        return Err(ExchangeError::NotAWorkbook { found });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(fault) => decode_as(GB18030, fault.as_bytes()),
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, ExchangeError> {
    debug_assert!([UTF_8, UTF_16LE, UTF_16BE, GB18030].contains(&encoding));
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| ExchangeError::Encoding {
            at: first_fault(encoding, bytes),
        })?;
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(ExchangeError::NotAWorkbook {
            found: FileKind::Other,
        });
    }
    Ok(text.into_owned())
}

/// Where decoding fails, for the message.
fn first_fault(encoding: &'static Encoding, bytes: &[u8]) -> u64 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() * 3 + 16);
    let (_, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    read as u64
}

/// The separator that parts the most lines evenly.
fn separator_of(text: &str) -> u8 {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(SAMPLE_LINES)
        .collect();
    let mut best = (0_usize, SEPARATORS[0]);
    for separator in SEPARATORS {
        let counts: Vec<usize> = lines.iter().map(|line| parts(line, separator)).collect();
        // Title lines part nowhere: the most frequent count above none decides.
        let score = counts
            .iter()
            .filter(|n| **n > 0)
            .map(|n| counts.iter().filter(|m| *m == n).count() * (*n).min(50))
            .max()
            .unwrap_or(0);
        if score > best.0 {
            best = (score, separator);
        }
    }
    best.1
}

/// How often a separator stands outside of quotes.
fn parts(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == separator
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_is_read() {
        let text = "投诉时间,内容\n2024-03-05,𠮷田䶮\n";
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let (gb, _, lost) = GB18030.encode(text);
        assert!(!lost);
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            gb.into_owned(),
            wide,
        ] {
            assert_eq!(decode(bytes).ok().as_deref(), Some(text));
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them_whatever_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let lines = ["时间,内容", "1,甲", "", "", "2,\"乙\n丙\"", "3,丁", ""];
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("表.csv");
            std::fs::write(&path, lines.join(end)).expect("a table");
            let limits = Limits::default();
            let mut numbers = Vec::new();
            let table = Delimited::open(&path, &limits).expect("it opens");
            let mut visit = |row: &mut Row| {
                numbers.push(row.number);
                Ok(ControlFlow::Continue(()))
            };
            table.each_row(&limits, &mut visit).expect("it is read");
            assert_eq!(numbers, [1, 2, 5, 6], "{end:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(
            decode(b"a,b\0".to_vec()).expect_err("a zero byte").code(),
            "exchange.not_a_workbook"
        );
        let fault = decode(vec![b'a', 0xFF, 0xFF, 0x80]).expect_err("no encoding has this");
        assert_eq!(fault.code(), "exchange.encoding");
    }

    #[test]
    fn the_separator_is_found_behind_title_lines() {
        for (text, separator) in [
            ("台账（一,二）\n时间,内容,人\n1,2,3\n", b','),
            ("时间\t内容，有逗号,两个\n1\t2\n", b'\t'),
            ("a;b;c\n1,5;2;3\n", b';'),
            ("\"a,b\"|c\n\"1,2\"|3\n", b'|'),
            ("只有一列\n", b','),
        ] {
            assert_eq!(separator_of(text), separator, "{text:?}");
        }
    }
}
