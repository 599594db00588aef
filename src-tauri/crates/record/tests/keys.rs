//! Keys: ids that commit, public keys that can be trusted with a signature, generations of a patient's.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use record::cbor::{Error, Value, to_value};
use record::keys::{ContentKey, NotAKey, SigningKey, VerifyingKey};
use record::patient_key::PatientKey;

fn key(generation: u32, seed: u8) -> PatientKey {
    PatientKey {
        generation,
        key: ContentKey::from_bytes([seed; 32]),
    }
}

#[test]
fn a_key_id_names_one_key_and_does_not_show_it() {
    let (one, other) = (
        ContentKey::from_bytes([1; 32]),
        ContentKey::from_bytes([2; 32]),
    );
    assert_ne!(one.id(), other.id());
    assert_eq!(one.id(), one.clone().id());
    assert_ne!(one.id().as_bytes(), one.expose());
}

#[test]
fn public_keys_under_which_many_messages_verify_are_refused() {
    let mut identity = [0; 32];
    identity[0] = 1;
    for weak in [[0; 32], identity] {
        assert_eq!(VerifyingKey::from_bytes(&weak), Err(NotAKey));
    }
    let good = SigningKey::from_seed(&[7; 32]).verifying_key();
    assert_eq!(VerifyingKey::from_bytes(&good.to_bytes()), Ok(good));
}

#[test]
fn a_second_spelling_of_a_public_key_is_refused() {
    // y, and y with the field's prime added: one point, if there is one at that height.
    let spelled = |y: u8| {
        let (mut once, mut again) = ([0; 32], [0xff; 32]);
        (once[0], again[0], again[31]) = (y, 0xed + y, 0x7f);
        (once, again)
    };
    let (points, again): (Vec<_>, Vec<_>) = (2..19).map(spelled).unzip();
    assert!(
        points
            .iter()
            .any(|one| VerifyingKey::from_bytes(one).is_ok())
    );
    for second in again {
        assert_eq!(VerifyingKey::from_bytes(&second), Err(NotAKey));
    }
}

#[test]
fn a_signing_key_comes_back_from_its_seed() {
    let key = SigningKey::from_seed(&[7; 32]);
    assert_eq!(
        SigningKey::from_seed(&key.seed()).verifying_key(),
        key.verifying_key()
    );
}

#[test]
fn a_patient_key_travels_as_a_body() {
    let body = key(3, 9).to_body().unwrap();
    let read = PatientKey::from_body(&body).unwrap();
    assert_eq!((read.generation, read.id()), (3, key(3, 9).id()));
    assert_eq!(
        PatientKey::from_body(&key(0, 9).to_body().unwrap()).unwrap_err(),
        Error::OutOfRange
    );
    let Value::Map(mut more) = body else { panic!() };
    more.insert("more".to_owned(), Value::Null);
    assert_eq!(
        PatientKey::from_body(&Value::Map(more)).unwrap_err(),
        Error::Shape
    );
    assert_eq!(
        PatientKey::from_body(&to_value(&"text").unwrap()).unwrap_err(),
        Error::Shape
    );
}

#[test]
fn every_device_writes_under_the_same_generation() {
    let keys = [key(1, 1), key(2, 2), key(2, 3)];
    let lower = if keys[1].id() < keys[2].id() {
        &keys[1]
    } else {
        &keys[2]
    };
    assert_eq!(PatientKey::to_write_under(&keys).unwrap().id(), lower.id());
    assert_eq!(
        PatientKey::to_write_under(keys.iter().rev()).unwrap().id(),
        lower.id()
    );
    assert!(PatientKey::to_write_under([]).is_none());
}

#[test]
fn no_key_shows_in_debug() {
    let shown = format!(
        "{:?} {:?}",
        key(1, 0xab),
        SigningKey::from_seed(&[0xcd; 32])
    );
    assert_eq!(
        shown,
        "PatientKey { generation: 1, key: ContentKey(secret) } SigningKey(secret)"
    );
}
