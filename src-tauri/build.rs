//! Permissions from the list of commands, and the resources of the Windows program.
//!
//! Everything is refused that `capabilities/main.json` does not name; naming what is not in
//! `commands.txt` fails here.

use std::fs;
use std::path::Path;

use tauri_build::{AppManifest, Attributes, WindowsAttributes};

/// The list made from the command table.
const LIST: &str = "commands.txt";
/// The window's own, beside the table's.
const OWN: [&str; 1] = ["leave"];
/// The built page.
const DIST: &str = "../ui/dist";

fn main() {
    println!("cargo:rerun-if-changed={LIST}");
    println!("cargo:rerun-if-changed=windows.manifest");
    println!("cargo:rerun-if-changed={DIST}");
    stand_in();
    let list = fs::read_to_string(LIST).expect("BUG: commands.txt is part of the tree");
    // Tauri wants names that live as long as this script does.
    let names = list.lines().map(|name| &*name.to_owned().leak());
    let names: &'static [&'static str] = names.chain(OWN).collect::<Vec<_>>().leak();
    let attributes = Attributes::new()
        .app_manifest(AppManifest::new().commands(names))
        .windows_attributes(
            WindowsAttributes::new().app_manifest(include_str!("windows.manifest")),
        );
    if let Err(fault) = tauri_build::try_build(attributes) {
        panic!("{fault:#}");
    }
}

/// Checks and tests of Rust need no page, but the program embeds one: an empty one where none was
/// built. `cargo xtask` builds the real one first.
fn stand_in() {
    let page = Path::new(DIST).join("index.html");
    if page.exists() {
        return;
    }
    let made = fs::create_dir_all(DIST)
        .and_then(|()| fs::write(page, "<!doctype html><title>npm run build</title>\n"));
    made.expect("ui/dist can be written");
}
