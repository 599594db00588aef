//! Attachments on this laptop: together with their entries, fetched and sent piece by piece, let
//! go only when they are safe, gone with an erasure, and in every backup.

use jiff::{SignedDuration, Timestamp};
use record::blob::{BlobHash, BlobId};
use record::id::{PatientId, SiteId};
use record::scope::Scope;

use super::backing_up::back_up;
use super::laptop::{Laptop, PASSPHRASE};
use crate::*;

const WORDS: &[u8] = b"no document of wisniewska-quartermain stands here in readable form";

fn now() -> Timestamp {
    Timestamp::from_second(1_795_000_000).unwrap()
}

fn after(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

fn bytes(length: usize, seed: u8) -> Vec<u8> {
    (0..=250)
        .cycle()
        .take(length)
        .map(|byte: u8| byte ^ seed)
        .collect()
}

fn id_of(bytes: &[u8]) -> BlobId {
    let mut hash = BlobHash::new();
    hash.put(bytes);
    hash.id()
}

fn on(bytes: &[u8], patient: u8) -> BlobOn {
    BlobOn {
        id: id_of(bytes),
        size: bytes.len() as u64,
        patient: PatientId::from_random([patient; 16]),
        scope: Scope::Site(SiteId::from_random([9; 16])),
    }
}

/// Attached here at this time.
fn attach(store: &mut Store, of: &BlobOn, blob: &[u8], at: Timestamp) {
    store.begin_blob().unwrap();
    for piece in blob.chunks(3000) {
        store.grow_blob(piece).unwrap();
    }
    store.name_blob(of, at).unwrap();
}

fn opened() -> (Laptop, Opened) {
    let laptop = Laptop::new();
    let (opened, _) = laptop.set_up();
    (laptop, opened)
}

#[test]
fn what_was_attached_in_pieces_is_read_from_any_byte_on() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let blob = bytes(10_000, 1);
    let of = on(&blob, 1);
    attach(store, &of, &blob, now());
    assert!(store.blob(&of.id).unwrap().unwrap().is_here());
    for (at, limit) in [(0, 10_000), (0, 1), (2999, 2), (3000, 3000), (9_999, 50)] {
        let end = blob.len().min(at + limit);
        let read = store.blob_bytes(&of.id, at as u64, limit).unwrap();
        assert_eq!(read, blob[at..end], "{limit} from {at}");
    }
    assert!(store.blob_is_whole(&of.id).unwrap());
    assert_eq!(store.blobs_of(of.patient).unwrap().len(), 1);
}

#[test]
fn a_document_that_was_not_attached_to_its_end_is_forgotten_at_the_next() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let blob = bytes(5000, 2);
    let of = on(&blob, 1);
    store.begin_blob().unwrap();
    store.grow_blob(&bytes(9000, 3)).unwrap();
    assert_eq!(store.blob_bytes_held().unwrap(), 9000);
    let unfit = store.name_blob(&of, now());
    assert!(matches!(unfit, Err(StoreError::Malformed(_))));
    attach(store, &of, &blob, now());
    assert_eq!(store.blob_bytes_held().unwrap(), 5000);
    store.begin_blob().unwrap();
    store.grow_blob(&[1, 2]).unwrap();
    store.give_up_blob().unwrap();
    assert_eq!(store.blob_bytes_held().unwrap(), 5000);
}

#[test]
fn the_name_and_its_entry_reach_the_disk_together_or_not_at_all() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let blob = bytes(5000, 4);
    let of = on(&blob, 1);
    store.begin_blob().unwrap();
    store.grow_blob(&blob).unwrap();
    assert!(store.begin().unwrap());
    store.name_blob(&of, now()).unwrap();
    store.undo();
    assert_eq!(store.blob(&of.id).unwrap(), None);
    store.name_blob(&of, now()).unwrap();
    assert!(store.blob(&of.id).unwrap().unwrap().is_here());
}

