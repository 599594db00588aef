//! Blobs on their way: piece by piece, cut anywhere, to those who may have them.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod wheel;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use proptest::prelude::*;
use record::blob::{BlobHash, BlobId, MAX_BLOB};
use record::id::{PatientId, SiteId};
use sync::blobs::{Cargo, Carrier, Errand};
use sync::conformance::SERVICE;
use sync::exchange::Error;
use sync::memory::MemoryShelf;
use sync::pace::Pace;
use sync::shelf::{Quota, respond};
use sync::wire::{Answer, BlobName, Failure, MAX_BATCH_BYTES, NotKept, Request};
use wheel::{AT_HUB, AT_OTHER, AT_SPOKE, Cut, OTHER_SPOKE, SPOKE, admitted, now, place};

/// What a device holds and wants of blobs, in memory.
#[derive(Default)]
struct Hold {
    held: BTreeMap<BlobId, Vec<u8>>,
    wanted: BTreeMap<BlobId, BlobName>,
    to_send: BTreeMap<BlobId, BlobName>,
    there: BTreeMap<BlobId, u64>,
    refused: Vec<(BlobId, NotKept)>,
}

impl Hold {
    fn attach(&mut self, site: SiteId, bytes: &[u8]) -> BlobName {
        let mut hash = BlobHash::new();
        hash.put(bytes);
        let name = BlobName {
            site,
            patient: PatientId::from_random([0x14; 16]),
            id: hash.id(),
            size: bytes.len() as u64,
        };
        self.held.insert(name.id, bytes.to_vec());
        self.to_send.insert(name.id, name);
        name
    }

    fn want(&mut self, name: BlobName) {
        self.wanted.insert(name.id, name);
    }

    fn is_refused(&self, id: &BlobId) -> bool {
        self.refused.iter().any(|(its, _)| its == id)
    }
}

impl Cargo for Hold {
    type Error = Infallible;

    fn next_errand(&self) -> Result<Option<Errand>, Infallible> {
        for (id, name) in &self.wanted {
            let at = self.held.get(id).map_or(0, Vec::len) as u64;
            if at < name.size && !self.is_refused(id) {
                return Ok(Some(Errand::Get {
                    site: name.site,
                    id: *id,
                    size: name.size,
                    at,
                }));
            }
        }
        for (id, blob) in &self.to_send {
            if self.is_refused(id) {
                continue;
            }
            match self.there.get(id) {
                None => return Ok(Some(Errand::Ask(*blob))),
                Some(at) if *at < blob.size => {
                    return Ok(Some(Errand::Put {
                        blob: *blob,
                        at: *at,
                    }));
                }
                Some(_) => {}
            }
        }
        Ok(None)
    }

    fn bytes(&self, id: &BlobId, at: u64, limit: usize) -> Result<Vec<u8>, Infallible> {
        let rest = &self.held[id][usize::try_from(at).unwrap()..];
        Ok(rest[..rest.len().min(limit)].to_vec())
    }

    fn there(&mut self, blob: &BlobName, held: u64) -> Result<(), Infallible> {
        self.there.insert(blob.id, held);
        Ok(())
    }

    fn arrived(&mut self, id: &BlobId, at: u64, piece: &[u8]) -> Result<(), Infallible> {
        let held = self.held.entry(*id).or_default();
        if held.len() as u64 == at {
            held.extend_from_slice(piece);
        }
        Ok(())
    }

    fn refused(&mut self, errand: &Errand, why: NotKept) -> Result<(), Infallible> {
        let id = match errand {
            Errand::Get { id, .. } => *id,
            Errand::Ask(blob) | Errand::Put { blob, .. } => blob.id,
        };
        self.refused.push((id, why));
        Ok(())
    }
}

fn bytes(length: usize, seed: u8) -> Vec<u8> {
    (0..=252)
        .cycle()
        .take(length)
        .map(|byte: u8| byte ^ seed)
        .collect()
}

/// Carries until nothing is left or the line is cut; gives the messages.
fn carry(seed: u8, hold: &mut Hold, server: &mut MemoryShelf, cut: Cut) -> Vec<Vec<u8>> {
    let mut carrier = Carrier::new(SERVICE, Pace::default());
    let mut clock = Duration::ZERO;
    let mut messages = Vec::new();
    while let Some(message) = carrier.next(hold, clock).unwrap() {
        let number = messages.len();
        assert!(number < 10_000, "carrying comes to an end");
        messages.push(message.clone());
        if cut == Cut::Before(number) {
            break;
        }
        let answer = respond(server, &admitted(seed), &message, now()).unwrap();
        if cut == Cut::After(number) {
            break;
        }
        clock += Duration::from_secs(2);
        carrier.take(&answer, hold, clock).unwrap();
    }
    messages
}

