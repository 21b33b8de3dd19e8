//! Ledgers in and lists out: files that were picked, a report of what is wrong in them, an empty
//! ledger to be filled in, a list as a workbook.

use std::path::PathBuf;

use exchange::Mapping;
use serde::Deserialize;

use super::tokens::Use;
use super::{At, PickFiles, PickedFile, SavePlace, Saved};
use crate::error::Outcome;
use crate::ledger::{self, ExportList, ImportAnswer, ImportLedger};
use crate::table::Nothing;
use crate::words::{self, Facts};

/// Endings of ledgers that can be read.
const LEDGERS: [&str; 5] = ["xlsx", "xls", "et", "xlsm", "csv"];

/// A ledger and how it is taken over.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TakeLedger {
    /// The file.
    pub token: String,
    /// Register id or Chinese name.
    pub register: String,
    /// The project of all rows, by code or name; missing means the one in the title.
    #[serde(default)]
    pub project: Option<String>,
    /// What a person has decided about columns and words.
    #[serde(default)]
    pub mapping: Mapping,
}

/// Names a register.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct RegisterRef {
    /// Register id or Chinese name.
    pub register: String,
}

fn word(key: &str) -> String {
    words::say(&format!("dialog.{key}"), &Facts::new())
}

/// Asks for a ledger.
pub(super) fn pick_ledger(at: &At<'_>, _: &Nothing) -> Outcome<Option<PickedFile>> {
    let picked = at.desk.host.pick_files(&PickFiles {
        title: word("pick_ledger"),
        kind: word("ledger_files"),
        endings: LEDGERS.map(str::to_owned).to_vec(),
        many: false,
    });
    let first = picked.first();
    first.map(|path| at.desk.tokens.pick(path)).transpose()
}

fn import(
    at: &At<'_>,
    ask: &TakeLedger,
    dry_run: bool,
    report: Option<PathBuf>,
) -> Outcome<ImportAnswer> {
    let path = at.desk.tokens.path(&ask.token, Use::Read)?;
    let import = ImportLedger {
        register: ask.register.clone(),
        project: ask.project.clone(),
        dry_run,
        mapping: ask.mapping.clone(),
    };
    let office = at.desk.office()?;
    ledger::import_with(&office, &path, &import, report.as_deref(), at.work)
}

/// Reads a ledger and says what would become of it; nothing is written.
pub(super) fn look_at_ledger(at: &At<'_>, ask: &TakeLedger) -> Outcome<ImportAnswer> {
    import(at, ask, true, None)
}

/// Writes the good rows of a ledger as one batch.
pub(super) fn take_ledger(at: &At<'_>, ask: &TakeLedger) -> Outcome<ImportAnswer> {
    import(at, ask, false, None)
}

/// Writes what is wrong where in a ledger into a workbook.
pub(super) fn save_import_report(at: &At<'_>, ask: &TakeLedger) -> Outcome<Option<Saved>> {
    let ledger = at.desk.tokens.path(&ask.token, Use::Read)?;
    let stem = ledger.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}-{}", word("report_name"));
    let Some(place) = workbook(at, "save_report", &name) else {
        return Ok(None);
    };
    let answer = import(at, ask, true, Some(place.clone()))?;
    at.desk.tokens.saved(&place, Some(answer.total)).map(Some)
}

/// Writes an empty ledger of a register, to be filled in and taken over.
pub(super) fn save_import_template(at: &At<'_>, ask: &RegisterRef) -> Outcome<Option<Saved>> {
    let label = at.desk.office()?.register(&ask.register)?.label.clone();
    let name = format!("{label}-{}", word("template_name"));
    let Some(place) = workbook(at, "save_template", &name) else {
        return Ok(None);
    };
    ledger::write_template(&*at.desk.office()?, &ask.register, &place)?;
    at.desk.tokens.saved(&place, None).map(Some)
}

/// Writes a list as a workbook.
pub(super) fn export_list(at: &At<'_>, ask: &ExportList) -> Outcome<Option<Saved>> {
    let name = {
        let office = at.desk.office()?;
        let label = &office.register(&ask.register)?.label;
        format!("{label}-{}", office.now().format("%Y%m%d"))
    };
    let Some(place) = workbook(at, "save_list", &name) else {
        return Ok(None);
    };
    let rows = ledger::export_list(&*at.desk.office()?, ask, &place, at.work)?;
    at.desk.tokens.saved(&place, Some(rows)).map(Some)
}

/// Asks where a workbook is to be written.
fn workbook(at: &At<'_>, title: &str, name: &str) -> Option<PathBuf> {
    at.desk.host.save_place(&SavePlace {
        title: word(title),
        name: archive::file_name_from(name, "xlsx"),
        ending: "xlsx".to_owned(),
        folder: None,
    })
}
