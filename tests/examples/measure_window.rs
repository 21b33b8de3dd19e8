//! From the start of the program to the answer of its first page, with many complaints, against an
//! empty window of the same framework in turns. On a screen nobody sees (Xvfb).
//!
//! `cargo run --release -p tests --example measure_window -- COUNT`; `cargo xtask bench` builds the
//! window first. Nothing is asserted here. What is painted after the answer is not measured.

mod measuring;
#[allow(dead_code, reason = "each measure uses a part")]
#[path = "measuring/office.rs"]
mod office;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use measuring::{Aim, grouped, line, median, shown};

const ROUNDS: usize = 9;
/// A start that takes longer is no measure any more.
const PATIENCE: Duration = Duration::from_secs(60);
/// Said in the log when the page of the day was answered.
const FIRST_PAGE: &str = "answered name=\"today\"";

fn main() {
    let count = std::env::args().nth(1).and_then(|word| word.parse().ok());
    let count: usize = count.unwrap_or(100_000);
    let (Some(window), Some(empty)) = (built("taizhang"), built("examples/empty")) else {
        println!("the window is not built: cargo build --release -p taizhang --bins --examples");
        return;
    };
    let Some(screen) = Screen::open() else {
        println!("there is no Xvfb");
        return;
    };
    let home = tempfile::tempdir().expect("a folder");
    let desk = office::open_or_build(&home.path().join("office"), count);
    desk.ctx.store.close().expect("closed");

    let (mut ours, mut peer) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let first = start(&window, home.path(), &screen);
        let blank = start_empty(&empty, &screen);
        // The first of each brings its files into memory.
        if round > 0 {
            ours.push(first);
            peer.push(blank);
        }
    }
    let (ours, peer) = (median(&ours), median(&peer));
    line(
        &format!(
            "start to the first page, {} records, over an empty window",
            grouped(count)
        ),
        &shown(ours),
        &shown(peer),
        ours - peer,
        " ms",
        Aim::AtMost(500.0, 100.0),
    );
}

/// A program beside this one, when it was built.
fn built(name: &str) -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let path = own.parent()?.parent()?.join(name);
    path.exists().then_some(path)
}

/// From the start to the answer of the first page.
fn start(program: &Path, home: &Path, screen: &Screen) -> Duration {
    let log = home.join("logs/desk.log");
    // One start a log.
    if log.exists() {
        fs::remove_file(&log).expect("removed");
    }
    let begun = Instant::now();
    let mut child = screen
        .start(program)
        .env("TAIZHANG_LOG", "1")
        .arg("--data")
        .arg(home)
        .spawn()
        .expect("started");
    while !fs::read_to_string(&log).is_ok_and(|text| text.contains(FIRST_PAGE)) {
        assert!(begun.elapsed() < PATIENCE, "the window does not come up");
        thread::sleep(Duration::from_millis(2));
    }
    let time = begun.elapsed();
    end(&mut child);
    time
}

/// From the start to the blank page of the empty window.
fn start_empty(program: &Path, screen: &Screen) -> Duration {
    let begun = Instant::now();
    let mut child = screen
        .start(program)
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let said = child.stdout.take().expect("piped");
    let mut first = String::new();
    BufReader::new(said).read_line(&mut first).expect("said");
    let time = begun.elapsed();
    assert_eq!(first.trim(), "loaded");
    end(&mut child);
    time
}

fn end(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    child.wait().expect("ended");
}

/// A screen nobody sees.
struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    fn open() -> Option<Self> {
        let words = ["-displayfd", "1", "-screen", "0", "1366x768x24"];
        let mut server = Command::new("Xvfb")
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut number = String::new();
        BufReader::new(server.stdout.take()?)
            .read_line(&mut number)
            .ok()?;
        let display = format!(":{}", number.trim());
        Some(Self { server, display })
    }

    fn start(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.display).stderr(Stdio::null());
        command
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}
