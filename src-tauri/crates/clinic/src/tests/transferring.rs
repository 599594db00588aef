//! A patient goes on at another site: with all that was written, and all that is written late.

use std::collections::BTreeSet;

use record::body::{Parcel, PassedOn, Transfer};
use record::fold::Placed;
use record::id::{EntryId, PatientId};
use record::scope::{Scope, Subject};

use super::Room;
use super::enrolling::Two;
use super::room::PASSPHRASE;
use crate::desk::Line;
use crate::refusal::Refusal;
use crate::view::{SiteCloseForm, TransferForm};
use crate::{patient, sites, staff, transfer};

fn form(to: &str) -> TransferForm {
    TransferForm {
        to: to.into(),
        grounds: "nearer".into(),
        told: "Ada Quist".into(),
        note: "Walks with a frame. Prefers mornings.".into(),
    }
}

/// What a laptop reads of a patient: keys aside, which each site has for itself.
fn read(room: &Room, patient: &str) -> Vec<Placed> {
    let subject = Subject::Patient(patient.parse().unwrap());
    let mut all = room.desk.sitting().unwrap().open_all(subject).unwrap();
    all.retain(|it| {
        !crate::audit::is_key(&it.entry) && crate::case::body_of::<Parcel>(&it.entry).is_none()
    });
    all
}

fn ids(all: &[Placed]) -> BTreeSet<EntryId> {
    all.iter().map(|placed| placed.id).collect()
}

fn late(room: &mut Room, patient: &str) -> BTreeSet<PatientId> {
    let arrived = [patient.parse().unwrap()].into();
    room.desk.pass_on_late(&arrived).unwrap()
}

/// A patient of the hub's own site, transferred to the spoke, whose laptop has all that a hub
/// server would bring it.
fn transferred() -> (Two, String) {
    let mut two = Two::joined();
    let patient = two.hub.register("NDLOVU", "Thabo");
    two.hub.add_detail(&patient, "phone", "01632 960 000");
    let to = two.site.clone();
    transfer::transfer_patient(&mut two.hub.desk, patient.clone(), form(&to)).unwrap();
    let scope = two.spoke_scope();
    Two::carry(&two.hub, &mut two.spoke, &[Scope::Service, scope]);
    (two, patient)
}

#[test]
fn a_transferred_patient_is_read_whole_at_the_other_site_with_every_id_and_signature() {
    let (two, patient) = transferred();
    let (here, there) = (read(&two.hub, &patient), read(&two.spoke, &patient));
    assert!(there.len() > 5);
    assert_eq!(ids(&there), ids(&here));
    assert!(there.iter().all(|placed| placed.unverified.is_none()));
    let own = Scope::Site(two.hub_site());
    assert!(there.iter().any(|placed| placed.scope == own));
}

#[test]
fn the_other_site_goes_on_writing_in_its_own_scope_and_the_hub_reads_on() {
    let (mut two, patient) = transferred();
    patient::open_patient(&mut two.spoke.desk, patient.clone()).unwrap();
    two.spoke.add_detail(&patient, "phone", "01632 960 111");
    let scope = two.spoke_scope();
    let written = read(&two.spoke, &patient);
    let device = two.spoke.desk.sitting().unwrap().opened.identity.device;
    let own: Vec<_> = written.iter().filter(|it| it.device == device).collect();
    assert!(!own.is_empty() && own.iter().all(|it| it.scope == scope));
    Two::carry(&two.spoke, &mut two.hub, &[scope]);
    assert_eq!(ids(&read(&two.hub, &patient)), ids(&written));
    // The hub's laptop writes there too from now on.
    two.hub.add_detail(&patient, "phone", "01632 960 222");
    let newest = read(&two.hub, &patient);
    let newest = newest.iter().max_by_key(|it| it.entry.lamport).unwrap();
    assert_eq!(newest.scope, scope);
}

