//! Who may do what.

use record::role::Role;

use super::Room;
use super::forms::{own_choice, text};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::LocalNumbers;
use crate::{assess, decide, door, intake, worklist};

fn refused_as<T>(act: Act, answer: Result<T, Refusal>) -> bool {
    matches!(answer, Err(Refusal::NotAllowed(found)) if found == act)
}

#[test]
fn an_administrator_takes_referrals_and_looks_and_does_not_assess_sign_or_agree() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let (_, running) = {
        let other = room.refer(super::forms::referral("Nowak", "Anna"));
        let running = room.start(&other);
        (other, running)
    };
    let session = room.seat_a(Role::Administrator);
    assert!(!session.may_sign);
    room.refer(super::forms::referral("Okafor", "Emeka"));
    assert!(
        worklist::search(&mut room.desk, "okafor".into())
            .unwrap()
            .hits
            .len()
            == 1
    );
    let start = assess::start_assessment(&mut room.desk, patient, "phone".into());
    assert!(refused_as(Act::Assess, start));
    assert!(refused_as(
        Act::Assess,
        room.try_answer(&running, "pain-main", text("Back"))
    ));
    let drawn = decide::triage_result(&mut room.desk, assessment.clone()).unwrap();
    assert!(!drawn.may_sign && !drawn.sign_as_proposed.allowed);
    let signed = decide::sign_decision(&mut room.desk, assessment.clone(), own_choice(&drawn));
    assert!(refused_as(Act::SignDecision, signed));
    assert!(refused_as(Act::AgreePlan, room.agree(&assessment)));
}

#[test]
fn a_doctor_in_training_assesses_and_does_not_sign() {
    let mut room = Room::demo();
    let session = room.seat_a(Role::DoctorInTraining);
    assert!(!session.may_sign);
    let (_, assessment) = room.finished();
    let drawn = decide::triage_result(&mut room.desk, assessment.clone()).unwrap();
    let signed = decide::sign_decision(&mut room.desk, assessment.clone(), own_choice(&drawn));
    assert!(refused_as(Act::SignDecision, signed));
}

#[test]
fn a_physiotherapist_does_not_change_the_emergency_numbers() {
    let mut room = Room::demo();
    room.seat_a(Role::Physiotherapist);
    let kept = door::save_local_numbers(&mut room.desk, LocalNumbers::default());
    assert!(refused_as(Act::SetNumbers, kept));
}

#[test]
fn nobody_does_anything_at_a_locked_desk() {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    door::lock(&mut room.desk).unwrap();
    let desk = &mut room.desk;
    let locked = [
        assess::open_assessment(desk, assessment.clone()).err(),
        assess::record_answer(desk, assessment.clone(), "pain-main".into(), text("Back")).err(),
        decide::triage_result(desk, assessment.clone()).err(),
        crate::plan::open_plan(desk, assessment).err(),
        crate::patient::open_patient(desk, patient.clone()).err(),
        crate::route::open_route(desk, patient, "ces".into()).err(),
        worklist::worklist(desk, String::new(), String::new(), 0).err(),
        worklist::search(desk, "a".into()).err(),
        intake::start_referral(desk).err(),
        intake::import_csv(desk, String::new()).err(),
        door::still_here(desk).err(),
        door::local_numbers(desk).err(),
    ];
    assert!(
        locked
            .iter()
            .all(|refusal| matches!(refusal, Some(Refusal::Locked)))
    );
}

#[test]
fn an_emergency_number_is_empty_until_the_site_enters_its_own_and_all_are_there_before_it_is_confirmed()
 {
    let mut room = Room::live();
    assert_eq!(
        door::local_numbers(&mut room.desk).unwrap(),
        LocalNumbers::default()
    );
    let some = LocalNumbers {
        hub: "01632 960001".into(),
        confirmed: true,
        ..LocalNumbers::default()
    };
    let refused = door::save_local_numbers(&mut room.desk, some.clone());
    assert!(matches!(refused, Err(Refusal::Invalid(fields)) if fields.len() == 6));
    let unconfirmed = LocalNumbers {
        confirmed: false,
        ..some
    };
    let session = door::save_local_numbers(&mut room.desk, unconfirmed).unwrap();
    assert!(!session.numbers_confirmed);
    assert_eq!(
        door::local_numbers(&mut room.desk).unwrap().hub,
        "01632 960001"
    );
}
