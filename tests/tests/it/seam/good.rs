//! One good request for every command, and an office in which they mean something.

use commands::files;
use serde_json::{Value as Json, json};
use tests::office::Office;

/// What the office holds as an attachment, and its hash.
const PHOTO: &[u8] = b"a photograph";
const PHOTO_SHA256: &str = "a249e87e1e6113da81cdd8a154c222283fbcceff6dd3727a63bf97eee562dfb3";

/// An office in which the words above name something.
pub(super) fn furnished() -> Office {
    let office = Office::new();
    let project = json!({ "name": "某工程", "code": "XM01", "unit_works": [{ "name": "1号楼" }] });
    office.must(
        "add_record",
        json!({ "register": "project", "values": project }),
    );
    let complaint = json!({
        "project": "XM01", "received_at": "2026-11-20T10:00", "channel": "电话",
        "receiver": "张三", "complainant_name": "王小明", "phone": "13800010002",
        "content": "漏水", "class": "渗漏", "grade": "一般性投诉", "original_no": "甲",
    });
    office.must(
        "add_record",
        json!({ "register": "complaint", "values": complaint }),
    );
    let step = json!({ "register": "complaint", "record": "甲", "step": "register" });
    office.must("take_step", step);
    let person = json!({ "name": "王小明", "phone": "13800010002" });
    office.must(
        "add_record",
        json!({ "register": "person", "values": person }),
    );
    office.must("print_papers", json!({ "form": "F-01", "records": ["甲"] }));
    let kept = files::take_bytes(office.ctx(), PHOTO).expect("it is kept");
    assert_eq!(kept.file, PHOTO_SHA256);
    office
}

/// Good requests, by command.
pub(super) fn good_requests() -> Vec<(&'static str, Json)> {
    let complaint = json!({ "register": "complaint", "record": "甲" });
    let values = json!({
        "project": "XM01", "received_at": "2026-11-20T10:00", "channel": "电话",
        "receiver": "张三", "complainant_name": "王小明", "phone": "13800010002",
        "content": "漏水", "class": "渗漏", "grade": "一般性投诉", "urgent": true,
        "address": "某路 8 号", "anonymous": false, "outer_deadline": "2026-12-01",
    });
    let filter = json!({ "field": "received_at", "op": ">=", "value": "2026-01-01" });
    let table = "year = 2027\nversion = 1\ntitle = \"某市通知\"\nsource = [\"市政府\"]\n\
                 [[holiday]]\nname = \"元旦\"\noff = [\"2027-01-01\"]\n";
    let paper = "TS-2026-XM01-0001-F01-1";
    let mut all = records(&complaint, &values, &filter);
    all.extend([
        ("next_steps", complaint.clone()),
        ("take_step", json!({
            "register": "complaint", "record": "甲", "step": "accept", "at": "2026-11-20T12:00",
            "values": { "acceptor": "李四" }, "person": "李四", "text": "受理",
            "waive": [{ "code": "written", "reason": "急件" }], "seen": 2,
        })),
        ("take_step", json!({
            "register": "complaint", "record": "甲", "step": "extend", "text": "雨季",
            "action": { "rule": "R-07", "until": "2026-12-01" }, "person": "赵六",
        })),
        ("deadlines_of", complaint.clone()),
        ("due", json!({ "date": "2026-11-30" })),
        ("count_due", json!({ "from": "2026-11-20T10:00", "add": "3w", "legal": true })),
        ("search", json!({ "text": "漏水", "limit": 10, "unmask": true })),
        ("history_of", complaint.clone()),
        ("undo", json!({ "op": 3 })),
        ("redo", json!({})),
        ("forms", json!({})),
        ("print_papers", json!({
            "form": "F-01", "records": ["甲"], "values": {}, "filler": "张三", "merge": true,
        })),
        ("print_papers", json!({ "form": "F-26", "filters": [filter], "trial": true })),
        ("print_papers", json!({ "form": "F-02", "blank": true })),
        ("papers", json!({ "record": "甲" })),
        ("reprint", json!({ "paper": paper })),
        ("paper_returned", json!({ "paper": paper, "scan": PHOTO_SHA256 })),
        ("change_form", json!({
            "form": "F-01", "change": { "title": "投诉登记表" }, "reason": "公司版式",
        })),
        ("add_attachment", json!({
            "register": "complaint", "record": "甲", "file": PHOTO_SHA256, "size": PHOTO.len(),
            "name": "现场.jpg", "note": "裂缝", "kind": "photo",
        })),
        ("attachments_of", complaint),
        ("undo_import", json!({ "batch": "DR-20261121-1" })),
        ("import_batches", json!({})),
        ("save_draft", json!({ "key": "新投诉", "register": "complaint", "body": values })),
        ("drafts", json!({})),
        ("drop_draft", json!({ "key": "新投诉" })),
        ("people_by_phone", json!({ "phone": "0002" })),
        ("erase_person", json!({ "person": "王小明", "reason": "本人要求" })),
        ("number_example", json!({ "pattern": "{prefix}-{year}-{seq:4}", "office": "XX" })),
        ("reserve_numbers", json!({
            "register": "complaint", "project": "XM01", "year": 2026, "count": 5, "reason": "工地本",
        })),
        ("rules", json!({})),
        ("change_rule", json!({
            "rule": "R-07", "value": "5", "unit": "days", "effective_from": "2026-11-01",
            "reason": "公司规定",
        })),
        ("import_calendar", json!({ "text": table })),
        ("check", json!({})),
        ("backup", json!({})),
        ("backups", json!({})),
    ]);
    all.extend(window());
    all
}

