//! The entries on a subject, opened and held against the certificates: what a person at the desk
//! reads, what the lists are made from, and what a check of a backup reads, alike.

use std::collections::{BTreeMap, BTreeSet};

use record::body::Parcel;
use record::certificate::{Authorities, Fingerprint, Stated};
use record::entry::Entry;
use record::envelope::{Envelope, Stream};
use record::fold::Placed;
use record::parcel::unpack;
use record::scope::Subject;
use store::Store;

use crate::case::body_of;
use crate::refusal::Refusal;

/// How the content of envelopes was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Opening {
    /// Opened and read.
    pub(crate) opened: usize,
    /// Their content was erased by two signatures.
    pub(crate) erased: usize,
    /// This device holds no key for them.
    pub(crate) closed: usize,
    /// The key is here and the content does not open under it.
    pub(crate) unreadable: usize,
    /// The highest counter in them.
    pub(crate) lamport: u64,
}

impl Opening {
    /// The entries of an envelope; none when its content cannot be read here. One envelope that
    /// somebody else sealed badly must not keep the rest of a record from its reader.
    pub(crate) fn open(
        &mut self,
        store: &Store,
        envelope: &Envelope,
    ) -> Result<Vec<Entry>, Refusal> {
        if envelope.is_erased() {
            self.erased += 1;
            return Ok(Vec::new());
        }
        let Some(key) = store.content_key(envelope.header().key)? else {
            self.closed += 1;
            return Ok(Vec::new());
        };
        let Ok(entries) = envelope.open(&key) else {
            self.unreadable += 1;
            return Ok(Vec::new());
        };
        self.opened += 1;
        let highest = entries.iter().map(|entry| entry.lamport).max();
        self.lamport = self.lamport.max(highest.unwrap_or(0));
        Ok(entries)
    }

    /// How many envelopes say something that cannot be read here.
    pub(crate) fn hidden(&self) -> usize {
        self.closed + self.unreadable
    }
}

/// What the entries of a store are held against.
#[derive(Clone, Copy)]
pub(crate) struct Against<'a> {
    /// Whose certificates lead to the root.
    pub(crate) authorities: &'a Authorities,
    /// Where streams fork.
    pub(crate) forks: &'a BTreeMap<Stream, u64>,
}

/// Every entry on a subject whose key this store holds. One that does not count says why.
pub(crate) fn on(
    store: &Store,
    subject: Subject,
    against: Against<'_>,
    opening: &mut Opening,
) -> Result<Vec<Placed>, Refusal> {
    let mut all = Vec::new();
    let (mut seen, mut parcels) = (BTreeSet::new(), Vec::new());
    for envelope in store.envelopes_of(subject)? {
        let entries = opening.open(store, &envelope)?;
        seen.insert(envelope.id());
        parcels.extend(entries.iter().filter_map(body_of::<Parcel>).map(|parcel| {
            unpack(envelope.header(), &parcel, |device| {
                against.authorities.device_key(device)
            })
        }));
        all.extend(against.place(&envelope, entries));
    }
    // What another site wrote and was passed on, once, however often that was.
    for found in parcels.into_iter().flatten() {
        match found {
            Ok(envelope) if seen.insert(envelope.id()) => {
                let entries = opening.open(store, &envelope)?;
                all.extend(against.place(&envelope, entries));
            }
            Ok(_) => {}
            Err(_) => opening.unreadable += 1,
        }
    }
    Ok(all)
}

impl Against<'_> {
    /// Opened entries with their place, and whether each counts.
    pub(crate) fn place(&self, envelope: &Envelope, entries: Vec<Entry>) -> Vec<Placed> {
        let header = envelope.header();
        let forked_at = self.forks.get(&header.stream()).copied();
        let placed = envelope.place(entries).into_iter();
        placed
            .map(|placed| {
                let stated = Stated {
                    header,
                    index: placed.id.index,
                    entry: &placed.entry,
                };
                Placed {
                    unverified: self.authorities.accepts(stated).err(),
                    forked_at,
                    ..placed
                }
            })
            .collect()
    }
}

/// The certificates and revocations among entries that were opened, checked from the root down.
pub(crate) fn authorities(
    enrolled: &Fingerprint,
    opened: &[(Envelope, Vec<Entry>)],
) -> Authorities {
    let stated: Vec<Stated<'_>> = opened
        .iter()
        .flat_map(|(envelope, entries)| {
            let header = envelope.header();
            (0..).zip(entries).map(move |(index, entry)| Stated {
                header,
                index,
                entry,
            })
        })
        .collect();
    Authorities::new(enrolled, &stated)
}
