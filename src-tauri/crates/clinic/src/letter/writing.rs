//! Parts of a letter, kept as they are typed.

use super::draft::Draft;
use super::{of, shown};
use crate::case::slots;
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::LetterView;

/// The addressee is kept like a part.
pub(super) const ADDRESSEE: &str = "addressee";

/// Keeps the words of a part, or the addressee. Whoever writes has the facts before them as they are
/// now, so the part stands on those.
pub fn save_letter_part(
    desk: &mut Desk,
    assessment: String,
    to: String,
    part: String,
    text: String,
) -> Result<LetterView, Refusal> {
    desk.allow(Act::Assess)?;
    let (id, patient) = of(desk, &assessment)?;
    let mut draft = Draft::of(desk, patient, id, &to)?;
    if part == ADDRESSEE {
        draft.addressee = text;
    } else {
        let known = draft.parts.iter_mut().find(|now| now.spec.id == part);
        let now = known.ok_or(Refusal::NotFound("That part"))?;
        now.text = text;
        now.from.clone_from(&now.fresh.from);
    }
    let body = draft.body();
    desk.keep_typed(patient, Line::of(slots::letter(draft.id), &body)?)?;
    shown::view(desk, patient, id, &to)
}
