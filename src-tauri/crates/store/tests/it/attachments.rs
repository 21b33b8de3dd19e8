//! Attachments: no row without its file, and every changed byte is found.

use domain::value::Values;
use store::{Error, FindingKind, OpKind};

use crate::office::{Office, moment, op};

fn row(sha256: &str) -> Values {
    Values::new()
        .with("name", "现场照片.jpg")
        .with("file", sha256)
        .with("size", 5_i64)
        .with("register", "complaint")
        .with("record", "x")
        .with("added_at", moment("2026-11-21T09:00"))
}

#[test]
fn a_row_may_only_name_a_file_that_is_there() {
    let office = Office::new();
    let missing = "0".repeat(64);
    let fault = office
        .store
        .transact(op(OpKind::Add), |tx| {
            tx.insert("attachment", &row(&missing))
        })
        .expect_err("no file");
    assert!(matches!(fault, Error::FileMissing { .. }));
    let file = office.store.put_file(&mut &b"photo"[..]).expect("put");
    assert_eq!(file.size, 5);
    office.add("attachment", &row(&file.sha256));
    assert_eq!(
        office.store.open_file(&file.sha256).expect("read"),
        b"photo"
    );
    assert!(office.store.file_path(&file.sha256).is_file());
    office.expect_good();
}

#[test]
fn missing_changed_and_orphaned_files_are_told_apart() {
    let office = Office::new();
    let put = |bytes: &[u8]| office.store.put_file(&mut &bytes[..]).expect("put").sha256;
    let (gone, rotten, good, orphan) = (put(b"gone"), put(b"rotten"), put(b"good"), put(b"orphan"));
    for sha256 in [&gone, &rotten, &good] {
        office.add("attachment", &row(sha256));
    }
    let report = office.check();
    assert!(report.is_good(), "an orphan does no harm");
    assert_eq!(report.files, 3);
    std::fs::remove_file(office.store.file_path(&gone)).expect("removed");
    std::fs::write(office.store.file_path(&rotten), b"rottem").expect("changed");
    let report = office.check();
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|f| (f.kind, f.place.as_str()))
        .collect();
    let mut expected = vec![
        (FindingKind::FileMissing, gone.as_str()),
        (FindingKind::FileRot, rotten.as_str()),
        (FindingKind::FileOrphan, orphan.as_str()),
    ];
    expected.sort();
    let mut found = found;
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn what_an_interrupted_copy_left_is_cleared_at_the_next_opening() {
    let office = Office::new();
    let part = office.store.folder().join("attachments").join("x.part");
    std::fs::create_dir_all(part.parent().expect("folder")).expect("folder");
    std::fs::write(&part, b"half").expect("part");
    let office = office.reopen();
    assert!(!part.exists());
    office.expect_good();
}
