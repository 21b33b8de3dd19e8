//! Printing and saving as one act: what did not come out of the printer does not count as printed,
//! and a cancelled dialog leaves nothing behind.

use serde::{Deserialize, Serialize};

use super::papers::{Printed, PrintedFiles, hand_over, keep, save_beside, written};
use super::{At, SavePlace, Saved};
use crate::error::{CommandError, Outcome};
use crate::files;
use crate::papers::{self, PrintPapers};
use crate::words::{self, Facts};

/// Most copies of a sheet at a time.
const MOST_COPIES: usize = 20;

/// Prints papers, as one file or several.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PrintOut {
    /// What is printed, form by form.
    pub prints: Vec<PrintPapers>,
    /// How often each sheet comes out.
    pub copies: usize,
}

/// Keeps papers and writes them to a place that the clerk chooses.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct KeepAs {
    /// What is printed, form by form.
    pub prints: Vec<PrintPapers>,
    /// The name that is offered for a single file.
    pub name: String,
}

/// Papers that were kept and written.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct KeptAs {
    /// Where they are.
    pub saved: Saved,
    /// What they are.
    pub files: Vec<Printed>,
}

/// Keeps papers and hands them to the printer. Those of which no sheet came out are void.
pub(super) fn print_out(at: &At<'_>, ask: &PrintOut) -> Outcome<PrintedFiles> {
    let files = keep_all(at, &ask.prints)?;
    at.work.phase("send", files.len());
    for (done, file) in files.iter().enumerate() {
        at.work.done(done);
        for copy in 0..ask.copies.clamp(1, MOST_COPIES) {
            // Some of this file came out: it is printed, and the rest is for the clerk to see.
            if hand_over(at, &file.printed).is_err() {
                let from = if copy == 0 { done } else { done + 1 };
                return Err(not_printed(at, &files[from..])?);
            }
        }
    }
    Ok(PrintedFiles { files })
}

/// What is said of sheets that did not come out, after they were made void.
fn not_printed(at: &At<'_>, files: &[Printed]) -> Outcome<CommandError> {
    let papers: Vec<&str> = files
        .iter()
        .flat_map(|file| file.papers.iter().map(String::as_str))
        .collect();
    papers::void(&*at.desk.office()?, &papers)?;
    let key = if papers.is_empty() {
        "printer_silent"
    } else {
        "not_printed"
    };
    let count = papers.len().to_string();
    Ok(CommandError::refused(key, [("count", count)]))
}

fn keep_all(at: &At<'_>, prints: &[PrintPapers]) -> Outcome<Vec<Printed>> {
    let mut files = Vec::new();
    for ask in prints {
        files.extend(keep(at, ask)?);
    }
    Ok(files)
}

/// Asks where to, then keeps the papers and writes them there. Nothing when the dialog was
/// cancelled; then nothing is kept either.
pub(super) fn keep_as(at: &At<'_>, ask: &KeepAs) -> Outcome<Option<KeptAs>> {
    let single = match ask.prints.as_slice() {
        [one] => one.merge || one.blank || one.records.len() < 2,
        _ => false,
    };
    let host = &at.desk.host;
    if single {
        let place = host.save_place(&SavePlace {
            title: words::say("dialog.save_paper", &Facts::new()),
            name: files::file_name(&ask.name),
            ending: "pdf".to_owned(),
            folder: None,
        });
        let Some(place) = place else { return Ok(None) };
        files::check_place(&place, true)?;
        let files = keep_all(at, &ask.prints)?;
        for file in &files {
            files::save_as(&place, &written(at, &file.printed)?.1, true)?;
        }
        let saved = at.desk.tokens.saved(&place, None)?;
        return Ok(Some(KeptAs { saved, files }));
    }
    let title = words::say("dialog.save_papers", &Facts::new());
    let Some(folder) = host.pick_folder(&title) else {
        return Ok(None);
    };
    files::check_place(&folder, false)?;
    let files = keep_all(at, &ask.prints)?;
    at.work.phase("save", files.len());
    for (done, file) in files.iter().enumerate() {
        at.work.done(done);
        let (name, pdf) = written(at, &file.printed)?;
        save_beside(&folder, &files::file_name(&name), &pdf)?;
    }
    let rows = u64::try_from(files.len()).ok();
    let saved = at.desk.tokens.saved(&folder, rows)?;
    Ok(Some(KeptAs { saved, files }))
}
