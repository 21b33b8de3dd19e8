//! Figures over a whole list, not only over the page that is shown: the built-in views with their
//! conditions, their counts, and the bar under the list.

use domain::spec::{FieldKind, RegisterSpec};
use domain::workflow::look::Tone;
use serde::{Deserialize, Serialize};
use store::{ListQuery, Read};

use crate::case;
use crate::context::Ctx;
use crate::error::Outcome;
use crate::records::{Condition, selection};
use crate::words::{Facts, facts, say};

/// Asks how many records fit each of several conditions.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct CountRecords {
    /// Register id or Chinese name.
    pub register: String,
    /// The conditions.
    pub queries: Vec<CountQuery>,
}

/// One selection of records.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CountQuery {
    /// Conditions; all must hold.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub filters: Vec<Condition>,
    /// Text that must occur anywhere in the record.
    #[serde(default)]
    pub text: Option<String>,
}

/// The counts, in the order asked.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Counts {
    /// One for each query.
    pub counts: Vec<CountAnswer>,
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct CountAnswer {
    /// How many.
    pub count: u64,
    /// False when it may include a few too many.
    pub exact: bool,
}

/// How many records fit each of several conditions.
///
/// # Errors
/// For an unknown register, field or comparison.
pub fn count_records(ctx: &Ctx, ask: &CountRecords) -> Outcome<Counts> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let count = |query: &CountQuery| -> Outcome<CountAnswer> {
        let text = query.text.as_deref();
        let selected = selection(ctx, &reader, spec, &query.filters, text)?;
        Ok(CountAnswer {
            count: reader.count(&selected)?,
            exact: true,
        })
    };
    let counts = ask.queries.iter().map(count);
    Ok(Counts {
        counts: counts.collect::<Outcome<_>>()?,
    })
}

/// Asks for the bar under a list.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Totals {
    /// Register id or Chinese name.
    pub register: String,
    /// Conditions; all must hold.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub filters: Vec<Condition>,
    /// Text that must occur anywhere in the record.
    #[serde(default)]
    pub text: Option<String>,
}

/// The bar under a list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TotalsView {
    /// How many records fit.
    pub count: u64,
    /// False when the count may include a few too many.
    pub exact: bool,
    /// The parts, from left to right.
    pub parts: Vec<TotalsPart>,
    /// Sums of the columns that hold numbers.
    pub sums: Vec<SumView>,
}

/// One part of the bar.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TotalsPart {
    /// Stable id.
    pub id: String,
    /// Chinese label.
    pub label: String,
    /// The count, or a mean in words.
    pub shown: String,
    /// The count; nothing for a mean.
    pub count: Option<u64>,
    /// How loud.
    pub tone: Tone,
    /// Conditions to be added to those of the list in order to see it; empty where there are none.
    pub filters: Vec<Condition>,
}

/// The sum of a column.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SumView {
    /// Field id.
    pub field: String,
    /// Chinese label.
    pub label: String,
    /// The sum as text.
    pub shown: String,
}

/// Figures over everything that fits, for the bar under the list.
///
/// # Errors
/// For an unknown register, field or comparison.
pub fn totals(ctx: &Ctx, ask: &Totals) -> Outcome<TotalsView> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let selected = selection(ctx, &reader, spec, &ask.filters, ask.text.as_deref())?;
    let count = reader.count(&selected)?;
    let mut parts = vec![TotalsPart {
        shown: say("totals.rows", &facts([("count", count.to_string())])),
        ..part("all", say("totals.all", &Facts::new()), count)
    }];
    if case::workflow(&spec.id).is_some() && count > 0 {
        parts.extend(of_cases(ctx, &reader, spec, &selected)?);
    }
    Ok(TotalsView {
        count,
        exact: true,
        parts,
        sums: sums(&reader, spec, &selected)?,
    })
}

fn part(id: &str, label: String, count: u64) -> TotalsPart {
    TotalsPart {
        id: id.to_owned(),
        label,
        shown: count.to_string(),
        count: Some(count),
        tone: Tone::Plain,
        filters: Vec::new(),
    }
}

