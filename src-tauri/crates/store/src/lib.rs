//! The SQLite file of an office: the one door for writes, history, undo, search.
//!
//! * [`Store`] is one office, open. [`Store::transact`] is the only way to write: the [`Tx`] that it
//!   hands out makes history, search rows, row versions and [`Changes`] with each write.
//! * [`Read`] is everything that can be read; [`Reader`] and [`Tx`] both have it
//!   (`use store::Read;`).
//! * [`Store::take_back`] is undo and redo with a place for the caller to count deadlines anew.
//! * [`Snapshot`] is a proved copy; [`Store::restore`] puts one in the place of the database.
//!
//! Not here: what a step means, which deadline follows, how a number is spelled (that is `domain`),
//! archives and the rotation of backups (`archive`), words for people (`commands`).

mod chain;
mod check;
mod column;
mod connect;
mod create;
mod deadlines;
mod digest;
mod drafts;
mod env;
mod erase;
mod error;
mod files;
mod folder;
mod header;
mod history;
mod list;
mod log;
mod migrate;
mod numbers;
mod op;
mod open;
mod preferences;
mod pressing;
mod read;
mod reader;
mod rows;
mod schema;
mod search;
mod snapshot;
mod store;
mod tx;
mod undo;
mod write;
mod write_line;

pub use check::{CheckReport, Finding, FindingKind};
pub use deadlines::{DeadlineRow, DueRow};
pub use drafts::Draft;
pub use env::{Env, Founder, Who};
pub use erase::EraseTarget;
pub use error::{Error, Result};
pub use files::FileRef;
pub use history::{HistoryEntry, OpEntry};
pub use list::{Bin, Filter, Hanging, ListQuery, Test};
pub use numbers::{GivenNumber, NumberStatus};
pub use op::{Changes, Op, OpKind, Touch, Touched};
pub use open::{Checked, Opening};
pub use pressing::{DeadlineHead, PressingRow};
pub use read::{Read, Source};
pub use reader::Reader;
pub use search::{Hit, RegisterCount, SearchResult};
pub use snapshot::{Counts, Snapshot};
pub use store::Store;
pub use tx::Tx;
pub use undo::{Refusal, Target, Undone};
