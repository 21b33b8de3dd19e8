//! Printing that cannot be done, and attachments that are no longer what they were.

use std::fs;

use super::{Guarded, NUMBER};
use serde_json::json;

#[test]
fn a_character_that_no_font_has_is_named_and_nothing_is_printed() {
    let office = Guarded::new();
    // U+10FFFD is for private use: no font of the program can have it.
    let values = json!({ "content": "墙上写着\u{10FFFD}字" }).to_string();
    office
        .cli
        .must(&["edit", "complaint", NUMBER, "--values", &values]);
    let before = office.cli.json(&["check"]);
    let out = office.dir.with_file_name("out");
    let folder = out.display().to_string();
    let ran = office
        .cli
        .run(&["print", "F-01", "--record", NUMBER, "--out", &folder]);
    let message = ran.told(3, "refused");
    assert!(
        message.contains("U+10FFFD"),
        "names the character: {message}"
    );
    let mut after = office.cli.json(&["check"]);
    // The values of the sheet may lie there unnamed; that does no harm.
    after["findings"] = json!([]);
    assert_eq!(after, before, "no paper was recorded");
    let left = fs::read_dir(&out).map_or(0, Iterator::count);
    assert_eq!(left, 0, "no file was written");
}

#[test]
fn a_printed_file_that_is_gone_or_changed_is_told_and_the_record_stays() {
    let office = Guarded::new();
    let out = office.dir.with_file_name("out").display().to_string();
    let printed = office
        .cli
        .json(&["print", "F-01", "--record", NUMBER, "--out", &out]);
    let paper = printed[0]["papers"][0]
        .as_str()
        .expect("a number")
        .to_owned();
    let kept = office.cli.json(&["papers", "--record", NUMBER]);
    let sha256 = kept[0]["values"]["file"]
        .as_str()
        .expect("a hash")
        .to_owned();
    let file = office
        .dir
        .join("attachments")
        .join(&sha256[..2])
        .join(&sha256);
    let good = fs::read(&file).expect("it is kept");
    let again = office.dir.with_file_name("again.pdf").display().to_string();
    let reprint = ["reprint", &paper, "--out", &again];

    let mut spoilt = good.clone();
    spoilt[100] ^= 1;
    fs::write(&file, spoilt).expect("it is spoilt");
    office.cli.run(&reprint).told(4, "io");
    let ran = office.cli.run(&["--json", "check"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.json()["findings"][0]["code"], "file_rot");

    fs::remove_file(&file).expect("it is gone");
    office.cli.run(&reprint).told(4, "io");
    let ran = office.cli.run(&["--json", "check"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.json()["findings"][0]["code"], "file_missing");
    assert!(!office.dir.with_file_name("again.pdf").exists());
    let papers = office.cli.json(&["papers", "--record", NUMBER]);
    assert_eq!(papers, kept, "the paper stands as it was");

    fs::write(&file, good).expect("it is put back");
    office.cli.must(&reprint);
    office.cli.must(&["check"]);
}

#[test]
fn a_returned_sheet_needs_a_scan_or_a_word_that_none_is_needed() {
    let office = Guarded::new();
    let out = office.dir.with_file_name("out").display().to_string();
    let printed = office
        .cli
        .json(&["print", "F-01", "--record", NUMBER, "--out", &out]);
    let paper = printed[0]["papers"][0]
        .as_str()
        .expect("a number")
        .to_owned();
    office.cli.run(&["returned", &paper]).told(3, "refused");
    office
        .cli
        .run(&["returned", &paper, "--scan", "nowhere.pdf"])
        .told(4, "io");
    office.cli.must(&["returned", &paper, "--not-needed"]);
}
