//! Random acts, undone one by one in reverse, give back every state exactly; redone, they give
//! the last state again.

use domain::value::{Value, Values};
use proptest::prelude::*;
use store::{Error, OpKind, Read, Tx};
use uuid::Uuid;

use crate::office::{Office, complaint, moment, who};

/// One act, with places that are taken modulo what is there.
#[derive(Debug, Clone)]
enum Act {
    Add(String),
    Edit(usize, Vec<(usize, Option<u8>)>),
    State(usize, u8),
    Number(usize),
    Delete(usize),
    Restore(usize),
    AddLine(usize, String),
    EditLine(usize, Option<String>),
    RemoveLine(usize),
    Several(Vec<Act>),
}

const FIELDS: [&str; 6] = [
    "content",
    "cost",
    "urgent",
    "due_on",
    "handled_at",
    "remark",
];

fn value(field: &str, n: Option<u8>) -> Value {
    let Some(n) = n else { return Value::Null };
    let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1 + u32::from(n % 28)).expect("a date");
    match field {
        "cost" => Value::Int(i64::from(n) - 100),
        "urgent" => Value::Bool(n % 2 == 0),
        "due_on" => Value::Date(day),
        "handled_at" => Value::Moment(moment(&format!("{day}T10:00"))),
        _ => Value::Text(format!("𠅤{n}")),
    }
}

fn act() -> impl Strategy<Value = Act> {
    let text = "[甲乙丙漏水䶮]{0,4}";
    let fields = prop::collection::vec((0..FIELDS.len(), prop::option::of(any::<u8>())), 1..4);
    let one = prop_oneof![
        3 => text.prop_map(Act::Add),
        4 => (any::<usize>(), fields).prop_map(|(at, fields)| Act::Edit(at, fields)),
        2 => (any::<usize>(), 0..4u8).prop_map(|(at, state)| Act::State(at, state)),
        1 => any::<usize>().prop_map(Act::Number),
        1 => any::<usize>().prop_map(Act::Delete),
        1 => any::<usize>().prop_map(Act::Restore),
        3 => (any::<usize>(), text).prop_map(|(at, text)| Act::AddLine(at, text)),
        2 => (any::<usize>(), prop::option::of(text)).prop_map(|(at, text)| Act::EditLine(at, text)),
        1 => any::<usize>().prop_map(Act::RemoveLine),
    ];
    one.prop_recursive(1, 4, 4, |inner| {
        prop::collection::vec(inner, 1..4).prop_map(Act::Several)
    })
}

/// Does an act if there is something to do it to; refusals of the door leave it undone.
fn perform(tx: &mut Tx<'_>, act: &Act) -> Result<(), Error> {
    let all = store::ListQuery {
        bin: store::Bin::Both,
        ..store::ListQuery::of("complaint")
    };
    let records = tx.list(&all)?;
    let record = |at: usize| (!records.is_empty()).then(|| records[at % records.len()].clone());
    let mut lines = Vec::new();
    for record in records.iter().filter(|r| r.deleted.is_none()) {
        lines.extend(tx.lines(record.uuid, "complaint_action")?);
    }
    let line = |at: usize| (!lines.is_empty()).then(|| lines[at % lines.len()].uuid);
    let live = |at: usize| record(at).filter(|r| r.deleted.is_none()).map(|r| r.uuid);
    match act {
        Act::Add(text) => tx.insert("complaint", &complaint(text)).map(drop),
        Act::Edit(at, fields) => {
            let Some(uuid) = live(*at) else { return Ok(()) };
            let values: Values = fields
                .iter()
                .map(|(field, n)| (FIELDS[*field].to_owned(), value(FIELDS[*field], *n)))
                .collect();
            tx.update("complaint", uuid, None, &values).map(drop)
        }
        Act::State(at, state) => {
            let Some(uuid) = live(*at) else { return Ok(()) };
            let states = ["draft", "registered", "accepted", "closed"];
            tx.set_state("complaint", uuid, states[usize::from(*state)])
                .map(drop)
        }
        Act::Number(at) => match record(*at) {
            Some(r) if r.deleted.is_none() && r.number.is_none() => tx
                .assign_number("complaint", r.uuid, "S", |n| format!("TS-{n}"))
                .map(drop),
            Some(r) if r.deleted.is_none() => {
                tx.void_number(r.number.as_deref().unwrap_or_default(), "作废")
            }
            _ => Ok(()),
        },
        Act::Delete(at) => match live(*at) {
            Some(uuid) => tx.delete("complaint", uuid, "误录"),
            None => Ok(()),
        },
        Act::Restore(at) => match record(*at) {
            Some(record) => tx.restore("complaint", record.uuid).map(drop),
            None => Ok(()),
        },
        Act::AddLine(at, text) => {
            let Some(uuid) = live(*at) else { return Ok(()) };
            let values = Values::new().with("text", text.as_str());
            tx.insert_line("complaint_action", uuid, &values).map(drop)
        }
        Act::EditLine(at, text) => {
            let Some(uuid) = line(*at) else { return Ok(()) };
            let text = text
                .as_ref()
                .map_or(Value::Null, |t| Value::Text(t.clone()));
            let values = Values::new().with("text", text);
            tx.update_line("complaint_action", uuid, None, &values)
                .map(drop)
        }
        Act::RemoveLine(at) => match line(*at) {
            Some(uuid) => tx.remove_line("complaint_action", uuid),
            None => Ok(()),
        },
        Act::Several(acts) => acts.iter().try_for_each(|act| perform(tx, act)),
    }
}

/// Everything of an office that business sees: live records with values, state, number and lines.
type Business = Vec<(
    Uuid,
    Option<String>,
    Option<String>,
    Values,
    Vec<(Uuid, i64, Values)>,
)>;

fn business(office: &Office) -> Business {
    let reader = office.store.reader().expect("reader");
    let records = reader
        .list(&store::ListQuery::of("complaint"))
        .expect("list");
    records
        .into_iter()
        .map(|r| {
            let lines = reader.lines(r.uuid, "complaint_action").expect("lines");
            let lines = lines
                .into_iter()
                .map(|l| (l.uuid, l.position, l.values))
                .collect();
            (r.uuid, r.number, r.state, r.values, lines)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_acts_undone_and_redone_give_every_state_back_exactly(
        acts in prop::collection::vec(act(), 1..14)
    ) {
        let office = Office::new();
        let mut states = vec![business(&office)];
        for act in &acts {
            office.clock.advance(60);
            let kind = OpKind::Edit;
            let answer = office.store.transact(crate::office::op(kind), |tx| perform(tx, act));
            let ((), changes) = answer.expect("acts are possible");
            if changes.op.is_some() {
                states.push(business(&office));
            }
        }
        let steps = states.len() - 1;
        for step in (0..steps).rev() {
            office.store.undo(&who()).expect("undone");
            prop_assert_eq!(&business(&office), &states[step]);
        }
        prop_assert!(office.store.undo(&who()).is_err(), "nothing is left to undo");
        for state in &states[1..] {
            office.store.redo(&who()).expect("redone");
            prop_assert_eq!(&business(&office), state);
        }
        let report = office.check();
        prop_assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}
