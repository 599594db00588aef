//! The bytes of the messages, as `docs/protocol.md` gives them.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod wheel;

use std::fmt::Write as _;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use record::blob::{BlobId, MAX_BLOB};
use record::cbor::{Error as CborError, Writer};
use record::envelope::{Envelope, Stream};
use record::id::{EnvelopeId, PatientId, ServiceId, SiteId};
use record::log::{ScopeDigest, ScopesDigest, StreamDigest, Tail, Tips};
use record::scope::Scope;
use record::warrant::{ErasuresDigest, Unproven, WarrantId};
use sync::admitted::NotAdmitted;
use sync::conformance::{Pen, SERVICE};
use sync::login::{Hello, Login, MAX_PASS, Pass, Welcome};
use sync::set_up::SetUp;
use sync::shelf::respond;
use sync::wire::{
    Answer, BlobName, Error, Failure, MAX_ITEMS, MAX_MESSAGE_BYTES, MAX_PROOFS, NotErased, NotKept,
    Reason, Refused, Request,
};
use wheel::{AT_SPOKE, HUB_SITE, SPOKE, admitted, chain, fingerprint, now, pen, place, root};

fn stream() -> Stream {
    pen(AT_SPOKE, Scope::Site(SPOKE)).stream()
}

fn tail(sequence: u64, seed: u8) -> Tail {
    Tail {
        sequence,
        header_hash: [seed; 32],
    }
}

fn id(seed: u8) -> EnvelopeId {
    EnvelopeId::from_bytes([seed; 32])
}

fn blob() -> BlobName {
    BlobName {
        site: SPOKE,
        patient: PatientId::from_random([0x14; 16]),
        id: BlobId::from_bytes([0xb1; 32]),
        size: 65_584,
    }
}

