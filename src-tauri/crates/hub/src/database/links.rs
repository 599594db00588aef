use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use r2d2::ManageConnection;

use super::postgres::Postgres;
use super::sqlite::Sqlite;
use super::{Address, DatabaseError, Link};

/// Connections that are used again.
pub(crate) type Pool = r2d2::Pool<Links>;

/// How long a request waits for a free connection.
const WAIT: Duration = Duration::from_secs(5);

/// Says why a connection cannot be made, which whoever waits for one is not told. It is tried
/// again and again, and said once in a while.
#[derive(Debug, Default)]
struct Logged(Mutex<Option<Instant>>);

const ONCE_IN: Duration = Duration::from_secs(10);

impl r2d2::HandleError<DatabaseError> for Logged {
    fn handle_error(&self, error: DatabaseError) {
        // A time that was not written down is at most one line more.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() >= ONCE_IN) {
            *last = Some(Instant::now());
            tracing::warn!(reason = %error, "no connection to the database");
        }
    }
}

/// Makes and checks connections.
pub(crate) enum Links {
    File { file: PathBuf, turn: Arc<Mutex<()>> },
    Postgres(String),
}

/// Up to `size` connections to a database. They are made when they are needed, so that this
/// succeeds while the database is away.
pub(crate) fn pool(address: &Address, size: u32) -> Pool {
    r2d2::Pool::builder()
        .max_size(size)
        .min_idle(Some(0))
        .connection_timeout(WAIT)
        .error_handler(Box::new(Logged::default()))
        .build_unchecked(Links::to(address))
}

/// One connection by itself. It tells why it cannot be made, which a pool does not.
pub(crate) fn connect(address: &Address) -> Result<Link, DatabaseError> {
    Links::to(address).connect()
}

/// A SQLite file in which nothing is written, nor beside it.
pub(crate) fn connect_to_read(file: &Path) -> Result<Link, DatabaseError> {
    Ok(Link::Sqlite(Sqlite::open_to_read(file)?))
}

impl Links {
    fn to(address: &Address) -> Self {
        match address {
            Address::File(file) => Self::File {
                file: file.clone(),
                turn: Arc::default(),
            },
            Address::Postgres(address) => Self::Postgres(address.clone()),
        }
    }
}

impl ManageConnection for Links {
    type Connection = Link;
    type Error = DatabaseError;

    fn connect(&self) -> Result<Link, DatabaseError> {
        match self {
            Self::File { file, turn } => Ok(Link::Sqlite(Sqlite::open(file, Arc::clone(turn))?)),
            Self::Postgres(address) => {
                let mut link = Postgres::open(address)?;
                link.check()?;
                Ok(Link::Postgres(Box::new(link)))
            }
        }
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), DatabaseError> {
        match link {
            // A file does not go away.
            Link::Sqlite(_) => Ok(()),
            Link::Postgres(link) => link.batch(""),
        }
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        match link {
            Link::Sqlite(link) => link.is_broken(),
            Link::Postgres(link) => link.is_broken(),
        }
    }
}
