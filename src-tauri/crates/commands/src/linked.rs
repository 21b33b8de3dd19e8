//! What a record is linked to, both ways: records one by one, and registers in which many name it.

use domain::record::Record;
use domain::spec::{FieldKind, RegisterSpec};
use domain::value::Value;
use serde::Serialize;
use store::{ListQuery, Read, Test};
use uuid::Uuid;

use crate::context::Ctx;
use crate::error::Outcome;
use crate::records::{Condition, RecordRef};
use crate::refer;
use crate::view::{StateMark, Viewer};

/// What a record is linked to.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct LinkedView {
    /// Records one by one.
    pub records: Vec<LinkedRecord>,
    /// Registers in which many records name this one.
    pub lists: Vec<LinkedList>,
}

/// A linked record.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct LinkedRecord {
    /// Register id.
    pub register: String,
    /// Register in Chinese.
    pub register_label: String,
    /// Identifier.
    pub uuid: String,
    /// Number.
    pub number: Option<String>,
    /// What names it, masked.
    pub title: String,
    /// State in Chinese.
    pub state_label: Option<String>,
    /// The mark of the state.
    pub mark: Option<StateMark>,
    /// The field that holds the link, in Chinese.
    pub field_label: String,
    /// The link stands in the other record and points here.
    pub inward: bool,
}

/// Many records that name this one.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct LinkedList {
    /// Register id.
    pub register: String,
    /// Register in Chinese.
    pub label: String,
    /// The field that holds the link, in Chinese.
    pub field_label: String,
    /// How many.
    pub count: u64,
    /// The conditions of the list.
    pub filters: Vec<Condition>,
}

/// More than this are told as a list.
const FEW: u64 = 5;

/// What a record is linked to, both ways.
///
/// # Errors
/// When there is no such record.
pub fn linked(ctx: &Ctx, ask: &RecordRef) -> Outcome<LinkedView> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let record = refer::record(&reader, spec, &ask.record)?;
    let mut viewer = Viewer::new(ctx, &reader, true);
    let mut view = LinkedView {
        records: outward(&mut viewer, &reader, ctx, spec, &record)?,
        lists: Vec::new(),
    };
    for other in ctx.catalog.registers() {
        // Papers and attachments stand on the page of the record by themselves.
        if other.parent.is_some() || other.internal {
            continue;
        }
        for field in other
            .fields
            .iter()
            .filter(|f| f.target.as_ref() == Some(&spec.id))
        {
            let named = Value::from(record.uuid.to_string());
            let query = ListQuery::of(&other.id).filter(&field.id, Test::Eq(named));
            let count = reader.count(&query)?;
            if count > FEW {
                view.lists.push(LinkedList {
                    register: other.id.clone(),
                    label: other.label.clone(),
                    field_label: field.label.clone(),
                    count,
                    filters: vec![Condition {
                        field: field.id.clone(),
                        op: "=".to_owned(),
                        value: record.uuid.to_string(),
                    }],
                });
                continue;
            }
            for found in reader.list(&query)? {
                let one = one(&mut viewer, other, &found, &field.label, true)?;
                view.records.push(one);
            }
        }
    }
    Ok(view)
}

/// The records that this one names.
fn outward(
    viewer: &mut Viewer<'_>,
    reader: &dyn Read,
    ctx: &Ctx,
    spec: &RegisterSpec,
    record: &Record,
) -> Outcome<Vec<LinkedRecord>> {
    let mut records = Vec::new();
    for field in spec.fields.iter().filter(|f| f.kind == FieldKind::Link) {
        let target = field.target.as_deref().unwrap_or_default();
        let uuid = record.values.text(&field.id);
        let Some(uuid) = uuid.and_then(|uuid| Uuid::parse_str(uuid).ok()) else {
            continue;
        };
        if let Some(found) = reader.get(target, uuid)? {
            let register = ctx.spec(target)?;
            records.push(one(viewer, register, &found, &field.label, false)?);
        }
    }
    Ok(records)
}

fn one(
    viewer: &mut Viewer<'_>,
    register: &RegisterSpec,
    record: &Record,
    field_label: &str,
    inward: bool,
) -> Outcome<LinkedRecord> {
    let view = viewer.record(record)?;
    Ok(LinkedRecord {
        register: register.id.clone(),
        register_label: register.label.clone(),
        uuid: view.uuid,
        number: view.number,
        title: view.title,
        state_label: view.state_label,
        mark: view.mark,
        field_label: field_label.to_owned(),
        inward,
    })
}
