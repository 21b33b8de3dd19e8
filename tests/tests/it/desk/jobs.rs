//! Long work: begun, looked at, stopped.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use commands::Code;
use commands::desk::{Desk, Drive, Host, PickFiles, Place, SavePlace};
use serde_json::{Value as Json, json};

use super::{Seat, around, founding};

/// Polls until a job has ended.
fn ended(desk: &Desk, job: &Json) -> Json {
    loop {
        let view = desk
            .call("job", json!({ "job": job["job"] }))
            .expect("a job");
        if view["state"] != "running" {
            return view;
        }
        thread::yield_now();
    }
}

/// A person who thinks until they are told to answer.
struct Slow {
    asked: Mutex<Sender<()>>,
    answer: Mutex<Receiver<PathBuf>>,
}

impl Host for Slow {
    fn pick_files(&self, _: &PickFiles) -> Vec<PathBuf> {
        Vec::new()
    }

    fn pick_folder(&self, _: &str) -> Option<PathBuf> {
        None
    }

    fn save_place(&self, _: &SavePlace) -> Option<PathBuf> {
        self.asked
            .lock()
            .expect("no panic")
            .send(())
            .expect("heard");
        self.answer.lock().expect("no panic").recv().ok()
    }

    fn show_in_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn open_file(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn print_file(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn drives(&self) -> Vec<Drive> {
        Vec::new()
    }
}

#[test]
fn a_job_answers_what_the_command_answers() {
    let (seat, _) = Seat::furnished();
    let begin =
        |name: &str, request: Json| seat.must("begin", json!({ "name": name, "request": request }));
    let done = ended(&seat.desk, &begin("check", json!({})));
    assert_eq!(done["state"], "done");
    assert_eq!(done["answer"]["good"], true);
    let failed = ended(
        &seat.desk,
        &begin(
            "take_ledger",
            json!({ "token": "0", "register": "complaint" }),
        ),
    );
    assert_eq!(failed["state"], "failed");
    assert_eq!(failed["error"]["code"], "refused");
    let unknown = json!({ "name": "no_such_command", "request": {} });
    assert_eq!(seat.refused("begin", unknown).code, Code::BadRequest);
    let again = json!({ "name": "begin", "request": {} });
    assert_eq!(seat.refused("begin", again).code, Code::BadRequest);
    assert_eq!(
        seat.refused("job", json!({ "job": "job-99" })).code,
        Code::NotFound
    );
}

#[test]
fn a_stopped_job_leaves_nothing_and_no_office_changes_under_it() {
    let home = tempfile::tempdir().expect("a home");
    let (asked, hears) = channel();
    let (answers, answer) = channel();
    let host = Arc::new(Slow {
        asked: Mutex::new(asked),
        answer: Mutex::new(answer),
    });
    let desk = Desk::new(Place::under(home.path()), around(), host);
    desk.set_demo_complaints(2);
    desk.call("found_office", founding()).expect("founded");
    let request = json!({ "register": "project" });
    let job = desk
        .call(
            "begin",
            json!({ "name": "export_list", "request": request }),
        )
        .expect("begun");
    hears.recv().expect("the dialog is open");

    // While the person thinks the office answers, but no other is opened.
    desk.call("today", json!({})).expect("answered");
    let refused = desk
        .call("open_demo", json!({}))
        .expect_err("a job is under way");
    assert_eq!(refused.code, Code::Refused);

    desk.call("stop", json!({ "job": job["job"] }))
        .expect("asked to stop");
    let place = home.path().join("列表.xlsx");
    answers.send(place.clone()).expect("answered");
    assert_eq!(ended(&desk, &job)["state"], "stopped");
    assert!(!place.exists());
    assert_eq!(
        desk.call("open_demo", json!({})).expect("opened")["office"]["demo"],
        true
    );
}

#[test]
fn the_office_is_closed_when_the_desk_is() {
    let (seat, _) = Seat::furnished();
    seat.desk.close();
    let office = seat.home.path().join("office");
    assert!(!office.join("office-0001.db-wal").exists());
    let fault = seat.call("today", json!({})).expect_err("closed");
    assert_eq!(fault.code, Code::NotFound);
}
