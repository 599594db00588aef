//! A blank laptop asks to join, waits, and joins: nothing of the root, and never half.

use record::cbor::Value;
use record::enrolment::{GivenKey, Request};
use record::entry::{EnteredBy, Entry, Kind};
use record::envelope::{Envelope, Position, seal};
use record::id::{DeviceId, ServiceId, SiteId, StaffId};
use record::keys::{ContentKey, SigningKey};
use record::moment::Moment;
use record::role::Role;
use record::scope::{Scope, Subject};

use super::laptop::{CHEAP, Chance, Laptop, PASSPHRASE};
use crate::*;

fn service() -> ServiceId {
    ServiceId::from_random([0x10; 16])
}

fn site() -> SiteId {
    SiteId::from_random([0x11; 16])
}

fn asked(keyring: bool) -> NewJoining<'static> {
    NewJoining {
        name: "Amara Osei",
        passphrase: PASSPHRASE,
        stretch: CHEAP,
        keyring,
        made: Moment::new("2026-11-24T10:20:00Z".parse().unwrap(), 0).unwrap(),
    }
}

fn begun(laptop: &Laptop) -> Request {
    let place = laptop.place();
    begin_joining(&place, &laptop.secrets, &asked(true), &mut laptop.random()).unwrap()
}

fn opened(laptop: &Laptop, passphrase: &str) -> Result<JoiningKeys, KeysError> {
    open_joining(&laptop.place(), &laptop.secrets, passphrase, laptop.now())
}

fn scope_key(scope: Scope, byte: u8) -> StoredKey {
    StoredKey {
        holder: KeyHolder::Scope(scope),
        generation: 1,
        key: ContentKey::from_bytes([byte; 32]),
    }
}

/// One envelope of the service's record, from the hub site's laptop.
fn record() -> Vec<Envelope> {
    let device = DeviceId::from_random([0x12; 16]);
    let position = Position::first(service(), Scope::Service, device, 1);
    let key = ContentKey::from_bytes([1; 32]);
    let signing = SigningKey::from_seed(&[0x20; 32]);
    let entry = Entry {
        kind: Kind::new("site").unwrap(),
        version: 1,
        slot: None,
        parents: vec![],
        claimed: asked(true).made,
        lamport: 1,
        author: StaffId::from_random([0x15; 16]),
        entered_by: EnteredBy::Staff(StaffId::from_random([0x15; 16])),
        body: Value::Text("made up".to_owned()),
        signed: None,
        reason: None,
        happened: None,
    };
    vec![
        seal(
            position,
            Subject::Service,
            &key,
            [0x24; 24],
            &[entry],
            &signing,
        )
        .unwrap(),
    ]
}

fn join_with(keys: &JoiningKeys) -> Join<'static> {
    let root = SigningKey::from_seed(&[0x22; 32]);
    Join {
        identity: Identity {
            service: service(),
            service_name: "Tyne Pain Service".into(),
            site: site(),
            site_name: "Hexham".into(),
            site_kind: SiteKind::Spoke,
            device: keys.request.claims().device,
            demo: false,
        },
        root: root.verifying_key(),
        staff: StaffId::from_random([0x13; 16]),
        name: "Amara Osei".into(),
        role: Role::Nurse,
        passphrase: PASSPHRASE,
        keys: vec![
            scope_key(Scope::Site(site()), 2),
            scope_key(Scope::Service, 1),
            scope_key(Scope::Audit, 3),
        ],
        envelopes: record(),
    }
}

fn joined(laptop: &Laptop, keys: &JoiningKeys) -> Result<(Opened, RecoverySheet), KeysError> {
    join(
        &laptop.place(),
        keys,
        join_with(keys),
        &mut laptop.random(),
        laptop.now(),
    )
}

#[test]
fn a_laptop_that_asked_waits_with_its_request_and_nothing_else() {
    let laptop = Laptop::new();
    let request = begun(&laptop);
    let Presence::Joining(waiting) = laptop.look() else {
        panic!("it does not wait");
    };
    assert_eq!(*waiting, request);
    assert_eq!(joining(&laptop.place()).unwrap(), Some(request));
    assert!(!laptop.place().database().exists() && !laptop.place().keys().exists());
}

