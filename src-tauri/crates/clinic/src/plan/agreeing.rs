//! Agreeing a plan, and giving it.

use record::body::{PlanAgreed, PlanGiven, PlanText};
use record::entry::Basis;
use record::id::{ItemId, PatientId};

use super::editable;
use super::shown::view;
use crate::case::{Case, slots};
use crate::desk::{Desk, Line, Sign};
use crate::refusal::Refusal;
use crate::view::{AgreeForm, GivenForm, PlanBlock, PlanView};
use crate::words;

/// Agrees the plan with the patient and signs it. What the program drafted and nobody changed is
/// written first, so that what was agreed is in the record word for word.
pub fn agree_plan(
    desk: &mut Desk,
    assessment: String,
    form: AgreeForm,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    let now = view(desk, patient, id)?;
    if !now.missing.is_empty() {
        return Err(Refusal::plain(format!(
            "The plan cannot be agreed yet. Missing: {}.",
            words::listed(&now.missing).to_lowercase()
        )));
    }
    check(&form)?;
    desk.case(patient)?.settled()?;
    desk.confirm_passphrase(&form.passphrase)?;
    desk.whole(|desk| write_agreed(desk, patient, id, now, form))?;
    view(desk, patient, id)
}

/// What was drafted, the signed agreement to it, and who signed: all or nothing.
fn write_agreed(
    desk: &mut Desk,
    patient: PatientId,
    id: ItemId,
    now: PlanView,
    form: AgreeForm,
) -> Result<(), Refusal> {
    write_drafted(desk, patient, id, &now.blocks)?;
    let case = desk.case(patient)?;
    let body = PlanAgreed {
        assessment: id,
        version: now.version,
        state: form.state,
        part: form.part.trim().into(),
        present: form.present,
        copies: form.copies.trim().into(),
        blocks: case.plan(id).heads,
    };
    let basis = Basis {
        heads: case.record.all_heads(),
        ruleset: crate::rules::digest(desk.sitting()?)?,
        proposal: None,
    };
    let line = Line::of(slots::plan(id, "agreed"), &body)?;
    desk.write_signed(patient, vec![line], Sign { basis })
        .map(drop)
}

fn check(form: &AgreeForm) -> Result<(), Refusal> {
    if !["agreed", "agreed-in-part", "not-agreed"].contains(&form.state.as_str()) {
        return Err(Refusal::field(
            "state",
            "Choose whether the plan was agreed.",
        ));
    }
    if form.state != "agreed" && form.part.trim().is_empty() {
        return Err(Refusal::field("part", "Say what was not agreed."));
    }
    if form.present.is_empty() {
        return Err(Refusal::field("present", "Say who was present."));
    }
    Ok(())
}

/// What the program drafted becomes entries, so that what was agreed is there word for word.
fn write_drafted(
    desk: &mut Desk,
    patient: PatientId,
    id: ItemId,
    blocks: &[PlanBlock],
) -> Result<(), Refusal> {
    for block in blocks.iter().filter(|block| block.drafted) {
        let body = PlanText {
            assessment: id,
            block: block.id.clone(),
            text: block.text.clone(),
        };
        desk.keep_typed(patient, Line::of(slots::plan(id, &block.id), &body)?)?;
    }
    desk.seal_typed(patient)
}

/// The plan is in the right hands: a person checked the name and the date of birth as the patient
/// said it. Never taken from the printer.
pub fn plan_given(
    desk: &mut Desk,
    assessment: String,
    form: GivenForm,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    let case = desk.case(patient)?;
    case.settled()?;
    let plan = case.plan(id);
    if !plan.is_agreed() {
        return Err(Refusal::plain(
            "The plan is not agreed as it stands. Agree it before it is given.",
        ));
    }
    is_the_person(&case, &form)?;
    let body = PlanGiven {
        assessment: id,
        version: plan.version(),
        to: form.to,
    };
    desk.write(patient, vec![Line::appended(&body)?])?;
    view(desk, patient, id)
}

/// Two identifiers as the person says them: paper in the wrong hands is a breach and a danger.
pub(crate) fn is_the_person(case: &Case, form: &GivenForm) -> Result<(), Refusal> {
    if !form.name_checked {
        return Err(Refusal::field(
            "name_checked",
            "Check the name with the person first.",
        ));
    }
    let born = case.identity().born;
    if born.is_none() || words::iso(&form.born) != born {
        return Err(Refusal::field(
            "born",
            "This is not the date of birth on the record. Check that this is the right person.",
        ));
    }
    Ok(())
}
