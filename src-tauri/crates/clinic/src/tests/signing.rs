//! A signature knows what it saw, and can be checked by anybody who has the certificates.

use record::body::Decision;
use record::certificate::{Certificate, Chain, Grant, check_signed};
use record::entry::Kind;
use record::scope::{Scope, Subject};

use super::Room;
use super::forms::{own_choice, present};
use crate::case::body_of;
use crate::decide;
use crate::desk::patient_id;
use crate::intake;
use crate::refusal::Refusal;
use crate::view::{DecisionForm, FaultCode, ReferralForm};

#[test]
fn an_entry_that_arrives_after_the_screen_was_drawn_blocks_the_signature() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let form = ReferralForm {
        phone: "01632 960123".into(),
        ..super::forms::referral("Ndlovu", "Thabo")
    };
    intake::save_referral(&mut room.desk, form, Some(patient)).unwrap();
    let refused = decide::sign_decision(&mut room.desk, assessment.clone(), own_choice(&drawn));
    assert!(matches!(refused, Err(Refusal::Stale(_))));
    let again = room.result(&assessment);
    assert!(again.decision.is_none());
    assert!(decide::sign_decision(&mut room.desk, assessment, own_choice(&again)).is_ok());
}

#[test]
fn a_decision_says_what_arrived_after_it_was_signed() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let signed = room.sign(&assessment).decision.unwrap();
    assert_eq!(signed.not_seen, Vec::<String>::new());
    let next = room.start(&patient);
    room.answer(&next, "crps-pattern", present());
    room.row(
        &next,
        "allergy",
        &[
            ("substance", "Latex"),
            ("reaction", "Rash"),
            ("kind", "allergy"),
        ],
    );
    let later = room.result(&assessment).decision.unwrap();
    assert_eq!(later.not_seen.len(), 2);
    assert!(later.not_seen[0].starts_with("a warning sign ("));
    assert!(later.not_seen[0].ends_with(": present)"));
    assert_eq!(later.not_seen[1], "an allergy (Latex)");
}

#[test]
fn signing_needs_the_passphrase_and_wrong_ones_are_counted_as_at_the_door() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let wrong = DecisionForm {
        passphrase: "not the passphrase".into(),
        ..own_choice(&drawn)
    };
    let mut codes = Vec::new();
    for _ in 0..6 {
        let refused = decide::sign_decision(&mut room.desk, assessment.clone(), wrong.clone());
        let fault = crate::view::Fault::from(refused.unwrap_err());
        codes.push((fault.code, fault.wait_seconds.is_some()));
    }
    assert_eq!(codes[0], (FaultCode::Invalid, false));
    assert_eq!(codes[5], (FaultCode::WrongPassphrase, true));
    let waiting = decide::sign_decision(&mut room.desk, assessment.clone(), own_choice(&drawn));
    assert!(waiting.is_err(), "the right one waits too");
    assert!(room.result(&assessment).decision.is_none());
    room.turn(jiff::SignedDuration::from_hours(2));
    assert!(decide::sign_decision(&mut room.desk, assessment, own_choice(&drawn)).is_ok());
}

#[test]
fn something_other_than_the_proposal_is_signed_only_with_a_reason_in_a_sentence() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    for (reason, sentence, field) in [
        ("", "Seen together today", "reason"),
        ("because", "Seen together today", "reason"),
        ("patient-wish", "Wish", "reason_text"),
    ] {
        let form = DecisionForm {
            reason: reason.into(),
            reason_text: sentence.into(),
            ..own_choice(&drawn)
        };
        let refused = decide::sign_decision(&mut room.desk, assessment.clone(), form);
        assert!(matches!(refused, Err(Refusal::Invalid(fields)) if fields[0].field == field));
    }
    let signed = room.sign(&assessment).decision.unwrap();
    assert!(!signed.as_proposed);
    assert!(
        signed
            .reason
            .unwrap()
            .starts_with("Clinical judgement: Seen together")
    );
    assert!(
        signed
            .signed
            .starts_with("Ama Osei, consultant, 24-Nov-2026")
    );
}

