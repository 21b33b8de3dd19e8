//! What happened to a record, act by act; the showing of personal data is one of the acts.

use serde_json::json;

use super::{array, of, office, registered, step, text};

#[test]
fn showing_personal_data_is_noted_and_stands_in_the_way_of_nothing() {
    let office = office();
    let uuid = registered(&office, "2026-11-20T09:00", &json!({}));
    let version = office.must("get_record", of(&uuid))["row_version"].clone();
    let shown = office.must("show_personal", of(&uuid));
    assert_eq!(shown["values"]["complainant_name"], "何玉珍");
    let masked = office.must("get_record", of(&uuid));
    assert_eq!(masked["values"]["complainant_name"], "何**");
    assert_eq!(
        masked["row_version"], version,
        "nothing of the record changed"
    );
    let story = office.must("history_ops", of(&uuid));
    let newest = &array(&story)[0];
    assert_eq!(
        (text(newest, "what"), text(newest, "operator")),
        ("显示个人信息".into(), "张三".into())
    );
    assert_eq!(
        (
            newest["can_undo"].as_bool(),
            array(&newest["changes"]).len()
        ),
        (Some(false), 0)
    );
    // What was done before is taken back and brought again as if nobody had looked.
    assert_eq!(office.must("undo", json!({}))["what"], "登记");
    office.must("show_personal", of(&uuid));
    assert_eq!(office.must("redo", json!({}))["what"], "登记");
    office.must("undo", json!({}));
    office.must("undo", json!({}));
    office.is_sound();
}

#[test]
fn an_act_stands_once_with_what_it_changed_and_the_newest_first() {
    let office = office();
    let uuid = registered(&office, "2026-11-20T09:00", &json!({}));
    step(
        &office,
        &uuid,
        "accept",
        json!({ "acceptor": "王海燕" }),
        "同意受理",
    );
    let story = office.must("history_ops", of(&uuid));
    let acts: Vec<String> = array(&story).iter().map(|act| text(act, "what")).collect();
    assert_eq!(acts, ["受理", "登记", "新增投诉"]);
    let labels: Vec<String> = array(&array(&story)[0]["changes"])
        .iter()
        .map(|change| text(change, "label"))
        .collect();
    assert_eq!(
        labels[..5],
        ["受理决定人", "受理时间", "状态", "经办人", "情况"],
        "{labels:?}"
    );
    assert!(
        labels[5..].iter().all(|label| label.starts_with("时限：")),
        "{labels:?}"
    );
    assert_eq!(array(&story)[0]["can_undo"], true);
    assert!(!story.to_string().contains("何玉珍"), "masked");
}

#[test]
fn undo_and_redo_say_what_they_would_take_back() {
    let office = office();
    let uuid = registered(&office, "2026-11-20T09:00", &json!({}));
    let offered = |key: &str| text(&office.must("undo_offer", json!({}))[key], "what");
    assert_eq!(
        (offered("undo"), offered("redo")),
        ("登记".into(), String::new())
    );
    office.must("undo", json!({}));
    assert_eq!(
        (offered("undo"), offered("redo")),
        ("新增投诉".into(), "登记".into())
    );
    office.must("redo", json!({}));
    step(
        &office,
        &uuid,
        "accept",
        json!({ "acceptor": "王海燕" }),
        "",
    );
    assert_eq!(
        (offered("undo"), offered("redo")),
        ("受理".into(), String::new())
    );
}

#[test]
fn links_are_told_both_ways_and_many_of_a_kind_as_a_list() {
    let office = office();
    for day in 1..=6 {
        registered(&office, &format!("2026-11-0{day}T09:00"), &json!({}));
    }
    let project = office.must("linked", json!({ "register": "project", "record": "XM01" }));
    assert_eq!(project["records"], json!([]));
    let list = &project["lists"][0];
    assert_eq!(
        (list["count"].as_u64(), text(list, "register")),
        (Some(6), "complaint".into())
    );
    let ask = json!({ "register": "complaint", "filters": list["filters"] });
    assert_eq!(
        office.must("list_records", ask)["total"],
        6,
        "the conditions open it"
    );
    let first = office.must(
        "list_records",
        json!({ "register": "complaint", "limit": 1 }),
    );
    let linked = office.must("linked", of(&text(&first["rows"][0], "uuid")));
    let labels: Vec<String> = array(&linked["records"])
        .iter()
        .map(|r| text(r, "field_label"))
        .collect();
    assert_eq!(labels, ["工程名称", "责任部门"]);
}
