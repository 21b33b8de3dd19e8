//! Numbers: which series a record stands in, how its number is spelled, blocks for paper books.

use chrono::Datelike;
use domain::field::{office as office_field, project as project_field};
use domain::number::{self, Pattern, PatternProblem, SeriesKey};
use domain::record::Record;
use domain::spec::RegisterSpec;
use serde::{Deserialize, Serialize};
use store::{OpKind, Read, Tx};
use uuid::Uuid;

use crate::context::Ctx;
use crate::error::{Code, CommandError, FieldFault, Outcome};
use crate::refer;
use crate::words;

/// Reserves numbers for a hand-written book.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ReserveNumbers {
    /// Register id or Chinese name.
    pub register: String,
    /// Project, by code or name; missing for a register without projects.
    #[serde(default)]
    pub project: Option<String>,
    /// The year the numbers carry; missing means this one.
    #[serde(default)]
    pub year: Option<i32>,
    /// How many.
    pub count: i64,
    /// What for: which book, which site.
    pub reason: String,
}

/// Numbers that are kept free.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ReservedNumbers {
    /// The numbers, to be written into the book.
    pub numbers: Vec<String>,
    /// The first place in its series, to be named when the paper is typed.
    pub first: i64,
    /// The last one.
    pub last: i64,
}

/// Tries a pattern of numbers while it is typed.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct NumberExample {
    /// The pattern; empty means the usual one.
    pub pattern: String,
    /// The code of the office, as typed.
    pub office: String,
}

/// A number as a pattern spells it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct NumberSpelled {
    /// A complaint's number, or nothing when the pattern is none.
    pub example: Option<String>,
    /// What is wrong with the pattern, in words.
    pub problem: Option<String>,
}

/// Spells a number by a pattern, for the settings.
///
/// # Errors
/// For an unknown register; what is wrong with the pattern is in the answer.
pub fn number_example(ctx: &Ctx, ask: &NumberExample) -> Outcome<NumberSpelled> {
    let prefix = ctx.spec("complaint")?.numbering.as_ref();
    let key = SeriesKey {
        office: ask.office.trim().to_owned(),
        register: prefix.map(|n| n.prefix.clone()).unwrap_or_default(),
        project: Some("XM01".to_owned()),
        year: ctx.now().year(),
    };
    let typed = ask.pattern.trim();
    let pattern = if typed.is_empty() {
        Ok(Pattern::usual())
    } else {
        Pattern::parse(typed)
    };
    Ok(match pattern {
        Ok(pattern) => NumberSpelled {
            example: Some(number::write(&pattern, &key, 7)),
            problem: None,
        },
        Err(fault) => NumberSpelled {
            example: None,
            problem: Some(pattern_fault(&fault)),
        },
    })
}

/// Refuses a pattern by which no number could be written.
///
/// # Errors
/// With what is wrong, at its field.
pub(crate) fn check_pattern(typed: &str) -> Outcome<()> {
    let Err(fault) = Pattern::parse(typed.trim()) else {
        return Ok(());
    };
    let message = pattern_fault(&fault);
    Err(CommandError {
        code: Code::Invalid,
        message: message.clone(),
        fields: vec![FieldFault {
            field: office_field::NUMBER_PATTERN.to_owned(),
            code: fault.code().to_owned(),
            message,
        }],
    })
}

/// What is wrong with a pattern, in words.
fn pattern_fault(fault: &PatternProblem) -> String {
    let found = match fault {
        PatternProblem::Unknown(word) | PatternProblem::Twice(word) => word.clone(),
        PatternProblem::Missing(word) => (*word).to_owned(),
        PatternProblem::BadSign(sign) => sign.to_string(),
        _ => String::new(),
    };
    words::say(fault.code(), &words::facts([("found", found)]))
}

