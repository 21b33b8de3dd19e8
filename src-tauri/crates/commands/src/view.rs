//! Records as people see them: labels for codes, names for links, personal data masked.

use std::collections::BTreeMap;

use domain::mask;
use domain::record::{Line, Record};
use domain::spec::{Catalog, FieldKind, FieldSpec, Personal, RegisterSpec};
use domain::time::{Moment, moment_text};
use domain::value::{Value, Values};
use domain::workflow::look::{Shape, Tone};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use store::Read;
use uuid::Uuid;

use crate::context::Ctx;
use crate::error::Outcome;
use crate::standing::DeadlineWords;

/// One record as it crosses the seam.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RecordView {
    /// Register id.
    pub register: String,
    /// Identifier.
    pub uuid: String,
    /// Display number.
    pub number: Option<String>,
    /// What names the record to a person.
    pub title: String,
    /// State of the workflow.
    pub state: Option<String>,
    /// The state in Chinese.
    pub state_label: Option<String>,
    /// How the state is marked, with the word that stands for it in lists.
    pub mark: Option<StateMark>,
    /// The deadline that presses most, or the verdict of a closed case; only in lists and on the
    /// page of one record.
    pub deadline: Option<DeadlineWords>,
    /// Counts the writes; give it back when saving.
    pub row_version: i64,
    /// Entry time.
    pub created_at: String,
    /// Entry time of the last change.
    pub updated_at: String,
    /// Entry time of the deletion, when it is in the recycle bin.
    pub deleted_at: Option<String>,
    /// Values by field id; personal ones masked unless asked for.
    pub values: Map<String, Json>,
    /// The same values as text for people: labels of choices, names of linked records.
    pub shown: BTreeMap<String, String>,
    /// Lines by their field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<String, Vec<LineView>>,
}

/// The mark of a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct StateMark {
    /// The word, 不满意重办 for a case that is investigated anew.
    pub label: String,
    /// The shape beside it.
    pub shape: Shape,
    /// How loud it is.
    pub tone: Tone,
}

/// One line as it crosses the seam.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct LineView {
    /// Identifier.
    pub uuid: String,
    /// Place, counted from 1.
    pub position: i64,
    /// Values by field id.
    pub values: Map<String, Json>,
    /// The same as text for people.
    pub shown: BTreeMap<String, String>,
}

/// Makes views; remembers the names of linked records while it lives.
pub(crate) struct Viewer<'a> {
    ctx: &'a Ctx,
    reader: &'a dyn Read,
    masked: bool,
    names: BTreeMap<(String, String), String>,
}

impl<'a> Viewer<'a> {
    pub(crate) fn new(ctx: &'a Ctx, reader: &'a dyn Read, masked: bool) -> Self {
        Self {
            ctx,
            reader,
            masked,
            names: BTreeMap::new(),
        }
    }

    /// One record without its lines.
    pub(crate) fn record(&mut self, record: &Record) -> Outcome<RecordView> {
        let spec = self.ctx.spec(&record.register)?;
        let (values, shown) = self.both(spec, &record.values, Some(record))?;
        let title = shown.get(&spec.title).cloned().unwrap_or_default();
        Ok(RecordView {
            register: record.register.clone(),
            uuid: record.uuid.to_string(),
            number: record.number.clone(),
            title,
            state_label: record
                .state
                .as_deref()
                .map(|s| state_label(self.ctx.catalog, &record.register, s)),
            mark: mark(self.ctx.catalog, record),
            deadline: None,
            state: record.state.clone(),
            row_version: record.row_version,
            created_at: moment_text(&record.created_at),
            updated_at: moment_text(&record.updated_at),
            deleted_at: record.deleted.as_ref().map(|d| moment_text(&d.at)),
            values,
            shown,
            lines: BTreeMap::new(),
        })
    }

    /// One record with its lines.
    pub(crate) fn whole(&mut self, record: &Record) -> Outcome<RecordView> {
        let mut view = self.record(record)?;
        let spec = self.ctx.spec(&record.register)?;
        for field in spec.line_fields() {
            let Some(line_spec) = field.lines.as_deref() else {
                continue;
            };
            let lines = self.reader.lines(record.uuid, line_spec)?;
            let views = lines
                .iter()
                .map(|l| self.line(l))
                .collect::<Outcome<Vec<_>>>()?;
            view.lines.insert(field.id.clone(), views);
        }
        Ok(view)
    }

    fn line(&mut self, line: &Line) -> Outcome<LineView> {
        let spec = self.ctx.spec(&line.register)?;
        let (values, shown) = self.both(spec, &line.values, None)?;
        Ok(LineView {
            uuid: line.uuid.to_string(),
            position: line.position,
            values,
            shown,
        })
    }

