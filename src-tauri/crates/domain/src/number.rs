//! Numbers of records: the series they run in and how they are spelled, `TS-2026-XM01-0007`.
//!
//! A number is never a key. Series and blocks are plain arithmetic here. Not here: keeping numbers
//! given, reserved or void (the store), when a number is given (the register's module).

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

mod pattern;

pub use pattern::{Pattern, PatternProblem, ReadNumber};

/// The series a number runs in; each counts from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SeriesKey {
    /// The code of the office.
    pub office: String,
    /// The prefix of the register, such as `TS`.
    pub register: String,
    /// The code of the project, for registers that count by project.
    pub project: Option<String>,
    /// The year of the event.
    pub year: i32,
}

impl fmt::Display for SeriesKey {
    /// As it is stored: `YX03/TS/XM01/2026`, `–` for no project.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let project = self.project.as_deref().unwrap_or("–");
        write!(
            out,
            "{}/{}/{project}/{}",
            self.office, self.register, self.year
        )
    }
}

/// Writes the number of a place in a series.
#[must_use]
pub fn write(pattern: &Pattern, key: &SeriesKey, sequence: i64) -> String {
    pattern.write(key, sequence)
}

/// Reads a number back; `None` if it is not spelled by the pattern.
#[must_use]
pub fn read(pattern: &Pattern, text: &str) -> Option<ReadNumber> {
    pattern.read(text)
}

impl FromStr for Pattern {
    type Err = PatternProblem;

    fn from_str(text: &str) -> Result<Self, PatternProblem> {
        Self::parse(text)
    }
}

/// The next place to give: the first after `last` that lies in no reserved block.
#[must_use]
pub fn next_free(last: i64, reserved: &[RangeInclusive<i64>]) -> i64 {
    let mut next = last.max(0) + 1;
    while let Some(block) = reserved.iter().find(|block| block.contains(&next)) {
        next = block.end() + 1;
    }
    next
}

/// The block of `count` places to reserve for a hand-written book: behind everything given and
/// reserved, so that it is without gaps. `None` for a count below 1.
#[must_use]
pub fn block_to_reserve(
    last: i64,
    reserved: &[RangeInclusive<i64>],
    count: i64,
) -> Option<RangeInclusive<i64>> {
    let ends = reserved
        .iter()
        .filter(|block| !block.is_empty())
        .map(|block| *block.end());
    let first = ends.fold(last.max(0), i64::max) + 1;
    (count > 0).then(|| first..=first + count - 1)
}

/// The places below the highest used one that are neither used (given or void) nor reserved:
/// the silent gaps that a series must not have.
#[must_use]
pub fn silent_gaps(used: &[i64], reserved: &[RangeInclusive<i64>]) -> Vec<RangeInclusive<i64>> {
    let single = used.iter().map(|place| *place..=*place);
    let mut known: Vec<RangeInclusive<i64>> = reserved
        .iter()
        .cloned()
        .chain(single)
        .filter(|range| !range.is_empty())
        .collect();
    known.sort_by_key(|range| *range.start());
    let highest = used.iter().copied().max().unwrap_or(0);
    let (mut gaps, mut next) = (Vec::new(), 1);
    for range in known {
        if *range.start() > next && next <= highest {
            gaps.push(next..=(range.start() - 1).min(highest));
        }
        next = next.max(range.end() + 1);
    }
    gaps
}
