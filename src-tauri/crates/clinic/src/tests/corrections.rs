//! Corrections with a reason, entries moved to the right patient, and what is written up later.

use record::role::Role;

use super::Room;
use super::forms::{absent, fields, number, present, referral, text};
use crate::assess;
use crate::desk::{item_id, patient_id};
use crate::patient;
use crate::refusal::Refusal;
use crate::route;
use crate::view::{LateEntry, MoveForm, PatientView, ReferralForm, RouteForm};

fn opened(room: &mut Room, id: &str) -> PatientView {
    patient::open_patient(&mut room.desk, id.to_owned()).unwrap()
}

fn field_of(refused: &Refusal) -> String {
    match refused {
        Refusal::Invalid(fields) => fields[0].field.clone(),
        other => panic!("{other}"),
    }
}

#[test]
fn safety_02_a_sign_that_was_present_is_not_answered_otherwise_without_saying_why() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "crps-pattern", present());
    let refused = room.try_answer(&assessment, "crps-pattern", absent());
    assert_eq!(field_of(&refused.unwrap_err()), "reason");
    assert_eq!(
        room.view(&assessment).answers["crps-pattern"].answer,
        present()
    );
    let correct = |room: &mut Room, reason: &str| {
        let (id, question) = (assessment.clone(), "crps-pattern".to_owned());
        assess::correct_answer(&mut room.desk, id, question, absent(), reason.into())
    };
    assert_eq!(field_of(&correct(&mut room, "  ").unwrap_err()), "reason");
    let after = correct(&mut room, "Examined again with the consultant").unwrap();
    let warnings = after.banner.warnings.join("\n");
    for part in [
        "was present",
        "A. Osei",
        "Examined again with the consultant",
    ] {
        assert!(warnings.contains(part), "{warnings}");
    }
}

#[test]
fn an_answer_that_was_signed_over_is_corrected_with_a_reason_and_the_case_returns() {
    let mut room = Room::demo();
    let (id, assessment) = room.finished();
    room.sign(&assessment);
    let typed = room.try_answer(&assessment, "crps-pattern", present());
    assert!(matches!(typed, Err(Refusal::Stale(_))));
    let (again, question) = (assessment.clone(), "crps-pattern".to_owned());
    let reason = "The paper form says present".to_owned();
    assess::correct_answer(&mut room.desk, again, question, present(), reason).unwrap();
    let decision = room.result(&assessment).decision.unwrap();
    assert_eq!(decision.not_seen.len(), 1);
    assert!(
        decision.not_seen[0].ends_with(": present)"),
        "{:?}",
        decision.not_seen
    );
    let list = crate::worklist::worklist(&mut room.desk, "to-sign".into(), String::new(), 0);
    let row = list
        .unwrap()
        .rows
        .into_iter()
        .find(|row| row.patient == id)
        .unwrap();
    assert!(
        row.next_step
            .starts_with("Decide again: made without seeing")
    );
    let told = opened(&mut room, &id).timeline;
    let why = |line: &crate::view::Labelled| line.value == "The paper form says present";
    assert!(told.iter().any(|entry| entry.detail.iter().any(why)));
    room.sign(&assessment);
    assert!(
        room.result(&assessment)
            .decision
            .unwrap()
            .not_seen
            .is_empty()
    );
}

#[test]
fn a_row_of_a_finished_assessment_is_corrected_and_taken_off_with_a_reason() {
    let mut room = Room::demo();
    let (id, assessment) = room.finished();
    room.sign(&assessment);
    let reaction = |reaction: &str| {
        fields(&[
            ("substance", "Latex"),
            ("reaction", reaction),
            ("kind", "allergy"),
        ])
    };
    let mut record = |item: Option<String>, said: &str, reason: &str| {
        let (id, list) = (assessment.clone(), "allergy".to_owned());
        assess::correct_item(
            &mut room.desk,
            id,
            list,
            item,
            reaction(said),
            reason.into(),
        )
    };
    let added = record(None, "Rash", "It was on the paper form").unwrap();
    let rows = added
        .sections
        .iter()
        .flat_map(|it| &it.lists)
        .flat_map(|it| &it.items);
    let item = rows
        .clone()
        .find(|it| it.words.contains("Latex"))
        .unwrap()
        .id
        .clone();
    assert_eq!(
        field_of(&record(Some(item.clone()), "Wheeze", "").unwrap_err()),
        "reason"
    );
    let after = record(Some(item.clone()), "Wheeze", "Misread").unwrap();
    assert!(after.banner.allergies.words.contains("Wheeze"));
    let (again, list) = (assessment.clone(), "allergy".to_owned());
    let gone = assess::correct_removal(&mut room.desk, again, list, item, "Another person".into());
    assert!(!gone.unwrap().banner.allergies.words.contains("Wheeze"));
    let decision = room.result(&assessment).decision.unwrap();
    assert!(
        decision
            .not_seen
            .iter()
            .any(|it| it.contains("taken off the list"))
    );
    assert_eq!(opened(&mut room, &id).conflicts.len(), 0);
}

