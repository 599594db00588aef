//! A place of the service, and whom to phone from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::SiteId;

/// A place of the service. In the service scope, slot `site/<site>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// The hub site; a spoke otherwise.
    pub hub: bool,
}

/// The site's emergency numbers, entered and confirmed here. Slot `local-numbers`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalNumbers {
    /// Field -> number.
    pub numbers: BTreeMap<String, String>,
    /// Somebody rang each of them.
    pub confirmed: bool,
}
