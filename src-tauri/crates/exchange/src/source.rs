//! A foreign file, opened for reading rows: what kind it is, its sheets, its rows in order.
//!
//! What a file is follows from its first bytes; a name can lie or be mistaken.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use crate::cell::Row;
use crate::delimited::Delimited;
use crate::error::{ExchangeError, FileKind};
use crate::limits::Limits;
use crate::old::OldWorkbook;
use crate::package::Layout;
use crate::workbook::Workbook;

/// Receives one row after the other; breaking ends the reading without error.
pub type RowVisitor<'a> = &'a mut dyn FnMut(&mut Row<'_>) -> Result<ControlFlow<()>, ExchangeError>;

/// One sheet of a file; a text file has one without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// Its name.
    pub name: String,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// Hidden rows and columns and merged cells.
    pub layout: Layout,
}

/// An open file.
pub struct Book {
    limits: Limits,
    content: Content,
}

enum Content {
    Workbook(Box<Workbook>),
    Old(Box<OldWorkbook>),
    Text(Delimited),
}

impl Book {
    /// Opens a workbook (.xlsx, .xlsm, .xls, .et) or a text table after checking it against the limits.
    ///
    /// # Errors
    /// Typed: not a workbook, encrypted, too large, unsafe, damaged.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, ExchangeError> {
        let content = match kind_of(path)? {
            FileKind::Xlsx => Content::Workbook(Box::new(Workbook::open(path, limits)?)),
            FileKind::Text => Content::Text(Delimited::open(path, limits)?),
            FileKind::Xls if is_encrypted(path, limits)? => return Err(ExchangeError::Encrypted),
            FileKind::Xls => Content::Old(Box::new(OldWorkbook::open(path, limits)?)),
            found => return Err(ExchangeError::NotAWorkbook { found }),
        };
        Ok(Self {
            limits: limits.clone(),
            content,
        })
    }

    /// The sheets in their order; a text file has one.
    #[must_use]
    pub fn sheets(&self) -> &[SheetInfo] {
        match &self.content {
            Content::Workbook(book) => book.sheets(),
            Content::Old(book) => book.sheets(),
            Content::Text(text) => text.sheets(),
        }
    }

    /// Hands over the rows of a sheet in order. A row of blank formatted cells comes without
    /// cells; a row that is not in the file does not come. Only one row is held at a time.
    ///
    /// # Errors
    /// Damaged or too large, also in the middle; and every error of the visitor.
    pub fn each_row(&mut self, sheet: usize, visit: RowVisitor<'_>) -> Result<(), ExchangeError> {
        match &mut self.content {
            Content::Workbook(book) => book.each_row(sheet, &self.limits, visit),
            Content::Old(book) => book.each_row(sheet, visit),
            Content::Text(text) => text.each_row(&self.limits, visit),
        }
    }
}

/// Tells what a file is by its first bytes.
///
/// # Errors
/// The file cannot be read.
pub fn kind_of(path: &Path) -> Result<FileKind, ExchangeError> {
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(1024).read_to_end(&mut head))
        .map_err(ExchangeError::io(path))?;
    Ok(kind_of_head(&head))
}

fn kind_of_head(head: &[u8]) -> FileKind {
    if head.is_empty() {
        return FileKind::Empty;
    }
    if head.starts_with(b"PK\x03\x04") {
        return FileKind::Xlsx;
    }
    if head.starts_with(b"PK\x05\x06") {
        return FileKind::OtherZip;
    }
    if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return FileKind::Xls;
    }
    let wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    if wide {
        return FileKind::Text;
    }
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let start: String = String::from_utf8_lossy(start)
        .trim_start()
        .chars()
        .take(800)
        .collect::<String>()
        .to_ascii_lowercase();
    if start.starts_with('<') {
        let xml = start.contains("office:spreadsheet") || start.contains("<workbook");
        return if xml {
            FileKind::XmlSpreadsheet
        } else {
            FileKind::Html
        };
    }
    if head.contains(&0) || start.starts_with("%pdf") {
        return FileKind::Other;
    }
    FileKind::Text
}

/// Whether a compound file holds an encrypted package instead of a workbook: its directory then
/// names the stream `EncryptedPackage`.
fn is_encrypted(path: &Path, limits: &Limits) -> Result<bool, ExchangeError> {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let finder = memchr::memmem::Finder::new(&name);
    let mut file = File::open(path)
        .map_err(ExchangeError::io(path))?
        .take(limits.file);
    let mut window = Vec::new();
    loop {
        let kept = window.len().min(name.len());
        window.drain(..window.len() - kept);
        let read = file
            .by_ref()
            .take(64 * 1024)
            .read_to_end(&mut window)
            .map_err(ExchangeError::io(path))?;
        if finder.find(&window).is_some() {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content() {
        for (head, kind) in [
            (&b"PK\x03\x04rest"[..], FileKind::Xlsx),
            (b"PK\x05\x06", FileKind::OtherZip),
            (b"", FileKind::Empty),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::Xls),
            (b"\xEF\xBB\xBF <!DOCTYPE html>", FileKind::Html),
            (b"<html><table>", FileKind::Html),
            (
                b"<?xml version='1.0'?><Workbook xmlns='x'>",
                FileKind::XmlSpreadsheet,
            ),
            (b"a,b\n1,2", FileKind::Text),
            (b"\xFF\xFEa\0", FileKind::Text),
            (b"a,b\0c", FileKind::Other),
            (b"%PDF-1.7", FileKind::Other),
        ] {
            assert_eq!(kind_of_head(head), kind, "{head:?}");
        }
    }
}
