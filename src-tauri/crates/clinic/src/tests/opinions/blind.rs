//! A blind opinion: what was decided is hidden from whoever gives it, on every screen, until they
//! have.

use std::sync::Arc;

use record::body::{Body, Decision, PlanText, Receipt};
use record::entry::Slot;
use record::role::Role;

use super::{Scene, fields, likewise, of, otherwise};
use crate::case::{Side, VEILED, slots};
use crate::desk::{Known, Line, item_id, patient_id};
use crate::refusal::Refusal;
use crate::tests::another_device::decision;
use crate::tests::forms::own_choice;
use crate::view::{AskOpinionForm, UrgencyTag, WorkRow};
use crate::{decide, line, opinion, patient, plan, worklist};

/// What would tell: the words of the first view's pathway.
fn first_lead() -> String {
    decide::lead_words("D05")
}

fn row(scene: &mut Scene, tab: &str) -> Option<WorkRow> {
    let list = worklist::worklist(&mut scene.room.desk, tab.into(), String::new(), 0).unwrap();
    list.rows
        .into_iter()
        .find(|row| row.patient == scene.patient)
}

#[test]
fn the_result_shows_no_decision_to_whoever_answers_blind_and_takes_no_signature() {
    let (mut scene, _) = Scene::asked(true);
    let assessment = scene.assessment.clone();
    let drawn = decide::triage_result(&mut scene.room.desk, assessment.clone()).unwrap();
    assert!(drawn.decision.is_none());
    assert_eq!(drawn.sign_as_proposed.why_not.as_deref(), Some(VEILED));
    let signed =
        decide::sign_decision(&mut scene.room.desk, assessment.clone(), own_choice(&drawn));
    assert!(matches!(signed, Err(Refusal::Plain(why)) if why.starts_with(VEILED)));
    let chosen = decide::choose_first(&mut scene.room.desk, assessment, own_choice(&drawn));
    assert!(matches!(chosen, Err(Refusal::Plain(why)) if why.starts_with(VEILED)));
}

#[test]
fn a_trainee_s_decision_is_hidden_like_any_other() {
    let mut scene = Scene::undecided();
    let trainee = scene.room.hire("João Fonseca", Role::DoctorInTraining);
    scene.seat(&trainee);
    let (assessment, osei) = (scene.assessment.clone(), scene.osei.clone());
    let drawn = scene.room.result(&assessment);
    let desk = &mut scene.room.desk;
    decide::sign_for_countersigning(desk, assessment.clone(), osei, own_choice(&drawn)).unwrap();
    let hale = scene.hale.clone();
    let form = AskOpinionForm {
        blind: true,
        ..of(&hale)
    };
    scene.ask(form).unwrap();
    scene.seat(&hale);
    let drawn = decide::triage_result(&mut scene.room.desk, assessment).unwrap();
    assert!(drawn.supervised.is_none());
}

#[test]
fn the_record_tells_nothing_of_it_in_what_stands_now_or_on_the_timeline() {
    let (mut scene, opinion) = Scene::asked(true);
    let desk = &mut scene.room.desk;
    let view = patient::open_patient(desk, scene.patient.clone()).unwrap();
    assert_eq!(view.now.decision.as_deref(), Some(VEILED));
    assert_eq!(view.now.urgency, UrgencyTag::NotKnown);
    assert_eq!(view.now.urgency_label, "Hidden");
    assert_eq!(view.next_step, VEILED);
    let told = view.timeline.iter().filter(|it| it.group == "decisions");
    assert_eq!(told.count(), 0);
    assert!(!format!("{view:?}").contains(&first_lead()));
    // What it hides is there for everybody else.
    let nowak = scene.nowak.clone();
    scene.seat(&nowak);
    let view = patient::open_patient(&mut scene.room.desk, scene.patient.clone()).unwrap();
    assert_eq!(view.now.decision, Some(first_lead()));
    assert!(scene.shown(&opinion).first.is_some());
}

#[test]
fn two_decisions_in_conflict_are_hidden_as_one_is() {
    let mut scene = Scene::new();
    let id = patient_id(&scene.patient).unwrap();
    let hale = scene.hale.clone();
    let before = {
        let case = scene.room.desk.case_unshown(id).unwrap();
        let kept = case.record.everything().into_iter();
        record::fold::fold(
            kept.filter(|placed| placed.entry.kind != Decision::kind())
                .cloned(),
        )
    };
    let lines = vec![decision(&scene.assessment, "urgent")];
    scene.room.arrive(&scene.patient.clone(), &before, 3, lines);
    let form = AskOpinionForm {
        blind: true,
        ..of(&hale)
    };
    scene.ask(form).unwrap();
    assert_eq!(conflicts(&mut scene), 1);
    scene.seat(&hale);
    assert_eq!(conflicts(&mut scene), 0);
}

