//! Transferring a patient, with the handover.

use std::sync::Arc;

use record::body::{Action, Transfer};
use record::id::{PatientId, SiteId};
use record::transfers;

use crate::audit;
use crate::case::Case;
use crate::desk::{Desk, Line, patient_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{Choice, TransferForm, TransferView, Transferred};

/// Why somebody goes on elsewhere.
const GROUNDS: [(&str, &str); 5] = [
    ("nearer", "The other site is nearer to where they live"),
    ("wish", "The patient asked for it"),
    ("service", "The other site offers what they need"),
    ("site-closed", "This site closes"),
    ("other", "Another reason, said below"),
];

/// The grounds of a transfer in words.
pub(crate) fn grounds_words(grounds: &str) -> &'static str {
    let known = GROUNDS.iter().find(|(value, _)| *value == grounds);
    known.map_or("Not said why", |(_, words)| *words)
}

/// What may be chosen for a transfer.
pub fn transfer_form(desk: &mut Desk, patient: String) -> Result<TransferView, Refusal> {
    desk.allow(Act::Transfer)?;
    let patient = patient_id(&patient)?;
    let case = desk.case(patient)?;
    let from = kept_at(&case)?;
    let sites = desk.open_sites()?;
    let name = |site: SiteId| sites.get(&site).map_or_else(String::new, Clone::clone);
    Ok(TransferView {
        from: name(from),
        sites: sites
            .iter()
            .filter(|(site, _)| **site != from)
            .map(|(site, name)| Choice {
                value: site.to_string(),
                label: name.clone(),
            })
            .collect(),
        grounds: GROUNDS
            .iter()
            .map(|(value, label)| Choice {
                value: (*value).into(),
                label: (*label).into(),
            })
            .collect(),
    })
}

/// Transfers a patient to another site: the handover is written down, the record's keys are wrapped
/// for that site, and what was written so far is passed on as it is. All of it or nothing.
pub fn transfer_patient(
    desk: &mut Desk,
    patient: String,
    form: TransferForm,
) -> Result<Transferred, Refusal> {
    desk.allow(Act::Transfer)?;
    let patient = patient_id(&patient)?;
    desk.seal_typed(patient)?;
    let case = desk.case(patient)?;
    let from = kept_at(&case)?;
    let to = checked(desk, &form, from)?;
    desk.hand_over_to(patient, to, &form)?;
    let name = desk.open_sites()?.remove(&to).unwrap_or_default();
    Ok(Transferred {
        words: format!(
            "Transferred to {name}. What was written so far is there as soon as this laptop has sent it."
        ),
    })
}

/// The site that keeps a record. In doubt somebody has to say so first.
fn kept_at(case: &Case) -> Result<SiteId, Refusal> {
    let mut homes = case.kept_at(case.patient).into_iter();
    match (homes.next(), homes.next()) {
        (Some(home), None) => Ok(home),
        (Some(_), Some(_)) => Err(Refusal::plain(
            "Two sites keep this record since two transfers did not see each other. Settle that first.",
        )),
        (None, _) => Err(Refusal::NotFound("That patient")),
    }
}

fn checked(desk: &Desk, form: &TransferForm, from: SiteId) -> Result<SiteId, Refusal> {
    let sites = desk.open_sites()?;
    let mut faults = Faults::default();
    let to: Option<SiteId> = form.to.parse().ok();
    let to = to.filter(|to| sites.contains_key(to) && *to != from);
    if to.is_none() {
        faults.add("to", "Choose the site where the patient goes on.");
    }
    if !GROUNDS.iter().any(|(known, _)| *known == form.grounds) {
        faults.add("grounds", "Choose why.");
    }
    if form.note.split_whitespace().count() < 2 {
        faults.add(
            "note",
            "Say in a few words what the other site has to know.",
        );
    }
    if form.told.trim().is_empty() {
        faults.add("told", "Name who at the other site was told.");
    }
    faults.none()?;
    let to =
        to.ok_or_else(|| Refusal::field("to", "Choose the site where the patient goes on."))?;
    for site in [from, to] {
        if !desk.sitting()?.holds_key_of(site)? {
            return Err(desk.no_key_of(record::scope::Scope::Site(site))?);
        }
    }
    Ok(to)
}

impl Desk {
    /// Transfers every record of a person: all of it or nothing.
    pub(crate) fn hand_over_to(
        &mut self,
        patient: PatientId,
        to: SiteId,
        form: &TransferForm,
    ) -> Result<(), Refusal> {
        self.seal_typed(patient)?;
        let case = self.case_unshown(patient)?;
        self.whole(|desk| {
            for record in case.records() {
                desk.transfer(*record, to, form)?;
            }
            Ok(())
        })
    }

    fn transfer(
        &mut self,
        record: PatientId,
        to: SiteId,
        form: &TransferForm,
    ) -> Result<(), Refusal> {
        // Whoever was ended before holds no key that is written under there.
        self.patient_key(record)?;
        let written = Arc::clone(&self.sitting_mut()?.shown(record)?.written);
        let from = written.kept_at(record).first().copied();
        let Some(from) = from.filter(|from| *from != to) else {
            return Ok(());
        };
        let body = Transfer {
            patient: record,
            from,
            to,
            grounds: form.grounds.clone(),
            told: form.told.trim().into(),
            note: form.note.trim().into(),
        };
        let line = Line::of(transfers::slot(record).as_str(), &body)?;
        self.write_aside(record, vec![line])?;
        self.pass_on(record, to)?;
        audit::note(
            self,
            Action::HandedOver,
            Some(record),
            "transferred to another site",
        )
    }
}
