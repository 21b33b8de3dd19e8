//! A host that answers from queues and notes what it was asked. A dialog without an answer was
//! cancelled.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use commands::desk::{Drive, Host, PickFiles, SavePlace};
use serde_json::{Value as Json, json};

#[derive(Default)]
struct Script {
    files: VecDeque<Vec<PathBuf>>,
    folders: VecDeque<PathBuf>,
    places: VecDeque<PathBuf>,
    drives: Vec<Drive>,
    refuses: bool,
    log: Vec<Json>,
}

/// The scripted host.
#[derive(Default)]
pub struct ScriptedHost(Mutex<Script>);

impl ScriptedHost {
    fn with<T>(&self, act: impl FnOnce(&mut Script) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The next dialog for files is answered with these.
    pub fn will_pick(&self, files: &[&Path]) {
        let files = files.iter().map(|p| (*p).to_owned()).collect();
        self.with(|s| s.files.push_back(files));
    }

    /// The next dialog for a folder is answered with this one.
    pub fn will_choose(&self, folder: &Path) {
        self.with(|s| s.folders.push_back(folder.to_owned()));
    }

    /// The next dialog for a place is answered with this one.
    pub fn will_save(&self, place: &Path) {
        self.with(|s| s.places.push_back(place.to_owned()));
    }

    /// The system has no program for anything from now on, or has them again.
    pub fn refuses(&self, refuses: bool) {
        self.with(|s| s.refuses = refuses);
    }

    /// These drives are there.
    pub fn has_drives(&self, drives: Vec<Drive>) {
        self.with(|s| s.drives = drives);
    }

    /// Queues answers as they come over HTTP: `pick_files`, `pick_folder`, `save_place`.
    pub fn script(&self, answers: &Json) {
        let path = |value: &Json| value.as_str().map(PathBuf::from);
        if let Some(files) = answers["pick_files"].as_array() {
            let files = files.iter().filter_map(path).collect();
            self.with(|s| s.files.push_back(files));
        }
        if let Some(folder) = path(&answers["pick_folder"]) {
            self.will_choose(&folder);
        }
        if let Some(place) = path(&answers["save_place"]) {
            self.will_save(&place);
        }
        if let Some(refuses) = answers["refuses"].as_bool() {
            self.refuses(refuses);
        }
    }

    /// What it was asked, in order.
    #[must_use]
    pub fn log(&self) -> Vec<Json> {
        self.with(|s| s.log.clone())
    }

    fn act(&self, what: &str, path: &Path) -> io::Result<()> {
        self.with(|s| {
            s.log.push(json!({ what: path.display().to_string() }));
            if s.refuses {
                Err(io::ErrorKind::NotFound.into())
            } else {
                Ok(())
            }
        })
    }
}

impl Host for ScriptedHost {
    fn pick_files(&self, ask: &PickFiles) -> Vec<PathBuf> {
        self.with(|s| {
            s.log.push(json!({ "pick_files": ask.title }));
            s.files.pop_front().unwrap_or_default()
        })
    }

    fn pick_folder(&self, title: &str) -> Option<PathBuf> {
        self.with(|s| {
            s.log.push(json!({ "pick_folder": title }));
            s.folders.pop_front()
        })
    }

    fn save_place(&self, ask: &SavePlace) -> Option<PathBuf> {
        self.with(|s| {
            let mut asked = json!({ "save_place": ask.name });
            if let Some(folder) = &ask.folder {
                asked["folder"] = json!(folder);
            }
            s.log.push(asked);
            s.places.pop_front()
        })
    }

    fn show_in_folder(&self, path: &Path) -> io::Result<()> {
        self.act("show_in_folder", path)
    }

    fn open_file(&self, path: &Path) -> io::Result<()> {
        self.act("open_file", path)
    }

    fn print_file(&self, path: &Path) -> io::Result<()> {
        self.act("print_file", path)
    }

    fn drives(&self) -> Vec<Drive> {
        self.with(|s| s.drives.clone())
    }
}
