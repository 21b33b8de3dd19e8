//! Taking a step of a workflow, with what is missing for it in words. What can be done next stands in
//! `way`.

use domain::form::catalog;
use domain::record::Record;
use domain::spec::RegisterSpec;
use domain::time::{Moment, parse_moment};
use domain::value::Values;
use domain::workflow::{Missing, Order, Refusal, Taken, Waiver, Workflow};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use store::{OpKind, Read, Tx};
use uuid::Uuid;

use crate::case::{self, CaseParts};
use crate::context::Ctx;
use crate::error::{Code, CommandError, FieldFault, Outcome};
use crate::number;
use crate::records::{read_typed, shown};
use crate::refer;
use crate::view::{RecordView, shown_moment, state_label};
use crate::words;

pub use crate::way::{StepOffer, next_steps};

/// Takes one step.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TakeStep {
    /// Register id or Chinese name.
    pub register: String,
    /// Which record.
    pub record: String,
    /// The step's English id, or its Chinese name.
    pub step: String,
    /// Values for the record, as typed.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub values: Map<String, Json>,
    /// Values for the action line: `rule`, `until`, `archive_item`.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub action: Map<String, Json>,
    /// When it happened; missing means now.
    #[serde(default)]
    pub at: Option<String>,
    /// Who did it, from the signed paper.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub person: String,
    /// What was found, said or decided.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub text: String,
    /// Guards that are waived, with reasons.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub waive: Vec<WaiveGuard>,
    /// The version that was seen.
    #[serde(default)]
    pub seen: Option<i64>,
    /// A reserved place in the series that a hand-written paper used, at the step that numbers.
    #[serde(default)]
    pub reserved: Option<i64>,
}

/// One waived guard.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct WaiveGuard {
    /// The guard's code.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// What a step did.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct StepTaken {
    /// The record afterwards.
    pub record: RecordView,
    /// The steps that were taken, with the one that followed by itself.
    pub steps: Vec<String>,
    /// Forms that are offered for printing now.
    pub papers: Vec<String>,
}

/// Takes a step, and the one that follows by itself, as one op.
///
/// # Errors
/// With everything that is missing; when the step is not allowed from here; when the record was
/// changed since it was seen.
pub fn take_step(ctx: &Ctx, ask: &TakeStep) -> Outcome<StepTaken> {
    let spec = ctx.register(&ask.register)?;
    let workflow = workflow_of(spec)?;
    let at = event_time(ctx, ask.at.as_deref())?;
    let step = step_id(ctx, workflow, &ask.step)?;
    let (uuid, values, action) = {
        let reader = ctx.reader()?;
        let record = refer::record(&reader, spec, &ask.record)?;
        if record.deleted.is_some() {
            let what = record.number.unwrap_or_else(|| ask.record.clone());
            return Err(CommandError::refused("deleted", [("what", what)]));
        }
        let values = read_typed(ctx, &reader, spec, &ask.values, true)?.values;
        let lines = spec
            .field(workflow.actions)
            .and_then(|f| f.lines.as_deref());
        let line_spec = ctx.spec(lines.unwrap_or_default())?;
        let action = read_typed(ctx, &reader, line_spec, &ask.action, true)?.values;
        (record.uuid, values, action)
    };
    let order = Order {
        values,
        action,
        person: ask.person.trim(),
        text: &ask.text,
        waivers: ask
            .waive
            .iter()
            .map(|w| Waiver {
                code: w.code.clone(),
                reason: w.reason.clone(),
            })
            .collect(),
    };
    let op = ctx
        .op(
            OpKind::Step,
            "step",
            [("step", step_label(ctx, step).to_owned())],
        )?
        .at(at);
    let (taken, _) = ctx.transact(op, |tx| {
        run(
            ctx,
            tx,
            &Run {
                spec,
                workflow,
                uuid,
                step,
                at,
                seen: ask.seen,
                reserved: ask.reserved,
            },
            order,
        )
    })?;
    Ok(StepTaken {
        record: shown(ctx, spec, uuid)?,
        papers: taken
            .last()
            .map(|(_, t)| t.papers.iter().map(|&p| p.to_owned()).collect())
            .unwrap_or_default(),
        steps: taken.into_iter().map(|(step, _)| step.to_owned()).collect(),
    })
}

