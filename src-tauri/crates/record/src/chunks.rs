//! A long content sealed 64 KiB at a time: each chunk is bound to its place, and the last one is
//! marked as such. So no chunk can be changed, moved, repeated or left off unseen, and nobody has
//! to hold more than one of them.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, Nonce, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _};

/// Bytes of plaintext in every chunk but the last.
pub const CHUNK: usize = 64 * 1024;
/// What the cipher adds to a chunk.
pub const TAG: usize = 16;

/// A chunk that is not what was sealed at its place under this key; on sealing, one that is longer
/// than the cipher takes, which is 256 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("What came is not what was sealed. Fetch it again.")]
pub struct Altered;

/// Seals and opens chunks under one key, which serves one content only: the place of a chunk is
/// its nonce.
pub struct Chunks(ChaCha20Poly1305);

impl Chunks {
    /// Under a cipher key that nothing else was or will be sealed under.
    pub fn under(key: &[u8; 32]) -> Self {
        Self(ChaCha20Poly1305::new(&(*key).into()))
    }

    /// Seals the chunk at place `number`, counted from 0. `bound` has to be the same on opening.
    pub fn seal(
        &self,
        number: u64,
        last: bool,
        bound: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, Altered> {
        let chunk = Payload {
            msg: plain,
            aad: bound,
        };
        let nonce = nonce(number, last);
        self.0.encrypt(&nonce, chunk).map_err(|_| Altered)
    }

    /// Opens the chunk at place `number`, counted from 0.
    pub fn open(
        &self,
        number: u64,
        last: bool,
        bound: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, Altered> {
        let chunk = Payload {
            msg: sealed,
            aad: bound,
        };
        let nonce = nonce(number, last);
        self.0.decrypt(&nonce, chunk).map_err(|_| Altered)
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chunks(secret)")
    }
}

fn nonce(number: u64, last: bool) -> Nonce<ChaCha20Poly1305> {
    let mut bytes = [0; 12];
    bytes[3..11].copy_from_slice(&number.to_be_bytes());
    bytes[11] = u8::from(last);
    bytes.into()
}
