//! The NHS number of England, Wales and the Isle of Man: ten digits, the last a check.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An NHS number whose check digit fits. That proves no identity: it only rules out most slips.
///
/// `Debug` does not show it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NhsNumber([u8; 10]);

/// What is wrong with a number, said so that it can be put right. The number itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnNhsNumber {
    /// Nothing was given.
    #[error("An NHS number has 10 digits. Nothing was entered.")]
    Empty,
    /// Another number of digits than ten.
    #[error("An NHS number has 10 digits. This one has {digits}.")]
    Length {
        /// How many digits there are.
        digits: usize,
    },
    /// Something other than a digit, a space or a hyphen.
    #[error(
        "An NHS number has digits only. Character {position} is not a digit; a letter O or I is easily taken for 0 or 1."
    )]
    NotADigit {
        /// Its place among all characters, from 1.
        position: usize,
    },
    /// The last digit does not fit the nine before it, or none would.
    #[error(
        "The check digit does not fit, so a digit is wrong or two are swapped. Compare with the letter or ask the patient."
    )]
    CheckDigit,
}

impl NhsNumber {
    /// Reads a number as it is typed or printed. Spaces and hyphens are passed over.
    pub fn parse(text: &str) -> Result<Self, NotAnNhsNumber> {
        let mut digits = Vec::new();
        for (at, character) in text.chars().enumerate() {
            match character {
                '0'..='9' => digits
                    .push(u8::try_from(u32::from(character) - u32::from('0')).unwrap_or_default()),
                '-' => {}
                space if space.is_whitespace() => {}
                _ => return Err(NotAnNhsNumber::NotADigit { position: at + 1 }),
            }
        }
        let count = digits.len();
        if count == 0 {
            return Err(NotAnNhsNumber::Empty);
        }
        let digits: [u8; 10] = digits
            .try_into()
            .map_err(|_| NotAnNhsNumber::Length { digits: count })?;
        if check_digit(&digits) == Some(digits[9]) {
            Ok(Self(digits))
        } else {
            Err(NotAnNhsNumber::CheckDigit)
        }
    }

    /// The ten digits without spaces, as stored and sent.
    pub fn digits(&self) -> String {
        self.0
            .iter()
            .map(|digit| char::from(b'0' + digit))
            .collect()
    }

    /// Whether it is from 999, the range for tests that is never issued (confidence V2: read in a
    /// secondary copy of the NHS Data Dictionary).
    pub fn is_test_range(&self) -> bool {
        self.0.starts_with(&[9, 9, 9])
    }
}

/// Weights 10 to 2 over nine digits, 11 less the sum modulo 11; 11 stands for 0 and 10 for none
/// (confidence V2).
fn check_digit(digits: &[u8; 10]) -> Option<u8> {
    let sum: u32 = digits[..9]
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .sum();
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        digit => u8::try_from(digit).ok(),
    }
}

impl FromStr for NhsNumber {
    type Err = NotAnNhsNumber;

    fn from_str(text: &str) -> Result<Self, NotAnNhsNumber> {
        Self::parse(text)
    }
}

/// 3-3-4 with no-break spaces, so that it is never torn apart at the end of a line.
impl fmt::Display for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        write!(
            f,
            "{}\u{a0}{}\u{a0}{}",
            &digits[..3],
            &digits[3..6],
            &digits[6..]
        )
    }
}

impl fmt::Debug for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NhsNumber(not shown)")
    }
}

impl Serialize for NhsNumber {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.digits())
    }
}

impl<'de> Deserialize<'de> for NhsNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(from)?).map_err(de::Error::custom)
    }
}
