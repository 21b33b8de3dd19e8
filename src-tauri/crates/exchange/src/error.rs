//! What can go wrong with a foreign file or with writing one, as facts.
//!
//! No wording for people is made here; `commands` turns the code and the facts into a message.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// What a file turned out to be, told from its first bytes and never from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// An Office Open XML workbook (.xlsx, .xlsm).
    Xlsx,
    /// A binary workbook of Excel 97 to 2003, also what WPS calls .et.
    Xls,
    /// A binary Open XML workbook (.xlsb).
    Xlsb,
    /// An OpenDocument spreadsheet (.ods).
    Ods,
    /// Text with separators (.csv, .txt).
    Text,
    /// A web page, often saved under the name of a workbook by government systems.
    Html,
    /// The XML spreadsheet of Excel 2003.
    XmlSpreadsheet,
    /// A zip file that holds no workbook.
    OtherZip,
    /// An empty file.
    Empty,
    /// Anything else.
    Other,
}

impl FileKind {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Xlsb => "xlsb",
            Self::Ods => "ods",
            Self::Text => "text",
            Self::Html => "html",
            Self::XmlSpreadsheet => "xml_spreadsheet",
            Self::OtherZip => "other_zip",
            Self::Empty => "empty",
            Self::Other => "other",
        }
    }
}

/// What there was too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Bytes of the file itself.
    File,
    /// Bytes of one unpacked part.
    Part,
    /// Bytes of all unpacked parts.
    Unpacked,
    /// Unpacked size over packed size.
    Ratio,
    /// Parts in the package.
    Parts,
    /// Elements in a part that is held in memory.
    Elements,
    /// Sheets.
    Sheets,
    /// Cells with a value.
    Cells,
    /// Columns.
    Columns,
    /// Rows of a sheet.
    Rows,
    /// Cells of the rectangle around the values.
    Area,
}

impl Measure {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Part => "part",
            Self::Unpacked => "unpacked",
            Self::Ratio => "ratio",
            Self::Parts => "parts",
            Self::Elements => "elements",
            Self::Sheets => "sheets",
            Self::Cells => "cells",
            Self::Columns => "columns",
            Self::Rows => "rows",
            Self::Area => "area",
        }
    }
}

/// A fault in reading or writing a table.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// The file could not be opened, read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is no workbook and no text table that is read here.
    #[error("not a workbook: {}", found.as_str())]
    NotAWorkbook {
        /// What it is.
        found: FileKind,
    },
    /// The workbook is protected by a password.
    #[error("encrypted workbook")]
    Encrypted,
    /// The file is larger than an honest ledger can be; nothing of it was kept.
    #[error("too large: {} {found} over {limit}", what.as_str())]
    TooLarge {
        /// What there was too much of.
        what: Measure,
        /// The most that is taken.
        limit: u64,
        /// How much there is, or where counting stopped.
        found: u64,
    },
    /// The package is built to deceive: overlapping parts, names that climb out of a folder,
    /// sizes that are not true.
    #[error("unsafe package: {why} in {part:?}")]
    Unsafe {
        /// The part concerned.
        part: String,
        /// What is wrong, as a stable word.
        why: &'static str,
    },
    /// The file is broken or ends too early.
    #[error("damaged: {part}: {detail}")]
    Damaged {
        /// The part or sheet that cannot be read.
        part: String,
        /// What the reader said, for the log.
        detail: String,
    },
    /// The text is in no known encoding.
    #[error("unknown text encoding at byte {at}")]
    Encoding {
        /// Where reading failed.
        at: u64,
    },
    /// No sheet has a row that looks like the header of this register.
    #[error("no table in {sheets:?}")]
    NoTable {
        /// The sheets that were looked at.
        sheets: Vec<String>,
    },
    /// The sheet that was asked for is not there.
    #[error("no sheet {name:?}")]
    NoSheet {
        /// Its name.
        name: String,
    },
    /// The mapping names a column or field that is not there.
    #[error("mapping does not fit: {what}")]
    BadMapping {
        /// What does not fit.
        what: String,
    },
    /// The receiver of the rows asked to stop.
    #[error("stopped")]
    Stopped,
    /// What was written does not read back as it should; the file was not given its name.
    #[error("{}: written file does not read back: {detail}", path.display())]
    NotVerified {
        /// The final path.
        path: PathBuf,
        /// What differs.
        detail: String,
    },
    /// The writer of workbooks refused.
    #[error("{}: {detail}", path.display())]
    Writer {
        /// The file.
        path: PathBuf,
        /// What it said.
        detail: String,
    },
}

impl ExchangeError {
    /// The stable code, as it stands in the word list.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "exchange.io",
            Self::NotAWorkbook { .. } => "exchange.not_a_workbook",
            Self::Encrypted => "exchange.encrypted",
            Self::TooLarge { .. } => "exchange.too_large",
            Self::Unsafe { .. } => "exchange.unsafe",
            Self::Damaged { .. } => "exchange.damaged",
            Self::Encoding { .. } => "exchange.encoding",
            Self::NoTable { .. } => "exchange.no_table",
            Self::NoSheet { .. } => "exchange.no_sheet",
            Self::BadMapping { .. } => "exchange.bad_mapping",
            Self::Stopped => "exchange.stopped",
            Self::NotVerified { .. } => "exchange.not_verified",
            Self::Writer { .. } => "exchange.writer",
        }
    }

    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    pub(crate) fn damaged(part: &str, detail: &impl ToString) -> Self {
        Self::Damaged {
            part: part.to_owned(),
            detail: detail.to_string(),
        }
    }

    pub(crate) fn too_large(what: Measure, limit: u64, found: u64) -> Self {
        Self::TooLarge { what, limit, found }
    }
}
