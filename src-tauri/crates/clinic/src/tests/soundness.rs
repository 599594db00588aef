//! The check of a whole record finds what is wrong, and making the lists again puts it right.

use super::Room;
use super::forms::referral;
use crate::backups::{rebuild, verify};
use crate::soundness::check;
use record::role::Role;
use store::{Derived, Store, Summary};

fn worked() -> Room {
    let mut room = Room::demo();
    room.finished();
    room.refer(referral("Ndlovu", "Thabo"));
    room.seat_a(Role::Lead);
    room
}

fn store(room: &mut Room) -> &mut Store {
    &mut room.desk.sitting_mut().unwrap().opened.store
}

fn rows(room: &mut Room) -> Vec<Summary> {
    let store = store(room);
    let patients = store.patients().unwrap();
    let rows = patients.into_iter().map(|patient| store.summary(patient));
    rows.map(|row| row.unwrap().unwrap()).collect()
}

#[test]
fn a_record_with_work_in_it_is_sound_and_the_answer_has_its_counts() {
    let mut room = worked();
    let answer = verify(&mut room.desk).unwrap();
    assert!(answer.fine, "{}", answer.words);
    assert_eq!(answer.patients, 2);
    assert!(
        answer.words.contains("2 patients were checked"),
        "{}",
        answer.words
    );
}

#[test]
fn everything_derived_is_identical_when_it_is_made_again() {
    let mut room = worked();
    let before = store(&mut room).derived_tables().unwrap();
    assert!(before.iter().all(|table| table.rows > 0), "{before:?}");
    let kept = rows(&mut room);
    // On another day too.
    room.days(40);
    let answer = rebuild(&mut room.desk).unwrap();
    assert!(
        answer.words.contains("the same as before"),
        "{}",
        answer.words
    );
    assert_eq!(store(&mut room).derived_tables().unwrap(), before);
    assert_eq!(rows(&mut room), kept);
}

#[test]
fn a_row_that_is_not_what_the_entries_say_is_found_and_put_right() {
    let mut room = worked();
    let mut row = rows(&mut room)[0].clone();
    row.standing.priority += 1;
    store(&mut room)
        .keep_derived(Derived {
            summaries: std::slice::from_ref(&row),
            ..Derived::default()
        })
        .unwrap();
    let answer = verify(&mut room.desk).unwrap();
    assert!(!answer.fine);
    assert!(
        answer
            .words
            .contains("differ from the record for 1 patient"),
        "{}",
        answer.words
    );
    let again = rebuild(&mut room.desk).unwrap();
    assert!(again.words.contains("summary"), "{}", again.words);
    assert!(check(store(&mut room)).unwrap().fine());
}

#[test]
fn lists_that_another_version_made_are_made_again_at_the_next_unlock() {
    let mut room = worked();
    let kept = rows(&mut room);
    store(&mut room).clear_derived().unwrap();
    store(&mut room)
        .put_setting("derived", &"an older one")
        .unwrap();
    let osei = room.osei.clone();
    room.crash();
    room.unlock(&osei);
    assert_eq!(rows(&mut room), kept);
}
