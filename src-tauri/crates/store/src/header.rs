//! The first hundred bytes of a database file, looked at before SQLite sees it, so that a cut, a
//! foreign, an empty and a newer file are told apart without a single write to them.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::error::{Error, Result};

/// `application_id` of our files: `TZ26`.
pub(crate) const APPLICATION_ID: u32 = 0x545A_3236;

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What the header says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header {
    /// Number of the last migration, as far as the main file knows.
    pub(crate) schema: u32,
    /// Whether an unclean shutdown left a log to be replayed.
    pub(crate) has_log: bool,
    /// Size of the file in bytes.
    pub(crate) size: u64,
}

/// Looks at a file.
///
/// # Errors
/// [`Error::Empty`], [`Error::Foreign`], [`Error::Truncated`], or why it cannot be read.
pub(crate) fn inspect(path: &Path) -> Result<Header> {
    let fault = |fault| Error::io("read", path, fault);
    let mut file = File::open(path).map_err(fault)?;
    let size = file.metadata().map_err(fault)?.len();
    if size == 0 {
        return Err(Error::Empty {
            path: path.to_owned(),
        });
    }
    let mut head = [0; 100];
    let read = file.by_ref().take(100).read(&mut head).map_err(fault)?;
    if !head[..read].starts_with(&MAGIC[..read.min(16)]) {
        return Err(Error::Foreign {
            path: path.to_owned(),
        });
    }
    if read < 100 {
        return Err(Error::Truncated {
            path: path.to_owned(),
            expected: 4096,
            found: size,
        });
    }
    let word = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if word(68) != APPLICATION_ID {
        return Err(Error::Foreign {
            path: path.to_owned(),
        });
    }
    let has_log = ["-wal", "-journal"].into_iter().any(|suffix| {
        let mut log = path.as_os_str().to_owned();
        log.push(suffix);
        Path::new(&log).metadata().is_ok_and(|m| m.len() > 0)
    });
    let page: u64 = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        small => u64::from(small),
    };
    let expected = page * u64::from(word(28));
    // With a log the main file may lawfully be shorter; the size in the header counts only when the
    // change counter stands beside it (bytes 24 and 92).
    if !has_log && word(24) == word(92) && size < expected {
        return Err(Error::Truncated {
            path: path.to_owned(),
            expected,
            found: size,
        });
    }
    Ok(Header {
        schema: word(60),
        has_log,
        size,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn database(path: &Path) -> Vec<u8> {
        let conn = rusqlite::Connection::open(path).expect("file");
        conn.pragma_update(None, "application_id", APPLICATION_ID)
            .expect("id");
        conn.pragma_update(None, "user_version", 7)
            .expect("version");
        conn.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(100000))")
            .expect("t");
        drop(conn);
        fs::read(path).expect("bytes")
    }

    #[test]
    fn every_cut_of_a_file_is_told_as_cut() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("a.db");
        let bytes = database(&path);
        assert_eq!(inspect(&path).expect("whole").schema, 7);
        for cut in 0..200 {
            let length = 1 + cut * (bytes.len() - 1) / 200;
            fs::write(&path, &bytes[..length]).expect("cut");
            assert!(
                matches!(inspect(&path), Err(Error::Truncated { .. })),
                "{length} bytes"
            );
        }
    }

    #[test]
    fn empty_and_foreign_files_are_told_apart() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("a.db");
        fs::write(&path, "").expect("empty");
        assert!(matches!(inspect(&path), Err(Error::Empty { .. })));
        for foreign in [
            &b"PK\x03\x04 a workbook"[..],
            &[0; 4096],
            b"SQLite format 2\0",
        ] {
            fs::write(&path, foreign).expect("foreign");
            assert!(matches!(inspect(&path), Err(Error::Foreign { .. })));
        }
        fs::remove_file(&path).expect("removed");
        rusqlite::Connection::open(&path)
            .expect("file")
            .execute_batch("CREATE TABLE t (a)")
            .expect("t");
        assert!(
            matches!(inspect(&path), Err(Error::Foreign { .. })),
            "another program's database"
        );
    }
}
