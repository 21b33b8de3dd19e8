//! Requests that make no sense are refused in Chinese by every command of the desk, and change
//! nothing.

use commands::{Code, desk};
use serde_json::{Value as Json, json};

use super::{Seat, without_paths};

fn nonsense() -> Vec<Json> {
    vec![
        json!(null),
        json!("x"),
        json!([1, 2]),
        json!({ "x": 1 }),
        json!({ "name": 7, "token": [], "register": {}, "record": 0, "paper": true }),
        json!({ "token": "../../etc/passwd", "register": "complaint" }),
        json!({ "register": "complaint", "record": "没有", "tokens": ["没有"] }),
        json!({ "paper": "没有", "token": "没有" }),
        json!({ "printed": ["没有"] }),
        json!({ "attachment": "没有", "edge": 4_000_000_000_u32 }),
        json!({ "name": "../office-0001.db" }),
        json!({ "form": "F-99", "records": ["没有"] }),
        json!({ "job": "没有" }),
    ]
}

#[test]
fn nonsense_is_refused_in_chinese_and_changes_nothing() {
    let (seat, uuid) = Seat::furnished();
    let before = seat.must(
        "get_record",
        json!({ "register": "complaint", "record": uuid }),
    );
    let check = |name: &str, ask: &Json, fault: commands::CommandError| {
        assert_ne!(fault.code, Code::Internal, "{name} {ask}: {fault}");
        let words = without_paths(&fault.message);
        let faults = tests::chinese::faults(&words);
        assert_eq!(
            faults,
            Vec::<String>::new(),
            "{name} {ask}: {}",
            fault.message
        );
    };
    for ask in nonsense() {
        for name in desk::NAMES {
            match seat.call(name, ask.clone()) {
                Err(fault) => check(name, &ask, fault),
                Ok(answer) => assert!(
                    // A dialog was cancelled, or a job says how it goes.
                    answer.is_null() || answer == json!([]) || ask == json!({}),
                    "{name} {ask} answered {answer}"
                ),
            }
        }
        for name in desk::BYTES {
            let fault = seat.desk.bytes(name, ask.clone()).expect_err(name);
            check(name, &ask, fault);
        }
    }
    let after = seat.must(
        "get_record",
        json!({ "register": "complaint", "record": uuid }),
    );
    assert_eq!(after, before);
    assert_eq!(seat.must("check", json!({}))["good"], true);
}
