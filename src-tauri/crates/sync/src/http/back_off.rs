//! How long to leave a hub server alone that could not be reached.

use std::time::Duration;

/// The longest time between two tries. A design decision: a laptop back on its network sends within
/// a minute without anybody pressing a button, and one without costs next to nothing.
const LONGEST: Duration = Duration::from_secs(60);

/// The first time between two tries. A design decision: a hiccup of the network is over by then.
const FIRST: Duration = Duration::from_secs(1);

/// Doublings after which [`LONGEST`] holds, with room to spare.
const MOST_DOUBLINGS: u32 = 16;

/// Growing pauses between tries: 1, 2, 4 ... 60 seconds, each shortened by up to a half so that the
/// laptops of a service do not all come back in the same second after an outage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BackOff {
    failures: u32,
}

impl BackOff {
    /// Another try failed: how long to wait before the next. `jitter` is a random byte from outside.
    pub fn failed(&mut self, jitter: u8) -> Duration {
        let doublings = self.failures.min(MOST_DOUBLINGS);
        self.failures = self.failures.saturating_add(1);
        let whole = FIRST.saturating_mul(1 << doublings).min(LONGEST);
        let half = whole / 2;
        half + half * u32::from(jitter) / u32::from(u8::MAX)
    }

    /// A try went well: the next failure waits the first time again.
    pub fn went_well(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_minute_and_begin_again_after_success() {
        let mut back_off = BackOff::default();
        let pauses: Vec<u64> = (0..9).map(|_| back_off.failed(u8::MAX).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        back_off.went_well();
        assert_eq!(back_off.failed(u8::MAX), FIRST);
    }

    #[test]
    fn chance_shortens_a_pause_by_up_to_a_half_and_never_lengthens_it() {
        for jitter in 0..=u8::MAX {
            let mut back_off = BackOff { failures: 6 };
            let pause = back_off.failed(jitter);
            assert!(pause >= LONGEST / 2 && pause <= LONGEST, "{pause:?}");
        }
        let least = BackOff { failures: 6 }.failed(0);
        assert_eq!(least, LONGEST / 2);
    }

    #[test]
    fn a_year_of_failures_overflows_nothing() {
        let mut back_off = BackOff { failures: u32::MAX };
        assert_eq!(back_off.failed(u8::MAX), LONGEST);
    }
}
