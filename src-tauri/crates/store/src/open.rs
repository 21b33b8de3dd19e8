//! Opening an office, as far as possible before SQLite sees the file.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::env::Env;
use crate::error::{Error, Result};
use crate::folder::Folder;
use crate::schema::Schema;
use crate::search::Registers;
use crate::store::{Shared, Store};
use crate::{check, connect, files, header, migrate, search};

/// Above this size an unclean shutdown is followed by SQLite's quick check, which leaves out the
/// comparison of indexes with their tables, so that the clerk does not wait for minutes.
const QUICK_ABOVE: u64 = 256 << 20;

/// Above this size even that takes most of a minute; then only links and the newest op are looked
/// at, and the caller is asked to run [`Store::check`] beside the clerk's work.
const LATER_ABOVE: u64 = 1 << 30;

/// How the file was checked when it was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Checked {
    /// The last session had been closed.
    #[default]
    NotNeeded,
    /// All pages, indexes and links.
    Fully,
    /// All pages and links.
    Quickly,
    /// Links and the newest op only: the file is large. [`Store::check`] should follow.
    Partly,
}

/// How an opening went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opening {
    /// The last session ended without closing; the file was checked and is good.
    pub unclean: bool,
    /// What was checked after an unclean end.
    pub checked: Checked,
    /// The backup made before a migration.
    pub migrated: Option<PathBuf>,
}

pub(crate) fn office(dir: &Path, env: Env) -> Result<Store> {
    let folder = Folder::new(dir);
    let database = find(&folder)?;
    let lock = folder.lock()?;
    // An interrupted creation ends between naming the file and pointing at it.
    if !folder.pointer().is_file() {
        folder.point_at(&database)?;
    }
    let header = header::inspect(&database)?;
    if header.schema > migrate::newest() {
        // Without a log to read, not even an index of the log is left beside the file.
        let conn = if header.has_log {
            connect::reader(&database)?
        } else {
            connect::immutable(&database)?
        };
        migrate::readable(&conn, &database, migrate::newest()).map_err(|f| f.at(&database))?;
    }
    let mut writer = connect::writer(&database)?;
    let mut opening = Opening {
        unclean: header.has_log,
        ..Opening::default()
    };
    prepare(&mut writer, &folder, &env, &database, header, &mut opening)
        .map_err(|f| f.at(&database))?;
    files::clear_parts(&folder)?;
    let schema = Schema::new(env.catalog);
    let missing = schema.missing(&writer).map_err(|f| f.at(&database))?;
    if !missing.is_empty() {
        return Err(Error::SchemaMismatch(missing));
    }
    let registers = Registers::ensure(&writer, &schema).map_err(|f| f.at(&database))?;
    let current = search::index::is_current(&writer, &schema).map_err(|f| f.at(&database))?;
    tracing::info!(
        unclean = opening.unclean,
        checked = ?opening.checked,
        "office opened"
    );
    let store = Store {
        shared: Shared {
            env,
            schema,
            folder,
            database,
            registers,
        },
        writer: Some(Mutex::new(writer)),
        readers: Mutex::new(Vec::new()),
        opening,
        _lock: Some(lock),
    };
    if !current {
        store.rebuild_search()?;
    }
    Ok(store)
}

/// Checks and migrates a file that was just opened.
fn prepare(
    writer: &mut Connection,
    folder: &Folder,
    env: &Env,
    database: &Path,
    header: header::Header,
    opening: &mut Opening,
) -> Result<()> {
    // The log may hold a newer schema than the header: no write before that is known.
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    migrate::readable(writer, database, migrate::newest())?;
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    let mode: String =
        writer.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        return Err(Error::ReadOnly {
            path: database.to_owned(),
        });
    }
    if opening.unclean {
        opening.checked = match header.size {
            size if size > LATER_ABOVE => Checked::Partly,
            size if size > QUICK_ABOVE => Checked::Quickly,
            _ => Checked::Fully,
        };
        let mut findings = match opening.checked {
            Checked::Partly | Checked::NotNeeded => check::foreign_keys(writer)?,
            depth => check::pages(writer, depth == Checked::Quickly)?,
        };
        findings.extend(check::last_op_fault(writer)?);
        if !findings.is_empty() {
            return Err(Error::Damaged {
                path: database.to_owned(),
                findings,
            });
        }
    }
    opening.migrated = migrate::run(
        writer,
        migrate::STEPS,
        &folder.backups(),
        &env.app_version,
        &env.clock.now(),
    )?;
    Ok(())
}

pub(crate) fn read_only(dir: &Path, env: Env) -> Result<Store> {
    let folder = Folder::new(dir);
    let database = find(&folder)?;
    let header = header::inspect(&database)?;
    if header.has_log {
        let findings = vec!["a log waits to be folded into the file".to_owned()];
        return Err(Error::Damaged {
            path: database,
            findings,
        });
    }
    let conn = connect::immutable(&database)?;
    migrate::readable(&conn, &database, migrate::newest()).map_err(|f| f.at(&database))?;
    let schema = Schema::new(env.catalog);
    let missing = schema.missing(&conn).map_err(|f| f.at(&database))?;
    if !missing.is_empty() {
        return Err(Error::SchemaMismatch(missing));
    }
    let registers = Registers::read(&conn).map_err(|f| f.at(&database))?;
    Ok(Store {
        shared: Shared {
            env,
            schema,
            folder,
            database,
            registers,
        },
        writer: None,
        readers: Mutex::new(vec![conn]),
        opening: Opening::default(),
        _lock: None,
    })
}

/// The database file: the one that the pointer names, or, when there is no pointer, the newest.
fn find(folder: &Folder) -> Result<PathBuf> {
    match folder.current() {
        Err(Error::NoOffice { path }) => folder
            .newest()
            .map(|number| folder.database(number))
            .ok_or(Error::NoOffice { path }),
        found => found,
    }
}
