//! A case on which the spoke is asked for more before it is decided.

use super::session::Step;
use super::signing::go_on;
use crate::desk::{Desk, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::task::asking;
use crate::view::{AskForm, ReviewStep};

/// Asks the spoke about a case of the session and goes on: the case stands aside until it is
/// answered or its day has come.
pub fn ask_in_review(
    desk: &mut Desk,
    assessment: String,
    form: AskForm,
) -> Result<ReviewStep, Refusal> {
    desk.allow(Act::Review)?;
    let id = item_id(&assessment)?;
    let look = desk.look(id)?;
    let mut lines = asking(desk, id, &form)?;
    lines.push(look.line(Step::Enquired)?);
    let patient = desk.patient_of(id)?;
    desk.write(patient, lines)?;
    desk.mark(id, Some(Step::Enquired))?;
    go_on(desk, id, "The spoke is asked.".into())
}
