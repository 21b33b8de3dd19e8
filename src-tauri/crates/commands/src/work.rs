//! The work of one command under way: a phase and a count for those who wait, and whether it should
//! stop, asked wherever nothing is half done.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::{Code, CommandError, Outcome};
use crate::words::{self, Facts};

/// The work of one command under way.
#[derive(Debug, Default)]
pub struct Work {
    phase: Mutex<String>,
    done: AtomicU64,
    total: AtomicU64,
    stop: AtomicBool,
    begun: bool,
}

impl Work {
    /// Work that was begun as a job.
    pub(crate) fn begun() -> Self {
        let work = Self {
            begun: true,
            ..Self::default()
        };
        work.phase("begun", 0);
        work
    }

    /// Whether it was begun as a job.
    pub(crate) fn is_job(&self) -> bool {
        self.begun
    }

    /// Its phase in words, the pieces that are done, and all pieces.
    pub(crate) fn seen(&self) -> (String, u64, u64) {
        let phase = self.phase.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (phase.clone(), of(&self.done), of(&self.total))
    }

    /// Asks it to stop.
    pub(crate) fn ask_to_stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Enters a phase, by its key in the word list, of so many pieces; 0 when that is not known.
    pub(crate) fn phase(&self, key: &str, total: usize) {
        let total = u64::try_from(total).unwrap_or(u64::MAX);
        let word = words::say(&format!("phase.{key}"), &Facts::new());
        *self.phase.lock().unwrap_or_else(PoisonError::into_inner) = word;
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Says how many pieces of the phase are done.
    pub(crate) fn done(&self, done: usize) {
        let done = u64::try_from(done).unwrap_or(u64::MAX);
        self.done.store(done, Ordering::Relaxed);
    }

    /// Whether it should stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Fails when it should stop: to be asked wherever nothing is half done.
    ///
    /// # Errors
    /// When it should.
    pub(crate) fn go_on(&self) -> Outcome<()> {
        if self.is_stopped() {
            Err(stopped())
        } else {
            Ok(())
        }
    }
}

/// What work answers that was stopped.
pub(crate) fn stopped() -> CommandError {
    CommandError::new(Code::Refused, "failed.stopped", &Facts::new())
}
