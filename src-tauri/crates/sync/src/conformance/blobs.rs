//! What every shelf of blobs has to do.

use jiff::Timestamp;
use record::blob::{BlobHash, BlobId};
use record::id::{DeviceId, PatientId, SiteId};

use crate::shelf::{BlobShelf, Put, Quota, Shelf};
use crate::wire::{BlobName, NotKept};

use super::erasing::erasure_of;
use super::streams::ok;

const SITE: SiteId = SiteId::from_random([0x61; 16]);
const OTHER_SITE: SiteId = SiteId::from_random([0x62; 16]);
const DEVICE: DeviceId = DeviceId::from_random([0x02; 16]);
const OTHER: DeviceId = DeviceId::from_random([0x03; 16]);
const PATIENT: PatientId = PatientId::from_random([0x14; 16]);
const SOMEBODY: PatientId = PatientId::from_random([0x15; 16]);

/// Room for what is tried here, and for no more than is told.
const QUOTA: Quota = Quota {
    of_a_device: 1000,
    of_the_service: 1500,
};

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn bytes(length: u8, seed: u8) -> Vec<u8> {
    (0..length).map(|at| at ^ seed).collect()
}

fn id_of(bytes: &[u8]) -> BlobId {
    let mut hash = BlobHash::new();
    hash.put(bytes);
    hash.id()
}

fn name(bytes: &[u8]) -> BlobName {
    BlobName {
        site: SITE,
        patient: PATIENT,
        id: id_of(bytes),
        size: bytes.len() as u64,
    }
}

fn put<S: BlobShelf>(shelf: &mut S, of: &BlobName, by: DeviceId, at: u64, piece: &[u8]) -> Put {
    ok(shelf.put_blob(of, by, at, piece, now()))
}

fn whole<S: BlobShelf>(shelf: &S, of: &BlobName) -> Option<Vec<u8>> {
    let (size, piece) = ok(shelf.blob_piece(of.site, &of.id, 0, 4096))?;
    assert_eq!(size, of.size);
    Some(piece)
}

/// Checks every sentence that [`BlobShelf`] says of a shelf. `make` gives a fresh, empty one that
/// keeps no more than it is told.
///
/// # Panics
/// When one of them does not hold.
pub fn blobs<S: BlobShelf>(mut make: impl FnMut(Quota) -> S) {
    let checks: [fn(&mut S); 7] = [
        what_was_put_in_pieces_is_given_in_pieces,
        a_piece_that_does_not_follow_changes_nothing,
        what_is_not_the_blob_that_was_named_is_refused_and_forgotten,
        each_device_brings_its_own_pieces_and_a_whole_blob_is_everybodys,
        each_sites_are_kept_apart_and_taken_over_only_whole,
        what_came_in_part_for_one_patient_is_not_counted_for_another,
        past_the_quota_nothing_is_kept,
    ];
    for check in checks {
        check(&mut make(QUOTA));
    }
}

fn what_was_put_in_pieces_is_given_in_pieces<S: BlobShelf>(shelf: &mut S) {
    let blob = bytes(200, 1);
    let of = name(&blob);
    assert_eq!(ok(shelf.blob_held(&of, DEVICE)), 0);
    assert_eq!(put(shelf, &of, DEVICE, 0, &blob[..90]), Put::Held(90));
    assert_eq!(whole(shelf, &of), None, "what is not whole is not given");
    assert_eq!(put(shelf, &of, DEVICE, 90, &blob[90..150]), Put::Held(150));
    assert_eq!(ok(shelf.blob_held(&of, DEVICE)), 150);
    assert_eq!(put(shelf, &of, DEVICE, 150, &blob[150..]), Put::Held(200));
    for (at, limit) in [(0, 200), (0, 1), (30, 61), (89, 2), (90, 60), (140, 60)] {
        let expected = &blob[at..at + limit];
        let given = ok(shelf.blob_piece(of.site, &of.id, at as u64, limit));
        assert_eq!(given, Some((200, expected.to_vec())), "{limit} from {at}");
    }
    let past = ok(shelf.blob_piece(of.site, &of.id, 200, 10));
    assert_eq!(past, Some((200, Vec::new())));
}