/// One of each, in the order of the document.
fn requests() -> [(&'static str, Request); 11] {
    [
        (
            "compare",
            Request::Compare {
                digest: ScopesDigest::from_bytes([0xd1; 32]),
            },
        ),
        (
            "tips",
            Request::Tips {
                scope: Scope::Site(SPOKE),
                streams: vec![StreamDigest::from_bytes([0xd2; 8])],
            },
        ),
        (
            "push",
            Request::Push {
                envelopes: vec![vec![0xe1, 0xe2, 0xe3]],
            },
        ),
        (
            "pull",
            Request::Pull {
                stream: stream(),
                have: vec![tail(7, 0xa7), tail(6, 0xa6)],
                limit: 16_384,
            },
        ),
        (
            "fetch",
            Request::Fetch {
                ids: vec![id(0xf1)],
                limit: 16_384,
            },
        ),
        (
            "introduce",
            Request::Introduce {
                chain: chain(AT_SPOKE),
            },
        ),
        (
            "erasures",
            Request::Erasures {
                ids: vec![WarrantId::from_bytes([0xc1; 32])],
            },
        ),
        (
            "erase",
            Request::Erase {
                proofs: vec![vec![0xc2, 0xc3, 0xc4]],
            },
        ),
        ("blob-ask", Request::BlobAsk { blob: blob() }),
        (
            "blob-put",
            Request::BlobPut {
                blob: blob(),
                at: 65_552,
                piece: vec![0xe1, 0xe2, 0xe3],
            },
        ),
        (
            "blob-get",
            Request::BlobGet {
                site: SPOKE,
                id: blob().id,
                at: 65_552,
                limit: 16_384,
            },
        ),
    ]
}

fn known() -> ErasuresDigest {
    ErasuresDigest::from_bytes([0xd4; 8])
}

fn answers() -> [(&'static str, Answer); 12] {
    [
        (
            "same",
            Answer::Same {
                time: now(),
                erasures: known(),
            },
        ),
        (
            "differ",
            Answer::Differ {
                scopes: vec![(Scope::Service, ScopeDigest::from_bytes([0xd3; 32]))],
                time: now(),
                erasures: known(),
            },
        ),
        (
            "tips",
            Answer::Tips {
                streams: vec![Tips {
                    stream: stream(),
                    tails: vec![tail(7, 0xa7)],
                }],
                lacks: vec![0],
                ahead: vec![id(0xf1)],
            },
        ),
        (
            "kept",
            Answer::Kept {
                new: 3,
                refused: vec![Refused {
                    index: 1,
                    reason: Reason::UnknownDevice,
                }],
            },
        ),
        (
            "range",
            Answer::Range {
                envelopes: vec![vec![0xe1, 0xe2, 0xe3]],
                more: true,
            },
        ),
        ("introduced", Answer::Introduced),
        ("failed", Answer::Failed(Failure::NotEntitled)),
        ("unknown", Answer::Unknown { lacks: vec![0] }),
        (
            "erased",
            Answer::Erased {
                erasures: known(),
                refused: vec![NotErased {
                    index: 0,
                    reason: Unproven::SamePerson,
                }],
            },
        ),
        ("blob-held", Answer::BlobHeld { held: 65_552 }),
        (
            "blob-piece",
            Answer::BlobPiece {
                size: 65_584,
                piece: vec![0xe1, 0xe2, 0xe3],
            },
        ),
        ("blob-not", Answer::BlobNot(NotKept::FullForDevice)),
    ]
}

fn hello() -> Hello {
    Hello::of(SERVICE)
}

fn welcome() -> Welcome {
    Welcome {
        service: SERVICE,
        version: 1,
        nonce: [0x4e; 32],
        time: now(),
    }
}

fn login() -> Login {
    let key = Pen::key_of(AT_SPOKE);
    Login::sign(chain(AT_SPOKE), [0x4e; 32], [0x5e; 32], &key).unwrap()
}

fn pass() -> Pass {
    Pass {
        service: SERVICE,
        token: [0x70; 32],
        valid_for: Duration::from_secs(3600),
    }
}

fn set_up() -> SetUp {
    SetUp::new(root(), HUB_SITE).unwrap()
}

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
    assert_eq!(messages(), include_str!("golden/messages-v1.txt"));
}

#[test]
fn the_short_ones_stand_in_the_document_too() {
    let document = include_str!("../../../../docs/protocol.md");
    let golden = include_str!("golden/messages-v1.txt");
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
fn more_proofs_than_a_request_may_show_are_refused() {
    let shown = |count| Request::Erase {
        proofs: vec![Vec::new(); count],
    };
    let most = shown(MAX_PROOFS).to_bytes(SERVICE);
    assert!(Request::from_bytes(&most).is_ok());
    let more = shown(MAX_PROOFS + 1).to_bytes(SERVICE);
    assert_eq!(Request::from_bytes(&more), Err(Error::TooMany));
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

#[test]
fn a_message_cut_short_or_with_more_behind_it_is_refused() {
    let all = requests().map(|(_, request)| request.to_bytes(SERVICE));
    for bytes in all {
        for length in 0..bytes.len() {
            assert!(Request::from_bytes(&bytes[..length]).is_err());
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_eq!(
            Request::from_bytes(&longer),
            Err(Error::Cbor(CborError::Trailing))
        );
    }
}

/// The head of a message, up to its fields.
fn head(version: u64, kind: u64) -> Writer {
    let mut to = Writer::new();
    to.array(4);
    to.uint(version);
    to.bytes(SERVICE.as_bytes());
    to.uint(kind);
    to
}

#[test]
fn a_version_that_is_not_spoken_is_told_as_such() {
    for version in [0, 2, 99] {
        let bytes = head(version, 0).into_bytes();
        assert_eq!(
            Request::from_bytes(&bytes),
            Err(Error::Version { theirs: version })
        );
        assert_eq!(told(&bytes), Answer::Failed(Failure::Version));
    }
}

/// What a hub server says to these bytes.
fn told(bytes: &[u8]) -> Answer {
    let mut server = place([AT_SPOKE]);
    let answer = respond(&mut server, &admitted(AT_SPOKE), bytes, now()).unwrap();
    Answer::from_bytes(&answer).unwrap().1
}

#[test]
fn a_list_longer_than_it_may_be_is_refused_before_any_of_it_is_read() {
    let mut to = head(1, 2);
    to.array(1);
    to.array(usize::try_from(MAX_ITEMS).unwrap() + 1);
    let bytes = to.into_bytes();
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooMany));
    assert_eq!(told(&bytes), Answer::Failed(Failure::TooLong));
    let ids = vec![id(1); sync::wire::MAX_ASKED + 1];
    let bytes = Request::Fetch { ids, limit: 1 }.to_bytes(SERVICE);
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooMany));
    let have = vec![tail(1, 1); sync::wire::MAX_ASKED + 1];
    let (stream, limit) = (stream(), 1);
    let bytes = Request::Pull {
        stream,
        have,
        limit,
    }
    .to_bytes(SERVICE);
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooMany));
    let nine = [chain(AT_SPOKE), chain(AT_SPOKE), chain(AT_SPOKE)].concat();
    let bytes = Request::Introduce { chain: nine }.to_bytes(SERVICE);
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooMany));
}

#[test]
fn a_message_of_more_than_four_mebibytes_is_refused_unread() {
    let bytes = vec![0x84; MAX_MESSAGE_BYTES + 1];
    assert_eq!(Request::from_bytes(&bytes), Err(Error::TooLong));
    assert_eq!(told(&bytes), Answer::Failed(Failure::TooLong));
}

#[test]
fn deep_nesting_is_no_message_and_costs_nothing() {
    // A million arrays, each in the one before it.
    let mut bytes = head(1, 2).into_bytes();
    bytes.extend(vec![0x81; 1_000_000]);
    assert!(Request::from_bytes(&bytes).is_err());
    assert_eq!(told(&bytes), Answer::Failed(Failure::Malformed));
}

