//! A set of terms, as bits.

/// A set of terms of one program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TermSet {
    words: Vec<u64>,
}

impl TermSet {
    /// No term, with room for so many.
    pub fn none(terms: usize) -> Self {
        Self {
            words: vec![0; terms.div_ceil(64)],
        }
    }

    /// These terms, of so many.
    pub fn of(terms: usize, members: impl IntoIterator<Item = usize>) -> Self {
        let mut made = Self::none(terms);
        for term in members {
            made.insert(term);
        }
        made
    }

    /// Adds a term.
    pub fn insert(&mut self, term: usize) {
        if let Some(word) = self.words.get_mut(term / 64) {
            *word |= 1 << (term % 64);
        }
    }

    /// Whether a term is in it.
    pub fn contains(&self, term: usize) -> bool {
        let word = self.words.get(term / 64).copied().unwrap_or_default();
        word & (1 << (term % 64)) != 0
    }

    /// Whether no term is in it.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether the two have a term in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }

    /// Adds all terms of another.
    pub fn add(&mut self, other: &Self) {
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    /// Takes all terms of another away.
    pub fn remove(&mut self, other: &Self) {
        for (word, less) in self.words.iter_mut().zip(&other.words) {
            *word &= !less;
        }
    }

    /// The lowest term that is also in `among`.
    pub fn first_among(&self, among: &Self) -> Option<usize> {
        let words = self.words.iter().zip(&among.words).enumerate();
        words
            .map(|(at, (a, b))| (at, a & b))
            .find(|(_, word)| *word != 0)
            .map(|(at, word)| at * 64 + word.trailing_zeros() as usize)
    }

    /// The terms, lowest first.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    at * 64 + bit
                })
            })
        })
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    pub(super) fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }
}
