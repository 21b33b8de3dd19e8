//! Opening: each unusable file and place has its own answer, and nothing is written to it.

use std::fs;
use std::path::Path;

use store::{Error, Founder, ListQuery, Read, Store};

use crate::office::{Office, complaint, founder};

fn reopen(office: Office) -> Result<Store, Error> {
    let env = office.env();
    let Office { dir, store, .. } = office;
    drop(store);
    let answer = Store::open(dir.path(), env);
    // The folder must outlive the store that is looked at.
    std::mem::forget(dir);
    answer
}

fn fault(office: Office) -> Error {
    reopen(office).err().expect("not opened")
}

#[test]
fn a_second_instance_is_refused_at_once_and_the_first_goes_on() {
    let office = Office::new();
    let second = Store::open(office.dir.path(), office.env());
    assert!(matches!(second, Err(Error::InUse { .. })));
    let again = Store::create(office.dir.path(), office.env(), &founder());
    assert!(matches!(again, Err(Error::InUse { .. })));
    office.add("complaint", &complaint("漏水"));
    let Office {
        dir,
        store,
        clock,
        ids,
    } = office;
    drop(store);
    let env = store::Env {
        clock,
        ids,
        catalog: domain::spec::Catalog::builtin(),
        app_version: "test".to_owned(),
    };
    assert!(matches!(
        Store::create(dir.path(), env.clone(), &founder()),
        Err(Error::OfficeExists { .. })
    ));
    Store::open(dir.path(), env).expect("free again");
}

#[test]
fn an_empty_folder_holds_no_office() {
    let office = Office::new();
    let other = tempfile::tempdir().expect("folder");
    let answer = Store::open(other.path(), office.env());
    assert!(matches!(answer, Err(Error::NoOffice { .. })));
    assert_eq!(
        fs::read_dir(other.path()).expect("folder").count(),
        0,
        "and gets nothing"
    );
}

/// A way to spoil a database file, and the answer that it must have.
type Spoil = (&'static str, fn(&Path), fn(&Error) -> bool);

#[test]
fn truncated_empty_foreign_and_newer_files_are_told_apart_and_left_alone() {
    let spoil: [Spoil; 5] = [
        (
            "cut",
            |path| {
                let bytes = fs::read(path).expect("bytes");
                fs::write(path, &bytes[..bytes.len() / 2]).expect("cut");
            },
            |fault| matches!(fault, Error::Truncated { .. }),
        ),
        (
            "empty",
            |path| fs::write(path, "").expect("emptied"),
            |fault| matches!(fault, Error::Empty { .. }),
        ),
        (
            "a workbook",
            |path| fs::write(path, [b'P'; 8192]).expect("replaced"),
            |fault| matches!(fault, Error::Foreign { .. }),
        ),
        (
            "another program's database",
            |path| {
                let conn = rusqlite::Connection::open(path).expect("open");
                conn.pragma_update(None, "application_id", 7)
                    .expect("foreign");
                conn.pragma_update(None, "journal_mode", "delete")
                    .expect("settled");
            },
            |fault| matches!(fault, Error::Foreign { .. }),
        ),
        (
            "newer",
            |path| {
                let conn = rusqlite::Connection::open(path).expect("open");
                conn.execute("UPDATE schema_migration SET reader_floor = 900", [])
                    .expect("floor");
                conn.pragma_update(None, "user_version", 999)
                    .expect("newer");
                conn.pragma_update(None, "journal_mode", "delete")
                    .expect("settled");
            },
            |fault| matches!(fault, Error::Newer { file: 999, .. }),
        ),
    ];
    for (what, spoil, expected) in spoil {
        let office = Office::new();
        office.add("complaint", &complaint("漏水"));
        let path = office.database();
        let env = office.env();
        let Office { dir, store, .. } = office;
        store.close().expect("closed");
        spoil(&path);
        let before = fs::read(&path).expect("bytes");
        let fault = Store::open(dir.path(), env).err().expect("not opened");
        assert!(expected(&fault), "{what}: {fault:?}");
        assert_eq!(
            fs::read(&path).expect("bytes"),
            before,
            "{what}: left alone"
        );
    }
}

#[test]
fn a_sound_file_opens_and_shows_no_fault() {
    let office = Office::new();
    office.add("complaint", &complaint("漏水"));
    let env = office.env();
    let Office { dir, store, .. } = office;
    store.close().expect("closed");
    let store = Store::open(dir.path(), env).expect("opens");
    assert!(!store.opening().unclean);
    let reader = store.reader().expect("reader");
    assert_eq!(reader.count(&ListQuery::of("complaint")).expect("count"), 1);
}

#[test]
fn what_was_confirmed_before_a_crash_is_there_after_it() {
    let office = Office::new();
    office.add("complaint", &complaint("漏水"));
    // The state of the files at a power cut: database and log as they lie there, no closing.
    let crash = tempfile::tempdir().expect("folder");
    for entry in fs::read_dir(office.dir.path()).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_file() {
            fs::copy(&path, crash.path().join(path.file_name().expect("name"))).expect("copied");
        }
    }
    let store = Store::open(crash.path(), office.env()).expect("opens");
    assert!(store.opening().unclean);
    assert_eq!(store.opening().checked, store::Checked::Fully);
    let reader = store.reader().expect("reader");
    assert_eq!(reader.count(&ListQuery::of("complaint")).expect("count"), 1);
}

