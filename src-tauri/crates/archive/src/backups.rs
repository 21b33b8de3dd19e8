//! The folder of backups: names, the paper that goes with each file, taking, checking, thinning.
//!
//! A backup is `NNNNNN-<utc stamp>.db` and a sidecar `NNNNNN-<utc stamp>.json` that says what the
//! file holds. The sidecar is written last, so a backup without one was never finished. No SQL here:
//! the snapshot is made, and its logical digest taken, by the caller. The digest is the point: an
//! interrupted copy opens as a sound and *empty* database, so "it opens" proves nothing.

mod name;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use domain::time::{Moment, moment_text, parse_moment};
use serde::{Deserialize, Serialize};

use crate::error::{ArchiveError, Operation};
use crate::hash::Sha256;
use crate::keep::{self, Reason, Stamp};
use crate::safe_write::{Existing, Written, adopt, provisional, write_bytes};

pub use name::BackupName;

/// Shape of the sidecar; a greater number is one of a newer program.
const SIDECAR_FORMAT: u32 = 1;

/// What a database holds, as its caller counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// Logical digest over all rows in key order.
    pub digest: String,
    /// Rows by table.
    pub counts: BTreeMap<String, u64>,
}

/// How a caller counts a database file. The error text goes to the log and the verdict only.
pub type CountContents<'a> =
    dyn FnMut(&Path) -> Result<Contents, Box<dyn Error + Send + Sync>> + 'a;

/// The sidecar: what was true of the file when it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sidecar {
    format: u32,
    /// Running number, as in the name.
    pub sequence: u64,
    /// ISO moment with offset.
    made_at: String,
    /// Why it was made.
    pub reason: Reason,
    /// What it holds.
    pub contents: Contents,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// Hash of the file.
    pub sha256: Sha256,
}

/// Why a backup is not to be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// There is no sidecar: it was never finished.
    NeverFinished,
    /// The sidecar cannot be read or belongs to another file or program version.
    BadSidecar,
    /// The file itself is gone.
    FileMissing,
    /// The file has another length than when it was taken.
    OtherLength,
    /// The file has another content than when it was taken.
    OtherHash,
    /// The file cannot be opened as a database; the text is for the log.
    Unreadable(String),
    /// The database holds other rows than when it was taken.
    OtherContents,
}

/// A backup as the folder shows it: finished, of the right length, its content not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The database file.
    pub path: PathBuf,
    /// Its number and stamp.
    pub name: BackupName,
    /// What was true of it when it was taken.
    pub sidecar: Sidecar,
}

impl Backup {
    /// What the keeping policy needs to know.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp {
            sequence: self.name.sequence,
            made_at: self.name.made_at,
            reason: self.sidecar.reason,
        }
    }

    /// Checks length, hash and logical content.
    ///
    /// # Errors
    /// The first damage found.
    pub fn verify(&self, count: &mut CountContents<'_>) -> Result<Verified, Damage> {
        let (sha256, bytes) = Sha256::of_file(&self.path).map_err(|_| Damage::FileMissing)?;
        if bytes != self.sidecar.bytes {
            return Err(Damage::OtherLength);
        }
        if sha256 != self.sidecar.sha256 {
            return Err(Damage::OtherHash);
        }
        let contents = count(&self.path).map_err(|why| Damage::Unreadable(why.to_string()))?;
        if contents != self.sidecar.contents {
            return Err(Damage::OtherContents);
        }
        Ok(Verified(self.clone()))
    }
}

/// A backup that was read whole and found equal to what was taken. Made by [`Backup::verify`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified(Backup);

impl Verified {
    /// The backup.
    #[must_use]
    pub fn backup(&self) -> &Backup {
        &self.0
    }
}

/// A file in the folder that looks like a backup and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Where the database file stands or should stand.
    pub path: PathBuf,
    /// Its number and stamp.
    pub name: BackupName,
    /// What is wrong.
    pub damage: Damage,
}

