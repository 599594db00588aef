//! Whom to phone at a site.

use std::collections::BTreeMap;

use record::id::SiteId;

use crate::desk::Desk;
use crate::refusal::Refusal;

/// The clinics' telephone numbers, for one list. A site's own record is opened for its number, so
/// that is done once for each site and not for each row.
#[derive(Default)]
pub(super) struct Clinics(BTreeMap<SiteId, String>);

impl Clinics {
    /// The number of a site's clinic; empty while nobody has written it down.
    pub(super) fn phone(&mut self, desk: &Desk, site: SiteId) -> Result<String, Refusal> {
        if let Some(known) = self.0.get(&site) {
            return Ok(known.clone());
        }
        let phone = crate::door::numbers_of(desk, site)?.clinic;
        self.0.insert(site, phone.clone());
        Ok(phone)
    }
}
