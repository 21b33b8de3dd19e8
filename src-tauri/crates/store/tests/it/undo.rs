//! Undo and redo: exact values, and the reasons for which they are refused.

use domain::value::Values;
use store::{Error, OpKind, Read, Refusal, Touch};

use crate::office::{Office, complaint, moment, who};

fn refusal(answer: Result<store::Undone, Error>) -> Refusal {
    match answer {
        Err(Error::Undo(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn content(text: &str) -> Values {
    Values::new().with("content", text)
}

#[test]
fn undo_brings_back_what_was_there_and_what_was_not() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    let change = content("改")
        .with("phone", "")
        .with("remark", "新")
        .with("urgent", true);
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made.uuid, None, &change)
    });
    let undone = office.store.undo(&who()).expect("undone");
    assert_eq!(undone.label, "edit");
    assert_eq!(undone.changes.touched[0].uuid, made.uuid);
    let back = office.get("complaint", made.uuid);
    assert_eq!(back.values, made.values);
    assert!(
        !back.values.has("urgent"),
        "a tick that was never set is nothing again, not a no"
    );
    office.store.redo(&who()).expect("redone");
    let again = office.get("complaint", made.uuid);
    assert_eq!(again.values.text("content"), Some("改"));
    assert!(!again.values.has("phone"));
    office.expect_good();
}

#[test]
fn undoing_the_making_of_a_record_puts_it_into_the_bin_and_redo_takes_it_out() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    let undone = office.store.undo(&who()).expect("undone");
    assert_eq!(undone.changes.touched[0].touch, Touch::Deleted);
    assert!(office.get("complaint", made.uuid).deleted.is_some());
    let redone = office.store.redo(&who()).expect("redone");
    assert_eq!(redone.changes.touched[0].touch, Touch::Restored);
    let back = office.get("complaint", made.uuid);
    assert!(back.deleted.is_none());
    assert_eq!(back.values, made.values);
    office.expect_good();
}

#[test]
fn one_step_is_undone_as_a_whole() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    let step = domain::spec::Catalog::builtin()
        .list("case_step")
        .expect("list")
        .choices[0]
        .code
        .clone();
    let action = Values::new()
        .with("step", step)
        .with("occurred_at", moment("2026-11-21T08:00"));
    office.write(OpKind::Step, |tx| {
        tx.set_state("complaint", made.uuid, "registered")?;
        tx.assign_number("complaint", made.uuid, "S", |n| format!("TS-{n}"))?;
        tx.update("complaint", made.uuid, None, &content("核实后"))?;
        tx.insert_line("complaint_action", made.uuid, &action)
    });
    office.store.undo(&who()).expect("undone");
    let back = office.get("complaint", made.uuid);
    assert_eq!(
        (&back.values, &back.state, &back.number),
        (&made.values, &made.state, &None)
    );
    let reader = office.store.reader().expect("reader");
    assert!(
        reader
            .lines(made.uuid, "complaint_action")
            .expect("lines")
            .is_empty()
    );
    drop(reader);
    office.store.redo(&who()).expect("redone");
    let again = office.get("complaint", made.uuid);
    assert_eq!(again.state.as_deref(), Some("registered"));
    assert_eq!(again.number.as_deref(), Some("TS-1"));
    let reader = office.store.reader().expect("reader");
    assert_eq!(
        reader
            .lines(made.uuid, "complaint_action")
            .expect("lines")
            .len(),
        1
    );
    drop(reader);
    office.expect_good();
}

#[test]
fn a_later_change_of_the_same_field_refuses_and_of_another_does_not() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made.uuid, None, &content("甲"))
    });
    let first = office.newest_op();
    let other = Values::new().with("remark", "备注");
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made.uuid, None, &other)
    });
    let remark = office.newest_op();
    office.write(OpKind::Step, |tx| {
        tx.update("complaint", made.uuid, None, &content("乙"))
    });
    let later = office.newest_op();
    match refusal(office.store.undo_op(&who(), first)) {
        Refusal::TouchedSince {
            later: by,
            label,
            field,
            ..
        } => {
            assert_eq!(
                (by, label.as_str(), field.as_str()),
                (later, "step", "content")
            );
        }
        other => panic!("{other:?}"),
    }
    office
        .store
        .undo_op(&who(), remark)
        .expect("nobody touched the remark since");
    office
        .store
        .undo_op(&who(), later)
        .expect("the newest of its field");
    office
        .store
        .undo_op(&who(), first)
        .expect("what stood in its way is undone itself");
    assert_eq!(office.get("complaint", made.uuid).values, made.values);
    office.expect_good();
}

#[test]
fn what_was_done_and_undone_in_between_is_not_in_the_way_but_redone_it_is() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made.uuid, None, &content("甲"))
    });
    let first = office.newest_op();
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made.uuid, None, &content("乙"))
    });
    let second = office.newest_op();
    office.store.undo_op(&who(), second).expect("undone");
    office.store.redo(&who()).expect("redone");
    assert!(matches!(
        refusal(office.store.undo_op(&who(), first)),
        Refusal::TouchedSince { later, .. } if later == second
    ));
    office.store.undo_op(&who(), second).expect("undone again");
    office.store.undo_op(&who(), first).expect("now it may");
    assert_eq!(
        office.get("complaint", made.uuid).values.text("content"),
        Some("漏水")
    );
    assert!(matches!(
        refusal(office.store.undo_op(&who(), first)),
        Refusal::AlreadyUndone { .. }
    ));
    office.expect_good();
}

