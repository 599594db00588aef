//! Scope keys: given with a further site, and renewed when a laptop is ended.

use record::body::{EpochKey, SealedKey};
use record::entry::{Basis, Kind, sign_entry};
use record::envelope::seal;
use record::fold::Record;
use record::keys::ContentKey;
use record::scope::{Scope, Subject};
use store::{KeyHolder, StoredKey};

use super::{PASSPHRASE, Room, Two};
use crate::enrol;
use crate::view::{LaptopEndForm, LaptopForm};

#[test]
fn a_laptop_is_given_the_key_of_a_further_site_and_opens_what_was_written_there_before() {
    let mut two = Two::joined();
    let patient = two.hub.register("NDLOVU", "Thabo");
    let own = two.hub.desk.sitting().unwrap().opened.identity.site;
    let subject = Subject::Patient(patient.parse().unwrap());
    Two::carry(&two.hub, &mut two.spoke, &[Scope::Site(own)]);
    let closed = two.spoke.desk.sitting().unwrap().open_all(subject).unwrap();
    assert!(closed.is_empty());
    let laptop = two.spoke_id();
    let form = LaptopForm {
        sites: vec![two.site.clone(), own.to_string()],
        own_passphrase: PASSPHRASE.into(),
    };
    enrol::change_laptop(&mut two.hub.desk, laptop, form).unwrap();
    Two::carry(&two.hub, &mut two.spoke, &[Scope::Service]);
    let open = two.spoke.desk.sitting().unwrap().open_all(subject).unwrap();
    assert!(!open.is_empty());
}

#[test]
fn an_ended_laptop_opens_nothing_that_is_written_after_and_what_stays_does() {
    let mut two = Two::joined();
    let patient = two.spoke.register("OKAFOR", "Ngozi");
    let scope = two.spoke_scope();
    let subject = Subject::Patient(patient.parse().unwrap());
    Two::carry(&two.spoke, &mut two.hub, &[scope, Scope::Audit]);
    let before = two.spoke.desk.sitting().unwrap().open_all(subject).unwrap();
    let laptop = two.spoke_id();
    let form = LaptopEndForm {
        why: "lost".into(),
        reason: "Left on a train.".into(),
        own_passphrase: PASSPHRASE.into(),
    };
    let after = enrol::end_laptop(&mut two.hub.desk, laptop, form).unwrap();
    assert!(after.laptops.iter().any(|row| row.ended));
    // The hub writes on the same patient and on a new one.
    two.hub.add_detail(&patient, "phone", "01632 960 000");
    two.hub.desk.sitting_mut().unwrap().at = two.site.parse().unwrap();
    let new = two.hub.register("MBEKI", "Lindiwe");
    // Whoever has the lost laptop gets hold of all of it, the service's record included.
    Two::carry(
        &two.hub,
        &mut two.spoke,
        &[Scope::Service, scope, Scope::Audit],
    );
    let sitting = two.spoke.desk.sitting().unwrap();
    assert_eq!(sitting.open_all(subject).unwrap().len(), before.len());
    let unseen = Subject::Patient(new.parse().unwrap());
    assert!(
        !sitting
            .opened
            .store
            .envelopes_of(unseen)
            .unwrap()
            .is_empty()
    );
    assert!(sitting.open_all(unseen).unwrap().is_empty());
    // The hub goes on reading both, old generations and new.
    let hub = two.hub.desk.sitting().unwrap();
    assert!(hub.open_all(subject).unwrap().len() > before.len());
    assert!(!hub.open_all(unseen).unwrap().is_empty());
}

#[test]
fn a_new_epoch_gives_each_patient_a_new_generation_once_and_at_the_next_write_only() {
    let mut two = Two::joined();
    let patient = two.spoke.register("OKAFOR", "Ngozi");
    let id = patient.parse().unwrap();
    let scope = two.spoke_scope();
    Two::carry(&two.spoke, &mut two.hub, &[scope]);
    let generation = |room: &Room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        let key = store.key_to_write(KeyHolder::Patient(id)).unwrap();
        key.unwrap().generation
    };
    let form = LaptopEndForm {
        why: "left".into(),
        reason: "Worn out.".into(),
        own_passphrase: PASSPHRASE.into(),
    };
    let laptop = two.spoke_id();
    enrol::end_laptop(&mut two.hub.desk, laptop, form).unwrap();
    assert_eq!(generation(&two.hub), 1);
    two.hub.add_detail(&patient, "phone", "01632 960 000");
    assert_eq!(generation(&two.hub), 2);
    two.hub.add_detail(&patient, "phone", "01632 960 001");
    assert_eq!(generation(&two.hub), 2);
}

