//! One form and a thousand, against other programs that print the same sheet.
//!
//! `cargo run --release -p tests --example measure_forms -- [ROUNDS] [MANY]` (15, 1000) measures
//! F-02 with a long matter. The peers (`tests/bench-peers`) run from the Python that
//! `TAIZHANG_PEERS` names; without it only our own figures are printed. Every press is a process
//! of its own, ours too: this program starts itself with `press`.

mod measuring;
#[path = "measuring/press.rs"]
mod press;
#[path = "../../src-tauri/crates/print/tests/samples/mod.rs"]
mod samples;
#[path = "measuring/whole.rs"]
mod whole;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use measuring::{Aim, grouped, line, median, shown};
use press::{Answer, Kind, Press};

/// Copies in one file that WeasyPrint makes; its time is then taken in proportion.
const WEASY_MANY: usize = 100;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |at: usize, usual: usize| {
        let given = words.get(at).and_then(|word| word.parse().ok());
        given.unwrap_or(usual)
    };
    if words.first() == Some(&"press") {
        return press::work(&words[1..]);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let kinds = press::there();
    warm(&kinds, number(0, 15));
    cold(&kinds, number(0, 15).min(11), folder.path().to_path_buf());
    many(&kinds, number(1, 1000), folder.path().to_path_buf());
    whole::measure(folder.path());
}

/// Milliseconds and size by press.
type Table = BTreeMap<Kind, (f64, u64)>;

fn table(
    kinds: &[Kind],
    times: &BTreeMap<Kind, Vec<Duration>>,
    sizes: &BTreeMap<Kind, u64>,
) -> Table {
    let entry = |kind: &Kind| Some((*kind, (median(times.get(kind)?), *sizes.get(kind)?)));
    kinds.iter().filter_map(entry).collect()
}

fn versus(what: &str, table: &Table, aims: &[(Kind, Aim)]) {
    let Some((ours, size)) = table.get(&Kind::Ours) else {
        return;
    };
    for (kind, (time, bytes)) in table.iter().filter(|(kind, _)| **kind != Kind::Ours) {
        let aim = aims.iter().find(|(of, _)| of == kind).map(|(_, aim)| *aim);
        line(
            what,
            &format!("{}, {} kB", shown(*ours), size / 1000),
            &format!("{} {}, {} kB", kind.name(), shown(*time), bytes / 1000),
            time / ours,
            " × faster",
            aim.unwrap_or(Aim::None),
        );
    }
}

/// One form after the other from presses that have their fonts loaded.
fn warm(kinds: &[Kind], rounds: usize) {
    let mut presses: Vec<Press> = kinds.iter().map(|kind| Press::start(*kind)).collect();
    for press in &presses {
        println!("press: {}", press.version);
    }
    let mut times: BTreeMap<Kind, Vec<Duration>> = BTreeMap::new();
    let mut sizes = BTreeMap::new();
    for round in 0..rounds + 2 {
        for press in &mut presses {
            let Answer { time, bytes, .. } = press.one(round + 1);
            sizes.insert(press.kind, bytes);
            // The first two only warm it.
            if round >= 2 {
                times.entry(press.kind).or_default().push(time);
            }
        }
    }
    let table = table(kinds, &times, &sizes);
    versus(
        "one form, warm",
        &table,
        &[(Kind::Typst, Aim::AtLeast(1.5, 2.5))],
    );
    if let Some((_, size)) = table.get(&Kind::Ours) {
        let kilobytes = f64::from(u32::try_from(*size).unwrap_or(u32::MAX)) / 1000.0;
        line(
            "one form, its size",
            "",
            "",
            kilobytes,
            " kB",
            Aim::AtMost(100.0, 100.0),
        );
    }
}

/// A process from nothing to one file.
fn cold(kinds: &[Kind], rounds: usize, folder: PathBuf) {
    let mut times: BTreeMap<Kind, Vec<Duration>> = BTreeMap::new();
    let mut sizes = BTreeMap::new();
    for _ in 0..=rounds {
        for kind in kinds {
            let (time, bytes) = press::once(*kind, &folder.join("once.pdf"));
            times.entry(*kind).or_default().push(time);
            sizes.insert(*kind, bytes);
        }
    }
    for times in times.values_mut() {
        times.remove(0);
    }
    let aims = [(Kind::Typst, Aim::AtLeast(9.0, 10.0))];
    versus(
        "one form, cold process",
        &table(kinds, &times, &sizes),
        &aims,
    );
}

/// Many forms in one file, each time by a fresh process; the start of the process does not count.
fn many(kinds: &[Kind], count: usize, folder: PathBuf) {
    let mut times: BTreeMap<Kind, Vec<Duration>> = BTreeMap::new();
    let mut sizes = BTreeMap::new();
    let mut memories: BTreeMap<Kind, f64> = BTreeMap::new();
    for _ in 0..3 {
        for kind in kinds {
            let (asked, times_more) = match kind {
                Kind::WeasyPrint if count > WEASY_MANY => (WEASY_MANY, count / WEASY_MANY),
                _ => (count, 1),
            };
            let mut press = Press::start(*kind);
            press.one(1);
            let answer = press.many(asked, &folder.join("many.pdf"));
            let scaled = answer.time * u32::try_from(times_more).unwrap_or(1);
            times.entry(*kind).or_default().push(scaled);
            sizes.insert(*kind, answer.bytes);
            memories.insert(*kind, answer.resident);
        }
    }
    let named: Vec<String> = memories
        .iter()
        .map(|(kind, megabytes)| format!("{} {megabytes:.0} MB", kind.name()))
        .collect();
    println!("memory at the most: {}", named.join(", "));
    println!("WeasyPrint made {WEASY_MANY} forms; its time is that of {count} in proportion.");
    let what = format!("{} forms in one file", grouped(count));
    versus(
        &what,
        &table(kinds, &times, &sizes),
        &[
            (Kind::Typst, Aim::AtLeast(6.0, 12.0)),
            (Kind::ReportLab, Aim::AtLeast(10.0, 20.0)),
            (Kind::WeasyPrint, Aim::AtLeast(100.0, 200.0)),
        ],
    );
    if let Some(megabytes) = memories.get(&Kind::Ours) {
        let aim = Aim::AtMost(150.0, 150.0);
        line(&format!("{what}, memory"), "", "", *megabytes, " MB", aim);
    }
}
