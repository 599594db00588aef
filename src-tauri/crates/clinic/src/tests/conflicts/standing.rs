//! Decisions, contact, consent and identity: what is acted on, and what stands still.

use assessment::proposal::evaluate;
use assessment::ruleset::{Ruleset, Urgency};
use record::body::{AnswerValue, PlanText};

use super::{conflicts, facts, settle, two_devices};
use crate::case::slots;
use crate::desk::{Line, item_id, patient_id};
use crate::tests::Room;
use crate::tests::another_device::{answer, decision, detail, given, sign};
use crate::tests::forms;
use crate::tests::forms::text;
use crate::view::UrgencyTag;
use crate::{assess, plan, worklist};

#[test]
fn safety_01_of_two_decisions_at_once_the_more_urgent_is_acted_on_and_the_case_returns() {
    let (mut room, id, assessment, _) = two_devices();
    assert!(room.finish(&assessment).finished);
    let before = room.as_of_now(&id);
    room.sign(&assessment);
    room.arrive(&id, &before, 2, vec![decision(&assessment, "urgent")]);
    let shown = room.result(&assessment);
    assert_eq!(shown.decision.unwrap().urgency, "Urgent");
    assert!(!shown.sign_as_proposed.allowed);
    let list = worklist::worklist(&mut room.desk, "to-sign".into(), String::new(), 0).unwrap();
    let row = list.rows.iter().find(|row| row.patient == id).unwrap();
    assert_eq!(row.urgency, UrgencyTag::Urgent);
    assert!(row.next_step.contains("Two decisions"), "{}", row.next_step);
    assert_eq!(row.record_state, "Conflict");
    let all = conflicts(&mut room, &id);
    assert_eq!(
        (all[0].what.as_str(), all[0].settle.as_str()),
        ("Two decisions", "sign")
    );
    let first = all[0].versions[0].entry.clone();
    assert!(settle(&mut room, &id, &all[0], vec![first]).is_err());
    room.write_plan(&assessment);
    let refused = plan::save_plan_pdf(&mut room.desk, assessment.clone(), false, String::new());
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("decision is in conflict")
    );
    room.sign(&assessment);
    assert!(conflicts(&mut room, &id).is_empty());
}

#[test]
fn safety_01_of_contact_details_in_conflict_none_is_used() {
    let (mut room, id, _, _) = two_devices();
    let before = room.as_of_now(&id);
    for (device, phone) in [(2, "01632 960001"), (3, "01632 960002")] {
        let line = detail("phone", phone);
        room.arrive(&id, &before, device, vec![line]);
    }
    let case = room.desk.case(patient_id(&id).unwrap()).unwrap();
    assert_eq!(case.identity().phone, "");
    assert_eq!(case.identity().conflict, None);
    let all = conflicts(&mut room, &id);
    assert!(all[0].holds.starts_with("None of them is used"));
    let mut versions = all[0].versions.iter();
    let chosen = versions.find(|it| it.words.ends_with("960002")).unwrap();
    settle(&mut room, &id, &all[0], vec![chosen.entry.clone()]).unwrap();
    let case = room.desk.case(patient_id(&id).unwrap()).unwrap();
    assert_eq!(case.identity().phone, "01632 960002");
}

#[test]
fn safety_01_consent_and_safe_contact_in_conflict_are_the_most_restrictive() {
    let (mut room, id, assessment, _) = two_devices();
    let before = room.as_of_now(&id);
    for (device, share, contact) in [(2, "team-gp", "any"), (3, "team-only", "none")] {
        let chosen = |value: &str| given(AnswerValue::Text(value.into()));
        let lines = vec![
            answer(&assessment, "consent-share", chosen(share)),
            answer(&assessment, "safe-contact", chosen(contact)),
        ];
        room.arrive(&id, &before, device, lines);
    }
    let answers = room.view(&assessment).answers;
    assert_eq!(answers["consent-share"].answer, text("team-only"));
    assert_eq!(answers["safe-contact"].answer, text("none"));
    assert!(answers["consent-share"].conflict.is_some());
}

#[test]
fn safety_01_while_identity_or_the_plan_is_in_conflict_nothing_is_signed_or_printed() {
    let (mut room, id, assessment, _) = two_devices();
    assert!(room.finish(&assessment).finished);
    room.sign(&assessment);
    room.write_plan(&assessment);
    let before = room.as_of_now(&id);
    let item = item_id(&assessment).unwrap();
    for (device, words) in [(2, "Swim"), (3, "Walk")] {
        let body = PlanText {
            assessment: item,
            block: "what-matters".into(),
            text: words.into(),
        };
        let line = Line::of(slots::plan(item, "what-matters"), &body).unwrap();
        room.arrive(&id, &before, device, vec![line]);
    }
    let save = |room: &mut Room| {
        plan::save_plan_pdf(&mut room.desk, assessment.clone(), false, String::new()).unwrap_err()
    };
    assert!(
        save(&mut room)
            .to_string()
            .contains("The plan is in conflict")
    );
    assert!(room.agree(&assessment).is_err());
    for (device, family) in [(4, "Ndlovo"), (5, "Ndlow")] {
        room.arrive(&id, &before, device, vec![detail("family", family)]);
    }
    assert!(
        save(&mut room)
            .to_string()
            .contains("family name is in conflict")
    );
    let drawn = room.result(&assessment);
    let form = forms::own_choice(&drawn);
    let refused = crate::decide::sign_decision(&mut room.desk, assessment.clone(), form);
    assert!(refused.unwrap_err().to_string().contains("in conflict"));
}

#[test]
fn adding_a_value_that_saw_nothing_keeps_the_most_urgent_case_at_the_top_of_the_worklist() {
    let (mut room, id, assessment, before) = two_devices();
    room.answer(&assessment, "ces-saddle", forms::present());
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    room.arrive(
        &id,
        &before,
        2,
        vec![answer(&assessment, "ces-saddle", sign(false))],
    );
    let made = evaluate(
        Ruleset::shipped(),
        &facts(&mut room, &id, &assessment),
        room.desk.today(),
    );
    assert_eq!(made.urgency.value(), Some(&Urgency::Emergency));
}
