//! What the page asks: one handler over the whole table. A command is known to the desk alone;
//! nothing here names one but those whose answer the window itself shows.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use commands::CommandError;
use commands::desk::{self, Desk};
use serde_json::Value as Json;
use tauri::ipc::{Invoke, InvokeBody, InvokeMessage, InvokeResolver, Response};
use tauri::{Manager, Wry};

use crate::{close, frame, watch};

/// Said by the page when it has kept its drafts, or could not (`kept`); not the desk's, because it
/// is about the window.
pub(crate) const LEAVE: &str = "leave";

/// Questions that are being answered, so that the end can wait for them.
#[derive(Default)]
pub(crate) struct UnderWay {
    count: AtomicUsize,
    none: (Mutex<()>, Condvar),
}

impl UnderWay {
    fn begin(self: &Arc<Self>) -> Step {
        self.count.fetch_add(1, Ordering::SeqCst);
        Step(Arc::clone(self))
    }

    /// Waits until nothing is under way, or as long as `patience`.
    pub(crate) fn wait(&self, patience: Duration) {
        let (guard, none) = &self.none;
        let guard = guard.lock().unwrap_or_else(PoisonError::into_inner);
        let busy = |(): &mut ()| self.count.load(Ordering::SeqCst) > 0;
        drop(none.wait_timeout_while(guard, patience, busy));
    }
}

/// One question under way.
struct Step(Arc<UnderWay>);

impl Drop for Step {
    fn drop(&mut self) {
        self.0.count.fetch_sub(1, Ordering::SeqCst);
        let (guard, none) = &self.0.none;
        drop(guard.lock().unwrap_or_else(PoisonError::into_inner));
        none.notify_all();
    }
}

/// The handler that the window is built with. What the capability does not name never comes here.
pub(crate) fn handler(desk: Arc<Desk>, under_way: Arc<UnderWay>) -> impl Fn(Invoke<Wry>) -> bool {
    move |invoke| {
        let Invoke {
            message, resolver, ..
        } = invoke;
        if message.command() == LEAVE {
            resolver.resolve(());
            let kept = said(&message, "kept").and_then(Json::as_bool);
            let leaving = message.webview_ref().state::<close::Leaving>();
            leaving.page_has(kept.unwrap_or(false));
            return true;
        }
        let desk = Arc::clone(&desk);
        let step = under_way.begin();
        // The thread of the window only draws: a command waits for the disk, a dialog for a person.
        tauri::async_runtime::spawn_blocking(move || {
            let name = message.command().to_owned();
            let begun = Instant::now();
            if desk::BYTES.contains(&name.as_str()) {
                told(
                    resolver,
                    desk.bytes(&name, question(&message)).map(Response::new),
                );
            } else {
                let answer = desk.call(&name, question(&message));
                if let Ok(answer) = &answer {
                    shown(&message, answer);
                }
                told(resolver, answer);
            }
            tracing::debug!(name, ms = begun.elapsed().as_millis(), "answered");
            drop(step);
        });
        true
    }
}

/// The request inside the message; nothing asked is an empty request.
fn question(message: &InvokeMessage<Wry>) -> Json {
    let empty = || Json::Object(serde_json::Map::default());
    said(message, "ask").cloned().unwrap_or_else(empty)
}

fn said<'a>(message: &'a InvokeMessage<Wry>, name: &str) -> Option<&'a Json> {
    match message.payload() {
        InvokeBody::Json(body) => body.get(name),
        InvokeBody::Raw(_) => None,
    }
}

fn told<T: tauri::ipc::IpcResponse>(
    resolver: InvokeResolver<Wry>,
    answer: Result<T, CommandError>,
) {
    match answer {
        Ok(answer) => resolver.resolve(answer),
        Err(fault) => resolver.reject(fault),
    }
}

/// What of a status concerns the window: that the page lives, and whose office is open.
fn shown(message: &InvokeMessage<Wry>, answer: &Json) {
    // Every command that opens or leaves an office answers so, and no other.
    if answer.get("can_found").is_none() {
        return;
    }
    let webview = message.webview_ref();
    webview.state::<watch::Watch>().page_lives();
    let office = answer.pointer("/office/name").and_then(Json::as_str);
    frame::set_title(webview.app_handle(), office);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use commands::desk;
    use commands::table;

    #[test]
    fn what_may_be_asked_is_what_is_answered() {
        let list: BTreeSet<&str> = include_str!("../commands.txt").lines().collect();
        let answered: BTreeSet<&str> = [table::NAMES, desk::NAMES, desk::BYTES]
            .concat()
            .into_iter()
            .collect();
        assert_eq!(list, answered);
        assert!(!answered.contains(super::LEAVE));
    }
}
