//! A register of who may sign: a root, an administrator, a lead, and who the lead lets in.

// Each test program uses a part of it.
#![allow(dead_code)]

use jiff::{SignedDuration, Timestamp};
use record::cbor::Value;
use record::certificate::{Authorities, Certificate, Error, Fingerprint, Grant, Stated, Validity};
use record::entry::{Entry, Kind, Slot};
use record::envelope::{Envelope, Position, seal};
use record::id::StaffId;
use record::keys::SigningKey;
use record::role::Role;
use record::scope::{Scope, Subject};

use crate::samples;
use crate::samples::{
    NONCE, administrator_key, certificates, content_key, device, device_key, moment, staff_key,
};

pub(crate) fn enrolled() -> Fingerprint {
    certificates()[0].fingerprint().unwrap()
}

pub(crate) fn administrator() -> StaffId {
    StaffId::from_random([0x15; 16])
}

pub(crate) fn lead_key() -> SigningKey {
    SigningKey::from_seed(&[0x26; 32])
}

pub(crate) fn lead() -> Certificate {
    let Grant::Staff { sites, device, .. } = samples::nurse(Role::Nurse) else {
        unreachable!()
    };
    let grant = Grant::Staff {
        staff: StaffId::from_random([0x16; 16]),
        name: "Edith Whitlock".into(),
        role: Role::Lead,
        sites,
        device,
        valid: Validity {
            not_before: moment().at(),
            not_after: moment().at() + SignedDuration::from_hours(40 * 24),
        },
    };
    certificates()[1]
        .issue(
            grant,
            lead_key().verifying_key(),
            moment(),
            &administrator_key(),
        )
        .unwrap()
}

/// A locum as a lead may let one in: a nurse at the lead's site, from now for two weeks.
pub(crate) fn locum() -> Grant {
    let Grant::Staff { sites, device, .. } = samples::nurse(Role::Nurse) else {
        unreachable!()
    };
    Grant::Staff {
        staff: samples::staff(),
        name: "Kofi Mensah".into(),
        role: Role::Nurse,
        sites,
        device,
        valid: days(0, 14),
    }
}

/// From so many days after now, for so many days.
pub(crate) fn days(from: i64, last: i64) -> Validity {
    let day = |days: i64| SignedDuration::from_hours(days * 24);
    let not_before: Timestamp = moment().at() + day(from);
    Validity {
        not_before,
        not_after: not_before + day(last),
    }
}

pub(crate) fn let_in(grant: Grant) -> Result<Certificate, Error> {
    lead().issue(grant, staff_key().verifying_key(), moment(), &lead_key())
}

/// One envelope of the service's scope with the certificates, at this place of the stream.
pub(crate) fn entries_of(certificates: &[Certificate]) -> Vec<Entry> {
    certificates
        .iter()
        .map(|certificate| Entry {
            kind: Kind::CERTIFICATE,
            version: 1,
            slot: Some(Slot::new(format!("certificate/{}", certificate.id())).unwrap()),
            parents: Vec::new(),
            author: administrator(),
            body: Value::Bytes(certificate.to_bytes()),
            ..samples::note()
        })
        .collect()
}

pub(crate) fn in_service(sequence: u64, entries: Vec<Entry>) -> OpenedEnvelope {
    let position = Position {
        sequence,
        previous: if sequence == 1 { [0; 32] } else { [7; 32] },
        ..Position::first(samples::service(), Scope::Service, device(), 0)
    };
    let subject = Subject::Service;
    let envelope = seal(
        position,
        subject,
        &content_key(),
        NONCE,
        &entries,
        &device_key(),
    );
    (envelope.unwrap(), entries)
}

pub(crate) type OpenedEnvelope = (Envelope, Vec<Entry>);

pub(crate) fn of(enrolled: &Fingerprint, opened: &[OpenedEnvelope]) -> Authorities {
    let stated: Vec<Stated<'_>> = opened
        .iter()
        .flat_map(|(envelope, entries)| {
            (0..)
                .zip(entries)
                .map(|(index, entry)| stated(envelope, entry, index))
        })
        .collect();
    Authorities::new(enrolled, &stated)
}

pub(crate) fn stated<'a>(envelope: &'a Envelope, entry: &'a Entry, index: u16) -> Stated<'a> {
    Stated {
        header: envelope.header(),
        index,
        entry,
    }
}

pub(crate) fn all() -> Vec<OpenedEnvelope> {
    let certificates = certificates();
    vec![in_service(1, entries_of(&certificates))]
}