#[test]
fn the_handover_stands_in_the_record_with_what_was_said_and_to_whom() {
    let (two, patient) = transferred();
    let all = read(&two.spoke, &patient);
    let mut said = all
        .iter()
        .filter_map(|it| crate::case::body_of::<Transfer>(&it.entry));
    let said = said.next().unwrap();
    assert_eq!(said.told, "Ada Quist");
    assert_eq!(said.note, "Walks with a frame. Prefers mornings.");
    assert_eq!(said.from, two.hub_site());
    let mut desk = two.spoke.desk;
    let view = patient::open_patient(&mut desk, patient).unwrap();
    let mut lines = view.timeline.iter();
    assert!(lines.any(|entry| entry.title == "Transferred to another site"));
}

#[test]
fn the_row_of_a_transferred_patient_is_of_the_site_that_keeps_the_record() {
    let (mut two, patient) = transferred();
    let site = two.site.parse().unwrap();
    for room in [&mut two.hub, &mut two.spoke] {
        let case = room.desk.case_unshown(patient.parse().unwrap()).unwrap();
        let row = crate::summary::PatientSummary::of(&case, room.desk.today());
        assert_eq!(row.site, Some(site));
    }
}

#[test]
fn the_old_sites_laptop_is_told_that_the_patient_was_transferred() {
    let mut two = Two::joined();
    let mut third = two.third();
    let patient = third.register("NDLOVU", "Thabo");
    let own = Scope::Site(two.hub_site());
    Two::carry(&third, &mut two.hub, &[Scope::Service, own]);
    let to = two.site.clone();
    transfer::transfer_patient(&mut two.hub.desk, patient.clone(), form(&to)).unwrap();
    Two::carry(&two.hub, &mut third, &[Scope::Service, own]);
    let refused = patient::open_patient(&mut third.desk, patient).unwrap_err();
    assert!(refused.to_string().contains("was transferred"), "{refused}");
}

#[test]
fn what_the_old_site_wrote_before_it_heard_is_passed_on_once_and_as_it_was_written() {
    let mut two = Two::joined();
    let mut third = two.third();
    let patient = third.register("NDLOVU", "Thabo");
    let own = Scope::Site(two.hub_site());
    Two::carry(&third, &mut two.hub, &[Scope::Service, own]);
    let to = two.site.clone();
    transfer::transfer_patient(&mut two.hub.desk, patient.clone(), form(&to)).unwrap();
    // With the cable out, the old site goes on.
    third.add_detail(&patient, "phone", "01632 960 333");
    Two::carry(&third, &mut two.hub, &[Scope::Service, own]);
    assert_eq!(late(&mut two.hub, &patient).len(), 1);
    assert!(
        late(&mut two.hub, &patient).is_empty(),
        "it is passed on once"
    );
    let scope = two.spoke_scope();
    Two::carry(&two.hub, &mut two.spoke, &[Scope::Service, scope]);
    let there = read(&two.spoke, &patient);
    assert_eq!(ids(&there), ids(&read(&two.hub, &patient)));
    let device = third.desk.sitting().unwrap().opened.identity.device;
    let of_third = there.iter().filter(|it| it.device == device);
    assert!(ids(&read(&third, &patient)).is_subset(&ids(&there)));
    assert!(
        of_third
            .clone()
            .all(|it| it.unverified.is_none() && it.scope == own)
    );
}

#[test]
fn a_patient_who_comes_back_is_read_once_and_whole() {
    let (mut two, patient) = transferred();
    let back = two.hub_site().to_string();
    transfer::transfer_patient(&mut two.hub.desk, patient.clone(), form(&back)).unwrap();
    let all = read(&two.hub, &patient);
    assert_eq!(ids(&all).len(), all.len(), "nothing is read twice");
    two.hub.add_detail(&patient, "phone", "01632 960 444");
    let newest = read(&two.hub, &patient);
    let newest = newest.iter().max_by_key(|it| it.entry.lamport).unwrap();
    assert_eq!(newest.scope, Scope::Site(two.hub_site()));
}

#[test]
fn a_laptop_that_is_not_enrolled_for_both_sites_does_not_transfer() {
    let mut two = Two::joined();
    let patient = two.spoke.register("OKAFOR", "Ngozi");
    let to = two.hub_site().to_string();
    let refused = transfer::transfer_patient(&mut two.spoke.desk, patient.clone(), form(&to));
    assert!(matches!(&refused, Err(Refusal::Plain(words)) if words.contains("not enrolled for")));
    let all = read(&two.spoke, &patient);
    assert!(
        all.iter()
            .all(|it| crate::case::body_of::<Transfer>(&it.entry).is_none())
    );
}

