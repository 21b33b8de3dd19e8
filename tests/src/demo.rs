//! The demo office, made once by the command line for all tests of a process and copied for each.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::cli::Cli;

/// Complaints of the demo that the tests look at: every route once and every state under way.
const COMPLAINTS: &str = "32";

/// The demo office, closed, and what the program said when it made it.
pub struct Demo {
    /// The folder; not to be written to.
    pub dir: PathBuf,
    /// The answer of `demo --json`.
    pub answer: Json,
}

/// The demo office of this process.
#[must_use]
pub fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let home = shelf().join(std::process::id().to_string());
        fs::create_dir_all(&home).expect("a folder for the demo");
        let dir = home.join("office");
        let cli = Cli::on(&dir);
        cli.must(&["init", "--office", "某工程项目部", "--code", "XX"]);
        let answer = cli.json(&["demo", "--complaints", COMPLAINTS]);
        Demo { dir, answer }
    })
}

/// A copy of the demo office that a test may spoil.
#[must_use]
pub fn copy() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let dir = home.path().join("office");
    copy_folder(&demo().dir, &dir);
    (home, dir)
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    for entry in fs::read_dir(from).expect("a folder is read") {
        let entry = entry.expect("an entry is read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}

/// Where demo offices of test processes lie. A process cannot clear up after its last test, so the
/// next one takes away those whose process is gone.
fn shelf() -> PathBuf {
    let own = std::env::current_exe().expect("a test program has a place");
    let shelf = own.with_file_name("demo-offices");
    for entry in fs::read_dir(&shelf).into_iter().flatten().flatten() {
        let process = Path::new("/proc").join(entry.file_name());
        if Path::new("/proc/self").exists() && !process.exists() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    shelf
}
