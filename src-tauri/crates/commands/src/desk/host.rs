//! What only the computer outside can do: dialogs, file manager, printer, drives.
//!
//! Not here: a real one (that is the window) and a scripted one (that is the tests').

use std::io;
use std::path::{Path, PathBuf};

/// A dialog that asks for files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickFiles {
    /// Title of the dialog.
    pub title: String,
    /// What the endings stand for, such as 台账文件.
    pub kind: String,
    /// Endings without the dot; empty for every file.
    pub endings: Vec<String>,
    /// More than one may be chosen.
    pub many: bool,
}

/// A dialog that asks where to write a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavePlace {
    /// Title of the dialog.
    pub title: String,
    /// The name that is offered.
    pub name: String,
    /// Its ending without the dot.
    pub ending: String,
    /// Where the dialog begins; missing means where the system likes.
    pub folder: Option<PathBuf>,
}

/// A removable drive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drive {
    /// Its name as the person knows it.
    pub name: String,
    /// Its root.
    pub path: PathBuf,
    /// Bytes that are free.
    pub free: u64,
}

/// The computer outside. Calls may take as long as a person thinks; none is made while the office
/// is held.
pub trait Host: Send + Sync {
    /// Asks for files; empty when the person cancelled.
    fn pick_files(&self, ask: &PickFiles) -> Vec<PathBuf>;
    /// Asks for a folder.
    fn pick_folder(&self, title: &str) -> Option<PathBuf>;
    /// Asks where to write. Whether an existing file may be replaced is asked by the dialog.
    fn save_place(&self, ask: &SavePlace) -> Option<PathBuf>;
    /// Opens the folder of a file with the file marked, or the folder itself.
    ///
    /// # Errors
    /// When the system has no file manager.
    fn show_in_folder(&self, path: &Path) -> io::Result<()>;
    /// Opens a file with the program that the system has for it.
    ///
    /// # Errors
    /// When there is none.
    fn open_file(&self, path: &Path) -> io::Result<()>;
    /// Prints a file by the system's viewer, or opens it there.
    ///
    /// # Errors
    /// When there is none.
    fn print_file(&self, path: &Path) -> io::Result<()>;
    /// The removable drives.
    fn drives(&self) -> Vec<Drive>;
}
