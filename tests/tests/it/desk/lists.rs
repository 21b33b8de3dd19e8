//! Ledgers in and lists out.

use commands::Code;
use serde_json::{Value as Json, json};

use super::{Seat, complaint};

fn ledger(seat: &Seat) -> Json {
    let path = tests::fixture("ledgers/投诉台账.xlsx");
    seat.host.will_pick(&[&path]);
    let picked = seat.must("pick_ledger", json!({}));
    assert_eq!(picked["name"], "投诉台账.xlsx");
    json!({ "token": picked["token"], "register": "complaint" })
}

#[test]
fn a_ledger_is_looked_at_without_a_trace_and_taken_over_once() {
    let (seat, _) = Seat::furnished();
    assert_eq!(seat.must("pick_ledger", json!({})), json!(null));
    let ask = ledger(&seat);
    let look = seat.must("look_at_ledger", ask.clone());
    assert_eq!(seat.count("complaint"), 1);
    assert_eq!(look["batch"], json!(null));
    let preview = look["preview"].as_array().expect("rows");
    assert_eq!(preview.len(), 50);
    assert!(preview[0]["shown"]["content"].is_string(), "{}", preview[0]);
    assert!(preview[0]["shown"]["received_at"].is_string());

    let taken = seat.must("take_ledger", ask.clone());
    assert!(taken["batch"].is_string());
    let good = look["status"]["good"].as_u64().unwrap_or(0);
    let partial = look["status"]["partial"].as_u64().unwrap_or(0);
    assert_eq!(seat.count("complaint"), 1 + good + partial);
    assert_eq!(seat.refused("take_ledger", ask).code, Code::Refused);
    seat.must("undo_import", json!({ "batch": taken["batch"] }));
    assert_eq!(seat.count("complaint"), 1);
}

#[test]
fn a_report_is_saved_where_it_is_asked_for_or_nowhere() {
    let (seat, _) = Seat::furnished();
    let ask = ledger(&seat);
    assert_eq!(seat.must("save_import_report", ask.clone()), json!(null));
    let place = seat.home.path().join("核对.xlsx");
    seat.host.will_save(&place);
    let saved = seat.must("save_import_report", ask);
    assert!(place.is_file());
    seat.must("show_saved", json!({ "token": saved["token"] }));
    assert_eq!(seat.count("complaint"), 1);
}

#[test]
fn an_empty_ledger_is_known_again_with_all_its_columns() {
    let (seat, _) = Seat::furnished();
    let ask = json!({ "register": "complaint" });
    assert_eq!(seat.must("save_import_template", ask.clone()), json!(null));
    let place = seat.home.path().join("空白.xlsx");
    seat.host.will_save(&place);
    seat.must("save_import_template", ask);
    let ask = json!({ "token": seat.dropped(&place), "register": "complaint" });
    let look = seat.must("look_at_ledger", ask);
    assert_eq!(look["total"], 0, "{look}");
    assert_eq!(look["missing_columns"], json!([]));
    for column in look["columns"].as_array().expect("columns") {
        assert!(column["field"].is_string(), "{column}");
    }
}

#[test]
fn a_list_is_written_as_it_is_shown() {
    let (seat, _) = Seat::furnished();
    seat.must("add_record", complaint("阳台渗水"));
    let ask = json!({
        "register": "complaint", "text": "阳台", "sort": ["-received_at"],
        "filters": [{ "field": "class", "op": "=", "value": "渗漏" }],
    });
    assert_eq!(seat.must("export_list", ask.clone()), json!(null));
    let place = seat.home.path().join("列表.xlsx");
    seat.host.will_save(&place);
    let saved = seat.must("export_list", ask);
    assert_eq!(saved["rows"], 1);
    // What was written reads as a ledger, with the telephone number masked.
    let ask = json!({ "token": seat.dropped(&place), "register": "complaint" });
    let look = seat.must("look_at_ledger", ask);
    assert_eq!(look["total"], 1);
    let shown = &look["preview"][0]["shown"];
    assert_eq!(shown["content"], "阳台渗水");
    assert_ne!(shown["phone"], "13800010002");
}

#[test]
fn what_is_no_ledger_is_refused_and_nothing_is_taken() {
    let (seat, _) = Seat::furnished();
    let path = seat.file("台账.xlsx", b"no workbook");
    let ask = json!({ "token": seat.dropped(&path), "register": "complaint" });
    assert_eq!(
        seat.refused("look_at_ledger", ask.clone()).code,
        Code::BadFile
    );
    assert_eq!(seat.refused("take_ledger", ask).code, Code::BadFile);
    assert_eq!(seat.count("complaint"), 1);
}

#[test]
fn personal_data_that_leaves_in_full_is_noted_with_every_record() {
    let (seat, uuid) = Seat::furnished();
    let shown = |unmask: bool| {
        let place = seat.home.path().join("列表.xlsx");
        seat.host.will_save(&place);
        let ask = json!({ "register": "complaint", "unmask": unmask });
        seat.must("export_list", ask);
        let ask = json!({ "token": seat.dropped(&place), "register": "complaint" });
        let look = seat.must("look_at_ledger", ask);
        look["preview"][0]["shown"]["phone"].clone()
    };
    let ops = || {
        let ask = json!({ "register": "complaint", "record": uuid });
        let ops = seat.must("history_ops", ask);
        ops.as_array().expect("ops").len()
    };
    let before = ops();
    assert_ne!(shown(false), "13800010002");
    assert_eq!(ops(), before);
    assert_eq!(shown(true), "13800010002");
    assert_eq!(ops(), before + 1);
}
