//! Whom it touches that something arrived, and their rows.

use std::collections::BTreeSet;

use record::body::{Body, Revocation};
use record::cbor::Value;
use record::certificate::{Certificate, NotAuthorised};
use record::entry::Kind;
use record::fold::Placed;
use record::id::PatientId;
use record::scope::Subject;
use store::{Derived, Summary};

use super::arrived::Read;
use super::patient_of;
use crate::case::body_of;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::soundness;

/// People whose rows are made in one step. A design decision: about as long as taking in one batch of
/// a bundle.
const AT_ONCE: u32 = 64;

/// When the rows of those whom something touches are made.
#[derive(Clone, Copy)]
pub(super) enum Rows {
    /// With it, all or nothing.
    Now,
    /// Afterwards, each once: for what comes in great numbers.
    Owed,
}

impl Desk {
    /// Makes the rows of everybody whom these envelopes touch, or leaves them owed. Gives the
    /// records under which they are found.
    pub(super) fn make_rows(
        &mut self,
        read: &[Read],
        rows: Rows,
    ) -> Result<BTreeSet<PatientId>, Refusal> {
        let touched = self.touched(read)?;
        let known = self.sitting_mut()?.known()?;
        let leads = touched.iter().map(|one| known.links.lead(*one)).collect();
        let erased = match rows {
            Rows::Now => self.rows_of(&touched)?,
            Rows::Owed => {
                let store = &mut self.sitting_mut()?.opened.store;
                store.owe_rows(&touched).map_err(Refusal::NotSaved)?;
                false
            }
        };
        if erased || read.iter().any(|(_, placed)| placed.iter().any(erases)) {
            // Also what was sent by somebody who has not heard of the erasure yet.
            self.erase_again()?;
        }
        Ok(leads)
    }

    /// Makes some of the rows that are owed. Gives how many are owed after it.
    pub(crate) fn make_owed_rows(&mut self) -> Result<u64, Refusal> {
        self.whole(|desk| {
            let owed = desk.sitting()?.opened.store.rows_owed(AT_ONCE)?;
            if desk.rows_of(&owed)? {
                desk.erase_again()?;
            }
            let store = &mut desk.sitting_mut()?.opened.store;
            store.rows_made(&owed).map_err(Refusal::NotSaved)?;
            Ok(store.count_owed()?)
        })
    }

    /// Everybody whom these envelopes touch.
    fn touched(&mut self, read: &[Read]) -> Result<BTreeSet<PatientId>, Refusal> {
        let mut touched: BTreeSet<PatientId> = read
            .iter()
            .filter_map(|(envelope, _)| patient_of(envelope))
            .collect();
        let service = read
            .iter()
            .filter(|(envelope, _)| envelope.header().subject == Subject::Service);
        for placed in service.flat_map(|(_, placed)| placed) {
            touched.extend(self.touched_by(placed)?);
        }
        Ok(touched)
    }

    /// Makes the rows of these people. Whether the content of one of them is erased.
    fn rows_of(&mut self, touched: &BTreeSet<PatientId>) -> Result<bool, Refusal> {
        let known = self.sitting_mut()?.known()?;
        let leads: BTreeSet<_> = touched.iter().map(|one| known.links.lead(*one)).collect();
        let joined: Vec<_> = touched.difference(&leads).copied().collect();
        let (mut rows, mut erased) = (Vec::new(), false);
        for lead in &leads {
            if known.erasures.of_record(*lead).is_some() {
                erased = true;
            } else {
                rows.extend(self.row_anew(*lead)?);
            }
        }
        let derived = Derived {
            summaries: &rows,
            joined: &joined,
            ..Derived::default()
        };
        let store = &mut self.sitting_mut()?.opened.store;
        store.keep_derived(derived).map_err(Refusal::NotSaved)?;
        Ok(erased)
    }

    /// A person's row. What was signed under a certificate that is not here is remembered: the row
    /// is another once that comes.
    fn row_anew(&mut self, lead: PatientId) -> Result<Option<Summary>, Refusal> {
        let sitting = self.sitting_mut()?;
        let known = sitting.known()?;
        let case = sitting.read_person(&known.links, lead)?.written;
        for placed in case.record.everything() {
            if let (Some(NotAuthorised::Unknown), Some(signed)) =
                (placed.unverified, &placed.entry.signed)
            {
                let store = &mut sitting.opened.store;
                store.keep_unproven(signed.authority, lead)?;
            }
        }
        self.keep_documents(&case, false)?;
        soundness::row_of(&case)
    }

    /// Whose row an entry of the service's scope makes another: whom it names, whoever was written
    /// on by a device or a person that it ends, and whoever waited for a certificate.
    fn touched_by(&mut self, placed: &Placed) -> Result<Vec<PatientId>, Refusal> {
        let sitting = self.sitting_mut()?;
        let mut touched = Vec::new();
        match &placed.entry.body {
            Value::Bytes(bytes) if placed.entry.kind == Kind::CERTIFICATE => {
                if let Ok(certificate) = Certificate::from_bytes(bytes) {
                    let store = &mut sitting.opened.store;
                    touched.extend(store.proven_by(certificate.id())?);
                }
            }
            _ => {}
        }
        if let Some(revocation) = body_of::<Revocation>(&placed.entry) {
            let ended = sitting.authorities()?.certificate(&revocation.certificate);
            let device = ended.and_then(|one| one.claims().grant.device());
            if let Some(device) = device {
                touched.extend(sitting.opened.store.patients_of_device(device)?);
            }
        }
        let slot = placed.entry.slot.iter();
        let named = slot.flat_map(|slot| slot.segments().filter_map(|id| id.parse().ok()));
        touched.extend(named.collect::<Vec<PatientId>>());
        Ok(touched)
    }
}

fn erases(placed: &Placed) -> bool {
    placed.entry.kind == record::body::Erasure::kind()
}