/// Reserves a block of numbers; they are given by naming their place at the step that numbers.
///
/// # Errors
/// For a register without numbers, an unknown project, or an amount outside 1 to 500.
pub fn reserve_numbers(ctx: &Ctx, ask: &ReserveNumbers) -> Outcome<ReservedNumbers> {
    let spec = ctx.register(&ask.register)?;
    if !(1..=500).contains(&ask.count) {
        return Err(CommandError::refused("bad_reserve", []));
    }
    if ask.reason.trim().is_empty() {
        return Err(CommandError::refused("reason_missing", []));
    }
    let project = match &ask.project {
        Some(name) => {
            let found = refer::record(&ctx.reader()?, ctx.spec("project")?, name)?;
            found.values.text(project_field::CODE).map(str::to_owned)
        }
        None => None,
    };
    let year = ask.year.unwrap_or_else(|| ctx.now().year());
    let op = ctx
        .op(OpKind::Edit, "reserve", [])?
        .because(ask.reason.trim());
    let (reserved, _) = ctx.transact(op, |tx| {
        let (key, pattern) = series(ctx, tx, spec, project, year)?;
        let stored = pattern.series(&key).to_string();
        let (first, last) = tx.reserve_numbers(&stored, ask.count, ask.reason.trim())?;
        let numbers = (first..=last)
            .map(|at| number::write(&pattern, &key, at))
            .collect();
        Ok(ReservedNumbers {
            numbers,
            first,
            last,
        })
    })?;
    Ok(reserved)
}

/// Gives a record its number, in the series of its office, register, project and year: the next
/// one, or a reserved place that a hand-written book used.
pub(crate) fn give(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    spec: &RegisterSpec,
    record: &Record,
    reserved: Option<i64>,
) -> Outcome<String> {
    let Some(numbering) = &spec.numbering else {
        return Err(CommandError::internal(format!(
            "{} has no numbers",
            spec.id
        )));
    };
    let event = numbering
        .year_of
        .as_deref()
        .and_then(|f| record.values.date(f));
    let year = event.unwrap_or_else(|| ctx.now().date_naive()).year();
    let project = match numbering
        .project
        .as_deref()
        .and_then(|f| record.values.text(f))
    {
        Some(uuid) => project_code(tx, uuid)?,
        None => None,
    };
    let (key, pattern) = series(ctx, tx, spec, project, year)?;
    let stored = pattern.series(&key).to_string();
    let write = |sequence| number::write(&pattern, &key, sequence);
    Ok(match reserved {
        Some(place) => tx.assign_reserved(&spec.id, record.uuid, &stored, place, write)?,
        None => tx.assign_number(&spec.id, record.uuid, &stored, write)?,
    })
}

/// The series of a register, project and year, and how its numbers are spelled.
fn series(
    ctx: &Ctx,
    reader: &dyn Read,
    spec: &RegisterSpec,
    project: Option<String>,
    year: i32,
) -> Outcome<(SeriesKey, Pattern)> {
    let Some(numbering) = &spec.numbering else {
        return Err(CommandError::bad_request(
            "no_numbers",
            [("found", spec.label.clone())],
        ));
    };
    let office = ctx.office(reader)?;
    let pattern = match office.values.text(office_field::NUMBER_PATTERN) {
        Some(text) => Pattern::parse(text).map_err(CommandError::internal)?,
        None => Pattern::usual(),
    };
    let key = SeriesKey {
        office: office
            .values
            .text(office_field::CODE)
            .unwrap_or_default()
            .to_owned(),
        register: numbering.prefix.clone(),
        project,
        year,
    };
    Ok((key, pattern))
}

fn project_code(reader: &dyn Read, uuid: &str) -> Outcome<Option<String>> {
    let Ok(uuid) = Uuid::parse_str(uuid) else {
        return Ok(None);
    };
    let project = reader.get("project", uuid)?;
    Ok(project.and_then(|p| p.values.text(project_field::CODE).map(str::to_owned)))
}
