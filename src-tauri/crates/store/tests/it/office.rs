//! An office in a temporary folder, with a fixed clock and counted ids.

use std::path::PathBuf;
use std::sync::Arc;

use domain::record::Record;
use domain::spec::Catalog;
use domain::time::{CountedIds, FixedClock, Moment, parse_moment};
use domain::value::Values;
use store::{CheckReport, Env, Error, Founder, Op, OpKind, Read, Store, Tx, Who};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) struct Office {
    pub(crate) dir: TempDir,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) ids: Arc<CountedIds>,
    pub(crate) store: Store,
}

pub(crate) fn moment(text: &str) -> Moment {
    parse_moment(text).expect("a moment")
}

pub(crate) fn who() -> Who {
    Who {
        operator: "周敏".to_owned(),
        site: "A1".to_owned(),
    }
}

pub(crate) fn op(kind: OpKind) -> Op {
    Op::new(kind, kind.as_str(), &who())
}

pub(crate) fn founder() -> Founder {
    Founder {
        office_name: "华东公司滨江项目部".to_owned(),
        office_code: "HD".to_owned(),
        operator: "周敏".to_owned(),
        site: "A1".to_owned(),
    }
}

impl Office {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().expect("folder");
        let clock = Arc::new(FixedClock::new(moment("2026-11-21T09:00")));
        let ids = Arc::new(CountedIds::default());
        let env = env(&clock, &ids);
        let store = Store::create(dir.path(), env, &founder()).expect("created");
        Self {
            dir,
            clock,
            ids,
            store,
        }
    }

    pub(crate) fn env(&self) -> Env {
        env(&self.clock, &self.ids)
    }

    /// Closes without the niceties of [`Store::close`] and opens again.
    pub(crate) fn reopen(self) -> Self {
        let Self {
            dir,
            clock,
            ids,
            store,
        } = self;
        drop(store);
        let env = env(&clock, &ids);
        let store = Store::open(dir.path(), env).expect("opens again");
        Self {
            dir,
            clock,
            ids,
            store,
        }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.store.database().to_owned()
    }

    /// One op, which must work.
    pub(crate) fn write<T>(
        &self,
        kind: OpKind,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>,
    ) -> T {
        self.clock.advance(60);
        self.store.transact(op(kind), f).expect("written").0
    }

    pub(crate) fn add(&self, register: &str, values: &Values) -> Record {
        self.write(OpKind::Add, |tx| tx.insert(register, values))
    }

    pub(crate) fn get(&self, register: &str, uuid: Uuid) -> Record {
        self.store
            .reader()
            .expect("reader")
            .get(register, uuid)
            .expect("read")
            .expect("there")
    }

    /// The number of the newest op.
    pub(crate) fn newest_op(&self) -> i64 {
        self.store.reader().expect("reader").ops(1).expect("ops")[0].id
    }

    pub(crate) fn check(&self) -> CheckReport {
        self.store.check().expect("checked")
    }

    pub(crate) fn expect_good(&self) {
        let report = self.check();
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }

    /// A connection past the door, for meddling.
    pub(crate) fn meddle(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.database()).expect("opened by other hands")
    }
}

fn env(clock: &Arc<FixedClock>, ids: &Arc<CountedIds>) -> Env {
    Env {
        clock: clock.clone(),
        ids: ids.clone(),
        catalog: Catalog::builtin(),
        app_version: "test".to_owned(),
    }
}

pub(crate) fn complaint(content: &str) -> Values {
    Values::new()
        .with("content", content)
        .with("received_at", moment("2026-11-20T15:30"))
        .with("complainant_name", "欧阳长乐")
        .with("phone", "13812345678")
}
