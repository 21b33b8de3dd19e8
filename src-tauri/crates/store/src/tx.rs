//! The door: the only place that writes to register tables. What each write does is in
//! [`crate::write`], [`crate::numbers`] and [`crate::deadlines`]; here stand its promises.

use domain::record::{Line, Record};
use domain::time::{Moment, moment_text};
use domain::value::Values;
use rusqlite::Connection;
use uuid::Uuid;

use crate::deadlines::{self, DeadlineRow};
use crate::error::{Error, Result};
use crate::log::{self, Log};
use crate::op::{Changes, Op, Touch};
use crate::read::{Read, Source};
use crate::store::Shared;
use crate::{numbers, search, write};

/// A transaction in which one op writes. It makes history, search rows, row versions and the list
/// of changes along with each write.
pub struct Tx<'s> {
    pub(crate) conn: &'s Connection,
    pub(crate) shared: &'s Shared,
    pub(crate) now: Moment,
    pub(crate) now_text: String,
    pub(crate) op: Op,
    pub(crate) undoes: Option<i64>,
    pub(crate) log: Log,
    /// Something outside register tables was written (a reserved number, a deadline).
    pub(crate) aside: bool,
    /// Old search text must not outlive the op.
    pub(crate) forget: bool,
}

impl Read for Tx<'_> {
    fn source(&self) -> Source<'_> {
        Source {
            conn: self.conn,
            shared: self.shared,
        }
    }
}

impl<'s> Tx<'s> {
    pub(crate) fn new(conn: &'s Connection, shared: &'s Shared, op: Op) -> Self {
        let now = shared.env.clock.now();
        Self {
            conn,
            shared,
            now,
            now_text: moment_text(&now.with_timezone(&domain::time::china())),
            op,
            undoes: None,
            log: Log::default(),
            aside: false,
            forget: false,
        }
    }

    /// Writes history and search rows; the caller commits.
    pub(crate) fn finish(&mut self) -> Result<Changes> {
        let changed = self.log.settle();
        if !changed && !self.aside {
            return Ok(Changes::default());
        }
        search::index::renew(self.source(), &self.log)?;
        if self.forget {
            search::index::merge(self.conn)?;
        }
        let id = log::write(self.conn, &self.op, self.undoes, &self.now, &self.log)?;
        Ok(Changes {
            op: Some(id),
            touched: self.log.touched(),
        })
    }
}

