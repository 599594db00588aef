//! Blobs: what is sealed comes back, however it came; nothing else does.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::convert::Infallible;

use proptest::prelude::*;
use record::blob::{
    BlobHash, BlobKey, ContentHasher, Error, MAX_BLOB, MAX_CONTENT, Opening, Sealed, Sealing,
    gather, sealed_size,
};
use record::chunks::CHUNK;

fn key() -> BlobKey {
    BlobKey::from_bytes([0x51; 32])
}

fn seal<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<u8>, Sealed) {
    let mut sealing = Sealing::under(&key());
    let mut blob = Vec::new();
    for piece in pieces {
        blob.extend(sealing.put(piece).unwrap());
    }
    let (rest, sealed) = sealing.finish().unwrap();
    blob.extend(rest);
    (blob, sealed)
}

fn open(key: &BlobKey, size: u64, blob: &[u8]) -> Result<Vec<u8>, Error> {
    let opening = Opening::new(key, size);
    let mut content = Vec::new();
    for number in 0..opening.count() {
        let (from, length) = opening.place(number);
        let from = usize::try_from(from).unwrap();
        let chunk = blob.get(from..from + length).ok_or(Error::Altered)?;
        content.extend_from_slice(&opening.open(number, chunk)?);
    }
    Ok(content)
}

fn content(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

#[test]
fn a_content_of_any_length_comes_back_from_a_blob_of_the_size_foretold() {
    for length in [1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7] {
        let plain = content(length);
        let (blob, sealed) = seal([plain.as_slice()]);
        assert_eq!(sealed.size, length as u64);
        assert_eq!(blob.len() as u64, sealed_size(length as u64));
        assert_eq!(open(&key(), sealed.size, &blob), Ok(plain.clone()));
        let mut content = ContentHasher::new();
        content.put(&plain);
        assert_eq!(content.hash(), sealed.content);
        let mut hash = BlobHash::new();
        hash.put(&blob);
        assert_eq!(hash.id(), sealed.blob);
    }
}

#[test]
fn a_chunk_that_was_changed_moved_or_left_off_does_not_open() {
    let plain = content(2 * CHUNK + 9);
    let (blob, sealed) = seal([plain.as_slice()]);
    let whole = CHUNK + 16;
    let mut changed = blob.clone();
    changed[whole + 3] ^= 1;
    let swapped = [&blob[whole..2 * whole], &blob[..whole], &blob[2 * whole..]].concat();
    assert_eq!(open(&key(), sealed.size, &changed), Err(Error::Altered));
    assert_eq!(open(&key(), sealed.size, &swapped), Err(Error::Altered));
    // Cut off after its second chunk, as if the content had been that long.
    let short = &blob[..2 * whole];
    assert_eq!(open(&key(), 2 * CHUNK as u64, short), Err(Error::Altered));
    let other = BlobKey::from_bytes([0x52; 32]);
    assert_eq!(open(&other, sealed.size, &blob), Err(Error::Altered));
}

#[test]
fn an_empty_content_and_one_of_more_than_twenty_megabytes_are_refused() {
    assert_eq!(Sealing::under(&key()).finish().unwrap_err(), Error::Empty);
    let mut sealing = Sealing::under(&key());
    let piece = content(1_000_000);
    for _ in 0..20 {
        sealing.put(&piece).unwrap();
    }
    assert_eq!(sealing.size(), MAX_CONTENT);
    assert_eq!(sealing.put(&[0]), Err(Error::TooLarge));
    let (_, sealed) = sealing.finish().unwrap();
    assert_eq!(sealed_size(sealed.size), MAX_BLOB);
}

#[test]
fn a_key_is_not_printed() {
    assert_eq!(format!("{:?}", key()), "BlobKey(secret)");
    assert!(!format!("{:?}", Sealing::under(&key())).contains("81"));
}

#[test]
fn a_size_that_nobody_can_have_written_in_earnest_is_no_overflow() {
    for size in [MAX_CONTENT + 1, u64::MAX / 2, u64::MAX - 1, u64::MAX] {
        let opening = Opening::new(&key(), size);
        assert!(sealed_size(size) > size || size == u64::MAX, "{size}");
        assert!(opening.place(opening.count()).0 >= size, "{size}");
    }
}

/// The piece that holds the byte at `from`, of pieces of these lengths, and where it ends.
fn kept<'a>(
    blob: &'a [u8],
    lengths: &'a [usize],
) -> impl FnMut(u64) -> Result<Option<(u64, Vec<u8>)>, Infallible> {
    move |from| {
        let (mut begins, mut lengths) = (0, lengths.iter().cycle());
        while begins < blob.len() {
            let ends = blob.len().min(begins + lengths.next().unwrap());
            if ends as u64 > from {
                return Ok(Some((ends as u64, blob[begins..ends].to_vec())));
            }
            begins = ends;
        }
        Ok(None)
    }
}

proptest! {
    #[test]
    fn what_is_kept_in_pieces_is_given_and_known_as_if_it_were_whole(
        length in 0_usize..400,
        lengths in proptest::collection::vec(1_usize..90, 1..5),
        at in 0_usize..450,
        most in 0_usize..450,
    ) {
        let blob = content(length);
        let given = gather(at as u64, most, kept(&blob, &lengths));
        let wanted = blob.get(at..).unwrap_or_default();
        prop_assert_eq!(given, Ok(wanted[..wanted.len().min(most)].to_vec()));
        let mut whole = BlobHash::new();
        whole.put(&blob);
        prop_assert_eq!(BlobHash::of_pieces(kept(&blob, &lengths)), Ok(whole.id()));
    }

    #[test]
    fn the_blob_is_the_same_however_the_content_was_cut(
        length in 1..4 * CHUNK,
        cuts in prop::collection::vec(1..CHUNK * 2, 0..6),
    ) {
        let plain = content(length);
        let whole = seal([plain.as_slice()]);
        let mut rest = plain.as_slice();
        let mut pieces = Vec::new();
        for cut in cuts {
            let (piece, later) = rest.split_at(cut.min(rest.len()));
            pieces.push(piece);
            rest = later;
        }
        pieces.push(rest);
        prop_assert_eq!(seal(pieces), whole);
    }
}
