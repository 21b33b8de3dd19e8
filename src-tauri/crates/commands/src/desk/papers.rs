//! Papers on the screen, on paper and in files: looked at first, kept when they are printed, and
//! the signed sheets that come back.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use domain::field::paper as field;
use serde::{Deserialize, Serialize};

use super::tokens::Use;
use super::{At, PickFiles, SavePlace, Saved};
use crate::error::{CommandError, Outcome};
use crate::papers::{self, PaperRef, PaperReturned, PrintPapers, PrintedFile, Warning};
use crate::table::Nothing;
use crate::view::RecordView;
use crate::words::{self, Facts};
use crate::{files, refer};

/// Previews that are remembered: the page looks at one at a time.
const PREVIEWS: usize = 4;
/// Bytes of printed files that are remembered besides those that are kept as papers.
const PRINTED: usize = 128 << 20;

/// Names a preview.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewRef {
    /// The preview.
    pub preview: String,
}

/// Names a printed file, or a kept paper by its number.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PrintedRef {
    /// The file.
    pub printed: String,
}

/// Names printed files, or kept papers by their numbers.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PrintedRefs {
    /// The files.
    pub printed: Vec<String>,
}

/// A file that would be printed.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct PreviewFile {
    /// Its name.
    pub name: String,
    /// Its pages.
    pub pages: u32,
}

/// Papers as they would come out of the printer; nothing is kept.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Preview {
    /// By this name its PDF is asked for.
    pub preview: String,
    /// Pages in all.
    pub pages: u32,
    /// The files, in order.
    pub files: Vec<PreviewFile>,
    /// What to look at before printing.
    pub warnings: Vec<Warning>,
}

/// A file that was printed.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Printed {
    /// By this name it is asked for.
    pub printed: String,
    /// Its name.
    pub name: String,
    /// Its pages.
    pub pages: u32,
    /// The papers in it, by number.
    pub papers: Vec<String>,
}

/// Files that were printed.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct PrintedFiles {
    /// In order.
    pub files: Vec<Printed>,
}

/// Takes a signed sheet back.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ReturnScan {
    /// Paper number.
    pub paper: String,
    /// A file that was dropped; missing means that a dialog asks.
    #[serde(default)]
    pub token: Option<String>,
}

/// Where the bytes of a printed file are.
#[derive(Clone)]
enum Pdf {
    /// Kept as a paper, under this hash.
    Kept(String),
    /// Only here.
    Here(Arc<Vec<u8>>),
}

struct OnShelf {
    id: String,
    name: String,
    pdf: Pdf,
}

/// Previews and printed files of this session.
#[derive(Default)]
pub(super) struct Shelf {
    last: AtomicU64,
    previews: Mutex<VecDeque<(String, Arc<Vec<u8>>)>>,
    printed: Mutex<VecDeque<OnShelf>>,
}

