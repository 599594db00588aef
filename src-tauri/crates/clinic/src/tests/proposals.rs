//! What is proposed, to whom, and in which service.

use super::Room;
use super::forms::{own_choice, referral};
use crate::decide;
use crate::door;
use crate::plan;
use crate::refusal::Refusal;
use crate::view::{DecisionForm, Status, TriageResult, UrgencyTag};

/// What the rules propose, whole, as a clinician would sign it.
fn as_proposed(drawn: &TriageResult) -> DecisionForm {
    DecisionForm {
        basis_digest: drawn.basis_digest.clone(),
        passphrase: super::room::PASSPHRASE.into(),
        ..drawn.proposed.clone()
    }
}

#[test]
fn safety_08_a_live_service_without_adopted_rules_shows_no_proposal_and_signs_none() {
    let mut demo = Room::demo();
    let (_, assessment) = demo.finished();
    let shown = demo.result(&assessment);
    assert!(
        shown.sign_as_proposed.allowed,
        "{:?}",
        shown.sign_as_proposed.why_not
    );
    let wanted = as_proposed(&shown);

    let mut live = Room::live();
    let (_, assessment) = live.finished();
    let drawn = live.result(&assessment);
    assert!(drawn.triage.off.is_some());
    assert_eq!(drawn.triage.urgency, UrgencyTag::NotSettled);
    assert!(
        drawn
            .triage
            .parts
            .iter()
            .all(|part| part.id == "warning-signs")
    );
    assert_eq!(drawn.proposed, DecisionForm::default());
    assert!(!drawn.sign_as_proposed.allowed);
    assert!(drawn.sign_as_proposed.why_not.is_some());
    let form = DecisionForm {
        basis_digest: drawn.basis_digest,
        ..wanted
    };
    let refused = decide::sign_decision(&mut live.desk, assessment.clone(), form).unwrap_err();
    assert!(matches!(&refused, Refusal::Invalid(fields) if fields[0].field == "reason"));
    assert!(live.result(&assessment).decision.is_none());
    assert!(!live.sign(&assessment).decision.unwrap().as_proposed);
}

#[test]
fn safety_08_a_live_service_still_has_checklists_scores_and_the_opioid_total() {
    let mut live = Room::live();
    let (_, assessment) = live.finished();
    let view = live.view(&assessment);
    assert!(
        view.sections
            .iter()
            .any(|section| section.scores.iter().any(|score| score.total.is_some()))
    );
    assert!(
        view.triage
            .parts
            .iter()
            .any(|part| part.id == "warning-signs" && part.settled)
    );
    live.crash();
    let osei = live.osei.clone();
    let session = live.unlock(&osei);
    assert!(session.proposals_off && !session.demo);
}

#[test]
fn safety_08_the_demo_marks_what_it_proposes_draft_everywhere() {
    let mut demo = Room::demo();
    let session = door::still_here(&mut demo.desk).unwrap();
    assert!(session.demo && session.draft_rules && session.ruleset.ends_with("DRAFT"));
    let (_, assessment) = demo.finished();
    let drawn = demo.result(&assessment);
    assert!(drawn.triage.ruleset.ends_with("DRAFT"));
    assert!(drawn.triage.footer.starts_with("Not a decision"));
    let signed =
        decide::sign_decision(&mut demo.desk, assessment.clone(), as_proposed(&drawn)).unwrap();
    let decision = signed.decision.unwrap();
    assert!(
        decision.as_proposed && decision.ruleset.contains("DRAFT"),
        "{}",
        decision.ruleset
    );
    demo.write_plan(&assessment);
    assert!(
        plan::preview_plan(&mut demo.desk, assessment.clone(), false)
            .unwrap()
            .draft
    );
    demo.agree(&assessment).unwrap();
    let (patient, id) = (
        demo.desk.patient_of(assessment.parse().unwrap()).unwrap(),
        assessment.parse().unwrap(),
    );
    let paper = plan::paper_of(&mut demo.desk, patient, id, false).unwrap();
    assert!(paper.ruleset.ends_with("DRAFT") && paper.demo);
}

