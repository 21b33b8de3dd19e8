//! When a value is the expected one, kind by kind.

use domain::spec::{Catalog, FieldKind, FieldSpec};
use domain::text::{is_blank, is_invisible, means_empty};
use domain::value::Value;
use serde_json::Value as Json;

/// Whether a value is the expected one.
pub(crate) fn same(catalog: &Catalog, field: &FieldSpec, ours: &Value, theirs: &Json) -> bool {
    let nothing = match theirs {
        Json::Null => true,
        Json::String(text) => {
            means_empty(text) || (ours.is_null() && text == "无" && is_text(field))
        }
        Json::Bool(tick) => !tick && ours.is_null(),
        _ => false,
    };
    match ours {
        _ if ours.is_null() => nothing,
        Value::Text(code) if field.kind == FieldKind::Choice => {
            theirs.as_str().is_some_and(|text| {
                let list = catalog.list_of(field).expect("list");
                list.by_word(text).is_some_and(|c| c.code == *code)
            })
        }
        Value::Text(digits) if field.kind == FieldKind::Phone => theirs
            .as_str()
            .is_some_and(|text| groups(digits) == groups(text)),
        Value::Text(text) => theirs.as_str().is_some_and(|t| plain(t) == plain(text)),
        Value::Bool(tick) => theirs == tick,
        Value::Int(number) => same_number(field, *number, theirs),
        Value::Date(date) => theirs.as_str() == Some(date.to_string().as_str()),
        Value::Moment(moment) => {
            let day = moment.format("%Y-%m-%d").to_string();
            let minute = moment.format("%Y-%m-%dT%H:%M").to_string();
            let midnight = minute.ends_with("T00:00");
            theirs.as_str().is_some_and(|t| {
                t.get(..16).is_some_and(|t| t.replace(' ', "T") == minute) || (midnight && t == day)
            })
        }
        Value::Null => false,
    }
}

fn same_number(field: &FieldSpec, ours: i64, theirs: &Json) -> bool {
    let hundredths = matches!(field.kind, FieldKind::Money | FieldKind::Score);
    let factor = if hundredths { 100.0 } else { 1.0 };
    theirs
        .as_f64()
        .or_else(|| theirs.as_str()?.parse().ok())
        .is_some_and(|n| (n * factor - i64_to_f64(ours)).abs() < 0.5)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "amounts of a sample ledger are small"
)]
fn i64_to_f64(number: i64) -> f64 {
    number as f64
}

fn is_text(field: &FieldSpec) -> bool {
    matches!(
        field.kind,
        FieldKind::Text | FieldKind::LongText | FieldKind::Person | FieldKind::Link
    )
}

/// Text without outer white space, width of brackets and kind of line break.
fn plain(text: &str) -> String {
    text.trim_matches(|c| is_blank(c) || is_invisible(c))
        .replace("\r\n", "\n")
        .replace('\n', " ")
        .replace('（', "(")
        .replace('）', ")")
}

/// The groups of digits of a phone field, in order.
fn groups(text: &str) -> Vec<String> {
    text.split([';', '；', '、', ',', '/', ' '])
        .map(|g| {
            g.chars()
                .filter(|c| !matches!(c, '-' | '转'))
                .collect::<String>()
        })
        .filter(|g| !g.is_empty())
        .collect()
}