/// What a folder holds, each list newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Finished and of the right length.
    pub backups: Vec<Backup>,
    /// Everything else that has a backup's name.
    pub damaged: Vec<Damaged>,
}

/// A backup on its way: `part` is to be filled with a snapshot and then handed to
/// [`BackupFolder::finish`].
#[derive(Debug)]
pub struct Pending {
    /// Where the snapshot goes; nothing is there yet.
    pub part: PathBuf,
    name: BackupName,
    reason: Reason,
}

/// The backup folder of an office.
#[derive(Debug, Clone)]
pub struct BackupFolder {
    folder: PathBuf,
}

impl BackupFolder {
    /// The folder; made when the first backup is begun.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Reserves the next number and clears the place for a snapshot.
    ///
    /// # Errors
    /// Faults of the file system.
    pub fn begin(&self, reason: Reason, now: Moment) -> Result<Pending, ArchiveError> {
        fs::create_dir_all(&self.folder)
            .map_err(|error| ArchiveError::from_io(&self.folder, Operation::Create, error))?;
        let names = self.names()?;
        let name = BackupName {
            sequence: keep::next_sequence(names.keys().map(|name| name.sequence)),
            made_at: now,
        };
        let part = provisional(&self.path_of(name));
        remove_if_there(&part)?;
        Ok(Pending { part, name, reason })
    }

    /// Takes the snapshot at `pending.part` as a backup: it must hold what `source` says, which the
    /// caller counted in the transaction the snapshot was made from.
    ///
    /// # Errors
    /// [`ArchiveError::BadSnapshot`] when it holds something else, and the faults of the file
    /// system; the snapshot is removed then and the folder is as before.
    pub fn finish(
        &self,
        pending: &Pending,
        source: &Contents,
        count: &mut CountContents<'_>,
    ) -> Result<Backup, ArchiveError> {
        let outcome = self.take(pending, source, count);
        if outcome.is_err() {
            // The first fault is the one to tell; a left-over is cleared by the next `begin`.
            let _ = fs::remove_file(&pending.part);
        }
        outcome
    }

    fn take(
        &self,
        pending: &Pending,
        source: &Contents,
        count: &mut CountContents<'_>,
    ) -> Result<Backup, ArchiveError> {
        let bad = |why: String| ArchiveError::BadSnapshot {
            path: pending.part.clone(),
            why,
        };
        let found = count(&pending.part).map_err(|error| bad(error.to_string()))?;
        if found != *source {
            return Err(bad(difference(source, &found)));
        }
        let path = self.path_of(pending.name);
        let Written { bytes, sha256, .. } = adopt(&pending.part, &path, Existing::Refuse)?;
        let sidecar = Sidecar {
            format: SIDECAR_FORMAT,
            sequence: pending.name.sequence,
            made_at: moment_text(&pending.name.made_at),
            reason: pending.reason,
            contents: found,
            bytes,
            sha256,
        };
        let text = serde_json::to_vec_pretty(&sidecar).expect("BUG: a sidecar is plain data");
        if let Err(error) = write_bytes(&sidecar_path(&path), Existing::Refuse, &text) {
            let _ = fs::remove_file(&path);
            return Err(error);
        }
        Ok(Backup {
            path,
            name: pending.name,
            sidecar,
        })
    }

    /// What the folder holds. Contents are not read: a backup listed here is finished and has its
    /// length; only [`Backup::verify`] says that it is good.
    ///
    /// # Errors
    /// Faults of the file system. A folder that is not there holds nothing.
    pub fn list(&self) -> Result<Listing, ArchiveError> {
        let mut listing = Listing::default();
        for (name, files) in self.names()?.into_iter().rev() {
            let path = self.path_of(name);
            match read_entry(&path, name, files) {
                Ok(sidecar) => listing.backups.push(Backup {
                    path,
                    name,
                    sidecar,
                }),
                Err(damage) => listing.damaged.push(Damaged { path, name, damage }),
            }
        }
        Ok(listing)
    }

