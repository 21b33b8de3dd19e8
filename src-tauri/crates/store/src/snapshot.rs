//! Consistent copies of the database, proved equal to it.
//!
//! A copy is made by `VACUUM INTO`, because the file it writes can be opened from a read-only place.
//! That a copy passes SQLite's own check proves little (an interrupted one is a valid empty
//! database), so its logical digest is compared with the one of the original.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::folder::sync_folder;
use crate::{check, connect, digest, files, header, history};

/// Rows by table.
pub type Counts = BTreeMap<String, u64>;

/// A consistent copy, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The file.
    pub path: PathBuf,
    /// Logical digest: SHA-256 over all rows in key order, hex.
    pub digest: String,
    /// Rows by table.
    pub counts: Counts,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Size of the file in bytes.
    pub size: u64,
    /// Head of the history chain in it.
    pub history_head: String,
}

impl Snapshot {
    /// Reads a copy and checks all that can be checked without its original: header, pages, links
    /// and the history chain.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::Truncated`], [`Error::Foreign`], [`Error::Damaged`].
    pub fn read(path: &Path) -> Result<Self> {
        header::inspect(path)?;
        let conn = connect::immutable(path)?;
        let at = |fault: Error| fault.at(path);
        let mut findings = check::pages(&conn, false).map_err(at)?;
        findings.extend(check::chain_faults(&conn).map_err(at)?);
        if !findings.is_empty() {
            return Err(Error::Damaged {
                path: path.to_owned(),
                findings,
            });
        }
        let (digest, counts) = digest::logical(&conn).map_err(at)?;
        let history_head = history::head_of(&conn).map_err(at)?;
        drop(conn);
        let (sha256, size) =
            files::hash_file(path).map_err(|fault| Error::io("read", path, fault))?;
        Ok(Self {
            path: path.to_owned(),
            digest,
            counts,
            sha256,
            size,
            history_head,
        })
    }

    /// Checks that the file at `path` (perhaps carried elsewhere) is this copy, byte for byte and
    /// row for row.
    ///
    /// # Errors
    /// [`Error::Snapshot`] with what differs.
    pub fn verify(&self, path: &Path) -> Result<()> {
        let bad = |what: &str| Error::Snapshot {
            path: path.to_owned(),
            what: what.to_owned(),
        };
        let (sha256, size) =
            files::hash_file(path).map_err(|fault| Error::io("read", path, fault))?;
        if size != self.size {
            return Err(bad("size"));
        }
        if sha256 != self.sha256 {
            return Err(bad("bytes"));
        }
        let found = Self::read(path)?;
        if found.digest != self.digest || found.counts != self.counts {
            return Err(bad("rows"));
        }
        Ok(())
    }
}

/// Digest and counts of one state: both are read in one transaction.
fn state(conn: &Connection) -> Result<(String, Counts)> {
    let tx = conn.unchecked_transaction()?;
    digest::logical(&tx)
}

/// Writes a copy of the database that `conn` is on, proves it equal, and only then gives it its
/// name. The caller sees to it that nobody writes meanwhile.
pub(crate) fn write(conn: &Connection, target: &Path) -> Result<Snapshot> {
    match attempt(conn, target, || Ok(true))? {
        Some(snapshot) => Ok(snapshot),
        None => Err(Error::Snapshot {
            path: target.to_owned(),
            what: "written to".to_owned(),
        }),
    }
}

/// As [`write()`], but without keeping writers out: `None`, and no file, when somebody wrote between
/// the digest and the copy.
pub(crate) fn write_if_still(conn: &Connection, target: &Path) -> Result<Option<Snapshot>> {
    let version =
        || -> Result<i64> { Ok(conn.query_row("PRAGMA data_version", [], |row| row.get(0))?) };
    let before = version()?;
    attempt(conn, target, || Ok(version()? == before))
}

fn attempt(
    conn: &Connection,
    target: &Path,
    still: impl FnOnce() -> Result<bool>,
) -> Result<Option<Snapshot>> {
    if target.exists() {
        return Err(Error::Snapshot {
            path: target.to_owned(),
            what: "exists".to_owned(),
        });
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|f| Error::io("make", folder, f))?;
    let mut part = target.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    remove(&part)?;
    let made = copy(conn, &part, still);
    match made {
        Ok(Some(mut snapshot)) => {
            fs::rename(&part, target).map_err(|f| Error::io("rename", target, f))?;
            sync_folder(folder);
            target.clone_into(&mut snapshot.path);
            Ok(Some(snapshot))
        }
        Ok(None) => remove(&part).map(|()| None),
        Err(fault) => {
            let _ = remove(&part);
            Err(fault)
        }
    }
}

fn copy(
    conn: &Connection,
    part: &Path,
    still: impl FnOnce() -> Result<bool>,
) -> Result<Option<Snapshot>> {
    let source = state(conn)?;
    let name = part.to_str().ok_or_else(|| Error::Snapshot {
        path: part.to_owned(),
        what: "name is not Unicode".to_owned(),
    })?;
    conn.execute("VACUUM INTO ?1", [name])
        .map_err(|f| Error::sqlite(part, f))?;
    if !still()? {
        return Ok(None);
    }
    let file = File::options()
        .write(true)
        .open(part)
        .and_then(|file| file.sync_all());
    file.map_err(|f| Error::io("sync", part, f))?;
    let copy = Snapshot::read(part)?;
    if (&copy.digest, &copy.counts) != (&source.0, &source.1) {
        return Err(Error::Snapshot {
            path: part.to_owned(),
            what: "rows".to_owned(),
        });
    }
    Ok(Some(copy))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(fault) => Err(Error::io("remove", path, fault)),
    }
}
