//! The demo clinic as it is made. It takes a while, so one test looks at all of it.

use std::collections::BTreeSet;

use super::Room;
use crate::demo;
use crate::door;
use crate::view::Status;
use crate::worklist;

#[test]
fn the_demo_clinic_has_sixty_patients_at_every_stage_in_the_order_of_the_worklist() {
    let mut room = Room::empty(11);
    let mut told = Vec::new();
    demo::make(&mut room.desk, &mut |line| told.push(line.to_owned())).unwrap();
    assert!(told.last().unwrap().starts_with("60 of 60"));
    let Status::Locked(seen) = door::status(&mut room.desk).unwrap() else {
        panic!("the demo stands locked");
    };
    assert!(seen.demo);
    assert_eq!(seen.demo_passphrase, Some(demo::passphrase()));
    assert_eq!(seen.staff.len(), 12);
    let roles: BTreeSet<_> = seen.staff.iter().map(|tile| tile.role.clone()).collect();
    assert_eq!(roles.len(), 9);
    // Somebody who works at every site sees every patient.
    let hale = seen
        .staff
        .iter()
        .find(|tile| tile.name == "Miriam Hale")
        .unwrap();
    door::unlock(&mut room.desk, hale.id.clone(), demo::passphrase()).unwrap();
    assert!(door::still_here(&mut room.desk).unwrap().numbers_confirmed);

    let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!((list.rows.len(), list.total), (60, 60));
    let stages: BTreeSet<_> = list.rows.iter().map(|row| row.stage.as_str()).collect();
    let every = BTreeSet::from([
        "Referral incomplete",
        "Referral received",
        "Appointment booked",
        "Assessment in progress",
        "Assessment finished",
        "Decision signed",
        "Plan agreed",
        "Follow-up",
    ]);
    assert_eq!(stages, every);
    let mut filled = list.tabs.iter().filter(|tab| tab.id != "mine");
    assert!(filled.all(|tab| tab.count > 0), "{:?}", list.tabs);
    assert!(!list.today.is_empty());
    assert!(list.rows.iter().any(|row| row.similar_name));
    let kept = room.desk.summaries().unwrap();
    let order: Vec<_> = kept
        .iter()
        .map(|summary| (summary.rank(), summary.due()))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    let shown: Vec<_> = list.rows.iter().map(|row| &row.patient).collect();
    assert_eq!(
        shown,
        kept.iter()
            .map(|summary| &summary.patient)
            .collect::<Vec<_>>()
    );
    every_signature_is_its_signers_to_give(&room);
}

/// Each signed entry of each patient, against its signer's certificate.
fn every_signature_is_its_signers_to_give(room: &Room) {
    let sitting = room.desk.sitting().unwrap();
    let store = &sitting.opened.store;
    let certificates = super::signing::certificates(room);
    let mut signed = 0;
    for summary in room.desk.summaries().unwrap() {
        let subject = record::scope::Subject::Patient(summary.patient.parse().unwrap());
        for envelope in store.envelopes_of(subject).unwrap() {
            let key = store.content_key(envelope.header().key).unwrap().unwrap();
            for (index, entry) in envelope.open(&key).unwrap().iter().enumerate() {
                let Some(by) = &entry.signed else { continue };
                let own = certificates
                    .iter()
                    .find(|one| one.id() == by.authority)
                    .unwrap();
                let index = u16::try_from(index).unwrap();
                record::certificate::check_signed(entry, envelope.header(), index, own).unwrap();
                signed += 1;
            }
        }
    }
    assert!(signed > 30, "{signed}");
}