impl Tx<'_> {
    /// Makes a record in the initial state of its register.
    ///
    /// # Errors
    /// Unknown register or field, wrong kind, unknown choice, too long text, missing link or file.
    pub fn insert(&mut self, register: &str, values: &Values) -> Result<Record> {
        let answer = write::insert(self, register, values);
        answer.map_err(|fault| self.place(fault))
    }

    /// Writes the given fields of a record; a field that is not given stays as it is. A write that
    /// changes nothing leaves no trace.
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
        let answer = write::update(self, register, uuid, expected_version, values);
        answer.map_err(|fault| self.place(fault))
    }

    /// Sets the workflow state. Whether the step is allowed was decided by the rules before.
    ///
    /// # Errors
    /// [`crate::Error::UnknownField`] for a register without a workflow.
    pub fn set_state(&mut self, register: &str, uuid: Uuid, state: &str) -> Result<Record> {
        let answer = write::set_state(self, register, uuid, state);
        answer.map_err(|fault| self.place(fault))
    }

    /// Puts a record into the recycle bin. Its number stays with it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`]; [`crate::Error::Deleted`] when it is there already.
    pub fn delete(&mut self, register: &str, uuid: Uuid, reason: &str) -> Result<()> {
        let answer = write::delete(self, register, uuid, reason);
        answer.map_err(|fault| self.place(fault))
    }

    /// Takes a record out of the recycle bin. Does nothing to one that is not in it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn restore(&mut self, register: &str, uuid: Uuid) -> Result<Record> {
        let answer = write::restore(self, register, uuid);
        answer.map_err(|fault| self.place(fault))
    }

    /// Adds a line at the end of a record's lines.
    ///
    /// # Errors
    /// As for [`Tx::insert`], and when the record is missing or deleted.
    pub fn insert_line(&mut self, register: &str, parent: Uuid, values: &Values) -> Result<Line> {
        let answer = crate::write_line::insert(self, register, parent, values);
        answer.map_err(|fault| self.place(fault))
    }

    /// Writes the given fields of a line.
    ///
    /// # Errors
    /// As for [`Tx::update`].
    pub fn update_line(
        &mut self,
        register: &str,
        uuid: Uuid,
        expected_version: Option<i64>,
        values: &Values,
    ) -> Result<Line> {
        let answer = crate::write_line::update(self, register, uuid, expected_version, values);
        answer.map_err(|fault| self.place(fault))
    }

    /// Takes a line out of its record; undo brings it back to its place.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`], also when it was removed before.
    pub fn remove_line(&mut self, register: &str, uuid: Uuid) -> Result<()> {
        let answer = crate::write_line::remove(self, register, uuid);
        answer.map_err(|fault| self.place(fault))
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
        let answer = numbers::assign(self, register, uuid, series, write);
        answer.map_err(|fault| self.place(fault))
    }

    /// Gives a record a reserved number, for a paper that was filled in by hand.
    ///
    /// # Errors
    /// [`crate::Error::NumberState`] when the number is not reserved; else as for
    /// [`Tx::assign_number`].
    pub fn assign_reserved(
        &mut self,
        register: &str,
        uuid: Uuid,
        series: &str,
        sequence: i64,
        write: impl FnOnce(i64) -> String,
    ) -> Result<String> {
        let answer = numbers::assign_reserved(self, register, uuid, series, sequence, write);
        answer.map_err(|fault| self.place(fault))
    }

    /// Keeps the next `count` numbers of a series free; returns the first and the last.
    ///
    /// # Errors
    /// [`crate::Error::Query`] for a count below 1 or above 10,000.
    pub fn reserve_numbers(
        &mut self,
        series: &str,
        count: i64,
        reason: &str,
    ) -> Result<(i64, i64)> {
        let answer = numbers::reserve(self, series, count, reason);
        answer.map_err(|fault| self.place(fault))
    }

    /// Takes a number from its record. It stays visible with the reason and is never given again,
    /// except back to the same record by undo.
    ///
    /// # Errors
    /// [`crate::Error::NumberState`] when no record has it.
    pub fn void_number(&mut self, number: &str, reason: &str) -> Result<()> {
        let answer = numbers::void(self, number, reason);
        answer.map_err(|fault| self.place(fault))
    }

    /// Replaces the deadlines of a record by these. Old and new due dates go into the history as
    /// `deadline:<rule>#<round>`.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn set_deadlines(
        &mut self,
        register: &str,
        uuid: Uuid,
        rows: &[DeadlineRow],
    ) -> Result<()> {
        let answer = deadlines::set(self, register, uuid, rows);
        answer.map_err(|fault| self.place(fault))
    }

    /// Notes that the personal data of a record was shown in full. Nothing of it changes.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn note_shown(&mut self, register: &str, uuid: Uuid) -> Result<()> {
        let Some(_) = self.get(register, uuid)? else {
            return Err(Error::NotFound {
                register: register.to_owned(),
                uuid,
            });
        };
        let group = self.log.touch(register, uuid, Touch::Shown);
        group.note(None, log::SHOWN, None, Some("1".to_owned()));
        Ok(())
    }

    /// Gives a failure the file in which it happened.
    fn place(&self, fault: Error) -> Error {
        fault.at(&self.shared.database)
    }

    /// Sets the reason of the op.
    pub fn reason(&mut self, text: &str) {
        self.op.reason = Some(text.to_owned());
    }

    /// Sets the batch of the op.
    pub fn batch(&mut self, tag: &str) {
        self.op.batch = Some(tag.to_owned());
    }
}