#[test]
fn an_answered_laptop_opens_with_the_passphrase_that_it_asked_with() {
    let laptop = Laptop::new();
    begun(&laptop);
    let keys = opened(&laptop, PASSPHRASE).unwrap();
    let (opened, _) = joined(&laptop, &keys).unwrap();
    let device = keys.request.claims().device;
    assert_eq!(opened.identity.device, device);
    assert_eq!(
        opened.signing.verifying_key(),
        keys.request.claims().staff_key
    );
    assert_eq!(
        opened.device_signing.verifying_key(),
        keys.request.claims().device_key
    );
    assert_eq!(
        opened.device_sealing_public,
        keys.request.claims().sealing_key
    );
    let held = opened.store.envelopes_in(Scope::Service).unwrap();
    assert_eq!(held, record());
    assert_eq!(opened.store.scope_keys().unwrap().len(), 3);
    let staff = opened.staff;
    drop(opened);
    assert!(matches!(laptop.look(), Presence::Ready(_)));
    assert!(!laptop.place().joining().exists());
    assert!(laptop.unlock(staff, PASSPHRASE).is_ok());
}

#[test]
fn a_joined_laptop_holds_nothing_of_the_root_and_its_sheet_opens_all_it_has() {
    let laptop = Laptop::new();
    begun(&laptop);
    let keys = opened(&laptop, PASSPHRASE).unwrap();
    let (mut opened, sheet) = joined(&laptop, &keys).unwrap();
    assert!(opened.take_root().is_none());
    let root = opened.root(&laptop.secrets, PASSPHRASE, laptop.now());
    assert!(root.unwrap().is_none());
    let trial = opened.try_sheet(&sheet.code(), laptop.now()).unwrap();
    assert!(!trial.root);
    assert_eq!(trial.scopes, 3);
}

#[test]
fn a_joined_laptop_is_recovered_with_its_own_sheet() {
    let laptop = Laptop::new();
    begun(&laptop);
    let keys = opened(&laptop, PASSPHRASE).unwrap();
    let (opened, sheet) = joined(&laptop, &keys).unwrap();
    let staff = opened.staff;
    drop(opened);
    laptop.secrets.forget_all();
    let asked = Recovery {
        code: &sheet.code(),
        staff,
        passphrase: PASSPHRASE,
        stretch: CHEAP,
        keyring: true,
    };
    let place = laptop.place();
    let (opened, _) = recover(
        &place,
        &laptop.secrets,
        &asked,
        &mut laptop.random(),
        laptop.now(),
    )
    .unwrap();
    assert_eq!(opened.store.scope_keys().unwrap().len(), 3);
}

#[test]
fn a_wrong_passphrase_opens_no_request_and_the_fifth_makes_the_next_wait() {
    let laptop = Laptop::new();
    begun(&laptop);
    for failed in 1..=5 {
        let refused = opened(&laptop, "lantern quarry moss violin").unwrap_err();
        assert!(
            matches!(refused, KeysError::Unlock(UnlockError::WrongPassphrase { failed: found, .. }) if found == failed),
            "{refused}"
        );
    }
    let refused = opened(&laptop, PASSPHRASE).unwrap_err();
    assert!(matches!(
        refused,
        KeysError::Unlock(UnlockError::Wait { .. })
    ));
    laptop.pass(31);
    assert!(opened(&laptop, PASSPHRASE).is_ok());
}

#[test]
fn a_copied_request_without_the_keyring_gives_up_no_key() {
    let laptop = Laptop::new();
    begun(&laptop);
    laptop.secrets.forget_all();
    let refused = opened(&laptop, PASSPHRASE).unwrap_err();
    assert!(matches!(refused, KeysError::JoiningLost), "{refused}");
}

#[test]
fn a_laptop_without_a_keyring_asks_with_a_longer_passphrase() {
    let laptop = Laptop::new();
    let place = laptop.place();
    let mut short = asked(false);
    short.passphrase = "kettle orbit fern";
    let refused = begin_joining(&place, &laptop.secrets, &short, &mut laptop.random());
    assert!(matches!(refused, Err(KeysError::Passphrase(_))));
    begin_joining(&place, &laptop.secrets, &asked(false), &mut laptop.random()).unwrap();
    assert_eq!(laptop.secrets.count(), 0);
    let keys = opened(&laptop, PASSPHRASE).unwrap();
    let (opened, _) = joined(&laptop, &keys).unwrap();
    assert_eq!(opened.keyring, KeyringUse::NotUsed);
}

#[test]
fn a_new_request_takes_the_place_of_the_old_one_and_of_its_secret() {
    let laptop = Laptop::new();
    let first = begun(&laptop);
    let second = begun(&laptop);
    assert_ne!(first.id(), second.id());
    assert_eq!(joining(&laptop.place()).unwrap(), Some(second));
    assert_eq!(laptop.secrets.count(), 1);
}

