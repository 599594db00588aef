//! The end of a record: two people, and nothing of it is left but headers.

use record::body::Erasure;
use record::entry::Basis;
use record::envelope::Envelope;
use record::id::DeviceId;
use record::keys::VerifyingKey;
use record::role::Role;
use record::scope::{Scope, Subject};

use super::Room;
use super::forms::{referral, text};
use super::room::PASSPHRASE;
use crate::desk::{Line, Sign, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ErasureForm, ErasuresView, PersonView, ReferralForm};
use crate::{door, patient, person, worklist};

const NUMBER: &str = "9991609938";

/// Words of the patient that stand in every place that takes text.
const WORDS: [&str; 3] = ["quartermain", NUMBER, "burning like electricity"];

/// A room with a lead at the desk, another lead, and a patient with an assessment under way.
fn ready() -> (Room, [String; 2], String) {
    let mut room = Room::demo();
    let leads = [("Robin Lead", 1), ("Sam Lead", 2)].map(|(name, _)| room.hire(name, Role::Lead));
    let form = ReferralForm {
        nhs_number: NUMBER.into(),
        letter: "burning like electricity".into(),
        ..referral("Quartermain", "Thabo")
    };
    let gone = room.refer(form);
    let assessment = room.start(&gone);
    room.answer(&assessment, "pain-main", text("burning like electricity"));
    room.refer(referral("Okafor", "Emeka"));
    room.seat(&leads[0]);
    (room, leads, gone)
}

pub(super) fn ask(room: &mut Room, patient: &str) -> Result<PersonView, Refusal> {
    let form = ErasureForm {
        ground: "court".into(),
        reference: "Order 12 of 2026".into(),
        passphrase: PASSPHRASE.into(),
    };
    person::ask_erasure(&mut room.desk, patient.into(), form)
}

pub(super) fn confirm(room: &mut Room) -> Result<ErasuresView, Refusal> {
    let asked = person::erasures(&mut room.desk).unwrap().asked;
    let entry = asked
        .first()
        .map(|line| line.asked.clone())
        .unwrap_or_default();
    person::confirm_erasure(&mut room.desk, entry, PASSPHRASE.into())
}

pub(super) fn erased(room: &mut Room, leads: &[String; 2], patient: &str) {
    room.seat(&leads[0]);
    ask(room, patient).unwrap();
    room.seat(&leads[1]);
    confirm(room).unwrap();
}

fn is_here(room: &mut Room, patient: &str) -> bool {
    patient::open_patient(&mut room.desk, patient.into()).is_ok()
}

/// Every envelope on this laptop.
fn journal(room: &Room) -> Vec<Envelope> {
    let sitting = room.desk.sitting().unwrap();
    let store = &sitting.opened.store;
    let site = Scope::Site(sitting.opened.identity.site);
    [site, Scope::Service, Scope::Audit]
        .into_iter()
        .flat_map(|scope| store.envelopes_in(scope).unwrap())
        .collect()
}

/// The words that stand in an entry which can still be opened.
fn readable(room: &Room) -> Vec<&'static str> {
    let store = &room.desk.sitting().unwrap().opened.store;
    let mut all = Vec::new();
    for envelope in journal(room)
        .iter()
        .filter(|envelope| !envelope.is_erased())
    {
        if let Some(key) = store.content_key(envelope.header().key).unwrap() {
            let entries = envelope.open(&key).unwrap();
            all.extend(record::entry::encode(&entries).unwrap());
        }
    }
    let all = String::from_utf8_lossy(&all).to_lowercase();
    WORDS
        .into_iter()
        .filter(|word| all.contains(word))
        .collect()
}

#[test]
fn one_signature_alone_erases_nothing() {
    let (mut room, leads, gone) = ready();
    let view = ask(&mut room, &gone).unwrap();
    let waiting = view.erasure.unwrap();
    assert!(!waiting.may_confirm && waiting.asked_by.contains("Robin Lead"));
    assert!(is_here(&mut room, &gone));
    room.seat(&leads[1]);
    assert!(is_here(&mut room, &gone));
    assert_eq!(readable(&room).len(), WORDS.len());
    assert!(ask(&mut room, &gone).is_err());
}

