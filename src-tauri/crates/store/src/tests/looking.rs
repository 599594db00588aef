use super::laptop::{Laptop, OTHER_PASSPHRASE, PASSPHRASE};
use crate::*;
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
    assert_eq!(reason(&laptop), RecoveryReason::SecretSwapped);
    assert!(matches!(
        laptop.unlock(staff, PASSPHRASE),
        Err(UnlockError::SecretSwapped)
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
