//! Values that did not see each other: the safer holds until a clinician settles it.

use assessment::fact::{Facts, Known};
use assessment::medicine::Total;
use assessment::proposal::evaluate;
use assessment::ruleset::{Ruleset, Urgency};
use record::body::{AnswerState, AnswerValue, PlanText};
use record::role::Role;

use super::Room;
use super::another_device::{
    answer, decision, detail, given, newer, none_of, row, sign, taken_off,
};
use super::forms::text;
use crate::assess;
use crate::case::slots;
use crate::desk::{Line, item_id, patient_id};
use crate::plan;
use crate::refusal::Refusal;
use crate::view::{ConflictView, SettleForm, UrgencyTag};
use crate::{patient, worklist};

fn facts(room: &mut Room, patient: &str, assessment: &str) -> Facts {
    let case = room.desk.case(patient_id(patient).unwrap()).unwrap();
    let (id, today) = (item_id(assessment).unwrap(), room.desk.today());
    crate::facts::of(&case, id, case.day(id, today))
}

fn flags(facts: &Facts) -> Vec<String> {
    let made = evaluate(Ruleset::shipped(), facts, facts.on);
    let certain = made.medicine_flags.certain.iter();
    certain.map(|flag| flag.id.clone()).collect()
}

fn conflicts(room: &mut Room, id: &str) -> Vec<ConflictView> {
    patient::open_patient(&mut room.desk, id.to_owned())
        .unwrap()
        .conflicts
}

const MORPHINE: [(&str, &str); 4] = [
    ("name", "morphine"),
    ("form", "modified-release"),
    ("strength", "30 mg"),
    ("times", "2"),
];

const MORE: [(&str, &str); 4] = [
    ("name", "morphine"),
    ("form", "modified-release"),
    ("strength", "100 mg"),
    ("times", "2"),
];

/// An assessment with all asked, and the record as another device saw it before the last answers.
fn two_devices() -> (Room, String, String, record::fold::Record) {
    let mut room = Room::demo();
    let (id, assessment) = room.begin();
    let before = room.as_of_now(&id);
    room.ask_everything(&assessment);
    (room, id, assessment, before)
}

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

#[test]
fn safety_01_allergies_and_medicines_are_the_union() {
    let mut room = Room::demo();
    let (id, assessment) = room.begin();
    let before = room.as_of_now(&id);
    room.row(&assessment, "medicine", &MORPHINE);
    room.row(
        &assessment,
        "allergy",
        &[
            ("substance", "Latex"),
            ("reaction", "Rash"),
            ("kind", "allergy"),
        ],
    );
    let elsewhere = [
        row(
            &assessment,
            "medicine",
            9,
            &[
                ("name", "sertraline"),
                ("form", "tablet"),
                ("strength", "50 mg"),
                ("times", "1"),
            ],
        ),
        row(
            &assessment,
            "allergy",
            8,
            &[("substance", "Penicillin"), ("kind", "allergy")],
        ),
    ];
    room.arrive(&id, &before, 2, elsewhere.into());
    let banner = room.view(&assessment).banner;
    for substance in ["Latex", "Penicillin"] {
        assert!(
            banner.allergies.words.contains(substance),
            "{}",
            banner.allergies.words
        );
    }
    let now = patient::open_patient(&mut room.desk, id).unwrap().now;
    assert_eq!(now.medicines.len(), 2, "{:?}", now.medicines);
}

