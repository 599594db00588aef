use super::laptop::{CHEAP, Laptop, OTHER_PASSPHRASE, PASSPHRASE};
use crate::key_file::KeyFile;
use crate::*;
use record::role::Role;
use record::scope::Scope;
use std::fs;

fn reason(laptop: &Laptop) -> RecoveryReason {
    match laptop.look() {
        Presence::NeedsRecovery { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_missing_keyring_secret_opens_nothing_and_leads_to_recovery_never_to_set_up() {
    let (laptop, staff, _) = Laptop::ready();
    laptop.secrets.forget_all();
    let refused = laptop.unlock(staff, PASSPHRASE).unwrap_err();
    assert!(matches!(refused, UnlockError::SecretMissing));
    assert!(refused.to_string().contains("recovery sheet"));
    assert_eq!(reason(&laptop), RecoveryReason::SecretMissing);
    assert!(matches!(
        laptop.set_up_as(true),
        Err(KeysError::AlreadySetUp)
    ));
}

#[test]
fn a_keyring_that_is_gone_or_locked_beside_a_database_is_recovery_never_a_first_run() {
    let (laptop, ..) = Laptop::ready();
    let seen = |error| {
        *laptop.secrets.failing.borrow_mut() = Some(error);
        reason(&laptop)
    };
    assert_eq!(
        seen(SecretsError::NoService),
        RecoveryReason::KeyringUnavailable
    );
    assert_eq!(seen(SecretsError::Locked), RecoveryReason::KeyringLocked);
    assert_eq!(seen(SecretsError::NoEntry), RecoveryReason::SecretMissing);
    assert_eq!(seen(SecretsError::Malformed), RecoveryReason::SecretMissing);
}

#[test]
fn another_secret_under_our_name_is_recovery_and_no_wrong_passphrase() {
    let (laptop, staff, _) = Laptop::ready();
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    laptop
        .secrets
        .put(door.device, &DeviceSecret::new([7; 32]))
        .unwrap();
    assert_eq!(reason(&laptop), RecoveryReason::SecretMissing);
    assert!(matches!(
        laptop.unlock(staff, PASSPHRASE),
        Err(UnlockError::SecretMissing)
    ));
}

#[test]
fn a_missing_or_damaged_key_file_beside_a_database_is_recovery_and_the_sheet_opens_it() {
    for damage in [
        None,
        Some("{\"format\": \"felloe-keys\", \"version\": 1, \"ident"),
    ] {
        let (laptop, staff, sheet) = Laptop::ready();
        fs::remove_file(laptop.place().keys()).unwrap();
        if let Some(text) = damage {
            fs::write(laptop.place().keys(), text).unwrap();
        }
        let expected = damage.map_or(RecoveryReason::KeysMissing, |_| RecoveryReason::KeysDamaged);
        assert_eq!(reason(&laptop), expected);
        let (opened, _) = laptop.recover(&sheet.code(), staff, true).unwrap();
        drop(opened);
        assert!(laptop.unlock(staff, OTHER_PASSPHRASE).is_ok());
    }
}

#[test]
fn a_database_without_any_key_file_says_what_to_restore_and_is_no_first_run() {
    let (laptop, ..) = Laptop::ready();
    fs::remove_file(laptop.place().keys()).unwrap();
    fs::remove_file(laptop.place().recovery()).unwrap();
    let Presence::Broken(error) = laptop.look() else {
        panic!("not broken")
    };
    assert!(matches!(error, StoreError::KeysLost));
    assert!(error.to_string().contains("felloe.keys"));
}

#[test]
fn keys_without_their_database_are_no_first_run() {
    let (laptop, staff, _) = Laptop::ready();
    fs::remove_file(laptop.place().database()).unwrap();
    assert!(matches!(
        laptop.look(),
        Presence::Broken(StoreError::DatabaseMissing)
    ));
    assert!(matches!(
        laptop.unlock(staff, PASSPHRASE),
        Err(UnlockError::Store(StoreError::DatabaseMissing))
    ));
    assert!(
        !laptop.place().database().exists(),
        "looking for it must not make one"
    );
}

#[test]
fn a_copied_folder_on_another_machine_opens_nothing_without_the_sheet() {
    let (laptop, staff, _) = Laptop::ready();
    let thief = Laptop::new();
    fs::create_dir(thief.place().dir()).unwrap();
    for file in fs::read_dir(laptop.place().dir()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), thief.place().dir().join(file.file_name())).unwrap();
    }
    assert_eq!(reason(&thief), RecoveryReason::SecretMissing);
    assert!(matches!(
        thief.unlock(staff, PASSPHRASE),
        Err(UnlockError::SecretMissing)
    ));
    // Even with the key file edited to say that no keyring was used.
    let keys = fs::read_to_string(thief.place().keys()).unwrap();
    fs::write(
        thief.place().keys(),
        keys.replace("\"held\"", "\"not-used\""),
    )
    .unwrap();
    assert!(matches!(
        thief.unlock(staff, PASSPHRASE),
        Err(UnlockError::WrongPassphrase { .. })
    ));
}

#[test]
fn recovery_opens_the_records_makes_a_new_sheet_and_the_old_one_no_longer_works() {
    let (laptop, staff, old) = Laptop::ready();
    let before = laptop.unlock(staff, PASSPHRASE).unwrap();
    before.store.put_setting("text-size", &18).unwrap();
    before.confirm_sheet().unwrap();
    let (signing, root) = (before.signing.verifying_key(), before.root_public);
    drop(before);
    laptop.secrets.forget_all();

    let (mut opened, new) = laptop.recover(&old.code(), staff, true).unwrap();
    assert_eq!(opened.store.setting::<u8>("text-size").unwrap(), Some(18));
    assert_ne!(
        opened.signing.verifying_key(),
        signing,
        "the old signing key is retired"
    );
    assert_eq!(opened.take_root().unwrap().verifying_key(), root);
    assert_ne!(*old.code(), *new.code());
    assert!(
        !opened.sheet_confirmed().unwrap(),
        "the new sheet has to be printed"
    );
    drop(opened);

    assert!(matches!(laptop.look(), Presence::Ready(_)));
    assert!(laptop.unlock(staff, PASSPHRASE).is_err());
    drop(laptop.unlock(staff, OTHER_PASSPHRASE).unwrap());
    let refused = laptop.recover(&old.code(), staff, true).unwrap_err();
    assert!(matches!(refused, KeysError::SheetDoesNotOpen));
    assert!(refused.to_string().contains("newest"));
    assert!(laptop.recover(&new.code(), staff, true).is_ok());
}

#[test]
fn a_mistyped_code_is_refused_by_group_and_changes_nothing() {
    let (laptop, staff, sheet) = Laptop::ready();
    let before = fs::read(laptop.place().keys()).unwrap();
    let code = sheet.code();
    let wrong = if code.ends_with('7') { "8" } else { "7" };
    let mistyped = format!("{}{wrong}", &code[..code.len() - 1]);
    let refused = laptop.recover(&mistyped, staff, true).unwrap_err();
    assert!(matches!(
        refused,
        KeysError::Sheet(SheetError::Mistyped { group: 8 })
    ));
    assert_eq!(fs::read(laptop.place().keys()).unwrap(), before);
}

#[test]
fn a_forgotten_passphrase_is_recovered_without_taking_a_colleagues() {
    let laptop = Laptop::new();
    let (opened, sheet) = laptop.set_up();
    let first = opened.staff;
    let second = colleague(&laptop, &opened);
    drop(opened);
    drop(laptop.recover(&sheet.code(), first, true).unwrap());
    assert!(laptop.unlock(second, PASSPHRASE).is_ok());
}

#[test]
fn after_a_lost_device_secret_a_colleague_needs_a_new_passphrase_and_can_be_given_one() {
    let laptop = Laptop::new();
    let (opened, sheet) = laptop.set_up();
    let first = opened.staff;
    let second = colleague(&laptop, &opened);
    drop(opened);
    laptop.secrets.forget_all();
    let (opened, _) = laptop.recover(&sheet.code(), first, true).unwrap();
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    assert!(door.staff[1].needs_new_passphrase && !door.staff[0].needs_new_passphrase);
    let given = opened
        .renew_staff(
            &laptop.secrets,
            second,
            OTHER_PASSPHRASE,
            CHEAP,
            &mut laptop.random(),
        )
        .unwrap();
    drop(opened);
    let again = laptop.unlock(second, OTHER_PASSPHRASE).unwrap();
    assert_eq!(again.signing.verifying_key(), given.verifying);
}

#[test]
fn recovery_on_a_machine_without_a_keyring_goes_on_with_the_passphrase_alone() {
    let (laptop, staff, sheet) = Laptop::ready();
    *laptop.secrets.failing.borrow_mut() = Some(SecretsError::NoService);
    let (opened, _) = laptop.recover(&sheet.code(), staff, false).unwrap();
    assert_eq!(opened.keyring, KeyringUse::NotUsed);
    drop(opened);
    assert!(laptop.unlock(staff, OTHER_PASSPHRASE).is_ok());
}

#[test]
fn a_new_sheet_can_be_made_without_using_the_old_one_by_the_person_who_holds_the_root() {
    let laptop = Laptop::new();
    let (opened, old) = laptop.set_up();
    let first = opened.staff;
    let second = colleague(&laptop, &opened);
    let new = opened
        .new_sheet(
            &laptop.secrets,
            PASSPHRASE,
            &mut laptop.random(),
            laptop.now(),
        )
        .unwrap();
    drop(opened);
    let other = laptop.unlock(second, PASSPHRASE).unwrap();
    let refused = other.new_sheet(
        &laptop.secrets,
        PASSPHRASE,
        &mut laptop.random(),
        laptop.now(),
    );
    assert!(matches!(refused, Err(KeysError::RootNeeded)));
    drop(other);
    assert!(matches!(
        laptop.recover(&old.code(), first, true),
        Err(KeysError::SheetDoesNotOpen)
    ));
    assert!(laptop.recover(&new.code(), first, true).is_ok());
}

#[test]
fn epoch_keys_are_sealed_to_the_sheet_and_again_to_the_next_one() {
    let (laptop, staff, sheet) = Laptop::ready();
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let held = || {
        KeyFile::read(&laptop.place().keys())
            .unwrap()
            .unwrap()
            .recovery
            .epochs
    };
    for (scope, generation) in [(Scope::Service, 1), (Scope::Site(opened.identity.site), 1)] {
        let holder = KeyHolder::Scope(scope);
        let key = StoredKey {
            holder,
            generation,
            key: laptop.key(),
        };
        opened.keep_epoch_key(&key, &mut laptop.random()).unwrap();
        opened.keep_epoch_key(&key, &mut laptop.random()).unwrap();
    }
    drop(opened);
    let before = held();
    assert_eq!(before.len(), 2);
    drop(laptop.recover(&sheet.code(), staff, true).unwrap());
    let after = held();
    assert_eq!(after.len(), 2);
    assert!(after.iter().all(|epoch| !before.contains(epoch)));
}

fn colleague(laptop: &Laptop, opened: &Opened) -> record::id::StaffId {
    let new = NewStaff {
        name: "Ben Wisniewski",
        role: Role::Consultant,
        passphrase: PASSPHRASE,
        stretch: CHEAP,
    };
    let mut random = laptop.random();
    opened
        .add_staff(&laptop.secrets, &new, &mut random, laptop.now())
        .unwrap()
        .staff
}
