//! TLS to PostgreSQL: to whom the root file vouches for, and to nobody else.

use std::fs;
use std::path::PathBuf;

use hub::shelf::Shelves;
use hub::{Address, DatabaseError};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use record::log::EventLog as _;
use record::scope::Scope;
use tempfile::TempDir;

use crate::postgres::Postgres;
use crate::running::{Installed, answered, felloe_hub};
use crate::service::Service;

const OVER_TLS: &[&str] = &[
    "-c",
    "ssl=on",
    "-c",
    "ssl_cert_file=own.crt",
    "-c",
    "ssl_key_file=own.key",
];
/// It talks to nobody in clear.
const ONLY_OVER_TLS: &str = "hostssl all all all trust\n";

/// A root of somebody's own, and what it issued.
struct Authority {
    root: String,
    certificate: String,
    key: String,
}

impl Authority {
    /// With a certificate for this name or number.
    fn of(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root_key = KeyPair::generate().unwrap();
        let root = params.self_signed(&root_key).unwrap();
        let issuer = Issuer::new(params, root_key);
        let key = KeyPair::generate().unwrap();
        let own = CertificateParams::new(vec![name.to_owned()]).unwrap();
        Self {
            root: root.pem(),
            certificate: own.signed_by(&key, &issuer).unwrap().pem(),
            key: key.serialize_pem(),
        }
    }

    fn postgres(&self) -> Postgres {
        let files = [
            ("own.crt", self.certificate.as_str()),
            ("own.key", self.key.as_str()),
            ("pg_hba.conf", ONLY_OVER_TLS),
        ];
        Postgres::start_with_files(OVER_TLS, &files)
    }

    /// The root as a file.
    fn file(&self, folder: &TempDir) -> PathBuf {
        let file = folder.path().join("root.pem");
        fs::write(&file, &self.root).unwrap();
        file
    }
}

fn set_up(service: &Service, address: &str) -> Result<(), DatabaseError> {
    let address = Address::read(address, PathBuf::new()).unwrap();
    Shelves::set_up(&address, &service.set_up()).map_err(|error| match error {
        hub::shelf::ShelfError::Database(error) => error,
        other => panic!("{other}"),
    })
}

#[test]
fn a_hub_server_keeps_what_it_is_sent_over_tls_in_a_postgresql_that_takes_nothing_in_clear() {
    let authority = Authority::of("127.0.0.1");
    let postgres = authority.postgres();
    let folder = TempDir::new().unwrap();
    let service = Service::new("encryption");
    let file = authority.file(&folder);
    let address = format!(
        "{}?sslmode=verify-full&sslrootcert={}",
        postgres.address(),
        file.display()
    );
    set_up(&service, &address).unwrap();
    let at = Address::read(&address, PathBuf::new()).unwrap();
    let mut shelf = Shelves::open(&at, 2).unwrap().shelf().unwrap();
    let written = service
        .device("laptop", &[service.hub_site])
        .write(Scope::Service, "words");
    assert_eq!(shelf.append(std::slice::from_ref(&written)).unwrap().new, 1);
    assert_eq!(shelf.envelopes(&[written.id()]).unwrap(), [written]);
    // In clear it is not even let in.
    let clear = set_up(&service, &format!("{}?sslmode=disable", postgres.address()));
    assert!(
        matches!(clear, Err(DatabaseError::Postgres { .. })),
        "{clear:?}"
    );
}

#[test]
fn the_program_speaks_tls_to_a_postgresql_whose_address_asks_for_it() {
    let authority = Authority::of("127.0.0.1");
    let postgres = authority.postgres();
    let folder = TempDir::new().unwrap();
    let file = authority.file(&folder);
    let address = format!("{}?sslrootcert={}", postgres.address(), file.display());
    let installed = Installed::new(&Service::new("encryption"), Some(&address));
    let hub = installed.serve();
    let status = answered(&felloe_hub(&installed.at(), &["status"]));
    assert_eq!(status["envelopes"], 0);
    hub.kill();
}

#[test]
fn attack_another_server_at_the_databases_address_is_told_apart_and_sent_nothing() {
    let postgres = Authority::of("127.0.0.1").postgres();
    let elsewhere = Authority::of("db.example").postgres();
    let folder = TempDir::new().unwrap();
    let (own, other) = (Authority::of("127.0.0.1"), Authority::of("127.0.0.1"));
    let service = Service::new("encryption");
    for (postgres, authority) in [(&postgres, &own), (&elsewhere, &other)] {
        let file = authority.file(&folder);
        let address = format!("{}?sslrootcert={}", postgres.address(), file.display());
        let refused = set_up(&service, &address);
        assert!(
            matches!(refused, Err(DatabaseError::NotVouchedFor(_))),
            "{refused:?}"
        );
    }
}

#[test]
fn a_certificate_for_another_name_is_not_the_databases() {
    let authority = Authority::of("db.example");
    let postgres = authority.postgres();
    let folder = TempDir::new().unwrap();
    let file = authority.file(&folder);
    let address = format!(
        "{}?sslmode=require&sslrootcert={}",
        postgres.address(),
        file.display()
    );
    let refused = set_up(&Service::new("encryption"), &address);
    assert!(
        matches!(refused, Err(DatabaseError::NotVouchedFor(_))),
        "{refused:?}"
    );
}

#[test]
fn a_postgresql_without_tls_is_not_spoken_to_in_clear_instead() {
    let postgres = Postgres::start();
    let folder = TempDir::new().unwrap();
    let file = Authority::of("127.0.0.1").file(&folder);
    let address = format!(
        "{}?sslmode=require&sslrootcert={}",
        postgres.address(),
        file.display()
    );
    let refused = set_up(&Service::new("encryption"), &address);
    assert!(
        matches!(refused, Err(DatabaseError::SpeaksNoTls)),
        "{refused:?}"
    );
}
