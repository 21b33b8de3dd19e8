//! What the command line shows.

use super::{SECRETS, seen, with_secrets};
use tests::cli::Cli;

/// The complaint, as a request.
const RECORD: &str = r#"{"register":"complaint","record":"甲"}"#;

#[test]
fn every_look_at_the_office_is_masked_unless_asked_for() {
    let (_home, dir) = with_secrets().closed();
    let cli = Cli::on(&dir);
    let number = "TS-2026-XM01-0001";
    for arguments in [
        &["list", "complaint"][..],
        &["list", "customer"],
        &["list", "person"],
        &["show", "complaint", number],
        &["show", "complaint", number, "--history"],
        &["show", "customer", "某公司"],
        &["history", "complaint", number],
        &["search", "漏水"],
        &["search", "oyqb"],
        &["search", "5678"],
        &["search", "4321"],
        &["search", "龙眠"],
        &["due", "--why"],
        &["next", "complaint", number],
        &["papers", "--record", number],
        &["papers"],
        &["drafts"],
        &["undo"],
        &["redo"],
        &["delete", "person", "4321"],
        &["bin"],
        &[
            "call",
            "get_record",
            r#"{"register":"complaint","record":"甲"}"#,
        ],
        &["call", "list_records", r#"{"register":"complaint"}"#],
        &[
            "call",
            "history_of",
            r#"{"register":"complaint","record":"甲"}"#,
        ],
        &["call", "due"],
        &["call", "today"],
        &["call", "way_of", RECORD],
        &["call", "linked", RECORD],
        &["call", "history_ops", RECORD],
        &["call", "look_up", r#"{"register":"person","text":"司空"}"#],
        &[
            "call",
            "look_up",
            r#"{"register":"customer","text":"某公司"}"#,
        ],
        &[
            "call",
            "used_before",
            r#"{"register":"complaint","field":"complainant_name"}"#,
        ],
        &[
            "call",
            "used_before",
            r#"{"register":"person","field":"name"}"#,
        ],
        &[
            "call",
            "similar",
            r#"{"register":"complaint","values":{"phone":"13912345678"}}"#,
        ],
    ] {
        for json in [false, true] {
            let mut all = arguments.to_vec();
            if json {
                all.push("--json");
            }
            let ran = cli.run(&all);
            let found = seen(&format!("{}{}", ran.out, ran.err));
            assert!(found.is_empty(), "{found:?} in {ran:?}");
        }
    }
}

#[test]
fn a_masked_value_is_found_by_the_search_and_shown_masked() {
    let (_home, dir) = with_secrets().closed();
    let cli = Cli::on(&dir);
    for (text, masked) in [
        ("欧阳秋", "欧阳**"),
        ("oyqb", "欧阳**"),
        ("5678", "139****5678"),
    ] {
        let answer = cli.json(&["search", text]);
        let hit = &answer["hits"][0];
        assert_eq!(hit["number"], "TS-2026-XM01-0001", "{text}");
        assert_eq!(hit["excerpt"], masked, "{text}");
    }
}

#[test]
fn what_is_asked_for_in_full_is_shown_in_full() {
    let (_home, dir) = with_secrets().closed();
    let cli = Cli::on(&dir);
    for arguments in [
        &["list", "complaint", "--unmask"][..],
        &["show", "complaint", "甲", "--unmask"],
        &["search", SECRETS[0], "--unmask"],
        &["list", "customer", "--unmask"],
    ] {
        let ran = cli.must(arguments);
        assert!(!seen(&ran.out).is_empty(), "{ran:?}");
    }
}