fn a_piece_that_does_not_follow_changes_nothing<S: BlobShelf>(shelf: &mut S) {
    let blob = bytes(100, 2);
    let of = name(&blob);
    assert_eq!(put(shelf, &of, DEVICE, 10, &blob[10..20]), Put::Held(0));
    assert_eq!(put(shelf, &of, DEVICE, 0, &blob[..40]), Put::Held(40));
    assert_eq!(put(shelf, &of, DEVICE, 0, &blob[..40]), Put::Held(40));
    assert_eq!(put(shelf, &of, DEVICE, 41, &blob[41..]), Put::Held(40));
    assert_eq!(put(shelf, &of, DEVICE, 40, &blob[40..]), Put::Held(100));
    assert_eq!(put(shelf, &of, DEVICE, 40, &blob[40..]), Put::Held(100));
    assert_eq!(whole(shelf, &of), Some(blob));
}

fn what_is_not_the_blob_that_was_named_is_refused_and_forgotten<S: BlobShelf>(shelf: &mut S) {
    let blob = bytes(100, 3);
    let of = name(&blob);
    let mut other = blob.clone();
    other[7] ^= 1;
    assert_eq!(put(shelf, &of, DEVICE, 0, &other[..50]), Put::Held(50));
    let refused = put(shelf, &of, DEVICE, 50, &other[50..]);
    assert_eq!(refused, Put::Not(NotKept::Altered));
    assert_eq!(ok(shelf.blob_held(&of, DEVICE)), 0);
    assert_eq!(put(shelf, &of, DEVICE, 0, &blob), Put::Held(100));
    assert_eq!(whole(shelf, &of), Some(blob));
}

fn each_device_brings_its_own_pieces_and_a_whole_blob_is_everybodys<S: BlobShelf>(shelf: &mut S) {
    let blob = bytes(100, 4);
    let of = name(&blob);
    assert_eq!(put(shelf, &of, OTHER, 0, &[0; 60]), Put::Held(60));
    assert_eq!(ok(shelf.blob_held(&of, DEVICE)), 0);
    assert_eq!(put(shelf, &of, DEVICE, 0, &blob), Put::Held(100));
    assert_eq!(ok(shelf.blob_held(&of, OTHER)), 100);
    assert_eq!(put(shelf, &of, OTHER, 60, &blob[60..]), Put::Held(100));
    assert_eq!(whole(shelf, &of), Some(blob));
}

fn each_sites_are_kept_apart_and_taken_over_only_whole<S: BlobShelf>(shelf: &mut S) {
    let blob = bytes(100, 5);
    let of = name(&blob);
    let there = BlobName {
        site: OTHER_SITE,
        ..of
    };
    assert_eq!(put(shelf, &of, DEVICE, 0, &blob[..99]), Put::Held(99));
    assert!(!ok(shelf.take_blob_over(&there, DEVICE, &[SITE], now())));
    assert_eq!(put(shelf, &of, DEVICE, 99, &blob[99..]), Put::Held(100));
    assert_eq!(whole(shelf, &there), None);
    assert_eq!(ok(shelf.blob_held(&there, DEVICE)), 0);
    assert!(!ok(shelf.take_blob_over(&there, DEVICE, &[], now())));
    assert!(ok(shelf.take_blob_over(&there, DEVICE, &[SITE], now())));
    assert_eq!(whole(shelf, &there), Some(blob.clone()));
    assert_eq!(whole(shelf, &of), Some(blob));
}

fn what_came_in_part_for_one_patient_is_not_counted_for_another<S: BlobShelf>(shelf: &mut S) {
    let blob = bytes(100, 11);
    let mine = name(&blob);
    let theirs = BlobName {
        patient: SOMEBODY,
        ..mine
    };
    assert_eq!(put(shelf, &mine, DEVICE, 0, &blob[..40]), Put::Held(40));
    assert_eq!(ok(shelf.blob_held(&theirs, DEVICE)), 0);
    assert_eq!(put(shelf, &theirs, DEVICE, 0, &blob), Put::Held(100));
    assert_eq!(ok(shelf.blob_held(&mine, DEVICE)), 40);
    assert_eq!(put(shelf, &mine, DEVICE, 40, &blob[40..]), Put::Held(100));
}

