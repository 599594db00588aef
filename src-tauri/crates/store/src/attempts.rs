use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Wrong passphrases in a row that are judged without a wait.
pub const FREE_ATTEMPTS: u32 = 5;
/// The wait after the fifth wrong passphrase, in seconds; it doubles from there.
pub const SHORTEST_WAIT_SECONDS: u64 = 30;
/// No wait is longer than this, in seconds: a clinic must be able to go on.
pub const LONGEST_WAIT_SECONDS: u64 = 3600;

/// Failed tries of one person, kept in the key file so that a restart does not
/// clear them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attempts {
    /// Wrong passphrases since the last right one.
    pub(crate) failed: u32,
    /// When the last one was tried, by this laptop's clock.
    pub(crate) last: Option<Timestamp>,
}

impl Attempts {
    /// Seconds until the next try is judged; 0 when at once.
    pub(crate) fn wait_seconds(&self, now: Timestamp) -> u64 {
        let Some(last) = self.last else { return 0 };
        let wait = wait_after(self.failed);
        let passed = now.duration_since(last);
        // A clock set back gives no credit, and no more than the whole wait.
        let passed = u64::try_from(passed.as_secs()).unwrap_or(0);
        wait.saturating_sub(passed)
    }

    /// Counts a try before it is judged, so that pulling the plug gains nothing.
    pub(crate) fn counted(self, now: Timestamp) -> Self {
        Self {
            failed: self.failed.saturating_add(1),
            last: Some(now),
        }
    }

    /// After a clock was set back the wait starts again from the new time;
    /// otherwise it would last until the old time is reached.
    pub(crate) fn anchored(self, now: Timestamp) -> Self {
        match self.last {
            Some(last) if now.duration_since(last) < SignedDuration::ZERO => Self {
                last: Some(now),
                ..self
            },
            _ => self,
        }
    }
}

fn wait_after(failed: u32) -> u64 {
    match failed.checked_sub(FREE_ATTEMPTS) {
        None => 0,
        Some(doublings) => 2u64
            .checked_pow(doublings)
            .and_then(|factor| SHORTEST_WAIT_SECONDS.checked_mul(factor))
            .map_or(LONGEST_WAIT_SECONDS, |wait| wait.min(LONGEST_WAIT_SECONDS)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).unwrap()
    }

    fn after(failed: u32) -> Attempts {
        Attempts {
            failed,
            last: Some(at(0)),
        }
    }

    #[test]
    fn four_failures_do_not_wait_and_the_fifth_waits_thirty_seconds() {
        assert_eq!(after(4).wait_seconds(at(0)), 0);
        assert_eq!(after(5).wait_seconds(at(0)), 30);
        assert_eq!(after(5).wait_seconds(at(29)), 1);
        assert_eq!(after(5).wait_seconds(at(30)), 0);
    }

    #[test]
    fn the_wait_doubles_up_to_an_hour_and_no_further() {
        let waits: Vec<u64> = (5..=13).map(|n| after(n).wait_seconds(at(0))).collect();
        assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!(after(u32::MAX).wait_seconds(at(0)), 3600);
    }

    #[test]
    fn a_clock_set_back_starts_the_wait_again_and_never_makes_it_longer() {
        let set_back = after(6).anchored(at(-86_400));
        assert_eq!(after(6).wait_seconds(at(-86_400)), 60);
        assert_eq!(set_back.wait_seconds(at(-86_400)), 60);
        assert_eq!(set_back.wait_seconds(at(-86_400 + 60)), 0);
    }
}
