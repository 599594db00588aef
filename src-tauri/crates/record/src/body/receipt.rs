//! That something reached another place, and that somebody opened it there.

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, SiteId};

/// The most entries one receipt is for. A design decision: a case that arrives whole has a handful.
pub const MAX_RECEIPTED: usize = 256;

/// Entries of a patient's record reached a laptop of another place, or somebody opened the record
/// there. Appended, about that patient, and read by nobody but for what it says: no rule and no
/// signature rests on it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// arrived: a laptop keeps them. opened: a person had the record on the screen.
    pub step: String,
    /// The site of that laptop.
    pub site: SiteId,
    /// Whether that is the hub site.
    pub hub: bool,
    /// The entries, at most [`MAX_RECEIPTED`].
    pub entries: Vec<EntryId>,
}

impl Receipt {
    /// [`Receipt::step`] of what a laptop keeps.
    pub const ARRIVED: &'static str = "arrived";
    /// [`Receipt::step`] of what a person had on the screen.
    pub const OPENED: &'static str = "opened";
}
