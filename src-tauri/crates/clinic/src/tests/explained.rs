//! Why a proposal is not otherwise, what would change it, and that asking goes on.

use super::Room;
use super::forms::{absent, own_choice, present, referral};
use crate::decide::{self, explain_proposal};
use crate::view::AnswerView;

#[test]
fn a_proposal_says_what_it_rests_on_and_what_would_change_it_and_writes_nothing() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let before = room.desk.sitting().unwrap().opened.store.lamport().unwrap();
    let explained = explain_proposal(&mut room.desk, assessment.clone()).unwrap();
    assert_eq!(explained.withheld, None);
    assert!(!explained.raises.is_empty(), "{explained:?}");
    for words in explained.raises.iter().chain(&explained.lowers) {
        assert!(
            words.starts_with("If ") && words.contains("the rules would give"),
            "{words}"
        );
        let lower = words.to_lowercase();
        assert!(
            !lower.contains("taper") && !lower.contains("switch to"),
            "{words}"
        );
    }
    let after = room.desk.sitting().unwrap().opened.store.lamport().unwrap();
    assert_eq!(before, after);
    assert_eq!(room.result(&assessment).triage, drawn.triage);
}

#[test]
fn an_urgency_rests_on_the_answer_that_carries_it() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "synovitis-any", absent());
    room.answer(&assessment, "ces-saddle", present());
    let view = room.view(&assessment);
    let urgency = view
        .triage
        .parts
        .iter()
        .find(|part| part.id == "urgency")
        .unwrap();
    let questions: Vec<_> = urgency
        .findings
        .iter()
        .map(|it| it.question.as_deref())
        .collect();
    assert_eq!(questions, [Some("ces-saddle")]);
    assert!(urgency.findings[0].words.ends_with(": present"));
    let explained = explain_proposal(&mut room.desk, assessment).unwrap();
    assert!(
        explained.raises.is_empty(),
        "nothing is more urgent than an emergency"
    );
}

#[test]
fn safety_08_nothing_is_explained_where_proposals_are_off() {
    let mut live = Room::live();
    let (_, assessment) = live.finished();
    let explained = explain_proposal(&mut live.desk, assessment).unwrap();
    assert!(explained.withheld.is_some());
    assert!(explained.raises.is_empty() && explained.considered.is_empty());
}

#[test]
fn safety_09_while_a_proposal_is_hidden_nothing_explains_it() {
    let mut room = Room::demo_of(5);
    let mut hidden = None;
    for number in 0..60 {
        let patient = room.refer(referral(&format!("Family{number}"), "Given"));
        let assessment = room.start(&patient);
        let drawn = decide::triage_result(&mut room.desk, assessment.clone()).unwrap();
        if drawn.triage.hidden {
            hidden = Some((assessment, own_choice(&drawn)));
            break;
        }
    }
    let (assessment, form) = hidden.unwrap();
    let explained = explain_proposal(&mut room.desk, assessment.clone()).unwrap();
    assert!(explained.withheld.is_some() && explained.raises.is_empty());
    decide::choose_first(&mut room.desk, assessment.clone(), form).unwrap();
    let explained = explain_proposal(&mut room.desk, assessment).unwrap();
    assert_eq!(explained.withheld, None);
}

#[test]
fn safety_09_a_settled_urgency_never_shortens_the_assessment() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    let open = room.finish(&assessment);
    room.answer(&assessment, "ces-saddle", present());
    let view = room.view(&assessment);
    let urgency = view
        .triage
        .parts
        .iter()
        .find(|part| part.id == "urgency")
        .unwrap();
    assert!(urgency.settled);
    // What finishing waits for is the same, but for the one that was answered.
    let finish = room.finish(&assessment);
    assert!(!finish.finished);
    let left: Vec<_> = open
        .missing
        .iter()
        .filter(|it| it.value != "ces-saddle")
        .collect();
    assert_eq!(finish.missing.iter().collect::<Vec<_>>(), left);
    assert!(view.triage.next.is_some(), "there is more to ask");
}

#[test]
fn when_the_rules_wait_for_nothing_more_asking_goes_on_to_what_finishing_needs() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.ask_everything(&assessment);
    let next = room.view(&assessment).triage.next;
    assert!(next.is_none_or(|next| !next.settles.contains("finish")));
    room.answer(&assessment, "matters-most", AnswerView::NotAsked);
    let next = room.view(&assessment).triage.next.unwrap();
    assert_eq!(next.question, "matters-most");
    assert!(next.settles.contains("finish"), "{}", next.settles);
}
