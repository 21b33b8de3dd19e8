//! Places that are small, full or closed: a file system of its own for one test.
//!
//! Mounting needs root. Without it the test says loudly that it did not run and passes; as root
//! it fails, because then the gate would claim what it did not test.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// True when the tests run as root.
#[must_use]
pub fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|o| o.stdout.trim_ascii() == b"0")
}

/// A small file system in memory, unmounted when it is dropped.
pub struct SmallDisk {
    home: TempDir,
}

impl SmallDisk {
    /// One of so many megabytes; `None`, with a loud word, where mounting is not allowed.
    ///
    /// # Panics
    /// As root, when it cannot be mounted.
    #[must_use]
    pub fn of_megabytes(size: u32) -> Option<Self> {
        let disk = Self {
            home: tempfile::tempdir().expect("a temporary folder"),
        };
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}m"), "tmpfs"])
            .arg(disk.path())
            .output();
        if mounted.as_ref().is_ok_and(|o| o.status.success()) {
            return Some(disk);
        }
        assert!(!is_root(), "root cannot mount a tmpfs: {mounted:?}");
        eprintln!("!!! NOT TESTED: mounting needs root, so there is no small disk here");
        None
    }

    /// Its root.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// Fills it to the last byte but so many, by a file that [`SmallDisk::free`] takes away.
    pub fn fill_but(&self, left: usize) {
        let mut ballast = File::options()
            .create(true)
            .append(true)
            .open(self.ballast())
            .expect("the ballast opens");
        for size in [65_536, 4_096, 512, 1] {
            while ballast.write_all(&vec![0; size]).is_ok() {}
        }
        let length = ballast.metadata().expect("the ballast is there").len();
        let kept = length.saturating_sub(left as u64);
        ballast.set_len(kept).expect("the ballast shrinks");
    }

    /// Takes the ballast away.
    pub fn free(&self) {
        fs::remove_file(self.ballast()).expect("there is ballast");
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    /// Closes it for writing, or opens it again.
    pub fn set_read_only(&self, closed: bool) {
        let mode = if closed { "remount,ro" } else { "remount,rw" };
        let done = Command::new("mount")
            .args(["-o", mode])
            .arg(self.path())
            .status();
        assert!(done.is_ok_and(|s| s.success()), "{mode} works for root");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, so that a failed test that still holds a file does not leave a mount behind.
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}
