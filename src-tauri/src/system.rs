//! What each system's webview must be told beside Tauri, and its removable drives.

#[cfg(target_os = "linux")]
#[path = "system/linux.rs"]
mod own;
#[cfg(windows)]
#[path = "system/windows.rs"]
mod own;

pub(crate) use own::{let_forward, missing_webview, settle};
