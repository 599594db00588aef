//! What somebody writes at a laptop: from a thought to sealed envelopes at their place.

use record::body::{Body, Revocation, StreamEnd};
use record::cbor::{Value, to_value};
use record::certificate::CertificateId;
use record::entry::{Basis, Entry, Kind, Slot, sign_entry};
use record::envelope::{Envelope, Position, Stream, seal, seal_emergency};
use record::fold::Record;
use record::id::{DeviceId, PatientId, StaffId};
use record::keys::{ContentKey, SigningKey};
use record::log::EventLog;
use record::patient_key::PatientKey;
use record::scope::{Scope, Subject};

use crate::Fault;
use crate::defect::Defect;
use crate::event::What;
use crate::laptop::Laptop;
use crate::service::{Papers, Service, carrying, entry, moment, subject_of};

/// What somebody is about to write, before it is on disk.
pub(crate) struct Draft {
    pub(crate) envelopes: Vec<Envelope>,
    /// Every entry about the patient that the writer had before them.
    pub(crate) seen: Record,
    /// Whether the stream was known to be forked.
    pub(crate) into_a_fork: bool,
}

/// How and when something is written.
#[derive(Clone, Copy)]
pub(crate) struct Hand<'a> {
    pub(crate) service: &'a Service,
    /// Counts what is written anywhere.
    pub(crate) number: u64,
    /// Seconds since the service began.
    pub(crate) now: u64,
}

impl Laptop {
    /// Puts together what somebody writes; nothing when there is nobody to write about.
    pub(crate) fn draft(
        &self,
        what: What,
        patient: u8,
        slot: u8,
        hand: Hand<'_>,
    ) -> Result<Option<Draft>, Fault> {
        match what {
            What::Register => self.register(patient, hand).map(Some),
            What::Look => self.look(hand).map(Some),
            _ => {
                let known = self.stored.journal.patients();
                let Some((id, scope)) = choose(&known, patient) else {
                    return Ok(None);
                };
                let Some(key) = self.stored.journal.key_of(id) else {
                    return Ok(None);
                };
                self.about((id, scope), &key, (what, slot), hand).map(Some)
            }
        }
    }

    fn register(&self, site: u8, hand: Hand<'_>) -> Result<Draft, Fault> {
        let sites: Vec<_> = self.papers.sites.iter().copied().collect();
        let site = choose(&sites, site).ok_or("a laptop is enrolled for a site")?;
        let (scope, service) = (Scope::Site(site), hand.service);
        let patient = service.patient(hand.number);
        let key = PatientKey {
            generation: 1,
            key: service.patient_key(hand.number),
        };
        let claimed = moment(hand.now, self.wrong_by_years)?;
        let carrier = Entry {
            kind: Kind::PATIENT_KEY,
            body: key.to_body()?,
            ..entry(self.staff(), claimed)
        };
        let subject = Subject::Patient(patient);
        let scope_key = service.scope_key(&scope);
        let first = self.seal(self.place(scope)?, subject, &scope_key, &[carrier], 0, hand)?;
        let value = Entry {
            slot: Some(Slot::new("thing/0")?),
            body: Value::Int(i64::try_from(hand.number)?),
            lamport: 2,
            ..entry(self.staff(), claimed)
        };
        let second = Position::after(&first);
        let second = self.seal(second, subject, &key.key, &[value], 1, hand)?;
        Ok(Draft {
            envelopes: vec![first, second],
            seen: Record::default(),
            into_a_fork: self.is_forked(scope)?,
        })
    }

    fn about(
        &self,
        (patient, scope): (PatientId, Scope),
        key: &ContentKey,
        (what, slot): (What, u8),
        hand: Hand<'_>,
    ) -> Result<Draft, Fault> {
        let seen = self.stored.journal.record(patient);
        let slot = Slot::new(match what {
            What::Decision => "decision/r1".to_owned(),
            What::Emergency => "answer/warning".to_owned(),
            _ => format!("thing/{slot}"),
        })?;
        let written = Entry {
            parents: seen.heads(&slot),
            slot: Some(slot),
            lamport: seen.next_lamport(),
            body: Value::Int(i64::try_from(hand.number)?),
            ..entry(self.staff(), moment(hand.now, self.wrong_by_years)?)
        };
        let (at, subject) = (self.place(scope)?, Subject::Patient(patient));
        let written = match what {
            What::Newer => Entry {
                kind: Kind::from_static("from-a-newer-version"),
                version: 9,
                ..written
            },
            What::Decision => self.decision(written, &at, subject, &seen, hand)?,
            _ => written,
        };
        let envelope = if what == What::Emergency {
            let nonce = hand.service.nonce(hand.number * 2);
            seal_emergency(at, subject, key, nonce, &[written], &self.key(hand))?
        } else {
            self.seal(at, subject, key, &[written], 0, hand)?
        };
        Ok(Draft {
            envelopes: vec![envelope],
            into_a_fork: self.is_forked(scope)?,
            seen,
        })
    }

    fn decision(
        &self,
        entry: Entry,
        at: &Position,
        subject: Subject,
        seen: &Record,
        hand: Hand<'_>,
    ) -> Result<Entry, Fault> {
        let entry = Entry {
            kind: Kind::DECISION,
            ..entry
        };
        let basis = Basis {
            heads: seen.all_heads(),
            ..Basis::default()
        };
        let key = hand.service.staff_key(self.identity);
        let authority = self.papers.staff.id();
        Ok(sign_entry(entry, at, subject, 0, basis, authority, &key)?)
    }

