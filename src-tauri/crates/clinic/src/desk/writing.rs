use std::collections::BTreeSet;
use std::sync::Arc;

use record::body::Body;
use record::cbor;
use record::certificate::CertificateId;
use record::entry::{Basis, EnteredBy, Entry, Kind, Slot, sign_entry};
use record::envelope::{self, Envelope, Position};
use record::fold::{Record, fold};
use record::id::{PatientId, StaffId};
use record::keys::ContentKey;
use record::moment::Moment;
use record::patient_key::{self, PatientKey};
use record::scope::{Scope, Subject};
use store::{Derived, Draft, DraftRef, KeyHolder, StoredKey};

use super::Desk;
use super::reading::{Typed, decode};
use crate::refusal::Refusal;
use crate::summary::PatientSummary;

/// Something to be written: a body and the slot it gives the value of.
pub(crate) struct Line {
    pub(crate) kind: Kind,
    pub(crate) version: u16,
    pub(crate) slot: Option<Slot>,
    pub(crate) body: cbor::Value,
}

/// A signature to be put on the last line of an envelope.
pub(crate) struct Sign {
    pub(crate) basis: Basis,
}

impl Line {
    /// The value of a slot.
    pub(crate) fn of<B: Body>(path: impl Into<String>, body: &B) -> Result<Self, Refusal> {
        let slot = Slot::new(path).map_err(record::entry::Error::from)?;
        Ok(Self {
            slot: Some(slot),
            ..Self::appended(body)?
        })
    }

    /// An observation that supersedes nothing.
    pub(crate) fn appended<B: Body>(body: &B) -> Result<Self, Refusal> {
        Ok(Self {
            kind: B::kind(),
            version: B::VERSION,
            slot: None,
            body: cbor::to_value(body)?,
        })
    }

    fn entry(self, record: &Record, author: StaffId, claimed: Moment, lamport: u64) -> Entry {
        let parents = self
            .slot
            .as_ref()
            .map(|slot| record.heads(slot))
            .unwrap_or_default();
        Entry {
            kind: self.kind,
            version: self.version,
            slot: self.slot,
            parents,
            claimed,
            lamport,
            author,
            entered_by: EnteredBy::Staff(author),
            body: self.body,
            signed: None,
        }
    }
}

impl Typed {
    /// The entry this draft becomes.
    pub(crate) fn entry(
        self,
        record: &Record,
        author: StaffId,
        lamport: u64,
    ) -> Result<Entry, Refusal> {
        let claimed = self.claimed;
        let line = Line {
            kind: Kind::new(self.kind).map_err(record::entry::Error::from)?,
            version: self.version,
            slot: Some(Slot::new(self.slot).map_err(record::entry::Error::from)?),
            body: self.body,
        };
        Ok(line.entry(record, author, claimed, lamport))
    }
}

impl Desk {
    /// Keeps what is being typed. On disk when it returns.
    pub(crate) fn keep_typed(&mut self, patient: PatientId, line: Line) -> Result<Moment, Refusal> {
        let now = self.now();
        let staff = self.staff()?;
        let slot = line
            .slot
            .map(|slot| slot.as_str().to_owned())
            .unwrap_or_default();
        let typed = Typed {
            kind: line.kind.as_str().to_owned(),
            version: line.version,
            slot: slot.clone(),
            claimed: now,
            body: line.body,
        };
        let draft = Draft {
            staff,
            patient: Some(patient),
            context: patient.to_string(),
            name: slot,
            body: cbor::encode(&cbor::to_value(&typed)?)?,
            typed_at: now.at(),
        };
        self.sitting()?
            .opened
            .store
            .put_draft(&draft)
            .map_err(Refusal::NotSaved)?;
        self.sitting_mut()?.typed_anew();
        Ok(now)
    }

    /// Everything typed about a patient becomes entries: in one envelope, or in one for each person
    /// where two typed in one slot, since an envelope holds a slot once. Neither saw the other's
    /// answer, so both have the same parents and stand in conflict.
    pub(crate) fn seal_typed(&mut self, patient: PatientId) -> Result<(), Refusal> {
        let mut drafts = self
            .sitting()?
            .opened
            .store
            .drafts_of(&patient.to_string())?;
        if drafts.is_empty() {
            return Ok(());
        }
        let before = Arc::clone(&self.sitting_mut()?.shown(patient)?.written);
        while !drafts.is_empty() {
            let mut slots = BTreeSet::new();
            let (now, later): (Vec<_>, Vec<_>) = drafts
                .into_iter()
                .partition(|draft| slots.insert(draft.name.clone()));
            let mut lamport = self.sitting()?.opened.store.lamport()?;
            let mut entries = Vec::new();
            for draft in &now {
                if let Ok(typed) = decode(&draft.body) {
                    lamport += 1;
                    entries.push(typed.entry(&before.record, draft.staff, lamport)?);
                }
            }
            let cleared = now.iter().map(Draft::reference).collect();
            self.put(patient, entries, None, cleared, false)?;
            drafts = later;
        }
        Ok(())
    }

