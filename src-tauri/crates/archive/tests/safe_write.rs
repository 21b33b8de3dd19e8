//! Claims about writing files: nothing half under a final name, whatever goes wrong.
//!
//! A full disk and a read-only place are real ones, on a small file system in memory; where this
//! machine may not mount one, those two tests say so and pass.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use archive::safe_write::{adopt, provisional};
use archive::{ArchiveError, Existing, Sha256, safe_write, write_bytes};

/// One small disk at a time: a program started in another test holds, between its fork and its
/// start, the files that are open here, and so the room of a file that was removed.
static ONE: Mutex<()> = Mutex::new(());

/// A file system in memory, gone with the value.
struct SmallDisk {
    folder: tempfile::TempDir,
    _one: MutexGuard<'static, ()>,
}

impl SmallDisk {
    /// 4 MB; `None` where this machine does not let us mount.
    fn mount() -> Option<Self> {
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
            .arg(folder.path());
        if mount.output().is_ok_and(|answer| answer.status.success()) {
            return Some(Self { folder, _one: one });
        }
        println!("skipped: mounting a tmpfs needs root on Linux");
        None
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).output();
    }
}

fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn what_was_written_is_there_with_its_hash_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("投诉记录表.pdf");
    let written = write_bytes(&path, Existing::Refuse, b"abc").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"abc");
    assert_eq!((written.sha256, written.bytes), (Sha256::of(b"abc"), 3));
    assert_eq!(entries(folder.path()), ["投诉记录表.pdf"]);
}

#[test]
fn an_existing_file_is_kept_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    write_bytes(&path, Existing::Refuse, b"first").unwrap();
    let refused = write_bytes(&path, Existing::Refuse, b"second").unwrap_err();
    assert_eq!(refused.code(), "file_exists");
    assert_eq!(fs::read(&path).unwrap(), b"first");
    write_bytes(&path, Existing::Replace, b"second").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"second");
}

#[test]
fn a_writer_that_stops_half_way_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    write_bytes(&path, Existing::Refuse, b"first").unwrap();
    let fault = safe_write(&path, Existing::Replace, |out| {
        out.write_all(b"half")?;
        Err(io::Error::other("the record went away"))
    })
    .unwrap_err();
    assert_eq!(fault.code(), "file_fault");
    assert_eq!(fs::read(&path).unwrap(), b"first");
    assert_eq!(entries(folder.path()), ["a.txt"]);
}

#[test]
fn a_file_that_appears_while_writing_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let fault = safe_write(&path, Existing::Refuse, |out| {
        fs::write(&path, b"someone else's")?;
        out.write_all(b"ours")
    })
    .unwrap_err();
    assert_eq!(fault.code(), "file_exists");
    assert_eq!(fs::read(&path).unwrap(), b"someone else's");
    assert_eq!(entries(folder.path()), ["a.txt"]);
}

#[test]
fn two_writers_of_one_name_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    safe_write(&path, Existing::Refuse, |out| {
        out.write_all(b"one")?;
        let second = write_bytes(&path, Existing::Refuse, b"two").unwrap_err();
        assert_eq!(second.code(), "file_busy");
        out.write_all(b" whole")
    })
    .unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"one whole");
}

#[test]
fn the_rest_of_a_crash_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(provisional(&path), b"a long rest of an interrupted write").unwrap();
    write_bytes(&path, Existing::Refuse, b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(entries(folder.path()), ["a.txt"]);
}

#[test]
fn a_missing_folder_and_a_bad_name_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no such").join("a.txt");
    assert_eq!(
        write_bytes(&missing, Existing::Refuse, b"")
            .unwrap_err()
            .code(),
        "file_missing"
    );
    let device = folder.path().join("nul.pdf");
    assert_eq!(
        write_bytes(&device, Existing::Refuse, b"")
            .unwrap_err()
            .code(),
        "bad_file_name"
    );
    assert_eq!(entries(folder.path()), Vec::<String>::new());
}

#[test]
fn a_finished_part_is_adopted_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("000001.db");
    let part = provisional(&path);
    fs::write(&part, b"snapshot").unwrap();
    let written = adopt(&part, &path, Existing::Refuse).unwrap();
    assert_eq!(written.sha256, Sha256::of(b"snapshot"));
    assert_eq!(entries(folder.path()), ["000001.db"]);
}

#[test]
fn a_full_disk_is_named_and_leaves_nothing_behind() {
    let Some(disk) = SmallDisk::mount() else {
        return;
    };
    let path = disk.path().join("a.bin");
    write_bytes(&path, Existing::Refuse, b"kept").unwrap();
    let fault = write_bytes(&path, Existing::Replace, &vec![1; 5 << 20]).unwrap_err();
    assert!(
        matches!(&fault, ArchiveError::DiskFull { path: named, .. } if *named == path),
        "{fault:?}"
    );
    assert_eq!(fs::read(&path).unwrap(), b"kept");
    assert_eq!(entries(disk.path()), ["a.bin"]);
    // The room is free again: the next, smaller file goes in.
    write_bytes(
        &disk.path().join("b.bin"),
        Existing::Refuse,
        &vec![1; 3 << 20],
    )
    .unwrap();
}

#[test]
fn a_read_only_place_is_named() {
    let Some(disk) = SmallDisk::mount() else {
        return;
    };
    let path = disk.path().join("a.bin");
    write_bytes(&path, Existing::Refuse, b"kept").unwrap();
    let remounted = Command::new("mount")
        .args(["-o", "remount,ro"])
        .arg(disk.path())
        .output()
        .unwrap();
    assert!(remounted.status.success(), "{remounted:?}");
    let fault = write_bytes(&path, Existing::Replace, b"new").unwrap_err();
    assert!(matches!(fault, ArchiveError::ReadOnly { .. }), "{fault:?}");
    let mut kept = String::new();
    io::Read::read_to_string(&mut File::open(&path).unwrap(), &mut kept).unwrap();
    assert_eq!(kept, "kept");
}
