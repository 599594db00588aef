//! A plan: its words, its goals, and who has it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, ItemId};

/// One block of a plan. Slot `plan/<assessment>/<block>`; the review date is a block too.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanText {
    /// The assessment.
    pub assessment: ItemId,
    /// Block id.
    pub block: String,
    /// Text.
    pub text: String,
}

/// The goals of a plan, in the patient's own words. Slot `plan/<assessment>/goals`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanGoals {
    /// The assessment.
    pub assessment: ItemId,
    /// Goals in order.
    pub goals: Vec<PlanGoal>,
}

/// One goal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanGoal {
    /// What the person wants to do.
    pub text: String,
    /// By when, ISO date or empty.
    pub by: String,
    /// Confidence 0 to 10, if asked.
    pub confidence: Option<u8>,
}

impl fmt::Debug for PlanGoal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("goal")
    }
}

/// A plan agreed with the patient, signed by staff. Slot `plan/<assessment>/agreed`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAgreed {
    /// The assessment.
    pub assessment: ItemId,
    /// Version, from 1.
    pub version: u32,
    /// agreed, agreed-in-part or not-agreed.
    pub state: String,
    /// What was not agreed.
    pub part: String,
    /// Who was present.
    pub present: Vec<String>,
    /// Copies to.
    pub copies: String,
    /// What was agreed: the heads of the slots of the blocks, goals, medicines and allergies.
    pub blocks: Vec<EntryId>,
}

/// A printed or saved copy. Appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPrinted {
    /// The assessment.
    pub assessment: ItemId,
    /// Version, 0 for a draft.
    pub version: u32,
    /// printed or saved.
    pub how: String,
    /// Copies.
    pub copies: u8,
    /// Large print.
    pub large: bool,
}

/// The plan is in the patient's hands, confirmed by a person against two identifiers. Appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanGiven {
    /// The assessment.
    pub assessment: ItemId,
    /// Version.
    pub version: u32,
    /// patient, carer or post.
    pub to: String,
}
