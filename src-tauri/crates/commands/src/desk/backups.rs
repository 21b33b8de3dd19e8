//! Backups for the clerk: put one back, take one along, and see what there is when the office
//! itself cannot be opened.

use super::session::replace_by_backup;
use super::{At, SavePlace, Saved, Status};
use crate::error::Outcome;
use crate::table::Nothing;
use crate::upkeep::{self, BackupRef, BackupView};
use crate::words::{self, Facts};

/// Puts a backup in the place of the present state, which is kept as a backup itself.
pub(super) fn restore_backup(at: &At<'_>, ask: &BackupRef) -> Outcome<Status> {
    at.work.phase("restore", 0);
    replace_by_backup(at, ask)
}

/// The backups of the folder, also when the office in it cannot be opened.
pub(super) fn backups_here(at: &At<'_>, _: &Nothing) -> Outcome<Vec<BackupView>> {
    upkeep::backups_in(&at.desk.office_folder())
}

/// Copies a backup, verified, to a place that the clerk chooses.
pub(super) fn save_backup_as(at: &At<'_>, ask: &BackupRef) -> Outcome<Option<Saved>> {
    let folder = at.desk.office_folder();
    let backup = upkeep::verified(&folder, ask)?;
    let place = at.desk.host.save_place(&SavePlace {
        title: words::say("dialog.save_backup", &Facts::new()),
        name: ask.name.clone(),
        ending: "db".to_owned(),
        // Usually it goes on a stick: the dialog begins on one that holds it.
        folder: at
            .desk
            .host
            .drives()
            .into_iter()
            .find(|drive| drive.free > backup.sidecar.bytes)
            .map(|drive| drive.path),
    });
    let Some(place) = place else { return Ok(None) };
    at.work.phase("copy_backup", 0);
    upkeep::copy(&backup, &place)?;
    at.desk.tokens.saved(&place, None).map(Some)
}
