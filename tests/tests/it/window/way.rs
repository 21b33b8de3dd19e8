//! The usual next act, with what it asks for, leads from the draft to the archive; the stages and
//! marks say where a case stands.

use serde_json::{Map, Value as Json, json};
use tests::office::Office;

use super::{array, of, office, registered, step, text};

/// A typed answer to a question of a step.
fn answer(field: &str) -> Json {
    match field {
        "department" => json!("工程部"),
        "grade" => json!("一般性投诉"),
        "intake_type" => json!("投诉"),
        "liability" => json!("施工"),
        "visit_mode" => json!("电话"),
        "satisfaction" => json!("满意"),
        "due_on" => json!("2026-12-01"),
        _ => json!("已办"),
    }
}

/// Takes the usual next act with all that it asks for, and nothing else; answers which it was.
fn go_on(office: &Office, uuid: &str) -> Option<String> {
    let way = office.must("way_of", of(uuid));
    let next = way["next"].as_object()?.clone();
    let mut ask = of(uuid);
    ask["step"] = next["step"].clone();
    ask["values"] = Json::Object(Map::new());
    for one in array(&next["asks"])
        .iter()
        .filter(|one| one["required"] == true)
    {
        let field = text(one, "field");
        match text(one, "on").as_str() {
            "record" if one["empty"] == true => ask["values"][&field] = answer(&field),
            "order" => ask[&field] = answer(&field),
            _ => {}
        }
    }
    let waived = array(&next["waivable"]).iter();
    ask["waive"] = waived
        .map(|code| json!({ "code": code, "reason": "试验" }))
        .collect();
    office.hours_later(1);
    office.must("take_step", ask);
    Some(text(&Json::Object(next), "step"))
}

#[test]
fn the_usual_next_act_with_what_it_asks_for_leads_from_the_draft_to_the_archive() {
    let office = office();
    let values =
        json!({ "received_at": "2026-11-20T10:00", "project": "XM01", "original_no": "甲" });
    let ask = json!({ "register": "complaint", "values": values });
    let uuid = text(&office.must("add_record", ask), "uuid");
    let edit = json!({ "register": "complaint", "record": "甲", "values": { "channel": "电话" } });
    office.must("edit_record", edit);
    let mut taken = Vec::new();
    while let Some(step) = go_on(&office, &uuid) {
        assert!(taken.len() < 12, "it goes round: {taken:?}");
        taken.push(step);
    }
    assert_eq!(
        taken,
        [
            "register",
            "accept",
            "start_investigation",
            "make_plan",
            "ask_customer",
            "customer_agrees",
            "finish_handling",
            "record_visit",
            "archive",
        ]
    );
    let way = office.must("way_of", of(&uuid));
    let stages = array(&way["steps"]);
    assert_eq!(stages.len(), 8);
    for stage in stages {
        assert_eq!(stage["state"], "done", "{stage}");
        assert!(stage["at"].is_string(), "{stage}");
    }
    assert_eq!(way["ended"], Json::Null, "it ended by the ordinary way");
}

#[test]
fn a_major_case_goes_to_the_leader_and_a_dissatisfied_one_back_to_work() {
    let office = office();
    let uuid = registered(&office, "2026-11-16T09:00", &json!({ "grade": "重大投诉" }));
    for _ in 0..3 {
        go_on(&office, &uuid);
    }
    assert_eq!(go_on(&office, &uuid).as_deref(), Some("submit_approval"));
    assert_eq!(go_on(&office, &uuid).as_deref(), Some("approve"));
    assert_eq!(go_on(&office, &uuid).as_deref(), Some("ask_customer"));
    go_on(&office, &uuid);
    go_on(&office, &uuid);
    let visit = json!({ "visitor": "李敏", "visit_mode": "电话", "satisfaction": "不满意" });
    step(&office, &uuid, "record_visit", visit, "");
    let mark = |office: &Office| office.must("get_record", of(&uuid))["mark"].clone();
    assert_eq!(mark(&office)["shape"], "full");
    assert_eq!(go_on(&office, &uuid).as_deref(), Some("rework"));
    let anew = mark(&office);
    assert_eq!(
        (
            text(&anew, "label"),
            text(&anew, "shape"),
            text(&anew, "tone")
        ),
        (
            "不满意重办".to_owned(),
            "redo".to_owned(),
            "danger".to_owned()
        )
    );
    let way = office.must("way_of", of(&uuid));
    let stands: Vec<String> = array(&way["steps"])
        .iter()
        .map(|s| text(s, "state"))
        .collect();
    assert_eq!(
        stands[..4],
        ["done", "done", "now", "later"],
        "the later stages come again"
    );
}

#[test]
fn a_refused_case_has_an_end_and_no_next_act() {
    let office = office();
    let uuid = registered(&office, "2026-11-20T09:00", &json!({}));
    let values =
        json!({ "acceptor": "王海燕", "refuse_reason": "不属于本工程", "other_channel": "物业" });
    step(&office, &uuid, "refuse", values, "");
    let way = office.must("way_of", of(&uuid));
    assert_eq!(way["next"], Json::Null);
    assert_eq!(way["ended"], "不予受理");
    let stands: Vec<String> = array(&way["steps"])
        .iter()
        .map(|s| text(s, "state"))
        .collect();
    assert_eq!(stands[..3], ["done", "done", "skipped"]);
}

#[test]
fn an_extension_offers_the_clocks_that_run() {
    let office = office();
    let uuid = registered(&office, "2026-11-20T09:00", &json!({}));
    let way = office.must("way_of", of(&uuid));
    let extend = array(&way["others"])
        .iter()
        .find(|o| o["step"] == "extend")
        .expect("offered");
    let rule = array(&extend["asks"])
        .iter()
        .find(|a| a["field"] == "rule")
        .expect("asked");
    let codes: Vec<String> = array(&rule["options"])
        .iter()
        .map(|o| text(o, "code"))
        .collect();
    assert_eq!(codes, ["R-04", "R-06", "R-07"], "R-03 is met");
    assert_eq!(rule["on"], "action");
    let person = array(&extend["asks"])
        .iter()
        .find(|a| a["field"] == "person")
        .expect("asked");
    assert_eq!(
        (person["on"].as_str(), person["required"].as_bool()),
        (Some("order"), Some(true))
    );
}

#[test]
fn every_step_has_words_for_its_button_and_every_state_a_mark() {
    let office = office();
    let catalog = office.must("catalog", json!({}));
    let complaint = array(&catalog["registers"])
        .iter()
        .find(|r| r["id"] == "complaint");
    let flow = &complaint.expect("complaints")["workflow"];
    assert_eq!(array(&flow["path"]).len(), 8);
    for one in array(&flow["steps"]) {
        let key = format!("act.{}", text(one, "step"));
        assert!(commands::words::has(&key), "{key}");
    }
    let closed = &flow["closed"];
    for state in array(&flow["states"]) {
        let ended = array(closed).contains(&state["code"]);
        let shape = text(state, "shape");
        assert_eq!(
            ended,
            ["ticked", "struck"].contains(&shape.as_str()),
            "{state}"
        );
    }
}
