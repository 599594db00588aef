//! A warrant: two people or nothing, for these records and no other, readable without a key.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use record::certificate::{Certificate, Fingerprint, Grant, Validity};
use record::id::{DeviceId, PatientId, ServiceId};
use record::keys::SigningKey;
use record::moment::Moment;
use record::role::Role;
use record::warrant::{
    Claims, ErasuresDigest, Error, Hand, MAX_RECORDS, Proof, Unproven, Warrant, WarrantId,
};
use samples::{administrator_key, certificates, moment, patient, root_key, service, staff_key};

/// Somebody who signs: their certificates and their key.
struct Signer {
    chain: Vec<Certificate>,
    key: SigningKey,
}

impl Signer {
    fn administrator() -> Self {
        let [root, administrator, ..] = certificates();
        Self {
            chain: vec![root, administrator],
            key: administrator_key(),
        }
    }

    fn of_role(role: Role) -> Self {
        Self::of_grant(samples::nurse(role))
    }

    fn of_grant(grant: Grant) -> Self {
        let [root, administrator, ..] = certificates();
        let key = staff_key();
        let issued =
            administrator.issue(grant, key.verifying_key(), moment(), &administrator_key());
        Self {
            chain: vec![root, administrator, issued.unwrap()],
            key,
        }
    }

    fn sign(&self, claims: &Claims) -> Hand {
        Hand {
            warrant: Warrant::sign(claims, &self.key).unwrap(),
            chain: self.chain.clone(),
        }
    }

    fn asks(&self) -> Hand {
        self.sign(&self.claims())
    }

    fn confirms(&self, asked: &Hand) -> Hand {
        self.sign(&Claims {
            confirms: Some(asked.warrant.id()),
            ..self.claims()
        })
    }

    fn claims(&self) -> Claims {
        Claims {
            service: service(),
            authority: self.chain.last().unwrap().id(),
            claimed: moment(),
            records: vec![patient()],
            confirms: None,
        }
    }
}

fn lead() -> Signer {
    Signer::of_role(Role::Lead)
}

fn enrolled() -> Fingerprint {
    certificates()[0].fingerprint().unwrap()
}

fn check(hands: &[&Hand]) -> Result<Vec<PatientId>, Unproven> {
    let proof = Proof {
        hands: hands.iter().map(|hand| (*hand).clone()).collect(),
    };
    let read = Proof::from_bytes(&proof.to_bytes()).unwrap();
    assert_eq!(read, proof);
    let proven = read.check(service(), &enrolled())?;
    assert_eq!(proven.id(), hands[1].warrant.id());
    assert_eq!(proven.bytes(), proof.to_bytes());
    Ok(proven.records().to_vec())
}

#[test]
fn two_people_who_may_prove_an_erasure_of_the_records_they_named() {
    let asked = lead().asks();
    let confirmed = Signer::administrator().confirms(&asked);
    assert_eq!(check(&[&asked, &confirmed]), Ok(vec![patient()]));
    let asked = Signer::administrator().asks();
    let confirmed = lead().confirms(&asked);
    assert_eq!(check(&[&asked, &confirmed]), Ok(vec![patient()]));
}

#[test]
fn attack_one_signature_alone_is_refused_as_not_two() {
    let asked = lead().asks();
    let confirmed = Signer::administrator().confirms(&asked);
    assert_eq!(check(&[]), Err(Unproven::NotTwo));
    assert_eq!(check(&[&asked]), Err(Unproven::NotTwo));
    assert_eq!(check(&[&confirmed]), Err(Unproven::NotTwo));
    assert_eq!(
        check(&[&asked, &confirmed, &confirmed]),
        Err(Unproven::NotTwo)
    );
}

#[test]
fn attack_the_same_person_twice_is_refused_as_the_same_person_on_another_laptop_too() {
    let asked = lead().asks();
    let again = lead().confirms(&asked);
    assert_eq!(check(&[&asked, &again]), Err(Unproven::SamePerson));
    assert_eq!(check(&[&asked, &asked]), Err(Unproven::SamePerson));
    let Grant::Staff {
        staff,
        name,
        role,
        sites,
        valid,
        ..
    } = samples::nurse(Role::Lead)
    else {
        panic!("a nurse is staff");
    };
    let device = DeviceId::from_random([0x77; 16]);
    let elsewhere = Signer::of_grant(Grant::Staff {
        staff,
        name,
        role,
        sites,
        device,
        valid,
    });
    let again = elsewhere.confirms(&asked);
    assert_eq!(check(&[&asked, &again]), Err(Unproven::SamePerson));
}

