//! The table of attacks: what somebody may do to a record or to its keys, and the error that meets
//! each. `docs/security.md` has the same table in words.

use std::collections::BTreeSet;
use std::fs;

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

use super::backing_up::{back_up, backed_up, write};
use super::laptop::{Chance, Laptop, OTHER_PASSPHRASE, PASSPHRASE, own_key};
use crate::*;

/// A laptop at work: its chain of certificates is written, and one person signs on it.
struct Clinic {
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

fn moment(laptop: &Laptop) -> Moment {
    Moment::new(laptop.now(), 0).unwrap()
}

#[test]
fn attack_an_envelope_altered_in_any_byte_of_its_content_is_refused_as_changed() {
    let clinic = Clinic::new();
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    let bytes = envelope.to_bytes();
    // The sealed content is the last part: one hash, nonce to tag.
    for at in bytes.len() - 100..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert_eq!(
            Envelope::from_bytes(&altered),
            Err(envelope::Error::ContentChanged)
        );
    }
}

#[test]
fn attack_a_header_altered_in_any_bit_is_never_taken_for_the_devices() {
    let clinic = Clinic::new();
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    let device = clinic.opened.device_signing.verifying_key();
    let bytes = envelope.to_bytes();
    let mut signatures = 0;
    for bit in 0..250 * 8 {
        let mut altered = bytes.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        let refused = Envelope::from_bytes(&altered).and_then(|read| read.verify(&device));
        signatures += usize::from(matches!(refused, Err(envelope::Error::Signature(_))));
        assert!(refused.is_err(), "bit {bit}");
    }
    assert!(signatures > 500, "{signatures}");
}

#[test]
fn attack_an_envelope_changed_inside_the_journal_is_found_by_the_chain() {
    let mut clinic = Clinic::new();
    let faults = clinic.tampered(
        "UPDATE envelope SET bytes = zeroblob(length(bytes)) WHERE sequence = 2 AND scope LIKE 'site:%'",
    );
    assert!(matches!(
        faults[..],
        [ChainFault::Changed { sequence: 2, .. }]
    ));
}

#[test]
fn attack_envelopes_in_another_order_are_found_by_the_chain() {
    let mut clinic = Clinic::new();
    let faults = clinic.tampered(
        "UPDATE envelope SET sequence = 5 - sequence WHERE sequence IN (2, 3) AND scope LIKE 'site:%'",
    );
    assert!(matches!(
        faults[..],
        [ChainFault::Reordered { sequence: 2, .. }]
    ));
}

#[test]
fn attack_a_removed_envelope_is_found_by_the_chain_the_last_one_too() {
    for sequence in 1..=3 {
        let mut clinic = Clinic::new();
        let faults = clinic.tampered(&format!(
            "DELETE FROM envelope WHERE sequence = {sequence} AND scope LIKE 'site:%'"
        ));
        assert!(matches!(faults[..], [ChainFault::Missing { sequence: at, .. }] if at == sequence));
    }
}

#[test]
fn attack_a_replayed_envelope_is_not_kept_twice_and_is_found_by_the_chain() {
    let mut clinic = Clinic::new();
    let faults = clinic.tampered(
        "INSERT INTO envelope (id, scope, subject, device, incarnation, sequence, bytes)
         SELECT randomblob(32), scope, subject, device, incarnation, 4, bytes
         FROM envelope WHERE sequence = 1 AND scope LIKE 'site:%'",
    );
    assert!(matches!(
        faults[..],
        [ChainFault::Replayed { sequence: 1, .. }]
    ));
    let mut other = Clinic::new();
    let kept = other.keep(other.decision());
    assert_eq!(
        other
            .opened
            .store
            .append(&[kept], Derived::default())
            .unwrap(),
        0
    );
}

#[test]
fn attack_a_decision_whose_signature_was_stripped_is_refused_as_unsigned() {
    let clinic = Clinic::new();
    assert_eq!(
        clinic.judge(&clinic.sealed(clinic.patient, clinic.decision())),
        Ok(()),
        "the decision counts as it was signed"
    );
    // The writer refuses it, so it is put there by a program that does not.
    let entry = Entry {
        signed: None,
        ..clinic.decision()
    };
    let position = clinic.opened.store.position(clinic.site()).unwrap();
    let refused = seal(
        position,
        Subject::Patient(clinic.patient),
        &clinic.key,
        [1; 24],
        std::slice::from_ref(&entry),
        &clinic.opened.device_signing,
    );
    assert!(matches!(
        refused,
        Err(envelope::Error::Entry(record::entry::Error::NotSigned))
    ));
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(
        clinic.says(&clinic.root, &envelope, &entry),
        Err(NotAuthorised::Missing)
    );
}

#[test]
fn attack_a_signed_decision_moved_to_another_patient_is_refused_as_given_elsewhere() {
    let clinic = Clinic::new();
    let other = clinic.laptop.patient();
    let lifted = clinic.sealed(other, clinic.decision());
    assert_eq!(clinic.judge(&lifted), Err(NotAuthorised::Elsewhere));
}

