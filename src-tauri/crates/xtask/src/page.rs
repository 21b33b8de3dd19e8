//! The page of the window: its packages, its checks, its build, its journeys. All by npm's scripts,
//! so that who works on the page alone needs nothing else.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::shell;

/// Says which lock file the installed packages are those of.
const STAMP: &str = "node_modules/.taizhang";

fn folder() -> PathBuf {
    shell::root().join("ui")
}

/// Calls npm in the folder of the page.
fn npm(words: &[&str]) -> Command {
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = shell::program(name, words);
    command.current_dir(folder());
    command
}

/// Installs the packages as locked, when they are not those.
pub(crate) fn packages() -> Result<()> {
    let lock = fs::read(folder().join("package-lock.json")).context("ui/package-lock.json")?;
    let hash = Sha256::digest(&lock);
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let stamp = folder().join(STAMP);
    if fs::read_to_string(&stamp).is_ok_and(|kept| kept == hash) {
        return Ok(());
    }
    println!("set-up: installing the page's packages into ui/node_modules with npm ci");
    shell::run(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, hash).context(STAMP)
}

/// Builds the page into `ui/dist`, which the program embeds.
pub(crate) fn build() -> Result<()> {
    script("build")
}

/// Runs one of the page's own scripts.
pub(crate) fn script(name: &str) -> Result<()> {
    shell::run(&mut npm(&["run", "--silent", name]))
}
