//! What a dishonest hub server, or somebody on the way, tries with an exchange: each is refused or
//! shown under its own name.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod wheel;

use std::time::Duration;

use record::body::Frontier;
use record::certificate::{Certificate, ChainError};
use record::envelope::Envelope;
use record::keys::SigningKey;
use record::log::{EventLog, ScopeDigest, Tail, Tips};
use record::moment::Moment;
use record::scope::Scope;
use record::warrant::ErasuresDigest;
use sync::admitted::{Admitted, NotAdmitted};
use sync::conformance::{Pen, SERVICE};
use sync::exchange::{Error, Exchange, NotTaken};
use sync::memory::MemoryShelf;
use sync::pace::Pace;
use sync::wire::{Answer, Reason};
use wheel::{
    AT_HUB, AT_OTHER, AT_SPOKE, Cut, HUB_SITE, OTHER_SPOKE, SPOKE, admitted, all, bring_up_to_date,
    chain, exchange, fingerprint, keep, now, pen, place,
};

const EVERYONE: [u8; 3] = [AT_HUB, AT_SPOKE, AT_OTHER];
const ZERO: Duration = Duration::ZERO;

/// A spoke's exchange in which the hub server has just said that its site differs.
fn told_that_the_site_differs(spoke: &mut MemoryShelf) -> Exchange {
    let mut exchange = Exchange::new(admitted(AT_SPOKE), Vec::new(), Pace::default());
    let mine = |scope| ScopeDigest::of(SERVICE, scope, &[], &[]);
    let differ = Answer::Differ {
        scopes: vec![
            (Scope::Service, mine(Scope::Service)),
            (Scope::Site(SPOKE), ScopeDigest::from_bytes([1; 32])),
            (Scope::Audit, mine(Scope::Audit)),
        ],
        time: now(),
        erasures: ErasuresDigest::of(&[]),
    };
    exchange.next(spoke, ZERO).unwrap();
    exchange
        .take(&differ.to_bytes(SERVICE), spoke, ZERO)
        .unwrap();
    exchange.next(spoke, ZERO).unwrap();
    exchange
}

fn tips(pen: &Pen, last: &Envelope) -> Answer {
    Answer::Tips {
        streams: vec![Tips {
            stream: pen.stream(),
            tails: vec![Tail::of(last)],
        }],
        lacks: Vec::new(),
        ahead: Vec::new(),
    }
}

/// What becomes of envelopes that a hub server gives when it is asked for one stream.
fn given(
    spoke: &mut MemoryShelf,
    asked: &Pen,
    last: &Envelope,
    given: &[Envelope],
) -> Vec<NotTaken> {
    let mut exchange = told_that_the_site_differs(spoke);
    exchange
        .take(&tips(asked, last).to_bytes(SERVICE), spoke, ZERO)
        .unwrap();
    exchange.next(spoke, ZERO).unwrap();
    let range = Answer::Range {
        envelopes: given.iter().map(Envelope::to_bytes).collect(),
        more: false,
    };
    exchange
        .take(&range.to_bytes(SERVICE), spoke, ZERO)
        .unwrap();
    while exchange.next(spoke, ZERO).unwrap().is_some() {
        let same = Answer::Same {
            time: now(),
            erasures: ErasuresDigest::of(&[]),
        };
        exchange.take(&same.to_bytes(SERVICE), spoke, ZERO).unwrap();
    }
    let outcome = exchange.outcome().unwrap();
    assert!(!outcome.up_to_date, "whatever the server says");
    outcome.refused_here
}

#[test]
fn attack_an_envelope_of_another_site_is_not_taken_from_a_hub_server() {
    let mut spoke = place(EVERYONE);
    let mut asked = pen(AT_HUB, Scope::Site(SPOKE));
    let last = asked.write("asked for");
    let other = pen(AT_OTHER, Scope::Site(OTHER_SPOKE)).write("of another site");
    let refused = given(&mut spoke, &asked, &last, std::slice::from_ref(&other));
    assert_eq!(refused.len(), 1);
    assert_eq!(
        (refused[0].id, refused[0].reason),
        (Some(other.id()), Reason::NotEntitled)
    );
    assert!(all(&spoke).is_empty());
}

#[test]
fn attack_a_stream_that_was_not_asked_for_is_not_taken() {
    let mut spoke = place(EVERYONE);
    let mut asked = pen(AT_HUB, Scope::Site(SPOKE));
    let last = asked.write("asked for");
    let other = pen(AT_SPOKE, Scope::Site(SPOKE)).write("of the same site");
    let refused = given(&mut spoke, &asked, &last, &[other]);
    assert_eq!(refused.len(), 1);
    assert!(all(&spoke).is_empty());
}

