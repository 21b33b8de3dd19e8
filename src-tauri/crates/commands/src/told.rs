//! What the system and the readers of JSON and TOML say in their own language, said in Chinese for
//! the one who typed. The words stand in `assets/text/zh-CN.toml` like all others.

use std::io::{self, ErrorKind};

use domain::calendar::TableError;
use domain::form::OverrideError;

use crate::words::{facts, say};

/// Why the system refused a file.
#[must_use]
pub fn io(source: &io::Error) -> String {
    let key = match source.kind() {
        ErrorKind::NotFound => "missing",
        ErrorKind::PermissionDenied => "not_permitted",
        ErrorKind::ReadOnlyFilesystem => "read_only",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "full",
        ErrorKind::IsADirectory => "is_folder",
        ErrorKind::NotADirectory => "no_folder",
        ErrorKind::InvalidFilename => "bad_name",
        ErrorKind::FileTooLarge => "too_large",
        ErrorKind::UnexpectedEof => "cut",
        ErrorKind::InvalidData => "bad_text",
        _ => "other",
    };
    let number = source.raw_os_error().unwrap_or_default();
    say(
        &format!("system.{key}"),
        &facts([("number", number.to_string())]),
    )
}

/// Why a request does not fit its command. The reader names the parts in `backticks`.
#[must_use]
pub fn request(fault: &serde_json::Error) -> String {
    let said = fault.to_string();
    let named: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let key = [
        ("missing field", "missing"),
        ("unknown field", "unknown"),
        ("unknown variant", "variant"),
        ("duplicate field", "twice"),
        ("invalid type", "kind"),
    ]
    .into_iter()
    .find(|(begins, _)| said.starts_with(begins))
    .map_or("other", |(_, key)| key);
    let first = named.first().copied().unwrap_or_default();
    let rest = named.get(1..).unwrap_or_default().join("”、“");
    let key = match key {
        "unknown" | "variant" if rest.is_empty() => "unknown_alone",
        key => key,
    };
    say(
        &format!("request.{key}"),
        &facts([("name", first.to_owned()), ("options", rest)]),
    )
}

/// Why a text is no holiday table.
#[must_use]
pub fn holiday_table(fault: &TableError) -> String {
    let (key, line, what) = match fault {
        TableError::Syntax(problem) => ("syntax", problem.line, String::new()),
        TableError::BadDate { line, text } => ("bad_date", *line, text.clone()),
        TableError::OutsideYear { line, date } => ("outside_year", *line, date.to_string()),
        TableError::NamedTwice { line, date } => ("named_twice", *line, date.to_string()),
        TableError::MakeUpOnWeekday { line, date } => ("make_up", *line, date.to_string()),
        TableError::NoDays => ("no_days", 0, String::new()),
    };
    say(
        &format!("holidays.{key}"),
        &facts([("line", line.to_string()), ("what", what)]),
    )
}

/// Why a change does not fit its form.
#[must_use]
pub fn form_change(fault: &OverrideError) -> String {
    let (key, what) = match fault {
        OverrideError::UnknownKeys { keys } => ("unknown", keys.join("、")),
        OverrideError::Wording { key, .. } => ("wording", key.clone()),
        OverrideError::Fault(_) => ("layout", String::new()),
    };
    say(&format!("form_change.{key}"), &facts([("what", what)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Ask {
        #[expect(dead_code, reason = "only read")]
        register: String,
    }

    fn told(json: &str) -> String {
        request(&serde_json::from_str::<Ask>(json).expect_err("it does not fit"))
    }

    #[test]
    fn what_does_not_fit_a_request_is_named() {
        assert_eq!(told("{}"), "缺少“register”");
        assert_eq!(
            told(r#"{"register":"a","x":1}"#),
            "没有“x”这一项，可用：“register”"
        );
        assert_eq!(told(r#"{"register":1}"#), "有一项内容的类型不对");
    }

    #[test]
    fn a_failure_of_the_system_is_worded_with_its_number_when_it_is_a_rare_one() {
        assert_eq!(io(&io::Error::from(ErrorKind::NotFound)), "没有这个文件");
        assert_eq!(io(&io::Error::from_raw_os_error(5)), "系统错误 5");
    }
}