#[test]
fn undo_walks_back_through_the_ops_and_redo_forward_until_something_new_is_done() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("零"));
    for text in ["甲", "乙", "丙"] {
        office.write(OpKind::Edit, |tx| {
            tx.update("complaint", made.uuid, None, &content(text))
        });
    }
    let now = || {
        office
            .get("complaint", made.uuid)
            .values
            .text("content")
            .map(str::to_owned)
    };
    let mut seen = Vec::new();
    for _ in 0..3 {
        office.store.undo(&who()).expect("undone");
        seen.extend(now());
    }
    for _ in 0..3 {
        office.store.redo(&who()).expect("redone");
        seen.extend(now());
    }
    assert_eq!(seen, ["乙", "甲", "零", "甲", "乙", "丙"]);
    assert_eq!(refusal(office.store.redo(&who())), Refusal::NothingToRedo);
    office.store.undo(&who()).expect("undone");
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made.uuid, None, &content("丁"))
    });
    assert_eq!(refusal(office.store.redo(&who())), Refusal::NothingToRedo);
    office.expect_good();
}

#[test]
fn what_has_left_the_program_cannot_be_undone() {
    let office = Office::new();
    for kind in [
        OpKind::Print,
        OpKind::Archive,
        OpKind::Recover,
        OpKind::Migrate,
        OpKind::Erase,
    ] {
        let values = Values::new().with("name", kind.as_str());
        office.write(kind, |tx| tx.insert("department", &values));
        let op = office.newest_op();
        let answer = refusal(office.store.undo_op(&who(), op));
        assert!(matches!(answer, Refusal::NotUndoable { kind: found, .. } if found == kind));
    }
    assert_eq!(refusal(office.store.undo(&who())), Refusal::NothingToUndo);
    assert_eq!(
        refusal(office.store.undo_op(&who(), 999)),
        Refusal::NoSuchOp(999)
    );
}

#[test]
fn a_record_that_others_link_to_does_not_go_away() {
    let office = Office::new();
    let project = office.add(
        "project",
        &Values::new().with("name", "滨江花园").with("code", "XM01"),
    );
    let op = office.newest_op();
    let link = complaint("漏水").with("project", project.uuid.to_string());
    let case = office.add("complaint", &link);
    match refusal(office.store.undo_op(&who(), op)) {
        Refusal::LinkedSince {
            by_register,
            by_record,
            ..
        } => {
            assert_eq!((by_register.as_str(), by_record), ("complaint", case.uuid));
        }
        other => panic!("{other:?}"),
    }
    office.store.undo(&who()).expect("the complaint goes");
    office
        .store
        .undo_op(&who(), op)
        .expect("now the project may go");
    office.expect_good();
}

#[test]
fn an_imported_batch_goes_away_as_a_whole_unless_one_of_it_was_worked_on() {
    let office = Office::new();
    let made: Vec<_> = office.write(OpKind::Import, |tx| {
        tx.batch("batch-1");
        (0..50)
            .map(|n| {
                let made = tx.insert("complaint", &complaint(&format!("第{n}件")))?;
                tx.assign_number("complaint", made.uuid, "S", |s| format!("TS-{s}"))?;
                Ok::<_, Error>(made.uuid)
            })
            .collect::<Result<Vec<_>, _>>()
    });
    let reader = office.store.reader().expect("reader");
    let batch = reader.ops_of_batch("batch-1").expect("ops");
    drop(reader);
    assert_eq!(batch.len(), 1);
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made[7], None, &content("办理"))
    });
    assert!(matches!(
        refusal(office.store.undo_op(&who(), batch[0].id)),
        Refusal::TouchedSince { record, number: Some(_), .. } if record == made[7]
    ));
    office.store.undo(&who()).expect("the edit");
    office
        .store
        .undo_op(&who(), batch[0].id)
        .expect("the batch");
    let reader = office.store.reader().expect("reader");
    let left = reader
        .count(&store::ListQuery::of("complaint"))
        .expect("count");
    assert_eq!(left, 0);
    let numbers = reader.numbers("S").expect("numbers");
    assert!(
        numbers.len() == 50
            && numbers
                .iter()
                .all(|n| n.status == store::NumberStatus::Void)
    );
    assert!(reader.search("第", 10).expect("search").hits.is_empty());
    drop(reader);
    office.expect_good();
}

#[test]
fn a_value_changed_past_the_door_is_not_overwritten_by_undo() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("漏水"));
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", made.uuid, None, &content("甲"))
    });
    office
        .meddle()
        .execute("UPDATE complaint SET content = '偷改'", [])
        .expect("meddled");
    assert!(matches!(
        refusal(office.store.undo(&who())),
        Refusal::Drifted { .. }
    ));
}
