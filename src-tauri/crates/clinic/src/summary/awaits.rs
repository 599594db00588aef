//! What one side of the service waits for from the other, as far as the record tells.

use assessment::ruleset::Urgency;
use jiff::{SignedDuration, Timestamp};
use record::body::{Decision, Receipt};
use record::id::ItemId;
use record::moment::Moment;
use serde::{Deserialize, Serialize};

use crate::case::{Case, Found, Side};
use crate::decide::{rank, urgency_of};

/// The item under which cases are found whose decision at the hub nobody at the spoke has opened.
pub(crate) const UNOPENED: &str = "awaits/opening";

/// A decision of the hub that raised the urgency and that nobody at the spoke has opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unopened {
    pub(crate) assessment: String,
    pub(crate) urgency: Urgency,
    /// When it was signed.
    pub(crate) since: Moment,
    /// A laptop at the spoke keeps it.
    pub(crate) arrived: bool,
}

impl Unopened {
    /// By when somebody at the spoke should have opened it. Design decisions, for the service's
    /// clinical safety officer to set: each is well inside the time that the urgency itself allows.
    pub(crate) fn by(&self) -> Timestamp {
        let within = match self.urgency {
            Urgency::Emergency | Urgency::CrisisOrSafeguardingNow => SignedDuration::from_mins(15),
            Urgency::SameDay => SignedDuration::from_hours(1),
            Urgency::Within48Hours => SignedDuration::from_hours(8),
            Urgency::UrgentSuspectedCancer | Urgency::Urgent => SignedDuration::from_hours(24),
            _ => SignedDuration::from_hours(72),
        };
        let since = self.since.at();
        since.checked_add(within).unwrap_or(since)
    }

    /// The newest decision that is acted on, where that is so of it.
    pub(super) fn of(case: &Case) -> Option<Self> {
        let (assessment, decision) = case
            .assessments()
            .iter()
            .find_map(|facts| Some((facts.id, case.acted_on(facts.id)?)))?;
        let id = &decision.placed.id;
        let at_hub = case.hub_devices().contains(&decision.placed.device);
        let opened = case.receipt(id, Receipt::OPENED, Side::Spoke).is_some();
        let urgency = urgency_of(&decision.body.decided.urgency)?;
        (at_hub && !opened && raises(case, assessment, &decision, urgency)).then(|| Self {
            assessment: assessment.to_string(),
            urgency,
            since: decision.placed.entry.claimed,
            arrived: case.receipt(id, Receipt::ARRIVED, Side::Spoke).is_some(),
        })
    }
}

/// Whether a decision is more urgent than what the spoke knew: the decision before it, else what
/// the referrer asked for. With neither, whatever is urgent counts as raised.
fn raises(
    case: &Case,
    assessment: ItemId,
    decision: &Found<'_, &Decision>,
    urgency: Urgency,
) -> bool {
    let replaced = decision.placed.entry.parents.iter();
    let replaced = replaced
        .filter_map(|id| case.record.entry(id))
        .filter_map(|placed| case.read::<Decision>(placed))
        .filter_map(|found| urgency_of(&found.body.decided.urgency));
    let earlier = case.assessments().iter();
    let earlier = earlier
        .filter(|facts| facts.id != assessment)
        .filter_map(|facts| case.acted_on(facts.id))
        .filter_map(|found| urgency_of(&found.body.decided.urgency));
    let asked = case.referrals();
    let asked = asked
        .first()
        .and_then(|found| urgency_of(&found.body.asked_urgency));
    let known = replaced.chain(earlier.take(1)).map(rank).min();
    match known.or(asked.map(rank)) {
        Some(known) => rank(urgency) < known,
        None => urgency <= Urgency::Urgent,
    }
}
