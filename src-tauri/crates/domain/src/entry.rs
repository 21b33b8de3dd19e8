//! From what was typed to values: every problem at once, by field and code, never only the first.
//!
//! Typed input comes as JSON, because window, command line and import all speak it. What a field
//! accepts follows from its spec alone; rules between fields live with the register's own module.

use chrono::NaiveTime;
use serde_json::{Map, Value as Json};

use crate::dates::{DateOptions, DateProblem, parse_date};
use crate::phone;
use crate::problem::{Problem, ProblemCode};
use crate::spec::{Catalog, FieldKind, FieldSpec, RegisterSpec};
use crate::text::clean;
use crate::time::{Moment, at_china, parse_moment};
use crate::value::{Value, Values};

/// The scores there are, in hundredths.
const SCORES: std::ops::RangeInclusive<i64> = 0..=10_000;

/// What was read of one typed record: values, lines by their field, and what is wrong.
#[derive(Debug, Default)]
pub struct Entry {
    /// The readable fields.
    pub values: Values,
    /// Lines as typed, by the id of their field.
    pub lines: Vec<(String, Vec<Map<String, Json>>)>,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
}

/// Reads a typed record. `now` gives the meaning of 昨天 and the year of `3月5日`.
#[must_use]
pub fn read(
    catalog: &Catalog,
    spec: &RegisterSpec,
    typed: &Map<String, Json>,
    now: Moment,
) -> Entry {
    let mut entry = Entry::default();
    for (id, json) in typed {
        let Some(field) = spec.field(id) else {
            entry
                .problems
                .push(Problem::new(id, ProblemCode::UnknownField));
            continue;
        };
        if field.kind == FieldKind::Lines {
            match lines(json) {
                Some(rows) => entry.lines.push((id.clone(), rows)),
                None => entry.problems.push(problem(field, ProblemCode::WrongKind)),
            }
            continue;
        }
        match value(catalog, field, json, now) {
            Ok(value) => entry.values.set(id, value),
            Err(problem) => entry.problems.push(problem),
        }
    }
    entry
}

fn lines(json: &Json) -> Option<Vec<Map<String, Json>>> {
    json.as_array()?
        .iter()
        .map(|row| row.as_object().cloned())
        .collect()
}

/// Reads one typed value for a field.
///
/// # Errors
/// The problem, with the facts for its message.
pub fn value(
    catalog: &Catalog,
    field: &FieldSpec,
    json: &Json,
    now: Moment,
) -> Result<Value, Problem> {
    let typed = match json {
        Json::Null => return Ok(Value::Null),
        Json::String(text) => text.as_str(),
        Json::Bool(tick) if field.kind == FieldKind::Flag => return Ok(Value::Bool(*tick)),
        Json::Number(number) => return number_value(field, number),
        _ => return Err(problem(field, ProblemCode::WrongKind)),
    };
    let many = field.kind == FieldKind::LongText;
    let text = clean(typed, many).map_err(|code| problem(field, code))?;
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if let Some(max) = field.max_chars() {
        let length = text.chars().count();
        if length > max {
            let p = problem(field, ProblemCode::TooLong);
            return Err(p.with("max", max).with("length", length));
        }
    }
    from_text(catalog, field, text, now)
}

/// Reads cleaned, non-empty text for a field.
fn from_text(
    catalog: &Catalog,
    field: &FieldSpec,
    text: String,
    now: Moment,
) -> Result<Value, Problem> {
    let bad = |code: ProblemCode| problem(field, code).with("found", shorten(&text));
    match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Person => Ok(Value::Text(text)),
        FieldKind::Link => match uuid::Uuid::parse_str(&text) {
            Ok(uuid) => Ok(Value::Text(uuid.to_string())),
            // Left as typed: `commands` looks the record up by number or name.
            Err(_) => Ok(Value::Text(text)),
        },
        FieldKind::File => {
            if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
                Ok(Value::Text(text.to_ascii_lowercase()))
            } else {
                Err(bad(ProblemCode::WrongKind))
            }
        }
        FieldKind::Phone => phone::read(&text)
            .map(|digits| {
                if digits.is_empty() {
                    Value::Null
                } else {
                    Value::Text(digits)
                }
            })
            .map_err(|part| problem(field, ProblemCode::BadPhone).with("found", shorten(&part))),
        FieldKind::Date => typed_date(field, &text, now).map(|(date, _)| Value::Date(date)),
        FieldKind::Moment => match parse_moment(&text) {
            Some(moment) => Ok(Value::Moment(moment)),
            None => typed_date(field, &text, now).map(|(date, time)| {
                Value::Moment(at_china(date.and_time(time.unwrap_or(NaiveTime::MIN))))
            }),
        },
        FieldKind::Int => text
            .parse::<i64>()
            .map(Value::Int)
            .map_err(|_| bad(ProblemCode::BadNumber)),
        FieldKind::Score => hundredths(&text)
            .filter(|score| SCORES.contains(score))
            .map(Value::Int)
            .ok_or_else(|| bad(ProblemCode::OutOfRange)),
        FieldKind::Money => money(&text)
            .map(Value::Int)
            .ok_or_else(|| bad(ProblemCode::BadMoney)),
        FieldKind::Flag => flag(&text)
            .map(Value::Bool)
            .ok_or_else(|| bad(ProblemCode::WrongKind)),
        FieldKind::Choice => catalog
            .list_of(field)
            .and_then(|list| list.by_word(&text))
            .map(|choice| Value::Text(choice.code.clone()))
            .ok_or_else(|| bad(ProblemCode::UnknownChoice)),
        FieldKind::Lines | FieldKind::Computed => Err(bad(ProblemCode::ReadOnly)),
    }
}

