//! Corrections: a value that was written is changed for a reason, and the old one stays readable.

use std::collections::BTreeMap;

use record::entry::{Happened, Reason, Slot};
use record::id::{ItemId, PatientId};

use super::answering::{after, answer_line, checked, raised_anew};
use super::listing::{removal, row};
use crate::case::Case;
use crate::desk::{Desk, Line, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::route;
use crate::view::{AfterAnswer, AnswerValue, AnswerView};

/// Corrects an answer, also of an assessment that is finished or signed over. A decision that had
/// seen the old answer then says that it was made without seeing the new one.
pub fn correct_answer(
    desk: &mut Desk,
    assessment: String,
    question: String,
    answer: AnswerView,
    reason: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = correctable(desk, &assessment)?;
    let reason = reason_of(&reason)?;
    let (question, state) = checked(desk, patient, id, &question, answer)?;
    let anew = raised_anew(desk, patient, id, question, &state)?;
    let line = answer_line(id, question, state, "clinician")?;
    let saved = desk.whole(|desk| {
        let saved = write(desk, patient, line, reason)?;
        route::after_answer(desk, patient, id, question, anew)?;
        Ok(saved)
    })?;
    after(desk, patient, id, saved, Some(question))
}

/// Corrects a row of a list in the same way, or adds one that was forgotten.
pub fn correct_item(
    desk: &mut Desk,
    assessment: String,
    list: String,
    item: Option<String>,
    fields: BTreeMap<String, AnswerValue>,
    reason: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = correctable(desk, &assessment)?;
    let reason = reason_of(&reason)?;
    let line = row(desk, id, &list, item, fields)?;
    let saved = write(desk, patient, line, reason)?;
    after(desk, patient, id, saved, None)
}

/// Takes a row off a list in the same way.
pub fn correct_removal(
    desk: &mut Desk,
    assessment: String,
    list: String,
    item: String,
    reason: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = correctable(desk, &assessment)?;
    let reason = reason_of(&reason)?;
    let line = removal(desk, patient, id, &list, &item, reason.as_str())?;
    let saved = write(desk, patient, line, reason)?;
    after(desk, patient, id, saved, None)
}

/// The reason as it is written, or what is missing.
pub(crate) fn reason_of(text: &str) -> Result<Reason, Refusal> {
    Reason::new(text.trim()).map_err(|error| Refusal::field("reason", error.to_string()))
}

fn correctable(desk: &mut Desk, assessment: &str) -> Result<(ItemId, PatientId), Refusal> {
    desk.allow(Act::CorrectRecord)?;
    let id = item_id(assessment)?;
    let patient = desk.patient_of(id)?;
    let case = desk.case(patient)?;
    if case.assessment(id).is_none() {
        return Err(Refusal::NotFound("That assessment"));
    }
    Ok((id, patient))
}

/// What was typed before comes first, so that the correction stands above it. A correction is of
/// what was said then: it counts from the day of what it replaces.
fn write(
    desk: &mut Desk,
    patient: PatientId,
    line: Line,
    reason: Reason,
) -> Result<record::moment::Moment, Refusal> {
    desk.seal_typed(patient)?;
    let case = desk.case(patient)?;
    let happened = line.slot.as_ref().and_then(|slot| first_said(&case, slot));
    desk.write(patient, vec![line.because(reason).that_happened(happened)])
}

fn first_said(case: &Case, slot: &Slot) -> Option<Happened> {
    let now = case.record.current(slot);
    let newest = now.all().iter().max_by_key(|it| it.entry.took_place())?;
    Some(newest.entry.happened.clone().unwrap_or(Happened {
        at: newest.entry.claimed,
        by: None,
    }))
}
