use std::fmt;
use std::path::PathBuf;

use super::encryption::Way;

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A SQLite file.
    File(PathBuf),
    /// PostgreSQL, as `postgres://user:password@host:port/database`.
    Postgres(String),
}

/// A text that names no database, or one that is not to be spoken to in that way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAnAddress {
    /// It is none.
    #[error(
        "That is no place to keep envelopes. Give sqlite, or an address such as postgres://felloe@localhost/felloe."
    )]
    Other,
    /// It is on another machine, and nothing is said of encryption.
    #[error(
        "That database is on another machine. Add ?sslmode=verify-full&sslrootcert=FILE with the root of its certificate, or ?sslmode=disable where the whole way is yours."
    )]
    InClear,
    /// Encryption to nobody in particular.
    #[error(
        "Encryption keeps nobody out unless it is known to whom. Add sslrootcert=FILE with the root of the database's certificate."
    )]
    NoRoot,
    /// Encryption only where the other side wants it.
    #[error(
        "That would go on in clear whenever the other side asks for it. Give sslmode=verify-full, or disable."
    )]
    Perhaps,
}

impl Address {
    /// Reads what `--store` and `hub.toml` say; `file` is where SQLite would be.
    pub fn read(text: &str, file: PathBuf) -> Result<Self, NotAnAddress> {
        if text == "sqlite" {
            return Ok(Self::File(file));
        }
        let named = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if !named {
            return Err(NotAnAddress::Other);
        }
        Way::read(text)?;
        Ok(Self::Postgres(text.to_owned()))
    }
}

/// Without user and password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => write!(f, "SQLite, {}", file.display()),
            Self::Postgres(text) => {
                let config = Way::read(text).map(|way| way.config).unwrap_or_default();
                write!(
                    f,
                    "PostgreSQL, {}",
                    config.get_dbname().unwrap_or("postgres")
                )?;
                config.get_hosts().iter().try_for_each(|host| match host {
                    postgres::config::Host::Tcp(host) => write!(f, " on {host}"),
                    #[cfg(unix)]
                    postgres::config::Host::Unix(folder) => write!(f, " on {}", folder.display()),
                })
            }
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let text = "postgres://felloe:open-sesame@db.example:5433/records?sslmode=disable";
        let address = Address::read(text, PathBuf::from("hub.db")).unwrap();
        assert_eq!(address.to_string(), "PostgreSQL, records on db.example");
        assert!(!format!("{address:?}").contains("sesame"));
    }

    #[test]
    fn what_names_no_database_is_refused() {
        for text in [
            "",
            "mysql://somewhere",
            "postgres",
            "postgres://localhost?nonsense=1",
        ] {
            assert!(Address::read(text, PathBuf::new()).is_err(), "{text}");
        }
    }
}
