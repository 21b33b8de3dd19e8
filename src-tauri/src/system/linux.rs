//! Debian and its kin: where the program is built and tested.

use tauri::{Manager, WebviewWindow};
use webkit2gtk::WebViewExt;

use crate::watch;

/// Hears of a webview process that ends.
pub(crate) fn settle(window: &WebviewWindow) {
    let app = window.app_handle().clone();
    let settled = window.with_webview(move |webview| {
        webview
            .inner()
            .connect_web_process_terminated(move |_, reason| {
                watch::webview_ended(&app, &format!("{reason:?}"));
            });
    });
    if let Err(fault) = settled {
        tracing::error!(%fault, "endings of the webview are not heard");
    }
}

/// The webview comes with the program's package.
pub(crate) fn missing_webview() -> Option<&'static str> {
    None
}

/// The window manager decides who comes forward.
pub(crate) fn let_forward() {}
