//! Who is certified, whom a lead may let in, and what a revocation cuts off.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use jiff::{SignedDuration, Timestamp};
use record::body::{Body, Revocation, StreamEnd};
use record::cbor::{Value, to_value};
use record::certificate::{
    Authorities, Certificate, Error, Fingerprint, Grant, NotAuthorised, Stated, Validity,
};
use record::entry::{Basis, Entry, Kind, Slot, sign_entry};
use record::envelope::{Envelope, Position, seal};
use record::id::{DeviceId, SiteId, StaffId};
use record::keys::SigningKey;
use record::moment::Moment;
use record::role::Role;
use record::scope::{Scope, Subject};
use samples::{
    NONCE, administrator_key, certificates, content_key, device, device_key, moment, site,
    staff_key,
};

fn enrolled() -> Fingerprint {
    certificates()[0].fingerprint().unwrap()
}

fn administrator() -> StaffId {
    StaffId::from_random([0x15; 16])
}

fn lead_key() -> SigningKey {
    SigningKey::from_seed(&[0x26; 32])
}

fn lead() -> Certificate {
    let Grant::Staff { sites, device, .. } = samples::nurse(Role::Nurse) else {
        unreachable!()
    };
    let grant = Grant::Staff {
        staff: StaffId::from_random([0x16; 16]),
        name: "Edith Whitlock".into(),
        role: Role::Lead,
        sites,
        device,
        valid: Validity {
            not_before: moment().at(),
            not_after: moment().at() + SignedDuration::from_hours(40 * 24),
        },
    };
    certificates()[1]
        .issue(
            grant,
            lead_key().verifying_key(),
            moment(),
            &administrator_key(),
        )
        .unwrap()
}

/// A locum as a lead may let one in: a nurse at the lead's site, from now for two weeks.
fn locum() -> Grant {
    let Grant::Staff { sites, device, .. } = samples::nurse(Role::Nurse) else {
        unreachable!()
    };
    Grant::Staff {
        staff: samples::staff(),
        name: "Kofi Mensah".into(),
        role: Role::Nurse,
        sites,
        device,
        valid: days(0, 14),
    }
}

/// From so many days after now, for so many days.
fn days(from: i64, last: i64) -> Validity {
    let day = |days: i64| SignedDuration::from_hours(days * 24);
    let not_before: Timestamp = moment().at() + day(from);
    Validity {
        not_before,
        not_after: not_before + day(last),
    }
}

fn let_in(grant: Grant) -> Result<Certificate, Error> {
    lead().issue(grant, staff_key().verifying_key(), moment(), &lead_key())
}

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
        let digest = blake3::derive_key("felloe v0 certificate signature", &claims);
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

/// One envelope of the service's scope with the certificates, at this place of the stream.
fn entries_of(certificates: &[Certificate]) -> Vec<Entry> {
    certificates
        .iter()
        .map(|certificate| Entry {
            kind: Kind::CERTIFICATE,
            version: 1,
            slot: Some(Slot::new(format!("certificate/{}", certificate.id())).unwrap()),
            parents: Vec::new(),
            author: administrator(),
            body: Value::Bytes(certificate.to_bytes()),
            ..samples::note()
        })
        .collect()
}

fn in_service(sequence: u64, entries: Vec<Entry>) -> OpenedEnvelope {
    let position = Position {
        sequence,
        previous: if sequence == 1 { [0; 32] } else { [7; 32] },
        ..Position::first(samples::service(), Scope::Service, device(), 0)
    };
    let subject = Subject::Service;
    let envelope = seal(
        position,
        subject,
        &content_key(),
        NONCE,
        &entries,
        &device_key(),
    );
    (envelope.unwrap(), entries)
}

fn register_of(envelopes: &[Vec<Entry>]) -> Authorities {
    let opened: Vec<OpenedEnvelope> = (1..)
        .zip(envelopes)
        .map(|(sequence, entries)| in_service(sequence, entries.clone()))
        .collect();
    of(&enrolled(), &opened)
}

type OpenedEnvelope = (Envelope, Vec<Entry>);

