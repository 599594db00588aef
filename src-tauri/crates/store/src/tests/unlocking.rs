use super::laptop::{CHEAP, Laptop, OTHER_PASSPHRASE, PASSPHRASE};
use crate::*;
use record::role::Role;

#[test]
fn the_right_passphrase_gives_back_the_same_keys() {
    let laptop = Laptop::new();
    let (mut first, _) = laptop.set_up();
    let (staff, signing) = (first.staff, first.signing.verifying_key());
    let (device, root) = (first.device_signing.verifying_key(), first.root_public);
    assert_eq!(first.take_root().unwrap().verifying_key(), root);
    assert!(first.take_root().is_none());
    let sealing = first.device_sealing_public;
    drop(first);
    let mut again = laptop.unlock(staff, PASSPHRASE).unwrap();
    assert_eq!(again.signing.verifying_key(), signing);
    assert_eq!(again.device_signing.verifying_key(), device);
    assert_eq!(again.device_sealing_public, sealing);
    assert_eq!(again.root_public, root);
    assert!(
        again.take_root().is_none(),
        "the root key stays out of an ordinary sitting"
    );
    let asked = again
        .root(&laptop.secrets, PASSPHRASE, laptop.now())
        .unwrap();
    assert_eq!(asked.unwrap().verifying_key(), root);
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_says_to_try_again() {
    let (laptop, staff, _) = Laptop::ready();
    let refused = laptop.unlock(staff, OTHER_PASSPHRASE).unwrap_err();
    assert!(matches!(
        refused,
        UnlockError::WrongPassphrase {
            wait_seconds: 0,
            failed: 1
        }
    ));
    assert_eq!(
        refused.to_string(),
        "That passphrase is not right. Try again."
    );
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    assert_eq!(door.staff[0].failed, 1);
    assert!(laptop.unlock(staff, PASSPHRASE).is_ok());
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    assert_eq!(door.staff[0].failed, 0, "the right one clears the count");
}

#[test]
fn five_wrong_passphrases_make_the_next_wait_and_a_restart_does_not_clear_it() {
    let (laptop, staff, _) = Laptop::ready();
    for _ in 0..5 {
        laptop.unlock(staff, OTHER_PASSPHRASE).unwrap_err();
    }
    // Everything is read from disk each time: this is the restart.
    let refused = laptop.unlock(staff, PASSPHRASE).unwrap_err();
    assert!(matches!(refused, UnlockError::Wait { wait_seconds: 30 }));
    assert_eq!(
        refused.to_string(),
        "Too many wrong passphrases. Try again in 30 seconds."
    );
    laptop.pass(29);
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    assert_eq!(door.staff[0].wait_seconds, 1);
    laptop.pass(1);
    let wrong = laptop.unlock(staff, OTHER_PASSPHRASE).unwrap_err();
    assert!(matches!(
        wrong,
        UnlockError::WrongPassphrase {
            wait_seconds: 60,
            failed: 6
        }
    ));
    laptop.pass(60);
    assert!(laptop.unlock(staff, PASSPHRASE).is_ok());
}

#[test]
fn setting_the_clock_back_does_not_shorten_the_wait_nor_lock_out_for_years() {
    let (laptop, staff, _) = Laptop::ready();
    for _ in 0..5 {
        laptop.unlock(staff, OTHER_PASSPHRASE).unwrap_err();
    }
    laptop.pass(-86_400 * 365);
    let refused = laptop.unlock(staff, PASSPHRASE).unwrap_err();
    assert!(matches!(refused, UnlockError::Wait { wait_seconds: 30 }));
    laptop.pass(30);
    assert!(laptop.unlock(staff, PASSPHRASE).is_ok());
}

#[test]
fn a_try_is_on_disk_before_it_is_judged() {
    let (laptop, staff, _) = Laptop::ready();
    // Judging fails on a wrap that asks for impossible memory, as a killed program would.
    let keys = std::fs::read_to_string(laptop.place().keys()).unwrap();
    std::fs::write(
        laptop.place().keys(),
        keys.replace("\"memory_kib\": 64", "\"memory_kib\": 4000000000"),
    )
    .unwrap();
    assert!(matches!(
        laptop.unlock(staff, PASSPHRASE),
        Err(UnlockError::Store(StoreError::KeysLost))
    ));
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    assert_eq!(door.staff[0].failed, 1);
}

#[test]
fn a_locked_keyring_is_not_counted_as_a_wrong_passphrase() {
    let (laptop, staff, _) = Laptop::ready();
    *laptop.secrets.failing.borrow_mut() = Some(SecretsError::Locked);
    let refused = laptop.unlock(staff, PASSPHRASE).unwrap_err();
    assert!(matches!(
        refused,
        UnlockError::Secrets(SecretsError::Locked)
    ));
    assert!(refused.to_string().contains("Unlock it"));
    *laptop.secrets.failing.borrow_mut() = None;
    let Presence::Ready(door) = laptop.look() else {
        panic!("not ready")
    };
    assert_eq!(door.staff[0].failed, 0);
}

#[test]
fn a_second_person_unlocks_with_their_own_passphrase_and_signs_with_their_own_key() {
    let laptop = Laptop::new();
    let (opened, _) = laptop.set_up();
    let new = NewStaff {
        name: "Ben Wisniewski",
        role: Role::Consultant,
        passphrase: OTHER_PASSPHRASE,
        stretch: CHEAP,
    };
    let added = opened
        .add_staff(&laptop.secrets, &new, &mut laptop.random(), laptop.now())
        .unwrap();
    drop(opened);
    let second = laptop.unlock(added.staff, OTHER_PASSPHRASE).unwrap();
    assert_eq!(second.signing.verifying_key(), added.verifying);
    assert_eq!(second.role, Role::Consultant);
    let root = second
        .root(&laptop.secrets, OTHER_PASSPHRASE, laptop.now())
        .unwrap();
    assert!(
        root.is_none(),
        "only the person who set up holds the root key"
    );
    drop(second);
    assert!(laptop.unlock(added.staff, PASSPHRASE).is_err());
}

#[test]
fn a_changed_passphrase_replaces_the_old_one_and_keeps_the_signing_key() {
    let (laptop, staff, _) = Laptop::ready();
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let signing = opened.signing.verifying_key();
    let change = |old| {
        let mut random = laptop.random();
        let now = laptop.now();
        opened.change_passphrase(
            &laptop.secrets,
            old,
            OTHER_PASSPHRASE,
            CHEAP,
            &mut random,
            now,
        )
    };
    assert!(matches!(
        change("not the old one at all"),
        Err(KeysError::Unlock(UnlockError::WrongPassphrase { .. }))
    ));
    change(PASSPHRASE).unwrap();
    drop(opened);
    assert!(laptop.unlock(staff, PASSPHRASE).is_err());
    let again = laptop.unlock(staff, OTHER_PASSPHRASE).unwrap();
    assert_eq!(again.signing.verifying_key(), signing);
    assert!(
        again
            .root(&laptop.secrets, OTHER_PASSPHRASE, laptop.now())
            .unwrap()
            .is_some()
    );
}

#[test]
fn a_second_instance_is_refused_in_plain_words() {
    let (laptop, staff, _) = Laptop::ready();
    let first = laptop.unlock(staff, PASSPHRASE).unwrap();
    let refused = laptop.unlock(staff, PASSPHRASE).unwrap_err();
    assert!(matches!(
        refused,
        UnlockError::Store(StoreError::AlreadyOpen)
    ));
    assert!(refused.to_string().contains("already open"));
    drop(first);
    assert!(laptop.unlock(staff, PASSPHRASE).is_ok());
}
