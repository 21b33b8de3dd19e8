//! Attachments in and out: from files that were picked or dropped, to the system's viewer, to a
//! place that the clerk chooses, and small on the screen.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::tokens::Use;
use super::{At, PickFiles, SavePlace, Saved};
use crate::error::{CommandError, Outcome};
use crate::files::{self, Kept};
use crate::records::RecordRef;
use crate::table::Nothing;
use crate::view::RecordView;
use crate::words::{self, Facts};

/// The longest edge of a small picture.
const MOST_EDGE: u32 = 512;
/// Small pictures that are remembered.
const REMEMBERED: usize = 256;

/// What the system's viewer may be given. Everything else could be a program.
const VIEWED: [&str; 25] = [
    "jpg", "jpeg", "png", "gif", "bmp", "webp", "heic", "tif", "tiff", "pdf", "ofd", "txt", "csv",
    "doc", "docx", "xls", "xlsx", "wps", "et", "mp3", "wav", "m4a", "amr", "mp4", "mov",
];

/// Hangs files on a record.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct AttachFiles {
    /// Register id or Chinese name.
    pub register: String,
    /// Which record.
    pub record: String,
    /// Files that were dropped; missing means that a dialog asks.
    #[serde(default)]
    pub tokens: Option<Vec<String>>,
}

/// Names an attachment.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct AttachmentRef {
    /// Its identifier.
    pub attachment: String,
}

/// Asks for a small picture.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Thumbnail {
    /// The attachment's identifier.
    pub attachment: String,
    /// The longest edge in points.
    pub edge: u32,
}

/// Hangs files on a record: all in one act, or none. Empty when the dialog was cancelled.
pub(super) fn attach_files(at: &At<'_>, ask: &AttachFiles) -> Outcome<Vec<RecordView>> {
    let paths: Vec<PathBuf> = match &ask.tokens {
        Some(tokens) => {
            let path = |token: &String| at.desk.tokens.path(token, Use::Read);
            tokens.iter().map(path).collect::<Outcome<_>>()?
        }
        None => at.desk.host.pick_files(&PickFiles {
            title: words::say("dialog.attach", &Facts::new()),
            kind: String::new(),
            endings: Vec::new(),
            many: true,
        }),
    };
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let named = RecordRef {
        register: ask.register.clone(),
        record: ask.record.clone(),
        unmask: false,
    };
    files::attach(&*at.desk.office()?, &named, &paths, at.work)
}

/// Writes an attachment to a place that the clerk chooses.
pub(super) fn save_attachment(at: &At<'_>, ask: &AttachmentRef) -> Outcome<Option<Saved>> {
    let (kept, bytes) = whole(at, &ask.attachment)?;
    let ending = kept.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let place = at.desk.host.save_place(&SavePlace {
        title: words::say("dialog.save_attachment", &Facts::new()),
        name: named(&kept.name),
        ending: ending.to_owned(),
        folder: None,
    });
    let Some(place) = place else { return Ok(None) };
    files::save_as(&place, &bytes, true)?;
    at.desk.tokens.saved(&place, None).map(Some)
}

/// Opens a copy of an attachment with the program that the system has for it.
pub(super) fn open_attachment(at: &At<'_>, ask: &AttachmentRef) -> Outcome<Nothing> {
    let (kept, bytes) = whole(at, &ask.attachment)?;
    let ending = kept.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if !VIEWED.contains(&ending.to_ascii_lowercase().as_str()) {
        return Err(CommandError::refused(
            "not_viewed",
            [("name", kept.name.clone())],
        ));
    }
    let path = at.desk.outgoing(&kept.name, &bytes)?;
    let opened = at.desk.host.open_file(&path);
    opened.map_err(|_| CommandError::refused("no_viewer", [("name", kept.name.clone())]))?;
    Ok(Nothing {})
}

/// A name that any file system takes, with the ending it had.
pub(super) fn named(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) => archive::file_name_from(stem, ending),
        None => name.to_owned(),
    }
}

/// The bytes of an attachment.
pub(super) fn attachment_file(at: &At<'_>, ask: &AttachmentRef) -> Outcome<Vec<u8>> {
    Ok(whole(at, &ask.attachment)?.1)
}

fn whole(at: &At<'_>, attachment: &str) -> Outcome<(Kept, Vec<u8>)> {
    let office = at.desk.office()?;
    let kept = files::kept(&office, attachment)?;
    let bytes = kept.bytes(&office)?;
    Ok((kept, bytes))
}

type Small = (String, u32, Arc<Vec<u8>>);

/// Small pictures that were made already.
#[derive(Default)]
pub(super) struct Smalls(Mutex<VecDeque<Small>>);

impl Smalls {
    fn known(&self, sha256: &str, edge: u32) -> Option<Arc<Vec<u8>>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fitting = known.iter().filter(|(s, e, _)| s == sha256 && *e == edge);
        fitting.next().map(|(_, _, jpeg)| Arc::clone(jpeg))
    }

    fn keep(&self, small: Small) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.push_back(small);
        if known.len() > REMEMBERED {
            known.pop_front();
        }
    }
}

/// A picture, upright and small, as JPEG.
pub(super) fn thumbnail(at: &At<'_>, ask: &Thumbnail) -> Outcome<Vec<u8>> {
    let edge = ask.edge.clamp(16, MOST_EDGE);
    let office = at.desk.office()?;
    let kept = files::kept(&office, &ask.attachment)?;
    if let Some(jpeg) = at.desk.smalls.known(&kept.sha256, edge) {
        return Ok(jpeg.to_vec());
    }
    let jpeg = print::thumbnail(&kept.bytes(&office)?, edge)?;
    let small = (kept.sha256, edge, Arc::new(jpeg.clone()));
    at.desk.smalls.keep(small);
    Ok(jpeg)
}
