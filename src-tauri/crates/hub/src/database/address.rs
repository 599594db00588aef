use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A SQLite file.
    File(PathBuf),
    /// PostgreSQL, as `postgres://user:password@host:port/database`.
    Postgres(String),
}

/// A text that names no database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "That is no place to keep envelopes. Give sqlite, or an address such as postgres://felloe@db.example/felloe."
)]
pub struct NotAnAddress;

impl Address {
    /// Reads what `--store` and `hub.toml` say; `file` is where SQLite would be.
    pub fn read(text: &str, file: PathBuf) -> Result<Self, NotAnAddress> {
        if text == "sqlite" {
            return Ok(Self::File(file));
        }
        let named = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if !named || postgres::Config::from_str(text).is_err() {
            return Err(NotAnAddress);
        }
        Ok(Self::Postgres(text.to_owned()))
    }
}

/// Without user and password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => write!(f, "SQLite, {}", file.display()),
            Self::Postgres(text) => {
                let config = postgres::Config::from_str(text).unwrap_or_default();
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
        let text = "postgres://felloe:open-sesame@db.example:5433/records";
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
            "postgres://a?nonsense=1",
        ] {
            assert!(Address::read(text, PathBuf::new()).is_err(), "{text}");
        }
    }
}
