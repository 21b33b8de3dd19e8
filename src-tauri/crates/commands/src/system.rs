//! The real clock, the real identifiers and the places of the machine: the only code below the
//! shell that asks the system for them.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use chrono::{Local, SubsecRound};
use domain::time::{Clock, IdSource, Moment};
use uuid::{ContextV7, Timestamp, Uuid};

/// The clock of the computer, whole seconds, with the offset it is set to.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "here the machine's clock enters")]
    fn now(&self) -> Moment {
        Local::now().fixed_offset().trunc_subsecs(0)
    }
}

/// Random identifiers that sort by the time they were made.
#[derive(Debug)]
pub struct RandomIds(Mutex<ContextV7>);

impl Default for RandomIds {
    fn default() -> Self {
        Self(Mutex::new(ContextV7::new()))
    }
}

impl IdSource for RandomIds {
    fn uuid(&self, now: Moment) -> Uuid {
        let context = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        Uuid::new_v7(Timestamp::from_unix(
            &*context,
            seconds,
            now.timestamp_subsec_nanos(),
        ))
    }
}

/// The folder of the office when none is named: local, never roaming, because a synchronised
/// folder would copy a database that is being written.
#[must_use]
pub fn usual_office_dir() -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "Taizhang")?;
    Some(dirs.data_local_dir().join("office"))
}
