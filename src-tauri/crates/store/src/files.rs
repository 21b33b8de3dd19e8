//! Attachments: files named by their SHA-256 beside the database. Equal files are kept once. The
//! row that names a file is written after the file is safe, so a crash leaves an orphan file and
//! never a row without its file.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::chain::hex;
use crate::column::is_sha256;
use crate::error::{Error, Result};
use crate::folder::{Folder, sync_folder};

/// Ending of a file that is being written.
const PART: &str = "part";

/// An attachment in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    /// SHA-256 of its bytes, lower-case hex; also its name.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

/// Takes a file in: written aside, hashed on the way, made durable, then named.
pub(crate) fn put(folder: &Folder, aside: Uuid, from: &mut dyn Read) -> Result<FileRef> {
    let home = folder.attachments();
    fs::create_dir_all(&home).map_err(|f| Error::io("make", &home, f))?;
    let part = home.join(format!("{aside}.{PART}"));
    let taken = copy_hashed(from, &part);
    let file = match taken {
        Ok(file) => file,
        Err(fault) => {
            // What was written so far is of no use; an undeletable rest is cleared at next open.
            let _ = fs::remove_file(&part);
            return Err(Error::io("write", &part, fault));
        }
    };
    let place = folder.file(&file.sha256);
    if place.is_file() && hash_file(&place).is_ok_and(|(found, _)| found == file.sha256) {
        let _ = fs::remove_file(&part);
        return Ok(file);
    }
    let parent = place.parent().unwrap_or(&home);
    let name = || -> io::Result<()> {
        fs::create_dir_all(parent)?;
        fs::rename(&part, &place)
    };
    name().map_err(|f| Error::io("write", &place, f))?;
    sync_folder(parent);
    sync_folder(&home);
    Ok(file)
}

fn copy_hashed(from: &mut dyn Read, to: &Path) -> io::Result<FileRef> {
    let mut file = File::create_new(to)?;
    let mut hasher = Sha256::new();
    let mut size = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
            Err(fault) => return Err(fault),
        };
        hasher.update(&buffer[..read]);
        file.write_all(&buffer[..read])?;
        size += read as u64;
    }
    file.sync_all()?;
    Ok(FileRef {
        sha256: hex(&hasher.finalize()),
        size,
    })
}

/// SHA-256 in hex and size of a file.
pub(crate) fn hash_file(path: &Path) -> io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut size = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok((hex(&hasher.finalize()), size)),
            Ok(read) => {
                hasher.update(&buffer[..read]);
                size += read as u64;
            }
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
}

/// The bytes of an attachment, hashed again on the way.
pub(crate) fn read(folder: &Folder, sha256: &str) -> Result<Vec<u8>> {
    folder.expect_file(sha256)?;
    let path = folder.file(sha256);
    let bytes = fs::read(&path).map_err(|f| Error::io("read", &path, f))?;
    if hex(&Sha256::digest(&bytes)) == sha256 {
        Ok(bytes)
    } else {
        Err(Error::FileRot {
            sha256: sha256.to_owned(),
        })
    }
}

/// The hashes that the folder's files are named by, sorted.
pub(crate) fn all(folder: &Folder) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let home = folder.attachments();
    for drawer in entries(&home)?.iter().filter(|p| p.is_dir()) {
        found.extend(entries(drawer)?.iter().filter_map(|path| {
            let name = path.file_name()?.to_str()?;
            is_sha256(name).then(|| name.to_owned())
        }));
    }
    found.sort();
    Ok(found)
}

/// Clears what an interrupted [`put`] left. Only for the holder of the lock.
pub(crate) fn clear_parts(folder: &Folder) -> Result<()> {
    for path in entries(&folder.attachments())? {
        if path.extension().is_some_and(|e| e == PART) {
            fs::remove_file(&path).map_err(|f| Error::io("remove", &path, f))?;
        }
    }
    Ok(())
}

/// What stands in a folder; nothing when it is not there.
fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let fault = |f| Error::io("list", folder, f);
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(f) if f.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(f) => return Err(fault(f)),
    };
    let mut paths = Vec::new();
    for entry in listing {
        paths.push(entry.map_err(fault)?.path());
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_files_are_kept_once_and_a_changed_one_is_not_handed_out() {
        let dir = tempfile::tempdir().expect("folder");
        let folder = Folder::new(dir.path());
        let one = put(&folder, Uuid::from_u128(1), &mut &b"photo"[..]).expect("put");
        let two = put(&folder, Uuid::from_u128(2), &mut &b"photo"[..]).expect("put again");
        assert_eq!(one, two);
        assert_eq!(all(&folder).expect("list").len(), 1);
        assert_eq!(read(&folder, &one.sha256).expect("read"), b"photo");
        fs::write(folder.file(&one.sha256), b"phot0").expect("changed by other hands");
        assert!(matches!(
            read(&folder, &one.sha256),
            Err(Error::FileRot { .. })
        ));
        put(&folder, Uuid::from_u128(3), &mut &b"photo"[..]).expect("put heals it");
        assert_eq!(read(&folder, &one.sha256).expect("read"), b"photo");
    }

    #[test]
    fn a_source_that_breaks_off_leaves_nothing() {
        struct Breaks;
        impl Read for Breaks {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("stick pulled out"))
            }
        }
        let dir = tempfile::tempdir().expect("folder");
        let folder = Folder::new(dir.path());
        let mut source = (&b"half"[..]).chain(Breaks);
        assert!(put(&folder, Uuid::from_u128(1), &mut source).is_err());
        assert!(entries(&folder.attachments()).expect("list").is_empty());
    }

    #[test]
    fn a_hash_that_is_none_never_becomes_a_path() {
        let folder = Folder::new(Path::new("/nowhere"));
        for bad in ["", "../../etc/passwd", &"A".repeat(64)] {
            assert!(
                matches!(read(&folder, bad), Err(Error::FileMissing { .. })),
                "{bad}"
            );
        }
    }
}