    /// Removes what the keeping policy no longer wants. Damaged ones are left for a person to see,
    /// except the rests of an interrupted removal. Returns the numbers removed.
    ///
    /// # Errors
    /// Faults of the file system; what was removed until then stays removed.
    pub fn thin(&self, now: Moment) -> Result<Vec<u64>, ArchiveError> {
        let listing = self.list()?;
        let stamps: Vec<Stamp> = listing.backups.iter().map(Backup::stamp).collect();
        let unwanted = keep::to_remove(&stamps, now);
        let rests = listing
            .damaged
            .iter()
            .filter(|entry| entry.damage == Damage::FileMissing);
        for entry in rests {
            remove_if_there(&sidecar_path(&entry.path))?;
        }
        for backup in listing
            .backups
            .iter()
            .filter(|backup| unwanted.contains(&backup.name.sequence))
        {
            // The file first: a sidecar alone is told from a backup that was never finished.
            remove_if_there(&backup.path)?;
            remove_if_there(&sidecar_path(&backup.path))?;
        }
        Ok(unwanted)
    }

    fn path_of(&self, name: BackupName) -> PathBuf {
        self.folder.join(name.file_name("db"))
    }

    /// Every backup name in the folder, with which of its two files are there, oldest first.
    fn names(&self) -> Result<BTreeMap<BackupName, Files>, ArchiveError> {
        let fault = |error| ArchiveError::from_io(&self.folder, Operation::List, error);
        let mut names = BTreeMap::new();
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(names),
            Err(error) => return Err(fault(error)),
        };
        for entry in entries {
            let file_name = entry.map_err(fault)?.file_name();
            let Some(file_name) = file_name.to_str() else {
                continue;
            };
            if let Some(name) = BackupName::parse(file_name, "db") {
                names.entry(name).or_insert_with(Files::default).database = true;
            } else if let Some(name) = BackupName::parse(file_name, "json") {
                names.entry(name).or_insert_with(Files::default).sidecar = true;
            }
        }
        Ok(names)
    }
}

/// Which of a backup's two files are there.
#[derive(Debug, Clone, Copy, Default)]
struct Files {
    database: bool,
    sidecar: bool,
}

fn read_entry(path: &Path, name: BackupName, files: Files) -> Result<Sidecar, Damage> {
    if !files.database {
        return Err(Damage::FileMissing);
    }
    if !files.sidecar {
        return Err(Damage::NeverFinished);
    }
    let text = fs::read(sidecar_path(path)).map_err(|_| Damage::BadSidecar)?;
    let sidecar: Sidecar = serde_json::from_slice(&text).map_err(|_| Damage::BadSidecar)?;
    let same_backup = sidecar.format == SIDECAR_FORMAT
        && sidecar.sequence == name.sequence
        && parse_moment(&sidecar.made_at) == Some(name.made_at);
    if !same_backup {
        return Err(Damage::BadSidecar);
    }
    let length = fs::metadata(path).map_err(|_| Damage::FileMissing)?.len();
    if length == sidecar.bytes {
        Ok(sidecar)
    } else {
        Err(Damage::OtherLength)
    }
}

fn sidecar_path(database: &Path) -> PathBuf {
    database.with_extension("json")
}

fn remove_if_there(path: &Path) -> Result<(), ArchiveError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(ArchiveError::from_io(path, Operation::Remove, error))
        }
        _ => Ok(()),
    }
}

/// What differs between two counts, for the log: tables and numbers, never a value.
fn difference(source: &Contents, found: &Contents) -> String {
    let tables = source
        .counts
        .iter()
        .filter(|(table, rows)| found.counts.get(*table) != Some(rows));
    let listed: Vec<String> = tables
        .map(|(table, rows)| {
            format!(
                "{table}: {rows} rows in the source, {:?} in the copy",
                found.counts.get(table)
            )
        })
        .collect();
    if listed.is_empty() {
        "the digests differ".to_owned()
    } else {
        listed.join("; ")
    }
}