#[test]
fn the_shelf_in_memory_keeps_blobs() {
    sync::conformance::blobs(|quota| {
        let mut shelf = place([AT_SPOKE]);
        shelf.blobs.quota = quota;
        shelf
    });
}

#[test]
fn a_blob_goes_to_the_server_and_comes_only_to_who_asks_for_it() {
    let (mut spoke, mut hub) = (Hold::default(), Hold::default());
    let mut server = place([AT_SPOKE, AT_HUB]);
    let blob = bytes(400_000, 1);
    let name = spoke.attach(SPOKE, &blob);
    let messages = carry(AT_SPOKE, &mut spoke, &mut server, Cut::Never);
    assert!(messages.len() > 5, "in {} pieces", messages.len());
    assert_eq!(spoke.there[&name.id], name.size);
    assert_eq!(carry(AT_HUB, &mut hub, &mut server, Cut::Never).len(), 0);
    hub.want(name);
    carry(AT_HUB, &mut hub, &mut server, Cut::Never);
    assert_eq!(hub.held[&name.id], blob);
}

#[test]
fn what_a_person_asked_for_comes_before_what_is_to_be_sent() {
    let (mut spoke, mut hub) = (Hold::default(), Hold::default());
    let mut server = place([AT_SPOKE, AT_HUB]);
    let name = spoke.attach(SPOKE, &bytes(20_000, 2));
    carry(AT_SPOKE, &mut spoke, &mut server, Cut::Never);
    hub.attach(SPOKE, &bytes(20_000, 3));
    hub.want(name);
    let messages = carry(AT_HUB, &mut hub, &mut server, Cut::Never);
    let (_, first) = Request::from_bytes(&messages[0]).unwrap();
    assert!(matches!(first, Request::BlobGet { .. }));
}

#[test]
fn a_hub_server_from_an_old_backup_gets_the_whole_again() {
    let mut spoke = Hold::default();
    let mut server = place([AT_SPOKE]);
    let blob = bytes(100_000, 4);
    let name = spoke.attach(SPOKE, &blob);
    carry(AT_SPOKE, &mut spoke, &mut server, Cut::Before(3));
    assert!(spoke.there[&name.id] > 0);
    let mut restored = place([AT_SPOKE]);
    carry(AT_SPOKE, &mut spoke, &mut restored, Cut::Never);
    let mut hub = Hold::default();
    hub.want(name);
    carry(AT_HUB, &mut hub, &mut restored, Cut::Never);
    assert_eq!(hub.held[&name.id], blob);
}

#[test]
fn a_device_of_another_site_neither_sends_nor_gets_it() {
    let mut spoke = Hold::default();
    let mut server = place([AT_SPOKE, AT_OTHER]);
    let name = spoke.attach(SPOKE, &bytes(1000, 5));
    carry(AT_SPOKE, &mut spoke, &mut server, Cut::Never);
    let requests = [
        Request::BlobAsk { blob: name },
        Request::BlobPut {
            blob: name,
            at: 0,
            piece: vec![1],
        },
        Request::BlobGet {
            site: SPOKE,
            id: name.id,
            at: 0,
            limit: 10,
        },
    ];
    for request in requests {
        let message = request.to_bytes(SERVICE);
        let answer = respond(&mut server, &admitted(AT_OTHER), &message, now()).unwrap();
        let (_, answer) = Answer::from_bytes(&answer).unwrap();
        assert_eq!(answer, Answer::Failed(Failure::NotEntitled));
    }
    // Naming it in a scope of its own gives it nothing either.
    let own = BlobName {
        site: OTHER_SPOKE,
        ..name
    };
    let message = Request::BlobAsk { blob: own }.to_bytes(SERVICE);
    let answer = respond(&mut server, &admitted(AT_OTHER), &message, now()).unwrap();
    let (_, answer) = Answer::from_bytes(&answer).unwrap();
    assert_eq!(answer, Answer::BlobHeld { held: 0 });
}