#[test]
fn attack_a_signed_decision_played_again_at_a_later_place_is_refused_as_given_elsewhere() {
    let mut clinic = Clinic::new();
    let decision = clinic.decision();
    clinic.keep(decision.clone());
    let again = clinic.sealed(clinic.patient, decision);
    assert_eq!(clinic.judge(&again), Err(NotAuthorised::Elsewhere));
}

#[test]
fn attack_a_signed_decision_with_other_words_is_refused_as_not_fitting() {
    let clinic = Clinic::new();
    let reworded = Entry {
        body: Value::Text("routine".into()),
        ..clinic.decision()
    };
    let envelope = clinic.sealed(clinic.patient, reworded);
    assert_eq!(clinic.judge(&envelope), Err(NotAuthorised::Signature));
}

#[test]
fn attack_a_decision_signed_by_the_wrong_role_is_refused_for_the_role() {
    let clinic = Clinic::with(Role::ClinicalSafetyOfficer, 24 * HOUR);
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(clinic.judge(&envelope), Err(NotAuthorised::Role));
}

#[test]
fn attack_a_decision_signed_with_an_expired_key_is_refused_for_the_time() {
    let clinic = Clinic::with(Role::Nurse, HOUR);
    clinic.laptop.pass(HOUR + 1);
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(clinic.judge(&envelope), Err(NotAuthorised::Expired));
}

#[test]
fn attack_a_decision_signed_with_a_retired_key_is_refused_and_what_was_signed_before_counts() {
    let mut clinic = Clinic::new();
    let before = clinic.keep(clinic.decision());
    clinic.retire();
    let after = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(clinic.judge(&before), Ok(()));
    assert_eq!(clinic.judge(&after), Err(NotAuthorised::Retired));
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

#[test]
fn attack_a_decision_signed_under_a_root_that_was_not_enrolled_is_refused_as_unknown() {
    let clinic = Clinic::new();
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    let entries = envelope.open(&clinic.key).unwrap();
    let stranger = Certificate::root(
        clinic.opened.identity.service,
        "Tyne".into(),
        moment(&clinic.laptop),
        &SigningKey::from_seed(&[9; 32]),
    );
    assert_eq!(clinic.says(&clinic.root, &envelope, &entries[0]), Ok(()));
    assert_eq!(
        clinic.says(&stranger.unwrap(), &envelope, &entries[0]),
        Err(NotAuthorised::Unknown)
    );
}

#[test]
fn attack_a_key_that_is_not_the_committed_one_does_not_open_an_envelope() {
    let clinic = Clinic::new();
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(
        envelope.open(&clinic.laptop.key()),
        Err(envelope::Error::WrongKey)
    );
}

#[test]
fn attack_a_wrong_passphrase_opens_nothing_and_is_counted() {
    let (laptop, staff, _) = Laptop::ready();
    assert!(matches!(
        laptop.unlock(staff, OTHER_PASSPHRASE),
        Err(UnlockError::WrongPassphrase { failed: 1, .. })
    ));
}

#[test]
fn attack_another_secret_in_the_keyring_opens_nothing_and_is_no_wrong_passphrase() {
    let (laptop, staff, _) = Laptop::ready();
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    let other = DeviceSecret::new([7; 32]);
    laptop.secrets.put(door.device, &other).unwrap();
    assert!(matches!(
        laptop.unlock(staff, PASSPHRASE),
        Err(UnlockError::SecretSwapped)
    ));
}

#[test]
fn attack_the_file_of_another_clinic_in_the_place_of_ours_does_not_open_with_our_keys() {
    let (laptop, staff, _) = Laptop::ready();
    let other = Laptop::new();
    *other.chance.borrow_mut() = Chance::new(2);
    drop(other.set_up());
    fs::copy(other.place().database(), laptop.place().database()).unwrap();
    assert!(matches!(
        laptop.unlock(staff, PASSPHRASE),
        Err(UnlockError::Store(StoreError::NotThisKey))
    ));
}

#[test]
fn attack_a_backup_swapped_for_another_genuine_one_is_refused_as_swapped() {
    let (laptop, mut opened, _, today) = backed_up();
    laptop.pass(86_400);
    write(&laptop, &mut opened, "tomorrow");
    let tomorrow = back_up(&laptop, &opened);
    for file in fs::read_dir(today.folder()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), tomorrow.folder().join(file.file_name())).unwrap();
    }
    assert!(matches!(
        Backup::read(tomorrow.folder()),
        Err(BackupError::Swapped)
    ));
}

#[test]
fn attack_an_envelope_of_another_clinic_is_not_kept() {
    let mut mine = Clinic::new();
    let other = Laptop::new();
    *other.chance.borrow_mut() = Chance::new(2);
    let (foreign, _) = other.set_up();
    let envelope = other.envelope(&foreign, other.patient(), &other.key(), "theirs");
    assert!(matches!(
        mine.opened.store.append(&[envelope], Derived::default()),
        Err(StoreError::OtherService)
    ));
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
