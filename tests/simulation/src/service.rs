//! The made-up service: its sites, its trust, its keys and the papers of its laptops.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use record::cbor::Value;
use record::certificate::{Certificate, Fingerprint, Grant, Validity};
use record::entry::{EnteredBy, Entry, Kind, Slot};
use record::id::{DeviceId, PatientId, ServiceId, SiteId, StaffId};
use record::keys::{ContentKey, SigningKey};
use record::moment::Moment;
use record::role::Role;
use record::scope::{Scope, Subject};

use crate::Fault;

/// When the service begins: 1 March 2027, 08:00.
const BEGINS: i64 = 1_803_888_000;

/// A service of made-up people. Everything follows from its seed.
pub(crate) struct Service {
    seed: u64,
    pub(crate) id: ServiceId,
    /// The hub site first, then the spokes.
    pub(crate) sites: Vec<SiteId>,
    pub(crate) root: Certificate,
    pub(crate) administrator: Certificate,
    administrator_key: SigningKey,
}

/// What a laptop is enrolled with.
pub(crate) struct Papers {
    pub(crate) device: DeviceId,
    pub(crate) sites: BTreeSet<SiteId>,
    /// From the root down to the device.
    pub(crate) chain: Vec<Certificate>,
    /// Of the clinician who works at it.
    pub(crate) staff: Certificate,
}

impl Service {
    /// A service with so many spokes.
    pub(crate) fn new(seed: u64, spokes: u8) -> Result<Self, Fault> {
        let id = ServiceId::from_random(bytes(seed, "service", 0));
        let root_key = key(seed, "root", 0);
        let administrator_key = key(seed, "administrator", 0);
        let name = "Made-up pain service".to_owned();
        let root = Certificate::root(id, name, moment(0, 0)?, &root_key)?;
        let grant = Grant::Administrator {
            staff: administrator_of(seed),
            name: "Ada Okafor".to_owned(),
            device: device(seed, 0),
            valid: validity(),
        };
        let to = administrator_key.verifying_key();
        let administrator = root.issue(grant, to, moment(0, 0)?, &root_key)?;
        let sites = (0..=spokes)
            .map(|number| SiteId::from_random(bytes(seed, "site", number.into())))
            .collect();
        Ok(Self {
            seed,
            id,
            sites,
            root,
            administrator,
            administrator_key,
        })
    }

    /// The hub site.
    pub(crate) fn hub_site(&self) -> SiteId {
        self.sites[0]
    }

    /// What stands in every laptop's key file, read out at enrolment as six words.
    pub(crate) fn enrolled(&self) -> Fingerprint {
        Fingerprint::of(self.id, &self.root.claims().key)
    }

    /// The administrator's key, which is on the first laptop.
    pub(crate) fn administrator_key(&self) -> &SigningKey {
        &self.administrator_key
    }

    /// The administrator.
    pub(crate) fn administrator_staff(&self) -> StaffId {
        administrator_of(self.seed)
    }

    /// Certifies the laptop with this number and whoever works at it.
    pub(crate) fn enrol(&self, number: u8, sites: BTreeSet<SiteId>) -> Result<Papers, Fault> {
        let device = device(self.seed, number);
        let staff = self.issue(
            Grant::Staff {
                staff: StaffId::from_random(bytes(self.seed, "staff", number.into())),
                name: format!("Clinician {number}"),
                role: Role::Consultant,
                sites: sites.clone(),
                device,
                valid: validity(),
            },
            &self.staff_key(number),
        )?;
        let laptop = self.issue(
            Grant::Device {
                device,
                sites: sites.clone(),
                sealing_key: bytes(self.seed, "sealing", number.into()),
            },
            &self.device_key(number),
        )?;
        Ok(Papers {
            device,
            sites,
            chain: vec![self.root.clone(), self.administrator.clone(), laptop],
            staff,
        })
    }

