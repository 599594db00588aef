//! Certificates: a chain from the root that was read out, and signatures that were somebody's to give.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use record::certificate::{
    Certificate, Chain, ChainError, Error, Grant, NotAuthorised, check_signed,
};
use record::entry::{Entry, Kind, sign_entry};
use record::envelope::{Envelope, seal};
use record::id::{DeviceId, ServiceId, SiteId, StaffId};
use record::role::Role;
use record::scope::Subject;
use record::words::SixWords;
use samples::{
    NONCE, administrator_key, certificates, content_key, device_key, moment, position, root_key,
    staff_key, subject,
};

fn sealed(entry: Entry) -> Envelope {
    seal(
        position(),
        subject(),
        &content_key(),
        NONCE,
        &[entry],
        &device_key(),
    )
    .unwrap()
}

/// A staff certificate with this grant, and a decision signed with it.
fn signed_as(grant: Grant) -> (Certificate, Envelope, Entry) {
    let [_, administrator, ..] = certificates();
    let certificate = administrator
        .issue(
            grant,
            staff_key().verifying_key(),
            moment(),
            &administrator_key(),
        )
        .unwrap();
    let entry = samples::decision(0, certificate.id());
    let envelope = sealed(entry.clone());
    (certificate, envelope, entry)
}

fn check(grant: Grant) -> Result<(), NotAuthorised> {
    let (certificate, envelope, entry) = signed_as(grant);
    check_signed(&entry, envelope.header(), 0, &certificate)
}

#[test]
fn a_chain_from_the_enrolled_root_gives_the_last_certificate() {
    let [root, administrator, nurse, laptop] = certificates();
    let fingerprint = root.fingerprint().unwrap();
    for last in [nurse, laptop] {
        let chain = [root.clone(), administrator.clone(), last.clone()];
        assert_eq!(Chain::new(&chain).check(&fingerprint), Ok(&last));
    }
    let chain = [root, administrator.clone()];
    assert_eq!(Chain::new(&chain).check(&fingerprint), Ok(&administrator));
}

#[test]
fn a_chain_that_is_cut_mixed_or_from_elsewhere_proves_nothing() {
    let [root, administrator, nurse, laptop] = certificates();
    let fingerprint = root.fingerprint().unwrap();
    let check = |chain: &[Certificate]| {
        Chain::new(chain)
            .check(&fingerprint)
            .map(|_| ())
            .unwrap_err()
    };
    assert_eq!(check(&[]), ChainError::Empty);
    assert_eq!(
        check(&[administrator.clone(), nurse.clone()]),
        ChainError::OtherRoot
    );
    assert_eq!(check(&[root.clone(), nurse.clone()]), ChainError::Gap);
    assert_eq!(
        check(&[root.clone(), administrator.clone(), nurse.clone(), laptop]),
        ChainError::Gap
    );
    let stranger =
        Certificate::root(samples::service(), "Another".into(), moment(), &staff_key()).unwrap();
    assert_eq!(
        check(&[stranger, administrator, nurse]),
        ChainError::OtherRoot
    );
}

#[test]
fn only_the_root_makes_administrators_and_only_they_certify() {
    let [root, administrator, nurse, _] = certificates();
    let key = staff_key().verifying_key();
    let refused = [
        root.issue(samples::laptop(), key, moment(), &root_key()),
        root.issue(samples::nurse(Role::Nurse), key, moment(), &root_key()),
        administrator.issue(
            administrator.claims().grant.clone(),
            key,
            moment(),
            &administrator_key(),
        ),
        nurse.issue(samples::laptop(), key, moment(), &staff_key()),
        administrator.issue(samples::laptop(), key, moment(), &root_key()),
    ];
    for refusal in refused {
        assert_eq!(refusal, Err(Error::MayNotIssue));
    }
}

