//! House rules of single files that no compiler lint covers.

use super::Fault;
use super::rust::{Source, holds_word};
use super::tree::Tree;

const WARN_LINES: usize = 400;
const MOST_LINES: usize = 600;

/// Crates that may not ask the machine for the hour or for chance.
const BELOW_COMMANDS: &[&str] = &["domain", "store", "print", "exchange", "archive"];

/// Calls that say the real time or are different each time.
const CLOCK_AND_CHANCE: &[&str] = &[
    "SystemTime::now",
    "Utc::now",
    "Local::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "rand::",
];

/// Written in two halves, so that this list does not find itself.
const UNFINISHED: &[(&str, &str)] = &[
    ("#[", "ignore"),
    ("#[", "should_panic"),
    ("todo", "!"),
    ("unimplemented", "!"),
    ("dbg", "!"),
];

/// Machines and mirrors that one developer has and another has not.
const MACHINE: &[(&str, &str)] = &[
    ("/wo", "rk/"),
    ("/ro", "ot/"),
    ("/tm", "p/"),
    ("/ho", "me/"),
    ("../sh", "ared"),
    ("artifac", "tory"),
    ("index.crates", ".io"),
    ("registry.npm", "js"),
    ("pypi", ".org"),
    ("deb.deb", "ian"),
];

/// The one file that speaks to COM.
const UNSAFE: &str = "src-tauri/src/system/windows.rs";

pub(super) fn unsafe_stays_in_one_file(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for source in tree.sources("").filter(|source| source.path != UNSAFE) {
        for word in ["unsafe", "unsafe_code"] {
            let lines = source.lines_with(word).into_iter();
            let what = || format!("`{word}` belongs to {UNSAFE} only");
            faults.extend(lines.map(|line| Fault::new(source.path, line, what())));
        }
    }
    faults
}

pub(super) fn opening_comment(tree: &Tree) -> Vec<Fault> {
    let missing = tree
        .sources("")
        .filter(|source| !source.text.starts_with("//! "));
    missing
        .map(|source| {
            Fault::new(
                source.path,
                1,
                "does not open with `//!`: what it is for, and what is not here",
            )
        })
        .collect()
}

pub(super) fn forbidden_calls(tree: &Tree) -> Vec<Fault> {
    let find = |source: &Source<'_>, needle: &str| -> Vec<Fault> {
        let lines = source.lines_with(needle).into_iter();
        lines
            .map(|line| Fault::new(source.path, line, format!("`{needle}` is not allowed")))
            .collect()
    };
    let needles: Vec<String> = UNFINISHED.iter().map(|(a, b)| format!("{a}{b}")).collect();
    tree.sources("")
        .flat_map(|source| {
            needles
                .iter()
                .flat_map(|needle| find(&source, needle))
                .collect::<Vec<_>>()
        })
        .collect()
}

pub(super) fn clock_and_chance_are_injected(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for name in BELOW_COMMANDS {
        for source in tree
            .sources(&format!("src-tauri/crates/{name}/"))
            .filter(|s| !s.is_test_file())
        {
            for call in CLOCK_AND_CHANCE {
                let lines = source.lines_with(call).into_iter();
                faults.extend(lines.map(|line| {
                    Fault::new(
                        source.path,
                        line,
                        format!("`{call}`: take a Clock or an IdSource"),
                    )
                }));
            }
        }
    }
    faults
}

/// Types and modules are named by the trade's words; these say nothing.
pub(super) fn names_of_the_trade(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for source in tree.sources("") {
        for (index, line) in source.code.lines().enumerate() {
            if let Some(name) = defined(line).filter(|name| says_nothing(name)) {
                faults.push(Fault::new(
                    source.path,
                    index + 1,
                    format!("`{name}` says nothing: use a word of the trade"),
                ));
            }
        }
    }
    faults
}

fn defined(line: &str) -> Option<&str> {
    let keyword = ["struct ", "enum ", "trait ", "mod "]
        .into_iter()
        .find(|word| holds_word(line, word.trim_end()))?;
    let (_, after) = line.split_once(keyword)?;
    after
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .filter(|name| !name.is_empty())
}

fn says_nothing(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["manager", "helper", "helpers", "util", "utils"]
        .iter()
        .any(|word| lower.ends_with(word))
}

pub(super) fn length(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for source in tree.sources("") {
        let lines = source.text.lines().count();
        if lines > MOST_LINES {
            faults.push(Fault::new(
                source.path,
                0,
                format!("{lines} lines; at most {MOST_LINES}"),
            ));
        } else if lines > WARN_LINES {
            faults.push(Fault::warning(
                source.path,
                0,
                format!("{lines} lines; would a newcomer find the place?"),
            ));
        }
    }
    faults
}

