use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use record::id::{BackupId, PatientId, StaffId};
use record::moment::Moment;
use record::scope::Scope;

use super::laptop::{Laptop, OTHER_PASSPHRASE, PASSPHRASE};
use crate::*;

/// A stick beside the laptop's folder.
pub(super) fn stick(laptop: &Laptop) -> PathBuf {
    let stick = laptop.dir.path().join("stick");
    fs::create_dir_all(&stick).unwrap();
    stick
}

pub(super) fn moment(laptop: &Laptop) -> Moment {
    Moment::new(laptop.now(), 0).unwrap()
}

pub(super) fn write(laptop: &Laptop, opened: &mut Opened, text: &str) -> PatientId {
    let (patient, key) = (laptop.patient(), laptop.key());
    let envelope = laptop.envelope(opened, patient, &key, text);
    let stored = StoredKey {
        holder: KeyHolder::Patient(patient),
        generation: 1,
        key,
    };
    let summary = Summary {
        patient,
        known_by: KnownBy {
            words: text.to_lowercase(),
            ..KnownBy::default()
        },
        standing: Standing::default(),
        json: "{}".to_owned(),
    };
    let derived = Derived {
        summaries: &[summary],
        keys: &[stored],
        ..Derived::default()
    };
    opened.store.append(&[envelope], derived).unwrap();
    patient
}

pub(super) fn back_up(laptop: &Laptop, opened: &Opened) -> Backup {
    let (backup, note) = opened
        .backup_source()
        .make(
            &stick(laptop),
            "0.1.0",
            moment(laptop),
            &mut laptop.random(),
            &mut |_| (),
        )
        .unwrap();
    opened.store.keep_backup_note(&note).unwrap();
    backup
}

/// A laptop with forty envelopes, its person, its sheet and a backup of it.
pub(super) fn backed_up() -> (Laptop, Opened, RecoverySheet, Backup) {
    let laptop = Laptop::new();
    let (mut opened, sheet) = laptop.set_up();
    for number in 0..40 {
        write(&laptop, &mut opened, &format!("Wisniewska {number}"));
    }
    let backup = back_up(&laptop, &opened);
    (laptop, opened, sheet, backup)
}

fn open(laptop: &Laptop, opened: &Opened, backup: &Backup) -> Result<Store, BackupError> {
    opened
        .own_backup(backup.clone())?
        .open(&mut laptop.random())
}

fn site(opened: &Opened) -> Scope {
    Scope::Site(opened.identity.site)
}

#[test]
fn a_backup_holds_every_envelope_and_every_derived_row_and_opens_with_its_own_key() {
    let (laptop, mut opened, _, backup) = backed_up();
    let written = opened.store.envelopes_in(site(&opened)).unwrap();
    write(&laptop, &mut opened, "after the backup");
    let copy = open(&laptop, &opened, &backup).unwrap();
    assert_eq!(copy.envelopes_in(site(&opened)).unwrap(), written);
    let words = ["wisniewska", "39"].map(str::to_owned).to_vec();
    let asked = Asked {
        ways: vec![Way::new(words, Vec::new(), None)],
    };
    assert_eq!(copy.search(&asked, 9).unwrap().rows.len(), 1);
    assert_eq!(backup.manifest().envelopes(), 40);
    let claims = backup.manifest().claims();
    assert_eq!(claims.device, opened.identity.device);
    assert_eq!(claims.made, moment(&laptop));
    // Its key is its own: the record's does not open it.
    let refused = crate::database::connect(
        &backup.copy(),
        &opened.data_key,
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY,
    );
    assert!(matches!(refused, Err(StoreError::NotThisKey)));
}

#[test]
fn typing_goes_on_while_a_backup_is_made_and_is_not_in_it() {
    let (laptop, opened, _, _) = backed_up();
    laptop.pass(60);
    let source = opened.backup_source();
    let opened = RefCell::new(opened);
    let (backup, _) = source
        .make(
            &stick(&laptop),
            "0.1.0",
            moment(&laptop),
            &mut laptop.random(),
            &mut |copy| {
                write(&laptop, &mut opened.borrow_mut(), "typed meanwhile");
                assert_eq!(copy.count().unwrap(), 40);
            },
        )
        .unwrap();
    assert_eq!(backup.manifest().envelopes(), 40);
    assert_eq!(opened.borrow().store.count().unwrap(), 41);
}

#[test]
fn a_place_that_is_not_there_is_said_so_and_nothing_is_made() {
    let (laptop, opened, _, _) = backed_up();
    let gone = laptop.dir.path().join("stick that was pulled out");
    let refused = opened
        .backup_source()
        .make(
            &gone,
            "0.1.0",
            moment(&laptop),
            &mut laptop.random(),
            &mut |_| (),
        )
        .unwrap_err();
    assert!(matches!(refused, BackupError::PlaceMissing), "{refused:?}");
    assert!(!gone.exists());
}

