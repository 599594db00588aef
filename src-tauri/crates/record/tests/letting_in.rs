//! Whom a lead may let in, and for how long.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod register;
mod samples;

use jiff::SignedDuration;
use record::cbor::Value;
use record::certificate::{Authorities, Certificate, Error, Grant, Validity};
use record::entry::Entry;
use record::id::{DeviceId, SiteId};
use record::moment::Moment;
use record::role::Role;
use register::{
    OpenedEnvelope, days, enrolled, entries_of, in_service, lead, lead_key, let_in, locum, of,
};
use samples::{administrator_key, certificates, moment, staff_key};

/// Stands for a certificate that a lead's own program refused to issue: a lead with a changed
/// program signs whatever they like, by way of an administrator's claims and the lead's key.
fn changed(grant: Grant, change: impl FnOnce(&mut Grant)) -> Grant {
    let mut grant = grant;
    change(&mut grant);
    grant
}

fn with_role(grant: Grant, to: Role) -> Grant {
    changed(grant, |grant| {
        if let Grant::Staff { role, .. } = grant {
            *role = to;
        }
    })
}

fn with_valid(grant: Grant, to: Validity) -> Grant {
    changed(grant, |grant| {
        if let Grant::Staff { valid, .. } = grant {
            *valid = to;
        }
    })
}

#[test]
fn a_lead_lets_a_locum_in_without_any_administrator_and_the_chain_holds() {
    let [root, administrator, ..] = certificates();
    let locum = let_in(locum()).unwrap();
    let chain = [root, administrator, lead(), locum.clone()];
    let checked = record::certificate::Chain::new(&chain).check(&enrolled());
    assert_eq!(checked, Ok(&locum));
    let register = register_of(&[entries_of(&chain)]);
    assert!(register.is_locum(&locum));
    assert!(!register.is_locum(&chain[2]));
}

#[test]
fn a_lead_s_grant_beyond_their_sites_their_time_or_to_another_lead_is_refused() {
    let elsewhere = changed(locum(), |grant| {
        if let Grant::Staff { sites, .. } = grant {
            sites.insert(SiteId::from_random([9; 16]));
        }
    });
    let on_another_device = changed(locum(), |grant| {
        if let Grant::Staff { device, .. } = grant {
            *device = DeviceId::from_random([9; 16]);
        }
    });
    let backdated = Validity {
        not_before: moment().at() - SignedDuration::from_millis(1),
        ..days(0, 1)
    };
    let refused = [
        ("another site", elsewhere),
        ("another device", on_another_device),
        ("a lead", with_role(locum(), Role::Lead)),
        (
            "a safety officer",
            with_role(locum(), Role::ClinicalSafetyOfficer),
        ),
        ("29 days", with_valid(locum(), days(0, 29))),
        ("begins in 29 days", with_valid(locum(), days(29, 1))),
        ("ends after the lead", with_valid(locum(), days(20, 21))),
        ("backdated", with_valid(locum(), backdated)),
        ("a device", samples::laptop()),
    ];
    for (why, grant) in refused {
        assert_eq!(let_in(grant), Err(Error::MayNotIssue), "{why}");
    }
    for role in Role::ALL
        .into_iter()
        .filter(|role| record::certificate::is_locum_role(*role))
    {
        assert!(let_in(with_role(locum(), role)).is_ok(), "{role:?}");
    }
    assert!(let_in(with_valid(locum(), days(0, 28))).is_ok());
}

/// The bytes of a grant the lead may not give, signed by the lead all the same: the claims of what
/// an administrator issued, with the lead as issuer.
#[test]
fn a_lead_s_grant_that_a_changed_program_signed_is_refused_by_whoever_reads_it() {
    use record::cbor::{decode, encode};
    let [_, administrator, ..] = certificates();
    let key = staff_key().verifying_key();
    for (grant, good) in [
        (locum(), true),
        (with_role(locum(), Role::Lead), false),
        (with_valid(locum(), days(0, 29)), false),
    ] {
        let honest = administrator
            .issue(grant, key, moment(), &administrator_key())
            .unwrap();
        let Value::Array(parts) = decode(&honest.to_bytes()).unwrap() else {
            unreachable!()
        };
        let mut claims = parts[0].as_bytes().unwrap().to_vec();
        let issuer = administrator.id();
        let at = claims
            .windows(32)
            .position(|part| part == issuer.as_bytes())
            .unwrap();
        claims[at..at + 32].copy_from_slice(lead().id().as_bytes());
        let digest = blake3::derive_key("felloe v1 certificate signature", &claims);
        let signature = ed25519_dalek::Signer::sign(
            &ed25519_dalek::SigningKey::from_bytes(&[0x26; 32]),
            &digest,
        );
        let parts = [claims, signature.to_bytes().to_vec()].map(Value::Bytes);
        let forged = encode(&Value::Array(parts.to_vec())).unwrap();
        let forged = Certificate::from_bytes(&forged).unwrap();
        let [root, administrator, ..] = certificates();
        let register = register_of(&[entries_of(&[root, administrator, lead(), forged.clone()])]);
        assert_eq!(register.certificate(&forged.id()).is_some(), good);
    }
}

#[test]
fn a_locum_lets_nobody_in() {
    let consultant = let_in(with_role(locum(), Role::Consultant)).unwrap();
    let granted = consultant.issue(locum(), lead_key().verifying_key(), moment(), &staff_key());
    assert_eq!(granted, Err(Error::MayNotIssue));
}

#[test]
fn nobody_certifies_anybody_once_their_own_certificate_has_ended() {
    let [_, administrator, ..] = certificates();
    let late = Moment::new("2028-01-01T00:00:00Z".parse().unwrap(), 0).unwrap();
    let issued = administrator.issue(
        samples::nurse(Role::Nurse),
        staff_key().verifying_key(),
        late,
        &administrator_key(),
    );
    assert_eq!(issued, Err(Error::MayNotIssue));
}

fn register_of(envelopes: &[Vec<Entry>]) -> Authorities {
    let opened: Vec<OpenedEnvelope> = (1..)
        .zip(envelopes)
        .map(|(sequence, entries)| in_service(sequence, entries.clone()))
        .collect();
    of(&enrolled(), &opened)
}
