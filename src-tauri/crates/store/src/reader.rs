//! Read handles: a connection of their own each, so that reading never waits for writing.

use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::read::{Read, Source};
use crate::store::{Store, held};

/// Readers kept ready; more are opened when needed and closed afterwards.
const READERS: usize = 4;

/// A read-only handle on one state of the office: the state at its first read. Keep it short, for
/// a long one holds up the folding of the log into the file.
pub struct Reader<'s> {
    store: &'s Store,
    conn: Option<Connection>,
}

impl Read for Reader<'_> {
    fn source(&self) -> Source<'_> {
        let conn = self
            .conn
            .as_ref()
            .expect("BUG: the connection leaves only on drop");
        Source {
            conn,
            shared: &self.store.shared,
        }
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        if conn.execute_batch("ROLLBACK").is_ok() {
            let mut ready = held(&self.store.readers);
            if ready.len() < READERS {
                ready.push(conn);
            }
        }
    }
}

impl<'s> Reader<'s> {
    /// Begins to read on this connection.
    pub(crate) fn new(store: &'s Store, conn: Connection) -> Result<Self> {
        conn.execute_batch("BEGIN")
            .map_err(|f| Error::sqlite(store.database(), f))?;
        Ok(Self {
            store,
            conn: Some(conn),
        })
    }
}
