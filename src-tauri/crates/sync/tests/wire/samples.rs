//! One of each message.

use std::time::Duration;

use record::blob::BlobId;
use record::envelope::Stream;
use record::id::{EnvelopeId, PatientId};
use record::log::{ScopeDigest, ScopesDigest, StreamDigest, Tail, Tips};
use record::scope::Scope;
use record::warrant::{ErasuresDigest, Unproven, WarrantId};
use sync::conformance::{Pen, SERVICE};
use sync::login::{Hello, Login, Pass, Welcome};
use sync::set_up::SetUp;
use sync::wire::{Answer, BlobName, Failure, NotErased, NotKept, Reason, Refused, Request};

use crate::wheel::{AT_SPOKE, HUB_SITE, SPOKE, chain, now, pen, root};

pub(crate) fn stream() -> Stream {
    pen(AT_SPOKE, Scope::Site(SPOKE)).stream()
}

pub(crate) fn tail(sequence: u64, seed: u8) -> Tail {
    Tail {
        sequence,
        header_hash: [seed; 32],
    }
}

pub(crate) fn id(seed: u8) -> EnvelopeId {
    EnvelopeId::from_bytes([seed; 32])
}

pub(crate) fn blob() -> BlobName {
    BlobName {
        site: SPOKE,
        patient: PatientId::from_random([0x14; 16]),
        id: BlobId::from_bytes([0xb1; 32]),
        size: 65_584,
    }
}

/// One of each, in the order of the document.
pub(crate) fn requests() -> [(&'static str, Request); 11] {
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

pub(crate) fn known() -> ErasuresDigest {
    ErasuresDigest::from_bytes([0xd4; 8])
}

pub(crate) fn answers() -> [(&'static str, Answer); 12] {
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

pub(crate) fn hello() -> Hello {
    Hello::of(SERVICE)
}

pub(crate) fn welcome() -> Welcome {
    Welcome {
        service: SERVICE,
        version: 1,
        nonce: [0x4e; 32],
        time: now(),
    }
}

pub(crate) fn login() -> Login {
    let key = Pen::key_of(AT_SPOKE);
    Login::sign(chain(AT_SPOKE), [0x4e; 32], [0x5e; 32], &key).unwrap()
}

pub(crate) fn pass() -> Pass {
    Pass {
        service: SERVICE,
        token: [0x70; 32],
        valid_for: Duration::from_secs(3600),
    }
}

pub(crate) fn set_up() -> SetUp {
    SetUp::new(root(), HUB_SITE).unwrap()
}
