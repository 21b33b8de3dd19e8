//! The office itself: making one, its own rules and holiday tables, editing its record.

use std::path::Path;

use domain::calendar::{Origin, YearTable};
use domain::field::{calendar_table, office as field};
use domain::rules::{RuleKind, RuleOverride, RuleValue, Unit};
use domain::value::Values;
use serde::{Deserialize, Serialize};
use store::{Founder, OpKind};

use crate::context::{Ctx, Surroundings};
use crate::error::{CommandError, Outcome};
use crate::steps::read_moment;
use crate::table::Nothing;

/// Makes an office.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct InitOffice {
    /// Full name.
    pub name: String,
    /// Code used in numbers: letters and digits.
    pub code: String,
    /// Who works here.
    pub operator: String,
    /// Code of this computer.
    pub site: String,
}

/// Makes an office folder and opens it.
///
/// # Errors
/// When a name is missing, the folder already holds an office, or it cannot be written.
pub fn init_office(dir: &Path, around: &Surroundings, ask: &InitOffice) -> Outcome<Ctx> {
    let clean = |text: &str, label: &str| {
        let cleaned = domain::text::clean(text, false).unwrap_or_default();
        if cleaned.is_empty() {
            let facts = crate::words::facts([("label", label.to_owned())]);
            Err(CommandError::new(
                crate::error::Code::Invalid,
                "problem.required",
                &facts,
            ))
        } else {
            Ok(cleaned)
        }
    };
    let founder = Founder {
        office_name: clean(&ask.name, "单位名称")?,
        office_code: clean(&ask.code, "单位代码")?,
        operator: clean(&ask.operator, "操作员")?,
        site: clean(&ask.site, "电脑代号")?,
    };
    Ctx::create(dir, &founder, around)
}

/// One rule as it stands today.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RuleView {
    /// Code.
    pub code: String,
    /// What it demands.
    pub title: String,
    /// The figure or word in force.
    pub value: String,
    /// The words that can be chosen, each with its code; empty for a figure.
    pub options: Vec<(String, String)>,
    /// Its unit in Chinese.
    pub unit: String,
    /// What starts it.
    pub trigger: String,
    /// Who must act.
    pub who: String,
    /// Where it comes from.
    pub source: String,
    /// In force since.
    pub effective_from: String,
    /// The office changed it, with this reason.
    pub changed: Option<String>,
}

/// All rules as they stand today.
///
/// # Errors
/// When the office's own rows cannot be read.
pub fn rules(ctx: &Ctx, _: &Nothing) -> Outcome<Vec<RuleView>> {
    let figures = ctx.figures()?;
    let now = ctx.now();
    let mut codes: Vec<&str> = Vec::new();
    for rule in figures.rules.rules() {
        if !codes.contains(&rule.code.as_str()) {
            codes.push(&rule.code);
        }
    }
    let views = codes
        .into_iter()
        .filter_map(|code| figures.rules.version_at(code, &now));
    Ok(views
        .map(|r| RuleView {
            code: r.rule.code.clone(),
            title: r.rule.title.clone(),
            value: match r.value {
                Some(RuleValue::Number(number)) => number.to_string(),
                Some(RuleValue::Text(text)) => option_zh(text),
                Some(RuleValue::List(items)) => items.join("、"),
                None => String::new(),
            },
            options: r
                .rule
                .options
                .iter()
                .map(|code| (code.clone(), option_zh(code)))
                .collect(),
            unit: unit_zh(r.unit).to_owned(),
            trigger: r.rule.trigger_zh.clone(),
            who: r.rule.who.clone(),
            source: r.rule.source.clone(),
            effective_from: r
                .changed
                .map_or(r.rule.effective_from, |c| c.effective_from)
                .to_string(),
            changed: r.changed.map(|c| c.reason.clone()),
        })
        .collect())
}

/// The Chinese of a word that an office may choose; a word of the office itself as it is.
fn option_zh(code: &str) -> String {
    let key = format!("option.{code}");
    if crate::words::has(&key) {
        crate::words::say(&key, &crate::words::Facts::new())
    } else {
        code.to_owned()
    }
}

fn unit_zh(unit: Unit) -> &'static str {
    match unit {
        Unit::None => "",
        Unit::Hours => "小时",
        Unit::CalendarDays => "自然日",
        Unit::WorkingDays => "工作日",
        Unit::Days => "日",
        Unit::Months => "个月",
        Unit::Years => "年",
        Unit::Percent => "%",
        Unit::Times => "次",
    }
}

/// Changes a rule from a day on.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ChangeRule {
    /// Code.
    pub rule: String,
    /// The new figure, or the word by its code or its Chinese.
    pub value: String,
    /// The new unit; missing keeps the present one.
    #[serde(default)]
    pub unit: Option<Unit>,
    /// From this day on; missing means today.
    #[serde(default)]
    pub effective_from: Option<String>,
    /// Why.
    pub reason: String,
}

