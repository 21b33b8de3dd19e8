//! `goldens`: the printed forms against the committed ones, or the committed ones written anew.

use anyhow::Result;

use crate::shell;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Compare,
    Update,
}

/// The golden tests write instead of comparing when this says `update`.
const MODE: &str = "TAIZHANG_GOLDENS";

pub(crate) fn run(mode: Mode) -> Result<()> {
    let words = ["test", "--locked", "-p", "print", "--test", "goldens"];
    let mut command = shell::cargo(&words);
    if mode == Mode::Update {
        command.env(MODE, "update");
    }
    shell::run(&mut command)?;
    if mode == Mode::Update {
        println!("written anew; look at each page before committing:");
        shell::run(&mut shell::program(
            "git",
            &["status", "--short", "--", "tests/golden"],
        ))?;
    }
    Ok(())
}
