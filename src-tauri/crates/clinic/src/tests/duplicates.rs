//! Safety 12: the hub sees what the spokes cannot, names it, and leaves it to a person.

use jiff::SignedDuration;
use record::id::PatientId;
use store::{Derived, KnownBy, Summary};

use super::Room;
use super::enrolling::Two;
use super::forms::referral;
use super::room::PASSPHRASE;
use crate::known_by::SAME_NUMBER;
use crate::refusal::Refusal;
use crate::view::{Duplicates, ReferralForm, StaffChangeForm};
use crate::{exchanging, person, staff, worklist};

const NUMBER: &str = "999 160 9938";

fn of(family: &str, given: &str, number: &str) -> ReferralForm {
    ReferralForm {
        nhs_number: number.into(),
        ..referral(family, given)
    }
}

/// A hub that has one record of its own and one of the spoke, which may be of one person.
fn both() -> (Two, String, String) {
    let mut two = Two::joined();
    let here = two.hub.refer(of("Ndlovu", "Thabo", NUMBER));
    let there = two.spoke.refer(of("Ndlovu-Hart", "Tabo", NUMBER));
    bring(&mut two);
    (two, here, there)
}

/// What the spoke wrote comes to the hub.
fn bring(two: &mut Two) {
    let store = &two.spoke.desk.sitting().unwrap().opened.store;
    let envelopes = store.envelopes_in(two.spoke_scope()).unwrap();
    let taken = exchanging::take_in(&mut two.hub.desk, &envelopes).unwrap();
    assert!(taken.refused.is_empty());
}

fn pairs(room: &mut Room) -> Duplicates {
    worklist::duplicates(&mut room.desk).unwrap()
}

fn counted(room: &mut Room) -> u32 {
    let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0);
    list.unwrap().duplicates
}

#[test]
fn safety_12_records_of_two_sites_with_one_number_are_named_at_the_hub_side_by_side() {
    let (mut two, here, there) = both();
    assert_eq!(counted(&mut two.hub), 1);
    let shown = pairs(&mut two.hub);
    let [pair] = shown.pairs.as_slice() else {
        panic!("{shown:?}");
    };
    let mut ids = [pair.one.clone(), pair.other.clone()];
    let mut wanted = [here, there];
    ids.sort();
    wanted.sort();
    assert_eq!(ids, wanted);
    assert_eq!(pair.why, "Same NHS number");
    let differs = |label: &str| {
        let row = pair.rows.iter().find(|row| row.label == label);
        row.map(|row| row.differs)
    };
    assert_eq!(differs("Site"), Some(true));
    assert_eq!(differs("Name"), Some(true));
    assert_eq!(differs("NHS number"), Some(false));
    assert!(shown.at_hub);
}

#[test]
fn safety_12_a_spoke_compares_nothing_and_says_so() {
    let (mut two, _, _) = both();
    // The spoke sees one of them, and is told of none.
    assert_eq!(counted(&mut two.spoke), 0);
    let shown = pairs(&mut two.spoke);
    assert!(shown.pairs.is_empty());
    assert!(!shown.at_hub);
}

#[test]
fn safety_12_the_same_names_and_birth_date_are_named_in_whatever_order_they_stand() {
    let mut two = Two::joined();
    two.hub.refer(referral("Ndlovu", "Thabo"));
    two.spoke.refer(referral("Thabo", "Ndlovu"));
    two.spoke.refer(ReferralForm {
        born: "1950-01-01".into(),
        ..referral("Ndlovu", "Thabo")
    });
    bring(&mut two);
    let shown = pairs(&mut two.hub);
    assert_eq!(shown.pairs.len(), 1);
    assert_eq!(shown.pairs[0].why, "Same names and same date of birth");
}

#[test]
fn two_records_of_one_site_are_not_among_them() {
    let mut two = Two::joined();
    two.hub.refer(of("Ndlovu", "Thabo", NUMBER));
    two.hub.refer(of("Ndlovu", "Tabo", NUMBER));
    assert!(pairs(&mut two.hub).pairs.is_empty());
}

#[test]
fn safety_12_a_pair_is_gone_once_somebody_linked_it_and_is_not_asked_again_when_it_was_parted() {
    let (mut two, here, there) = both();
    let hub = &mut two.hub;
    person::link_records(&mut hub.desk, here.clone(), there.clone(), "number".into()).unwrap();
    assert!(pairs(hub).pairs.is_empty());
    // Parted by a person: that is said too, and they are not asked again.
    person::part_records(&mut hub.desk, here, there, "person".into()).unwrap();
    assert!(pairs(hub).pairs.is_empty());
}

#[test]
fn safety_12_a_pair_that_somebody_told_apart_stays_two_people_and_is_not_named_again() {
    let (mut two, here, there) = both();
    let hub = &mut two.hub;
    let apart = |room: &mut Room, grounds: &str| {
        worklist::tell_apart(&mut room.desk, here.clone(), there.clone(), grounds.into())
    };
    assert!(matches!(apart(hub, ""), Err(Refusal::Invalid(_))));
    assert!(apart(hub, "person").unwrap().pairs.is_empty());
    assert_eq!(counted(hub), 0);
    let list = worklist::worklist(&mut hub.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(list.rows.len(), 2);
}

#[test]
fn nobody_tells_apart_a_record_that_they_may_not_look_at() {
    let (mut two, here, there) = both();
    let sites = [two.hub_site().to_string(), two.site.clone()];
    let hub = &mut two.hub;
    let works_at = |room: &mut Room, sites: &[String]| {
        room.turn(SignedDuration::from_mins(1));
        let form = StaffChangeForm {
            role: "consultant".into(),
            sites: sites.to_vec(),
            own_passphrase: PASSPHRASE.into(),
        };
        staff::change_colleague(&mut room.desk, room.osei.clone(), form).unwrap();
    };
    works_at(hub, &sites[..1]);
    let refused = worklist::tell_apart(&mut hub.desk, here, there, "person".into());
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("your certificate does not list"), "{said}");
    works_at(hub, &sites);
    assert_eq!(pairs(hub).pairs.len(), 1, "nothing was written");
}

impl Room {
    /// So many groups of two records of one site that share a number: their rows, and nothing else.
    fn share_numbers(&mut self, like: &str, groups: u32) {
        let store = &mut self.desk.sitting_mut().unwrap().opened.store;
        let row = store.summary(like.parse().unwrap()).unwrap().unwrap();
        let rows = (0..2 * groups).map(|number| {
            let mut id = [0xee; 16];
            id[12..].copy_from_slice(&number.to_be_bytes());
            let patient = PatientId::from_bytes(id);
            Summary {
                patient,
                known_by: KnownBy {
                    items: vec![format!("{SAME_NUMBER}{:010}", number / 2)],
                    ..KnownBy::default()
                },
                standing: row.standing.clone(),
                json: row.json.replace(like, &patient.to_string()),
            }
        });
        let rows: Vec<Summary> = rows.collect();
        let derived = Derived {
            summaries: &rows,
            lamport: store.lamport().unwrap(),
            ..Derived::default()
        };
        store.append(&[], derived).unwrap();
    }
}

#[test]
fn safety_12_a_pair_is_named_however_many_records_of_one_site_have_something_in_common() {
    let (mut two, here, _) = both();
    two.hub.share_numbers(&here, 201);
    assert_eq!(pairs(&mut two.hub).pairs.len(), 1);
}
