//! What the page and the window take from the command tables is what is committed.

use std::fs;
use std::path::Path;

use commands::bindings::{Made, made};
use commands::{desk, table};

/// The files that are not as they would be made now.
fn stale(root: &Path, made: &[Made]) -> Vec<&'static str> {
    let differs =
        |m: &&Made| fs::read_to_string(root.join(m.path)).ok().as_deref() != Some(&*m.text);
    made.iter().filter(differs).map(|m| m.path).collect()
}

#[test]
fn the_committed_types_commands_and_permissions_are_those_of_the_tables() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let hint = "run: cargo run -p commands --example bindings";
    assert_eq!(stale(&root, &made()), Vec::<&str>::new(), "{hint}");
    // A line more in a table would be seen.
    let mut other = made();
    for file in &mut other {
        file.text.push_str("one_more\n");
    }
    assert_eq!(stale(&root, &other).len(), other.len());
}

#[test]
fn every_command_has_its_permission_and_its_types() {
    let made = made();
    let text = |ending: &str| {
        let file = made.iter().find(|m| m.path.ends_with(ending));
        file.expect("a file").text.clone()
    };
    let (permissions, commands) = (text("commands.txt"), text("commands.ts"));
    let permitted: Vec<&str> = permissions.lines().collect();
    let names = [table::NAMES, desk::NAMES, desk::BYTES].concat();
    assert_eq!(permitted, names);
    for name in names {
        assert!(
            commands.contains(&format!("    {name}: {{ ask: ")),
            "{name}"
        );
    }
    for name in [table::WRITES, desk::WRITES].concat() {
        assert!(commands.contains(&format!("    '{name}',")), "{name}");
    }
}
