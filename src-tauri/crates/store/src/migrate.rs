//! Numbered migrations: all or nothing, with a verified backup before the first step.
//!
//! A released step never changes. Each names its reader floor: the lowest schema number that a
//! program must know to open the file afterwards; a step that only adds leaves it where it was.

use std::path::{Path, PathBuf};

use domain::time::{Moment, moment_text};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use sha2::{Digest as _, Sha256};

use crate::chain::hex;
use crate::error::{Error, Result};
use crate::snapshot;

/// One migration.
pub(crate) struct Step {
    pub(crate) number: u32,
    pub(crate) slug: &'static str,
    pub(crate) sql: &'static str,
}

/// Every migration, in order, without gaps.
pub(crate) const STEPS: &[Step] = &[Step {
    number: 1,
    slug: "ground",
    sql: include_str!("../migrations/0001_ground.sql"),
}];

/// The schema number that this program makes and knows.
pub(crate) fn newest() -> u32 {
    STEPS.last().map_or(0, |step| step.number)
}

impl Step {
    /// The reader floor that the step's text names.
    fn reader_floor(&self) -> u32 {
        self.sql
            .lines()
            .find_map(|line| line.strip_prefix("-- reader floor: "))
            .and_then(|number| number.trim().parse().ok())
            .expect("BUG: every migration names its reader floor")
    }

    fn sha256(&self) -> String {
        hex(&Sha256::digest(self.sql.as_bytes()))
    }
}

/// The number of the last step that was applied.
pub(crate) fn applied(conn: &Connection) -> rusqlite::Result<u32> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Whether this program may open a file of a newer schema: when every step beyond ours left the
/// reader floor at or below what we know.
pub(crate) fn readable(conn: &Connection, path: &Path, ours: u32) -> Result<()> {
    let file = applied(conn)?;
    if file <= ours {
        return Ok(());
    }
    let floor: u32 = conn
        .query_row(
            "SELECT coalesce(max(reader_floor), 0) FROM schema_migration",
            [],
            |row| row.get(0),
        )
        .unwrap_or(u32::MAX);
    if floor <= ours {
        Ok(())
    } else {
        Err(Error::Newer {
            path: path.to_owned(),
            file,
            ours,
        })
    }
}

/// Brings a file up to the last of these steps. Returns the backup that was made, if any step ran
/// on a file that held something.
pub(crate) fn run(
    conn: &mut Connection,
    steps: &[Step],
    backups: &Path,
    app_version: &str,
    now: &Moment,
) -> Result<Option<PathBuf>> {
    let from = applied(conn)?;
    let todo: Vec<&Step> = steps.iter().filter(|step| step.number > from).collect();
    let (Some(first), Some(last)) = (todo.first(), todo.last()) else {
        return Ok(None);
    };
    let backup = if from == 0 {
        None
    } else {
        let stamp = now.format("%Y%m%dT%H%M%S");
        let name = format!("before-migration-{from:04}-{:04}-{stamp}.db", last.number);
        let target = backups.join(name);
        snapshot::write(conn, &target)?;
        Some(target)
    };
    // Cannot be switched inside a transaction; steps may rebuild tables, the check comes after.
    conn.pragma_update(None, "foreign_keys", false)?;
    let outcome = apply(conn, &todo, app_version, now);
    conn.pragma_update(None, "foreign_keys", true)?;
    match outcome {
        Ok(()) => {
            tracing::info!(from, to = last.number, "migrated");
            Ok(backup)
        }
        Err(Failed { full: true, .. }) => Err(Error::DiskFull {
            path: conn.path().map(PathBuf::from).unwrap_or_default(),
        }),
        Err(Failed { number, reason, .. }) => Err(Error::Migration {
            number: number.unwrap_or(first.number),
            reason,
            backup,
        }),
    }
}

/// How a run ended that came to nothing.
struct Failed {
    number: Option<u32>,
    reason: String,
    full: bool,
}

impl Failed {
    fn new(number: Option<u32>, fault: &rusqlite::Error) -> Self {
        let full = fault.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull);
        Self {
            number,
            reason: fault.to_string(),
            full,
        }
    }
}