/// One step to be taken inside a transaction.
struct Run<'a> {
    spec: &'a RegisterSpec,
    workflow: &'static Workflow,
    uuid: Uuid,
    step: &'static str,
    at: Moment,
    seen: Option<i64>,
    reserved: Option<i64>,
}

fn run(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    run: &Run<'_>,
    order: Order<'_>,
) -> Outcome<Vec<(&'static str, Taken)>> {
    let figures = ctx.figures()?;
    let mut steps = Vec::new();
    let mut next = Some((run.step, order));
    while let Some((step, order)) = next.take() {
        let record = tx
            .get(&run.spec.id, run.uuid)?
            .ok_or_else(|| CommandError::not_found(&run.spec.label, &run.uuid.to_string()))?;
        let parts = CaseParts::read(ctx, tx, &figures, &record)?;
        let nothing = Values::new();
        let case = parts.case(&record, "", &nothing);
        let person = order.person;
        let follows = !steps.is_empty();
        let taken = match run
            .workflow
            .take(run.spec, &case, step, order, run.at, ctx.now())
        {
            Ok(taken) => taken,
            // A step that follows by itself waits when its conditions do not hold.
            Err(_) if follows => break,
            Err(refusal) => return Err(refused(ctx, run, &record, step, &case, refusal)),
        };
        write(
            ctx,
            tx,
            run,
            &record,
            step,
            &taken,
            if follows { None } else { run.seen },
        )?;
        if let Some(then) = taken.then {
            next = Some((
                then,
                Order {
                    person,
                    ..Order::default()
                },
            ));
        }
        steps.push((step, taken));
    }
    case::refresh(ctx, tx, &figures, run.uuid, &run.spec.id)?;
    Ok(steps)
}

fn write(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    run: &Run<'_>,
    record: &Record,
    step: &str,
    taken: &Taken,
    seen: Option<i64>,
) -> Outcome<()> {
    let spec = run.spec;
    if !taken.values.is_empty() || seen.is_some() {
        tx.update(&spec.id, record.uuid, seen, &taken.values)?;
    }
    if let Some(state) = taken.state {
        tx.set_state(&spec.id, record.uuid, state)?;
    }
    let lines = spec
        .field(run.workflow.actions)
        .and_then(|f| f.lines.as_deref());
    tx.insert_line(lines.unwrap_or_default(), record.uuid, &taken.action)?;
    let numbers_here = spec.numbering.as_ref().and_then(|n| n.step.as_deref()) == Some(step);
    if numbers_here && record.number.is_none() {
        let fresh = tx.get(&spec.id, record.uuid)?;
        number::give(
            ctx,
            tx,
            spec,
            fresh.as_ref().unwrap_or(record),
            run.reserved,
        )?;
    }
    Ok(())
}

/// The typed event time, or now.
pub(crate) fn event_time(ctx: &Ctx, typed: Option<&str>) -> Outcome<Moment> {
    let Some(typed) = typed.filter(|t| !t.trim().is_empty()) else {
        return Ok(ctx.now());
    };
    read_moment(typed, ctx.now())
}

/// Reads a moment in any spelling that people type.
pub(crate) fn read_moment(typed: &str, now: Moment) -> Outcome<Moment> {
    use domain::dates::{DateOptions, parse_date};
    if let Some(moment) = parse_moment(typed.trim()) {
        return Ok(moment);
    }
    parse_date(typed, &DateOptions::typed(now))
        .map(|d| domain::time::at_china(d.date.and_time(d.time.unwrap_or_default())))
        .map_err(|_| CommandError::bad_request("bad_moment", [("found", typed.to_owned())]))
}

pub(crate) fn workflow_of(spec: &RegisterSpec) -> Outcome<&'static Workflow> {
    case::workflow(&spec.id)
        .ok_or_else(|| CommandError::bad_request("no_workflow", [("found", spec.label.clone())]))
}

