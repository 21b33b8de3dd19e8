//! The window: where it stands, what its page may reach, and what reaches the page.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use commands::desk::Desk;
use tauri::utils::config::Color;
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{
    App, AppHandle, DragDropEvent, Emitter, Manager, Monitor, PhysicalPosition, PhysicalSize, Url,
    WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::bounds::{self, Bounds, Rect, Screen};
use crate::home::Home;
use crate::{close, system, tell};

/// The one window, as the capability names it.
const LABEL: &str = "main";
/// The ground of the page, so that nothing flashes while the webview comes up.
const DESK: Color = Color(0xF5, 0xF6, 0xF8, 0xFF);
/// Heard by the page: files that were dropped on it, by their tokens.
const DROPPED: &str = "dropped";
/// Heard by the page: the program was started once more.
const KNOCKED: &str = "knocked";

/// Makes the window.
///
/// # Errors
/// When the system cannot open one, or has no webview.
pub(crate) fn open(app: &App, home: &Home, desk: &Arc<Desk>) -> tauri::Result<()> {
    let bounds = bounds::opening(bounds::read(&home.window()), &screens(app));
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title(tell::title(None))
        .background_color(DESK)
        .min_inner_size(bounds::LEAST.0, bounds::LEAST.1)
        .inner_size(bounds::LEAST.0, bounds::LEAST.1)
        .visible(false)
        .data_directory(home.webview())
        .general_autofill_enabled(false)
        .devtools(cfg!(debug_assertions))
        .initialization_script(include_str!("page.js"))
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    if let Some(bounds) = bounds {
        place(&window, &bounds)?;
    }
    window.show()?;
    system::settle(&window);
    let (own, desk, file) = (window.clone(), Arc::clone(desk), home.window());
    window.on_window_event(move |event| heard(&own, &desk, &file, event));
    Ok(())
}

/// Pages of the program itself, and no other place.
fn is_ours(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http", Some("tauri.localhost"))
    )
}

fn heard(window: &WebviewWindow, desk: &Arc<Desk>, file: &Path, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            if let Some(bounds) = standing(window) {
                bounds::write(file, &bounds);
            }
            close::ask(window);
        }
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            dropped(window.app_handle(), desk, paths.clone());
        }
        _ => {}
    }
}

/// Hands dropped files to the desk and their tokens to the page.
pub(crate) fn dropped(app: &AppHandle, desk: &Arc<Desk>, paths: Vec<PathBuf>) {
    let (app, desk) = (app.clone(), Arc::clone(desk));
    tauri::async_runtime::spawn_blocking(move || {
        let files = desk.take_drop(paths);
        if let Err(fault) = app.emit(DROPPED, files) {
            tracing::error!(%fault, "drop not told");
        }
    });
}

/// Shows whose office is open.
pub(crate) fn set_title(app: &AppHandle, office: Option<&str>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.set_title(&tell::title(office));
    }
}

/// Loads the page again.
pub(crate) fn reload(app: &AppHandle) {
    if let Some(Err(fault)) = app.get_webview_window(LABEL).map(|w| w.reload()) {
        tracing::error!(%fault, "page not loaded again");
    }
}

/// Presses the cross.
#[cfg(feature = "test-host")]
pub(crate) fn close(app: &AppHandle) {
    if let Some(Err(fault)) = app.get_webview_window(LABEL).map(|w| w.close()) {
        tracing::error!(%fault, "window not closed");
    }
}

/// Brings the window before the others, because the program was started once more.
pub(crate) fn come_forward(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    let forward = window
        .unminimize()
        .and_then(|()| window.show())
        .and_then(|()| window.set_focus())
        .and_then(|()| window.emit(KNOCKED, ()));
    if let Err(fault) = forward {
        tracing::warn!(%fault, "window not brought forward");
    }
}

fn screens(app: &App) -> Vec<Screen> {
    let mut monitors = app.available_monitors().unwrap_or_default();
    if let Ok(Some(first)) = app.primary_monitor() {
        monitors.sort_by_key(|monitor| monitor.position() != first.position());
    }
    monitors.iter().map(screen).collect()
}

fn screen(monitor: &Monitor) -> Screen {
    let area = monitor.work_area();
    Screen {
        area: rect(area.position, area.size),
        scale: monitor.scale_factor(),
    }
}

fn rect(position: PhysicalPosition<i32>, size: PhysicalSize<u32>) -> Rect {
    Rect {
        x: f64::from(position.x),
        y: f64::from(position.y),
        width: f64::from(size.width),
        height: f64::from(size.height),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a screen"
)]
fn place(window: &WebviewWindow, bounds: &Bounds) -> tauri::Result<()> {
    let Rect {
        x,
        y,
        width,
        height,
    } = bounds.rect;
    window.set_position(PhysicalPosition::new(x as i32, y as i32))?;
    window.set_size(PhysicalSize::new(width as u32, height as u32))?;
    if bounds.maximized {
        window.maximize()?;
    }
    Ok(())
}

/// Where the window stands now. A minimized window has no place; of a maximized one only that it
/// is so is worth keeping, its former size is the system's own.
fn standing(window: &WebviewWindow) -> Option<Bounds> {
    if window.is_minimized().ok()? {
        return None;
    }
    Some(Bounds {
        rect: rect(window.outer_position().ok()?, window.inner_size().ok()?),
        maximized: window.is_maximized().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_programs_own_pages_are_gone_to() {
        let ours = |url: &str| is_ours(&url.parse().unwrap());
        assert!(ours("tauri://localhost/index.html"));
        assert!(ours("http://tauri.localhost/"));
        for other in [
            "https://example.com/",
            "http://tauri.localhost.example.com/",
            "http://127.0.0.1:8080/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!ours(other), "{other}");
        }
    }
}
