//! Help is Chinese, for every verb.

use std::path::Path;

use tests::chinese;
use tests::cli::Cli;

/// The words of help that are no Chinese: all but the spelling of verbs and options.
fn english(help: &str, verbs: &[String]) -> Vec<String> {
    let words = help.split(|c: char| c.is_whitespace() || "，。（）：".contains(c));
    let sentence: Vec<&str> = words
        .filter(|w| !w.starts_with('-') && !verbs.iter().any(|verb| verb == w))
        .collect();
    chinese::faults(&sentence.join(" "))
}

fn help(verb: Option<&str>) -> String {
    let cli = Cli::on(Path::new("nowhere"));
    let mut arguments: Vec<&str> = verb.into_iter().collect();
    arguments.push("--help");
    cli.must(&arguments).out
}

fn verbs(top: &str) -> Vec<String> {
    let (_, after) = top.split_once("命令:\n").expect("a list of verbs");
    after
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect()
}

#[test]
fn the_help_of_every_verb_is_chinese() {
    let top = help(None);
    let verbs = verbs(&top);
    assert!(
        verbs.len() > 20 && verbs.iter().any(|v| v == "import"),
        "{verbs:?}"
    );
    assert_eq!(english(&top, &verbs), Vec::<String>::new());
    for verb in &verbs {
        assert_eq!(
            english(&help(Some(verb)), &verbs),
            Vec::<String>::new(),
            "{verb}"
        );
    }
}

#[test]
fn an_english_heading_is_found() {
    assert!(!english("Usage: taizhang-cli list", &["list".to_owned()]).is_empty());
    assert!(!english("  -h, --help  Print help", &[]).is_empty());
}