#[test]
fn a_request_that_was_given_up_leaves_a_first_run() {
    let laptop = Laptop::new();
    begun(&laptop);
    give_up_joining(&laptop.place(), &laptop.secrets).unwrap();
    assert!(matches!(laptop.look(), Presence::FirstRun));
    assert_eq!(laptop.secrets.count(), 0);
    let refused = opened(&laptop, PASSPHRASE).unwrap_err();
    assert!(matches!(refused, KeysError::NotJoining));
}

#[test]
fn a_laptop_that_is_set_up_does_not_ask_to_join() {
    let laptop = Laptop::new();
    drop(laptop.set_up());
    let place = laptop.place();
    let refused = begin_joining(&place, &laptop.secrets, &asked(true), &mut laptop.random());
    assert!(matches!(refused, Err(KeysError::AlreadySetUp)));
}

#[test]
fn a_join_that_was_cut_short_before_the_record_had_its_name_still_waits_and_is_done_again() {
    let laptop = Laptop::new();
    begun(&laptop);
    let keys = opened(&laptop, PASSPHRASE).unwrap();
    // As it lies there when the power goes: the file under its temporary name, and the keys.
    let place = laptop.place();
    std::fs::write(place.unfinished(), b"half a database").unwrap();
    std::fs::write(place.keys(), b"{}").unwrap();
    assert!(matches!(laptop.look(), Presence::Joining(_)));
    let (opened, _) = joined(&laptop, &keys).unwrap();
    drop(opened);
    assert!(matches!(laptop.look(), Presence::Ready(_)));
}

#[test]
fn a_join_that_was_cut_short_after_the_record_had_its_name_is_done() {
    let laptop = Laptop::new();
    begun(&laptop);
    let waiting = std::fs::read(laptop.place().joining()).unwrap();
    let keys = opened(&laptop, PASSPHRASE).unwrap();
    let (opened, _) = joined(&laptop, &keys).unwrap();
    let staff = opened.staff;
    drop(opened);
    std::fs::write(laptop.place().joining(), waiting).unwrap();
    assert!(matches!(laptop.look(), Presence::Ready(_)));
    laptop.unlock(staff, PASSPHRASE).unwrap();
    assert!(!laptop.place().joining().exists());
}

#[test]
fn a_join_whose_record_does_not_hang_together_leaves_the_laptop_waiting() {
    let laptop = Laptop::new();
    begun(&laptop);
    let keys = opened(&laptop, PASSPHRASE).unwrap();
    let mut other = join_with(&keys);
    other.identity.service = ServiceId::from_random([9; 16]);
    let place = laptop.place();
    let refused = join(&place, &keys, other, &mut laptop.random(), laptop.now());
    assert!(matches!(
        refused,
        Err(KeysError::Store(StoreError::OtherService))
    ));
    assert!(matches!(laptop.look(), Presence::Joining(_)));
    assert!(!place.keys().exists() && !place.database().exists());
    assert!(joined(&laptop, &keys).is_ok());
}

#[test]
fn a_scope_key_opens_for_the_device_it_was_sealed_to_and_for_no_other() {
    let (laptop, other) = (Laptop::new(), Laptop::new());
    *other.chance.borrow_mut() = Chance::new(2);
    let request = begun(&laptop);
    begun(&other);
    let key = scope_key(Scope::Site(site()), 2);
    let (device, sealing) = (request.claims().device, request.claims().sealing_key);
    let boxed = seal_epoch_key(service(), &key, device, &sealing, &mut laptop.random()).unwrap();
    let given = GivenKey {
        scope: Scope::Site(site()),
        epoch: 1,
        key: key.key.id(),
        boxed,
    };
    let keys = opened(&laptop, PASSPHRASE).unwrap();
    let opens = |given: &GivenKey| keys.open_given(service(), given);
    assert_eq!(opens(&given).unwrap().key.id(), key.key.id());
    let theirs = opened(&other, PASSPHRASE).unwrap();
    assert!(theirs.open_given(service(), &given).is_none());
    // Nor for another scope, epoch or service, nor as another key than everybody was told of.
    let elsewhere = [
        GivenKey {
            scope: Scope::Service,
            ..given
        },
        GivenKey { epoch: 2, ..given },
        GivenKey {
            key: ContentKey::from_bytes([7; 32]).id(),
            ..given
        },
    ];
    assert!(elsewhere.iter().all(|given| opens(given).is_none()));
    let other_service = ServiceId::from_random([9; 16]);
    assert!(keys.open_given(other_service, &given).is_none());
}
