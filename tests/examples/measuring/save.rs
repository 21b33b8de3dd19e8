//! Saves with history, deadlines, search and fsync, against a bare commit of one row in a file with
//! the same table, rows, indexes and settings.

use std::path::Path;
use std::time::Duration;

use commands::records::{AddRecord, EditRecord, add_record, edit_record};
use commands::steps::{TakeStep, take_step};
use domain::value::Values;
use rusqlite::Connection;
use serde_json::{Map, Value as Json, json};
use store::{Op, OpKind};

use crate::measuring::{Aim, Dice, line, median, shown, timed, words, worst};
use crate::office::{Desk, deadlines, who};

const ROUNDS: usize = 200;

pub(crate) fn measure(desk: &Desk, dir: &Path, size: &str) {
    let peer = peer(desk, dir);
    through_the_door(desk, &peer, size);
    through_commands(desk, &peer, size);
}

/// The same table with the same rows, alone in a file in the same folder.
fn peer(desk: &Desk, dir: &Path) -> Connection {
    let path = dir.join("bare.db");
    for name in ["bare.db", "bare.db-wal", "bare.db-shm"] {
        // From an earlier run.
        let _ = std::fs::remove_file(dir.join(name));
    }
    let peer = Connection::open(path).expect("peer");
    peer.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;
         PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;
         PRAGMA journal_size_limit=0; PRAGMA foreign_keys=OFF",
    )
    .expect("settings");
    let office = desk.ctx.store.database().to_str().expect("a name");
    peer.execute("ATTACH ?1 AS o", [office]).expect("attached");
    let ddl: Vec<String> = peer
        .prepare("SELECT sql FROM o.sqlite_schema WHERE tbl_name = 'complaint' AND sql IS NOT NULL ORDER BY type DESC")
        .expect("schema")
        .query_map([], |row| row.get(0))
        .expect("schema")
        .collect::<Result<_, _>>()
        .expect("schema");
    peer.execute_batch(&ddl[0]).expect("the same table");
    peer.execute_batch("INSERT INTO complaint SELECT * FROM o.complaint; DETACH o")
        .expect("the same rows");
    for index in &ddl[1..] {
        peer.execute_batch(index).expect("the same indexes");
    }
    peer.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .expect("settled");
    peer
}

fn bare_insert(peer: &Connection, values: &Values, n: usize) {
    let fields: Vec<(&str, Option<String>)> = values.iter().map(|(f, v)| (f, v.stored())).collect();
    let names: Vec<&str> = fields.iter().map(|(f, _)| *f).collect();
    let marks = vec!["?"; fields.len()].join(",");
    let sql = format!(
        "INSERT INTO complaint (uuid, row_version, created_at, updated_at, {}) VALUES ('bare-{n}', 1, '', '', {marks})",
        names.join(",")
    );
    let mut statement = peer.prepare_cached(&sql).expect("sql");
    statement
        .execute(rusqlite::params_from_iter(fields.iter().map(|(_, v)| v)))
        .expect("saved");
}

fn bare_update(peer: &Connection, n: usize, text: &str) {
    let mut statement = peer
        .prepare_cached("UPDATE complaint SET content = ?1, handler = '李四', row_version = row_version + 1 WHERE id = ?2")
        .expect("sql");
    let key = i64::try_from(n + 1).expect("small");
    statement
        .execute(rusqlite::params![text, key])
        .expect("saved");
}

/// What a step changes in the record itself: among others a column that is indexed.
fn bare_step(peer: &Connection, n: usize, state: &str) {
    let mut statement = peer
        .prepare_cached(
            "UPDATE complaint SET state = ?1, acceptor = '陈志强', grade = 'general',
             accept_opinion = '予以受理', updated_at = '2026-11-20T11:00:00+08:00',
             row_version = row_version + 1 WHERE id = ?2",
        )
        .expect("sql");
    let key = i64::try_from(n + 1).expect("small");
    statement
        .execute(rusqlite::params![state, key])
        .expect("saved");
}

/// Times of ours and of a bare commit beside each, before and after it in turn: what one flush
/// leaves to the disk must not always fall on the same side.
#[derive(Default)]
struct Pair {
    ours: Vec<Duration>,
    bare: Vec<Duration>,
}

impl Pair {
    fn take<T>(&mut self, save: impl FnOnce() -> T, mut bare: impl FnMut()) -> T {
        let first = self.ours.len().is_multiple_of(2);
        if first {
            self.bare.push(timed(&mut bare).0);
        }
        let (time, done) = timed(save);
        self.ours.push(time);
        if !first {
            self.bare.push(timed(&mut bare).0);
        }
        done
    }

