//! Values of fields. A value knows its kind; the register spec knows what kind a field holds.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value as Json;

use crate::time::{Moment, moment_text};

/// One value of one field.
///
/// Choices are their code, links the `UUIDv7` of the linked record, both as text; money is integer
/// fen; a score is hundredths.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing was entered.
    #[default]
    Null,
    /// Text, a choice's code, or a link's identifier.
    Text(String),
    /// A whole number; money in fen, scores in hundredths.
    Int(i64),
    /// A tick.
    Bool(bool),
    /// A day.
    Date(NaiveDate),
    /// A point in time.
    Moment(Moment),
}

impl Value {
    /// True when nothing was entered. An empty text counts as nothing.
    #[must_use]
    pub fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::Int(_) | Self::Bool(_) | Self::Date(_) | Self::Moment(_) => false,
        }
    }

    /// The value as stored and exchanged text; `None` for nothing. Ticks are `1` and `0`.
    #[must_use]
    pub fn stored(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Text(text) => Some(text.clone()),
            Self::Int(number) => Some(number.to_string()),
            Self::Bool(tick) => Some(if *tick { "1" } else { "0" }.to_owned()),
            Self::Date(date) => Some(date.format("%Y-%m-%d").to_string()),
            Self::Moment(moment) => Some(moment_text(moment)),
        }
    }

    /// The value as JSON, the way commands answer.
    #[must_use]
    pub fn json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Text(text) => Json::from(text.as_str()),
            Self::Int(number) => Json::from(*number),
            Self::Bool(tick) => Json::from(*tick),
            Self::Date(_) | Self::Moment(_) => Json::from(self.stored().unwrap_or_default()),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(tick: bool) -> Self {
        Self::Bool(tick)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<Moment> for Value {
    fn from(moment: Moment) -> Self {
        Self::Moment(moment)
    }
}

/// The values of one record or line by field id. A missing key and [`Value::Null`] are the same
/// when read; when written, a missing key means "leave as it is".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values(BTreeMap<String, Value>);

/// What a missing field reads as.
static NOTHING: Value = Value::Null;

impl Values {
    /// No values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a field; nothing when it was never set.
    #[must_use]
    pub fn get(&self, field: &str) -> &Value {
        self.0.get(field).unwrap_or(&NOTHING)
    }

    /// Sets a field.
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.0.insert(field.to_owned(), value.into());
    }

    /// Sets a field and returns the whole, for building.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.set(field, value);
        self
    }

    /// Takes a field out, so that it is left as it is when written.
    pub fn remove(&mut self, field: &str) -> Option<Value> {
        self.0.remove(field)
    }

    /// True when the key is there, even with nothing as its value.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// The text of a field, or `None` when it holds none.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.get(field) {
            Value::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The tick of a field; nothing reads as no tick.
    #[must_use]
    pub fn tick(&self, field: &str) -> bool {
        matches!(self.get(field), Value::Bool(true))
    }

    /// The number of a field.
    #[must_use]
    pub fn int(&self, field: &str) -> Option<i64> {
        match self.get(field) {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The day of a field.
    #[must_use]
    pub fn date(&self, field: &str) -> Option<NaiveDate> {
        match self.get(field) {
            Value::Date(date) => Some(*date),
            Value::Moment(moment) => Some(moment.date_naive()),
            _ => None,
        }
    }

    /// The moment of a field.
    #[must_use]
    pub fn moment(&self, field: &str) -> Option<Moment> {
        match self.get(field) {
            Value::Moment(moment) => Some(*moment),
            _ => None,
        }
    }

    /// Field ids and values in the order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(field, value)| (field.as_str(), value))
    }

    /// How many fields are set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when no field is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These values with those of `newer` written over them.
    #[must_use]
    pub fn merged(&self, newer: &Self) -> Self {
        let mut whole = self.clone();
        whole
            .0
            .extend(newer.0.iter().map(|(k, v)| (k.clone(), v.clone())));
        whole
    }

    /// The values as a JSON object, without the empty ones.
    #[must_use]
    pub fn json(&self) -> serde_json::Map<String, Json> {
        self.iter()
            .filter(|(_, v)| !v.is_null())
            .map(|(k, v)| (k.to_owned(), v.json()))
            .collect()
    }
}

impl FromIterator<(String, Value)> for Values {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}
