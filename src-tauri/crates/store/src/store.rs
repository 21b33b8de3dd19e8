//! The store of one office: one writer, a few readers, and what may be asked of them.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use crate::check::{self, CheckReport};
use crate::drafts::{self, Draft};
use crate::env::{Env, Founder, Who};
use crate::erase::{self, EraseTarget};
use crate::error::{Error, Result};
use crate::files::{self, FileRef};
use crate::folder::Folder;
use crate::op::{Changes, Op, OpKind};
use crate::open::{self, Opening};
use crate::read::{Read as _, Source};
use crate::reader::Reader;
use crate::schema::Schema;
use crate::search::Registers;
use crate::snapshot::{self, Counts, Snapshot};
use crate::tx::Tx;
use crate::undo::{self, Target, Undone};
use crate::{connect, digest, preferences, search};

/// What every connection of a store shares.
pub(crate) struct Shared {
    pub(crate) env: Env,
    pub(crate) schema: Schema,
    pub(crate) folder: Folder,
    pub(crate) database: PathBuf,
    pub(crate) registers: Registers,
}

/// One office, open.
pub struct Store {
    pub(crate) shared: Shared,
    /// `None` on a place that cannot be written to.
    pub(crate) writer: Option<Mutex<Connection>>,
    pub(crate) readers: Mutex<Vec<Connection>>,
    pub(crate) opening: Opening,
    /// Held as long as the store is open; the system lets go of it however the process ends.
    pub(crate) _lock: Option<File>,
}

