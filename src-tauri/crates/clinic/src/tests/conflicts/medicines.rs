//! Medicines, allergies and opioids: the union, and the highest total.

use assessment::medicine::Total;
use record::body::AnswerState;

use super::{MORE, MORPHINE, conflicts, facts, flags, settle, two_devices};
use crate::patient;
use crate::tests::Room;
use crate::tests::another_device::{answer, none_of, row, sign, taken_off};

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