fn of(enrolled: &Fingerprint, opened: &[OpenedEnvelope]) -> Authorities {
    let stated: Vec<Stated<'_>> = opened
        .iter()
        .flat_map(|(envelope, entries)| {
            (0..)
                .zip(entries)
                .map(|(index, entry)| stated(envelope, entry, index))
        })
        .collect();
    Authorities::new(enrolled, &stated)
}

fn stated<'a>(envelope: &'a Envelope, entry: &'a Entry, index: u16) -> Stated<'a> {
    Stated {
        header: envelope.header(),
        index,
        entry,
    }
}

/// Whether the first entry of the envelope counts.
fn counts(register: &Authorities, envelope: &Envelope, entry: &Entry) -> Result<(), NotAuthorised> {
    register.accepts(stated(envelope, entry, 0))
}

/// An administrator ends a certificate, in the service scope at this place.
fn revocation(
    sequence: u64,
    of: &Certificate,
    why: &str,
    accepted: Vec<StreamEnd>,
) -> OpenedEnvelope {
    let body = Revocation {
        certificate: of.id(),
        why: why.into(),
        accepted,
    };
    let entry = Entry {
        kind: Revocation::kind(),
        slot: Some(Slot::new(format!("revocation/{}", of.id())).unwrap()),
        author: administrator(),
        body: to_value(&body).unwrap(),
        parents: Vec::new(),
        lamport: 20 + sequence,
        ..samples::note()
    };
    let position = Position {
        sequence,
        previous: [7; 32],
        ..Position::first(samples::service(), Scope::Service, device(), 0)
    };
    let signed = sign_entry(
        entry,
        &position,
        Subject::Service,
        0,
        Basis::default(),
        certificates()[1].id(),
        &administrator_key(),
    );
    in_service(sequence, vec![signed.unwrap()])
}

/// The nurse's envelope at this place of the site's stream, with this in it.
fn written(sequence: u64, entry: &Entry) -> Envelope {
    let position = Position {
        sequence,
        previous: if sequence == 1 { [0; 32] } else { [7; 32] },
        ..samples::position()
    };
    let entries = std::slice::from_ref(entry);
    seal(
        position,
        samples::subject(),
        &content_key(),
        NONCE,
        entries,
        &device_key(),
    )
    .unwrap()
}

fn up_to(envelope: &Envelope) -> Vec<StreamEnd> {
    vec![StreamEnd {
        scope: Scope::Site(site()),
        incarnation: 0,
        sequence: envelope.header().sequence,
    }]
}

fn all() -> Vec<OpenedEnvelope> {
    let certificates = certificates();
    vec![in_service(1, entries_of(&certificates))]
}

#[test]
fn what_a_person_wrote_up_to_the_last_accepted_envelope_counts_and_later_does_not() {
    let [_, _, nurse, _] = certificates();
    let note = samples::note();
    let (before, after) = (written(4, &note), written(5, &note));
    let mut opened = all();
    opened.push(revocation(2, &nurse, "left", up_to(&before)));
    let register = of(&enrolled(), &opened);
    assert_eq!(counts(&register, &before, &note), Ok(()));
    assert_eq!(
        counts(&register, &after, &note),
        Err(NotAuthorised::Revoked)
    );
    assert!(register.is_ended(&nurse.id()));
    let colleague = Entry {
        author: administrator(),
        ..note.clone()
    };
    assert_eq!(counts(&register, &after, &colleague), Ok(()));
}

#[test]
fn a_key_that_was_replaced_signs_no_more_and_what_was_typed_stays() {
    let [_, _, nurse, _] = certificates();
    let decision = samples::decision(0, nurse.id());
    let envelope = written(1, &decision);
    let mut opened = all();
    assert_eq!(
        counts(&of(&enrolled(), &opened), &envelope, &decision),
        Ok(())
    );
    opened.push(revocation(2, &nurse, "replaced", Vec::new()));
    let register = of(&enrolled(), &opened);
    assert_eq!(
        counts(&register, &envelope, &decision),
        Err(NotAuthorised::Retired)
    );
    let note = samples::note();
    assert_eq!(counts(&register, &written(9, &note), &note), Ok(()));
}

