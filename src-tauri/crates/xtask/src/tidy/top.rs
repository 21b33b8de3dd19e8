//! The top level is closed: a newcomer sees the whole at one glance.

use std::collections::BTreeSet;

use super::Fault;
use super::tree::Tree;

const ENTRIES: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "src-tauri",
    "ui",
    "assets",
    "tests",
    "docs",
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    "rust-toolchain.toml",
];

pub(super) fn only_prescribed_entries(tree: &Tree) -> Vec<Fault> {
    let tops: BTreeSet<&str> = tree
        .paths()
        .filter_map(|path| path.split('/').next())
        .collect();
    let allowed =
        |top: &str| ENTRIES.contains(&top) || top.starts_with('.') || top.starts_with("LICENSE");
    let strange = tops.into_iter().filter(|top| !allowed(top));
    strange
        .map(|top| Fault::new(top, 0, "does not belong on the top level"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_is_not_prescribed_is_found() {
        let tree = Tree::of(&[
            ("Cargo.toml", ""),
            (".ci/run", ""),
            ("LICENSE", ""),
            ("scripts/a.sh", ""),
            ("notes.md", ""),
        ]);
        let found: Vec<String> = only_prescribed_entries(&tree)
            .into_iter()
            .map(|fault| fault.path)
            .collect();
        assert_eq!(found, ["notes.md", "scripts"]);
    }
}
