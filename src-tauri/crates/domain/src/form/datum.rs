//! The values a form is filled with: a plain tree, built by `commands`, kept as JSON with a paper.
//!
//! Not here: how a value is written on paper (`format`), where it comes from (the store).

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::path::{Path, Step};
use crate::time::Moment;

/// One value of the tree; [`Datum::Empty`] is a field without content, which is not the same as a
/// field that does not exist (see [`Missing`]).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Datum {
    /// A field that exists and holds nothing.
    #[default]
    Empty,
    /// Text as typed; `\n` parts paragraphs.
    Text(String),
    /// A calendar day.
    Date(#[serde(with = "iso_date")] NaiveDate),
    /// A point in time with its offset.
    Moment(#[serde(with = "iso_moment")] Moment),
    /// A whole number; money is fen under the formats `money` and `money_capitals`.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A value of a choice list, with the label that was in force.
    Choice {
        /// Stable code of the choice.
        code: String,
        /// What is printed.
        label: String,
    },
    /// A record: its own fields and those of what it links to.
    Map(BTreeMap<String, Datum>),
    /// Lines of a record, or records of a list.
    List(Vec<Datum>),
    /// A picture, named by its content.
    Image(ImageRef),
}

/// A picture by the hash of its content; the bytes travel beside the tree.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImageRef {
    /// SHA-256 of the stored file, hex.
    pub sha256: String,
    /// What stands under the picture; may be empty.
    #[serde(default)]
    pub caption: String,
}

/// A path that named a field which the data does not have: a wrong binding, not an empty field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The step that found nothing.
    pub step: String,
}

/// Where paths start: the root of the data and, inside repeated rows, the present item.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The whole data.
    pub root: &'a Datum,
    /// The item of a repeated row and its number, counted from 1.
    pub item: Option<(&'a Datum, usize)>,
}

impl<'a> Scope<'a> {
    /// The scope of everything outside repeated rows.
    #[must_use]
    pub fn root(root: &'a Datum) -> Self {
        Self { root, item: None }
    }

    /// The value at `path`.
    ///
    /// # Errors
    /// [`Missing`] when a record on the way has no field of that name. An empty value on the way
    /// (a link that is not set, no matching line) gives [`Datum::Empty`].
    pub fn find(&self, path: &Path) -> Result<Cow<'a, Datum>, Missing> {
        let start = match (path.relative, self.item) {
            (false, _) => self.root,
            (true, Some((item, _))) => item,
            (true, None) => return Ok(Cow::Owned(Datum::Empty)),
        };
        if path.is_number() {
            let number = self.item.map_or(0, |(_, number)| number);
            return Ok(Cow::Owned(
                i64::try_from(number).map_or(Datum::Empty, Datum::Int),
            ));
        }
        walk(Cow::Borrowed(start), &path.steps)
    }
}

fn walk<'a>(start: Cow<'a, Datum>, steps: &[Step]) -> Result<Cow<'a, Datum>, Missing> {
    let mut here = start;
    for (index, step) in steps.iter().enumerate() {
        if let (Step::Field(_), Datum::List(items)) = (step, here.as_ref()) {
            return each(items, &steps[index..]).map(Cow::Owned);
        }
        here = match here {
            Cow::Borrowed(datum) => one_step(datum, step)?,
            Cow::Owned(datum) => Cow::Owned(one_step(&datum, step)?.into_owned()),
        };
    }
    Ok(here)
}

/// A field asked of several lines is the list of those fields.
fn each(items: &[Datum], steps: &[Step]) -> Result<Datum, Missing> {
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        let value = walk(Cow::Borrowed(item), steps)?.into_owned();
        if !value.is_empty() {
            found.push(value);
        }
    }
    Ok(Datum::List(found))
}

fn one_step<'a>(datum: &'a Datum, step: &Step) -> Result<Cow<'a, Datum>, Missing> {
    const NOTHING: &Datum = &Datum::Empty;
    match (step, datum) {
        (Step::Count, Datum::List(items)) => Ok(Cow::Owned(Datum::Int(
            i64::try_from(items.len()).unwrap_or(i64::MAX),
        ))),
        (Step::Count, _) => Ok(Cow::Owned(Datum::Int(0))),
        (_, Datum::Empty) => Ok(Cow::Borrowed(NOTHING)),
        (Step::Field(name), Datum::Map(fields)) => fields
            .get(name)
            .map(Cow::Borrowed)
            .ok_or_else(|| Missing { step: name.clone() }),
        (Step::First, Datum::List(items)) => Ok(Cow::Borrowed(items.first().unwrap_or(NOTHING))),
        (Step::Last, Datum::List(items)) => Ok(Cow::Borrowed(items.last().unwrap_or(NOTHING))),
        (Step::Where(field, wanted), Datum::List(items)) => Ok(Cow::Owned(Datum::List(
            items
                .iter()
                .filter(|item| item.field_is(field, wanted))
                .cloned()
                .collect(),
        ))),
        (Step::Field(name), _) => Err(Missing { step: name.clone() }),
        (Step::First | Step::Last | Step::Where(..), _) => Err(Missing {
            step: step.to_string(),
        }),
    }
}

