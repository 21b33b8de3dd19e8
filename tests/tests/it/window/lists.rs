//! Lists, their views and figures, and the page of the day say the same.

use serde_json::{Value as Json, json};
use tests::office::Office;

use super::{array, of, office, registered, step, text};

/// Three cases on the morning of 20 November, a Friday: one late, one due today, one for Monday.
fn busy() -> (Office, [String; 3]) {
    let office = office();
    let late = registered(
        &office,
        "2026-11-16T09:00",
        &json!({ "location": "3-1-0602" }),
    );
    accepted(&office, &late);
    let monday = registered(
        &office,
        "2026-11-19T15:00",
        &json!({ "location": "1-1-0101" }),
    );
    accepted(&office, &monday);
    step(&office, &monday, "contact", json!({}), "已联系");
    let today = registered(&office, "2026-11-19T11:20", &json!({ "grade": "重大投诉" }));
    accepted(&office, &today);
    step(&office, &today, "report_major", json!({}), "已报告");
    office.at("2026-11-20T09:12");
    (office, [late, today, monday])
}

fn accepted(office: &Office, uuid: &str) {
    step(office, uuid, "accept", json!({ "acceptor": "王海燕" }), "");
}

fn list(office: &Office, filters: &Json) -> Vec<String> {
    let ask = json!({ "register": "complaint", "filters": filters, "sort": ["received_at"] });
    let page = office.must("list_records", ask);
    assert_eq!(
        page["total"],
        json!(array(&page["rows"]).len()),
        "{filters}"
    );
    array(&page["rows"])
        .iter()
        .map(|row| text(row, "uuid"))
        .collect()
}

fn deadline(value: &str) -> Json {
    json!([{ "field": "@deadline", "op": "=", "value": value }])
}

#[test]
fn a_case_stands_in_one_list_by_the_deadline_that_presses_most() {
    let (office, [late, today, monday]) = busy();
    assert_eq!(list(&office, &deadline("overdue")), [late.as_str()]);
    assert_eq!(list(&office, &deadline("today")), [today.as_str()]);
    assert_eq!(list(&office, &deadline("soon")), [monday.as_str()]);
    assert!(list(&office, &deadline("none")).is_empty());
    let page = office.must("list_records", json!({ "register": "complaint" }));
    for row in array(&page["rows"]) {
        let tone = match text(row, "uuid") {
            uuid if uuid == late => "overdue",
            uuid if uuid == today => "today",
            _ => "later",
        };
        assert_eq!(row["deadline"]["tone"], tone, "{}", row["deadline"]);
    }
}

#[test]
fn the_page_of_the_day_counts_what_its_lists_hold_and_names_nobody_in_full() {
    let (office, _) = busy();
    let day = office.must("today", json!({}));
    for group in array(&day["groups"]) {
        let list = list(&office, &deadline(&text(group, "id")));
        assert_eq!(group["total"], json!(list.len()), "{}", group["label"]);
        assert_eq!(array(&group["lines"]).len(), list.len());
    }
    assert_eq!(day["due_total"], 2);
    let nav = office.must("nav", json!({}));
    assert_eq!(array(&nav)[0]["count"], 2, "the same beside the word");
    for figure in array(&day["figures"]) {
        let held = list(&office, &figure["filters"]);
        let value = figure["value"].as_u64();
        assert!(
            value.is_none_or(|value| value == held.len() as u64),
            "{figure}"
        );
    }
    let days = array(&day["days"]);
    assert_eq!(days.len(), 14);
    assert_eq!(days[0]["overdue"], 1);
    assert_eq!(
        (days[1]["rest"].as_bool(), days[1]["weekday"].as_str()),
        (Some(true), Some("周六"))
    );
    assert!(!day.to_string().contains("何玉珍"), "masked");
    assert!(text(&array(&day["groups"])[0]["lines"][0], "who").contains("3-1-0602"));
}

