//! Fixed keys, ids and entries, so that every byte made from them is known beforehand.

#![allow(dead_code)]

use std::collections::BTreeMap;

use record::cbor::Value;
use record::certificate::{Certificate, CertificateId, Grant, Validity};
use record::entry::{Basis, By, EnteredBy, Entry, Happened, Kind, Reason, Slot, sign_entry};
use record::envelope::Position;
use record::id::{DeviceId, EntryId, EnvelopeId, PatientId, ServiceId, SiteId, StaffId};
use record::keys::{ContentKey, SigningKey};
use record::moment::Moment;
use record::role::Role;
use record::scope::{Scope, Subject};

pub(crate) const NONCE: [u8; 24] = [0x24; 24];

pub(crate) fn service() -> ServiceId {
    ServiceId::from_random([0x10; 16])
}

pub(crate) fn site() -> SiteId {
    SiteId::from_random([0x11; 16])
}

pub(crate) fn device() -> DeviceId {
    DeviceId::from_random([0x12; 16])
}

pub(crate) fn staff() -> StaffId {
    StaffId::from_random([0x13; 16])
}

pub(crate) fn patient() -> PatientId {
    PatientId::from_random([0x14; 16])
}

pub(crate) fn subject() -> Subject {
    Subject::Patient(patient())
}

pub(crate) fn device_key() -> SigningKey {
    SigningKey::from_seed(&[0x20; 32])
}

pub(crate) fn staff_key() -> SigningKey {
    SigningKey::from_seed(&[0x21; 32])
}

pub(crate) fn root_key() -> SigningKey {
    SigningKey::from_seed(&[0x22; 32])
}

pub(crate) fn administrator_key() -> SigningKey {
    SigningKey::from_seed(&[0x23; 32])
}

pub(crate) fn content_key() -> ContentKey {
    ContentKey::from_bytes([0x30; 32])
}

/// 12 October 2026, 09:30 in British Summer Time.
pub(crate) fn moment() -> Moment {
    Moment::new("2026-10-12T08:30:00Z".parse().unwrap(), 3600).unwrap()
}

pub(crate) fn position() -> Position {
    Position::first(service(), Scope::Site(site()), device(), 0)
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn map<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Map(BTreeMap::from(
        fields.map(|(key, value)| (key.to_owned(), value)),
    ))
}

pub(crate) fn entry_id(seed: u8) -> EntryId {
    EntryId {
        envelope: EnvelopeId::from_bytes([seed; 32]),
        index: u16::from(seed),
    }
}

/// An answer to PHQ-9's first question, replacing two others.
pub(crate) fn answer() -> Entry {
    Entry {
        kind: Kind::new("answer").unwrap(),
        version: 1,
        slot: Some(Slot::new("answer/a1/phq-9.1").unwrap()),
        parents: vec![entry_id(0x41), entry_id(0x42)],
        claimed: moment(),
        lamport: 7,
        author: staff(),
        entered_by: EnteredBy::Patient,
        body: map([("state", text("answered")), ("value", Value::Int(2))]),
        signed: None,
        reason: None,
        happened: None,
    }
}

/// A note that only appends.
pub(crate) fn note() -> Entry {
    Entry {
        kind: Kind::new("note").unwrap(),
        slot: None,
        parents: Vec::new(),
        entered_by: EnteredBy::Staff(staff()),
        body: map([("text", text("Made-up words for a test, with ł and é."))]),
        ..answer()
    }
}

/// The answer corrected, written up after a downtime.
pub(crate) fn correction() -> Entry {
    Entry {
        entered_by: EnteredBy::Staff(staff()),
        reason: Some(Reason::new("Made-up words: read from the wrong line.").unwrap()),
        happened: Some(Happened {
            at: Moment::new("2026-10-11T14:05:00Z".parse().unwrap(), 3600).unwrap(),
            by: Some(By::Named("Łucja Nowak".to_owned())),
        }),
        ..answer()
    }
}

pub(crate) fn basis() -> Basis {
    Basis {
        heads: vec![
            entry_id(0x43),
            entry_id(0x41),
            EntryId {
                index: 9,
                ..entry_id(0x41)
            },
        ],
        ruleset: Some([0x51; 32]),
        proposal: Some([0x52; 32]),
    }
}

pub(crate) fn unsigned_decision() -> Entry {
    Entry {
        kind: Kind::DECISION,
        slot: Some(Slot::new("decision/r1").unwrap()),
        parents: Vec::new(),
        entered_by: EnteredBy::Staff(staff()),
        body: map([("urgency", text("soon"))]),
        ..answer()
    }
}

/// A decision signed for the given place in the first envelope of the stream.
pub(crate) fn decision(index: u16, authority: CertificateId) -> Entry {
    signed(unsigned_decision(), index, authority)
}

/// An entry that the nurse signs for the given place in the first envelope of the stream.
pub(crate) fn signed(entry: Entry, index: u16, authority: CertificateId) -> Entry {
    sign_entry(
        entry,
        &position(),
        subject(),
        index,
        basis(),
        authority,
        &staff_key(),
    )
    .unwrap()
}

pub(crate) fn validity() -> Validity {
    Validity {
        not_before: "2026-01-01T00:00:00Z".parse().unwrap(),
        not_after: "2027-12-31T23:59:59Z".parse().unwrap(),
    }
}

pub(crate) fn nurse(role: Role) -> Grant {
    Grant::Staff {
        staff: staff(),
        name: "Zofia Wiśniewska".to_owned(),
        role,
        sites: [site()].into(),
        device: device(),
        valid: validity(),
    }
}

pub(crate) fn laptop() -> Grant {
    Grant::Device {
        device: device(),
        sites: [site()].into(),
        sealing_key: [0x60; 32],
    }
}

/// Root, administrator, nurse, device.
pub(crate) fn certificates() -> [Certificate; 4] {
    let root = Certificate::root(
        service(),
        "Test pain service".to_owned(),
        moment(),
        &root_key(),
    )
    .unwrap();
    let grant = Grant::Administrator {
        staff: StaffId::from_random([0x15; 16]),
        name: "Ada Okafor".to_owned(),
        device: device(),
        valid: validity(),
    };
    let administrator = root
        .issue(
            grant,
            administrator_key().verifying_key(),
            moment(),
            &root_key(),
        )
        .unwrap();
    let issue = |grant, key: &SigningKey| {
        administrator
            .issue(grant, key.verifying_key(), moment(), &administrator_key())
            .unwrap()
    };
    let nurse = issue(nurse(Role::Nurse), &staff_key());
    let laptop = issue(laptop(), &device_key());
    [root, administrator, nurse, laptop]
}
