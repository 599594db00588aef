//! Warning signs: how long they count, who may say absent, what is said of them.

use record::role::Role;

use super::Room;
use super::forms::{absent, number, present, referral};
use crate::assess;
use crate::desk::{item_id, patient_id};
use crate::intake;
use crate::patient;
use crate::route;
use crate::view::AnswerView;
use crate::worklist;

fn is_open_to_rules(room: &mut Room, patient: &str, assessment: &str, question: &str) -> bool {
    let case = room.desk.case(patient_id(patient).unwrap()).unwrap();
    let facts = crate::facts::of(&case, item_id(assessment).unwrap(), room.desk.today());
    facts.known(question).is_open()
}

fn listed(room: &mut Room, assessment: &str) -> String {
    room.view(assessment).banner.warnings.join("\n")
}

#[test]
fn safety_02_an_answer_past_its_validity_is_shown_stale_and_the_rules_see_it_as_not_asked() {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    room.answer(&assessment, "ces-saddle", absent());
    assert!(!is_open_to_rules(
        &mut room,
        &patient,
        &assessment,
        "ces-saddle"
    ));
    room.days(1);
    assert!(is_open_to_rules(
        &mut room,
        &patient,
        &assessment,
        "ces-saddle"
    ));
    let shown = room.view(&assessment).answers.remove("ces-saddle").unwrap();
    assert_eq!(shown.stale.unwrap().to_lowercase(), "absent on 24-nov-2026");
}

#[test]
fn safety_02_a_score_lapses_after_fourteen_days_and_a_medicine_after_twenty_eight() {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    room.answer(&assessment, "phq-9-1", number(2));
    room.row(
        &assessment,
        "medicine",
        &[
            ("name", "morphine"),
            ("form", "modified-release"),
            ("strength", "60 mg"),
            ("times", "2"),
        ],
    );
    room.days(14);
    assert!(!is_open_to_rules(
        &mut room,
        &patient,
        &assessment,
        "phq-9-1"
    ));
    room.days(1);
    assert!(is_open_to_rules(
        &mut room,
        &patient,
        &assessment,
        "phq-9-1"
    ));
    let ome = |room: &mut Room| {
        let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
        crate::facts::of(&case, item_id(&assessment).unwrap(), room.desk.today()).ome
    };
    room.days(13);
    assert!(ome(&mut room).is_some_and(|ome| ome.complete));
    room.days(1);
    assert!(ome(&mut room).is_none_or(|ome| !ome.complete));
}

#[test]
fn safety_02_an_answer_too_old_to_count_must_be_asked_again_before_an_assessment_closes() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.ask_everything(&assessment);
    room.days(1);
    let outcome = room.finish(&assessment);
    assert!(!outcome.finished);
    assert!(
        outcome
            .missing
            .iter()
            .any(|missing| missing.value == "ces-saddle")
    );
}

#[test]
fn safety_02_a_sign_once_present_stays_listed_with_who_changed_it_until_a_decision_is_signed() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "crps-pattern", present());
    room.seat_a(Role::Nurse);
    room.ask_everything(&assessment);
    room.answer(&assessment, "crps-pattern", absent());
    let warnings = listed(&mut room, &assessment);
    assert!(warnings.contains("was present"), "{warnings}");
    assert!(warnings.contains("24-Nov-2026 10:20"), "{warnings}");
    assert!(warnings.contains("R. Nurse"), "{warnings}");
    assert!(room.finish(&assessment).finished);
    let result = room.result(&assessment);
    assert!(
        result
            .warning_signs
            .iter()
            .any(|sign| sign.contains("R. Nurse"))
    );
    room.sign(&assessment);
    assert_eq!(listed(&mut room, &assessment), "");
}

#[test]
fn safety_02_a_sign_that_was_sealed_and_then_changed_by_the_same_person_stays_listed_too() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "crps-pattern", present());
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    room.answer(&assessment, "crps-pattern", AnswerView::NotAsked);
    assert!(listed(&mut room, &assessment).contains("was present"));
}

#[test]
fn safety_02_item_9_above_zero_stays_listed_when_it_is_lowered() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "phq-9-9", number(2));
    room.answer(&assessment, "phq-9-9", number(0));
    let warnings = listed(&mut room, &assessment);
    assert!(warnings.to_lowercase().contains("item 9"), "{warnings}");
    assert!(warnings.contains("A. Osei"), "{warnings}");
}