#[test]
fn marking_what_a_decision_had_seen_as_an_error_returns_the_case() {
    let mut room = Room::demo();
    let (id, assessment) = room.begin();
    room.answer(&assessment, "crps-pattern", present());
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    let entry = opened(&mut room, &id).timeline;
    let entry = entry
        .iter()
        .find(|it| it.detail.iter().any(|line| line.value == "present"))
        .unwrap()
        .id
        .clone();
    room.ask_everything(&assessment);
    room.answer(&assessment, "crps-pattern", present());
    assert!(room.finish(&assessment).finished);
    room.sign(&assessment);
    let reason = "Pressed on the wrong line".to_owned();
    patient::mark_in_error(&mut room.desk, id, entry, reason).unwrap();
    let unseen = room.result(&assessment).decision.unwrap().not_seen;
    assert!(
        unseen.iter().all(|it| it.contains("was made in error")),
        "{unseen:?}"
    );
}

/// Thabo's record, in which an assessment of Lindiwe was made, and hers.
fn wrong_patient(room: &mut Room) -> (String, String, String) {
    let (wrong, assessment) = room.begin();
    room.answer(&assessment, "crps-pattern", present());
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    room.answer(&assessment, "crps-pattern", absent());
    room.answer(&assessment, "pain-main", text("Low back"));
    room.row(
        &assessment,
        "medicine",
        &[
            ("name", "morphine"),
            ("form", "modified-release"),
            ("strength", "30 mg"),
            ("times", "2"),
        ],
    );
    let mut form = referral("Sithole", "Lindiwe");
    form.born = "1984-02-29".into();
    let right = room.refer(form);
    (wrong, right, assessment)
}

fn to_her(assessment: &str, right: &str) -> MoveForm {
    MoveForm {
        assessment: assessment.into(),
        to: right.into(),
        name_checked: true,
        born: "1984-02-29".into(),
        reason: "Two patients with one appointment".into(),
        ..MoveForm::default()
    }
}

#[test]
fn an_assessment_made_on_the_wrong_patient_moves_to_the_right_one_with_who_and_when() {
    let mut room = Room::demo();
    let (wrong, right, assessment) = wrong_patient(&mut room);
    room.turn(jiff::SignedDuration::from_hours(2));
    room.seat_a(Role::Nurse);
    let form = to_her(&assessment, &right);
    let left = patient::move_entries(&mut room.desk, wrong.clone(), form).unwrap();
    assert_eq!((left.open_assessment, left.now.medicines.len()), (None, 0));
    let said = serde_json::to_string(&left.timeline).unwrap();
    assert!(
        !said.contains("Low back") && said.contains("moved to the right one"),
        "{said}"
    );
    let hers = opened(&mut room, &right);
    assert_eq!(hers.open_assessment, Some(assessment.clone()));
    assert_eq!(hers.now.medicines.len(), 1);
    let view = room.view(&assessment);
    assert_eq!(view.banner.family, "SITHOLE");
    let main = &view.answers["pain-main"];
    assert_eq!(main.answer, text("Low back"));
    let who = main.who.clone().unwrap();
    assert!(
        who.starts_with("24-Nov-2026 10:20, A. Osei, typed 24-Nov-2026 12:20"),
        "{who}"
    );
    // What was present and then changed is so here too.
    assert!(
        view.banner.warnings.join("\n").contains("was present"),
        "{:?}",
        view.banner.warnings
    );
    let kept = room.desk.case_unshown(patient_id(&wrong).unwrap()).unwrap();
    let audit = kept.record.everything().len();
    assert!(
        audit > kept.record.timeline().len(),
        "for audit all of it stays"
    );
}

#[test]
fn nothing_is_moved_before_two_identifiers_of_the_right_patient_are_checked() {
    let mut room = Room::demo();
    let (wrong, right, assessment) = wrong_patient(&mut room);
    let whole = || to_her(&assessment, &right);
    let mut refused = |form: MoveForm| {
        field_of(&patient::move_entries(&mut room.desk, wrong.clone(), form).unwrap_err())
    };
    assert_eq!(
        refused(MoveForm {
            name_checked: false,
            ..whole()
        }),
        "name_checked"
    );
    assert_eq!(
        refused(MoveForm {
            born: "1979-09-17".into(),
            ..whole()
        }),
        "born"
    );
    assert_eq!(
        refused(MoveForm {
            reason: " ".into(),
            ..whole()
        }),
        "reason"
    );
    assert_eq!(
        refused(MoveForm {
            to: wrong.clone(),
            ..whole()
        }),
        "to"
    );
    assert!(opened(&mut room, &wrong).open_assessment.is_some());
    assert!(opened(&mut room, &right).open_assessment.is_none());
    room.seat_a(Role::Administrator);
    let refused = patient::move_entries(&mut room.desk, wrong, whole());
    assert!(matches!(refused, Err(Refusal::NotAllowed(_))));
}

