//! Values that did not see each other: the safer holds until a clinician settles it.

mod medicines;
mod settling;
mod signs;
mod standing;

use assessment::fact::Facts;
use assessment::proposal::evaluate;
use assessment::ruleset::Ruleset;

use super::Room;
use crate::desk::{item_id, patient_id};
use crate::patient;
use crate::refusal::Refusal;
use crate::view::{ConflictView, SettleForm};

pub(super) fn facts(room: &mut Room, patient: &str, assessment: &str) -> Facts {
    let case = room.desk.case(patient_id(patient).unwrap()).unwrap();
    let (id, today) = (item_id(assessment).unwrap(), room.desk.today());
    crate::facts::of(&case, id, case.day(id, today))
}

pub(super) fn flags(facts: &Facts) -> Vec<String> {
    let made = evaluate(Ruleset::shipped(), facts, facts.on);
    let certain = made.medicine_flags.certain.iter();
    certain.map(|flag| flag.id.clone()).collect()
}

pub(super) fn conflicts(room: &mut Room, id: &str) -> Vec<ConflictView> {
    patient::open_patient(&mut room.desk, id.to_owned())
        .unwrap()
        .conflicts
}

pub(super) const MORPHINE: [(&str, &str); 4] = [
    ("name", "morphine"),
    ("form", "modified-release"),
    ("strength", "30 mg"),
    ("times", "2"),
];

pub(super) const MORE: [(&str, &str); 4] = [
    ("name", "morphine"),
    ("form", "modified-release"),
    ("strength", "100 mg"),
    ("times", "2"),
];

/// An assessment with all asked, and the record as another device saw it before the last answers.
pub(super) fn two_devices() -> (Room, String, String, record::fold::Record) {
    let mut room = Room::demo();
    let (id, assessment) = room.begin();
    let before = room.as_of_now(&id);
    room.ask_everything(&assessment);
    (room, id, assessment, before)
}

pub(super) fn settle(
    room: &mut Room,
    patient: &str,
    conflict: &ConflictView,
    holds: Vec<String>,
) -> Result<(), Refusal> {
    let form = SettleForm {
        conflict: conflict.id.clone(),
        holds,
        reason: "Asked the patient again".into(),
    };
    patient::settle_conflict(&mut room.desk, patient.to_owned(), form).map(|_| ())
}
