//! What two logs say of themselves, in one digest; and what a device says of a hub server.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use record::body::Frontier;
use record::cbor::{from_value, to_value};
use record::envelope::Stream;
use record::id::{DeviceId, EnvelopeId, ServiceId};
use record::log::{Kept, ScopeDigest, ScopesDigest, StreamDigest, Tail, Tips};
use record::scope::Scope;
use samples::{device, service, site};

fn stream(incarnation: u32) -> Stream {
    Stream {
        service: service(),
        scope: Scope::Site(site()),
        device: device(),
        incarnation,
    }
}

fn tail(sequence: u64, seed: u8) -> Tail {
    Tail {
        sequence,
        header_hash: [seed; 32],
    }
}

fn tips() -> Vec<Tips> {
    let of = |incarnation, tails| Tips {
        stream: stream(incarnation),
        tails,
    };
    vec![of(0, vec![tail(7, 1), tail(7, 2)]), of(1, vec![tail(3, 3)])]
}

fn digest(tips: &[Tips], ahead: &[EnvelopeId]) -> ScopeDigest {
    ScopeDigest::of(service(), Scope::Site(site()), tips, ahead)
}

fn ahead() -> Vec<EnvelopeId> {
    [5, 6].map(|seed| EnvelopeId::from_bytes([seed; 32])).into()
}

/// The bytes of `docs/protocol.md`, section 3.
#[test]
fn the_digests_are_these_bytes() {
    let scope = digest(&tips(), &ahead());
    let scopes = ScopesDigest::of(&[(Scope::Site(site()), scope), (Scope::Service, scope)]);
    let stream = StreamDigest::of(&tips()[0]);
    let of_stream = u64::from_be_bytes(*stream.as_bytes());
    assert_eq!(
        format!("{scope}\n{scopes}\n{of_stream:016x}"),
        include_str!("golden/digests-v1.txt").trim_end()
    );
}

#[test]
fn the_order_in_which_things_are_told_changes_no_digest() {
    let mut turned = tips();
    turned.reverse();
    turned[1].tails.reverse();
    let mut waiting = ahead();
    waiting.reverse();
    assert_eq!(digest(&turned, &waiting), digest(&tips(), &ahead()));
    assert_eq!(StreamDigest::of(&turned[1]), StreamDigest::of(&tips()[0]));
    let one = digest(&tips(), &[]);
    let (service, audit) = ((Scope::Service, one), (Scope::Audit, one));
    assert_eq!(
        ScopesDigest::of(&[service, audit]),
        ScopesDigest::of(&[audit, service])
    );
}

#[test]
fn whatever_is_held_and_is_not_the_same_gives_another_digest() {
    let whole = digest(&tips(), &ahead());
    let mut longer = tips();
    longer[0].tails[0].sequence = 8;
    let mut other_head = tips();
    other_head[1].tails[0].header_hash = [9; 32];
    let mut other_life = tips();
    other_life[1].stream.incarnation = 2;
    let mut other_device = tips();
    other_device[1].stream.device = DeviceId::from_random([9; 16]);
    let mut one_branch = tips();
    one_branch[0].tails.pop();
    for changed in [longer, other_head, other_life, other_device, one_branch] {
        assert_ne!(digest(&changed, &ahead()), whole);
    }
    assert_ne!(digest(&tips()[..1], &ahead()), whole);
    assert_ne!(digest(&tips(), &ahead()[..1]), whole);
    let scope = Scope::Service;
    assert_ne!(ScopeDigest::of(service(), scope, &tips(), &ahead()), whole);
    let other = ServiceId::from_random([9; 16]);
    assert_ne!(
        ScopeDigest::of(other, Scope::Site(site()), &tips(), &ahead()),
        whole
    );
}

#[test]
fn forks_are_told_once_each_and_in_order() {
    let mut kept = Kept {
        new: 1,
        forked: vec![stream(2)],
    };
    kept.join(Kept {
        new: 2,
        forked: vec![stream(1), stream(2)],
    });
    assert_eq!(kept.new, 3);
    assert_eq!(kept.forked, [stream(1), stream(2)]);
}

#[test]
fn a_frontier_tells_what_a_hub_server_withholds() {
    let frontier = Frontier::of(&tips());
    let read: Frontier = from_value(&to_value(&frontier).unwrap()).unwrap();
    assert!(read == frontier, "it reads back");
    let scope = Scope::Site(site());
    let all = read.lacking(service(), scope, |_, _| false);
    let named: Vec<_> = tips()
        .into_iter()
        .flat_map(|one| one.tails.into_iter().map(move |tail| (one.stream, tail)))
        .collect();
    assert_eq!(all, named, "nothing of it came");
    assert!(read.lacking(service(), scope, |_, _| true).is_empty());
    let withheld = read.lacking(service(), scope, |held, tail| {
        *held == stream(1) || tail.header_hash == [1; 32]
    });
    assert_eq!(
        withheld,
        [(stream(0), tail(7, 2))],
        "one branch of a fork did not"
    );
}
