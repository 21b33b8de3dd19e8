//! Logs in the home: ids, counts and durations, never a value or a name. One file of about a
//! megabyte and the one before it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tracing_subscriber::fmt::MakeWriter;

/// Larger than this a file is begun anew; what was in it is kept once as `….1`.
const MOST_BYTES: u64 = 1_000_000;
const NAME: &str = "desk.log";

/// Set to anything, every command is noted with how long it took.
const CLOSELY: &str = "TAIZHANG_LOG";

/// Writes to `folder` from now on. Without a folder that can be written there is no log.
pub(crate) fn begin(folder: &Path) {
    let Ok(file) = Rolling::open(folder) else {
        return;
    };
    let level = match std::env::var_os(CLOSELY) {
        Some(_) => tracing::Level::DEBUG,
        None => tracing::Level::INFO,
    };
    let log = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_writer(file)
        .finish();
    // Fails only when there is one already.
    let _ = tracing::subscriber::set_global_default(log);
}

/// The place and kind of a panic, without its words: they may hold a value.
pub(crate) fn panicked(info: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("-");
    match info.location() {
        Some(at) => tracing::error!(file = at.file(), line = at.line(), thread, "panic"),
        None => tracing::error!(thread, "panic"),
    }
}

/// A file that is set aside when it has grown.
struct Rolling {
    path: PathBuf,
    open: Mutex<(File, u64)>,
}

impl Rolling {
    fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join(NAME);
        let open = Mutex::new(append(&path)?);
        Ok(Self { path, open })
    }
}

fn append(path: &Path) -> io::Result<(File, u64)> {
    let file = File::options().create(true).append(true).open(path)?;
    let length = file.metadata()?.len();
    Ok((file, length))
}

impl<'a> MakeWriter<'a> for Rolling {
    type Writer = &'a Self;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

impl Write for &Rolling {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.1 >= MOST_BYTES {
            let aside = self.path.with_extension("log.1");
            // Kept where it is, it only grows on.
            let _ = fs::rename(&self.path, &aside);
            *open = append(&self.path)?;
        }
        open.0.write_all(line)?;
        open.1 += u64::try_from(line.len()).unwrap_or(0);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grown_file_is_set_aside_once() {
        let folder = tempfile::tempdir().unwrap();
        let log = Rolling::open(folder.path()).unwrap();
        let line = vec![b'a'; 300_000];
        for _ in 0..9 {
            (&log).write_all(&line).unwrap();
        }
        let size = |name: &str| fs::metadata(folder.path().join(name)).unwrap().len();
        assert_eq!(size(NAME), 300_000);
        assert_eq!(size("desk.log.1"), 1_200_000);
    }
}
