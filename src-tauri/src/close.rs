//! The way out: the page is asked to save its draft, and the window goes when it answers or after
//! a second. A page that hangs must not keep the window; its draft is two seconds old at most.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tauri::{Emitter, Manager, WebviewWindow};

/// Heard by the page: save what is not saved, then say `leave`.
const CLOSING: &str = "closing";
/// How long the page is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far the way out has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Open,
    Asked,
    Ready,
}

/// Kept by the window.
#[derive(Default)]
pub(crate) struct Leaving {
    state: Mutex<State>,
    changed: Condvar,
}

impl Leaving {
    /// The page has nothing unsaved.
    pub(crate) fn page_is_ready(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Said without being asked it means nothing.
        if *state == State::Asked {
            *state = State::Ready;
            self.changed.notify_all();
        }
    }

    /// True for the first who asks.
    fn ask(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let first = *state == State::Open;
        if first {
            *state = State::Asked;
        }
        first
    }

    fn wait(&self) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = |state: &mut State| *state != State::Ready;
        drop(self.changed.wait_timeout_while(state, PATIENCE, waiting));
    }
}

/// Asks the page, and closes the window when it may go.
pub(crate) fn ask(window: &WebviewWindow) {
    if !window.state::<Leaving>().ask() {
        return;
    }
    let own = window.clone();
    let wait = move || {
        if own.emit(CLOSING, ()).is_ok() {
            own.state::<Leaving>().wait();
        }
        if let Err(fault) = own.destroy() {
            tracing::error!(%fault, "window not closed");
        }
    };
    if thread::Builder::new()
        .name("close".to_owned())
        .spawn(wait)
        .is_err()
    {
        // No thread to wait on: go at once.
        let _ = window.destroy();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_asks_and_only_an_asked_page_is_ready() {
        let leaving = Leaving::default();
        leaving.page_is_ready();
        assert!(leaving.ask());
        assert!(!leaving.ask());
        leaving.page_is_ready();
        assert_eq!(*leaving.state.lock().unwrap(), State::Ready);
        // Returns at once.
        leaving.wait();
    }
}