impl Shelf {
    fn name(&self, kind: &str) -> String {
        format!("{kind}-{}", self.last.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn keep_preview(&self, pdf: Vec<u8>) -> String {
        let id = self.name("preview");
        let mut previews = self.previews.lock().unwrap_or_else(PoisonError::into_inner);
        previews.push_back((id.clone(), Arc::new(pdf)));
        if previews.len() > PREVIEWS {
            previews.pop_front();
        }
        id
    }

    fn keep(&self, file: PrintedFile) -> Printed {
        let id = self.name("printed");
        let pdf = match file.file {
            Some(sha256) => Pdf::Kept(sha256),
            None => Pdf::Here(Arc::new(file.pdf)),
        };
        let mut printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        printed.push_back(OnShelf {
            id: id.clone(),
            name: file.name.clone(),
            pdf,
        });
        let size = |on: &OnShelf| match &on.pdf {
            Pdf::Kept(_) => 0,
            Pdf::Here(pdf) => pdf.len(),
        };
        while printed.len() > 1 && printed.iter().map(size).sum::<usize>() > PRINTED {
            printed.pop_front();
        }
        Printed {
            printed: id,
            name: file.name,
            pages: file.pages,
            papers: file.papers,
        }
    }

    /// Forgets all.
    pub(super) fn clear(&self) {
        let mut previews = self.previews.lock().unwrap_or_else(PoisonError::into_inner);
        previews.clear();
        let mut printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        printed.clear();
    }
}

/// Lays papers out as they would be printed.
pub(super) fn preview_papers(at: &At<'_>, ask: &PrintPapers) -> Outcome<Preview> {
    let seen = papers::preview(&*at.desk.office()?, ask, at.work)?;
    Ok(Preview {
        pages: seen.files.iter().map(|(_, pages)| pages).sum(),
        files: seen
            .files
            .into_iter()
            .map(|(name, pages)| PreviewFile { name, pages })
            .collect(),
        warnings: seen.warnings,
        preview: at.desk.shelf.keep_preview(seen.pdf),
    })
}

/// Prints papers: they are kept, and their files are ready for printer and folder.
pub(super) fn print_and_keep(at: &At<'_>, ask: &PrintPapers) -> Outcome<PrintedFiles> {
    keep(at, ask).map(|files| PrintedFiles { files })
}

/// Keeps papers of one form.
pub(super) fn keep(at: &At<'_>, ask: &PrintPapers) -> Outcome<Vec<Printed>> {
    let printed = papers::print_with(&*at.desk.office()?, ask, at.work)?;
    let keep = |file| at.desk.shelf.keep(file);
    Ok(printed.into_iter().map(keep).collect())
}

/// A kept paper once more, marked as a reprint.
pub(super) fn reprint_paper(at: &At<'_>, ask: &PaperRef) -> Outcome<PrintedFiles> {
    let file = papers::reprint(&*at.desk.office()?, ask)?;
    Ok(PrintedFiles {
        files: vec![at.desk.shelf.keep(file)],
    })
}

/// Name and bytes of a printed file, or of a kept paper.
pub(super) fn written(at: &At<'_>, id: &str) -> Outcome<(String, Vec<u8>)> {
    let on_shelf = {
        let shelf = &at.desk.shelf.printed;
        let shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let found = shelf.iter().find(|on| on.id == id);
        found.map(|on| (on.name.clone(), on.pdf.clone()))
    };
    match on_shelf {
        Some((name, Pdf::Here(pdf))) => Ok((name, pdf.to_vec())),
        Some((name, Pdf::Kept(sha256))) => {
            let pdf = files::named_file(&*at.desk.office()?, &sha256, &name)?;
            Ok((name, pdf))
        }
        None => kept_paper(at, id),
    }
}

fn kept_paper(at: &At<'_>, number: &str) -> Outcome<(String, Vec<u8>)> {
    let office = at.desk.office()?;
    let paper = refer::record(&office.reader()?, office.spec("paper")?, number)?;
    let text = |f: &str| paper.values.text(f).unwrap_or_default().to_owned();
    let name = format!("{}-{}.pdf", text(field::PAPER_NUMBER), text(field::TITLE));
    let pdf = files::named_file(&office, &text(field::FILE), &name)?;
    Ok((name, pdf))
}

/// Writes printed files to a place that the clerk chooses: one under a name, several into a
/// folder where nothing is replaced.
pub(super) fn save_printed(at: &At<'_>, ask: &PrintedRefs) -> Outcome<Option<Saved>> {
    let host = &at.desk.host;
    if let [one] = ask.printed.as_slice() {
        let (name, pdf) = written(at, one)?;
        let place = host.save_place(&SavePlace {
            title: words::say("dialog.save_paper", &Facts::new()),
            name: files::file_name(&name),
            ending: "pdf".to_owned(),
            folder: None,
        });
        let Some(place) = place else { return Ok(None) };
        files::save_as(&place, &pdf, true)?;
        return at.desk.tokens.saved(&place, None).map(Some);
    }
    let title = words::say("dialog.save_papers", &Facts::new());
    let Some(folder) = host.pick_folder(&title) else {
        return Ok(None);
    };
    files::check_place(&folder, false)?;
    at.work.phase("save", ask.printed.len());
    for (done, id) in ask.printed.iter().enumerate() {
        at.work.go_on()?;
        at.work.done(done);
        let (name, pdf) = written(at, id)?;
        save_beside(&folder, &files::file_name(&name), &pdf)?;
    }
    let rows = u64::try_from(ask.printed.len()).ok();
    at.desk.tokens.saved(&folder, rows).map(Some)
}

/// Writes a file into a folder, under the next free name when there is one of that name.
pub(super) fn save_beside(folder: &Path, name: &str, bytes: &[u8]) -> Outcome<()> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pdf"));
    let mut place = folder.join(name);
    for number in 2.. {
        if !place.exists() {
            break;
        }
        place = folder.join(format!("{stem}({number}).{ending}"));
    }
    files::save_as(&place, bytes, false)
}

/// Hands printed files to the system to print.
pub(super) fn send_to_printer(at: &At<'_>, ask: &PrintedRefs) -> Outcome<Nothing> {
    at.work.phase("send", ask.printed.len());
    for (done, id) in ask.printed.iter().enumerate() {
        at.work.go_on()?;
        at.work.done(done);
        hand_over(at, id)?;
    }
    Ok(Nothing {})
}

/// Hands one printed file to the system.
pub(super) fn hand_over(at: &At<'_>, id: &str) -> Outcome<()> {
    let (name, pdf) = written(at, id)?;
    let path = at.desk.outgoing(&name, &pdf)?;
    let sent = at.desk.host.print_file(&path);
    sent.map_err(|_| CommandError::refused("no_printer", [("name", name)]))
}

/// Takes the scan of a signed sheet back. Nothing when the dialog was cancelled.
pub(super) fn return_scan(at: &At<'_>, ask: &ReturnScan) -> Outcome<Option<RecordView>> {
    let path = match &ask.token {
        Some(token) => Some(at.desk.tokens.path(token, Use::Read)?),
        None => {
            let picked = at.desk.host.pick_files(&PickFiles {
                title: words::say("dialog.pick_scan", &Facts::new()),
                kind: words::say("dialog.scan_files", &Facts::new()),
                endings: ["pdf", "jpg", "jpeg", "png"].map(str::to_owned).to_vec(),
                many: false,
            });
            picked.into_iter().next()
        }
    };
    let Some(path) = path else { return Ok(None) };
    let office = at.desk.office()?;
    // The number first, so that no file is taken in for a paper that is not there.
    refer::record(&office.reader()?, office.spec("paper")?, &ask.paper)?;
    let taken = files::take_file(&office, &path)?;
    let returned = PaperReturned {
        paper: ask.paper.clone(),
        scan: Some(taken.file),
        not_needed: false,
    };
    papers::paper_returned(&office, &returned).map(Some)
}

/// The PDF of a preview.
pub(super) fn preview_pdf(at: &At<'_>, ask: &PreviewRef) -> Outcome<Vec<u8>> {
    let previews = &at.desk.shelf.previews;
    let previews = previews.lock().unwrap_or_else(PoisonError::into_inner);
    let found = previews.iter().find(|(id, _)| *id == ask.preview);
    found
        .map(|(_, pdf)| pdf.to_vec())
        .ok_or_else(|| CommandError::refused("preview_gone", []))
}

/// The PDF of a printed file.
pub(super) fn printed_pdf(at: &At<'_>, ask: &PrintedRef) -> Outcome<Vec<u8>> {
    Ok(written(at, &ask.printed)?.1)
}

/// The PDF of a kept paper.
pub(super) fn paper_pdf(at: &At<'_>, ask: &PaperRef) -> Outcome<Vec<u8>> {
    Ok(kept_paper(at, &ask.paper)?.1)
}

/// The scan of a signed sheet that came back.
pub(super) fn returned_scan(at: &At<'_>, ask: &PaperRef) -> Outcome<Vec<u8>> {
    let office = at.desk.office()?;
    let paper = refer::record(&office.reader()?, office.spec("paper")?, &ask.paper)?;
    match paper.values.text(field::RETURNED_FILE) {
        Some(sha256) => files::named_file(&office, sha256, &ask.paper),
        None => Err(CommandError::refused(
            "no_scan",
            [("paper", ask.paper.clone())],
        )),
    }
}
