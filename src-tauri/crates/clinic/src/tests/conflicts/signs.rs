//! Warning signs and pregnancy: the more dangerous value counts.

use assessment::fact::Known;
use record::body::{AnswerState, AnswerValue};

use super::{facts, two_devices};
use crate::tests::another_device::{answer, given, sign};

#[test]
fn safety_01_warning_signs_present_then_not_asked_then_declined_then_absent() {
    let sign_of = |states: &[AnswerState]| {
        let (mut room, id, assessment, before) = two_devices();
        for (device, state) in (2..).zip(states) {
            let line = answer(&assessment, "ces-saddle", state.clone());
            room.arrive(&id, &before, device, vec![line]);
        }
        facts(&mut room, &id, &assessment)
            .known("ces-saddle")
            .clone()
    };
    // Here it is absent; elsewhere it was answered otherwise.
    let declined = sign_of(&[AnswerState::Declined]);
    assert_eq!(
        declined,
        Known::Open(assessment::answer::Unanswered::Declined)
    );
    let not_asked = sign_of(&[AnswerState::Declined, AnswerState::NotAsked]);
    assert_eq!(
        not_asked,
        Known::Open(assessment::answer::Unanswered::NotAsked)
    );
    let present = sign_of(&[AnswerState::Declined, AnswerState::NotAsked, sign(true)]);
    assert!(present.is_yes());
}

#[test]
fn safety_01_pregnancy_possible_wins_over_not_asked_and_over_no() {
    for other in [AnswerState::NotAsked, given(AnswerValue::Text("no".into()))] {
        let (mut room, id, assessment, before) = two_devices();
        let possible = given(AnswerValue::Text("possible".into()));
        for (device, state) in (2..).zip([possible, other]) {
            let line = answer(&assessment, "pregnancy", state);
            room.arrive(&id, &before, device, vec![line]);
        }
        let facts = facts(&mut room, &id, &assessment);
        assert!(facts.known("pregnancy").is_choice("possible"));
    }
}
