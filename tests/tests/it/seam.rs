//! The command seam under nonsense: whatever is asked of whichever command, it answers or refuses
//! with a known code and a Chinese message, never with a panic, and never as a fault of its own.

use std::cell::RefCell;

use commands::{Code, CommandError, table};
use domain::complaint::WORKFLOW;
use domain::spec::Catalog;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value as Json, json};
use tests::chinese;
use tests::office::Office;

/// Cases of the full run.
const CASES: u32 = 6_000;

/// What is wrong with a refusal: its code, or the language of one of its messages.
fn faults(fault: &CommandError) -> Vec<String> {
    let mut found = chinese::faults(&fault.message);
    if fault.code == Code::Internal {
        found.push("a fault of the program".to_owned());
    }
    if !matches!(fault.code.exit(), 2..=4) {
        found.push("no exit code".to_owned());
    }
    for field in &fault.fields {
        found.extend(chinese::faults(&field.message));
    }
    found
}

/// Words that mean something to some command, so that nonsense gets past the first check.
fn words() -> Vec<String> {
    let catalog = Catalog::builtin();
    let mut all: Vec<String> = [
        "甲",
        "XM01",
        "TS-2026-XM01-0001",
        "F-01",
        "F-26",
        "R-07",
        "C-03",
        "=",
        "~",
    ]
    .iter()
    .chain(&[
        "2026-11-20T10:00",
        "2026-02-30",
        "3w",
        "13800010002",
        "phone",
        "state",
        "",
        " ",
    ])
    .chain(&[
        "-received_at",
        "number",
        "完成",
        "🙂",
        "\u{0}",
        "a\u{202e}b",
        "“”",
        "'; --",
        "%_",
        "9999999999",
    ])
    .map(|&word| word.to_owned())
    .collect();
    all.push("长".repeat(20_001));
    for spec in catalog.registers() {
        all.push(spec.id.clone());
        all.push(spec.label.clone());
    }
    all.extend(WORKFLOW.steps.iter().map(|s| s.id.to_owned()));
    all
}

/// Keys of requests and of values.
fn keys() -> Vec<String> {
    let mut all: Vec<String> = [
        "register",
        "record",
        "values",
        "filters",
        "field",
        "op",
        "value",
        "text",
        "sort",
        "limit",
        "offset",
        "unmask",
        "step",
        "action",
        "at",
        "person",
        "waive",
        "code",
        "reason",
        "seen",
        "form",
        "records",
        "blank",
        "merge",
        "trial",
        "paper",
        "scan",
        "not_needed",
        "file",
        "size",
        "name",
        "key",
        "body",
        "rule",
        "unit",
        "effective_from",
        "batch",
        "date",
        "from",
        "add",
        "legal",
        "uuid",
        "remove",
        "unit_works",
        "actions",
    ]
    .iter()
    .map(|&key| key.to_owned())
    .collect();
    let spec = Catalog::builtin().register("complaint").expect("known");
    all.extend(spec.fields.iter().map(|f| f.id.clone()));
    all
}

fn text() -> impl Strategy<Value = Json> {
    prop_oneof![
        4 => select(words()).prop_map(Json::from),
        1 => ".{0,12}".prop_map(Json::from),
    ]
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        6 => text(),
        1 => any::<i64>().prop_map(Json::from),
        1 => any::<f64>().prop_map(|f| json!(f)),
        1 => any::<bool>().prop_map(Json::from),
        1 => Just(Json::Null),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            btree_map(select(keys()), inner, 0..5).prop_map(object),
        ]
    })
}

fn object<M: IntoIterator<Item = (String, Json)>>(entries: M) -> Json {
    Json::Object(entries.into_iter().collect::<Map<_, _>>())
}

