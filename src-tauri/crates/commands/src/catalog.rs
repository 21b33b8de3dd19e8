//! What the registers are made of, for a window that draws lists and forms from it: fields, choices,
//! states with their marks, steps with what they ask for.
//!
//! Everything here follows from the specs; an answer never changes while the program runs.

use std::collections::BTreeMap;

use domain::spec::{
    Catalog, Choice, ChoiceList, Column, Condition, FieldKind, FieldSpec, Personal, RegisterSpec,
    SearchTier,
};
use domain::workflow::look::{Shape, Tone};
use domain::workflow::{Source, Step, Target, Workflow};
use serde::Serialize;

use crate::case;
use crate::context::Ctx;
use crate::error::Outcome;
use crate::table::Nothing;

/// Every register and choice list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CatalogView {
    /// Registers and line registers, by id.
    pub registers: Vec<RegisterView>,
    /// Choice lists by id.
    pub lists: BTreeMap<String, ChoiceListView>,
}

/// One register, or one table of lines when `parent` is given.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RegisterView {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// For lines: the register they stand in.
    pub parent: Option<String>,
    /// The field that names a record to a person.
    pub title: String,
    /// The field with the event time.
    pub event: Option<String>,
    /// Kept by the program itself.
    pub internal: bool,
    /// Its records have numbers.
    pub numbered: bool,
    /// Groups of fields, in the order of the paper.
    pub sections: Vec<SectionView>,
    /// Fields in order.
    pub fields: Vec<FieldView>,
    /// States and steps, when it has any.
    pub workflow: Option<WorkflowView>,
}

/// A group of fields.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SectionView {
    /// Stable id.
    pub id: String,
    /// Chinese heading.
    pub label: String,
}

/// One field.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct FieldView {
    /// Stable id.
    pub id: String,
    /// Chinese label.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// The section it stands in; may be empty.
    pub section: String,
    /// Must always be filled.
    pub required: bool,
    /// Steps that need it filled.
    pub required_for: Vec<String>,
    /// Only then it is shown.
    pub shown_if: Option<ConditionView>,
    /// Only then it may be required.
    pub required_if: Option<ConditionView>,
    /// The choice list of a choice.
    pub list: Option<String>,
    /// The register of a link.
    pub target: Option<String>,
    /// The line register of a table of lines.
    pub lines: Option<String>,
    /// The function of a computed field.
    pub function: Option<String>,
    /// Value of a new record, as typed.
    pub default: Option<String>,
    /// Shown in the list.
    pub column: Option<ColumnView>,
    /// Searched in this tier.
    pub search: Option<SearchTier>,
    /// Personal data, masked unless asked for.
    pub personal: Option<Personal>,
    /// Set only by the program.
    pub read_only: bool,
    /// A line of help; may be empty.
    pub help: String,
    /// Longest text in characters.
    pub max_chars: Option<usize>,
}

/// When a field is shown or required; exactly one of the tests is given.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ConditionView {
    /// The field that is looked at.
    pub field: String,
    /// A tick that must be so.
    pub ticked: Option<bool>,
    /// Codes of which one must be the value.
    pub one_of: Option<Vec<String>>,
    /// Whether anything must have been entered.
    pub filled: Option<bool>,
}

/// A column of the list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ColumnView {
    /// Width in pixels at 16 px type.
    pub width: u32,
    /// Not shown until asked for.
    pub hidden: bool,
}

/// A choice list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ChoiceListView {
    /// Chinese name.
    pub label: String,
    /// The choices in their order.
    pub choices: Vec<ChoiceView>,
}

/// One choice.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ChoiceView {
    /// Stable code.
    pub code: String,
    /// Chinese label.
    pub label: String,
    /// No longer offered.
    pub retired: bool,
    /// Other words that find it, parted by blanks: synonyms, pinyin, initials.
    pub found_by: String,
}

/// States and steps of a register.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct WorkflowView {
    /// The ordinary way.
    pub path: Vec<StageView>,
    /// States with their marks.
    pub states: Vec<StateView>,
    /// Steps and acts.
    pub steps: Vec<StepView>,
    /// States in which nothing more is due.
    pub closed: Vec<String>,
}

/// One stage of the ordinary way.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct StageView {
    /// Stable id.
    pub stage: String,
    /// Chinese name.
    pub label: String,
    /// States in which a case stands here.
    pub states: Vec<String>,
    /// Steps that end it.
    pub steps: Vec<String>,
}

/// One state.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct StateView {
    /// Stable code.
    pub code: String,
    /// Chinese name.
    pub label: String,
    /// Its mark.
    pub shape: Shape,
    /// How loud it is.
    pub tone: Tone,
}

/// One step or act.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct StepView {
    /// Stable id.
    pub step: String,
    /// Chinese name.
    pub label: String,
    /// It moves the case.
    pub moves: bool,
    /// It ends the case.
    pub closes: bool,
    /// Where it leads.
    pub to: Option<String>,
    /// Fields of the record that it needs.
    pub asks: Vec<String>,
    /// Fields of the record that are usually filled with it.
    pub also: Vec<String>,
    /// Fields of the action line that it needs.
    pub action_fields: Vec<String>,
    /// A text must be given.
    pub text_required: bool,
    /// Forms that it offers.
    pub papers: Vec<String>,
}

