//! Values to columns and back, and the checks that no write may pass by: kind, choice, length,
//! NUL. What a field may hold beyond that is the trade's business.

use chrono::NaiveDate;
use domain::spec::{Catalog, FieldKind, FieldSpec};
use domain::time::{Moment, china, moment_text, parse_moment};
use domain::value::Value;
use rusqlite::types::{Value as Sql, ValueRef};
use uuid::Uuid;

use crate::error::{Error, Result};

/// A moment as stored: China Standard Time, so that text order is time order.
pub(crate) fn stored_moment(moment: &Moment) -> String {
    moment_text(&moment.with_timezone(&china()))
}

/// A value as it is stored, after checking that the field can hold it.
pub(crate) fn checked(
    catalog: &Catalog,
    register: &str,
    field: &FieldSpec,
    value: &Value,
) -> Result<Sql> {
    if value.is_null() {
        return Ok(Sql::Null);
    }
    let wrong = || Error::WrongKind {
        register: register.to_owned(),
        field: field.id.clone(),
        wanted: field.kind,
        found: kind_of(value),
    };
    match (field.kind, value) {
        (
            FieldKind::Text | FieldKind::LongText | FieldKind::Person | FieldKind::Phone,
            Value::Text(text),
        ) => {
            fits(register, field, text)?;
            Ok(Sql::Text(text.clone()))
        }
        (FieldKind::Choice, Value::Text(code)) => {
            if catalog
                .list_of(field)
                .is_some_and(|list| list.by_code(code).is_some())
            {
                Ok(Sql::Text(code.clone()))
            } else {
                Err(Error::UnknownChoice {
                    register: register.to_owned(),
                    field: field.id.clone(),
                    code: code.clone(),
                })
            }
        }
        (FieldKind::Link, Value::Text(text)) => match Uuid::parse_str(text) {
            Ok(uuid) => Ok(Sql::Text(uuid.to_string())),
            Err(_) => Err(Error::LinkNotFound {
                register: register.to_owned(),
                field: field.id.clone(),
                link: text.clone(),
            }),
        },
        (FieldKind::File, Value::Text(text)) if is_sha256(text) => Ok(Sql::Text(text.clone())),
        (FieldKind::Int | FieldKind::Money | FieldKind::Score, Value::Int(number)) => {
            Ok(Sql::Integer(*number))
        }
        (FieldKind::Flag, Value::Bool(tick)) => Ok(Sql::Integer(i64::from(*tick))),
        (FieldKind::Date, Value::Date(date)) => Ok(Sql::Text(date.format("%Y-%m-%d").to_string())),
        (FieldKind::Moment, Value::Moment(moment)) => Ok(Sql::Text(stored_moment(moment))),
        _ => Err(wrong()),
    }
}

/// Whether a text is a SHA-256 in lower-case hex.
pub(crate) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn fits(register: &str, field: &FieldSpec, text: &str) -> Result<()> {
    if text.contains('\0') {
        return Err(Error::Nul {
            register: register.to_owned(),
            field: field.id.clone(),
        });
    }
    let Some(max) = field.max_chars() else {
        return Ok(());
    };
    // A text of at most `max` bytes has at most `max` characters.
    if text.len() > max {
        let length = text.chars().count();
        if length > max {
            return Err(Error::TooLong {
                register: register.to_owned(),
                field: field.id.clone(),
                max,
                length,
            });
        }
    }
    Ok(())
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Text(_) => "text",
        Value::Int(_) => "number",
        Value::Bool(_) => "tick",
        Value::Date(_) => "date",
        Value::Moment(_) => "moment",
    }
}

/// A column as the text that stands in the history; `None` for nothing.
pub(crate) fn history_text(value: &Sql) -> Option<String> {
    match value {
        Sql::Text(text) => Some(text.clone()),
        Sql::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The column that a text of the history stands for.
pub(crate) fn from_history(kind: FieldKind, text: Option<&str>) -> Result<Sql> {
    match text {
        None => Ok(Sql::Null),
        Some(text) if kind.column_type() == "INTEGER" => text
            .parse()
            .map(Sql::Integer)
            .map_err(|_| Error::Query("history holds no number where one belongs".to_owned())),
        Some(text) => Ok(Sql::Text(text.to_owned())),
    }
}

/// A stored date. Read by hand, because lists read thousands and chrono's parser takes ten times
/// as long for a form that never varies.
fn read_date(bytes: &[u8]) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *bytes else {
        return None;
    };
    let year = digits(&[y1, y2, y3, y4])?;
    NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        digits(&[m1, m2])?,
        digits(&[d1, d2])?,
    )
}