#[test]
fn what_the_server_does_not_let_it_carry_is_left_for_later_and_the_rest_goes_on() {
    let mut spoke = Hold::default();
    let mut server = place([AT_SPOKE]);
    let elsewhere = spoke.attach(OTHER_SPOKE, &bytes(1000, 20));
    let here = spoke.attach(SPOKE, &bytes(1000, 21));
    carry(AT_SPOKE, &mut spoke, &mut server, Cut::Never);
    assert_eq!(spoke.refused, [(elsewhere.id, NotKept::NotHere)]);
    assert_eq!(spoke.there[&here.id], here.size);
}

#[test]
fn what_the_server_does_not_understand_is_left_for_later_and_the_rest_goes_on() {
    for failure in [Failure::Malformed, Failure::TooLong] {
        let mut spoke = Hold::default();
        let mut server = place([AT_SPOKE]);
        let bad = spoke.attach(SPOKE, &bytes(1000, 23));
        let refused = Answer::Failed(failure).to_bytes(SERVICE);
        let mut carrier = Carrier::new(SERVICE, Pace::default());
        carrier.next(&spoke, Duration::ZERO).unwrap().unwrap();
        carrier.take(&refused, &mut spoke, Duration::ZERO).unwrap();
        let good = spoke.attach(SPOKE, &bytes(1000, 24));
        carry(AT_SPOKE, &mut spoke, &mut server, Cut::Never);
        assert_eq!(spoke.refused, [(bad.id, NotKept::NotHere)]);
        assert_eq!(spoke.there[&good.id], good.size);
    }
}

#[test]
fn whoever_may_read_both_sites_takes_it_along_without_sending_it_again() {
    let mut hub = Hold::default();
    let mut server = place([AT_HUB]);
    let blob = bytes(100_000, 6);
    let name = hub.attach(SPOKE, &blob);
    carry(AT_HUB, &mut hub, &mut server, Cut::Never);
    let moved = BlobName {
        site: OTHER_SPOKE,
        ..name
    };
    let mut next = Hold::default();
    next.to_send.insert(name.id, moved);
    let messages = carry(AT_HUB, &mut next, &mut server, Cut::Never);
    assert_eq!(messages.len(), 1);
    let mut other = Hold::default();
    other.want(moved);
    carry(AT_OTHER, &mut other, &mut server, Cut::Never);
    assert_eq!(other.held[&name.id], blob);
}

#[test]
fn a_document_that_is_moved_to_another_record_is_not_sent_again() {
    let mut spoke = Hold::default();
    let mut server = place([AT_SPOKE]);
    let name = spoke.attach(SPOKE, &bytes(100_000, 22));
    carry(AT_SPOKE, &mut spoke, &mut server, Cut::Never);
    let moved = BlobName {
        patient: PatientId::from_random([0x15; 16]),
        ..name
    };
    let mut next = Hold::default();
    next.to_send.insert(name.id, moved);
    let messages = carry(AT_SPOKE, &mut next, &mut server, Cut::Never);
    assert_eq!(messages.len(), 1);
    assert_eq!(next.there[&name.id], name.size);
}

#[test]
fn past_the_quota_the_device_is_told_and_goes_on_with_the_rest() {
    let mut spoke = Hold::default();
    let mut server = place([AT_SPOKE]);
    server.blobs.quota = Quota {
        of_a_device: 50_000,
        ..Quota::default()
    };
    let large = spoke.attach(SPOKE, &bytes(60_000, 7));
    let small = spoke.attach(SPOKE, &bytes(1000, 8));
    carry(AT_SPOKE, &mut spoke, &mut server, Cut::Never);
    assert_eq!(spoke.refused, [(large.id, NotKept::FullForDevice)]);
    assert_eq!(spoke.there[&small.id], small.size);
}

#[test]
fn a_blob_that_the_server_does_not_have_is_told_and_not_asked_for_for_ever() {
    let mut hub = Hold::default();
    let name = Hold::default().attach(SPOKE, &bytes(1000, 9));
    hub.want(name);
    carry(AT_HUB, &mut hub, &mut place([AT_HUB]), Cut::Never);
    assert_eq!(hub.refused, [(name.id, NotKept::NotHere)]);
}

