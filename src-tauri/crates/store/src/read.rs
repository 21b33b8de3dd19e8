//! What can be read, through a [`crate::Reader`] or inside a [`crate::Tx`] alike. Writing is not
//! here: the two handles are different types, and only a `Tx` writes.

use std::collections::BTreeMap;

use domain::record::{Line, Record};
use domain::time::Moment;
use rusqlite::Connection;
use uuid::Uuid;

use crate::deadlines::{DeadlineRow, DueRow};
use crate::error::Result;
use crate::history::{HistoryEntry, OpEntry};
use crate::list::ListQuery;
use crate::numbers::GivenNumber;
use crate::pressing::{DeadlineHead, PressingRow};
use crate::search::SearchResult;
use crate::store::Shared;
use crate::{deadlines, history, list, numbers, preferences, pressing, rows, search, undo};

/// A connection with what is needed to read from it. Opaque outside this crate.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) shared: &'a Shared,
}

/// Reading. A [`crate::Reader`] sees the state at its first read until it is dropped; a
/// [`crate::Tx`] sees its own writes, except that search and text filters see those of the last
/// commit.
pub trait Read {
    /// Where to read from; of no use outside this crate.
    #[doc(hidden)]
    fn source(&self) -> Source<'_>;

    /// The record of this identifier, also when it is in the recycle bin.
    fn get(&self, register: &str, uuid: Uuid) -> Result<Option<Record>> {
        rows::get(self.source(), register, uuid)
    }

    /// The record of this row key.
    fn by_key(&self, register: &str, key: i64) -> Result<Option<Record>> {
        rows::by_key(self.source(), register, key)
    }

    /// The record that has this number.
    fn by_number(&self, register: &str, number: &str) -> Result<Option<Record>> {
        rows::by_number(self.source(), register, number)
    }

    /// The lines of a record in their order, without the removed ones.
    fn lines(&self, parent: Uuid, line_register: &str) -> Result<Vec<Line>> {
        rows::lines(self.source(), parent, line_register)
    }

    /// One line, also when it was removed.
    fn line(&self, line_register: &str, uuid: Uuid) -> Result<Option<Line>> {
        rows::line(self.source(), line_register, uuid)
    }

    /// A page of a register.
    fn list(&self, query: &ListQuery) -> Result<Vec<Record>> {
        list::list(self.source(), query)
    }

    /// How many records the query has without its limit and offset.
    fn count(&self, query: &ListQuery) -> Result<u64> {
        list::count(self.source(), query)
    }

    /// Sum of an integer field over the records of the query, for footers.
    fn sum(&self, query: &ListQuery, field: &str) -> Result<i64> {
        list::sum(self.source(), query, field)
    }

    /// How many records of the query there are of each value of a field, by value.
    fn by_value(&self, query: &ListQuery, field: &str) -> Result<Vec<(Option<String>, u64)>> {
        list::tally::by_value(self.source(), query, field)
    }

    /// The mean of the whole days between two fields over the records of the query that have both;
    /// `None` when none has.
    fn mean_days(&self, query: &ListQuery, from: &str, to: &str) -> Result<Option<f64>> {
        list::tally::mean_days(self.source(), query, from, to)
    }

    /// The values of a text field in the newest `among` records or lines, the most used first.
    fn used_most(&self, register: &str, field: &str, among: u32) -> Result<Vec<String>> {
        list::tally::used_most(self.source(), register, field, among)
    }

    /// Records of any register that hold the text, the best tier first, then the newest.
    fn search(&self, text: &str, limit: usize) -> Result<SearchResult> {
        search::search(self.source(), text, limit)
    }

    /// Everything that happened to a record and its lines, the oldest first.
    fn history(&self, register: &str, uuid: Uuid) -> Result<Vec<HistoryEntry>> {
        history::of_record(self.source(), register, uuid)
    }

    /// The newest ops, the newest first.
    fn ops(&self, limit: usize) -> Result<Vec<OpEntry>> {
        history::ops(self.source(), limit)
    }

    /// One op.
    fn op(&self, id: i64) -> Result<Option<OpEntry>> {
        history::op(self.source(), id)
    }

    /// The op that an undo would take back now.
    fn undo_next(&self) -> Result<Option<OpEntry>> {
        let found = undo::last(self.source().conn)?;
        found.map_or(Ok(None), |id| self.op(id))
    }

    /// The undo that a redo would take back now; it has the label of what it took back.
    fn redo_next(&self) -> Result<Option<OpEntry>> {
        let found = undo::last_undo(self.source().conn)?;
        found.map_or(Ok(None), |id| self.op(id))
    }

    /// The ops of a batch, the oldest first.
    fn ops_of_batch(&self, tag: &str) -> Result<Vec<OpEntry>> {
        history::ops_of_batch(self.source(), tag)
    }

    /// What an op changed, the oldest first.
    fn changes_of(&self, op: i64) -> Result<Vec<HistoryEntry>> {
        history::of_op(self.source(), op)
    }

    /// Hash of the newest op in hex; 64 zeros before the first. Printed on papers and written
    /// into archives it anchors the chain.
    fn history_head(&self) -> Result<String> {
        history::head(self.source())
    }

    /// The op that had this hash when it was the newest; `None` when the chain does not hold it.
    /// A head that was printed or archived and is not found shows a history that was cut or
    /// written anew.
    fn op_of_head(&self, head: &str) -> Result<Option<i64>> {
        history::op_of_head(self.source(), head)
    }

    /// The deadlines of a record, by rule and round.
    fn deadlines_of(&self, register: &str, uuid: Uuid) -> Result<Vec<DeadlineRow>> {
        deadlines::of_record(self.source(), register, uuid)
    }

    /// The deadlines of many records of a register, as far as a list shows them.
    fn deadline_heads(
        &self,
        register: &str,
        uuids: &[Uuid],
    ) -> Result<BTreeMap<Uuid, Vec<DeadlineHead>>> {
        pressing::of_records(self.source(), register, uuids)
    }

    /// Open deadlines that fall due up to `until`, the earliest first, without their records.
    fn pressing(&self, until: Moment) -> Result<Vec<PressingRow>> {
        pressing::until(self.source(), until)
    }

    /// How the office likes its window, by key.
    fn preferences(&self) -> Result<BTreeMap<String, serde_json::Value>> {
        preferences::all(self.source().conn)
    }

    /// Open deadlines of records outside the recycle bin that fall due up to `until`, the
    /// earliest first.
    fn due(&self, until: Moment) -> Result<Vec<DueRow>> {
        deadlines::due(self.source(), until)
    }

    /// All numbers of a series by sequence: given, reserved and void.
    fn numbers(&self, series: &str) -> Result<Vec<GivenNumber>> {
        numbers::of_series(self.source(), series)
    }

    /// What is known of one number.
    fn number(&self, number: &str) -> Result<Option<GivenNumber>> {
        numbers::of_number(self.source(), number)
    }
}
