//! From arguments to requests: values from JSON, a file or standard input; conditions.

use std::io::Read as _;
use std::path::Path;

use commands::{Code, CommandError, Outcome, words};
use serde_json::{Map, Value as Json, json};

/// Typed values: JSON itself, `-` for standard input, or the path of a JSON file.
pub(crate) fn values(argument: &str) -> Outcome<Map<String, Json>> {
    let argument = argument.trim();
    let text = if argument.starts_with('{') {
        argument.to_owned()
    } else if argument == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|e| unreadable("-", &e.to_string()))?;
        utf8(bytes)?
    } else {
        let bytes =
            std::fs::read(Path::new(argument)).map_err(|e| unreadable(argument, &e.to_string()))?;
        utf8(bytes)?
    };
    // Editors of the trade put a mark in front of UTF-8.
    let text = text.trim_start_matches('\u{FEFF}');
    match serde_json::from_str::<Json>(text) {
        Ok(Json::Object(map)) => Ok(map),
        Ok(_) => Err(CommandError::bad_request(
            "bad_json",
            [("what", "应为 {…}".to_owned())],
        )),
        Err(fault) if fault.to_string().contains("surrogate") => {
            let facts = words::Facts::new();
            Err(CommandError::new(
                Code::Invalid,
                "problem.broken_character",
                &facts,
            ))
        }
        Err(fault) => {
            let at = format!("第 {} 行第 {} 列", fault.line(), fault.column());
            Err(CommandError::bad_request("bad_json", [("what", at)]))
        }
    }
}

fn utf8(bytes: Vec<u8>) -> Outcome<String> {
    String::from_utf8(bytes).map_err(|_| {
        CommandError::new(
            Code::Invalid,
            "problem.broken_character",
            &words::Facts::new(),
        )
    })
}

fn unreadable(path: &str, what: &str) -> CommandError {
    let facts = words::facts([("path", path.to_owned()), ("what", what.to_owned())]);
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
                "bad_request",
                [("what", one.clone())],
            ))
        })
        .collect()
}

/// A small text file in UTF-8.
pub(crate) fn text_file(path: &Path) -> Outcome<String> {
    let bytes =
        std::fs::read(path).map_err(|e| unreadable(&path.display().to_string(), &e.to_string()))?;
    Ok(utf8(bytes)?.trim_start_matches('\u{FEFF}').to_owned())
}
