//! The door: what a write does, and what it refuses.

use domain::value::{Value, Values};
use store::{Error, OpKind, Read, Touch};
use uuid::Uuid;

use crate::office::{Office, complaint, moment, op};

#[test]
fn a_new_office_holds_its_own_record_and_passes_every_check() {
    let office = Office::new();
    let reader = office.store.reader().expect("reader");
    let list = reader.list(&store::ListQuery::of("office")).expect("list");
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].values.text("name"), Some("华东公司滨江项目部"));
    assert_eq!(reader.ops(10).expect("ops")[0].kind, OpKind::Found);
    drop(reader);
    office.expect_good();
}

#[test]
fn what_is_written_is_read_back_in_its_kinds() {
    let office = Office::new();
    let values = complaint("三号楼漏水")
        .with("urgent", true)
        .with("cost", 123_450_i64)
        .with(
            "due_on",
            chrono::NaiveDate::from_ymd_opt(2026, 12, 1).expect("a date"),
        )
        .with("channel", "phone")
        .with("remark", "");
    let made = office.add("complaint", &values);
    let read = office.get("complaint", made.uuid);
    assert_eq!(made, read, "the answer of a write is what a read gives");
    assert_eq!(read.state.as_deref(), Some("draft"));
    assert_eq!(read.values.int("cost"), Some(123_450));
    assert!(read.values.tick("urgent"));
    assert_eq!(
        read.values.moment("received_at"),
        Some(moment("2026-11-20T15:30"))
    );
    assert!(!read.values.has("remark"), "an empty text is nothing");
    office.expect_good();
}

#[test]
fn an_update_writes_only_what_changed_and_counts_the_version() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    let update = Values::new()
        .with("content", "漏水严重")
        .with("phone", "13812345678");
    let changed = office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made.uuid, Some(made.row_version), &update)
    });
    assert_eq!(changed, office.get("complaint", made.uuid));
    assert_eq!(changed.row_version, made.row_version + 1);
    let reader = office.store.reader().expect("reader");
    let history = reader.changes_of(office.newest_op()).expect("changes");
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].field, "content");
    assert_eq!(history[0].before.as_deref(), Some("漏水"));
    assert_eq!(history[0].after.as_deref(), Some("漏水严重"));
}

#[test]
fn a_write_that_changes_nothing_leaves_no_op() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    let before = office.newest_op();
    let (_, changes) = office
        .store
        .transact(op(OpKind::Edit), |tx| {
            tx.update("complaint", made.uuid, None, &complaint("漏水"))
        })
        .expect("written");
    assert_eq!(changes.op, None);
    assert_eq!(office.newest_op(), before);
    assert_eq!(office.get("complaint", made.uuid).row_version, 1);
}

#[test]
fn a_save_from_an_older_screen_is_refused() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    let newer = Values::new().with("content", "甲");
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made.uuid, Some(1), &newer)
    });
    let older = Values::new().with("content", "乙");
    let fault = office
        .store
        .transact(op(OpKind::Edit), |tx| {
            tx.update("complaint", made.uuid, Some(1), &older)
        })
        .expect_err("stale");
    assert!(
        matches!(
            fault,
            Error::Stale {
                expected: 1,
                found: 2,
                ..
            }
        ),
        "{fault}"
    );
    assert_eq!(
        office.get("complaint", made.uuid).values.text("content"),
        Some("甲")
    );
}

#[test]
fn an_op_that_fails_half_way_leaves_nothing() {
    let office = Office::new();
    let before = office.store.logical_digest().expect("digest");
    let fault = office
        .store
        .transact(op(OpKind::Add), |tx| {
            let made = tx.insert("complaint", &complaint("漏水"))?;
            tx.assign_number("complaint", made.uuid, "HD/TS/-/2026", |n| {
                format!("TS-{n}")
            })?;
            tx.insert("complaint", &Values::new().with("nonsense", "x"))
        })
        .expect_err("unknown field");
    assert!(matches!(fault, Error::UnknownField { .. }));
    assert_eq!(office.store.logical_digest().expect("digest"), before);
    office.expect_good();
}

#[test]
fn what_a_spec_does_not_allow_is_refused_with_its_field() {
    let office = Office::new();
    let refuse = |register: &str, values: Values| {
        office
            .store
            .transact(op(OpKind::Add), |tx| tx.insert(register, &values))
            .expect_err("refused")
    };
    let missing = Uuid::from_u128(7).to_string();
    let fault = refuse("complaint", complaint("x").with("project", missing));
    assert!(matches!(fault, Error::LinkNotFound { ref field, .. } if field == "project"));
    let fault = refuse("complaint", complaint("x").with("channel", "pigeon"));
    assert!(matches!(fault, Error::UnknownChoice { .. }));
    let fault = refuse("complaint", complaint(&"长".repeat(20_001)));
    assert!(matches!(fault, Error::TooLong { max: 20_000, .. }));
    let fault = refuse("complaint", complaint("x").with("days_open", 1_i64));
    assert!(
        matches!(fault, Error::UnknownField { .. }),
        "computed fields are not stored"
    );
    assert!(matches!(
        refuse("nothing", Values::new()),
        Error::UnknownRegister(_)
    ));
    assert!(matches!(
        refuse("complaint_action", Values::new()),
        Error::WrongRegister(_)
    ));
    let fault = refuse("complaint", complaint("x").with("urgent", Value::Int(2)));
    assert!(matches!(fault, Error::WrongKind { .. }));
}

