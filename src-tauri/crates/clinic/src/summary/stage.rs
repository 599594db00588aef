//! At which step of their way through the clinic a patient is.

use jiff::civil::Date;
use record::id::ItemId;
use serde::{Deserialize, Serialize};

use crate::case::{AssessmentFacts, PlanNow};

/// Where a patient stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    /// A referral has come and something is missing from it.
    ReferralIncomplete,
    /// A referral has come.
    Referral,
    /// An appointment is made.
    Booked,
    /// Questions are being asked.
    Assessing,
    /// Finished, not signed.
    ToSign,
    /// Signed, the plan is to be written and agreed.
    ToPlan,
    /// Agreed, to be handed over.
    ToGive,
    /// The patient has the plan.
    FollowUp,
}

impl Stage {
    /// The list of the worklist that holds it; empty for those between lists.
    pub(super) fn list(self) -> &'static str {
        match self {
            Self::ReferralIncomplete | Self::Referral => "referrals",
            Self::Booked | Self::Assessing => "assessments",
            Self::ToSign => "to-sign",
            Self::FollowUp => "follow-up",
            Self::ToPlan | Self::ToGive => "",
        }
    }
}

/// What the stage is read from.
pub(super) struct Course<'a> {
    pub(super) newest: Option<&'a AssessmentFacts>,
    /// The assessment that was decided on, and when.
    pub(super) decided: Option<(ItemId, Date)>,
    /// The plan of that assessment.
    pub(super) plan: &'a PlanNow,
    /// The newest decision is to be looked at again.
    pub(super) again: bool,
    /// Something is missing from the referral.
    pub(super) incomplete: bool,
    /// When the referral came.
    pub(super) received: Option<Date>,
    /// There is an appointment still to come.
    pub(super) booked: bool,
}

impl Course<'_> {
    /// The stage, and the day it was reached.
    pub(super) fn stage(&self) -> (Stage, Option<Date>) {
        let newest = self.newest.map(|facts| facts.id);
        let decided = self.decided.filter(|(id, _)| Some(*id) == newest);
        let given = self.plan.given.as_ref();
        match (self.newest, decided) {
            (_, Some((_, day))) if self.again => (Stage::ToSign, Some(day)),
            _ if given.is_some() => {
                let day = given.map(|(_, moment)| moment.local().date());
                (Stage::FollowUp, day)
            }
            (_, Some((_, day))) => match &self.plan.agreed {
                Some((_, when)) if self.plan.is_agreed() => {
                    (Stage::ToGive, Some(when.local().date()))
                }
                _ => (Stage::ToPlan, Some(day)),
            },
            (Some(facts), None) => match facts.finished {
                Some(finished) => (Stage::ToSign, Some(finished.local().date())),
                None => (Stage::Assessing, Some(facts.started.local().date())),
            },
            (None, None) if self.incomplete => (Stage::ReferralIncomplete, self.received),
            (None, None) if self.booked => (Stage::Booked, self.received),
            (None, None) => (Stage::Referral, self.received),
        }
    }
}
