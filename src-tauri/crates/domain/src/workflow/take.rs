//! Taking a step: is the time possible, what is missing, what may be waived, what is to be written.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::{Case, Effect, Guard, Missing, Order, Refusal, Step, Taken, Target, Waiver, Workflow};
use crate::record::{Line, Record};
use crate::spec::RegisterSpec;
use crate::time::Moment;
use crate::value::{Value, Values};

/// The field of an action line that names who did it.
const PERSON: &str = "person";

impl Workflow {
    /// Takes a step: checks time, fields and guards and says what to write.
    ///
    /// `case.record` is the record as it stands, without the typed values; `case.text` and
    /// `case.action` are not looked at, those of the order count.
    ///
    /// # Errors
    /// The refusal, with everything that is missing at once.
    pub fn take(
        &self,
        spec: &RegisterSpec,
        case: &Case<'_>,
        step_id: &str,
        order: Order<'_>,
        at: Moment,
        now: Moment,
    ) -> Result<Taken, Refusal> {
        let step = self
            .step(step_id)
            .ok_or_else(|| Refusal::UnknownStep(step_id.to_owned()))?;
        let state = case.record.state.clone().unwrap_or_default();
        if !self.allows(step, &state) {
            return Err(Refusal::NotFromHere {
                step: step_id.to_owned(),
                state,
            });
        }
        let mut merged = case.record.clone();
        merged.values = merged.values.merged(&order.values);
        self.check_time(&merged, case.actions, step, at, now)?;
        let action = order
            .action
            .clone()
            .with(PERSON, text_or_null(order.person));
        let seen = Case {
            record: &merged,
            text: order.text,
            action: &action,
            ..*case
        };
        let mut lacking = missing(spec, step, &seen);
        let waived = waive(&mut lacking, step, &order.waivers)?;
        if !lacking.is_empty() {
            return Err(Refusal::Missing(lacking));
        }
        Ok(write(step, &seen, &state, &order, &waived, at, now))
    }

    /// Refuses an event time in the future, before the case began, before the move it follows, or
    /// before the act it ends.
    ///
    /// # Errors
    /// [`Refusal::InFuture`] or [`Refusal::BeforeEarlier`].
    pub fn check_time(
        &self,
        record: &Record,
        actions: &[Line],
        step: &Step,
        at: Moment,
        now: Moment,
    ) -> Result<(), Refusal> {
        if at > now {
            return Err(Refusal::InFuture(at));
        }
        let begun = record
            .values
            .moment(self.begins)
            .map(|m| ("begin".to_owned(), m));
        let event = |line: &Line| {
            Some((
                line.values.text("step")?.to_owned(),
                line.values.moment("occurred_at")?,
            ))
        };
        let moved = actions
            .iter()
            .filter(|line| step.moves() && line.values.text("to_state").is_some())
            .filter_map(event)
            .max_by_key(|(_, moment)| *moment);
        let ended = actions
            .iter()
            .filter(|line| step.ends.is_some() && line.values.text("step") == step.ends)
            .filter_map(event)
            .next_back();
        let earlier = begun.into_iter().chain(moved).chain(ended);
        match earlier.into_iter().find(|(_, m)| is_before(at, *m)) {
            Some((earlier, earlier_at)) => Err(Refusal::BeforeEarlier {
                earlier,
                earlier_at,
            }),
            None => Ok(()),
        }
    }
}

/// Whether an event lies before another. A typed day without a time is midnight and stands for the
/// whole day.
fn is_before(at: Moment, earlier: Moment) -> bool {
    if at.time() == NaiveTime::MIN {
        at.date_naive() < earlier.date_naive()
    } else {
        at < earlier
    }
}

