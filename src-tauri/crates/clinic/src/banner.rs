//! The patient banner: who this is, and the safety facts that are never out of sight.

use assessment::question::ListSpec;
use record::body::AnswerState;
use record::id::ItemId;

use crate::assess::Shown;
use crate::case::Case;
use crate::clock::wait;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;
use crate::view::{AllergyBox, Banner, Labelled};
use crate::{role, route};

/// The banner of a case; `shown` is the assessment on screen, else the newest one's facts stand.
pub(crate) fn banner(
    desk: &Desk,
    case: &Case,
    shown: Option<&Shown<'_>>,
) -> Result<Banner, Refusal> {
    let today = desk.today();
    let identity = case.identity();
    let summary = PatientSummary::of(case, today);
    let similar_name = desk.is_similar(&summary)?;
    let newest;
    let names = desk.names()?;
    let shown = if let Some(shown) = shown {
        Some(shown)
    } else {
        newest = newest_shown(case, today, &names);
        newest.as_ref()
    };
    let detail = |label: &str, value: &str| Labelled {
        label: label.into(),
        value: if value.is_empty() {
            "Not known".into()
        } else {
            value.into()
        },
    };
    Ok(Banner {
        patient: case.patient.to_string(),
        family: identity.family.to_uppercase(),
        given: identity.given.clone(),
        title: identity.title.clone(),
        preferred: Some(identity.preferred.clone()).filter(|name| !name.is_empty()),
        born: identity.born_words(today),
        gender: gender_words(&identity.gender).into(),
        nhs_number: identity.number_words(),
        nhs_digits: summary.nhs_number.clone(),
        allergies: shown.map_or_else(not_asked, allergies),
        ome: shown.and_then(|shown| shown.medicines().ome_words()),
        ome_flag: shown.is_some_and(|shown| shown.medicines().ome_flagged()),
        warnings: route::in_short(&route::open_signs(case, today), &names),
        details: vec![
            detail("Needs", &identity.needs),
            detail("GP", &identity.gp),
            telephone(identity),
        ],
        wait: wait(&summary.clock, desk.clock_configuration()?.0, today),
        similar_name,
        died: identity
            .died
            .as_ref()
            .map(|died| format!("Died {}", died.words)),
        identity_conflict: identity.conflict.map(conflict_words),
        under_18: identity.age(today).is_some_and(|age| age < 18),
    })
}

fn conflict_words(what: &str) -> String {
    match what {
        "death" => "It is in conflict whether or when this person died. Do not print, send or sign until it is settled.".into(),
        "link with another record" => "It is in conflict whether another record is of this person. Do not print, send or sign until it is settled.".into(),
        field => format!("Two values of the {field} did not see each other. Do not print, send or sign until it is settled."),
    }
}

/// The number to ring, and how the person wishes to be reached. Of numbers in conflict none is
/// used: SAFETY 1.
fn telephone(identity: &crate::case::Identity) -> Labelled {
    let value = if identity.unreachable.contains(&"telephone") {
        "In conflict, use none".into()
    } else if identity.phone.is_empty() {
        "Not known".into()
    } else {
        identity.phone.clone()
    };
    Labelled {
        label: "Tel".into(),
        value,
    }
}

fn newest_shown<'a>(
    case: &'a Case,
    today: jiff::civil::Date,
    names: &'a std::collections::BTreeMap<record::id::StaffId, String>,
) -> Option<Shown<'a>> {
    let facts = case.assessments().iter().next()?;
    let day = facts.day(today);
    Some(Shown::new(case, facts.id, day, names))
}

/// Gender as the person describes it.
pub(crate) fn gender_words(gender: &str) -> &'static str {
    match gender {
        "female" => "Female",
        "male" => "Male",
        "other" => "Other",
        _ => "Not known",
    }
}

fn not_asked() -> AllergyBox {
    AllergyBox {
        state: "not-asked".into(),
        words: "Allergies not asked".into(),
    }
}

/// What is known of allergies. An allergy that was ever recorded stays until it is taken off the
/// list with a reason, whether or not this assessment confirmed it; one that was taken off stays
/// named, with who and why, until a decision is signed.
pub(crate) fn allergies(shown: &Shown<'_>) -> AllergyBox {
    let Some(list) = assessment::question::Catalogue::shipped().list("allergy") else {
        return not_asked();
    };
    let rows: Vec<String> = shown
        .items
        .iter()
        .filter(|item| item.list == "allergy")
        .map(|item| crate::assess::item_words(list, item))
        .chain(taken_off(shown, list))
        .collect();
    if !rows.is_empty() {
        return AllergyBox {
            state: "known".into(),
            words: rows.join(", "),
        };
    }
    match shown.case.list_states(shown.assessment).get("allergy") {
        Some(AnswerState::Given { .. }) => AllergyBox {
            state: "none-known".into(),
            words: list.empty_choice.clone(),
        },
        Some(AnswerState::Declined) => AllergyBox {
            state: "not-asked".into(),
            words: "Allergies: declined".into(),
        },
        Some(AnswerState::NotKnown) => AllergyBox {
            state: "not-asked".into(),
            words: "Allergies not known".into(),
        },
        Some(AnswerState::CannotBeAnswered) => AllergyBox {
            state: "not-asked".into(),
            words: "Allergies: cannot be answered".into(),
        },
        _ => not_asked(),
    }
}

/// Allergies that this assessment took off the list, while no decision on it is signed.
fn taken_off(shown: &Shown<'_>, list: &ListSpec) -> Vec<String> {
    if shown.case.decision(shown.assessment).one().is_some() {
        return Vec::new();
    }
    let rows = shown.case.items_taken_off(shown.assessment, &list.id);
    rows.into_iter()
        .map(|(item, reason, placed)| {
            let words = crate::assess::item_words(list, &item);
            format!("{words}, taken off {}: {reason}", shown.who(placed))
        })
        .collect()
}

impl Desk {
    /// Who is who: everybody with a certificate, and whoever is on this laptop.
    pub(crate) fn names(
        &self,
    ) -> Result<std::collections::BTreeMap<record::id::StaffId, String>, Refusal> {
        let sitting = self.sitting()?;
        let tiles = sitting.colleagues(self.now().at())?.iter();
        let mut names: std::collections::BTreeMap<_, _> =
            tiles.map(|tile| (tile.id, tile.name.clone())).collect();
        let people = sitting.people()?.into_iter();
        names.extend(people.map(|(staff, person)| (staff, person.name)));
        Ok(names)
    }

    /// `Ama Osei, nurse` for a staff id.
    pub(crate) fn name_and_role(&self, staff: record::id::StaffId) -> Result<String, Refusal> {
        let sitting = self.sitting()?;
        let said = |name: &str, role| format!("{name}, {}", role::words(role).to_lowercase());
        if let Some(person) = sitting.people()?.get(&staff) {
            return Ok(said(&person.name, person.role));
        }
        let mut tiles = sitting.colleagues(self.now().at())?.iter();
        let tile = tiles.find(|tile| tile.id == staff);
        Ok(tile.map_or_else(
            || "somebody not known here".into(),
            |tile| said(&tile.name, tile.role),
        ))
    }
}

/// The newest assessment's id.
pub(crate) fn newest(case: &Case) -> Option<ItemId> {
    case.assessments().first().map(|facts| facts.id)
}
