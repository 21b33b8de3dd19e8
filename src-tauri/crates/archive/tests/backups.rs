//! Claims about the backup folder. The "database" here is a text file of rows, its digest the hash
//! of its lines: what matters is that the folder believes the callback and nothing else.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use archive::backups::{Backup, BackupFolder, BackupName, Contents, Damage};
use archive::keep::Reason;
use archive::{ArchiveError, Sha256};
use domain::time::{Moment, parse_moment};
use proptest::prelude::*;

fn at(text: &str) -> Moment {
    parse_moment(text).unwrap()
}

fn contents_of(text: &str) -> Contents {
    Contents {
        digest: Sha256::of(text.as_bytes()).to_string(),
        counts: BTreeMap::from([("complaint".to_owned(), text.lines().count() as u64)]),
    }
}

fn count(path: &Path) -> Result<Contents, Box<dyn Error + Send + Sync>> {
    Ok(contents_of(&fs::read_to_string(path)?))
}

fn take(folder: &BackupFolder, text: &str, now: Moment) -> Result<Backup, ArchiveError> {
    let pending = folder.begin(Reason::Scheduled, now)?;
    fs::write(&pending.part, text).unwrap();
    folder.finish(&pending, &contents_of(text), &mut count)
}

#[test]
fn a_backup_is_taken_listed_and_verified() {
    let place = tempfile::tempdir().unwrap();
    let folder = BackupFolder::new(place.path().join("backups"));
    assert_eq!(folder.list().unwrap().backups, []);
    let taken = take(&folder, "a\nb\n", at("2026-11-21T09:00")).unwrap();
    assert_eq!(
        taken.path.file_name().unwrap(),
        "000001-20261121T010000Z.db"
    );
    let listing = folder.list().unwrap();
    assert_eq!(listing.backups, std::slice::from_ref(&taken));
    assert_eq!(listing.damaged, []);
    assert_eq!(taken.verify(&mut count).unwrap().backup(), &taken);
}

#[test]
fn the_number_goes_up_though_the_clock_goes_back() {
    let place = tempfile::tempdir().unwrap();
    let folder = BackupFolder::new(place.path());
    take(&folder, "a", at("2036-11-21T09:00")).unwrap();
    let second = take(&folder, "b", at("2026-11-21T09:00")).unwrap();
    assert_eq!(second.name.sequence, 2);
    assert_eq!(
        folder.list().unwrap().backups[0],
        second,
        "newest first is by number"
    );
}

