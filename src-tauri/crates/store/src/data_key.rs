use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A source of random bytes, given by the caller. It fills the whole slice.
pub type Entropy<'a> = &'a mut dyn FnMut(&mut [u8]);

pub(crate) fn random<const N: usize>(entropy: &mut dyn FnMut(&mut [u8])) -> [u8; N] {
    let mut bytes = [0; N];
    entropy(&mut bytes);
    bytes
}

/// The 32 random bytes that encrypt the database file. Wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct DataKey([u8; 32]);

impl DataKey {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The form in which `PRAGMA key` takes a raw key: no stretching, and so an
    /// opening time of a fraction of a millisecond.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("PRAGMA key = \"{}\"", self.text().as_str()))
    }

    /// A raw key as text, for `ATTACH`.
    pub(crate) fn text(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(data_encoding::HEXLOWER.encode(&self.0));
        Zeroizing::new(format!("x'{}'", hex.as_str()))
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(..)")
    }
}