#[test]
fn a_damaged_file_after_a_crash_is_refused() {
    let office = Office::new();
    for n in 0..50 {
        office.add(
            "complaint",
            &complaint(&format!("第{n}件{}", "漏水".repeat(200))),
        );
    }
    office.store.rest().expect("rest");
    office.add("complaint", &complaint("最后一件"));
    let crash = tempfile::tempdir().expect("folder");
    for entry in fs::read_dir(office.dir.path()).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_file() {
            fs::copy(&path, crash.path().join(path.file_name().expect("name"))).expect("copied");
        }
    }
    let path = crash.path().join("office-0001.db");
    let mut bytes = fs::read(&path).expect("bytes");
    let pages = bytes.len() / 4096;
    // The heads of pages in the middle, where records are; pages in the log are read from there.
    for page in pages / 4..pages * 3 / 4 {
        bytes[page * 4096..page * 4096 + 64].fill(0xA5);
    }
    fs::write(&path, bytes).expect("damaged");
    let answer = Store::open(crash.path(), office.env());
    assert!(
        matches!(answer, Err(Error::Damaged { .. })),
        "{:?}",
        answer.err()
    );
}

#[test]
fn an_interrupted_creation_is_finished_by_opening() {
    let office = Office::new();
    let env = office.env();
    let Office { dir, store, .. } = office;
    store.close().expect("closed");
    fs::remove_file(dir.path().join("current")).expect("not yet written");
    Store::open(dir.path(), env).expect("opens");
    assert!(dir.path().join("current").is_file());
}

#[test]
fn leftovers_of_a_creation_that_failed_are_no_hindrance() {
    let office = Office::new();
    let dir = tempfile::tempdir().expect("folder");
    for rest in [
        "office-0001.db.part",
        "office-0001.db.part-wal",
        "office-0001.db.part-journal",
    ] {
        fs::write(dir.path().join(rest), "rest").expect("left");
    }
    let store = Store::create(dir.path(), office.env(), &founder()).expect("created");
    let names: Vec<_> = fs::read_dir(dir.path())
        .expect("folder")
        .map(|e| e.expect("entry").file_name().into_string().expect("name"))
        .filter(|name| name.contains("part"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
    drop(store);
}

#[test]
fn an_office_on_a_read_only_place_is_readable_and_refuses_writes() {
    let office = Office::new();
    office.add("complaint", &complaint("漏水"));
    let env = office.env();
    let Office { dir, store, .. } = office;
    store.close().expect("closed");
    let store = Store::open_read_only(dir.path(), env).expect("opens");
    let reader = store.reader().expect("reader");
    assert_eq!(reader.search("漏", 10).expect("search").hits.len(), 1);
    drop(reader);
    let write = store.transact(crate::office::op(store::OpKind::Add), |tx| {
        tx.insert("complaint", &complaint("x"))
    });
    assert!(matches!(write, Err(Error::ReadOnly { .. })));
    assert!(matches!(
        store.put_file(&mut &b"x"[..]),
        Err(Error::ReadOnly { .. })
    ));
    assert!(store.check().expect("checked").findings.is_empty());
}

#[test]
fn the_place_of_an_office_that_cannot_be_made_is_told() {
    let office = Office::new();
    let file = office.dir.path().join("a-file");
    fs::write(&file, "x").expect("file");
    let nameless = Founder {
        office_name: String::new(),
        ..founder()
    };
    let answer = Store::create(&file.join("below"), office.env(), &nameless);
    assert!(
        matches!(answer, Err(Error::Io { .. })),
        "{:?}",
        answer.err()
    );
}

#[test]
fn a_pointer_to_nothing_is_told_as_such() {
    let office = Office::new();
    fs::write(office.dir.path().join("current"), "office-0009.db\n").expect("pointer");
    assert!(matches!(fault(office), Error::Pointer { .. }));
}
