//! Conditions on what hangs on a record: its deadlines, its papers. Each is answered by an index of
//! the other table and never by reading it.

use domain::time::Moment;
use rusqlite::types::Value as Sql;

use crate::column::stored_moment;
use crate::schema::Table;

/// A condition on what hangs on a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hanging {
    /// An open deadline lies before this moment.
    DueBefore(Moment),
    /// The earliest open deadline lies at or after the first and before the second moment.
    DueBetween(Moment, Moment),
    /// No open deadline is running.
    NothingDue,
    /// A limit was met late.
    WasLate,
    /// No limit was met late.
    NeverLate,
    /// A printed sheet is not back yet.
    PaperOut,
}

/// The open deadlines of a register; only what the index `deadline_due` holds.
const OPEN: &str =
    "SELECT record FROM deadline WHERE open = 1 AND due_at IS NOT NULL AND register = ?";

impl Hanging {
    /// The condition as SQL, with its values in order.
    pub(super) fn clause(&self, table: &Table) -> (String, Vec<Sql>) {
        let name = table.name();
        let register = || Sql::Text(name.to_owned());
        let at = |moment: &Moment| Sql::Text(stored_moment(moment));
        match self {
            Self::DueBefore(until) => (
                format!("uuid IN ({OPEN} AND due_at < ?)"),
                vec![register(), at(until)],
            ),
            Self::DueBetween(from, until) => (
                format!(
                    "uuid IN ({OPEN} AND due_at >= ? AND due_at < ?)
                     AND uuid NOT IN ({OPEN} AND due_at < ?)"
                ),
                vec![register(), at(from), at(until), register(), at(from)],
            ),
            Self::NothingDue => (format!("uuid NOT IN ({OPEN})"), vec![register()]),
            Self::WasLate => (format!("EXISTS ({})", late(name)), Vec::new()),
            Self::NeverLate => (format!("NOT EXISTS ({})", late(name)), Vec::new()),
            Self::PaperOut => (
                "uuid IN (SELECT record FROM paper WHERE status = 'printed' AND deleted_at IS NULL
                 AND record IS NOT NULL)"
                    .to_owned(),
                Vec::new(),
            ),
        }
    }
}

fn late(register: &str) -> String {
    format!(
        "SELECT 1 FROM deadline WHERE deadline.record = {register}.uuid
         AND deadline.state = 'met_late' AND deadline.detail ->> '$.hard' = 1"
    )
}
