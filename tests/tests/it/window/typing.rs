//! Help while something is typed: it refuses nothing, writes nothing and shows nobody in full.

use serde_json::json;

use super::{array, office, registered, text};

#[test]
fn typed_values_are_read_field_by_field_and_never_refused() {
    let office = office();
    let ask = json!({ "register": "complaint", "step": "accept", "values": {
        "phone": "139 0042 621", "received_at": "昨天 9:35", "project": "云溪里二期", "cost": "1.2万元",
        "class": "漏水", "nonsense": "1", "location": "", "at": "2030-01-01",
    }});
    let checked = office.must("check_values", ask);
    assert_eq!(checked["shown"]["received_at"], "2026-11-20 09:35");
    assert_eq!(checked["shown"]["project"], "云溪里二期");
    assert_eq!(checked["values"]["cost"], 1_200_000);
    assert_eq!(checked["values"]["class"], "leak");
    assert_eq!(checked["values"]["location"], json!(null));
    let faults: Vec<(String, String)> = array(&checked["faults"])
        .iter()
        .map(|f| (text(f, "field"), text(f, "code")))
        .collect();
    let fault = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    assert_eq!(
        faults,
        [
            fault("at", "untimely"),
            fault("nonsense", "unknown_field"),
            fault("phone", "bad_phone"),
        ]
    );
    let told = array(&checked["faults"])
        .iter()
        .find(|f| f["field"] == "phone");
    assert!(text(told.expect("told"), "message").starts_with("手机号少 1 位（应为 11 位）。"));
}

#[test]
fn the_time_of_a_step_is_compared_with_what_happened_before_it() {
    let office = office();
    let uuid = registered(&office, "2026-11-17T09:00", &json!({}));
    office.at("2026-11-21T09:00");
    let told = |at: &str| {
        let ask = json!({
            "register": "complaint", "record": uuid, "step": "accept", "values": { "at": at },
        });
        let checked = office.must("check_values", ask);
        let first = array(&checked["faults"])
            .first()
            .map(|f| text(f, "message"));
        first.unwrap_or_default()
    };
    assert_eq!(told("2026-11-18 10:00"), "");
    assert!(
        told("2026-11-16 10:00").contains("早于“投诉时间”"),
        "{}",
        told("2026-11-16")
    );
    assert!(told("明年").contains("不是时间"), "{}", told("明年"));
}

#[test]
fn a_link_is_found_by_its_name_its_pinyin_and_its_code() {
    let office = office();
    let other = json!({ "name": "滨江大道改造工程", "code": "XM02" });
    office.must(
        "add_record",
        json!({ "register": "project", "values": other }),
    );
    let found = |typed: &str| -> Vec<String> {
        let ask = json!({ "register": "project", "text": typed });
        let found = office.must("look_up", ask);
        array(&found).iter().map(|one| text(one, "hint")).collect()
    };
    for typed in ["云溪", "yxl", "yunxi", "XM01", "ｘｍ０１"] {
        assert_eq!(found(typed), ["XM01"], "{typed}");
    }
    assert_eq!(found("").len(), 2, "without a text the newest");
    assert!(found("不存在").is_empty());
}

#[test]
fn what_was_used_before_is_offered_by_use_and_names_of_complainants_are_not() {
    let office = office();
    for (day, receiver) in [(1, "李敏"), (2, "王海燕"), (3, "李敏")] {
        let more = json!({ "receiver": receiver });
        registered(&office, &format!("2026-11-0{day}T09:00"), &more);
    }
    let used = |field: &str, typed: &str| {
        let ask = json!({ "register": "complaint", "field": field, "text": typed });
        office.must("used_before", ask)
    };
    assert_eq!(used("receiver", ""), json!(["李敏", "王海燕"]));
    assert_eq!(used("receiver", "why"), json!(["王海燕"]));
    assert_eq!(used("complainant_name", ""), json!([]), "personal");
}

#[test]
fn a_second_call_about_the_same_place_is_noticed_and_a_stranger_is_not() {
    let office = office();
    let uuid = registered(&office, "2026-11-17T09:00", &json!({}));
    office.at("2026-11-21T09:00");
    let similar = |values: serde_json::Value| {
        let ask = json!({ "register": "complaint", "values": values });
        office.must("similar", ask)
    };
    let found = similar(json!({ "location": "5 栋 2 单元 1102 室", "content": "厨房又有水迹" }));
    let one = &array(&found)[0];
    assert_eq!(
        (text(one, "uuid"), one["days_ago"].as_i64()),
        (uuid.clone(), Some(4))
    );
    assert_eq!(
        (text(one, "why"), text(one, "who")),
        ("同一房号".into(), "何** 5-2-1102".into())
    );
    assert_eq!(
        similar(json!({ "phone": "138 0001 0002" }))[0]["uuid"],
        uuid
    );
    assert_eq!(
        similar(json!({ "location": "6-1-0101", "content": "半夜打桩" })),
        json!([])
    );
    assert_eq!(similar(json!({})), json!([]));
}

#[test]
fn preferences_and_phrases_are_no_history() {
    let office = office();
    let before = office.must("check", json!({}))["ops"].clone();
    let save = |value: serde_json::Value| {
        office.must(
            "save_preference",
            json!({ "key": "columns", "value": value }),
        );
    };
    save(json!(["number", "content"]));
    assert_eq!(
        office.must("preferences", json!({}))["columns"][1],
        "content"
    );
    save(json!(null));
    assert!(
        office
            .must("preferences", json!({}))
            .get("columns")
            .is_none()
    );
    let phrase = json!({ "register": "complaint", "field": "content", "text": "顶板滴水" });
    let phrases = office.must("add_phrase", phrase.clone());
    let first = &array(&phrases)[0];
    assert_eq!(
        (text(first, "text"), text(first, "pinyin")),
        ("顶板滴水".into(), "dbds".into())
    );
    assert_eq!(first["own"], true);
    assert_eq!(
        office.must("drop_phrase", phrase),
        json!([]),
        "there are none for every class"
    );
    let leaks = json!({ "register": "complaint", "field": "content", "class": "leak" });
    assert_eq!(array(&office.must("phrases", leaks)).len(), 8);
    assert_eq!(office.must("check", json!({}))["ops"], before);
    let too_long = json!({ "key": "k".repeat(500), "value": 1 });
    assert!(office.call("save_preference", too_long).is_err());
}

#[test]
fn a_year_is_shown_day_by_day_and_an_unknown_one_says_so() {
    let office = office();
    let year = office.must("calendar_year", json!({ "year": 2026 }));
    assert_eq!(
        (array(&year["days"]).len(), &year["known"]),
        (365, &json!(true))
    );
    let day = |date: &str| {
        let found = array(&year["days"]).iter().find(|day| day["date"] == date);
        found.expect("a day").clone()
    };
    assert_eq!(
        day("2026-10-01"),
        json!({
            "date": "2026-10-01", "rest": true, "make_up": false, "name": "国庆节",
        })
    );
    assert_eq!(day("2026-11-21")["rest"], true);
    let unknown = office.must("calendar_year", json!({ "year": 2027 }));
    assert_eq!(
        (&unknown["known"], text(&unknown, "source")),
        (&json!(false), String::new())
    );
    let years = office.must("calendar_years", json!({}));
    assert_eq!(array(&years)[0]["year"], 2027, "next year is asked for");
}
