//! Numbers by chance that follow from a seed.

/// A source of numbers. The same seed and purpose give the same numbers.
pub(crate) struct Chance(blake3::OutputReader);

impl Chance {
    /// Numbers for one purpose of one seed.
    pub(crate) fn of(seed: u64, purpose: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(purpose.as_bytes());
        Self(hasher.finalize_xof())
    }

    /// From 0 up to, but not including, `limit`; 0 when there is nothing to choose.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        u64::from_le_bytes(self.bytes()) % limit.max(1)
    }

    /// The same for what is counted in a byte.
    pub(crate) fn small(&mut self, limit: u8) -> u8 {
        u8::try_from(self.below(limit.into())).unwrap_or(0)
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(crate) fn one_of<T: Copy>(&mut self, several: &[T]) -> Option<T> {
        let index = usize::try_from(self.below(several.len() as u64)).unwrap_or(0);
        several.get(index).copied()
    }

    /// So many bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }
}