fn conflicts(scene: &mut Scene) -> usize {
    let desk = &mut scene.room.desk;
    let view = patient::open_patient(desk, scene.patient.clone()).unwrap();
    view.conflicts.len()
}

#[test]
fn the_plan_is_neither_opened_nor_written_nor_printed_behind_the_veil() {
    let mut scene = Scene::new();
    let assessment = scene.assessment.clone();
    scene.room.write_plan(&assessment);
    let hale = scene.hale.clone();
    let form = AskOpinionForm {
        blind: true,
        ..of(&hale)
    };
    scene.ask(form).unwrap();
    scene.seat(&hale);
    let desk = &mut scene.room.desk;
    let hidden = |answer: Result<(), Refusal>| matches!(answer, Err(Refusal::Plain(why)) if why.starts_with(VEILED));
    assert!(hidden(plan::open_plan(desk, assessment.clone()).map(drop)));
    let preview = plan::preview_plan(desk, assessment.clone(), false);
    assert!(hidden(preview.map(drop)));
    let text = "Walk further".to_owned();
    let block = "what-matters".to_owned();
    let written = plan::save_plan_block(desk, assessment.clone(), block, text);
    assert!(hidden(written.map(drop)));
    let folder = scene.room.folder().display().to_string();
    let saved = plan::save_plan_pdf(&mut scene.room.desk, assessment, false, folder);
    assert!(hidden(saved.map(drop)));
    let view = patient::open_patient(&mut scene.room.desk, scene.patient.clone()).unwrap();
    assert!(view.timeline.iter().all(|it| it.group != "plans"));
}

#[test]
fn what_somebody_writes_behind_the_veil_replaces_nothing_of_what_it_hides() {
    let mut scene = Scene::new();
    let assessment = scene.assessment.clone();
    scene.room.write_plan(&assessment);
    scene.room.as_of_now(&scene.patient.clone());
    let hale = scene.hale.clone();
    let form = AskOpinionForm {
        blind: true,
        ..of(&hale)
    };
    scene.ask(form).unwrap();
    scene.seat(&hale);
    let id = item_id(&assessment).unwrap();
    let body = PlanText {
        assessment: id,
        block: "what-matters".into(),
        text: "Another".into(),
    };
    // No use case lets them; if one did, both texts would stand.
    let slot = slots::plan(id, "what-matters");
    let patient = patient_id(&scene.patient).unwrap();
    let line = Line::of(slot.clone(), &body).unwrap();
    scene.room.desk.write(patient, vec![line]).unwrap();
    let case = scene.room.desk.case_unshown(patient).unwrap();
    assert_eq!(case.record.heads(&Slot::new(slot).unwrap()).len(), 2);
}

#[test]
fn the_explanation_of_the_proposal_is_as_for_a_case_that_nobody_decided() {
    let (mut scene, _) = Scene::asked(true);
    let assessment = scene.assessment.clone();
    let desk = &mut scene.room.desk;
    let seen = decide::explain_proposal(desk, assessment.clone()).unwrap();
    assert!(!format!("{seen:?}").contains("signed"));
    let drawn = decide::triage_result(desk, assessment).unwrap();
    assert_eq!(seen.withheld.is_some(), drawn.triage.hidden);
}

