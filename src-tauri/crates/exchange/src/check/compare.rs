//! What only shows when cells and rows are compared: dates out of order, a number used twice, a
//! record that stands twice.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::field::complaint::ORIGINAL_NO;
use domain::spec::{FieldKind, RegisterSpec};
use domain::text::fold;
use domain::value::Value;

use crate::cell::Row;
use crate::finding::{Finding, IssueCode, WarningCode};
use crate::header::Column;
use crate::plan::CheckedRow;

/// Compares each row with itself and with those before it.
pub(super) struct Comparer<'a> {
    /// Fields whose dates follow each other, in the order of the work.
    steps: Vec<&'a str>,
    /// Digest of a record → its row.
    records: HashMap<u128, u32>,
    /// Digest of a number → its row.
    numbers: HashMap<u128, u32>,
}

impl<'a> Comparer<'a> {
    pub(super) fn new(spec: &'a RegisterSpec) -> Self {
        // The moments that the workflow sets stand in the spec in the order of the work, and all
        // of them follow the event that the register is about.
        let set_by_steps = spec
            .fields
            .iter()
            .filter(|f| f.read_only && f.kind == FieldKind::Moment)
            .map(|f| f.id.as_str());
        Self {
            steps: spec
                .event
                .as_deref()
                .into_iter()
                .chain(set_by_steps)
                .collect(),
            records: HashMap::new(),
            numbers: HashMap::new(),
        }
    }

    pub(super) fn compare<'c>(
        &mut self,
        columns: impl Iterator<Item = (&'c str, &'c Column)> + Clone,
        row: &Row<'_>,
        checked: &mut CheckedRow,
    ) {
        self.order_of_dates(columns.clone(), row, checked);
        let digest = digest(checked);
        let first = *self.records.entry(digest).or_insert(row.number);
        if first != row.number {
            checked.duplicate_of = Some(first);
            checked.issues.push(Finding {
                code: IssueCode::Duplicate,
                column: None,
                field: None,
                raw: None,
                other_row: Some(first),
            });
            return;
        }
        let Some(number) = checked.values.text(ORIGINAL_NO).map(fold) else {
            return;
        };
        let digest = Wide::of(&number);
        let first = *self.numbers.entry(digest).or_insert(row.number);
        if first != row.number
            && let Some((field, column)) = columns.clone().find(|(f, _)| *f == ORIGINAL_NO)
        {
            checked.warnings.push(Finding {
                code: WarningCode::DuplicateNo,
                column: Some(column.letters.clone()),
                field: Some(field.to_owned()),
                raw: row.cell(column.index).map(|c| c.text().into_owned()),
                other_row: Some(first),
            });
        }
    }

    /// Warns of every step whose day lies before that of an earlier step. Days are compared, not
    /// times: most ledgers give a time for the one and none for the other.
    fn order_of_dates<'c>(
        &self,
        columns: impl Iterator<Item = (&'c str, &'c Column)> + Clone,
        row: &Row<'_>,
        checked: &mut CheckedRow,
    ) {
        let mut latest = None;
        for field in &self.steps {
            let Some(date) = checked.values.date(field) else {
                continue;
            };
            if latest.is_none_or(|before| date >= before) {
                latest = Some(date);
                continue;
            }
            let Some((_, column)) = columns.clone().find(|(f, _)| f == field) else {
                continue;
            };
            checked.warnings.push(Finding {
                code: WarningCode::DateOrder,
                column: Some(column.letters.clone()),
                field: Some((*field).to_owned()),
                raw: row.cell(column.index).map(|c| c.text().into_owned()),
                other_row: None,
            });
        }
    }
}

/// A digest of everything that a row says in its fields; of a cell that cannot be read, its text.
fn digest(checked: &CheckedRow) -> u128 {
    let mut wide = Wide::new();
    for (field, value) in checked.values.iter() {
        field.hash(&mut wide);
        hash_value(value, &mut wide);
    }
    for issue in &checked.issues {
        issue.field.hash(&mut wide);
        issue.raw.hash(&mut wide);
    }
    wide.digest()
}

fn hash_value(value: &Value, hasher: &mut Wide) {
    match value {
        Value::Null => 0_u8.hash(hasher),
        Value::Text(text) => text.hash(hasher),
        Value::Int(number) => number.hash(hasher),
        Value::Bool(tick) => tick.hash(hasher),
        Value::Date(date) => date.hash(hasher),
        Value::Moment(moment) => moment.hash(hasher),
    }
}

/// A hasher of 128 bits, so that two different records never look the same by chance.
struct Wide([DefaultHasher; 2]);

impl Wide {
    fn new() -> Self {
        let mut second = DefaultHasher::new();
        second.write_u8(1);
        Self([DefaultHasher::new(), second])
    }

    fn of(what: &impl Hash) -> u128 {
        let mut wide = Self::new();
        what.hash(&mut wide);
        wide.digest()
    }

    fn digest(&self) -> u128 {
        u128::from(self.0[0].finish()) << 64 | u128::from(self.0[1].finish())
    }
}

impl Hasher for Wide {
    fn write(&mut self, bytes: &[u8]) {
        self.0[0].write(bytes);
        self.0[1].write(bytes);
    }

    fn finish(&self) -> u64 {
        self.0[0].finish()
    }
}
