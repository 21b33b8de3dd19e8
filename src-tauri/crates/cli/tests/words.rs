//! The program as it is started: help and version are answers, a wrong word is told in one line.
//! What the verbs do is tested by the package `tests`, which finds the program that these tests
//! have built.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_taizhang-cli"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

#[test]
fn help_and_version_are_answers() {
    for arguments in [&["--help"][..], &["-h"], &["do", "--help"], &["--version"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn wrong_words_are_told_in_one_line_with_exit_code_2() {
    for arguments in [
        &[][..],
        &["help"],
        &["list"],
        &["list", "a", "b"],
        &["--data"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let told = String::from_utf8(output.stderr).expect("text");
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.starts_with("bad_request: "), "{told}");
    }
}
