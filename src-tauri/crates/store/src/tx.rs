//! The door: the only place that writes to register tables.

use domain::record::{Line, Record};
use domain::value::Values;
use rusqlite::Connection;
use uuid::Uuid;

use crate::deadlines::DeadlineRow;
use crate::error::Result;
use crate::read::{Read, Source};
use crate::store::Shared;

/// A transaction in which one op writes. It makes history, search rows, row versions and the list
/// of changes along with each write.
pub struct Tx<'s> {
    conn: &'s Connection,
    shared: &'s Shared,
}

impl Read for Tx<'_> {
    fn source(&self) -> Source<'_> {
        Source {
            conn: self.conn,
            shared: self.shared,
        }
    }
}

impl Tx<'_> {
    /// Makes a record in the initial state of its register.
    ///
    /// # Errors
    /// Unknown register or field, wrong kind, unknown choice, too long text, missing link or file.
    pub fn insert(&mut self, register: &str, values: &Values) -> Result<Record> {
        let _ = (register, values);
        unimplemented!()
    }

    /// Writes the given fields of a record; a field that is not given stays as it is.
    ///
    /// # Errors
    /// As for [`Tx::insert`]; [`crate::Error::Stale`] when `expected_version` is an older one;
    /// [`crate::Error::Deleted`] in the recycle bin.
    pub fn update(
        &mut self,
        register: &str,
        uuid: Uuid,
        expected_version: Option<i64>,
        values: &Values,
    ) -> Result<Record> {
        let _ = (register, uuid, expected_version, values);
        unimplemented!()
    }

    /// Sets the workflow state. Whether the step is allowed was decided by the rules before.
    pub fn set_state(&mut self, register: &str, uuid: Uuid, state: &str) -> Result<Record> {
        let _ = (register, uuid, state);
        unimplemented!()
    }

    /// Puts a record into the recycle bin. Its number stays with it.
    pub fn delete(&mut self, register: &str, uuid: Uuid, reason: &str) -> Result<()> {
        let _ = (register, uuid, reason);
        unimplemented!()
    }

    /// Takes a record out of the recycle bin.
    pub fn restore(&mut self, register: &str, uuid: Uuid) -> Result<Record> {
        let _ = (register, uuid);
        unimplemented!()
    }

    /// Adds a line at the end of a record's lines.
    pub fn insert_line(&mut self, register: &str, parent: Uuid, values: &Values) -> Result<Line> {
        let _ = (register, parent, values);
        unimplemented!()
    }

    /// Writes the given fields of a line.
    pub fn update_line(
        &mut self,
        register: &str,
        uuid: Uuid,
        expected_version: Option<i64>,
        values: &Values,
    ) -> Result<Line> {
        let _ = (register, uuid, expected_version, values);
        unimplemented!()
    }

    /// Takes a line out of its record; undo brings it back to its place.
    pub fn remove_line(&mut self, register: &str, uuid: Uuid) -> Result<()> {
        let _ = (register, uuid);
        unimplemented!()
    }

    /// Gives a record the next number of a series, written by `write` from the sequence.
    ///
    /// # Errors
    /// [`crate::Error::AlreadyNumbered`]; [`crate::Error::NumberTaken`] when `write` gives a
    /// number that exists in another series.
    pub fn assign_number(
        &mut self,
        register: &str,
        uuid: Uuid,
        series: &str,
        write: impl FnOnce(i64) -> String,
    ) -> Result<String> {
        let _ = (register, uuid, series, write);
        unimplemented!()
    }

    /// Gives a record a reserved number, for a paper that was filled in by hand.
    pub fn assign_reserved(
        &mut self,
        register: &str,
        uuid: Uuid,
        series: &str,
        sequence: i64,
        write: impl FnOnce(i64) -> String,
    ) -> Result<String> {
        let _ = (register, uuid, series, sequence, write);
        unimplemented!()
    }

    /// Keeps the next `count` numbers of a series free; returns the first and the last.
    pub fn reserve_numbers(
        &mut self,
        series: &str,
        count: i64,
        reason: &str,
    ) -> Result<(i64, i64)> {
        let _ = (series, count, reason);
        unimplemented!()
    }

    /// Takes a number from its record. It stays visible with the reason and is never given again.
    pub fn void_number(&mut self, number: &str, reason: &str) -> Result<()> {
        let _ = (number, reason);
        unimplemented!()
    }

    /// Replaces the deadlines of a record by these. Old and new due dates go into the history as
    /// `deadline:<rule>#<round>`.
    pub fn set_deadlines(
        &mut self,
        register: &str,
        uuid: Uuid,
        rows: &[DeadlineRow],
    ) -> Result<()> {
        let _ = (register, uuid, rows);
        unimplemented!()
    }

    /// Sets the reason of the op.
    pub fn reason(&mut self, text: &str) {
        let _ = text;
        unimplemented!()
    }

    /// Sets the batch of the op.
    pub fn batch(&mut self, tag: &str) {
        let _ = tag;
        unimplemented!()
    }
}
