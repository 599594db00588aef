//! Backups: made by themselves, said when they are not, restored at the door.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use record::role::Role;

use super::Room;
use super::forms::referral;
use super::room::PASSPHRASE;
use crate::backups::{
    back_up_now, backups, backups_at, choose_backup_place, done, next, restore_backup, test_backup,
};
use crate::desk::Desk;
use crate::door;
use crate::refusal::Refusal;
use crate::view::{Backups, RestoreForm, Status};
use crate::worklist;

fn stick(room: &Room) -> PathBuf {
    let stick = room.folder().join("stick");
    fs::create_dir_all(&stick).unwrap();
    stick
}

/// A live service with two patients, its lead at the desk and a stick chosen.
fn chosen() -> Room {
    let mut room = Room::live();
    room.refer(referral("Ndlovu", "Thabo"));
    room.refer(referral("Nowak", "Anna"));
    room.seat_a(Role::Lead);
    let place = stick(&room).display().to_string();
    choose_backup_place(&mut room.desk, place).unwrap();
    room
}

/// What a shell does every few seconds. Gives whether there was something to do.
fn tick(desk: &mut Desk) -> bool {
    let Some(job) = next(desk).unwrap() else {
        return false;
    };
    done(desk, job.run()).unwrap();
    true
}

fn shown(room: &mut Room) -> Backups {
    backups(&mut room.desk).unwrap()
}

fn warned(room: &mut Room) -> Option<String> {
    worklist::worklist(&mut room.desk, "all".into(), String::new(), 0)
        .unwrap()
        .backup_warning
}

fn made(place: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(place)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

#[test]
fn a_backup_is_made_once_a_day_by_itself_after_two_minutes_at_work() {
    let mut room = chosen();
    assert!(!tick(&mut room.desk), "opening is not slowed");
    room.turn(SignedDuration::from_mins(2));
    assert!(tick(&mut room.desk));
    assert!(!tick(&mut room.desk), "one a day");
    let view = shown(&mut room);
    assert_eq!(view.last, "Last backup today.");
    assert!(view.rows[0].tested.fine, "{}", view.rows[0].tested.words);
    assert!(view.rows[0].tested.words.contains("2 patients"));
    assert_eq!(warned(&mut room), None);
    room.days(1);
    assert!(tick(&mut room.desk));
    assert_eq!(made(&stick(&room)).len(), 2);
}

#[test]
fn a_stick_that_is_not_there_is_said_on_the_worklist_and_tried_again_until_it_is() {
    let mut room = chosen();
    room.turn(SignedDuration::from_mins(2));
    assert!(tick(&mut room.desk));
    room.days(3);
    fs::rename(stick(&room), room.folder().join("pulled out")).unwrap();
    assert!(tick(&mut room.desk));
    let said = warned(&mut room).unwrap();
    assert!(said.contains("is not there"), "{said}");
    assert!(said.ends_with("Last backup 3 days ago."), "{said}");
    assert_eq!(shown(&mut room).warning, Some(said));
    assert!(!tick(&mut room.desk), "not at once");
    fs::remove_dir(room.folder().join("stick")).ok();
    fs::rename(
        room.folder().join("pulled out"),
        room.folder().join("stick"),
    )
    .unwrap();
    room.turn(SignedDuration::from_mins(2));
    assert!(tick(&mut room.desk));
    assert_eq!(warned(&mut room), None);
}

#[test]
fn a_live_service_without_a_place_for_backups_is_told_so_and_the_demo_is_not() {
    let mut live = Room::live();
    assert!(warned(&mut live).unwrap().contains("only copy"));
    let mut demo = Room::demo();
    assert_eq!(warned(&mut demo), None);
}

#[test]
fn the_lead_tests_a_backup_and_the_answer_is_in_words() {
    let mut room = chosen();
    back_up_now(&mut room.desk).unwrap();
    assert!(tick(&mut room.desk));
    let view = shown(&mut room);
    let id = view.rows[0].id.clone();
    test_backup(&mut room.desk, id.clone()).unwrap();
    assert!(tick(&mut room.desk));
    let said = shown(&mut room).said.unwrap();
    assert!(said.fine);
    assert!(
        said.words.starts_with("This backup can be restored."),
        "{}",
        said.words
    );
    assert!(
        said.words.contains("the lists match the record"),
        "{}",
        said.words
    );
    // One byte of it changes, and the answer with it.
    let copy = made(&stick(&room))[0].join("copy.db");
    let mut bytes = fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&copy, bytes).unwrap();
    test_backup(&mut room.desk, id).unwrap();
    assert!(tick(&mut room.desk));
    let view = shown(&mut room);
    let said = view.said.unwrap();
    assert!(
        !said.fine && said.words.contains("altered or damaged"),
        "{}",
        said.words
    );
    assert!(!view.rows[0].tested.fine);
    assert!(view.warning.unwrap().contains("found a fault"));
}

#[test]
fn a_place_that_is_no_folder_or_holds_the_record_is_refused() {
    let mut room = chosen();
    let own = room.desk.place.dir().display().to_string();
    for folder in ["", "stick", "/nowhere/at/all", own.as_str()] {
        let refused = choose_backup_place(&mut room.desk, folder.into()).unwrap_err();
        assert!(
            matches!(refused, Refusal::Invalid(_)),
            "{folder}: {refused}"
        );
    }
}

