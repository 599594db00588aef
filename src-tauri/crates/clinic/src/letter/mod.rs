//! Letters: drafted from the signed case, every fact with the entries it stands in, approved by a
//! clinician, and held back while the decision may still be taken back or is not settled.
//!
//! A letter belongs to one decision and one kind of reader, so its id is made of the two: laptops
//! that write it apart write in one slot, and two of them show as a conflict instead of leaving as
//! two letters.

mod approving;
mod content;
mod copies;
mod draft;
mod facts;
mod hold;
mod paper;
mod shown;
mod writing;

pub(crate) use content::PartTone;

pub use approving::{approve_letter, letter_given};
pub use copies::{preview_letter, print_letter, save_letter_pdf};
pub use writing::save_letter_part;

use record::id::{EntryId, ItemId, PatientId};

use crate::desk::{Desk, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::LetterView;

/// The decision that is never put in a letter by itself: what it rests on is in restricted notes.
pub(crate) const NEVER: &str = "D03";

/// A letter of an assessment's decision: what is written, or what the program would fill in.
pub fn open_letter(desk: &mut Desk, assessment: String, to: String) -> Result<LetterView, Refusal> {
    desk.allow(Act::Look)?;
    let (id, patient) = of(desk, &assessment)?;
    // The facts are drawn from entries, and what is typed has none of its own yet.
    desk.seal_typed(patient)?;
    shown::view(desk, patient, id, &to)
}

fn of(desk: &mut Desk, assessment: &str) -> Result<(ItemId, PatientId), Refusal> {
    let id = item_id(assessment)?;
    let patient = desk.patient_of(id)?;
    Ok((id, patient))
}

/// The letter of a decision to a kind of reader.
fn letter_id(decision: &EntryId, to: &str) -> ItemId {
    let made = blake3::Hasher::new()
        .update(b"felloe letter v1")
        .update(&decision.to_bytes())
        .update(to.as_bytes())
        .finalize();
    let mut first = [0; 16];
    first.copy_from_slice(&made.as_bytes()[..16]);
    ItemId::from_random(first)
}
