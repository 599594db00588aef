//! What one side of the service waits for from the other, as far as the record tells.

use assessment::ruleset::Urgency;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use record::body::{AssessmentFinished, Decision, Receipt};
use record::id::ItemId;
use record::moment::Moment;
use serde::{Deserialize, Serialize};

use super::gathered::asked_urgency;
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
    /// The steps that are waited for: of the newest assessment that was decided, and of each that was
    /// begun after it. A follow-up that is begun hides nothing of the case before. `today` decides
    /// which warning signs are open.
    pub(super) fn all(case: &Case, today: Date) -> Vec<Self> {
        let mut all = Vec::new();
        for facts in case.assessments() {
            if let Some(decision) = case.acted_on(facts.id) {
                all.extend(Self::after(case, facts.id, &decision));
                break;
            }
            all.extend(Self::receipt(case, facts.id, today));
        }
        all
    }

    fn new(kind: StepKind, assessment: ItemId, since: Moment, within: SignedDuration) -> Self {
        Self {
            kind,
            assessment: assessment.to_string(),
            since,
            by: since.at().checked_add(within).unwrap_or(since.at()),
        }
    }

    /// What was finished at the spoke and no laptop at the hub has, while nothing is decided on it. It
    /// is as urgent as what was asked for.
    fn receipt(case: &Case, assessment: ItemId, today: Date) -> Option<Self> {
        let at_hub = case.hub_devices();
        let finished = case.held::<AssessmentFinished>(&slots::finished(assessment));
        let mut finished = finished.all().iter().map(|found| found.placed);
        let unheard = finished.find(|placed| {
            !at_hub.contains(&placed.device)
                && case
                    .receipt(&placed.id, Receipt::ARRIVED, Side::Hub)
                    .is_none()
        })?;
        let asked = asked_urgency(case, today).unwrap_or(Urgency::Soon);
        let since = unheard.entry.claimed;
        Some(Self::new(
            StepKind::Receipt,
            assessment,
            since,
            within(asked),
        ))
    }

    /// What is to follow a decision.
    fn after(case: &Case, assessment: ItemId, decision: &Found<'_, &Decision>) -> Vec<Self> {
        let placed = decision.placed;
        let since = placed.entry.claimed;
        let urgency = urgency_of(&decision.body.decided.urgency);
        let at_hub = case.hub_devices().contains(&placed.device);
        let arrived = case.receipt(&placed.id, Receipt::ARRIVED, Side::Spoke);
        let mut all = Vec::new();
        // Where the spoke decided itself nothing has to come back.
        if at_hub && arrived.is_none() {
            let within = within(urgency.unwrap_or(Urgency::Soon));
            all.push(Self::new(StepKind::Back, assessment, since, within));
        }
        if case.plan(assessment).given.is_none() {
            let soon = urgency.is_some_and(|urgency| urgency <= Urgency::SameDay);
            let within = if soon {
                URGENT_PLAN_WITHIN
            } else {
                PLAN_WITHIN
            };
            all.push(Self::new(StepKind::PlanGiven, assessment, since, within));
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
