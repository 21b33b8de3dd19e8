//! Time and identity as injected things: nothing below `commands` looks at the system clock.
//!
//! A *date* is a Gregorian calendar day (`chrono::NaiveDate`), a *moment* is local wall time with
//! its offset, so that a ledger carried to another laptop still says what the clerk's clock said.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, SubsecRound, TimeZone};
use uuid::Uuid;

/// A point in time as the clerk reads it: local wall time with the offset in force.
pub type Moment = DateTime<FixedOffset>;

/// Offset of China Standard Time in seconds; used where a typed time carries none.
pub const CHINA_OFFSET_SECONDS: i32 = 8 * 3600;

/// The offset of China Standard Time.
#[must_use]
pub fn china() -> FixedOffset {
    FixedOffset::east_opt(CHINA_OFFSET_SECONDS).expect("BUG: +08:00 is a valid offset")
}

/// A wall time in China Standard Time as a moment.
#[must_use]
pub fn at_china(time: NaiveDateTime) -> Moment {
    china()
        .from_local_datetime(&time)
        .single()
        .expect("BUG: a fixed offset has no gaps")
}

/// The first moment of a day in China Standard Time.
#[must_use]
pub fn day_start(date: NaiveDate) -> Moment {
    at_china(date.and_hms_opt(0, 0, 0).expect("BUG: midnight exists"))
}

/// Writes a moment as it is stored: `2026-11-21T09:00:00+08:00`, whole seconds.
#[must_use]
pub fn moment_text(moment: &Moment) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Reads a stored or typed ISO moment; seconds and offset may be missing (China Standard Time).
///
/// Returns `None` for anything else; free spellings are read by [`crate::dates`].
#[must_use]
pub fn parse_moment(text: &str) -> Option<Moment> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.trunc_subsecs(0));
    }
    for format in [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d %H:%M",
    ] {
        if let Ok(time) = NaiveDateTime::parse_from_str(text, format) {
            return Some(at_china(time));
        }
    }
    None
}

/// Where the present moment comes from.
pub trait Clock: Send + Sync {
    /// The present moment, whole seconds.
    fn now(&self) -> Moment;
}

/// Where identifiers come from (`UUIDv7`, so that they sort by the time they were made).
pub trait IdSource: Send + Sync {
    /// A new identifier; never the same twice.
    fn uuid(&self, now: Moment) -> Uuid;
}

/// A clock that stands still until it is moved: for tests, `--now` and reproducible papers.
#[derive(Debug)]
pub struct FixedClock(Mutex<Moment>);

impl FixedClock {
    /// A clock that says `moment`.
    #[must_use]
    pub fn new(moment: Moment) -> Self {
        Self(Mutex::new(moment))
    }

    /// Puts the clock to `moment`.
    pub fn set(&self, moment: Moment) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = moment;
    }

    /// Moves the clock on by `seconds`.
    pub fn advance(&self, seconds: i64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += Duration::seconds(seconds);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Identifiers that only count, so that two runs of a test or a demo give the same ones.
#[derive(Debug, Default)]
pub struct CountedIds(AtomicU64);

impl IdSource for CountedIds {
    fn uuid(&self, now: Moment) -> Uuid {
        let counter = self.0.fetch_add(1, Ordering::Relaxed);
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        let mut tail = [0_u8; 10];
        tail[2..].copy_from_slice(&counter.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_survives_being_written_and_read() {
        let moment = parse_moment("2026-11-21T09:05").expect("typed without seconds or offset");
        assert_eq!(moment_text(&moment), "2026-11-21T09:05:00+08:00");
        assert_eq!(parse_moment(&moment_text(&moment)), Some(moment));
    }

    #[test]
    fn counted_ids_never_repeat_and_sort_by_counting() {
        let ids = CountedIds::default();
        let now = day_start(NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date"));
        let first = ids.uuid(now);
        let second = ids.uuid(now);
        assert!(first < second, "the counter stands in the bytes that sort");
        assert_eq!(first.get_version_num(), 7);
    }
}