impl Datum {
    /// Text, or [`Datum::Empty`] when there is none.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// A value of a choice list.
    #[must_use]
    pub fn choice(code: impl Into<String>, label: impl Into<String>) -> Self {
        Self::Choice {
            code: code.into(),
            label: label.into(),
        }
    }

    /// A record of the given fields.
    #[must_use]
    pub fn map<K: Into<String>>(fields: impl IntoIterator<Item = (K, Datum)>) -> Self {
        Self::Map(
            fields
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
        )
    }

    /// Whether nothing would be printed for this value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.iter().all(Self::is_empty),
            Self::Map(fields) => fields.values().all(Self::is_empty),
            _ => false,
        }
    }

    /// Whether `field` of this record is `wanted`.
    fn field_is(&self, field: &str, wanted: &str) -> bool {
        matches!(self, Self::Map(fields) if fields.get(field).is_some_and(|f| f.is_code(wanted)))
    }

    /// Whether this is the value a filter or condition names: a choice by its code, a number and
    /// yes or no by their plain words, text by itself.
    #[must_use]
    pub fn is_code(&self, wanted: &str) -> bool {
        match self {
            Self::Choice { code, .. } => code == wanted,
            Self::Text(text) => text == wanted,
            Self::Int(number) => number.to_string() == wanted,
            Self::Bool(value) => value.to_string() == wanted,
            _ => false,
        }
    }
}

mod iso_date {
    //! `2026-11-21`.
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(date: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(date)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

mod iso_moment {
    //! `2026-11-21T09:00:00+08:00`.
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::time::{Moment, moment_text, parse_moment};

    pub(super) fn serialize<S: Serializer>(moment: &Moment, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&moment_text(moment))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Moment, D::Error> {
        let text = String::deserialize(from)?;
        parse_moment(&text).ok_or_else(|| D::Error::custom("not a moment"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Datum {
        let action = |step: &str, person: &str| {
            Datum::map([
                ("step", Datum::choice(step, "…")),
                ("person", Datum::text(person)),
            ])
        };
        Datum::map([
            ("project", Datum::map([("name", Datum::text("一号楼"))])),
            ("unit_work", Datum::Empty),
            (
                "actions",
                Datum::List(vec![
                    action("record_visit", "甲"),
                    action("accept", "乙"),
                    action("record_visit", "丙"),
                ]),
            ),
        ])
    }

    fn at(path: &str) -> Result<Datum, Missing> {
        let path: Path = path.parse().expect("a path");
        Scope::root(&case()).find(&path).map(Cow::into_owned)
    }

    #[test]
    fn paths_walk_links_and_pick_lines() {
        assert_eq!(at("project.name"), Ok(Datum::text("一号楼")));
        assert_eq!(
            at("actions[step=record_visit].last.person"),
            Ok(Datum::text("丙"))
        );
        assert_eq!(at("actions[step=record_visit].count"), Ok(Datum::Int(2)));
        assert_eq!(
            at("actions[step=record_visit].person"),
            Ok(Datum::List(vec![Datum::text("甲"), Datum::text("丙")]))
        );
    }

    #[test]
    fn an_unset_link_is_empty_but_an_unknown_field_is_missing() {
        assert_eq!(at("unit_work.name"), Ok(Datum::Empty));
        assert_eq!(at("actions[step=archive].first.person"), Ok(Datum::Empty));
        assert_eq!(at("project.nam"), Err(Missing { step: "nam".into() }));
    }

    #[test]
    fn a_tree_survives_being_kept_as_json() {
        let tree = Datum::map([
            (
                "day",
                Datum::Date(NaiveDate::from_ymd_opt(2026, 11, 21).expect("a date")),
            ),
            (
                "list",
                Datum::List(vec![Datum::Int(1), Datum::Empty, Datum::Bool(true)]),
            ),
            (
                "when",
                Datum::Moment(crate::time::parse_moment("2026-11-21T09:05").expect("one")),
            ),
        ]);
        let json = serde_json::to_string(&tree).expect("writes");
        assert_eq!(serde_json::from_str::<Datum>(&json).expect("reads"), tree);
    }
}
