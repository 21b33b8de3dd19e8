//! Deadlines of records: derived rows with a fast answer to "what is due". How a deadline is
//! counted is the trade's business and lives in `domain`.

use domain::time::Moment;
use uuid::Uuid;

use crate::error::Result;
use crate::read::Source;

/// One deadline of a record, as the trade's rules computed it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeadlineRow {
    /// Id of the rule, such as `R-07`.
    pub rule: String,
    /// Round of the case, from 1.
    pub round: i64,
    /// The event that started the clock.
    pub started_at: Moment,
    /// When it falls due; `None` while its clock stands still for an unknown time.
    pub due_at: Option<Moment>,
    /// When it was met.
    pub met_at: Option<Moment>,
    /// Whether it still runs, so that it belongs to what is due.
    pub open: bool,
    /// State in the words of the rules, such as `running` or `paused`.
    pub state: String,
    /// How it was counted, day by day.
    pub detail: serde_json::Value,
    /// Version of the rule it was counted by.
    pub rule_version: String,
    /// Version of the calendar it was counted by.
    pub calendar_version: String,
}

/// A deadline that is due, with the record that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct DueRow {
    /// Register id.
    pub register: String,
    /// The record.
    pub uuid: Uuid,
    /// Its number.
    pub number: Option<String>,
    /// The text of its title field.
    pub title: Option<String>,
    /// Its state.
    pub record_state: Option<String>,
    /// The deadline.
    pub deadline: DeadlineRow,
}

pub(crate) fn of_record(src: Source<'_>, register: &str, uuid: Uuid) -> Result<Vec<DeadlineRow>> {
    let _ = (src, register, uuid);
    unimplemented!()
}

pub(crate) fn due(src: Source<'_>, until: Moment) -> Result<Vec<DueRow>> {
    let _ = (src, until);
    unimplemented!()
}