#[test]
fn safety_09_signing_as_proposed_is_off_while_anything_is_not_settled() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    let drawn = decide::triage_result(&mut room.desk, assessment.clone()).unwrap();
    assert!(!drawn.sign_as_proposed.allowed);
    let refused =
        decide::sign_decision(&mut room.desk, assessment, own_choice(&drawn)).unwrap_err();
    assert!(refused.to_string().contains("first") || refused.to_string().contains("Finish"));
}

#[test]
fn safety_09_in_about_one_case_in_ten_the_proposal_is_hidden_until_the_clinician_has_chosen() {
    let mut room = Room::demo_of(5);
    let mut hidden = Vec::new();
    for number in 0..60 {
        let patient = room.refer(referral(&format!("Family{number}"), "Given"));
        let assessment = room.start(&patient);
        let drawn = decide::triage_result(&mut room.desk, assessment.clone()).unwrap();
        if drawn.triage.hidden {
            assert!(
                drawn
                    .triage
                    .parts
                    .iter()
                    .all(|part| part.id == "warning-signs")
            );
            assert_eq!(drawn.proposed, DecisionForm::default());
            assert_eq!(drawn.triage.urgency, UrgencyTag::NotSettled);
            hidden.push((assessment, own_choice(&drawn)));
        }
    }
    assert!((1..=15).contains(&hidden.len()), "{}", hidden.len());
    let (assessment, form) = hidden.pop().unwrap();
    let after = decide::choose_first(&mut room.desk, assessment, form).unwrap();
    assert!(!after.triage.hidden && after.triage.parts.len() > 1);
}

#[test]
fn safety_13_about_says_that_it_is_likely_a_medical_device_and_not_for_the_care_of_patients() {
    let mut room = Room::empty(3);
    let Status::FirstRun(about) = door::status(&mut room.desk).unwrap() else {
        panic!("nothing is set up");
    };
    let said = about.intended_use.join(" ");
    assert!(said.contains("likely to be a medical device"));
    assert!(said.contains("not for the care of patients"));
    assert!(said.contains("a clinical safety case is signed"));
    let mut unread = Room::form("nurse");
    unread.read_intended_use = false;
    assert!(matches!(
        door::set_up(&mut room.desk, unread),
        Err(Refusal::Invalid(fields)) if fields[0].field == "read_intended_use"
    ));
    assert!(matches!(
        door::status(&mut room.desk).unwrap(),
        Status::FirstRun(_)
    ));
    let session = door::still_here(&mut Room::live().desk).unwrap();
    assert_eq!(session.about.intended_use, about.intended_use);
}

#[test]
fn safety_17_under_eighteen_the_rules_refuse_and_say_so() {
    let mut room = Room::demo();
    let mut form = referral("Ndlovu", "Thabo");
    form.born = "2008-11-25".into();
    let patient = room.refer(form);
    let assessment = room.start(&patient);
    room.ask_everything(&assessment);
    let view = room.view(&assessment);
    assert!(view.banner.under_18);
    assert!(view.triage.refused.unwrap().contains("under 18"));
    assert_eq!(view.triage.urgency, UrgencyTag::NotSettled);
    assert!(room.finish(&assessment).finished);
    let drawn = room.result(&assessment);
    assert!(!drawn.sign_as_proposed.allowed);
    assert_eq!(drawn.proposed, DecisionForm::default());
}

#[test]
fn safety_17_on_the_eighteenth_birthday_the_rules_apply() {
    let mut room = Room::demo();
    let mut form = referral("Ndlovu", "Thabo");
    form.born = "2008-11-24".into();
    let patient = room.refer(form);
    let assessment = room.start(&patient);
    assert_eq!(room.view(&assessment).triage.refused, None);
}

#[test]
fn safety_17_without_a_birth_date_the_rules_refuse_too() {
    let mut room = Room::demo();
    let mut form = referral("Ndlovu", "Thabo");
    form.born.clear();
    let patient = room.refer(form);
    let assessment = room.start(&patient);
    assert!(room.view(&assessment).triage.refused.is_some());
}
