use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use record::entry::Entry;
use record::envelope::Envelope;
use record::fold::{Placed, fold};
use record::id::{ItemId, PatientId};
use record::links::Links;
use record::moment::Moment;
use record::scope::{Scope, Subject};
use store::StaffTile;

use super::{Desk, Sitting};
use crate::audit;
use crate::case::{Case, Linked};
use crate::entries::{self, Against, Opening};
use crate::refusal::Refusal;

/// A patient whose entries have been read, so that an answer does not open every envelope again.
pub(crate) struct Shown {
    pub(crate) patient: PatientId,
    /// Who may read each record of the person; none while it has no entry.
    pub(crate) scopes: BTreeMap<PatientId, Scope>,
    /// What is written.
    pub(crate) written: Arc<Case>,
    /// The same with what is being typed. Whoever keeps a draft takes this away.
    now: Option<Arc<Case>>,
    /// A case as the person at work may see it, with the case it was made of.
    veiled: Option<(Arc<Case>, Arc<Case>)>,
    /// Records whose newest key is known to be of the present epoch of their scope's key.
    renewed: BTreeSet<PatientId>,
}

impl Shown {
    /// The case of a person.
    pub(crate) fn new(case: Case) -> Self {
        let mut scopes = BTreeMap::new();
        // A record is in the scope in which it began, on whatever device that is read.
        for placed in case.record.everything() {
            if let Subject::Patient(record) = placed.subject {
                scopes.entry(record).or_insert(placed.scope);
            }
        }
        Self {
            patient: case.patient,
            scopes,
            written: Arc::new(case),
            now: None,
            veiled: None,
            renewed: BTreeSet::new(),
        }
    }

    /// A record's newest key is of the present epoch of its scope's key.
    pub(crate) fn renewed(&mut self, record: PatientId) {
        self.renewed.insert(record);
    }

    /// Whether that is known.
    pub(crate) fn is_renewed(&self, record: PatientId) -> bool {
        self.renewed.contains(&record)
    }

    /// More was written about one of the records, in an envelope of that scope.
    pub(crate) fn written_on(&mut self, written: Case, record: PatientId, scope: Scope) {
        self.scopes.entry(record).or_insert(scope);
        self.written = Arc::new(written);
        self.now = None;
    }

    /// What is being typed has changed.
    pub(super) fn forget_typed(&mut self) {
        self.now = None;
    }
}

impl Sitting {
    /// A person's entries, opened and folded once for as long as the person is on screen. Two
    /// records that are linked are read as one, under the one that was kept.
    pub(crate) fn shown(&mut self, patient: PatientId) -> Result<&mut Shown, Refusal> {
        let known = self.known()?;
        let lead = known.links.lead(patient);
        self.refuse_erased(&known, lead)?;
        let shown = match self.shown.take_if(|shown| shown.patient == lead) {
            Some(shown) => shown,
            None => self.read_person(&known.links, lead)?,
        };
        Ok(self.shown.insert(shown))
    }

    /// A person's entries under these links, opened and folded.
    pub(crate) fn read_person(&self, links: &Links, lead: PatientId) -> Result<Shown, Refusal> {
        let linked = Linked {
            records: links.records(lead),
            disputed: links.disputed(lead),
        };
        let (mut entries, mut opening) = (Vec::new(), Opening::default());
        for record in &linked.records {
            entries.extend(self.open_counting(Subject::Patient(*record), &mut opening)?);
        }
        let in_use = Arc::clone(&self.in_service()?.in_use);
        let case = Case::new(lead, fold(entries))
            .linked(linked)
            .hiding(opening.hidden())
            .read_with(in_use);
        Ok(Shown::new(case))
    }

    /// Everybody on this laptop. The key file is read once in a sitting.
    pub(crate) fn colleagues(&self, now: Timestamp) -> Result<&[StaffTile], Refusal> {
        if let Some(known) = self.colleagues.get() {
            return Ok(known);
        }
        let read = self.opened.colleagues(now)?;
        Ok(self.colleagues.get_or_init(|| read))
    }

    /// Every entry on a subject whose key this device holds. One that does not count says why.
    pub(crate) fn open_all(&self, subject: Subject) -> Result<Vec<Placed>, Refusal> {
        self.open_counting(subject, &mut Opening::default())
    }

    /// The same, and how the content was found.
    fn open_counting(
        &self,
        subject: Subject,
        opening: &mut Opening,
    ) -> Result<Vec<Placed>, Refusal> {
        let store = &self.opened.store;
        let against = self.against()?;
        let mut all = entries::on(store, subject, against, opening)?;
        if subject == Subject::Service {
            for envelope in self.erasures_beside(&store.envelopes_of(subject)?)? {
                let entries = self.open(&envelope)?;
                all.extend(against.place(&envelope, entries));
            }
        }
        Ok(all)
    }

