//! What waits too long: each kind, when it begins to be late, the order, and what ends it.

use jiff::SignedDuration;
use record::body::Receipt;
use store::SiteKind;

use super::Room;
use super::forms::referral;
use super::receipts::{AT_HUB, decided, emergency, receipt};
use crate::view::{GivenForm, OverdueRow, ReferralForm};
use crate::{plan, worklist};

fn late(room: &mut Room) -> Vec<OverdueRow> {
    worklist::overdue(&mut room.desk).unwrap().rows
}

fn kinds(room: &mut Room) -> Vec<String> {
    late(room).into_iter().map(|row| row.kind).collect()
}

#[test]
fn safety_05_an_emergency_the_hub_was_not_told_of_is_late_from_the_first_minute() {
    let (mut room, patient, entry) = emergency();
    let rows = late(&mut room);
    let [row] = rows.as_slice() else {
        panic!("{rows:?}");
    };
    assert_eq!(
        (row.kind.as_str(), row.late.as_str(), row.whom.as_str()),
        ("hub-not-told", "1 minute late", "the hub")
    );
    assert_eq!(row.route.as_deref(), Some("ces"));
    room.turn(SignedDuration::from_hours(3));
    assert_eq!(late(&mut room)[0].late, "3 hours late");
    let seen = room.as_of_now(&patient);
    let arrived = receipt(Receipt::ARRIVED, true, vec![entry]);
    room.arrive(&patient, &seen, AT_HUB, vec![arrived]);
    assert!(kinds(&mut room).is_empty());
}

#[test]
fn safety_05_a_raised_urgency_is_overdue_when_its_time_is_over_and_until_it_is_opened() {
    let (mut room, patient, _, seen) = decided("same-day");
    room.turn(SignedDuration::from_mins(59));
    assert!(kinds(&mut room).is_empty(), "within its time");
    room.turn(SignedDuration::from_mins(1));
    assert_eq!(kinds(&mut room), ["not-opened"]);
    // A day later the plan is late too: whatever has been late for longer stands first.
    room.days(1);
    let rows = late(&mut room);
    let said: Vec<_> = rows.iter().map(|row| (&*row.kind, &*row.late)).collect();
    assert_eq!(
        said,
        [
            ("not-opened", "24 hours late"),
            ("plan-given", "1 hour late")
        ]
    );
    let opened = receipt(Receipt::OPENED, false, seen.all_heads());
    room.arrive(&patient, &seen, 3, vec![opened]);
    assert_eq!(kinds(&mut room), ["plan-given"]);
}

#[test]
fn what_was_finished_at_the_spoke_is_overdue_until_a_laptop_at_the_hub_has_it() {
    let mut room = Room::demo();
    let (patient, _) = room.finished();
    room.days(30);
    assert!(
        !kinds(&mut room).contains(&"receipt".to_owned()),
        "without a hub server nobody waits"
    );
    room.name_hub_server();
    let rows = late(&mut room);
    let row = rows.iter().find(|row| row.kind == "receipt").unwrap();
    assert_eq!(
        (row.whom.as_str(), row.action.as_str(), row.late.as_str()),
        ("the hub", "See what is not sent", "27 days late")
    );
    let seen = room.as_of_now(&patient);
    let arrived = receipt(Receipt::ARRIVED, true, seen.all_heads());
    room.arrive(&patient, &seen, AT_HUB, vec![arrived]);
    assert!(!kinds(&mut room).contains(&"receipt".to_owned()));
}

#[test]
fn safety_05_what_was_asked_for_as_urgent_is_overdue_sooner_when_the_hub_has_not_got_it() {
    let mut room = Room::demo();
    room.name_hub_server();
    let patient = room.refer(ReferralForm {
        asked_urgency: "urgent".into(),
        ..referral("Ndlovu", "Thabo")
    });
    let assessment = room.start(&patient);
    room.ask_everything(&assessment);
    assert!(room.finish(&assessment).finished);
    room.turn(SignedDuration::from_hours(23));
    assert!(kinds(&mut room).is_empty(), "within a day");
    room.turn(SignedDuration::from_hours(1));
    assert_eq!(kinds(&mut room), ["receipt"]);
}

#[test]
fn safety_05_a_follow_up_that_is_begun_hides_nothing_that_is_waited_for() {
    let mut room = Room::demo();
    room.name_hub_server();
    let ids = |room: &mut Room| -> Vec<String> {
        let rows = late(room).into_iter();
        rows.map(|row| row.id).collect()
    };
    let (patient, first) = room.finished();
    room.start(&patient);
    room.days(3);
    assert_eq!(ids(&mut room), [format!("receipt-{first}")]);
    let (patient, second) = room.finished();
    room.sign(&second);
    room.start(&patient);
    room.days(7);
    assert!(ids(&mut room).contains(&format!("plan-given-{second}")));
}

#[test]
fn a_decision_that_is_not_back_is_overdue_at_the_hub_and_not_at_the_spoke() {
    let (mut room, patient, _, seen) = decided("urgent");
    room.name_hub_server();
    room.days(2);
    assert!(!kinds(&mut room).contains(&"back".to_owned()));
    room.desk.sitting_mut().unwrap().opened.identity.site_kind = SiteKind::Hub;
    let rows = late(&mut room);
    let row = rows.iter().find(|row| row.kind == "back").unwrap();
    assert_eq!(row.late, "24 hours late");
    let arrived = receipt(Receipt::ARRIVED, false, seen.all_heads());
    room.arrive(&patient, &seen, 3, vec![arrived]);
    assert!(!kinds(&mut room).contains(&"back".to_owned()));
}

#[test]
fn a_plan_is_overdue_a_week_after_the_decision_until_it_is_in_the_patients_hands() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    room.sign(&assessment);
    room.days(6);
    let plans = |room: &mut Room| {
        let kinds = kinds(room).into_iter();
        kinds.filter(|kind| kind == "plan-given").count()
    };
    assert_eq!(plans(&mut room), 0);
    room.days(2);
    assert_eq!(plans(&mut room), 1);
    room.write_plan(&assessment);
    room.agree(&assessment).unwrap();
    let given = GivenForm {
        to: "patient".into(),
        name_checked: true,
        born: "1979-09-17".into(),
    };
    plan::plan_given(&mut room.desk, assessment, given).unwrap();
    assert_eq!(plans(&mut room), 0);
}
