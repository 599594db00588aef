//! Locums: let in by a lead offline, for a time, at a site.

use jiff::SignedDuration;
use record::role::Role;

use super::{fields, words};
use crate::refusal::Refusal;
use crate::tests::Room;
use crate::tests::forms::own_choice;
use crate::tests::room::PASSPHRASE;
use crate::view::ColleagueForm;
use crate::{decide, role, staff};

#[test]
fn a_lead_lets_a_locum_in_offline_and_the_account_ends_by_itself_and_says_so_at_the_door() {
    let mut room = Room::demo();
    room.seat_a(Role::Lead);
    let form = ColleagueForm {
        last_day: "2026-12-04".into(),
        ..room.colleague("Kofi Mensah", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, form).unwrap();
    let row = room.row_of("Kofi Mensah");
    assert!(row.locum && row.may_renew && !row.may_end);
    assert_eq!(row.words, "Locum until 04-Dec-2026, ends by itself");
    let session = room.seat(&row.id);
    assert!(session.may_sign);
    assert!(session.certificate.unwrap().contains("ends on 04-Dec-2026"));
    let (_, assessment) = room.finished();
    assert!(room.sign(&assessment).decision.is_some());
    room.days(11);
    let tiles = room.tiles();
    let (_, ends) = tiles
        .iter()
        .find(|(name, _)| name == "Kofi Mensah")
        .unwrap();
    assert!(ends.as_deref().unwrap().starts_with("Ended on 04-Dec-2026"));
    let refused = words(room.try_unlock(&row.id));
    assert_eq!(
        refused,
        "Your account on this laptop ended on 04-Dec-2026. Ask the lead of the site to let you in again."
    );
    let osei = room.osei.clone();
    room.unlock(&osei);
    assert!(
        room.result(&assessment).decision.is_some(),
        "what was signed in time counts"
    );
}

#[test]
fn a_lead_lets_nobody_in_beyond_their_sites_28_days_or_as_a_lead() {
    let mut room = Room::demo();
    room.seat_a(Role::Lead);
    let long = ColleagueForm {
        last_day: "2026-12-22".into(),
        ..room.colleague("Kofi Mensah", Role::Nurse)
    };
    assert_eq!(
        fields(staff::add_colleague(&mut room.desk, long)),
        ["last_day"]
    );
    let endless = room.colleague("Kofi Mensah", Role::Nurse);
    assert_eq!(
        fields(staff::add_colleague(&mut room.desk, endless)),
        ["last_day"]
    );
    for role in [Role::Lead, Role::Administrator, Role::ClinicalSafetyOfficer] {
        let form = ColleagueForm {
            last_day: "2026-12-01".into(),
            ..room.colleague("Kofi Mensah", role)
        };
        assert_eq!(fields(staff::add_colleague(&mut room.desk, form)), ["role"]);
    }
    let longest = ColleagueForm {
        last_day: "2026-12-21".into(),
        ..room.colleague("Kofi Mensah", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, longest).unwrap();
    // A lead renews a locum, and nobody else.
    let kofi = room.row_of("Kofi Mensah").id;
    room.days(5);
    let own = PASSPHRASE.to_owned();
    let again = staff::renew_colleague(&mut room.desk, kofi, "2026-12-26".into(), own.clone());
    assert!(again.is_ok());
    let osei = room.osei.clone();
    let other = staff::renew_colleague(&mut room.desk, osei, "2026-12-26".into(), own);
    assert!(matches!(
        other,
        Err(Refusal::NotAllowed(role::Act::KeepStaff))
    ));
}

#[test]
fn a_wrong_clock_does_not_lengthen_a_locum_s_time_in_the_record() {
    let mut room = Room::demo();
    room.seat_a(Role::Lead);
    let form = ColleagueForm {
        last_day: "2026-11-25".into(),
        ..room.colleague("Kofi Mensah", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, form).unwrap();
    let kofi = room.row_of("Kofi Mensah").id;
    room.seat(&kofi);
    room.turn(SignedDuration::from_hours(40));
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let refused = decide::sign_decision(&mut room.desk, assessment, own_choice(&drawn));
    assert!(words(refused).contains("nothing was signed"));
}
