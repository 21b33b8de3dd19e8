//! Attachments, and writing a file to a place that a person chose.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use archive::{ArchiveError, Existing, write_bytes};
use domain::field::attachment as field;
use domain::record::Record;
use domain::value::{Value, Values};
use serde::{Deserialize, Serialize};
use store::{ListQuery, OpKind, Read, Test};

use crate::context::Ctx;
use crate::error::{Code, CommandError, Outcome};
use crate::records::{RecordRef, shown};
use crate::refer;
use crate::told;
use crate::view::{RecordView, Viewer};
use crate::words;
use crate::work::Work;

/// Hangs a file that is already among the attachments on a record.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct AddAttachment {
    /// Register id or Chinese name.
    pub register: String,
    /// Which record.
    pub record: String,
    /// Hash of the file, as [`take_file`] answered.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its name as the person knows it.
    pub name: String,
    /// What it shows.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub note: String,
    /// `photo`, `scan`, `recording`, `file`; missing means by the name's ending.
    #[serde(default)]
    pub kind: Option<String>,
}

/// A file among the attachments.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TakenFile {
    /// Its hash.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
}

/// Copies a file of the computer into the attachments. The path comes from a dialog or an
/// argument, never from a page.
///
/// # Errors
/// When it cannot be read, or the disk is full.
pub fn take_file(ctx: &Ctx, path: &Path) -> Outcome<TakenFile> {
    let mut file = File::open(path).map_err(|source| io(path, &source))?;
    let kept = ctx.store.put_file(&mut file)?;
    Ok(TakenFile {
        file: kept.sha256,
        size: kept.size,
    })
}

/// Takes bytes into the attachments.
///
/// # Errors
/// When the disk is full.
pub fn take_bytes(ctx: &Ctx, bytes: &[u8]) -> Outcome<TakenFile> {
    let kept = ctx.store.put_file(&mut &bytes[..])?;
    Ok(TakenFile {
        file: kept.sha256,
        size: kept.size,
    })
}

/// Hangs a file on a record.
///
/// # Errors
/// When there is no such record or file.
pub fn add_attachment(ctx: &Ctx, ask: &AddAttachment) -> Outcome<RecordView> {
    let spec = ctx.register(&ask.register)?;
    let record = refer::record(&ctx.reader()?, spec, &ask.record)?;
    let values = attachment(ctx, &record, ask);
    let op = ctx.op(OpKind::Edit, "attach", [])?;
    let (uuid, _) = ctx.transact(op, |tx| Ok(tx.insert("attachment", &values)?.uuid))?;
    shown(ctx, ctx.spec("attachment")?, uuid)
}

fn attachment(ctx: &Ctx, record: &Record, ask: &AddAttachment) -> Values {
    let name = domain::text::clean(&ask.name, false).unwrap_or_else(|_| "附件".to_owned());
    let (media, kind) = media_of(&name);
    Values::new()
        .with(field::NAME, name)
        .with(field::FILE, ask.file.as_str())
        .with(field::SIZE, i64::try_from(ask.size).unwrap_or(i64::MAX))
        .with(field::MEDIA_TYPE, media)
        .with(field::KIND, ask.kind.as_deref().unwrap_or(kind))
        .with(field::REGISTER, record.register.as_str())
        .with(field::RECORD, record.uuid.to_string())
        .with(field::ADDED_AT, ctx.now())
        .with(field::NOTE, ask.note.trim())
}

/// Hangs files of the computer on a record: all of them in one act, or none.
pub(crate) fn attach(
    ctx: &Ctx,
    named: &RecordRef,
    paths: &[PathBuf],
    work: &Work,
) -> Outcome<Vec<RecordView>> {
    let spec = ctx.register(&named.register)?;
    let record = refer::record(&ctx.reader()?, spec, &named.record)?;
    work.phase("attach", paths.len());
    let mut rows = Vec::new();
    for (done, path) in paths.iter().enumerate() {
        work.go_on()?;
        work.done(done);
        let taken = take_file(ctx, path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ask = AddAttachment {
            register: named.register.clone(),
            record: named.record.clone(),
            file: taken.file,
            size: taken.size,
            name: name.into_owned(),
            note: String::new(),
            kind: None,
        };
        rows.push(attachment(ctx, &record, &ask));
    }
    let op = ctx.op(OpKind::Edit, "attach", [])?;
    let (made, _) = ctx.transact(op, |tx| {
        let made = rows
            .iter()
            .map(|row| Ok(tx.insert("attachment", row)?.uuid));
        made.collect::<Outcome<Vec<_>>>()
    })?;
    let spec = ctx.spec("attachment")?;
    made.iter().map(|uuid| shown(ctx, spec, *uuid)).collect()
}

/// A file that is kept.
pub(crate) struct Kept {
    pub(crate) name: String,
    pub(crate) sha256: String,
}

impl Kept {
    /// Its bytes, hashed again.
    pub(crate) fn bytes(&self, ctx: &Ctx) -> Outcome<Vec<u8>> {
        named_file(ctx, &self.sha256, &self.name)
    }
}

/// The bytes of a kept file, hashed again. One that is gone or spoilt is told by the name that the
/// clerk knows.
pub(crate) fn named_file(ctx: &Ctx, sha256: &str, name: &str) -> Outcome<Vec<u8>> {
    ctx.store.open_file(sha256).map_err(|fault| {
        let key = match &fault {
            store::Error::FileMissing { .. } => "failed.attachment_missing",
            store::Error::FileRot { .. } => "failed.attachment_damaged",
            _ => return fault.into(),
        };
        let facts = words::facts([("name", name.to_owned())]);
        CommandError::new(Code::Io, key, &facts)
    })
}

/// The file of an attachment.
pub(crate) fn kept(ctx: &Ctx, attachment: &str) -> Outcome<Kept> {
    let record = refer::record(&ctx.reader()?, ctx.spec("attachment")?, attachment)?;
    let text = |f: &str| record.values.text(f).unwrap_or_default().to_owned();
    Ok(Kept {
        name: text(field::NAME),
        sha256: text(field::FILE),
    })
}

/// The attachments of a record, the oldest first.
///
/// # Errors
/// When there is no such record.
pub fn attachments_of(ctx: &Ctx, ask: &RecordRef) -> Outcome<Vec<RecordView>> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let record = refer::record(&reader, spec, &ask.record)?;
    let query = ListQuery::of("attachment")
        .filter(
            field::RECORD,
            Test::Eq(Value::from(record.uuid.to_string())),
        )
        .sorted(field::ADDED_AT);
    let mut viewer = Viewer::new(ctx, &reader, !ask.unmask);
    reader
        .list(&query)?
        .iter()
        .map(|a| viewer.record(a))
        .collect()
}

