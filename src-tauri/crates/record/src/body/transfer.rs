//! A patient who goes on at another site.

use serde::{Deserialize, Serialize};

use crate::id::{PatientId, SiteId};

/// From now on the record is kept at another site. In the service scope, slot
/// [`crate::transfers::slot`].
///
/// It holds no word of the patient, since every site reads it; those stand in [`Transferred`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The record.
    pub patient: PatientId,
    /// Where it was kept so far.
    pub from: SiteId,
    /// Where it is kept from now on.
    pub to: SiteId,
    /// Why: moved-house, nearer, wish, service, site-closed or other.
    pub grounds: String,
}

/// The handover in the patient's own record: what the other site has to know, and who there was
/// told. Appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transferred {
    /// Where the record was kept so far.
    pub from: SiteId,
    /// Where it is kept from now on.
    pub to: SiteId,
    /// As in [`Transfer`].
    pub grounds: String,
    /// Who at the other site was told; empty when nobody was yet.
    pub told: String,
    /// What they have to know.
    pub note: String,
}
