//! A made-up service: its root, its sites, and devices that write envelopes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use record::cbor::Value;
use record::certificate::{Certificate, Grant, Validity};
use record::entry::{EnteredBy, Entry, Kind};
use record::envelope::{Envelope, Position, Stream, seal};
use record::id::{DeviceId, PatientId, ServiceId, SiteId, StaffId};
use record::keys::{ContentKey, SigningKey};
use record::moment::Moment;
use record::scope::{Scope, Subject};
use record::warrant::Proof;
use sync::conformance::proof_of;
use sync::set_up::SetUp;

pub(crate) struct Service {
    name: &'static str,
    root: Certificate,
    administrator: Certificate,
    pub(crate) hub_site: SiteId,
}

pub(crate) struct Device {
    pub(crate) id: DeviceId,
    pub(crate) key: SigningKey,
    pub(crate) chain: Vec<Certificate>,
    next: BTreeMap<Scope, Position>,
    service: ServiceId,
}

impl Service {
    pub(crate) fn new(name: &'static str) -> Self {
        Self::with_id(name, ServiceId::from_random(bytes(name, "service")))
    }

    pub(crate) fn with_id(name: &'static str, id: ServiceId) -> Self {
        let root_key = key(name, "root");
        let root =
            Certificate::root(id, "Made-up service".to_owned(), moment(), &root_key).unwrap();
        let grant = Grant::Administrator {
            staff: StaffId::from_random(bytes(name, "staff")),
            name: "Ada Okafor".to_owned(),
            device: DeviceId::from_random(bytes(name, "first")),
            valid: validity(),
        };
        let holder = key(name, "administrator").verifying_key();
        let administrator = root.issue(grant, holder, moment(), &root_key).unwrap();
        Self {
            name,
            root,
            administrator,
            hub_site: SiteId::from_random(bytes(name, "hub site")),
        }
    }

    pub(crate) fn id(&self) -> ServiceId {
        self.root.claims().service
    }

    pub(crate) fn set_up(&self) -> SetUp {
        SetUp::new(self.root.clone(), self.hub_site).unwrap()
    }

    pub(crate) fn site(&self, number: usize) -> SiteId {
        SiteId::from_random(bytes(self.name, &format!("site {number}")))
    }

    /// A device enrolled for these sites.
    pub(crate) fn device(&self, name: &str, sites: &[SiteId]) -> Device {
        self.issued(name, sites, moment(), key(self.name, name))
    }

    /// The same device with another key, certified a day later.
    pub(crate) fn rekeyed(&self, name: &str, sites: &[SiteId]) -> Device {
        let later = Moment::new("2026-10-13T08:30:00Z".parse().unwrap(), 3600).unwrap();
        self.issued(
            name,
            sites,
            later,
            key(self.name, &format!("{name}, again")),
        )
    }

    fn issued(&self, name: &str, sites: &[SiteId], at: Moment, own: SigningKey) -> Device {
        let id = DeviceId::from_random(bytes(self.name, name));
        let grant = Grant::Device {
            device: id,
            sites: sites.iter().copied().collect(),
            sealing_key: [0x60; 32],
        };
        let issuer = key(self.name, "administrator");
        let certificate = self
            .administrator
            .issue(grant, own.verifying_key(), at, &issuer);
        Device {
            id,
            key: own,
            chain: vec![
                self.root.clone(),
                self.administrator.clone(),
                certificate.unwrap(),
            ],
            next: BTreeMap::new(),
            service: self.id(),
        }
    }

    /// The certificates of a person, who is no device.
    pub(crate) fn person(&self) -> Vec<Certificate> {
        vec![self.root.clone(), self.administrator.clone()]
    }
}

impl Service {
    /// What two people of the service signed, to have the content of these records dropped.
    pub(crate) fn erasure_of(&self, records: &[PatientId]) -> Proof {
        proof_of(records, &self.person(), &key(self.name, "administrator"))
    }
}

impl Device {
    /// Writes the next envelope of its stream in this scope.
    pub(crate) fn write(&mut self, scope: Scope, words: &str) -> Envelope {
        self.write_under(scope, words, &content_key())
    }

    pub(crate) fn write_under(&mut self, scope: Scope, words: &str, key: &ContentKey) -> Envelope {
        let first = Stream {
            service: self.service,
            scope,
            device: self.id,
            incarnation: 0,
        }
        .first();
        let position = *self.next.get(&scope).unwrap_or(&first);
        let subject = match scope {
            Scope::Site(_) => Subject::Patient(patient()),
            Scope::Service => Subject::Service,
            Scope::Audit => Subject::Audit,
        };
        let place = format!("{:?} {scope:?} {}", self.id, position.sequence);
        let nonce = long_bytes(words, &place);
        let entries = [entry(words)];
        let envelope = seal(position, subject, key, nonce, &entries, &self.key).unwrap();
        self.next.insert(scope, Position::after(&envelope));
        envelope
    }
}

pub(crate) fn patient() -> PatientId {
    PatientId::from_random([0x14; 16])
}

pub(crate) fn content_key() -> ContentKey {
    ContentKey::from_bytes(*b"a content key of thirty-two byte")
}

fn entry(words: &str) -> Entry {
    Entry {
        kind: Kind::new("note").unwrap(),
        version: 1,
        slot: None,
        parents: Vec::new(),
        claimed: moment(),
        lamport: 1,
        author: StaffId::from_random([0x13; 16]),
        entered_by: EnteredBy::Staff(StaffId::from_random([0x13; 16])),
        body: Value::Map(BTreeMap::from([(
            "text".to_owned(),
            Value::Text(words.to_owned()),
        )])),
        signed: None,
        reason: None,
        happened: None,
    }
}

fn moment() -> Moment {
    Moment::new("2026-10-12T08:30:00Z".parse().unwrap(), 3600).unwrap()
}

fn validity() -> Validity {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    Validity {
        not_before: at("2026-01-01T00:00:00Z"),
        not_after: at("2027-12-31T23:59:59Z"),
    }
}

fn key(service: &str, of: &str) -> SigningKey {
    SigningKey::from_seed(blake3::hash(format!("{service}/{of}/key").as_bytes()).as_bytes())
}

fn bytes(service: &str, of: &str) -> [u8; 16] {
    long_bytes(service, of)
}

fn long_bytes<const N: usize>(one: &str, other: &str) -> [u8; N] {
    let hash = blake3::hash(format!("{one}/{other}").as_bytes());
    *hash.as_bytes().first_chunk().unwrap()
}