#[test]
fn attack_a_role_that_signs_no_erasures_is_refused_for_the_role() {
    let asked = Signer::administrator().asks();
    for role in Role::ALL {
        if matches!(role, Role::Lead | Role::Administrator) {
            continue;
        }
        let confirmed = Signer::of_role(role).confirms(&asked);
        assert_eq!(
            check(&[&asked, &confirmed]),
            Err(Unproven::Role),
            "{role:?}"
        );
    }
    let laptop = Signer::of_grant(samples::laptop());
    let confirmed = laptop.confirms(&asked);
    assert_eq!(check(&[&asked, &confirmed]), Err(Unproven::Role));
}

#[test]
fn attack_a_certificate_that_did_not_hold_is_refused_as_expired() {
    let Grant::Staff {
        staff,
        name,
        role,
        sites,
        device,
        valid,
    } = samples::nurse(Role::Lead)
    else {
        panic!("a nurse is staff");
    };
    let before = Moment::new(valid.not_before - jiff::SignedDuration::from_millis(1), 0).unwrap();
    let after = Moment::new(valid.not_after + jiff::SignedDuration::from_millis(1), 0).unwrap();
    let lead = Signer::of_grant(Grant::Staff {
        staff,
        name,
        role,
        sites,
        device,
        valid,
    });
    let asked = Signer::administrator().asks();
    let signed_at = |claimed| {
        lead.sign(&Claims {
            claimed,
            confirms: Some(asked.warrant.id()),
            ..lead.claims()
        })
    };
    for outside in [before, after] {
        assert_eq!(
            check(&[&asked, &signed_at(outside)]),
            Err(Unproven::Expired)
        );
    }
    let Validity {
        not_before,
        not_after,
    } = valid;
    for inside in [not_before, not_after] {
        let inside = Moment::new(inside, 0).unwrap();
        assert!(check(&[&asked, &signed_at(inside)]).is_ok());
    }
}

#[test]
fn attack_a_proof_of_another_service_or_under_another_root_is_refused_as_such() {
    let asked = lead().asks();
    let other = Signer::administrator();
    let confirmed = other.sign(&Claims {
        service: ServiceId::from_random([0x99; 16]),
        confirms: Some(asked.warrant.id()),
        ..other.claims()
    });
    assert_eq!(check(&[&asked, &confirmed]), Err(Unproven::OtherService));
    let root = Certificate::root(service(), "Another".into(), moment(), &staff_key()).unwrap();
    let enrolled = root.fingerprint().unwrap();
    let confirmed = Signer::administrator().confirms(&asked);
    let proof = Proof {
        hands: vec![asked, confirmed],
    };
    assert_eq!(
        proof.check(service(), &enrolled),
        Err(Unproven::Certificates)
    );
}

#[test]
fn attack_a_chain_that_was_cut_is_refused_for_its_certificates() {
    let asked = lead().asks();
    let mut confirmed = Signer::administrator().confirms(&asked);
    confirmed.chain.remove(0);
    assert_eq!(check(&[&asked, &confirmed]), Err(Unproven::Certificates));
    confirmed.chain.clear();
    assert_eq!(check(&[&asked, &confirmed]), Err(Unproven::Certificates));
}

#[test]
fn attack_a_signature_for_one_patient_is_refused_for_another() {
    let other = PatientId::from_random([0x55; 16]);
    let (lead, administrator) = (lead(), Signer::administrator());
    let asked = lead.asks();
    let for_other = administrator.sign(&Claims {
        records: vec![other],
        confirms: Some(asked.warrant.id()),
        ..administrator.claims()
    });
    assert_eq!(check(&[&asked, &for_other]), Err(Unproven::OtherRecords));
    // A confirmation of something else that was asked for the same patient.
    let elsewhere = lead.sign(&Claims {
        claimed: Moment::new(moment().at(), 0).unwrap(),
        ..lead.claims()
    });
    let confirmed = administrator.confirms(&elsewhere);
    assert_eq!(check(&[&asked, &confirmed]), Err(Unproven::OtherRecords));
    // Two who asked, neither having seen the other.
    let also = administrator.asks();
    assert_eq!(check(&[&asked, &also]), Err(Unproven::OtherRecords));
    // The wrong way round.
    let confirmed = administrator.confirms(&asked);
    assert_eq!(check(&[&confirmed, &asked]), Err(Unproven::OtherRecords));
}

