//! The manifest of a backup says what is in it, and cannot be altered.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use record::envelope::Stream;
use record::id::BackupId;
use record::keys::SigningKey;
use record::manifest::{Claims, Error, Manifest, StreamCount};
use record::scope::Scope;
use samples::{device_key, position};

fn streams() -> Vec<StreamCount> {
    let stream = position().stream();
    let of = |scope, envelopes, byte| StreamCount {
        stream: Stream { scope, ..stream },
        envelopes,
        sequence: envelopes,
        head: [byte; 32],
    };
    vec![of(stream.scope, 7, 1), of(Scope::Service, 3, 2)]
}

fn claims() -> Claims {
    let stream = position().stream();
    Claims {
        service: stream.service,
        device: stream.device,
        incarnation: 1,
        backup: BackupId::from_random([0x16; 16]),
        made: samples::note().claimed,
        program: "0.1.0".into(),
        tables: 1,
        device_key: device_key().verifying_key(),
        size: 40_960,
        copy_hash: [3; 32],
        keys_hash: [4; 32],
        streams: streams(),
        sealed_key: [5; 72],
        sheet_key: [6; 80],
    }
}

#[test]
fn a_manifest_reads_back_as_it_was_signed() {
    let made = Manifest::sign(&claims(), &device_key()).unwrap();
    let read = Manifest::from_bytes(&made.to_bytes()).unwrap();
    assert_eq!(read.claims(), &claims());
    assert_eq!(read.hash(), made.hash());
    assert_eq!(read.envelopes(), 10);
}

#[test]
fn a_bit_changed_anywhere_is_refused() {
    let bytes = Manifest::sign(&claims(), &device_key()).unwrap().to_bytes();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut altered = bytes.clone();
            altered[at] ^= 1 << bit;
            assert!(
                Manifest::from_bytes(&altered).is_err(),
                "byte {at} bit {bit}"
            );
        }
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(Manifest::from_bytes(&longer).is_err());
}

#[test]
fn only_the_device_it_names_can_sign_it() {
    let other = SigningKey::from_seed(&[9; 32]);
    assert_eq!(
        Manifest::sign(&claims(), &other).unwrap_err(),
        Error::Claims
    );
}

#[test]
fn streams_out_of_order_or_named_twice_are_refused() {
    let mut turned = claims();
    turned.streams.reverse();
    assert_eq!(
        Manifest::sign(&turned, &device_key()).unwrap_err(),
        Error::Claims
    );
    let mut twice = claims();
    twice.streams = vec![streams()[0], streams()[0]];
    assert_eq!(
        Manifest::sign(&twice, &device_key()).unwrap_err(),
        Error::Claims
    );
}

#[test]
fn the_bytes_of_a_manifest_are_those_of_the_format_page() {
    let made = Manifest::sign(&claims(), &device_key()).unwrap();
    let path = format!(
        "{}/tests/golden/manifest-v1.hex",
        env!("CARGO_MANIFEST_DIR")
    );
    let golden: String = std::fs::read_to_string(path)
        .unwrap()
        .split_whitespace()
        .collect();
    let bytes: Vec<_> = made
        .to_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(bytes.concat(), golden, "the manifest of v1 has changed");
}

proptest! {
    /// Whatever stands in the file, reading it ends in an answer.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Manifest::from_bytes(&bytes).is_err());
    }
}
