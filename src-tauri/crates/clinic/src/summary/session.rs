//! How the decision that is acted on was signed, where that was in a review session.

use record::body::Reviewed;
use serde::{Deserialize, Serialize};

use crate::case::Case;

/// What the rates of the service are made of. It names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignedInSession {
    pub(crate) as_proposed: bool,
    /// From the case being drawn to the signature.
    pub(crate) seconds: u32,
    /// Where the proposal was hidden at first: whether the choice before it was shown is what was
    /// proposed and then signed.
    pub(crate) first_choice: Option<bool>,
}

impl SignedInSession {
    /// The newest decision that is acted on, where a look stands in its envelope.
    pub(super) fn of(case: &Case) -> Option<Self> {
        let (assessment, decision) = case
            .assessments()
            .iter()
            .find_map(|facts| Some((facts.id, case.acted_on(facts.id)?)))?;
        let looks = case.appended::<Reviewed>();
        let look = looks
            .iter()
            .find(|look| look.placed.id.envelope == decision.placed.id.envelope)?;
        let decided = &decision.body.decided;
        let first = case.choice(assessment).filter(|_| look.body.hidden);
        Some(Self {
            as_proposed: decided.as_proposed,
            seconds: look.body.seconds,
            first_choice: first.map(|first| {
                let same = (&first.lead, &first.urgency) == (&decided.lead, &decided.urgency);
                decided.as_proposed && same
            }),
        })
    }
}
