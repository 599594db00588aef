//! Two views that differ become one decision, signed by the person who was named for it.

use record::body::{Decided, Decision, Opinion, OpinionSettled};

use super::choices::WAYS;
use super::found;
use super::giving::{NOT_FOUND, with_case};
use super::shown::{settler, settles_it};
use crate::case::{Found, slots};
use crate::decide::{self, Ready, rank, urgency_of};
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{DecisionForm, OpinionCase, SettleOpinionForm};

/// The reason of the decision that settles two views.
const REASON: &str = "second-opinion";

/// Settles two views that differ: a new decision that saw both, with why in words. Both views stay
/// as they were signed.
pub fn settle_opinion(
    desk: &mut Desk,
    opinion: String,
    form: SettleOpinionForm,
) -> Result<OpinionCase, Refusal> {
    desk.allow(Act::SignDecision)?;
    let (id, patient) = found(desk, &opinion)?;
    let case = desk.case(patient)?;
    let now = case.opinion(id).ok_or(NOT_FOUND)?;
    let assessment = now.assessment();
    let second = most_urgent(case.unsettled_of(&now));
    let first = case.acted_on(assessment);
    let (Some(first), Some(second)) = (first, second) else {
        return Err(Refusal::plain(
            "Nothing is left to settle here. Look at the case again.",
        ));
    };
    if !settles_it(desk, &now)? {
        let who = settler(desk, &now)?;
        return Err(Refusal::plain(format!("This is settled by {who}.")));
    }
    let wanted = wanted(&form, &first.body.decided, second.body)?;
    decide::check(&wanted)?;
    let ready = Ready::of(desk, &assessment.to_string(), &form.basis_digest)?;
    let settled = OpinionSettled {
        opinion: id,
        assessment,
        how: form.how.clone(),
        words: form.words.trim().into(),
    };
    let body = Decision {
        assessment,
        decided: ready.decided(desk, wanted)?,
        countersigns: None,
    };
    desk.confirm_passphrase(&form.passphrase)?;
    let settled = Line::of(slots::opinion_settled(id), &settled)?;
    ready.write(desk, vec![settled], slots::decision(assessment), &body)?;
    with_case(desk, patient, id)
}

/// Where several colleagues answered at once, the one whose view is acted on.
fn most_urgent<'a>(all: Vec<Found<'a, &'a Opinion>>) -> Option<Found<'a, &'a Opinion>> {
    let urgency = |found: &Found<'_, &Opinion>| {
        let known = urgency_of(&found.body.urgency);
        known.map_or(u8::MAX, rank)
    };
    all.into_iter().min_by_key(urgency)
}

/// The decision that the form asks for.
fn wanted(
    form: &SettleOpinionForm,
    first: &Decided,
    second: &Opinion,
) -> Result<DecisionForm, Refusal> {
    if !WAYS.iter().any(|(known, _)| *known == form.how) {
        return Err(Refusal::field("how", "Choose how it is settled."));
    }
    if form.words.split_whitespace().count() < 3 {
        return Err(Refusal::field("words", "Say why in at least a sentence."));
    }
    let (lead, urgency, strands) = match form.how.as_str() {
        "first" => (&first.lead, &first.urgency, &first.strands),
        "second" => (&second.lead, &second.urgency, &second.strands),
        _ => (&form.lead, &form.urgency, &form.strands),
    };
    Ok(DecisionForm {
        lead: lead.clone(),
        urgency: urgency.clone(),
        strands: strands.clone(),
        reason: REASON.into(),
        reason_text: form.words.clone(),
        basis_digest: form.basis_digest.clone(),
        ..DecisionForm::default()
    })
}
