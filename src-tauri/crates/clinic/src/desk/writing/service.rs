//! Entries about no patient: the service's directory, a site's own.

use record::entry::{Entry, sign_entry};
use record::envelope::{self, Position};
use record::fold::{Record, fold};
use record::id::PatientId;
use record::scope::{Scope, Subject};
use store::{Derived, StoredKey, Summary};

use super::super::Desk;
use super::{Line, Sign};
use crate::audit;
use crate::refusal::Refusal;

/// What goes with lines about no patient, in the same transaction.
#[derive(Default)]
pub(crate) struct Along<'a> {
    /// The person at work signs the last line.
    pub(crate) sign: Option<Sign>,
    /// Keys that are new.
    pub(crate) keys: &'a [StoredKey],
    /// Rows of patients who stand otherwise from now on.
    pub(crate) summaries: &'a [Summary],
    /// Patients who are shown under another one from now on.
    pub(crate) joined: &'a [PatientId],
    /// Patients whose content goes.
    pub(crate) erased: &'a [PatientId],
}

impl Desk {
    /// Writes lines that are about no patient: the service's directory, a site's own.
    pub(crate) fn write_in(
        &mut self,
        scope: Scope,
        subject: Subject,
        lines: Vec<Line>,
    ) -> Result<(), Refusal> {
        self.write_along(scope, subject, lines, Along::default())
    }

    /// The same, the last line signed by the person at work.
    pub(crate) fn write_signed_in(
        &mut self,
        scope: Scope,
        subject: Subject,
        lines: Vec<Line>,
        sign: Sign,
    ) -> Result<(), Refusal> {
        let along = Along {
            sign: Some(sign),
            ..Along::default()
        };
        self.write_along(scope, subject, lines, along)
    }

    /// The same, with what has to happen in the same moment or not at all.
    pub(crate) fn write_along(
        &mut self,
        scope: Scope,
        subject: Subject,
        lines: Vec<Line>,
        along: Along<'_>,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let author = self.staff()?;
        // Only a slot has parents; what is appended does not read the whole subject to be written.
        let record = if lines.iter().any(|line| line.slot.is_some()) {
            fold(self.sitting()?.open_all(subject)?)
        } else {
            Record::default()
        };
        let mut lamport = self.sitting()?.opened.store.lamport()?;
        let mut entries: Vec<Entry> = lines
            .into_iter()
            .map(|line| {
                lamport += 1;
                line.entry(&record, author, now, lamport)
            })
            .collect();
        let position = self.position(scope)?;
        if let Some(sign) = along.sign {
            self.sign_last(&mut entries, &position, subject, sign)?;
        }
        let key = self.epoch_key(scope)?;
        let nonce = self.random();
        let sitting = self.sitting()?;
        let sealed = envelope::seal(
            position,
            subject,
            &key,
            nonce,
            &entries,
            &sitting.opened.device_signing,
        )?;
        let patient = match subject {
            Subject::Patient(patient) => Some(patient),
            _ => None,
        };
        let said = audit::written(&entries, patient, author);
        let trail = self.trail_of(said, lamport)?;
        let derived = Derived {
            keys: along.keys,
            summaries: along.summaries,
            joined: along.joined,
            erased: along.erased,
            audit: trail.rows(),
            lamport: trail.lamport_or(lamport),
            ..Derived::default()
        };
        let sitting = self.sitting_mut()?;
        sitting
            .opened
            .store
            .append(&trail.with(sealed), derived)
            .map_err(Refusal::NotSaved)?;
        if subject == Subject::Service {
            sitting.in_service.take();
            sitting.authorities.take();
            sitting.known = None;
        }
        if !(along.summaries.is_empty() && along.joined.is_empty() && along.erased.is_empty()) {
            sitting.shown = None;
        }
        Ok(())
    }

    /// Puts the signature of the person at work on the last of the entries.
    pub(super) fn sign_last(
        &self,
        entries: &mut Vec<Entry>,
        position: &Position,
        subject: Subject,
        sign: Sign,
    ) -> Result<(), Refusal> {
        let Some(last) = entries.pop() else {
            return Ok(());
        };
        // An envelope holds far fewer entries than this, or is refused when it is sealed.
        let index = u16::try_from(entries.len()).unwrap_or(u16::MAX);
        let authority = self.authority(&last.kind, &subject)?;
        let signing = &self.sitting()?.opened.signing;
        entries.push(sign_entry(
            last, position, subject, index, sign.basis, authority, signing,
        )?);
        Ok(())
    }
}
