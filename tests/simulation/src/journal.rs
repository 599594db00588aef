//! What is on a laptop's disk, and what the laptop makes of it: keys, people, and the record.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use record::certificate::{Authorities, Stated};
use record::entry::{Entry, Kind};
use record::envelope::{Envelope, Stream};
use record::fold::{Placed, Record, fold};
use record::id::{DeviceId, EnvelopeId, PatientId, SiteId};
use record::keys::{ContentKey, KeyId};
use record::log::Tips;
use record::patient_key::PatientKey;
use record::scope::{Scope, Subject};

use crate::defect::Defect;
use crate::disk::{Disk, DiskError};
use crate::service::Service;

/// What opened envelopes say, so that no envelope is opened once for each laptop. Who may ask is
/// for the asker's keys.
pub(crate) type Opened = Rc<RefCell<BTreeMap<EnvelopeId, Rc<Vec<Entry>>>>>;

/// A laptop's journal.
#[derive(Clone)]
pub(crate) struct Journal {
    pub(crate) disk: Disk,
    service: Rc<Service>,
    opened: Opened,
    defect: Option<Defect>,
    pub(crate) device: DeviceId,
    sites: BTreeSet<SiteId>,
    held: BTreeMap<EnvelopeId, Envelope>,
    about: BTreeMap<Subject, Vec<EnvelopeId>>,
    keys: BTreeMap<KeyId, ContentKey>,
    pub(crate) authorities: Authorities,
}

impl Journal {
    pub(crate) fn new(
        service: Rc<Service>,
        opened: Opened,
        papers: &crate::service::Papers,
        defect: Option<Defect>,
    ) -> Self {
        Self {
            disk: Disk::new(service.id, defect.filter(|it| *it == Defect::KeepsByHalves)),
            service,
            opened,
            defect,
            device: papers.device,
            sites: papers.sites.clone(),
            held: BTreeMap::new(),
            about: BTreeMap::new(),
            keys: BTreeMap::new(),
            authorities: Authorities::default(),
        }
    }

    /// Whether this defect was put in.
    pub(crate) fn has(&self, defect: Defect) -> bool {
        self.defect == Some(defect)
    }

