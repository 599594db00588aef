use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::DatabaseError;
use super::row::{Cell, Row, Value};

/// Statements that are kept prepared on each connection: more than there are.
const PREPARED: usize = 128;

/// In this order. Pages are written to the log and flushed at every commit: what is acknowledged
/// survives a power cut. The wait is for another program at the same file, such as
/// `felloe-hub block` beside one that serves.
const DURABLE: [&str; 8] = [
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA cache_size = -32768",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cell_size_check = ON",
    // What was erased is overwritten, and not only forgotten.
    "PRAGMA secure_delete = ON",
];
const BUSY: Duration = Duration::from_secs(10);
/// How long cutting the log waits for those who read, while nobody writes. A design decision: longer
/// than any request reads, and not as long as a backup.
const CUT_WAITS: Duration = Duration::from_millis(500);

pub(crate) struct Sqlite {
    connection: Connection,
    turn: Arc<Mutex<()>>,
}

impl Sqlite {
    /// `turn` is held by whoever writes; the connections to one file share it.
    pub(super) fn open(file: &Path, turn: Arc<Mutex<()>>) -> Result<Self, DatabaseError> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        for pragma in DURABLE {
            // Some answer with a row, some do not.
            let mut statement = connection.prepare(pragma)?;
            let mut rows = statement.query([])?;
            while rows.next()?.is_some() {}
        }
        Ok(Self { connection, turn })
    }

    pub(super) fn open_to_read(file: &Path) -> Result<Self, DatabaseError> {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Ok(Self {
            connection,
            turn: Arc::default(),
        })
    }

    pub(super) fn turn(&self) -> Arc<Mutex<()>> {
        Arc::clone(&self.turn)
    }

    /// Whether it was left in the midst of a transaction.
    pub(super) fn is_broken(&self) -> bool {
        !self.connection.is_autocommit()
    }

    pub(super) fn run(&mut self, sql: &str, with: &[Cell<'_>]) -> Result<u64, DatabaseError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let changed = statement.execute(params_from_iter(with))?;
        Ok(changed as u64)
    }

    pub(super) fn rows(&mut self, sql: &str, with: &[Cell<'_>]) -> Result<Vec<Row>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(with))?;
        let mut read = Vec::new();
        while let Some(row) = rows.next()? {
            let values = (0..columns).map(|at| Ok(value(row.get_ref(at)?)));
            read.push(Row(values.collect::<Result<_, DatabaseError>>()?));
        }
        Ok(read)
    }

    /// Moves the log into the file and cuts it to nothing. `false` where somebody went on reading.
    pub(super) fn cut_log(&mut self) -> Result<bool, DatabaseError> {
        self.connection.busy_timeout(CUT_WAITS)?;
        let told = self.rows("PRAGMA wal_checkpoint(TRUNCATE)", &[]);
        self.connection.busy_timeout(BUSY)?;
        // The first column says whether somebody was in the way.
        Ok(told?
            .first()
            .is_some_and(|row| matches!(row.number(0), Ok(0))))
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DatabaseError> {
        Ok(self.connection.execute_batch(sql)?)
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Number(number) | Self::Maybe(Some(number)) => ValueRef::Integer(*number),
            Self::Bytes(bytes) | Self::MaybeBytes(Some(bytes)) => ValueRef::Blob(bytes),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Maybe(None) | Self::MaybeBytes(None) | Self::Nothing => ValueRef::Null,
        }))
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => Value::Number(number),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        // No column of ours is a fraction: whoever asks for its value is told that it is not there.
        ValueRef::Null | ValueRef::Real(_) => Value::Nothing,
    }
}