/// The parts of a register of cases: grades, open ones, late ones, days they took.
fn of_cases(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    selected: &ListQuery,
) -> Outcome<Vec<TotalsPart>> {
    let mut parts = Vec::new();
    if let Some(list) = spec
        .field("grade")
        .and_then(|field| ctx.catalog.list_of(field))
    {
        let grades = reader.by_value(selected, "grade")?;
        for grade in &list.choices {
            let found = grades
                .iter()
                .find(|(code, _)| code.as_deref() == Some(&*grade.code));
            let count = found.map_or(0, |(_, count)| *count);
            let short = say(&format!("grade.{}", grade.code), &Facts::new());
            parts.push(TotalsPart {
                filters: vec![condition("grade", "=", &grade.code)],
                ..part(&grade.code, short, count)
            });
        }
    }
    for (id, field, value, tone) in [
        ("open", "@closed", "no", Tone::Plain),
        ("overdue", "@deadline", "overdue", Tone::Danger),
        ("today", "@deadline", "today", Tone::Plain),
    ] {
        let filters = vec![condition(field, "=", value)];
        let one = selection(ctx, reader, spec, &filters, None)?;
        let mut both = selected.clone();
        both.filters.extend(one.filters);
        both.hanging.extend(one.hanging);
        let count = reader.count(&both)?;
        parts.push(TotalsPart {
            tone: if count > 0 { tone } else { Tone::Plain },
            filters,
            ..part(id, say(&format!("totals.{id}"), &Facts::new()), count)
        });
    }
    if let Some(days) = reader.mean_days(selected, "received_at", "handled_at")? {
        let days = facts([("days", format!("{days:.1}"))]);
        parts.push(TotalsPart {
            shown: say("totals.mean_days_value", &days),
            count: None,
            ..part("mean_days", say("totals.mean_days", &Facts::new()), 0)
        });
    }
    Ok(parts)
}

/// Sums of the columns that hold money or counts and that people fill in.
fn sums(reader: &dyn Read, spec: &RegisterSpec, selected: &ListQuery) -> Outcome<Vec<SumView>> {
    let summed = spec.stored().filter(|field| {
        let is_number = matches!(field.kind, FieldKind::Money | FieldKind::Int);
        is_number && !field.read_only && field.column.is_some()
    });
    let mut sums = Vec::new();
    for field in summed {
        let sum = reader.sum(selected, &field.id)?;
        sums.push(SumView {
            field: field.id.clone(),
            label: field.label.clone(),
            shown: if field.kind == FieldKind::Money {
                domain::zh::money_figures(sum)
            } else {
                sum.to_string()
            },
        });
    }
    Ok(sums)
}

/// Asks for the built-in views of a register.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// Register id or Chinese name.
    pub register: String,
}

/// A view: a name for conditions and an order.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ViewView {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Its conditions.
    pub filters: Vec<Condition>,
    /// Its order, as in a list.
    pub sort: Vec<String>,
}

/// The built-in views of a register.
///
/// # Errors
/// For an unknown register.
pub fn views(ctx: &Ctx, ask: &Views) -> Outcome<Vec<ViewView>> {
    let spec = ctx.register(&ask.register)?;
    let sort: Vec<String> = spec.event.iter().map(|event| format!("-{event}")).collect();
    let view = |id: &str, filters: Vec<Condition>| ViewView {
        id: id.to_owned(),
        label: say(&format!("view.{id}"), &Facts::new()),
        filters,
        sort: sort.clone(),
    };
    let one = |field: &str, op: &str, value: &str| vec![condition(field, op, value)];
    let mut views = vec![view("all", Vec::new())];
    match spec.id.as_str() {
        "complaint" => views.extend([
            view("recent", one("received_at", "within", "last_31_days")),
            view("open", one("@closed", "=", "no")),
            view("today", one("@deadline", "=", "today")),
            view("overdue", one("@deadline", "=", "overdue")),
            view("visit", one("state", "=", "visit_due")),
            view("papers", one("@papers", "=", "out")),
            view("major", one("grade", "=", "major")),
            view("anonymous", one("anonymous", "=", "是")),
        ]),
        "paper" => views.push(view("out", one("status", "=", "printed"))),
        _ => {}
    }
    Ok(views)
}

fn condition(field: &str, op: &str, value: &str) -> Condition {
    Condition {
        field: field.to_owned(),
        op: op.to_owned(),
        value: value.to_owned(),
    }
}
