//! Writing a file so that its final name never stands over half a file.
//!
//! The content goes to `<name>.part` in the target folder, is put on the disk, read back and
//! compared, and only then renamed. After a crash or a full disk the final name holds what it held
//! before, or nothing. The read-back asks the operating system; proving what a removable stick
//! really holds needs reads past its cache and belongs to the archive package.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{ArchiveError, Operation};
use crate::hash::{HashingWriter, Sha256};
use crate::names::{self, PROVISIONAL};

/// What to do when a file of that name is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it and answer [`ArchiveError::Exists`].
    Refuse,
    /// Put the new file in its place, in one step.
    Replace,
}

/// A file that stands under its final name and was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it stands.
    pub path: PathBuf,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its hash.
    pub sha256: Sha256,
}

/// Writes a file from bytes in memory; see [`safe_write`].
///
/// # Errors
/// As [`safe_write`].
pub fn write_bytes(path: &Path, existing: Existing, bytes: &[u8]) -> Result<Written, ArchiveError> {
    safe_write(path, existing, |out| out.write_all(bytes))
}

/// Writes a file aside with `fill`, puts it on the disk, reads it back, and gives it its name.
///
/// The folder must be there. The name must be allowed on FAT (see [`names::check_file_name`]).
///
/// # Errors
/// [`ArchiveError::Exists`], [`ArchiveError::BadName`], [`ArchiveError::Busy`] before anything is
/// written; [`ArchiveError::DiskFull`] and the other faults of the file system with the
/// provisional file removed again; [`ArchiveError::Differs`] when the medium gave back other bytes.
pub fn safe_write(
    path: &Path,
    existing: Existing,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Written, ArchiveError> {
    check_target(path, existing)?;
    let part = provisional(path);
    let outcome = write_part(path, &part, fill)
        .and_then(|(sha256, bytes)| publish(&part, path, existing).map(|()| (sha256, bytes)));
    match outcome {
        Ok((sha256, bytes)) => Ok(Written {
            path: path.to_path_buf(),
            bytes,
            sha256,
        }),
        Err(error) => {
            // A busy provisional file is another writer's. Otherwise it is ours, and a fault in
            // removing it would only hide the first one; the next write of this name takes it over.
            if !matches!(error, ArchiveError::Busy { .. }) {
                let _ = fs::remove_file(&part);
            }
            Err(error)
        }
    }
}

/// Gives a file that something else wrote under `part` its final name: puts it on the disk, hashes
/// it, renames it. `part` must be in the folder of `path`, and complete.
///
/// # Errors
/// As [`safe_write`]; `part` stays where it is.
pub fn adopt(part: &Path, path: &Path, existing: Existing) -> Result<Written, ArchiveError> {
    check_target(path, existing)?;
    let fault = |operation| move |error| ArchiveError::from_io(part, operation, error);
    // Windows flushes only through a handle that may write.
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(part)
        .map_err(fault(Operation::Read))?;
    file.sync_all().map_err(fault(Operation::Sync))?;
    let (sha256, bytes) = Sha256::of_reader(&file).map_err(fault(Operation::Read))?;
    drop(file);
    publish(part, path, existing)?;
    Ok(Written {
        path: path.to_path_buf(),
        bytes,
        sha256,
    })
}

/// The name under which a file stands while it is written.
#[must_use]
pub fn provisional(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(PROVISIONAL);
    PathBuf::from(name)
}

/// Asks the system to put a folder's list of names on the disk. Windows has no such request: its
/// file systems log names themselves.
///
/// # Errors
/// Faults of the file system, except that a file system without this request is no fault.
pub fn sync_folder(folder: &Path) -> Result<(), ArchiveError> {
    if cfg!(windows) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Ok(()) => Ok(()),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        Err(error) => Err(ArchiveError::from_io(folder, Operation::Sync, error)),
    }
}

fn check_target(path: &Path, existing: Existing) -> Result<(), ArchiveError> {
    let name = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    names::check_file_name(&name).map_err(|fault| ArchiveError::BadName { name, fault })?;
    refuse_existing(path, existing)
}

fn refuse_existing(path: &Path, existing: Existing) -> Result<(), ArchiveError> {
    match path.try_exists() {
        Ok(true) if existing == Existing::Refuse => Err(ArchiveError::Exists {
            path: path.to_path_buf(),
        }),
        Ok(_) => Ok(()),
        Err(error) => Err(ArchiveError::from_io(path, Operation::Read, error)),
    }
}

/// Writes the provisional file and reads it back.
fn write_part(
    path: &Path,
    part: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(Sha256, u64), ArchiveError> {
    let fault = |operation| move |error| ArchiveError::from_io(path, operation, error);
    // Not truncated on opening: until the lock is ours the content may be another writer's.
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(part)
        .map_err(fault(Operation::Create))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(ArchiveError::Busy {
                path: path.to_path_buf(),
            });
        }
        // A file system without locks (some network and stick drivers) is no reason not to write.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(fault(Operation::Create)(error)),
    }
    file.set_len(0).map_err(fault(Operation::Write))?;
    let mut out = HashingWriter::new(BufWriter::with_capacity(1 << 16, file));
    fill(&mut out)
        .and_then(|()| out.flush())
        .map_err(fault(Operation::Write))?;
    let (buffer, expected, bytes) = out.finish();
    let mut file = buffer
        .into_inner()
        .map_err(|error| fault(Operation::Write)(error.into_error()))?;
    file.sync_all().map_err(fault(Operation::Sync))?;
    // The same handle: on Windows a lock keeps every other handle from reading.
    file.seek(SeekFrom::Start(0))
        .map_err(fault(Operation::Read))?;
    let (found, _) = Sha256::of_reader(&file).map_err(fault(Operation::Read))?;
    if found != expected {
        return Err(ArchiveError::Differs {
            path: path.to_path_buf(),
            expected,
            found,
        });
    }
    Ok((expected, bytes))
}

/// The rename, and the folder's list of names after it.
fn publish(part: &Path, path: &Path, existing: Existing) -> Result<(), ArchiveError> {
    // Asked again: writing may have taken minutes. FAT knows no rename that refuses to replace.
    refuse_existing(path, existing)?;
    fs::rename(part, path)
        .map_err(|error| ArchiveError::from_io(path, Operation::Rename, error))?;
    sync_folder(
        path.parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new(".")),
    )
}
