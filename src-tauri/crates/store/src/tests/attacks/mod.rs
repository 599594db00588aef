//! The table of attacks: what somebody may do to a record or to its keys, and the error that meets
//! each. `docs/security.md` has the same table in words.

mod envelopes;
mod locks;
mod signatures;

use std::collections::BTreeSet;

use record::body::{Revocation, StreamEnd};
use record::cbor::{Value, to_value};
use record::certificate::{Authorities, Certificate, Grant, NotAuthorised, Stated, Validity};
use record::entry::{Basis, EnteredBy, Entry, Kind, Slot, sign_entry};
use record::envelope::{self, Envelope, seal};
use record::id::{PatientId, SiteId};
use record::keys::{ContentKey, SigningKey};
use record::moment::Moment;
use record::role::Role;
use record::scope::{Scope, Subject};

use super::laptop::{Laptop, own_key};
use crate::*;

/// A laptop at work: its chain of certificates is written, and one person signs on it.
pub(super) struct Clinic {
    laptop: Laptop,
    opened: Opened,
    patient: PatientId,
    key: ContentKey,
    root: Certificate,
    /// The person's certificate for clinical work, and the one for administration.
    own: Certificate,
    administrator: Certificate,
    service: Vec<(Envelope, Vec<Entry>)>,
}

const HOUR: i64 = 3600;

impl Clinic {
    fn new() -> Self {
        Self::with(Role::Nurse, 24 * HOUR)
    }

    /// The person has this role, and a certificate that holds for so many seconds.
    fn with(role: Role, seconds: i64) -> Self {
        let laptop = Laptop::new();
        let (mut opened, _) = laptop.set_up();
        let root_key = opened.take_root().unwrap();
        let now = moment(&laptop);
        let root =
            Certificate::root(opened.identity.service, "Tyne".into(), now, &root_key).unwrap();
        let key = opened.signing.verifying_key();
        let valid = Validity {
            not_before: laptop.now(),
            not_after: laptop.now() + jiff::SignedDuration::from_secs(seconds),
        };
        let (staff, name) = (opened.staff, opened.name.clone());
        let device = opened.identity.device;
        let grant = Grant::Administrator {
            staff,
            name: name.clone(),
            device,
            valid,
        };
        let administrator = root.issue(grant, key, now, &root_key).unwrap();
        let sites: BTreeSet<SiteId> = [opened.identity.site].into();
        let grant = Grant::Staff {
            staff,
            name,
            role,
            sites,
            device,
            valid,
        };
        let own = administrator
            .issue(grant, key, now, &opened.signing)
            .unwrap();
        let (patient, key) = (laptop.patient(), laptop.key());
        let mut clinic = Self {
            laptop,
            opened,
            patient,
            key,
            root: root.clone(),
            own: own.clone(),
            administrator: administrator.clone(),
            service: Vec::new(),
        };
        let chain = [root, administrator, own].map(|one| {
            let body = Value::Bytes(one.to_bytes());
            clinic.entry(
                Kind::CERTIFICATE,
                &format!("certificate/{}", one.id()),
                body,
            )
        });
        clinic.keep_in_service(chain.to_vec());
        clinic
    }

    fn entry(&self, kind: Kind, slot: &str, body: Value) -> Entry {
        Entry {
            kind,
            version: 1,
            slot: Some(Slot::new(slot).unwrap()),
            parents: vec![],
            claimed: moment(&self.laptop),
            lamport: 1,
            author: self.opened.staff,
            entered_by: EnteredBy::Staff(self.opened.staff),
            body,
            signed: None,
            reason: None,
            happened: None,
        }
    }

    fn site(&self) -> Scope {
        Scope::Site(self.opened.identity.site)
    }

    fn keep_in_service(&mut self, entries: Vec<Entry>) {
        let position = self.opened.store.position(Scope::Service).unwrap();
        let nonce = self.laptop.chance.borrow_mut().bytes();
        let key = &self.opened.device_signing;
        let sealed = seal(position, Subject::Service, &self.key, nonce, &entries, key).unwrap();
        self.opened
            .store
            .append(std::slice::from_ref(&sealed), Derived::default())
            .unwrap();
        self.service.push((sealed, entries));
    }

    fn keep(&mut self, entry: Entry) -> Envelope {
        let sealed = self.sealed(self.patient, entry);
        self.opened
            .store
            .append(std::slice::from_ref(&sealed), Derived::default())
            .unwrap();
        sealed
    }

    fn sealed(&self, patient: PatientId, entry: Entry) -> Envelope {
        seal(
            self.opened.store.position(self.site()).unwrap(),
            Subject::Patient(patient),
            &self.key,
            self.laptop.chance.borrow_mut().bytes(),
            &[entry],
            &self.opened.device_signing,
        )
        .unwrap()
    }

