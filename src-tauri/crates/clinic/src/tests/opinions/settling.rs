//! Two views that differ: the more urgent is acted on, and a named person settles it.

use record::body::OpinionSettled;
use record::role::Role;

use super::{Scene, fields, of, otherwise};
use crate::case::slots;
use crate::desk::{Line, item_id, patient_id};
use crate::refusal::Refusal;
use crate::tests::forms::own_choice;
use crate::view::{AskOpinionForm, OpinionForm, SettleOpinionForm, UrgencyTag};
use crate::{decide, patient, plan, worklist};

/// Hale disagrees; Raman, a consultant, was named to settle it.
fn differing(blind: bool) -> (Scene, String, String) {
    let mut scene = Scene::new();
    let raman = scene.room.hire("Devi Raman", Role::Consultant);
    let form = AskOpinionForm {
        blind,
        settles: raman.clone(),
        ..of(&scene.hale)
    };
    let opinion = scene.ask(form).unwrap();
    let hale = scene.hale.clone();
    scene.seat(&hale);
    scene.give(&opinion, otherwise()).unwrap();
    (scene, opinion, raman)
}

fn second_holds() -> SettleOpinionForm {
    SettleOpinionForm {
        how: "second".into(),
        words: "The scan was read again today.".into(),
        ..SettleOpinionForm::default()
    }
}

#[test]
fn while_two_views_differ_the_more_urgent_is_acted_on_and_nothing_is_printed() {
    let (mut scene, opinion, _) = differing(false);
    let list = worklist::worklist(&mut scene.room.desk, "to-sign".into(), String::new(), 0);
    let row = list.unwrap().rows.remove(0);
    assert_eq!(
        row.urgency,
        UrgencyTag::Urgent,
        "the opinion's, not the decision's"
    );
    assert_eq!(row.next_step, "A second opinion differs: settle it");
    let view = patient::open_patient(&mut scene.room.desk, scene.patient.clone()).unwrap();
    assert_eq!(view.now.urgency, UrgencyTag::Urgent);
    let assessment = scene.assessment.clone();
    scene.room.write_plan(&assessment);
    let agreed = scene.room.agree(&assessment);
    assert!(agreed.is_err());
    let folder = scene.room.folder().display().to_string();
    let saved = plan::save_plan_pdf(&mut scene.room.desk, assessment.clone(), false, folder);
    assert!(matches!(saved, Err(Refusal::Plain(why)) if why.contains("second opinion")));
    let drawn = decide::triage_result(&mut scene.room.desk, assessment).unwrap();
    assert!(!drawn.sign_as_proposed.allowed);
    assert_eq!(scene.shown(&opinion).state, "differs");
}

#[test]
fn a_less_urgent_opinion_never_lowers_what_is_acted_on() {
    let mut scene = Scene::new();
    let hale = scene.hale.clone();
    let opinion = scene.ask(of(&hale)).unwrap();
    scene.seat(&hale);
    let form = OpinionForm {
        urgency: "routine".into(),
        ..otherwise()
    };
    scene.give(&opinion, form).unwrap();
    let view = patient::open_patient(&mut scene.room.desk, scene.patient.clone()).unwrap();
    assert_eq!(view.now.urgency, UrgencyTag::Soon);
}

#[test]
fn the_named_person_settles_it_by_a_decision_that_saw_both_and_both_views_stay() {
    for blind in [false, true] {
        let (mut scene, opinion, raman) = differing(blind);
        for staff in [scene.osei.clone(), scene.hale.clone()] {
            scene.seat(&staff);
            assert!(!scene.shown(&opinion).may_settle);
            let refused = scene.settle(&opinion, second_holds());
            assert!(matches!(refused, Err(Refusal::Plain(why)) if why.contains("Devi Raman")));
        }
        scene.seat(&raman);
        assert!(scene.shown(&opinion).may_settle);
        let after = scene.settle(&opinion, second_holds()).unwrap();
        assert_eq!(after.opinion.state, "settled");
        let settled = after.opinion.settled.unwrap();
        assert!(settled.starts_with("The second view holds. The scan was read again today."));
        assert!(settled.contains("Devi Raman"));
        assert_eq!(after.opinion.first.unwrap().urgency, "Soon");
        assert_eq!(after.opinion.answers[0].urgency, "Urgent");
        let decision = after.result.decision.unwrap();
        assert_eq!(decision.urgency, "Urgent");
        assert!(
            decision
                .reason
                .unwrap()
                .starts_with("After a second opinion")
        );
        let case = scene
            .room
            .desk
            .case(patient_id(&scene.patient).unwrap())
            .unwrap();
        let id = item_id(&scene.assessment).unwrap();
        let now = case.opinion(opinion.parse().unwrap()).unwrap();
        let acted_on = case.acted_on(id).unwrap();
        let basis = &acted_on.placed.entry.signed.as_ref().unwrap().basis;
        let seen = case.record.seen_with(&basis.heads);
        assert!(seen.contains(&now.given[0].placed.id));
        assert!(seen.contains(&case.first_view(now.asked.body).unwrap().placed.id));
        let assessment = scene.assessment.clone();
        scene.room.write_plan(&assessment);
        assert!(
            scene.room.agree(&assessment).is_ok(),
            "nothing is held back any more"
        );
    }
}

