//! Writes made-up envelopes of one device in one scope, always the same bytes for the same words.

use std::collections::BTreeMap;

use record::cbor::Value;
use record::entry::{EnteredBy, Entry, Kind};
use record::envelope::{Envelope, Position, Stream, seal, seal_emergency};
use record::id::{DeviceId, PatientId, ServiceId, StaffId};
use record::keys::{ContentKey, SigningKey};
use record::moment::Moment;
use record::scope::{Scope, Subject};

/// A device's pen at the end of one branch of its stream. A clone of it writes another branch.
#[derive(Debug)]
pub struct Pen {
    seed: u8,
    next: Position,
    patient: PatientId,
}

impl Clone for Pen {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl Pen {
    /// Whom it writes about in a site's scope, unless it is told otherwise.
    pub const PATIENT: PatientId = PatientId::from_random([0x14; 16]);

    /// The pen of the device with this seed, at the beginning of its first life's stream.
    pub fn new(service: ServiceId, scope: Scope, seed: u8) -> Self {
        let device = Self::device_of(seed);
        Self {
            seed,
            next: Position::first(service, scope, device, 0),
            patient: Self::PATIENT,
        }
    }

    /// The same pen, going on about another patient.
    #[must_use]
    pub fn about(self, patient: PatientId) -> Self {
        Self { patient, ..self }
    }

    /// The device with this seed.
    pub fn device_of(seed: u8) -> DeviceId {
        DeviceId::from_random([seed; 16])
    }

    /// The key that the device with this seed signs with.
    pub fn key_of(seed: u8) -> SigningKey {
        SigningKey::from_seed(&[seed; 32])
    }

    /// The stream it writes.
    pub fn stream(&self) -> Stream {
        self.next.stream()
    }

    /// Begins the device's next life.
    pub fn begin_again(&mut self) {
        let stream = self.next.stream();
        self.next = Position::first(
            stream.service,
            stream.scope,
            stream.device,
            stream.incarnation + 1,
        );
    }

    /// The next envelope. Other words give another envelope.
    pub fn write(&mut self, words: &str) -> Envelope {
        let envelope = self.sealed(words, false);
        self.next = Position::after(&envelope);
        envelope
    }

    /// The next envelope, marked to be sent before all others.
    pub fn write_emergency(&mut self, words: &str) -> Envelope {
        let envelope = self.sealed(words, true);
        self.next = Position::after(&envelope);
        envelope
    }

    /// This many envelopes, one after another.
    pub fn write_many(&mut self, words: &str, count: usize) -> Vec<Envelope> {
        let numbered = (0..count).map(|number| format!("{words} {number}"));
        let numbered: Vec<_> = numbered.collect();
        numbered.iter().map(|words| self.write(words)).collect()
    }

    fn sealed(&self, words: &str, emergency: bool) -> Envelope {
        let key = ContentKey::from_bytes([0x30; 32]);
        let nonce = [self.seed; 24];
        let seal = if emergency { seal_emergency } else { seal };
        let entries = [note(words)];
        let signing = Self::key_of(self.seed);
        match seal(self.next, self.subject(), &key, nonce, &entries, &signing) {
            Ok(envelope) => envelope,
            Err(error) => unreachable!("a note can always be sealed: {error}"),
        }
    }

    fn subject(&self) -> Subject {
        match self.next.scope {
            Scope::Site(_) => Subject::Patient(self.patient),
            Scope::Service => Subject::Service,
            Scope::Audit => Subject::Audit,
        }
    }
}

fn note(words: &str) -> Entry {
    let staff = StaffId::from_random([0x13; 16]);
    let text = Value::Text(words.to_owned());
    let Ok(claimed) = Moment::new(jiff::Timestamp::UNIX_EPOCH, 0) else {
        unreachable!("the epoch is a moment")
    };
    Entry {
        kind: Kind::from_static("note"),
        version: 1,
        slot: None,
        parents: Vec::new(),
        claimed,
        lamport: 1,
        author: staff,
        entered_by: EnteredBy::Staff(staff),
        body: Value::Map(BTreeMap::from([("text".to_owned(), text)])),
        signed: None,
        reason: None,
        happened: None,
    }
}
