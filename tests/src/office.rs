//! A temporary office: a real folder, a clock that stands until it is moved, counted ids.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use commands::{Ctx, InitOffice, Outcome, Surroundings, init_office, table};
use domain::time::{Clock, CountedIds, FixedClock, IdSource, Moment, parse_moment};
use serde_json::Value as Json;
use tempfile::TempDir;

/// The moment at which the tests live.
pub const NOW: &str = "2026-11-21T09:00";

/// [`NOW`] as a moment.
#[must_use]
pub fn now() -> Moment {
    parse_moment(NOW).expect("a moment")
}

/// An open office in a folder that goes away with it.
pub struct Office {
    ctx: Option<Ctx>,
    around: Surroundings,
    clock: Arc<FixedClock>,
    dir: PathBuf,
    home: Option<TempDir>,
}

impl Office {
    /// A new empty office.
    #[must_use]
    pub fn new() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let dir = home.path().join("office");
        let (around, clock) = surroundings(Arc::new(CountedIds::default()));
        let ask = InitOffice {
            name: "某工程项目部".to_owned(),
            code: "XX".to_owned(),
            operator: "张三".to_owned(),
            site: "PC-01".to_owned(),
        };
        let ctx = init_office(&dir, &around, &ask).expect("a new office");
        Self {
            ctx: Some(ctx),
            around,
            clock,
            dir,
            home: Some(home),
        }
    }

    /// The office that lies in a folder. Identifiers are real ones, for counted ones would repeat
    /// those that are in the file.
    ///
    /// # Errors
    /// What opening answers.
    pub fn open(dir: &Path) -> Outcome<Self> {
        let (around, clock) = surroundings(Arc::new(commands::system::RandomIds::default()));
        Ok(Self {
            ctx: Some(Ctx::open(dir, &around)?),
            around,
            clock,
            dir: dir.to_owned(),
            home: None,
        })
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The open office itself.
    #[must_use]
    pub fn ctx(&self) -> &Ctx {
        self.ctx.as_ref().expect("BUG: closed only while reopening")
    }

    /// Puts the clock to a typed moment.
    pub fn at(&self, moment: &str) {
        self.clock.set(parse_moment(moment).expect("a moment"));
    }

    /// The moment on the clock.
    #[must_use]
    pub fn clock(&self) -> Moment {
        self.clock.now()
    }

    /// Moves the clock on by hours.
    pub fn hours_later(&self, hours: i64) {
        self.clock.advance(hours * 3600);
    }

    /// Closes the office and leaves its folder to others.
    ///
    /// # Panics
    /// When it does not close.
    #[must_use]
    pub fn closed(mut self) -> (Option<TempDir>, PathBuf) {
        if let Some(ctx) = self.ctx.take() {
            ctx.store.close().expect("the office closes");
        }
        (self.home.take(), self.dir.clone())
    }

    /// Closes the office and opens it again.
    pub fn reopen(&mut self) {
        if let Some(ctx) = self.ctx.take() {
            ctx.store.close().expect("the office closes");
        }
        self.ctx = Some(Ctx::open(&self.dir, &self.around).expect("the office opens again"));
    }

    /// Calls a command of the table.
    ///
    /// # Errors
    /// What the command answers.
    pub fn call(&self, name: &str, request: Json) -> Outcome<Json> {
        table::call(self.ctx(), name, request)
    }

    /// Calls a command that must succeed.
    #[track_caller]
    pub fn must(&self, name: &str, request: Json) -> Json {
        let told = request.to_string();
        match self.call(name, request) {
            Ok(answer) => answer,
            Err(fault) => panic!("{name} {told}: {fault}"),
        }
    }

    /// That nothing harmful is found in the whole file, with the findings if there are any.
    #[track_caller]
    pub fn is_sound(&self) {
        let answer = self.must("check", serde_json::json!({}));
        assert_eq!(answer["good"], true, "{:#}", answer["findings"]);
    }
}

impl Default for Office {
    fn default() -> Self {
        Self::new()
    }
}

fn surroundings(ids: Arc<dyn IdSource>) -> (Surroundings, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::new(now()));
    let around = Surroundings {
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        ids,
        operator: None,
    };
    (around, clock)
}
