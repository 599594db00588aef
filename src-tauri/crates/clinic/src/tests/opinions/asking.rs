//! Asking and answering in the open.

use record::body::Opinion;
use record::role::Role;

use super::{Scene, fields, likewise, of, otherwise};
use crate::desk::patient_id;
use crate::opinion;
use crate::refusal::Refusal;
use crate::tests::forms::{present, referral};
use crate::view::{AnswerValue, AnswerView, AskOpinionForm, OpinionForm};
use crate::{intake, patient};

#[test]
fn an_opinion_is_asked_of_somebody_by_a_day_with_a_question() {
    let mut scene = Scene::new();
    let hale = scene.hale.clone();
    for (field, form) in [
        (
            "of_staff",
            AskOpinionForm {
                of_staff: String::new(),
                ..of("")
            },
        ),
        ("of_staff", of("nobody")),
        (
            "by",
            AskOpinionForm {
                by: "2026-11-23".into(),
                ..of(&hale)
            },
        ),
        (
            "by",
            AskOpinionForm {
                by: "soon".into(),
                ..of(&hale)
            },
        ),
        (
            "question",
            AskOpinionForm {
                question: String::new(),
                ..of(&hale)
            },
        ),
        (
            "text",
            AskOpinionForm {
                question: "other".into(),
                text: " ".into(),
                ..of(&hale)
            },
        ),
        (
            "wished",
            AskOpinionForm {
                wished: String::new(),
                ..of(&hale)
            },
        ),
        (
            "settles",
            AskOpinionForm {
                settles: "nobody".into(),
                ..of(&hale)
            },
        ),
        (
            "settles",
            AskOpinionForm {
                settles: hale.clone(),
                ..of(&hale)
            },
        ),
    ] {
        assert_eq!(fields(scene.ask(form)), [field]);
    }
    assert!(scene.opinions().opinions.is_empty(), "nothing was written");
    let opinion = scene.ask(of(&hale)).unwrap();
    let view = scene.shown(&opinion);
    assert_eq!(view.of, "Imran Hale, consultant");
    assert_eq!(view.by, "30-Nov-2026");
    assert!(view.asked.starts_with("Ama Osei, consultant, 24-Nov-2026"));
    assert_eq!((view.state.as_str(), view.may_answer), ("asked", false));
}

#[test]
fn an_open_opinion_is_given_with_the_first_view_on_the_screen_and_both_are_read_by_both() {
    let (mut scene, opinion) = Scene::asked(false);
    let case = scene.open(&opinion);
    assert!(!case.hidden);
    let first = case.opinion.first.unwrap();
    assert_eq!(
        (first.verdict.as_str(), first.urgency.as_str()),
        ("Decided first", "Soon")
    );
    let form = OpinionForm {
        change: "A pharmacist should take part.".into(),
        agrees: "agree-with-change".into(),
        strands: vec!["pharmacy".into()],
        ..OpinionForm::default()
    };
    let given = scene.give(&opinion, form).unwrap();
    let osei = scene.osei.clone();
    scene.seat(&osei);
    for view in [given.opinion, scene.shown(&opinion)] {
        assert_eq!(view.state, "answered");
        let [answer] = view.answers.as_slice() else {
            panic!("{:?}", view.answers);
        };
        assert_eq!(answer.verdict, "Agrees, with a change");
        assert!(answer.who.starts_with("Imran Hale, consultant"));
        assert_eq!((answer.urgency.as_str(), answer.blind), ("Soon", false));
        assert_eq!(answer.change, "A pharmacist should take part.");
        assert_eq!(view.first.unwrap().lead, answer.lead);
    }
    // An opinion is no decision: what was signed stands.
    let decision = scene
        .room
        .result(&scene.assessment.clone())
        .decision
        .unwrap();
    assert!(decision.signed.starts_with("Ama Osei"));
    assert!(decision.strands.is_empty());
}

