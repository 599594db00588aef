//! All or nothing: several writes that reach the disk together.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::{Store, StoreError};

impl Store {
    /// From now on nothing reaches the disk until [`Store::keep`]. `false` when that was so
    /// already: whoever began it ends it.
    pub fn begin(&mut self) -> Result<bool, StoreError> {
        if !self.connection.is_autocommit() {
            return Ok(false);
        }
        self.told(self.connection.execute_batch("BEGIN IMMEDIATE"))?;
        Ok(true)
    }

    /// What was written since [`Store::begin`] is on disk when this returns. After an error none
    /// of it is.
    pub fn keep(&mut self) -> Result<(), StoreError> {
        // A full or failing disk makes the database take everything back by itself.
        if self.connection.is_autocommit() {
            return Err(StoreError::TakenBack);
        }
        let kept = self.connection.execute_batch("COMMIT");
        let kept = self.told(kept);
        if kept.is_err() {
            self.undo();
        }
        kept
    }

    /// Takes back what was written since [`Store::begin`].
    pub fn undo(&mut self) {
        if !self.connection.is_autocommit() {
            // Where even this fails the database is closed with the sitting, and what was not
            // committed is not there when it is opened again.
            let _ = self.connection.execute_batch("ROLLBACK");
            // A life that began in it has not begun.
            if let Ok(origin) = self.origin_now() {
                self.origin = origin;
            }
        }
    }

    /// Runs `write` in a transaction of its own, or as a whole inside the one that was begun.
    pub(crate) fn together<T>(
        &mut self,
        write: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let alone = self.connection.is_autocommit();
        let done = if alone {
            alone_in(&mut self.connection, write)
        } else {
            inside(&mut self.connection, write)
        };
        self.told(done)
    }

    /// An error of the disk with its reason, as far as it can be found.
    pub(crate) fn told<T, E: Into<StoreError>>(&self, done: Result<T, E>) -> Result<T, StoreError> {
        done.map_err(|error| match self.connection.path() {
            Some(path) => error.into().looked_into(Path::new(path)),
            None => error.into(),
        })
    }
}

fn alone_in<T>(
    connection: &mut Connection,
    write: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = write(&transaction)?;
    transaction.commit()?;
    Ok(done)
}

fn inside<T>(
    connection: &mut Connection,
    write: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let savepoint = connection.savepoint()?;
    let done = write(&savepoint)?;
    savepoint.commit()?;
    Ok(done)
}