/// Everything that is missing for a step: required fields first, then text, fields of the action
/// line and guards.
pub(super) fn missing(spec: &RegisterSpec, step: &Step, case: &Case<'_>) -> Vec<Missing> {
    let values = case.values();
    let guarded = |field: &str| step.guards.iter().any(|g| g.field == Some(field));
    let mut lacking: Vec<Missing> = spec
        .fields
        .iter()
        .filter(|f| f.required || f.required_for.iter().any(|s| s == step.id))
        .filter(|f| f.applies(values) && values.get(&f.id).is_null() && !guarded(&f.id))
        .map(|f| Missing {
            facts: BTreeMap::from([("label".to_owned(), f.label.clone())]),
            ..unfilled("field", &f.id)
        })
        .collect();
    if step.text_required && case.text.trim().is_empty() {
        lacking.push(unfilled("text", "text"));
    }
    let empty = step.needs.iter().filter(|n| case.action.get(n).is_null());
    lacking.extend(empty.map(|needed| unfilled("action_field", needed)));
    lacking.extend(step.guards.iter().filter_map(|guard| {
        let mut facts = (guard.check)(case)?;
        if let Some(field) = guard.field.and_then(|f| spec.field(f)) {
            facts.insert("label".to_owned(), field.label.clone());
        }
        Some(Missing {
            code: guard.code.to_owned(),
            field: guard.field.map(str::to_owned),
            waivable: guard.waivable,
            by_text: guard.by_text,
            facts,
        })
    }));
    lacking
}

fn unfilled(code: &str, field: &str) -> Missing {
    Missing {
        code: code.to_owned(),
        field: Some(field.to_owned()),
        waivable: false,
        by_text: code == "text",
        facts: BTreeMap::new(),
    }
}

/// Takes waived guards out of what is missing; answers those that were needed, with the reasons. A
/// waiver of what is not missing is left aside.
fn waive<'w>(
    lacking: &mut Vec<Missing>,
    step: &'static Step,
    waivers: &'w [Waiver],
) -> Result<Vec<(&'static Guard, &'w str)>, Refusal> {
    let mut used = Vec::new();
    for waiver in waivers {
        let Some(at) = lacking.iter().position(|m| m.code == waiver.code) else {
            continue;
        };
        let guard = step.guards.iter().find(|g| g.code == waiver.code);
        let reason = waiver.reason.trim();
        match guard.filter(|g| g.waivable && !reason.is_empty()) {
            Some(guard) => used.push((*guard, reason)),
            None => return Err(Refusal::BadWaiver(waiver.code.clone())),
        }
        lacking.remove(at);
    }
    Ok(used)
}

/// Puts together what a step writes.
fn write(
    step: &'static Step,
    case: &Case<'_>,
    state: &str,
    order: &Order<'_>,
    waived: &[(&Guard, &str)],
    at: Moment,
    now: Moment,
) -> Taken {
    let (values, round) = apply(step.effects, case, &order.values, at);
    let mut text = order.text.trim().to_owned();
    for (guard, reason) in waived {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("【免】{}：{reason}", guard.waived_as));
    }
    let mut action = order.action.clone();
    action.set("step", step.id);
    action.set("occurred_at", at);
    action.set("entered_at", now);
    // The step that opens a round is the round's first line: its clocks start there.
    action.set("round", round);
    action.set(PERSON, text_or_null(order.person));
    action.set("text", text_or_null(&text));
    let new_state = match step.to {
        Target::State(new_state) => {
            action.set("from_state", state);
            action.set("to_state", new_state);
            Some(new_state)
        }
        Target::Stay => None,
    };
    Taken {
        state: new_state,
        values,
        action,
        papers: step.papers,
        then: step.then,
    }
}

/// The typed values with the effects of a step, and the round it belongs to.
fn apply(effects: &[Effect], case: &Case<'_>, typed: &Values, at: Moment) -> (Values, i64) {
    let mut values = typed.clone();
    let mut round = case.round();
    let standing = case.values();
    for effect in effects {
        match *effect {
            Effect::Stamp(field) => values.set(field, at),
            Effect::Tick(field, tick) => {
                if standing.tick(field) != tick {
                    values.set(field, tick);
                }
            }
            Effect::Choose(field, code) => {
                if standing.get(field).is_null() {
                    values.set(field, code);
                }
            }
            Effect::Decide(field, code) => {
                if typed.get(field).is_null() {
                    values.set(field, code);
                }
            }
            Effect::Clear(fields) => {
                let stale = |field: &&&str| !typed.has(field) && !standing.get(field).is_null();
                for field in fields.iter().filter(stale) {
                    values.set(field, Value::Null);
                }
            }
            Effect::NextRound => {
                round += 1;
                values.set("round", round);
            }
        }
    }
    (values, round)
}

fn text_or_null(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::from(text)
    }
}
