use std::fs;

use record::scope::Scope;

use super::backing_up::{back_up, backed_up, stick, write};
use super::laptop::{CHEAP, Laptop, OTHER_PASSPHRASE, PASSPHRASE, own_key};
use crate::*;
use record::id::StaffId;

fn with_passphrase(staff: StaffId) -> RestoreWith<'static> {
    RestoreWith::Passphrase {
        staff,
        passphrase: PASSPHRASE,
    }
}

fn with_sheet(code: &str, staff: StaffId) -> RestoreWith<'_> {
    RestoreWith::Sheet(Recovery {
        code,
        staff,
        passphrase: OTHER_PASSPHRASE,
        stretch: CHEAP,
        keyring: true,
    })
}

fn restored(
    laptop: &Laptop,
    backup: &Backup,
    with: &RestoreWith<'_>,
    move_aside: bool,
) -> Result<Restored, BackupError> {
    restore(
        backup,
        &laptop.place(),
        &laptop.secrets,
        with,
        move_aside,
        &mut laptop.random(),
        laptop.now(),
    )
}

#[test]
fn on_this_computer_a_passphrase_restores_everything_and_everybody_unlocks_as_before() {
    let (laptop, opened, _, backup) = backed_up();
    let (staff, scope) = (opened.staff, Scope::Site(opened.identity.site));
    let before = opened.store.envelopes_in(scope).unwrap();
    drop(opened);
    fs::remove_dir_all(laptop.place().dir()).unwrap();
    let back = restored(&laptop, &backup, &with_passphrase(staff), false).unwrap();
    assert_eq!(back.opened.store.envelopes_in(scope).unwrap(), before);
    assert_eq!(back.opened.store.count().unwrap(), 40);
    assert!(back.sheet.is_none() && back.moved_aside.is_none());
    drop(back);
    laptop.unlock(staff, PASSPHRASE).unwrap();
}

#[test]
fn on_a_blank_computer_the_sheet_alone_restores_everything_and_makes_a_new_sheet() {
    let (laptop, opened, sheet, backup) = backed_up();
    let (staff, scope) = (opened.staff, Scope::Site(opened.identity.site));
    let before = opened.store.envelopes_in(scope).unwrap();
    let blank = Laptop::new();
    let back = restored(&blank, &backup, &with_sheet(&sheet.code(), staff), false).unwrap();
    assert_eq!(back.opened.store.envelopes_in(scope).unwrap(), before);
    assert!(back.sheet.is_some());
    drop(back);
    assert!(blank.unlock(staff, OTHER_PASSPHRASE).is_ok());
    drop(laptop);
}

#[test]
fn a_restored_record_goes_on_as_a_new_life_of_the_device_and_its_journal_still_checks() {
    let (laptop, opened, _, backup) = backed_up();
    let (staff, scope) = (opened.staff, Scope::Site(opened.identity.site));
    let old = opened.store.position(scope).unwrap();
    drop(opened);
    fs::remove_dir_all(laptop.place().dir()).unwrap();
    let mut lives = vec![old.incarnation];
    for _ in 0..3 {
        let mut back = restored(&laptop, &backup, &with_passphrase(staff), false).unwrap();
        let next = back.opened.store.position(scope).unwrap();
        assert!(next.incarnation > old.incarnation);
        assert_eq!(next.sequence, 1, "a stream of its own");
        lives.push(next.incarnation);
        write(&laptop, &mut back.opened, "after the restore");
        let report = back
            .opened
            .store
            .chain_check(&own_key(&back.opened))
            .unwrap();
        assert_eq!((report.envelopes, report.faults.len()), (41, 0));
        drop(back);
        fs::remove_dir_all(laptop.place().dir()).unwrap();
    }
    lives.sort_unstable();
    lives.dedup();
    assert_eq!(
        lives.len(),
        4,
        "the same backup restored thrice is three lives"
    );
}

#[test]
fn a_record_that_is_there_is_never_overwritten() {
    let (laptop, mut opened, _, backup) = backed_up();
    let staff = opened.staff;
    write(&laptop, &mut opened, "after the backup");
    drop(opened);
    let refused = restored(&laptop, &backup, &with_passphrase(staff), false).unwrap_err();
    assert!(matches!(refused, BackupError::RecordThere), "{refused:?}");
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    assert_eq!(opened.store.count().unwrap(), 41);
}