/// Every register and choice list.
///
/// # Errors
/// Never; commands answer alike.
pub fn catalog(ctx: &Ctx, _: &Nothing) -> Outcome<CatalogView> {
    Ok(CatalogView {
        registers: ctx
            .catalog
            .registers()
            .map(|spec| register(ctx.catalog, spec))
            .collect(),
        lists: ctx
            .catalog
            .lists()
            .map(|list| (list.id.clone(), choices(list)))
            .collect(),
    })
}

fn register(catalog: &Catalog, spec: &RegisterSpec) -> RegisterView {
    RegisterView {
        id: spec.id.clone(),
        label: spec.label.clone(),
        parent: spec.parent.clone(),
        title: spec.title.clone(),
        event: spec.event.clone(),
        internal: spec.internal,
        numbered: spec.numbering.is_some(),
        sections: spec
            .sections
            .iter()
            .map(|section| SectionView {
                id: section.id.clone(),
                label: section.label.clone(),
            })
            .collect(),
        fields: spec.fields.iter().map(field).collect(),
        workflow: case::workflow(&spec.id).map(|flow| workflow(catalog, spec, flow)),
    }
}

fn field(field: &FieldSpec) -> FieldView {
    FieldView {
        id: field.id.clone(),
        label: field.label.clone(),
        kind: field.kind,
        section: field.section.clone(),
        required: field.required,
        required_for: field.required_for.clone(),
        shown_if: field.shown_if.as_ref().map(condition),
        required_if: field.required_if.as_ref().map(condition),
        list: field.list.clone(),
        target: field.target.clone(),
        lines: field.lines.clone(),
        function: field.function.clone(),
        default: field.default.clone(),
        column: field.column.as_ref().map(column),
        search: field.search,
        personal: field.personal,
        read_only: field.read_only,
        help: field.help.clone(),
        max_chars: field.max_chars(),
    }
}

fn condition(condition: &Condition) -> ConditionView {
    ConditionView {
        field: condition.field.clone(),
        ticked: condition.ticked,
        one_of: condition.one_of.clone(),
        filled: condition.filled,
    }
}

fn column(column: &Column) -> ColumnView {
    ColumnView {
        width: column.width,
        hidden: column.hidden,
    }
}

fn choices(list: &ChoiceList) -> ChoiceListView {
    let view = |choice: &Choice| ChoiceView {
        code: choice.code.clone(),
        label: choice.label.clone(),
        retired: choice.retired,
        found_by: found_by(choice),
    };
    ChoiceListView {
        label: list.label.clone(),
        choices: list.choices.iter().map(view).collect(),
    }
}

/// A clerk types 漏水 or `sl` and means 渗漏.
fn found_by(choice: &Choice) -> String {
    let mut words = choice.synonyms.clone();
    words.extend(domain::pinyin::keys(&choice.label));
    words.join(" ")
}

fn workflow(catalog: &Catalog, spec: &RegisterSpec, flow: &Workflow) -> WorkflowView {
    let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let states = catalog.list(&format!("{}_state", spec.id));
    WorkflowView {
        path: flow
            .path
            .iter()
            .map(|stage| StageView {
                stage: stage.id.to_owned(),
                label: catalog.label("case_stage", stage.id).to_owned(),
                states: owned(stage.states),
                steps: owned(stage.ends),
            })
            .collect(),
        states: states
            .into_iter()
            .flat_map(|list| &list.choices)
            .map(|state| {
                let look = flow.look(&state.code);
                StateView {
                    code: state.code.clone(),
                    label: state.label.clone(),
                    shape: look.shape,
                    tone: look.tone,
                }
            })
            .collect(),
        steps: flow
            .steps
            .iter()
            .map(|one| step(catalog, spec, flow, one))
            .collect(),
        closed: owned(flow.closed),
    }
}

fn step(catalog: &Catalog, spec: &RegisterSpec, flow: &Workflow, step: &Step) -> StepView {
    let to = match step.to {
        Target::State(state) => Some(state.to_owned()),
        Target::Stay => None,
    };
    // A reopened case was closed before: it is not closed by the step.
    let reopens = match step.from {
        Source::States(from) => from.iter().any(|state| flow.is_closed(state)),
        Source::Open | Source::Any => false,
    };
    StepView {
        step: step.id.to_owned(),
        label: catalog.label("case_step", step.id).to_owned(),
        moves: step.moves(),
        closes: !reopens && to.as_deref().is_some_and(|state| flow.is_closed(state)),
        to,
        asks: needed(spec, step).map(|field| field.id.clone()).collect(),
        also: usual(flow, step.id)
            .iter()
            .map(|&field| field.to_owned())
            .collect(),
        action_fields: step.needs.iter().map(|&field| field.to_owned()).collect(),
        text_required: step.text_required,
        papers: step.papers.iter().map(|&form| form.to_owned()).collect(),
    }
}

/// The fields of the record that a step needs: those of the spec and those of its guards.
pub(crate) fn needed<'s>(
    spec: &'s RegisterSpec,
    step: &'s Step,
) -> impl Iterator<Item = &'s FieldSpec> {
    spec.fields.iter().filter(|field| {
        let guarded = step
            .guards
            .iter()
            .any(|guard| guard.field == Some(&field.id));
        field.required_for.iter().any(|one| one == step.id) || guarded
    })
}

/// The fields that are usually filled with a step.
pub(crate) fn usual(flow: &Workflow, step: &str) -> &'static [&'static str] {
    let found = flow.also.iter().find(|(id, _)| *id == step);
    found.map_or(&[], |(_, fields)| fields)
}
