//! The figures in force: rules and calendar of the program with the office's own rows over them.

use domain::calendar::{Calendar, CalendarKind, Origin, Week, YearTable};
use domain::field::{calendar_table, office as office_field, rule_change};
use domain::record::Record;
use domain::rules::{RuleBook, RuleOverride, RuleValue, Unit, codes};
use domain::time::Moment;
use store::{ListQuery, Read};

use crate::error::{CommandError, Outcome};

/// Rules and calendar.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Every rule with its dated versions.
    pub rules: RuleBook,
    /// The working days.
    pub calendar: Calendar,
}

impl Figures {
    /// Reads the office's own rows and lays them over the program's.
    pub(crate) fn read(reader: &dyn Read, office: &Record) -> Outcome<Self> {
        let mut changes = Vec::new();
        for record in reader.list(&ListQuery::of("rule_change").sorted("created_at"))? {
            changes.push(change_of(&record)?);
        }
        let rules = RuleBook::built_in()
            .with_overrides(changes)
            .map_err(CommandError::internal)?;
        let mut calendar = Calendar::built_in();
        for record in reader.list(&ListQuery::of("calendar_table").sorted("created_at"))? {
            let text = record
                .values
                .text(calendar_table::TABLE)
                .unwrap_or_default();
            let table = YearTable::parse(text, Origin::Office).map_err(CommandError::internal)?;
            calendar = calendar.with_table(table);
        }
        let kind = match office.values.text(office_field::WORK_CALENDAR) {
            Some("six_day") => CalendarKind::SixDay,
            Some("custom") => CalendarKind::Custom(every_day()),
            _ => CalendarKind::Statutory,
        };
        Ok(Self {
            rules,
            calendar: calendar.with_kind(kind),
        })
    }

    /// Whether complaints are taken in writing only (C-03) at a moment.
    #[must_use]
    pub fn written_only(&self, at: &Moment) -> bool {
        self.rules.choice_at(codes::C_03, at) == Some("written")
    }
}

/// Many sites work every day of the week and keep the holidays.
fn every_day() -> Week {
    Week::new([true; 7], true).expect("BUG: seven working days are some")
}

/// One stored change of a rule.
fn change_of(record: &Record) -> Outcome<RuleOverride> {
    let text = |field: &str| record.values.text(field).unwrap_or_default().to_owned();
    let value = text(rule_change::VALUE);
    let unit: Unit =
        serde_json::from_value(text(rule_change::UNIT).into()).map_err(CommandError::internal)?;
    let effective_from = record
        .values
        .date(rule_change::EFFECTIVE_FROM)
        .ok_or_else(|| CommandError::internal("rule change without a date"))?;
    Ok(RuleOverride {
        code: text(rule_change::RULE),
        value: Some(
            value
                .parse()
                .map_or(RuleValue::Text(value), RuleValue::Number),
        ),
        unit: Some(unit),
        effective_from,
        reason: text(rule_change::REASON),
    })
}
