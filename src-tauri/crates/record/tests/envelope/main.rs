//! Envelopes: what is sealed opens unchanged, and nothing else opens at all.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod entry;
#[path = "../samples/mod.rs"]
mod samples;

use proptest::prelude::*;
use record::certificate::CertificateId;
use record::entry::Entry;
use record::envelope::{Envelope, Error, MAX_ENTRIES, NO_PREVIOUS, Position, seal, seal_emergency};
use record::id::SiteId;
use record::keys::ContentKey;
use record::scope::{Scope, Subject};
use samples::{NONCE, answer, content_key, decision, device_key, note, position, subject};

fn sealed(entries: &[Entry]) -> Result<Envelope, Error> {
    seal(
        position(),
        subject(),
        &content_key(),
        NONCE,
        entries,
        &device_key(),
    )
}

fn authority() -> CertificateId {
    CertificateId::from_bytes([0x70; 32])
}

/// Every check a reader makes, one after another.
fn accept(bytes: &[u8]) -> Result<Vec<Entry>, Error> {
    let envelope = Envelope::from_bytes(bytes)?;
    envelope.verify(&device_key().verifying_key())?;
    envelope.open(&content_key())
}

#[test]
fn what_is_sealed_opens_unchanged() {
    let entries = [answer(), note(), decision(2, authority())];
    let envelope = sealed(&entries).unwrap();
    let mut opened = accept(&envelope.to_bytes()).unwrap();
    // A basis is a set: it comes back sorted.
    let basis = &mut opened[2].signed.as_mut().unwrap().basis;
    assert!(basis.heads.is_sorted());
    basis.heads = samples::basis().heads;
    assert_eq!(opened, entries);
    assert_eq!(
        Envelope::from_bytes(&envelope.to_bytes()).unwrap(),
        envelope
    );
}

