//! Keeping the data well: check, backup, restore.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use archive::backups::{Backup, BackupFolder, Contents};
use archive::keep::Reason;
use archive::{Existing, safe_write};
use domain::time::moment_text;
use serde::{Deserialize, Serialize};
use store::{Env, FindingKind, Op, OpKind, Snapshot, Store, Who};

use crate::context::{Ctx, Surroundings};
use crate::error::{CommandError, Outcome};
use crate::table::Nothing;
use crate::words;

/// What a check found.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CheckAnswer {
    /// Nothing harmful was found.
    pub good: bool,
    /// Findings in words.
    pub findings: Vec<CheckFinding>,
    /// Rows by table.
    pub counts: BTreeMap<String, u64>,
    /// Ops in the chain.
    pub ops: u64,
    /// Head of the chain.
    pub history_head: String,
    /// Attachments read.
    pub files: u64,
}

/// One finding of a check.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CheckFinding {
    /// Stable code.
    pub code: String,
    /// In words.
    pub message: String,
    /// Where: a table, an op, a hash; never a value.
    pub place: String,
    /// What was found, in the words of the checker: for support.
    pub detail: String,
}

/// Checks everything that the store promises.
///
/// # Errors
/// When the file cannot be read at all.
pub fn check(ctx: &Ctx, _: &Nothing) -> Outcome<CheckAnswer> {
    let report = ctx.store.check()?;
    Ok(CheckAnswer {
        good: report.is_good(),
        findings: report
            .findings
            .iter()
            .map(|f| {
                let code = code_of(f.kind);
                let facts = words::facts([("place", f.place.clone())]);
                CheckFinding {
                    code: code.to_owned(),
                    message: words::say(&format!("check.{code}"), &facts),
                    place: f.place.clone(),
                    detail: f.detail.clone(),
                }
            })
            .collect(),
        counts: report.counts,
        ops: report.ops,
        history_head: report.history_head,
        files: report.files,
    })
}

fn code_of(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Integrity => "integrity",
        FindingKind::ForeignKey => "foreign_key",
        FindingKind::Schema => "schema",
        FindingKind::Chain => "chain",
        FindingKind::HistoryValue => "history_value",
        FindingKind::RecordDrift => "record_drift",
        FindingKind::FileMissing => "file_missing",
        FindingKind::FileRot => "file_rot",
        FindingKind::FileOrphan => "file_orphan",
        FindingKind::SearchDrift => "search_drift",
        FindingKind::Number => "number",
    }
}

/// One backup.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct BackupView {
    /// File name.
    pub name: String,
    /// Running number; greater is newer.
    pub sequence: u64,
    /// When it was made.
    pub made_at: String,
    /// Length in bytes.
    pub bytes: u64,
    /// Records by register.
    pub counts: BTreeMap<String, u64>,
    /// Finished and of the right length.
    pub whole: bool,
}

/// Names a backup.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct BackupRef {
    /// File name.
    pub name: String,
}

fn folder(dir: &Path) -> BackupFolder {
    BackupFolder::new(dir.join("backups"))
}

/// Makes a backup, proves it equal, and thins the old ones.
///
/// # Errors
/// When the disk is full or the copy does not prove equal; then none is listed.
pub fn backup(ctx: &Ctx, _: &Nothing) -> Outcome<BackupView> {
    let folder = folder(ctx.store.folder());
    let pending = folder.begin(Reason::Asked, ctx.now())?;
    let taken = ctx.store.snapshot(&pending.part)?;
    let source = Contents {
        digest: taken.digest,
        counts: taken.counts,
    };
    let made = folder.finish(&pending, &source, &mut contents_of)?;
    folder.thin(ctx.now())?;
    Ok(view(&made, true))
}

/// What a database file holds.
fn contents_of(path: &Path) -> Result<Contents, Box<dyn std::error::Error + Send + Sync>> {
    let read = Snapshot::read(path)?;
    Ok(Contents {
        digest: read.digest,
        counts: read.counts,
    })
}

/// All backups, the newest first, with those that cannot be used.
///
/// # Errors
/// When the folder cannot be read.
pub fn backups(ctx: &Ctx, _: &Nothing) -> Outcome<Vec<BackupView>> {
    backups_in(ctx.store.folder())
}

/// All backups of an office's folder, the newest first, also when the office cannot be opened.
pub(crate) fn backups_in(dir: &Path) -> Outcome<Vec<BackupView>> {
    let listing = folder(dir).list()?;
    Ok(listing.backups.iter().map(|b| view(b, true)).collect())
}

/// A backup by its name, read whole and found equal to what was taken.
pub(crate) fn verified(dir: &Path, ask: &BackupRef) -> Outcome<Backup> {
    let listing = folder(dir).list()?;
    let named = |b: &&Backup| {
        b.path
            .file_name()
            .is_some_and(|n| n.to_string_lossy() == ask.name.trim())
    };
    let chosen = listing
        .backups
        .iter()
        .find(named)
        .ok_or_else(|| CommandError::not_found("备份", &ask.name))?;
    let verified = chosen
        .verify(&mut contents_of)
        .map_err(|_| CommandError::refused("backup_bad", [("name", ask.name.clone())]))?;
    Ok(verified.backup().clone())
}

/// Copies a backup to another place, read back there.
pub(crate) fn copy(backup: &Backup, place: &Path) -> Outcome<()> {
    safe_write(place, Existing::Replace, |out| {
        std::io::copy(&mut File::open(&backup.path)?, out).map(drop)
    })?;
    Ok(())
}

fn view(backup: &Backup, whole: bool) -> BackupView {
    BackupView {
        name: backup
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        sequence: backup.name.sequence,
        made_at: moment_text(&backup.name.made_at),
        bytes: backup.sidecar.bytes,
        counts: backup.sidecar.contents.counts.clone(),
        whole,
    }
}

/// Puts an older state back: the backup is verified, the present state is backed up, the restored
/// file gets a new name and the office opens on it. The context is used up.
///
/// # Errors
/// When the backup is not whole or not equal to what was taken; then nothing changed.
pub fn restore(ctx: Ctx, ask: &BackupRef) -> Outcome<BackupView> {
    let dir = ctx.store.folder().to_owned();
    let folder = folder(&dir);
    let chosen = verified(&dir, ask)?;
    let pending = folder.begin(Reason::BeforeRestore, ctx.now())?;
    let taken = ctx.store.snapshot(&pending.part)?;
    let source = Contents {
        digest: taken.digest,
        counts: taken.counts,
    };
    folder.finish(&pending, &source, &mut contents_of)?;
    let who = ctx.who()?;
    let env = ctx.store.env().clone();
    ctx.store.close()?;
    put_back(&dir, env, &chosen, &who)
}

/// Puts an older state in the place of one that cannot be opened; the file that is there stays.
///
/// # Errors
/// As [`restore`].
pub(crate) fn rescue(dir: &Path, around: &Surroundings, ask: &BackupRef) -> Outcome<BackupView> {
    let chosen = verified(dir, ask)?;
    let who = Who {
        operator: around.operator.clone().unwrap_or_default(),
        site: String::new(),
    };
    put_back(dir, around.env(), &chosen, &who)
}

fn put_back(dir: &Path, env: Env, chosen: &Backup, who: &Who) -> Outcome<BackupView> {
    let label = words::say("op.recover", &words::Facts::new());
    let op = Op::new(OpKind::Recover, label, who);
    Store::restore(dir, env, &chosen.path, None, op)?.close()?;
    Ok(view(chosen, true))
}