/// The code of an option that was named by its code or its Chinese word.
fn chosen(options: &[String], typed: &str) -> String {
    let named = options.iter().find(|code| option_zh(code) == typed);
    named.map_or(typed, String::as_str).to_owned()
}

/// Changes a rule from a day on; old cases keep the version of their trigger.
///
/// # Errors
/// When the change does not fit the rule, or no reason is given.
pub fn change_rule(ctx: &Ctx, ask: &ChangeRule) -> Outcome<Vec<RuleView>> {
    let figures = ctx.figures()?;
    let now = ctx.now();
    let in_force = figures
        .rules
        .version_at(&ask.rule, &now)
        .ok_or_else(|| CommandError::not_found("规则", &ask.rule))?;
    let unit = ask.unit.unwrap_or(in_force.unit);
    let effective_from = match &ask.effective_from {
        Some(typed) => read_moment(typed, now)?.date_naive(),
        None => now.date_naive(),
    };
    let number = in_force.rule.kind != RuleKind::Choice;
    let value = match ask.value.trim().parse() {
        Ok(figure) if number => RuleValue::Number(figure),
        _ => RuleValue::Text(chosen(&in_force.rule.options, ask.value.trim())),
    };
    let stored = match &value {
        RuleValue::Text(text) => text.clone(),
        _ => ask.value.trim().to_owned(),
    };
    let change = RuleOverride {
        code: ask.rule.clone(),
        value: Some(value),
        unit: Some(unit),
        effective_from,
        reason: ask.reason.trim().to_owned(),
    };
    figures.rules.check_override(&change).map_err(|_| {
        CommandError::refused(
            "bad_rule_change",
            [("rule", ask.rule.clone()), ("value", ask.value.clone())],
        )
    })?;
    use domain::field::rule_change;
    let values = Values::new()
        .with(rule_change::RULE, ask.rule.as_str())
        .with(rule_change::VALUE, stored)
        .with(rule_change::UNIT, unit.as_str())
        .with(rule_change::EFFECTIVE_FROM, effective_from)
        .with(rule_change::REASON, ask.reason.trim());
    let op = ctx.op(OpKind::Edit, "rule", [("rule", ask.rule.clone())])?;
    ctx.transact(op, |tx| Ok(tx.insert("rule_change", &values)?))?;
    recount(ctx)?;
    rules(ctx, &Nothing {})
}

/// A holiday table as text.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ImportCalendar {
    /// The table file's text (TOML).
    pub text: String,
}

/// What a holiday table brought.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CalendarImported {
    /// Its year.
    pub year: i32,
    /// Days off.
    pub off: usize,
    /// Make-up working days.
    pub make_up: usize,
}

/// Takes a year's holiday table into the office and counts all open deadlines anew.
///
/// # Errors
/// When the text is no holiday table.
pub fn import_calendar(ctx: &Ctx, ask: &ImportCalendar) -> Outcome<CalendarImported> {
    let table = YearTable::parse(&ask.text, Origin::Office).map_err(|fault| {
        CommandError::refused(
            "bad_calendar",
            [("what", crate::told::holiday_table(&fault))],
        )
    })?;
    let values = Values::new()
        .with(calendar_table::YEAR, i64::from(table.year))
        .with(calendar_table::SOURCE, table.title.as_str())
        .with(calendar_table::TABLE, ask.text.as_str());
    let op = ctx.op(OpKind::Edit, "calendar", [("year", table.year.to_string())])?;
    ctx.transact(op, |tx| Ok(tx.insert("calendar_table", &values)?))?;
    recount(ctx)?;
    Ok(CalendarImported {
        year: table.year,
        off: table.off_days().count(),
        make_up: table.make_up_days().count(),
    })
}

/// Counts the deadlines of all open cases anew, old values kept in the history.
pub(crate) fn recount(ctx: &Ctx) -> Outcome<()> {
    use store::{ListQuery, Read, Test};
    let figures = ctx.figures()?;
    let open: Vec<domain::value::Value> = ctx
        .catalog
        .list("complaint_state")
        .into_iter()
        .flat_map(|list| &list.choices)
        .filter(|c| !domain::complaint::WORKFLOW.is_closed(&c.code))
        .map(|c| c.code.as_str().into())
        .collect();
    let query = ListQuery::of("complaint").filter("state", Test::In(open));
    let op = ctx.op(OpKind::Recount, "recount", [])?;
    ctx.transact(op, |tx| {
        for record in tx.list(&query)? {
            crate::case::refresh(ctx, tx, &figures, record.uuid, &record.register)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The office's name, for headings.
///
/// # Errors
/// When the file cannot be read.
pub fn office_name(ctx: &Ctx) -> Outcome<String> {
    let office = ctx.office(&ctx.reader()?)?;
    Ok(office
        .values
        .text(field::NAME)
        .unwrap_or_default()
        .to_owned())
}