#[test]
fn a_flipped_bit_in_any_byte_is_refused() {
    let bytes = sealed(&[answer(), decision(1, authority())])
        .unwrap()
        .to_bytes();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            assert!(accept(&flipped).is_err(), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn a_cut_or_lengthened_envelope_is_refused() {
    let bytes = sealed(&[answer()]).unwrap().to_bytes();
    for length in 0..bytes.len() {
        assert!(accept(&bytes[..length]).is_err());
    }
    assert!(accept(&[bytes.as_slice(), &[0]].concat()).is_err());
}

#[test]
fn another_device_or_another_key_is_refused() {
    let envelope = sealed(&[answer()]).unwrap();
    let other = samples::staff_key().verifying_key();
    assert!(matches!(envelope.verify(&other), Err(Error::Signature(_))));
    assert_eq!(
        envelope.open(&ContentKey::from_bytes([0x31; 32])),
        Err(Error::WrongKey)
    );
}

/// What a device that holds the key could try: sign a header of its own over somebody's content.
#[test]
fn content_sealed_for_one_place_does_not_open_at_another() {
    let elsewhere = Position {
        incarnation: 1,
        ..position()
    };
    let theirs = sealed(&[answer()]).unwrap().to_bytes();
    let own = seal(
        elsewhere,
        subject(),
        &content_key(),
        NONCE,
        &[answer()],
        &device_key(),
    )
    .unwrap()
    .to_bytes();
    let (header_at, header_length) = (3, usize::from(own[2]));
    let (signature_at, sealed_at) = (
        header_at + header_length + 2,
        header_at + header_length + 2 + 64,
    );
    let sealed_content = &theirs[sealed_at + 2..];
    let mut header = own[header_at..header_at + header_length].to_vec();
    header.truncate(header_length - 32);
    header.extend(blake3::derive_key("felloe v1 sealed hash", sealed_content));
    let digest = blake3::derive_key("felloe v1 header signature", &header);
    let signature =
        ed25519_dalek::Signer::sign(&ed25519_dalek::SigningKey::from_bytes(&[0x20; 32]), &digest);
    let forged = [
        &own[..header_at],
        &header,
        &own[signature_at - 2..signature_at],
        &signature.to_bytes(),
        &theirs[sealed_at..],
    ];
    let forged = Envelope::from_bytes(&forged.concat()).unwrap();
    forged.verify(&device_key().verifying_key()).unwrap();
    assert_eq!(forged.open(&content_key()), Err(Error::Seal));
}

#[test]
fn an_erased_envelope_keeps_its_id_and_its_place_and_gives_nothing() {
    let envelope = sealed(&[answer()]).unwrap();
    let erased = Envelope::from_bytes(&envelope.without_content().to_bytes()).unwrap();
    assert_eq!(erased.id(), envelope.id());
    assert_eq!(erased.header_hash(), envelope.header_hash());
    assert!(erased.is_erased());
    erased.verify(&device_key().verifying_key()).unwrap();
    assert_eq!(erased.open(&content_key()), Err(Error::Erased));
}

#[test]
fn the_next_envelope_names_the_one_before() {
    let first = sealed(&[answer()]).unwrap();
    let next = Position::after(&first);
    assert_eq!((next.sequence, next.previous), (2, first.header_hash()));
    let second = seal(
        next,
        subject(),
        &content_key(),
        NONCE,
        &[note()],
        &device_key(),
    )
    .unwrap();
    assert_eq!(second.header().position(), next);
    assert_eq!(second.header().stream(), first.header().stream());
}

#[test]
fn a_stream_cannot_begin_in_the_middle_or_go_on_from_nothing() {
    for position in [
        Position {
            sequence: 2,
            previous: NO_PREVIOUS,
            ..position()
        },
        Position {
            sequence: 1,
            previous: [1; 32],
            ..position()
        },
        Position {
            sequence: 0,
            ..position()
        },
        Position {
            sequence: 1 << 53,
            previous: [1; 32],
            ..position()
        },
    ] {
        let refused = seal(
            position,
            subject(),
            &content_key(),
            NONCE,
            &[answer()],
            &device_key(),
        );
        assert_eq!(refused, Err(Error::Header));
    }
}

#[test]
fn a_subject_stays_in_its_scope() {
    let site = samples::site();
    let other = SiteId::from_random([9; 16]);
    for (scope, subject, fits) in [
        (Scope::Site(site), subject(), true),
        (Scope::Site(site), Subject::Site(site), true),
        (Scope::Site(site), Subject::Site(other), false),
        (Scope::Site(site), Subject::Service, false),
        (Scope::Service, Subject::Service, true),
        (Scope::Service, subject(), false),
        (Scope::Audit, Subject::Audit, true),
        (Scope::Audit, subject(), false),
    ] {
        let position = Position {
            scope,
            ..position()
        };
        let result = seal(
            position,
            subject,
            &content_key(),
            NONCE,
            &[note()],
            &device_key(),
        );
        assert_eq!(result.is_ok(), fits, "{scope:?} {subject:?}");
    }
}

#[test]
fn an_emergency_is_marked_in_clear_and_signed() {
    let envelope = seal_emergency(
        position(),
        subject(),
        &content_key(),
        NONCE,
        &[note()],
        &device_key(),
    )
    .unwrap();
    let read = Envelope::from_bytes(&envelope.to_bytes()).unwrap();
    assert!(read.header().emergency);
    assert!(!sealed(&[note()]).unwrap().header().emergency);
}

#[test]
fn the_length_does_not_tell_present_from_absent() {
    let length = |word: &str| {
        let mut entry = answer();
        entry.body = samples::map([("state", samples::text(word))]);
        sealed(&[entry]).unwrap().to_bytes().len()
    };
    assert_eq!(length("present"), length("absent"));
    assert_eq!(length("present"), length("declined"));
}

#[test]
fn nothing_and_too_much_are_refused() {
    assert_eq!(sealed(&[]), Err(Error::Empty));
    assert_eq!(sealed(&vec![note(); MAX_ENTRIES + 1]), Err(Error::TooLong));
    assert!(sealed(&vec![note(); MAX_ENTRIES]).is_ok());
    let long = Entry {
        body: samples::text(&"long ".repeat(900_000)),
        ..note()
    };
    assert_eq!(sealed(&[long]), Err(Error::TooLong));
}

#[test]
fn one_slot_is_given_one_value_in_an_envelope() {
    assert_eq!(sealed(&[answer(), answer()]), Err(Error::SlotTwice));
}

#[test]
fn no_secret_and_no_content_shows_in_debug() {
    let envelope = sealed(&[note()]).unwrap();
    let shown = format!(
        "{envelope:?} {:?} {:?} {:?}",
        note(),
        content_key(),
        device_key()
    );
    for secret in ["Made-up", "0x30", "30, 30", "48, 48", "32, 32"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        prop_assert!(accept(&bytes).is_err());
    }
}
