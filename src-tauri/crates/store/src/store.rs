//! The store of one office: one writer, a few readers.

use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::check::CheckReport;
use crate::drafts::Draft;
use crate::env::{Env, Founder, Who};
use crate::erase::EraseTarget;
use crate::error::{Error, Result};
use crate::files::FileRef;
use crate::op::{Changes, Op};
use crate::read::{Read, Source};
use crate::snapshot::{Counts, Snapshot};
use crate::tx::Tx;
use crate::undo::{Target, Undone};

/// What every connection shares.
pub struct Shared {
    pub(crate) env: Env,
}

/// One office, open.
pub struct Store {
    shared: Shared,
}

/// A read-only handle on a state of the office. Keep it short: a long one holds up checkpoints.
pub struct Reader<'s> {
    shared: &'s Shared,
    life: PhantomData<&'s Store>,
}

impl Read for Reader<'_> {
    fn source(&self) -> Source<'_> {
        let _ = self.shared;
        unimplemented!()
    }
}

impl Store {
    /// Makes an office folder with the office's own record in it, and opens it.
    ///
    /// # Errors
    /// [`Error::OfficeExists`], [`Error::ReadOnly`], [`Error::DiskFull`].
    pub fn create(dir: &Path, env: Env, founder: &Founder) -> Result<Self> {
        let _ = (dir, env, founder);
        unimplemented!()
    }

    /// Opens an office folder.
    ///
    /// # Errors
    /// [`Error::NoOffice`], [`Error::InUse`], and the kinds of unusable file.
    pub fn open(dir: &Path, env: Env) -> Result<Self> {
        let _ = (dir, env);
        unimplemented!()
    }

    /// Opens an office folder in a place that cannot be written to. Every write is refused with
    /// [`Error::ReadOnly`].
    pub fn open_read_only(dir: &Path, env: Env) -> Result<Self> {
        let _ = (dir, env);
        unimplemented!()
    }

    /// A read handle on the present state.
    pub fn reader(&self) -> Result<Reader<'_>> {
        unimplemented!()
    }

    /// Does one op: all of what `f` writes, or nothing.
    ///
    /// # Errors
    /// What `f` answers, or why the transaction could not be committed.
    pub fn transact<T, E: From<Error>>(
        &self,
        op: Op,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Changes), E> {
        let _ = (op, f);
        unimplemented!()
    }

    /// Takes the newest op back. Deadlines are not counted anew: see [`Store::take_back`].
    pub fn undo(&self, who: &Who) -> Result<Undone> {
        self.take_back(who, Target::Last, |_, _| Ok(()))
    }

    /// Takes one op back.
    pub fn undo_op(&self, who: &Who, op: i64) -> Result<Undone> {
        self.take_back(who, Target::Op(op), |_, _| Ok(()))
    }

    /// Takes the newest undo back.
    pub fn redo(&self, who: &Who) -> Result<Undone> {
        self.take_back(who, Target::LastUndo, |_, _| Ok(()))
    }

    /// Takes an op back and lets the caller count deadlines anew in the same transaction.
    ///
    /// # Errors
    /// [`Error::Undo`] with the reason; what `then` answers.
    pub fn take_back<E: From<Error>>(
        &self,
        who: &Who,
        target: Target,
        then: impl FnOnce(&mut Tx<'_>, &Undone) -> Result<(), E>,
    ) -> Result<Undone, E> {
        let _ = (who, target, then);
        unimplemented!()
    }

    /// Writes a consistent copy to `target` (which must not exist) and proves it equal.
    pub fn snapshot(&self, target: &Path) -> Result<Snapshot> {
        let _ = target;
        unimplemented!()
    }

    /// Checks everything that the store promises.
    pub fn check(&self) -> Result<CheckReport> {
        unimplemented!()
    }

    /// Logical digest and row counts of the present state.
    pub fn logical_digest(&self) -> Result<(String, Counts)> {
        unimplemented!()
    }

    /// Keeps a draft under its key. `saved_at` is set to now.
    pub fn save_draft(&self, draft: &Draft) -> Result<()> {
        let _ = draft;
        unimplemented!()
    }

    /// The draft of this key.
    pub fn draft(&self, key: &str) -> Result<Option<Draft>> {
        let _ = key;
        unimplemented!()
    }

    /// All drafts, the newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        unimplemented!()
    }

    /// Drops a draft; true when there was one.
    pub fn drop_draft(&self, key: &str) -> Result<bool> {
        let _ = key;
        unimplemented!()
    }

    /// Takes a file into the attachments. Its row is written afterwards, so a crash leaves an
    /// orphan file and never a row without its file.
    pub fn put_file(&self, from: &mut dyn io::Read) -> Result<FileRef> {
        let _ = from;
        unimplemented!()
    }

    /// The bytes of an attachment, hashed again.
    pub fn open_file(&self, sha256: &str) -> Result<Vec<u8>> {
        let _ = sha256;
        unimplemented!()
    }

    /// Where an attachment lies.
    #[must_use]
    pub fn file_path(&self, sha256: &str) -> PathBuf {
        let _ = sha256;
        unimplemented!()
    }

    /// Erases values from records, history, search and drafts. The chain stays whole.
    pub fn erase_values(&self, op: Op, targets: &[EraseTarget]) -> Result<Changes> {
        let _ = (op, targets);
        unimplemented!()
    }

    /// Erases the personal data of a person and of every record that links to them.
    pub fn erase_person(&self, op: Op, person: Uuid) -> Result<Changes> {
        let _ = (op, person);
        unimplemented!()
    }

    /// What may be done when nobody works for two seconds, on lock and on suspend: the log is
    /// folded into the file, and the search index is tidied.
    pub fn rest(&self) -> Result<()> {
        unimplemented!()
    }

    /// The office folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        unimplemented!()
    }

    /// The surroundings it was opened with.
    #[must_use]
    pub fn env(&self) -> &Env {
        &self.shared.env
    }

    /// Folds the log into the file and closes.
    pub fn close(self) -> Result<()> {
        unimplemented!()
    }
}
