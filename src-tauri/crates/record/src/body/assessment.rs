//! An assessment: its beginning and its end.

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, SiteId};

/// Slot `assessment/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentStarted {
    /// The assessment.
    pub assessment: ItemId,
    /// The referral it answers.
    pub referral: Option<ItemId>,
    /// in-person, phone or video.
    pub mode: String,
    /// Site.
    pub site: SiteId,
}

/// Slot `assessment/<item>/finished`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentFinished {
    /// The assessment.
    pub assessment: ItemId,
    /// Why it closes although warning signs were declined or cannot be answered.
    pub reason: String,
    /// Safety-net given.
    pub safety_net: String,
}
