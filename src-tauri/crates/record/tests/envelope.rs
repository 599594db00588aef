//! Envelopes: what is sealed opens unchanged, and nothing else opens at all.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use record::certificate::CertificateId;
use record::entry::{By, Entry, Error as EntryError, Happened, Reason, Slot, verify_signed};
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
fn a_decision_is_not_saved_unsigned() {
    assert_eq!(
        sealed(&[samples::unsigned_decision()]),
        Err(Error::Entry(EntryError::NotSigned))
    );
}

fn happened_by(name: &str) -> Entry {
    Entry {
        happened: Some(Happened {
            at: samples::moment(),
            by: Some(By::Named(name.to_owned())),
        }),
        ..note()
    }
}

#[test]
fn a_reason_has_words_and_a_bound() {
    assert!(Reason::new("").is_err());
    assert!(Reason::new("r".repeat(1001)).is_err());
    assert!(Reason::new("r".repeat(1000)).is_ok());
}

#[test]
fn neither_a_reason_nor_a_name_shows_in_debug() {
    let shown = format!("{:?}", samples::correction());
    assert!(shown.contains("happened"), "{shown}");
    assert!(!shown.contains("wrong line"), "{shown}");
    assert!(!shown.contains("Nowak"), "{shown}");
}

#[test]
fn an_entry_that_says_what_it_cannot_is_refused() {
    for (entry, why) in [
        (
            Entry {
                version: 0,
                ..answer()
            },
            EntryError::Version,
        ),
        (
            Entry {
                lamport: 1 << 53,
                ..answer()
            },
            EntryError::Counter,
        ),
        (
            Entry {
                slot: None,
                ..answer()
            },
            EntryError::Parents,
        ),
        (
            Entry {
                parents: (0..=256)
                    .map(|index| record::id::EntryId {
                        index,
                        ..samples::entry_id(1)
                    })
                    .collect(),
                ..answer()
            },
            EntryError::Parents,
        ),
        (
            Entry {
                parents: Vec::new(),
                ..samples::correction()
            },
            EntryError::ReasonAlone,
        ),
        (happened_by(""), EntryError::Happened),
        (happened_by(&"n".repeat(201)), EntryError::Happened),
    ] {
        assert_eq!(sealed(&[entry]), Err(Error::Entry(why)));
    }
}

#[test]
fn a_signature_holds_for_its_own_place_only() {
    let envelope = sealed(&[answer(), decision(1, authority())]).unwrap();
    let signed = envelope.open(&content_key()).unwrap().remove(1);
    let key = samples::staff_key().verifying_key();
    let header = envelope.header().clone();
    verify_signed(&signed, &header, 1, &key).unwrap();
    assert!(verify_signed(&signed, &header, 0, &key).is_err());
    assert!(verify_signed(&signed, &header, 1, &device_key().verifying_key()).is_err());
    let moved = |change: fn(&mut record::envelope::Header)| {
        let mut moved = header.clone();
        change(&mut moved);
        verify_signed(&signed, &moved, 1, &key)
    };
    assert!(moved(|h| h.sequence = 2).is_err());
    assert!(moved(|h| h.incarnation = 1).is_err());
    assert!(moved(|h| h.subject = Subject::Site(samples::site())).is_err());
    assert!(moved(|h| h.scope = Scope::Service).is_err());
    assert!(moved(|h| h.device = record::id::DeviceId::from_random([1; 16])).is_err());
    assert!(moved(|h| h.service = record::id::ServiceId::from_random([1; 16])).is_err());
}

#[test]
fn a_signature_covers_the_entry_its_basis_and_its_authority() {
    let envelope = sealed(&[decision(0, authority())]).unwrap();
    let signed = envelope.open(&content_key()).unwrap().remove(0);
    let key = samples::staff_key().verifying_key();
    let changed = |change: fn(&mut Entry)| {
        let mut changed = signed.clone();
        change(&mut changed);
        verify_signed(&changed, envelope.header(), 0, &key)
    };
    assert!(changed(|_| {}).is_ok());
    assert!(changed(|e| e.body = samples::map([("urgency", samples::text("routine"))])).is_err());
    assert!(changed(|e| e.slot = Some(Slot::new("decision/r2").unwrap())).is_err());
    assert!(changed(|e| e.lamport += 1).is_err());
    assert!(changed(|e| e.signed.as_mut().unwrap().basis.heads.clear()).is_err());
    assert!(changed(|e| e.signed.as_mut().unwrap().basis.ruleset = None).is_err());
    assert!(changed(|e| e.signed.as_mut().unwrap().basis.proposal = None).is_err());
    assert!(
        changed(|e| e.signed.as_mut().unwrap().authority = CertificateId::from_bytes([1; 32]))
            .is_err()
    );
}

#[test]
fn entries_of_an_envelope_are_numbered_from_nought() {
    let envelope = sealed(&[answer(), note()]).unwrap();
    let placed = envelope.place(envelope.open(&content_key()).unwrap());
    let ids: Vec<_> = placed
        .iter()
        .map(|placed| (placed.id.envelope, placed.id.index))
        .collect();
    assert_eq!(ids, [(envelope.id(), 0), (envelope.id(), 1)]);
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

    #[test]
    fn a_word_of_any_length_and_script_is_kept(words in any::<String>(), lamport in 0..1_u64 << 53, index: u16) {
        let entry = Entry {
            lamport,
            parents: vec![record::id::EntryId { index, ..samples::entry_id(3) }],
            body: samples::text(&words),
            ..answer()
        };
        let envelope = sealed(std::slice::from_ref(&entry)).unwrap();
        prop_assert_eq!(accept(&envelope.to_bytes()), Ok(vec![entry]));
    }

    /// A reader may re-encode an entry to check a signature: there is only one way to write it.
    #[test]
    fn content_that_is_read_is_the_only_spelling_of_what_it_says(at: prop::sample::Index, with: u8) {
        let mut content = record::entry::encode(&[answer(), note(), decision(2, authority())]).unwrap();
        let at = at.index(content.len());
        content[at] = with;
        if let Ok(entries) = record::entry::decode(&content, MAX_ENTRIES) {
            prop_assert_eq!(record::entry::encode(&entries), Ok(content));
        }
    }

    #[test]
    fn arbitrary_content_never_panics(content in proptest::collection::vec(any::<u8>(), 0..256)) {
        let _ = record::entry::decode(&content, MAX_ENTRIES);
    }
}
