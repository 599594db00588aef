//! The four states of an unanswered question, all the way through.

use assessment::question::Catalogue;

use super::Room;
use crate::assess;
use crate::view::AnswerView;

#[test]
fn safety_14_the_four_states_of_an_unanswered_question_survive_writing_locking_and_reopening() {
    let states = [
        ("pain-main", AnswerView::Declined),
        ("pain-average", AnswerView::NotKnown),
        ("ces-saddle", AnswerView::CannotBeAnswered),
        ("phq-9-1", AnswerView::Declined),
    ];
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    for (question, state) in &states {
        room.answer(&assessment, question, state.clone());
    }
    let check = |room: &mut Room| {
        let answers = room.view(&assessment).answers;
        for (question, state) in &states {
            assert_eq!(&answers[*question].answer, state, "{question}");
        }
        assert_eq!(answers["pain-worst"].answer, AnswerView::NotAsked);
    };
    check(&mut room);
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    check(&mut room);
    let osei = room.osei.clone();
    room.seat(&osei);
    check(&mut room);
    room.crash();
    room.unlock(&osei);
    check(&mut room);
}

#[test]
fn safety_14_every_question_and_every_list_takes_each_of_the_four_states() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    let states = [
        AnswerView::Declined,
        AnswerView::NotKnown,
        AnswerView::CannotBeAnswered,
        AnswerView::NotAsked,
    ];
    let questions = Catalogue::shipped()
        .questions()
        .filter(|question| question.id != "phq-9-9")
        // The items of a questionnaire that nobody has added are not on the page.
        .filter(|question| question.on_request.is_none());
    for (number, question) in questions.enumerate() {
        let state = &states[number % 4];
        let after = room.answer(&assessment, &question.id, state.clone());
        assert_eq!(
            &after.answers[&question.id].answer, state,
            "{}",
            question.id
        );
    }
    for state in states {
        let after = assess::record_list(
            &mut room.desk,
            assessment.clone(),
            "allergy".into(),
            state.clone(),
        )
        .unwrap();
        let list = after
            .sections
            .iter()
            .flat_map(|section| &section.lists)
            .find(|list| list.id == "allergy")
            .unwrap();
        assert_eq!(list.state, state);
    }
}

#[test]
fn safety_14_a_list_that_was_declined_is_never_told_as_empty() {
    let mut room = Room::live();
    let (patient, assessment) = room.begin();
    let declined = AnswerView::Declined;
    assess::record_list(&mut room.desk, assessment, "allergy".into(), declined).unwrap();
    let record = crate::patient::open_patient(&mut room.desk, patient).unwrap();
    let told = record
        .timeline
        .iter()
        .map(|entry| entry.title.to_lowercase());
    let told: Vec<_> = told.filter(|title| title.contains("allerg")).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("declined"), "{told:?}");
    assert!(!told[0].contains("no known"), "{told:?}");
    let words = record.banner.allergies.words.to_lowercase();
    assert!(words.contains("declined"), "{words}");
}