#[test]
fn lists_show_neither_its_urgency_nor_its_step_nor_its_place() {
    let mut scene = Scene::new();
    let (assessment, hale) = (scene.assessment.clone(), scene.hale.clone());
    let signed = row(&mut scene, "all").unwrap();
    assert_eq!(
        (signed.urgency_label.as_str(), signed.urgency_signed),
        ("Soon", true)
    );
    let other = scene
        .room
        .refer(crate::tests::forms::referral("Abara", "Chidi"));
    let form = AskOpinionForm {
        blind: true,
        ..of(&hale)
    };
    scene.ask(form).unwrap();
    scene.seat(&hale);
    let hidden = row(&mut scene, "all").unwrap();
    assert_eq!(hidden.urgency, UrgencyTag::NotKnown);
    assert_eq!(hidden.urgency_label, "Hidden");
    assert!(!hidden.urgency_signed);
    assert_eq!(
        (hidden.next_step.as_str(), &hidden.assessment),
        (VEILED, &Some(assessment))
    );
    let desk = &mut scene.room.desk;
    let all = worklist::worklist(desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(
        all.rows[0].patient, scene.patient,
        "it stands first, whatever was decided"
    );
    assert!(all.rows.iter().any(|row| row.patient == other));
}

#[test]
fn what_waits_too_long_alarms_without_saying_how_urgent_it_is() {
    let (mut room, patient, assessment, _) = crate::tests::receipts::decided("same-day");
    let hale = room.hire("Imran Hale", Role::Consultant);
    let form = AskOpinionForm {
        blind: true,
        ..of(&hale)
    };
    opinion::ask_opinion(&mut room.desk, assessment, form).unwrap();
    let words = |room: &mut crate::tests::Room| {
        let desk = &mut room.desk;
        let list = worklist::worklist(desk, String::new(), String::new(), 0).unwrap();
        let of: Vec<_> = list.open_actions.into_iter().map(|it| it.words).collect();
        of
    };
    assert!(words(&mut room).iter().any(|it| it.contains("Same day")));
    room.seat(&hale);
    let hidden = words(&mut room);
    assert!(hidden.iter().any(|it| it.contains(VEILED)), "{hidden:?}");
    assert!(
        hidden.iter().all(|it| !it.contains("Same day")),
        "{hidden:?}"
    );
    room.days(30);
    let late = worklist::overdue(&mut room.desk).unwrap().rows;
    let of: Vec<_> = late.iter().filter(|row| row.patient == patient).collect();
    assert_eq!(of.len(), 1, "{of:?}");
    assert!(of[0].words.contains(VEILED));
}

#[test]
fn how_far_the_case_has_come_says_that_it_is_hidden_and_never_not_yet() {
    let (mut scene, _) = Scene::asked(true);
    let sync = line::case_sync(&mut scene.room.desk, scene.patient.clone()).unwrap();
    let last = sync.steps.last().unwrap();
    assert_eq!(
        (last.step.as_str(), last.words.as_str()),
        ("Decided", VEILED)
    );
}

#[test]
fn opening_a_case_behind_the_veil_is_no_receipt_for_the_decision() {
    let (mut room, patient, assessment, _) = crate::tests::receipts::decided("same-day");
    let hale = room.hire("Imran Hale", Role::Consultant);
    let form = AskOpinionForm {
        blind: true,
        ..of(&hale)
    };
    opinion::ask_opinion(&mut room.desk, assessment, form).unwrap();
    room.seat(&hale);
    assert!(!opened(&mut room, &patient), "nobody has read it");
    let osei = room.osei.clone();
    room.seat(&osei);
    assert!(opened(&mut room, &patient), "now somebody has");
}

/// Opens the record, and says whether the decision of the hub has a receipt for it. The laptop that
/// decided counts as one at the hub.
fn opened(room: &mut crate::tests::Room, patient: &str) -> bool {
    let sitting = room.desk.sitting_mut().unwrap();
    let at_hub = [sitting.opened.identity.device].into();
    sitting.known = Some(Arc::new(Known {
        at_hub,
        ..Known::default()
    }));
    patient::open_patient(&mut room.desk, patient.to_owned()).unwrap();
    let id = patient_id(patient).unwrap();
    let case = room.desk.case_unshown(id).unwrap();
    let decision = case.acted_on(case.assessments()[0].id).unwrap();
    case.receipt(&decision.placed.id, Receipt::OPENED, Side::Spoke)
        .is_some()
}

#[test]
fn the_signature_of_a_blind_opinion_proves_that_nothing_decided_was_seen() {
    let (mut scene, opinion) = Scene::asked(true);
    let case = scene.open(&opinion);
    assert!(case.hidden && case.opinion.first.is_none());
    assert!(case.verdicts.is_empty(), "there is nothing to agree with");
    scene.give(&opinion, otherwise()).unwrap();
    let id = patient_id(&scene.patient).unwrap();
    let case = scene.room.desk.case(id).unwrap();
    let now = case.opinions();
    let given = &now[0].given[0];
    assert!(given.body.blind && given.body.on.is_none() && given.body.agrees.is_empty());
    let basis = &given.placed.entry.signed.as_ref().unwrap().basis;
    let seen = case.record.seen_with(&basis.heads);
    assert!(seen.len() > 10, "{}", seen.len());
    for entry in seen.iter().filter_map(|it| case.record.entry(it)) {
        let slot = entry
            .entry
            .slot
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        for hidden in ["decision/", "supervised/", "choice/", "plan/"] {
            assert!(!slot.starts_with(hidden), "{slot}");
        }
        assert!(!slot.contains("/given/"), "{slot}");
    }
}

#[test]
fn once_it_is_given_everything_is_shown_and_the_verdict_is_worked_out() {
    for (form, verdict) in [(likewise(), "Agrees"), (otherwise(), "Disagrees")] {
        let (mut scene, opinion) = Scene::asked(true);
        let after = scene.give(&opinion, form).unwrap();
        assert!(!after.hidden);
        assert_eq!(after.opinion.answers[0].verdict, verdict);
        assert!(after.opinion.answers[0].blind);
        assert!(after.result.decision.is_some());
        assert_ne!(row(&mut scene, "all").unwrap().urgency_label, "Hidden");
    }
}

#[test]
fn a_blind_answer_says_all_of_it_with_a_reason() {
    let (mut scene, opinion) = Scene::asked(true);
    let bare = crate::view::OpinionForm {
        reason: "Because".into(),
        ..otherwise()
    };
    assert_eq!(fields(scene.give(&opinion, bare)), ["reason"]);
    let nothing = crate::view::OpinionForm::default();
    assert_eq!(fields(scene.give(&opinion, nothing)), ["lead", "urgency"]);
}

#[test]
fn nobody_who_signed_on_the_case_is_asked_blind() {
    let mut scene = Scene::new();
    let (osei, nowak) = (scene.osei.clone(), scene.nowak.clone());
    scene.seat(&nowak);
    let form = AskOpinionForm {
        blind: true,
        ..of(&osei)
    };
    assert_eq!(fields(scene.ask(form)), ["of_staff"]);
    assert!(scene.ask(of(&osei)).is_ok(), "openly they may be asked");
}

#[test]
fn of_a_role_it_hides_nothing_from_those_who_asked_signed_or_work_on_the_plan() {
    let mut scene = Scene::new();
    let assessment = scene.assessment.clone();
    let (hale, osei) = (scene.hale.clone(), scene.osei.clone());
    let raman = scene.room.hire("Devi Raman", Role::Consultant);
    scene.seat(&raman);
    scene.room.write_plan(&assessment);
    let nowak = scene.nowak.clone();
    scene.seat(&nowak);
    let form = AskOpinionForm {
        blind: true,
        of_role: "consultant".into(),
        ..of("")
    };
    scene.ask(form).unwrap();
    for (staff, hidden) in [
        (&osei, false),
        (&raman, false),
        (&nowak, false),
        (&hale, true),
    ] {
        scene.seat(staff);
        assert_eq!(scene.opinions().hidden.is_some(), hidden);
    }
}

#[test]
fn looking_behind_the_veil_is_breaking_the_glass_and_makes_the_opinion_an_open_one() {
    let (mut scene, opinion) = Scene::asked(true);
    let seen = scene.room.trail().len();
    let desk = &mut scene.room.desk;
    let unsaid = opinion::lift_blind(desk, opinion.clone(), String::new());
    assert_eq!(fields(unsaid), ["reason"]);
    let why = "She is in the room and asks what was decided".to_owned();
    let after = opinion::lift_blind(desk, opinion.clone(), why.clone()).unwrap();
    assert_eq!(after.hidden, None);
    let broken: Vec<_> = scene.room.trail().into_iter().skip(seen).collect();
    let broken: Vec<_> = broken
        .iter()
        .filter(|it| it.action == "break-glass")
        .collect();
    assert_eq!(broken.len(), 1);
    assert!(scene.open(&opinion).result.decision.is_some());
    assert!(
        !scene.shown(&opinion).blind,
        "nobody takes it for a blind one"
    );
    let given = scene.give(&opinion, likewise()).unwrap();
    assert!(!given.opinion.answers[0].blind);
    let again = opinion::lift_blind(&mut scene.room.desk, opinion, why);
    assert!(again.is_err(), "nothing is hidden any more");
}

#[test]
fn of_two_ways_to_ask_that_did_not_see_each_other_the_blind_one_holds() {
    let (mut scene, opinion) = Scene::asked(true);
    let before = scene.room.as_of_now(&scene.patient.clone());
    let id = patient_id(&scene.patient).unwrap();
    let body = {
        let case = scene.room.desk.case(id).unwrap();
        case.opinions()[0].asked.body.clone()
    };
    let open = record::body::OpinionAsked {
        blind: false,
        ..body.clone()
    };
    let slot = slots::opinion_asked(body.opinion);
    let line = Line::of(slot.clone(), &open).unwrap();
    scene
        .room
        .arrive(&scene.patient.clone(), &before, 3, vec![line]);
    assert!(
        scene.opinions().hidden.is_none(),
        "one that saw it replaces it"
    );
    let blind = Line::of(slot, &body).unwrap();
    scene
        .room
        .arrive(&scene.patient.clone(), &before, 4, vec![blind]);
    assert_eq!(scene.opinions().hidden, Some(opinion));
}