#[test]
fn a_certificate_that_cannot_be_right_is_not_issued() {
    let [_, administrator, ..] = certificates();
    let issue = |grant| {
        administrator.issue(
            grant,
            staff_key().verifying_key(),
            moment(),
            &administrator_key(),
        )
    };
    assert_eq!(
        issue(samples::nurse(Role::Administrator)),
        Err(Error::Claims)
    );
    let Grant::Staff {
        staff,
        role,
        sites,
        device,
        mut valid,
        ..
    } = samples::nurse(Role::Nurse)
    else {
        unreachable!()
    };
    let unnamed = Grant::Staff {
        staff,
        name: String::new(),
        role,
        sites: sites.clone(),
        device,
        valid,
    };
    assert_eq!(issue(unnamed), Err(Error::Claims));
    let nowhere = Grant::Staff {
        staff,
        name: "A".into(),
        role,
        sites: [].into(),
        device,
        valid,
    };
    assert_eq!(issue(nowhere), Err(Error::Claims));
    std::mem::swap(&mut valid.not_before, &mut valid.not_after);
    assert_eq!(
        issue(Grant::Staff {
            staff,
            name: "A".into(),
            role,
            sites,
            device,
            valid
        }),
        Err(Error::Claims)
    );
}

#[test]
fn a_flipped_bit_in_any_byte_breaks_the_chain() {
    let [root, administrator, nurse, laptop] = certificates();
    let fingerprint = root.fingerprint().unwrap();
    for last in [&nurse, &laptop] {
        let bytes = last.to_bytes();
        for at in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            let accepted = Certificate::from_bytes(&flipped).is_ok_and(|changed| {
                Chain::new(&[root.clone(), administrator.clone(), changed])
                    .check(&fingerprint)
                    .is_ok()
            });
            assert!(!accepted, "bit {at}");
        }
    }
}

#[test]
fn a_nurse_s_decision_at_her_site_on_her_device_in_time_counts() {
    assert_eq!(check(samples::nurse(Role::Nurse)), Ok(()));
}

#[test]
fn a_signature_that_was_not_the_signer_s_to_give_does_not_count() {
    let Grant::Staff {
        staff,
        name,
        role,
        sites,
        device,
        valid,
    } = samples::nurse(Role::Nurse)
    else {
        unreachable!()
    };
    let grant =
        |staff, role, sites: &std::collections::BTreeSet<SiteId>, device, valid| Grant::Staff {
            staff,
            name: name.clone(),
            role,
            sites: sites.clone(),
            device,
            valid,
        };
    let elsewhere = [SiteId::from_random([9; 16])].into();
    let mut past = valid;
    past.not_after = "2026-10-12T08:29:59Z".parse().unwrap();
    let mut future = valid;
    future.not_before = "2026-10-12T08:30:00.001Z".parse().unwrap();
    for (grant, why) in [
        (
            grant(StaffId::from_random([9; 16]), role, &sites, device, valid),
            NotAuthorised::Certificate,
        ),
        (
            grant(staff, role, &sites, DeviceId::from_random([9; 16]), valid),
            NotAuthorised::Certificate,
        ),
        (
            grant(staff, role, &elsewhere, device, valid),
            NotAuthorised::Site,
        ),
        (
            grant(staff, Role::ClinicalSafetyOfficer, &sites, device, valid),
            NotAuthorised::Role,
        ),
        (
            grant(staff, role, &sites, device, past),
            NotAuthorised::Expired,
        ),
        (
            grant(staff, role, &sites, device, future),
            NotAuthorised::Expired,
        ),
    ] {
        assert_eq!(check(grant), Err(why));
    }
}

