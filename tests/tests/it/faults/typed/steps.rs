//! Steps and saves that the rules refuse.

use super::super::{Guarded, NUMBER};
use super::all_told;

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
