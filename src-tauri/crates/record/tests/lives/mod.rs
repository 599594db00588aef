//! Made-up histories: devices that write, exchange, are copied and restored, as steps that shrink.

#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use record::body::{Body, EnteredInError, Moved};
use record::cbor::{Value, to_value};
use record::certificate::CertificateId;
use record::entry::{Basis, Entry, Kind, Signed, Slot};
use record::fold::{Placed, fold};
use record::id::{DeviceId, EntryId, EnvelopeId, PatientId};
use record::scope::Scope;

use crate::samples;

pub(crate) const SLOTS: [&str; 5] = ["a", "b", "b/c", "d", "decision/r1"];

/// One thing that happens. Numbers are taken modulo what there is.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// A value over the heads the device knows.
    Write { at: u8, slot: u8, kind: Sort },
    /// A value over any of the entries the device holds, in whatever slot.
    WriteOver {
        at: u8,
        slot: u8,
        parents: Vec<Index>,
    },
    /// An entry without a slot.
    Append { at: u8, kind: Sort },
    /// A decision that says it saw the whole record as the device holds it.
    Sign { at: u8 },
    /// An entry is said to be made in error.
    Mark { at: u8, target: Index },
    /// Entries are said to be made on the wrong patient.
    Move { at: u8, targets: Vec<Index> },
    /// Everything one device holds reaches another.
    Exchange { from: u8, to: u8 },
    /// One entry travels ahead, as an emergency does.
    Ahead { from: u8, to: u8, which: Index },
    /// The disk is copied: two devices go on in one stream.
    Copy { at: u8 },
    /// The device is restored: it goes on in another life.
    Restore { at: u8 },
}

/// What sort of entry is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sort {
    Known,
    NewerVersion,
    UnknownKind,
}

/// What came of the steps.
#[derive(Clone)]
pub(crate) struct Lived {
    /// The steps, which say all of it in few words.
    steps: Vec<Step>,
    /// Every entry, in the order written.
    pub(crate) entries: Vec<Placed>,
    /// What the device held when it wrote each of them.
    pub(crate) held: BTreeMap<EntryId, BTreeSet<EntryId>>,
    /// What each device holds in the end.
    pub(crate) devices: Vec<Vec<Placed>>,
}

impl std::fmt::Debug for Lived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.steps)
    }
}

impl Lived {
    /// What is causally before each entry: what its device held, and what was before that.
    pub(crate) fn causes(&self) -> BTreeMap<EntryId, BTreeSet<EntryId>> {
        let mut all: BTreeMap<EntryId, BTreeSet<EntryId>> = BTreeMap::new();
        for placed in &self.entries {
            let held = &self.held[&placed.id];
            let earlier = held.iter().flat_map(|id| all[id].iter().copied());
            let causes = held.iter().copied().chain(earlier).collect();
            all.insert(placed.id, causes);
        }
        all
    }
}

struct Device {
    number: u8,
    incarnation: u32,
    sequence: u64,
    holds: BTreeMap<EntryId, Placed>,
}

pub(crate) fn lives() -> impl Strategy<Value = Lived> {
    vec(step(), 1..32).prop_map(live)
}

fn step() -> impl Strategy<Value = Step> {
    let sort = || {
        prop_oneof![
            4 => Just(Sort::Known),
            1 => Just(Sort::NewerVersion),
            1 => Just(Sort::UnknownKind),
        ]
    };
    let at = || 0..5_u8;
    let some = || vec(any::<Index>(), 0..4);
    prop_oneof![
        8 => (at(), 0..4_u8, sort()).prop_map(|(at, slot, kind)| Step::Write { at, slot, kind }),
        3 => (at(), 0..4_u8, some())
            .prop_map(|(at, slot, parents)| Step::WriteOver { at, slot, parents }),
        2 => (at(), sort()).prop_map(|(at, kind)| Step::Append { at, kind }),
        1 => at().prop_map(|at| Step::Sign { at }),
        2 => (at(), any::<Index>()).prop_map(|(at, target)| Step::Mark { at, target }),
        2 => (at(), some()).prop_map(|(at, targets)| Step::Move { at, targets }),
        4 => (at(), at()).prop_map(|(from, to)| Step::Exchange { from, to }),
        1 => (at(), at(), any::<Index>())
            .prop_map(|(from, to, which)| Step::Ahead { from, to, which }),
        1 => at().prop_map(|at| Step::Copy { at }),
        1 => at().prop_map(|at| Step::Restore { at }),
    ]
}

fn live(steps: Vec<Step>) -> Lived {
    let new = |number| Device {
        number,
        incarnation: 0,
        sequence: 0,
        holds: BTreeMap::new(),
    };
    let mut world = World {
        devices: (0..3).map(new).collect(),
        entries: Vec::new(),
        held: BTreeMap::new(),
    };
    for step in &steps {
        world.take(step);
    }
    let holds = |device: Device| device.holds.into_values().collect();
    Lived {
        steps,
        entries: world.entries,
        held: world.held,
        devices: world.devices.into_iter().map(holds).collect(),
    }
}