    /// The scopes that the laptop has the keys of.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = Scope> + '_ {
        let sites = self.sites.iter().copied().map(Scope::Site);
        [Scope::Service]
            .into_iter()
            .chain(sites)
            .chain([Scope::Audit])
    }

    /// Starts again with what is on disk. Gives what was being written.
    pub(crate) fn restart(&mut self) -> Result<Vec<EnvelopeId>, DiskError> {
        let interrupted = self.disk.restart();
        self.held.clear();
        self.about.clear();
        self.keys.clear();
        let scopes: Vec<Scope> = self.scopes().collect();
        for scope in scopes {
            let all = self.disk.all(scope)?;
            self.learn(&all);
        }
        Ok(interrupted)
    }

    pub(crate) fn learn(&mut self, envelopes: &[Envelope]) {
        for envelope in envelopes {
            if self.held.insert(envelope.id(), envelope.clone()).is_none() {
                let about = self.about.entry(envelope.header().subject).or_default();
                about.push(envelope.id());
            }
            let keys = self.open(envelope);
            let keys = keys.iter().flat_map(|entries| entries.iter());
            let keys = keys.filter(|entry| entry.kind == Kind::PATIENT_KEY);
            let keys: Vec<ContentKey> = keys
                .filter_map(|entry| PatientKey::from_body(&entry.body).ok())
                .map(|one| one.key)
                .collect();
            self.keys
                .extend(keys.into_iter().map(|key| (key.id(), key)));
        }
        let of_service = |one: &Envelope| one.header().scope == Scope::Service;
        if envelopes.iter().any(of_service) {
            self.authorities = self.whose_signature_counts();
        }
    }

    /// The envelopes held about somebody or something.
    fn held_about(&self, subject: Subject) -> impl Iterator<Item = &Envelope> {
        let ids = self.about.get(&subject).into_iter().flatten();
        ids.filter_map(|id| self.held.get(id))
    }

    fn whose_signature_counts(&self) -> Authorities {
        let opened: Vec<(&Envelope, Rc<Vec<Entry>>)> = self
            .held_about(Subject::Service)
            .filter_map(|envelope| Some((envelope, self.open(envelope)?)))
            .collect();
        let mut stated = Vec::new();
        for (envelope, entries) in &opened {
            for (index, entry) in (0..).zip(entries.iter()) {
                stated.push(Stated {
                    header: envelope.header(),
                    index,
                    entry,
                });
            }
        }
        Authorities::new(&self.service.enrolled(), &stated)
    }

    /// What an envelope says, if the laptop has its key.
    fn open(&self, envelope: &Envelope) -> Option<Rc<Vec<Entry>>> {
        let header = envelope.header();
        let of_scope = self.service.scope_key(&header.scope);
        let key = if of_scope.id() == header.key {
            Some(&of_scope)
        } else {
            self.keys.get(&header.key)
        }?;
        let id = envelope.id();
        if let Some(opened) = self.opened.borrow().get(&id) {
            return Some(Rc::clone(opened));
        }
        let entries = Rc::new(envelope.open(key).ok()?);
        self.opened.borrow_mut().insert(id, Rc::clone(&entries));
        Some(entries)
    }

    /// Every entry about a patient that the laptop can read.
    pub(crate) fn entries(&self, patient: PatientId) -> Vec<Placed> {
        let mut all = Vec::new();
        for envelope in self.held_about(Subject::Patient(patient)) {
            let Some(entries) = self.open(envelope) else {
                continue;
            };
            let counts = |index: u16, entry: &Entry| {
                if self.defect == Some(Defect::TrustsTheRevoked) {
                    return None;
                }
                let header = envelope.header();
                let stated = Stated {
                    header,
                    index,
                    entry,
                };
                self.authorities.accepts(stated).err()
            };
            let placed = envelope.place(entries.to_vec()).into_iter();
            all.extend(placed.map(|placed| Placed {
                unverified: counts(placed.id.index, &placed.entry),
                ..placed
            }));
        }
        all
    }

    /// The record of a patient as the laptop shows it.
    pub(crate) fn record(&self, patient: PatientId) -> Record {
        let record = fold(self.entries(patient));
        if self.defect == Some(Defect::LastWriteWins) {
            without_conflicts(&record)
        } else {
            record
        }
    }

    /// The patients the laptop knows, with their scope, in order.
    pub(crate) fn patients(&self) -> Vec<(PatientId, Scope)> {
        let known = self.about.iter().filter_map(|(subject, ids)| {
            let Subject::Patient(patient) = subject else {
                return None;
            };
            let scope = self.held.get(ids.first()?)?.header().scope;
            Some((*patient, scope))
        });
        known.collect()
    }

    /// The key to write on a patient with.
    pub(crate) fn key_of(&self, patient: PatientId) -> Option<ContentKey> {
        let all = self.entries(patient);
        let keys = all.iter().filter(|it| it.entry.kind == Kind::PATIENT_KEY);
        let keys: Vec<PatientKey> = keys
            .filter_map(|placed| PatientKey::from_body(&placed.entry.body).ok())
            .collect();
        PatientKey::to_write_under(&keys).map(|it| it.key.clone())
    }

    /// The emergencies that are held and not among `told`, each after the envelope with its key.
    pub(crate) fn urgent(&self, told: &BTreeSet<EnvelopeId>) -> Vec<EnvelopeId> {
        if self.defect == Some(Defect::ForgetsUrgency) {
            return Vec::new();
        }
        let mut urgent = Vec::new();
        for (id, envelope) in &self.held {
            if envelope.header().emergency && !told.contains(id) {
                urgent.extend(self.carrier_of(envelope).filter(|id| !told.contains(id)));
                urgent.push(*id);
            }
        }
        urgent
    }

    /// The envelope with the key that opens this one.
    pub(crate) fn carrier_of(&self, envelope: &Envelope) -> Option<EnvelopeId> {
        let header = envelope.header();
        let carries = |entry: &Entry| {
            entry.kind == Kind::PATIENT_KEY
                && PatientKey::from_body(&entry.body).is_ok_and(|it| it.id() == header.key)
        };
        let one = self.held_about(header.subject).find(|other| {
            let opened = self.open(other);
            opened.is_some_and(|entries| entries.iter().any(carries))
        });
        one.map(Envelope::id)
    }

    /// The envelopes up to and with these ends: what a hub server that has them holds.
    pub(crate) fn up_to(&self, tips: &[Tips]) -> BTreeSet<EnvelopeId> {
        let by_place: BTreeMap<(Stream, [u8; 32]), &Envelope> = self
            .held
            .values()
            .map(|one| ((one.header().stream(), one.header_hash()), one))
            .collect();
        let mut all = BTreeSet::new();
        for tips in tips {
            for tail in &tips.tails {
                let mut at = tail.header_hash;
                while let Some(envelope) = by_place.get(&(tips.stream, at)) {
                    if !all.insert(envelope.id()) {
                        break;
                    }
                    at = envelope.header().previous;
                }
            }
        }
        all
    }

    /// The ids of all that is held.
    pub(crate) fn ids(&self) -> BTreeSet<EnvelopeId> {
        self.held.keys().copied().collect()
    }

    /// What is held of a scope.
    pub(crate) fn held_in(&self, scope: Scope) -> Vec<Envelope> {
        let within = |one: &&Envelope| one.header().scope == scope;
        self.held.values().filter(within).cloned().collect()
    }

    /// What the defect of not seeing what there is leaves of it.
    pub(crate) fn seen(&self, envelopes: &[Envelope]) -> Vec<Envelope> {
        if self.defect != Some(Defect::SkipsForks) {
            return envelopes.to_vec();
        }
        let place = |one: &Envelope| (one.header().stream(), one.header().sequence);
        let mut taken: BTreeMap<(Stream, u64), EnvelopeId> = self
            .held
            .values()
            .map(|one| (place(one), one.id()))
            .collect();
        let mut seen = Vec::new();
        for one in envelopes {
            if *taken.entry(place(one)).or_insert_with(|| one.id()) == one.id() {
                seen.push(one.clone());
            }
        }
        seen
    }
}

/// What the last write wins leaves: of the values in conflict the one with the latest clock.
fn without_conflicts(record: &Record) -> Record {
    let mut beaten = BTreeSet::new();
    for (_, current) in record.under("") {
        let latest = current
            .all()
            .iter()
            .max_by_key(|it| (it.entry.claimed, it.id));
        let latest = latest.map(|placed| placed.id);
        let losers = current.all().iter().map(|placed| placed.id);
        beaten.extend(losers.filter(|id| Some(*id) != latest));
    }
    let stays = |placed: &&&Placed| !beaten.contains(&placed.id);
    let all = record.everything();
    fold(all.iter().filter(stays).map(|placed| (*placed).clone()))
}
