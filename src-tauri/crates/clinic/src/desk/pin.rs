//! The PIN that signs in the place of the passphrase, within one sitting.
//!
//! It re-authorises and unlocks nothing: the keys are in memory anyway while somebody is at work.
//! So it is short, lives in memory only, and goes when the screen locks.

use zeroize::Zeroizing;

/// Wrong tries after which the passphrase is needed. A design decision, as at the door.
const TRIES: u32 = 5;
/// Fewest and most digits. A design decision: what people type without looking, and more than a
/// look over the shoulder keeps.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// A PIN, as a hash under a key that lives as long as it does.
pub(crate) struct Pin {
    key: Zeroizing<[u8; 32]>,
    hash: blake3::Hash,
    left: u32,
}

/// What a try at a PIN gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PinAnswer {
    /// It is the PIN.
    Right,
    /// It is not; so many tries are left.
    Wrong {
        /// 0 when the PIN is gone.
        left: u32,
    },
}

impl Pin {
    /// A PIN that was checked, and 32 random bytes.
    pub(crate) fn new(pin: &str, key: [u8; 32]) -> Self {
        let key = Zeroizing::new(key);
        Self {
            hash: blake3::keyed_hash(&key, pin.as_bytes()),
            key,
            left: TRIES,
        }
    }

    /// Judges what was typed; `None` when it is no PIN at all but a passphrase.
    pub(crate) fn judge(&mut self, typed: &str) -> Option<PinAnswer> {
        if !is_pin(typed) {
            return None;
        }
        // Compared in constant time by the library.
        if blake3::keyed_hash(&self.key, typed.as_bytes()) == self.hash {
            self.left = TRIES;
            return Some(PinAnswer::Right);
        }
        self.left = self.left.saturating_sub(1);
        Some(PinAnswer::Wrong { left: self.left })
    }
}

fn is_pin(typed: &str) -> bool {
    DIGITS.contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether this can be a PIN; if not, why.
///
/// Refused besides the wrong length: one digit or one pair again and again, runs up and down, and
/// what reads as a year. A design decision: these are what is tried first.
pub(crate) fn check_pin(pin: &str) -> Result<(), &'static str> {
    if !is_pin(pin) {
        return Err("A PIN has four to eight digits and nothing else.");
    }
    let digits: Vec<u8> = pin.bytes().map(|byte| byte - b'0').collect();
    let steps = |by: u8| digits.windows(2).all(|two| (two[0] + by) % 10 == two[1]);
    let pairs = digits.iter().skip(2).zip(&digits).all(|(a, b)| a == b);
    let year = digits.len() == 4 && (pin.starts_with("19") || pin.starts_with("20"));
    if steps(0) || steps(1) || steps(9) || pairs || year {
        Err("That PIN is among the first that anybody would try. Choose other digits.")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_four_to_eight_digits_and_is_none_that_is_tried_first() {
        for good in ["2846", "73915", "90210480", "1357"] {
            assert_eq!(check_pin(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "284",
            "123456789",
            "28 6",
            "abcd",
            "٣٤٥٦",
            "0000",
            "77777",
            "1234",
            "8901",
            "4321",
            "2109876",
            "1212",
            "909090",
            "1984",
            "2026",
        ] {
            assert!(check_pin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_fifth_wrong_try_is_the_last_and_a_right_one_gives_all_five_back() {
        let mut pin = Pin::new("2846", [7; 32]);
        let wrong = |left| Some(PinAnswer::Wrong { left });
        assert_eq!(pin.judge("2847"), wrong(4));
        assert_eq!(pin.judge("2846"), Some(PinAnswer::Right));
        let tries: Vec<_> = (0..5).map(|_| pin.judge("9999")).collect();
        assert_eq!(tries, [wrong(4), wrong(3), wrong(2), wrong(1), wrong(0)]);
    }

    #[test]
    fn a_passphrase_is_not_taken_for_a_wrong_pin() {
        let mut pin = Pin::new("2846", [7; 32]);
        assert_eq!(pin.judge("kettle orbit fern gravel"), None);
    }
}
