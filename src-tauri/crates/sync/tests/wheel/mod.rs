//! A made-up service: root, administrator, devices, and a link between two places.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::time::Duration;

use record::certificate::{Certificate, Fingerprint, Grant, Validity};
use record::envelope::Envelope;
use record::id::{DeviceId, EnvelopeId, SiteId, StaffId};
use record::keys::SigningKey;
use record::log::{EventLog, Kept};
use record::moment::Moment;
use record::scope::Scope;
use sync::admitted::Admitted;
use sync::conformance::{Pen, SERVICE};
use sync::exchange::{Exchange, Outcome, Step};
use sync::memory::{Memory, MemoryShelf};
use sync::pace::Pace;
use sync::shelf::respond;

pub(crate) const HUB_SITE: SiteId = SiteId::from_random([0x60; 16]);
pub(crate) const SPOKE: SiteId = SiteId::from_random([0x61; 16]);
pub(crate) const OTHER_SPOKE: SiteId = SiteId::from_random([0x62; 16]);

/// Seeds of devices: one at the hub site that is enrolled for all, one at each spoke.
pub(crate) const AT_HUB: u8 = 1;
pub(crate) const AT_SPOKE: u8 = 2;
pub(crate) const AT_OTHER: u8 = 3;

pub(crate) fn now() -> jiff::Timestamp {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

fn moment() -> Moment {
    Moment::new(now(), 0).unwrap()
}

pub(crate) fn root() -> Certificate {
    let key = SigningKey::from_seed(&[0x22; 32]);
    Certificate::root(SERVICE, "A made-up service".into(), moment(), &key).unwrap()
}

pub(crate) fn fingerprint() -> Fingerprint {
    root().fingerprint().unwrap()
}

pub(crate) fn sites_of(seed: u8) -> Vec<SiteId> {
    match seed {
        AT_HUB => vec![HUB_SITE, SPOKE, OTHER_SPOKE],
        AT_OTHER => vec![OTHER_SPOKE],
        _ => vec![SPOKE],
    }
}

pub(crate) fn chain(seed: u8) -> Vec<Certificate> {
    chain_for(seed, &sites_of(seed))
}

/// The certificates of a device that is enrolled for these sites.
pub(crate) fn chain_for(seed: u8, sites: &[SiteId]) -> Vec<Certificate> {
    let root_key = SigningKey::from_seed(&[0x22; 32]);
    let own_key = SigningKey::from_seed(&[0x23; 32]);
    let administrator = Grant::Administrator {
        staff: StaffId::from_random([0x15; 16]),
        name: "Ada Nowak".into(),
        device: DeviceId::from_random([0x16; 16]),
        valid: Validity {
            not_before: "2026-01-01T00:00:00Z".parse().unwrap(),
            not_after: "2027-12-31T00:00:00Z".parse().unwrap(),
        },
    };
    let administrator = root()
        .issue(administrator, own_key.verifying_key(), moment(), &root_key)
        .unwrap();
    let device = Grant::Device {
        device: Pen::device_of(seed),
        sites: sites.iter().copied().collect(),
        sealing_key: [0x60; 32],
    };
    let key = Pen::key_of(seed).verifying_key();
    let device = administrator
        .issue(device, key, moment(), &own_key)
        .unwrap();
    vec![root(), administrator, device]
}

pub(crate) fn admitted(seed: u8) -> Admitted {
    admitted_for(seed, &sites_of(seed))
}

pub(crate) fn admitted_for(seed: u8, sites: &[SiteId]) -> Admitted {
    Admitted::from_chain(&chain_for(seed, sites), &fingerprint(), HUB_SITE).unwrap()
}

/// A place that knows the devices with these seeds.
pub(crate) fn place(known: impl IntoIterator<Item = u8>) -> MemoryShelf {
    let mut place = MemoryShelf::new(Memory::new(SERVICE), fingerprint());
    for seed in known {
        place.meet(&chain(seed));
    }
    place
}

pub(crate) fn pen(seed: u8, scope: Scope) -> Pen {
    Pen::new(SERVICE, scope, seed)
}

pub(crate) fn keep(at: &mut MemoryShelf, envelopes: &[Envelope]) -> Kept {
    at.append(envelopes).unwrap()
}

/// Every envelope that is held, by id.
pub(crate) fn all(at: &MemoryShelf) -> BTreeMap<EnvelopeId, Vec<u8>> {
    at.log.all().map(|it| (it.id(), it.to_bytes())).collect()
}

/// Where the line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    Never,
    /// This message never arrives.
    Before(usize),
    /// This message arrives, and its answer does not.
    After(usize),
}

/// What came over the line.
#[derive(Debug, Default)]
pub(crate) struct Passed {
    pub(crate) messages: Vec<Vec<u8>>,
    pub(crate) steps: Vec<Step>,
    pub(crate) bytes: usize,
    pub(crate) outcome: Option<Outcome>,
}

/// One exchange of the device with this seed, until it is over or the line is cut.
pub(crate) fn exchange(
    seed: u8,
    device: &mut MemoryShelf,
    server: &mut MemoryShelf,
    urgent: Vec<EnvelopeId>,
    cut: Cut,
) -> Passed {
    let both = (&admitted(seed), &admitted(seed));
    exchange_as(both, device, server, urgent, cut)
}

/// The same, of a device that is one to itself and perhaps another to the server.
pub(crate) fn exchange_as(
    (to_itself, to_server): (&Admitted, &Admitted),
    device: &mut MemoryShelf,
    server: &mut MemoryShelf,
    urgent: Vec<EnvelopeId>,
    cut: Cut,
) -> Passed {
    let mut exchange = Exchange::new(to_itself.clone(), urgent, Pace::default());
    let mut passed = Passed::default();
    let mut clock = Duration::ZERO;
    while let Some(message) = exchange.next(device, clock).unwrap() {
        let number = passed.messages.len();
        assert!(number < 10_000, "an exchange comes to an end");
        passed.bytes += message.len();
        passed.messages.push(message.clone());
        if cut == Cut::Before(number) {
            return passed;
        }
        let answer = respond(server, to_server, &message, now()).unwrap();
        if cut == Cut::After(number) {
            return passed;
        }
        passed.bytes += answer.len();
        clock += Duration::from_millis(100);
        let step = exchange.take(&answer, device, clock).unwrap();
        passed.steps.push(step);
    }
    passed.outcome = exchange.outcome();
    passed
}

/// One whole exchange that is expected to end with both sides equal.
pub(crate) fn bring_up_to_date(
    seed: u8,
    device: &mut MemoryShelf,
    server: &mut MemoryShelf,
) -> Passed {
    let passed = exchange(seed, device, server, Vec::new(), Cut::Never);
    let outcome = passed.outcome.as_ref().unwrap();
    assert!(outcome.up_to_date, "{outcome:?}");
    passed
}

/// The chain of an administrator of another service, whose key is that of this one's.
pub(crate) fn elsewhere() -> Vec<Certificate> {
    let root_key = SigningKey::from_seed(&[0x22; 32]);
    let own_key = SigningKey::from_seed(&[0x23; 32]);
    let other = record::id::ServiceId::from_random([0x59; 16]);
    let root = Certificate::root(other, "Another".into(), moment(), &root_key).unwrap();
    let grant = chain(AT_HUB)[1].claims().grant.clone();
    let administrator = root
        .issue(grant, own_key.verifying_key(), moment(), &root_key)
        .unwrap();
    vec![root, administrator]
}
