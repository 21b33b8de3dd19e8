//! The measured office: built through the door in large ops, as an import does it.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use commands::system::RandomIds;
use commands::{Ctx, InitOffice, Surroundings, init_office};
use domain::time::{Clock, FixedClock, Moment, parse_moment};
use domain::value::Values;
use rusqlite::Connection;
use store::{DeadlineRow, ListQuery, Op, OpKind, Read as _, Who};

use crate::measuring::{Dice, words};

/// An open office with what a measure needs to write into it.
pub(crate) struct Desk {
    pub(crate) ctx: Ctx,
    pub(crate) clock: Arc<FixedClock>,
    /// Identifiers of the projects.
    pub(crate) projects: Vec<String>,
}

/// Who writes.
pub(crate) fn who() -> Who {
    Who {
        operator: "测量".to_owned(),
        site: "M1".to_owned(),
    }
}

pub(crate) fn moment(text: &str) -> Moment {
    parse_moment(text).expect("a moment")
}

fn surroundings() -> (Surroundings, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::new(moment("2026-11-21T09:00")));
    let around = Surroundings {
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        ids: Arc::new(RandomIds::default()),
        operator: None,
    };
    (around, clock)
}

/// The office in a folder.
pub(crate) fn open(dir: &Path) -> Desk {
    let (around, clock) = surroundings();
    let ctx = Ctx::open(dir, &around).expect("the office opens");
    let projects = ctx
        .reader()
        .expect("reader")
        .list(&ListQuery::of("project"));
    let projects = projects.expect("projects").into_iter();
    Desk {
        projects: projects.map(|project| project.uuid.to_string()).collect(),
        ctx,
        clock,
    }
}

/// The office in a folder; built when there is none yet.
pub(crate) fn open_or_build(dir: &Path, count: usize) -> Desk {
    if dir.join("current").exists() {
        return open(dir);
    }
    let (around, clock) = surroundings();
    let ask = InitOffice {
        name: "测量项目部".to_owned(),
        code: "CL".to_owned(),
        operator: "测量".to_owned(),
        site: "M1".to_owned(),
    };
    let ctx = init_office(dir, &around, &ask).expect("an office");
    let start = Instant::now();
    let projects = ground(&ctx);
    let mut dice = Dice(42);
    let mut made = 0;
    while made < count {
        let batch = (count - made).min(5_000);
        clock.advance(60);
        let op = Op::new(OpKind::Import, "导入", &who());
        ctx.store
            .transact(op, |tx| {
                for n in made..made + batch {
                    let values = words::complaint(&mut dice, &projects, n);
                    let record = tx.insert("complaint", &values)?;
                    let year = 2010 + n % 17;
                    tx.assign_number("complaint", record.uuid, &format!("CL/{year}"), |s| {
                        format!("TS-{year}-XM{:02}-{s:05}", 1 + n % 20)
                    })?;
                    // One in ten is under way and has deadlines.
                    let open = n % 10 == 0;
                    let state = if open { "accepted" } else { "archived" };
                    tx.set_state("complaint", record.uuid, state)?;
                    if open {
                        tx.set_deadlines("complaint", record.uuid, &deadlines())?;
                    }
                }
                Ok::<_, store::Error>(())
            })
            .expect("a batch");
        made += batch;
    }
    ctx.store.rest().expect("at rest");
    let megabytes = ctx.store.database().metadata().expect("a size").len() / 1_000_000;
    println!(
        "built {count} complaints in {:.1} s: {megabytes} MB",
        start.elapsed().as_secs_f64()
    );
    Desk {
        ctx,
        clock,
        projects,
    }
}

/// Projects and departments; gives the projects' identifiers.
fn ground(ctx: &Ctx) -> Vec<String> {
    let op = Op::new(OpKind::Add, "工程", &who());
    let made = ctx.store.transact(op, |tx| {
        for name in ["工程部", "质量部", "投诉管理办公室"] {
            tx.insert("department", &Values::new().with("name", name))?;
        }
        (1..=20)
            .map(|n| {
                let project = Values::new()
                    .with("name", format!("滨江花园{n}标段安置房工程"))
                    .with("code", format!("XM{n:02}"));
                let record = tx.insert("project", &project)?;
                Ok(record.uuid.to_string())
            })
            .collect::<Result<Vec<_>, store::Error>>()
    });
    made.expect("projects").0
}

/// What an open complaint waits for.
pub(crate) fn deadlines() -> [DeadlineRow; 2] {
    ["R-07", "R-08"].map(|rule| DeadlineRow {
        rule: rule.to_owned(),
        round: 1,
        started_at: moment("2026-11-21T09:00"),
        due_at: Some(moment("2026-11-24T17:00")),
        met_at: None,
        open: true,
        state: "running".to_owned(),
        detail: serde_json::json!({ "days": 2 }),
        rule_version: "1".to_owned(),
        calendar_version: "2026".to_owned(),
    })
}

/// A connection without our layers, with the settings of a read connection of ours.
pub(crate) fn bare(database: &Path) -> Connection {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let bare = Connection::open_with_flags(database, flags).expect("the same file");
    bare.execute_batch("PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0")
        .expect("settings");
    bare
}

/// Reads rows as a careful program without our layers would: each into a list of values.
pub(crate) fn bare_rows(bare: &Connection, sql: &str) -> usize {
    let mut statement = bare.prepare_cached(sql).expect("sql");
    let columns = statement.column_count();
    let rows = statement
        .query_map([], |row| {
            (0..columns)
                .map(|at| row.get::<_, rusqlite::types::Value>(at))
                .collect::<Result<Vec<_>, _>>()
        })
        .expect("query");
    rows.map(|row| row.expect("row").len()).sum()
}
