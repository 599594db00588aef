//! Two records of one person: shown as one by a link, and again two when it is undone.

use record::body::{Merge, Unmerge};
use record::links;

use super::Room;
use super::forms::{referral, text};
use crate::desk::patient_id;
use crate::refusal::Refusal;
use crate::view::{PersonView, ReferralForm};
use crate::{assess, patient, person, worklist};

const NUMBER: &str = "999 160 9938";
const OTHER: &str = "999 150 0286";

fn twice(room: &mut Room) -> (String, String) {
    let one = ReferralForm {
        nhs_number: NUMBER.into(),
        ..referral("Ndlovu", "Thabo")
    };
    let other = ReferralForm {
        nhs_number: OTHER.into(),
        phone: "01632 960001".into(),
        ..referral("Ndlovu", "Tabo")
    };
    (room.refer(one), room.refer(other))
}

fn link(room: &mut Room, kept: &str, joined: &str) -> Result<PersonView, Refusal> {
    person::link_records(&mut room.desk, kept.into(), joined.into(), "number".into())
}

fn part(room: &mut Room, kept: &str, joined: &str) -> Result<PersonView, Refusal> {
    person::part_records(&mut room.desk, kept.into(), joined.into(), "person".into())
}

/// Everything the screens show of a record, the list's row and what is suggested included.
fn all_of(room: &mut Room, id: &str) -> String {
    let record = patient::open_patient(&mut room.desk, id.into()).unwrap();
    let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    let row = list.rows.iter().find(|row| row.patient == id).cloned();
    serde_json::to_string(&(record.banner, record.timeline, record.now, row)).unwrap()
}

#[test]
fn a_possible_duplicate_is_suggested_with_why_and_never_linked_by_itself() {
    let mut room = Room::demo();
    let (one, other) = twice(&mut room);
    let stranger = room.refer(ReferralForm {
        born: "1950-01-01".into(),
        ..referral("Okafor", "Emeka")
    });
    let same_number = room.refer(ReferralForm {
        born: "1990-02-02".into(),
        nhs_number: NUMBER.into(),
        ..referral("Hart", "Robin")
    });
    let view = person::open_person(&mut room.desk, one).unwrap();
    let why = |id: &str| {
        let hit = view.suggested.iter().find(|hit| hit.patient == id);
        hit.and_then(|hit| hit.why.clone())
    };
    assert_eq!(
        why(&other).as_deref(),
        Some("similar name and same date of birth")
    );
    assert_eq!(why(&same_number).as_deref(), Some("same NHS number"));
    assert_eq!(why(&stranger), None);
    assert!(view.linked.is_empty());
}

#[test]
fn two_linked_records_are_one_person_in_every_list_with_both_numbers_and_all_entries() {
    let mut room = Room::demo();
    let (one, other) = twice(&mut room);
    let entries = |room: &mut Room, id: &str| {
        let record = patient::open_patient(&mut room.desk, id.into()).unwrap();
        record.timeline.len()
    };
    let before = (entries(&mut room, &one), entries(&mut room, &other));
    let view = link(&mut room, &one, &other).unwrap();
    assert_eq!(view.linked.len(), 2);
    assert!(view.linked[0].leads && view.linked[0].patient == one);
    assert_eq!(view.linked[1].nhs_number.replace('\u{a0}', " "), OTHER);
    // What differs is a conflict, and both values are there to be chosen from.
    assert!(view.banner.identity_conflict.is_some());
    let given = view
        .details
        .iter()
        .find(|row| row.field == "given")
        .unwrap();
    assert_eq!(given.conflict.len(), 2);
    // Whichever id a screen still holds, it finds the same person.
    for id in [&one, &other] {
        let record = patient::open_patient(&mut room.desk, id.clone()).unwrap();
        assert_eq!(record.banner.patient, one);
        assert!(entries(&mut room, id) >= before.0.max(before.1));
    }
    for number in [NUMBER, OTHER] {
        let hits = worklist::search(&mut room.desk, number.into())
            .unwrap()
            .hits;
        let patients: Vec<_> = hits.into_iter().map(|hit| hit.patient).collect();
        assert_eq!(patients, std::slice::from_ref(&one));
    }
    let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(list.rows.len(), 1);
    // A number that was settled away stays with the person.
    person::settle_detail(
        &mut room.desk,
        one.clone(),
        "nhs-number".into(),
        "9991609938".into(),
        "Traced".into(),
    )
    .unwrap();
    assert_eq!(
        worklist::search(&mut room.desk, OTHER.into())
            .unwrap()
            .hits
            .len(),
        1
    );
}

