//! Database files that are foreign, cut, empty or newer: told apart, and not a byte of them changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Guarded;
use rusqlite::Connection;

/// Every file of the folder with its bytes; the lock file says nothing.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_file() && path.file_name().is_some_and(|n| n != "office.lock") {
            found.insert(path.clone(), fs::read(&path).expect("a file"));
        }
    }
    found
}

/// Puts other bytes in the place of the database; every verb is told why it cannot go on, and
/// afterwards the folder holds the same bytes.
#[track_caller]
fn refused(bytes: &[u8], words: &str) {
    let office = Guarded::new();
    let file = office.dir.join("office-0001.db");
    let good = fs::read(&file).expect("the database");
    fs::write(&file, bytes).expect("it is spoilt");
    let before = files(&office.dir);
    for arguments in [
        &["list", "complaint"][..],
        &["add", "complaint", "--values", "{}"],
        &["check"],
        &["backup"],
        &["demo"],
        &["undo"],
    ] {
        let ran = office.cli.run(arguments);
        let message = ran.told(4, "bad_file");
        assert!(message.contains(words), "{words}: {message}");
        assert!(
            message.contains("office-0001.db"),
            "names the file: {message}"
        );
        assert!(files(&office.dir) == before, "changed by {arguments:?}");
    }
    office
        .cli
        .run(&["init", "--office", "新"])
        .told(3, "refused");
    assert!(files(&office.dir) == before, "changed by init");
    fs::write(&file, good).expect("it is put back");
    office.is_untouched();
}

fn good_bytes() -> Vec<u8> {
    let office = Guarded::new();
    fs::read(office.dir.join("office-0001.db")).expect("the database")
}

/// A good database with a statement run over it.
fn altered(sql: &str) -> Vec<u8> {
    let office = Guarded::new();
    let file = office.dir.join("office-0001.db");
    let conn = Connection::open(&file).expect("it opens");
    conn.execute_batch(sql).expect("it runs");
    conn.pragma_update(None, "wal_checkpoint", "TRUNCATE")
        .expect("folded");
    conn.close().expect("it closes");
    fs::read(&file).expect("the database")
}

#[test]
fn an_empty_file_is_told_as_empty() {
    refused(b"", "是空的");
}

#[test]
fn a_truncated_file_is_told_as_truncated_wherever_it_is_cut() {
    let good = good_bytes();
    for length in [99, 100, 4_096, good.len() / 2, good.len() - 1] {
        refused(&good[..length], "不完整");
    }
}

#[test]
fn a_file_of_another_program_is_told_as_foreign() {
    refused(
        "这是一封信。".repeat(900).as_bytes(),
        "不是本程序的数据文件",
    );
    refused(b"PK\x03\x04", "不是本程序的数据文件");
    refused(
        &altered("PRAGMA application_id = 7"),
        "不是本程序的数据文件",
    );
}

#[test]
fn a_file_of_a_newer_program_is_told_as_newer() {
    refused(
        &altered("UPDATE schema_migration SET reader_floor = 9999; PRAGMA user_version = 9999"),
        "更新版本",
    );
}

#[test]
fn a_file_with_spoilt_pages_never_opens_silently_after_a_crash() {
    let office = Guarded::new();
    let file = office.dir.join("office-0001.db");
    let mut bytes = fs::read(&file).expect("the database");
    for page in 2..bytes.len() / 4_096 {
        bytes[page * 4_096..page * 4_096 + 64].fill(0xA5);
    }
    fs::write(&file, &bytes).expect("it is spoilt");
    let ran = office.cli.run(&["check"]);
    assert_ne!(ran.code, 0, "spoilt pages are found: {ran:?}");
}

#[test]
fn a_folder_without_an_office_and_a_broken_pointer_are_told() {
    let office = Guarded::new();
    let empty = tests::cli::Cli::on(&office.dir.join("nothing"));
    for arguments in [&["check"][..], &["list", "complaint"], &["demo"]] {
        let ran = empty.run(arguments);
        assert!(
            ran.told(2, "not_found").contains("init"),
            "says how to make one"
        );
    }
    assert!(
        !office.dir.join("nothing").exists(),
        "looking makes no folder"
    );
    fs::write(office.dir.join("current"), "../elsewhere.db").expect("spoilt");
    let ran = office.cli.run(&["check"]);
    assert!(ran.told(4, "bad_file").contains("current"), "{ran:?}");
    fs::remove_file(office.dir.join("current")).expect("removed as the message says");
    office.is_untouched();
}