fn past_the_quota_nothing_is_kept<S: BlobShelf>(shelf: &mut S) {
    for seed in 0..4 {
        let blob = bytes(250, seed);
        assert_eq!(put(shelf, &name(&blob), DEVICE, 0, &blob), Put::Held(250));
    }
    let more = bytes(10, 9);
    let full = Put::Not(NotKept::FullForDevice);
    assert_eq!(put(shelf, &name(&more), DEVICE, 0, &more), full);
    assert_eq!(ok(shelf.blob_held(&name(&more), DEVICE)), 0);
    for seed in 4..6 {
        let blob = bytes(250, seed);
        assert_eq!(put(shelf, &name(&blob), OTHER, 0, &blob), Put::Held(250));
    }
    let full = Put::Not(NotKept::FullForService);
    assert_eq!(put(shelf, &name(&more), OTHER, 0, &more), full);
    let here = bytes(250, 0);
    let there = BlobName {
        site: OTHER_SITE,
        ..name(&here)
    };
    assert!(!ok(shelf.take_blob_over(&there, OTHER, &[SITE], now())));
}

pub(super) fn an_erasure_drops_the_documents_of_its_records_and_takes_none_again<S: Shelf>(
    shelf: &mut S,
) {
    let (mine, theirs) = (bytes(100, 6), bytes(100, 7));
    let part = bytes(100, 8);
    let of_mine = name(&mine);
    let of_theirs = BlobName {
        patient: SOMEBODY,
        ..name(&theirs)
    };
    put(shelf, &of_mine, DEVICE, 0, &mine);
    put(shelf, &of_theirs, DEVICE, 0, &theirs);
    put(shelf, &name(&part), DEVICE, 0, &part[..50]);
    ok(shelf.erase(&erasure_of(&[PATIENT])));
    assert_eq!(whole(shelf, &of_mine), None);
    assert_eq!(ok(shelf.blob_held(&name(&part), DEVICE)), 0);
    let refused = Put::Not(NotKept::Erased);
    assert_eq!(put(shelf, &of_mine, DEVICE, 0, &mine), refused);
    assert_eq!(whole(shelf, &of_theirs), Some(theirs.clone()));
    let there = BlobName {
        site: OTHER_SITE,
        ..name(&theirs)
    };
    assert!(!ok(shelf.take_blob_over(&there, DEVICE, &[SITE], now())));
}

pub(super) fn a_document_of_two_records_stays_with_the_one_that_is_not_erased<S: Shelf>(
    shelf: &mut S,
) {
    // For whom the bytes came first decides nothing.
    let blobs = [(9, PATIENT, SOMEBODY), (10, SOMEBODY, PATIENT)].map(|(seed, first, then)| {
        let blob = bytes(100, seed);
        let of = |patient| BlobName {
            patient,
            ..name(&blob)
        };
        assert_eq!(put(shelf, &of(first), DEVICE, 0, &blob), Put::Held(100));
        assert_eq!(ok(shelf.blob_held(&of(then), DEVICE)), 0);
        assert!(ok(shelf.take_blob_over(&of(then), DEVICE, &[SITE], now())));
        assert_eq!(ok(shelf.blob_held(&of(then), OTHER)), 100);
        blob
    });
    ok(shelf.erase(&erasure_of(&[PATIENT])));
    for blob in blobs {
        let erased = name(&blob);
        let stays = BlobName {
            patient: SOMEBODY,
            ..erased
        };
        assert_eq!(ok(shelf.blob_held(&erased, DEVICE)), 0);
        assert_eq!(ok(shelf.blob_held(&stays, OTHER)), 100);
        assert_eq!(whole(shelf, &stays), Some(blob));
    }
}