#[test]
fn a_blob_is_fetched_only_when_asked_for_and_goes_on_where_it_was_cut() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let blob = bytes(8000, 5);
    let of = on(&blob, 1);
    store.share_blob(&of).unwrap();
    assert_eq!(store.next_wanted(now()).unwrap(), None);
    store.want_blob(&of, now()).unwrap();
    let wanted = |held| Some(Wanted { on: of, held });
    assert_eq!(store.next_wanted(now()).unwrap(), wanted(0));
    let keep = |store: &mut Store, at: usize, to: usize| {
        let piece = &blob[at..to];
        store.keep_piece(&of.id, at as u64, piece, now()).unwrap()
    };
    assert_eq!(keep(store, 0, 3000), Piece::Held(3000));
    assert_eq!(keep(store, 0, 3000), Piece::Held(3000), "twice is once");
    assert_eq!(keep(store, 5000, 8000), Piece::Held(3000), "not its place");
    assert_eq!(store.next_wanted(now()).unwrap(), wanted(3000));
    assert_eq!(keep(store, 3000, 8000), Piece::Held(8000));
    assert_eq!(store.next_wanted(now()).unwrap(), None);
    assert_eq!(store.blob_bytes(&of.id, 0, 9000).unwrap(), blob);
}

#[test]
fn what_is_not_the_blob_that_was_asked_for_is_not_kept_and_asked_for_later_again() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let of = on(&bytes(4000, 6), 1);
    store.want_blob(&of, now()).unwrap();
    let other = bytes(4000, 7);
    let kept = store.keep_piece(&of.id, 0, &other, now()).unwrap();
    assert_eq!(kept, Piece::Altered);
    assert_eq!(store.blob_bytes_held().unwrap(), 0);
    assert_eq!(store.next_wanted(now()).unwrap(), None, "not at once");
    let wanted = store.next_wanted(after(1)).unwrap();
    assert_eq!(wanted, Some(Wanted { on: of, held: 0 }));
}

#[test]
fn the_hub_server_is_asked_first_and_sent_what_it_lacks_and_asked_again_after_a_week() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let blob = bytes(6000, 8);
    let of = on(&blob, 1);
    attach(store, &of, &blob, now());
    let to_send = |there| Some(ToSend { on: of, there });
    assert_eq!(store.next_to_send(now()).unwrap(), to_send(None));
    store.blob_there(&of, 0, now()).unwrap();
    assert_eq!(store.next_to_send(now()).unwrap(), to_send(Some(0)));
    store.blob_there(&of, 2000, now()).unwrap();
    assert_eq!(store.next_to_send(now()).unwrap(), to_send(Some(2000)));
    store.blob_there(&of, 6000, now()).unwrap();
    assert_eq!(store.next_to_send(now()).unwrap(), None);
    assert_eq!(store.next_to_send(after(24 * 8)).unwrap(), to_send(None));
    store.blob_there(&of, 0, after(24 * 8)).unwrap();
    let lost = store.next_to_send(after(24 * 8)).unwrap();
    assert_eq!(lost, to_send(Some(0)), "the hub server lost it");
}

#[test]
fn another_hub_server_is_asked_anew() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let blob = bytes(1000, 60);
    let of = on(&blob, 1);
    attach(store, &of, &blob, now());
    store.blob_there(&of, 1000, now()).unwrap();
    store.forget_blobs_there().unwrap();
    let asked = store.next_to_send(now()).unwrap();
    assert_eq!(
        asked,
        Some(ToSend {
            on: of,
            there: None
        })
    );
    assert!(!store.blob(&of.id).unwrap().unwrap().is_there());
}

#[test]
fn what_the_hub_server_refuses_waits_a_day_and_holds_nothing_else_up() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let (first, second) = (bytes(6000, 9), bytes(5000, 10));
    let (refused, next) = (on(&first, 1), on(&second, 1));
    attach(store, &refused, &first, now());
    attach(store, &next, &second, now());
    store.blob_refused(&refused, 1, now()).unwrap();
    let waits = store.next_to_send(now()).unwrap().unwrap();
    assert_eq!(waits.on, next);
    store.blob_there(&next, 5000, now()).unwrap();
    assert_eq!(store.next_to_send(now()).unwrap(), None);
    let state = store.blob(&refused.id).unwrap().unwrap();
    assert_eq!(state.there[0].refused, Some(1));
    let again = store.next_to_send(after(25)).unwrap();
    let on = refused;
    assert_eq!(again, Some(ToSend { on, there: None }));
}

