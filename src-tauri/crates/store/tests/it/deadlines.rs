//! Deadlines are derived rows; what is due comes by time, and old and new stand in the history.

use store::{DeadlineRow, OpKind, Read};

use crate::office::{Office, complaint, moment, who};

fn row(rule: &str, due: Option<&str>, open: bool) -> DeadlineRow {
    DeadlineRow {
        rule: rule.to_owned(),
        round: 1,
        started_at: moment("2026-11-20T15:30"),
        due_at: due.map(moment),
        met_at: None,
        open,
        state: "running".to_owned(),
        detail: serde_json::json!([{ "day": "2026-11-23", "why": "工作日" }]),
        rule_version: "1".to_owned(),
        calendar_version: "2026".to_owned(),
    }
}

#[test]
fn open_deadlines_of_records_outside_the_bin_are_due_by_time() {
    let office = Office::new();
    let one = office.add("complaint", &complaint("甲"));
    let two = office.add("complaint", &complaint("乙"));
    office.write(OpKind::Step, |tx| {
        let rows = [
            row("R-07", Some("2026-11-24T17:00"), true),
            row("R-08", Some("2026-11-22T17:00"), false),
            row("R-09", None, true),
        ];
        tx.set_deadlines("complaint", one.uuid, &rows)?;
        tx.set_deadlines(
            "complaint",
            two.uuid,
            &[row("R-07", Some("2026-11-23T17:00"), true)],
        )
    });
    let due = |until: &str| {
        let reader = office.store.reader().expect("reader");
        let rows = reader.due(moment(until)).expect("due");
        rows.iter()
            .map(|d| (d.title.clone().unwrap_or_default(), d.deadline.rule.clone()))
            .collect::<Vec<_>>()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        due("2026-11-30T00:00"),
        [pair("乙", "R-07"), pair("甲", "R-07")]
    );
    assert_eq!(due("2026-11-23T17:00"), [pair("乙", "R-07")]);
    office.write(OpKind::Delete, |tx| tx.delete("complaint", two.uuid, ""));
    assert_eq!(due("2026-11-30T00:00"), [pair("甲", "R-07")]);
    let reader = office.store.reader().expect("reader");
    let rows = reader.deadlines_of("complaint", one.uuid).expect("rows");
    assert_eq!(rows[0], row("R-07", Some("2026-11-24T17:00"), true));
    drop(reader);
    office.expect_good();
}

#[test]
fn a_recount_notes_old_and_new_and_undo_leaves_it_to_the_caller() {
    let office = Office::new();
    let made = office.add("complaint", &complaint("甲"));
    let set = |due: &str| {
        office.write(OpKind::Recount, |tx| {
            tx.set_deadlines("complaint", made.uuid, &[row("R-07", Some(due), true)])
        });
    };
    set("2026-11-24T17:00");
    set("2026-11-25T17:00");
    let reader = office.store.reader().expect("reader");
    let entry = reader
        .history("complaint", made.uuid)
        .expect("history")
        .pop()
        .expect("an entry");
    assert_eq!(entry.field, "deadline:R-07#1");
    assert_eq!(entry.before.as_deref(), Some("2026-11-24T17:00:00+08:00"));
    assert_eq!(entry.after.as_deref(), Some("2026-11-25T17:00:00+08:00"));
    let ops = reader.ops(100).expect("ops").len();
    drop(reader);
    set("2026-11-25T17:00");
    let reader = office.store.reader().expect("reader");
    assert_eq!(
        reader.ops(100).expect("ops").len(),
        ops,
        "nothing new, no op"
    );
    drop(reader);
    // The newest op that can be undone is the making of the record; the recounts do not stand in
    // its way, and the caller counts anew in the same op.
    let undone = office
        .store
        .take_back::<store::Error>(&who(), store::Target::Last, |tx, undone| {
            assert_eq!(undone.changes.touched[0].uuid, made.uuid);
            tx.set_deadlines("complaint", made.uuid, &[])
        })
        .expect("undone");
    assert_eq!(undone.kind, OpKind::Add);
    let reader = office.store.reader().expect("reader");
    assert!(
        reader
            .deadlines_of("complaint", made.uuid)
            .expect("rows")
            .is_empty()
    );
    drop(reader);
    office.expect_good();
}
