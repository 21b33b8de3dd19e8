//! Windows: WebView2 by its own interface, for what Tauri does not pass on.
//!
//! The only file of the tree with `unsafe`: every call of a COM interface is. Each takes what the
//! webview itself handed out on its own thread.
#![expect(unsafe_code, reason = "COM")]

use tauri::webview::PlatformWebview;
use tauri::{AppHandle, Manager, WebviewWindow};
use webview2_com::Microsoft::Web::WebView2::Win32::{
    COREWEBVIEW2_PROCESS_FAILED_KIND, COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED,
    COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED,
    COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_UNRESPONSIVE, ICoreWebView2Settings3,
};
use webview2_com::ProcessFailedEventHandler;
use windows::Win32::UI::WindowsAndMessaging::{ASFW_ANY, AllowSetForegroundWindow};
use windows::core::Interface as _;

use crate::{tell, watch};

/// The oldest runtime that the page runs in: the last for Windows 7, which offices still have.
const OLDEST: u32 = 109;

/// Takes the browser's own keys away and hears of processes that fail.
pub(crate) fn settle(window: &WebviewWindow) {
    let app = window.app_handle().clone();
    let settled = window.with_webview(move |webview| {
        if let Err(fault) = set(&webview, app) {
            tracing::error!(code = fault.code().0, "webview not settled");
        }
    });
    if let Err(fault) = settled {
        tracing::error!(%fault, "webview not reached");
    }
}

fn set(webview: &PlatformWebview, app: AppHandle) -> windows::core::Result<()> {
    // SAFETY: on the webview's thread, with interfaces it owns.
    unsafe {
        let core = webview.controller().CoreWebView2()?;
        let settings: ICoreWebView2Settings3 = core.Settings()?.cast()?;
        settings.SetAreBrowserAcceleratorKeysEnabled(false)?;
        let failed = ProcessFailedEventHandler::create(Box::new(move |_, arguments| {
            let mut kind = COREWEBVIEW2_PROCESS_FAILED_KIND::default();
            if let Some(arguments) = arguments {
                arguments.ProcessFailedKind(&raw mut kind)?;
            }
            failed(&app, kind);
            Ok(())
        }));
        let mut token = 0;
        core.add_ProcessFailed(&failed, &raw mut token)
    }
}

/// A renderer can be loaded again; without the browser's main process only a new start helps. The
/// rest (graphics, audio) comes back by itself.
fn failed(app: &AppHandle, kind: COREWEBVIEW2_PROCESS_FAILED_KIND) {
    match kind {
        COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED => {
            watch::webview_ended(app, "renderer exited");
        }
        COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_UNRESPONSIVE => {
            tracing::warn!("renderer unresponsive");
        }
        COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED => {
            tracing::error!("browser process exited");
            tauri::async_runtime::spawn_blocking(|| tell::tell("shell.webview_ends"));
        }
        other => tracing::warn!(kind = other.0, "webview process failed"),
    }
}

/// The key of what to say when WebView2 is missing or too old.
pub(crate) fn missing_webview() -> Option<&'static str> {
    let Ok(version) = tauri::webview_version() else {
        return Some("shell.webview_missing");
    };
    let major = version.split('.').next().and_then(|m| m.parse().ok());
    (major.unwrap_or(u32::MAX) < OLDEST).then_some("shell.webview_old")
}

/// Lets the first window come forward: only who was started last may allow it.
pub(crate) fn let_forward() {
    // SAFETY: takes a number.
    // Refused, the first window only blinks in the task bar.
    let _ = unsafe { AllowSetForegroundWindow(ASFW_ANY) };
}
