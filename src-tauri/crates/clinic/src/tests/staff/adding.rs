//! A colleague is added, certified, renewed, and given another role.

use record::entry::Kind;
use record::role::Role;
use record::scope::Subject;

use super::{fields, words};
use crate::desk::patient_id;
use crate::refusal::Refusal;
use crate::tests::Room;
use crate::tests::forms::{own_choice, referral};
use crate::tests::room::PASSPHRASE;
use crate::view::{ColleagueForm, StaffChangeForm};
use crate::{decide, role, staff};

#[test]
fn an_administrator_adds_a_colleague_who_unlocks_and_signs() {
    let mut room = Room::demo();
    let form = room.colleague("Bea Nowak", Role::Physiotherapist);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let row = room.row_of("Bea Nowak");
    assert_eq!(
        (row.state.as_str(), row.words.as_str()),
        ("holds", "Until 25-Nov-2027")
    );
    room.seat(&row.id);
    let (_, assessment) = room.finished();
    let decision = room.sign(&assessment).decision.unwrap();
    assert!(decision.signed.starts_with("Bea Nowak, physiotherapist"));
}

#[test]
fn a_colleague_s_form_names_each_field_that_cannot_be_right_and_nobody_is_added() {
    let mut room = Room::demo();
    let form = ColleagueForm {
        passphrase: "one".into(),
        first_day: "2026-11-01".into(),
        last_day: "yesterday".into(),
        ..ColleagueForm::default()
    };
    assert_eq!(
        fields(staff::add_colleague(&mut room.desk, form)),
        [
            "name",
            "passphrase_again",
            "role",
            "sites",
            "last_day",
            "first_day"
        ]
    );
    let wrong = ColleagueForm {
        own_passphrase: "not mine at all".into(),
        ..room.colleague("Bea Nowak", Role::Nurse)
    };
    assert_eq!(
        fields(staff::add_colleague(&mut room.desk, wrong)),
        ["own_passphrase"]
    );
    assert_eq!(room.tiles().len(), 1);
}

#[test]
fn a_second_administrator_is_made_by_whoever_holds_the_root_and_by_nobody_else() {
    let mut room = Room::demo();
    let form = room.colleague("Ada Okafor", Role::Administrator);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let ada = room.row_of("Ada Okafor");
    room.seat(&ada.id);
    let form = room.colleague("Bea Nowak", Role::Nurse);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let form = room.colleague("Cai Li", Role::Administrator);
    let refused = words(staff::add_colleague(&mut room.desk, form));
    assert!(refused.starts_with("Only the person who set up the service"));
    assert!(!room.tiles().iter().any(|(name, _)| name == "Cai Li"));
}

#[test]
fn a_certificate_is_spoken_of_from_thirty_days_before_it_ends_and_renewed_after_it_has() {
    let mut room = Room::demo();
    let form = room.colleague("Bea Nowak", Role::Nurse);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let bea = room.row_of("Bea Nowak").id;
    room.days(335);
    assert_eq!(room.seat(&bea).certificate, None);
    room.days(2);
    let said = room.seat(&bea).certificate.unwrap();
    assert_eq!(
        said,
        "Your certificate ends on 25-Nov-2027. Ask an administrator to renew it."
    );
    room.days(40);
    let said = room.seat(&bea).certificate.unwrap();
    assert!(said.starts_with("Your certificate ended on 25-Nov-2027. You can read and write"));
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let refused = decide::sign_decision(&mut room.desk, assessment.clone(), own_choice(&drawn));
    assert!(words(refused).contains("nothing was signed"));
    // Whoever set the service up renews themselves with the root key, and then the colleague.
    let osei = room.osei.clone();
    room.seat(&osei);
    for staff in [&osei, &bea] {
        let (own, last) = (PASSPHRASE.to_owned(), String::new());
        staff::renew_colleague(&mut room.desk, staff.clone(), last, own).unwrap();
    }
    assert_eq!(room.row_of("Bea Nowak").state, "holds");
    assert_eq!(room.row_of("Ama Osei").state, "holds");
    room.seat(&bea);
    assert!(room.sign(&assessment).decision.is_some());
}

#[test]
fn nobody_can_be_certified_under_an_administrator_s_certificate_that_has_ended() {
    let mut room = Room::demo();
    let form = room.colleague("Ada Okafor", Role::Administrator);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let ada = room.row_of("Ada Okafor").id;
    room.days(400);
    room.seat(&ada);
    let form = room.colleague("Bea Nowak", Role::Nurse);
    let refused = staff::add_colleague(&mut room.desk, form);
    assert!(matches!(
        refused,
        Err(Refusal::NotAllowed(_) | Refusal::Plain(_))
    ));
    assert!(!room.tiles().iter().any(|(name, _)| name == "Bea Nowak"));
}

#[test]
fn another_role_holds_at_once_and_the_old_certificate_signs_no_more() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let site = room.desk.sitting().unwrap().opened.identity.site;
    let form = StaffChangeForm {
        role: role::value(Role::DoctorInTraining),
        sites: vec![site.to_string()],
        own_passphrase: PASSPHRASE.into(),
    };
    staff::change_colleague(&mut room.desk, bea.clone(), form).unwrap();
    let session = room.seat(&bea);
    assert_eq!(
        (session.role.as_str(), session.may_sign),
        ("Doctor in training", false)
    );
    let patient = Subject::Patient(patient_id(&room.refer(referral("Ndlovu", "Thabo"))).unwrap());
    let now = room.desk.now();
    let sitting = room.desk.sitting().unwrap();
    let under = sitting.signing_certificate(&Kind::DECISION, &patient, now);
    assert!(under.unwrap().is_none());
}

#[test]
fn the_role_rests_on_the_certificate_and_not_on_the_file_beside_the_record() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let opened = &room.desk.sitting().unwrap().opened;
    opened
        .describe_staff(bea.parse().unwrap(), Role::Lead, None)
        .unwrap();
    let session = room.seat(&bea);
    assert_eq!(session.role, "Nurse");
    let form = room.colleague("Kofi Mensah", Role::Nurse);
    let refused = staff::add_colleague(&mut room.desk, form);
    assert!(matches!(
        refused,
        Err(Refusal::NotAllowed(role::Act::GrantLocum))
    ));
}