#[test]
fn safety_01_none_known_beside_an_allergy_is_in_conflict_and_the_allergy_counts() {
    let mut room = Room::demo();
    let (id, assessment) = room.begin();
    let before = room.as_of_now(&id);
    room.row(
        &assessment,
        "allergy",
        &[
            ("substance", "Latex"),
            ("reaction", "Rash"),
            ("kind", "allergy"),
        ],
    );
    room.arrive(&id, &before, 2, vec![none_of(&assessment, "allergy")]);
    assert!(
        room.view(&assessment)
            .banner
            .allergies
            .words
            .contains("Latex")
    );
    let all = conflicts(&mut room, &id);
    assert_eq!(all.len(), 1, "{all:?}");
    let row = all[0].versions[1].entry.clone();
    settle(&mut room, &id, &all[0], vec![row]).unwrap();
    assert!(conflicts(&mut room, &id).is_empty());
    assert!(
        room.view(&assessment)
            .banner
            .allergies
            .words
            .contains("Latex")
    );
}

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
fn safety_01_opioids_in_conflict_take_the_highest_total_and_tolerance_is_uncertain() {
    let (mut room, id, assessment, _) = two_devices();
    let all = row(&assessment, "medicine", 9, &MORPHINE);
    let before = room.as_of_now(&id);
    room.arrive(&id, &before, 2, vec![all]);
    let seen = room.as_of_now(&id);
    room.arrive(&id, &seen, 3, vec![row(&assessment, "medicine", 9, &MORE)]);
    room.arrive(
        &id,
        &seen,
        4,
        vec![taken_off(row(&assessment, "medicine", 9, &MORPHINE))],
    );
    let facts = facts(&mut room, &id, &assessment);
    assert_eq!(
        facts.ome.as_ref().unwrap().maximum,
        Total::Exactly(200.into())
    );
    let flags = flags(&facts);
    for flag in ["ome-above-120", "tolerance-uncertain"] {
        assert!(flags.iter().any(|it| it == flag), "{flags:?}");
    }
    let said = conflicts(&mut room, &id);
    assert!(
        said[0].what.contains("taken off by one"),
        "{}",
        said[0].what
    );
}

#[test]
fn safety_01_cancer_or_end_of_life_in_conflict_does_not_suppress_opioid_limits() {
    for question in ["pain-cancer", "end-of-life"] {
        for unseen in [sign(true), AnswerState::Declined] {
            let (mut room, id, assessment, before) = two_devices();
            let medicine = row(&assessment, "medicine", 9, &MORE);
            let said = answer(&assessment, question, unseen);
            room.arrive(&id, &before, 2, vec![medicine, said]);
            let facts = facts(&mut room, &id, &assessment);
            let flags = flags(&facts);
            assert!(
                flags.iter().any(|it| it == "ome-above-120"),
                "{question}: {flags:?}"
            );
        }
    }
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
    let form = super::forms::own_choice(&drawn);
    let refused = crate::decide::sign_decision(&mut room.desk, assessment.clone(), form);
    assert!(refused.unwrap_err().to_string().contains("in conflict"));
}

#[test]
fn a_value_of_a_newer_version_is_unknown_to_the_rules_and_hides_nothing_beside_it() {
    let (mut room, id, assessment, before) = two_devices();
    let absent = facts(&mut room, &id, &assessment);
    assert!(absent.known("ces-saddle").is_no());
    let lines = vec![
        newer(answer(&assessment, "ces-saddle", sign(false))),
        newer(row(&assessment, "medicine", 9, &MORPHINE)),
    ];
    room.arrive(&id, &before, 2, lines);
    let facts = facts(&mut room, &id, &assessment);
    assert!(facts.known("ces-saddle").is_open());
    assert!(facts.ome.is_none_or(|ome| !ome.complete));
}

#[test]
fn the_same_medicine_written_by_two_who_did_not_see_each_other_is_one_question_and_two_answers() {
    let mut room = Room::demo();
    let (id, assessment) = room.begin();
    let before = room.as_of_now(&id);
    room.row(&assessment, "medicine", &MORPHINE);
    room.row(&assessment, "medicine", &MORE);
    assert!(
        conflicts(&mut room, &id).is_empty(),
        "the same nurse means two"
    );
    room.arrive(
        &id,
        &before,
        2,
        vec![row(&assessment, "medicine", 9, &MORPHINE)],
    );
    let all = conflicts(&mut room, &id);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].settle, "all-or-one");
    let both: Vec<String> = all[0].versions.iter().map(|it| it.entry.clone()).collect();
    settle(&mut room, &id, &all[0], both).unwrap();
    assert!(
        conflicts(&mut room, &id).is_empty(),
        "whoever settled it saw all of them"
    );
    let now = patient::open_patient(&mut room.desk, id).unwrap().now;
    assert_eq!(now.medicines.len(), 3, "{:?}", now.medicines);
}

