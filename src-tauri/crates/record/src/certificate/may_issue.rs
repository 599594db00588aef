//! Who may certify whom, and within which bounds. Frozen with the format.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use crate::id::SiteId;
use crate::moment::Moment;
use crate::role::Role;

use super::{Claims, Grant, Validity};

/// The longest time a lead lets a locum in for at once: 28 days. A design decision: four weeks
/// bridge a leave, and make somebody look again.
pub const LOCUM_FOR: SignedDuration = SignedDuration::from_hours(28 * 24);

/// How long before a locum begins a lead may let them in: 28 days. A design decision.
pub const LOCUM_BEGINS_WITHIN: SignedDuration = SignedDuration::from_hours(28 * 24);

/// Whether a lead may let in a locum with this role: those who treat patients, and no other lead.
pub fn is_locum_role(role: Role) -> bool {
    role.is_clinical() && role != Role::Lead
}

impl Claims {
    /// Whether a holder of this may issue a certificate that says `other`.
    pub(super) fn may_issue(&self, other: &Self) -> bool {
        let held = self
            .grant
            .valid()
            .is_none_or(|valid| valid.covers(&other.issued));
        held && match (&self.grant, &other.grant) {
            (Grant::Root { .. }, Grant::Administrator { .. })
            | (Grant::Administrator { .. }, Grant::Staff { .. } | Grant::Device { .. }) => true,
            (
                Grant::Staff {
                    role: Role::Lead,
                    sites,
                    device,
                    valid,
                    ..
                },
                Grant::Staff {
                    role,
                    sites: theirs,
                    device: on,
                    valid: asked,
                    ..
                },
            ) => {
                is_locum_role(*role)
                    && on == device
                    && within(theirs, sites)
                    && is_short(asked, valid, &other.issued)
            }
            _ => false,
        }
    }
}

fn within(theirs: &BTreeSet<SiteId>, own: &BTreeSet<SiteId>) -> bool {
    theirs.is_subset(own)
}

/// Not before it was granted, soon, short, and not longer than the lead's own.
fn is_short(asked: &Validity, own: &Validity, issued: &Moment) -> bool {
    let begins = asked.not_before.duration_since(issued.at());
    let lasts = asked.not_after.duration_since(asked.not_before);
    begins >= SignedDuration::ZERO
        && begins <= LOCUM_BEGINS_WITHIN
        && lasts <= LOCUM_FOR
        && asked.not_after <= own.not_after
}
