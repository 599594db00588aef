//! Second opinions: asked of a colleague or a role, given open or blind, and settled by a named
//! person where the two views differ.
//!
//! An opinion is never a decision, and neither of the two edits the words of the other. While they
//! differ the more urgent is acted on and nothing about the case is printed; a new decision that saw
//! both settles it. What a blind opinion hides, and from whom, is said by the case.

mod agreement;
mod asking;
mod choices;
mod giving;
mod kappa;
mod listing;
mod said;
mod settling;
mod shown;

pub use agreement::agreement;
pub use asking::{ask_opinion, lift_blind, withdraw_opinion};
pub use giving::{give_opinion, open_opinion};
pub use listing::opinions_for_me;
pub use settling::settle_opinion;
pub use shown::case_opinions;

use record::id::{ItemId, PatientId};

use crate::desk::Desk;
use crate::refusal::Refusal;

/// An opinion from the screen, and the patient it is about. Only the rows of lists know it by its id
/// alone.
fn found(desk: &Desk, opinion: &str) -> Result<(ItemId, PatientId), Refusal> {
    const WHAT: Refusal = Refusal::NotFound("That opinion");
    let id: ItemId = opinion.parse().map_err(|_| WHAT)?;
    let whose = desk.sitting()?.opened.store.patient_of(&id.to_string())?;
    Ok((id, whose.ok_or(WHAT)?))
}
