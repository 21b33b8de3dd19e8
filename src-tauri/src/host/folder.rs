//! In tests dialogs answer from a folder, because nobody can press their buttons: a file named
//! after the dialog holds the paths, one a line, and is used once. `asked` notes what was asked
//! for and told; paths in `drop` fall on the window, and `close` presses its cross.
//!
//! Only with the feature `test-host`, which the product is never built with.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use commands::desk::{Desk, Drive, Host, PickFiles, SavePlace};
use tauri::AppHandle;

use crate::frame;

/// Names the folder; without it dialogs are the system's.
const FOLDER: &str = "TAIZHANG_TEST_HOST";

/// A computer that answers from a folder.
#[derive(Debug, Clone)]
pub(crate) struct Scripted(PathBuf);

impl Scripted {
    /// The folder of this test, if it is one.
    pub(crate) fn named() -> Option<Self> {
        std::env::var_os(FOLDER).map(|folder| Self(folder.into()))
    }

    /// Adds a line to what was asked for.
    pub(crate) fn note(&self, line: &str) {
        let file = self.0.join("asked");
        let file = File::options().create(true).append(true).open(file);
        // A test reads it; without it the test fails.
        let _ = file.and_then(|mut file| writeln!(file, "{line}"));
    }

    fn noted(&self, line: &str) -> io::Result<()> {
        self.note(line);
        Ok(())
    }

    fn taken(&self, name: &str) -> Vec<PathBuf> {
        let file = self.0.join(name);
        let Ok(text) = fs::read_to_string(&file) else {
            return Vec::new();
        };
        let _ = fs::remove_file(&file);
        text.lines().map(PathBuf::from).collect()
    }

    /// Does to the window what the test wants done to it.
    pub(crate) fn hear(self, app: &AppHandle, desk: &Arc<Desk>) {
        let (app, desk) = (app.clone(), Arc::clone(desk));
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_millis(100));
                let paths = self.taken("drop");
                if !paths.is_empty() {
                    frame::dropped(&app, &desk, paths);
                }
                if !self.taken("close").is_empty() {
                    frame::close(&app);
                }
            }
        });
    }
}

impl Host for Scripted {
    fn pick_files(&self, ask: &PickFiles) -> Vec<PathBuf> {
        self.note(&format!("pick_files {}", ask.title));
        self.taken("pick_files")
    }

    fn pick_folder(&self, title: &str) -> Option<PathBuf> {
        self.note(&format!("pick_folder {title}"));
        self.taken("pick_folder").pop()
    }

    fn save_place(&self, ask: &SavePlace) -> Option<PathBuf> {
        self.note(&format!("save_place {}", ask.name));
        self.taken("save_place").pop()
    }

    fn show_in_folder(&self, path: &Path) -> io::Result<()> {
        self.noted(&format!("show_in_folder {}", path.display()))
    }

    fn open_file(&self, path: &Path) -> io::Result<()> {
        self.noted(&format!("open_file {}", path.display()))
    }

    fn print_file(&self, path: &Path) -> io::Result<()> {
        self.noted(&format!("print_file {}", path.display()))
    }

    fn drives(&self) -> Vec<Drive> {
        Vec::new()
    }
}
