//! What a consultant did in a review session beside deciding.

use serde::{Deserialize, Serialize};

use crate::id::ItemId;

/// A case put aside until a day. Slot `aside/<assessment>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutAside {
    /// The assessment.
    pub assessment: ItemId,
    /// ISO date on which it comes back.
    pub until: String,
    /// Why, in words.
    pub reason: String,
    /// It was taken up again before that day.
    pub lifted: bool,
}

/// A case was on a consultant's screen in a review session, and how it left. Appended; the lead's
/// rates are made of it, never of a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// The assessment.
    pub assessment: ItemId,
    /// The session, by an id drawn when it began.
    pub session: ItemId,
    /// signed, changed, asked, enquired, put-aside or passed.
    pub step: String,
    /// Whole seconds from the case being drawn to the step, at most 86,400.
    pub seconds: u32,
    /// The proposal was hidden until a choice was made.
    pub hidden: bool,
}
