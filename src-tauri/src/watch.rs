//! A page that does not come up, and a webview that ends: brought back a few times, then told.
//!
//! What was saved is on the disk, and drafts are two seconds old at most, so loading the page
//! again costs nothing.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager};

use crate::{frame, tell};

/// So long a page may take from its loading to its first question. Old laptops with a virus
/// scanner need several seconds for the first start of a webview.
const PATIENCE: Duration = Duration::from_secs(20);
/// More endings than this within `SPAN` are told instead of mended.
const MOST_ENDINGS: usize = 3;
const SPAN: Duration = Duration::from_secs(300);

/// Kept by the window.
#[derive(Default)]
pub(crate) struct Watch {
    lives: Mutex<bool>,
    spoke: Condvar,
    endings: Mutex<Endings>,
}

/// When the webview ended lately.
#[derive(Default)]
struct Endings(VecDeque<Instant>);

impl Endings {
    /// True when the page should be brought back after an ending at `now`.
    fn may_come_back(&mut self, now: Instant) -> bool {
        self.0.retain(|at| now.duration_since(*at) < SPAN);
        self.0.push_back(now);
        self.0.len() <= MOST_ENDINGS
    }
}

impl Watch {
    /// The page asked something: it is there.
    pub(crate) fn page_lives(&self) {
        let mut lives = self.lives.lock().unwrap_or_else(PoisonError::into_inner);
        if !*lives {
            tracing::info!("page lives");
        }
        *lives = true;
        self.spoke.notify_all();
    }

    fn lives_within(&self, patience: Duration) -> bool {
        let lives = self.lives.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.spoke.wait_timeout_while(lives, patience, |l| !*l);
        waited.is_ok_and(|(lives, _)| *lives)
    }

    fn begin(&self) {
        *self.lives.lock().unwrap_or_else(PoisonError::into_inner) = false;
    }
}

/// Waits beside the window for the page to come up.
pub(crate) fn over(app: &AppHandle) {
    let app = app.clone();
    let wait = move || {
        let watch = app.state::<Watch>();
        while !watch.lives_within(PATIENCE) {
            tracing::error!(seconds = PATIENCE.as_secs(), "page silent");
            if !tell::ask_again("shell.page_silent") {
                return;
            }
            frame::reload(&app);
        }
    };
    // Without it nothing is lost but a hint.
    let _ = thread::Builder::new().name("watch".to_owned()).spawn(wait);
}

/// The webview's process ended; `why` is its own word for it.
pub(crate) fn webview_ended(app: &AppHandle, why: &str) {
    tracing::error!(why, "webview ended");
    let watch = app.state::<Watch>();
    let again = watch
        .endings
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .may_come_back(Instant::now());
    let app = app.clone();
    // Not from within the webview's own signal.
    tauri::async_runtime::spawn_blocking(move || {
        if again {
            app.state::<Watch>().begin();
            frame::reload(&app);
            over(&app);
        } else {
            tell::tell("shell.webview_ends");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fourth_ending_in_a_row_is_told_and_an_old_one_is_forgotten() {
        let mut endings = Endings::default();
        let start = Instant::now();
        let minutes = |count: u64| start + Duration::from_secs(60 * count);
        for minute in 0..3 {
            assert!(endings.may_come_back(minutes(minute)));
        }
        assert!(!endings.may_come_back(minutes(3)));
        assert!(endings.may_come_back(minutes(20)));
    }

    #[test]
    fn a_page_that_spoke_before_it_was_waited_for_lives() {
        let watch = Watch::default();
        watch.page_lives();
        assert!(watch.lives_within(Duration::ZERO));
        watch.begin();
        assert!(!watch.lives_within(Duration::ZERO));
    }
}
