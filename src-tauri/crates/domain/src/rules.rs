//! Every figure of the trade as dated data: the program's own rules and the office's changes.
//!
//! A rule is looked up at the moment of its trigger, so a changed policy never rewrites an old
//! case. Not here: counting (`count`), deadlines and their states (`deadline`), what a rule makes a
//! register do (the register's own module).

use std::sync::OnceLock;

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use crate::count::Amount;
use crate::time::Moment;

pub mod codes;
mod file;

pub use file::{RuleFileError, RuleProblem};

/// What a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Starts a deadline.
    Clock,
    /// Reminds some time before a date.
    Reminder,
    /// A rate that statistics are measured against.
    Rate,
    /// A number of times or rounds.
    Count,
    /// One of several positions.
    Choice,
    /// A list of words.
    List,
    /// A time of day, `18:00`.
    TimeOfDay,
    /// Something that must be so, without a figure.
    Requirement,
}

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// No unit.
    #[default]
    None,
    /// Hours on the clock (H).
    Hours,
    /// Calendar days (C).
    CalendarDays,
    /// Working days (W).
    WorkingDays,
    /// Days of which the source does not say which (?); the setting C-21 decides.
    Days,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
    /// Hundredths.
    Percent,
    /// Times or rounds.
    Times,
}

impl Unit {
    /// The stable code, as it stands in rule files and in the office's rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Hours => "hours",
            Self::CalendarDays => "calendar_days",
            Self::WorkingDays => "working_days",
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
            Self::Percent => "percent",
            Self::Times => "times",
        }
    }

    /// Whether the unit measures time.
    #[must_use]
    pub fn is_time(self) -> bool {
        self.amount(0, false).is_some()
    }

    /// The amount of a figure in this unit; `working` is how plain days are meant.
    #[must_use]
    pub fn amount(self, number: u32, working: bool) -> Option<Amount> {
        match self {
            Self::Hours => Some(Amount::Hours(number)),
            Self::CalendarDays => Some(Amount::Days(number)),
            Self::WorkingDays => Some(Amount::WorkingDays(number)),
            Self::Days if working => Some(Amount::WorkingDays(number)),
            Self::Days => Some(Amount::Days(number)),
            Self::Months => Some(Amount::Months(number)),
            Self::Years => Some(Amount::Years(number)),
            Self::None | Self::Percent | Self::Times => None,
        }
    }
}

/// The figure or word of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum RuleValue {
    /// A figure in the rule's unit.
    Number(u32),
    /// One of the options.
    Text(String),
    /// A list of words.
    List(Vec<String>),
}

/// How bad it is to miss a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A target; missed it shows amber.
    Target,
    /// A limit; missed it shows red.
    Hard,
}

/// The law behind a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Its name in Chinese.
    pub name: String,
    /// The article.
    pub article: String,
    /// The edition read.
    pub edition: String,
}

/// One dated version of a rule as shipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The code, such as `R-10`.
    pub code: String,
    /// What it demands, in Chinese.
    pub title: String,
    /// What it is for.
    pub kind: RuleKind,
    /// The figure or word; a requirement has none.
    pub value: Option<RuleValue>,
    /// The unit of a figure.
    pub unit: Unit,
    /// The values an office may choose; empty if any.
    pub options: Vec<String>,
    /// The event that starts it, an English id; empty for settings.
    pub trigger: String,
    /// The event in Chinese.
    pub trigger_zh: String,
    /// The event that meets it, an English id; clocks only.
    pub stop: String,
    /// The event in Chinese.
    pub stop_zh: String,
    /// Who must act, in Chinese.
    pub who: String,
    /// The document it comes from, in Chinese.
    pub source: String,
    /// The law, if it comes from one.
    pub law: Option<Law>,
    /// The first day it is in force.
    pub effective_from: NaiveDate,
    /// The rule profile it belongs to.
    pub profile: String,
    /// How bad it is to miss it; clocks only.
    pub severity: Option<Severity>,
    /// Counted as a legal period: ends at 24:00, moves off rest days (Civil Code art. 203).
    pub legal: bool,
    /// What else a clerk should know, in Chinese.
    pub note: String,
}

/// An office's change of a rule from a day on; the office's rows in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOverride {
    /// The rule changed.
    pub code: String,
    /// The new figure or word; `None` keeps the shipped one.
    pub value: Option<RuleValue>,
    /// The new unit (this is also the switch of C-21 for one rule); `None` keeps the shipped one.
    ///
    /// With neither value nor unit the office goes back to the shipped rule.
    pub unit: Option<Unit>,
    /// The first day it is in force.
    pub effective_from: NaiveDate,
    /// Why it was changed.
    pub reason: String,
}

/// A change of a rule that is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rules.bad_override: {code}: {problem}")]
pub struct OverrideError {
    /// The rule that was to be changed.
    pub code: String,
    /// What is wrong with the change.
    pub problem: RuleProblem,
}

/// The version of a rule in force at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInForce<'a> {
    /// The shipped rule.
    pub rule: &'a Rule,
    /// The figure or word in force.
    pub value: Option<&'a RuleValue>,
    /// The unit in force.
    pub unit: Unit,
    /// The office's change that made it so, if one did.
    pub changed: Option<&'a RuleOverride>,
    /// The figure as an amount of time, with C-21 applied; `None` for rules that measure no time.
    pub amount: Option<Amount>,
    /// Names the version: `2000-01-01`, `2026-05-01/office`, with ` C-21=…` where it decided.
    pub version: String,
}

/// The rules an office works by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleBook {
    rules: Vec<Rule>,
    overrides: Vec<RuleOverride>,
    profile: String,
}

