//! `run`: from a fresh checkout to printed forms of a demo office and the window on it.
//!
//! Every way to the data is by the program's own command line; nothing of ours is linked here.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{page, setup, shell};

/// What the window is opened on: it finds the office in it.
const HOME: &str = "demo";
const OFFICE: &str = "demo/office";
const FORMS: &str = "demo/forms";
const COMPLAINTS: &str = "120";
/// Whose office it is; as in `assets/demo/office.toml`.
const IDENTITY: &[&str] = &[
    "--office",
    "云岫建设集团有限公司第三工程管理部",
    "--code",
    "YX03",
    "--operator",
    "郁书初",
];

/// A form and the state of the complaint that shows it best.
const PAPERS: [(&str, &str); 3] = [
    ("F-01", "registered"),
    ("F-02", "archived"),
    ("F-40", "archived"),
];

pub(crate) fn run() -> Result<()> {
    setup::for_building()?;
    println!(
        "── building the page, the window and taizhang-cli (the first time takes some minutes)"
    );
    page::build()?;
    let words = ["build", "--locked", "--package=cli", "--package=taizhang"];
    shell::run(&mut shell::cargo(&words))?;
    let office = shell::root().join(OFFICE);
    if office.join("current").exists() {
        println!("── the demo office is there: {OFFICE}");
        // Until the first release a schema is edited in place, so an old demo may not open.
        let list = shell::capture(&mut cli(&["--json", "list", "complaint", "--limit", "1"]));
        list.context("it was made by another version: remove the folder demo and start again")?;
    } else {
        println!("── making a demo office in {OFFICE}");
        fs::create_dir_all(&office).context(OFFICE)?;
        show(&[&["init"], IDENTITY].concat())?;
        show(&["demo", "--complaints", COMPLAINTS])?;
    }
    let forms = shell::root().join(FORMS);
    // Printing is an act that the office remembers, so it is not done again at every start.
    if forms.exists() {
        println!("── its forms are there: {FORMS}");
    } else {
        print_forms(&forms)?;
    }
    println!("\nThe office:   {OFFICE}\nIts forms:    {FORMS}");
    println!(
        "Look around:  {} --data {OFFICE} due",
        shell::built("taizhang-cli").display()
    );
    if !has_screen() {
        println!("\nThere is no screen here, so the window stays closed.");
        return Ok(());
    }
    println!("── opening the window");
    let mut window = Command::new(shell::built("taizhang"));
    shell::run(window.current_dir(shell::root()).args(["--data", HOME]))
}

/// Whether a window can be shown.
fn has_screen() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

fn print_forms(folder: &Path) -> Result<()> {
    println!("── printing into {FORMS}");
    fs::create_dir_all(folder).context(FORMS)?;
    for (form, state) in PAPERS {
        let number = one_in_state(state)?;
        let target = format!("{FORMS}/{form}-{number}.pdf");
        show(&["print", form, "--record", &number, "--out", &target])?;
    }
    show(&["print", "F-26", "--out", &format!("{FORMS}/F-26.pdf")])?;
    let blank = format!("{FORMS}/F-01-blank.pdf");
    show(&["print", "F-01", "--blank", "--out", &blank])
}

/// The number of one complaint in that state, or of any when none is.
fn one_in_state(state: &str) -> Result<String> {
    let filter = format!("state={state}");
    for words in [
        &["list", "complaint", "--where", &filter, "--limit", "1"][..],
        &["list", "complaint", "--limit", "1"],
    ] {
        let answer = shell::capture(&mut cli(&[&["--json"], words].concat()))?;
        let answer: Value = serde_json::from_str(&answer).context("the list of complaints")?;
        if let Some(number) = first_number(&answer) {
            return Ok(number);
        }
    }
    anyhow::bail!("the demo office has no complaint")
}

/// The first `number` anywhere in an answer.
fn first_number(answer: &Value) -> Option<String> {
    match answer {
        Value::Object(map) => match map.get("number").and_then(Value::as_str) {
            Some(number) => Some(number.to_owned()),
            None => map.values().find_map(first_number),
        },
        Value::Array(items) => items.iter().find_map(first_number),
        _ => None,
    }
}

fn show(words: &[&str]) -> Result<()> {
    shell::run(&mut cli(words))
}

fn cli(words: &[&str]) -> Command {
    let mut command = Command::new(shell::built("taizhang-cli"));
    command
        .current_dir(shell::root())
        .args(["--data", OFFICE])
        .args(words);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_found_however_the_answer_is_nested() {
        let answer =
            serde_json::json!({"total": 1, "rows": [{"values": {"number": "TS-2026-0001"}}]});
        assert_eq!(first_number(&answer).as_deref(), Some("TS-2026-0001"));
        assert_eq!(first_number(&serde_json::json!({"rows": []})), None);
    }
}