#[test]
fn a_new_epoch_is_sealed_to_the_remaining_laptops_and_to_the_recovery_sheet() {
    let mut two = Two::joined();
    let laptop = two.spoke_id();
    let form = LaptopEndForm {
        why: "lost".into(),
        reason: "Left on a train.".into(),
        own_passphrase: PASSPHRASE.into(),
    };
    enrol::end_laptop(&mut two.hub.desk, laptop.clone(), form).unwrap();
    let ended = laptop.parse().unwrap();
    let sitting = two.hub.desk.sitting().unwrap();
    let own = sitting.opened.identity.device;
    let entries = sitting.open_all(Subject::Service).unwrap();
    let given = entries
        .iter()
        .filter_map(|it| crate::case::body_of::<EpochKey>(&it.entry));
    let second: Vec<EpochKey> = given.filter(|it| it.epoch == 2).collect();
    let scopes: std::collections::BTreeSet<_> = second.iter().map(|it| it.scope).collect();
    assert_eq!(scopes.len(), 3, "spoke, service and audit begin anew");
    for given in &second {
        assert!(given.sealed.iter().any(|sealed| sealed.device == own));
        assert!(given.sealed.iter().all(|sealed| sealed.device != ended));
    }
    // An administrator unlocks again: nothing is wanted any more.
    assert!(two.hub.desk.renew_where_wanted().unwrap().is_empty());
}

#[test]
fn only_an_administrators_epoch_key_is_taken() {
    let mut two = Two::joined();
    let scope = two.spoke_scope();
    let (now, sitting) = (two.spoke.desk.now(), two.spoke.desk.sitting().unwrap());
    let opened = &sitting.opened;
    let key = StoredKey {
        holder: KeyHolder::Scope(scope),
        generation: 9,
        key: ContentKey::from_bytes([9; 32]),
    };
    let (service, device) = (opened.identity.service, opened.identity.device);
    let sealing = &opened.device_sealing_public;
    let boxed = store::seal_epoch_key(service, &key, device, sealing, &mut |it| it.fill(7));
    let forged = EpochKey {
        scope,
        epoch: 9,
        key: key.key.id(),
        sealed: vec![SealedKey {
            device,
            boxed: boxed.unwrap(),
        }],
    };
    assert!(opened.open_epoch_key(&forged).is_some(), "it would open");
    // The nurse at the spoke signs it with a certificate that is good for other things.
    let note = Kind::new("note").unwrap();
    let certificate = sitting.signing_certificate(&note, &Subject::Service, now);
    let authority = certificate.unwrap().unwrap().id();
    let position = opened.store.position(Scope::Service).unwrap();
    let lamport = opened.store.lamport().unwrap() + 1;
    let line = crate::desk::Line::appended(&forged).unwrap();
    let entry = line.entry(&Record::default(), opened.staff, now, lamport);
    let (basis, own) = (Basis::default(), &opened.signing);
    let signed = sign_entry(entry, &position, Subject::Service, 0, basis, authority, own);
    let held = opened.store.key_to_write(KeyHolder::Scope(Scope::Service));
    let sealed = seal(
        position,
        Subject::Service,
        &held.unwrap().unwrap().key,
        [5; 24],
        &[signed.unwrap()],
        &opened.device_signing,
    );
    let sitting = two.spoke.desk.sitting_mut().unwrap();
    let store = &mut sitting.opened.store;
    record::log::EventLog::append(store, &[sealed.unwrap()]).unwrap();
    sitting.authorities.take();
    assert!(two.spoke.desk.take_scope_keys().unwrap().is_empty());
}
