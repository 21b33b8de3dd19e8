//! Where this copy of the program keeps its things: the office, the demo office, its logs.
//!
//! `--data DIR` wins; else a folder `data` beside the program (carried on a stick); else the usual
//! place of the system. What lies in an office folder is the store's, not ours.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folder that makes a copy of the program portable, beside it.
const PORTABLE: &str = "data";
/// By this file an office folder is known.
const POINTER: &str = "current";

/// The places of one copy of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Home {
    root: PathBuf,
    office: PathBuf,
}

impl Home {
    /// Finds the places. `usual` is the system's folder for programs' data; `None` when nothing
    /// is named and the system has none.
    pub(crate) fn find(
        named: Option<PathBuf>,
        program: Option<&Path>,
        usual: Option<PathBuf>,
    ) -> Option<Self> {
        if let Some(named) = named {
            // Whoever names an office itself, as for the command line, means that office.
            if named.join(POINTER).exists() {
                let root = usual.unwrap_or_else(|| named.clone());
                return Some(Self {
                    root,
                    office: named,
                });
            }
            return Some(Self::at(named));
        }
        let portable = program.and_then(Path::parent).map(|p| p.join(PORTABLE));
        portable
            .filter(|folder| folder.is_dir())
            .or(usual)
            .map(Self::at)
    }

    fn at(root: PathBuf) -> Self {
        let office = root.join("office");
        Self { root, office }
    }

    /// Everything that is not the office itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The office that is opened when no other was chosen.
    pub(crate) fn office(&self) -> PathBuf {
        self.office.clone()
    }

    /// The office to look around in.
    pub(crate) fn demo(&self) -> PathBuf {
        self.root.join("demo")
    }

    /// What the desk remembers between starts.
    pub(crate) fn state(&self) -> PathBuf {
        self.root.join("desk.json")
    }

    /// Files on their way to the system's viewer.
    pub(crate) fn outgoing(&self) -> PathBuf {
        self.root.join("outgoing")
    }

    /// What the window remembers between starts.
    pub(crate) fn window(&self) -> PathBuf {
        self.root.join("window.json")
    }

    /// Logs.
    pub(crate) fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// The webview's own files.
    pub(crate) fn webview(&self) -> PathBuf {
        self.root.join("webview")
    }
}

/// The folder after `--data`. Anything else on the command line is not ours and passed over: a
/// window has nobody to tell of wrong use.
pub(crate) fn named(arguments: impl IntoIterator<Item = OsString>) -> Option<PathBuf> {
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if argument == "--data" {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(folder) = argument.to_str().and_then(|a| a.strip_prefix("--data=")) {
            return Some(PathBuf::from(folder));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_named_folder_wins_over_a_portable_one_and_that_over_the_usual() {
        let place = tempfile::tempdir().unwrap();
        let program = place.path().join("taizhang.exe");
        let usual = || Some(PathBuf::from("usual"));
        let office = |home: Option<Home>| home.map(|h| h.office());

        let found = Home::find(None, Some(&program), usual());
        assert_eq!(office(found), Some(PathBuf::from("usual/office")));

        fs::create_dir(place.path().join("data")).unwrap();
        let found = Home::find(None, Some(&program), usual());
        assert_eq!(office(found), Some(place.path().join("data/office")));

        let named = Some(PathBuf::from("named"));
        let found = Home::find(named, Some(&program), usual());
        assert_eq!(office(found), Some(PathBuf::from("named/office")));

        assert_eq!(Home::find(None, None, None), None);
    }

    #[test]
    fn a_named_folder_that_is_an_office_is_that_office() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("current"), "office-0001.db").unwrap();
        let named = Some(place.path().to_owned());
        let home = Home::find(named, None, Some(PathBuf::from("usual"))).unwrap();
        assert_eq!(home.office(), place.path());
        assert_eq!(home.logs(), PathBuf::from("usual/logs"));
    }

    #[test]
    fn the_folder_is_read_in_both_spellings_and_other_words_are_passed_over() {
        let of = |words: &[&str]| named(words.iter().map(OsString::from));
        assert_eq!(of(&["--x", "--data", "a b"]), Some(PathBuf::from("a b")));
        assert_eq!(of(&["--data=张三"]), Some(PathBuf::from("张三")));
        assert_eq!(of(&["a.pdf", "--data"]), None);
    }
}