    fn issue(&self, grant: Grant, to: &SigningKey) -> Result<Certificate, Fault> {
        let (at, own) = (moment(0, 0)?, &self.administrator_key);
        Ok(self
            .administrator
            .issue(grant, to.verifying_key(), at, own)?)
    }

    /// Signs the headers of the laptop with this number.
    pub(crate) fn device_key(&self, number: u8) -> SigningKey {
        key(self.seed, "device", number.into())
    }

    /// Signs for the clinician at the laptop with this number.
    pub(crate) fn staff_key(&self, number: u8) -> SigningKey {
        key(self.seed, "staff key", number.into())
    }

    /// The epoch key of a scope, which is with every device that may read it.
    pub(crate) fn scope_key(&self, scope: &Scope) -> ContentKey {
        ContentKey::from_bytes(bytes(self.seed, &format!("scope {scope:?}"), 0))
    }

    /// The first key of the patient with this number.
    pub(crate) fn patient_key(&self, number: u64) -> ContentKey {
        ContentKey::from_bytes(bytes(self.seed, "patient key", number))
    }

    /// The patient with this number.
    pub(crate) fn patient(&self, number: u64) -> PatientId {
        PatientId::from_random(bytes(self.seed, "patient", number))
    }

    /// A nonce that no other envelope has.
    pub(crate) fn nonce(&self, number: u64) -> [u8; 24] {
        bytes(self.seed, "nonce", number)
    }
}

/// An entry that carries a certificate.
pub(crate) fn carrying(certificate: &Certificate, by: StaffId) -> Result<Entry, Fault> {
    Ok(Entry {
        kind: Kind::CERTIFICATE,
        slot: Some(Slot::new(format!("certificate/{}", certificate.id()))?),
        body: Value::Bytes(certificate.to_bytes()),
        ..entry(by, moment(0, 0)?)
    })
}

/// An entry that says nothing yet.
pub(crate) fn entry(by: StaffId, claimed: Moment) -> Entry {
    Entry {
        kind: Kind::from_static("answer"),
        version: 1,
        slot: None,
        parents: Vec::new(),
        claimed,
        lamport: 1,
        author: by,
        entered_by: EnteredBy::Staff(by),
        body: Value::Int(0),
        signed: None,
        reason: None,
        happened: None,
    }
}

/// What a clock shows so many seconds after the service began, when it is wrong by some years.
pub(crate) fn moment(seconds: u64, wrong_by_years: i8) -> Result<Moment, Fault> {
    let years = SignedDuration::from_hours(i64::from(wrong_by_years) * 365 * 24);
    Ok(Moment::new(time(seconds)? + years, 0)?)
}

/// The true time so many seconds after the service began.
pub(crate) fn time(seconds: u64) -> Result<Timestamp, Fault> {
    Ok(Timestamp::from_second(BEGINS + i64::try_from(seconds)?)?)
}

/// The subject of what is neither a patient's nor a site's.
pub(crate) fn subject_of(scope: Scope) -> Subject {
    match scope {
        Scope::Site(site) => Subject::Site(site),
        Scope::Service => Subject::Service,
        Scope::Audit => Subject::Audit,
    }
}

fn administrator_of(seed: u64) -> StaffId {
    StaffId::from_random(bytes(seed, "administrator's staff", 0))
}

fn device(seed: u64, number: u8) -> DeviceId {
    DeviceId::from_random(bytes(seed, "device id", number.into()))
}

fn validity() -> Validity {
    let day = SignedDuration::from_hours(24);
    let begins = Timestamp::from_second(BEGINS).unwrap_or_default();
    Validity {
        not_before: begins - day,
        not_after: begins + 400 * day,
    }
}

fn key(seed: u64, purpose: &str, number: u64) -> SigningKey {
    SigningKey::from_seed(&bytes(seed, purpose, number))
}

fn bytes<const N: usize>(seed: u64, purpose: &str, number: u64) -> [u8; N] {
    crate::chance::Chance::of(seed, &format!("{purpose} {number}")).bytes()
}