#[test]
fn attack_an_envelope_that_its_device_did_not_sign_is_refused_under_its_name() {
    let mut spoke = place(EVERYONE);
    let mut asked = pen(AT_HUB, Scope::Site(SPOKE));
    let good = asked.write("signed");
    let mut bytes = good.to_bytes();
    let header_end = good.without_content().to_bytes().len() - 1;
    bytes[header_end - 1] ^= 1;
    let forged = Envelope::from_bytes(&bytes).unwrap();
    let refused = given(&mut spoke, &asked, &good, std::slice::from_ref(&forged));
    assert_eq!(
        (refused[0].id, refused[0].reason),
        (Some(forged.id()), Reason::Signature)
    );
    assert!(all(&spoke).is_empty());
}

#[test]
fn attack_a_stream_that_is_not_the_devices_to_see_ends_the_exchange() {
    let mut spoke = place(EVERYONE);
    let mut exchange = told_that_the_site_differs(&mut spoke);
    let mut other = pen(AT_OTHER, Scope::Site(OTHER_SPOKE));
    let last = other.write("of another site");
    let told = exchange.take(&tips(&other, &last).to_bytes(SERVICE), &mut spoke, ZERO);
    assert_eq!(told, Err(Error::Unexpected));
}

#[test]
fn attack_a_hub_server_that_gives_the_same_range_for_ever_is_not_waited_for() {
    let mut spoke = place(EVERYONE);
    let mut asked = pen(AT_HUB, Scope::Site(SPOKE));
    let written = asked.write_many("made up", 2);
    let mut exchange = told_that_the_site_differs(&mut spoke);
    let answer = tips(&asked, &written[1]).to_bytes(SERVICE);
    exchange.take(&answer, &mut spoke, ZERO).unwrap();
    let range = Answer::Range {
        envelopes: vec![written[0].to_bytes()],
        more: true,
    };
    let mut asked_again = 0;
    while exchange.next(&spoke, ZERO).unwrap().is_some() {
        asked_again += 1;
        if exchange
            .take(&range.to_bytes(SERVICE), &mut spoke, ZERO)
            .is_err()
        {
            break;
        }
    }
    assert_eq!(
        asked_again, 3,
        "twice for the stream, once whether they are equal"
    );
}

#[test]
fn attack_a_hub_server_that_withholds_is_found_out_by_what_another_device_signed() {
    let (mut spoke, mut server, mut hub) = (place(EVERYONE), place(EVERYONE), place(EVERYONE));
    let scope = Scope::Site(SPOKE);
    let mut withheld = pen(AT_SPOKE, scope);
    keep(&mut spoke, &withheld.write_many("a red flag", 3));
    bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    let signed = Frontier::of(&spoke.tips(scope).unwrap());
    // To the hub the server shows a log in which the end of this stream never was.
    let mut shown = place(EVERYONE);
    keep(
        &mut shown,
        &server.beyond(&withheld.stream(), &[], 1).unwrap(),
    );
    bring_up_to_date(AT_HUB, &mut hub, &mut shown);
    let lacking = signed.lacking(SERVICE, scope, |stream, tail| {
        hub.joined(stream, tail).unwrap()
    });
    let last = spoke.tips(scope).unwrap()[0].tails[0];
    assert_eq!(lacking, [(withheld.stream(), last)]);
    let honest = signed.lacking(SERVICE, scope, |stream, tail| {
        server.joined(stream, tail).unwrap()
    });
    assert!(honest.is_empty());
}

#[test]
fn attack_certificates_of_another_service_let_nobody_in() {
    let key = SigningKey::from_seed(&[0x99; 32]);
    let at = Moment::new(now(), 0).unwrap();
    let other = Certificate::root(SERVICE, "Another service".into(), at, &key).unwrap();
    let theirs = other.fingerprint().unwrap();
    let let_in = Admitted::from_chain(&chain(AT_SPOKE), &theirs, HUB_SITE);
    assert_eq!(let_in, Err(NotAdmitted::Chain(ChainError::OtherRoot)));
    let mut mixed = chain(AT_SPOKE);
    mixed[0] = other;
    let let_in = Admitted::from_chain(&mixed, &fingerprint(), HUB_SITE);
    assert_eq!(let_in, Err(NotAdmitted::Chain(ChainError::OtherRoot)));
    let gap = [&chain(AT_SPOKE)[..1], &chain(AT_SPOKE)[2..]].concat();
    let let_in = Admitted::from_chain(&gap, &fingerprint(), HUB_SITE);
    assert_eq!(let_in, Err(NotAdmitted::Chain(ChainError::Gap)));
}

#[test]
fn attack_a_hub_server_that_was_rolled_back_strands_nobody() {
    let (mut spoke, mut server) = (place(EVERYONE), place(EVERYONE));
    let mut pen = pen(AT_SPOKE, Scope::Site(SPOKE));
    keep(&mut spoke, &pen.write_many("before", 5));
    bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    let mut rolled_back = server.clone();
    keep(&mut spoke, &pen.write_many("after", 5));
    bring_up_to_date(AT_SPOKE, &mut spoke, &mut server);
    let passed = exchange(
        AT_SPOKE,
        &mut spoke,
        &mut rolled_back,
        Vec::new(),
        Cut::Never,
    );
    assert!(passed.outcome.unwrap().up_to_date);
    assert_eq!(all(&rolled_back), all(&spoke));
}