#[test]
fn an_opinion_says_what_it_has_to_and_a_disagreement_differs_in_more_than_strands() {
    let (mut scene, opinion) = Scene::asked(false);
    for (field, form) in [
        ("agrees", OpinionForm::default()),
        (
            "change",
            OpinionForm {
                agrees: "agree-with-change".into(),
                ..likewise()
            },
        ),
        (
            "reason",
            OpinionForm {
                reason: "No.".into(),
                ..otherwise()
            },
        ),
        (
            "lead",
            OpinionForm {
                lead: "D99".into(),
                ..otherwise()
            },
        ),
        (
            "urgency",
            OpinionForm {
                urgency: "not-settled".into(),
                ..otherwise()
            },
        ),
        (
            "strands",
            OpinionForm {
                strands: vec!["surgery".into()],
                ..otherwise()
            },
        ),
        (
            "agrees",
            OpinionForm {
                agrees: "disagree".into(),
                ..likewise()
            },
        ),
    ] {
        assert_eq!(fields(scene.give(&opinion, form)), [field]);
    }
    assert!(scene.shown(&opinion).answers.is_empty());
}

#[test]
fn only_whoever_is_asked_answers_and_only_once() {
    let (mut scene, opinion) = Scene::asked(false);
    let nowak = scene.nowak.clone();
    scene.seat(&nowak);
    let other = scene.give(&opinion, likewise());
    assert!(matches!(other, Err(Refusal::Plain(why)) if why.contains("somebody else")));
    let hale = scene.hale.clone();
    scene.seat(&hale);
    assert!(scene.shown(&opinion).may_answer);
    let given = scene.give(&opinion, likewise()).unwrap();
    assert!(!given.opinion.may_answer);
    let twice = scene.give(&opinion, otherwise());
    assert!(matches!(twice, Err(Refusal::Plain(why)) if why.contains("has been given")));
}

#[test]
fn of_a_role_anybody_answers_but_whoever_signed_the_first_view() {
    let mut scene = Scene::new();
    let form = AskOpinionForm {
        of_staff: String::new(),
        of_role: "consultant".into(),
        ..of("")
    };
    let opinion = scene.ask(form).unwrap();
    let own = scene.give(&opinion, likewise());
    assert!(matches!(own, Err(Refusal::Plain(_))));
    let hale = scene.hale.clone();
    scene.seat(&hale);
    assert_eq!(scene.shown(&opinion).of, "Any consultant");
    assert!(scene.give(&opinion, likewise()).is_ok());
}

#[test]
fn an_opinion_s_signature_says_that_it_saw_the_decision_and_waits_for_what_arrived() {
    let (mut scene, opinion) = Scene::asked(false);
    let drawn = scene.open(&opinion).result;
    let form = crate::view::ReferralForm {
        phone: "01632 960123".into(),
        ..referral("Ndlovu", "Thabo")
    };
    intake::save_referral(&mut scene.room.desk, form, Some(scene.patient.clone())).unwrap();
    let stale = OpinionForm {
        basis_digest: drawn.basis_digest,
        passphrase: crate::tests::room::PASSPHRASE.into(),
        ..likewise()
    };
    let refused = opinion::give_opinion(&mut scene.room.desk, opinion.clone(), stale);
    assert!(matches!(refused, Err(Refusal::Stale(_))));
    scene.give(&opinion, likewise()).unwrap();
    let id = patient_id(&scene.patient).unwrap();
    let case = scene.room.desk.case(id).unwrap();
    let now = case.opinions();
    let given = &now[0].given[0];
    let basis = &given.placed.entry.signed.as_ref().unwrap().basis;
    let decision = case.acted_on(now[0].assessment()).unwrap().placed.id;
    assert!(basis.heads.contains(&decision));
    assert_eq!(given.body.on, Some(decision));
}

