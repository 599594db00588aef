use super::laptop::{Laptop, PASSPHRASE};
use crate::*;
use record::scope::Scope;

fn three(laptop: &Laptop, opened: &mut Opened) {
    let (patient, key) = (laptop.patient(), laptop.key());
    for text in ["one", "two", "three"] {
        let envelope = laptop.envelope(opened, patient, &key, text);
        opened
            .store
            .append(&[envelope], Derived::default())
            .unwrap();
    }
}

fn kept(opened: &Opened) -> usize {
    let scope = Scope::Site(opened.identity.site);
    opened.store.envelopes_in(scope).unwrap().len()
}

#[test]
fn what_is_written_together_is_there_together_after_it_is_kept() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    assert!(opened.store.begin().unwrap());
    assert!(!opened.store.begin().unwrap(), "it had begun already");
    three(&laptop, &mut opened);
    opened.store.keep().unwrap();
    drop(opened);
    assert_eq!(kept(&laptop.unlock(staff, PASSPHRASE).unwrap()), 3);
}

#[test]
fn what_was_begun_and_not_kept_is_gone_when_it_is_undone_or_the_program_ends() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let scope = Scope::Site(opened.identity.site);
    let before = opened.store.position(scope).unwrap();
    opened.store.begin().unwrap();
    three(&laptop, &mut opened);
    opened.store.undo();
    assert_eq!(opened.store.position(scope).unwrap(), before);
    assert!(matches!(opened.store.keep(), Err(StoreError::TakenBack)));
    opened.store.begin().unwrap();
    three(&laptop, &mut opened);
    drop(opened);
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    assert_eq!(kept(&opened), 0);
}

#[test]
fn an_envelope_that_is_refused_inside_a_whole_leaves_the_rest_of_it_standing() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let (patient, key) = (laptop.patient(), laptop.key());
    let first = laptop.envelope(&opened, patient, &key, "first");
    let rival = laptop.envelope(&opened, patient, &key, "of the same place");
    opened.store.begin().unwrap();
    opened.store.append(&[first], Derived::default()).unwrap();
    let refused = opened.store.append(&[rival], Derived::default());
    assert!(matches!(refused, Err(StoreError::OutOfPlace)));
    opened.store.keep().unwrap();
    assert_eq!(kept(&opened), 1);
}

#[test]
fn an_epoch_key_is_on_the_recovery_sheet_before_it_is_in_use_and_the_next_sheet_has_no_other() {
    let (laptop, staff, sheet) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let holder = KeyHolder::Scope(Scope::Site(opened.identity.site));
    let stored = || StoredKey {
        holder,
        generation: 1,
        key: laptop.key(),
    };
    // A first try that the disk took back: the sheet has a key that is not in use.
    opened.store.begin().unwrap();
    opened
        .keep_epoch_key(&stored(), &mut laptop.random())
        .unwrap();
    opened.store.undo();
    assert!(opened.store.key_to_write(holder).unwrap().is_none());
    let used = stored();
    opened.keep_epoch_key(&used, &mut laptop.random()).unwrap();
    let boxes = || {
        let keys = std::fs::read_to_string(laptop.place().keys()).unwrap();
        keys.matches("\"epoch\": 1").count()
    };
    // Two that were made apart may both be in use, so neither drops the other.
    assert_eq!(boxes(), 2);
    drop(opened);
    let (opened, _) = laptop.recover(&sheet.code(), staff, true).unwrap();
    let held = opened.store.key_to_write(holder).unwrap().unwrap();
    assert_eq!(held.key.expose(), used.key.expose());
    assert_eq!(boxes(), 1);
}
