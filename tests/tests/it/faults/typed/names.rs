//! Names of nothing, and requests of no shape.

use super::super::NUMBER;
use super::{add, all_told};

#[test]
fn unknown_names_are_told_with_those_that_there_are() {
    all_told(&[
        (
            &["list", "bogus"],
            2,
            "bad_request",
            &["“bogus”", "complaint（投诉）"],
        ),
        (
            &["list", "complaint_action"],
            2,
            "bad_request",
            &["没有", "complaint（投诉）"],
        ),
        (
            &["list", "complaint", "--where", "bogus=1"],
            2,
            "bad_request",
            &["“bogus”"],
        ),
        (
            &["list", "complaint", "--sort", "bogus"],
            2,
            "bad_request",
            &["“bogus”"],
        ),
        (
            &["list", "complaint", "--where", "bogus"],
            2,
            "bad_request",
            &["字段=值"],
        ),
        (&add(r#"{"bogus":1}"#), 3, "invalid", &["“bogus”"]),
        (&["show", "complaint", "TS-9"], 2, "not_found", &["“TS-9”"]),
        (
            &["edit", "complaint", "TS-9", "--values", "{}"],
            2,
            "not_found",
            &["“TS-9”"],
        ),
        (
            &["do", "complaint", NUMBER, "bogus"],
            2,
            "bad_request",
            &["“bogus”", "accept（受理）"],
        ),
        (
            &["do", "complaint", "TS-9", "accept"],
            2,
            "not_found",
            &["“TS-9”"],
        ),
        (
            &["do", "project", "XM01", "accept"],
            2,
            "bad_request",
            &["没有办理流程"],
        ),
        (
            &["print", "F-99", "--record", NUMBER, "--out", "x"],
            2,
            "bad_request",
            &["F-01（投诉记录表）"],
        ),
        (
            &["print", "F-01", "--record", "TS-9", "--out", "x"],
            2,
            "not_found",
            &["“TS-9”"],
        ),
        (
            &["print", "F-01", "--out", "x"],
            2,
            "bad_request",
            &["空白表"],
        ),
        (
            &["reprint", "TS-9", "--out", "x.pdf"],
            2,
            "not_found",
            &["“TS-9”"],
        ),
        (
            &["returned", "TS-9", "--not-needed"],
            2,
            "not_found",
            &["“TS-9”"],
        ),
        (&["undo-import", "DR-9"], 2, "not_found", &["“DR-9”"]),
        (&["restore", "nothing"], 2, "not_found", &["“nothing”"]),
        (&["call", "bogus"], 2, "bad_request", &["“bogus”"]),
        (&["bogus"], 2, "bad_request", &["没有这个命令"]),
    ]);
}

#[test]
fn malformed_requests_are_told_by_their_place() {
    all_told(&[
        (
            &add(r#"{"content":"x""#),
            2,
            "bad_request",
            &["JSON", "第 1 行"],
        ),
        (&add("{}}"), 2, "bad_request", &["JSON"]),
        (
            &["call", "get_record", "{}"],
            2,
            "bad_request",
            &["缺少“register”"],
        ),
        (
            &["call", "get_record", r#"{"register":1}"#],
            2,
            "bad_request",
            &["类型"],
        ),
        (
            &["call", "get_record", r#"{"rigister":"x"}"#],
            2,
            "bad_request",
            &["“rigister”", "register"],
        ),
        (
            &["add", "complaint"],
            2,
            "bad_request",
            &["缺少必要的参数", "--values"],
        ),
        (&["list"], 2, "bad_request", &["台账"]),
        (
            &["list", "complaint", "--limit", "many"],
            2,
            "bad_request",
            &["--limit"],
        ),
        (
            &["list", "complaint", "--bogus"],
            2,
            "bad_request",
            &["--bogus"],
        ),
        (
            &["count-due", "--from", "gestern", "--add", "3w"],
            2,
            "bad_request",
            &["“gestern”"],
        ),
        (
            &["count-due", "--from", "2026-11-21", "--add", "3q"],
            2,
            "bad_request",
            &["“3q”"],
        ),
        (&["due", "--date", "never"], 2, "bad_request", &["“never”"]),
        (&["--now", "bald", "check"], 2, "bad_request", &["--now"]),
    ]);
}

#[test]
fn values_from_a_file_that_is_not_there_fail_as_input() {
    all_told(&[
        (
            &add("nowhere.json"),
            4,
            "io",
            &["nowhere.json", "没有这个文件"],
        ),
        (
            &["attach", "complaint", NUMBER, "nowhere.jpg"],
            4,
            "io",
            &["没有这个文件"],
        ),
        (&["calendar", "nowhere.toml"], 4, "io", &["没有这个文件"]),
        (&["attach", "complaint", NUMBER, "."], 4, "io", &["文件夹"]),
    ]);
}
