//! Values that no field can hold.

use std::ffi::{OsStr, OsString};
use std::fs;

use super::super::{Guarded, NUMBER};
use super::{add, all_told};

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

#[test]
#[cfg(unix)]
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
