//! Whatever is typed, in whatever order, sealed whenever: the last answer of each question stands.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::Room;
use super::forms::{number, text};
use crate::assess;
use crate::view::{AnswerValue, AnswerView};

/// Something a person does.
#[derive(Debug, Clone)]
enum Doing {
    Answer(&'static str, AnswerView),
    LeaveSection,
    LockAndUnlock,
    Crash,
}

fn unanswered() -> impl Strategy<Value = AnswerView> {
    prop_oneof![
        Just(AnswerView::NotAsked),
        Just(AnswerView::Declined),
        Just(AnswerView::NotKnown),
        Just(AnswerView::CannotBeAnswered),
    ]
}

fn answer() -> impl Strategy<Value = Doing> {
    let said = |question: &'static str, given: BoxedStrategy<AnswerView>| {
        prop_oneof![3 => given, 1 => unanswered()]
            .prop_map(move |answer| Doing::Answer(question, answer))
    };
    prop_oneof![
        said(
            "pain-main",
            "[a-z]{1,12}( [a-z]{1,12})?"
                .prop_map(|words| text(&words))
                .boxed()
        ),
        said("pain-average", (0_i64..=10).prop_map(number).boxed()),
        said("pain-worst", (0_i64..=10).prop_map(number).boxed()),
        said(
            "crps-pattern",
            prop_oneof![Just("present"), Just("absent")]
                .prop_map(text)
                .boxed()
        ),
        said(
            "falls",
            any::<bool>()
                .prop_map(|yes| AnswerView::Given {
                    value: AnswerValue::Bool(yes)
                })
                .boxed()
        ),
        said("phq-9-1", (0_i64..=3).prop_map(number).boxed()),
    ]
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        12 => answer(),
        2 => Just(Doing::LeaveSection),
        1 => Just(Doing::LockAndUnlock),
        1 => Just(Doing::Crash),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// The record never loses, invents or reorders an answer.
    #[test]
    fn what_an_open_assessment_shows_is_the_last_answer_of_each_question(day in prop::collection::vec(doing(), 1..24)) {
        let mut room = Room::live();
        let (_, assessment) = room.begin();
        let osei = room.osei.clone();
        let mut last = BTreeMap::new();
        for doing in day {
            match doing {
                Doing::Answer(question, answer) => {
                    room.answer(&assessment, question, answer.clone());
                    last.insert(question, answer);
                }
                Doing::LeaveSection => {
                    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
                }
                Doing::LockAndUnlock => {
                    room.seat(&osei);
                }
                Doing::Crash => {
                    room.crash();
                    room.unlock(&osei);
                }
            }
            room.turn(jiff::SignedDuration::from_secs(7));
        }
        let shown = room.view(&assessment).answers;
        for (question, answer) in last {
            prop_assert_eq!(&shown[question].answer, &answer, "{}", question);
            prop_assert_eq!(&shown[question].conflict, &None);
        }
    }
}
