//! Lists, search, saves and memory of an office with many complaints, against bare SQL on the same
//! file in the same run.
//!
//! `cargo run --release -p tests --example measure_registers -- COUNT [FOLDER]` builds an office of
//! so many complaints, in the folder when one is given (an office that is there already is used
//! again), and prints lines for docs/EVIDENCE.md. Nothing is asserted here. A third word (`list`,
//! `search`, `save`, `memory`) measures only that.

#[path = "measuring/list.rs"]
mod list;
mod measuring;
#[path = "measuring/office.rs"]
mod office;
#[path = "measuring/save.rs"]
mod save;
#[path = "measuring/search.rs"]
mod search;

use std::path::{Path, PathBuf};
use std::process::Command;

use measuring::{Aim, grouped, line, memory, shown, timed};
use store::{ListQuery, Read as _};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["resident", count, dir] => resident(count.parse().expect("a number"), Path::new(dir)),
        [count] => measure(count.parse().expect("a number"), None, ""),
        [count, dir] => measure(count.parse().expect("a number"), Some(dir), ""),
        [count, dir, only] => measure(count.parse().expect("a number"), Some(dir), only),
        _ => measure(10_000, None, ""),
    }
}

fn measure(count: usize, keep: Option<&str>, only: &str) {
    let temporary = tempfile::tempdir().expect("a folder");
    let dir = keep.map_or_else(|| temporary.path().to_path_buf(), PathBuf::from);
    let wanted = |what: &str| only.is_empty() || only == what;
    let desk = office::open_or_build(&dir.join("office"), count);
    let size = grouped(count);
    let bare = office::bare(desk.ctx.store.database());
    if wanted("list") {
        list::measure(&desk, &bare, &size);
    }
    if wanted("search") {
        search::measure(&desk, &bare, &size);
    }
    drop(bare);
    if wanted("save") {
        save::measure(&desk, &dir, &size);
    }
    desk.ctx.store.close().expect("closed");
    if !wanted("memory") {
        return;
    }
    let own = std::env::current_exe().expect("this program");
    let status = Command::new(own)
        .args(["resident", &count.to_string()])
        .arg(dir.join("office"))
        .status()
        .expect("started");
    assert!(status.success(), "the memory of {count} records");
}

/// In a process of its own: memory with the office open, and after a hundred searches.
fn resident(count: usize, dir: &Path) {
    let empty = memory("VmRSS");
    let (opening, desk) = timed(|| office::open(dir));
    let page = ListQuery::of("complaint")
        .sorted_down("received_at")
        .take(200);
    let (first, rows) = timed(|| {
        let reader = desk.ctx.reader().expect("reader");
        reader.list(&page).expect("list").len()
    });
    let (open, open_own) = (memory("VmRSS"), memory("RssAnon"));
    println!(
        "opened in {}, first {rows} rows in {}; memory: start {empty:.1} MB, open {open:.1} MB ({open_own:.1} MB its own)",
        shown(measuring::ms(&opening)),
        shown(measuring::ms(&first)),
    );
    for text in search::texts(&desk, 100) {
        let reader = desk.ctx.reader().expect("reader");
        reader.search(&text.words, 50).expect("search");
    }
    let after = memory("VmRSS");
    println!(
        "after 100 searches {after:.1} MB ({:.1} MB its own), at most {:.1} MB",
        memory("RssAnon"),
        memory("VmHWM")
    );
    line(
        &format!(
            "resident memory, {} records, after 100 searches",
            grouped(count)
        ),
        &format!("{open:.0} MB when opened"),
        "",
        memory("VmHWM"),
        " MB",
        Aim::AtMost(150.0, 60.0),
    );
}
