//! Who a patient is: details and their history, a death, other records of the same person, and the
//! end of a record.

mod death;
mod details;
mod erasing;
mod fields;
mod linking;
mod shown;
mod suggested;

pub use death::record_death;
pub use details::{change_details, settle_detail};
pub use erasing::{ask_erasure, confirm_erasure, erasures, take_back_erasure};
pub use linking::{link_records, part_records};
pub use shown::open_person;

pub(crate) use linking::{GROUNDS, two};
pub(crate) use shown::{choices, death_words};

use record::entry::Reason;

use crate::refusal::Refusal;

/// The reason a person typed; `message` says what to write when it is missing.
fn reason(typed: &str, message: &str) -> Result<Reason, Refusal> {
    Reason::new(typed.trim()).map_err(|_| Refusal::field("reason", message))
}