#[test]
fn a_lost_device_writes_nothing_that_counts_whoever_sat_at_it() {
    let [_, _, _, laptop] = certificates();
    let note = samples::note();
    let first = written(1, &note);
    let mut opened = all();
    opened.push(revocation(2, &laptop, "lost", up_to(&first)));
    let register = of(&enrolled(), &opened);
    assert_eq!(counts(&register, &first, &note), Ok(()));
    for author in [samples::staff(), administrator()] {
        let note = Entry {
            author,
            ..note.clone()
        };
        assert_eq!(
            counts(&register, &written(2, &note), &note),
            Err(NotAuthorised::Revoked)
        );
    }
}

#[test]
fn a_revocation_that_no_administrator_signed_ends_nothing() {
    let [_, _, nurse, _] = certificates();
    let (envelope, mut entries) = revocation(2, &nurse, "left", Vec::new());
    if let Some(signed) = &mut entries[0].signed {
        signed.signature[0] ^= 1;
    }
    let mut opened = all();
    opened.push((envelope, entries));
    let register = of(&enrolled(), &opened);
    let note = samples::note();
    assert_eq!(counts(&register, &written(9, &note), &note), Ok(()));
    assert!(!register.is_ended(&nurse.id()));
}

#[test]
fn a_decision_under_a_certificate_that_is_not_held_or_not_proven_does_not_count() {
    let [_, _, nurse, _] = certificates();
    let decision = samples::decision(0, nurse.id());
    let envelope = written(1, &decision);
    let unknown = of(&enrolled(), &[]);
    assert_eq!(
        counts(&unknown, &envelope, &decision),
        Err(NotAuthorised::Unknown)
    );
    let stranger = Fingerprint::from_bytes([1; 32]);
    let elsewhere = of(&stranger, &all());
    assert_eq!(elsewhere.certificates().count(), 0);
    let unsigned = Entry {
        signed: None,
        ..decision
    };
    assert_eq!(
        counts(&of(&enrolled(), &all()), &envelope, &unsigned),
        Err(NotAuthorised::Missing)
    );
}

#[test]
fn a_certificate_written_after_its_author_was_revoked_is_left_out() {
    let [_, administrator, nurse, _] = certificates();
    let mut opened = all();
    let last = vec![StreamEnd {
        scope: Scope::Service,
        incarnation: 0,
        sequence: 2,
    }];
    let again = administrator
        .issue(
            samples::nurse(Role::Consultant),
            lead_key().verifying_key(),
            moment(),
            &administrator_key(),
        )
        .unwrap();
    opened.push(revocation(2, &administrator, "left", last));
    opened.push(in_service(3, entries_of(std::slice::from_ref(&again))));
    let register = of(&enrolled(), &opened);
    assert!(register.certificate(&nurse.id()).is_some());
    assert!(register.certificate(&again.id()).is_none());
}

#[test]
fn a_locum_let_in_by_a_lead_who_was_certified_too_late_is_left_out_as_well() {
    let [_, administrator, _, _] = certificates();
    let last = vec![StreamEnd {
        scope: Scope::Service,
        incarnation: 0,
        sequence: 2,
    }];
    let lead = lead();
    let locum = let_in(locum()).unwrap();
    let late = [lead.clone(), locum.clone()];
    let mut opened = all();
    opened.push(in_service(3, entries_of(&late)));
    assert!(of(&enrolled(), &opened).certificate(&locum.id()).is_some());
    opened.push(revocation(2, &administrator, "left", last));
    let register = of(&enrolled(), &opened);
    assert!(register.certificate(&lead.id()).is_none());
    assert!(register.certificate(&locum.id()).is_none());
}

#[test]
fn the_same_entries_in_any_order_give_the_same_register() {
    let [_, _, nurse, laptop] = certificates();
    let note = samples::note();
    let mut opened = all();
    opened.push(revocation(2, &nurse, "left", up_to(&written(4, &note))));
    opened.push(revocation(3, &laptop, "lost", up_to(&written(6, &note))));
    let register = of(&enrolled(), &opened);
    opened.reverse();
    let turned = of(&enrolled(), &opened);
    for sequence in 1..9 {
        let envelope = written(sequence, &note);
        let one = counts(&register, &envelope, &note);
        assert_eq!(one, counts(&turned, &envelope, &note));
        assert_eq!(one.is_ok(), sequence <= 4);
    }
}
