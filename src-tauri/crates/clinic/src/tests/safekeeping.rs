//! What is typed is never lost, and what is kept is never readable.

use std::path::Path;

use record::body::{AnswerState, AnswerValue, Answered};
use store::Draft;

use super::Room;
use super::forms::{number, referral, text};
use crate::assess;
use crate::case::slots;
use crate::desk::{Line, patient_id};
use crate::door;
use crate::patient;
use crate::refusal::Refusal;
use crate::view::{AnswerView, Status};

#[test]
fn what_was_typed_before_a_crash_is_there_and_becomes_entries_at_the_next_unlock() {
    let mut room = Room::live();
    let (id, assessment) = room.begin();
    room.answer(&assessment, "pain-main", text("Low back"));
    room.answer(&assessment, "pain-average", number(7));
    let osei = room.osei.clone();
    room.crash();
    room.unlock(&osei);
    let answers = room.view(&assessment).answers;
    assert_eq!(answers["pain-main"].answer, text("Low back"));
    assert_eq!(answers["pain-average"].answer, number(7));
    let store = &room.desk.sitting().unwrap().opened.store;
    assert!(store.drafts_of(&id).unwrap().is_empty());
    assert!(store.draft_contexts().unwrap().is_empty());
}

#[test]
fn what_somebody_typed_before_a_crash_keeps_their_name_and_time_when_another_unlocks() {
    let mut room = Room::live();
    let nurse = room.hire("Robin Nurse", record::role::Role::Nurse);
    let (_, assessment) = room.begin();
    room.answer(&assessment, "pain-main", text("Low back"));
    room.crash();
    room.turn(jiff::SignedDuration::from_hours(3));
    room.unlock(&nurse);
    let shown = room.view(&assessment).answers.remove("pain-main").unwrap();
    assert_eq!(shown.who.unwrap(), "24-Nov-2026 10:20, A. Osei");
}

/// A draft as another person's sitting left it.
fn typed_by_another(room: &mut Room, staff: &str, patient: &str, assessment: &str, words: &str) {
    let assessment = assessment.parse().unwrap();
    let body = Answered {
        assessment,
        question: "pain-main".into(),
        answer: AnswerState::Given {
            value: AnswerValue::Text(words.into()),
        },
        source: "clinician".into(),
    };
    let line = Line::of(slots::answer(assessment, "pain-main"), &body).unwrap();
    let patient = patient_id(patient).unwrap();
    room.desk.keep_typed(patient, line).unwrap();
    let store = &room.desk.sitting().unwrap().opened.store;
    let own = store
        .drafts_of(&patient.to_string())
        .unwrap()
        .pop()
        .unwrap();
    store.clear_draft(&own.reference()).unwrap();
    store
        .put_draft(&Draft {
            staff: staff.parse().unwrap(),
            ..own
        })
        .unwrap();
    room.desk.sitting_mut().unwrap().typed_anew();
}

#[test]
fn two_staff_typing_in_the_same_question_are_both_kept_as_a_conflict() {
    let mut room = Room::live();
    let nurse = room.hire("Robin Nurse", record::role::Role::Nurse);
    let (patient, assessment) = room.begin();
    typed_by_another(&mut room, &nurse, &patient, &assessment, "Neck");
    room.answer(&assessment, "pain-main", text("Low back"));
    let both = |room: &mut Room| {
        let words = room
            .view(&assessment)
            .answers
            .remove("pain-main")
            .unwrap()
            .conflict
            .unwrap();
        for part in ["Neck", "Low back", "R. Nurse", "A. Osei"] {
            assert!(words.contains(part), "{words}");
        }
    };
    both(&mut room);
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    both(&mut room);
    // Whoever answers after having seen both settles it.
    let after = room.answer(&assessment, "pain-main", text("Low back and neck"));
    assert_eq!(after.answers["pain-main"].conflict, None);
}

/// Every byte of every file under a folder.
fn bytes_under(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(bytes_under(&path));
        } else {
            all.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    all
}

