//! How a conflict is shown, and who settles it.

use record::body::AnswerValue;
use record::role::Role;

use super::{MORPHINE, conflicts, facts, settle, two_devices};
use crate::refusal::Refusal;
use crate::tests::Room;
use crate::tests::another_device::{answer, given, newer, row, sign};
use crate::tests::forms::text;
use crate::view::SettleForm;
use crate::{assess, patient};

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
    let shown = |it: &crate::view::ConflictVersion| (it.place.clone(), it.who.clone());
    let shown: Vec<_> = all[0].versions.iter().map(shown).collect();
    for place in ["This laptop", "Another laptop"] {
        let one = shown.iter().find(|(named, _)| named == place);
        let (_, who) = one.unwrap_or_else(|| panic!("{place}: {shown:?}"));
        assert!(who.ends_with("Ama Osei"), "{who}");
    }
    let differs = all[0].versions.iter().map(|it| it.differs.len());
    assert_eq!(differs.collect::<Vec<_>>(), [1, 1]);
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
