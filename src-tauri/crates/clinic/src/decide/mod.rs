//! A named clinician decides. The proposal is beside it, never instead of it.

mod choices;
mod explained;
mod later;
mod offer;
mod result;
mod signing;
mod supervised;

pub use explained::explain_proposal;
pub use result::triage_result;
pub use signing::{choose_first, sign_decision};
pub use supervised::{countersign, sign_for_countersigning};

pub(crate) use choices::{lead_words, rank, tag, urgency_label, urgency_of};
pub(crate) use later::not_seen;
pub(crate) use offer::hides_proposal;