    fn look(&self, hand: Hand<'_>) -> Result<Draft, Fault> {
        let looked = Entry {
            kind: Kind::from_static("audit"),
            ..entry(self.staff(), moment(hand.now, self.wrong_by_years)?)
        };
        self.in_scope(Scope::Audit, &[looked], hand)
    }

    /// Entries about a scope as a whole, under its own key.
    fn in_scope(&self, scope: Scope, entries: &[Entry], hand: Hand<'_>) -> Result<Draft, Fault> {
        let key = hand.service.scope_key(&scope);
        let (at, subject) = (self.place(scope)?, subject_of(scope));
        Ok(Draft {
            envelopes: vec![self.seal(at, subject, &key, entries, 0, hand)?],
            seen: Record::default(),
            into_a_fork: self.is_forked(scope)?,
        })
    }

    /// The papers of a laptop, to be read by everybody.
    pub(crate) fn enrolment(&self, papers: &Papers, hand: Hand<'_>) -> Result<Draft, Fault> {
        let by = hand.service.administrator_staff();
        let mut entries = Vec::new();
        for one in papers.chain.iter().chain([&papers.staff]) {
            entries.push(carrying(one, by)?);
        }
        self.in_scope(Scope::Service, &entries, hand)
    }

    /// The end of a laptop's certificate: what is held here of its streams counts, and no more.
    pub(crate) fn revocation(&self, of: &Papers, hand: Hand<'_>) -> Result<Draft, Fault> {
        let certificate = of.chain.last().ok_or("a chain has an end")?.id();
        let body = Revocation {
            certificate,
            why: "lost".to_owned(),
            accepted: self.accepted(of.device)?,
        };
        let service = hand.service;
        let entry = Entry {
            kind: Revocation::kind(),
            slot: Some(Slot::new(format!("revocation/{certificate}"))?),
            body: to_value(&body)?,
            ..entry(service.administrator_staff(), moment(hand.now, 0)?)
        };
        let at = self.place(Scope::Service)?;
        let authority: CertificateId = service.administrator.id();
        let key = service.administrator_key();
        let basis = Basis::default();
        let signed = sign_entry(entry, &at, Subject::Service, 0, basis, authority, key)?;
        self.in_scope(Scope::Service, &[signed], hand)
    }

    fn accepted(&self, device: DeviceId) -> Result<Vec<StreamEnd>, Fault> {
        let mut ends = Vec::new();
        for scope in self.stored.journal.scopes() {
            for tips in self.stored.journal.disk.tips(scope)? {
                let last = tips.tails.iter().map(|tail| tail.sequence).max();
                if tips.stream.device == device {
                    ends.extend(last.map(|sequence| StreamEnd {
                        scope,
                        incarnation: tips.stream.incarnation,
                        sequence,
                    }));
                }
            }
        }
        Ok(ends)
    }

    /// Where the next envelope of a scope goes. A stream that forked is closed, and the device
    /// goes on in another life.
    pub(crate) fn place(&self, scope: Scope) -> Result<Position, Fault> {
        let stream = self.stream(scope)?;
        let tips = self.stored.journal.disk.tips(scope)?;
        let tips = tips.iter().find(|tips| tips.stream == stream);
        let tail = tips.and_then(|tips| tips.tails.last());
        Ok(tail.map_or(stream.first(), |tail| {
            stream.position(tail.sequence + 1, tail.header_hash)
        }))
    }

    fn stream(&self, scope: Scope) -> Result<Stream, Fault> {
        let mut life = 0;
        for scope in self.stored.journal.scopes() {
            for tips in self.stored.journal.disk.tips(scope)? {
                let stays = self.stored.journal.has(Defect::StaysInAForkedStream);
                if tips.stream.device == self.papers.device {
                    let forked = tips.tails.len() > 1 && !stays;
                    life = life.max(tips.stream.incarnation + u32::from(forked));
                }
            }
        }
        Ok(Stream {
            service: self.admitted.service(),
            scope,
            device: self.papers.device,
            incarnation: life,
        })
    }

    fn is_forked(&self, scope: Scope) -> Result<bool, Fault> {
        let stream = self.stream(scope)?;
        let tips = self.stored.journal.disk.tips(scope)?;
        let own = tips.iter().find(|tips| tips.stream == stream);
        Ok(own.is_some_and(|tips| tips.tails.len() > 1))
    }

    /// `which` of the envelopes of one hand, so that no two share a nonce.
    fn seal(
        &self,
        at: Position,
        subject: Subject,
        key: &ContentKey,
        entries: &[Entry],
        which: u64,
        hand: Hand<'_>,
    ) -> Result<Envelope, Fault> {
        let nonce = hand.service.nonce(hand.number * 2 + which);
        Ok(seal(at, subject, key, nonce, entries, &self.key(hand))?)
    }

    fn key(&self, hand: Hand<'_>) -> SigningKey {
        hand.service.device_key(self.identity)
    }

    fn staff(&self) -> StaffId {
        let staff = self.papers.staff.claims().grant.staff();
        staff.unwrap_or(StaffId::from_bytes([0; 16]))
    }
}

fn choose<T: Copy>(several: &[T], which: u8) -> Option<T> {
    several
        .get(usize::from(which) % several.len().max(1))
        .copied()
}
