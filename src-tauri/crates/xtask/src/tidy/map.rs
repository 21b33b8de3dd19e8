//! docs/ARCHITECTURE.md stays true: what it names exists, and every crate is named.

use super::Fault;
use super::tree::Tree;

const MAP: &str = "docs/ARCHITECTURE.md";
const LONGEST: usize = 200;

/// Every word in backticks that looks like a path of ours must be one. A path with a placeholder
/// (`<code>`, `*`, `NNNN`, `…`) names a kind of file; its folder must exist.
pub(super) fn named_paths_exist(tree: &Tree) -> Vec<Fault> {
    let text = tree.text(MAP).unwrap_or_default();
    let mut faults = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for word in line
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|word| is_path(word))
        {
            if !exists(tree, word) {
                faults.push(Fault::new(
                    MAP,
                    index + 1,
                    format!("`{word}` is not in the tree"),
                ));
            }
        }
    }
    faults
}

fn exists(tree: &Tree, word: &str) -> bool {
    let fixed = word.split(['<', '*', '…']).next().unwrap_or(word);
    let fixed = fixed.split("NNNN").next().unwrap_or(fixed);
    let path = if fixed == word {
        word
    } else {
        fixed.rsplit_once('/').map_or("", |(folder, _)| folder)
    };
    path.is_empty() || tree.holds(path) || tree.holds(&format!("src-tauri/crates/{path}"))
}

fn is_path(word: &str) -> bool {
    let plain = !word.contains([' ', '(', ':', '=', '|']) && !word.starts_with(['-', '/', '.']);
    let file = [".rs", ".toml", ".md", ".sql", ".py"]
        .iter()
        .any(|ending| word.ends_with(ending));
    plain && (file || word.contains('/'))
}

pub(super) fn every_crate_is_named(tree: &Tree) -> Vec<Fault> {
    let text = tree.text(MAP).unwrap_or_default();
    let folder = "src-tauri/crates/";
    let crates = tree
        .paths()
        .filter_map(|path| path.strip_prefix(folder)?.strip_suffix("/Cargo.toml"));
    crates
        .filter(|name| !text.contains(&format!("`{name}`")) && !text.contains(&format!("`{name}/")))
        .map(|name| Fault::new(MAP, 0, format!("the crate `{name}` is not on the map")))
        .collect()
}

pub(super) fn short_enough(tree: &Tree) -> Vec<Fault> {
    let lines = tree.text(MAP).unwrap_or_default().lines().count();
    let long = (lines >= LONGEST).then(|| {
        Fault::new(
            MAP,
            0,
            format!("{lines} lines; a map has fewer than {LONGEST}"),
        )
    });
    long.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_gone_is_found_and_placeholders_are_not() {
        let map = "`store/src/door.rs` `store/src/gone.rs`\n`assets/forms/<code>.v<n>.toml` `cargo xtask test` `x::y` `src-tauri/crates/store/`\n```\n`not/looked/at.rs`\n```\n";
        let tree = Tree::of(&[
            (MAP, map),
            ("src-tauri/crates/store/src/door.rs", ""),
            ("assets/forms/F-01.v1.toml", ""),
        ]);
        let found = named_paths_exist(&tree);
        assert_eq!(
            found,
            [Fault::new(MAP, 1, "`store/src/gone.rs` is not in the tree")]
        );
    }

    #[test]
    fn a_crate_that_is_not_named_is_found() {
        let tree = Tree::of(&[
            (MAP, "`store` and domain"),
            ("src-tauri/crates/store/Cargo.toml", ""),
            ("src-tauri/crates/domain/Cargo.toml", ""),
        ]);
        assert_eq!(every_crate_is_named(&tree).len(), 1);
    }

    #[test]
    fn a_map_as_long_as_the_land_is_found() {
        assert_eq!(
            short_enough(&Tree::of(&[(MAP, &"a\n".repeat(LONGEST))])).len(),
            1
        );
        assert_eq!(
            short_enough(&Tree::of(&[(MAP, &"a\n".repeat(LONGEST - 1))])),
            []
        );
    }
}