struct World {
    devices: Vec<Device>,
    entries: Vec<Placed>,
    held: BTreeMap<EntryId, BTreeSet<EntryId>>,
}

impl World {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Write { at, slot, kind } => {
                let slot = Slot::new(SLOTS[usize::from(*slot)]).unwrap();
                let parents = self.record(*at).heads(&slot);
                self.write(*at, of_sort(*kind, Some(slot), parents));
            }
            Step::WriteOver { at, slot, parents } => {
                let slot = Slot::new(SLOTS[usize::from(*slot)]).unwrap();
                let parents = self.any_of(*at, parents);
                self.write(*at, of_sort(Sort::Known, Some(slot), parents));
            }
            Step::Append { at, kind } => self.write(*at, of_sort(*kind, None, Vec::new())),
            Step::Sign { at } => self.sign(*at),
            Step::Mark { at, target } => {
                for entry in self.any_of(*at, std::slice::from_ref(target)) {
                    let body = EnteredInError {
                        entry,
                        reason: "wrong row".to_owned(),
                    };
                    self.write(*at, said(&body));
                }
            }
            Step::Move { at, targets } => {
                let body = Moved {
                    entries: self.any_of(*at, targets),
                    to: PatientId::from_random([0x77; 16]),
                    reason: "wrong person".to_owned(),
                };
                self.write(*at, said(&body));
            }
            Step::Exchange { from, to } => {
                let holds = self.device(*from).holds.clone();
                self.device(*to).holds.extend(holds);
            }
            Step::Ahead { from, to, which } => {
                for id in self.any_of(*from, std::slice::from_ref(which)) {
                    let placed = self.device(*from).holds[&id].clone();
                    self.device(*to).holds.insert(id, placed);
                }
            }
            Step::Copy { at } => {
                let own = self.device(*at);
                let copy = Device {
                    holds: own.holds.clone(),
                    ..*own
                };
                self.devices.push(copy);
            }
            Step::Restore { at } => {
                let newest = self.devices.iter().map(|it| it.incarnation).max();
                let own = self.device(*at);
                own.incarnation = newest.unwrap_or(0) + 1;
                own.sequence = 0;
            }
        }
    }

    fn device(&mut self, at: u8) -> &mut Device {
        let at = usize::from(at) % self.devices.len();
        &mut self.devices[at]
    }

    fn record(&mut self, at: u8) -> record::fold::Record {
        fold(self.device(at).holds.values().cloned())
    }

    fn any_of(&mut self, at: u8, which: &[Index]) -> Vec<EntryId> {
        let ids: Vec<_> = self.device(at).holds.keys().copied().collect();
        let picked = which.iter().filter(|_| !ids.is_empty());
        let picked: BTreeSet<_> = picked.map(|index| *index.get(&ids)).collect();
        picked.into_iter().collect()
    }

    fn sign(&mut self, at: u8) {
        let slot = Slot::new("decision/r1").unwrap();
        let record = self.record(at);
        let signed = Signed {
            basis: Basis {
                heads: record.all_heads(),
                ..Basis::default()
            },
            authority: CertificateId::from_bytes([0; 32]),
            place: [0; 16],
            signature: [0; 64],
        };
        let entry = Entry {
            kind: Kind::DECISION,
            signed: Some(signed),
            ..of_sort(Sort::Known, Some(slot.clone()), record.heads(&slot))
        };
        self.write(at, entry);
    }

    fn write(&mut self, at: u8, mut entry: Entry) {
        // Ids are hashes, so that their order has nothing to do with the order of writing.
        let number = u32::try_from(self.entries.len()).unwrap();
        let envelope = EnvelopeId::from_bytes(*blake3::hash(&number.to_le_bytes()).as_bytes());
        entry.lamport = self.record(at).next_lamport();
        let own = self.device(at);
        own.sequence += 1;
        let placed = Placed {
            id: EntryId { envelope, index: 0 },
            subject: samples::subject(),
            scope: Scope::Site(samples::site()),
            device: DeviceId::from_random([own.number; 16]),
            incarnation: own.incarnation,
            sequence: own.sequence,
            unverified: None,
            forked_at: None,
            entry,
        };
        let held = own.holds.keys().copied().collect();
        own.holds.insert(placed.id, placed.clone());
        self.held.insert(placed.id, held);
        self.entries.push(placed);
    }
}

fn of_sort(sort: Sort, slot: Option<Slot>, parents: Vec<EntryId>) -> Entry {
    let known = Entry {
        slot,
        parents,
        reason: None,
        body: Value::Int(1),
        ..samples::answer()
    };
    match sort {
        Sort::Known => known,
        Sort::NewerVersion => Entry {
            version: 9,
            ..known
        },
        Sort::UnknownKind => Entry {
            kind: Kind::new("from-a-newer-version").unwrap(),
            ..known
        },
    }
}

fn said<B: Body>(body: &B) -> Entry {
    Entry {
        kind: B::kind(),
        body: to_value(body).unwrap(),
        ..samples::note()
    }
}