#[test]
fn safety_02_an_allergy_taken_off_the_list_stays_in_the_banner_with_who_and_why_until_a_decision() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.ask_everything(&assessment);
    let after = room.row(
        &assessment,
        "allergy",
        &[
            ("substance", "Penicillin"),
            ("reaction", "Rash"),
            ("kind", "allergy"),
        ],
    );
    assert!(after.banner.allergies.words.contains("Penicillin"));
    let item = after
        .sections
        .iter()
        .flat_map(|section| &section.lists)
        .flat_map(|list| &list.items)
        .find(|item| item.words.contains("Penicillin"))
        .unwrap()
        .id
        .clone();
    let after = assess::remove_item(
        &mut room.desk,
        assessment.clone(),
        "allergy".into(),
        item,
        "It was a rash from heat".into(),
    )
    .unwrap();
    let words = after.banner.allergies.words;
    for part in [
        "Penicillin",
        "taken off",
        "It was a rash from heat",
        "A. Osei",
    ] {
        assert!(words.contains(part), "{words}");
    }
    assert!(room.finish(&assessment).finished);
    room.sign(&assessment);
    assert!(
        !room
            .view(&assessment)
            .banner
            .allergies
            .words
            .contains("Penicillin")
    );
}

#[test]
fn safety_03_a_letter_makes_a_sign_present_and_can_never_make_one_absent() {
    let mut room = Room::demo();
    let mut form = referral("Ndlovu", "Thabo");
    form.safety.insert("crps-pattern".into(), "present".into());
    form.safety.insert("ces-saddle".into(), "absent".into());
    form.safety
        .insert("ces-bladder".into(), "not-stated".into());
    let patient = room.refer(form);
    let assessment = room.start(&patient);
    let answers = room.view(&assessment).answers;
    assert_eq!(answers["crps-pattern"].answer, present());
    assert!(answers["crps-pattern"].from_letter);
    for question in ["ces-saddle", "ces-bladder"] {
        assert_eq!(answers[question].answer, AnswerView::NotAsked);
        assert!(is_open_to_rules(&mut room, &patient, &assessment, question));
    }
}

#[test]
fn safety_03_an_emergency_in_a_letter_leads_through_its_route_at_once() {
    let mut room = Room::demo();
    let mut form = referral("Ndlovu", "Thabo");
    form.safety.insert("ces-saddle".into(), "present".into());
    let saved = intake::save_referral(&mut room.desk, form, None).unwrap();
    assert_eq!(saved.route.as_deref(), Some("ces"));
    let warnings = patient::open_patient(&mut room.desk, saved.patient)
        .unwrap()
        .banner
        .warnings;
    assert!(!warnings.is_empty());
    let list = worklist::worklist(&mut room.desk, "to-do".into(), String::new(), 0).unwrap();
    let open: Vec<&str> = list
        .open_actions
        .iter()
        .map(|open| open.kind.as_str())
        .collect();
    assert!(open.contains(&"emergency-record"), "{open:?}");
}

#[test]
fn safety_03_features_are_counted_with_how_many_were_asked_and_found() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "ces-saddle", absent());
    let triage = room.view(&assessment).triage;
    let signs = triage
        .parts
        .iter()
        .find(|part| part.id == "warning-signs")
        .unwrap();
    assert!(signs.value.starts_with("1 of "), "{}", signs.value);
    assert!(
        signs.value.ends_with("asked, none present"),
        "{}",
        signs.value
    );
}

/// Every screen of a case, as the words that are sent to it.
fn screens(room: &mut Room) -> Vec<String> {
    let said = |view: serde_json::Value| view.to_string();
    let (patient, assessment) = room.finished();
    let id = || assessment.clone();
    let mut all = vec![
        said(serde_json::to_value(room.view(&assessment)).unwrap()),
        said(serde_json::to_value(room.result(&assessment)).unwrap()),
    ];
    room.sign(&assessment);
    room.write_plan(&assessment);
    let desk = &mut room.desk;
    let opened = crate::plan::open_plan(desk, id()).unwrap();
    let worklist = crate::worklist::worklist(desk, "all".into(), String::new(), 0).unwrap();
    let start = intake::start_referral(desk).unwrap();
    let session = crate::door::still_here(desk).unwrap();
    all.push(said(serde_json::to_value(opened).unwrap()));
    all.push(said(serde_json::to_value(worklist).unwrap()));
    all.push(said(serde_json::to_value(start).unwrap()));
    all.push(said(serde_json::to_value(session).unwrap()));
    all.push(said(
        serde_json::to_value(patient::open_patient(desk, patient.clone()).unwrap()).unwrap(),
    ));
    for known in assessment::route::Routes::shipped().all() {
        let view = route::open_route(desk, patient.clone(), known.id.clone()).unwrap();
        all.push(said(serde_json::to_value(view).unwrap()));
    }
    all
}

#[test]
fn safety_03_no_screen_says_clear() {
    let mut room = Room::demo();
    for screen in screens(&mut room) {
        let mut words = screen.split(|letter: char| !letter.is_alphanumeric());
        assert!(
            !words.any(|word| word.eq_ignore_ascii_case("clear")),
            "{screen}"
        );
    }
}