pub(super) fn no_machine_paths(tree: &Tree) -> Vec<Fault> {
    let needles: Vec<String> = MACHINE.iter().map(|(a, b)| format!("{a}{b}")).collect();
    let mut faults = Vec::new();
    for (path, text) in tree
        .texts("", "")
        .filter(|(path, _)| !path.ends_with(".lock"))
    {
        for (index, line) in text.lines().enumerate() {
            for needle in needles
                .iter()
                .filter(|needle| line.contains(needle.as_str()))
            {
                faults.push(Fault::new(
                    path,
                    index + 1,
                    format!("`{needle}` names one machine or mirror"),
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "src-tauri/crates/store/src/a.rs";

    fn count(rule: fn(&Tree) -> Vec<Fault>, path: &str, text: &str) -> usize {
        rule(&Tree::of(&[(path, text)]))
            .iter()
            .filter(|fault| !fault.warning)
            .count()
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_for_is_found() {
        assert_eq!(count(opening_comment, PATH, "//! What for.\nfn a() {}"), 0);
        assert_eq!(count(opening_comment, PATH, "// what for\nfn a() {}"), 1);
        assert_eq!(count(opening_comment, PATH, ""), 1);
    }

    #[test]
    fn unsafe_is_found_outside_its_file_and_not_in_words() {
        for text in ["unsafe { a() }", "#![expect(unsafe_code)]"] {
            assert_eq!(count(unsafe_stays_in_one_file, PATH, text), 1, "{text}");
            assert_eq!(count(unsafe_stays_in_one_file, UNSAFE, text), 0, "{text}");
        }
        let words = "// unsafe\nlet a = \"unsafe\"; not_unsafe();";
        assert_eq!(count(unsafe_stays_in_one_file, PATH, words), 0);
    }

    #[test]
    fn unfinished_work_is_found_in_code_and_not_in_words() {
        for (a, b) in UNFINISHED {
            let text = format!("{a}{b}");
            assert_eq!(
                count(forbidden_calls, PATH, &format!("{text}(x)")),
                1,
                "{text}"
            );
            assert_eq!(
                count(
                    forbidden_calls,
                    PATH,
                    &format!("// {text}\nlet a = \"{text}\";")
                ),
                0,
                "{text}"
            );
        }
        assert_eq!(count(forbidden_calls, PATH, "my_todo!()"), 0);
    }

    #[test]
    fn the_clock_is_found_below_commands_only() {
        for call in CLOCK_AND_CHANCE {
            let text = format!("let a = {call}();");
            assert_eq!(
                count(clock_and_chance_are_injected, PATH, &text),
                1,
                "{call}"
            );
            assert_eq!(
                count(
                    clock_and_chance_are_injected,
                    "src-tauri/crates/commands/src/a.rs",
                    &text
                ),
                0
            );
        }
    }

    #[test]
    fn empty_names_are_found() {
        for text in [
            "pub struct OfficeManager;",
            "mod util;",
            "pub(crate) trait PrintHelper {",
        ] {
            assert_eq!(count(names_of_the_trade, PATH, text), 1, "{text}");
        }
        assert_eq!(
            count(
                names_of_the_trade,
                PATH,
                "struct Complaint; fn helper() {} // mod util"
            ),
            0
        );
    }

    #[test]
    fn a_long_file_is_warned_of_and_a_longer_one_refused() {
        let lines = |count| "a\n".repeat(count);
        assert_eq!(length(&Tree::of(&[(PATH, &lines(WARN_LINES))])), []);
        assert_eq!(
            length(&Tree::of(&[(PATH, &lines(WARN_LINES + 1))])).len(),
            1
        );
        assert_eq!(count(length, PATH, &lines(MOST_LINES)), 0);
        assert_eq!(count(length, PATH, &lines(MOST_LINES + 1)), 1);
    }

    #[test]
    fn a_path_of_one_machine_is_found_in_any_file_but_lock_files() {
        for (a, b) in MACHINE {
            let text = format!("see {a}{b}x");
            assert_eq!(count(no_machine_paths, "docs/a.md", &text), 1, "{text}");
            assert_eq!(count(no_machine_paths, "Cargo.lock", &text), 0, "{text}");
        }
        assert_eq!(
            count(no_machine_paths, "docs/a.md", "a framework for homes"),
            0
        );
    }
}
