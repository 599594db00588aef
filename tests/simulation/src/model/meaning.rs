//! What each set of envelopes of the small service means, as the real code of the record tells.

use record::body::Body;
use record::cbor::to_value;
use record::certificate::{Authorities, Stated};
use record::entry::Entry;
use record::erasure::Erasures;
use record::fold::{Placed, fold};
use record::log::EventLog;
use record::parcel::{pack, unpack};
use record::scope::{Scope, Subject};
use record::transfers::Transfers;
use sync::memory::Memory;

use crate::Fault;
use crate::service::{entry, moment};

use super::envelopes::{Small, Written};
use super::sets::{COPY, SECOND, SERVICE, SPOKE, Set};

/// A fault that is put in on purpose, to show that the properties can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Careless {
    /// An envelope beside another at its place is passed over.
    SkipsForks,
    /// A revocation cuts nothing off.
    IgnoresTheEnd,
    /// Whoever asks for an erasure also confirms it.
    ErasesAlone,
    /// What is passed on is altered on the way.
    AltersParcels,
}

impl Careless {
    /// Every one.
    pub const ALL: [Self; 4] = [
        Self::SkipsForks,
        Self::IgnoresTheEnd,
        Self::ErasesAlone,
        Self::AltersParcels,
    ];
}

/// The answers for every set, worked out once.
pub(super) struct Meaning {
    careless: Option<Careless>,
    /// By the part of a set that is the spoke's.
    forked: Vec<bool>,
    transferred: Vec<bool>,
    /// By the part that is the service's.
    erased: Vec<bool>,
    counts: Vec<[bool; 3]>,
    originals: [bool; 4],
}

impl Meaning {
    pub(super) fn work_out(careless: Option<Careless>) -> Result<Self, Fault> {
        let small = Small::new(careless)?;
        let mut meaning = Self {
            careless,
            forked: Vec::new(),
            erased: Vec::new(),
            transferred: Vec::new(),
            counts: Vec::new(),
            originals: small.originals()?,
        };
        for set in 0..=SPOKE {
            meaning.forked.push(small.is_forked(set)?);
            meaning.transferred.push(small.is_transferred(set));
        }
        for set in 0..=(SERVICE >> SERVICE.trailing_zeros()) {
            let set = set << SERVICE.trailing_zeros();
            let placed = small.placed(set);
            meaning.erased.push(small.is_erased(&placed));
            meaning.counts.push(small.counts(set));
        }
        Ok(meaning)
    }

    /// Whether a stream forks in a set.
    pub(super) fn is_forked(&self, held: Set) -> bool {
        self.forked[usize::from(held & SPOKE)]
    }

    /// Whether the patient is erased for whoever holds a set.
    pub(super) fn is_erased(&self, held: Set) -> bool {
        self.erased[of_service(held)]
    }

    /// Whether the patient is the other spoke's for whoever holds a set.
    pub(super) fn is_transferred(&self, held: Set) -> bool {
        self.transferred[usize::from(held & SPOKE)]
    }

    /// Whether one of the spoke's envelopes counts for whoever holds a set.
    pub(super) fn counts(&self, held: Set, one: Set) -> bool {
        self.counts[of_service(held)][place(one)]
    }

    /// Whether what is taken out of a parcel is what the spoke wrote.
    pub(super) fn is_original(&self, one: Set) -> bool {
        self.originals[place(one)]
    }

    /// Whether a careless log passes an envelope over.
    pub(super) fn skips(&self, held: Set, one: Set) -> bool {
        let beside = (SECOND | COPY) & !one;
        let second = (SECOND | COPY) & one != 0;
        self.careless == Some(Careless::SkipsForks) && second && held & beside != 0
    }
}

fn of_service(held: Set) -> usize {
    usize::from((held & SERVICE) >> SERVICE.trailing_zeros())
}

fn place(one: Set) -> usize {
    usize::try_from(one.trailing_zeros()).unwrap_or(0)
}

