//! Transfers: where a record is kept, and what another site passed on with it.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use record::body::{Body, Parcel, PassedOn, Transfer};
use record::cbor::to_value;
use record::entry::Entry;
use record::envelope::{Envelope, Header, Position, seal};
use record::fold::{Placed, fold};
use record::id::{DeviceId, EntryId, EnvelopeId, PatientId, SiteId};
use record::keys::SigningKey;
use record::parcel::{ParcelError, pack, unpack};
use record::scope::{Scope, Subject};
use record::transfers::{self, Transfers};
use samples::{content_key, device_key};

fn site(number: u8) -> SiteId {
    SiteId::from_random([number; 16])
}

fn patient(number: u8) -> PatientId {
    PatientId::from_random([number; 16])
}

fn id(number: u16) -> EntryId {
    let mut bytes = [0; 32];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    EntryId {
        envelope: EnvelopeId::from_bytes(bytes),
        index: 0,
    }
}

fn transfer(number: u16, parents: &[u16], of: u8, from: u8, to: u8) -> Placed {
    let body = Transfer {
        patient: patient(of),
        from: site(from),
        to: site(to),
        grounds: "nearer".into(),
        told: "Made-up Name".into(),
        note: "Made-up words.".into(),
    };
    let entry = Entry {
        kind: Transfer::kind(),
        slot: Some(transfers::slot(patient(of))),
        parents: parents.iter().map(|parent| id(*parent)).collect(),
        lamport: u64::from(number),
        body: to_value(&body).unwrap(),
        ..samples::note()
    };
    Placed {
        id: id(number),
        subject: Subject::Patient(patient(of)),
        scope: Scope::Site(site(from)),
        device: samples::device(),
        incarnation: 0,
        sequence: u64::from(number),
        unverified: None,
        forked_at: None,
        entry,
    }
}

fn known(entries: impl IntoIterator<Item = Placed>) -> Transfers {
    Transfers::of(&fold(entries))
}

#[test]
fn a_record_that_was_never_transferred_has_no_other_home() {
    assert!(known([]).homes(patient(1)).is_empty());
}

#[test]
fn a_record_is_kept_where_the_last_transfer_says() {
    let there = known([transfer(1, &[], 1, 1, 2), transfer(2, &[1], 1, 2, 3)]);
    assert_eq!(there.homes(patient(1)), [site(3)].into());
    assert!(there.homes(patient(2)).is_empty());
    let back = known([transfer(1, &[], 1, 1, 2), transfer(2, &[1], 1, 2, 1)]);
    assert_eq!(back.homes(patient(1)), [site(1)].into());
}

#[test]
fn two_transfers_that_did_not_see_each_other_leave_the_record_at_both_sites() {
    let known = known([transfer(1, &[], 1, 1, 2), transfer(2, &[], 1, 1, 3)]);
    assert_eq!(known.homes(patient(1)), [site(2), site(3)].into());
}

#[test]
fn a_transfer_in_the_slot_of_another_record_or_to_the_same_site_transfers_nothing() {
    let mut stray = transfer(1, &[], 1, 1, 2);
    stray.entry.slot = Some(transfers::slot(patient(9)));
    let nowhere = transfer(2, &[], 2, 1, 1);
    assert_eq!(known([stray, nowhere]), Transfers::default());
}

fn written(at: Position, key: &SigningKey) -> Envelope {
    let sealed = seal(
        at,
        samples::subject(),
        &content_key(),
        samples::NONCE,
        &[samples::note()],
        key,
    );
    sealed.unwrap()
}

fn originals() -> Vec<Envelope> {
    let first = written(samples::position(), &device_key());
    let second = written(Position::after(&first), &device_key());
    vec![first, second]
}

/// The header that a parcel stands under: the same patient, at the other site.
fn around() -> Header {
    let position = Position::first(
        samples::service(),
        Scope::Site(site(2)),
        samples::device(),
        0,
    );
    written(position, &device_key()).header().clone()
}

fn known_device(device: DeviceId) -> Option<record::keys::VerifyingKey> {
    (device == samples::device()).then(|| device_key().verifying_key())
}

fn only(parcel: &Parcel) -> ParcelError {
    let mut found = unpack(&around(), parcel, known_device);
    assert_eq!(found.len(), 1);
    found.remove(0).unwrap_err()
}

#[test]
fn what_was_passed_on_is_what_was_written_byte_by_byte() {
    let parcels = pack(samples::site(), &originals());
    assert_eq!(parcels.len(), 1);
    let found: Vec<_> = unpack(&around(), &parcels[0], known_device)
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(found, originals());
}

#[test]
fn a_long_record_is_passed_on_in_several_parcels_and_nothing_is_left_out() {
    let one = originals().remove(0);
    let many = vec![one.clone(); 1024 * 1024 / one.to_bytes().len() + 1];
    let parcels = pack(samples::site(), &many);
    assert_eq!(parcels.len(), 2);
    let held: usize = parcels.iter().map(|parcel| parcel.envelopes.len()).sum();
    assert_eq!(held, many.len());
}

#[test]
fn an_envelope_altered_in_a_parcel_is_refused_as_altered() {
    let genuine = originals().remove(0).to_bytes();
    // The signature stands after the header: 3 bytes of heads, the header, 2 bytes of its own.
    let mut altered = genuine.clone();
    let at = 3 + usize::from(genuine[2]) + 2 + 5;
    altered[at] ^= 1;
    let parcel = Parcel {
        from: samples::site(),
        envelopes: vec![PassedOn(altered)],
    };
    assert_eq!(only(&parcel), ParcelError::Altered);
}

#[test]
fn an_envelope_of_an_unknown_device_is_refused_as_that() {
    let stranger = SigningKey::from_seed(&[9; 32]);
    let position = Position::first(
        samples::service(),
        Scope::Site(samples::site()),
        DeviceId::from_random([9; 16]),
        0,
    );
    let parcels = pack(samples::site(), &[written(position, &stranger)]);
    assert_eq!(only(&parcels[0]), ParcelError::UnknownDevice);
}

#[test]
fn an_envelope_of_another_site_or_patient_is_refused_as_not_belonging_there() {
    let elsewhere = pack(site(7), &originals()[..1]);
    assert_eq!(only(&elsewhere[0]), ParcelError::Elsewhere);
    let about_another = seal(
        samples::position(),
        Subject::Patient(patient(9)),
        &content_key(),
        samples::NONCE,
        &[samples::note()],
        &device_key(),
    );
    let parcels = pack(samples::site(), &[about_another.unwrap()]);
    assert_eq!(only(&parcels[0]), ParcelError::Elsewhere);
}

#[test]
fn bytes_that_are_no_envelope_are_refused_and_the_rest_is_read() {
    let good = originals().remove(0);
    let parcel = Parcel {
        from: samples::site(),
        envelopes: vec![PassedOn(vec![1, 2, 3]), PassedOn(good.to_bytes())],
    };
    let mut found = unpack(&around(), &parcel, known_device);
    assert_eq!(found.pop().unwrap().unwrap(), good);
    assert!(matches!(
        found.pop().unwrap(),
        Err(ParcelError::Unreadable(_))
    ));
}