#[test]
fn nothing_in_a_backup_is_readable_but_names_of_service_site_and_staff() {
    let (_laptop, _opened, _, backup) = backed_up();
    for file in fs::read_dir(backup.folder()).unwrap() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
        assert!(
            !bytes.windows(10).any(|part| part == b"wisniewska"),
            "{}",
            path.display()
        );
        assert!(!bytes.starts_with(b"sqlite format 3"));
    }
}

#[test]
fn without_a_keyring_a_backup_holds_no_wrap_to_guess_at() {
    let laptop = Laptop::new();
    let (opened, _) = laptop.set_up_as(false).unwrap();
    let backup = back_up(&laptop, &opened);
    let keys = backup.key_file().unwrap();
    assert!(keys.staff.iter().all(|person| person.wrap.is_none()));
}

#[test]
fn what_an_interrupted_backup_left_is_no_backup_and_is_removed_by_the_next() {
    let (laptop, opened, _, backup) = backed_up();
    let left = backup.folder().with_extension("unfinished");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("copy.db"), b"half").unwrap();
    let foreign = stick(&laptop).join("felloe-backup-00000000-x.unfinished");
    fs::create_dir(&foreign).unwrap();
    let (service, device) = (opened.identity.service, opened.identity.device);
    let (found, _) = backups_in(&stick(&laptop), service, device).unwrap();
    assert_eq!(found, [backup]);
    laptop.pass(60);
    let next = back_up(&laptop, &opened);
    assert!(!left.exists(), "tidied");
    assert!(foreign.exists(), "another laptop's is left alone");
    let (found, unreadable) = backups_in(&stick(&laptop), service, device).unwrap();
    assert_eq!((found.len(), unreadable), (2, 0));
    assert_eq!(found[0], next, "newest first");
}

#[test]
fn a_bit_flipped_anywhere_in_a_backup_is_found() {
    let (laptop, opened, _, backup) = backed_up();
    for name in ["copy.db", "copy.keys", "manifest"] {
        let path = backup.folder().join(name);
        let sound = fs::read(&path).unwrap();
        for at in [0, sound.len() / 3, sound.len() - 1] {
            let mut altered = sound.clone();
            altered[at] ^= 1;
            fs::write(&path, &altered).unwrap();
            let refused = Backup::read(backup.folder())
                .and_then(|read| open(&laptop, &opened, &read))
                .unwrap_err();
            assert!(
                matches!(refused, BackupError::Altered(_) | BackupError::Manifest(_)),
                "{name} {at}: {refused:?}"
            );
        }
        fs::write(&path, &sound[..sound.len() - 1]).unwrap();
        assert!(
            Backup::read(backup.folder())
                .and_then(|read| open(&laptop, &opened, &read))
                .is_err(),
            "{name} cut short"
        );
        fs::write(&path, &sound).unwrap();
    }
    open(&laptop, &opened, &backup).unwrap();
}

#[test]
fn a_missing_file_is_named() {
    let (laptop, opened, _, backup) = backed_up();
    fs::remove_file(backup.folder().join("copy.db")).unwrap();
    let refused = open(&laptop, &opened, &backup).unwrap_err();
    assert!(matches!(refused, BackupError::Incomplete("copy.db")));
}

