use super::laptop::{CHEAP, Laptop, OTHER_PASSPHRASE, PASSPHRASE};
use crate::key_file::KeyFile;
use crate::*;
use record::role::Role;
use record::scope::Scope;
use std::fs;

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
