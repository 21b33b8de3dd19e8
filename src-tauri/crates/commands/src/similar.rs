//! Cases that may be the same matter as the one that is being typed. A hint beside the form: it
//! refuses nothing, and says why it thinks so.

use std::collections::BTreeSet;

use chrono::Days;
use domain::entry;
use domain::field::complaint as field;
use domain::record::Record;
use domain::spec::RegisterSpec;
use domain::text::fold;
use domain::value::Values;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use store::{ListQuery, Read, Test};

use crate::context::Ctx;
use crate::due::who;
use crate::error::Outcome;
use crate::refer;
use crate::view::{StateMark, mark, state_label};
use crate::words::{Facts, say};

/// Asks for cases that may be the same matter.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Similar {
    /// Register id or Chinese name.
    pub register: String,
    /// The record that is being changed, which is like itself.
    #[serde(default)]
    pub record: Option<String>,
    /// Values by field id, as typed so far.
    pub values: Map<String, Json>,
}

/// A case that may be the same matter.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SimilarCase {
    /// Identifier.
    pub uuid: String,
    /// Number.
    pub number: Option<String>,
    /// What it is about.
    pub title: String,
    /// Whose matter and where, masked.
    pub who: String,
    /// State in Chinese.
    pub state_label: Option<String>,
    /// The mark of the state.
    pub mark: Option<StateMark>,
    /// Days since it was received.
    pub days_ago: i64,
    /// Why, in words.
    pub why: String,
}

/// Cases older than this are another matter.
const DAYS: u64 = 180;
/// Cases looked at.
const LOOKED_AT: u64 = 500;
/// Cases told.
const TOLD: usize = 3;

/// Cases of the last half year that may be the same matter, the likeliest first. Only complaints are
/// compared.
///
/// # Errors
/// For an unknown register.
pub fn similar(ctx: &Ctx, ask: &Similar) -> Outcome<Vec<SimilarCase>> {
    let spec = ctx.register(&ask.register)?;
    if spec.id != "complaint" {
        return Ok(Vec::new());
    }
    let reader = ctx.reader()?;
    let typed = typed(ctx, &reader, spec, &ask.values)?;
    if typed.text(field::PHONE).is_none()
        && typed.text(field::LOCATION).is_none()
        && typed.text(field::CONTENT).is_none()
    {
        return Ok(Vec::new());
    }
    let mut found: Vec<(u32, Vec<&'static str>, Record)> = candidates(ctx, &reader, &typed)?
        .into_iter()
        .filter(|record| Some(record.uuid.to_string().as_str()) != ask.record.as_deref())
        .filter_map(|record| {
            let (score, why) = likeness(&typed, &record.values)?;
            Some((score, why, record))
        })
        .collect();
    found.sort_by_key(|(score, _, record)| {
        let received = record.values.moment(field::RECEIVED_AT);
        (std::cmp::Reverse(*score), std::cmp::Reverse(received))
    });
    let today = ctx.now().date_naive();
    let told = found.into_iter().take(TOLD);
    Ok(told
        .map(|(_, why, record)| {
            let received = record.values.date(field::RECEIVED_AT).unwrap_or(today);
            let state = record.state.as_deref();
            let why: Vec<String> = why
                .iter()
                .map(|code| say(&format!("similar.{code}"), &Facts::new()))
                .collect();
            SimilarCase {
                uuid: record.uuid.to_string(),
                number: record.number.clone(),
                title: record
                    .values
                    .text(&spec.title)
                    .unwrap_or_default()
                    .to_owned(),
                who: who(ctx, spec, &record),
                state_label: state.map(|state| state_label(ctx.catalog, &spec.id, state)),
                mark: mark(ctx.catalog, &record),
                days_ago: (today - received).num_days(),
                why: why.join("、"),
            }
        })
        .collect())
}

/// What can be read of the values so far; the rest is left aside.
fn typed(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    typed: &Map<String, Json>,
) -> Outcome<Values> {
    let mut values = entry::read(ctx.catalog, spec, typed, ctx.now()).values;
    let unknown = refer::links(ctx, reader, spec, &mut values)?;
    for problem in unknown {
        values.set(&problem.field, domain::value::Value::Null);
    }
    Ok(values)
}

/// The newest cases of the project, and all of the same telephone.
fn candidates(ctx: &Ctx, reader: &dyn Read, typed: &Values) -> Outcome<Vec<Record>> {
    let since = ctx.now().date_naive() - Days::new(DAYS);
    let recent = ListQuery::of("complaint")
        .filter(field::RECEIVED_AT, Test::Ge(since.into()))
        .sorted_down(field::RECEIVED_AT)
        .take(LOOKED_AT);
    let recent = match typed.text(field::PROJECT) {
        Some(project) => recent.filter(field::PROJECT, Test::Eq(project.into())),
        None => recent,
    };
    let mut records = reader.list(&recent)?;
    if let Some(phone) = typed.text(field::PHONE) {
        let same = ListQuery::of("complaint")
            .filter(field::PHONE, Test::Eq(phone.into()))
            .filter(field::RECEIVED_AT, Test::Ge(since.into()))
            .take(20);
        records.extend(reader.list(&same)?);
    }
    let mut seen = BTreeSet::new();
    records.retain(|record| seen.insert(record.uuid));
    Ok(records)
}

/// How like two cases are, and why; `None` for strangers. One like name or text alone says nothing.
fn likeness(typed: &Values, other: &Values) -> Option<(u32, Vec<&'static str>)> {
    let same = |field: &str| {
        let pair = typed.text(field).zip(other.text(field));
        pair.is_some_and(|(one, other)| !fold(one).is_empty() && place(one) == place(other))
    };
    let mut score = 0;
    let mut why = Vec::new();
    let mut count = |holds: bool, points: u32, code: &'static str| {
        if holds {
            score += points;
            why.push(code);
        }
    };
    count(same(field::PHONE), 3, "phone");
    count(same(field::LOCATION), 3, "place");
    count(same(field::COMPLAINANT_NAME), 2, "name");
    let contents = typed.text(field::CONTENT).zip(other.text(field::CONTENT));
    let like = contents.map_or(0.0, |(one, other)| overlap(one, other));
    count(like >= 0.5, 2, "content");
    let other_class = typed
        .text(field::CLASS)
        .zip(other.text(field::CLASS))
        .is_some_and(|(one, other)| one != other);
    // The same people complain of different things: that is another matter.
    let enough = if other_class { 4 } else { 3 };
    (score >= enough).then_some((score, why))
}

