//! The command seam under nonsense: whatever is asked of whichever command, it answers or refuses
//! with a known code and a Chinese message, never with a panic, and never as a fault of its own.

mod good;

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

use good::{furnished, good_requests};

/// Cases of the full run.
const CASES: usize = 30_000;
/// Offices among which they are shared out.
const OFFICES: usize = 6;

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

/// How a good request is spoilt.
#[derive(Debug, Clone)]
enum Spoil {
    Not,
    Replace(Json),
    Remove,
    Insert(String, Json),
}

/// A good request of some command with one part of it spoilt.
fn spoilt() -> impl Strategy<Value = (String, Json)> {
    let spoil = prop_oneof![
        1 => Just(Spoil::Not),
        6 => json().prop_map(Spoil::Replace),
        2 => Just(Spoil::Remove),
        2 => (select(keys()), json()).prop_map(|(key, value)| Spoil::Insert(key, value)),
    ];
    (select(good_requests()), any::<u16>(), spoil).prop_map(|((name, mut request), at, spoil)| {
        let mut places = vec![String::new()];
        places_of(&request, "", &mut places);
        let place = places.swap_remove(usize::from(at) % places.len());
        match spoil {
            Spoil::Not => {}
            Spoil::Replace(value) => {
                *request.pointer_mut(&place).expect("BUG: a place of it") = value;
            }
            Spoil::Remove => {
                let (parent, key) = place.rsplit_once('/').unwrap_or_default();
                if let Some(Json::Object(parts)) = request.pointer_mut(parent) {
                    parts.remove(key);
                }
            }
            Spoil::Insert(key, value) => {
                if let Some(Json::Object(parts)) = request.pointer_mut(&place) {
                    parts.insert(key, value);
                }
            }
        }
        (name.to_owned(), request)
    })
}

/// Every place inside a request, as a pointer.
fn places_of(json: &Json, here: &str, all: &mut Vec<String>) {
    let parts: Vec<(String, &Json)> = match json {
        Json::Object(parts) => parts.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Json::Array(rows) => rows
            .iter()
            .enumerate()
            .map(|(at, v)| (at.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    for (key, value) in parts {
        let place = format!("{here}/{key}");
        places_of(value, &place, all);
        all.push(place);
    }
}

fn requests() -> impl Strategy<Value = (String, Json)> {
    let any_command = select(table::NAMES.to_vec()).prop_map(str::to_owned);
    let free = prop_oneof![
        1 => json(),
        3 => btree_map(select(keys()), json(), 0..5).prop_map(object),
    ];
    prop_oneof![1 => (any_command, free), 3 => spoilt()]
}

#[test]
fn nonsense_is_answered_or_refused_in_chinese_and_never_a_fault_of_the_program() {
    let answered = RefCell::new((0_u32, 0_u32));
    // Several offices, for what is undone or deleted in one is no longer there to be misused.
    for _ in 0..OFFICES {
        let office = furnished();
        let mut runner = TestRunner::new(Config {
            cases: u32::try_from(tests::rounds(CASES) / OFFICES).expect("a small number"),
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
        office.is_sound();
    }
    let (good, refused) = *answered.borrow();
    let least = u32::try_from(tests::rounds(CASES) / 10).expect("a small number");
    assert!(
        good > least && refused > least,
        "{good} answered, {refused} refused: one-sided"
    );
}

#[test]
fn every_command_of_the_table_has_a_good_request_here() {
    let office = furnished();
    let requests = good_requests();
    for name in table::NAMES {
        let mut of_this = requests.iter().filter(|(of, _)| of == name).peekable();
        assert!(
            of_this.peek().is_some(),
            "{name}: add a good request to this file"
        );
    }
    for (name, request) in requests {
        if let Err(fault) = office.call(name, request) {
            // Nothing to undo, or of that name, is a good answer too.
            let lawful = matches!(fault.code, Code::Refused | Code::Conflict | Code::NotFound);
            assert!(lawful, "{name}: {fault}");
        }
    }
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