#[test]
fn no_file_of_the_laptop_holds_a_name_a_number_or_an_answer_in_readable_form() {
    let mut room = Room::live();
    let mut form = referral("Zyxwick", "Quillon");
    form.nhs_number = "9991609938".into();
    form.address = "Unmistakable Terrace".into();
    let patient = room.refer(form);
    let assessment = room.start(&patient);
    room.answer(
        &assessment,
        "pain-main",
        text("Peculiarity of the left knee"),
    );
    let secrets = [
        "Zyxwick",
        "zyxwick",
        "ZYXWICK",
        "Quillon",
        "9991609938",
        "999 160 9938",
        "Unmistakable",
        "Peculiarity",
    ];
    let check = |room: &Room| {
        let files = bytes_under(room.folder());
        assert!(files.len() >= 3);
        for (path, bytes) in files {
            for secret in secrets {
                let found = bytes
                    .windows(secret.len())
                    .any(|part| part == secret.as_bytes());
                assert!(!found, "{secret} in {path}");
                let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
                assert!(
                    !bytes.windows(wide.len()).any(|part| part == wide),
                    "{secret} in {path}"
                );
            }
            assert!(!secrets.iter().any(|secret| path.contains(secret)));
        }
    };
    check(&room);
    door::lock(&mut room.desk).unwrap();
    check(&room);
}

#[test]
fn an_idle_desk_locks_itself_and_what_was_typed_is_kept() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "pain-main", text("Low back"));
    room.turn(jiff::SignedDuration::from_mins(5));
    assert!(door::still_here(&mut room.desk).is_ok());
    room.turn(jiff::SignedDuration::from_secs(301));
    assert!(matches!(
        door::still_here(&mut room.desk),
        Err(Refusal::Locked)
    ));
    assert!(matches!(
        door::status(&mut room.desk).unwrap(),
        Status::Locked(_)
    ));
    let refused = assess::open_assessment(&mut room.desk, assessment.clone());
    assert!(matches!(refused, Err(Refusal::Locked)));
    let osei = room.osei.clone();
    room.unlock(&osei);
    assert_eq!(
        room.view(&assessment).answers["pain-main"].answer,
        text("Low back")
    );
}

#[test]
fn typing_that_rests_becomes_entries_without_leaving_the_section() {
    let mut room = Room::live();
    let (id, assessment) = room.begin();
    room.answer(&assessment, "pain-main", text("Low back"));
    let typed = |room: &Room| {
        room.desk
            .sitting()
            .unwrap()
            .opened
            .store
            .drafts_of(&id)
            .unwrap()
            .len()
    };
    assert_eq!(typed(&room), 1);
    room.turn(jiff::SignedDuration::from_secs(30));
    door::still_here(&mut room.desk).unwrap();
    assert_eq!(typed(&room), 0);
}

#[test]
fn an_entry_made_in_error_is_struck_with_its_reason_and_stays_readable() {
    let mut room = Room::live();
    let (id, assessment) = room.begin();
    room.answer(&assessment, "pain-main", text("Low back"));
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    let record = patient::open_patient(&mut room.desk, id.clone()).unwrap();
    let entry = record
        .timeline
        .iter()
        .find(|entry| entry.detail.iter().any(|line| line.value == "Low back"))
        .unwrap()
        .id
        .clone();
    let no_reason = patient::mark_in_error(&mut room.desk, id.clone(), entry.clone(), " ".into());
    assert!(matches!(no_reason, Err(Refusal::Invalid(_))));
    let after = patient::mark_in_error(&mut room.desk, id, entry.clone(), "Another patient".into())
        .unwrap();
    let struck = after.timeline.iter().find(|line| line.id == entry).unwrap();
    assert!(struck.struck);
    assert_eq!(
        struck.reason.as_deref(),
        Some("Entered in error: Another patient")
    );
    assert!(struck.detail.iter().any(|line| line.value == "Low back"));
    assert_eq!(
        room.view(&assessment).answers["pain-main"].answer,
        AnswerView::NotAsked
    );
}

#[test]
fn a_signed_entry_is_not_marked_as_made_in_error() {
    let mut room = Room::demo();
    let (id, assessment) = room.finished();
    room.sign(&assessment);
    let record = patient::open_patient(&mut room.desk, id.clone()).unwrap();
    let entry = record
        .timeline
        .iter()
        .find(|entry| entry.group == "decisions")
        .unwrap();
    assert!(!entry.correctable);
    let refused = patient::mark_in_error(&mut room.desk, id, entry.id.clone(), "Wrong".into());
    assert!(matches!(refused, Err(Refusal::Plain(_))));
}