    fn tell(&self, what: &str, size: &str) {
        let (ours, bare) = (median(&self.ours), median(&self.bare));
        line(
            &format!("save among {size}: {what}"),
            &format!("{} (worst {})", shown(ours), shown(worst(&self.ours))),
            &format!("bare commit {}", shown(bare)),
            ours / bare,
            " ×",
            Aim::AtMost(3.0, 1.5),
        );
    }
}

/// The store alone: a record with its number and two deadlines; a change of two fields.
fn through_the_door(desk: &Desk, peer: &Connection, size: &str) {
    let mut dice = Dice(7);
    let (mut adds, mut edits) = (Pair::default(), Pair::default());
    // Numbers of a run before this one, in an office that was kept, are not given again.
    let run = desk.ctx.store.database().metadata().map_or(0, |m| m.len());
    for n in 0..ROUNDS {
        desk.clock.advance(61);
        let values = words::complaint(&mut dice, &desk.projects, n);
        let add = || {
            let op = Op::new(OpKind::Add, "登记", &who());
            desk.ctx.store.transact(op, |tx| {
                let record = tx.insert("complaint", &values)?;
                tx.assign_number("complaint", record.uuid, "CL/S", |s| {
                    format!("TS-S{run}-{s:05}")
                })?;
                tx.set_deadlines("complaint", record.uuid, &deadlines())?;
                Ok::<_, store::Error>(record.uuid)
            })
        };
        let made = adds.take(add, || bare_insert(peer, &values, n));
        let uuid = made.expect("saved").0;
        let text = format!("改写后的内容{n}，地下车库渗水仍未处理");
        let change = Values::new()
            .with("content", text.as_str())
            .with("handler", "李四");
        let edit = || {
            let op = Op::new(OpKind::Edit, "修改", &who());
            let store = &desk.ctx.store;
            store.transact(op, |tx| tx.update("complaint", uuid, None, &change))
        };
        let done = edits.take(edit, || bare_update(peer, n, &text));
        done.expect("saved");
    }
    adds.tell("new record, number, two deadlines (store)", size);
    edits.tell("two fields changed (store)", size);
}

fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// The whole way of a clerk: typed values, rules, deadlines counted anew, the record shown again.
fn through_commands(desk: &Desk, peer: &Connection, size: &str) {
    let ctx = &desk.ctx;
    let [mut adds, mut registers, mut edits, mut accepts] = [(); 4].map(|()| Pair::default());
    let mut dice = Dice(8);
    for n in 0..ROUNDS {
        desk.clock.advance(61);
        let text = format!("第{n}件：夜间施工噪音扰民，要求停止夜间施工");
        let same = words::complaint(&mut dice, &desk.projects, n);
        let values = object(json!({
            "project": "XM03", "received_at": "2026-11-20 10:15", "channel": "phone",
            "receiver": "王芳", "complainant_name": "欧阳䶮", "phone": format!("138{n:08}"),
            "location": format!("{}号楼2单元1203室", n % 40), "class": "noise", "content": text,
        }));
        let register = "complaint".to_owned();
        let ask = AddRecord { register, values };
        let made = adds.take(
            || add_record(ctx, &ask),
            || bare_insert(peer, &same, ROUNDS + n),
        );
        let record = made.expect("added").uuid;
        let step = |step: &str, values: Json| TakeStep {
            register: "complaint".to_owned(),
            record: record.clone(),
            step: step.to_owned(),
            values: object(values),
            person: "王芳".to_owned(),
            ..TakeStep::default()
        };
        let ask = step("register", json!({}));
        let done = registers.take(|| take_step(ctx, &ask), || bare_step(peer, n, "registered"));
        done.expect("registered");
        let changed = format!("第{n}件：夜间施工噪音扰民，连续三日，要求书面答复");
        let ask = EditRecord {
            register: "complaint".to_owned(),
            record: record.clone(),
            values: object(json!({ "content": changed, "location": "9号楼北侧" })),
            seen: None,
            reason: String::new(),
        };
        let done = edits.take(|| edit_record(ctx, &ask), || bare_update(peer, n, &text));
        done.expect("edited");
        let ask = step(
            "accept",
            json!({
                "grade": "general", "department": "工程部", "acceptor": "陈志强",
                "accept_department": "投诉管理办公室", "accept_opinion": "予以受理",
            }),
        );
        let done = accepts.take(|| take_step(ctx, &ask), || bare_step(peer, n, "accepted"));
        done.expect("accepted");
    }
    adds.tell("new record (commands)", size);
    edits.tell("two fields changed (commands)", size);
    registers.tell("step 登记: number, deadlines, action line (commands)", size);
    accepts.tell("step 受理: deadlines, action line (commands)", size);
}