#[test]
fn attack_records_put_in_the_place_of_those_that_were_signed_do_not_bear_the_signature() {
    let asked = lead().asks();
    let confirmed = Signer::administrator().confirms(&asked);
    let put = |hand: &Hand| {
        let mut bytes = hand.warrant.to_bytes();
        let own = *patient().as_bytes();
        let at = bytes.windows(16).position(|part| part == own).unwrap();
        bytes[at] ^= 1;
        Hand {
            warrant: Warrant::from_bytes(&bytes).unwrap(),
            ..hand.clone()
        }
    };
    assert_eq!(check(&[&put(&asked), &confirmed]), Err(Unproven::Signature));
    assert_eq!(check(&[&asked, &put(&confirmed)]), Err(Unproven::Signature));
}

#[test]
fn attack_a_warrant_under_somebody_elses_certificate_is_refused_for_its_signature() {
    let asked = lead().asks();
    let mut confirmed = Signer::administrator().confirms(&asked);
    confirmed.chain = lead().chain;
    assert_eq!(check(&[&asked, &confirmed]), Err(Unproven::Signature));
    let by_root = Signer {
        chain: certificates()[..1].to_vec(),
        key: root_key(),
    };
    let confirmed = by_root.confirms(&asked);
    assert_eq!(check(&[&asked, &confirmed]), Err(Unproven::Role));
}

#[test]
fn a_warrant_names_at_least_one_record_and_each_once_in_order() {
    let lead = lead();
    let named = |records: Vec<PatientId>| {
        let claims = Claims {
            records,
            ..lead.claims()
        };
        Warrant::sign(&claims, &lead.key).map(|_| ())
    };
    let many =
        |count: usize| (0..count).map(|at| PatientId::from_bytes([u8::try_from(at).unwrap(); 16]));
    assert_eq!(named(vec![]), Err(Error::Claims));
    assert_eq!(named(vec![patient(), patient()]), Err(Error::Claims));
    assert_eq!(named(many(2).rev().collect()), Err(Error::Claims));
    assert_eq!(named(many(MAX_RECORDS + 1).collect()), Err(Error::Claims));
    assert_eq!(named(many(MAX_RECORDS).collect()), Ok(()));
}

#[test]
fn a_warrant_says_nothing_of_a_patient_but_the_id_that_stands_in_every_header() {
    let bytes = lead().asks().warrant.to_bytes();
    let names = ["Lead", "court", "Order"];
    assert!(names.iter().all(|name| {
        !bytes
            .windows(name.len())
            .any(|part| part == name.as_bytes())
    }));
    // Format, suite, service, authority, moment, one record, and the signature.
    assert_eq!(bytes.len(), 160);
}

#[test]
fn each_refusal_has_a_sentence_of_its_own_that_says_what_to_do() {
    let all = [
        Unproven::Unreadable,
        Unproven::Newer,
        Unproven::NotTwo,
        Unproven::SamePerson,
        Unproven::OtherRecords,
        Unproven::OtherService,
        Unproven::Certificates,
        Unproven::Role,
        Unproven::Expired,
        Unproven::Signature,
    ];
    let mut words: Vec<String> = all.iter().map(ToString::to_string).collect();
    assert!(
        words
            .iter()
            .all(|words| words.matches(". ").count() == 1 && words.ends_with('.'))
    );
    words.sort();
    words.dedup();
    assert_eq!(words.len(), all.len());
}

proptest! {
    #[test]
    fn a_proof_with_a_bit_changed_anywhere_proves_nothing(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let asked = lead().asks();
        let confirmed = Signer::administrator().confirms(&asked);
        let mut bytes = Proof { hands: vec![asked, confirmed] }.to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(proof) = Proof::from_bytes(&bytes) {
            prop_assert!(proof.check(service(), &enrolled()).is_err());
        }
    }

    #[test]
    fn the_digest_of_erasures_is_of_the_set_and_not_of_its_order(
        ids in prop::collection::vec(any::<[u8; 32]>(), 0..6).prop_map(|all| all.into_iter().map(WarrantId::from_bytes).collect::<Vec<_>>())
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let (all, shuffled) = ids;
        prop_assert_eq!(ErasuresDigest::of(&all), ErasuresDigest::of(&shuffled));
        let fewer = &all[..all.len().saturating_sub(1)];
        let same = fewer.iter().chain(all.last()).all(|id| fewer.contains(id));
        prop_assert_eq!(ErasuresDigest::of(fewer) == ErasuresDigest::of(&all), same);
    }

    #[test]
    fn bytes_that_are_no_proof_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Proof::from_bytes(&bytes);
        let _ = Warrant::from_bytes(&bytes);
    }
}
