//! What is typed and not yet an entry: what cannot be read stays and is told, and nothing is
//! stranded when records are joined.

use store::Draft;

use super::Room;
use super::forms::{number, referral, text};
use crate::desk::patient_id;
use crate::view::AnswerView;
use crate::{assess, door, person};

/// The drafts about a patient, as the store has them.
fn drafts(room: &Room, patient: &str) -> Vec<Draft> {
    let store = &room.desk.sitting().unwrap().opened.store;
    store.drafts_of(patient).unwrap()
}

/// The draft of one question, as a fault of the disk or another version left it.
fn spoil(room: &Room, patient: &str, question: &str) {
    let mut all = drafts(room, patient).into_iter();
    let draft = all.find(|it| it.name.ends_with(question)).unwrap();
    let store = &room.desk.sitting().unwrap().opened.store;
    store
        .put_draft(&Draft {
            body: vec![0xff; 7],
            ..draft
        })
        .unwrap();
}

#[test]
fn a_draft_that_cannot_be_read_stays_as_it_is_and_is_told_and_the_rest_becomes_entries() {
    let mut room = Room::live();
    let (patient, assessment) = room.begin();
    room.answer(&assessment, "pain-main", text("Low back"));
    room.answer(&assessment, "pain-average", number(7));
    spoil(&room, &patient, "pain-main");
    room.crash();
    let osei = room.osei.clone();
    let told = room.unlock(&osei).unread.unwrap();
    assert_eq!(told.patients, std::slice::from_ref(&patient));
    assert!(
        told.words
            .starts_with("One thing typed before cannot be read"),
        "{}",
        told.words
    );
    let left = drafts(&room, &patient);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].body, [0xff; 7]);
    let answers = room.view(&assessment).answers;
    assert_eq!(answers["pain-average"].answer, number(7));
    assert_eq!(answers["pain-main"].answer, AnswerView::NotAsked);
}

#[test]
fn a_question_whose_draft_cannot_be_read_is_answered_anew_and_nothing_is_told_any_more() {
    let mut room = Room::live();
    let (patient, assessment) = room.begin();
    room.answer(&assessment, "pain-main", text("Low back"));
    spoil(&room, &patient, "pain-main");
    room.crash();
    let osei = room.osei.clone();
    assert!(room.unlock(&osei).unread.is_some());
    room.answer(&assessment, "pain-main", text("Neck"));
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    assert_eq!(
        room.view(&assessment).answers["pain-main"].answer,
        text("Neck")
    );
    assert!(drafts(&room, &patient).is_empty());
    assert_eq!(room.seat(&osei).unread, None);
}

#[test]
fn a_laptop_whose_drafts_are_all_readable_says_nothing() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "pain-main", text("Low back"));
    let osei = room.osei.clone();
    assert_eq!(room.seat(&osei).unread, None);
    assert_eq!(door::still_here(&mut room.desk).unwrap().unread, None);
}

#[test]
fn what_was_typed_about_a_record_that_was_joined_meanwhile_is_shown_and_becomes_entries() {
    let mut room = Room::live();
    let kept = room.refer(referral("Ndlovu", "Thabo"));
    let joined = room.refer(referral("Ndlovu", "Tabo"));
    let assessment = room.start(&joined);
    person::link_records(
        &mut room.desk,
        kept.clone(),
        joined.clone(),
        "number".into(),
    )
    .unwrap();
    room.answer(&assessment, "pain-main", text("Low back"));
    // Typed before the link arrived from another laptop, so kept under the record it joins.
    let store = &room.desk.sitting().unwrap().opened.store;
    let typed = store.drafts_of(&kept).unwrap().pop().unwrap();
    store.clear_draft(&typed.reference()).unwrap();
    let before = Draft {
        context: joined.clone(),
        patient: Some(patient_id(&joined).unwrap()),
        ..typed
    };
    store.put_draft(&before).unwrap();
    room.desk.sitting_mut().unwrap().typed_anew();
    room.answer(&assessment, "pain-average", number(4));
    let both = |room: &mut Room| {
        let answers = room.view(&assessment).answers;
        assert_eq!(answers["pain-main"].answer, text("Low back"));
        assert_eq!(answers["pain-average"].answer, number(4));
    };
    both(&mut room);
    room.desk.seal_typed(patient_id(&joined).unwrap()).unwrap();
    assert!(drafts(&room, &kept).is_empty());
    assert!(drafts(&room, &joined).is_empty());
    both(&mut room);
}