#[test]
fn only_what_the_hub_server_just_said_to_have_and_nobody_looked_at_is_let_go() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let blobs: Vec<Vec<u8>> = (0..5).map(|seed| bytes(1000, 20 + seed)).collect();
    let of: Vec<BlobOn> = blobs.iter().map(|blob| on(blob, 1)).collect();
    let later = after(24 * 30);
    for (on, blob) in of.iter().zip(&blobs) {
        attach(store, on, blob, now());
    }
    // The first is the only copy, the second half there, the third was looked at, the fourth was
    // there a month ago.
    store.blob_there(&of[1], 500, later).unwrap();
    store.blob_there(&of[2], 1000, later).unwrap();
    store.opened_blob(&of[2].id, later).unwrap();
    store.blob_there(&of[3], 1000, now()).unwrap();
    store.blob_there(&of[4], 1000, later).unwrap();
    assert_eq!(store.let_blobs_go(5000, later).unwrap(), 0, "there is room");
    assert_eq!(store.let_blobs_go(0, later).unwrap(), 1);
    let held = |store: &Store, at: usize| store.blob(&of[at].id).unwrap().unwrap().is_here();
    let here: Vec<bool> = (0..5).map(|at| held(store, at)).collect();
    assert_eq!(here, [true, true, true, true, false]);
    // The fourth goes as soon as the hub server has said so once more.
    store.blobs_to_make_sure_of(0, later).unwrap();
    store.blob_there(&of[3], 1000, later).unwrap();
    assert_eq!(store.let_blobs_go(0, later).unwrap(), 1);
    assert!(!held(store, 3));
    let state = store.blob(&of[4].id).unwrap().unwrap();
    assert!(state.is_there(), "and is fetched again from there");
}

#[test]
fn a_blob_that_also_belongs_elsewhere_is_not_let_go_before_it_is_there_too() {
    let (_laptop, mut opened) = opened();
    let store = &mut opened.store;
    let blob = bytes(1000, 30);
    let of = on(&blob, 1);
    let elsewhere = BlobOn {
        scope: Scope::Site(SiteId::from_random([8; 16])),
        ..of
    };
    attach(store, &of, &blob, now());
    store.share_blob(&elsewhere).unwrap();
    let later = after(24 * 30);
    store.blob_there(&of, 1000, later).unwrap();
    assert_eq!(store.let_blobs_go(0, later).unwrap(), 0);
    store.blob_there(&elsewhere, 1000, later).unwrap();
    assert_eq!(store.let_blobs_go(0, later).unwrap(), 1);
}

#[test]
fn an_erasure_takes_the_documents_along_and_leaves_those_of_others() {
    let (laptop, mut opened) = opened();
    let store = &mut opened.store;
    let (mine, theirs, both) = (bytes(9000, 40), bytes(8000, 41), bytes(7000, 42));
    attach(store, &on(&mine, 1), &mine, now());
    attach(store, &on(&theirs, 2), &theirs, now());
    attach(store, &on(&both, 1), &both, now());
    // Entered anew on the right patient.
    store.share_blob(&on(&both, 2)).unwrap();
    let patient = PatientId::from_random([1; 16]);
    assert_eq!(store.still_held(&[patient]).unwrap(), [patient]);
    store.erase(&[patient]).unwrap();
    assert_eq!(store.still_held(&[patient]).unwrap(), []);
    assert_eq!(store.blob(&id_of(&mine)).unwrap(), None);
    assert!(store.blob_is_whole(&id_of(&theirs)).unwrap());
    assert!(store.blob_is_whole(&id_of(&both)).unwrap());
    assert_eq!(store.blob_bytes_held().unwrap(), 15_000);
    drop(laptop);
}

#[test]
fn a_backup_holds_the_documents_as_they_stood() {
    let (laptop, mut opened) = opened();
    let blob = bytes(200_000, 50);
    let of = on(&blob, 1);
    attach(&mut opened.store, &of, &blob, now());
    let backup = back_up(&laptop, &opened);
    let copy = opened
        .own_backup(backup)
        .unwrap()
        .open(&mut laptop.random())
        .unwrap();
    assert!(copy.blob_is_whole(&of.id).unwrap());
    assert_eq!(copy.blob_bytes(&of.id, 0, 200_000).unwrap(), blob);
}

#[test]
fn no_file_of_the_folder_holds_a_blob_in_readable_form() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let blob = WORDS.repeat(2000);
    attach(&mut opened.store, &on(&blob, 1), &blob, now());
    for file in std::fs::read_dir(laptop.place().dir()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(WORDS.len()).any(|part| part == WORDS));
    }
}
