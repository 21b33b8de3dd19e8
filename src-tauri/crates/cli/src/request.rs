//! From arguments to requests: values from JSON, a file or standard input; conditions.

use std::io::Read as _;
use std::path::Path;

use commands::{Code, CommandError, Outcome, told, words};
use serde_json::{Map, Value as Json, json};

/// Typed values: JSON itself, `-` for standard input, or the path of a JSON file.
pub(crate) fn values(argument: &str) -> Outcome<Map<String, Json>> {
    let argument = argument.trim();
    let text = if argument.starts_with(['{', '[']) {
        argument.to_owned()
    } else if argument == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|e| unreadable("-", &e))?;
        utf8(bytes)?
    } else {
        let bytes = std::fs::read(Path::new(argument)).map_err(|e| unreadable(argument, &e))?;
        utf8(bytes)?
    };
    // Editors of the trade put a mark in front of UTF-8.
    let text = text.trim_start_matches('\u{FEFF}');
    if has_lone_surrogate(text) {
        return Err(broken_character());
    }
    match serde_json::from_str::<Json>(text) {
        Ok(Json::Object(map)) => Ok(map),
        Ok(_) => Err(CommandError::bad_request(
            "bad_json",
            [("what", "应为 {…}".to_owned())],
        )),
        Err(fault) => {
            let at = format!("第 {} 行第 {} 列", fault.line(), fault.column());
            Err(CommandError::bad_request("bad_json", [("what", at)]))
        }
    }
}

fn utf8(bytes: Vec<u8>) -> Outcome<String> {
    String::from_utf8(bytes).map_err(|_| broken_character())
}

fn broken_character() -> CommandError {
    let facts = words::Facts::new();
    CommandError::new(Code::Invalid, "problem.broken_character", &facts)
}

/// Half of a character outside the basic plane, written as `\ud83d` without its other half: what a
/// window hands over when somebody deletes half an emoji.
fn has_lone_surrogate(json: &str) -> bool {
    let mut escapes = json.split('\\').skip(1);
    let unit = |after: &str| -> Option<u16> {
        let digits = after.strip_prefix('u')?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    while let Some(escape) = escapes.next() {
        match (escape, unit(escape)) {
            // An escaped backslash: what follows it is text.
            ("", _) => drop(escapes.next()),
            (_, Some(0xD800..=0xDBFF)) => {
                let second = escapes.next().filter(|_| escape.len() == 5).and_then(unit);
                if !matches!(second, Some(0xDC00..=0xDFFF)) {
                    return true;
                }
            }
            (_, Some(0xDC00..=0xDFFF)) => return true,
            _ => {}
        }
    }
    false
}

fn unreadable(path: &str, source: &std::io::Error) -> CommandError {
    let facts = words::facts([("path", path.to_owned()), ("what", told::io(source))]);
    CommandError::new(Code::Io, "failed.io", &facts)
}

/// Conditions as typed: `字段=值`, `字段!=值`, `字段>=值`, `字段~文字`, `字段=` for empty.
pub(crate) fn conditions(typed: &[String]) -> Outcome<Vec<Json>> {
    typed
        .iter()
        .map(|one| {
            for op in ["!=", ">=", "<=", "=", ">", "<", "~"] {
                if let Some((field, value)) = one.split_once(op) {
                    let op = match (op, value.trim().is_empty()) {
                        ("=", true) => "empty",
                        ("!=", true) => "filled",
                        _ => op,
                    };
                    return Ok(json!({ "field": field.trim(), "op": op, "value": value.trim() }));
                }
            }
            Err(CommandError::bad_request(
                "bad_condition",
                [("found", one.clone())],
            ))
        })
        .collect()
}

/// A small text file in UTF-8.
pub(crate) fn text_file(path: &Path) -> Outcome<String> {
    let bytes = std::fs::read(path).map_err(|e| unreadable(&path.display().to_string(), &e))?;
    Ok(utf8(bytes)?.trim_start_matches('\u{FEFF}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_character_is_found_and_a_whole_one_is_not() {
        for broken in [
            r#"{"a":"\ud800"}"#,
            r#"{"a":"\ud83dx\ude00"}"#,
            r#"{"a":"\ude00"}"#,
            r#"{"a":"\ud83d\n"}"#,
        ] {
            assert!(has_lone_surrogate(broken), "{broken}");
        }
        for whole in [
            r#"{"a":"\ud83d\ude00"}"#,
            r#"{"a":"\\ud800"}"#,
            r#"{"a":"\u4e2d"}"#,
        ] {
            assert!(!has_lone_surrogate(whole), "{whole}");
        }
    }
}
