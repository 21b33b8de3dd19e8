//! The desk: what the window asks, with a scripted person and a scripted computer around it.

mod bindings;
mod files;
mod jobs;
mod lists;
mod nonsense;
mod office;
mod papers;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use commands::desk::{Desk, Host, Place};
use commands::{CommandError, Outcome, Surroundings};
use domain::time::{Clock, FixedClock};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tests::bridge::ScriptedHost;

/// A desk in a home that goes away with it.
struct Seat {
    desk: Desk,
    host: Arc<ScriptedHost>,
    home: TempDir,
}

fn around() -> Surroundings {
    Surroundings {
        clock: Arc::new(FixedClock::new(tests::office::now())) as Arc<dyn Clock>,
        ids: Arc::new(commands::system::RandomIds::default()),
        operator: None,
    }
}

fn desk_over(place: Place, host: &Arc<ScriptedHost>) -> Desk {
    let desk = Desk::new(place, around(), Arc::clone(host) as Arc<dyn Host>);
    desk.set_demo_complaints(2);
    desk
}

impl Seat {
    /// A desk where no office is yet.
    fn empty() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let host = Arc::new(ScriptedHost::default());
        let desk = desk_over(Place::under(home.path()), &host);
        Self { desk, host, home }
    }

    /// A desk with an office, a project, and a complaint; answers its identifier too.
    fn furnished() -> (Self, String) {
        let seat = Self::empty();
        seat.must("found_office", founding());
        seat.must(
            "add_record",
            json!({
                "register": "department", "values": { "name": "工程部", "head": "赵六" },
            }),
        );
        let complaint = seat.must("add_record", complaint("厨房顶棚漏水"));
        let uuid = complaint["uuid"]
            .as_str()
            .expect("an identifier")
            .to_owned();
        (seat, uuid)
    }

    fn call(&self, name: &str, request: Json) -> Outcome<Json> {
        self.desk.call(name, request)
    }

    #[track_caller]
    fn must(&self, name: &str, request: Json) -> Json {
        match self.call(name, request) {
            Ok(answer) => answer,
            Err(fault) => panic!("{name}: {fault}"),
        }
    }

    #[track_caller]
    fn refused(&self, name: &str, request: Json) -> CommandError {
        let fault = self.call(name, request).expect_err(name);
        let faults = tests::chinese::faults(&without_paths(&fault.message));
        assert_eq!(faults, Vec::<String>::new(), "{}", fault.message);
        fault
    }

    /// A file beside the office.
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.home.path().join(name);
        std::fs::write(&path, bytes).expect("a file is written");
        path
    }

    /// The token of a dropped file.
    fn dropped(&self, path: &Path) -> String {
        let files = self.desk.take_drop(vec![path.to_owned()]);
        files.into_iter().next().expect("a file").token
    }

    fn count(&self, register: &str) -> u64 {
        let ask = json!({ "register": register, "limit": 1 });
        let page = self.must("list_records", ask);
        page["total"].as_u64().expect("a total")
    }
}

/// What stands between “ and ” may be a path or a name of a file.
fn without_paths(message: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in message.chars() {
        inside = (inside || c == '“') && c != '”';
        if !inside {
            out.push(c);
        }
    }
    out
}

fn founding() -> Json {
    json!({
        "name": "某工程项目部", "code": "XX", "operator": "张三",
        "project": { "name": "某工程", "code": "XM01", "builder": "某单位", "completed_on": "2026-05-01" },
    })
}

fn complaint(content: &str) -> Json {
    json!({
        "register": "complaint",
        "values": {
            "project": "XM01", "received_at": "2026-11-20T10:00", "channel": "电话",
            "receiver": "张三", "complainant_name": "王小明", "phone": "13800010002",
            "content": content, "class": "渗漏", "grade": "一般性投诉",
        },
    })
}

/// A photograph as a JPEG file.
fn photo(width: u32, height: u32) -> Vec<u8> {
    print::thumbnail(&png(width, height), 4_000).expect("a picture")
}

/// A PNG file of one colour, put together by hand: a head, one block of rows, an end.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut rows = Vec::new();
    for _ in 0..height {
        rows.push(0);
        rows.extend([200, 120, 40].repeat(width as usize));
    }
    let mut zlib = vec![0x78, 0x01];
    let mut blocks = rows.chunks(0xFFFF).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).expect("a block");
        zlib.push(u8::from(blocks.peek().is_none()));
        zlib.extend(length.to_le_bytes());
        zlib.extend((!length).to_le_bytes());
        zlib.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &rows {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    zlib.extend(((b << 16) | a).to_be_bytes());
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, body) in [(b"IHDR", head), (b"IDAT", zlib), (b"IEND", Vec::new())] {
        let mut chunk = kind.to_vec();
        chunk.extend(&body);
        file.extend(u32::try_from(body.len()).expect("a chunk").to_be_bytes());
        file.extend(&chunk);
        file.extend(crc(&chunk).to_be_bytes());
    }
    file
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    })
}
