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
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiting {
    pub(crate) envelopes: u32,
    pub(crate) entries: u32,
    /// Bytes as they go over the line, without what frames them.
    pub(crate) bytes: u64,
    /// Bytes of the audit trail beside it, as far as it was asked for. They go last.
    pub(crate) audit_bytes: u64,
    /// Emergencies among it.
    pub(crate) emergencies: u32,
    /// Whom it is about.
    pub(crate) patients: BTreeSet<PatientId>,
    streams: Vec<Arc<Counted>>,
}

/// How far a stream of this device is, here and at the hub server.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reach {
    stream: Stream,
    here: Vec<Tail>,
    there: Vec<Tail>,
}

/// What waits of one stream.
#[derive(Debug, Clone)]
struct Counted {
    reach: Reach,
    envelopes: u32,
    entries: u32,
    bytes: u64,
    emergencies: u32,
    patients: BTreeSet<PatientId>,
    /// Entries in each envelope: while a long queue empties, none is opened twice.
    opened: BTreeMap<EnvelopeId, u32>,
    /// One of them may have gone ahead of its turn, which leaves the stream where it was.
    in_doubt: bool,
}

impl Waiting {
    /// Counts what waits. A stream that stands where it stood is not read, and of one that only
    /// grew, what is new: after a day without a network each answer would else go through all of it.
    pub(crate) fn of(desk: &mut Desk) -> Result<Self, Refusal> {
        Self::count(desk, false)
    }

    /// The same with the bytes of the audit trail, which are only read once something is on its way.
    pub(crate) fn with_the_audit_trail(desk: &mut Desk) -> Result<Self, Refusal> {
        Self::count(desk, true)
    }

    fn count(desk: &mut Desk, audit: bool) -> Result<Self, Refusal> {
        let known = desk.line.waiting.take().unwrap_or_default();
        let mut counted = Self::default();
        for reach in standing(desk)? {
            let of_it = |it: &&Arc<Counted>| it.reach.stream == reach.stream;
            let now = match known.streams.iter().find(of_it) {
                None if reach.stream.scope == Scope::Audit && !audit => continue,
                Some(before) if before.reach == reach && !before.in_doubt => Arc::clone(before),
                before => Arc::new(Counted::now(desk, before.map(Arc::as_ref), reach)?),
            };
            counted.add(now);
        }
        desk.line.waiting = Some(counted.clone());
        Ok(counted)
    }

    /// Emergencies may have gone ahead of their turn: their streams are read again.
    pub(crate) fn doubt_emergencies(&mut self) {
        for counted in self.streams.iter_mut().filter(|it| it.emergencies > 0) {
            Arc::make_mut(counted).in_doubt = true;
        }
    }

    fn add(&mut self, counted: Arc<Counted>) {
        if counted.reach.stream.scope == Scope::Audit {
            self.audit_bytes += counted.bytes;
        } else {
            self.envelopes += counted.envelopes;
            self.entries += counted.entries;
            self.bytes += counted.bytes;
            self.emergencies += counted.emergencies;
            self.patients.extend(&counted.patients);
        }
        self.streams.push(counted);
    }
}

impl Counted {
    fn now(desk: &Desk, before: Option<&Self>, reach: Reach) -> Result<Self, Refusal> {
        let grown = before.filter(|it| it.reach.there == reach.there && !it.in_doubt);
        let from = grown.map_or(&reach.there, |it| &it.reach.here);
        let mut new = Vec::new();
        if reach.here != *from {
            let store = &desk.sitting()?.opened.store;
            new = store.beyond(&reach.stream, from, usize::MAX)?;
        }
        let mut counted = grown.cloned().unwrap_or(Self {
            reach: reach.clone(),
            envelopes: 0,
            entries: 0,
            bytes: 0,
            emergencies: 0,
            patients: BTreeSet::new(),
            opened: BTreeMap::new(),
            in_doubt: false,
        });
        counted.reach = reach;
        for envelope in new {
            let known = before.and_then(|it| it.opened.get(&envelope.id()).copied());
            counted.add(desk, &envelope, known)?;
        }
        Ok(counted)
    }

    /// Adds one if it waits. `entries` is how many are in it, where that is known.
    fn add(
        &mut self,
        desk: &Desk,
        envelope: &Envelope,
        entries: Option<u32>,
    ) -> Result<(), Refusal> {
        let sitting = desk.sitting()?;
        if sitting.opened.store.delivery(envelope)? != Delivery::Waiting {
            return Ok(());
        }
        self.bytes += u64::try_from(envelope.to_bytes().len()).unwrap_or(u64::MAX);
        if self.reach.stream.scope == Scope::Audit {
            return Ok(());
        }
        let entries = match entries {
            Some(known) => known,
            None => u32::try_from(sitting.open(envelope)?.len()).unwrap_or(u32::MAX),
        };
        self.opened.insert(envelope.id(), entries);
        self.envelopes += 1;
        self.entries += entries;
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
    let all = standing(desk)?;
    Ok(all.iter().any(|reach| reach.here != reach.there))
}

/// The streams that this device writes, and how far each has come.
fn standing(desk: &Desk) -> Result<Vec<Reach>, Refusal> {
    let opened = &desk.sitting()?.opened;
    let (store, own) = (&opened.store, opened.identity.device);
    let streams = store.streams()?.into_iter();
    streams
        .filter(|stream| stream.device == own)
        .map(|stream| {
            Ok(Reach {
                there: acknowledged(store, &stream)?,
                here: store.tails(&stream)?,
                stream,
            })
        })
        .collect()
}

fn acknowledged(store: &Store, stream: &Stream) -> Result<Vec<Tail>, Refusal> {
    let all = store.acknowledged(stream.scope)?;
    let of = all.into_iter().find(|tips| tips.stream == *stream);
    Ok(of.map(|tips| tips.tails).unwrap_or_default())
}

/// Every envelope that waits, the audit trail aside: emergencies first, then in the order they were
/// written.
pub(super) fn waiting(desk: &Desk) -> Result<Vec<Envelope>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let mut all = Vec::new();
    for reach in standing(desk)? {
        if reach.here == reach.there || reach.stream.scope == Scope::Audit {
            continue;
        }
        for envelope in store.beyond(&reach.stream, &reach.there, usize::MAX)? {
            if store.delivery(&envelope)? == Delivery::Waiting {
                all.push(envelope);
            }
        }
    }
    all.sort_by_key(|envelope| !envelope.header().emergency);
    Ok(all)
}
