//! Entries in short: a value, a mark, a move, each by a number that gives it its id.

#![allow(dead_code)]

use record::body::{Body, EnteredInError, Moved};
use record::cbor::{Value, to_value};
use record::entry::{Entry, Kind, Slot};
use record::fold::{Placed, Record};
use record::id::{DeviceId, EntryId, EnvelopeId, PatientId};
use record::scope::Scope;

use crate::samples;

pub(crate) fn slot(name: &str) -> Slot {
    Slot::new(name).unwrap()
}

pub(crate) fn id(number: u8) -> EntryId {
    EntryId {
        envelope: EnvelopeId::from_bytes([number; 32]),
        index: 0,
    }
}

pub(crate) fn placed(number: u8, entry: Entry) -> Placed {
    Placed {
        id: id(number),
        subject: samples::subject(),
        scope: Scope::Site(samples::site()),
        device: samples::device(),
        incarnation: 0,
        sequence: u64::from(number),
        unverified: None,
        forked_at: None,
        entry,
    }
}

/// The same by another device.
pub(crate) fn by(device: u8, placed: Placed) -> Placed {
    Placed {
        device: DeviceId::from_random([device; 16]),
        ..placed
    }
}

/// A value in a slot that replaces others.
pub(crate) fn value(number: u8, name: &str, parents: &[u8]) -> Placed {
    let entry = Entry {
        slot: Some(slot(name)),
        parents: parents.iter().map(|parent| id(*parent)).collect(),
        lamport: u64::from(number),
        body: Value::Int(i64::from(number)),
        ..samples::answer()
    };
    placed(number, entry)
}

pub(crate) fn mark(number: u8, target: u8) -> Placed {
    let body = EnteredInError {
        entry: id(target),
        reason: "wrong row".to_owned(),
    };
    appended(number, Kind::ENTERED_IN_ERROR, &body)
}

pub(crate) fn moved(number: u8, targets: &[u8]) -> Placed {
    let body = Moved {
        entries: targets.iter().map(|target| id(*target)).collect(),
        to: PatientId::from_random([0x77; 16]),
        reason: "wrong person".to_owned(),
    };
    appended(number, Kind::MOVE, &body)
}

fn appended<B: Body>(number: u8, kind: Kind, body: &B) -> Placed {
    let entry = Entry {
        kind,
        lamport: u64::from(number),
        body: to_value(body).unwrap(),
        ..samples::note()
    };
    placed(number, entry)
}

pub(crate) fn heads(record: &Record, name: &str) -> Vec<u8> {
    record
        .heads(&slot(name))
        .iter()
        .map(|head| head.envelope.as_bytes()[0])
        .collect()
}