    /// What entries are held against here.
    pub(crate) fn against(&self) -> Result<Against<'_>, Refusal> {
        let authorities = self.authorities()?;
        if let Some(forks) = self.forks.get() {
            return Ok(Against { authorities, forks });
        }
        let read = self.opened.store.forks()?.into_iter().collect();
        let forks = self.forks.get_or_init(|| read);
        Ok(Against { authorities, forks })
    }

    /// The same before anything is held against the certificates, which are among it.
    pub(crate) fn open_unchecked(
        &self,
        subject: Subject,
    ) -> Result<Vec<(Envelope, Vec<Entry>)>, Refusal> {
        let mut envelopes = self.opened.store.envelopes_of(subject)?;
        if subject == Subject::Service {
            envelopes.extend(self.erasures_beside(&envelopes)?);
        }
        let mut all = Vec::new();
        for envelope in envelopes {
            let entries = self.open(&envelope)?;
            all.push((envelope, entries));
        }
        Ok(all)
    }

    /// The entries of one envelope; none where its key is not held here, or its content is gone.
    pub(crate) fn open(&self, envelope: &Envelope) -> Result<Vec<Entry>, Refusal> {
        Opening::default().open(&self.opened.store, envelope)
    }
}

impl Desk {
    /// A patient's case as it stands, with what is being typed. That the person at work saw it is
    /// in the audit trail before they do.
    pub(crate) fn case(&mut self, patient: PatientId) -> Result<Arc<Case>, Refusal> {
        let case = self.case_unshown(patient)?;
        audit::viewed(self, patient)?;
        self.sitting_mut()?.drawing(case.patient);
        self.veiled(case)
    }

    /// The same for what stands beside the record and does not show it: what arrived meanwhile has
    /// not been seen by this.
    pub(crate) fn case_beside(&mut self, patient: PatientId) -> Result<Arc<Case>, Refusal> {
        let case = self.case_unshown(patient)?;
        audit::viewed(self, patient)?;
        self.veiled(case)
    }

    /// A case without what a blind opinion hides from the person at work.
    fn veiled(&mut self, case: Arc<Case>) -> Result<Arc<Case>, Refusal> {
        let (staff, role) = (self.staff()?, self.role()?);
        let shown = self.sitting_mut()?.shown(case.patient)?;
        if let Some((of, veiled)) = &shown.veiled
            && Arc::ptr_eq(of, &case)
        {
            return Ok(Arc::clone(veiled));
        }
        let veiled = case.veiled_for(staff, role);
        let veiled = veiled.map_or_else(|| Arc::clone(&case), Arc::new);
        shown.veiled = Some((case, Arc::clone(&veiled)));
        Ok(veiled)
    }

    /// The same for what the program itself does with a case, and shows nobody.
    pub(crate) fn case_unshown(&mut self, patient: PatientId) -> Result<Arc<Case>, Refusal> {
        let sitting = self.sitting_mut()?;
        let shown = sitting.shown(patient)?;
        if let Some(now) = &shown.now {
            return Ok(Arc::clone(now));
        }
        let written = Arc::clone(&shown.written);
        let lead = shown.patient;
        let scopes = &mut shown.scopes.values();
        let scope = *scopes.next().ok_or(Refusal::NotFound("That patient"))?;
        let transferred = !written.transferred_to(lead).is_empty();
        let homes = written.kept_at(lead);
        if let Some(me) = sitting.me()?
            && !homes.is_empty()
            && !homes.iter().any(|site| me.works_at(*site))
        {
            return Err(Refusal::plain(if transferred {
                "This patient was transferred to a site that your certificate does not list. Ask a colleague there."
            } else {
                "This patient belongs to a site that your certificate does not list. Ask a colleague there, or an administrator."
            }));
        }
        let typed = sitting.typed(&written, scope)?;
        let now = if typed.is_empty() {
            written
        } else {
            Arc::new(written.with(typed))
        };
        sitting.shown(lead)?.now = Some(Arc::clone(&now));
        Ok(now)
    }

    /// The patient an assessment belongs to. Only the worklist's rows know it by the id alone.
    pub(crate) fn patient_of(&mut self, assessment: ItemId) -> Result<PatientId, Refusal> {
        if let Some(shown) = &self.sitting()?.shown {
            let patient = shown.patient;
            if self.case_unshown(patient)?.assessment(assessment).is_some() {
                return Ok(patient);
            }
        }
        let item = assessment.to_string();
        let whose = self.sitting()?.opened.store.patient_of(&item)?;
        whose.ok_or(Refusal::NotFound("That assessment"))
    }

    /// When the last answer about a patient reached the disk.
    pub(crate) fn last_saved(&mut self, patient: PatientId) -> Result<Option<Moment>, Refusal> {
        let case = self.case(patient)?;
        Ok(case
            .record
            .timeline()
            .last()
            .map(|placed| placed.entry.claimed))
    }
}
