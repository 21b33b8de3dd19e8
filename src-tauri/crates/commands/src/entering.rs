//! Help while something is typed: how it is read, which record a link means, what was written there
//! before. Nothing here refuses and nothing writes.

use std::collections::BTreeMap;

use domain::entry;
use domain::pinyin;
use domain::problem::{Problem, ProblemCode};
use domain::record::Record;
use domain::spec::{FieldKind, FieldSpec, RegisterSpec};
use domain::text::fold;
use domain::time::{Moment, moment_text};
use domain::value::{Value, Values};
use domain::workflow::Refusal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use store::{ListQuery, Read};

use crate::case::{self, CaseParts};
use crate::context::Ctx;
use crate::error::{CommandError, FieldFault, Outcome};
use crate::refer;
use crate::steps::{read_moment, untimely};
use crate::view::{Viewer, shown_moment};
use crate::words;

/// Asks how typed values are read.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CheckValues {
    /// Register or line register, by id or Chinese name.
    pub register: String,
    /// The record that is being changed; missing for a new one. A step's time is compared with
    /// what happened to it.
    #[serde(default)]
    pub record: Option<String>,
    /// The step whose dialog is filled in; then `at` is read as well.
    #[serde(default)]
    pub step: Option<String>,
    /// Values by field id, as typed.
    pub values: Map<String, Json>,
}

/// How typed values are read.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CheckedValues {
    /// Each value as it is shown.
    pub shown: BTreeMap<String, String>,
    /// Each value as it is to be sent.
    pub values: Map<String, Json>,
    /// What is wrong, by field.
    pub faults: Vec<FieldFault>,
}

/// How typed values are read, field by field.
///
/// # Errors
/// For an unknown register.
pub fn check_values(ctx: &Ctx, ask: &CheckValues) -> Outcome<CheckedValues> {
    let spec = ctx.spec(&ask.register)?;
    let reader = ctx.reader()?;
    let mut viewer = Viewer::new(ctx, &reader, false);
    let mut checked = CheckedValues {
        shown: BTreeMap::new(),
        values: Map::new(),
        faults: Vec::new(),
    };
    for (id, typed) in &ask.values {
        if ask.step.is_some() && id == "at" {
            check_at(ctx, &reader, spec, ask, typed, &mut checked)?;
            continue;
        }
        match read_one(ctx, &reader, spec, id, typed)? {
            Ok((_, Value::Null)) => {
                checked.values.insert(id.clone(), Json::Null);
            }
            Ok((field, value)) => {
                checked
                    .shown
                    .insert(id.clone(), viewer.text(field, &value)?);
                checked.values.insert(id.clone(), value.json());
            }
            Err(problem) => checked.faults.push(FieldFault {
                field: id.clone(),
                code: problem.code.as_str().to_owned(),
                message: words::problem(ctx.catalog, &spec.id, &problem),
            }),
        }
    }
    Ok(checked)
}

/// One typed value, with its link resolved.
fn read_one<'s>(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &'s RegisterSpec,
    id: &str,
    typed: &Json,
) -> Outcome<Result<(&'s FieldSpec, Value), Problem>> {
    let Some(field) = spec.field(id) else {
        return Ok(Err(Problem::new(id, ProblemCode::UnknownField)));
    };
    let value = match entry::value(ctx.catalog, field, typed, ctx.now()) {
        Ok(value) => value,
        Err(problem) => return Ok(Err(problem)),
    };
    let is_event = spec.event.as_deref() == Some(id);
    if let (true, Value::Moment(at)) = (is_event, &value)
        && *at > ctx.now()
    {
        let late = Problem::new(id, ProblemCode::InFuture).with("at", shown_moment(at));
        return Ok(Err(late));
    }
    if field.kind != FieldKind::Link {
        return Ok(Ok((field, value)));
    }
    let mut values = Values::new();
    values.set(id, value);
    let problems = refer::links(ctx, reader, spec, &mut values)?;
    Ok(match problems.into_iter().find(|p| p.field == id) {
        Some(problem) => Err(problem),
        None => Ok((field, values.get(id).clone())),
    })
}

/// The time of a step: readable, not still to come, and not before what it follows.
fn check_at(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    ask: &CheckValues,
    typed: &Json,
    checked: &mut CheckedValues,
) -> Outcome<()> {
    let text = typed.as_str().unwrap_or_default().trim().to_owned();
    if text.is_empty() {
        checked.values.insert("at".to_owned(), Json::Null);
        return Ok(());
    }
    let refused = match read_moment(&text, ctx.now()) {
        Err(refused) => Some(("bad_date", refused)),
        Ok(at) => {
            checked.shown.insert("at".to_owned(), shown_moment(&at));
            checked
                .values
                .insert("at".to_owned(), moment_text(&at).into());
            untimely_at(ctx, reader, spec, ask, at)?.map(|refused| ("untimely", refused))
        }
    };
    checked
        .faults
        .extend(refused.map(|(code, refused)| FieldFault {
            field: "at".to_owned(),
            code: code.to_owned(),
            message: refused.message,
        }));
    Ok(())
}

/// Why a step cannot have happened at this time.
fn untimely_at(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    ask: &CheckValues,
    at: Moment,
) -> Outcome<Option<CommandError>> {
    let Some(workflow) = case::workflow(&spec.id) else {
        return Ok(None);
    };
    let step = ask.step.as_deref().and_then(|step| workflow.step(step));
    let (Some(step), Some(name)) = (step, ask.record.as_deref()) else {
        let late = (at > ctx.now()).then_some(Refusal::InFuture(at));
        return Ok(late.map(|late| untimely(ctx, spec, workflow, &at, &late)));
    };
    let record = refer::record(reader, spec, name)?;
    let figures = ctx.figures()?;
    let parts = CaseParts::read(ctx, reader, &figures, &record)?;
    let checked = workflow.check_time(&record, &parts.actions, step, at, ctx.now());
    Ok(checked
        .err()
        .map(|refusal| untimely(ctx, spec, workflow, &at, &refusal)))
}

