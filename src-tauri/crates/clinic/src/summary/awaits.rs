//! What one side of the service waits for from the other, as far as the record tells.

use assessment::ruleset::Urgency;
use jiff::{SignedDuration, Timestamp};
use record::body::{AssessmentFinished, Decision, Receipt};
use record::id::ItemId;
use record::moment::Moment;
use serde::{Deserialize, Serialize};

use crate::case::{Case, Found, Side, slots};
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
    /// By when somebody at the spoke should have opened it.
    pub(crate) fn by(&self) -> Timestamp {
        let since = self.since.at();
        since.checked_add(within(self.urgency)).unwrap_or(since)
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

/// How long a case of an urgency may wait for the other side. Design decisions, for the service's
/// clinical safety officer to set: each is well inside the time that the urgency itself allows.
fn within(urgency: Urgency) -> SignedDuration {
    match urgency {
        Urgency::Emergency | Urgency::CrisisOrSafeguardingNow => SignedDuration::from_mins(15),
        Urgency::SameDay => SignedDuration::from_hours(1),
        Urgency::Within48Hours => SignedDuration::from_hours(8),
        Urgency::UrgentSuspectedCancer | Urgency::Urgent => SignedDuration::from_hours(24),
        _ => SignedDuration::from_hours(72),
    }
}

/// The item under which cases are found in which a step is waited for.
pub(crate) const AWAITS: &str = "awaits/step";

/// How long a plan may take to be in the patient's hands after the decision: a week, and a day where
/// that was for the same day or sooner. Design decisions, for the service to set.
const PLAN_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);
const URGENT_PLAN_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StepKind {
    /// That a laptop at the hub keeps what was finished at the spoke.
    Receipt,
    /// That a laptop at the spoke keeps what was decided at the hub.
    Back,
    /// That the plan is in the patient's hands.
    PlanGiven,
}

/// A step that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Step {
    pub(crate) kind: StepKind,
    pub(crate) assessment: String,
    /// When the step before it was taken.
    pub(crate) since: Moment,
    /// When it is late.
    pub(crate) by: Timestamp,
}

impl Step {
    /// The steps that are waited for in the newest assessment.
    pub(super) fn all(case: &Case) -> Vec<Self> {
        let Some(newest) = case.assessments().first() else {
            return Vec::new();
        };
        let decision = case.acted_on(newest.id);
        let urgency = decision
            .as_ref()
            .and_then(|found| urgency_of(&found.body.decided.urgency));
        let within = within(urgency.unwrap_or(Urgency::Soon));
        let at_hub = case.hub_devices();
        let step = |kind, since: Moment, within| Self {
            kind,
            assessment: newest.id.to_string(),
            since,
            by: since.at().checked_add(within).unwrap_or(since.at()),
        };
        let unheard = |id, side| case.receipt(id, Receipt::ARRIVED, side).is_none();
        let Some(decision) = decision else {
            let finished = case.held::<AssessmentFinished>(&slots::finished(newest.id));
            let finished = finished.all().iter().map(|found| found.placed);
            return finished
                .filter(|placed| !at_hub.contains(&placed.device))
                .filter(|placed| unheard(&placed.id, Side::Hub))
                .map(|placed| step(StepKind::Receipt, placed.entry.claimed, within))
                .take(1)
                .collect();
        };
        let placed = decision.placed;
        let since = placed.entry.claimed;
        let mut all = Vec::new();
        // Where the spoke decided itself nothing has to come back.
        if at_hub.contains(&placed.device) && unheard(&placed.id, Side::Spoke) {
            all.push(step(StepKind::Back, since, within));
        }
        if case.plan(newest.id).given.is_none() {
            let soon = urgency.is_some_and(|urgency| urgency <= Urgency::SameDay);
            let within = if soon {
                URGENT_PLAN_WITHIN
            } else {
                PLAN_WITHIN
            };
            all.push(step(StepKind::PlanGiven, since, within));
        }
        all
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
