//! Reads rule files; a slip is named by its line and never half taken over.
//!
//! Not here: which version of a rule is in force (the parent module).

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::{Law, Rule, RuleKind, RuleValue, Severity, Unit, time_of_day};
use crate::toml_source::{TomlProblem, from_toml, line_of};

/// The profile of a rule that names none.
pub(super) const DEFAULT_PROFILE: &str = "default";

/// Why a rule file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleFileError {
    /// Not TOML, a key that is unknown, missing or of the wrong kind.
    #[error("rules.syntax: {0}")]
    Syntax(#[from] TomlProblem),
    /// A rule that does not hold together.
    #[error("rules.bad_rule: line {line}: {code}: {problem}")]
    BadRule {
        /// The line on which the rule begins.
        line: usize,
        /// The rule.
        code: String,
        /// What is wrong with it.
        problem: RuleProblem,
    },
}

/// What is wrong with a rule or with an office's change of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    /// The kind of rule needs another kind of value.
    #[error("value")]
    Value,
    /// The value is none of the options.
    #[error("option")]
    Option,
    /// The unit does not fit the kind of rule.
    #[error("unit")]
    Unit,
    /// The figure is larger than a clock of the trade can need.
    #[error("too_long")]
    TooLong,
    /// A clock without trigger, stop or severity.
    #[error("clock")]
    Clock,
    /// A legal rule without its law.
    #[error("law")]
    Law,
    /// The effective date is no date.
    #[error("effective_from")]
    EffectiveFrom,
    /// The same code, profile and effective date twice.
    #[error("twice")]
    Twice,
    /// No rule has this code.
    #[error("unknown_code")]
    UnknownCode,
    /// A change without its reason.
    #[error("reason")]
    Reason,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Spanned<FileRule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRule {
    code: String,
    title: String,
    kind: RuleKind,
    value: Option<RuleValue>,
    #[serde(default)]
    unit: Unit,
    #[serde(default)]
    options: Vec<String>,
    trigger: Option<String>,
    trigger_zh: Option<String>,
    stop: Option<String>,
    stop_zh: Option<String>,
    who: String,
    source: String,
    law: Option<Law>,
    effective_from: String,
    profile: Option<String>,
    severity: Option<Severity>,
    #[serde(default)]
    legal: bool,
    #[serde(default)]
    note: String,
}

/// Reads the rules of a file.
pub(super) fn parse(text: &str) -> Result<Vec<Rule>, RuleFileError> {
    let file: File = from_toml(text)?;
    let mut rules: Vec<Rule> = Vec::with_capacity(file.rule.len());
    for spanned in file.rule {
        let line = line_of(text, spanned.span().start);
        let row = spanned.into_inner();
        let code = row.code.clone();
        let bad = |problem| RuleFileError::BadRule {
            line,
            code: code.clone(),
            problem,
        };
        let rule = rule_of(row).map_err(bad)?;
        check(&rule).map_err(bad)?;
        let same = |other: &Rule| {
            (&other.code, &other.profile, other.effective_from)
                == (&rule.code, &rule.profile, rule.effective_from)
        };
        if rules.iter().any(same) {
            return Err(bad(RuleProblem::Twice));
        }
        rules.push(rule);
    }
    Ok(rules)
}

fn rule_of(row: FileRule) -> Result<Rule, RuleProblem> {
    let effective_from = row.effective_from.parse::<NaiveDate>();
    Ok(Rule {
        code: row.code,
        title: row.title,
        kind: row.kind,
        value: row.value,
        unit: row.unit,
        options: row.options,
        trigger: row.trigger.unwrap_or_default(),
        trigger_zh: row.trigger_zh.unwrap_or_default(),
        stop: row.stop.unwrap_or_default(),
        stop_zh: row.stop_zh.unwrap_or_default(),
        who: row.who,
        source: row.source,
        law: row.law,
        effective_from: effective_from.map_err(|_| RuleProblem::EffectiveFrom)?,
        profile: row.profile.unwrap_or_else(|| DEFAULT_PROFILE.to_owned()),
        severity: row.severity,
        legal: row.legal,
        note: row.note,
    })
}

fn check(rule: &Rule) -> Result<(), RuleProblem> {
    check_value(rule, rule.value.as_ref(), rule.unit)?;
    let whole_clock = !rule.trigger.is_empty() && !rule.stop.is_empty() && rule.severity.is_some();
    if rule.kind == RuleKind::Clock && !whole_clock {
        return Err(RuleProblem::Clock);
    }
    if rule.legal && rule.law.is_none() {
        return Err(RuleProblem::Law);
    }
    Ok(())
}

/// Whether a value and unit fit the kind of a rule; used for the office's changes too.
pub(super) fn check_value(
    rule: &Rule,
    value: Option<&RuleValue>,
    unit: Unit,
) -> Result<(), RuleProblem> {
    let number = match value {
        Some(RuleValue::Number(number)) => Some(*number),
        _ => None,
    };
    let (value_fits, unit_fits) = match rule.kind {
        RuleKind::Clock | RuleKind::Reminder => (number.is_some(), unit.is_time()),
        RuleKind::Rate => (
            number.is_some_and(|rate| rate <= 100),
            unit == Unit::Percent,
        ),
        RuleKind::Count => (number.is_some(), unit == Unit::Times),
        RuleKind::Choice => (
            matches!(value, Some(RuleValue::Text(_))),
            unit == Unit::None,
        ),
        RuleKind::TimeOfDay => {
            let time = matches!(value, Some(RuleValue::Text(text)) if time_of_day(text).is_some());
            (time, unit == Unit::None)
        }
        RuleKind::List => {
            let listed = matches!(value, Some(RuleValue::List(items)) if !items.is_empty());
            (listed, unit == Unit::None)
        }
        RuleKind::Requirement => (value.is_none(), unit == Unit::None),
    };
    if !value_fits {
        return Err(RuleProblem::Value);
    }
    if !unit_fits {
        return Err(RuleProblem::Unit);
    }
    if let (Some(number), Some(amount)) = (number, unit.amount(0, false))
        && number > amount.most()
    {
        return Err(RuleProblem::TooLong);
    }
    match value {
        Some(RuleValue::Text(text)) if !rule.options.is_empty() && !rule.options.contains(text) => {
            Err(RuleProblem::Option)
        }
        _ => Ok(()),
    }
}
