//! The screen of a person.

use std::collections::BTreeMap;

use record::body::{Death, Detail};
use record::entry::Slot;
use record::fold::Placed;
use record::id::StaffId;

use super::fields::{FIELDS, Field};
use super::{death, erasing, linking, suggested};
use crate::audit;
use crate::banner::banner;
use crate::case::{Case, slots};
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::view::{Choice, DeathView, DetailRow, DetailValue, PersonView};
use crate::words;

/// Who a patient is, with everything that was ever written about it.
pub fn open_person(desk: &mut Desk, patient: String) -> Result<PersonView, Refusal> {
    desk.allow(Act::Look)?;
    let id = patient_id(&patient)?;
    audit::viewed(desk, id)?;
    let case = desk.case(id)?;
    let names = desk.names()?;
    let role = desk.role()?;
    Ok(PersonView {
        patient: case.patient.to_string(),
        banner: banner(desk, &case, None)?,
        details: FIELDS
            .iter()
            .map(|field| row(&case, field, &names))
            .collect(),
        death: death_view(desk, &case, &names),
        linked: linking::linked(desk, &case)?,
        disputed: linking::disputed(desk, &case)?,
        suggested: suggested::suggested(desk, &case)?,
        grounds: choices(&linking::GROUNDS),
        erasure: erasing::asked_for(desk, &case)?,
        erasure_grounds: choices(&erasing::GROUNDS),
        may_change: may(role, Act::KeepDetails),
        may_link: may(role, Act::LinkPatients),
        may_erase: may(role, Act::Erase),
    })
}

pub(crate) fn choices(known: &[(&str, &str)]) -> Vec<Choice> {
    known
        .iter()
        .map(|(value, label)| Choice {
            value: (*value).into(),
            label: (*label).into(),
        })
        .collect()
}

type Names = BTreeMap<StaffId, String>;

fn row(case: &Case, field: &'static Field, names: &Names) -> DetailRow {
    let value = edited(field, &case.standing_detail(field.id));
    let said = |placed: &Placed| {
        let found = case.read::<Detail>(placed)?;
        Some(DetailValue {
            value: found.body.value.clone(),
            words: field.words(&edited(field, &found.body.value)),
            who: who(placed, names),
            reason: placed
                .entry
                .reason
                .as_ref()
                .map(|reason| reason.as_str().to_owned()),
        })
    };
    let history = history(case, &slots::detail(field.id));
    DetailRow {
        field: field.id.into(),
        label: field.label.into(),
        words: field.words(&value),
        value,
        choices: field.offered(),
        identifies: field.identifies,
        conflict: if case.differs(field.id) {
            history
                .now
                .iter()
                .filter_map(|placed| said(placed))
                .collect()
        } else {
            Vec::new()
        },
        before: history
            .before
            .iter()
            .filter_map(|placed| said(placed))
            .collect(),
    }
}

/// A value as it is edited: the status of an NHS number without the number it is of.
fn edited(field: &Field, value: &str) -> String {
    match (field.id, value.split_once(' ')) {
        ("nhs-number-status", Some((_, status))) => status.to_owned(),
        _ => value.to_owned(),
    }
}

/// The entries of a slot: those that stand, and those that stand no more, newest first.
struct History<'a> {
    now: Vec<&'a Placed>,
    before: Vec<&'a Placed>,
}

fn history<'a>(case: &'a Case, path: &str) -> History<'a> {
    let heads = Slot::new(path)
        .map(|slot| case.record.heads(&slot))
        .unwrap_or_default();
    let timeline = case.record.timeline().into_iter().rev();
    let (now, before) = timeline
        .filter(|placed| {
            placed
                .entry
                .slot
                .as_ref()
                .is_some_and(|slot| slot.as_str() == path)
        })
        .partition(|placed| heads.contains(&placed.id));
    History { now, before }
}

/// `Ama Osei, 24-Nov-2026 10:20`.
pub(super) fn who(placed: &Placed, names: &Names) -> String {
    let name = names.get(&placed.entry.author);
    let name = name.map_or("somebody not known here", String::as_str);
    format!("{name}, {}", words::staff_moment(placed.entry.claimed))
}

fn death_view(desk: &Desk, case: &Case, names: &Names) -> DeathView {
    let said = |placed: &Placed| {
        let found = case.read::<Death>(placed)?;
        Some(DetailValue {
            value: found.body.date.clone(),
            words: death_words(found.body),
            who: who(placed, names),
            reason: placed
                .entry
                .reason
                .as_ref()
                .map(|reason| reason.as_str().to_owned()),
        })
    };
    let died = case.identity().died.as_ref();
    let history = history(case, slots::DEATH);
    DeathView {
        words: died.map(|died| format!("Died {}", died.words)),
        conflict: case.death_differs(),
        said: history
            .now
            .iter()
            .filter_map(|placed| said(placed))
            .collect(),
        before: history
            .before
            .iter()
            .filter_map(|placed| said(placed))
            .collect(),
        sources: choices(&death::SOURCES),
        left: died.map(|_| death::left(desk, case)).unwrap_or_default(),
    }
}

/// What one entry says of a death.
pub(crate) fn death_words(body: &Death) -> String {
    let note = match body.note.as_str() {
        "" => String::new(),
        note => format!(". {note}"),
    };
    if !body.died {
        return format!("Has not died: recorded in error{note}");
    }
    let source = death::SOURCES
        .iter()
        .find(|(known, _)| *known == body.source);
    let source = source.map_or_else(|| body.source.clone(), |(_, label)| label.to_lowercase());
    format!(
        "Died {}, told by: {source}{note}",
        words::partial_date(&body.date)
    )
}
