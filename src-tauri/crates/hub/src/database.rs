//! The two databases that the shelf stands on, spoken to in the one SQL that both understand.
//!
//! SQLite for a hub server by itself, PostgreSQL for one or several. What differs between them is
//! in here: how to connect, the types of columns, how a transaction begins, and which failures
//! are worth another try.

mod address;
mod encryption;
mod error;
mod links;
mod postgres;
mod row;
mod schema;
mod sql;
mod sqlite;

pub use address::{Address, NotAnAddress};
pub use error::DatabaseError;
pub(crate) use links::{Links, Pool, connect, connect_to_read, pool};
pub(crate) use row::{Cell, Row};
pub(crate) use schema::{is_up_to_date, prepare};
pub(crate) use sql::{in_list, rows_list, steps};

use std::time::Duration;

/// How often a transaction is tried that met another one. A design decision: with the waits
/// between it is about two seconds, which no honest collision lasts.
const TRIES: u32 = 12;
/// The wait before the second try; each later one waits that much longer.
const WAIT: Duration = Duration::from_millis(25);

/// One connection.
pub(crate) enum Link {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

impl Link {
    /// Runs a statement. Gives how many rows it changed. `$1` and the others have to stand in it in
    /// their order, here and in every question: SQLite counts them as they come, whatever their names.
    pub(crate) fn run(&mut self, sql: &str, with: &[Cell<'_>]) -> Result<u64, DatabaseError> {
        match self {
            Self::Sqlite(link) => link.run(sql, with),
            Self::Postgres(link) => link.run(sql, with),
        }
    }

    /// Asks, and gives all rows of the answer.
    pub(crate) fn rows(&mut self, sql: &str, with: &[Cell<'_>]) -> Result<Vec<Row>, DatabaseError> {
        match self {
            Self::Sqlite(link) => link.rows(sql, with),
            Self::Postgres(link) => link.rows(sql, with),
        }
    }

    /// Asks for one row at most.
    pub(crate) fn row(
        &mut self,
        sql: &str,
        with: &[Cell<'_>],
    ) -> Result<Option<Row>, DatabaseError> {
        Ok(self.rows(sql, with)?.into_iter().next())
    }

    /// Runs several statements that have no parameters.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DatabaseError> {
        match self {
            Self::Sqlite(link) => link.batch(sql),
            Self::Postgres(link) => link.batch(sql),
        }
    }

    /// Does `work` in one transaction, which is on disk when this returns. When it meets another
    /// transaction, `work` is done again from the start.
    pub(crate) fn whole<T>(
        &mut self,
        mut work: impl FnMut(&mut Self) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        // SQLite has one writer at a time. Those of this program queue here, where nobody is
        // passed over, and not in SQLite's own waiting, where somebody may be for seconds.
        let turn = match self {
            Self::Sqlite(link) => Some(link.turn()),
            Self::Postgres(_) => None,
        };
        let _turn = turn.as_ref().map(|turn| {
            // A writer that panicked left a transaction open, and its connection is thrown away.
            turn.lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
        });
        let mut tried = 0;
        loop {
            match self.once(&mut work) {
                Err(DatabaseError::Collision) if tried < TRIES => {
                    tried += 1;
                    std::thread::sleep(WAIT * (tried - 1));
                }
                done => return done,
            }
        }
    }

    /// Reads several things as they stood at one instant.
    pub(crate) fn at_one_instant<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        self.batch(match self {
            Self::Sqlite(_) => "BEGIN DEFERRED",
            Self::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        })?;
        let read = work(self);
        let ended = self.batch("ROLLBACK");
        read.and_then(|read| ended.map(|()| read))
    }

    fn once<T>(
        &mut self,
        work: &mut impl FnMut(&mut Self) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        self.batch(match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            Self::Postgres(_) => "BEGIN ISOLATION LEVEL READ COMMITTED",
        })?;
        let done = work(self).and_then(|done| self.batch("COMMIT").map(|()| done));
        if done.is_err() {
            // The first error is the one to tell. Where even this fails the connection is lost,
            // and the transaction with it.
            let _ = self.batch("ROLLBACK");
        }
        done
    }

    /// The SQL for the number of this transaction, by which is seen what was written since.
    pub(crate) fn this_transaction(&self) -> &'static str {
        match self {
            // One writes at a time, so that each can count on from the one before.
            Self::Sqlite(_) => "(SELECT coalesce(max(touched), 0) + 1 FROM stream)",
            Self::Postgres(_) => "pg_current_xact_id()::text::bigint",
        }
    }

    /// The SQL for a number that every transaction before it has ended.
    pub(crate) fn oldest_transaction(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "9223372036854775807",
            Self::Postgres(_) => "pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
        }
    }

    /// Until the transaction ends, content is kept, `shared` by all who do, or erased, by one alone:
    /// so that what is being kept is never passed over by an erasure.
    pub(crate) fn hold_content(&mut self, shared: bool) -> Result<(), DatabaseError> {
        match self {
            // One writes at a time.
            Self::Sqlite(_) => Ok(()),
            // The number is any that nobody else uses: "erased" in ASCII.
            Self::Postgres(link) if shared => {
                link.batch("SELECT pg_advisory_xact_lock_shared(111541935629668)")
            }
            Self::Postgres(link) => link.batch("SELECT pg_advisory_xact_lock(111541935629668)"),
        }
    }

    /// Moves what was overwritten out of SQLite's log, so that no older page is left beside the file.
    /// `false` where somebody reads meanwhile: the log stays as it is, and no commit cuts it by
    /// itself, so this has to be called again. PostgreSQL has no such log.
    pub(crate) fn cut_log(&mut self) -> Result<bool, DatabaseError> {
        match self {
            Self::Sqlite(link) => link.cut_log(),
            Self::Postgres(_) => Ok(true),
        }
    }

    /// Whether several hub servers may stand over this database.
    pub(crate) fn is_shared(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }
}
