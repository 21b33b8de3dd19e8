//! What the desk needs of the computer: dialogs of the system, its file manager and viewer, its
//! removable drives.
//!
//! Dialogs are waited for on the thread of the command, so that the window goes on drawing.

#[cfg(feature = "test-host")]
pub(crate) mod folder;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use commands::desk::{Drive, Host, PickFiles, SavePlace};
use rfd::{AsyncFileDialog, FileHandle};
use sysinfo::{DiskRefreshKind, Disks};
use tauri::async_runtime::block_on;
use tauri::{AppHandle, Manager};

/// The computer with its screen.
#[derive(Default)]
pub(crate) struct Screen(OnceLock<AppHandle>);

impl Screen {
    /// From now on there is a window to show dialogs over.
    pub(crate) fn is(&self, app: &AppHandle) {
        // Said once, at the start.
        let _ = self.0.set(app.clone());
    }

    /// Over the window if there is one, so that it cannot get lost behind it.
    fn dialog(&self, title: &str) -> AsyncFileDialog {
        let dialog = AsyncFileDialog::new().set_title(title);
        let window = self
            .0
            .get()
            .and_then(|app| app.webview_windows().into_values().next());
        match window {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

impl Host for Screen {
    fn pick_files(&self, ask: &PickFiles) -> Vec<PathBuf> {
        let mut dialog = self.dialog(&ask.title);
        if !ask.endings.is_empty() {
            dialog = dialog.add_filter(&ask.kind, &ask.endings);
        }
        let picked = if ask.many {
            block_on(dialog.pick_files())
        } else {
            block_on(dialog.pick_file()).map(|file| vec![file])
        };
        picked.unwrap_or_default().iter().map(path).collect()
    }

    fn pick_folder(&self, title: &str) -> Option<PathBuf> {
        block_on(self.dialog(title).pick_folder())
            .as_ref()
            .map(path)
    }

    fn save_place(&self, ask: &SavePlace) -> Option<PathBuf> {
        let mut dialog = self
            .dialog(&ask.title)
            .set_file_name(&ask.name)
            .add_filter(&ask.ending, &[&ask.ending]);
        if let Some(folder) = &ask.folder {
            dialog = dialog.set_directory(folder);
        }
        block_on(dialog.save_file()).as_ref().map(path)
    }

    #[cfg(windows)]
    fn show_in_folder(&self, path: &Path) -> io::Result<()> {
        use std::os::windows::process::CommandExt as _;
        if path.is_dir() {
            return self.open_file(path);
        }
        // Explorer reads its command line by rules of its own: the quotes stand after the comma.
        let words = format!("/select,\"{}\"", path.display());
        let mut explorer = std::process::Command::new("explorer.exe");
        explorer.raw_arg(words).spawn().map(drop)
    }

    #[cfg(not(windows))]
    fn show_in_folder(&self, path: &Path) -> io::Result<()> {
        let folder = if path.is_dir() { None } else { path.parent() };
        self.open_file(folder.unwrap_or(path))
    }

    fn open_file(&self, path: &Path) -> io::Result<()> {
        opener::open(path).map_err(|fault| match fault {
            opener::OpenError::Io(fault) => fault,
            other => io::Error::other(other),
        })
    }

    /// In the viewer: the verb `print` of Windows has no program behind it where Edge shows PDFs,
    /// and in the viewer people see first what will be printed.
    fn print_file(&self, path: &Path) -> io::Result<()> {
        self.open_file(path)
    }

    fn drives(&self) -> Vec<Drive> {
        let size = DiskRefreshKind::nothing().with_storage();
        let Ok(disks) = Disks::new_with_refreshed_list_specifics(size) else {
            return Vec::new();
        };
        let removable = disks.iter().filter(|disk| disk.is_removable());
        let drive = |disk: &sysinfo::Disk| Drive {
            name: disk.name().to_string_lossy().into_owned(),
            path: disk.mount_point().to_owned(),
            free: disk.available_space(),
        };
        removable.map(drive).collect()
    }
}

fn path(file: &FileHandle) -> PathBuf {
    file.path().to_owned()
}
