//! What arrives from those whose word does not count, in an order nobody chose, or not at all.

use std::slice;

use record::envelope::Envelope;
use record::log::EventLog;
use record::scope::Subject;
use store::KeyHolder;

use super::super::Room;
use super::super::enrolling::Two;
use super::super::forms::referral;
use super::super::room::PASSPHRASE;
use super::server;
use crate::desk::patient_id;
use crate::exchanging;
use crate::view::LaptopEndForm;
use crate::{enrol, line, patient};

/// The hub's administrator ends the spoke's laptop.
fn end(two: &mut Two) {
    let laptop = two.spoke_id();
    let form = LaptopEndForm {
        why: "lost".into(),
        reason: "Left on a train.".into(),
        own_passphrase: PASSPHRASE.into(),
    };
    enrol::end_laptop(&mut two.hub.desk, laptop, form).unwrap();
}

#[test]
fn what_comes_before_its_key_is_read_when_the_key_comes() {
    let mut two = Two::joined();
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    let id = patient_id(&patient).unwrap();
    let store = &two.spoke.desk.sitting().unwrap().opened.store;
    let all = store.envelopes_in(two.spoke_scope()).unwrap();
    let mine = |it: &&Envelope| it.header().subject == Subject::Patient(id);
    let of: Vec<Envelope> = all.iter().filter(mine).cloned().collect();
    let (key, rest) = of.split_first().unwrap();
    let before = exchanging::take_in(&mut two.hub.desk, rest).unwrap();
    assert_eq!(before.refused, []);
    let row = |room: &Room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        store.summary(id).unwrap().is_some()
    };
    assert!(!row(&two.hub));
    let after = exchanging::take_in(&mut two.hub.desk, slice::from_ref(key)).unwrap();
    assert_eq!(after.changed.patients, [id].into());
    assert!(row(&two.hub));
    let seen = patient::open_patient(&mut two.hub.desk, patient).unwrap();
    assert_eq!(seen.banner.family, "NDLOVU");
    two.hub.sound();
}

#[test]
fn what_somebody_wrote_after_their_account_was_ended_is_unverified_on_the_other_laptop_too() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    end(&mut two);
    // The spoke has not heard of it.
    two.spoke.phone(&patient, "01434 111111");
    let id = patient_id(&patient).unwrap();
    let late = {
        let store = &two.spoke.desk.sitting().unwrap().opened.store;
        store.envelopes_of(Subject::Patient(id)).unwrap()
    };
    exchanging::take_in(&mut two.hub.desk, &late).unwrap();
    let case = two.hub.desk.case_unshown(id).unwrap();
    let unverified = case
        .record
        .timeline()
        .into_iter()
        .filter(|it| it.unverified.is_some());
    assert_eq!(unverified.count(), 1);
    assert!(
        !two.hub
            .phones(&patient)
            .contains(&"01434 111111".to_owned())
    );
    two.hub.sound();
}

#[test]
fn a_patient_key_of_somebody_whose_account_was_ended_opens_what_they_wrote_and_is_never_written_under()
 {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    two.spoke.sync(&mut server);
    two.hub.sync(&mut server);
    end(&mut two);
    // The spoke has not heard of it, and registers somebody new under a key of its own.
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    let id = patient_id(&patient).unwrap();
    let holder = KeyHolder::Patient(id);
    let key_of = |room: &Room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        store.key_to_write(holder).unwrap().map(|it| it.key.id())
    };
    let late = {
        let store = &two.spoke.desk.sitting().unwrap().opened.store;
        store.envelopes_of(Subject::Patient(id)).unwrap()
    };
    // The key comes last: what can be read does not depend on what arrived first.
    let (key, rest) = late.split_first().unwrap();
    exchanging::take_in(&mut two.hub.desk, rest).unwrap();
    exchanging::take_in(&mut two.hub.desk, slice::from_ref(key)).unwrap();
    let case = two.hub.desk.case_unshown(id).unwrap();
    let timeline = case.record.timeline();
    assert!(timeline.len() > 1);
    assert!(timeline.iter().all(|it| it.unverified.is_some()));
    assert_eq!(key_of(&two.hub), None);
    two.hub.phone(&patient, "01434 222222");
    assert!(key_of(&two.hub).is_some());
    assert_ne!(key_of(&two.hub), key_of(&two.spoke));
    two.hub.sound();
}

#[test]
fn a_copied_disk_is_named_on_the_sync_screen_and_stands_in_the_audit_trail() {
    let mut two = Two::joined();
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    let staff = two.spoke.desk.staff().unwrap().to_string();
    let mut copy = two.spoke.copied();
    copy.unlock(&staff);
    two.spoke.phone(&patient, "01434 111111");
    copy.phone(&patient, "01434 222222");
    let id = patient_id(&patient).unwrap();
    let there = copy
        .desk
        .sitting()
        .unwrap()
        .opened
        .store
        .envelopes_of(Subject::Patient(id));
    let seen = two.spoke.trail().len();
    let taken = exchanging::take_in(&mut two.spoke.desk, &there.unwrap()).unwrap();
    assert!(taken.changed.copied_disk);
    assert_eq!(two.spoke.phones(&patient), ["01434 111111", "01434 222222"]);
    let case = two.spoke.desk.case_unshown(id).unwrap();
    let marked = case
        .record
        .timeline()
        .into_iter()
        .filter(|it| it.is_of_copied_disk());
    assert_eq!(marked.count(), 2);
    let view = patient::open_patient(&mut two.spoke.desk, patient.clone()).unwrap();
    let versions = &view.conflicts[0].versions;
    assert!(
        versions.iter().all(|it| it.place.ends_with("copied disk")),
        "{versions:?}"
    );
    let problems = line::sync_screen(&mut two.spoke.desk).unwrap().problems;
    let named: Vec<_> = problems.iter().filter(|it| it.id == "fork").collect();
    assert_eq!(named.len(), 1, "{problems:?}");
    assert_eq!(named[0].name, "Copied disk");
    assert!(
        named[0].words.contains("Nothing is lost"),
        "{}",
        named[0].words
    );
    assert!(
        two.spoke
            .said_since(seen)
            .iter()
            .any(|(what, _)| what == "copy-found")
    );
    // It goes on in its next life, and the record is sound.
    two.spoke.phone(&patient, "01434 333333");
    two.spoke.sound();
}

#[test]
fn what_the_hub_server_keeps_back_is_found_by_what_another_laptop_has_signed() {
    let mut two = Two::joined();
    let mut server = server(&two.hub);
    two.hub.sync(&mut server);
    let old = server.clone();
    two.spoke.refer(referral("Ndlovu", "Thabo"));
    two.spoke.sync(&mut server);
    let scope = two.spoke_scope();
    // It shows the hub what the spoke signed, and of the patient nothing.
    let mut lying = old;
    let shown: Vec<Envelope> = server
        .log
        .all()
        .filter(|it| it.header().scope != scope || matches!(it.header().subject, Subject::Site(_)))
        .cloned()
        .collect();
    lying.append(&shown).unwrap();
    let talked = two.hub.talk(&mut lying, None);
    assert!(talked.finished.unwrap().outcome.up_to_date);
    let said = exchanging::withheld(&two.hub.desk).unwrap();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with("Rowan Spoke: on 24-Nov-2026"),
        "{said:?}"
    );
    // Once it gives all, nothing is said any more.
    two.hub.sync(&mut server);
    assert_eq!(
        exchanging::withheld(&two.hub.desk).unwrap(),
        Vec::<String>::new()
    );
}
