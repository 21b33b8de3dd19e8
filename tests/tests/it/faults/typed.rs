//! What people and scripts type wrongly.

use std::ffi::{OsStr, OsString};
use std::fs;

use super::{Guarded, NUMBER};

/// What is asked, the exit code, the error's code, and words that its message must hold.
type Case<'a> = (&'a [&'a str], i32, &'a str, &'a [&'a str]);

#[track_caller]
fn all_told(cases: &[Case<'_>]) {
    let office = Guarded::new();
    for (arguments, exit, code, words) in cases {
        let ran = office.cli.run(arguments);
        let message = ran.told(*exit, code);
        for word in *words {
            assert!(message.contains(word), "{word:?} is not in {message:?}");
        }
    }
    office.is_untouched();
}

fn add(values: &str) -> [&str; 4] {
    ["add", "complaint", "--values", values]
}

#[test]
fn impossible_dates_and_unknown_choices_are_named_all_at_once() {
    let many = r#"{"received_at":"2026-02-30","channel":"飞鸽","phone":"12","outer_deadline":"明年","nonsense":1}"#;
    all_told(&[
        (
            &add(many),
            3,
            "invalid",
            &[
                "2026-02-30",
                "不存在",
                "飞鸽",
                "电话、来访",
                "“12”",
                "“明年”",
                "“nonsense”",
            ],
        ),
        (
            &add(r#"{"received_at":"2025-02-29"}"#),
            3,
            "invalid",
            &["不存在"],
        ),
        (
            &add(r#"{"received_at":20261}"#),
            3,
            "invalid",
            &["投诉时间"],
        ),
        (
            &[
                "edit",
                "complaint",
                NUMBER,
                "--values",
                r#"{"grade":"特别严重"}"#,
            ],
            3,
            "invalid",
            &["特别严重", "可选"],
        ),
    ]);
}

#[test]
fn text_that_is_too_long_is_refused_and_not_cut() {
    let text = |length: usize| format!(r#"{{"location":"{}"}}"#, "楼".repeat(length));
    let long = |length: usize| format!(r#"{{"content":"{}"}}"#, "水".repeat(length));
    all_told(&[
        (
            &add(&text(201)),
            3,
            "invalid",
            &["201", "200", "没有被截断"],
        ),
        (
            &add(&long(20_001)),
            3,
            "invalid",
            &["20001", "20000", "没有被截断"],
        ),
    ]);
    let office = Guarded::new();
    office.cli.must(&add(&text(200)));
    office.cli.must(&add(&long(20_000)));
}

#[test]
fn control_characters_and_broken_characters_are_refused() {
    all_told(&[
        (
            &add(r#"{"content":"a\u0000b"}"#),
            3,
            "invalid",
            &["控制字符"],
        ),
        (
            &add(r#"{"complainant_name":"王\u0007"}"#),
            3,
            "invalid",
            &["控制字符"],
        ),
        (&add(r#"{"content":"\ud800"}"#), 3, "invalid", &["残缺字符"]),
        (
            &add(r#"{"content":"好\ude00"}"#),
            3,
            "invalid",
            &["残缺字符"],
        ),
        (
            &["call", "search", r#"{"text":"\ud83d"}"#],
            3,
            "invalid",
            &["残缺字符"],
        ),
    ]);
    let office = Guarded::new();
    office.cli.must(&add(r#"{"content":"第一行\n第二行\t😀"}"#));
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_refused_in_files_and_in_arguments() {
    use std::os::unix::ffi::OsStrExt as _;
    let office = Guarded::new();
    let file = office.dir.with_file_name("bad.json");
    fs::write(&file, b"{\"content\":\"\xff\xfe\"}").expect("a file");
    let name = file.display().to_string();
    office.cli.run(&add(&name)).told(3, "invalid");
    for at in 0..4 {
        let mut arguments: Vec<OsString> = ["show", "complaint", NUMBER, "--unmask"]
            .iter()
            .map(OsString::from)
            .collect();
        arguments[at] = OsStr::from_bytes(b"\xff\xfe").to_owned();
        office.cli.run(&arguments).told(2, "bad_request");
    }
    office.is_untouched();
}

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

#[test]
fn a_step_from_the_wrong_state_says_what_can_be_done_instead() {
    all_told(&[
        (
            &["do", "complaint", NUMBER, "archive"],
            3,
            "refused",
            &["已登记", "“归档”", "受理", "不予受理"],
        ),
        (
            &["do", "complaint", NUMBER, "resume"],
            3,
            "refused",
            &["恢复计时"],
        ),
    ]);
}

#[test]
fn a_step_names_everything_that_is_missing_at_once() {
    all_told(&[
        (
            &["do", "complaint", NUMBER, "accept"],
            3,
            "refused",
            &["受理决定人", "责任部门"],
        ),
        (
            &["do", "complaint", NUMBER, "refuse"],
            3,
            "refused",
            &["受理决定人", "不予受理原因", "其他反映渠道"],
        ),
    ]);
}

#[test]
fn event_times_in_the_future_or_before_the_step_before_are_refused() {
    let values = r#"{"acceptor":"李四","department":"工程部"}"#;
    let accept = |at| {
        [
            "do",
            "complaint",
            NUMBER,
            "accept",
            "--values",
            values,
            "--at",
            at,
        ]
    };
    all_told(&[
        (&accept("2026-11-21T09:01"), 3, "refused", &["晚于现在"]),
        (&accept("2126-01-01"), 3, "refused", &["晚于现在"]),
        (&accept("2026-11-19"), 3, "refused", &["早于"]),
        (&accept("2026-13-45"), 2, "bad_request", &["不是时间"]),
    ]);
}

#[test]
fn what_the_program_keeps_for_itself_is_closed_to_plain_writes() {
    all_told(&[
        (
            &[
                "add",
                "rule_change",
                "--values",
                r#"{"rule":"R-07","value":"x","unit":"?","effective_from":"2026-01-01","reason":"x"}"#,
            ],
            3,
            "refused",
            &["规则调整"],
        ),
        (
            &["add", "calendar_table", "--values", "{}"],
            3,
            "refused",
            &["节假日表"],
        ),
        (&["add", "paper", "--values", "{}"], 3, "refused", &["文书"]),
        (
            &[
                "edit",
                "complaint",
                NUMBER,
                "--values",
                r#"{"accepted_at":"2026-01-01"}"#,
            ],
            3,
            "invalid",
            &["受理时间"],
        ),
        (
            &[
                "edit",
                "complaint",
                NUMBER,
                "--values",
                r#"{"state":"archived"}"#,
            ],
            3,
            "invalid",
            &["“state”"],
        ),
    ]);
}

#[test]
fn a_save_over_a_newer_version_is_refused() {
    let office = Guarded::new();
    let edit = |seen: &str, text: &str| {
        let values = format!(r#"{{"demand":"{text}"}}"#);
        let all = [
            "edit",
            "complaint",
            NUMBER,
            "--seen",
            seen,
            "--values",
            &values,
        ];
        office.cli.run(&all)
    };
    let seen = office.cli.json(&["show", "complaint", NUMBER])["row_version"].to_string();
    assert_eq!(edit(&seen, "一").code, 0);
    let ran = edit(&seen, "二");
    assert!(ran.told(3, "conflict").contains("没有丢失"));
    let shown = office.cli.json(&["show", "complaint", NUMBER]);
    assert_eq!(shown["values"]["demand"], "一");
}
