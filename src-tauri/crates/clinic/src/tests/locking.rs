//! Locking by the program's own clock, and what is left in memory after.

use jiff::SignedDuration;

use super::Room;
use crate::desk::{AtLock, Away};
use crate::door::{self, Watched};
use crate::refusal::Refusal;
use crate::view::Status;

/// The program looks every five seconds for as long as this.
fn watched_for(room: &mut Room, seconds: i64) -> Vec<Watched> {
    (0..seconds / 5)
        .map(|_| {
            room.turn(SignedDuration::from_secs(5));
            door::watch(&mut room.desk).unwrap()
        })
        .filter(|seen| *seen != Watched::Nothing)
        .collect()
}

#[test]
fn an_unattended_desk_locks_by_itself_although_the_window_says_nothing() {
    let mut room = Room::live();
    door::watch(&mut room.desk).unwrap();
    assert_eq!(watched_for(&mut room, 5 * 60 + 20), []);
    assert_eq!(watched_for(&mut room, 5), [Watched::Locked]);
    assert!(room.desk.sitting.is_none());
    assert_eq!(
        watched_for(&mut room, 60),
        [],
        "a locked desk stays as it is"
    );
}

#[test]
fn a_desk_at_which_somebody_types_is_not_locked() {
    let mut room = Room::live();
    door::watch(&mut room.desk).unwrap();
    for _ in 0..30 {
        assert_eq!(watched_for(&mut room, 20), []);
        door::still_here(&mut room.desk).unwrap();
    }
}

#[test]
fn a_computer_that_slept_is_sealed_at_once_when_it_wakes() {
    let mut room = Room::live();
    door::watch(&mut room.desk).unwrap();
    room.turn(SignedDuration::from_secs(61));
    assert_eq!(door::watch(&mut room.desk).unwrap(), Watched::Sealed);
    assert!(room.desk.sitting.is_none());
}

#[test]
fn sealing_at_the_end_of_the_day_leaves_nobody_at_work_and_what_was_typed_is_kept() {
    let mut room = Room::live();
    let osei = room.osei.clone();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "pain-main", super::forms::text("Low back"));
    door::seal(&mut room.desk).unwrap();
    assert!(room.desk.sitting.is_none());
    room.unlock(&osei);
    let answers = room.view(&assessment).answers;
    assert_eq!(answers["pain-main"].answer, super::forms::text("Low back"));
}

#[test]
fn work_that_runs_keeps_the_data_key_for_half_an_hour_after_locking_and_no_longer() {
    let mut room = Room::live();
    door::watch(&mut room.desk).unwrap();
    let running = room.desk.sitting().unwrap().opened.backup_source();
    door::lock(&mut room.desk).unwrap();
    assert!(matches!(room.desk.away, Away::Locked { .. }));
    watched_for(&mut room, 30 * 60);
    assert!(matches!(room.desk.away, Away::Locked { .. }));
    watched_for(&mut room, 5);
    assert!(matches!(room.desk.away, Away::Sealed));
    assert!(stopped(&room, &running));
}

#[test]
fn a_locked_desk_is_sealed_as_soon_as_nothing_runs_any_more() {
    let mut room = Room::live();
    let running = room.desk.sitting().unwrap().opened.backup_source();
    door::lock(&mut room.desk).unwrap();
    drop(running);
    door::watch(&mut room.desk).unwrap();
    assert!(matches!(room.desk.away, Away::Sealed));
}

#[test]
fn sealing_stops_what_runs_at_once() {
    let mut room = Room::live();
    let running = room.desk.sitting().unwrap().opened.backup_source();
    door::seal(&mut room.desk).unwrap();
    assert!(matches!(room.desk.away, Away::Sealed));
    assert!(stopped(&room, &running));
}

/// A room that locked while an exchange with the hub server was running.
fn locked_on_the_line() -> Room {
    let mut room = Room::live();
    door::watch(&mut room.desk).unwrap();
    let since = room.desk.now().at();
    let sitting = room.desk.sitting.take().unwrap();
    room.desk.away = Away::Locked {
        since,
        leave: sitting.opened.leave(),
        line: Some(Box::new(sitting)),
    };
    room
}

fn open_on_the_line(room: &mut Room) -> bool {
    room.desk.on_the_line(|desk| desk.sitting.is_some())
}

#[test]
fn an_exchange_that_runs_at_locking_has_the_record_and_nobody_else_does() {
    let mut room = locked_on_the_line();
    assert!(open_on_the_line(&mut room));
    assert!(room.desk.sitting.is_none());
    let asked = crate::worklist::worklist(&mut room.desk, "all".into(), String::new(), 0);
    assert!(matches!(asked, Err(Refusal::Locked)));
    assert!(matches!(
        door::status(&mut room.desk).unwrap(),
        Status::Locked(_)
    ));
    // Once more, until it says that it is over.
    assert!(open_on_the_line(&mut room));
    room.desk.on_the_line(|desk| desk.at_lock = AtLock::Over);
    assert!(!open_on_the_line(&mut room));
    assert!(matches!(room.desk.away, Away::Sealed));
}

#[test]
fn an_exchange_that_runs_at_locking_has_the_record_for_half_an_hour_and_no_longer() {
    let mut room = locked_on_the_line();
    watched_for(&mut room, 30 * 60);
    assert!(open_on_the_line(&mut room));
    watched_for(&mut room, 5);
    assert!(!open_on_the_line(&mut room));
    assert!(matches!(room.desk.away, Away::Sealed));
}

#[test]
fn sealing_takes_the_record_from_an_exchange_at_once() {
    let mut room = locked_on_the_line();
    door::seal(&mut room.desk).unwrap();
    assert!(!open_on_the_line(&mut room));
}

#[test]
fn a_fault_in_a_step_of_the_exchange_leaves_the_desk_locked() {
    let mut room = locked_on_the_line();
    let fault = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        room.desk.on_the_line(|_| panic!("a fault of the program"));
    }));
    assert!(fault.is_err());
    assert!(room.desk.sitting.is_none());
    assert!(!open_on_the_line(&mut room));
}

#[test]
fn whoever_unlocks_while_an_exchange_runs_is_let_in() {
    let mut room = locked_on_the_line();
    let osei = room.osei.clone();
    room.unlock(&osei);
    assert!(room.desk.sitting.is_some());
}

#[test]
fn whoever_unlocks_meanwhile_takes_over_what_runs() {
    let mut room = Room::live();
    let osei = room.osei.clone();
    let running = room.desk.sitting().unwrap().opened.backup_source();
    door::lock(&mut room.desk).unwrap();
    room.unlock(&osei);
    assert!(!stopped(&room, &running));
    door::seal(&mut room.desk).unwrap();
    assert!(stopped(&room, &running));
}

/// Whether a backup can no longer be made with what it was given.
fn stopped(room: &Room, running: &store::BackupSource) -> bool {
    let place = room.folder().join("stick");
    std::fs::create_dir_all(&place).unwrap();
    let mut chance = 0_u8;
    let mut entropy = |bytes: &mut [u8]| {
        bytes.fill_with(|| {
            chance = chance.wrapping_add(1);
            chance
        });
    };
    let made = running.make(&place, "0.1.0", room.desk.now(), &mut entropy, &mut |_| ());
    match made {
        Ok(_) => false,
        Err(store::BackupError::Store(store::StoreError::Stopped)) => true,
        Err(other) => panic!("{other}"),
    }
}
