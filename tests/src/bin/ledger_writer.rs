//! Writes into an office without end and says on standard output what is confirmed, so that a test
//! can kill it at any moment and look whether all of that is there.
//!
//! `ledger_writer FOLDER TAG [--early-ack]`. Lines: `ACK complaint <old number>`,
//! `ACK step <old number>`, `ACK file <old number> <hash>`, `ACK draft <key>`. With `--early-ack` it
//! says so before the commit: the control that the test must catch.

use std::io::{self, Write as _};
use std::path::Path;

use commands::{CommandError, Ctx, Surroundings, files, table};
use serde_json::{Value as Json, json};

/// Says what is confirmed; a pipe nobody reads ends the writer.
struct Voice {
    early: bool,
}

impl Voice {
    fn say(line: &str) {
        let mut out = io::stdout().lock();
        if writeln!(out, "ACK {line}")
            .and_then(|()| out.flush())
            .is_err()
        {
            std::process::exit(0);
        }
    }

    /// Does one op and confirms it, at the right moment or, as the control, too early.
    fn op<T>(
        &self,
        line: &str,
        work: impl FnOnce() -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        if self.early {
            Self::say(line);
            return work();
        }
        let done = work()?;
        Self::say(line);
        Ok(done)
    }
}

fn main() -> Result<(), CommandError> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (folder, tag) = match &words[..] {
        [folder, tag, ..] => (folder, tag),
        _ => panic!("ledger_writer FOLDER TAG [--early-ack]"),
    };
    let voice = Voice {
        early: words.iter().any(|w| w == "--early-ack"),
    };
    let ctx = Ctx::open(Path::new(folder), &Surroundings::system())?;
    for turn in 0_u32.. {
        one_turn(&ctx, &voice, &format!("{tag}-{turn}"), turn)?;
    }
    Ok(())
}

fn one_turn(ctx: &Ctx, voice: &Voice, name: &str, turn: u32) -> Result<(), CommandError> {
    let call = |command: &str, request: Json| table::call(ctx, command, request);
    let values = json!({
        "original_no": name, "received_at": "2026-01-05T10:00", "channel": "电话",
        "receiver": "张三", "complainant_name": "王小明", "phone": "13800010002",
        "content": format!("厨房顶棚漏水，第 {turn} 次。").repeat(20),
    });
    voice.op(&format!("complaint {name}"), || {
        call(
            "add_record",
            json!({ "register": "complaint", "values": values }),
        )
    })?;
    let step = json!({ "register": "complaint", "record": name, "step": "register" });
    voice.op(&format!("step {name}"), || call("take_step", step))?;
    if turn.is_multiple_of(3) {
        let bytes = name.as_bytes().repeat(500);
        let kept = files::take_bytes(ctx, &bytes)?;
        let ask = json!({
            "register": "complaint", "record": name, "file": kept.file, "size": kept.size,
            "name": "现场.jpg",
        });
        voice.op(&format!("file {name} {}", kept.file), || {
            call("add_attachment", ask)
        })?;
        let draft = json!({ "key": name, "register": "complaint", "body": { "content": "未完" } });
        voice.op(&format!("draft {name}"), || call("save_draft", draft))?;
    }
    Ok(())
}
