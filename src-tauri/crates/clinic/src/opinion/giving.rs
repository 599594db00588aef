//! Giving a second opinion: read with its case, signed with what had been seen.

use record::body::{Decided, Opinion};
use record::id::{ItemId, PatientId};

use super::choices::{VERDICTS, WAYS, choices};
use super::found;
use super::shown::{is_asked, view};
use crate::case::{OpinionNow, Verdict, slots};
use crate::decide::{self, Ready};
use crate::desk::Desk;
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::rules;
use crate::view::{DecisionForm, OpinionCase, OpinionForm};

/// An opinion with the case it is about.
pub fn open_opinion(desk: &mut Desk, opinion: String) -> Result<OpinionCase, Refusal> {
    desk.allow(Act::Look)?;
    let (id, patient) = found(desk, &opinion)?;
    desk.seal_typed(patient)?;
    crate::line::opened(desk, patient)?;
    with_case(desk, patient, id)
}

/// The same once something was signed.
pub(super) fn with_case(
    desk: &mut Desk,
    patient: PatientId,
    id: ItemId,
) -> Result<OpinionCase, Refusal> {
    let case = desk.case(patient)?;
    let opinion = case.opinion(id).ok_or(NOT_FOUND)?;
    let assessment = opinion.assessment();
    let decided = case.first_view(opinion.asked.body).is_some();
    let blind = case.is_veiled(assessment);
    Ok(OpinionCase {
        opinion: view(desk, &case, &opinion)?,
        hidden: blind,
        verdicts: if decided {
            choices(&VERDICTS)
        } else {
            Vec::new()
        },
        ways: choices(&WAYS),
        result: decide::result(desk, patient, assessment)?,
    })
}

pub(super) const NOT_FOUND: Refusal = Refusal::NotFound("That opinion");

/// Signs a second opinion. The signature says what had been seen; of a blind one that is nothing of
/// what was decided.
pub fn give_opinion(
    desk: &mut Desk,
    opinion: String,
    form: OpinionForm,
) -> Result<OpinionCase, Refusal> {
    desk.allow(Act::GiveOpinion)?;
    let (id, patient) = found(desk, &opinion)?;
    let case = desk.case(patient)?;
    let now = case.opinion(id).ok_or(NOT_FOUND)?;
    if !is_asked(desk, &case, &now)? {
        return Err(Refusal::plain(
            "This opinion is asked of somebody else. Ask them, or ask for one of your own.",
        ));
    }
    refuse_closed(&now)?;
    let assessment = now.assessment();
    let blind = case.is_veiled(assessment);
    let first = case.first_view(now.asked.body);
    let first = first.filter(|_| !blind);
    let said = said(&form, first.as_ref().map(|found| &found.body.decided))?;
    let ready = Ready::for_opinion(desk, &assessment.to_string(), &form.basis_digest)?;
    let body = Opinion {
        opinion: id,
        assessment,
        agrees: said.agrees,
        lead: said.lead,
        urgency: said.urgency,
        strands: said.strands,
        change: form.change.trim().into(),
        reason: form.reason.trim().into(),
        blind,
        on: first.map(|found| found.placed.id),
        ruleset: rules::standing(desk.sitting()?)?.words,
    };
    desk.confirm_passphrase(&form.passphrase)?;
    let slot = slots::opinion_given(id, desk.staff()?);
    ready.write(desk, Vec::new(), slot, &body)?;
    with_case(desk, patient, id)
}

fn refuse_closed(opinion: &OpinionNow<'_>) -> Result<(), Refusal> {
    if opinion.withdrawn {
        return Err(Refusal::plain("This opinion is no longer asked for."));
    }
    if !opinion.given.is_empty() {
        return Err(Refusal::plain(
            "This opinion has been given. Read it, and ask for another if one is needed.",
        ));
    }
    Ok(())
}

/// What an opinion says.
struct Said {
    agrees: String,
    lead: String,
    urgency: String,
    strands: Vec<String>,
}

/// What the form says of a first view: agreeing repeats it, a change keeps its lead and urgency.
/// Without one, or where it is hidden, the form says all of it, and why.
fn said(form: &OpinionForm, first: Option<&Decided>) -> Result<Said, Refusal> {
    let own = || Said {
        agrees: form.agrees.clone(),
        lead: form.lead.clone(),
        urgency: form.urgency.clone(),
        strands: form.strands.clone(),
    };
    let Some(first) = first else {
        decided(form)?;
        need_reason(form)?;
        return Ok(Said {
            agrees: String::new(),
            ..own()
        });
    };
    let whole = |strands: &[String]| Said {
        lead: first.lead.clone(),
        urgency: first.urgency.clone(),
        strands: strands.to_vec(),
        ..own()
    };
    match Verdict::from_word(&form.agrees) {
        None => Err(Refusal::field("agrees", "Choose whether you agree.")),
        Some(Verdict::Agrees) => Ok(whole(&first.strands)),
        Some(Verdict::WithChange) => {
            let mut faults = Faults::default();
            faults.need("change", &form.change, "Say what you would change.");
            faults.none()?;
            let changed = whole(&form.strands);
            decided(&OpinionForm {
                lead: changed.lead.clone(),
                urgency: changed.urgency.clone(),
                ..form.clone()
            })?;
            Ok(changed)
        }
        Some(Verdict::Disagrees) => {
            decided(form)?;
            need_reason(form)?;
            if (&form.lead, &form.urgency) == (&first.lead, &first.urgency) {
                return Err(Refusal::field(
                    "agrees",
                    "Pathway and urgency are the same: choose \"I agree, with a change\".",
                ));
            }
            Ok(own())
        }
    }
}

/// Lead, urgency and strands are ones that can be decided.
fn decided(form: &OpinionForm) -> Result<(), Refusal> {
    decide::check(&DecisionForm {
        lead: form.lead.clone(),
        urgency: form.urgency.clone(),
        strands: form.strands.clone(),
        ..DecisionForm::default()
    })
}

fn need_reason(form: &OpinionForm) -> Result<(), Refusal> {
    if form.reason.split_whitespace().count() < 3 {
        return Err(Refusal::field("reason", "Say why in at least a sentence."));
    }
    Ok(())
}
