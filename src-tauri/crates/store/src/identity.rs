use record::id::{DeviceId, ServiceId, SiteId};
use serde::{Deserialize, Serialize};

/// What a site is to its service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SiteKind {
    /// The hub site, where consultants work and the service's root key is made.
    Hub,
    /// A spoke.
    Spoke,
}

/// Which installation this is. Stands in the key file, so that the door can be
/// shown, and again inside the database, so that the two cannot be mixed up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The service.
    pub service: ServiceId,
    /// The service's name as people say it.
    pub service_name: String,
    /// The site this device is enrolled for.
    pub site: SiteId,
    /// The site's name as people say it.
    pub site_name: String,
    /// Hub or spoke.
    pub site_kind: SiteKind,
    /// This installation.
    pub device: DeviceId,
    /// Whether everything in it is invented.
    pub demo: bool,
}

impl Identity {
    /// Names are for people and may be changed; the ids may not differ.
    pub(crate) fn same_installation(&self, other: &Self) -> bool {
        self.service == other.service && self.site == other.site && self.device == other.device
    }
}
