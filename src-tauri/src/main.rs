//! taizhang: the window. It opens one, hands what its page asks to the desk of `commands`, and
//! does what only a computer with a screen can: dialogs, the file manager, dropped files.
//!
//! Nothing of the trade stands here, and nothing a test could not reach through the same desk.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod ask;
mod bounds;
mod close;
mod frame;
mod home;
mod host;
mod journal;
mod knock;
mod system;
mod tell;
mod watch;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use commands::Surroundings;
use commands::desk::{Desk, Host, Place};
use serde_json::json;
use tauri::{App, RunEvent};

use crate::ask::UnderWay;
use crate::home::Home;
use crate::host::Screen;
#[cfg(feature = "test-host")]
use crate::host::folder::Scripted;
use crate::knock::Door;

/// How long the end waits for what is being written.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let program = std::env::current_exe().ok();
    let usual = commands::system::usual_office_dir();
    let usual = usual.and_then(|office| office.parent().map(std::path::Path::to_path_buf));
    let named = home::named(std::env::args_os().skip(1));
    let Some(home) = Home::find(named, program.as_deref(), usual) else {
        tell::tell("shell.no_home");
        return ExitCode::FAILURE;
    };
    // Should there be a first window, only who was started last may let it come forward.
    system::let_forward();
    let held = match knock::at(home.root()) {
        Ok(Door::Ours(held)) => Some(held),
        Ok(Door::Taken { heard }) => return already_open(heard),
        // A medium that cannot be written can still be looked at.
        Err(_) => None,
    };
    journal::begin(&home.logs());
    catch_panics();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "start");
    if let Some(key) = system::missing_webview() {
        tracing::error!(key, "no webview");
        tell::tell(key);
        return ExitCode::FAILURE;
    }
    match run(&home, held) {
        Ok(code) => code,
        Err(fault) => {
            tracing::error!(%fault, "no window");
            tell::tell("shell.no_window");
            ExitCode::FAILURE
        }
    }
}

/// The second start: the first window has come forward, or does not answer.
fn already_open(heard: bool) -> ExitCode {
    if heard {
        eprintln!("{}", tell::say("shell.already_open"));
        return ExitCode::SUCCESS;
    }
    tell::tell("shell.open_and_silent");
    ExitCode::FAILURE
}

fn run(home: &Home, held: Option<knock::Held>) -> tauri::Result<ExitCode> {
    let screen = Arc::new(Screen::default());
    let place = Place {
        office: home.office(),
        demo: home.demo(),
        state: home.state(),
        outgoing: home.outgoing(),
    };
    let computer: Arc<dyn Host> = Arc::clone(&screen) as _;
    #[cfg(feature = "test-host")]
    let computer = Scripted::named().map_or(computer, |scripted| Arc::new(scripted) as _);
    let desk = Arc::new(Desk::new(place, Surroundings::system(), computer));
    let under_way = Arc::new(UnderWay::default());
    let (own, own_home) = (Arc::clone(&desk), home.clone());
    let app = tauri::Builder::default()
        .manage(watch::Watch::default())
        .manage(close::Leaving::default())
        .invoke_handler(ask::handler(Arc::clone(&desk), Arc::clone(&under_way)))
        .setup(move |app| Ok(begin(app, &own_home, &own, &screen, held)?))
        .build(tauri::generate_context!())?;
    let code = app.run_return(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            // What is being written is finished; then the office is closed as it should be.
            under_way.wait(PATIENCE);
            desk.close();
            tracing::info!("end");
        }
    });
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

fn begin(
    app: &App,
    home: &Home,
    desk: &Arc<Desk>,
    screen: &Screen,
    held: Option<knock::Held>,
) -> tauri::Result<()> {
    screen.is(app.handle());
    // The office opens while the webview comes up.
    let early = Arc::clone(desk);
    tauri::async_runtime::spawn_blocking(move || early.call("status", json!({})));
    frame::open(app, home, desk)?;
    watch::over(app.handle());
    #[cfg(feature = "test-host")]
    if let Some(scripted) = Scripted::named() {
        scripted.hear(app.handle(), desk);
    }
    if let Some(held) = held {
        let handle = app.handle().clone();
        held.listen(move || frame::come_forward(&handle))?;
    }
    Ok(())
}

/// Every panic is noted. One on the thread of the window ends the program, so it is told; one in a
/// command becomes the desk's answer.
fn catch_panics() {
    let main = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        journal::panicked(info);
        if std::thread::current().id() == main {
            tell::tell("shell.panicked");
        }
    }));
}