fn typed_date(
    field: &FieldSpec,
    text: &str,
    now: Moment,
) -> Result<(chrono::NaiveDate, Option<NaiveTime>), Problem> {
    match parse_date(text, &DateOptions::typed(now)) {
        Ok(parsed) => Ok((parsed.date, parsed.time)),
        Err(fault) => {
            let code = match fault {
                DateProblem::Impossible { .. } => ProblemCode::ImpossibleDate,
                _ => ProblemCode::BadDate,
            };
            Err(problem(field, code).with("found", shorten(text)))
        }
    }
}

fn number_value(field: &FieldSpec, number: &serde_json::Number) -> Result<Value, Problem> {
    match (field.kind, number.as_i64()) {
        (FieldKind::Score, Some(whole)) if !SCORES.contains(&whole) => {
            Err(problem(field, ProblemCode::OutOfRange).with("found", number))
        }
        // As stored: money in fen, a score in hundredths.
        (FieldKind::Int | FieldKind::Money | FieldKind::Score, Some(whole)) => {
            Ok(Value::Int(whole))
        }
        (FieldKind::Flag, Some(whole @ (0 | 1))) => Ok(Value::Bool(whole == 1)),
        _ => Err(problem(field, ProblemCode::WrongKind).with("found", number)),
    }
}

/// A stored or historic text as a value of its field; text that does not fit stays text.
#[must_use]
pub fn stored(field: &FieldSpec, text: &str) -> Value {
    let as_text = || Value::Text(text.to_owned());
    match field.kind {
        FieldKind::Int | FieldKind::Money | FieldKind::Score => {
            text.parse().map_or_else(|_| as_text(), Value::Int)
        }
        FieldKind::Flag => Value::Bool(text == "1"),
        FieldKind::Date => text.parse().map_or_else(|_| as_text(), Value::Date),
        FieldKind::Moment => parse_moment(text).map_or_else(as_text, Value::Moment),
        _ => as_text(),
    }
}

