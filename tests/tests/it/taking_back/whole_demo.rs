//! The demo walked back op by op, as far as printed papers allow, and forth again. What must stand
//! in a record is told by the history alone: the newest value of each field among the ops in force.

use std::collections::{BTreeMap, BTreeSet};

use commands::Code;
use domain::complaint::WORKFLOW;
use domain::entry::stored;
use domain::record::Record;
use domain::spec::Catalog;
use domain::value::Value;
use serde_json::json;
use store::{HistoryEntry, OpKind, Read, Reader};
use tests::demo;
use tests::office::Office;
use tests::same::{assert_same, business};

/// The newest text of each field, of the record itself (no line) and of its lines.
type Told = BTreeMap<(Option<(String, String)>, String), Option<String>>;

/// What the history says about a record when only some ops are in force.
fn told(entries: &[HistoryEntry], in_force: impl Fn(i64) -> bool) -> Told {
    let mut told = Told::new();
    for entry in entries.iter().filter(|e| in_force(e.op)) {
        let line = entry.line.as_ref().map(|(r, u)| (r.clone(), u.to_string()));
        told.insert((line, entry.field.clone()), entry.after.clone());
    }
    told
}

fn of(told: &Told, field: &str) -> Option<String> {
    told.get(&(None, field.to_owned())).cloned().flatten()
}

/// That a record is as the history says; words for what is not.
fn differences(reader: &Reader<'_>, record: &Record, told: &Told) -> Vec<String> {
    if of(told, "@made").is_none() || of(told, "@deleted").is_some() {
        return match record.deleted {
            Some(_) => Vec::new(),
            None => vec!["should be in the recycle bin".to_owned()],
        };
    }
    let mut found = Vec::new();
    if record.deleted.is_some() {
        found.push("should not be in the recycle bin".to_owned());
    }
    if record.number != of(told, "@number") {
        found.push(format!("number {:?}", record.number));
    }
    if record.state != of(told, "@state") {
        found.push(format!("state {:?}", record.state));
    }
    let spec = Catalog::builtin()
        .register(&record.register)
        .expect("known");
    for field in &spec.fields {
        let wanted = of(told, &field.id).map_or(Value::Null, |text| stored(field, &text));
        if *record.values.get(&field.id) != wanted {
            found.push(format!("{} should be {wanted:?}", field.id));
        }
    }
    for field in spec.line_fields() {
        let lines = field
            .lines
            .as_deref()
            .expect("BUG: a field of lines names them");
        found.extend(line_differences(reader, record, lines, told));
    }
    found
}

fn line_differences(reader: &Reader<'_>, record: &Record, lines: &str, told: &Told) -> Vec<String> {
    let spec = Catalog::builtin().register(lines).expect("known");
    let there = reader.lines(record.uuid, lines).expect("lines are read");
    let found: BTreeSet<String> = there.iter().map(|l| l.uuid.to_string()).collect();
    let mine = told.keys().filter_map(|(line, _)| line.as_ref());
    let wanted: BTreeSet<String> = mine
        .filter(|line| line.0 == lines)
        .filter(|line| {
            let of = |field: &str| {
                let key = (Some((*line).clone()), field.to_owned());
                told.get(&key).cloned().flatten()
            };
            of("@made").is_some() && of("@removed").is_none()
        })
        .map(|line| line.1.clone())
        .collect();
    if found != wanted {
        return vec![format!(
            "{lines}: {} lines, not {}",
            found.len(),
            wanted.len()
        )];
    }
    let mut faults = Vec::new();
    for line in &there {
        for field in &spec.fields {
            let key = (
                Some((lines.to_owned(), line.uuid.to_string())),
                field.id.clone(),
            );
            let text = told.get(&key).cloned().flatten();
            let wanted = text.map_or(Value::Null, |text| stored(field, &text));
            if *line.values.get(&field.id) != wanted {
                faults.push(format!("{lines}.{} should be {wanted:?}", field.id));
            }
        }
    }
    faults
}

/// What the history says of every record, read before anything was taken back.
struct Histories(BTreeMap<(String, uuid::Uuid), Vec<HistoryEntry>>);

