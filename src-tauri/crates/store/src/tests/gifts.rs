//! What is sealed to public keys: the drill of the sheet, the root given on, and a key file that
//! somebody wrote to.

use std::fs;

use super::laptop::{CHEAP, Chance, Laptop, OTHER_PASSPHRASE, PASSPHRASE};
use crate::key_file::KeyFile;
use crate::*;
use record::role::Role;
use record::scope::Scope;

fn epoch(laptop: &Laptop, scope: Scope) -> StoredKey {
    StoredKey {
        holder: KeyHolder::Scope(scope),
        generation: 1,
        key: laptop.key(),
    }
}

#[test]
fn the_drill_says_what_the_sheet_opens_and_changes_nothing_but_its_date() {
    let laptop = Laptop::new();
    let (opened, sheet) = laptop.set_up();
    let key = epoch(&laptop, Scope::Service);
    opened.keep_epoch_key(&key, &mut laptop.random()).unwrap();
    let before = KeyFile::read(&laptop.place().keys()).unwrap().unwrap();
    laptop.pass(60);
    let typed = sheet.code().to_lowercase();
    let trial = opened.try_sheet(&typed, laptop.now()).unwrap();
    assert_eq!(
        trial,
        SheetTrial {
            root: true,
            scopes: 1
        }
    );
    assert_eq!(opened.sheet_state().unwrap().tried, Some(laptop.now()));
    let mut after = KeyFile::read(&laptop.place().keys()).unwrap().unwrap();
    after.recovery.tried = None;
    assert_eq!(after, before);
    let staff = opened.staff;
    drop(opened);
    assert!(
        laptop.recover(&sheet.code(), staff, true).is_ok(),
        "trying it does not use it up"
    );
}

#[test]
fn another_sheet_and_a_mistyped_one_fail_the_drill_and_leave_no_date() {
    let laptop = Laptop::new();
    let (opened, sheet) = laptop.set_up();
    let other = Laptop::new();
    *other.chance.borrow_mut() = Chance::new(9);
    let (_theirs, foreign) = other.set_up();
    assert!(matches!(
        opened.try_sheet(&foreign.code(), laptop.now()),
        Err(KeysError::SheetDoesNotOpen)
    ));
    let code = sheet.code();
    assert!(matches!(
        opened.try_sheet(&code[..20], laptop.now()),
        Err(KeysError::Sheet(SheetError::Length { .. }))
    ));
    assert_eq!(opened.sheet_state().unwrap().tried, None);
}

#[test]
fn a_sheet_to_which_a_key_was_not_sealed_fails_the_drill_and_says_to_make_a_new_one() {
    let laptop = Laptop::new();
    let (opened, sheet) = laptop.set_up();
    let key = epoch(&laptop, Scope::Audit);
    opened.store.put_content_key(&key).unwrap();
    let refused = opened.try_sheet(&sheet.code(), laptop.now()).unwrap_err();
    assert!(matches!(refused, KeysError::SheetIncomplete));
    assert!(refused.to_string().contains("Make a new recovery sheet"));
}

#[test]
fn a_public_key_that_somebody_put_in_the_key_file_is_given_nothing() {
    let laptop = Laptop::new();
    let (opened, _) = laptop.set_up();
    let stranger = Laptop::new();
    *stranger.chance.borrow_mut() = Chance::new(9);
    drop(stranger.set_up());
    let theirs = KeyFile::read(&stranger.place().keys()).unwrap().unwrap();
    let mut ours = KeyFile::read(&laptop.place().keys()).unwrap().unwrap();
    ours.recovery.public = theirs.recovery.public;
    fs::write(laptop.place().keys(), ours.to_bytes().unwrap()).unwrap();
    let key = epoch(&laptop, Scope::Service);
    let refused = opened.keep_epoch_key(&key, &mut laptop.random());
    assert!(matches!(
        refused,
        Err(KeysError::Store(StoreError::KeysTampered))
    ));
}

#[test]
fn a_colleagues_opener_that_somebody_replaced_is_given_no_root_and_no_data_key() {
    let laptop = Laptop::new();
    let (mut opened, _) = laptop.set_up();
    let second = colleague(&laptop, &opened);
    let mut ours = KeyFile::read(&laptop.place().keys()).unwrap().unwrap();
    let mine = ours.person(opened.staff).unwrap().wrap.clone().unwrap();
    ours.person_mut(second)
        .unwrap()
        .wrap
        .as_mut()
        .unwrap()
        .public = mine.public;
    fs::write(laptop.place().keys(), ours.to_bytes().unwrap()).unwrap();
    let given = opened.give_root(
        &laptop.secrets,
        PASSPHRASE,
        second,
        &mut laptop.random(),
        laptop.now(),
    );
    assert!(matches!(
        given,
        Err(KeysError::Store(StoreError::KeysTampered))
    ));
    let renewed = opened.renew_data_key_in_steps(&mut laptop.random(), &mut |_| Ok(()));
    assert!(matches!(
        renewed,
        Err(KeysError::Store(StoreError::KeysTampered))
    ));
}

#[test]
fn an_administrator_who_was_given_the_root_makes_a_new_sheet_and_another_cannot() {
    let laptop = Laptop::new();
    let (opened, old) = laptop.set_up();
    let first = opened.staff;
    let second = colleague(&laptop, &opened);
    let given = opened.give_root(
        &laptop.secrets,
        PASSPHRASE,
        second,
        &mut laptop.random(),
        laptop.now(),
    );
    assert!(given.unwrap());
    drop(opened);
    let other = laptop.unlock(second, OTHER_PASSPHRASE).unwrap();
    let new = other
        .new_sheet(
            &laptop.secrets,
            OTHER_PASSPHRASE,
            &mut laptop.random(),
            laptop.now(),
        )
        .unwrap();
    drop(other);
    assert!(matches!(
        laptop.recover(&old.code(), first, true),
        Err(KeysError::SheetDoesNotOpen)
    ));
    assert!(laptop.recover(&new.code(), first, true).is_ok());
}

fn colleague(laptop: &Laptop, opened: &Opened) -> record::id::StaffId {
    let new = NewStaff {
        name: "Ben Wisniewski",
        role: Role::Administrator,
        passphrase: OTHER_PASSPHRASE,
        stretch: CHEAP,
    };
    let mut random = laptop.random();
    opened
        .add_staff(&laptop.secrets, &new, &mut random, laptop.now())
        .unwrap()
        .staff
}