#[test]
fn an_urgency_or_a_destination_that_is_not_on_the_list_is_not_signed() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    for (lead, urgency, field) in [
        ("D99", "soon", "lead"),
        ("D05", "not-settled", "urgency"),
        ("D05", "", "urgency"),
    ] {
        let form = DecisionForm {
            lead: lead.into(),
            urgency: urgency.into(),
            ..own_choice(&drawn)
        };
        let refused = decide::sign_decision(&mut room.desk, assessment.clone(), form);
        assert!(matches!(refused, Err(Refusal::Invalid(fields)) if fields[0].field == field));
    }
}

pub(super) fn certificates(room: &Room) -> Vec<Certificate> {
    let entries = room
        .desk
        .sitting()
        .unwrap()
        .open_all(Subject::Service)
        .unwrap();
    entries
        .iter()
        .filter(|placed| placed.entry.kind == Kind::CERTIFICATE)
        .map(|placed| match &placed.entry.body {
            record::cbor::Value::Bytes(bytes) => Certificate::from_bytes(bytes).unwrap(),
            _ => panic!("a certificate is bytes"),
        })
        .collect()
}

/// From the root down to the certificate with this id.
fn chain_to(all: &[Certificate], last: &Certificate) -> Vec<Certificate> {
    let mut chain = vec![last.clone()];
    while let Some(issuer) = chain[0].claims().issuer {
        let above = all
            .iter()
            .find(|certificate| certificate.id() == issuer)
            .unwrap();
        chain.insert(0, above.clone());
    }
    chain
}

#[test]
fn a_signed_decision_verifies_against_its_certificates_down_from_the_root() {
    let mut room = Room::live();
    let (patient, assessment) = room.finished();
    room.seat_a(record::role::Role::Physiotherapist);
    room.sign(&assessment);
    let all = certificates(&room);
    let enrolled = all.iter().find_map(Certificate::fingerprint).unwrap();
    let patient = patient_id(&patient).unwrap();
    let store = &room.desk.sitting().unwrap().opened.store;
    let mut seen = 0;
    for envelope in store.envelopes_of(Subject::Patient(patient)).unwrap() {
        let key = store.content_key(envelope.header().key).unwrap().unwrap();
        for (index, entry) in envelope.open(&key).unwrap().iter().enumerate() {
            let Some(signed) = &entry.signed else {
                continue;
            };
            assert!(body_of::<Decision>(entry).is_some());
            let own = all.iter().find(|one| one.id() == signed.authority).unwrap();
            let chain = chain_to(&all, own);
            let checked = Chain::new(&chain).check(&enrolled).unwrap();
            assert!(matches!(checked.claims().grant, Grant::Staff { .. }));
            let index = u16::try_from(index).unwrap();
            check_signed(entry, envelope.header(), index, checked).unwrap();
            let mut altered = entry.clone();
            altered.lamport += 1;
            assert!(check_signed(&altered, envelope.header(), index, checked).is_err());
            seen += 1;
        }
    }
    assert_eq!(seen, 1);
}

#[test]
fn every_envelope_verifies_with_the_devices_key_and_the_streams_have_no_gap() {
    let mut room = Room::live();
    let (_, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    room.agree(&assessment).unwrap();
    let sitting = room.desk.sitting().unwrap();
    let store = &sitting.opened.store;
    let device = sitting.opened.device_signing.verifying_key();
    let site = Scope::Site(sitting.opened.identity.site);
    let mut count = 0;
    for scope in [Scope::Service, Scope::Audit, site] {
        let mut before: Option<record::envelope::Envelope> = None;
        for envelope in store.envelopes_in(scope).unwrap() {
            envelope.verify(&device).unwrap();
            if let Some(before) = before {
                assert_eq!(
                    envelope.header().position(),
                    record::envelope::Position::after(&before)
                );
            }
            before = Some(envelope);
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}