/// `5-2-1102`, `5栋2单元1102室` and `5 号楼 2 单元 1102` are one place.
fn place(text: &str) -> String {
    let mut out = String::new();
    for c in fold(text).chars() {
        let c = if c.is_alphanumeric() && !"号楼栋幢座单元室房层".contains(c) {
            c
        } else {
            '-'
        };
        if c != '-' || !(out.is_empty() || out.ends_with('-')) {
            out.push(c);
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// The share of pairs of characters that the shorter text has in common with the longer one.
fn overlap(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| -> BTreeSet<(char, char)> {
        let plain: Vec<char> = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
        plain.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let (one, other) = (pairs(one), pairs(other));
    let shorter = one.len().min(other.len());
    if shorter < 3 {
        return 0.0;
    }
    let common = u32::try_from(one.intersection(&other).count()).unwrap_or(0);
    f64::from(common) / f64::from(u32::try_from(shorter).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(phone: &str, location: &str, class: &str, content: &str) -> Values {
        Values::new()
            .with(field::PHONE, phone)
            .with(field::LOCATION, location)
            .with(field::CLASS, class)
            .with(field::CONTENT, content)
    }

    #[test]
    fn one_place_in_several_spellings_is_one_place() {
        for text in [
            "5-2-1102",
            "5栋2单元1102室",
            "5 号楼 2 单元 1102",
            "５－２－１１０２",
        ] {
            assert_eq!(place(text), "5-2-1102", "{text}");
        }
        assert_ne!(place("5-2-1102"), place("5-2-1103"));
    }

    #[test]
    fn the_same_place_or_telephone_is_like_and_another_class_needs_more() {
        let one = case(
            "13800010002",
            "5-2-1102",
            "leak",
            "厨房顶板渗水，吊顶已鼓包",
        );
        let same = case("13900000000", "5栋2单元1102室", "leak", "厨房顶板又有水迹");
        assert_eq!(
            likeness(&one, &same).map(|(_, why)| why),
            Some(vec!["place"])
        );
        let noise = case("13900000000", "5-2-1102", "noise", "半夜打桩");
        assert_eq!(likeness(&one, &noise), None, "another matter");
        let both = case("13800010002", "5-2-1102", "noise", "半夜打桩");
        assert_eq!(
            likeness(&one, &both).map(|(_, why)| why),
            Some(vec!["phone", "place"])
        );
        let text = case(
            "13900000000",
            "1-1-0101",
            "leak",
            "厨房顶板渗水，吊顶已鼓包",
        );
        assert_eq!(
            likeness(&one, &text),
            None,
            "a like text alone says nothing"
        );
    }
}