/// The id of a step named by id or Chinese name.
fn step_id(ctx: &Ctx, workflow: &'static Workflow, name: &str) -> Outcome<&'static str> {
    let by_label = |s: &&&domain::workflow::Step| s.id == name || step_label(ctx, s.id) == name;
    workflow
        .steps
        .iter()
        .find(by_label)
        .map(|s| s.id)
        .ok_or_else(|| {
            let options: Vec<String> = workflow
                .steps
                .iter()
                .map(|s| format!("{}（{}）", s.id, step_label(ctx, s.id)))
                .collect();
            CommandError::bad_request(
                "unknown_step",
                [("step", name.to_owned()), ("options", options.join("、"))],
            )
        })
}

pub(crate) fn step_label<'a>(ctx: &'a Ctx, step: &'a str) -> &'a str {
    ctx.catalog.label("case_step", step)
}

/// The refusal of a step in words.
fn refused(
    ctx: &Ctx,
    run: &Run<'_>,
    record: &Record,
    step: &str,
    case: &domain::workflow::Case<'_>,
    refusal: Refusal,
) -> CommandError {
    let label = step_label(ctx, step).to_owned();
    match refusal {
        Refusal::UnknownStep(step) => {
            CommandError::bad_request("unknown_step", [("step", step), ("options", String::new())])
        }
        Refusal::NotFromHere { state, .. } => {
            let options: Vec<&str> = run
                .workflow
                .offers(run.spec, case)
                .iter()
                .filter(|o| o.moves)
                .map(|o| step_label(ctx, o.step))
                .collect();
            CommandError::refused(
                "not_from_here",
                [
                    ("state", state_label(ctx.catalog, &record.register, &state)),
                    ("step", label),
                    (
                        "options",
                        if options.is_empty() {
                            "（无）".to_owned()
                        } else {
                            options.join("、")
                        },
                    ),
                ],
            )
        }
        Refusal::InFuture(_) | Refusal::BeforeEarlier { .. } => {
            untimely(ctx, run.spec, run.workflow, &run.at, &refusal)
        }
        Refusal::BadWaiver(code) => CommandError::refused("bad_waiver", [("waiver", code)]),
        Refusal::Missing(missing) => {
            let fields: Vec<FieldFault> = missing
                .iter()
                .map(|m| missing_fault(ctx, run.spec, m))
                .collect();
            let all: Vec<&str> = fields.iter().map(|f| f.message.as_str()).collect();
            let facts = words::facts([("step", label), ("missing", all.join("；"))]);
            CommandError {
                fields,
                ..CommandError::new(Code::Refused, "refused.missing", &facts)
            }
        }
    }
}

/// The refusal of an event time in words.
pub(crate) fn untimely(
    ctx: &Ctx,
    spec: &RegisterSpec,
    workflow: &Workflow,
    at: &Moment,
    refusal: &Refusal,
) -> CommandError {
    let Refusal::BeforeEarlier {
        earlier,
        earlier_at,
    } = refusal
    else {
        return CommandError::refused("in_future", [("at", shown_moment(at))]);
    };
    let earlier = match spec.field(workflow.begins) {
        Some(field) if earlier == "begin" => field.label.clone(),
        _ => step_label(ctx, earlier).to_owned(),
    };
    CommandError::refused(
        "before_earlier",
        [
            ("at", shown_moment(at)),
            ("earlier", earlier),
            ("earlier_at", shown_moment(earlier_at)),
        ],
    )
}

/// One missing thing in words.
pub(crate) fn missing_fault(ctx: &Ctx, spec: &RegisterSpec, missing: &Missing) -> FieldFault {
    let mut facts = missing.facts.clone();
    if let Some(items) = facts.get_mut("items") {
        let labels: Vec<&str> = items
            .split(',')
            .map(|i| ctx.catalog.label("archive_item", i))
            .collect();
        *items = labels.join("、");
    }
    if let Some(forms) = facts.get_mut("forms") {
        let title = |code| catalog::newest(code).map_or(code, |form| form.title.as_str());
        *forms = forms.split(',').map(title).collect::<Vec<_>>().join("、");
    }
    if missing.code == "action_field" {
        let field = missing.field.as_deref().unwrap_or_default();
        let lines = workflow_of(spec)
            .ok()
            .and_then(|w| spec.field(w.actions))
            .and_then(|f| f.lines.as_deref())
            .and_then(|l| ctx.catalog.register(l));
        let label = lines
            .and_then(|s| s.field(field))
            .map_or(field, |f| f.label.as_str());
        facts.insert("label".to_owned(), label.to_owned());
    }
    FieldFault {
        field: match &missing.field {
            Some(field) => field.clone(),
            None if missing.by_text => "text".to_owned(),
            None => missing.code.clone(),
        },
        code: missing.code.clone(),
        message: words::say(&format!("missing.{}", missing.code), &facts),
    }
}
