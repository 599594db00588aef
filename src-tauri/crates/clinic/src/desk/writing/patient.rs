//! Entries about a patient.

use std::sync::Arc;

use record::entry::Entry;
use record::envelope::{self, Envelope};
use record::id::PatientId;
use record::moment::Moment;
use record::scope::{Scope, Subject};
use store::{Derived, DraftRef};

use super::super::Desk;
use super::{Line, Sign};
use crate::audit;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;

impl Desk {
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

    /// The same for what the program itself has to say of a record, in that very record, whichever
    /// of a person's the lines would belong to by themselves. What somebody is typing there stays
    /// as it is.
    pub(crate) fn write_aside(
        &mut self,
        patient: PatientId,
        lines: Vec<Line>,
    ) -> Result<(), Refusal> {
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
        self.whole(|desk| desk.put(patient, entries, None, Vec::new(), false))
    }

    pub(super) fn write_as(
        &mut self,
        patient: PatientId,
        lines: Vec<Line>,
        sign: Option<Sign>,
        emergency: bool,
    ) -> Result<Moment, Refusal> {
        // A new patient's key and their first entry stand in two envelopes.
        self.whole(|desk| desk.written(patient, lines, sign, emergency))
    }

    fn written(
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
        if sign.is_some() {
            // Whatever use case asks for it: nobody signs for somebody who may be another.
            written.settled()?;
        }
        let home = lines
            .last()
            .map_or(patient, |line| written.home(line.slot.as_ref(), &line.body));
        let role = self.role()?;
        let sitting = self.sitting()?;
        let mut lamport = sitting.opened.store.lamport()?;
        // Over what its author has seen, which may be less than what is here: nobody replaces what
        // a blind opinion hides from them.
        let seen = sitting.seen_of(written.patient).unwrap_or(&written);
        let veiled = seen.veiled_for(author, role);
        let seen = &veiled.as_ref().unwrap_or(seen).record;
        let entries = lines
            .into_iter()
            .map(|line| {
                lamport += 1;
                line.entry(seen, author, now, lamport)
            })
            .collect();
        self.put(home, entries, sign, Vec::new(), emergency)?;
        Ok(now)
    }

    pub(super) fn put(
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
        if let Some(sign) = sign {
            self.sign_last(&mut entries, &position, subject, sign)?;
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

    pub(super) fn append(
        &mut self,
        patient: PatientId,
        sealed: Envelope,
        entries: Vec<Entry>,
        cleared: Vec<DraftRef>,
    ) -> Result<(), Refusal> {
        let said = audit::written(&entries, Some(patient), self.staff()?);
        let decided = crate::task::decided(&entries);
        let sitting = self.sitting_mut()?;
        let scope = sealed.header().scope;
        let more = sealed.place(entries);
        let case = sitting.shown(patient)?.written.with(more.clone());
        let summary = PatientSummary::row_of(&case)?;
        let trail = self.trail_of(said, case.record.highest_lamport())?;
        let derived = Derived {
            summaries: std::slice::from_ref(&summary),
            cleared: &cleared,
            audit: trail.rows(),
            lamport: trail.lamport_or(case.record.highest_lamport()),
            ..Derived::default()
        };
        let sitting = self.sitting_mut()?;
        sitting
            .opened
            .store
            .append(&trail.with(sealed), derived)
            .map_err(Refusal::NotSaved)?;
        sitting.wrote(case.patient, &more);
        sitting.shown(patient)?.written_on(case, patient, scope);
        crate::task::remember(self, patient, decided)
    }

    /// The scope that new envelopes on a record stand in: that of the site that keeps it. A laptop
    /// that is not enrolled there writes where it can, and what it writes is passed on from there.
    /// For a record that has not begun it is the site where the person at work is.
    pub(super) fn scope_of(&mut self, record: PatientId) -> Result<Scope, Refusal> {
        let sitting = self.sitting_mut()?;
        let at = sitting.at;
        let shown = sitting.shown(record)?;
        let began = shown.scopes.get(&record).copied();
        let homes = shown.written.transferred_to(record);
        if homes.is_empty() {
            return Ok(began.unwrap_or(Scope::Site(at)));
        }
        let here = homes.contains(&at).then_some(at);
        let others = shown.written.written_at(record);
        for site in here.into_iter().chain(homes).chain(others) {
            if self.sitting()?.holds_key_of(site)? {
                return Ok(Scope::Site(site));
            }
        }
        Ok(began.unwrap_or(Scope::Site(at)))
    }
}
