//! A backup that is killed while it is made is never listed as one.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use store::Snapshot;
use tests::cli::Cli;
use tests::demo;
use tests::office::Office;
use tests::rounds;

use super::Dice;

/// Kills of the reliability table.
const KILLS: usize = 300;

/// Lets a backup run until its folder was looked at so many times, then kills it; gives how often
/// the folder could be looked at, when it came to its end first.
fn backup_for(cli: &Cli, folder: &Path, looks: u64) -> Option<u64> {
    let mut child = cli
        .command(&["backup"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    for look in 0..looks {
        // Looking takes long enough to be the clock of this loop.
        let _ = fs::read_dir(folder).map(Iterator::count);
        if child.try_wait().expect("its state").is_some() {
            return Some(look);
        }
    }
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    None
}

#[test]
fn a_killed_backup_is_never_listed_and_the_listed_ones_are_equal() {
    let (_home, dir) = demo::copy();
    let cli = Cli::on(&dir);
    let folder = dir.join("backups");
    let whole = backup_for(&cli, &folder, u64::MAX).expect("it came to its end");
    let source = {
        let office = Office::open(&dir).expect("it opens");
        let source = office.ctx().store.logical_digest().expect("a digest");
        drop(office.closed());
        source
    };
    let mut dice = Dice(3);
    let mut killed = 0;
    for _ in 0..rounds(KILLS) {
        let looks = 1 + dice.below(whole);
        killed += usize::from(backup_for(&cli, &folder, looks).is_none());
    }
    assert!(
        killed > 0,
        "every backup came to its end, so nothing was tested"
    );
    let listed = cli.json(&["restore"]);
    let listed = listed.as_array().expect("a list");
    assert!(!listed.is_empty(), "the whole one is listed");
    for backup in listed {
        let name = backup["name"].as_str().expect("a name");
        let read = Snapshot::read(&folder.join(name)).expect("it is a database");
        assert_eq!((read.digest, read.counts), source, "{name}");
    }
    cli.must(&["check"]);
    cli.must(&["backup"]);
}