/// A stored moment; any other spelling goes to the full parser.
pub(crate) fn read_moment(bytes: &[u8]) -> Option<Moment> {
    let plain = || {
        let (date, rest) = bytes.split_at_checked(10)?;
        let [b'T', h1, h2, b':', m1, m2, b':', s1, s2, offset @ ..] = rest else {
            return None;
        };
        if offset != b"+08:00" {
            return None;
        }
        let (hour, minute, second) = (
            digits(&[*h1, *h2])?,
            digits(&[*m1, *m2])?,
            digits(&[*s1, *s2])?,
        );
        let time = read_date(date)?.and_hms_opt(hour, minute, second)?;
        time.and_local_timezone(china()).single()
    };
    plain().or_else(|| parse_moment(std::str::from_utf8(bytes).ok()?))
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

/// A column as a value. What does not read as the field's kind (a file changed by other hands) is
/// shown as the text it is.
pub(crate) fn value(kind: FieldKind, column: ValueRef<'_>) -> Value {
    let bytes = match column {
        ValueRef::Integer(number) if kind == FieldKind::Flag => return Value::Bool(number != 0),
        ValueRef::Integer(number) => return Value::Int(number),
        ValueRef::Text(bytes) => bytes,
        _ => return Value::Null,
    };
    let read = match kind {
        FieldKind::Date => read_date(bytes).map(Value::Date),
        FieldKind::Moment => read_moment(bytes).map(Value::Moment),
        _ => None,
    };
    read.unwrap_or_else(|| match std::str::from_utf8(bytes) {
        Ok(text) => Value::Text(text.to_owned()),
        Err(_) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_stored_in_one_offset_so_that_text_order_is_time_order() {
        let early = parse_moment("2026-11-21T09:00:00+08:00").expect("moment");
        let late = parse_moment("2026-11-21T03:00:00+01:00").expect("moment");
        assert!(early < late && stored_moment(&early) < stored_moment(&late));
    }

    #[test]
    fn moments_read_by_hand_are_those_of_the_full_parser() {
        for text in [
            "2026-11-21T09:05:59+08:00",
            "2026-02-28T23:59:59+08:00",
            "2026-02-30T00:00:00+08:00",
            "2026-11-21T24:00:00+08:00",
            "2026-11-21T09:05:59+01:00",
            "2026-11-21T09:05",
            "2026-1-21T09:05:59+08:00",
            "nonsense",
            "",
        ] {
            assert_eq!(read_moment(text.as_bytes()), parse_moment(text), "{text}");
        }
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        let catalog = Catalog::builtin();
        let field = |id: &str| {
            catalog
                .register("complaint")
                .and_then(|s| s.field(id))
                .expect("field")
        };
        for (id, value) in [
            ("content", Value::Int(1)),
            ("urgent", Value::Text("1".to_owned())),
            ("cost", Value::Text("1".to_owned())),
            ("received_at", Value::Text("2026-01-01".to_owned())),
            ("due_on", Value::Bool(true)),
        ] {
            let answer = checked(catalog, "complaint", field(id), &value);
            assert!(matches!(answer, Err(Error::WrongKind { .. })), "{id}");
        }
        let answer = checked(
            catalog,
            "complaint",
            field("channel"),
            &Value::from("pigeon"),
        );
        assert!(matches!(answer, Err(Error::UnknownChoice { .. })));
        let long = Value::from("长".repeat(201));
        let answer = checked(catalog, "complaint", field("location"), &long);
        assert!(matches!(
            answer,
            Err(Error::TooLong {
                max: 200,
                length: 201,
                ..
            })
        ));
        let answer = checked(
            catalog,
            "complaint",
            field("location"),
            &Value::from("a\0b"),
        );
        assert!(matches!(answer, Err(Error::Nul { .. })));
    }
}