fn swap(from: &Path, to: &Path, names: &[&str]) {
    for name in names {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

#[test]
fn a_backup_swapped_for_another_genuine_one_is_refused() {
    let (laptop, mut opened, _, old) = backed_up();
    laptop.pass(86_400);
    write(&laptop, &mut opened, "a day later");
    let new = back_up(&laptop, &opened);
    // The whole of an old backup under the new one's name.
    let kept: Vec<Vec<u8>> = ["copy.db", "copy.keys", "manifest"]
        .iter()
        .map(|name| fs::read(new.folder().join(name)).unwrap())
        .collect();
    swap(
        old.folder(),
        new.folder(),
        &["copy.db", "copy.keys", "manifest"],
    );
    assert!(matches!(
        Backup::read(new.folder()).unwrap_err(),
        BackupError::Swapped
    ));
    // Only its copy, under the new manifest.
    fs::write(new.folder().join("manifest"), &kept[2]).unwrap();
    fs::write(new.folder().join("copy.keys"), &kept[1]).unwrap();
    let read = Backup::read(new.folder()).unwrap();
    assert!(matches!(
        open(&laptop, &opened, &read).unwrap_err(),
        BackupError::Altered(_)
    ));
}

#[test]
fn a_backup_signed_anew_by_somebody_else_is_refused() {
    let (laptop, opened, _, backup) = backed_up();
    let other = record::keys::SigningKey::from_seed(&[9; 32]);
    let mut claims = backup.manifest().claims().clone();
    claims.device_key = other.verifying_key();
    let forged = record::manifest::Manifest::sign(&claims, &other).unwrap();
    fs::write(backup.folder().join("manifest"), forged.to_bytes()).unwrap();
    let read = Backup::read(backup.folder()).unwrap();
    assert!(matches!(
        open(&laptop, &opened, &read).unwrap_err(),
        BackupError::Swapped
    ));
    // And where this laptop has no note of it, by what is inside the copy.
    opened
        .store
        .forget_backup(backup.manifest().claims().backup)
        .unwrap();
    assert!(matches!(
        open(&laptop, &opened, &read).unwrap_err(),
        BackupError::Swapped
    ));
}

#[test]
fn a_backup_of_another_clinic_or_laptop_is_refused_by_name() {
    let (_, _, _, theirs) = backed_up();
    let laptop = Laptop::new();
    *laptop.chance.borrow_mut() = super::laptop::Chance::new(77);
    let (opened, _) = laptop.set_up();
    assert!(matches!(
        open(&laptop, &opened, &theirs).unwrap_err(),
        BackupError::OtherService
    ));
}

#[test]
fn a_backup_is_still_known_after_everybody_changed_their_passphrase() {
    let (laptop, opened, _, backup) = backed_up();
    opened
        .change_passphrase(
            &laptop.secrets,
            PASSPHRASE,
            OTHER_PASSPHRASE,
            super::laptop::CHEAP,
            &mut laptop.random(),
            laptop.now(),
        )
        .unwrap();
    assert!(open(&laptop, &opened, &backup).is_ok());
}

#[test]
fn a_removed_backup_is_gone_and_leaves_the_others() {
    let (laptop, opened, _, first) = backed_up();
    laptop.pass(60);
    let second = back_up(&laptop, &opened);
    first.remove().unwrap();
    let (service, device) = (opened.identity.service, opened.identity.device);
    let (found, unreadable) = backups_in(&stick(&laptop), service, device).unwrap();
    assert_eq!((found, unreadable), (vec![second], 0));
    assert_eq!(fs::read_dir(stick(&laptop)).unwrap().count(), 1);
}

#[test]
fn notes_are_kept_and_say_the_newest_first() {
    let (laptop, opened, _, first) = backed_up();
    laptop.pass(60);
    let second = back_up(&laptop, &opened);
    let notes = opened.store.backup_notes().unwrap();
    let ids: Vec<BackupId> = notes.iter().map(|note| note.backup).collect();
    assert_eq!(ids, [second.made().backup, first.made().backup]);
    assert_eq!(notes[1].folder, first.folder());
    let mut tested = opened.store.backup_note(ids[0]).unwrap().unwrap();
    tested.tested = Some(Timestamp::from_second(1_800_000_000).unwrap());
    tested.words = "All is well.".into();
    opened.store.keep_backup_note(&tested).unwrap();
    let read = opened.store.backup_note(ids[0]).unwrap().unwrap();
    assert_eq!((read.tested, read.words), (tested.tested, tested.words));
}

#[test]
fn the_place_for_backups_is_remembered() {
    let (laptop, staff, _): (Laptop, StaffId, _) = Laptop::ready();
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    assert_eq!(opened.store.backup_plan().unwrap(), BackupPlan::default());
    let plan = BackupPlan {
        place: Some(PathBuf::from("/media/stick")),
        failed: Some((laptop.now(), "The stick is not there.".into())),
    };
    opened.store.keep_backup_plan(&plan).unwrap();
    assert_eq!(opened.store.backup_plan().unwrap(), plan);
}

#[test]
fn old_backups_go_by_the_rule_and_what_somebody_else_signed_stays() {
    let (laptop, opened, _, first) = backed_up();
    let source = opened.backup_source();
    let mut last = first.clone();
    for _ in 0..9 {
        laptop.pass(86_400);
        last = back_up(&laptop, &opened);
    }
    // A forged one from years ahead, to push the others out: this device did not sign it.
    let other = record::keys::SigningKey::from_seed(&[9; 32]);
    let mut claims = first.manifest().claims().clone();
    claims.device_key = other.verifying_key();
    claims.made = Moment::new("2036-01-01T00:00:00Z".parse().unwrap(), 0).unwrap();
    let forged = record::manifest::Manifest::sign(&claims, &other).unwrap();
    let name = first.folder().file_name().unwrap().to_str().unwrap();
    let name = name.replace("2026-11-24-102000", "2036-01-01-000000");
    let folder = stick(&laptop).join(name);
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("manifest"), forged.to_bytes()).unwrap();

    let removed = source.prune(&stick(&laptop), &last).unwrap();
    // Tuesday 24 November to Thursday 3 December: seven days, and the last of the week before and
    // of November are among them or kept for it.
    assert!(removed.contains(&first.made().backup), "{removed:?}");
    let (service, device) = (opened.identity.service, opened.identity.device);
    let (left, _) = backups_in(&stick(&laptop), service, device).unwrap();
    assert!(left.iter().any(|backup| backup.folder() == folder));
    assert!(left.contains(&last));
    let again = source.prune(&stick(&laptop), &last).unwrap();
    assert_eq!(again, []);
}
