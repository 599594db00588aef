//! The protocol's version. It is its own, and has nothing to do with the program's.

use std::ops::RangeInclusive;

/// The version that is written here.
pub const VERSION: u64 = 1;

/// The versions that are read here. A hub server goes on to take at least the two before its own;
/// there are none before the first.
pub const ACCEPTED: RangeInclusive<u64> = 1..=VERSION;

/// The newest version that both sides speak; none when there is no such version.
pub fn negotiate(theirs: &RangeInclusive<u64>) -> Option<u64> {
    let newest = *theirs.end().min(ACCEPTED.end());
    let oldest = *theirs.start().max(ACCEPTED.start());
    (oldest <= newest).then_some(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sides_speak_the_newest_version_that_both_know() {
        assert_eq!(negotiate(&(1..=1)), Some(1));
        assert_eq!(negotiate(&(0..=9)), Some(VERSION));
        assert_eq!(negotiate(&(0..=0)), None);
        assert_eq!(negotiate(&(VERSION + 1..=VERSION + 3)), None);
        #[expect(
            clippy::reversed_empty_ranges,
            reason = "a range from outside may be anything"
        )]
        let nothing = 5..=1;
        assert_eq!(negotiate(&nothing), None);
    }
}
