//! The import against ledgers that were read by people: every row, value, fault, warning, skipped
//! row, column and title fact must agree, by the rules that stand beside the expectations.

mod compare;
mod expected;
mod later;
mod same;

use std::path::PathBuf;

use domain::spec::Catalog;
use exchange::{Options, Plan, check};
use expected::Expected;
use serde_json::{Value as Json, json};

/// Where the sample ledgers stand.
fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures/ledgers")
        .join(name)
}

fn plan(name: &str, register: &str) -> Plan {
    let catalog = Catalog::builtin();
    let spec = catalog.register(register).expect("register");
    check(&fixture(name), catalog, spec, &Options::default()).expect("a readable ledger")
}

fn expectation(name: &str) -> Json {
    let text = std::fs::read_to_string(fixture(name)).expect("expectation");
    serde_json::from_str(&text).expect("JSON")
}

fn disagreements(plan: &Plan, expectation: &Json) -> Vec<String> {
    let catalog = Catalog::builtin();
    let register = expectation["register"].as_str().expect("register");
    let spec = catalog.register(register).expect("register");
    compare::compare(plan, &Expected::new(expectation), catalog, spec)
}

#[test]
fn the_complaint_ledger_is_read_as_people_read_it() {
    let plan = plan("投诉台账.xlsx", "complaint");
    let found = disagreements(&plan, &expectation("投诉台账.expected.json"));
    assert!(found.is_empty(), "{}\n{}", found.len(), found.join("\n"));
}

/// Changes the expectation at one place and wants the comparer to see it.
fn damage(plan: &Plan, pointer: &str, value: Json) {
    let mut expectation = expectation("投诉台账.expected.json");
    *expectation.pointer_mut(pointer).expect(pointer) = value;
    let found = disagreements(plan, &expectation);
    assert!(!found.is_empty(), "the damage at {pointer} was not seen");
}

#[test]
fn a_damaged_expectation_is_found() {
    let plan = plan("投诉台账.xlsx", "complaint");
    for (pointer, value) in [
        ("/rows/0/values/content", json!("施工围挡占道")),
        ("/rows/1/values/phone", json!("02168880177")),
        ("/rows/2/values/received_at", json!("2024-01-18")),
        ("/rows/3/values/class", json!("渗漏")),
        ("/rows/4/values/visited", json!(false)),
        ("/rows/5/status", json!("bad")),
        ("/rows/6/row", json!(11)),
        ("/rows/23/duplicate_of", json!(25)),
        ("/rows/61/hidden_row", json!(false)),
        ("/issues/0/code", json!("unknown_code")),
        ("/issues/0/col", json!("O")),
        ("/issues/2/row", json!(25)),
        ("/warnings/0/row", json!(5)),
        ("/warnings/0/code", json!("multi_value")),
        ("/skipped_rows/1/kind", json!("blank")),
        ("/skipped_rows/3/row", json!(98)),
        ("/columns/2/field", json!("handled_at")),
        ("/columns/2/header", json!("受理时间")),
        ("/context/year", json!(2023)),
        ("/context/project", json!("云岫花园二期工程")),
        ("/header_rows", json!([2])),
        ("/sheet/name", json!("台账")),
    ] {
        damage(&plan, pointer, value);
    }
}

#[test]
fn a_missing_or_added_record_is_found() {
    let plan = plan("投诉台账.xlsx", "complaint");
    let mut fewer = expectation("投诉台账.expected.json");
    fewer["rows"].as_array_mut().expect("rows").remove(10);
    assert!(!disagreements(&plan, &fewer).is_empty());
    let mut short = plan.clone();
    short.rows.remove(10);
    assert!(!disagreements(&short, &expectation("投诉台账.expected.json")).is_empty());
}
