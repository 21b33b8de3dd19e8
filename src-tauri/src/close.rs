//! The way out: the page is asked to keep its drafts, and the window goes when it has or after a
//! second. A page that hangs must not hold it; its draft is two seconds old at most. A draft that
//! could not be kept holds it once, so that the clerk sees why.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tauri::{Emitter, Manager, WebviewWindow};

/// Heard by the page: keep what is not saved, then say `leave`.
const CLOSING: &str = "closing";
/// How long the page is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far the way out has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Open,
    Asked,
    /// The page has kept what was not saved.
    Kept,
    /// It could not, and has told so.
    NotKept,
}

/// Kept by the window.
#[derive(Default)]
pub(crate) struct Leaving {
    state: Mutex<(State, Warned)>,
    changed: Condvar,
}

/// Once warned, the window closes whatever becomes of the draft.
type Warned = bool;

impl Leaving {
    /// The page has kept what was not saved, or could not.
    pub(crate) fn page_has(&self, kept: bool) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Said without being asked it means nothing.
        if state.0 == State::Asked {
            state.0 = if kept { State::Kept } else { State::NotKept };
            self.changed.notify_all();
        }
    }

    /// True for the first who asks.
    fn ask(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let first = state.0 == State::Open;
        if first {
            state.0 = State::Asked;
        }
        first
    }

    /// Waits for the page's word; true when the window may go.
    fn may_go(&self, patience: Duration) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = |state: &mut (State, Warned)| state.0 == State::Asked;
        let waited = self.changed.wait_timeout_while(state, patience, asked);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if state.0 == State::NotKept && !state.1 {
            *state = (State::Open, true);
            return false;
        }
        true
    }
}

/// Asks the page, and closes the window when it may go.
pub(crate) fn ask(window: &WebviewWindow) {
    if !window.state::<Leaving>().ask() {
        return;
    }
    let own = window.clone();
    let wait = move || {
        if own.emit(CLOSING, ()).is_ok() && !own.state::<Leaving>().may_go(PATIENCE) {
            tracing::warn!("draft not kept, window stays");
            return;
        }
        if let Err(fault) = own.destroy() {
            tracing::error!(%fault, "window not closed");
        }
    };
    let waiting = thread::Builder::new().name("close".to_owned()).spawn(wait);
    if waiting.is_err() {
        // No thread to wait on: go at once.
        let _ = window.destroy();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_ONCE: Duration = Duration::ZERO;

    #[test]
    fn only_the_first_asks_and_only_an_asked_page_is_heard() {
        let leaving = Leaving::default();
        leaving.page_has(false);
        assert!(leaving.ask());
        assert!(!leaving.ask());
        leaving.page_has(true);
        assert!(leaving.may_go(AT_ONCE));
    }

    #[test]
    fn a_page_that_hangs_does_not_keep_the_window() {
        let leaving = Leaving::default();
        assert!(leaving.ask());
        assert!(leaving.may_go(AT_ONCE));
    }

    #[test]
    fn a_draft_that_cannot_be_kept_keeps_the_window_once() {
        let leaving = Leaving::default();
        assert!(leaving.ask());
        leaving.page_has(false);
        assert!(!leaving.may_go(AT_ONCE));
        assert!(leaving.ask());
        leaving.page_has(false);
        assert!(leaving.may_go(AT_ONCE));
    }
}
