//! Absence, and who sees the cases meanwhile.

use record::body::Cover;
use record::role::Role;
use record::scope::Subject;

use super::fields;
use crate::patient::open_patient;
use crate::tests::Room;
use crate::view::{CoverForm, HandOverForm};
use crate::{staff, worklist};

#[test]
fn whoever_covers_sees_the_cases_marked_and_it_ends_by_itself() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let (patient, _) = room.begin();
    let osei = room.osei.clone();
    let form = HandOverForm {
        to: osei.clone(),
        note: "Phones on Monday.".into(),
    };
    staff::hand_over(&mut room.desk, patient.clone(), form).unwrap();
    let said = open_patient(&mut room.desk, patient).unwrap().timeline;
    assert_eq!(said[0].title, "Handed over to a colleague");
    assert_eq!(said[0].detail[0].value, "Phones on Monday.");
    let cover = CoverForm {
        absent: osei.clone(),
        by: bea.clone(),
        from: "2026-11-24".into(),
        to: "2026-11-26".into(),
        note: String::new(),
    };
    let same = CoverForm {
        by: osei.clone(),
        ..cover.clone()
    };
    assert_eq!(fields(staff::cover_absence(&mut room.desk, same)), ["by"]);
    let screen = staff::cover_absence(&mut room.desk, cover).unwrap();
    assert_eq!(screen.covers[0].dates, "24-Nov-2026 to 26-Nov-2026");
    assert!(screen.covers[0].now);
    let mine = |room: &mut Room| {
        worklist::worklist(&mut room.desk, "mine".into(), String::new(), 0)
            .unwrap()
            .rows
    };
    assert_eq!(mine(&mut room)[0].owner, "You");
    let session = room.seat(&bea);
    assert_eq!(session.covering, ["Ama Osei"]);
    assert_eq!(mine(&mut room)[0].owner, "You, for A. Osei");
    room.days(3);
    let session = room.seat(&bea);
    assert!(session.covering.is_empty());
    assert!(mine(&mut room).is_empty());
    let all = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(all.rows[0].owner, "A. Osei");
    assert!(staff::staff(&mut room.desk).unwrap().covers.is_empty());
}

#[test]
fn an_absence_is_taken_back_and_stays_in_the_record() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let form = CoverForm {
        absent: room.osei.clone(),
        by: bea,
        from: "2026-11-24".into(),
        to: "2026-12-24".into(),
        note: "Leave".into(),
    };
    let screen = staff::cover_absence(&mut room.desk, form).unwrap();
    let cover = screen.covers[0].id.clone();
    let screen = staff::take_cover_back(&mut room.desk, cover.clone()).unwrap();
    assert!(screen.covers.is_empty());
    let written = room
        .desk
        .sitting()
        .unwrap()
        .open_all(Subject::Service)
        .unwrap();
    let covers = written
        .iter()
        .filter_map(|placed| crate::case::body_of::<Cover>(&placed.entry));
    assert_eq!(covers.count(), 2);
    assert!(staff::take_cover_back(&mut room.desk, cover).is_err());
}