    /// Everything typed by anybody becomes entries: at lock, and after a crash. Gives whose record
    /// it stands in.
    pub(crate) fn seal_all_typed(&mut self) -> Result<Vec<PatientId>, Refusal> {
        let contexts = self.sitting()?.opened.store.draft_contexts()?;
        let patients: Vec<_> = contexts.into_iter().filter_map(|(_, of)| of).collect();
        for patient in &patients {
            self.seal_typed(*patient)?;
        }
        Ok(patients)
    }

    /// Writes lines about a patient, all or nothing, on disk when it returns.
    pub(crate) fn write(
        &mut self,
        patient: PatientId,
        lines: Vec<Line>,
    ) -> Result<Moment, Refusal> {
        self.write_as(patient, lines, None, false)
    }

    /// The same, to be sent before all else.
    pub(crate) fn write_emergency(
        &mut self,
        patient: PatientId,
        lines: Vec<Line>,
    ) -> Result<Moment, Refusal> {
        self.write_as(patient, lines, None, true)
    }

    /// The same, the last line signed by the person at work.
    pub(crate) fn write_signed(
        &mut self,
        patient: PatientId,
        lines: Vec<Line>,
        sign: Sign,
    ) -> Result<Moment, Refusal> {
        self.write_as(patient, lines, Some(sign), false)
    }

    fn write_as(
        &mut self,
        patient: PatientId,
        lines: Vec<Line>,
        sign: Option<Sign>,
        emergency: bool,
    ) -> Result<Moment, Refusal> {
        self.seal_typed(patient)?;
        let now = self.now();
        let author = self.staff()?;
        let written = Arc::clone(&self.sitting_mut()?.shown(patient)?.written);
        let mut lamport = self.sitting()?.opened.store.lamport()?;
        let entries = lines
            .into_iter()
            .map(|line| {
                lamport += 1;
                line.entry(&written.record, author, now, lamport)
            })
            .collect();
        self.put(patient, entries, sign, Vec::new(), emergency)?;
        Ok(now)
    }

    fn put(
        &mut self,
        patient: PatientId,
        mut entries: Vec<Entry>,
        sign: Option<Sign>,
        cleared: Vec<DraftRef>,
        emergency: bool,
    ) -> Result<(), Refusal> {
        let key = self.patient_key(patient)?;
        let scope = self.scope_of(patient)?;
        let subject = Subject::Patient(patient);
        let position = self.position(scope)?;
        if let Some(sign) = sign
            && let Some(last) = entries.pop()
        {
            // An envelope holds far fewer entries than this, or is refused when it is sealed.
            let index = u16::try_from(entries.len()).unwrap_or(u16::MAX);
            let authority = self.authority()?;
            let signing = &self.sitting()?.opened.signing;
            entries.push(sign_entry(
                last, &position, subject, index, sign.basis, authority, signing,
            )?);
        }
        let nonce = self.random();
        let sitting = self.sitting()?;
        let seal = if emergency {
            envelope::seal_emergency
        } else {
            envelope::seal
        };
        let sealed = seal(
            position,
            subject,
            &key,
            nonce,
            &entries,
            &sitting.opened.device_signing,
        )?;
        self.append(patient, sealed, entries, cleared)
    }

    fn append(
        &mut self,
        patient: PatientId,
        sealed: Envelope,
        entries: Vec<Entry>,
        cleared: Vec<DraftRef>,
    ) -> Result<(), Refusal> {
        let today = self.today();
        let sitting = self.sitting_mut()?;
        let more = sealed.place(entries);
        let scope = more.first().map(|first| first.scope);
        let case = sitting.shown(patient)?.written.with(more);
        let summary = PatientSummary::of(&case, today).to_row()?;
        let derived = Derived {
            summaries: std::slice::from_ref(&summary),
            cleared: &cleared,
            keys: &[],
            lamport: case.record.highest_lamport(),
        };
        sitting
            .opened
            .store
            .append(std::slice::from_ref(&sealed), derived)
            .map_err(Refusal::NotSaved)?;
        sitting.shown(patient)?.written_on(case, scope);
        Ok(())
    }

