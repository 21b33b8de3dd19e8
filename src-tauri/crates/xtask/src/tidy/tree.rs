//! The files of the tree as the rules see them: what git knows or would take in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::rust::Source;
use crate::shell;

/// Paths with `/`, from the root, with their text; `None` for files that are not text.
#[derive(Debug, Default)]
pub(super) struct Tree {
    files: BTreeMap<String, Option<String>>,
}

impl Tree {
    /// Reads every file that is committed or new, without what is ignored.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let words = [
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ];
        let listed = shell::capture(shell::program("git", &words).current_dir(root))?;
        let mut files = BTreeMap::new();
        for path in listed.split('\0').filter(|path| !path.is_empty()) {
            // A file removed in the work tree and not yet in a commit is gone.
            let Ok(bytes) = fs::read(root.join(path)) else {
                continue;
            };
            files.insert(
                path.to_owned(),
                String::from_utf8(bytes).ok().filter(|t| !t.contains('\0')),
            );
        }
        Ok(Self { files })
    }

    /// A tree out of thin air, for the tests of the rules.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let owned = |&(path, text): &(&str, &str)| (path.to_owned(), Some(text.to_owned()));
        Self {
            files: files.iter().map(owned).collect(),
        }
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// True for a file and for a folder that holds one.
    pub(super) fn holds(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.contains_key(path)
            || self
                .files
                .range(folder.clone()..)
                .next()
                .is_some_and(|(found, _)| found.starts_with(&folder))
    }

    /// Text files whose path begins and ends so.
    pub(super) fn texts<'a>(
        &'a self,
        start: &'a str,
        end: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(start) && path.ends_with(end))
            .filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// Rust files under `start`, with comments and strings told apart.
    pub(super) fn sources<'a>(&'a self, start: &'a str) -> impl Iterator<Item = Source<'a>> {
        self.texts(start, ".rs")
            .map(|(path, text)| Source::new(path, text))
    }

    /// The names of the registers: file stems in `assets/registers`.
    pub(super) fn registers(&self) -> Vec<&str> {
        let folder = "assets/registers/";
        self.texts(folder, ".toml")
            .filter_map(|(path, _)| path.strip_prefix(folder)?.strip_suffix(".toml"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_when_a_file_in_it_is() {
        let tree = Tree::of(&[("a/b/c.rs", ""), ("a.toml", "")]);
        for path in ["a", "a/", "a/b", "a/b/c.rs", "a.toml"] {
            assert!(tree.holds(path), "{path}");
        }
        for path in ["a/b/c", "a/x", "b"] {
            assert!(!tree.holds(path), "{path}");
        }
    }
}