/// As by a program that leaves out what is signed beside it.
#[test]
fn an_erasure_that_no_hub_server_could_be_shown_is_confirmed_by_nobody() {
    let (mut room, leads, gone) = ready();
    let id = patient_id(&gone).unwrap();
    let body = Erasure {
        records: vec![id],
        step: "asked".into(),
        asked: None,
        ground: "court".into(),
        reference: "Order 12 of 2026".into(),
    };
    let line = Line::of(format!("erasure/{id}"), &body).unwrap();
    let sign = Sign {
        basis: Basis::default(),
    };
    room.desk
        .write_signed_in(Scope::Service, Subject::Service, vec![line], sign)
        .unwrap();
    room.seat(&leads[1]);
    let refused = confirm(&mut room).unwrap_err().to_string();
    assert!(refused.contains("Take it back and ask again"), "{refused}");
    assert!(is_here(&mut room, &gone));
}

#[test]
fn the_same_person_twice_erases_nothing() {
    let (mut room, _, gone) = ready();
    ask(&mut room, &gone).unwrap();
    let twice = confirm(&mut room).unwrap_err().to_string();
    assert!(twice.contains("Somebody else has to confirm"), "{twice}");
    assert!(is_here(&mut room, &gone));
}

#[test]
fn a_role_that_may_not_sign_an_erasure_is_refused_at_both_signatures() {
    let (mut room, _, gone) = ready();
    ask(&mut room, &gone).unwrap();
    let entry = person::erasures(&mut room.desk).unwrap().asked[0]
        .asked
        .clone();
    for role in [Role::Nurse, Role::Consultant, Role::ClinicalSafetyOfficer] {
        let osei = room.osei.clone();
        room.seat(&osei);
        room.seat_a(role);
        let refused =
            |answer: Option<Refusal>| matches!(answer, Some(Refusal::NotAllowed(Act::Erase)));
        assert!(refused(ask(&mut room, &gone).err()));
        let second = person::confirm_erasure(&mut room.desk, entry.clone(), PASSPHRASE.into());
        assert!(refused(second.err()));
    }
    assert!(is_here(&mut room, &gone));
}

#[test]
fn an_erasure_needs_a_ground_a_reference_the_passphrase_and_no_open_action() {
    let (mut room, _, gone) = ready();
    let nothing = person::ask_erasure(&mut room.desk, gone.clone(), ErasureForm::default());
    assert!(matches!(nothing, Err(Refusal::Invalid(faults)) if faults.len() == 2));
    let form = ErasureForm {
        ground: "retention".into(),
        reference: "Schedule 4".into(),
        passphrase: "not this one at all".into(),
    };
    let wrong = person::ask_erasure(&mut room.desk, gone.clone(), form);
    assert!(matches!(wrong, Err(Refusal::Invalid(faults)) if faults[0].field == "passphrase"));
    assert!(person::erasures(&mut room.desk).unwrap().asked.is_empty());
    room.detail_elsewhere(&gone, "family", "Hart");
    let disputed = ask(&mut room, &gone).unwrap_err().to_string();
    assert!(disputed.contains("in conflict"), "{disputed}");
}

#[test]
fn two_people_erase_and_nothing_of_the_patient_is_left_but_who_signed_it_away() {
    let (mut room, leads, gone) = ready();
    assert_eq!(readable(&room).len(), WORDS.len());
    erased(&mut room, &leads, &gone);

    let words = patient::open_patient(&mut room.desk, gone.clone())
        .unwrap_err()
        .to_string();
    assert_eq!(
        words,
        "The content of this record was erased on 24-Nov-2026 by Robin Lead and Sam Lead. Nothing of it can be opened."
    );
    assert_eq!(readable(&room), Vec::<&str>::new());
    for text in ["quartermain", NUMBER] {
        assert!(
            worklist::search(&mut room.desk, text.into())
                .unwrap()
                .hits
                .is_empty()
        );
    }
    let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(list.rows.len(), 1);
    let id = patient_id(&gone).unwrap();
    let store = &room.desk.sitting().unwrap().opened.store;
    assert!(store.still_held(&[id]).unwrap().is_empty());
    let line = person::erasures(&mut room.desk).unwrap().done.remove(0);
    assert_eq!(
        (line.reference.as_str(), line.patient),
        ("Order 12 of 2026", gone.clone())
    );
    assert!(line.confirmed_by.unwrap().starts_with("Sam Lead"));
    // Nothing new is written about somebody who is gone.
    let again = ReferralForm {
        nhs_number: NUMBER.into(),
        ..referral("Quartermain", "Thabo")
    };
    assert!(crate::intake::save_referral(&mut room.desk, again, Some(gone)).is_err());
}