/// Those that a window asks: it draws from them and writes next to nothing.
fn window() -> Vec<(&'static str, Json)> {
    let complaint = json!({ "register": "complaint", "record": "甲" });
    let typed = json!({ "received_at": "昨天", "phone": "138 0001 0002", "content": "漏水" });
    let conditions = json!([
        { "field": "@deadline", "op": "=", "value": "today" },
        { "field": "received_at", "op": "within", "value": "last_31_days" },
        { "field": "class", "op": "in", "value": "leak,裂缝" },
    ]);
    let phrase = json!({ "register": "complaint", "field": "content", "text": "顶板有水迹" });
    vec![
        ("catalog", json!({})),
        ("office", json!({})),
        ("nav", json!({})),
        ("way_of", complaint.clone()),
        ("today", json!({})),
        (
            "count_records",
            json!({
                "register": "complaint", "queries": [{ "filters": conditions, "text": "漏水" }, {}],
            }),
        ),
        (
            "totals",
            json!({ "register": "complaint", "filters": conditions, "text": "漏水" }),
        ),
        ("totals", json!({ "register": "project" })),
        ("views", json!({ "register": "complaint" })),
        (
            "check_values",
            json!({ "register": "complaint", "step": "accept", "values": typed }),
        ),
        (
            "look_up",
            json!({ "register": "project", "text": "mgc", "limit": 5 }),
        ),
        (
            "used_before",
            json!({ "register": "complaint", "field": "receiver", "text": "zs" }),
        ),
        (
            "similar",
            json!({ "register": "complaint", "values": typed }),
        ),
        (
            "phrases",
            json!({ "register": "complaint", "field": "content", "class": "leak" }),
        ),
        ("add_phrase", phrase.clone()),
        ("drop_phrase", phrase),
        ("linked", complaint.clone()),
        ("history_ops", complaint.clone()),
        ("undo_offer", json!({})),
        ("show_personal", complaint),
        ("calendar_year", json!({ "year": 2026 })),
        ("calendar_years", json!({})),
        ("preferences", json!({})),
        (
            "save_preference",
            json!({ "key": "columns.complaint", "value": ["number"] }),
        ),
    ]
}

/// Those that look at records and write them.
fn records(complaint: &Json, values: &Json, filter: &Json) -> Vec<(&'static str, Json)> {
    vec![
        (
            "list_records",
            json!({
                "register": "complaint", "filters": [filter], "text": "漏水", "sort": ["-received_at"],
                "offset": 0, "limit": 50, "unmask": false,
            }),
        ),
        ("get_record", complaint.clone()),
        (
            "add_record",
            json!({ "register": "complaint", "values": values }),
        ),
        (
            "add_record",
            json!({ "register": "project", "values": {
                "name": "另一工程", "code": "XM02",
                "unit_works": [{ "name": "3号楼", "households": 66, "accepted_on": "2025-06-01" }],
            }}),
        ),
        (
            "edit_record",
            json!({
                "register": "complaint", "record": "甲", "values": values, "reason": "补充", "seen": 2,
            }),
        ),
        (
            "edit_record",
            json!({ "register": "office", "record": "某工程项目部", "values": {
                "short_name": "项目部",
            }}),
        ),
        (
            "delete_record",
            json!({ "register": "person", "record": "王小明", "reason": "重复" }),
        ),
        (
            "restore_record",
            json!({ "register": "person", "record": "王小明" }),
        ),
        ("recycle_bin", json!({})),
    ]
}