    fn both(
        &mut self,
        spec: &RegisterSpec,
        values: &Values,
        record: Option<&Record>,
    ) -> Outcome<(Map<String, Json>, BTreeMap<String, String>)> {
        let mut raw = Map::new();
        let mut shown = BTreeMap::new();
        for field in &spec.fields {
            if field.kind == FieldKind::Computed {
                if let Some(text) = record.and_then(|r| self.computed(field, r)) {
                    shown.insert(field.id.clone(), text);
                }
                continue;
            }
            let value = values.get(&field.id);
            if value.is_null() {
                continue;
            }
            let text = self.text(field, value)?;
            let json = if self.masked && field.personal.is_some() {
                Json::from(text.as_str())
            } else {
                value.json()
            };
            raw.insert(field.id.clone(), json);
            shown.insert(field.id.clone(), text);
        }
        Ok((raw, shown))
    }

    fn computed(&self, field: &FieldSpec, record: &Record) -> Option<String> {
        match field.function.as_deref() {
            Some("days_open") => {
                domain::complaint::days_open(record, self.ctx.now()).map(|d| d.to_string())
            }
            _ => None,
        }
    }

    /// A value as text for people.
    pub(crate) fn text(&mut self, field: &FieldSpec, value: &Value) -> Outcome<String> {
        let plain = match (field.kind, value) {
            (FieldKind::Link, Value::Text(uuid)) => {
                return self.name_of(field.target.as_deref().unwrap_or_default(), uuid);
            }
            _ => plain_text(self.ctx.catalog, field, value),
        };
        Ok(if self.masked {
            masked(field, &plain)
        } else {
            plain
        })
    }

    /// The name of a linked record: its title, or its number.
    pub(crate) fn name_of(&mut self, register: &str, uuid: &str) -> Outcome<String> {
        let key = (register.to_owned(), uuid.to_owned());
        if let Some(name) = self.names.get(&key) {
            return Ok(name.clone());
        }
        let spec = self.ctx.spec(register)?;
        let found = match Uuid::parse_str(uuid) {
            Ok(uuid) => self.reader.get(register, uuid)?,
            Err(_) => None,
        };
        let name = match found {
            None => uuid.to_owned(),
            // A case is known by its number, everything else by its name.
            Some(record) if spec.initial_state.is_some() => {
                record.number.unwrap_or_else(|| uuid.to_owned())
            }
            Some(record) => {
                let title = record
                    .values
                    .text(&spec.title)
                    .unwrap_or_default()
                    .to_owned();
                match spec.field(&spec.title) {
                    Some(field) if self.masked => masked(field, &title),
                    _ => title,
                }
            }
        };
        self.names.insert(key, name.clone());
        Ok(name)
    }
}

/// A value as text, without looking up links.
pub(crate) fn plain_text(catalog: &Catalog, field: &FieldSpec, value: &Value) -> String {
    match (field.kind, value) {
        (_, Value::Null) => String::new(),
        (FieldKind::Choice, Value::Text(code)) => catalog
            .label(field.list.as_deref().unwrap_or_default(), code)
            .to_owned(),
        (FieldKind::Phone, Value::Text(numbers)) => domain::phone::shown(numbers),
        (FieldKind::Money, Value::Int(fen)) => domain::zh::money_figures(*fen),
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Int(number)) => number.to_string(),
        (_, Value::Bool(tick)) => if *tick { "是" } else { "否" }.to_owned(),
        (_, Value::Date(date)) => date.format("%Y-%m-%d").to_string(),
        (_, Value::Moment(moment)) => shown_moment(moment),
    }
}

/// A moment on screen: to the minute; a bare day where no time was known.
#[must_use]
pub fn shown_moment(moment: &Moment) -> String {
    if moment.time() == chrono::NaiveTime::MIN {
        return moment.format("%Y-%m-%d").to_string();
    }
    moment.format("%Y-%m-%d %H:%M").to_string()
}

/// The masked form of a personal value; other values as they are.
pub(crate) fn masked(field: &FieldSpec, text: &str) -> String {
    match field.personal {
        None => text.to_owned(),
        Some(Personal::Name) => mask::name(text),
        Some(Personal::Phone) => text
            .split('、')
            .map(mask::phone)
            .collect::<Vec<_>>()
            .join("、"),
        Some(Personal::Address) => mask::address(text),
    }
}

/// The mark of a record's state, in a register that has a workflow.
pub(crate) fn mark(catalog: &Catalog, record: &Record) -> Option<StateMark> {
    let workflow = crate::case::workflow(&record.register)?;
    let (code, look) = workflow.mark(record)?;
    let state = state_label(catalog, &record.register, code);
    Some(StateMark {
        // A word that is no state is that of the step which led there.
        label: if state == code {
            catalog.label("case_step", code).to_owned()
        } else {
            state
        },
        shape: look.shape,
        tone: look.tone,
    })
}

/// The Chinese name of a state.
pub(crate) fn state_label(catalog: &Catalog, register: &str, state: &str) -> String {
    catalog
        .label(&format!("{register}_state"), state)
        .to_owned()
}
