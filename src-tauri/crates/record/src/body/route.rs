//! What a warning sign leads to: actions that stay open, and what was done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::ItemId;

/// A red open action, and its closing. Slot `action/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAction {
    /// The action.
    pub action: ItemId,
    /// The assessment it arose in.
    pub assessment: Option<ItemId>,
    /// emergency-record, safety-record or hub-not-told.
    pub what: String,
    /// The route it belongs to.
    pub route: String,
    /// True while it is open.
    pub open: bool,
    /// How it was closed.
    pub closed_by: String,
}

/// What was done about a warning sign or about safety. Appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct RouteRecord {
    /// The route.
    pub route: String,
    /// The assessment.
    pub assessment: Option<ItemId>,
    /// Outcome value.
    pub outcome: String,
    /// Field -> text, as typed: done, told, told-at, safety-net, reason, said, intent, plan, means,
    /// protective, review, hub-call.
    pub fields: BTreeMap<String, String>,
}
