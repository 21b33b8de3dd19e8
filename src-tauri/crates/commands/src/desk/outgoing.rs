//! Files on their way to the system's viewer or printer. They are copies with personal data in
//! them: they lie beside the office, and the next start takes them away.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::Inner;
use super::attach::named;
use crate::error::Outcome;
use crate::files;

impl Inner {
    /// Writes a copy for others to read, under its own name in a folder of its own.
    pub(super) fn outgoing(&self, name: &str, bytes: &[u8]) -> Outcome<PathBuf> {
        let number = self.last.fetch_add(1, Ordering::Relaxed);
        let folder = self.place.outgoing.join(number.to_string());
        fs::create_dir_all(&folder).map_err(|fault| files::io(&folder, &fault))?;
        let path = folder.join(named(name));
        files::save_as(&path, bytes, true)?;
        Ok(path)
    }

    /// Takes away what the last session left; what a viewer still holds stays.
    pub(super) fn clear_outgoing(&self) {
        let kept = match fs::remove_dir_all(&self.place.outgoing) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => fault,
            _ => return,
        };
        tracing::warn!(kind = ?kept.kind(), "copies left");
    }
}
