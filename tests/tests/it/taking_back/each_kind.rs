//! One op of every kind, the whole office written down after each, then all of them back and forth.

use std::path::Path;

use commands::{files, ledger};
use serde_json::{Value as Json, json};
use tests::office::Office;
use tests::same::{Business, assert_same, business};

/// An office with what was done in it, and its business values before the first op and after each.
struct Story {
    office: Office,
    states: Vec<Business>,
}

impl Story {
    fn new() -> Self {
        let office = Office::new();
        let states = vec![business(&office)];
        Self { office, states }
    }

    /// Does one op and writes the office down.
    fn then(&mut self, name: &str, request: Json) -> Json {
        let answer = self.office.must(name, request);
        self.note();
        answer
    }

    fn note(&mut self) {
        let now = business(&self.office);
        assert!(
            self.states.last() != Some(&now),
            "op {} changed nothing, so taking it back would prove nothing",
            self.states.len()
        );
        self.states.push(now);
    }

    /// All ops back, then all forth again, the office compared each time.
    fn back_and_forth(&self) {
        let ops = self.states.len() - 1;
        for at in (0..ops).rev() {
            let told = self.office.must("undo", json!({}));
            let when = format!("undo of op {} {}", at + 1, told["what"]);
            assert_same(&self.states[at], &business(&self.office), &when);
        }
        self.office.is_sound();
        for at in 1..=ops {
            let told = self.office.must("redo", json!({}));
            let when = format!("redo of op {at} {}", told["what"]);
            assert_same(&self.states[at], &business(&self.office), &when);
        }
        let nothing = self.office.call("redo", json!({}));
        assert!(nothing.is_err(), "every undo was taken back");
        self.office.is_sound();
    }
}

fn step(step: &str, values: Json, text: &str) -> Json {
    json!({
        "register": "complaint", "record": "甲楼漏水", "step": step, "values": values,
        "person": "李四", "text": text,
    })
}

/// Names the complaint of a story by its old number, which stays when the number goes.
fn complaint() -> Json {
    json!({
        "project": "XM01", "received_at": "2026-11-20T10:00", "channel": "电话",
        "receiver": "张三", "complainant_name": "王小明", "phone": "13800010002",
        "content": "厨房顶棚漏水，渗到楼下。", "class": "渗漏", "grade": "一般性投诉",
        "original_no": "甲楼漏水",
    })
}

fn with_project(story: &mut Story) {
    story.then(
        "add_record",
        json!({ "register": "department", "values": { "name": "工程部", "head": "赵六" } }),
    );
    story.then(
        "add_record",
        json!({ "register": "project", "values": {
            "name": "某工程", "code": "XM01", "unit_works": [{ "name": "1号楼" }, { "name": "2号楼" }],
        }}),
    );
}

#[test]
fn steps_and_acts_are_taken_back_and_come_again_with_the_same_number() {
    let mut story = Story::new();
    with_project(&mut story);
    story.then(
        "add_record",
        json!({ "register": "complaint", "values": complaint() }),
    );
    let registered = story.then("take_step", step("register", json!({}), ""));
    let number = registered["record"]["number"].clone();
    assert!(number.is_string(), "registering gives the number");
    for (name, values, text) in [
        (
            "accept",
            json!({ "acceptor": "李四", "department": "工程部" }),
            "",
        ),
        ("contact", json!({}), "电话联系"),
        ("pause", json!({}), "投诉人外出，约定下周"),
        ("resume", json!({}), "投诉人已返回"),
        ("escalate", json!({}), "投诉人要求上报"),
        ("start_investigation", json!({ "handler": "王五" }), ""),
        (
            "make_plan",
            json!({ "facts": "防水层破损", "liability": "施工", "opinion": "重做防水" }),
            "",
        ),
        ("ask_customer", json!({}), ""),
        ("customer_objects", json!({}), "要求先修楼下"),
        (
            "make_plan",
            json!({ "opinion": "先修楼下，再重做防水" }),
            "",
        ),
        ("ask_customer", json!({}), ""),
        (
            "customer_agrees",
            json!({ "customer_opinion": "同意", "due_on": "2026-12-01" }),
            "",
        ),
        (
            "finish_handling",
            json!({ "result": "已修复", "department_head": "赵六" }),
            "",
        ),
        (
            "record_visit",
            json!({ "visitor": "张三", "visit_mode": "电话", "satisfaction": "不满意", "satisfaction_reason": "墙面未恢复" }),
            "",
        ),
        ("rework", json!({}), "墙面未恢复"),
        ("mark_malicious", json!({}), "多次虚报"),
        ("note", json!({}), "补充说明"),
        ("withdraw", json!({}), "投诉人撤回"),
    ] {
        story.then("take_step", step(name, values, text));
    }
    story.back_and_forth();
    let again = story.office.must(
        "get_record",
        json!({ "register": "complaint", "record": "甲楼漏水" }),
    );
    assert_eq!(again["number"], number, "the number comes back");
}