/// Reads an amount in yuan as fen: `1,234.5`, `¥1234.50`, `1234.50元`, `1.2万元`.
#[must_use]
pub fn money(text: &str) -> Option<i64> {
    let folded = crate::text::fold(text);
    let plain: String = folded
        .chars()
        .filter(|c| !matches!(c, ',' | '¥' | '￥'))
        .collect();
    let plain = plain.trim_end_matches("整").trim_end_matches('元');
    let (digits, factor) = match plain.strip_suffix('万') {
        Some(digits) => (digits, 10_000),
        None => (plain, 1),
    };
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or((1, digits), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || !(whole.bytes().chain(part.bytes())).all(|b| b.is_ascii_digit()) {
        return None;
    }
    // Six places, so that 1.23456万元 is exact; more than that is no amount of money.
    if part.len() > 6 {
        return None;
    }
    let part: i64 = format!("{part:0<6}").parse().ok()?;
    let millionths = whole
        .parse::<i64>()
        .ok()?
        .checked_mul(1_000_000)?
        .checked_add(part)?;
    let scaled = millionths.checked_mul(factor)?;
    (scaled % 10_000 == 0).then_some(sign * (scaled / 10_000))
}

/// Reads a number with at most two places as hundredths.
fn hundredths(text: &str) -> Option<i64> {
    money(text.trim_end_matches('分'))
}

/// Reads a tick: 是 否 有 无 √ × 1 0 …
#[must_use]
pub fn flag(text: &str) -> Option<bool> {
    match crate::text::fold(text).as_str() {
        "是" | "有" | "√" | "✓" | "☑" | "1" | "true" | "yes" | "y" | "已" | "对" => {
            Some(true)
        }
        "否" | "无" | "×" | "x" | "☐" | "0" | "false" | "no" | "n" | "未" | "没有" => {
            Some(false)
        }
        _ => None,
    }
}

/// The fields that must always be filled and are not.
#[must_use]
pub fn missing_always(spec: &RegisterSpec, whole: &Values) -> Vec<Problem> {
    spec.fields
        .iter()
        .filter(|f| f.required && f.applies(whole) && whole.get(&f.id).is_null())
        .map(|f| problem(f, ProblemCode::Required))
        .collect()
}

/// The values that a new record starts with.
#[must_use]
pub fn defaults(catalog: &Catalog, spec: &RegisterSpec, now: Moment) -> Values {
    spec.fields
        .iter()
        .filter_map(|f| {
            let typed = Json::from(f.default.as_deref()?);
            Some((f.id.clone(), value(catalog, f, &typed, now).ok()?))
        })
        .collect()
}

fn problem(field: &FieldSpec, code: ProblemCode) -> Problem {
    Problem::new(&field.id, code).with("label", &field.label)
}

/// At most twenty characters of what was typed, for the message.
fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(20).collect();
    if text.chars().count() > 20 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn typed(json: Json) -> Entry {
        let catalog = Catalog::builtin();
        let spec = catalog.register("complaint").expect("spec");
        let now = parse_moment("2026-11-21T09:00").expect("now");
        read(catalog, spec, json.as_object().expect("object"), now)
    }

    #[test]
    fn all_problems_are_told_at_once_by_field_and_code() {
        let entry = typed(json!({
            "received_at": "2024.2.30", "class": "邻里纠纷", "phone": "1390000135",
            "content": "a\u{0}b", "receiver": "王".repeat(201), "nonsense": 1,
        }));
        let mut codes: Vec<_> = entry
            .problems
            .iter()
            .map(|p| (p.field.as_str(), p.code.as_str()))
            .collect();
        codes.sort_unstable();
        assert_eq!(
            codes,
            [
                ("class", "unknown_choice"),
                ("content", "control_character"),
                ("nonsense", "unknown_field"),
                ("phone", "bad_phone"),
                ("received_at", "impossible_date"),
                ("receiver", "too_long"),
            ]
        );
    }

    #[test]
    fn what_people_type_is_read_as_they_mean_it() {
        let entry = typed(json!({
            "received_at": "昨天", "class": "噪音扰民", "channel": "电话", "urgent": "是",
            "cost": "1,234.5元", "phone": "138 0000 1050", "anonymous": false,
        }));
        assert!(entry.problems.is_empty(), "{:?}", entry.problems);
        let v = &entry.values;
        assert_eq!(
            v.get("received_at").stored().as_deref(),
            Some("2026-11-20T00:00:00+08:00")
        );
        assert_eq!(v.text("class"), Some("noise"));
        assert_eq!(v.int("cost"), Some(123_450));
        assert!(v.tick("urgent"));
    }

    #[test]
    fn a_score_lies_between_nought_and_a_hundred_however_it_is_typed() {
        let catalog = Catalog::builtin();
        let spec = catalog.register("complaint").expect("spec");
        let field = FieldSpec {
            kind: FieldKind::Score,
            ..spec.field("round").expect("field").clone()
        };
        let now = parse_moment("2026-11-21T09:00").expect("now");
        for (typed, hundredths) in [
            (json!("85.5分"), Some(8_550)),
            (json!("100"), Some(10_000)),
            (json!("100.01"), None),
            (json!("-1"), None),
            (json!(8_550), Some(8_550)),
            (json!(10_001), None),
            (json!(-1), None),
        ] {
            let read = value(catalog, &field, &typed, now).ok();
            assert_eq!(read, hundredths.map(Value::Int), "{typed}");
        }
    }

    #[test]
    fn money_is_exact_or_refused() {
        for (typed, fen) in [
            ("1.2万元", Some(1_200_000)),
            ("¥0.01", Some(1)),
            ("0.001", None),
            ("-5", Some(-500)),
            ("约50万元", None),
            ("", None),
        ] {
            assert_eq!(money(typed), fen, "{typed}");
        }
    }
}
