//! Writes the field ids of every register spec as constants, so that rules code cannot misspell
//! one. Reads the specs line by line: the full parser lives in the crate that is being built.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    let specs = Path::new("../../../assets/registers");
    for watched in ["registers", "lists", "rules", "calendar", "forms"] {
        println!("cargo:rerun-if-changed=../../../assets/{watched}");
    }
    let mut files: Vec<_> = fs::read_dir(specs)
        .expect("assets/registers")
        .map(|e| e.expect("entry").path())
        .collect();
    files.sort();
    let mut out = String::new();
    for file in files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "toml"))
    {
        let register = file
            .file_stem()
            .expect("name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(file).expect("spec");
        writeln!(out, "/// Fields of `{register}`.\npub mod {register} {{").expect("string");
        let mut in_field = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with('[') {
                in_field = line == "[[field]]";
            } else if in_field && let Some(id) = quoted(line, "id = ") {
                let name = id.to_uppercase();
                writeln!(
                    out,
                    "    /// `{id}`\n    pub const {name}: &str = \"{id}\";"
                )
                .expect("string");
            }
        }
        out.push_str("}\n");
    }
    let target = Path::new(&env::var("OUT_DIR").expect("OUT_DIR")).join("field_ids.rs");
    fs::write(target, out).expect("field_ids.rs");
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.strip_prefix('"')?.strip_suffix('"')
}
