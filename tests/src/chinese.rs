//! The detector of messages that a clerk cannot read: words of English, and sentences without any
//! Chinese.
//!
//! What a person typed is given back in “quotes” and may be anything. Codes and technical words
//! that have no Chinese name are on a list.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use domain::spec::Catalog;

/// Words that stand in messages as they are: file endings, names of formats, verbs and options of
/// the command line.
const TECHNICAL: &[&str] = &[
    "JSON", "PDF", "SQLite", "TOML", "UTF", "toml", "xlsx", "xls", "et", "csv", "help", "data",
    "now", "init", "list", "reason", "taizhang", "cli",
];

/// What is wrong with a message: words of English, or no Chinese at all. Empty when it is good.
#[must_use]
pub fn faults(message: &str) -> Vec<String> {
    let mut faults = words(&without_echo(message));
    if !message.chars().any(is_chinese) {
        faults.push("（没有中文）".to_owned());
    }
    faults
}

/// Characters of Chinese text, rare ones included.
fn is_chinese(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF | 0x2_0000..=0x3_FFFF)
}

/// A message without what was quoted from the person who typed, and without paths and file names.
fn without_echo(message: &str) -> String {
    let mut out = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('“') {
        out.push_str(before);
        out.push('“');
        // An inner quote belongs to what was typed.
        rest = after.split_once('”').map_or("", |(_, tail)| tail);
    }
    out.push_str(rest);
    let is_path = |word: &&str| !word.contains(['/', '\\']);
    out.split_inclusive(|c: char| c.is_whitespace() || "：。，（）、；".contains(c))
        .filter(is_path)
        .collect()
}

/// A text without the numbers of characters (`U+FFFD`), some of which have no figure in them.
fn without_code_points(text: &str) -> String {
    let mut parts = text.split("U+");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

fn words(text: &str) -> Vec<String> {
    let text = &without_code_points(text);
    let letters = |c: char| c.is_ascii_alphabetic() || c == '_';
    let mut found = Vec::new();
    for token in text.split(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))) {
        // Numbers of records, hashes, versions, form codes: a digit in it makes it no word.
        if token.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let parts = token.split(|c| !letters(c)).filter(|w| w.len() > 1);
        found.extend(parts.filter(|w| !known(w)).map(str::to_owned));
    }
    found
}

fn known(word: &str) -> bool {
    static KNOWN: OnceLock<BTreeSet<String>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let catalog = Catalog::builtin();
        let mut all: BTreeSet<String> = TECHNICAL.iter().map(|&w| w.to_owned()).collect();
        for spec in catalog.registers() {
            all.insert(spec.id.clone());
            all.extend(spec.fields.iter().map(|f| f.id.clone()));
        }
        let steps = domain::complaint::WORKFLOW.steps;
        all.extend(steps.iter().map(|s| s.id.to_owned()));
        all.extend(commands::table::NAMES.iter().map(|&n| n.to_owned()));
        all
    });
    // Codes of offices, computers and projects.
    let code = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    code || known.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_of_libraries_is_found() {
        for told in [
            "读写失败：/srv/a.json（No such file or directory (os error 2)）。",
            "请求内容不对：missing field `register`。",
            "请求内容不对：invalid type: integer `1`, expected a string。",
            "database disk image is malformed",
            "命令写法不对：<REGISTER>。",
        ] {
            assert!(!faults(told).is_empty(), "{told}");
        }
    }

    #[test]
    fn numbers_of_characters_are_no_english_but_words_behind_them_are() {
        assert!(faults("没有字形：�（U+FFFD）").is_empty());
        assert_eq!(faults("没有字形（U+FFFD glyph）"), ["glyph"]);
    }

    #[test]
    fn codes_paths_and_what_was_typed_are_no_english() {
        for told in [
            "没有找到投诉“close all doors”。",
            "不能写入：/srv/some/where/office.db。请检查文件夹权限。",
            "没有“x”这个环节。可用：register（登记）、accept（受理）。",
            "没有“F-99”这个表式。可用：F-01（投诉记录表）。",
            "编号 TS-2026-XM01-0007 已经用过。",
            "填写内容不是有效的 JSON：第 1 行第 14 列。",
        ] {
            assert_eq!(faults(told), Vec::<String>::new(), "{told}");
        }
    }

    #[test]
    fn a_message_without_chinese_is_found() {
        assert_eq!(faults("404"), ["（没有中文）"]);
    }
}
