//! A loopback bridge to the desk: the built page over HTTP with the product's content policy, and
//! every command of the desk behind `POST /ipc/<name>`, so that a browser can be driven over the
//! real dispatcher where no window can. What a person or the system would do is scripted.
//!
//! Not here: claims, and anything that is built into the program.

mod host;
mod http;
mod page;
mod serve;

pub use host::ScriptedHost;
pub use serve::{Bridge, Options};

use std::sync::{Mutex, PoisonError};

use commands::system::SystemClock;
use domain::time::{Clock, Moment};

/// A clock that stands where it was put, and goes with the computer's until then.
#[derive(Debug, Default)]
pub struct BridgeClock(Mutex<Option<Moment>>);

impl BridgeClock {
    /// Puts it to a moment, or lets it go again.
    pub fn set(&self, moment: Option<Moment>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = moment;
    }
}

impl Clock for BridgeClock {
    fn now(&self) -> Moment {
        let set = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        set.unwrap_or_else(|| SystemClock.now())
    }
}
