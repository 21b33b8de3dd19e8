//! A second program on the same office.

use std::fs::File;

use super::{Guarded, NUMBER};
use tests::office::Office;

#[test]
fn a_second_program_is_told_that_the_office_is_in_use_and_the_first_goes_on() {
    let office = Guarded::new();
    let first = Office::open(&office.dir).expect("the first one opens");
    for arguments in [
        &["list", "complaint"][..],
        &["do", "complaint", NUMBER, "note", "--text", "补充"],
        &["demo"],
        &["check"],
        &["backup"],
        &["restore", "any"],
    ] {
        office.cli.run(arguments).told(4, "in_use");
    }
    let init = office.cli.run(&["init", "--office", "另一个"]);
    init.told(4, "in_use");
    first.must(
        "take_step",
        serde_json::json!({ "register": "complaint", "record": NUMBER, "step": "note", "text": "补充" }),
    );
    drop(first.closed());
    office.cli.must(&["check"]);
}

#[test]
fn a_lock_file_that_was_left_behind_stops_nobody() {
    let office = Guarded::new();
    File::create(office.dir.join("office.lock")).expect("a left-over lock file");
    office.is_untouched();
}