#[test]
fn a_server_that_keeps_nothing_of_what_it_is_sent_is_left_alone() {
    let mut spoke = Hold::default();
    spoke.attach(SPOKE, &bytes(1000, 10));
    let mut carrier = Carrier::new(SERVICE, Pace::default());
    let mut messages = 0;
    while carrier.next(&spoke, Duration::ZERO).unwrap().is_some() {
        messages += 1;
        assert!(messages < 10, "it ends");
        let nothing = Answer::BlobHeld { held: 0 }.to_bytes(SERVICE);
        carrier.take(&nothing, &mut spoke, Duration::ZERO).unwrap();
    }
}

#[test]
fn a_piece_of_another_size_or_of_nothing_is_not_kept() {
    for (size, piece) in [(999, vec![1]), (1000, vec![0; 1001]), (1000, Vec::new())] {
        let mut hub = Hold::default();
        let name = Hold::default().attach(SPOKE, &bytes(1000, 11));
        hub.want(name);
        let mut carrier = Carrier::new(SERVICE, Pace::default());
        carrier.next(&hub, Duration::ZERO).unwrap().unwrap();
        let answer = Answer::BlobPiece { size, piece }.to_bytes(SERVICE);
        carrier.take(&answer, &mut hub, Duration::ZERO).unwrap();
        assert_eq!(hub.refused, [(name.id, NotKept::Altered)]);
        assert!(!hub.held.contains_key(&name.id));
    }
    let mut hub = Hold::default();
    let mut carrier = Carrier::new(SERVICE, Pace::default());
    let unasked = Answer::BlobHeld { held: 1 }.to_bytes(SERVICE);
    let taken = carrier.take(&unasked, &mut hub, Duration::ZERO);
    assert_eq!(taken, Err(Error::Unexpected));
}

#[test]
fn a_piece_that_is_empty_or_too_long_or_reaches_past_the_end_is_refused_whole() {
    let mut server = place([AT_SPOKE]);
    let name = BlobName {
        size: MAX_BLOB,
        ..Hold::default().attach(SPOKE, &bytes(10, 12))
    };
    for (at, length) in [(0, MAX_BATCH_BYTES + 1), (MAX_BLOB, 1), (u64::MAX, 1)] {
        let request = Request::BlobPut {
            blob: name,
            at,
            piece: vec![0; length],
        };
        let message = request.to_bytes(SERVICE);
        let answer = respond(&mut server, &admitted(AT_SPOKE), &message, now()).unwrap();
        let (_, answer) = Answer::from_bytes(&answer).unwrap();
        assert_eq!(answer, Answer::Failed(Failure::TooLong), "{length} at {at}");
    }
    // Of nothing comes no piece: two of them would stand at one place.
    for at in [0, 0, MAX_BLOB] {
        let request = Request::BlobPut {
            blob: name,
            at,
            piece: Vec::new(),
        };
        let message = request.to_bytes(SERVICE);
        let answer = respond(&mut server, &admitted(AT_SPOKE), &message, now()).unwrap();
        let (_, answer) = Answer::from_bytes(&answer).unwrap();
        assert_eq!(answer, Answer::Failed(Failure::Malformed), "at {at}");
    }
    for size in [0, MAX_BLOB + 1] {
        let request = Request::BlobAsk {
            blob: BlobName { size, ..name },
        };
        let message = request.to_bytes(SERVICE);
        assert!(Request::from_bytes(&message).is_err(), "of {size} bytes");
    }
}

proptest! {
    #[test]
    fn cut_wherever_it_may_be_both_ends_come_to_hold_the_same(
        lengths in prop::collection::vec(1..80_000_usize, 1..4),
        cuts in prop::collection::vec((0..6_usize, any::<bool>(), any::<bool>()), 0..8),
    ) {
        let (mut spoke, mut hub) = (Hold::default(), Hold::default());
        let mut server = place([AT_SPOKE, AT_HUB]);
        for (seed, length) in (0..).zip(&lengths) {
            hub.want(spoke.attach(SPOKE, &bytes(*length, seed)));
        }
        for (number, before, sending) in cuts {
            let cut = if before { Cut::Before(number) } else { Cut::After(number) };
            if sending {
                carry(AT_SPOKE, &mut spoke, &mut server, cut);
            } else {
                carry(AT_HUB, &mut hub, &mut server, cut);
            }
            hub.refused.clear();
        }
        carry(AT_SPOKE, &mut spoke, &mut server, Cut::Never);
        carry(AT_HUB, &mut hub, &mut server, Cut::Never);
        prop_assert_eq!(spoke.held, hub.held);
        prop_assert!(spoke.refused.is_empty());
    }
}