/// A request of the right shape for one of the commands that look into values, with wrong parts.
fn shaped() -> impl Strategy<Value = (String, Json)> {
    let register = prop_oneof![3 => Just(json!("complaint")), 1 => text()];
    let record = prop_oneof![3 => Just(json!("甲")), 1 => text()];
    let step = prop_oneof![4 => select(WORKFLOW.steps.iter().map(|s| s.id).collect::<Vec<_>>()).prop_map(Json::from), 1 => text()];
    let values = btree_map(select(keys()), json(), 0..4).prop_map(object);
    (register, record, step, values, text(), any::<u8>()).prop_map(
        |(register, record, step, values, text, pick)| match pick % 8 {
            0 => ("add_record".to_owned(), json!({ "register": register, "values": values })),
            1 => (
                "edit_record".to_owned(),
                json!({ "register": register, "record": record, "values": values }),
            ),
            2 | 3 => (
                "take_step".to_owned(),
                json!({ "register": register, "record": record, "step": step, "values": values, "text": text }),
            ),
            4 => (
                "list_records".to_owned(),
                json!({ "register": register, "filters": [{ "field": text, "op": "=", "value": "x" }] }),
            ),
            5 => ("print_papers".to_owned(), json!({ "form": text, "records": [record] })),
            6 => ("search".to_owned(), json!({ "text": text })),
            _ => (
                "list_records".to_owned(),
                json!({ "register": register, "text": text, "sort": [text] }),
            ),
        },
    )
}

fn requests() -> impl Strategy<Value = (String, Json)> {
    let any_command = select(table::NAMES.to_vec()).prop_map(str::to_owned);
    let free = prop_oneof![
        1 => json(),
        3 => btree_map(select(keys()), json(), 0..5).prop_map(object),
    ];
    prop_oneof![1 => (any_command, free), 2 => shaped()]
}

/// An office in which the words above name something.
fn furnished() -> Office {
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
    office
}

#[test]
fn nonsense_is_answered_or_refused_in_chinese_and_never_a_fault_of_the_program() {
    let office = furnished();
    let answered = RefCell::new((0_u32, 0_u32));
    let mut runner = TestRunner::new(Config {
        cases: u32::try_from(tests::rounds(CASES as usize)).expect("a small number"),
        failure_persistence: None,
        ..Config::default()
    });
    let outcome = runner.run(&requests(), |(name, request)| {
        match office.call(&name, request) {
            Ok(_) => answered.borrow_mut().0 += 1,
            Err(fault) => {
                answered.borrow_mut().1 += 1;
                let found = faults(&fault);
                prop_assert!(found.is_empty(), "{name}: {fault}: {found:?}");
            }
        }
        Ok(())
    });
    if let Err(fault) = outcome {
        panic!("{fault}");
    }
    let (good, refused) = *answered.borrow();
    assert!(
        good > 10 && refused > 10,
        "{good} answered, {refused} refused: one-sided"
    );
    office.is_sound();
}

#[test]
fn a_refusal_in_english_or_of_the_program_itself_is_found() {
    let refusal = |code, message: &str| CommandError {
        code,
        message: message.to_owned(),
        fields: Vec::new(),
    };
    assert!(faults(&refusal(Code::Invalid, "投诉时间：必填，请填写。")).is_empty());
    assert!(!faults(&refusal(Code::Invalid, "field is required")).is_empty());
    assert!(!faults(&refusal(Code::Internal, "程序内部出错。")).is_empty());
}

#[test]
fn every_command_of_the_table_refuses_what_is_no_request_at_all() {
    let office = furnished();
    for name in table::NAMES {
        for request in [
            json!(7),
            json!("x"),
            json!({ "no such part": 1 }),
            json!([]),
        ] {
            let Err(fault) = office.call(name, request.clone()) else {
                // Commands without a request have nothing to misread in an empty list.
                assert_eq!(request, json!([]), "{name} took {request}");
                continue;
            };
            assert_eq!(fault.code, Code::BadRequest, "{name} {request}: {fault}");
            assert_eq!(faults(&fault), Vec::<String>::new(), "{name} {request}");
        }
    }
    office.is_sound();
}
