//! The sealed bytes of an attachment.
//!
//! They are too many for an entry, so they travel by themselves, on demand. The entry names them
//! by the hash of what travels, and holds the key: so whoever keeps or carries a blob reads
//! nothing of it, and when the entry's content is erased the blob is noise.
//!
//! A blob is made and opened chunk by chunk. `docs/format.md` gives the bytes.

mod pieces;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::chunks::{Altered, CHUNK, Chunks, TAG};
use crate::domain::{BLOB_CIPHER, BLOB_CONTENT, BLOB_ID, digest};
use crate::id::{fixed, hex_digest};

pub use pieces::gather;

/// The most bytes of one content: 20 MB, which a referral letter of a hundred scanned pages does
/// not reach. A design decision: at 32 kbit/s such a one takes an hour and a half.
pub const MAX_CONTENT: u64 = 20_000_000;
/// The most bytes of a blob: the largest content and what sealing adds.
pub const MAX_BLOB: u64 = sealed_size(MAX_CONTENT);

const CHUNK_BYTES: u64 = CHUNK as u64;
const TAG_BYTES: u64 = TAG as u64;

hex_digest! {
    /// A blob's id: the hash of its bytes, as they travel.
    BlobId
}

hex_digest! {
    /// The hash of what a blob holds.
    ContentHash
}

/// Bytes of the blob that holds a content of this many bytes. Past what a number holds it stays
/// there: the size may be what somebody else wrote.
pub const fn sealed_size(content: u64) -> u64 {
    content.saturating_add(TAG_BYTES.saturating_mul(content.div_ceil(CHUNK_BYTES)))
}

/// The key of one blob: 32 random bytes, used once. Overwritten in memory when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct BlobKey([u8; 32]);

impl BlobKey {
    /// The key that 32 fresh random bytes make.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn chunks(&self) -> Chunks {
        // The cipher's key is never the one that stands in the entry.
        Chunks::under(&Zeroizing::new(digest(BLOB_CIPHER, &[&self.0])))
    }
}

impl fmt::Debug for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlobKey(secret)")
    }
}

impl Serialize for BlobKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

/// Bytes only: a key has no text form, so none can be pasted into a log.
impl<'de> Deserialize<'de> for BlobKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        fixed::<D, 32>(from, |_| None).map(Self)
    }
}

/// A hash that is fed piece by piece, of a blob on its way.
pub struct BlobHash(blake3::Hasher);

impl BlobHash {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self(blake3::Hasher::new_derive_key(BLOB_ID))
    }

    /// The next bytes.
    pub fn put(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The id of the blob that these bytes are.
    pub fn id(&self) -> BlobId {
        BlobId::from_bytes(self.0.finalize().into())
    }
}

impl Default for BlobHash {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlobHash(..)")
    }
}

/// Makes a blob of a content that comes in pieces of any length.
#[derive(Debug)]
pub struct Sealing {
    chunks: Chunks,
    number: u64,
    /// What has come and is not sealed: only the last chunk may be the last.
    open: Zeroizing<Vec<u8>>,
    size: u64,
    content: ContentHasher,
    blob: BlobHash,
}

/// The hash of a content that comes in pieces.
pub struct ContentHasher(blake3::Hasher);

impl ContentHasher {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self(blake3::Hasher::new_derive_key(BLOB_CONTENT))
    }

    /// The next bytes.
    pub fn put(&mut self, plain: &[u8]) {
        self.0.update(plain);
    }

    /// The hash of them all.
    pub fn hash(&self) -> ContentHash {
        ContentHash::from_bytes(self.0.finalize().into())
    }
}

impl Default for ContentHasher {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ContentHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContentHasher(..)")
    }
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// The blob's id.
    pub blob: BlobId,
    /// The hash of what it holds.
    pub content: ContentHash,
    /// Bytes of what it holds.
    pub size: u64,
}

impl Sealing {
    /// A new blob under a key that no other blob has.
    pub fn under(key: &BlobKey) -> Self {
        Self {
            chunks: key.chunks(),
            number: 0,
            open: Zeroizing::new(Vec::with_capacity(CHUNK)),
            size: 0,
            content: ContentHasher::new(),
            blob: BlobHash::new(),
        }
    }

    /// Bytes of content so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes the next bytes of the content, and gives those of the blob that are ready.
    pub fn put(&mut self, mut plain: &[u8]) -> Result<Vec<u8>, Error> {
        let size = self.size.saturating_add(plain.len() as u64);
        if size > MAX_CONTENT {
            return Err(Error::TooLarge);
        }
        self.size = size;
        self.content.put(plain);
        let mut ready = Vec::new();
        while !plain.is_empty() {
            // A full chunk waits for more.
            if self.open.len() == CHUNK {
                self.seal(false, &mut ready)?;
            }
            let (now, later) = plain.split_at(plain.len().min(CHUNK - self.open.len()));
            self.open.extend_from_slice(now);
            plain = later;
        }
        Ok(ready)
    }

    /// Seals what is left, and tells what was made.
    pub fn finish(mut self) -> Result<(Vec<u8>, Sealed), Error> {
        if self.size == 0 {
            return Err(Error::Empty);
        }
        let mut ready = Vec::new();
        self.seal(true, &mut ready)?;
        let sealed = Sealed {
            blob: self.blob.id(),
            content: self.content.hash(),
            size: self.size,
        };
        Ok((ready, sealed))
    }

    fn seal(&mut self, last: bool, to: &mut Vec<u8>) -> Result<(), Error> {
        let sealed = self.chunks.seal(self.number, last, &[], &self.open)?;
        self.blob.put(&sealed);
        to.extend_from_slice(&sealed);
        self.number += 1;
        self.open.zeroize();
        Ok(())
    }
}

/// Opens a blob, chunk by chunk, from any of them on.
#[derive(Debug)]
pub struct Opening {
    chunks: Chunks,
    size: u64,
}

impl Opening {
    /// A blob that holds `size` bytes under `key`, as the entry says.
    pub fn new(key: &BlobKey, size: u64) -> Self {
        Self {
            chunks: key.chunks(),
            size,
        }
    }

    /// How many chunks there are.
    pub fn count(&self) -> u64 {
        self.size.div_ceil(CHUNK_BYTES)
    }

    /// Where in the blob the chunk at place `number` stands, counted from 0: its first byte, and
    /// how many.
    pub fn place(&self, number: u64) -> (u64, usize) {
        let whole = CHUNK_BYTES + TAG_BYTES;
        let from = number.saturating_mul(whole);
        let left = sealed_size(self.size).saturating_sub(from).min(whole);
        (from, usize::try_from(left).unwrap_or(CHUNK + TAG))
    }

    /// Opens the chunk at place `number`.
    pub fn open(&self, number: u64, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let last = number + 1 == self.count();
        let plain = self.chunks.open(number, last, &[], sealed)?;
        Ok(Zeroizing::new(plain))
    }
}

/// Why a blob was not made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing is in it.
    #[error("This file is empty. Choose another one.")]
    Empty,
    /// More than [`MAX_CONTENT`].
    #[error(
        "This file is larger than 20 MB. Scan it in a lower quality, or attach it in several parts."
    )]
    TooLarge,
    /// A byte is not what was sealed.
    #[error("This document was altered or damaged after it was attached. Fetch it again.")]
    Altered,
}

impl From<Altered> for Error {
    fn from(_: Altered) -> Self {
        Self::Altered
    }
}