    /// Writes lines that are about no patient: the service's directory, the audit trail.
    pub(crate) fn write_in(
        &mut self,
        scope: Scope,
        subject: Subject,
        lines: Vec<Line>,
    ) -> Result<(), Refusal> {
        self.write_with(scope, subject, lines, &[])
    }

    fn write_with(
        &mut self,
        scope: Scope,
        subject: Subject,
        lines: Vec<Line>,
        keys: &[StoredKey],
    ) -> Result<(), Refusal> {
        let now = self.now();
        let author = self.staff()?;
        // Only a slot has parents; an audit entry does not read the whole trail to be written.
        let record = if lines.iter().any(|line| line.slot.is_some()) {
            fold(self.sitting()?.open_all(subject)?)
        } else {
            Record::default()
        };
        let mut lamport = self.sitting()?.opened.store.lamport()?;
        let entries: Vec<Entry> = lines
            .into_iter()
            .map(|line| {
                lamport += 1;
                line.entry(&record, author, now, lamport)
            })
            .collect();
        let position = self.position(scope)?;
        let key = self.epoch_key(scope)?;
        let nonce = self.random();
        let sitting = self.sitting_mut()?;
        let sealed = envelope::seal(
            position,
            subject,
            &key,
            nonce,
            &entries,
            &sitting.opened.device_signing,
        )?;
        let derived = Derived {
            keys,
            lamport,
            ..Derived::default()
        };
        sitting
            .opened
            .store
            .append(std::slice::from_ref(&sealed), derived)
            .map_err(Refusal::NotSaved)?;
        Ok(())
    }

    fn position(&self, scope: Scope) -> Result<Position, Refusal> {
        Ok(self.sitting()?.opened.store.position(scope)?)
    }

    /// The scope a patient's envelopes stand in: the first one's, or the site where the person at
    /// work is when there is none yet.
    fn scope_of(&mut self, patient: PatientId) -> Result<Scope, Refusal> {
        let sitting = self.sitting_mut()?;
        let at = sitting.at;
        Ok(sitting.shown(patient)?.scope.unwrap_or(Scope::Site(at)))
    }

    /// The patient's newest key; a new patient gets one first, in an envelope of its own.
    fn patient_key(&mut self, patient: PatientId) -> Result<ContentKey, Refusal> {
        if let Some(stored) = self
            .sitting()?
            .opened
            .store
            .key_to_write(KeyHolder::Patient(patient))?
        {
            return Ok(stored.key);
        }
        let key = PatientKey {
            generation: 1,
            key: ContentKey::from_bytes(self.random()),
        };
        let scope = self.scope_of(patient)?;
        let line = Line {
            kind: Kind::PATIENT_KEY,
            version: patient_key::VERSION,
            slot: None,
            body: key.to_body()?,
        };
        let stored = StoredKey {
            holder: KeyHolder::Patient(patient),
            generation: key.generation,
            key: key.key.clone(),
        };
        self.write_with(
            scope,
            Subject::Patient(patient),
            vec![line],
            std::slice::from_ref(&stored),
        )?;
        Ok(key.key)
    }

    /// The scope's epoch key; the first device of a scope makes it.
    fn epoch_key(&mut self, scope: Scope) -> Result<ContentKey, Refusal> {
        if let Some(stored) = self
            .sitting()?
            .opened
            .store
            .key_to_write(KeyHolder::Scope(scope))?
        {
            return Ok(stored.key);
        }
        let key = ContentKey::from_bytes(self.random());
        let stored = StoredKey {
            holder: KeyHolder::Scope(scope),
            generation: 1,
            key: key.clone(),
        };
        let Self {
            sitting, around, ..
        } = self;
        let sitting = sitting.as_ref().ok_or(Refusal::Locked)?;
        sitting
            .opened
            .keep_epoch_key(&stored, &mut |bytes| around.fill(bytes))?;
        Ok(key)
    }

    /// The certificate the person at work signs under.
    fn authority(&self) -> Result<CertificateId, Refusal> {
        let sitting = self.sitting()?;
        crate::trust::signing_certificate(sitting, self.now())?
            .map(|certificate| certificate.id())
            .ok_or_else(|| Refusal::plain("You have no certificate on this laptop that holds today, so nothing was signed. Ask an administrator to certify you."))
    }
}