#[test]
fn the_chain_still_holds_after_an_erasure() {
    let (mut room, leads, gone) = ready();
    erased(&mut room, &leads, &gone);
    let opened = &room.desk.sitting().unwrap().opened;
    let key: VerifyingKey = opened.device_signing.verifying_key();
    let known = |_: DeviceId| Some(key);
    let report = opened.store.chain_check(&known).unwrap();
    assert_eq!(report.faults, vec![]);
    assert!(journal(&room).iter().any(Envelope::is_erased));
}

#[test]
fn what_comes_back_of_an_erased_patient_is_erased_again_at_the_next_unlock() {
    let (mut room, leads, gone) = ready();
    let id = patient_id(&gone).unwrap();
    let store = &room.desk.sitting().unwrap().opened.store;
    let key = store
        .key_to_write(store::KeyHolder::Patient(id))
        .unwrap()
        .unwrap();
    erased(&mut room, &leads, &gone);
    // As after an older file: the key is there again.
    let store = &room.desk.sitting().unwrap().opened.store;
    store.put_content_key(&key).unwrap();
    assert_eq!(store.still_held(&[id]).unwrap(), [id]);
    room.seat(&leads[0]);
    let store = &room.desk.sitting().unwrap().opened.store;
    assert!(store.still_held(&[id]).unwrap().is_empty());
}

#[test]
fn a_file_restored_from_before_an_erasure_is_erased_again_when_it_is_opened() {
    let (mut room, leads, gone) = ready();
    let id = patient_id(&gone).unwrap();
    // As a backup of that day: the whole file, closed.
    let before = room.folder().join("before.db");
    room.close();
    std::fs::copy(room.desk.place.database(), &before).unwrap();
    room.unlock(&leads[0]);
    erased(&mut room, &leads, &gone);
    room.close();
    std::fs::copy(&before, room.desk.place.database()).unwrap();
    room.unlock(&leads[1]);
    let store = &room.desk.sitting().unwrap().opened.store;
    assert!(store.still_held(&[id]).unwrap().is_empty());
    assert!(!is_here(&mut room, &gone));
    assert_eq!(readable(&room), Vec::<&str>::new());
    assert_eq!(person::erasures(&mut room.desk).unwrap().done.len(), 1);
}

#[test]
fn an_erasure_that_is_no_longer_asked_for_is_confirmed_by_nobody() {
    let (mut room, leads, gone) = ready();
    ask(&mut room, &gone).unwrap();
    let entry = person::erasures(&mut room.desk).unwrap().asked[0]
        .asked
        .clone();
    let left = person::take_back_erasure(&mut room.desk, entry.clone(), PASSPHRASE.into());
    assert!(left.unwrap().asked.is_empty());
    room.seat(&leads[1]);
    let late = person::confirm_erasure(&mut room.desk, entry, PASSPHRASE.into());
    assert!(matches!(late, Err(Refusal::NotFound(_))));
    assert!(is_here(&mut room, &gone));
}

#[test]
fn every_record_of_a_person_is_erased_together() {
    let (mut room, leads, gone) = ready();
    let other = room.refer(ReferralForm {
        nhs_number: NUMBER.into(),
        ..referral("Quartermain", "Thabo")
    });
    person::link_records(&mut room.desk, gone.clone(), other.clone(), "number".into()).unwrap();
    erased(&mut room, &leads, &gone);
    assert!(!is_here(&mut room, &gone) && !is_here(&mut room, &other));
    assert_eq!(readable(&room), Vec::<&str>::new());
}

#[test]
fn what_somebody_was_typing_about_an_erased_patient_goes_with_the_rest() {
    let (mut room, leads, gone) = ready();
    let assessments = patient::open_patient(&mut room.desk, gone.clone()).unwrap();
    let running = assessments.open_assessment.unwrap();
    ask(&mut room, &gone).unwrap();
    room.seat(&leads[1]);
    room.answer(&running, "pain-main", text("burning like electricity"));
    confirm(&mut room).unwrap();
    door::lock(&mut room.desk).unwrap();
    room.unlock(&leads[1]);
    assert_eq!(readable(&room), Vec::<&str>::new());
}
