//! `hub.toml`: how this hub server runs.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use sync::shelf::Quota;

/// What a person may change. All have values of their own, so that an empty file is good.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// `sqlite`, or an address such as `postgres://felloe@db.example/felloe`.
    pub store: String,
    /// The DNS name or number by which laptops reach it.
    pub name: String,
    /// Where it listens for laptops.
    pub listen: SocketAddr,
    /// Where it tells its figures, without encryption and without a login.
    pub metrics: SocketAddr,
    /// The most connections to the database at once.
    pub database_connections: u32,
    /// What one device or address may ask for.
    pub limits: Limits,
}

/// Limits. All defaults are design decisions; none is reached by a laptop that works as it should.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Limits {
    /// Requests a second of one device, on average.
    pub requests_per_second: f64,
    /// Requests that it may make at once.
    pub requests_at_once: f64,
    /// Bytes a second of one device, sent and received, on average.
    pub bytes_per_second: f64,
    /// Bytes that it may send and receive at once.
    pub bytes_at_once: f64,
    /// Greetings and logins a second from one address, on average.
    pub logins_per_second: f64,
    /// Greetings and logins that may come at once: a clinic's laptops share one address.
    pub logins_at_once: f64,
    /// Requests of one device that are answered at the same time.
    pub requests_side_by_side: u32,
    /// Connections altogether.
    pub connections: u32,
    /// Bytes of attachments that one device may bring.
    pub attachment_bytes_of_a_device: u64,
    /// Bytes of attachments altogether.
    pub attachment_bytes: u64,
}

impl Limits {
    /// What is kept of attachments.
    pub fn quota(&self) -> Quota {
        Quota {
            of_a_device: self.attachment_bytes_of_a_device,
            of_the_service: self.attachment_bytes,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            store: "sqlite".to_owned(),
            name: "localhost".to_owned(),
            listen: SocketAddr::from(([0, 0, 0, 0], 8443)),
            metrics: SocketAddr::from(([127, 0, 0, 1], 9443)),
            database_connections: 8,
            limits: Limits::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_second: 20.0,
            requests_at_once: 100.0,
            bytes_per_second: 8.0 * 1024.0 * 1024.0,
            bytes_at_once: 64.0 * 1024.0 * 1024.0,
            logins_per_second: 20.0,
            logins_at_once: 200.0,
            requests_side_by_side: 4,
            connections: 4096,
            attachment_bytes_of_a_device: Quota::default().of_a_device,
            attachment_bytes: Quota::default().of_the_service,
        }
    }
}

/// Why `hub.toml` cannot be used. The file may hold a password, so its words are not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("hub.toml cannot be read. Compare it with docs/hub-server.md.")]
pub struct NotSettings;

impl Settings {
    /// Reads the file's text.
    pub fn read(text: &str) -> Result<Self, NotSettings> {
        let settings: Self = toml::from_str(text).map_err(|_| NotSettings)?;
        let limits = &settings.limits;
        let rates = [
            limits.requests_per_second,
            limits.requests_at_once,
            limits.bytes_per_second,
            limits.bytes_at_once,
            limits.logins_per_second,
            limits.logins_at_once,
        ];
        let counts = [
            settings.database_connections,
            limits.requests_side_by_side,
            limits.connections,
        ];
        let some = rates.iter().all(|rate| rate.is_finite() && *rate > 0.0)
            && counts.iter().all(|count| *count > 0);
        if some { Ok(settings) } else { Err(NotSettings) }
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}

/// Without the address of the database, in which a password may stand.
impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("name", &self.name)
            .field("listen", &self.listen)
            .field("metrics", &self.metrics)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_read_back_as_they_were_written_and_an_empty_file_is_good() {
        let settings = Settings {
            store: "postgres://felloe@db.example/felloe".to_owned(),
            ..Settings::default()
        };
        assert_eq!(Settings::read(&settings.to_text()), Ok(settings));
        assert_eq!(Settings::read(""), Ok(Settings::default()));
    }

    #[test]
    fn a_misspelt_line_and_a_limit_of_nothing_are_refused() {
        for text in [
            "listn = '0.0.0.0:1'",
            "[limits]\nconnections = 0",
            "[limits]\nrequests-per-second = -1.0",
        ] {
            assert_eq!(Settings::read(text), Err(NotSettings), "{text}");
        }
    }

    #[test]
    fn the_figures_are_told_to_this_machine_only_unless_somebody_says_otherwise() {
        assert!(Settings::default().metrics.ip().is_loopback());
    }
}