impl Histories {
    fn read(office: &Office) -> Self {
        let reader = office.ctx().reader().expect("a reader");
        let mut all = BTreeMap::new();
        for spec in Catalog::builtin()
            .registers()
            .filter(|s| s.parent.is_none())
        {
            let records = reader
                .list(&store::ListQuery::of(&spec.id))
                .expect("a list");
            for record in records {
                let history = reader.history(&spec.id, record.uuid).expect("a history");
                all.insert((spec.id.clone(), record.uuid), history);
            }
        }
        Self(all)
    }

    /// That all records an op touched are as the ops in force left them.
    fn assert_told(&self, office: &Office, op: i64, undone: &BTreeSet<i64>, when: &str) {
        let reader = office.ctx().reader().expect("a reader");
        let changes = reader.changes_of(op).expect("its changes");
        let touched: BTreeSet<_> = changes
            .into_iter()
            .map(|c| (c.register, c.record))
            .collect();
        assert!(!touched.is_empty(), "{when} touched nothing");
        for (register, uuid) in touched {
            let record = reader.get(&register, uuid).expect("it is read");
            let record = record.expect("what was there stays, if only in the recycle bin");
            let told = told(&self.0[&(register.clone(), uuid)], |op| {
                !undone.contains(&op)
            });
            let found = differences(&reader, &record, &told);
            assert!(found.is_empty(), "{when}: {register} {uuid}: {found:?}");
        }
    }
}

#[test]
fn the_whole_demo_goes_back_step_by_step_and_comes_again() {
    let (_home, dir) = demo::copy();
    let office = Office::open(&dir).expect("the demo opens");
    let before = business(&office);
    let histories = Histories::read(&office);
    let reader = office.ctx().reader().expect("a reader");
    let ops = reader.ops(usize::MAX >> 1).expect("the ops");
    let steps: BTreeSet<i64> = ops
        .iter()
        .filter(|op| op.kind == OpKind::Step)
        .map(|op| op.id)
        .collect();
    drop(reader);

    let mut undone: BTreeSet<i64> = BTreeSet::new();
    let mut order = Vec::new();
    loop {
        let answer = match office.call("undo", json!({})) {
            Ok(answer) => answer,
            // A printed paper names its project, and paper cannot be taken back.
            Err(fault) => {
                assert_eq!(fault.code, Code::Refused, "{fault}");
                break;
            }
        };
        let reader = office.ctx().reader().expect("a reader");
        let newest = reader.ops(4).expect("the ops");
        let op = newest.iter().find_map(|op| op.undoes).expect("an undo");
        drop(reader);
        undone.insert(op);
        order.push(op);
        let when = format!("undo of op {op} {}", answer["what"]);
        histories.assert_told(&office, op, &undone, &when);
    }
    let left: Vec<_> = steps.difference(&undone).collect();
    assert!(
        left.is_empty(),
        "steps that could not be taken back: {left:?}"
    );
    assert!(steps.len() > WORKFLOW.steps.len(), "the demo is no demo");
    office.is_sound();

    for op in order.into_iter().rev() {
        let answer = office.must("redo", json!({}));
        undone.remove(&op);
        let when = format!("redo of op {op} {}", answer["what"]);
        histories.assert_told(&office, op, &undone, &when);
    }
    assert_same(&before, &business(&office), "after all came again");
    office.is_sound();
}

#[test]
fn the_comparison_with_the_history_finds_a_value_that_it_does_not_tell() {
    let (_home, dir) = demo::copy();
    let office = Office::open(&dir).expect("the demo opens");
    let histories = Histories::read(&office);
    let ((register, uuid), entries) = histories
        .0
        .iter()
        .find(|((register, _), _)| register == "complaint")
        .expect("a complaint");
    let reader = office.ctx().reader().expect("a reader");
    let record = reader.get(register, *uuid).expect("read").expect("there");
    assert_eq!(
        differences(&reader, &record, &told(entries, |_| true)),
        Vec::<String>::new()
    );
    let last = entries.iter().map(|e| e.op).max().expect("an op");
    let found = differences(&reader, &record, &told(entries, |op| op < last));
    assert!(!found.is_empty(), "an op taken out of the history shows");
}
