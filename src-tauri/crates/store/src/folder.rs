//! The office folder: which file is the database, the lock, and where attachments lie.
//!
//! The database is `office-NNNN.db`; a small file `current` names it. A restore writes a new file
//! under the next number and then replaces `current`, so that restored data never meets the `-wal`
//! of the file before it (a stale one corrupted 60 of 60 trials).

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::column::is_sha256;
use crate::error::{Error, Result};

/// Name of the pointer file.
const POINTER: &str = "current";
/// Name of the lock file. It stays; what counts is the lock of the operating system on it, which
/// ends with the process however it ends.
const LOCK: &str = "office.lock";

/// One refusal is not believed: a process that is just being started holds copies of the files of
/// the one that starts it, and virus scanners look at a file that was closed a moment ago.
const LOCK_ATTEMPTS: u32 = 20;
/// Between two attempts; in all less than a person notices.
const LOCK_PAUSE: Duration = Duration::from_millis(15);

/// The places of one office.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
}

impl Folder {
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    pub(crate) fn pointer(&self) -> PathBuf {
        self.root.join(POINTER)
    }

    pub(crate) fn attachments(&self) -> PathBuf {
        self.root.join("attachments")
    }

    pub(crate) fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    /// The database file of this running number.
    pub(crate) fn database(&self, number: u32) -> PathBuf {
        self.root.join(format!("office-{number:04}.db"))
    }

    /// Where an attachment lies: two characters of its hash as a folder, so that no folder holds
    /// more than a few thousand files.
    pub(crate) fn file(&self, sha256: &str) -> PathBuf {
        self.attachments()
            .join(sha256.get(..2).unwrap_or_default())
            .join(sha256)
    }

    /// That an attachment is there, so that a row may name it.
    pub(crate) fn expect_file(&self, sha256: &str) -> Result<()> {
        if is_sha256(sha256) && self.file(sha256).is_file() {
            Ok(())
        } else {
            Err(Error::FileMissing {
                sha256: sha256.to_owned(),
            })
        }
    }

    /// The database file that the pointer names.
    pub(crate) fn current(&self) -> Result<PathBuf> {
        let pointer = self.pointer();
        let text = match fs::read_to_string(&pointer) {
            Ok(text) => text,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {
                return Err(Error::NoOffice {
                    path: self.root.clone(),
                });
            }
            Err(fault) if fault.kind() == io::ErrorKind::InvalidData => {
                return Err(Error::Pointer { path: pointer });
            }
            Err(fault) => return Err(Error::io("read", &pointer, fault)),
        };
        let name = text.trim();
        let number = name
            .strip_prefix("office-")
            .and_then(|rest| rest.strip_suffix(".db"));
        let file = self.root.join(name);
        match number {
            Some(digits)
                if digits.len() >= 4
                    && digits.bytes().all(|b| b.is_ascii_digit())
                    && file.is_file() =>
            {
                Ok(file)
            }
            _ => Err(Error::Pointer { path: pointer }),
        }
    }

    /// The highest running number of a database file in the folder.
    pub(crate) fn newest(&self) -> Option<u32> {
        let names = fs::read_dir(&self.root).ok()?;
        names
            .filter_map(|entry| {
                let name = entry.ok()?.file_name();
                let digits = name
                    .to_str()?
                    .strip_prefix("office-")?
                    .strip_suffix(".db")?;
                digits.parse().ok()
            })
            .max()
    }

    /// Points at a database file, atomically: the new pointer is written aside and renamed over
    /// the old one.
    pub(crate) fn point_at(&self, database: &Path) -> Result<()> {
        let name = database.file_name().unwrap_or_default().to_string_lossy();
        let aside = self.root.join("current.part");
        let write = || -> io::Result<()> {
            let mut file = File::create(&aside)?;
            writeln!(file, "{name}")?;
            file.sync_all()?;
            drop(file);
            fs::rename(&aside, self.pointer())
        };
        write().map_err(|fault| Error::io("write", &self.pointer(), fault))?;
        sync_folder(&self.root);
        Ok(())
    }

    /// Takes the lock, or tells that another program has it.
    pub(crate) fn lock(&self) -> Result<File> {
        let path = self.root.join(LOCK);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|fault| Error::io("open", &path, fault))?;
        for attempt in 1.. {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if attempt < LOCK_ATTEMPTS => {
                    thread::sleep(LOCK_PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::InUse {
                        path: self.root.clone(),
                    });
                }
                Err(TryLockError::Error(fault)) => return Err(Error::io("lock", &path, fault)),
            }
        }
        Ok(file)
    }
}

/// Makes names in a folder durable where the system can (on Windows it cannot, and NTFS logs
/// them by itself); a failure is no reason to stop.
pub(crate) fn sync_folder(folder: &Path) {
    if let Ok(handle) = File::open(folder) {
        let _ = handle.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_that_names_anything_but_a_database_of_the_folder_is_refused() {
        let dir = tempfile::tempdir().expect("folder");
        let folder = Folder::new(dir.path());
        assert!(matches!(folder.current(), Err(Error::NoOffice { .. })));
        fs::write(folder.database(1), "x").expect("file");
        for text in [
            "",
            "office-1.db",
            "../office-0001.db",
            "office-0002.db",
            "/etc/passwd",
        ] {
            fs::write(folder.pointer(), text).expect("pointer");
            assert!(
                matches!(folder.current(), Err(Error::Pointer { .. })),
                "{text}"
            );
        }
        folder.point_at(&folder.database(1)).expect("pointed");
        assert_eq!(folder.current().expect("current"), folder.database(1));
    }

    #[test]
    fn a_second_lock_is_refused_and_told_as_in_use() {
        let dir = tempfile::tempdir().expect("folder");
        let folder = Folder::new(dir.path());
        let first = folder.lock().expect("lock");
        assert!(matches!(folder.lock(), Err(Error::InUse { .. })));
        drop(first);
        assert!(folder.lock().is_ok());
    }
}
