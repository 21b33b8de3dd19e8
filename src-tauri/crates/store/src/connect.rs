//! Connections and their settings. Every connection of the program is made here.
//!
//! One writer and a few readers share the file, so that a backup or a long list never freezes the
//! clerk's entry. That needs WAL's shared memory, and therefore no `locking_mode=EXCLUSIVE`; a
//! second program is kept out by the lock file instead ([`crate::folder`]). The WAL-reset fault that
//! two connections could meet (SQLite 3.7.0 to 3.51.2) is absent from the bundled 3.54.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result};

/// Pages in the log after which it is folded into the file during a commit (16 MB); in quiet
/// moments [`crate::Store::rest`] does it earlier.
const CHECKPOINT_PAGES: u32 = 4000;

/// The one connection that writes.
pub(crate) fn writer(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(|f| Error::sqlite(path, f))?;
    settle(&conn).map_err(|f| Error::sqlite(path, f))?;
    let write = || -> rusqlite::Result<()> {
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "secure_delete", true)?;
        conn.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        conn.pragma_update(None, "journal_size_limit", 0)?;
        // Room for the dirty pages of an import; negative means KiB.
        conn.pragma_update(None, "cache_size", -32_768)?;
        Ok(())
    };
    write().map_err(|f| Error::sqlite(path, f))?;
    Ok(conn)
}

/// A connection that cannot write.
pub(crate) fn reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(|f| Error::sqlite(path, f))?;
    settle(&conn).map_err(|f| Error::sqlite(path, f))?;
    conn.pragma_update(None, "query_only", true)
        .map_err(|f| Error::sqlite(path, f))?;
    Ok(conn)
}

/// A connection on a file that nothing writes to: a snapshot, or an office on a read-only place.
pub(crate) fn immutable(path: &Path) -> Result<Connection> {
    let uri = immutable_uri(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(uri, flags).map_err(|f| Error::sqlite(path, f))?;
    settle(&conn).map_err(|f| Error::sqlite(path, f))?;
    Ok(conn)
}

/// A path as an address that tells SQLite that nobody writes to the file.
fn immutable_uri(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut path = path.to_string_lossy().into_owned();
    if cfg!(windows) {
        path = path.replace('\\', "/");
    }
    // Windows' long form of a path would read as the name of a server.
    let path = path.strip_prefix("//?/").unwrap_or(&path);
    let mut uri = String::from("file://");
    if !path.starts_with('/') {
        uri.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b':' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// What holds for every connection.
fn settle(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(std::time::Duration::ZERO)?;
    conn.set_prepared_statement_cache_capacity(256);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Plans do not depend on bound values; otherwise SQLite prepares a kept statement anew at
    // almost every use, a quarter of the time of a save.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "mmap_size", 0)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "cache_size", -8192)?;
    // One attached database is what VACUUM INTO needs.
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_LENGTH, 16 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
    ] {
        conn.set_limit(limit, value)?;
    }
    Ok(())
}

/// Folds the log into the file and empties it. A reader at work leaves some of it for later.
pub(crate) fn fold(conn: &Connection) -> Result<()> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_sqlite_is_free_of_the_wal_reset_fault() {
        assert!(
            rusqlite::version_number() >= 3_051_003,
            "{}",
            rusqlite::version()
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_path_with_marks_of_an_address_stays_a_path() {
        let uri = immutable_uri(Path::new("/a/甲 1?#%.db"));
        assert_eq!(uri, "file:///a/%E7%94%B2%201%3F%23%25.db?immutable=1");
        assert!(
            immutable_uri(Path::new("a.db")).starts_with("file:///"),
            "made absolute"
        );
    }

    #[test]
    fn a_reader_cannot_write_and_no_connection_can_edit_the_schema_table() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("甲 #1?.db");
        Connection::open(&path)
            .expect("file")
            .execute_batch("CREATE TABLE t (a)")
            .expect("table");
        assert!(
            reader(&path)
                .expect("open")
                .execute("INSERT INTO t VALUES (1)", [])
                .is_err()
        );
        assert!(
            immutable(&path)
                .expect("open")
                .execute("INSERT INTO t VALUES (1)", [])
                .is_err()
        );
        let conn = writer(&path).expect("open");
        assert!(conn.execute("INSERT INTO t VALUES (1)", []).is_ok());
        let _ = conn.execute_batch("PRAGMA writable_schema = ON");
        assert!(conn.execute("DELETE FROM sqlite_schema", []).is_err());
    }
}
