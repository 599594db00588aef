//! Rows of lists: medicines, allergies, regions of the body.

use std::collections::BTreeMap;

use assessment::question::{Catalogue, ListSpec, QuestionKind, check_field};
use record::body::{AnswerState, AnswerValue as Held, Item, ListState};
use record::id::{ItemId, PatientId};

use super::answering::{keep_and_show, writable};
use super::{convert, medicines, value_to_engine};
use crate::case::slots;
use crate::desk::{Desk, Line, item_id};
use crate::faults::Faults;
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
    let line = row(desk, id, &list, item, fields)?;
    keep_and_show(desk, patient, id, line)
}

/// The line of a row as it was typed: of a new one where no item is named.
pub(super) fn row(
    desk: &mut Desk,
    assessment: ItemId,
    list: &str,
    item: Option<String>,
    fields: BTreeMap<String, AnswerValue>,
) -> Result<Line, Refusal> {
    let spec = Catalogue::shipped()
        .list(list)
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
    line(&Item {
        list: list.into(),
        item,
        assessment,
        fields,
        removed: String::new(),
    })
}

/// The line that takes a row off its list.
pub(super) fn removal(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    list: &str,
    item: &str,
    reason: &str,
) -> Result<Line, Refusal> {
    line(&Item {
        removed: reason.into(),
        assessment,
        ..current_item(desk, patient, assessment, list, item_id(item)?)?
    })
}

/// The refusal to take something away without a reason.
pub(super) fn need_reason(reason: &str, message: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::field("reason", message));
    }
    Ok(())
}

fn line(row: &Item) -> Result<Line, Refusal> {
    Line::of(slots::item(&row.list, row.item), row)
}

fn checked_fields(
    spec: &ListSpec,
    fields: BTreeMap<String, AnswerValue>,
) -> Result<BTreeMap<String, Held>, Refusal> {
    let mut faults = Faults::default();
    let mut kept = BTreeMap::new();
    for field in &spec.fields {
        let given = fields
            .get(&field.id)
            .cloned()
            .filter(|value| !matches!(value, AnswerValue::Text(text) if text.trim().is_empty()));
        let Some(value) = given else {
            if field.required {
                faults.add(&field.id, format!("{} is needed.", field.label));
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
            Err(error) => faults.add(&field.id, error.to_string()),
        }
    }
    faults.none()?;
    Ok(kept)
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
    need_reason(&reason, "Say in a few words why it is taken off the list.")?;
    let line = removal(desk, patient, id, &list, &item, reason.trim())?;
    keep_and_show(desk, patient, id, line)
}

/// Confirms a row from last time.
pub fn take_offered_item(
    desk: &mut Desk,
    assessment: String,
    list: String,
    item: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    let confirmed = Item {
        assessment: id,
        ..current_item(desk, patient, id, &list, item_id(&item)?)?
    };
    keep_and_show(desk, patient, id, line(&confirmed)?)
}

fn current_item(
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
    let line = Line::of(slots::list(id, &list), &body)?;
    keep_and_show(desk, patient, id, line)
}
