//! Corrections: a value that was written is changed for a reason, and the old one stays readable.

use std::collections::BTreeMap;

use assessment::question::{Catalogue, check_answer};
use record::body::Item;
use record::entry::{Happened, Reason, Slot};
use record::id::{ItemId, PatientId};

use super::answering::{after, answer_line, raised_anew};
use super::listing::checked_fields;
use super::{convert, forms, medicines, to_engine};
use crate::case::{Case, slots};
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
    let question = Catalogue::shipped()
        .question(&question)
        .ok_or(Refusal::NotFound("That question"))?;
    forms::may_be_answered(&*desk.case(patient)?, id, question)?;
    let state = convert::from_screen(&question.kind, answer);
    check_answer(question, &to_engine(&state))
        .map_err(|error| Refusal::field(&question.id, error.to_string()))?;
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
    let spec = Catalogue::shipped()
        .list(&list)
        .ok_or(Refusal::NotFound("That list"))?;
    let fields = checked_fields(spec, fields)?;
    if spec.id == "medicine" {
        medicines::item(&fields)
            .map_err(|problem| Refusal::field("strength", problem.to_string()))?;
    }
    let item = match item {
        Some(text) => item_id(&text)?,
        None => ItemId::from_random(desk.random()),
    };
    let body = Item {
        list: list.clone(),
        item,
        assessment: id,
        fields,
        removed: String::new(),
    };
    let line = Line::of(slots::item(&list, item), &body)?;
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
    let item = item_id(&item)?;
    let body = Item {
        removed: reason.as_str().into(),
        assessment: id,
        ..super::listing::current_item(desk, patient, id, &list, item)?
    };
    let line = Line::of(slots::item(&list, item), &body)?;
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