#[test]
fn a_record_moved_aside_is_whole_and_opens_where_it_stands() {
    let (laptop, mut opened, _, backup) = backed_up();
    let staff = opened.staff;
    write(&laptop, &mut opened, "after the backup");
    // As after a crash: the log is not in the file yet.
    std::mem::forget(opened.store);
    let hold = laptop.place().dir().join("felloe.lock");
    fs::remove_file(hold).unwrap();
    let back = restored(&laptop, &backup, &with_passphrase(staff), true).unwrap();
    assert_eq!(back.opened.store.count().unwrap(), 40);
    let aside = Place::new(back.moved_aside.unwrap());
    let old = unlock(&aside, &laptop.secrets, staff, PASSPHRASE, laptop.now()).unwrap();
    assert_eq!(old.store.count().unwrap(), 41);
}

/// A restore that was cut short with `moved` files of the record moved aside, and the keys of the
/// restored one written or not.
fn cut_short(laptop: &Laptop, moved: usize, keys: bool) {
    let dir = laptop.place().dir().to_owned();
    let aside = dir.join("felloe.aside");
    fs::create_dir(&aside).unwrap();
    let files = [
        "felloe.db",
        "felloe.db-wal",
        "felloe.keys",
        "felloe.recovery",
    ];
    for name in files.iter().take(moved) {
        if dir.join(name).exists() {
            fs::rename(dir.join(name), aside.join(name)).unwrap();
        }
    }
    fs::write(dir.join("felloe.new"), "half").unwrap();
    if keys {
        fs::write(dir.join("felloe.keys"), "of the backup").unwrap();
        fs::write(dir.join("felloe.recovery"), "of the backup").unwrap();
    }
}

#[test]
fn a_restore_cut_short_is_no_first_run_and_the_record_is_put_back_whole() {
    for (moved, keys) in [(1, false), (2, false), (3, false), (4, false), (4, true)] {
        let (laptop, mut opened, _, _) = backed_up();
        let staff = opened.staff;
        write(&laptop, &mut opened, "after the backup");
        // As after a crash: the log is not in the file yet.
        std::mem::forget(opened.store);
        fs::remove_file(laptop.place().dir().join("felloe.lock")).unwrap();
        cut_short(&laptop, moved, keys);
        let found = laptop.look();
        assert!(
            matches!(found, Presence::Broken(StoreError::LeftAside)),
            "{moved} moved: {found:?}"
        );
        let again = laptop.set_up_as(true).unwrap_err();
        assert!(
            matches!(again, KeysError::Store(StoreError::LeftAside)),
            "nothing is set up over it: {again:?}"
        );
        put_back(&laptop.place()).unwrap();
        assert!(!laptop.place().dir().join("felloe.aside").exists());
        assert!(!laptop.place().dir().join("felloe.new").exists());
        let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
        assert_eq!(opened.store.count().unwrap(), 41, "{moved} moved");
    }
}

#[test]
fn a_restore_after_one_that_was_cut_short_moves_the_whole_record_aside() {
    let (laptop, mut opened, _, backup) = backed_up();
    let staff = opened.staff;
    write(&laptop, &mut opened, "after the backup");
    drop(opened);
    cut_short(&laptop, 3, false);
    let refused = restored(&laptop, &backup, &with_passphrase(staff), false).unwrap_err();
    assert!(matches!(refused, BackupError::RecordThere), "{refused:?}");
    let back = restored(&laptop, &backup, &with_passphrase(staff), true).unwrap();
    assert_eq!(back.opened.store.count().unwrap(), 40);
    let aside = Place::new(back.moved_aside.unwrap());
    let old = unlock(&aside, &laptop.secrets, staff, PASSPHRASE, laptop.now()).unwrap();
    assert_eq!(old.store.count().unwrap(), 41);
}

#[test]
fn while_the_record_is_open_nothing_is_restored_over_it() {
    let (laptop, opened, _, backup) = backed_up();
    let refused = restored(&laptop, &backup, &with_passphrase(opened.staff), true).unwrap_err();
    assert!(matches!(
        refused,
        BackupError::Store(StoreError::AlreadyOpen)
    ));
}

