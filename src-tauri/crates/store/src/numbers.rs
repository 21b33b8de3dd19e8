//! Numbers of records: series, given, reserved and void numbers. A number is never a key and
//! never used twice.

use uuid::Uuid;

use crate::error::Result;
use crate::read::Source;

/// What became of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberStatus {
    /// A record has it.
    Given,
    /// Kept free for a paper filled in by hand.
    Reserved,
    /// Taken back; stays visible with its reason.
    Void,
}

/// One number of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenNumber {
    /// Series key: office code, register, project, year.
    pub series: String,
    /// Sequence in the series, from 1.
    pub sequence: i64,
    /// The number as shown; `None` while it is only reserved.
    pub number: Option<String>,
    /// Register of the record that has or had it.
    pub register: Option<String>,
    /// That record.
    pub record: Option<Uuid>,
    /// What became of it.
    pub status: NumberStatus,
    /// Why it is void or reserved.
    pub reason: Option<String>,
}

pub(crate) fn of_series(src: Source<'_>, series: &str) -> Result<Vec<GivenNumber>> {
    let _ = (src, series);
    unimplemented!()
}

pub(crate) fn of_number(src: Source<'_>, number: &str) -> Result<Option<GivenNumber>> {
    let _ = (src, number);
    unimplemented!()
}
