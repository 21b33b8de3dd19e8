//! People: the person behind a telephone number, and erasing what is held about one.

use domain::field::person as field;
use serde::{Deserialize, Serialize};
use store::{ListQuery, OpKind, Read, Test};

use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::refer;
use crate::view::{RecordView, Viewer};

/// Asks whose number it is.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PeopleByPhone {
    /// The number as typed; four digits of its tail are enough.
    pub phone: String,
}

/// Persons on file with this telephone number, to be offered as the link of a complaint.
///
/// # Errors
/// When the file cannot be read.
pub fn people_by_phone(ctx: &Ctx, ask: &PeopleByPhone) -> Outcome<Vec<RecordView>> {
    let digits: String = domain::text::fold(&ask.phone)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    // Fewer digits would offer half the office.
    if digits.len() < 4 {
        return Ok(Vec::new());
    }
    let reader = ctx.reader()?;
    let query = ListQuery::of("person")
        .filter(field::PHONE, Test::Contains(digits))
        .take(20);
    let mut viewer = Viewer::new(ctx, &reader, true);
    reader
        .list(&query)?
        .iter()
        .map(|person| viewer.record(person))
        .collect()
}

/// Erases what is held about a person.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    /// The person, by name or identifier.
    pub person: String,
    /// Why, for the history: who asked and when.
    pub reason: String,
}

/// What an erasure touched.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Erased {
    /// Records from which values were erased.
    pub records: usize,
}

/// Erases the personal data of a person and of the records that link to them, for good: values go
/// from records, history and search, the chain stays whole (PIPL art. 47). Not undoable.
///
/// # Errors
/// When there is no such person or no reason is given.
pub fn erase_person(ctx: &Ctx, ask: &ErasePerson) -> Outcome<Erased> {
    if ask.reason.trim().is_empty() {
        return Err(CommandError::refused("reason_missing", []));
    }
    let person = refer::record(&ctx.reader()?, ctx.spec("person")?, &ask.person)?;
    let op = ctx
        .op(OpKind::Erase, "erase", [])?
        .because(ask.reason.trim());
    let changes = ctx.store.erase_person(op, person.uuid)?;
    Ok(Erased {
        records: changes.touched.len(),
    })
}