#[test]
fn an_empty_copy_of_a_full_database_is_not_taken() {
    let place = tempfile::tempdir().unwrap();
    let folder = BackupFolder::new(place.path());
    let pending = folder.begin(Reason::Asked, at("2026-11-21T09:00")).unwrap();
    fs::write(&pending.part, "").unwrap();
    let refused = folder
        .finish(&pending, &contents_of("a\nb\n"), &mut count)
        .unwrap_err();
    assert_eq!(refused.code(), "bad_snapshot");
    assert!(
        refused.to_string().contains("complaint: 2 rows"),
        "{refused}"
    );
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_backup_cut_short_before_its_sidecar_is_never_listed_as_good() {
    let place = tempfile::tempdir().unwrap();
    let folder = BackupFolder::new(place.path());
    let taken = take(&folder, "a", at("2026-11-21T09:00")).unwrap();
    fs::remove_file(taken.path.with_extension("json")).unwrap();
    let listing = folder.list().unwrap();
    assert_eq!(listing.backups, []);
    assert_eq!(listing.damaged[0].damage, Damage::NeverFinished);
}

#[test]
fn every_kind_of_damage_is_told() {
    type Spoil = fn(&Backup);
    let spoil: [(Spoil, Damage); 4] = [
        (
            |backup| fs::remove_file(&backup.path).unwrap(),
            Damage::FileMissing,
        ),
        (
            |backup| fs::write(&backup.path, "a\nb").unwrap(),
            Damage::OtherLength,
        ),
        (
            |backup| fs::write(backup.path.with_extension("json"), "{}").unwrap(),
            Damage::BadSidecar,
        ),
        (
            |backup| {
                let sidecar = backup.path.with_extension("json");
                let text = fs::read_to_string(&sidecar).unwrap();
                fs::write(&sidecar, text.replace("\"sequence\": 1", "\"sequence\": 2")).unwrap();
            },
            Damage::BadSidecar,
        ),
    ];
    for (spoil, damage) in spoil {
        let place = tempfile::tempdir().unwrap();
        let folder = BackupFolder::new(place.path());
        spoil(&take(&folder, "a\nb\n", at("2026-11-21T09:00")).unwrap());
        let listing = folder.list().unwrap();
        assert_eq!(listing.backups, [], "{damage:?}");
        assert_eq!(listing.damaged[0].damage, damage);
    }
}

#[test]
fn a_sound_file_with_other_rows_is_found_by_the_digest() {
    let place = tempfile::tempdir().unwrap();
    let folder = BackupFolder::new(place.path());
    let taken = take(&folder, "a\nb\n", at("2026-11-21T09:00")).unwrap();
    let mut empty = |_: &Path| Ok(contents_of(""));
    assert_eq!(taken.verify(&mut empty), Err(Damage::OtherContents));
    let mut broken = |_: &Path| Err("file is not a database".into());
    assert!(matches!(
        taken.verify(&mut broken),
        Err(Damage::Unreadable(_))
    ));
}

#[test]
fn thinning_removes_files_and_sidecars_and_clears_its_own_rests() {
    let place = tempfile::tempdir().unwrap();
    let folder = BackupFolder::new(place.path());
    for hour in 0..14 {
        take(&folder, "a", at(&format!("2026-10-01T{hour:02}:00"))).unwrap();
    }
    let now = at("2026-11-21T09:00");
    // Ten newest stay; of the other four the newest stands for its day.
    assert_eq!(folder.thin(now).unwrap(), [1, 2, 3]);
    let listing = folder.list().unwrap();
    assert_eq!((listing.backups.len(), listing.damaged.len()), (11, 0));
    fs::remove_file(&listing.backups[0].path).unwrap();
    folder.thin(now).unwrap();
    assert_eq!(folder.list().unwrap().damaged, []);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 20);
}

#[test]
fn other_files_in_the_folder_are_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let folder = BackupFolder::new(place.path());
    for name in [
        "读我.txt",
        "1-20261121T010000Z.db",
        "000001-20261121T010000Z.db.part",
        "000001-2026.db",
    ] {
        fs::write(place.path().join(name), "x").unwrap();
    }
    let listing = folder.list().unwrap();
    assert_eq!((listing.backups.len(), listing.damaged.len()), (0, 0));
    folder.thin(at("2026-11-21T09:00")).unwrap();
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 4);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_name_is_read_back_as_it_was_written(sequence in 0_u64..10_000_000, second in 0_i64..4_000_000_000) {
        let made_at = at("1990-01-01T00:00") + chrono::Duration::seconds(second);
        let name = BackupName { sequence, made_at };
        prop_assert_eq!(BackupName::parse(&name.file_name("db"), "db"), Some(name));
        prop_assert_eq!(BackupName::parse(&name.file_name("json"), "db"), None);
    }

    /// Any one bit of the file, and any cut, is found.
    #[test]
    fn a_flipped_bit_or_a_cut_is_never_verified(rows in "[a-z\n]{1,200}", at_bit in any::<prop::sample::Index>(), cut in any::<bool>()) {
        let place = tempfile::tempdir().unwrap();
        let folder = BackupFolder::new(place.path());
        let taken = take(&folder, &rows, at("2026-11-21T09:00")).unwrap();
        let mut bytes = fs::read(&taken.path).unwrap();
        if cut {
            bytes.truncate(at_bit.index(bytes.len()));
        } else {
            let bit = at_bit.index(bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        fs::write(&taken.path, bytes).unwrap();
        prop_assert!(taken.verify(&mut count).is_err());
        prop_assert!(!cut || folder.list().unwrap().backups.is_empty());
    }
}
