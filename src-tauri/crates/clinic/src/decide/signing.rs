//! Choosing and signing.

use std::sync::Arc;

use assessment::ruleset::{Disposition, Strand};
use record::body::{Body, Choice as ChoiceBody, Decided, Decision};
use record::entry::Basis;
use record::id::{ItemId, PatientId};

use super::choices::{REASONS, from_value, urgency_of};
use super::result::result;
use crate::case::{Case, slots};
use crate::desk::{Desk, Line, Sign, item_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::rules;
use crate::view::{DecisionForm, TriageResult};

/// What the clinician chose before the proposal was shown.
pub fn choose_first(
    desk: &mut Desk,
    assessment: String,
    form: DecisionForm,
) -> Result<TriageResult, Refusal> {
    // A doctor in training chooses first as well: it is they who decide, and somebody countersigns.
    if !desk.may(Act::SignForCountersigning)? {
        desk.allow(Act::SignDecision)?;
    }
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    check(&form)?;
    desk.case(patient)?.unveiled(id)?;
    let body = ChoiceBody {
        assessment: id,
        lead: form.lead,
        urgency: form.urgency,
    };
    desk.write(patient, vec![Line::of(slots::choice(id), &body)?])?;
    result(desk, patient, id)
}

pub(crate) fn check(form: &DecisionForm) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    if from_value::<Disposition>(&form.lead).is_none() {
        faults.add("lead", "Choose where the case goes.");
    }
    if urgency_of(&form.urgency).is_none() {
        faults.add("urgency", "Choose how urgent it is.");
    }
    let known = |strand: &String| from_value::<Strand>(strand).is_some();
    if !form.strands.iter().all(known) {
        faults.add("strands", "Choose strands from the list.");
    }
    faults.none()
}

/// Signs a decision. What it had seen is part of the signature; an entry that arrived since the
/// screen was drawn blocks it.
pub fn sign_decision(
    desk: &mut Desk,
    assessment: String,
    form: DecisionForm,
) -> Result<TriageResult, Refusal> {
    desk.allow(Act::SignDecision)?;
    check(&form)?;
    let ready = Ready::of(desk, &assessment, &form.basis_digest)?;
    let passphrase = form.passphrase.clone();
    let body = Decision {
        assessment: ready.id,
        decided: ready.decided(desk, form)?,
        countersigns: None,
    };
    ready.sign(desk, &passphrase, slots::decision(ready.id), &body)
}

/// A case that may be signed on, as the person who signs has seen it.
pub(crate) struct Ready {
    pub(crate) id: ItemId,
    pub(crate) case: Arc<Case>,
    patient: PatientId,
    drawn: TriageResult,
}

impl Ready {
    /// The case as it stands; refused unless it is the one that was drawn.
    pub(crate) fn of(
        desk: &mut Desk,
        assessment: &str,
        basis_digest: &str,
    ) -> Result<Self, Refusal> {
        let ready = Self::for_opinion(desk, assessment, basis_digest)?;
        ready.case.unveiled(ready.id)?;
        if ready.drawn.triage.hidden {
            return Err(Refusal::plain(
                "In this case you choose first. The proposal is shown after.",
            ));
        }
        Ok(ready)
    }

    /// The same for an opinion, which may be given without the proposal and without the decision.
    pub(crate) fn for_opinion(
        desk: &mut Desk,
        assessment: &str,
        basis_digest: &str,
    ) -> Result<Self, Refusal> {
        let id = item_id(assessment)?;
        let patient = desk.patient_of(id)?;
        let drawn = result(desk, patient, id)?;
        let case = desk.case(patient)?;
        refuse_unready(&case, id, &drawn, basis_digest)?;
        Ok(Self {
            id,
            case,
            patient,
            drawn,
        })
    }

    /// What the form decides; where that is not what was proposed it says why.
    pub(crate) fn decided(&self, desk: &Desk, form: DecisionForm) -> Result<Decided, Refusal> {
        let as_proposed =
            self.drawn.sign_as_proposed.allowed && agrees(&form, &self.drawn.proposed);
        if !as_proposed {
            need_reason(&form)?;
        }
        Ok(Decided {
            lead: form.lead,
            urgency: form.urgency,
            strands: form.strands,
            as_proposed,
            reason: form.reason,
            reason_text: form.reason_text.trim().into(),
            comment: form.comment.trim().into(),
            ruleset: rules::standing(desk.sitting()?)?.words,
        })
    }

    /// Signs and writes: all that was on the screen is part of the signature.
    pub(super) fn sign<B: Body>(
        &self,
        desk: &mut Desk,
        passphrase: &str,
        slot: String,
        body: &B,
    ) -> Result<TriageResult, Refusal> {
        desk.confirm_passphrase(passphrase)?;
        self.write(desk, Vec::new(), slot, body)?;
        result(desk, self.patient, self.id)
    }

    /// Writes what is signed by somebody who has shown that they may, and before it what goes with
    /// it in one envelope and so counts as seen.
    pub(crate) fn write<B: Body>(
        &self,
        desk: &mut Desk,
        mut lines: Vec<Line>,
        slot: String,
        body: &B,
    ) -> Result<(), Refusal> {
        let basis = Basis {
            heads: self.case.record.all_heads(),
            ruleset: rules::digest(desk.sitting()?)?,
            proposal: Some(proposal_digest(&self.drawn)),
        };
        lines.push(Line::of(slot, body)?);
        desk.write_signed(self.patient, lines, Sign { basis })?;
        Ok(())
    }
}

/// Nothing is signed that was not seen, that is not finished, or that may be another person's.
fn refuse_unready(
    case: &Case,
    id: ItemId,
    drawn: &TriageResult,
    basis_digest: &str,
) -> Result<(), Refusal> {
    if drawn.basis_digest != basis_digest {
        return Err(Refusal::Stale(
            "Something was added to this case since you opened it. Read it, then sign.",
        ));
    }
    if case
        .assessment(id)
        .is_none_or(|facts| facts.finished.is_none())
    {
        return Err(Refusal::plain(
            "Finish the assessment before anything is signed on it.",
        ));
    }
    case.settled()
}

fn agrees(form: &DecisionForm, proposed: &DecisionForm) -> bool {
    let sorted = |strands: &[String]| {
        let mut all = strands.to_vec();
        all.sort();
        all
    };
    form.lead == proposed.lead
        && form.urgency == proposed.urgency
        && sorted(&form.strands) == sorted(&proposed.strands)
}

fn need_reason(form: &DecisionForm) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    if !REASONS.iter().any(|(value, _)| *value == form.reason) {
        faults.add("reason", "Choose why this differs from the proposal.");
    }
    if form.reason_text.split_whitespace().count() < 3 {
        faults.add("reason_text", "Say why in at least a sentence.");
    }
    faults.none()
}

/// What was on the screen when it was signed.
fn proposal_digest(drawn: &TriageResult) -> [u8; 32] {
    let said = serde_json::to_vec(&drawn.triage.parts).unwrap_or_default();
    *blake3::hash(&said).as_bytes()
}