#[test]
fn a_transfer_says_where_to_why_what_and_to_whom() {
    let mut two = Two::joined();
    let patient = two.hub.register("NDLOVU", "Thabo");
    let refused = transfer::transfer_patient(&mut two.hub.desk, patient, TransferForm::default());
    let Err(Refusal::Invalid(fields)) = refused else {
        panic!("{refused:?}");
    };
    let named: Vec<_> = fields.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(named, ["to", "grounds", "note", "told"]);
}

#[test]
fn attack_an_envelope_altered_in_a_parcel_is_not_read_and_is_counted_as_such() {
    let (mut two, patient) = transferred();
    let before = read(&two.spoke, &patient);
    // Whoever passes on something else than was written, in a parcel that is genuine.
    let subject = Subject::Patient(patient.parse().unwrap());
    let store = &two.hub.desk.sitting().unwrap().opened.store;
    let all = store.envelopes_of(subject).unwrap();
    let own = Scope::Site(two.hub_site());
    let original = all.iter().find(|it| it.header().scope == own).unwrap();
    let mut bytes = original.to_bytes();
    bytes[120] ^= 1;
    let parcel = Parcel {
        from: two.hub_site(),
        envelopes: vec![PassedOn(bytes)],
    };
    let line = Line::appended(&parcel).unwrap();
    two.hub
        .desk
        .write(patient.parse().unwrap(), vec![line])
        .unwrap();
    let scope = two.spoke_scope();
    Two::carry(&two.hub, &mut two.spoke, &[Scope::Service, scope]);
    assert_eq!(ids(&read(&two.spoke, &patient)), ids(&before));
    let case = two
        .spoke
        .desk
        .case_unshown(patient.parse().unwrap())
        .unwrap();
    let said = case.unverified();
    assert_eq!(
        said,
        ["1 Part of the record that this laptop cannot read yet"]
    );
}

fn closing(into: &str) -> SiteCloseForm {
    SiteCloseForm {
        merge_into: into.into(),
        told: "Ama Osei".into(),
        reason: "The lease ends.".into(),
        own_passphrase: PASSPHRASE.into(),
    }
}

#[test]
fn a_site_with_patients_is_closed_only_when_another_takes_them_over() {
    let mut two = Two::joined();
    let site = two.site.clone();
    two.hub.desk.sitting_mut().unwrap().at = site.parse().unwrap();
    let patient = two.hub.register("NDLOVU", "Thabo");
    let refused = sites::close_site(&mut two.hub.desk, site.clone(), closing("")).unwrap_err();
    assert!(
        refused.to_string().contains("1 patient is kept"),
        "{refused}"
    );
    let into = two.hub_site();
    let after = sites::close_site(&mut two.hub.desk, site.clone(), closing(&into.to_string()));
    let row = after.unwrap().sites.into_iter().find(|row| row.id == site);
    assert!(row.unwrap().closed);
    let case = two.hub.desk.case_unshown(patient.parse().unwrap()).unwrap();
    assert_eq!(case.kept_at(case.patient), [into].into());
    // Nobody sits down there any more, and what was written stays.
    assert!(staff::sit_at(&mut two.hub.desk, site).is_err());
    assert!(patient::open_patient(&mut two.hub.desk, patient).is_ok());
}

#[test]
fn a_closed_site_is_opened_again_and_the_hub_and_ones_own_site_are_never_closed() {
    let mut two = Two::joined();
    let site = two.site.clone();
    sites::close_site(&mut two.hub.desk, site.clone(), closing("")).unwrap();
    let again = sites::reopen_site(&mut two.hub.desk, site.clone(), PASSPHRASE.into()).unwrap();
    assert!(again.sites.iter().all(|row| !row.closed));
    let own = two.hub_site().to_string();
    let refused = sites::close_site(&mut two.hub.desk, own, closing(&site)).unwrap_err();
    assert!(
        refused.to_string().contains("hub site is not closed"),
        "{refused}"
    );
}
