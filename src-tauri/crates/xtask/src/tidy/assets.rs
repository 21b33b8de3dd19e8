//! Assets: form file names, labels, and that every code has its words.
//!
//! What a spec or a form means is checked by `domain` when it is parsed; these rules are of the
//! tree, across files.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::Fault;
use super::tree::Tree;

const FORMS: &str = "assets/forms/";
const WORDS: &str = "assets/text/zh-CN.toml";

/// `F-01`, `F-103`, `F-27b`.
pub(crate) fn is_form_code(code: &str) -> bool {
    let Some(rest) = code.strip_prefix("F-") else {
        return false;
    };
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_lowercase());
    rest.len() - digits.len() <= 1
        && digits.len() >= 2
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A form file is named `<code>.v<n>.toml`, and says the same inside.
pub(super) fn form_file_names(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts(FORMS, "") {
        let name = path
            .strip_prefix(FORMS)
            .and_then(|name| name.strip_suffix(".toml"));
        let parts = name.and_then(|name| name.split_once(".v"));
        let Some((code, version)) =
            parts.filter(|(code, v)| is_form_code(code) && v.parse::<u32>().is_ok())
        else {
            faults.push(Fault::new(path, 0, "a form file is named <code>.v<n>.toml"));
            continue;
        };
        let inside: Table = text.parse().unwrap_or_default();
        let said = (
            inside.get("code").and_then(Value::as_str),
            inside.get("version").and_then(Value::as_integer),
        );
        if said != (Some(code), version.parse().ok()) {
            faults.push(Fault::new(
                path,
                0,
                format!("says code and version {said:?} inside"),
            ));
        }
    }
    faults
}

/// Labels and titles are what people read: none may be empty, and each is Chinese or a number.
pub(super) fn labels_are_filled_in(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for folder in ["assets/registers/", "assets/lists/", FORMS] {
        for (path, text) in tree.texts(folder, ".toml") {
            match text.parse::<Table>() {
                Ok(table) => look_at(&Value::Table(table), path, &mut faults),
                Err(error) => faults.push(Fault::new(path, 0, error.message().to_owned())),
            }
        }
    }
    faults
}

fn look_at(value: &Value, path: &str, faults: &mut Vec<Fault>) {
    match value {
        Value::Table(table) => {
            if let Some(label) = table
                .get("label")
                .and_then(Value::as_str)
                .filter(|label| !is_worded(label))
            {
                let what = table
                    .get("id")
                    .or_else(|| table.get("code"))
                    .and_then(Value::as_str)
                    .unwrap_or("?");
                faults.push(Fault::new(
                    path,
                    0,
                    format!("the label of `{what}` is {label:?}"),
                ));
            }
            table
                .values()
                .for_each(|inner| look_at(inner, path, faults));
        }
        Value::Array(items) => items.iter().for_each(|inner| look_at(inner, path, faults)),
        _ => {}
    }
}

fn is_readable(label: &str) -> bool {
    let chinese = !label.is_ascii();
    let figures = !label.is_empty()
        && label
            .bytes()
            .all(|b| b.is_ascii_digit() || b" .-~%".contains(&b));
    chinese || figures
}

/// Keys like `refused.in_use` that code names must have their sentence; so must the codes that the
/// libraries' errors answer.
pub(super) fn messages_are_worded(tree: &Tree) -> Vec<Fault> {
    let Some(words) = tree.text(WORDS).and_then(|text| text.parse::<Table>().ok()) else {
        return Vec::new();
    };
    let sections: BTreeSet<&str> = words.keys().map(String::as_str).collect();
    let mut faults = Vec::new();
    let commands = tree.sources("src-tauri/crates/commands/src/");
    for source in commands.chain(tree.sources("src-tauri/src/")) {
        for (line, text) in source
            .strings
            .iter()
            .filter(|(line, _)| *line < source.tests_from)
        {
            let Some((section, key)) = text.split_once('.') else {
                continue;
            };
            if sections.contains(section) && is_key(key) && words[section].get(key).is_none() {
                faults.push(Fault::new(
                    source.path,
                    *line,
                    format!("`{text}` has no words in {WORDS}"),
                ));
            }
        }
    }
    for (section, table) in &words {
        let empty = table
            .as_table()
            .into_iter()
            .flatten()
            .filter(|(_, text)| text.as_str().is_none_or(|text| !is_worded(text)));
        faults.extend(empty.map(|(key, _)| {
            Fault::new(
                WORDS,
                0,
                format!("`{section}.{key}` says nothing in Chinese"),
            )
        }));
    }
    faults
}

/// A sentence is Chinese, or nothing but facts.
fn is_worded(text: &str) -> bool {
    is_readable(text) || text.starts_with('{')
}

fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_file_with_another_name_is_found() {
        let good = (
            "assets/forms/F-01.v1.toml",
            "code = \"F-01\"\nversion = 1\n",
        );
        assert_eq!(form_file_names(&Tree::of(&[good])), []);
        for path in [
            "assets/forms/F-01.toml",
            "assets/forms/f-01.v1.toml",
            "assets/forms/F-01.v1.yaml",
            "assets/forms/F-01.v2.toml",
        ] {
            assert_eq!(
                form_file_names(&Tree::of(&[(path, good.1)])).len(),
                1,
                "{path}"
            );
        }
    }

    #[test]
    fn an_empty_or_english_label_is_found_at_any_depth() {
        for (label, count) in [("投诉", 0), ("12345", 0), ("", 1), ("Complaint", 1)] {
            let text = format!("[[section]]\nid = \"a\"\n[[section.field]]\nlabel = \"{label}\"\n");
            let found = labels_are_filled_in(&Tree::of(&[("assets/registers/a.toml", &text)]));
            assert_eq!(found.len(), count, "{label}");
        }
    }

    #[test]
    fn a_key_without_words_is_found() {
        let words = (WORDS, "[refused]\nin_use = \"正在使用\"\n");
        let source = |text| Tree::of(&[words, ("src-tauri/crates/commands/src/a.rs", text)]);
        assert_eq!(
            messages_are_worded(&source(
                "say(\"refused.in_use\"); say(\"other.key\"); a(\"refused. no\")"
            )),
            []
        );
        assert_eq!(
            messages_are_worded(&source("say(\"refused.gone\")")).len(),
            1
        );
        let empty = Tree::of(&[(WORDS, "[refused]\nin_use = \"\"\nb = \"English\"\n")]);
        assert_eq!(messages_are_worded(&empty).len(), 2);
    }
}