#[test]
fn the_lead_settles_what_nobody_was_named_for() {
    let (mut scene, opinion) = Scene::asked(false);
    scene.give(&opinion, otherwise()).unwrap();
    scene.seat_lead();
    let view = scene.shown(&opinion);
    assert_eq!((view.settles.as_str(), view.may_settle), ("the lead", true));
    let form = SettleOpinionForm {
        how: "other".into(),
        lead: "D05".into(),
        urgency: "within-48-hours".into(),
        ..second_holds()
    };
    let after = scene.settle(&opinion, form).unwrap();
    assert_eq!(after.result.decision.unwrap().urgency, "Within 48 hours");
}

#[test]
fn settling_says_how_and_why() {
    let (mut scene, opinion, raman) = differing(false);
    scene.seat(&raman);
    for (field, form) in [
        (
            "how",
            SettleOpinionForm {
                how: String::new(),
                ..second_holds()
            },
        ),
        (
            "words",
            SettleOpinionForm {
                words: "Yes".into(),
                ..second_holds()
            },
        ),
    ] {
        assert_eq!(fields(scene.settle(&opinion, form)), [field]);
    }
    let other = SettleOpinionForm {
        how: "other".into(),
        ..second_holds()
    };
    assert_eq!(fields(scene.settle(&opinion, other)), ["lead", "urgency"]);
    assert_eq!(scene.shown(&opinion).state, "differs");
}

#[test]
fn a_new_decision_of_somebody_else_does_not_settle_it_unless_it_comes_to_the_same() {
    let (mut scene, opinion, _) = differing(false);
    let assessment = scene.assessment.clone();
    let osei = scene.osei.clone();
    scene.seat(&osei);
    scene.room.sign(&assessment);
    assert_eq!(scene.shown(&opinion).state, "differs");
    let drawn = scene.room.result(&assessment);
    let form = crate::view::DecisionForm {
        lead: "D07".into(),
        urgency: "urgent".into(),
        ..own_choice(&drawn)
    };
    decide::sign_decision(&mut scene.room.desk, assessment, form).unwrap();
    assert_eq!(scene.shown(&opinion).state, "answered");
}

#[test]
fn a_settlement_without_a_signed_decision_beside_it_counts_for_nothing() {
    let (mut scene, opinion, _) = differing(false);
    let before = scene.room.as_of_now(&scene.patient.clone());
    let (id, assessment) = (
        opinion.parse().unwrap(),
        item_id(&scene.assessment).unwrap(),
    );
    let body = OpinionSettled {
        opinion: id,
        assessment,
        how: "first".into(),
        words: "Settled elsewhere.".into(),
    };
    let line = Line::of(slots::opinion_settled(id), &body).unwrap();
    scene
        .room
        .arrive(&scene.patient.clone(), &before, 3, vec![line]);
    assert_eq!(scene.shown(&opinion).state, "differs");
}

#[test]
fn an_opinion_given_before_anything_was_decided_is_weighed_by_whoever_decides() {
    let mut scene = Scene::undecided();
    let hale = scene.hale.clone();
    let opinion = scene.ask(of(&hale)).unwrap();
    scene.seat(&hale);
    let given = scene.give(&opinion, otherwise()).unwrap();
    assert_eq!(given.opinion.answers[0].verdict, "Given before a decision");
    let osei = scene.osei.clone();
    scene.seat(&osei);
    scene.room.sign(&scene.assessment.clone());
    assert_eq!(scene.shown(&opinion).state, "answered");
    // One that did not see it is another view, as when two work at once.
    let mut scene = Scene::undecided();
    let form = AskOpinionForm {
        blind: true,
        ..of(&scene.hale)
    };
    let opinion = scene.ask(form).unwrap();
    scene.room.sign(&scene.assessment.clone());
    let hale = scene.hale.clone();
    scene.seat(&hale);
    let given = scene.give(&opinion, otherwise()).unwrap();
    assert_eq!(given.opinion.state, "differs");
}
