use super::encryption::{is_not_vouched_for, speaks_no_tls};

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// Another transaction was in the way, again and again.
    #[error("The database was too busy with other writes. Try again.")]
    Collision,
    /// It cannot be reached.
    #[error("The database cannot be reached. See that it runs and that its address is right.")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Whoever answers is not whom the root file vouches for.
    #[error(
        "Whoever answers at the database's address is not vouched for by the file in sslrootcert, or not under that name. Nothing was sent. See that address and file are right."
    )]
    NotVouchedFor(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// TLS is asked for, and the database has none.
    #[error(
        "The database does not speak TLS, though its address asks for it, so nothing was sent. Switch ssl on in PostgreSQL."
    )]
    SpeaksNoTls,
    /// The root file holds no root.
    #[error(
        "The file in sslrootcert cannot be read, or holds no certificate in PEM. See that it is there and may be read."
    )]
    NoRoot,
    /// SQLite failed.
    #[error("The database file failed: {0}. See that the disk has room and may be written.")]
    Sqlite(#[source] rusqlite::Error),
    /// PostgreSQL failed. Its own words could repeat a value, so only its code is told.
    #[error("The database failed (PostgreSQL code {code}). See the log of PostgreSQL.")]
    Postgres {
        /// SQLSTATE.
        code: String,
    },
    /// What came back is not what was written.
    #[error("The database holds something that cannot be right ({0}). Restore the last backup.")]
    Malformed(&'static str),
    /// Written by a newer version.
    #[error("The database was last used by a newer version. Update felloe-hub.")]
    Newer,
    /// It would acknowledge what a power cut loses.
    #[error(
        "PostgreSQL runs with fsync or full_page_writes off and would lose acknowledged envelopes in a power cut. Switch both on."
    )]
    NotDurable,
    /// Set up for another service.
    #[error("This database belongs to another service. Use another one.")]
    OtherService,
    /// Nothing was ever set up in it.
    #[error("This database was not set up. Run felloe-hub init.")]
    Empty,
}

impl DatabaseError {
    /// Whether asking again later may help without anybody doing something.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Collision | Self::Unreachable(_))
    }
}

impl From<rusqlite::Error> for DatabaseError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                Self::Collision
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl From<postgres::Error> for DatabaseError {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        let Some(code) = error.code() else {
            if speaks_no_tls(&error) {
                return Self::SpeaksNoTls;
            }
            if is_not_vouched_for(&error) {
                return Self::NotVouchedFor(Box::new(error));
            }
            return Self::Unreachable(Box::new(error));
        };
        // A place that another hub server took in the meantime is found taken at the next try.
        let collisions = [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::UNIQUE_VIOLATION,
            SqlState::LOCK_NOT_AVAILABLE,
        ];
        // Class 57P: it is being shut down, or is not up yet. Class 53: it has no room for one
        // more connection.
        let away = code.code().starts_with("57P") || *code == SqlState::TOO_MANY_CONNECTIONS;
        if collisions.contains(code) {
            Self::Collision
        } else if away {
            Self::Unreachable(Box::new(error))
        } else {
            Self::Postgres {
                code: code.code().to_owned(),
            }
        }
    }
}
