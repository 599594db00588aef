//! Rows of lists: medicines, allergies, regions of the body.

use std::collections::BTreeMap;

use assessment::question::{Catalogue, ListSpec, QuestionKind, check_field};
use record::body::{AnswerState, AnswerValue as Held, Item, ListState};
use record::id::{ItemId, PatientId};

use super::answering::{after, keep, writable};
use super::{convert, medicines, value_to_engine};
use crate::case::slots;
use crate::desk::{Desk, Line, item_id};
use crate::refusal::Refusal;
use crate::view::{AfterAnswer, AnswerValue, AnswerView};

/// Adds or changes a row of a list.
pub fn record_item(
    desk: &mut Desk,
    assessment: String,
    list: String,
    item: Option<String>,
    fields: BTreeMap<String, AnswerValue>,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
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
    let saved = keep(
        desk,
        patient,
        id,
        Line::of(slots::item(&list, item), &body)?,
    )?;
    after(desk, patient, id, saved, None)
}

pub(super) fn checked_fields(
    spec: &ListSpec,
    fields: BTreeMap<String, AnswerValue>,
) -> Result<BTreeMap<String, Held>, Refusal> {
    let mut faults = Vec::new();
    let mut kept = BTreeMap::new();
    for field in &spec.fields {
        let given = fields
            .get(&field.id)
            .cloned()
            .filter(|value| !matches!(value, AnswerValue::Text(text) if text.trim().is_empty()));
        let Some(value) = given else {
            if field.required {
                faults.push(crate::view::FieldFault {
                    field: field.id.clone(),
                    message: format!("{} is needed.", field.label),
                });
            }
            continue;
        };
        let value = convert::value_from_screen(&field.kind, value);
        match check_field(
            field,
            &assessment::answer::Answer::Given(value_to_engine(&value)),
        ) {
            Ok(_) => {
                kept.insert(field.id.clone(), value);
            }
            Err(error) => faults.push(crate::view::FieldFault {
                field: field.id.clone(),
                message: error.to_string(),
            }),
        }
    }
    if faults.is_empty() {
        Ok(kept)
    } else {
        Err(Refusal::Invalid(faults))
    }
}

/// Takes a row off a list, with a reason. It stays readable in the timeline.
pub fn remove_item(
    desk: &mut Desk,
    assessment: String,
    list: String,
    item: String,
    reason: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    if reason.trim().is_empty() {
        return Err(Refusal::field(
            "reason",
            "Say in a few words why it is taken off the list.",
        ));
    }
    let item = item_id(&item)?;
    let body = current_item(desk, patient, id, &list, item)?;
    let body = Item {
        removed: reason.trim().into(),
        assessment: id,
        ..body
    };
    let saved = keep(
        desk,
        patient,
        id,
        Line::of(slots::item(&list, item), &body)?,
    )?;
    after(desk, patient, id, saved, None)
}

/// Confirms a row from last time.
pub fn take_offered_item(
    desk: &mut Desk,
    assessment: String,
    list: String,
    item: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    let item = item_id(&item)?;
    let body = Item {
        assessment: id,
        ..current_item(desk, patient, id, &list, item)?
    };
    let saved = keep(
        desk,
        patient,
        id,
        Line::of(slots::item(&list, item), &body)?,
    )?;
    after(desk, patient, id, saved, None)
}

pub(super) fn current_item(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    list: &str,
    item: ItemId,
) -> Result<Item, Refusal> {
    let case = desk.case(patient)?;
    let now = case
        .items(assessment)
        .into_iter()
        .find(|now| now.list == list && now.item == item)
        .ok_or(Refusal::NotFound("That row"))?;
    Ok(Item {
        list: now.list,
        item,
        assessment: now.assessment,
        fields: now.fields,
        removed: String::new(),
    })
}

/// Says of a whole list that there is nothing in it, or why it is unanswered.
pub fn record_list(
    desk: &mut Desk,
    assessment: String,
    list: String,
    state: AnswerView,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    let spec = Catalogue::shipped()
        .list(&list)
        .ok_or(Refusal::NotFound("That list"))?;
    let state = convert::from_screen(&QuestionKind::YesNo, state);
    let case = desk.case(patient)?;
    let rows = case.items(id).into_iter().any(|item| item.list == list);
    if rows && matches!(state, AnswerState::Given { .. }) {
        return Err(Refusal::field(
            &list,
            format!(
                "\"{}\" cannot stand beside rows. Take the rows off first.",
                spec.empty_choice
            ),
        ));
    }
    let body = ListState {
        list: list.clone(),
        assessment: id,
        state,
    };
    let saved = keep(desk, patient, id, Line::of(slots::list(id, &list), &body)?)?;
    after(desk, patient, id, saved, None)
}
