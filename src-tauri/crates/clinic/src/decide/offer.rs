//! When the proposal may be signed as it is, and when it is hidden.

use record::id::ItemId;

use crate::case::{AssessmentFacts, Case, VEILED};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::rules;
use crate::triage::Proposed;
use crate::view::SignOffer;

/// One case in so many has its proposal hidden until the clinician has chosen. A design decision
/// for the clinical safety officer.
const HIDDEN_IN: u8 = 10;

/// One assessment in ten, chosen by its random id, so that nobody can know beforehand and every
/// device agrees.
pub(crate) fn is_hidden(assessment: ItemId) -> bool {
    assessment
        .as_bytes()
        .last()
        .is_some_and(|byte| byte % HIDDEN_IN == 0)
}

/// Whether the proposal is hidden in a case that nobody has decided: the clinician chooses first.
pub(crate) fn hides_proposal(case: &Case, assessment: ItemId) -> bool {
    is_hidden(assessment) && case.choice(assessment).is_none()
}

/// Whether "Sign as proposed" may be pressed, and if not, why.
pub(super) fn offer(
    desk: &Desk,
    case: &Case,
    assessment: &AssessmentFacts,
    hidden: bool,
    proposed: Option<&Proposed>,
) -> Result<SignOffer, Refusal> {
    let off = rules::standing(desk.sitting()?)?.off;
    let signs = desk.may(Act::SignDecision)? || desk.may(Act::SignForCountersigning)?;
    let why_not = if let Some(off) = &off {
        Some(off.as_str())
    } else if !signs {
        Some("Your role does not sign decisions.")
    } else {
        in_the_way(case, assessment, hidden, proposed)
    };
    Ok(SignOffer {
        allowed: why_not.is_none(),
        why_not: why_not.map(str::to_owned),
    })
}

/// What in the case itself stands in the way.
fn in_the_way(
    case: &Case,
    assessment: &AssessmentFacts,
    hidden: bool,
    proposed: Option<&Proposed>,
) -> Option<&'static str> {
    if case.is_veiled(assessment.id) {
        Some(VEILED)
    } else if assessment.finished.is_none() {
        Some("The assessment is not finished.")
    } else if case.identity().conflict.is_some() {
        Some("Who this patient is, is in conflict. Settle it first.")
    } else if !case.unverified().is_empty() {
        Some(
            "A warning sign, an allergy or a medicine is unverified. Ask the patient, record what holds, and mark the unverified entry as made in error.",
        )
    } else if case.decision(assessment.id).is_unsettled() {
        Some(
            "Two decisions did not see each other. The more urgent one is acted on until it is settled.",
        )
    } else if !case.disagreeing(assessment.id).is_empty() {
        Some(
            "A second opinion differs. The more urgent of the two is acted on until it is settled.",
        )
    } else if !case.conflicts().is_empty() {
        Some("Something in the record is in conflict. Settle it first, or choose and say why.")
    } else if hidden {
        Some("In this case you choose first. The proposal is shown after.")
    } else if proposed.is_some_and(|proposed| proposed.settled) {
        None
    } else {
        Some("Something is still not settled. Choose and say why, or ask what is missing.")
    }
}