#[test]
fn what_is_for_another_service_is_answered_so() {
    let other = ServiceId::from_random([9; 16]);
    let (_, compare) = requests()[0].clone();
    assert_eq!(
        told(&compare.to_bytes(other)),
        Answer::Failed(Failure::OtherService)
    );
}

#[test]
fn an_envelope_that_cannot_be_read_is_refused_alone() {
    let good = pen(AT_SPOKE, Scope::Site(SPOKE)).write("made up");
    let foreign = Pen::new(ServiceId::from_random([9; 16]), Scope::Service, AT_SPOKE).write("no");
    let mut altered = good.to_bytes();
    *altered.last_mut().unwrap() ^= 1;
    // Format 2 in the header, where 1 stands: after the array, the byte string's head and the
    // map's head and first key.
    let mut newer = good.to_bytes();
    newer[5] = 2;
    let envelopes = vec![
        Vec::new(),
        good.to_bytes(),
        altered,
        newer,
        foreign.to_bytes(),
    ];
    let Answer::Kept { new: 1, refused } = told(&Request::Push { envelopes }.to_bytes(SERVICE))
    else {
        panic!("a push is answered by what was kept")
    };
    let refused: Vec<_> = refused.iter().map(|it| (it.index, it.reason)).collect();
    let expected = [
        (0, Reason::Unreadable),
        (2, Reason::Unreadable),
        (3, Reason::Newer),
        (4, Reason::OtherService),
    ];
    assert_eq!(refused, expected);
}

#[test]
fn a_chain_that_does_not_lead_to_the_root_introduces_nobody() {
    let whole = chain(AT_SPOKE);
    let without_root = whole[1..].to_vec();
    let a_person = whole[..2].to_vec();
    for chain in [without_root, a_person, Vec::new()] {
        let bytes = Request::Introduce { chain }.to_bytes(SERVICE);
        assert_eq!(told(&bytes), Answer::Failed(Failure::Certificates));
    }
}

#[test]
fn a_login_holds_once_for_one_server() {
    let (login, root) = (login(), fingerprint());
    let check = |nonce, key| login.check(&root, HUB_SITE, &nonce, &key);
    assert_eq!(check([0x4e; 32], [0x5e; 32]), Ok(admitted(AT_SPOKE)));
    assert_eq!(check([0x4f; 32], [0x5e; 32]), Err(NotAdmitted::Signature));
    let relayed = check([0x4e; 32], [0x5f; 32]);
    assert_eq!(
        relayed,
        Err(NotAdmitted::Signature),
        "a server in between cannot pass it on"
    );
    let stolen = Login {
        chain: chain(wheel::AT_HUB),
        ..login.clone()
    };
    let stolen = stolen.check(&root, HUB_SITE, &[0x4e; 32], &[0x5e; 32]);
    assert_eq!(
        stolen,
        Err(NotAdmitted::Signature),
        "another's certificates do not help"
    );
    let person = Login {
        chain: chain(AT_SPOKE)[..2].to_vec(),
        ..login
    };
    let person = person.check(&root, HUB_SITE, &[0x4e; 32], &[0x5e; 32]);
    assert_eq!(person, Err(NotAdmitted::NotADevice));
}

#[test]
fn a_pass_for_longer_than_a_day_is_not_taken_and_none_is_ever_shown() {
    let long = Pass {
        valid_for: MAX_PASS + Duration::from_secs(1),
        ..pass()
    };
    assert!(Pass::from_bytes(&long.to_bytes()).is_err());
    assert!(!format!("{:?}", pass()).contains("112"), "0x70 is 112");
}

#[test]
fn a_set_up_file_holds_a_root_and_nothing_else() {
    let mut bytes = set_up().to_bytes();
    let administrator = chain(AT_SPOKE)[1].clone();
    assert_eq!(
        SetUp::new(administrator, HUB_SITE),
        Err(sync::set_up::Error::NotARoot)
    );
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    assert!(SetUp::from_bytes(&bytes).is_err(), "altered");
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

    #[test]
    fn any_bytes_at_all_are_answered(bytes in vec(any::<u8>(), 0..400)) {
        let answer = told(&bytes);
        prop_assert!(matches!(answer, Answer::Failed(_)));
    }

    #[test]
    fn an_envelope_that_was_altered_is_never_kept(
        at in any::<prop::sample::Index>(),
        by in 1..=255_u8,
    ) {
        let mut bytes = pen(AT_SPOKE, Scope::Site(SPOKE)).write("made up").to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        let answer = told(&Request::Push { envelopes: vec![bytes.clone()] }.to_bytes(SERVICE));
        let refused = matches!(&answer, Answer::Kept { new: 0, refused } if refused.len() == 1);
        prop_assert!(refused, "{answer:?}, {:?}", Envelope::from_bytes(&bytes));
    }
}
