//! A patient who goes on at another site.

use serde::{Deserialize, Serialize};

use crate::id::{PatientId, SiteId};

/// From now on the record is kept at another site, and what that site has to know. On the patient,
/// slot [`crate::transfers::slot`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The record.
    pub patient: PatientId,
    /// Where it was kept so far.
    pub from: SiteId,
    /// Where it is kept from now on.
    pub to: SiteId,
    /// Why: nearer, wish, service, site-closed or other.
    pub grounds: String,
    /// Who at the other site was told.
    pub told: String,
    /// What they have to know.
    pub note: String,
}
