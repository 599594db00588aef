//! What one entry may say, and what a signature in it covers.

use proptest::prelude::*;
use record::certificate::CertificateId;
use record::entry::{By, Entry, Error as EntryError, Happened, Reason, Slot, verify_signed};
use record::envelope::{Error, MAX_ENTRIES};
use record::scope::{Scope, Subject};

use crate::samples::{self, answer, content_key, decision, device_key, note};
use crate::{accept, authority, sealed};

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

proptest! {
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
