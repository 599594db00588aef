//! Envelopes altered, moved, removed and played again.

use record::envelope::{self, Envelope};

use super::Clinic;
use crate::tests::laptop::{Chance, Laptop};
use crate::*;

#[test]
fn attack_an_envelope_altered_in_any_byte_of_its_content_is_refused_as_changed() {
    let clinic = Clinic::new();
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    let bytes = envelope.to_bytes();
    // The sealed content is the last part: one hash, nonce to tag.
    for at in bytes.len() - 100..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert_eq!(
            Envelope::from_bytes(&altered),
            Err(envelope::Error::ContentChanged)
        );
    }
}

#[test]
fn attack_a_header_altered_in_any_bit_is_never_taken_for_the_devices() {
    let clinic = Clinic::new();
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    let device = clinic.opened.device_signing.verifying_key();
    let bytes = envelope.to_bytes();
    let mut signatures = 0;
    for bit in 0..250 * 8 {
        let mut altered = bytes.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        let refused = Envelope::from_bytes(&altered).and_then(|read| read.verify(&device));
        signatures += usize::from(matches!(refused, Err(envelope::Error::Signature(_))));
        assert!(refused.is_err(), "bit {bit}");
    }
    assert!(signatures > 500, "{signatures}");
}

#[test]
fn attack_an_envelope_changed_inside_the_journal_is_found_by_the_chain() {
    let mut clinic = Clinic::new();
    let faults = clinic.tampered(
        "UPDATE envelope SET bytes = zeroblob(length(bytes)) WHERE sequence = 2 AND scope LIKE 'site:%'",
    );
    assert!(matches!(
        faults[..],
        [ChainFault::Changed { sequence: 2, .. }]
    ));
}

#[test]
fn attack_envelopes_in_another_order_are_found_by_the_chain() {
    let mut clinic = Clinic::new();
    let faults = clinic.tampered(
        "UPDATE envelope SET sequence = 5 - sequence WHERE sequence IN (2, 3) AND scope LIKE 'site:%'",
    );
    assert!(matches!(
        faults[..],
        [ChainFault::Reordered { sequence: 2, .. }]
    ));
}

#[test]
fn attack_a_removed_envelope_is_found_by_the_chain_the_last_one_too() {
    for sequence in 1..=3 {
        let mut clinic = Clinic::new();
        let faults = clinic.tampered(&format!(
            "DELETE FROM envelope WHERE sequence = {sequence} AND scope LIKE 'site:%'"
        ));
        assert!(matches!(faults[..], [ChainFault::Missing { sequence: at, .. }] if at == sequence));
    }
}

#[test]
fn attack_a_replayed_envelope_is_not_kept_twice_and_is_found_by_the_chain() {
    let mut clinic = Clinic::new();
    let faults = clinic.tampered(
        "INSERT INTO envelope (id, scope, subject, device, incarnation, sequence, bytes)
         SELECT randomblob(32), scope, subject, device, incarnation, 4, bytes
         FROM envelope WHERE sequence = 1 AND scope LIKE 'site:%'",
    );
    assert!(matches!(
        faults[..],
        [ChainFault::Replayed { sequence: 1, .. }]
    ));
    let mut other = Clinic::new();
    let kept = other.keep(other.decision());
    assert_eq!(
        other
            .opened
            .store
            .append(&[kept], Derived::default())
            .unwrap(),
        0
    );
}

#[test]
fn attack_a_key_that_is_not_the_committed_one_does_not_open_an_envelope() {
    let clinic = Clinic::new();
    let envelope = clinic.sealed(clinic.patient, clinic.decision());
    assert_eq!(
        envelope.open(&clinic.laptop.key()),
        Err(envelope::Error::WrongKey)
    );
}

#[test]
fn attack_an_envelope_of_another_clinic_is_not_kept() {
    let mut mine = Clinic::new();
    let other = Laptop::new();
    *other.chance.borrow_mut() = Chance::new(2);
    let (foreign, _) = other.set_up();
    let envelope = other.envelope(&foreign, other.patient(), &other.key(), "theirs");
    assert!(matches!(
        mine.opened.store.append(&[envelope], Derived::default()),
        Err(StoreError::OtherService)
    ));
}