/// Media type and kind by the ending of a name.
fn media_of(name: &str) -> (&'static str, &'static str) {
    let ending = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match ending.as_str() {
        "jpg" | "jpeg" => ("image/jpeg", "photo"),
        "png" => ("image/png", "photo"),
        "pdf" => ("application/pdf", "scan"),
        "mp3" => ("audio/mpeg", "recording"),
        "wav" => ("audio/wav", "recording"),
        "m4a" => ("audio/mp4", "recording"),
        _ => ("application/octet-stream", "file"),
    }
}

/// Writes bytes to a place: aside, read back, then under its name. An existing file is replaced
/// only when the person said so.
///
/// # Errors
/// When the place cannot be written, is full, or the file is already there.
pub fn save_as(path: &Path, bytes: &[u8], replace: bool) -> Outcome<()> {
    let existing = if replace {
        Existing::Replace
    } else {
        Existing::Refuse
    };
    write_bytes(path, existing, bytes)?;
    Ok(())
}

/// Refuses a place that cannot take a file, before anything is recorded: its folder is made when
/// it is missing, and must be writable.
///
/// # Errors
/// When the folder cannot be made or written.
pub fn check_place(path: &Path, is_file: bool) -> Outcome<()> {
    let folder = if is_file { path.parent() } else { Some(path) };
    let folder = folder
        .filter(|f| !f.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let at = |source| ArchiveError::from_io(folder, archive::Operation::Create, source);
    std::fs::create_dir_all(folder).map_err(at)?;
    let probe = folder.join(format!(".taizhang-{}", std::process::id()));
    File::create(&probe).map_err(at)?;
    std::fs::remove_file(&probe).map_err(at)?;
    Ok(())
}

/// A name that every file system of an office takes.
#[must_use]
pub fn file_name(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pdf"));
    archive::file_name_from(stem, ending)
}

pub(crate) fn io(path: &Path, source: &std::io::Error) -> CommandError {
    let facts = words::facts([
        ("path", path.display().to_string()),
        ("what", told::io(source)),
    ]);
    let (code, key) = match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (Code::DiskFull, "failed.disk_full"),
        ErrorKind::ReadOnlyFilesystem => (Code::ReadOnly, "failed.read_only_place"),
        _ => (Code::Io, "failed.io"),
    };
    CommandError::new(code, key, &facts)
}

impl From<ArchiveError> for CommandError {
    fn from(error: ArchiveError) -> Self {
        let at = |path: &Path| words::facts([("path", path.display().to_string())]);
        match &error {
            ArchiveError::DiskFull { path, .. } => {
                Self::new(Code::DiskFull, "failed.disk_full", &at(path))
            }
            ArchiveError::ReadOnly { path, .. } => {
                Self::new(Code::ReadOnly, "failed.read_only_place", &at(path))
            }
            ArchiveError::Exists { path } => Self::new(Code::Refused, "failed.exists", &at(path)),
            ArchiveError::TooLarge { path, .. } => io(path, &ErrorKind::FileTooLarge.into()),
            ArchiveError::Missing { path, .. } => io(path, &ErrorKind::NotFound.into()),
            ArchiveError::BadName { name, .. } => {
                io(Path::new(name), &ErrorKind::InvalidFilename.into())
            }
            ArchiveError::Busy { path } => Self::new(Code::InUse, "failed.file_busy", &at(path)),
            ArchiveError::Differs { path, .. } | ArchiveError::BadSnapshot { path, .. } => {
                Self::new(Code::Io, "failed.read_back", &at(path))
            }
            ArchiveError::Io { path, source, .. } => io(path, source),
        }
    }
}
