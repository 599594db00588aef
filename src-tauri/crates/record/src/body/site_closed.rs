//! A site that sees nobody any more.

use serde::{Deserialize, Serialize};

use crate::id::SiteId;

/// The site is closed: nobody new is taken on there. In the service scope, slot
/// `site/<site>/closed`. What was written there stays readable.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteClosed {
    /// The site.
    pub site: SiteId,
    /// False when it was opened again.
    pub closed: bool,
    /// The site that its patients were transferred to, if there is one.
    pub merged_into: Option<SiteId>,
    /// Why, in a person's words; nothing of a patient.
    pub reason: String,
}
