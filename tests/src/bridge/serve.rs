//! The server: who asks what, and what is answered.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use commands::desk::{self, Desk, Place};
use commands::system::{RandomIds, SystemClock};
use commands::{CommandError, Outcome, Surroundings};
use domain::time::{Clock, IdSource as _, Moment, parse_moment};
use serde_json::{Value as Json, json};

use super::http::{self, Answer, Question};
use super::page::{self, SCRIPT};
use super::{BridgeClock, ScriptedHost};

/// How long a question for events waits for one.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a bridge is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the desk; its office is `office` in it.
    pub folder: PathBuf,
    /// The built page.
    pub dist: PathBuf,
    /// Where the clock stands; missing means the computer's.
    pub now: Option<Moment>,
    /// 0 for any that is free.
    pub port: u16,
}

/// A desk behind HTTP.
pub struct Bridge {
    desk: Desk,
    host: Arc<ScriptedHost>,
    clock: Arc<BridgeClock>,
    dist: PathBuf,
    token: String,
    listener: TcpListener,
    ended: AtomicBool,
    events: Mutex<Vec<Json>>,
    told: Condvar,
}

impl Bridge {
    /// Starts to listen.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn start(options: &Options) -> io::Result<Arc<Self>> {
        let clock = Arc::new(BridgeClock::default());
        clock.set(options.now);
        let around = Surroundings {
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            ids: Arc::new(RandomIds::default()),
            operator: None,
        };
        let host = Arc::new(ScriptedHost::default());
        let listener = TcpListener::bind(("127.0.0.1", options.port))?;
        Ok(Arc::new(Self {
            desk: Desk::new(
                Place::under(&options.folder),
                around,
                Arc::clone(&host) as Arc<dyn desk::Host>,
            ),
            host,
            clock,
            dist: options.dist.clone(),
            token: random(),
            listener,
            ended: AtomicBool::new(false),
            events: Mutex::default(),
            told: Condvar::new(),
        }))
    }

    /// The line by which others find it.
    #[must_use]
    pub fn line(&self) -> Json {
        let port = self.port();
        let token = &self.token;
        json!({
            "url": format!("http://127.0.0.1:{port}/?token={token}"), "token": token, "port": port,
        })
    }

    fn port(&self) -> u16 {
        self.listener.local_addr().map_or(0, |at| at.port())
    }

    /// Answers until [`Bridge::end`]; each question in its own thread.
    pub fn serve(self: &Arc<Self>) {
        for stream in self.listener.incoming() {
            if self.ended.load(Ordering::Acquire) {
                return;
            }
            let Ok(stream) = stream else { continue };
            let bridge = Arc::clone(self);
            thread::spawn(move || {
                if let Ok(Some(question)) = http::read(&stream) {
                    // Whoever asked may be gone.
                    let _ = http::write(&stream, &bridge.answer(&question));
                }
            });
        }
    }

    /// Closes the office and stops to listen.
    pub fn end(&self) {
        self.desk.close();
        self.ended.store(true, Ordering::Release);
        // Wakes the listener, which then sees that it is over.
        let _ = TcpStream::connect(("127.0.0.1", self.port()));
    }

    fn answer(&self, question: &Question) -> Answer {
        let url = &question.url;
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        if question.get && address == "/bridge.js" {
            return bytes(SCRIPT.as_bytes().to_vec(), "text/javascript; charset=utf-8");
        }
        if question.get && !address.starts_with("/host/") {
            return self.page(address);
        }
        if question.token != self.token {
            return told(403, &json!({ "message": "token" }));
        }
        let body: Json = serde_json::from_str(&question.body).unwrap_or_default();
        self.act(address, query, &body)
    }

    fn act(&self, address: &str, query: &str, body: &Json) -> Answer {
        if let Some(name) = address.strip_prefix("/ipc/") {
            return self.ask(name, &body["ask"]);
        }
        match address {
            "/host/answers" => self.host.script(body),
            "/host/drop" => {
                let paths = body["paths"].as_array().into_iter().flatten();
                let paths = paths.filter_map(Json::as_str).map(PathBuf::from).collect();
                self.tell("dropped", &json!(self.desk.take_drop(paths)));
            }
            "/host/log" => return told(200, &json!(self.host.log())),
            "/host/events" => {
                let after = query.strip_prefix("after=").and_then(|n| n.parse().ok());
                return told(200, &json!(self.events_after(after.unwrap_or(0))));
            }
            "/clock" => match body["now"].as_str().map(parse_moment) {
                Some(None) => return told(400, &json!({ "message": "moment" })),
                moment => self.clock.set(moment.flatten()),
            },
            _ => return told(404, &json!({ "message": "address" })),
        }
        told(200, &json!({}))
    }

    fn ask(&self, name: &str, ask: &Json) -> Answer {
        let refused = |fault: CommandError| told(400, &json!(fault));
        if desk::BYTES.contains(&name) {
            return match self.desk.bytes(name, ask.clone()) {
                Ok(file) => bytes(file, "application/octet-stream"),
                Err(fault) => refused(fault),
            };
        }
        let answer: Outcome<Json> = self.desk.call(name, ask.clone());
        answer.map_or_else(refused, |answer| told(200, &answer))
    }

    fn page(&self, address: &str) -> Answer {
        let nonce = random();
        let Some(served) = page::file(&self.dist, address, &nonce) else {
            return told(404, &json!({ "message": "no such file" }));
        };
        let mut answer = bytes(served.body, served.kind);
        if let Some(policy) = served.policy {
            answer.headers.push(("content-security-policy", policy));
        }
        answer
    }

    fn tell(&self, event: &str, payload: &Json) {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        let at = events.len() + 1;
        events.push(json!({ "at": at, "event": event, "payload": payload }));
        self.told.notify_all();
    }

    fn events_after(&self, after: usize) -> Vec<Json> {
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .told
            .wait_timeout_while(events, PATIENCE, |events| events.len() <= after);
        let (events, _) = waited.unwrap_or_else(PoisonError::into_inner);
        events.iter().skip(after).cloned().collect()
    }
}

/// What nobody else on this computer guesses.
fn random() -> String {
    let ids = RandomIds::default();
    ids.uuid(SystemClock.now()).simple().to_string()
}

fn bytes(body: Vec<u8>, kind: &str) -> Answer {
    Answer {
        status: 200,
        headers: vec![
            ("content-type", kind.to_owned()),
            ("cache-control", "no-store".to_owned()),
        ],
        body,
    }
}

fn told(status: u16, body: &Json) -> Answer {
    Answer {
        status,
        ..bytes(body.to_string().into_bytes(), "application/json")
    }
}