fn apply(
    conn: &mut Connection,
    steps: &[&Step],
    app_version: &str,
    now: &Moment,
) -> Result<(), Failed> {
    let plain = |fault: rusqlite::Error| Failed::new(None, &fault);
    let tx = Transaction::new(conn, TransactionBehavior::Immediate).map_err(plain)?;
    for step in steps {
        one(&tx, step, app_version, now).map_err(|f| Failed::new(Some(step.number), &f))?;
    }
    let broken: i64 = tx
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })
        .map_err(plain)?;
    if broken > 0 {
        let number = steps.last().map(|step| step.number);
        let reason = format!("{broken} links without their record");
        return Err(Failed {
            number,
            reason,
            full: false,
        });
    }
    tx.commit().map_err(plain)
}

fn one(tx: &Transaction<'_>, step: &Step, app_version: &str, now: &Moment) -> rusqlite::Result<()> {
    tx.execute_batch(step.sql)?;
    tx.pragma_update(None, "user_version", step.number)?;
    tx.execute(
        "INSERT INTO schema_migration (number, slug, sha256, reader_floor, app_version, applied_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            step.number,
            step.slug,
            step.sha256(),
            step.reader_floor(),
            app_version,
            moment_text(now)
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_moment;

    const GOOD: Step = Step {
        number: 2,
        slug: "more",
        sql: "-- reader floor: 1\nCREATE TABLE more (a INTEGER) STRICT;",
    };
    const BAD: Step = Step {
        number: 3,
        slug: "bad",
        sql: "-- reader floor: 3\nCREATE TABLE bad (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);",
    };

    fn now() -> Moment {
        parse_moment("2026-11-21T09:00").expect("moment")
    }

    fn migrate(conn: &mut Connection, steps: &[Step], dir: &Path) -> Result<Option<PathBuf>> {
        run(conn, steps, dir, "test", &now())
    }

    fn database(dir: &Path) -> Connection {
        let conn = Connection::open(dir.join("a.db")).expect("file");
        conn.pragma_update(None, "application_id", crate::header::APPLICATION_ID)
            .expect("ours");
        conn
    }

    fn ground() -> Step {
        Step {
            number: 1,
            slug: STEPS[0].slug,
            sql: STEPS[0].sql,
        }
    }

    #[test]
    fn numbers_have_no_gaps_and_names_agree() {
        for (at, step) in (1..).zip(STEPS) {
            assert_eq!(step.number, at);
            assert!(step.reader_floor() <= step.number);
        }
    }

    #[test]
    fn a_failing_step_leaves_nothing_of_itself_or_of_the_steps_before_it() {
        let dir = tempfile::tempdir().expect("folder");
        let mut conn = database(dir.path());
        migrate(&mut conn, &[ground()], dir.path()).expect("0001");
        let fault = migrate(&mut conn, &[ground(), GOOD, BAD], dir.path()).expect_err("bad step");
        let Error::Migration {
            number: 3,
            backup: Some(backup),
            ..
        } = fault
        else {
            panic!("{fault:?}")
        };
        assert!(backup.is_file(), "the way back");
        assert_eq!(applied(&conn).expect("version"), 1);
        assert!(conn.prepare("SELECT * FROM more").is_err());
        assert!(conn.prepare("SELECT * FROM bad").is_err());
    }

    #[test]
    fn a_file_in_use_is_backed_up_before_the_first_step_and_an_empty_one_is_not() {
        let dir = tempfile::tempdir().expect("folder");
        let mut conn = database(dir.path());
        assert_eq!(
            migrate(&mut conn, &[ground()], dir.path()).expect("0001"),
            None
        );
        let backup = migrate(&mut conn, &[ground(), GOOD], dir.path()).expect("0002");
        let copy = Connection::open(backup.expect("a backup")).expect("opens");
        assert_eq!(applied(&copy).expect("version"), 1);
        assert_eq!(
            migrate(&mut conn, &[ground(), GOOD], dir.path()).expect("again"),
            None
        );
    }

    #[test]
    fn an_older_program_opens_a_newer_file_only_down_to_its_reader_floor() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("a.db");
        let mut conn = database(dir.path());
        migrate(&mut conn, &[ground(), GOOD], dir.path()).expect("0002");
        assert!(readable(&conn, &path, 1).is_ok(), "0002 only adds");
        conn.execute(
            "UPDATE schema_migration SET reader_floor = 2 WHERE number = 2",
            [],
        )
        .expect("raised");
        assert!(matches!(
            readable(&conn, &path, 1),
            Err(Error::Newer {
                file: 2,
                ours: 1,
                ..
            })
        ));
    }
}
