//! The shipped questions hold together.

use super::{AnswerError, Catalogue, CatalogueError, QuestionKind, ValidityKind, check_answer};
use crate::answer::{Answer, Unanswered, Value};
use crate::instrument::Instrument;

#[test]
fn the_shipped_catalogue_has_eleven_sections_in_order() {
    let ids: Vec<&str> = Catalogue::shipped()
        .sections
        .iter()
        .map(|section| section.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "safety",
            "where",
            "feel",
            "effect",
            "mood",
            "sleep",
            "work",
            "questionnaires",
            "medicines",
            "health",
            "matters"
        ]
    );
}

#[test]
fn the_lists_of_the_assessment_are_all_there() {
    for id in [
        "medicine",
        "allergy",
        "condition",
        "treatment",
        "region",
        "device",
        "person",
    ] {
        let list = Catalogue::shipped()
            .list(id)
            .unwrap_or_else(|| panic!("no list {id}"));
        assert!(!list.empty_choice.is_empty(), "{id} has no words for none");
    }
}

#[test]
fn safety_02_a_warning_sign_counts_on_the_day_it_was_asked_and_is_never_copied() {
    let features: Vec<_> = Catalogue::shipped()
        .questions()
        .filter(|question| question.kind == QuestionKind::Feature)
        .collect();
    assert!(features.len() > 50);
    for question in features {
        assert_eq!(
            question.validity.kind,
            ValidityKind::ThisContact,
            "{}",
            question.id
        );
        assert!(!question.copy_forward, "{}", question.id);
        assert!(question.must, "{}", question.id);
    }
}

#[test]
fn scores_are_never_copied_forward() {
    for question in Catalogue::shipped().questions() {
        if matches!(
            question.kind,
            QuestionKind::InstrumentItem { .. } | QuestionKind::Rating { .. }
        ) {
            assert!(!question.copy_forward, "{}", question.id);
        }
    }
}

#[test]
fn safety_14_every_question_takes_each_of_the_four_unanswered_states() {
    for question in Catalogue::shipped().questions() {
        for state in [
            Unanswered::NotAsked,
            Unanswered::Declined,
            Unanswered::NotKnown,
            Unanswered::CannotBeAnswered,
        ] {
            assert!(
                check_answer(question, &Answer::Unanswered(state)).is_ok(),
                "{}",
                question.id
            );
        }
    }
}

#[test]
fn an_odd_number_is_queried_and_an_impossible_one_refused() {
    let hours = Catalogue::shipped().question("sleep-hours").unwrap();
    let odd = check_answer(hours, &Answer::Given(Value::Number(14))).unwrap();
    assert_eq!(odd.odd.as_deref(), Some("Is 14 correct?"));
    let usual = check_answer(hours, &Answer::Given(Value::Number(7))).unwrap();
    assert_eq!(usual.odd, None);
    assert_eq!(
        check_answer(hours, &Answer::Given(Value::Number(25))),
        Err(AnswerError::OutOfRange { min: 0, max: 24 })
    );
}

#[test]
fn an_answer_of_another_kind_is_refused_in_plain_words() {
    let feature = Catalogue::shipped().question("ces-saddle").unwrap();
    let error = check_answer(feature, &Answer::Given(Value::Number(1))).unwrap_err();
    assert!(error.to_string().contains("present or absent"), "{error}");
}

#[test]
fn a_choice_that_is_not_offered_is_refused() {
    let item = Catalogue::shipped().question("phq-9-1").unwrap();
    assert!(check_answer(item, &Answer::Given(Value::Number(3))).is_ok());
    assert_eq!(
        check_answer(item, &Answer::Given(Value::Number(4))),
        Err(AnswerError::NotOffered)
    );
}

/// What a catalogue is refused for whose one question is followed by these lines.
fn refused(lines: &str) -> CatalogueError {
    let question = "id = \"drives\"\ntext = \"Do you drive?\"\nkind = \"yes-no\"";
    let section = "[[section]]\nid = \"s\"\ntitle = \"S\"\nhint = \"\"\n[[section.question]]";
    let text = format!("version = \"t\"\nstatus = \"draft\"\n{section}\n{question}{lines}");
    Catalogue::parse(&text, Instrument::shipped()).unwrap_err()
}

#[test]
fn a_condition_on_a_question_that_does_not_exist_names_the_nearest() {
    let error = refused(
        r#"
[[section.question]]
id = "advice"
text = "Advice?"
kind = "yes-no"
show-when = { question = "drive", one-of = ["yes"] }
"#,
    );
    assert!(
        matches!(&error, CatalogueError::Dangling { nearest: Some(near), .. } if near == "drives")
    );
}

#[test]
fn a_misspelt_key_is_refused() {
    let error = refused(
        r#"
show-wen = { question = "drives", one-of = ["yes"] }
"#,
    );
    assert!(error.to_string().contains("show-wen"), "{error}");
}

#[test]
fn a_condition_that_can_never_be_met_is_refused() {
    let error = refused(
        r#"
[[section.question]]
id = "advice"
text = "Advice?"
kind = "yes-no"
show-when = { question = "drives", one-of = ["yess"] }
"#,
    );
    assert!(
        matches!(&error, CatalogueError::Dangling { nearest: Some(near), .. } if near == "yes")
    );
}
