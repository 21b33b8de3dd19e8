//! Crates from outside that only one place may name, so that replacing one stays a day's work.

use super::Fault;
use super::tree::Tree;

/// The crate, and where it may be named: the beginning of a path.
const WALLS: &[(&str, &[&str])] = &[
    ("printpdf", &["src-tauri/crates/print/src/emit"]),
    (
        "lopdf",
        &[
            "src-tauri/crates/print/src/finish",
            "src-tauri/crates/print/src/stamp",
        ],
    ),
    ("rusqlite", &["src-tauri/crates/store/", "tests/"]),
    ("calamine", &["src-tauri/crates/exchange/"]),
    ("rust_xlsxwriter", &["src-tauri/crates/exchange/"]),
    (
        "tauri",
        &[
            "src-tauri/src/",
            "src-tauri/examples/",
            "src-tauri/build.rs",
        ],
    ),
    ("rfd", &["src-tauri/src/"]),
    ("clap", &["src-tauri/crates/cli/"]),
];

pub(super) fn outside_crates_stay_behind_their_wall(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for source in tree.sources("") {
        for (name, places) in WALLS {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            let uses = [
                format!("{name}::"),
                format!("use {name}"),
                format!("extern crate {name}"),
            ];
            let mut lines: Vec<usize> = uses
                .iter()
                .flat_map(|text| source.lines_with(text))
                .collect();
            lines.sort_unstable();
            lines.dedup();
            let fault = |line| {
                Fault::new(
                    source.path,
                    line,
                    format!("`{name}` belongs to {} only", places.join(", ")),
                )
            };
            faults.extend(lines.into_iter().map(fault));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_outside_its_place_is_found() {
        for text in [
            "use printpdf::PdfDocument;",
            "fn a(b: printpdf::Mm) {}",
            "use printpdf as p;",
        ] {
            let tree = Tree::of(&[("src-tauri/crates/print/src/layout.rs", text)]);
            assert_eq!(
                outside_crates_stay_behind_their_wall(&tree).len(),
                1,
                "{text}"
            );
        }
    }

    #[test]
    fn a_use_in_its_place_or_in_a_comment_is_none() {
        let tree = Tree::of(&[
            (
                "src-tauri/crates/print/src/emit/page.rs",
                "use printpdf::Mm;",
            ),
            (
                "src-tauri/crates/print/src/layout.rs",
                "// not printpdf::Mm\nlet a = my_printpdf::x;",
            ),
            ("tests/examples/measure.rs", "use rusqlite::Connection;"),
        ]);
        assert_eq!(outside_crates_stay_behind_their_wall(&tree), []);
    }
}
