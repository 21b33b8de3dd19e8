//! Housekeeping when nobody works: two seconds after the last write the search index is brought up
//! to date and the log folded into the file, so that the next write does not wait for it.

use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use super::Inner;

const QUIET: Duration = Duration::from_secs(2);

/// What the watcher is told.
#[derive(Default)]
struct Seen {
    /// Writes since it last rested.
    writes: u64,
    ended: bool,
}

/// Tells the watcher of writes.
#[derive(Default)]
pub(super) struct Idle {
    seen: Mutex<Seen>,
    told: Condvar,
}

impl Idle {
    /// Something was written.
    pub(super) fn touch(&self) {
        self.tell(|seen| seen.writes += 1);
    }

    /// The desk is closed.
    pub(super) fn end(&self) {
        self.tell(|seen| seen.ended = true);
    }

    fn tell(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        self.told.notify_all();
    }

    /// Waits until something was written and then nothing for a while; false at the end.
    fn wait(&self) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        while seen.writes == 0 && !seen.ended {
            seen = self.told.wait(seen).unwrap_or_else(PoisonError::into_inner);
        }
        loop {
            if seen.ended {
                return false;
            }
            let before = seen.writes;
            let waited = self.told.wait_timeout(seen, QUIET);
            let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
            seen = now;
            if seen.writes == before && !seen.ended {
                seen.writes = 0;
                return true;
            }
        }
    }
}

impl Inner {
    /// Rests now, if an office is open and nobody is about to change it.
    pub(super) fn rest(&self) {
        let Some(office) = self.idle_office() else {
            return;
        };
        if let Err(fault) = office.store.rest()
            && fault.code() != "read_only"
        {
            tracing::warn!(code = fault.code(), "rest");
        }
    }
}

/// Watches as long as the desk lives.
pub(super) fn watch(idle: &Arc<Idle>, desk: Weak<Inner>) {
    let idle = Arc::clone(idle);
    let run = move || {
        while idle.wait() {
            let Some(desk) = desk.upgrade() else { return };
            desk.rest();
        }
    };
    if let Err(fault) = thread::Builder::new().name("rest".to_owned()).spawn(run) {
        tracing::warn!(kind = ?fault.kind(), "no housekeeping");
    }
}
