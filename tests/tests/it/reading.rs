//! What people read is made for people: names instead of identifiers, times as they are written,
//! Chinese instead of codes.

use serde_json::Value as Json;
use tests::chinese;
use tests::cli::Cli;
use tests::demo;

/// Marks of the machine in a text: an identifier, a moment of the file format, a code.
fn machine_marks(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "（）：，。→“”".contains(c)) {
        let groups: Vec<usize> = word.split('-').map(str::len).collect();
        if groups == [8, 4, 4, 4, 12] || word.contains("+08:00") {
            found.push(word.to_owned());
        }
    }
    found
}

fn archived(cli: &Cli) -> String {
    let page = cli.json(&[
        "list",
        "complaint",
        "--where",
        "state=archived",
        "--limit",
        "1",
    ]);
    page["rows"][0]["number"]
        .as_str()
        .expect("one is archived")
        .to_owned()
}

#[test]
fn record_history_papers_and_deadlines_are_told_in_words() {
    let (_home, dir) = demo::copy();
    let cli = Cli::on(&dir);
    let number = archived(&cli);
    for arguments in [
        &["show", "complaint", &number, "--history"][..],
        &["history", "complaint", &number],
        &["papers", "--record", &number],
        &["list", "complaint"],
        &["due", "--why"],
        &["next", "complaint", &number],
        &["search", "漏水"],
    ] {
        let ran = cli.run(arguments);
        assert!(ran.code <= 1, "{ran:?}");
        let found = machine_marks(&ran.out);
        assert!(found.is_empty(), "{found:?} in {}", ran.asked);
    }
}

#[test]
fn rules_show_no_code_for_what_an_office_may_choose() {
    let (_home, dir) = demo::copy();
    let rules = Cli::on(&dir).json(&["rules"]);
    let rules: &[Json] = rules.as_array().map_or(&[], Vec::as_slice);
    assert!(rules.len() > 20, "{}", rules.len());
    for rule in rules {
        let value = rule["value"].as_str().unwrap_or_default();
        let words = chinese::faults(&format!("值：{value}"));
        assert_eq!(words, Vec::<String>::new(), "{}", rule["code"]);
    }
}

#[test]
fn an_identifier_and_a_moment_of_the_file_are_found() {
    assert_eq!(
        machine_marks("工程：019af12c-3e80-7000-8000-00000000000f").len(),
        1
    );
    assert_eq!(machine_marks("期限 2026-05-20T18:00:00+08:00").len(), 1);
    assert!(machine_marks("期限 2026-05-20 18:00，TS-2026-XM01-0001").is_empty());
}
