//! Decision records: numbered, of one shape, under a page.

use super::Fault;
use super::tree::Tree;

pub(crate) const FOLDER: &str = "docs/decisions";
pub(crate) const SECTIONS: [&str; 4] = [
    "Context",
    "Decision",
    "Consequences",
    "What would make us reconsider",
];
const LONGEST: usize = 60;

pub(crate) fn missing_sections(text: &str) -> Vec<&'static str> {
    let has = |section: &&str| text.lines().any(|line| line == format!("## {section}"));
    SECTIONS
        .iter()
        .filter(|section| !has(section))
        .copied()
        .collect()
}

pub(super) fn shape(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut next = 1;
    for (path, text) in tree.texts(FOLDER, ".md") {
        let name = path.rsplit('/').next().unwrap_or(path);
        if name.starts_with(&format!("{next:04}-")) {
            next += 1;
        } else {
            faults.push(Fault::new(
                path,
                0,
                format!("a decision is named NNNN-slug.md; {next:04} is expected here"),
            ));
        }
        let missing = missing_sections(text).into_iter();
        faults.extend(
            missing.map(|section| {
                Fault::new(path, 0, format!("the section \"{section}\" is missing"))
            }),
        );
        if text.lines().count() > LONGEST {
            faults.push(Fault::new(path, 0, "is longer than a page"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> String {
        SECTIONS.map(|section| format!("## {section}\n")).concat()
    }

    #[test]
    fn a_missing_section_a_gap_and_a_long_one_are_found() {
        let long = whole() + &"word\n".repeat(LONGEST);
        let tree = Tree::of(&[
            ("docs/decisions/0001-a.md", "## Context\n"),
            ("docs/decisions/0003-b.md", &whole()),
            ("docs/decisions/0004-c.md", &long),
        ]);
        assert_eq!(shape(&tree).len(), 3 + 2 + 1, "{:?}", shape(&tree));
    }

    #[test]
    fn a_whole_one_passes() {
        assert_eq!(
            shape(&Tree::of(&[("docs/decisions/0001-a.md", &whole())])),
            []
        );
    }
}
