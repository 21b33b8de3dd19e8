//! Names for files outside: a page never learns a path and cannot make one up. A token is known in
//! the session that gave it and nowhere else.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::At;
use crate::error::{CommandError, Outcome};
use crate::table::Nothing;

/// Files that are remembered; the oldest are forgotten.
const REMEMBERED: usize = 4_096;

/// A file that was picked or dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct PickedFile {
    /// By this name it is asked for.
    pub token: String,
    /// Its name as the person knows it.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// Rows in it, for a list.
    pub rows: Option<u64>,
    /// By this name its folder is opened.
    pub token: String,
}

/// Names a file.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct TokenRef {
    /// The token.
    pub token: String,
}

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// To be read.
    Read,
    /// To be shown in its folder.
    Show,
}

/// The files that this session knows.
#[derive(Default)]
pub(super) struct Tokens(Mutex<VecDeque<(String, PathBuf, Use)>>);

impl Tokens {
    fn give(&self, path: &Path, usage: Use) -> Outcome<String> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(CommandError::internal)?;
        let token: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.push_back((token.clone(), path.to_owned(), usage));
        if known.len() > REMEMBERED {
            known.pop_front();
        }
        Ok(token)
    }

    /// A file that may be read by its token.
    pub(super) fn pick(&self, path: &Path) -> Outcome<PickedFile> {
        let size = std::fs::metadata(path)
            .map_err(|fault| crate::files::io(path, &fault))?
            .len();
        Ok(PickedFile {
            token: self.give(path, Use::Read)?,
            name: name_of(path),
            size,
        })
    }

    /// A file that was written.
    pub(super) fn saved(&self, path: &Path, rows: Option<u64>) -> Outcome<Saved> {
        Ok(Saved {
            name: name_of(path),
            rows,
            token: self.give(path, Use::Show)?,
        })
    }

    /// The file of a token.
    pub(super) fn path(&self, token: &str, usage: Use) -> Outcome<PathBuf> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .iter()
            .find(|(name, _, given)| name == token && *given == usage)
            .map(|(_, path, _)| path.clone())
            .ok_or_else(|| CommandError::refused("unknown_token", []))
    }

    /// Forgets all.
    pub(super) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

/// The last part of a path, for people.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Opens the folder of a file that was written.
pub(super) fn show_saved(at: &At<'_>, ask: &TokenRef) -> Outcome<Nothing> {
    let path = at.desk.tokens.path(&ask.token, Use::Show)?;
    let shown = at.desk.host.show_in_folder(&path);
    shown.map_err(|fault| crate::files::io(&path, &fault))?;
    Ok(Nothing {})
}