    /// A decision on this clinic's patient, signed for the next place.
    fn decision(&self) -> Entry {
        self.signed(Kind::DECISION, &self.own, &self.opened.signing)
    }

    fn signed(&self, kind: Kind, certificate: &Certificate, key: &SigningKey) -> Entry {
        let entry = self.entry(kind, "decision/a1", Value::Text("soon".into()));
        let position = self.opened.store.position(self.site()).unwrap();
        let subject = Subject::Patient(self.patient);
        let id = certificate.id();
        sign_entry(entry, &position, subject, 0, Basis::default(), id, key).unwrap()
    }

    /// What the certificates of this clinic say of an entry at the top of an envelope.
    fn says(
        &self,
        enrolled: &Certificate,
        envelope: &Envelope,
        entry: &Entry,
    ) -> Result<(), NotAuthorised> {
        let all = self.service.iter().flat_map(|(envelope, entries)| {
            (0..).zip(entries).map(|(index, entry)| Stated {
                header: envelope.header(),
                index,
                entry,
            })
        });
        let all: Vec<_> = all.collect();
        Authorities::new(&enrolled.fingerprint().unwrap(), &all).check(Stated {
            header: envelope.header(),
            index: 0,
            entry,
        })
    }

    /// The same of the one entry in it.
    fn judge(&self, envelope: &Envelope) -> Result<(), NotAuthorised> {
        let entries = envelope.open(&self.key).unwrap();
        self.says(&self.root, envelope, &entries[0])
    }

    /// Three envelopes, then something done to the journal by whoever has the data key.
    fn tampered(&mut self, sql: &str) -> Vec<ChainFault> {
        for text in ["one", "two", "three"] {
            let entry = self.entry(
                Kind::new("note").unwrap(),
                "note/a1",
                Value::Text(text.into()),
            );
            self.keep(entry);
        }
        self.opened.store.connection.execute_batch(sql).unwrap();
        let key = own_key(&self.opened);
        self.opened.store.chain_check(&key).unwrap().faults
    }
}

pub(super) fn moment(laptop: &Laptop) -> Moment {
    Moment::new(laptop.now(), 0).unwrap()
}

impl Clinic {
    /// The administrator ends the person's certificate as of now.
    fn retire(&mut self) {
        let tail = self.opened.store.position(self.site()).unwrap();
        let body = Revocation {
            certificate: self.own.id(),
            why: "replaced".into(),
            accepted: vec![StreamEnd {
                scope: self.site(),
                incarnation: tail.incarnation,
                sequence: tail.sequence - 1,
            }],
        };
        let slot = format!("revocation/{}", self.own.id());
        let entry = self.entry(Kind::REVOCATION, &slot, to_value(&body).unwrap());
        let position = self.opened.store.position(Scope::Service).unwrap();
        let signed = sign_entry(
            entry,
            &position,
            Subject::Service,
            0,
            Basis::default(),
            self.administrator.id(),
            &self.opened.signing,
        );
        self.keep_in_service(vec![signed.unwrap()]);
    }
}

/// One sentence for two attacks would leave the person at the laptop guessing.
#[test]
fn every_attack_of_the_table_is_refused_in_words_of_its_own() {
    let clinic = Clinic::new();
    let stream = clinic.sealed(clinic.patient, clinic.decision());
    let stream = stream.header().stream();
    let sequence = 2;
    let words = [
        envelope::Error::ContentChanged.to_string(),
        envelope::Error::WrongKey.to_string(),
        ChainFault::Changed { stream, sequence }.to_string(),
        ChainFault::Reordered { stream, sequence }.to_string(),
        ChainFault::Missing { stream, sequence }.to_string(),
        ChainFault::Replayed { stream, sequence }.to_string(),
        NotAuthorised::Missing.to_string(),
        NotAuthorised::Elsewhere.to_string(),
        NotAuthorised::Signature.to_string(),
        NotAuthorised::Role.to_string(),
        NotAuthorised::Expired.to_string(),
        NotAuthorised::Retired.to_string(),
        NotAuthorised::Unknown.to_string(),
        BackupError::Swapped.to_string(),
        UnlockError::WrongPassphrase {
            wait_seconds: 0,
            failed: 1,
        }
        .to_string(),
        UnlockError::SecretSwapped.to_string(),
        StoreError::NotThisKey.to_string(),
        StoreError::OtherService.to_string(),
    ];
    let distinct: BTreeSet<_> = words.iter().collect();
    assert_eq!(distinct.len(), words.len());
}
