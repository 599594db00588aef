//! Six words that can be read out over a telephone.
//!
//! Each word is consonant, vowel, consonant, vowel, consonant and stands for 16 bits, so six stand
//! for 96: more than anyone can search for a second key with the same words. No dictionary is
//! needed, and no word means anything.

use std::fmt;
use std::str::FromStr;

use crate::certificate::Fingerprint;

/// Four bits each.
const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
/// Two bits each.
const VOWELS: &[u8; 4] = b"aiou";

/// The first 96 bits of a fingerprint or of an enrolment request's id, as six words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SixWords([u16; 6]);

/// A text that is not six such words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "Those are not six words as Felloe shows them. Each has five letters, such as {SAMPLE}. Check them again."
)]
pub struct NotSixWords;

/// Shown in an error; it is the word for 0.
const SAMPLE: &str = "babab";

impl SixWords {
    /// The words of a fingerprint.
    pub fn of(fingerprint: &Fingerprint) -> Self {
        Self::of_digest(fingerprint.as_bytes())
    }

    /// The words of any digest: its first 96 bits.
    pub(crate) fn of_digest(digest: &[u8; 32]) -> Self {
        let mut words = [0; 6];
        for (word, pair) in words.iter_mut().zip(digest.chunks_exact(2)) {
            *word = u16::from_be_bytes([pair[0], pair[1]]);
        }
        Self(words)
    }

    /// Whether these are the words of `fingerprint`.
    pub fn matches(&self, fingerprint: &Fingerprint) -> bool {
        *self == Self::of(fingerprint)
    }

    /// The words one by one.
    pub fn words(&self) -> [String; 6] {
        self.0.map(spell)
    }
}

impl fmt::Display for SixWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join(" "))
    }
}

impl fmt::Debug for SixWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SixWords({self})")
    }
}

/// Words as they were heard: capitals, and spaces, commas or hyphens between them, do not matter.
impl FromStr for SixWords {
    type Err = NotSixWords;

    fn from_str(text: &str) -> Result<Self, NotSixWords> {
        let heard = text
            .split(|c: char| c.is_whitespace() || c == ',' || c == '-')
            .filter(|word| !word.is_empty());
        let words = heard
            .map(read)
            .collect::<Option<Vec<_>>>()
            .ok_or(NotSixWords)?;
        words.try_into().map(Self).map_err(|_| NotSixWords)
    }
}

fn spell(word: u16) -> String {
    let consonant = |shift: u16| char::from(CONSONANTS[usize::from(word >> shift & 0xf)]);
    let vowel = |shift: u16| char::from(VOWELS[usize::from(word >> shift & 0x3)]);
    [
        consonant(12),
        vowel(10),
        consonant(6),
        vowel(4),
        consonant(0),
    ]
    .iter()
    .collect()
}

fn read(heard: &str) -> Option<u16> {
    if heard.len() != 5 {
        return None;
    }
    heard
        .bytes()
        .enumerate()
        .try_fold(0, |word: u16, (at, letter)| {
            let letter = letter.to_ascii_lowercase();
            let (alphabet, bits): (&[u8], u32) = if at % 2 == 0 {
                (CONSONANTS, 4)
            } else {
                (VOWELS, 2)
            };
            let value = alphabet.iter().position(|known| *known == letter)?;
            Some(word << bits | u16::try_from(value).ok()?)
        })
}

#[cfg(test)]
mod tests {
    use super::{SixWords, read, spell};
    use crate::certificate::Fingerprint;

    #[test]
    fn every_word_reads_back_as_itself() {
        for word in 0..=u16::MAX {
            assert_eq!(read(&spell(word)), Some(word));
        }
    }

    #[test]
    fn words_are_understood_however_they_were_written_down() {
        let fingerprint =
            Fingerprint::from_bytes(std::array::from_fn(|i| u8::try_from(i * 7).unwrap()));
        let words = SixWords::of(&fingerprint);
        let heard = words.to_string().to_uppercase().replace(' ', ", ");
        assert!(heard.parse::<SixWords>().unwrap().matches(&fingerprint));
    }

    #[test]
    fn one_changed_bit_changes_a_word() {
        let mut bytes = [0x5a; 32];
        let words = SixWords::of(&Fingerprint::from_bytes(bytes));
        bytes[11] ^= 1;
        assert!(!words.matches(&Fingerprint::from_bytes(bytes)));
    }

    #[test]
    fn five_words_or_a_misheard_letter_are_refused() {
        for bad in [
            "",
            "babab babab babab babab babab",
            "babab babab babab babab babab babax",
            "babab babab babab babab babab bab",
        ] {
            assert!(bad.parse::<SixWords>().is_err(), "{bad}");
        }
    }
}