impl RuleBook {
    /// The rules shipped with the program, default profile, no changes.
    #[must_use]
    pub fn built_in() -> Self {
        static BUILT_IN: OnceLock<RuleBook> = OnceLock::new();
        let shipped = || {
            let texts = [
                include_str!("../../../../assets/rules/complaints.toml"),
                include_str!("../../../../assets/rules/settings.toml"),
            ];
            let rules = texts.iter().flat_map(|text| {
                file::parse(text).unwrap_or_else(|error| panic!("BUG: shipped rules: {error}"))
            });
            Self::of(rules.collect())
        };
        BUILT_IN.get_or_init(shipped).clone()
    }

    fn of(rules: Vec<Rule>) -> Self {
        Self {
            rules,
            overrides: Vec::new(),
            profile: file::DEFAULT_PROFILE.to_owned(),
        }
    }

    /// A book from a rule file.
    ///
    /// # Errors
    /// [`RuleFileError`] with the line; unknown keys are refused.
    pub fn parse(text: &str) -> Result<Self, RuleFileError> {
        Ok(Self::of(file::parse(text)?))
    }

    /// Chooses a profile; rules without a version of the profile are taken from the default one.
    #[must_use]
    pub fn with_profile(mut self, profile: &str) -> Self {
        profile.clone_into(&mut self.profile);
        self
    }

    /// Lays the office's changes over the rules; of two with the same day the later entry counts.
    ///
    /// # Errors
    /// [`OverrideError`] for the first change that does not fit its rule.
    pub fn with_overrides(mut self, overrides: Vec<RuleOverride>) -> Result<Self, OverrideError> {
        for change in &overrides {
            let checked = self.check_override(change);
            checked.map_err(|problem| OverrideError {
                code: change.code.clone(),
                problem,
            })?;
        }
        self.overrides = overrides;
        Ok(self)
    }

    /// Says what is wrong with a change before it is kept.
    ///
    /// # Errors
    /// [`RuleProblem`] says what.
    pub fn check_override(&self, change: &RuleOverride) -> Result<(), RuleProblem> {
        let rule = self.rules.iter().find(|rule| rule.code == change.code);
        let rule = rule.ok_or(RuleProblem::UnknownCode)?;
        if change.reason.trim().is_empty() {
            return Err(RuleProblem::Reason);
        }
        let value = change.value.as_ref().or(rule.value.as_ref());
        file::check_value(rule, value, change.unit.unwrap_or(rule.unit))
    }

    /// All shipped versions of rules, in the order of the assets.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The office's changes.
    #[must_use]
    pub fn overrides(&self) -> &[RuleOverride] {
        &self.overrides
    }

    /// The version of a rule in force at a moment; `None` if the code is unknown or the rule is not
    /// yet in force.
    ///
    /// An office's change holds until the office changes it again; only a legal rule gives way to a
    /// newer shipped version, for the law is not the office's to keep.
    #[must_use]
    pub fn version_at(&self, code: &str, at: &Moment) -> Option<RuleInForce<'_>> {
        let on = at.date_naive();
        let rule = self.shipped_at(code, &self.profile, on);
        let rule = rule.or_else(|| self.shipped_at(code, file::DEFAULT_PROFILE, on))?;
        let changes = self.overrides.iter().filter(|change| change.code == code);
        let changed = changes
            .filter(|change| change.effective_from <= on)
            .max_by_key(|change| change.effective_from)
            .filter(|change| change.value.is_some() || change.unit.is_some())
            .filter(|change| !rule.legal || change.effective_from >= rule.effective_from);
        let value = changed
            .and_then(|change| change.value.as_ref())
            .or(rule.value.as_ref());
        let unit = changed.and_then(|change| change.unit).unwrap_or(rule.unit);
        let mut version = match changed {
            Some(change) => format!("{}/office", change.effective_from),
            None => rule.effective_from.to_string(),
        };
        let working = unit == Unit::Days && self.plain_days_are_working(at);
        if unit == Unit::Days {
            version.push_str(if working {
                " C-21=working"
            } else {
                " C-21=calendar"
            });
        }
        let amount = match value {
            Some(RuleValue::Number(number)) => unit.amount(*number, working),
            _ => None,
        };
        Some(RuleInForce {
            rule,
            value,
            unit,
            changed,
            amount,
            version,
        })
    }

    /// The word chosen for a setting at a moment.
    #[must_use]
    pub fn choice_at(&self, code: &str, at: &Moment) -> Option<&str> {
        match self.version_at(code, at)?.value {
            Some(RuleValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The words of a list at a moment; empty if the code names no list.
    #[must_use]
    pub fn list_at(&self, code: &str, at: &Moment) -> &[String] {
        match self.version_at(code, at).and_then(|rule| rule.value) {
            Some(RuleValue::List(items)) => items,
            _ => &[],
        }
    }

    /// The plain figure of a rule at a moment (a rate, a number of rounds).
    #[must_use]
    pub fn number_at(&self, code: &str, at: &Moment) -> Option<u32> {
        match self.version_at(code, at)?.value {
            Some(RuleValue::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The end of office hours in force at a moment, if the book has the setting.
    #[must_use]
    pub fn office_end_at(&self, at: &Moment) -> Option<NaiveTime> {
        time_of_day(self.choice_at(codes::OFFICE_END, at)?)
    }

    /// The setting C-21: whether a plain 日 means a working day.
    fn plain_days_are_working(&self, at: &Moment) -> bool {
        self.choice_at(codes::C_21, at) == Some("working")
    }

    fn shipped_at(&self, code: &str, profile: &str, on: NaiveDate) -> Option<&Rule> {
        let versions = self
            .rules
            .iter()
            .filter(|rule| rule.code == code && rule.profile == profile);
        versions
            .filter(|rule| rule.effective_from <= on)
            .max_by_key(|rule| rule.effective_from)
    }
}

/// Reads `18:00`.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}