#[test]
fn of_the_same_medicine_twice_one_row_is_kept_and_the_other_is_taken_off_for_the_reason() {
    let mut room = Room::demo();
    let (id, assessment) = room.begin();
    let before = room.as_of_now(&id);
    room.row(&assessment, "medicine", &MORPHINE);
    let theirs = row(&assessment, "medicine", 9, &MORPHINE);
    room.arrive(&id, &before, 2, vec![theirs]);
    let all = conflicts(&mut room, &id);
    let kept = all[0].versions[0].entry.clone();
    settle(&mut room, &id, &all[0], vec![kept]).unwrap();
    assert!(conflicts(&mut room, &id).is_empty());
    let now = patient::open_patient(&mut room.desk, id).unwrap().now;
    assert_eq!(now.medicines.len(), 1, "{:?}", now.medicines);
}

#[test]
fn a_conflict_shows_both_values_with_who_when_and_where_and_is_settled_for_a_reason() {
    let mut room = Room::demo();
    let (id, assessment) = room.begin();
    let before = room.as_of_now(&id);
    room.answer(&assessment, "pain-main", text("Low back"));
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    let other = given(AnswerValue::Text("Neck".into()));
    room.arrive(
        &id,
        &before,
        2,
        vec![answer(&assessment, "pain-main", other)],
    );
    let all = conflicts(&mut room, &id);
    let said: Vec<&str> = all[0].versions.iter().map(|it| it.words.as_str()).collect();
    assert!(said.iter().any(|it| it.ends_with("Low back")), "{said:?}");
    assert!(said.iter().any(|it| it.ends_with("Neck")), "{said:?}");
    let who: Vec<&str> = all[0].versions.iter().map(|it| it.who.as_str()).collect();
    assert!(
        who.iter()
            .any(|it| it.ends_with("Ama Osei, Fernbank Spoke")),
        "{who:?}"
    );
    assert!(
        who.iter().any(|it| it.ends_with("another device")),
        "{who:?}"
    );
    let neck = all[0]
        .versions
        .iter()
        .find(|it| it.words.ends_with("Neck"))
        .unwrap();
    let (neck, stale) = (neck.entry.clone(), all[0].clone());
    let form = |reason: &str, holds: Vec<String>| SettleForm {
        conflict: stale.id.clone(),
        holds,
        reason: reason.into(),
    };
    let settle = |room: &mut Room, form| patient::settle_conflict(&mut room.desk, id.clone(), form);
    let none = settle(&mut room, form("Asked again", Vec::new()));
    assert!(matches!(none, Err(Refusal::Invalid(fields)) if fields[0].field == "holds"));
    let unsaid = settle(&mut room, form(" ", vec![neck.clone()]));
    assert!(matches!(unsaid, Err(Refusal::Invalid(fields)) if fields[0].field == "reason"));
    let view = settle(&mut room, form("Asked again", vec![neck.clone()])).unwrap();
    assert!(view.conflicts.is_empty());
    assert_eq!(
        room.view(&assessment).answers["pain-main"].answer,
        text("Neck")
    );
    let late = settle(&mut room, form("Asked again", vec![neck]));
    assert!(matches!(late, Err(Refusal::Stale(_))));
}

#[test]
fn only_a_clinician_settles_a_conflict() {
    let mut room = Room::demo();
    let (id, assessment) = room.begin();
    let before = room.as_of_now(&id);
    for (device, words) in [(2, "Neck"), (3, "Low back")] {
        let said = given(AnswerValue::Text(words.into()));
        room.arrive(
            &id,
            &before,
            device,
            vec![answer(&assessment, "pain-main", said)],
        );
    }
    room.seat_a(Role::Administrator);
    let all = conflicts(&mut room, &id);
    assert!(!all[0].may_settle);
    let first = all[0].versions[0].entry.clone();
    let refused = settle(&mut room, &id, &all[0], vec![first]);
    assert!(matches!(refused, Err(Refusal::NotAllowed(_))));
}

#[test]
fn adding_a_value_that_saw_nothing_keeps_the_most_urgent_case_at_the_top_of_the_worklist() {
    let (mut room, id, assessment, before) = two_devices();
    room.answer(&assessment, "ces-saddle", super::forms::present());
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

fn settle(
    room: &mut Room,
    patient: &str,
    conflict: &ConflictView,
    holds: Vec<String>,
) -> Result<(), Refusal> {
    let form = SettleForm {
        conflict: conflict.id.clone(),
        holds,
        reason: "Asked the patient again".into(),
    };
    patient::settle_conflict(&mut room.desk, patient.to_owned(), form).map(|_| ())
}
