//! Everything that goes wrong is told in Chinese in one line with its code and its exit code, and
//! nothing that was kept before is lost.

mod database;
mod disk;
mod instance;
mod ledger;
mod paper;
mod typed;

use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tests::cli::Cli;
use tests::office::Office;

/// Number of the complaint that every office of these tests holds.
const NUMBER: &str = "TS-2026-XM01-0001";

/// An office with a project and one registered complaint, and what its check says.
struct Guarded {
    _home: Option<TempDir>,
    cli: Cli,
    dir: std::path::PathBuf,
    before: Json,
}

/// What every office of these tests holds.
fn furnish(office: &Office) {
    for (register, values) in [
        ("department", json!({ "name": "工程部", "head": "赵六" })),
        ("project", json!({ "name": "某工程", "code": "XM01" })),
        (
            "complaint",
            json!({
                "project": "XM01", "received_at": "2026-11-20T10:00", "channel": "电话",
                "receiver": "张三", "complainant_name": "王小明", "phone": "13800010002",
                "content": "厨房顶棚漏水", "class": "渗漏", "grade": "一般性投诉",
                "original_no": "甲",
            }),
        ),
    ] {
        office.must(
            "add_record",
            json!({ "register": register, "values": values }),
        );
    }
    let step = json!({ "register": "complaint", "record": "甲", "step": "register" });
    let taken = office.must("take_step", step);
    assert_eq!(taken["record"]["number"], NUMBER);
}

impl Guarded {
    fn new() -> Self {
        let office = Office::new();
        furnish(&office);
        let (home, dir) = office.closed();
        Self::over(home, dir)
    }

    fn over(home: Option<TempDir>, dir: std::path::PathBuf) -> Self {
        let cli = Cli::on(&dir);
        let before = cli.json(&["check"]);
        assert_eq!(before["findings"], json!([]), "sound from the start");
        Self {
            _home: home,
            cli,
            dir,
            before,
        }
    }

    /// That the office holds what it held: the same head of the chain, the same rows, no finding.
    #[track_caller]
    fn is_untouched(&self) {
        assert_eq!(self.cli.json(&["check"]), self.before);
    }
}

#[test]
fn a_write_is_noticed_by_the_comparison() {
    let office = Guarded::new();
    office
        .cli
        .must(&["do", "complaint", NUMBER, "note", "--text", "补充"]);
    assert_ne!(office.cli.json(&["check"]), office.before);
}
