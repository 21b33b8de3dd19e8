//! One window a home: a second start knocks at the first and goes away.
//!
//! By a lock of the operating system and a file in the home, because that is the same on every
//! system, needs no bus and no port, and two homes (an office and a stick) may be open at once.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

const LOCK: &str = "desk.lock";
const KNOCK: &str = "desk.knock";
/// How often the first looks for a knock.
const LOOK: Duration = Duration::from_millis(200);
/// How long the second waits to be heard.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who is at the door.
#[derive(Debug)]
pub(crate) enum Door {
    /// Nobody else: this is the window of the home, as long as this is kept.
    Ours(Held),
    /// Another window has the home; `heard` when it said that it comes forward.
    Taken { heard: bool },
}

/// The lock on a home.
#[derive(Debug)]
pub(crate) struct Held {
    _lock: File,
    knock: PathBuf,
}

/// Takes the home, or knocks at whoever has it.
///
/// # Errors
/// When the home cannot be written; it may be a read-only medium, and then nobody can be told.
pub(crate) fn at(root: &Path) -> io::Result<Door> {
    fs::create_dir_all(root)?;
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(root.join(LOCK))?;
    let knock = root.join(KNOCK);
    match lock.try_lock() {
        Ok(()) => {
            // A knock that nobody heard before a crash is no knock now.
            let _ = fs::remove_file(&knock);
            Ok(Door::Ours(Held { _lock: lock, knock }))
        }
        Err(TryLockError::WouldBlock) => {
            File::create(&knock)?;
            Ok(Door::Taken {
                heard: heard(&knock),
            })
        }
        Err(TryLockError::Error(fault)) => Err(fault),
    }
}

fn heard(knock: &Path) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if !knock.exists() {
            return true;
        }
        thread::sleep(LOOK / 4);
    }
    false
}

impl Held {
    /// Answers a knock, if there is one.
    pub(crate) fn answer(&self) -> bool {
        self.knock.exists() && fs::remove_file(&self.knock).is_ok()
    }

    /// Calls `come` at every knock, as long as the program runs.
    pub(crate) fn listen(self, come: impl Fn() + Send + 'static) -> io::Result<()> {
        let listen = move || {
            loop {
                thread::sleep(LOOK);
                if self.answer() {
                    come();
                }
            }
        };
        thread::Builder::new()
            .name("knock".to_owned())
            .spawn(listen)
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_heard_when_the_first_listens() {
        let home = tempfile::tempdir().unwrap();
        let Door::Ours(held) = at(home.path()).unwrap() else {
            panic!("nobody else is here");
        };
        assert!(!held.answer());
        let (told, came) = std::sync::mpsc::channel();
        held.listen(move || told.send(()).unwrap_or_default())
            .unwrap();
        assert!(matches!(
            at(home.path()).unwrap(),
            Door::Taken { heard: true }
        ));
        came.recv().unwrap();
    }

    #[test]
    fn a_knock_from_before_a_crash_is_not_answered() {
        let home = tempfile::tempdir().unwrap();
        File::create(home.path().join(KNOCK)).unwrap();
        let Door::Ours(held) = at(home.path()).unwrap() else {
            panic!("nobody else is here");
        };
        assert!(!held.answer());
    }

    #[test]
    fn two_homes_have_two_windows() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = at(one.path()).unwrap();
        let second = at(other.path()).unwrap();
        assert!(matches!(first, Door::Ours(_)) && matches!(second, Door::Ours(_)));
    }
}
