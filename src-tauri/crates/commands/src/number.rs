//! Giving numbers: which series a record stands in and how its number is spelled.

use chrono::Datelike;
use domain::field::{office as office_field, project as project_field};
use domain::number::{self, Pattern, SeriesKey};
use domain::record::Record;
use domain::spec::RegisterSpec;
use store::{Read, Tx};
use uuid::Uuid;

use crate::context::Ctx;
use crate::error::{CommandError, Outcome};

/// Gives a record its number, in the series of its office, register, project and year.
pub(crate) fn give(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    spec: &RegisterSpec,
    record: &Record,
) -> Outcome<String> {
    let Some(numbering) = &spec.numbering else {
        return Err(CommandError::internal(format!(
            "{} has no numbers",
            spec.id
        )));
    };
    let event = numbering
        .year_of
        .as_deref()
        .and_then(|f| record.values.date(f));
    let year = event.unwrap_or_else(|| ctx.now().date_naive()).year();
    let project = match numbering
        .project
        .as_deref()
        .and_then(|f| record.values.text(f))
    {
        Some(uuid) => project_code(tx, uuid)?,
        None => None,
    };
    let office = ctx.office(tx)?;
    let pattern = match office.values.text(office_field::NUMBER_PATTERN) {
        Some(text) => Pattern::parse(text).map_err(CommandError::internal)?,
        None => Pattern::usual(),
    };
    let key = SeriesKey {
        office: office
            .values
            .text(office_field::CODE)
            .unwrap_or_default()
            .to_owned(),
        register: numbering.prefix.clone(),
        project,
        year,
    };
    let series = key.to_string();
    Ok(
        tx.assign_number(&spec.id, record.uuid, &series, |sequence| {
            number::write(&pattern, &key, sequence)
        })?,
    )
}

fn project_code(reader: &dyn Read, uuid: &str) -> Outcome<Option<String>> {
    let Ok(uuid) = Uuid::parse_str(uuid) else {
        return Ok(None);
    };
    let project = reader.get("project", uuid)?;
    Ok(project.and_then(|p| p.values.text(project_field::CODE).map(str::to_owned)))
}
