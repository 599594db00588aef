//! Who is certified, and what a revocation cuts off.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod register;
mod samples;

use record::body::{Body, Revocation, StreamEnd};
use record::cbor::to_value;
use record::certificate::{Authorities, Certificate, Fingerprint, NotAuthorised};
use record::entry::{Basis, Entry, Slot, sign_entry};
use record::envelope::{Envelope, Position, seal};
use record::role::Role;
use record::scope::{Scope, Subject};
use register::{
    OpenedEnvelope, administrator, all, enrolled, entries_of, in_service, lead, lead_key, let_in,
    locum, of, stated,
};
use samples::{
    NONCE, administrator_key, certificates, content_key, device, device_key, moment, site,
};

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
