//! The key of one bundle's file.

use std::fmt;

use record::bundle::cipher_key;
use record::chunks::Chunks;
use zeroize::Zeroizing;

/// The key of one file: 32 random bytes, used once. Overwritten when dropped.
#[derive(Clone)]
pub struct FileKey(Zeroizing<[u8; 32]>);

impl FileKey {
    /// The key that 32 fresh random bytes make.
    pub fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// The key itself, to be sealed to a recipient. Never log or show it.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn chunks(&self) -> Chunks {
        Chunks::under(&cipher_key(&self.0))
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(secret)")
    }
}