impl Small {
    fn is_forked(&self, set: Set) -> Result<bool, Fault> {
        let mut log = Memory::new(self.service.id);
        for (which, written) in self.originals.iter().enumerate() {
            if set & (1 << which) != 0 {
                log.append(std::slice::from_ref(&written.envelope))?;
            }
        }
        let tips = log.tips(Scope::Site(self.service.sites[1]))?;
        let forked = tips.iter().any(|tips| tips.tails.len() > 1);
        Ok(forked)
    }

    /// The service scope's envelopes of a set, the certificates among them.
    fn of_set(&self, set: Set) -> impl Iterator<Item = &Written> {
        let first = SERVICE.trailing_zeros();
        let decided = self.decided.iter().enumerate();
        let held = decided.filter(move |(which, _)| set & (1 << first << which) != 0);
        self.papers.iter().chain(held.map(|(_, written)| written))
    }

    fn authorities(&self, set: Set) -> Authorities {
        let stated: Vec<Stated<'_>> = self.of_set(set).flat_map(Written::stated).collect();
        Authorities::new(&self.service.enrolled(), &stated)
    }

    fn placed(&self, set: Set) -> Vec<Placed> {
        let authorities = self.authorities(set);
        let all = self.of_set(set).flat_map(|written| {
            let placed = written.envelope.place(written.entries.clone());
            let verdicts = written.stated().map(|it| authorities.accepts(it).err());
            let verdicts: Vec<_> = verdicts.collect();
            placed.into_iter().zip(verdicts)
        });
        all.map(|(placed, unverified)| Placed {
            unverified,
            ..placed
        })
        .collect()
    }

    fn is_erased(&self, placed: &[Placed]) -> bool {
        let known = Erasures::of(placed);
        // Under the defect nobody asks whether the second signature is another person's.
        let alone = self.careless == Some(Careless::ErasesAlone) && !known.asked.is_empty();
        known.of_record(self.patient).is_some() || alone
    }

    fn is_transferred(&self, set: Set) -> bool {
        let held = self.originals.iter().enumerate();
        let held = held.filter(|(which, _)| set & (1 << which) != 0);
        let placed = held.flat_map(|(_, one)| one.envelope.place(one.entries.clone()));
        let known = Transfers::of(&fold(placed));
        known.homes(self.patient).contains(&self.service.sites[2])
    }

    fn counts(&self, set: Set) -> [bool; 3] {
        let authorities = self.authorities(set);
        let mut counts = [false; 3];
        for (verdict, written) in counts.iter_mut().zip(&self.originals) {
            *verdict = written.stated().all(|it| authorities.accepts(it).is_ok());
        }
        counts
    }

    /// What is unpacked from the parcel of each of the spoke's envelopes.
    fn originals(&self) -> Result<[bool; 4], Fault> {
        let authorities = self.authorities(0);
        let to = Scope::Site(self.service.sites[2]);
        let around = self.stream(to, self.hub_site.device, 9).first();
        let mut originals = [false; 4];
        for (verdict, written) in originals.iter_mut().zip(&self.originals) {
            let mut parcels = pack(self.service.sites[1], [&written.envelope]);
            let parcel = parcels.first_mut().ok_or("a parcel holds something")?;
            if self.careless == Some(Careless::AltersParcels) {
                parcel.envelopes[0].0[40] ^= 1;
            }
            let (subject, key) = (Subject::Patient(self.patient), self.service.scope_key(&to));
            let said = Entry {
                kind: record::body::Parcel::kind(),
                body: to_value(parcel)?,
                ..entry(self.service.administrator_staff(), moment(0, 0)?)
            };
            let device = self.service.device_key(0);
            let outer = self.sealed(around, subject, &key, vec![said], &device, 200)?;
            let header = outer.envelope.header();
            let unpacked = unpack(header, parcel, |device| authorities.device_key(device));
            *verdict = unpacked == [Ok(written.envelope.clone())];
        }
        Ok(originals)
    }
}
