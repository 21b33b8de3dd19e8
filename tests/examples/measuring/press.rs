//! Presses: programs that print the sheet on demand, one of them ours. All speak the same lines
//! (see `tests/bench-peers/forms.py`).

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use domain::form::{Datum, TickOption};
use print::{Mode, emit, layout};
use serde_json::{Value as Json, json};

use crate::measuring::{memory, ms, timed};
use crate::samples;

/// Who prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Ours,
    Typst,
    ReportLab,
    WeasyPrint,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Ours, Self::Typst, Self::ReportLab, Self::WeasyPrint];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Typst => "typst",
            Self::ReportLab => "reportlab",
            Self::WeasyPrint => "weasyprint",
        }
    }

    fn command(self) -> Command {
        if self == Self::Ours {
            let mut command = Command::new(std::env::current_exe().expect("this program"));
            command.arg("press");
            return command;
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut command = Command::new(python().unwrap_or_default());
        command
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg(root.join("tests/bench-peers/forms.py"))
            .arg(self.name())
            .arg(root.join("target/bench/peers/sheet.json"))
            .arg(root.join("src-tauri/crates/print/tests/samples/matter.txt"))
            .arg(root.join("assets/fonts"));
        command
    }
}

fn python() -> Option<PathBuf> {
    std::env::var_os("TAIZHANG_PEERS").map(PathBuf::from)
}

/// Ours, and the peers that can print here.
pub(crate) fn there() -> Vec<Kind> {
    let folder = tempfile::tempdir().expect("a folder");
    let able = |kind: &Kind| {
        if *kind == Kind::Ours {
            return true;
        }
        let target = folder.path().join("try.pdf");
        let mut command = kind.command();
        command.arg("once").arg(&target).stderr(Stdio::null());
        let able = python().is_some() && command.status().is_ok_and(|status| status.success());
        if !able {
            println!("{} does not print here: left out", kind.name());
        }
        able
    };
    Kind::ALL.into_iter().filter(able).collect()
}

/// What a press says of its work.
pub(crate) struct Answer {
    pub(crate) time: Duration,
    pub(crate) bytes: u64,
    /// Memory of the process at the most, in MB.
    pub(crate) resident: f64,
}

/// A running press.
pub(crate) struct Press {
    pub(crate) kind: Kind,
    pub(crate) version: String,
    process: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Press {
    pub(crate) fn start(kind: Kind) -> Self {
        let mut process = kind
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the press starts");
        let ask = process.stdin.take().expect("its input");
        let answers = BufReader::new(process.stdout.take().expect("its output"));
        let mut press = Self {
            kind,
            version: String::new(),
            process,
            ask,
            answers,
        };
        press.version = press.answer()["ready"].as_str().unwrap_or("?").to_owned();
        press
    }

    fn answer(&mut self) -> Json {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        serde_json::from_str(&line).expect("an answer in JSON")
    }

    fn done(&mut self, order: &str) -> Answer {
        writeln!(self.ask, "{order}").expect("an order");
        let answer = self.answer();
        let number = |key: &str| answer[key].as_f64().unwrap_or(0.0);
        Answer {
            time: Duration::from_secs_f64(number("ms") / 1000.0),
            bytes: answer["bytes"].as_u64().unwrap_or(0),
            resident: number("rss_kb") / 1024.0,
        }
    }

    /// Copy number `k`, in memory.
    pub(crate) fn one(&mut self, k: usize) -> Answer {
        self.done(&format!("one {k}"))
    }

    /// So many copies in one file.
    pub(crate) fn many(&mut self, count: usize, target: &Path) -> Answer {
        self.done(&format!("many {count} {}", target.display()))
    }
}

impl Drop for Press {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A whole process for one form: its time and the size of the file.
pub(crate) fn once(kind: Kind, target: &Path) -> (Duration, u64) {
    let mut command = kind.command();
    command.arg("once").arg(target);
    let (time, status) = timed(|| command.status().expect("the press starts"));
    assert!(status.success(), "{} prints", kind.name());
    (time, fs::metadata(target).map_or(0, |m| m.len()))
}

/// Our own press.
pub(crate) fn work(words: &[&str]) {
    let press = Ours::new();
    if let ["once", target] = words {
        fs::write(target, press.pdf(&[0])).expect("written");
        return;
    }
    println!(
        "{}",
        json!({ "ready": format!("ours {}", env!("CARGO_PKG_VERSION")) })
    );
    for line in std::io::stdin().lines() {
        let line = line.expect("an order");
        let mut words = line.split_whitespace();
        let (verb, count) = (words.next(), words.next().and_then(|n| n.parse().ok()));
        let (Some(verb), Some(count)) = (verb, count) else {
            continue;
        };
        let copies: Vec<usize> = match verb {
            "many" => (0..count).collect(),
            _ => vec![count],
        };
        let (time, bytes) = timed(|| {
            let pdf = press.pdf(&copies);
            if let Some(target) = words.next() {
                fs::write(target, &pdf).expect("written");
            }
            pdf.len()
        });
        let resident = memory("VmHWM") * 1024.0;
        println!(
            "{}",
            json!({ "ms": ms(&time), "bytes": bytes, "rss_kb": resident })
        );
    }
}

struct Ours {
    lists: BTreeMap<String, Vec<TickOption>>,
    case: BTreeMap<String, Datum>,
}

impl Ours {
    fn new() -> Self {
        let Datum::Map(case) = samples::complaint(samples::LONG_MATTER, "䶮㛃𬭎𠅤") else {
            unreachable!("a case is a map")
        };
        Self {
            lists: samples::lists(),
            case,
        }
    }

    /// Copies of the sheet; number and matter differ on each, as for the peers.
    fn pdf(&self, copies: &[usize]) -> Vec<u8> {
        let documents: Vec<_> = copies
            .iter()
            .map(|k| {
                let mut case = self.case.clone();
                let number = format!("TS-2026-XM01-{k:04}");
                let rest: String = samples::LONG_MATTER.trim().chars().skip(4).collect();
                case.insert("detail".to_owned(), Datum::text(format!("{k:04}{rest}")));
                case.insert("number".to_owned(), Datum::text(number));
                let code =
                    |page: u32| format!("TZ1:0198f6d2-7c00-7000-8000-{k:012x}:{page}:K{page}");
                let mut options = samples::options(Mode::Final, &self.lists);
                options.code = Some(&code);
                layout(samples::form("F-02"), &Datum::Map(case), &options).expect("laid out")
            })
            .collect();
        emit(&documents, &samples::meta("涉民投诉处理表")).expect("written")
    }
}