#[test]
fn a_nurse_sees_how_the_backups_stand_and_does_not_change_them() {
    let mut room = chosen();
    let place = stick(&room).display().to_string();
    let osei = room.osei.clone();
    room.seat(&osei);
    room.seat_a(Role::Nurse);
    assert!(!shown(&mut room).may_keep);
    for refused in [
        choose_backup_place(&mut room.desk, place).err(),
        back_up_now(&mut room.desk).err(),
        test_backup(&mut room.desk, String::new()).err(),
    ] {
        assert!(matches!(refused, Some(Refusal::NotAllowed(_))));
    }
    // The backup of the day is made whoever is at work.
    room.turn(SignedDuration::from_mins(2));
    assert!(tick(&mut room.desk));
}

#[test]
fn a_backup_that_is_ready_after_the_desk_was_locked_is_remembered_at_the_next_unlock() {
    let mut room = chosen();
    room.turn(SignedDuration::from_mins(2));
    let job = next(&mut room.desk).unwrap().unwrap();
    door::lock(&mut room.desk).unwrap();
    done(&mut room.desk, job.run()).unwrap();
    let osei = room.osei.clone();
    room.unlock(&osei);
    assert!(!tick(&mut room.desk), "it is only written down");
    assert_eq!(shown(&mut room).rows.len(), 1);
}

/// A form that restores the newest backup on the stick.
fn form(desk: &mut Desk, stick: &Path) -> RestoreForm {
    let found = backups_at(desk, stick.display().to_string()).unwrap();
    let newest = &found.backups[0];
    RestoreForm {
        folder: newest.folder.clone(),
        staff: newest.staff[0].id.clone(),
        passphrase: PASSPHRASE.into(),
        ..RestoreForm::default()
    }
}

#[test]
fn after_the_disk_is_gone_the_stick_and_a_passphrase_bring_everything_back_at_the_door() {
    let mut room = chosen();
    back_up_now(&mut room.desk).unwrap();
    assert!(tick(&mut room.desk));
    door::lock(&mut room.desk).unwrap();
    fs::remove_dir_all(room.desk.place.dir()).unwrap();
    assert!(matches!(
        door::status(&mut room.desk).unwrap(),
        Status::FirstRun(_)
    ));
    let place = stick(&room);
    let form = form(&mut room.desk, &place);
    let back = restore_backup(&mut room.desk, form).unwrap();
    assert!(back.words.contains("2 patients"), "{}", back.words);
    assert!(matches!(
        door::status(&mut room.desk).unwrap(),
        Status::Open(_)
    ));
    // And work goes on: what is written now stands in the new life's stream.
    room.refer(referral("Okafor", "Ada"));
    let findings = crate::soundness::check(&room.desk.sitting().unwrap().opened.store).unwrap();
    assert!(findings.fine(), "{}", findings.in_words());
    assert_eq!(findings.patients, 3);
}

#[test]
fn a_record_that_is_here_is_moved_aside_only_when_asked() {
    let mut room = chosen();
    back_up_now(&mut room.desk).unwrap();
    assert!(tick(&mut room.desk));
    let place = stick(&room).display().to_string();
    let open = backups_at(&mut room.desk, place);
    assert!(
        matches!(open.unwrap_err(), Refusal::Plain(_)),
        "locked only"
    );
    door::lock(&mut room.desk).unwrap();
    let place = stick(&room);
    let form = form(&mut room.desk, &place);
    let refused = restore_backup(&mut room.desk, form.clone());
    assert!(matches!(
        refused.err(),
        Some(Refusal::Backup(store::BackupError::RecordThere))
    ));
    let aside = RestoreForm {
        move_aside: true,
        ..form
    };
    let back = restore_backup(&mut room.desk, aside).unwrap();
    assert!(back.words.contains("was kept in"), "{}", back.words);
}

#[test]
fn on_a_blank_computer_the_sheet_brings_everything_back_and_says_the_six_words() {
    let mut room = Room::empty(7);
    let sheet = door::set_up(&mut room.desk, Room::form("lead")).unwrap();
    room.refer(referral("Ndlovu", "Thabo"));
    let place = stick(&room);
    choose_backup_place(&mut room.desk, place.display().to_string()).unwrap();
    back_up_now(&mut room.desk).unwrap();
    assert!(tick(&mut room.desk));
    let words = room.desk.service_in_words().unwrap();
    let mut blank = room.blank();
    let form = RestoreForm {
        with_sheet: true,
        code: sheet.code.join(" "),
        passphrase: "lantern quarry moss violin".into(),
        passphrase_again: "lantern quarry moss violin".into(),
        use_keyring: true,
        ..form(&mut blank, &place)
    };
    let back = restore_backup(&mut blank, form).unwrap();
    assert_eq!(back.six_words, words);
    let new = back.sheet.unwrap();
    assert_ne!(new.code, sheet.code);
    assert!(back.words.contains("1 patient."), "{}", back.words);
}

#[test]
fn backup_test_and_restore_are_in_the_audit_trail() {
    let mut room = chosen();
    back_up_now(&mut room.desk).unwrap();
    tick(&mut room.desk);
    let id = shown(&mut room).rows[0].id.clone();
    test_backup(&mut room.desk, id).unwrap();
    tick(&mut room.desk);
    let said = |desk: &Desk| -> Vec<String> {
        let store = &desk.sitting().unwrap().opened.store;
        store
            .audit_rows(&store::AuditFilter::default(), 0, 100)
            .unwrap()
            .into_iter()
            .map(|row| row.action)
            .collect()
    };
    let before = said(&room.desk);
    assert!(before.contains(&"backed-up".to_owned()), "{before:?}");
    assert!(before.contains(&"backup-tested".to_owned()), "{before:?}");
    door::lock(&mut room.desk).unwrap();
    let place = stick(&room);
    let form = form(&mut room.desk, &place);
    restore_backup(
        &mut room.desk,
        RestoreForm {
            move_aside: true,
            ..form
        },
    )
    .unwrap();
    assert!(said(&room.desk).contains(&"restored".to_owned()));
}
