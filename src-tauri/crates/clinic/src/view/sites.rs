use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The sites of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Sites {
    /// Each site, the hub first.
    pub sites: Vec<SiteRow>,
    /// May open and close sites.
    pub may_keep: bool,
}

/// One site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SiteRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Hub or Spoke.
    pub kind: String,
    /// How many laptops are enrolled for it: "2 laptops".
    pub laptops: String,
    /// It is closed.
    pub closed: bool,
    /// The person at work may close it here.
    pub may_close: bool,
}

/// A site to be opened.
#[derive(Clone, Default, Deserialize, TS)]
pub struct SiteForm {
    /// Its name.
    pub name: String,
    /// The passphrase of whoever opens it.
    pub own_passphrase: String,
}

/// A site to be closed.
#[derive(Clone, Default, Deserialize, TS)]
pub struct SiteCloseForm {
    /// Id of the site that takes its patients over; empty where there are none.
    pub merge_into: String,
    /// Who there was told of them.
    pub told: String,
    /// Why, in words; nothing of a patient.
    pub reason: String,
    /// The passphrase of whoever closes it.
    pub own_passphrase: String,
}
