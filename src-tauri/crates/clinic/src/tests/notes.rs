//! Notes, and the restricted ones that are kept out of everything.

use record::body::Note;
use record::role::Role;

use super::Room;
use super::forms::referral;
use crate::case::slots;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{NoteForm, NoteView, PatientView};
use crate::{door, patient, plan, worklist};

const SECRET: &str = "afraid of somebody at home";

fn write(room: &mut Room, patient: &str, text: &str, restricted: bool) -> PatientView {
    let form = NoteForm {
        text: text.into(),
        restricted,
    };
    patient::write_note(&mut room.desk, patient.into(), form).unwrap()
}

fn note_of(view: &PatientView) -> String {
    view.timeline
        .iter()
        .find_map(|line| line.note.clone())
        .unwrap()
}

fn open(room: &mut Room, patient: &str, note: &str, reason: &str) -> Result<NoteView, Refusal> {
    patient::open_note(&mut room.desk, patient.into(), note.into(), reason.into())
}

fn titles(room: &mut Room, patient: &str) -> Vec<String> {
    let view = patient::open_patient(&mut room.desk, patient.into()).unwrap();
    let lines = view.timeline.into_iter();
    lines
        .filter(|line| line.note.is_some())
        .map(|line| line.title)
        .collect()
}

#[test]
fn an_ordinary_note_stands_in_the_timeline_with_its_words() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let view = write(&mut room, &patient, "Rang about the appointment", false);
    let line = &view.timeline[0];
    assert_eq!((line.title.as_str(), line.restricted), ("Note", false));
    assert_eq!(line.detail[0].value, "Rang about the appointment");
    let empty = patient::write_note(&mut room.desk, patient, NoteForm::default());
    assert!(matches!(empty, Err(Refusal::Invalid(_))));
}

#[test]
fn safety_16_a_restricted_note_stays_out_of_the_timelines_text_the_lists_the_search_and_the_plan() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    let note = note_of(&write(&mut room, &patient, SECRET, true));
    let id = || patient.clone();
    let everywhere = [
        serde_json::to_string(&patient::open_patient(&mut room.desk, id()).unwrap()),
        serde_json::to_string(&plan::open_plan(&mut room.desk, assessment.clone()).unwrap()),
        serde_json::to_string(
            &plan::preview_plan(&mut room.desk, assessment.clone(), false).unwrap(),
        ),
        serde_json::to_string(
            &worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap(),
        ),
        serde_json::to_string(&crate::person::open_person(&mut room.desk, id()).unwrap()),
    ];
    for (number, shown) in everywhere.into_iter().enumerate() {
        assert!(!shown.unwrap().contains("afraid"), "{number}");
    }
    assert!(
        worklist::search(&mut room.desk, "afraid".into())
            .unwrap()
            .hits
            .is_empty()
    );
    assert_eq!(titles(&mut room, &patient), ["Restricted note"]);
    let opened = open(&mut room, &patient, &note, "Safeguarding meeting").unwrap();
    assert_eq!(opened.versions[0].text, SECRET);
}

#[test]
fn safety_16_each_opening_of_a_restricted_note_is_an_entry_of_the_audit_with_its_reason() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let note = note_of(&write(&mut room, &patient, SECRET, true));
    let nurse = room.hire("Robin Nurse", Role::Nurse);
    assert!(matches!(
        open(&mut room, &patient, &note, "  "),
        Err(Refusal::Invalid(_))
    ));
    open(&mut room, &patient, &note, "To plan the visit").unwrap();
    room.seat(&nurse);
    let opened = open(&mut room, &patient, &note, "Alone on call").unwrap();
    assert!(!opened.may_lift);
    let said: Vec<(String, String)> = room
        .trail()
        .into_iter()
        .map(|row| (row.action, row.reason))
        .filter(|(action, _)| ["restricted-opened", "break-glass"].contains(&action.as_str()))
        .collect();
    let wanted = [
        ("restricted-opened", "To plan the visit"),
        ("break-glass", "Alone on call"),
    ];
    assert_eq!(
        said,
        wanted.map(|(action, why)| (action.to_owned(), why.to_owned()))
    );
}

#[test]
fn safety_16_a_role_that_never_opens_restricted_notes_does_not_see_that_there_is_one() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let note = note_of(&write(&mut room, &patient, SECRET, true));
    write(&mut room, &patient, "Rang about the appointment", false);
    room.seat_a(Role::ClinicalSafetyOfficer);
    assert_eq!(titles(&mut room, &patient), ["Note"]);
    let refused = open(&mut room, &patient, &note, "Curious").unwrap_err();
    assert!(matches!(refused, Refusal::NotAllowed(Act::KeepRestricted)));
}

#[test]
fn safety_01_of_two_values_of_a_note_that_did_not_see_each_other_the_restricted_one_holds() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let note = note_of(&write(&mut room, &patient, SECRET, true));
    let body = Note {
        note: note.parse().unwrap(),
        text: SECRET.into(),
        restricted: false,
    };
    room.write_unseen(&patient, &slots::note(body.note), &body);
    assert_eq!(titles(&mut room, &patient), ["Restricted note"]);
}

#[test]
fn a_restriction_is_put_on_and_lifted_with_a_reason_and_lifted_only_by_who_may_open_it() {
    let mut room = Room::demo();
    let nurse = room.hire("Robin Nurse", Role::Nurse);
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let note = note_of(&write(&mut room, &patient, SECRET, false));
    let set = |room: &mut Room, restricted: bool, why: &str| {
        let id = (patient.clone(), note.clone());
        patient::restrict_note(&mut room.desk, id.0, id.1, restricted, why.into())
    };
    assert!(matches!(set(&mut room, true, ""), Err(Refusal::Invalid(_))));
    set(&mut room, true, "It names a relative").unwrap();
    // What it said before is not left readable beside it.
    let view = patient::open_patient(&mut room.desk, patient.clone()).unwrap();
    assert!(!serde_json::to_string(&view).unwrap().contains("afraid"));
    room.seat(&nurse);
    let lifted = set(&mut room, false, "Not needed");
    assert!(matches!(
        lifted,
        Err(Refusal::NotAllowed(Act::OpenRestricted))
    ));
    let osei = room.osei.clone();
    room.seat(&osei);
    set(&mut room, false, "The person agreed").unwrap();
    assert_eq!(titles(&mut room, &patient), ["Note", "Note", "Note"]);
    door::lock(&mut room.desk).unwrap();
}
