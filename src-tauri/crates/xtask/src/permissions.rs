//! What the window's page may ask: the capability file, from the list of commands.

use std::fs;

use anyhow::{Context, Result};
use serde_json::json;

use crate::shell;

/// The list that `cargo run -p commands --example bindings` makes from the command table.
pub(crate) const LIST: &str = "src-tauri/commands.txt";
/// What the page may ask.
pub(crate) const CAPABILITY: &str = "src-tauri/capabilities/main.json";

/// Beside the commands: hearing of dropped files and of the end, and saying that it may go.
const OWN: [&str; 3] = [
    "core:event:allow-listen",
    "core:event:allow-unlisten",
    "allow-leave",
];

/// The capability that grants exactly the commands of `list`.
pub(crate) fn granting(list: &str) -> String {
    let own = OWN.iter().map(|name| (*name).to_owned());
    let commands = list
        .lines()
        .map(|name| format!("allow-{}", name.replace('_', "-")));
    let capability = json!({
        "description": "The one window: every command by its name, and nothing else. Made by `cargo xtask permissions`.",
        "identifier": "main",
        "permissions": own.chain(commands).collect::<Vec<_>>(),
        "windows": ["main"],
    });
    format!("{capability:#}\n")
}

/// Writes the capability anew.
pub(crate) fn run() -> Result<()> {
    let root = shell::root();
    let list = fs::read_to_string(root.join(LIST)).context(LIST)?;
    fs::write(root.join(CAPABILITY), granting(&list)).context(CAPABILITY)?;
    println!("{CAPABILITY}: {} commands", list.lines().count());
    Ok(())
}