#[test]
fn edits_lines_deletions_attachments_and_returned_papers_are_taken_back() {
    let mut story = Story::new();
    with_project(&mut story);
    let project = story.office.must(
        "get_record",
        json!({ "register": "project", "record": "XM01" }),
    );
    let lines = &project["lines"]["unit_works"];
    story.then(
        "edit_record",
        json!({ "register": "project", "record": "XM01", "values": {
            "city": "某市", "unit_works": [
                { "uuid": lines[0]["uuid"], "name": "一号楼", "households": 66 },
                { "uuid": lines[1]["uuid"], "remove": true },
                { "name": "3号楼" },
            ],
        }}),
    );
    story.then(
        "add_record",
        json!({ "register": "complaint", "values": complaint() }),
    );
    story.then(
        "edit_record",
        json!({ "register": "complaint", "record": "甲楼漏水", "values": {
            "phone": "13900020003", "content": "两处漏水", "address": null, "urgent": true,
        }}),
    );
    let whole = json!({ "register": "complaint", "record": "甲楼漏水", "reason": "录错" });
    let gone = story.then("delete_record", whole);
    // Without a number it is known in the recycle bin by its identifier.
    story.then(
        "restore_record",
        json!({ "register": "complaint", "record": gone["uuid"] }),
    );
    let kept = files::take_bytes(story.office.ctx(), b"a photograph").expect("it is kept");
    story.then(
        "add_attachment",
        json!({
            "register": "complaint", "record": "甲楼漏水", "file": kept.file, "size": kept.size,
            "name": "现场.jpg",
        }),
    );
    story.then("take_step", step("register", json!({}), ""));
    story.back_and_forth();
}

#[test]
fn a_returned_sheet_is_taken_back_and_the_print_before_it_stays() {
    let mut story = Story::new();
    with_project(&mut story);
    story.then(
        "add_record",
        json!({ "register": "complaint", "values": complaint() }),
    );
    story.then("take_step", step("register", json!({}), ""));
    story.office.must(
        "print_papers",
        json!({ "form": "F-01", "records": ["甲楼漏水"] }),
    );
    let printed = business(&story.office);
    let papers = story.office.must("papers", json!({ "record": "甲楼漏水" }));
    let paper = papers[0]["values"]["paper_number"].clone();
    let scan = files::take_bytes(story.office.ctx(), b"a scan").expect("it is kept");
    story.office.must(
        "paper_returned",
        json!({ "paper": paper, "scan": scan.file }),
    );
    story.office.must("undo", json!({}));
    assert_same(&printed, &business(&story.office), "undo of the return");
    let told = story.office.must("undo", json!({}));
    assert_eq!(
        told["what"], "登记",
        "paper that left the program is passed over"
    );
    let papers = story.office.must("papers", json!({ "record": "甲楼漏水" }));
    assert_eq!(papers[0]["values"]["status"], "printed");
}

#[test]
fn an_import_of_a_whole_ledger_is_taken_back_and_made_again() {
    let mut story = Story::new();
    let ask = ledger::ImportLedger {
        register: "complaint".to_owned(),
        ..ledger::ImportLedger::default()
    };
    let path: &Path = &tests::fixture("ledgers/投诉台账.xlsx");
    ledger::import_ledger(story.office.ctx(), path, &ask, None).expect("it is taken over");
    story.note();
    story.back_and_forth();
}

#[test]
fn a_changed_rule_and_a_holiday_table_are_taken_back_with_the_deadlines_they_moved() {
    let mut story = Story::new();
    with_project(&mut story);
    story.then(
        "add_record",
        json!({ "register": "complaint", "values": complaint() }),
    );
    story.then("take_step", step("register", json!({}), ""));
    story.then(
        "change_rule",
        json!({ "rule": "R-07", "value": "5", "effective_from": "2026-11-01", "reason": "公司规定" }),
    );
    let table = "year = 2027\nversion = 1\ntitle = \"某市通知\"\nsource = [\"市政府\"]\n\
                 [[holiday]]\nname = \"元旦\"\noff = [\"2027-01-01\"]\n";
    story.then("import_calendar", json!({ "text": table }));
    story.back_and_forth();
}
