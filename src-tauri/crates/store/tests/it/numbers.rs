//! Numbers are given once, stay visible, and come back only to their record.

use store::{Error, NumberStatus, OpKind, Read};
use uuid::Uuid;

use crate::office::{Office, complaint, op, who};

const SERIES: &str = "HD/complaint/XM01/2026";

fn numbered(office: &Office) -> (Uuid, String) {
    let made = office.add("complaint", &complaint("漏水"));
    let number = office.write(OpKind::Step, |tx| {
        tx.assign_number("complaint", made.uuid, SERIES, |n| {
            format!("TS-2026-XM01-{n:04}")
        })
    });
    (made.uuid, number)
}

#[test]
fn numbers_count_up_and_find_their_record() {
    let office = Office::new();
    let (_, first) = numbered(&office);
    let (uuid, second) = numbered(&office);
    assert_eq!(
        (first.as_str(), second.as_str()),
        ("TS-2026-XM01-0001", "TS-2026-XM01-0002")
    );
    let reader = office.store.reader().expect("reader");
    let found = reader
        .by_number("complaint", &second)
        .expect("read")
        .expect("there");
    assert_eq!(found.uuid, uuid);
    drop(reader);
    let again = office.store.transact(op(OpKind::Step), |tx| {
        tx.assign_number("complaint", uuid, SERIES, |n| n.to_string())
    });
    assert!(matches!(again, Err(Error::AlreadyNumbered { .. })));
    office.expect_good();
}

#[test]
fn undo_voids_the_number_and_redo_gives_the_same_one_back() {
    let office = Office::new();
    let (uuid, number) = numbered(&office);
    office.store.undo(&who()).expect("undone");
    assert_eq!(office.get("complaint", uuid).number, None);
    let known = || {
        office
            .store
            .reader()
            .expect("reader")
            .number(&number)
            .expect("read")
            .expect("stays visible")
    };
    assert_eq!(known().status, NumberStatus::Void);
    assert_eq!(known().reason.as_deref(), Some("撤销"));
    office.expect_good();
    office.store.redo(&who()).expect("redone");
    assert_eq!(
        office.get("complaint", uuid).number.as_deref(),
        Some(number.as_str())
    );
    assert_eq!(known().status, NumberStatus::Given);
    office.store.undo(&who()).expect("undone again");
    let (_, next) = numbered(&office);
    assert_eq!(
        next, "TS-2026-XM01-0002",
        "a void number is not given to another record"
    );
    office.expect_good();
}

#[test]
fn a_number_that_exists_in_another_series_is_refused() {
    let office = Office::new();
    numbered(&office);
    let other = office.add("complaint", &complaint("噪音"));
    let fault = office.store.transact(op(OpKind::Step), |tx| {
        tx.assign_number("complaint", other.uuid, "other", |_| {
            "TS-2026-XM01-0001".to_owned()
        })
    });
    assert!(matches!(fault, Err(Error::NumberTaken { .. })));
}

#[test]
fn a_voided_number_stays_visible_with_its_reason() {
    let office = Office::new();
    let (uuid, number) = numbered(&office);
    office.write(OpKind::Edit, |tx| tx.void_number(&number, "登记错误"));
    assert_eq!(office.get("complaint", uuid).number, None);
    let series = office
        .store
        .reader()
        .expect("reader")
        .numbers(SERIES)
        .expect("read");
    assert_eq!(series.len(), 1);
    assert_eq!(series[0].reason.as_deref(), Some("登记错误"));
    let twice = office
        .store
        .transact(op(OpKind::Edit), |tx| tx.void_number(&number, "x"));
    assert!(matches!(twice, Err(Error::NumberState { .. })));
    office.expect_good();
}

#[test]
fn a_reserved_block_is_left_out_by_counting_and_used_by_name() {
    let office = Office::new();
    numbered(&office);
    let block = office.write(OpKind::Edit, |tx| {
        tx.reserve_numbers(SERIES, 10, "现场手填")
    });
    assert_eq!(block, (2, 11));
    let (_, next) = numbered(&office);
    assert_eq!(next, "TS-2026-XM01-0012");
    let made = office.add("complaint", &complaint("手填"));
    let give = |sequence| {
        office.store.transact(op(OpKind::Step), |tx| {
            tx.assign_reserved("complaint", made.uuid, SERIES, sequence, |n| {
                format!("TS-2026-XM01-{n:04}")
            })
        })
    };
    assert!(matches!(
        give(12),
        Err(Error::NumberState { .. } | Error::NumberTaken { .. })
    ));
    assert_eq!(give(5).expect("given").0, "TS-2026-XM01-0005");
    let series = office
        .store
        .reader()
        .expect("reader")
        .numbers(SERIES)
        .expect("read");
    let reserved = series
        .iter()
        .filter(|n| n.status == NumberStatus::Reserved)
        .count();
    assert_eq!((series.len(), reserved), (12, 9));
    office.expect_good();
}