/// Locks, also after a panic of another holder: transactions are rolled back when they are
/// dropped, so the connection behind the lock is sound.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    /// Makes an office folder with the office's own record in it, and opens it.
    ///
    /// # Errors
    /// [`Error::OfficeExists`], [`Error::ReadOnly`], [`Error::DiskFull`].
    pub fn create(dir: &Path, env: Env, founder: &Founder) -> Result<Self> {
        crate::create::office(dir, env, founder)
    }

    /// Opens an office folder. After an unclean shutdown the file is checked first.
    ///
    /// # Errors
    /// [`Error::NoOffice`], [`Error::InUse`], [`Error::Empty`], [`Error::Truncated`],
    /// [`Error::Foreign`], [`Error::Newer`], [`Error::Damaged`], [`Error::Migration`],
    /// [`Error::ReadOnly`].
    pub fn open(dir: &Path, env: Env) -> Result<Self> {
        open::office(dir, env)
    }

    /// Opens an office folder in a place that cannot be written to, such as a locked stick. Every
    /// write is refused with [`Error::ReadOnly`]. No lock is taken, for none can be.
    ///
    /// # Errors
    /// As for [`Store::open`]; [`Error::Damaged`] when a log waits to be folded into the file.
    pub fn open_read_only(dir: &Path, env: Env) -> Result<Self> {
        open::read_only(dir, env)
    }

    /// Puts a verified copy in the place of the present database, under a new file name, so that
    /// it never meets the log of the old one; the old file stays. Then opens it.
    ///
    /// # Errors
    /// What [`Snapshot::read`] and [`Store::open`] say; [`Error::Snapshot`] when the file is not
    /// `expected`.
    pub fn restore(
        dir: &Path,
        env: Env,
        from: &Path,
        expected: Option<&Snapshot>,
        op: Op,
    ) -> Result<Self> {
        crate::create::restored(dir, env, from, expected, op)
    }

    /// How the last opening went.
    #[must_use]
    pub fn opening(&self) -> &Opening {
        &self.opening
    }

    /// A read handle on the present state.
    ///
    /// # Errors
    /// Those of opening a connection.
    pub fn reader(&self) -> Result<Reader<'_>> {
        let ready = held(&self.readers).pop();
        let conn = match ready {
            Some(conn) => conn,
            None => self.connect()?,
        };
        Reader::new(self, conn)
    }

    fn connect(&self) -> Result<Connection> {
        if self.writer.is_some() {
            connect::reader(&self.shared.database)
        } else {
            connect::immutable(&self.shared.database)
        }
    }

    /// The write connection, for as long as the guard lives.
    fn writer(&self) -> Result<MutexGuard<'_, Connection>> {
        let writer = self.writer.as_ref();
        writer.map(held).ok_or_else(|| Error::ReadOnly {
            path: self.shared.folder.root.clone(),
        })
    }

    /// Does one op: all of what `f` writes, or nothing. Durable when it returns. Ops wait for one
    /// another; `f` must not call `transact` itself.
    ///
    /// # Errors
    /// What `f` answers, or why the transaction could not be committed; then nothing is changed.
    pub fn transact<T, E: From<Error>>(
        &self,
        op: Op,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Changes), E> {
        let conn = self.writer()?;
        let at = |fault: Error| fault.at(&self.shared.database);
        let behaviour = TransactionBehavior::Immediate;
        let transaction = rusqlite::Transaction::new_unchecked(&conn, behaviour)
            .map_err(|f| Error::sqlite(&self.shared.database, f))?;
        let mut tx = Tx::new(&transaction, &self.shared, op);
        let answer = f(&mut tx)?;
        let changes = tx.finish().map_err(at)?;
        if changes.op.is_some() {
            transaction
                .commit()
                .map_err(|f| Error::sqlite(&self.shared.database, f))?;
        }
        Ok((answer, changes))
    }

    /// Takes the newest op back. Deadlines are not counted anew: see [`Store::take_back`].
    ///
    /// # Errors
    /// [`Error::Undo`] with the reason.
    pub fn undo(&self, who: &Who) -> Result<Undone> {
        self.take_back(who, Target::Last, |_, _| Ok(()))
    }

    /// Takes one op back.
    ///
    /// # Errors
    /// [`Error::Undo`] with the reason.
    pub fn undo_op(&self, who: &Who, op: i64) -> Result<Undone> {
        self.take_back(who, Target::Op(op), |_, _| Ok(()))
    }

    /// Takes the newest undo back.
    ///
    /// # Errors
    /// [`Error::Undo`] with the reason.
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
        let op = Op::new(OpKind::Undo, String::new(), who);
        let (mut undone, changes) = self.transact(op, |tx| {
            let undone = undo::run(tx, target)?;
            then(tx, &undone)?;
            Ok::<_, E>(undone)
        })?;
        undone.changes = changes;
        Ok(undone)
    }

    /// Writes a consistent copy to `target` (which must not exist) and proves it equal. Reading
    /// goes on meanwhile; writing too, unless somebody does write: then once more, with writers
    /// waiting.
    ///
    /// # Errors
    /// [`Error::Snapshot`] when the target exists or the copy differs; [`Error::DiskFull`].
    pub fn snapshot(&self, target: &Path) -> Result<Snapshot> {
        let at = |fault: Error| fault.at(&self.shared.database);
        let copier = self.connect()?;
        // VACUUM INTO writes only the target; SQLite counts it as a write all the same.
        copier
            .pragma_update(None, "query_only", false)
            .map_err(|f| at(f.into()))?;
        if let Some(snapshot) = snapshot::write_if_still(&copier, target).map_err(at)? {
            return Ok(snapshot);
        }
        let _quiet = self.writer()?;
        snapshot::write(&copier, target).map_err(at)
    }

    /// Checks everything that the store promises, attachments included.
    ///
    /// # Errors
    /// Only when the check itself cannot go on; what it finds is in the report.
    pub fn check(&self) -> Result<CheckReport> {
        let reader = self.reader()?;
        check::all(reader.source()).map_err(|f| f.at(&self.shared.database))
    }

    /// Logical digest and row counts of the present state.
    ///
    /// # Errors
    /// Those of reading.
    pub fn logical_digest(&self) -> Result<(String, Counts)> {
        let reader = self.reader()?;
        digest::logical(reader.source().conn)
    }

    /// Keeps a draft under its key. `saved_at` is set to now.
    ///
    /// # Errors
    /// Those of writing.
    pub fn save_draft(&self, draft: &Draft) -> Result<()> {
        let conn = self.writer()?;
        drafts::save(&conn, draft, &self.shared.env.clock.now())
            .map_err(|f| f.at(&self.shared.database))
    }

    /// The draft of this key.
    ///
    /// # Errors
    /// Those of reading.
    pub fn draft(&self, key: &str) -> Result<Option<Draft>> {
        drafts::one(self.reader()?.source().conn, key)
    }

    /// All drafts, the newest first.
    ///
    /// # Errors
    /// Those of reading.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        drafts::all(self.reader()?.source().conn)
    }

    /// Drops a draft; true when there was one.
    ///
    /// # Errors
    /// Those of writing.
    pub fn drop_draft(&self, key: &str) -> Result<bool> {
        let conn = self.writer()?;
        drafts::drop_one(&conn, key).map_err(|f| f.at(&self.shared.database))
    }

    /// Keeps how the office likes its window under a key; `null` drops it. Outside history and undo.
    ///
    /// # Errors
    /// Those of writing.
    pub fn save_preference(&self, key: &str, value: &serde_json::Value) -> Result<()> {
        let conn = self.writer()?;
        preferences::save(&conn, key, value).map_err(|f| f.at(&self.shared.database))
    }

    /// Takes a file into the attachments. Its row is written afterwards, so a crash leaves an
    /// orphan file and never a row without its file.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Io`], also when the source breaks off.
    pub fn put_file(&self, from: &mut dyn io::Read) -> Result<FileRef> {
        // Not for writing to the database, but a read-only office takes no files either.
        if self.writer.is_none() {
            return Err(Error::ReadOnly {
                path: self.shared.folder.root.clone(),
            });
        }
        let env = &self.shared.env;
        files::put(&self.shared.folder, env.ids.uuid(env.clock.now()), from)
    }

    /// The bytes of an attachment, hashed again.
    ///
    /// # Errors
    /// [`Error::FileMissing`], [`Error::FileRot`].
    pub fn open_file(&self, sha256: &str) -> Result<Vec<u8>> {
        files::read(&self.shared.folder, sha256)
    }

    /// Where an attachment lies.
    #[must_use]
    pub fn file_path(&self, sha256: &str) -> PathBuf {
        self.shared.folder.file(sha256)
    }

    /// Erases values from records, history, search and drafts, and folds the log so that no copy
    /// of them stays in it. The chain stays whole. Older backups still hold them.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::UnknownField`].
    pub fn erase_values(&self, op: Op, targets: &[EraseTarget]) -> Result<Changes> {
        let ((), changes) = self.transact(op, |tx| erase::values(tx, targets))?;
        self.rest()?;
        Ok(changes)
    }

    /// Erases the personal data of a person and of every record that links to them.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn erase_person(&self, op: Op, person: Uuid) -> Result<Changes> {
        let targets = erase::of_person(self.reader()?.source(), person)?;
        self.erase_values(op, &targets)
    }

    /// What may be done when nobody works for two seconds, on lock and on suspend: the search
    /// index is brought up to date and the log folded into the file.
    ///
    /// # Errors
    /// Those of writing.
    pub fn rest(&self) -> Result<()> {
        let conn = self.writer()?;
        let quiet = || -> Result<()> {
            let behaviour = TransactionBehavior::Immediate;
            let transaction = rusqlite::Transaction::new_unchecked(&conn, behaviour)?;
            search::index::merge(&transaction)?;
            transaction.commit()?;
            connect::fold(&conn)
        };
        quiet().map_err(|f| f.at(&self.shared.database))
    }

    /// Makes the search index anew from the records: after a finding of the check, and by itself
    /// when the file is opened by a program with other search rules.
    ///
    /// # Errors
    /// Those of writing.
    pub fn rebuild_search(&self) -> Result<()> {
        let conn = self.writer()?;
        let rebuild = || -> Result<()> {
            let behaviour = TransactionBehavior::Immediate;
            let transaction = rusqlite::Transaction::new_unchecked(&conn, behaviour)?;
            search::index::rebuild(Source {
                conn: &transaction,
                shared: &self.shared,
            })?;
            transaction.commit()?;
            connect::fold(&conn)
        };
        rebuild().map_err(|f| f.at(&self.shared.database))
    }

    /// The office folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.shared.folder.root
    }

    /// The database file.
    #[must_use]
    pub fn database(&self) -> &Path {
        &self.shared.database
    }

    /// Where backups belong.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.shared.folder.backups()
    }

    /// The surroundings it was opened with.
    #[must_use]
    pub fn env(&self) -> &Env {
        &self.shared.env
    }

    /// Folds the log into the file and closes.
    ///
    /// # Errors
    /// Those of writing; the office is closed all the same.
    pub fn close(self) -> Result<()> {
        if self.writer.is_none() {
            return Ok(());
        }
        held(&self.readers).clear();
        self.rest()
    }
}
