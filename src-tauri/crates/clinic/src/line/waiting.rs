//! What this laptop wrote and the hub server has not said to have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use record::envelope::{Envelope, Stream};
use record::id::{EnvelopeId, PatientId};
use record::log::{EventLog, Tail};
use record::scope::{Scope, Subject};
use store::{Delivery, Store};

use crate::desk::Desk;
use crate::refusal::Refusal;

/// What waits to be sent, counted. What the audit trail says of it goes along and is not counted:
/// nobody waits for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) envelopes: u32,
    pub(super) entries: u32,
    /// Bytes as they go over the line, without what frames them.
    pub(super) bytes: u64,
    /// Emergencies among it.
    pub(super) emergencies: u32,
    /// Whom it is about.
    pub(super) patients: BTreeSet<PatientId>,
    /// Entries in each envelope: while a long queue empties, none is opened twice.
    opened: Arc<BTreeMap<EnvelopeId, u32>>,
    /// How far each stream was when this was counted, here and at the hub server.
    counted_at: Counted,
}

type Counted = Vec<(Stream, Vec<Tail>, Vec<Tail>)>;

impl Waiting {
    /// Counts what waits. Only what was written since is looked at, for as long as the hub server
    /// says nothing new: after a day without a network each answer would else go through all of it.
    pub(super) fn of(desk: &mut Desk) -> Result<Self, Refusal> {
        let now = standing(desk)?;
        let known = desk.line.waiting.take().unwrap_or_default();
        let counted = if known.counted_at == now {
            known
        } else if known.has_only_grown(&now) {
            known.with_what_is_new(desk, now)?
        } else {
            Self::anew(desk, &known, now)?
        };
        desk.line.waiting = Some(counted.clone());
        Ok(counted)
    }

    /// Whether an emergency is among it.
    pub(super) fn is_urgent(&self) -> bool {
        self.emergencies > 0
    }

    fn anew(desk: &Desk, before: &Self, now: Counted) -> Result<Self, Refusal> {
        let mut counted = Self {
            counted_at: now,
            ..Self::default()
        };
        for envelope in waiting(desk)? {
            let entries = before.opened.get(&envelope.id()).copied();
            counted.add(desk, &envelope, entries)?;
        }
        Ok(counted)
    }

    fn has_only_grown(&self, now: &Counted) -> bool {
        let known = |stream: &Stream| now.iter().any(|(other, ..)| other == stream);
        let as_before = |(stream, _, there): &(Stream, Vec<Tail>, Vec<Tail>)| {
            let before = self.counted_at.iter().find(|(other, ..)| other == stream);
            before.is_none_or(|(_, _, before)| before == there)
        };
        self.counted_at.iter().all(|(stream, ..)| known(stream)) && now.iter().all(as_before)
    }

    fn with_what_is_new(mut self, desk: &Desk, now: Counted) -> Result<Self, Refusal> {
        for (stream, here, there) in &now {
            let before = self.counted_at.iter().find(|(other, ..)| other == stream);
            let before = before.map_or(there, |(_, before, _)| before);
            if here == before {
                continue;
            }
            let store = &desk.sitting()?.opened.store;
            for envelope in store.beyond(stream, before, usize::MAX)? {
                if store.delivery(&envelope)? == Delivery::Waiting {
                    self.add(desk, &envelope, None)?;
                }
            }
        }
        self.counted_at = now;
        Ok(self)
    }

    /// Adds one that waits. `entries` is how many are in it, where that is known.
    fn add(
        &mut self,
        desk: &Desk,
        envelope: &Envelope,
        entries: Option<u32>,
    ) -> Result<(), Refusal> {
        let entries = match entries {
            Some(known) => known,
            None => u32::try_from(desk.sitting()?.open(envelope)?.len()).unwrap_or(u32::MAX),
        };
        Arc::make_mut(&mut self.opened).insert(envelope.id(), entries);
        self.envelopes += 1;
        self.entries += entries;
        self.bytes += u64::try_from(envelope.to_bytes().len()).unwrap_or(u64::MAX);
        self.emergencies += u32::from(envelope.header().emergency);
        if let Subject::Patient(patient) = envelope.header().subject {
            self.patients.insert(patient);
        }
        Ok(())
    }
}

/// Whether this device wrote anything that the hub server has not said to have, its audit trail
/// among it.
pub(super) fn differs(desk: &Desk) -> Result<bool, Refusal> {
    let opened = &desk.sitting()?.opened;
    for stream in opened.store.streams()? {
        let own = stream.device == opened.identity.device;
        if own && opened.store.tails(&stream)? != acknowledged(&opened.store, &stream)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The streams that this device writes about patients and the service, and how far each has come.
fn standing(desk: &Desk) -> Result<Counted, Refusal> {
    let opened = &desk.sitting()?.opened;
    let (store, own) = (&opened.store, opened.identity.device);
    let streams = store.streams()?.into_iter();
    streams
        .filter(|stream| stream.device == own && stream.scope != Scope::Audit)
        .map(|stream| {
            let there = acknowledged(store, &stream)?;
            let here = store.tails(&stream)?;
            Ok((stream, here, there))
        })
        .collect()
}

/// Bytes of this laptop's audit trail that wait. They go last.
pub(super) fn audit_waiting(desk: &Desk) -> Result<u64, Refusal> {
    let opened = &desk.sitting()?.opened;
    let mut bytes = 0;
    for stream in opened.store.streams()? {
        if stream.device == opened.identity.device && stream.scope == Scope::Audit {
            let there = acknowledged(&opened.store, &stream)?;
            let waiting = opened.store.beyond(&stream, &there, usize::MAX)?;
            bytes += waiting
                .iter()
                .map(|it| it.to_bytes().len() as u64)
                .sum::<u64>();
        }
    }
    Ok(bytes)
}

fn acknowledged(store: &Store, stream: &Stream) -> Result<Vec<Tail>, Refusal> {
    let all = store.acknowledged(stream.scope)?;
    let of = all.into_iter().find(|tips| tips.stream == *stream);
    Ok(of.map(|tips| tips.tails).unwrap_or_default())
}

/// Every envelope that waits: emergencies first, then in the order they were written.
pub(super) fn waiting(desk: &Desk) -> Result<Vec<Envelope>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let mut all = Vec::new();
    for (stream, here, there) in standing(desk)? {
        if here == there {
            continue;
        }
        for envelope in store.beyond(&stream, &there, usize::MAX)? {
            if store.delivery(&envelope)? == Delivery::Waiting {
                all.push(envelope);
            }
        }
    }
    all.sort_by_key(|envelope| !envelope.header().emergency);
    Ok(all)
}