#[test]
fn a_deleted_record_lies_in_the_bin_and_comes_back_as_it_was() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    let (_, changes) = office
        .store
        .transact(op(OpKind::Delete), |tx| {
            tx.delete("complaint", made.uuid, "重复录入")
        })
        .expect("deleted");
    assert_eq!(changes.touched[0].touch, Touch::Deleted);
    let deleted = office.get("complaint", made.uuid);
    assert_eq!(
        deleted.deleted.as_ref().map(|d| d.reason.as_str()),
        Some("重复录入")
    );
    let fault = office
        .store
        .transact(op(OpKind::Edit), |tx| {
            tx.update("complaint", made.uuid, None, &complaint("x"))
        })
        .expect_err("in the bin");
    assert!(matches!(fault, Error::Deleted { .. }));
    let back = office.write(OpKind::Undelete, |tx| tx.restore("complaint", made.uuid));
    assert_eq!(back.values, made.values);
    office.expect_good();
}

#[test]
fn lines_keep_their_order_and_their_own_history() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    let action = |text: &str| {
        Values::new()
            .with("step", "other")
            .with("occurred_at", moment("2026-11-21T08:00"))
            .with("text", text)
    };
    let catalog = domain::spec::Catalog::builtin();
    let step = catalog.list("case_step").expect("list").choices[0]
        .code
        .clone();
    let action = |text: &str| action(text).with("step", step.as_str());
    let lines = office.write(OpKind::Step, |tx| {
        ["甲", "乙", "丙"]
            .into_iter()
            .map(|t| tx.insert_line("complaint_action", made.uuid, &action(t)))
            .collect::<Result<Vec<_>, _>>()
    });
    office.write(OpKind::Edit, |tx| {
        tx.remove_line("complaint_action", lines[1].uuid)
    });
    office.write(OpKind::Edit, |tx| {
        let text = Values::new().with("text", "丙二");
        tx.update_line("complaint_action", lines[2].uuid, Some(1), &text)
    });
    let reader = office.store.reader().expect("reader");
    let left = reader.lines(made.uuid, "complaint_action").expect("lines");
    let texts: Vec<_> = left
        .iter()
        .map(|l| (l.position, l.values.text("text")))
        .collect();
    assert_eq!(texts, [(1, Some("甲")), (2, Some("丙二"))]);
    let history = reader.history("complaint", made.uuid).expect("history");
    let of_line = |e: &&store::HistoryEntry| {
        e.line
            .as_ref()
            .is_some_and(|(_, uuid)| *uuid == lines[2].uuid)
            && e.field == "text"
    };
    assert_eq!(history.iter().filter(of_line).count(), 2);
    drop(reader);
    office.expect_good();
}

#[test]
fn a_reader_keeps_to_the_state_of_its_first_read() {
    let office = Office::new();
    let reader = office.store.reader().expect("reader");
    let query = store::ListQuery::of("complaint");
    assert_eq!(reader.count(&query).expect("count"), 0);
    office.add("complaint", &complaint("漏水"));
    assert_eq!(reader.count(&query).expect("count"), 0);
    drop(reader);
    assert_eq!(
        office
            .store
            .reader()
            .expect("reader")
            .count(&query)
            .expect("count"),
        1
    );
}

#[test]
fn drafts_survive_a_reopening_and_stay_out_of_history_and_search() {
    let office = Office::new();
    let ops = office.newest_op();
    let draft = store::Draft {
        key: "complaint:new".to_owned(),
        register: "complaint".to_owned(),
        record: None,
        body: serde_json::json!({ "content": "半句草稿" }),
        saved_at: moment("2000-01-01T00:00"),
    };
    office.store.save_draft(&draft).expect("kept");
    let office = office.reopen();
    let kept = office
        .store
        .draft("complaint:new")
        .expect("read")
        .expect("there");
    assert_eq!(kept.body, draft.body);
    assert_eq!(kept.saved_at, moment("2026-11-21T09:00"));
    assert_eq!(office.newest_op(), ops);
    let found = office
        .store
        .reader()
        .expect("reader")
        .search("半句", 10)
        .expect("search");
    assert!(found.hits.is_empty());
    assert!(office.store.drop_draft("complaint:new").expect("dropped"));
    assert!(
        !office
            .store
            .drop_draft("complaint:new")
            .expect("nothing left")
    );
    assert!(office.store.drafts().expect("read").is_empty());
}

#[test]
fn two_threads_write_one_after_the_other_and_nothing_is_lost() {
    let office = Office::new();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let store = &office.store;
            scope.spawn(move || {
                for n in 0..25 {
                    let values = complaint(&format!("{thread}-{n}"));
                    store
                        .transact(op(OpKind::Add), |tx| tx.insert("complaint", &values))
                        .expect("written");
                    store
                        .reader()
                        .expect("reader")
                        .count(&store::ListQuery::of("complaint"))
                        .expect("count");
                }
            });
        }
    });
    let reader = office.store.reader().expect("reader");
    assert_eq!(
        reader
            .count(&store::ListQuery::of("complaint"))
            .expect("count"),
        100
    );
    drop(reader);
    office.expect_good();
}
