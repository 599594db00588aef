//! Which records are of one person.
//!
//! A patient who was registered twice has two records. They are never made into one: an entry of
//! kind `merge` in the service scope says that they belong together, and whoever reads the person
//! folds the entries of both. An entry of kind `unmerge` in the same slot undoes it, and the two
//! records are again what they were, since neither was ever touched.
//!
//! A merge and an unmerge that did not see each other are a conflict: the records are read apart,
//! which can be mended, and the doubt is shown with each until somebody settles it.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::{Body, Merge, Unmerge};
use crate::cbor;
use crate::entry::{Entry, Slot};
use crate::fold::{Current, Record};
use crate::id::PatientId;

/// The links between records, as the service scope has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Every record that is linked, with all records of that person, the leading one first.
    people: BTreeMap<PatientId, Vec<PatientId>>,
    /// Records of which it is in conflict whether they are of one person.
    disputed: BTreeMap<PatientId, BTreeSet<PatientId>>,
}

/// The slot in which two records are linked or not, whichever is named first.
pub fn slot(one: PatientId, other: PatientId) -> Slot {
    let (low, high) = if one <= other {
        (one, other)
    } else {
        (other, one)
    };
    Slot::new(format!("link/{low}/{high}"))
        .unwrap_or_else(|_| unreachable!("two ids are segments of a slot"))
}

/// What one entry says of two records.
struct Said {
    kept: PatientId,
    joined: PatientId,
    together: bool,
}

impl Links {
    /// Reads the links from the record of the service.
    pub fn of(service: &Record) -> Self {
        let mut together = Vec::new();
        let mut disputed: BTreeMap<PatientId, BTreeSet<PatientId>> = BTreeMap::new();
        for (_, now) in service.under("link") {
            let said = standing(&now);
            if said.iter().all(|one| one.together) {
                together.extend(said);
            } else if let Some(doubt) = said.iter().find(|one| one.together) {
                disputed.entry(doubt.kept).or_default().insert(doubt.joined);
                disputed.entry(doubt.joined).or_default().insert(doubt.kept);
            }
        }
        Self {
            people: people(&together),
            disputed,
        }
    }

    /// The record under which a person is found: the record itself where it is not linked.
    pub fn lead(&self, record: PatientId) -> PatientId {
        self.records(record).first().copied().unwrap_or(record)
    }

    /// Every record of the person, the leading one first and the others ascending.
    pub fn records(&self, record: PatientId) -> Vec<PatientId> {
        self.people
            .get(&record)
            .cloned()
            .unwrap_or_else(|| vec![record])
    }

    /// Records of which it is in conflict whether they are of the same person.
    pub fn disputed(&self, record: PatientId) -> Vec<PatientId> {
        self.disputed
            .get(&record)
            .map(|others| others.iter().copied().collect())
            .unwrap_or_default()
    }

    /// Every record that is shown under another one.
    pub fn joined(&self) -> impl Iterator<Item = PatientId> + '_ {
        self.people
            .iter()
            .filter(|(record, all)| all.first() != Some(record))
            .map(|(record, _)| *record)
    }
}

/// What the current entries of a slot say. One this version cannot read says nothing, and the
/// records stay apart.
fn standing(now: &Current<'_>) -> Vec<Said> {
    now.all()
        .iter()
        .filter_map(|placed| said(&placed.entry))
        .collect()
}

fn said(entry: &Entry) -> Option<Said> {
    let (kept, joined, together) = if let Some(body) = read::<Merge>(entry) {
        (body.kept, body.joined, true)
    } else {
        let body = read::<Unmerge>(entry)?;
        (body.kept, body.joined, false)
    };
    // An entry counts in the slot of the records it names and in no other.
    let fits = kept != joined && entry.slot.as_ref() == Some(&slot(kept, joined));
    fits.then_some(Said {
        kept,
        joined,
        together,
    })
}

fn read<B: Body>(entry: &Entry) -> Option<B> {
    (entry.kind == B::kind() && entry.version <= B::VERSION)
        .then(|| cbor::from_value(&entry.body).ok())
        .flatten()
}

/// Records that hang together, each with all of them. The leading one was joined to no other; of
/// several, or where each was joined to another, it is the lowest.
fn people(links: &[Said]) -> BTreeMap<PatientId, Vec<PatientId>> {
    let joined: BTreeSet<_> = links.iter().map(|link| link.joined).collect();
    let mut beside: BTreeMap<PatientId, Vec<PatientId>> = BTreeMap::new();
    for link in links {
        beside.entry(link.kept).or_default().push(link.joined);
        beside.entry(link.joined).or_default().push(link.kept);
    }
    let mut people = BTreeMap::new();
    for start in beside.keys() {
        if people.contains_key(start) {
            continue;
        }
        let mut all = reached(*start, &beside);
        all.sort_by_key(|record| (joined.contains(record), *record));
        for record in &all {
            people.insert(*record, all.clone());
        }
    }
    people
}

fn reached(start: PatientId, beside: &BTreeMap<PatientId, Vec<PatientId>>) -> Vec<PatientId> {
    let mut seen = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(record) = open.pop() {
        let others = beside.get(&record).into_iter().flatten();
        open.extend(others.filter(|other| seen.insert(**other)));
    }
    seen.into_iter().collect()
}
