//! The direction of dependencies between our crates, and that versions and lints stand in the root
//! `Cargo.toml` only.

use toml::{Table, Value};

use super::Fault;
use super::tree::Tree;

/// Who may depend on whom. `tests` may depend on any; `xtask` on none, so that it starts at once.
const EDGES: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("print", &["domain"]),
    ("exchange", &["domain"]),
    ("archive", &["domain"]),
    (
        "commands",
        &["domain", "store", "print", "exchange", "archive"],
    ),
    ("cli", &["commands"]),
    ("taizhang", &["commands"]),
    ("xtask", &[]),
    (
        "tests",
        &[
            "domain", "store", "print", "exchange", "archive", "commands", "cli",
        ],
    ),
];

const SECTIONS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Every member's manifest, with the package's name.
fn members(tree: &Tree) -> Vec<(&str, String, Table)> {
    tree.texts("", "Cargo.toml")
        .filter_map(|(path, text)| {
            let manifest: Table = text.parse().ok()?;
            let name = manifest.get("package")?.get("name")?.as_str()?.to_owned();
            Some((path, name, manifest))
        })
        .collect()
}

fn dependencies(manifest: &Table) -> impl Iterator<Item = (&String, &Value)> {
    let tables = SECTIONS
        .iter()
        .filter_map(|section| manifest.get(*section)?.as_table());
    tables.flatten()
}

pub(super) fn edges(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, name, manifest) in members(tree) {
        let Some((_, allowed)) = EDGES.iter().find(|(from, _)| *from == name) else {
            faults.push(Fault::new(
                path,
                0,
                format!("crate `{name}` has no place among the allowed edges"),
            ));
            continue;
        };
        for (other, _) in dependencies(&manifest) {
            let ours = EDGES.iter().any(|(ours, _)| ours == other);
            if ours && !allowed.contains(&other.as_str()) {
                faults.push(Fault::new(
                    path,
                    0,
                    format!("`{name}` must not know `{other}`"),
                ));
            }
        }
    }
    faults
}

pub(super) fn versions_and_lints_in_one_place(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let inherits = |value: Option<&Value>| {
        value
            .and_then(|table| table.get("workspace"))
            .and_then(Value::as_bool)
            == Some(true)
    };
    for (path, _, manifest) in members(tree) {
        if !inherits(manifest.get("lints")) {
            faults.push(Fault::new(path, 0, "lints are not the workspace's"));
        }
        for (other, value) in dependencies(&manifest) {
            if !inherits(Some(value)) {
                faults.push(Fault::new(
                    path,
                    0,
                    format!("the version of `{other}` belongs in the root Cargo.toml"),
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(name: &str, rest: &str) -> String {
        format!("[package]\nname = \"{name}\"\n[lints]\nworkspace = true\n{rest}")
    }

    #[test]
    fn an_edge_against_the_direction_is_found_in_every_section() {
        for section in SECTIONS {
            let bad = manifest("store", &format!("[{section}]\nprint.workspace = true\n"));
            let found = edges(&Tree::of(&[("src-tauri/crates/store/Cargo.toml", &bad)]));
            assert_eq!(found.len(), 1, "{section}: {found:?}");
        }
        let good = manifest(
            "store",
            "[dependencies]\ndomain.workspace = true\nserde.workspace = true\n",
        );
        assert_eq!(
            edges(&Tree::of(&[("src-tauri/crates/store/Cargo.toml", &good)])),
            []
        );
    }

    #[test]
    fn an_unknown_crate_is_found() {
        let found = edges(&Tree::of(&[(
            "src-tauri/crates/util/Cargo.toml",
            &manifest("util", ""),
        )]));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_version_of_its_own_and_missing_lints_are_found() {
        let bad = "[package]\nname = \"store\"\n[dependencies]\nserde = \"1\"\n";
        let found = versions_and_lints_in_one_place(&Tree::of(&[("a/Cargo.toml", bad)]));
        assert_eq!(found.len(), 2, "{found:?}");
        let good = manifest("store", "[dependencies]\nserde.workspace = true\n");
        assert_eq!(
            versions_and_lints_in_one_place(&Tree::of(&[("a/Cargo.toml", &good)])),
            []
        );
    }
}
