//! Passphrases, keyrings, files and backups of somebody else.

use std::fs;

use crate::tests::backing_up::{back_up, backed_up, write};
use crate::tests::laptop::{Chance, Laptop, OTHER_PASSPHRASE, PASSPHRASE};
use crate::*;

#[test]
fn attack_a_wrong_passphrase_opens_nothing_and_is_counted() {
    let (laptop, staff, _) = Laptop::ready();
    assert!(matches!(
        laptop.unlock(staff, OTHER_PASSPHRASE),
        Err(UnlockError::WrongPassphrase { failed: 1, .. })
    ));
}

#[test]
fn attack_another_secret_in_the_keyring_opens_nothing_and_is_no_wrong_passphrase() {
    let (laptop, staff, _) = Laptop::ready();
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    let other = DeviceSecret::new([7; 32]);
    laptop.secrets.put(door.device, &other).unwrap();
    assert!(matches!(
        laptop.unlock(staff, PASSPHRASE),
        Err(UnlockError::SecretSwapped)
    ));
}

#[test]
fn attack_the_file_of_another_clinic_in_the_place_of_ours_does_not_open_with_our_keys() {
    let (laptop, staff, _) = Laptop::ready();
    let other = Laptop::new();
    *other.chance.borrow_mut() = Chance::new(2);
    drop(other.set_up());
    fs::copy(other.place().database(), laptop.place().database()).unwrap();
    assert!(matches!(
        laptop.unlock(staff, PASSPHRASE),
        Err(UnlockError::Store(StoreError::NotThisKey))
    ));
}

#[test]
fn attack_a_backup_swapped_for_another_genuine_one_is_refused_as_swapped() {
    let (laptop, mut opened, _, today) = backed_up();
    laptop.pass(86_400);
    write(&laptop, &mut opened, "tomorrow");
    let tomorrow = back_up(&laptop, &opened);
    for file in fs::read_dir(today.folder()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), tomorrow.folder().join(file.file_name())).unwrap();
    }
    assert!(matches!(
        Backup::read(tomorrow.folder()),
        Err(BackupError::Swapped)
    ));
}
