use super::laptop::{Laptop, PASSPHRASE};
use crate::*;
use record::role::Role;

#[test]
fn an_empty_folder_is_a_first_run_and_a_set_up_one_is_ready() {
    let laptop = Laptop::new();
    assert!(matches!(laptop.look(), Presence::FirstRun));
    drop(laptop.set_up());
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    assert_eq!(door.service_name, "Tyne Pain Service");
    assert_eq!(door.site_name, "Hexham");
    assert!(door.demo);
    assert_eq!(door.keyring, KeyringUse::Held);
    assert_eq!(door.staff.len(), 1);
    assert_eq!(door.staff[0].name, "Amara Osei");
    assert_eq!(door.staff[0].role, Role::Nurse);
    assert_eq!((door.staff[0].wait_seconds, door.staff[0].failed), (0, 0));
}

#[test]
fn without_a_keyring_it_is_said_and_a_longer_passphrase_is_demanded() {
    let laptop = Laptop::new();
    let mut short = super::laptop::asked(false);
    short.first.passphrase = "kettle orbit fern";
    let refused = set_up(
        &laptop.place(),
        &laptop.secrets,
        &short,
        &mut laptop.random(),
        laptop.now(),
    );
    assert!(matches!(
        refused,
        Err(KeysError::Passphrase(PassphraseError::TooShort {
            least: 20
        }))
    ));
    assert!(matches!(laptop.look(), Presence::FirstRun));
    let (opened, _) = laptop.set_up_as(false).unwrap();
    assert_eq!(opened.keyring, KeyringUse::NotUsed);
    let staff = opened.staff;
    drop(opened);
    assert_eq!(laptop.secrets.count(), 0);
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    assert_eq!(door.keyring, KeyringUse::NotUsed);
    assert!(laptop.unlock(staff, PASSPHRASE).is_ok());
}

#[test]
fn a_keyring_that_fails_during_set_up_leaves_a_first_run() {
    let laptop = Laptop::new();
    *laptop.secrets.failing.borrow_mut() = Some(SecretsError::NoService);
    let refused = laptop.set_up_as(true).unwrap_err();
    assert!(matches!(
        refused,
        KeysError::Secrets(SecretsError::NoService)
    ));
    *laptop.secrets.failing.borrow_mut() = None;
    assert!(matches!(laptop.look(), Presence::FirstRun));
    assert!(laptop.set_up_as(true).is_ok());
}

#[test]
fn an_interrupted_set_up_is_a_first_run_again_and_can_be_repeated() {
    let (laptop, _, _) = Laptop::ready();
    // The state just before the last step: keys on disk, database not yet renamed.
    std::fs::rename(laptop.place().database(), laptop.place().unfinished()).unwrap();
    assert!(matches!(laptop.look(), Presence::FirstRun));
    let (opened, _) = laptop.set_up();
    assert_eq!(
        laptop.secrets.count(),
        1,
        "the secret of the first try is gone"
    );
    drop(opened);
    assert!(matches!(laptop.look(), Presence::Ready(_)));
}

#[test]
fn set_up_refuses_a_folder_that_is_in_use() {
    let (laptop, _, _) = Laptop::ready();
    assert!(matches!(
        laptop.set_up_as(true),
        Err(KeysError::AlreadySetUp)
    ));
    std::fs::remove_file(laptop.place().keys()).unwrap();
    assert!(matches!(
        laptop.set_up_as(true),
        Err(KeysError::AlreadySetUp)
    ));
}

#[test]
fn a_set_up_that_is_taken_back_leaves_a_first_run_and_no_secret_and_can_be_done_again() {
    let laptop = Laptop::new();
    let (opened, _) = laptop.set_up();
    take_back_set_up(opened, &laptop.secrets);
    assert!(matches!(laptop.look(), Presence::FirstRun));
    assert_eq!(laptop.secrets.count(), 0);
    let left: Vec<_> = std::fs::read_dir(laptop.place().dir())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(left, ["felloe.lock"]);
    let (opened, _) = laptop.set_up();
    let staff = opened.staff;
    drop(opened);
    assert!(laptop.unlock(staff, PASSPHRASE).is_ok());
}
