//! Erasing leaves no trace of a value in the file, and the chain whole.

use domain::value::Values;
use store::{EraseTarget, OpKind, Read};

use crate::office::{Office, complaint, op, who};

/// Whether a text stands anywhere in the files of the database.
fn traces(office: &Office, text: &str) -> usize {
    let mut found = 0;
    for entry in std::fs::read_dir(office.store.folder()).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_file() {
            let bytes = std::fs::read(&path).expect("bytes");
            found += bytes
                .windows(text.len())
                .filter(|w| *w == text.as_bytes())
                .count();
        }
    }
    found
}

#[test]
fn a_person_is_erased_everywhere_and_the_chain_holds() {
    let office = Office::new();
    let person = office.add(
        "person",
        &Values::new()
            .with("name", "龚䶮𬭎")
            .with("phone", "13911112222"),
    );
    let case = complaint("龙湖漏水")
        .with("complainant_name", "龚䶮𬭎")
        .with("phone", "13911112222")
        .with("person", person.uuid.to_string());
    let case = office.add("complaint", &case);
    let other = office.add("complaint", &complaint("别人的事"));
    let rename = Values::new().with("complainant_name", "龚䶮𬭎先生");
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", case.uuid, None, &rename)
    });
    office
        .store
        .save_draft(&store::Draft {
            key: "k".to_owned(),
            register: "complaint".to_owned(),
            record: Some(case.uuid),
            body: serde_json::json!({ "complainant_name": "龚䶮𬭎" }),
            saved_at: crate::office::moment("2026-01-01T00:00"),
        })
        .expect("draft");
    office.store.rest().expect("rest");
    assert!(
        traces(&office, "龚䶮𬭎") > 0,
        "the search for traces must be able to find some"
    );
    office.clock.advance(60);
    let erasure = op(OpKind::Erase).because("本人要求");
    let changes = office
        .store
        .erase_person(erasure, person.uuid)
        .expect("erased");
    assert_eq!(changes.touched.len(), 2);
    for text in ["龚䶮𬭎", "龚䶮", "13911112222", "gong'yan"] {
        assert_eq!(traces(&office, text), 0, "{text}");
    }
    let left = office.get("complaint", case.uuid);
    assert!(!left.values.has("complainant_name") && !left.values.has("phone"));
    assert_eq!(
        left.values.text("content"),
        Some("龙湖漏水"),
        "what is not personal stays"
    );
    assert!(
        office
            .get("complaint", other.uuid)
            .values
            .has("complainant_name")
    );
    let reader = office.store.reader().expect("reader");
    assert!(reader.search("龚䶮", 10).expect("search").hits.is_empty());
    assert!(
        reader
            .search("13911112222", 10)
            .expect("search")
            .hits
            .is_empty()
    );
    assert_eq!(reader.search("龙湖", 10).expect("search").hits.len(), 1);
    let history = reader.history("complaint", case.uuid).expect("history");
    let names: Vec<_> = history
        .iter()
        .filter(|e| e.field == "complainant_name")
        .collect();
    assert_eq!(names.len(), 2, "that there was a value stays known");
    assert!(
        names
            .iter()
            .all(|e| e.erased && e.before.is_none() && e.after.is_none())
    );
    drop(reader);
    office.expect_good();
    let refused = office.store.undo(&who());
    assert!(
        matches!(refused, Err(store::Error::Undo(_))),
        "an erased value cannot come back"
    );
    let office = office.reopen();
    office.expect_good();
}

#[test]
fn single_fields_are_erased_by_name() {
    let office = Office::new();
    let case = office.add(
        "complaint",
        &complaint("漏水").with("remark", "误写的身份证号"),
    );
    let target = EraseTarget {
        register: "complaint".to_owned(),
        uuid: case.uuid,
        fields: Some(vec!["remark".to_owned()]),
    };
    office
        .store
        .erase_values(op(OpKind::Erase), &[target])
        .expect("erased");
    let left = office.get("complaint", case.uuid);
    assert!(!left.values.has("remark") && left.values.has("phone"));
    assert_eq!(traces(&office, "误写的身份证号"), 0);
    office.expect_good();
}

#[test]
fn a_value_that_is_gone_without_an_erasure_is_found() {
    let office = Office::new();
    office.add("complaint", &complaint("漏水"));
    let newest = office.newest_op();
    let meddle = office.meddle();
    meddle
        .execute(
            "DELETE FROM history_value WHERE op = ?1 AND seq = 3",
            [newest],
        )
        .expect("gone");
    let report = office.check();
    assert!(
        report
            .findings
            .iter()
            .any(|f| f.kind == store::FindingKind::HistoryValue)
    );
}
