//! An erasure reaches the hub server, which cannot read it, and every laptop.

use record::certificate::Fingerprint;
use record::envelope::Envelope;
use record::id::PatientId;
use record::role::Role;
use record::scope::Subject;
use record::warrant::Unproven;
use sync::memory::MemoryShelf;
use sync::shelf::Shelf as _;

use super::super::enrolling::Two;
use super::super::erasing::{ask, erased};
use super::super::forms::referral;
use super::server;
use crate::desk::patient_id;

/// Two laptops and a hub server that hold the same, a patient of the spoke, and two leads at the hub.
fn ready() -> (Two, MemoryShelf, String, [String; 2]) {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    two.hub.sync(&mut server);
    let patient = two.spoke.refer(referral("Quartermain", "Thabo"));
    two.spoke.refer(referral("Okafor", "Emeka"));
    let leads = ["Robin Lead", "Sam Lead"].map(|name| two.hub.hire(name, Role::Lead));
    for _ in 0..2 {
        two.spoke.sync(&mut server);
        two.hub.sync(&mut server);
    }
    (two, server, patient, leads)
}

fn on(server: &MemoryShelf, patient: PatientId) -> Vec<&Envelope> {
    let all = server.log.all();
    all.filter(|it| it.header().subject == Subject::Patient(patient))
        .collect()
}

/// How many envelopes on a patient the hub server has, and how many of them with their content.
fn with_content(server: &MemoryShelf, patient: &str) -> (usize, usize) {
    let all = on(server, patient_id(patient).unwrap());
    let whole = all.iter().filter(|it| !it.is_erased()).count();
    (all.len(), whole)
}

fn still_held(two: &Two, patient: &str) -> [bool; 2] {
    let id = patient_id(patient).unwrap();
    [&two.hub, &two.spoke].map(|room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        !store.still_held(&[id]).unwrap().is_empty()
    })
}

#[test]
fn an_erasure_by_two_people_empties_the_hub_server_and_the_other_laptop_and_nobody_else() {
    let (mut two, mut server, patient, leads) = ready();
    let (all, whole) = with_content(&server, &patient);
    assert!(all > 1 && whole == all);
    let everything = server.log.all().filter(|it| !it.is_erased()).count();
    erased(&mut two.hub, &leads, &patient);
    two.hub.sync(&mut server);
    assert_eq!(with_content(&server, &patient), (all, 0));
    let left = server.log.all().filter(|it| !it.is_erased());
    assert!(left.count() >= everything - all, "of others all is there");
    assert_eq!(still_held(&two, &patient), [false, true]);
    two.spoke.sync(&mut server);
    assert_eq!(still_held(&two, &patient), [false, false]);
    // The last comparison is all there is to say, for each of the two.
    two.hub.sync(&mut server);
    assert_eq!(two.hub.talk(&mut server, None).messages, 1);
    two.spoke.sync(&mut server);
    assert_eq!(two.spoke.talk(&mut server, None).messages, 1);
    two.hub.sound();
    two.spoke.sound();
}

#[test]
fn one_signature_leaves_everything_at_the_hub_server() {
    let (mut two, mut server, patient, leads) = ready();
    let (all, _) = with_content(&server, &patient);
    two.hub.seat(&leads[0]);
    ask(&mut two.hub, &patient).unwrap();
    two.hub.sync(&mut server);
    two.spoke.sync(&mut server);
    assert_eq!(with_content(&server, &patient), (all, all));
    assert!(server.erasures().unwrap().is_empty());
    assert_eq!(still_held(&two, &patient), [true, true]);
}

#[test]
fn a_hub_server_put_back_from_before_an_erasure_is_told_again_by_whichever_laptop_comes_first() {
    for spoke_first in [false, true] {
        let (mut two, mut server, patient, leads) = ready();
        let backup = server.clone();
        erased(&mut two.hub, &leads, &patient);
        two.hub.sync(&mut server);
        two.spoke.sync(&mut server);
        server = backup;
        let (all, whole) = with_content(&server, &patient);
        assert_eq!(all, whole);
        if spoke_first {
            two.spoke.sync(&mut server);
        } else {
            two.hub.sync(&mut server);
        }
        assert_eq!(with_content(&server, &patient), (all, 0));
    }
}

#[test]
fn an_erasure_that_the_hub_server_does_not_carry_out_is_told_and_shown_again() {
    let (mut two, mut server, patient, leads) = ready();
    erased(&mut two.hub, &leads, &patient);
    // It was set up for another root by somebody's mistake, and believes nobody.
    let other = Fingerprint::from_bytes([7; 32]);
    let mut mistaken = MemoryShelf::new(server.log.clone(), other);
    mistaken.meet(&two.spoke.desk.own_chain().unwrap());
    for _ in 0..2 {
        let talked = two.hub.talk(&mut mistaken, None);
        let outcome = talked.finished.unwrap().outcome;
        let why: Vec<_> = outcome.not_erased.iter().map(|(_, why)| *why).collect();
        assert_eq!(why, [Unproven::Certificates]);
        assert!(!outcome.up_to_date);
    }
    let (all, whole) = with_content(&mistaken, &patient);
    assert_eq!(all, whole);
    two.hub.sync(&mut server);
    assert_eq!(with_content(&server, &patient).1, 0);
}

#[test]
fn what_a_laptop_wrote_that_had_not_heard_of_the_erasure_ends_nowhere_with_its_content() {
    let (mut two, mut server, patient, leads) = ready();
    two.spoke.phone(&patient, "01434 111111");
    erased(&mut two.hub, &leads, &patient);
    two.hub.sync(&mut server);
    let (before, _) = with_content(&server, &patient);
    two.spoke.sync(&mut server);
    let (after, whole) = with_content(&server, &patient);
    assert!(
        after > before,
        "the header is there, so that the stream goes on"
    );
    assert_eq!(whole, 0);
    two.hub.sync(&mut server);
    assert_eq!(still_held(&two, &patient), [false, false]);
    two.hub.sound();
}
