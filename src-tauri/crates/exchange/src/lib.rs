//! Ledgers in and out: workbooks and text tables.
//!
//! In: a foreign file becomes a [`Plan`] of checked rows, or a stream of them; nothing is written
//! and nothing is guessed. Out: plain workbooks, deterministic, read back before they get their
//! name. Not here: the records of the office (`commands` looks them up and writes them), and the
//! wording of messages.

mod cell;
mod check;
mod classify;
mod delimited;
mod error;
mod finding;
mod header;
mod limits;
mod mapping;
mod old;
mod package;
mod plan;
mod reading;
mod report;
mod source;
mod table;
mod template;
mod title;
mod vocabulary;
mod workbook;
mod writer;

pub use cell::{Cell, Row, column_index, column_letters};
pub use check::{RowSink, check, check_rows, find_table};
pub use classify::SkipKind;
pub use error::{ExchangeError, FileKind, Measure};
pub use finding::{Finding, Issue, IssueCode, RowStatus, Warning, WarningCode};
pub use header::Column;
pub use limits::Limits;
pub use mapping::{ColumnUse, Mapping, is_importable};
pub use package::{Layout, Merge};
pub use plan::{
    CheckedRow, Counts, Options, Plan, SheetSeen, Skipped, Summary, Table, required_fields,
};
pub use report::{Word, report_keys, write_report};
pub use source::{Book, RowVisitor, SheetInfo, kind_of};
pub use table::{TableOptions, Written, column_kind, out_cell, write_table};
pub use template::{TemplateColumn, TemplateOptions, write_template};
pub use title::Context;
pub use vocabulary::Reason;
pub use writer::{ColumnKind, Out, OutColumn};