#[test]
fn what_does_not_open_the_backup_leaves_the_record_where_it_is() {
    let (laptop, opened, _, backup) = backed_up();
    let staff = opened.staff;
    drop(opened);
    let wrong = RestoreWith::Passphrase {
        staff,
        passphrase: OTHER_PASSPHRASE,
    };
    assert!(matches!(
        restored(&laptop, &backup, &wrong, true).unwrap_err(),
        BackupError::WrongPassphrase
    ));
    let other = Laptop::new();
    *other.chance.borrow_mut() = super::laptop::Chance::new(5);
    let (_, other_sheet) = other.set_up();
    assert!(matches!(
        restored(
            &laptop,
            &backup,
            &with_sheet(&other_sheet.code(), staff),
            true
        )
        .unwrap_err(),
        BackupError::SheetDoesNotOpen
    ));
    laptop.secrets.forget_all();
    assert!(matches!(
        restored(&laptop, &backup, &with_passphrase(staff), true).unwrap_err(),
        BackupError::Secrets(SecretsError::NoEntry)
    ));
    assert!(laptop.place().database().exists());
    assert!(!fs::read_dir(laptop.place().dir()).unwrap().any(|file| {
        file.unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with("aside")
    }));
}

#[test]
fn an_altered_backup_is_not_restored() {
    let (laptop, opened, _, backup) = backed_up();
    let staff = opened.staff;
    drop(opened);
    let path = backup.folder().join("copy.db");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(
        restored(&laptop, &backup, &with_passphrase(staff), true).unwrap_err(),
        BackupError::Altered(_)
    ));
    assert!(laptop.unlock(staff, PASSPHRASE).is_ok());
}

#[test]
fn a_restore_cut_short_before_the_record_has_its_name_is_a_first_run_again() {
    let (laptop, opened, _, backup) = backed_up();
    let staff = opened.staff;
    drop(opened);
    fs::remove_dir_all(laptop.place().dir()).unwrap();
    restored(&laptop, &backup, &with_passphrase(staff), false).unwrap();
    // As if the power had gone just before the last rename.
    fs::rename(laptop.place().database(), laptop.place().unfinished()).unwrap();
    assert!(matches!(laptop.look(), Presence::FirstRun));
    let back = restored(&laptop, &backup, &with_passphrase(staff), false).unwrap();
    assert_eq!(back.opened.store.count().unwrap(), 40);
}

#[test]
fn after_the_sheet_was_renewed_new_backups_open_with_the_new_one_and_old_ones_with_the_old() {
    let (laptop, opened, old_sheet, old) = backed_up();
    let staff = opened.staff;
    let new_sheet = opened
        .new_sheet(
            &laptop.secrets,
            PASSPHRASE,
            &mut laptop.random(),
            laptop.now(),
        )
        .unwrap();
    laptop.pass(60);
    let new = back_up(&laptop, &opened);
    for (backup, sheet, other) in [
        (&old, &old_sheet, &new_sheet),
        (&new, &new_sheet, &old_sheet),
    ] {
        let blank = Laptop::new();
        let refused = restored(&blank, backup, &with_sheet(&other.code(), staff), false);
        assert!(matches!(
            refused.unwrap_err(),
            BackupError::SheetDoesNotOpen
        ));
        restored(&blank, backup, &with_sheet(&sheet.code(), staff), false).unwrap();
    }
    assert!(stick(&laptop).is_dir());
}

#[test]
fn a_backup_of_a_newer_felloe_is_refused_politely() {
    let (laptop, opened, _, backup) = backed_up();
    let staff = opened.staff;
    let mut claims = backup.manifest().claims().clone();
    claims.tables = 999;
    let newer = record::manifest::Manifest::sign(&claims, &opened.device_signing).unwrap();
    fs::write(backup.folder().join("manifest"), newer.to_bytes()).unwrap();
    drop(opened);
    let read = Backup::read(backup.folder()).unwrap();
    let refused = restored(&laptop, &read, &with_passphrase(staff), true).unwrap_err();
    assert!(matches!(
        refused,
        BackupError::Store(StoreError::Newer { found: 999, .. })
    ));
    assert!(refused.to_string().contains("Update Felloe"));
}