/// Asks which records a link may mean.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct LookUp {
    /// Register id or Chinese name.
    pub register: String,
    /// A part of the name, of its pinyin or of the number; empty for the newest.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub text: String,
    /// At most so many.
    #[serde(default = "ten")]
    #[ts(as = "Option<_>", optional)]
    pub limit: u32,
}

fn ten() -> u32 {
    10
}

/// A record that a link may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct LookedUp {
    /// Identifier.
    pub uuid: String,
    /// Number.
    pub number: Option<String>,
    /// What names it, masked.
    pub title: String,
    /// What else tells it from others.
    pub hint: String,
}

/// Registers up to this size are looked through name by name; larger ones by the search.
const FEW: u64 = 300;

/// Fields that tell records of a like name apart, where a register has them.
const HINTS: [&str; 4] = ["code", "unit", "head", "location"];

/// Which records a link may mean, the best first.
///
/// # Errors
/// For an unknown register.
pub fn look_up(ctx: &Ctx, ask: &LookUp) -> Outcome<Vec<LookedUp>> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let limit = ask.limit.clamp(1, 50);
    let all = ListQuery::of(&spec.id);
    let wanted = fold(&ask.text);
    let records = if wanted.is_empty() {
        let newest = match &spec.event {
            Some(event) => all.sorted_down(event),
            None => all,
        };
        reader.list(&newest.take(limit.into()))?
    } else if reader.count(&all)? <= FEW {
        let mut ranked: Vec<(usize, Record)> = reader
            .list(&all)?
            .into_iter()
            .filter_map(|record| Some((rank(spec, &record, &wanted)?, record)))
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, record)| record).collect()
    } else {
        reader.list(&all.containing(&ask.text).take(limit.into()))?
    };
    let mut viewer = Viewer::new(ctx, &reader, true);
    let mut found = Vec::new();
    for record in records.iter().take(limit as usize) {
        let view = viewer.record(record)?;
        let hints = HINTS.iter().filter(|id| **id != spec.title);
        let mut hint: Vec<String> = hints
            .filter_map(|id| view.shown.get(*id).cloned())
            .collect();
        hint.extend(view.state_label);
        found.push(LookedUp {
            uuid: view.uuid,
            number: view.number,
            title: view.title,
            hint: hint.join(" "),
        });
    }
    Ok(found)
}

/// How well a record fits: by the beginning of its name, its middle, its pinyin from
/// the beginning and from within, its number.
fn rank(spec: &RegisterSpec, record: &Record, wanted: &str) -> Option<usize> {
    let names = [spec.title.as_str(), "short_name", "code"];
    let names: Vec<&str> = names
        .iter()
        .filter_map(|id| record.values.text(id))
        .collect();
    let number = record.number.as_deref().unwrap_or_default();
    let by = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(&fold(name)));
    if by(&|name| name.starts_with(wanted)) {
        Some(0)
    } else if by(&|name| name.contains(wanted)) {
        Some(1)
    } else if names.iter().any(|name| begins_like(name, wanted)) {
        Some(2)
    } else if names.iter().any(|name| sounds_like(name, wanted)) {
        Some(3)
    } else {
        fold(number).contains(wanted).then_some(4)
    }
}

/// Whether letters are the beginning of a reading of the whole name.
fn begins_like(name: &str, letters: &str) -> bool {
    pinyin::readings(name).iter().any(|reading| {
        let initials: String = reading.iter().filter_map(|s| s.chars().next()).collect();
        initials.starts_with(letters) || reading.concat().starts_with(letters)
    })
}

/// Whether letters are the beginning of a reading from some syllable on, whole or by initials.
pub(crate) fn sounds_like(name: &str, letters: &str) -> bool {
    letters.chars().all(|c| c.is_ascii_alphanumeric())
        && pinyin::keys(name)
            .iter()
            .any(|key| key.starts_with(letters))
}

/// Asks what was written in a field before.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct UsedBefore {
    /// Register or line register.
    pub register: String,
    /// Field id.
    pub field: String,
    /// A part of the value or of its pinyin; empty for all.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub text: String,
    /// At most so many.
    #[serde(default = "ten")]
    #[ts(as = "Option<_>", optional)]
    pub limit: u32,
}

/// Records of which the values are offered again: habits are those of late.
const LATE: u32 = 5_000;

/// The values of a field that were used most of late. Personal fields offer nothing.
///
/// # Errors
/// For an unknown register or field.
pub fn used_before(ctx: &Ctx, ask: &UsedBefore) -> Outcome<Vec<String>> {
    let spec = ctx.spec(&ask.register)?;
    let field = spec.field(&ask.field).ok_or_else(|| {
        let facts = words::facts([("field", ask.field.clone())]);
        crate::CommandError::new(crate::Code::BadRequest, "problem.unknown_field", &facts)
    })?;
    let is_short = matches!(field.kind, FieldKind::Text | FieldKind::Person);
    if !is_short || field.personal.is_some() {
        return Ok(Vec::new());
    }
    let wanted = fold(&ask.text);
    let fits = |value: &String| {
        wanted.is_empty() || fold(value).contains(&wanted) || sounds_like(value, &wanted)
    };
    let used = ctx.reader()?.used_most(&spec.id, &field.id, LATE)?;
    let limit = ask.limit.clamp(1, 50) as usize;
    Ok(used.into_iter().filter(fits).take(limit).collect())
}