#[test]
fn parted_records_are_again_what_they_were_in_every_list_and_line() {
    let mut room = Room::demo();
    let (one, other) = twice(&mut room);
    let before = [all_of(&mut room, &one), all_of(&mut room, &other)];
    link(&mut room, &one, &other).unwrap();
    assert_ne!(all_of(&mut room, &one), before[0]);
    let view = part(&mut room, &one, &other).unwrap();
    assert!(view.linked.is_empty() && view.disputed.is_empty());
    assert_eq!([all_of(&mut room, &one), all_of(&mut room, &other)], before);
    assert!(matches!(
        part(&mut room, &one, &other),
        Err(Refusal::Stale(_))
    ));
    // And the other way round, under the other one.
    link(&mut room, &other, &one).unwrap();
    let record = patient::open_patient(&mut room.desk, one.clone()).unwrap();
    assert_eq!(record.banner.patient, other);
    part(&mut room, &other, &one).unwrap();
    assert_eq!([all_of(&mut room, &one), all_of(&mut room, &other)], before);
}

#[test]
fn what_is_written_while_two_records_are_linked_stands_in_the_record_it_belongs_to() {
    let mut room = Room::demo();
    let (one, other) = twice(&mut room);
    let assessment = room.start(&other);
    room.answer(&assessment, "pain-main", text("Low back"));
    link(&mut room, &one, &other).unwrap();
    room.answer(&assessment, "pain-main", text("Neck"));
    room.row(
        &assessment,
        "allergy",
        &[
            ("substance", "Penicillin"),
            ("reaction", "Rash"),
            ("kind", "allergy"),
        ],
    );
    assess::leave_section(&mut room.desk, assessment.clone()).unwrap();
    part(&mut room, &one, &other).unwrap();
    let view = room.view(&assessment);
    assert_eq!(view.banner.patient, other);
    assert!(view.banner.allergies.words.contains("Penicillin"));
    assert!(all_of(&mut room, &other).contains("Neck"));
    let first = all_of(&mut room, &one);
    assert!(!first.contains("Neck") && !first.contains("Penicillin"));
}

#[test]
fn a_link_and_a_parting_that_did_not_see_each_other_stop_printing_and_are_settled_by_a_person() {
    let mut room = Room::demo();
    let (one, other) = twice(&mut room);
    link(&mut room, &one, &other).unwrap();
    let (kept, joined) = (patient_id(&one).unwrap(), patient_id(&other).unwrap());
    let unmerge = Unmerge {
        kept,
        joined,
        grounds: "person".into(),
    };
    room.write_unseen_in_service(links::slot(kept, joined).as_str(), &unmerge);
    for (id, beside) in [(&one, &other), (&other, &one)] {
        let view = person::open_person(&mut room.desk, id.clone()).unwrap();
        assert!(view.linked.is_empty());
        assert_eq!(view.disputed[0].patient, *beside);
        assert!(
            view.banner
                .identity_conflict
                .unwrap()
                .contains("another record")
        );
    }
    let view = part(&mut room, &one, &other).unwrap();
    assert!(view.disputed.is_empty() && view.banner.identity_conflict.is_none());

    let merge = Merge {
        kept,
        joined,
        grounds: "gp".into(),
    };
    room.write_unseen_in_service(links::slot(kept, joined).as_str(), &merge);
    let view = person::open_person(&mut room.desk, one.clone()).unwrap();
    assert_eq!(view.disputed.len(), 1);
    let view = link(&mut room, &one, &other).unwrap();
    assert!(view.disputed.is_empty() && view.linked.len() == 2);
}

#[test]
fn a_record_is_not_linked_to_itself_to_nobody_or_without_saying_how_it_was_established() {
    let mut room = Room::demo();
    let (one, other) = twice(&mut room);
    assert!(link(&mut room, &one, &one).is_err());
    let nobody = record::id::PatientId::from_random([9; 16]).to_string();
    assert!(matches!(
        link(&mut room, &one, &nobody),
        Err(Refusal::NotFound(_))
    ));
    let how = person::link_records(&mut room.desk, one.clone(), other.clone(), "a hunch".into());
    assert!(matches!(how, Err(Refusal::Invalid(_))));
    link(&mut room, &one, &other).unwrap();
    assert!(matches!(
        link(&mut room, &one, &other),
        Err(Refusal::Stale(_))
    ));
}
