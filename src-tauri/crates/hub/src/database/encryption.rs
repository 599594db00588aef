//! The way to PostgreSQL: encrypted to a server that a root file vouches for, or in clear where
//! nothing leaves the machine or the address says that it may.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use postgres::config::{Host, SslMode};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{DatabaseError, NotAnAddress};

/// An address of PostgreSQL, read.
pub(super) struct Way {
    /// Where it is, and whether TLS is asked for.
    pub(super) config: postgres::Config,
    /// The file with the root that its certificate has to lead to; none in clear.
    pub(super) root: Option<PathBuf>,
}

impl Way {
    /// Reads an address. `sslmode` and `sslrootcert` are PostgreSQL's own words. Of `require`,
    /// `verify-ca` and `verify-full` each is taken as the strictest: encryption to somebody unknown
    /// keeps nobody out.
    pub(super) fn read(text: &str) -> Result<Self, NotAnAddress> {
        let (place, asked) = text.split_once('?').unwrap_or((text, ""));
        let (mut mode, mut root, mut rest) = (None, None, Vec::new());
        for pair in asked.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", said)) => mode = Some(said),
                Some(("sslrootcert", file)) => root = Some(PathBuf::from(file)),
                _ => rest.push(pair),
            }
        }
        let plain = format!("{place}?{}", rest.join("&"));
        let mut config = postgres::Config::from_str(plain.trim_end_matches('?'))
            .map_err(|_| NotAnAddress::Other)?;
        let encrypted = match (mode, &root) {
            (Some("disable"), None) => false,
            (Some("require" | "verify-ca" | "verify-full") | None, Some(_)) => true,
            (Some("require" | "verify-ca" | "verify-full"), None) => {
                return Err(NotAnAddress::NoRoot);
            }
            (Some("allow" | "prefer"), _) => return Err(NotAnAddress::Perhaps),
            (None, None) if stays_here(&config) => false,
            (None, None) => return Err(NotAnAddress::InClear),
            (Some(_), _) => return Err(NotAnAddress::Other),
        };
        config.ssl_mode(if encrypted {
            SslMode::Require
        } else {
            SslMode::Disable
        });
        Ok(Self { config, root })
    }
}

/// Whether everything stays on this machine.
fn stays_here(config: &postgres::Config) -> bool {
    let is_own = |host: &Host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|it: IpAddr| it.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    config.get_hosts().iter().all(is_own) && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// TLS that believes a certificate which leads to the root in this file and names the host, and no
/// other.
pub(super) fn to_the_root_in(file: &Path) -> Result<MakeRustlsConnect, DatabaseError> {
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(file).map_err(|_| DatabaseError::NoRoot)?;
    for certificate in certificates {
        let certificate = certificate.map_err(|_| DatabaseError::NoRoot)?;
        roots.add(certificate).map_err(|_| DatabaseError::NoRoot)?;
    }
    if roots.is_empty() {
        return Err(DatabaseError::NoRoot);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| DatabaseError::NoRoot)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// Whether a connection failed because the server could not show that it is the right one.
pub(super) fn is_not_vouched_for(error: &postgres::Error) -> bool {
    let mut next = std::error::Error::source(error);
    while let Some(source) = next {
        let inner = source.downcast_ref::<std::io::Error>();
        let inner = inner.and_then(std::io::Error::get_ref);
        let tls = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if matches!(tls, Some(rustls::Error::InvalidCertificate(_))) {
            return true;
        }
        next = source.source();
    }
    false
}

/// Whether the server refused to speak TLS. The library has no other sign of it than these words,
/// which a test holds it to.
pub(super) fn speaks_no_tls(error: &postgres::Error) -> bool {
    let source = std::error::Error::source(error);
    source.is_some_and(|source| source.to_string() == "server does not support TLS")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(text: &str) -> Result<(SslMode, Option<PathBuf>), NotAnAddress> {
        Way::read(text).map(|way| (way.config.get_ssl_mode(), way.root))
    }

    #[test]
    fn an_address_on_this_machine_needs_no_word_about_encryption() {
        for text in [
            "postgres://felloe@localhost/felloe",
            "postgres://felloe@127.0.0.1:5433/felloe",
            "postgres://felloe@[::1]/felloe",
            "postgres://felloe@%2Frun%2Fpostgresql/felloe",
            "postgres://felloe@localhost/felloe?application_name=hub",
        ] {
            assert_eq!(mode(text), Ok((SslMode::Disable, None)), "{text}");
        }
    }

    #[test]
    fn nothing_goes_over_a_network_in_clear_unless_the_address_says_so() {
        for text in [
            "postgres://felloe@db.example/felloe",
            "postgres://felloe@10.0.0.7/felloe",
            "postgres://felloe@localhost,db.example/felloe",
            "postgres://felloe@localhost/felloe?hostaddr=10.0.0.7",
        ] {
            assert_eq!(mode(text), Err(NotAnAddress::InClear), "{text}");
        }
        let said = "postgres://felloe@db.example/felloe?sslmode=disable";
        assert_eq!(mode(said), Ok((SslMode::Disable, None)));
    }

    #[test]
    fn encryption_is_to_whom_a_root_file_vouches_for_or_not_at_all() {
        let at = "postgres://felloe@db.example/felloe";
        let root = Some(PathBuf::from("/etc/felloe/db root.pem"));
        for asked in [
            "sslmode=require&",
            "sslmode=verify-ca&",
            "sslmode=verify-full&",
            "",
        ] {
            let text = format!("{at}?{asked}sslrootcert=/etc/felloe/db root.pem");
            assert_eq!(mode(&text), Ok((SslMode::Require, root.clone())), "{text}");
        }
        for said in ["require", "verify-ca", "verify-full"] {
            assert_eq!(
                mode(&format!("{at}?sslmode={said}")),
                Err(NotAnAddress::NoRoot)
            );
        }
        for said in ["allow", "prefer"] {
            assert_eq!(
                mode(&format!("{at}?sslmode={said}")),
                Err(NotAnAddress::Perhaps)
            );
        }
        for said in [
            "sslmode=perhaps",
            "sslmode=disable&sslrootcert=/etc/root.pem",
        ] {
            assert_eq!(mode(&format!("{at}?{said}")), Err(NotAnAddress::Other));
        }
    }

    #[test]
    fn a_root_file_that_is_none_is_told() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("root.pem");
        assert!(matches!(to_the_root_in(&file), Err(DatabaseError::NoRoot)));
        for text in [
            "",
            "no certificate",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ] {
            std::fs::write(&file, text).unwrap();
            assert!(
                matches!(to_the_root_in(&file), Err(DatabaseError::NoRoot)),
                "{text}"
            );
        }
    }
}
