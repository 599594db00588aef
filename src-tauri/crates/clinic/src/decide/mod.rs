//! A named clinician decides. The proposal is beside it, never instead of it.

mod choices;
mod explained;
mod in_review;
mod later;
mod offer;
mod result;
mod signing;
mod supervised;

pub use explained::explain_proposal;
pub use result::triage_result;
pub use signing::{choose_first, sign_decision};
pub use supervised::{countersign, sign_for_countersigning};

pub(crate) use choices::{
    is_value, lead_words, rank, tag, urgency_label, urgency_of, urgency_value,
};
pub(crate) use in_review::{countersigned_in_review, signed_in_review, supervised_in_review};
pub(crate) use later::{not_seen, rests_on};
pub(crate) use offer::{hides_proposal, is_hidden};
pub(crate) use result::{read_again, result, strand_words};
pub(crate) use signing::{Ready, check};

use jiff::SignedDuration;

/// How long whoever signed a decision may take it back, and how long what leaves because of it
/// waits. A design decision, for the clinical safety officer.
pub(crate) const TAKEN_BACK_WITHIN: SignedDuration = SignedDuration::from_secs(60);
