//! Signatures stripped, moved, and made by somebody who may not.

use super::{Clinic, HOUR, moment};
use record::cbor::Value;
use record::certificate::{Certificate, NotAuthorised};
use record::entry::Entry;
use record::envelope::{self, seal};
use record::keys::SigningKey;
use record::role::Role;
use record::scope::Subject;

#[test]
fn attack_a_decision_whose_signature_was_stripped_is_refused_as_unsigned() {
    let clinic = Clinic::new();
    assert_eq!(
        clinic.judge(&clinic.sealed(clinic.patient, clinic.decision())),
        Ok(()),
        "the decision counts as it was signed"
    );
    // The writer refuses it, so it is put there by a program that does not.
    let entry = Entry {
        signed: None,
        ..clinic.decision()
    };
    let position = clinic.opened.store.position(clinic.site()).unwrap();
    let refused = seal(
        position,
        Subject::Patient(clinic.patient),
        &clinic.key,
        [1; 24],
        std::slice::from_ref(&entry),
        &clinic.opened.device_signing,
    );
    assert!(matches!(
        refused,
        Err(envelope::Error::Entry(record::entry::Error::NotSigned))
    ));
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(
        clinic.says(&clinic.root, &envelope, &entry),
        Err(NotAuthorised::Missing)
    );
}

#[test]
fn attack_a_signed_decision_moved_to_another_patient_is_refused_as_given_elsewhere() {
    let clinic = Clinic::new();
    let other = clinic.laptop.patient();
    let lifted = clinic.sealed(other, clinic.decision());
    assert_eq!(clinic.judge(&lifted), Err(NotAuthorised::Elsewhere));
}

#[test]
fn attack_a_signed_decision_played_again_at_a_later_place_is_refused_as_given_elsewhere() {
    let mut clinic = Clinic::new();
    let decision = clinic.decision();
    clinic.keep(decision.clone());
    let again = clinic.sealed(clinic.patient, decision);
    assert_eq!(clinic.judge(&again), Err(NotAuthorised::Elsewhere));
}

#[test]
fn attack_a_signed_decision_with_other_words_is_refused_as_not_fitting() {
    let clinic = Clinic::new();
    let reworded = Entry {
        body: Value::Text("routine".into()),
        ..clinic.decision()
    };
    let envelope = clinic.sealed(clinic.patient, reworded);
    assert_eq!(clinic.judge(&envelope), Err(NotAuthorised::Signature));
}

#[test]
fn attack_a_decision_signed_by_the_wrong_role_is_refused_for_the_role() {
    let clinic = Clinic::with(Role::ClinicalSafetyOfficer, 24 * HOUR);
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(clinic.judge(&envelope), Err(NotAuthorised::Role));
}

#[test]
fn attack_a_decision_signed_with_an_expired_key_is_refused_for_the_time() {
    let clinic = Clinic::with(Role::Nurse, HOUR);
    clinic.laptop.pass(HOUR + 1);
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(clinic.judge(&envelope), Err(NotAuthorised::Expired));
}

#[test]
fn attack_a_decision_signed_with_a_retired_key_is_refused_and_what_was_signed_before_counts() {
    let mut clinic = Clinic::new();
    let before = clinic.keep(clinic.decision());
    clinic.retire();
    let after = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(clinic.judge(&before), Ok(()));
    assert_eq!(clinic.judge(&after), Err(NotAuthorised::Retired));
}

#[test]
fn attack_a_decision_signed_under_a_root_that_was_not_enrolled_is_refused_as_unknown() {
    let clinic = Clinic::new();
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    let entries = envelope.open(&clinic.key).unwrap();
    let stranger = Certificate::root(
        clinic.opened.identity.service,
        "Tyne".into(),
        moment(&clinic.laptop),
        &SigningKey::from_seed(&[9; 32]),
    );
    assert_eq!(clinic.says(&clinic.root, &envelope, &entries[0]), Ok(()));
    assert_eq!(
        clinic.says(&stranger.unwrap(), &envelope, &entries[0]),
        Err(NotAuthorised::Unknown)
    );
}
