//! What a use case of the exchange tells.

use std::collections::BTreeSet;

use jiff::Timestamp;
use record::id::{EnvelopeId, PatientId, SiteId};
use sync::exchange::Outcome;
use sync::wire::Reason;

/// What something that arrived changed here, for the screen to be drawn anew.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the screen by itself"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Envelopes that arrived.
    pub new: usize,
    /// The patients whose record or row is another now, each under the record they are found by.
    pub patients: BTreeSet<PatientId>,
    /// Those of them of whom another laptop sent an emergency.
    pub emergencies: BTreeSet<PatientId>,
    /// Staff, certificates, rules, links or erasures.
    pub service: bool,
    /// What a site keeps for itself: numbers, settings.
    pub sites: bool,
    /// Lines of the audit trail.
    pub audit: bool,
    /// Another computer has gone on with a copy of this laptop's record.
    pub copied_disk: bool,
}

/// What envelopes that came by hand came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// What they changed.
    pub changed: Changed,
    /// Which were left out, and why.
    pub refused: Vec<(EnvelopeId, Reason)>,
}

/// What an exchange came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// What the two sides agree on.
    pub outcome: Outcome,
    /// Something was written at the end of it, so there is something to send again.
    pub wrote: bool,
}

/// How new what is here of a site is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// The newest time that another laptop claims in what has arrived from there, by its clock;
    /// none while nothing has.
    pub at: Option<Timestamp>,
}
