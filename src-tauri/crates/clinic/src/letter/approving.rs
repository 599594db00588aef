//! Approving a letter, and putting it into the patient's hands.

use record::body::{LetterApproved, LetterSent};
use record::id::{ItemId, PatientId};

use super::draft::Draft;
use super::hold::{holds, is_safe_by_post};
use super::{of, shown};
use crate::case::slots;
use crate::desk::{Desk, Line};
use crate::plan::is_the_person;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ApproveLetterForm, GivenForm, LetterView};
use crate::words;

/// Approves a letter as it stands. It is no signature: what is signed is the decision it tells of.
pub fn approve_letter(
    desk: &mut Desk,
    assessment: String,
    to: String,
    form: ApproveLetterForm,
) -> Result<LetterView, Refusal> {
    desk.allow(Act::ApproveLetters)?;
    let (id, patient) = of(desk, &assessment)?;
    desk.seal_typed(patient)?;
    let draft = Draft::of(desk, patient, id, &to)?;
    refuse_unready(&draft)?;
    desk.confirm_passphrase(&form.passphrase)?;
    desk.whole(|desk| write_approved(desk, patient, id, &to, form.copies.trim()))?;
    shown::view(desk, patient, id, &to)
}

/// Nobody approves what is not whole, not settled, or not what the record says now.
fn refuse_unready(draft: &Draft) -> Result<(), Refusal> {
    draft.case.settled()?;
    if draft.case.letter(draft.id).held.is_unsettled() {
        return Err(Refusal::plain(
            "Two versions of this letter did not see each other. Settle that on the record first.",
        ));
    }
    let missing = draft.missing();
    if !missing.is_empty() {
        return Err(Refusal::plain(format!(
            "The letter cannot be approved yet. Missing: {}.",
            words::listed(&missing).to_lowercase()
        )));
    }
    let stale = draft.stale();
    if !stale.is_empty() {
        return Err(Refusal::Stale(
            "Facts changed since this letter was written. Look at the parts that say so, then approve it.",
        ));
    }
    Ok(())
}

/// What the program filled in and nobody changed becomes an entry first, so that what was approved
/// is in the record word for word.
fn write_approved(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    to: &str,
    copies: &str,
) -> Result<(), Refusal> {
    let draft = Draft::of(desk, patient, assessment, to)?;
    if !draft.written {
        let line = Line::of(slots::letter(draft.id), &draft.body())?;
        desk.write(patient, vec![line])?;
    }
    let case = desk.case(patient)?;
    let letter = case.letter(draft.id);
    let head = letter.head().ok_or(Refusal::NotFound("That letter"))?;
    let body = LetterApproved {
        letter: draft.id,
        assessment,
        version: letter.version(),
        head,
        copies: copies.into(),
    };
    let line = Line::of(slots::letter_approved(draft.id), &body)?;
    desk.write(patient, vec![line])?;
    Ok(())
}

/// The letter is in the right hands: a person checked the name and the date of birth as the patient
/// said it. Never taken from the printer.
pub fn letter_given(
    desk: &mut Desk,
    assessment: String,
    to: String,
    form: GivenForm,
) -> Result<LetterView, Refusal> {
    desk.allow(Act::SendLetters)?;
    let (id, patient) = of(desk, &assessment)?;
    let draft = Draft::of(desk, patient, id, &to)?;
    may_leave(desk, &draft)?;
    if draft.spec.to != "patient" {
        return Err(Refusal::plain(
            "Only a letter to the patient is put into their hands. Print this one or save it.",
        ));
    }
    if form.to == "post" && !is_safe_by_post(&draft) {
        return Err(Refusal::field(
            "to",
            "The person has not said that a letter to their home is safe. Hand it over instead.",
        ));
    }
    is_the_person(&draft.case, &form)?;
    let body = LetterSent {
        letter: draft.id,
        assessment: id,
        version: draft.case.letter(draft.id).version(),
        how: "handed".into(),
        to: form.to,
        copies: 1,
        large: false,
    };
    desk.write(patient, vec![Line::appended(&body)?])?;
    shown::view(desk, patient, id, &to)
}

/// Refuses what may not leave, with the first reason.
pub(super) fn may_leave(desk: &Desk, draft: &Draft) -> Result<(), Refusal> {
    match holds(draft, desk.now()).into_iter().next() {
        Some(why) => Err(Refusal::plain(why)),
        None => Ok(()),
    }
}