#[test]
fn a_referral_moves_by_itself_and_a_decision_is_signed_anew() {
    let mut room = Room::demo();
    let (wrong, assessment) = room.finished();
    room.sign(&assessment);
    let mut form = referral("Sithole", "Lindiwe");
    form.born = "1984-02-29".into();
    let right = room.refer(form);
    let before = opened(&mut room, &wrong).timeline;
    let referral = before.iter().find(|it| it.group == "letters").unwrap();
    assert!(referral.movable && referral.assessment.is_none());
    let answers = before.iter().find(|it| it.group == "assessments").unwrap();
    assert!(!answers.movable && answers.assessment.is_some());
    let one = MoveForm {
        entry: referral.id.clone(),
        assessment: String::new(),
        ..to_her(&assessment, &right)
    };
    let left = patient::move_entries(&mut room.desk, wrong.clone(), one).unwrap();
    assert!(left.now.referral.is_empty());
    let hers = opened(&mut room, &right).timeline;
    assert_eq!(hers.iter().filter(|it| it.group == "letters").count(), 2);
    let whole = to_her(&assessment, &right);
    let left = patient::move_entries(&mut room.desk, wrong, whole).unwrap();
    assert!(left.timeline.iter().all(|it| it.group != "decisions"));
    let result = room.result(&assessment);
    assert!(
        result.decision.is_none(),
        "a signature holds on nobody else"
    );
    room.sign(&assessment);
}

#[test]
fn what_is_written_up_after_a_downtime_counts_from_when_it_happened() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let late = LateEntry {
        on: "2026-11-20".into(),
        at: "14:05".into(),
        by: "Łucja Nowak".into(),
    };
    let start = |room: &mut Room, late: LateEntry| {
        assess::start_late_assessment(&mut room.desk, patient.clone(), "in-person".into(), late)
    };
    let to_come = LateEntry {
        on: "2026-11-25".into(),
        ..late.clone()
    };
    assert_eq!(field_of(&start(&mut room, to_come).unwrap_err()), "late_on");
    let no_time = LateEntry {
        at: String::new(),
        ..late.clone()
    };
    assert_eq!(field_of(&start(&mut room, no_time).unwrap_err()), "late_at");
    let assessment = start(&mut room, late).unwrap();
    room.answer(&assessment, "ces-saddle", absent());
    room.answer(&assessment, "phq-9-1", number(1));
    let view = room.view(&assessment);
    let shown = &view.answers["ces-saddle"];
    assert_eq!(shown.stale, None, "it is judged as of the day it was asked");
    let who = shown.who.clone().unwrap();
    assert!(
        who.starts_with("20-Nov-2026 14:05, Łucja Nowak, typed 24-Nov-2026"),
        "{who}"
    );
    let id = item_id(&assessment).unwrap();
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    assert_eq!(case.day(id, room.desk.today()).to_string(), "2026-11-20");
}

#[test]
fn a_referral_and_a_route_record_are_written_up_later_with_who_did_it() {
    let mut room = Room::demo();
    let nurse = room.hire("Robin Nurse", Role::Nurse);
    let late = LateEntry {
        on: "2026-11-23".into(),
        at: "09:00".into(),
        by: "robin nurse".into(),
    };
    let form = ReferralForm {
        late: late.clone(),
        ..referral("Ndlovu", "Thabo")
    };
    let id = room.refer(form);
    let done = RouteForm {
        outcome: "999".into(),
        done: "Rang 999".into(),
        told: "The ward".into(),
        late,
        ..RouteForm::default()
    };
    let ces = assessment::route::Routes::shipped().route("ces").unwrap();
    let outcome = ces.outcomes().first().unwrap().value.clone();
    let done = RouteForm { outcome, ..done };
    route::record_route(&mut room.desk, id.clone(), "ces".into(), done).unwrap();
    let case = room.desk.case_unshown(patient_id(&id).unwrap()).unwrap();
    let late: Vec<_> = case
        .record
        .everything()
        .into_iter()
        .filter_map(|placed| placed.entry.happened.clone())
        .collect();
    assert_eq!(late.len(), 2);
    let by = record::entry::By::Staff(nurse.parse().unwrap());
    assert!(late.iter().all(|it| it.by == Some(by.clone())));
    let told = serde_json::to_string(&opened(&mut room, &id).timeline).unwrap();
    assert!(told.contains("23-Nov-2026 09:00, R. Nurse"), "{told}");
}