#[test]
fn a_signature_under_another_certificate_or_changed_does_not_count() {
    let (certificate, envelope, entry) = signed_as(samples::nurse(Role::Nurse));
    let [root, administrator, nurse, laptop] = certificates();
    let other = administrator.issue(
        samples::nurse(Role::Consultant),
        staff_key().verifying_key(),
        moment(),
        &administrator_key(),
    );
    for wrong in [&root, &laptop, &other.unwrap()] {
        assert_eq!(
            check_signed(&entry, envelope.header(), 0, wrong),
            Err(NotAuthorised::Certificate)
        );
    }
    assert_eq!(nurse.id(), certificate.id());
    let changed = Entry {
        lamport: 8,
        ..entry
    };
    assert_eq!(
        check_signed(&changed, envelope.header(), 0, &certificate),
        Err(NotAuthorised::Signature)
    );
    let unsigned = Entry {
        signed: None,
        ..changed
    };
    assert_eq!(
        check_signed(&unsigned, envelope.header(), 0, &certificate),
        Err(NotAuthorised::Missing)
    );
}

/// The frozen table, written out. A change here makes records that were written invalid.
#[test]
fn who_may_sign_what_is_frozen() {
    use Role::{
        Administrator as Ad, ClinicalSafetyOfficer as Cs, Consultant as Co, DoctorInTraining as Dr,
    };
    use Role::{
        Lead as Le, Nurse as Nu, Pharmacist as Pm, Physiotherapist as Pt, Psychologist as Ps,
    };
    let patient = subject();
    let clinical: &[Role] = &[Nu, Pt, Ps, Pm, Dr, Co, Le];
    let alone: &[Role] = &[Nu, Pt, Ps, Pm, Co, Le];
    let table: [(Kind, &Subject, &[Role]); 15] = [
        (Kind::DECISION, &patient, alone),
        (Kind::SUPERVISED_DECISION, &patient, &[Dr]),
        (Kind::SUPERVISED_DECISION, &Subject::Service, &[]),
        (Kind::OPINION, &patient, clinical),
        (Kind::AGREED_PLAN, &patient, clinical),
        (Kind::WITHDRAWAL, &patient, clinical),
        (Kind::WITHDRAWAL, &Subject::Service, &[Cs]),
        (Kind::ADOPTION, &Subject::Service, &[Pm, Co, Le, Cs]),
        (Kind::ADOPTION, &patient, &[]),
        (Kind::DECISION, &Subject::Service, &[]),
        (Kind::REVOCATION, &Subject::Service, &[Ad]),
        (Kind::REVOCATION, &patient, &[]),
        (Kind::ERASURE, &patient, &[Le, Ad]),
        (Kind::ERASURE, &Subject::Audit, &[]),
        (Kind::new("from-a-newer-version").unwrap(), &patient, &[]),
    ];
    for (kind, subject, expected) in table {
        let may: Vec<_> = Role::ALL
            .into_iter()
            .filter(|role| role.may_sign(&kind, subject))
            .collect();
        assert_eq!(may, expected, "{kind} {subject:?}");
    }
}

#[test]
fn a_kind_that_needs_no_signature_may_carry_one() {
    let (certificate, ..) = signed_as(samples::nurse(Role::Nurse));
    let note = sign_entry(
        samples::note(),
        &position(),
        subject(),
        0,
        samples::basis(),
        certificate.id(),
        &staff_key(),
    )
    .unwrap();
    let envelope = sealed(note.clone());
    assert_eq!(
        check_signed(&note, envelope.header(), 0, &certificate),
        Ok(())
    );
}

#[test]
fn the_fingerprint_names_the_service_and_the_root_key() {
    let root = |service: u8, key: u8| {
        let key = record::keys::SigningKey::from_seed(&[key; 32]);
        Certificate::root(
            ServiceId::from_random([service; 16]),
            "A".into(),
            moment(),
            &key,
        )
        .unwrap()
        .fingerprint()
        .unwrap()
    };
    assert_ne!(root(1, 1), root(2, 1));
    assert_ne!(root(1, 1), root(1, 2));
    assert_eq!(SixWords::of(&root(1, 1)).words().len(), 6);
    assert_eq!(certificates()[2].fingerprint(), None);
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_no_certificate(bytes in proptest::collection::vec(any::<u8>(), 0..256)) {
        prop_assert!(Certificate::from_bytes(&bytes).is_err());
    }
}
