//! The bytes of the messages, as `docs/protocol.md` gives them.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod refused;
mod samples;
#[path = "../wheel/mod.rs"]
mod wheel;

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use record::blob::{BlobId, MAX_BLOB};
use record::id::{PatientId, SiteId};
use record::log::{ScopesDigest, StreamDigest};
use record::scope::Scope;
use record::warrant::WarrantId;
use samples::{answers, hello, id, login, pass, requests, set_up, stream, tail, welcome};
use sync::conformance::SERVICE;
use sync::login::{Hello, Login, Pass, Welcome};
use sync::set_up::SetUp;
use sync::wire::{Answer, BlobName, Error, Request};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// Every message once, as it stands in `tests/golden/messages-v1.txt`.
fn messages() -> String {
    let mut lines = String::new();
    let mut line = |name: String, bytes: Vec<u8>| {
        writeln!(lines, "{name} {}", hex(&bytes)).unwrap();
    };
    for (name, request) in requests() {
        line(format!("request-{name}"), request.to_bytes(SERVICE));
    }
    for (name, answer) in answers() {
        line(format!("answer-{name}"), answer.to_bytes(SERVICE));
    }
    line("hello".into(), hello().to_bytes());
    line("welcome".into(), welcome().to_bytes());
    line("login".into(), login().to_bytes());
    line("pass".into(), pass().to_bytes());
    line("set-up".into(), set_up().to_bytes());
    lines
}

#[test]
fn every_message_is_these_bytes() {
    assert_eq!(messages(), include_str!("../golden/messages-v1.txt"));
}

#[test]
fn the_short_ones_stand_in_the_document_too() {
    let document = include_str!("../../../../../docs/protocol.md");
    let golden = include_str!("../golden/messages-v1.txt");
    let short = golden.lines().filter(|line| line.len() < 300);
    let mut count = 0;
    for line in short {
        let (name, bytes) = line.split_once(' ').unwrap();
        // The document breaks them into lines that can be read.
        let joined: String = document.split_whitespace().collect();
        assert!(joined.contains(bytes), "{name}: {bytes}");
        count += 1;
    }
    assert!(count >= 12, "{count}");
}

#[test]
fn every_message_reads_back() {
    for (name, request) in requests() {
        let read = Request::from_bytes(&request.to_bytes(SERVICE));
        assert_eq!(read, Ok((SERVICE, request)), "{name}");
    }
    for (name, answer) in answers() {
        let read = Answer::from_bytes(&answer.to_bytes(SERVICE));
        assert_eq!(read, Ok((SERVICE, answer)), "{name}");
    }
    assert_eq!(Hello::from_bytes(&hello().to_bytes()), Ok(hello()));
    assert_eq!(Welcome::from_bytes(&welcome().to_bytes()), Ok(welcome()));
    assert_eq!(Login::from_bytes(&login().to_bytes()), Ok(login()));
    assert_eq!(Pass::from_bytes(&pass().to_bytes()), Ok(pass()));
    assert_eq!(SetUp::from_bytes(&set_up().to_bytes()), Ok(set_up()));
}

#[test]
fn no_message_is_taken_for_another() {
    for (_, request) in requests() {
        assert!(Answer::from_bytes(&request.to_bytes(SERVICE)).is_err());
    }
    for (_, answer) in answers() {
        assert!(Request::from_bytes(&answer.to_bytes(SERVICE)).is_err());
        assert_eq!(
            Hello::from_bytes(&answer.to_bytes(SERVICE)),
            Err(Error::Kind)
        );
    }
    assert_eq!(Welcome::from_bytes(&hello().to_bytes()), Err(Error::Kind));
}

fn any_request() -> impl Strategy<Value = Request> {
    let tails = vec((1..9_u64, any::<u8>()), 0..4)
        .prop_map(|all| all.into_iter().map(|(n, seed)| tail(n, seed)).collect());
    let ids = vec(any::<u8>(), 0..5).prop_map(|all| all.into_iter().map(id).collect());
    prop_oneof![
        any::<[u8; 32]>().prop_map(|it| Request::Compare {
            digest: ScopesDigest::from_bytes(it)
        }),
        vec(any::<[u8; 8]>(), 0..5).prop_map(|all| Request::Tips {
            scope: Scope::Audit,
            streams: all.into_iter().map(StreamDigest::from_bytes).collect(),
        }),
        vec(vec(any::<u8>(), 0..80), 0..4).prop_map(|envelopes| Request::Push { envelopes }),
        (tails, any::<u32>()).prop_map(|(have, limit)| Request::Pull {
            stream: stream(),
            have,
            limit
        }),
        (ids, any::<u32>()).prop_map(|(ids, limit)| Request::Fetch { ids, limit }),
        vec(any::<[u8; 32]>(), 0..5).prop_map(|all| Request::Erasures {
            ids: all.into_iter().map(WarrantId::from_bytes).collect(),
        }),
        vec(vec(any::<u8>(), 0..80), 0..4).prop_map(|proofs| Request::Erase { proofs }),
        any_blob().prop_map(|blob| Request::BlobAsk { blob }),
        (any_blob(), any::<u64>(), vec(any::<u8>(), 0..80))
            .prop_map(|(blob, at, piece)| Request::BlobPut { blob, at, piece }),
        (any_blob(), any::<u64>(), any::<u32>()).prop_map(|(blob, at, limit)| Request::BlobGet {
            site: blob.site,
            id: blob.id,
            at,
            limit,
        }),
    ]
}

fn any_blob() -> impl Strategy<Value = BlobName> {
    let ids = any::<([u8; 16], [u8; 16], [u8; 32])>();
    (ids, 1..=MAX_BLOB).prop_map(|((site, patient, id), size)| BlobName {
        site: SiteId::from_bytes(site),
        patient: PatientId::from_bytes(patient),
        id: BlobId::from_bytes(id),
        size,
    })
}

proptest! {
    #[test]
    fn any_request_reads_back_and_has_one_spelling(request in any_request()) {
        let bytes = request.to_bytes(SERVICE);
        let (service, read) = Request::from_bytes(&bytes).unwrap();
        prop_assert_eq!(service, SERVICE);
        prop_assert_eq!(&read, &request);
        prop_assert_eq!(read.to_bytes(SERVICE), bytes);
    }

    /// A byte changed anywhere gives another message or none, and never the same.
    #[test]
    fn whatever_still_reads_was_spelled_as_it_is_written(
        request in any_request(),
        at in any::<prop::sample::Index>(),
        by in 1..=255_u8,
    ) {
        let mut bytes = request.to_bytes(SERVICE);
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        if let Ok((service, read)) = Request::from_bytes(&bytes) {
            prop_assert!(service != SERVICE || read != request);
            prop_assert_eq!(read.to_bytes(service), bytes);
        }
    }
}
