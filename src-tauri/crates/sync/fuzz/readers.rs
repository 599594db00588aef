//! What has to hold for any bytes that come over the line. It panics where it does not.
//!
//! The fuzz targets look for bytes that break it, and the usual tests try all bytes of the corpus
//! again.
#![allow(dead_code, clippy::panic, clippy::expect_used, clippy::unwrap_used)]

#[path = "../tests/wheel/mod.rs"]
mod wheel;

use std::sync::LazyLock;
use std::time::Duration;

use record::id::EnvelopeId;
use record::log::ScopeDigest;
use record::scope::Scope;
use record::warrant::ErasuresDigest;
use sync::admitted::Admitted;
use sync::conformance::SERVICE;
use sync::exchange::Exchange;
use sync::login::{Hello, Login, Pass, Welcome};
use sync::memory::MemoryShelf;
use sync::pace::Pace;
use sync::set_up::SetUp;
use sync::shelf::respond;
use sync::wire::{Answer, Request};
use wheel::{AT_HUB, AT_OTHER, AT_SPOKE, SPOKE, admitted, all, keep, now, pen, place};

/// A place that holds a few envelopes, one of them ahead.
static HELD: LazyLock<MemoryShelf> = LazyLock::new(|| {
    let mut held = place([AT_HUB, AT_SPOKE]);
    for (seed, scope) in [
        (AT_HUB, Scope::Service),
        (AT_HUB, Scope::Site(SPOKE)),
        (AT_SPOKE, Scope::Audit),
    ] {
        let mut written = pen(seed, scope).write_many("made up", 4);
        written.remove(2);
        keep(&mut held, &written);
    }
    held
});

static OTHER: LazyLock<Admitted> = LazyLock::new(|| admitted(AT_OTHER));
static SPOKES: LazyLock<Admitted> = LazyLock::new(|| admitted(AT_SPOKE));

/// Bytes are refused, or read as a message that is written as the same bytes; a hub server
/// answers them and keeps nothing that nobody signed; a device takes them for an answer or ends.
pub(crate) fn wire(bytes: &[u8]) {
    one_spelling(bytes);
    server(bytes);
    device(bytes);
}

fn one_spelling(bytes: &[u8]) {
    if let Ok((service, read)) = Request::from_bytes(bytes) {
        assert_eq!(read.to_bytes(service), bytes);
    }
    if let Ok((service, read)) = Answer::from_bytes(bytes) {
        assert_eq!(read.to_bytes(service), bytes);
    }
    if let Ok(read) = Hello::from_bytes(bytes) {
        assert_eq!(read.to_bytes(), bytes);
    }
    if let Ok(read) = Welcome::from_bytes(bytes) {
        assert_eq!(read.to_bytes(), bytes);
    }
    if let Ok(read) = Login::from_bytes(bytes) {
        assert_eq!(read.to_bytes(), bytes);
    }
    if let Ok(read) = Pass::from_bytes(bytes) {
        assert_eq!(read.to_bytes(), bytes);
    }
    if let Ok(read) = SetUp::from_bytes(bytes) {
        assert_eq!(read.to_bytes(), bytes);
    }
}

fn server(bytes: &[u8]) {
    let mut held = HELD.clone();
    let answer = respond(&mut held, &OTHER, bytes, now()).expect("memory keeps");
    let (service, read) = Answer::from_bytes(&answer).expect("an answer can be read");
    assert_eq!(service, SERVICE);
    nothing_of_the_spokes(&read);
    assert!(all(&HELD).keys().all(|id| held.log.holds(id)));
}

/// The other spoke's device sees nothing of this spoke.
fn nothing_of_the_spokes(answer: &Answer) {
    if let Answer::Range { envelopes, .. } = answer {
        for bytes in envelopes {
            let envelope = record::envelope::Envelope::from_bytes(bytes).expect("as it was kept");
            assert!(OTHER.may_read(&envelope.header().stream()));
        }
    }
}

/// The same bytes as the answer to whatever the device asks.
fn device(bytes: &[u8]) {
    let mut held = HELD.clone();
    let mut exchange = Exchange::new(SPOKES.clone(), Vec::<EnvelopeId>::new(), Pace::default());
    let clock = Duration::ZERO;
    let differ = Answer::Differ {
        scopes: [Scope::Service, Scope::Site(SPOKE), Scope::Audit]
            .map(|scope| (scope, ScopeDigest::from_bytes([1; 32])))
            .into(),
        time: now(),
        erasures: ErasuresDigest::of(&[]),
    };
    exchange.next(&held, clock).expect("memory gives");
    exchange
        .take(&differ.to_bytes(SERVICE), &mut held, clock)
        .expect("that is an answer");
    for _ in 0..8 {
        let Ok(Some(_)) = exchange.next(&held, clock) else {
            break;
        };
        if exchange.take(bytes, &mut held, clock).is_err() {
            break;
        }
    }
    assert!(all(&HELD).keys().all(|id| held.log.holds(id)));
    let mine = |it: &record::envelope::Envelope| SPOKES.may_read(&it.header().stream());
    assert!(held.log.all().all(mine), "nothing of another site is kept");
}
