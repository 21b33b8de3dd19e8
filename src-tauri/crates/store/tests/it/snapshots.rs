//! Snapshots are proved equal, and no damaged one ever verifies.

use std::fs;

use store::{Error, ListQuery, OpKind, Read, Snapshot, Store};

use crate::office::{Office, complaint, op, who};

fn filled() -> Office {
    let office = Office::new();
    for n in 0..10 {
        office.add("complaint", &complaint(&format!("第{n}件漏水")));
    }
    office
}

#[test]
fn a_snapshot_says_what_the_database_says() {
    let office = filled();
    let target = office.store.backups().join("one.db");
    let snapshot = office.store.snapshot(&target).expect("written");
    let (digest, counts) = office.store.logical_digest().expect("digest");
    assert_eq!((&snapshot.digest, &snapshot.counts), (&digest, &counts));
    assert_eq!(snapshot.counts["complaint"], 10);
    let head = office
        .store
        .reader()
        .expect("reader")
        .history_head()
        .expect("head");
    assert_eq!(snapshot.history_head, head);
    snapshot.verify(&target).expect("verifies");
    assert_eq!(Snapshot::read(&target).expect("read"), snapshot);
    let twice = office.store.snapshot(&target);
    assert!(
        matches!(twice, Err(Error::Snapshot { .. })),
        "never over an existing file"
    );
    let moved = office.dir.path().join("携带.db");
    fs::rename(&target, &moved).expect("carried");
    snapshot.verify(&moved).expect("verifies elsewhere");
}

#[test]
fn a_flipped_bit_or_a_cut_never_verifies() {
    let office = filled();
    let target = office.dir.path().join("copy.db");
    let snapshot = office.store.snapshot(&target).expect("written");
    let bytes = fs::read(&target).expect("bytes");
    let bad = office.dir.path().join("bad.db");
    for trial in 0..300 {
        let mut copy = bytes.clone();
        let at = trial * (bytes.len() - 1) / 300;
        copy[at] ^= 1 << (trial % 8);
        fs::write(&bad, &copy).expect("flipped");
        assert!(snapshot.verify(&bad).is_err(), "bit flipped at {at}");
        fs::write(&bad, &bytes[..at]).expect("cut");
        assert!(snapshot.verify(&bad).is_err(), "cut at {at}");
        assert!(Snapshot::read(&bad).is_err(), "cut at {at}");
    }
    snapshot.verify(&target).expect("the good one still does");
}

#[test]
fn a_change_of_one_value_shows_in_the_digest() {
    let office = filled();
    let target = office.dir.path().join("copy.db");
    let snapshot = office.store.snapshot(&target).expect("written");
    let conn = rusqlite::Connection::open(&target).expect("open");
    conn.execute("UPDATE complaint SET cost = 1 WHERE id = 5", [])
        .expect("changed");
    drop(conn);
    let changed = Snapshot::read(&target).expect("a sound database");
    assert_ne!(changed.digest, snapshot.digest);
    assert_eq!(changed.counts, snapshot.counts);
}

#[test]
fn writers_at_work_do_not_spoil_a_snapshot() {
    let office = filled();
    std::thread::scope(|scope| {
        let store = &office.store;
        let writer = scope.spawn(move || {
            for n in 0..60 {
                store
                    .transact(op(OpKind::Add), |tx| {
                        tx.insert("complaint", &complaint(&format!("并行{n}")))
                    })
                    .expect("written");
            }
        });
        for n in 0..4 {
            let target = office.store.backups().join(format!("{n}.db"));
            let snapshot = office.store.snapshot(&target).expect("written");
            snapshot.verify(&target).expect("verifies");
        }
        writer.join().expect("writer");
    });
    office.expect_good();
}

#[test]
fn a_restore_puts_the_snapshot_in_place_under_a_new_name() {
    let office = filled();
    let target = office.dir.path().join("copy.db");
    let snapshot = office.store.snapshot(&target).expect("written");
    office.add("complaint", &complaint("之后的"));
    let old = office.database();
    let env = office.env();
    let Office { dir, store, .. } = office;
    // No closing: the log of the old file stays where it is.
    drop(store);
    let mut spoiled = snapshot.clone();
    spoiled.digest = "0".repeat(64);
    let recover = || op(OpKind::Recover);
    let refused = Store::restore(dir.path(), env.clone(), &target, Some(&spoiled), recover());
    assert!(matches!(refused, Err(Error::Snapshot { .. })));
    let store =
        Store::restore(dir.path(), env, &target, Some(&snapshot), recover()).expect("restored");
    assert_ne!(store.database(), old);
    let reader = store.reader().expect("reader");
    assert_eq!(
        reader.count(&ListQuery::of("complaint")).expect("count"),
        10
    );
    let newest = reader.ops(1).expect("ops").remove(0);
    assert_eq!(
        newest.kind,
        OpKind::Recover,
        "the restore stands in the history"
    );
    assert!(
        reader
            .op_of_head(&snapshot.history_head)
            .expect("asked")
            .is_some()
    );
    drop(reader);
    assert!(store.check().expect("checked").findings.is_empty());
    assert!(store.undo(&who()).is_ok(), "and work goes on");
}

#[test]
fn the_digest_does_not_depend_on_how_the_pages_lie() {
    let office = filled();
    let before = office.store.logical_digest().expect("digest");
    office.meddle().execute_batch("VACUUM").expect("vacuumed");
    assert_eq!(office.store.logical_digest().expect("digest"), before);
}
