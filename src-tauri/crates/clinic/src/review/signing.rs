//! Signing within a session: the decision goes the way of every decision, and the next case comes
//! with the answer.

use record::body::{Decided, PutAside};
use record::id::ItemId;

use super::back::undo_of;
use super::case::drawn;
use super::session::{Look, Step};
use crate::case::{Case, slots};
use crate::decide;
use crate::desk::{Desk, Line, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{CountersignForm, DecisionForm, ReviewStep};

/// Signs a decision on a case of the session. A doctor in training signs for the supervisor they
/// name. The PIN or passphrase is asked for once, then again after a quarter of an hour without a
/// signature; a lock forgets it.
pub fn sign_reviewed(
    desk: &mut Desk,
    assessment: String,
    supervisor: String,
    form: DecisionForm,
) -> Result<ReviewStep, Refusal> {
    desk.allow(Act::Review)?;
    let id = item_id(&assessment)?;
    let look = desk.look(id)?;
    let before = |case: &Case, decided: &Decided| lines(case, id, look, decided);
    let decided = if desk.may(Act::SignForCountersigning)? {
        decide::supervised_in_review(desk, &assessment, &supervisor, form, before)?
    } else {
        decide::signed_in_review(desk, &assessment, form, before)?
    };
    after(desk, id, Step::signed(decided.as_proposed))
}

/// Countersigns what a doctor in training decided on a case of the session.
pub fn countersign_reviewed(
    desk: &mut Desk,
    assessment: String,
    form: CountersignForm,
) -> Result<ReviewStep, Refusal> {
    desk.allow(Act::Review)?;
    let id = item_id(&assessment)?;
    let look = desk.look(id)?;
    let before = |case: &Case, decided: &Decided| lines(case, id, look, decided);
    let decided = decide::countersigned_in_review(desk, &assessment, form, before)?;
    after(desk, id, Step::signed(decided.as_proposed))
}

/// What goes before the decision: the look, and that the case is put aside no more.
fn lines(case: &Case, id: ItemId, look: Look, decided: &Decided) -> Result<Vec<Line>, Refusal> {
    let mut lines = vec![look.line(Step::signed(decided.as_proposed))?];
    if let Some(aside) = case.aside(id) {
        let body = PutAside {
            assessment: id,
            until: aside.until.to_string(),
            reason: aside.reason.to_owned(),
            lifted: true,
        };
        lines.push(Line::of(slots::aside(id), &body)?);
    }
    Ok(lines)
}

fn after(desk: &mut Desk, id: ItemId, step: Step) -> Result<ReviewStep, Refusal> {
    desk.mark(id, Some(step))?;
    let undo = undo_of(desk, id)?;
    let said = match &undo {
        Some(undo) => format!("Signed: {}.", undo.name),
        None => "Signed. It waits to be countersigned.".to_owned(),
    };
    Ok(ReviewStep {
        undo,
        ..go_on(desk, id, said)?
    })
}

/// The step, with the case to look at after this one.
pub(super) fn go_on(desk: &mut Desk, id: ItemId, said: String) -> Result<ReviewStep, Refusal> {
    let next = desk.next_after(id)?;
    let next = next.map(|next| drawn(desk, next)).transpose()?;
    Ok(ReviewStep {
        said,
        undo: None,
        next,
        session: desk.review_drawn()?,
    })
}