#[test]
fn nothing_to_count_is_nothing_and_not_nought() {
    let office = office();
    let day = office.must("today", json!({}));
    let of = |id: &str| {
        let figure = array(&day["figures"]).iter().find(|f| f["id"] == id);
        figure.expect("a figure").clone()
    };
    assert_eq!(of("received")["value"], 0);
    assert_eq!(
        (&of("in_time")["value"], &of("in_time")["of"]),
        (&Json::Null, &json!(0))
    );
    assert_eq!(of("satisfied")["value"], Json::Null);
}

#[test]
fn the_counts_of_the_views_are_those_of_their_lists() {
    let (office, _) = busy();
    let views = office.must("views", json!({ "register": "complaint" }));
    let queries: Vec<Json> = array(&views)
        .iter()
        .map(|view| json!({ "filters": view["filters"] }))
        .collect();
    let ask = json!({ "register": "complaint", "queries": queries });
    let counts = office.must("count_records", ask);
    for (view, count) in array(&views).iter().zip(array(&counts["counts"])) {
        let held = list(&office, &view["filters"]);
        assert_eq!(count["count"], json!(held.len()), "{}", view["label"]);
    }
    assert_eq!(array(&views).len(), 9);
}

#[test]
fn the_bar_under_a_list_counts_the_whole_list_and_not_the_page() {
    let (office, [late, ..]) = busy();
    office.at("2026-11-20T09:12");
    let all = office.must("totals", json!({ "register": "complaint" }));
    let part = |bar: &Json, id: &str| {
        let found = array(&bar["parts"]).iter().find(|p| p["id"] == id);
        found.map(|part| text(part, "shown")).unwrap_or_default()
    };
    for (id, shown) in [
        ("all", "3 条"),
        ("general", "2"),
        ("major", "1"),
        ("open", "3"),
        ("overdue", "1"),
        ("today", "1"),
    ] {
        assert_eq!(part(&all, id), shown, "{id}");
    }
    assert_eq!(part(&all, "mean_days"), "", "nothing is settled yet");
    let some = json!({ "register": "complaint", "text": "3-1-0602" });
    let some = office.must("totals", some);
    assert_eq!(
        (part(&some, "all").as_str(), part(&some, "major").as_str()),
        ("1 条", "0")
    );
    let dated = json!({ "register": "complaint", "filters": [
        { "field": "received_at", "op": "within", "value": "today" }] });
    assert_eq!(office.must("totals", dated)["count"], 0);
    assert_eq!(
        office.must("deadlines_of", of(&late))[0]["words"]["text"],
        "按期办结"
    );
}

#[test]
fn several_codes_and_spans_are_conditions() {
    let (office, [late, ..]) = busy();
    let grades = json!([{ "field": "grade", "op": "in", "value": "major,一般性投诉" }]);
    assert_eq!(list(&office, &grades).len(), 3);
    let week = json!([
        { "field": "received_at", "op": "within", "value": "this_week" },
        { "field": "grade", "op": "in", "value": "general" },
        { "field": "location", "op": "~", "value": "0602" },
    ]);
    assert_eq!(list(&office, &week), [late.as_str()]);
    for bad in [
        json!({ "field": "received_at", "op": "within", "value": "some_time" }),
        json!({ "field": "@deadline", "op": ">", "value": "today" }),
        json!({ "field": "@nonsense", "op": "=", "value": "today" }),
    ] {
        let ask = json!({ "register": "complaint", "filters": [bad] });
        let fault = office.call("list_records", ask).expect_err("no condition");
        assert_eq!(fault.code, commands::Code::BadRequest);
    }
}

#[test]
fn a_page_without_its_total_is_the_same_page() {
    let (office, _) = busy();
    let with = office.must("list_records", json!({ "register": "complaint" }));
    let without = office.must(
        "list_records",
        json!({ "register": "complaint", "count": false }),
    );
    assert_eq!(with["rows"], without["rows"]);
    assert_eq!((&with["total"], &without["total"]), (&json!(3), &json!(0)));
}