#[test]
fn an_opinion_is_signed_with_the_passphrase() {
    let (mut scene, opinion) = Scene::asked(false);
    let drawn = scene.open(&opinion).result;
    let form = OpinionForm {
        basis_digest: drawn.basis_digest,
        passphrase: "not the passphrase".into(),
        ..likewise()
    };
    let refused = opinion::give_opinion(&mut scene.room.desk, opinion, form);
    assert_eq!(fields(refused), ["passphrase"]);
}

#[test]
fn what_is_no_longer_asked_for_is_not_answered_and_says_why() {
    let mut scene = Scene::new();
    let hale = scene.hale.clone();
    let opinion = scene.ask(of(&hale)).unwrap();
    let desk = &mut scene.room.desk;
    let unsaid = opinion::withdraw_opinion(desk, opinion.clone(), "  ".into());
    assert_eq!(fields(unsaid), ["reason"]);
    let why = "Answered by telephone".to_owned();
    let after = opinion::withdraw_opinion(desk, opinion.clone(), why).unwrap();
    assert_eq!(after.opinions[0].state, "withdrawn");
    assert!(
        after.opinions[0]
            .state_words
            .contains("Answered by telephone")
    );
    scene.seat(&hale);
    let refused = scene.give(&opinion, likewise());
    assert!(matches!(refused, Err(Refusal::Plain(why)) if why.contains("no longer")));
}

#[test]
fn a_patient_s_wish_for_a_second_opinion_suggests_one_and_fills_in_who_wishes() {
    let mut scene = Scene::undecided();
    let before = scene.opinions();
    assert_eq!(
        (before.wished.as_str(), before.suggested.len()),
        ("clinician", 0)
    );
    let assessment = scene.room.start(&scene.patient.clone());
    scene.room.ask_everything(&assessment);
    let yes = AnswerView::Given {
        value: AnswerValue::Bool(true),
    };
    scene.room.answer(&assessment, "second-opinion-wish", yes);
    let asked = opinion::case_opinions(&mut scene.room.desk, assessment).unwrap();
    assert_eq!(asked.wished, "patient");
    assert!(!asked.suggested.is_empty());
}

#[test]
fn an_opinion_stands_on_the_timeline_and_is_read_back_as_it_was_signed() {
    let (mut scene, opinion) = Scene::asked(false);
    scene.give(&opinion, otherwise()).unwrap();
    let desk = &mut scene.room.desk;
    let view = patient::open_patient(desk, scene.patient.clone()).unwrap();
    let titles: Vec<_> = view
        .timeline
        .iter()
        .filter(|line| line.group == "opinions")
        .map(|line| line.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Second opinion signed: disagrees",
            "Second opinion asked for"
        ]
    );
    let case = desk.case(patient_id(&scene.patient).unwrap()).unwrap();
    let now = case.opinions();
    let body: &Opinion = now[0].given[0].body;
    assert_eq!(
        (body.lead.as_str(), body.urgency.as_str()),
        ("D07", "urgent")
    );
}

#[test]
fn a_doctor_in_training_gives_an_opinion_and_the_signature_counts() {
    let mut scene = Scene::new();
    let trainee = scene.room.hire("João Fonseca", Role::DoctorInTraining);
    let opinion = scene.ask(of(&trainee)).unwrap();
    scene.seat(&trainee);
    scene.give(&opinion, likewise()).unwrap();
    assert_eq!(scene.shown(&opinion).answers.len(), 1);
}

#[test]
fn a_warning_sign_found_later_stands_beside_an_opinion_as_beside_a_decision() {
    let (mut scene, opinion) = Scene::asked(false);
    scene.give(&opinion, likewise()).unwrap();
    let next = scene.room.start(&scene.patient.clone());
    scene.room.answer(&next, "crps-pattern", present());
    let assessment = scene.assessment.clone();
    let decision = scene.room.result(&assessment).decision.unwrap();
    assert_eq!(decision.not_seen.len(), 1, "agreeing hides nothing");
}
