//! How much to send at once: about what the link carries in two seconds.
//!
//! A batch that is lost is lost whole, so on a thin link small ones win; on a fast one each batch
//! costs a round trip and a commit, so large ones do. The delay of the link counts as its time, so
//! that one request takes about [`TARGET`] whatever the link is slow with.

use std::time::Duration;

use crate::wire::MAX_BATCH_BYTES;

/// How long one request should take. Design decision: long enough that round trips do not count,
/// short enough that a person sees it move and a cut loses little.
pub const TARGET: Duration = Duration::from_secs(2);

/// The first batch on a link nothing is known of: 16 KiB, four seconds at 32 kbit/s.
const FIRST: usize = 16 * 1024;
/// The smallest batch: 4 KiB, one second at 32 kbit/s.
const LEAST: usize = 4 * 1024;

/// What a link has shown that it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    batch: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { batch: FIRST }
    }
}

impl Pace {
    /// The bytes of envelopes to put into one message.
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// Learns from one request: the bytes both ways, and how long it took.
    pub(crate) fn learn(&mut self, bytes: usize, took: Duration) {
        // A message that was small for want of content says nothing of how much more would go.
        let full = bytes >= self.batch / 2;
        if !full && took <= TARGET {
            return;
        }
        let took = took.as_millis().max(1);
        let carried = (bytes as u128).saturating_mul(TARGET.as_millis()) / took;
        let carried = usize::try_from(carried).unwrap_or(usize::MAX);
        // One lucky or unlucky request does not decide.
        let near = carried.clamp(self.batch / 4, self.batch * 2);
        self.batch = near.clamp(LEAST, MAX_BATCH_BYTES);
    }

    /// The pace after a line that broke: half.
    #[must_use]
    pub fn after_a_cut(self) -> Self {
        Self {
            batch: (self.batch / 2).max(LEAST),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Requests over a link of this many bytes a second and this delay.
    fn over(bytes_a_second: usize, delay: Duration, requests: usize) -> (Pace, Duration) {
        let mut pace = Pace::default();
        let mut took = Duration::ZERO;
        for _ in 0..requests {
            let millis = pace.batch() * 1000 / bytes_a_second;
            took = delay + Duration::from_millis(millis as u64);
            pace.learn(pace.batch(), took);
        }
        (pace, took)
    }

    #[test]
    fn a_request_over_a_thin_link_takes_about_two_seconds() {
        let delay = Duration::from_millis(600);
        let (_, took) = over(4_000, delay, 20);
        assert!((1.5..2.5).contains(&took.as_secs_f64()), "{took:?}");
    }

    #[test]
    fn a_fast_link_is_given_the_largest_batches() {
        let (pace, _) = over(10_000_000, Duration::from_millis(20), 20);
        assert_eq!(pace.batch(), MAX_BATCH_BYTES);
    }

    #[test]
    fn a_link_that_is_all_delay_still_gets_the_smallest_batch() {
        let (pace, _) = over(1_000_000, Duration::from_secs(30), 20);
        assert_eq!(pace.batch(), LEAST);
        assert_eq!(pace.after_a_cut().batch(), LEAST);
    }

    #[test]
    fn a_small_message_that_went_fast_changes_nothing() {
        let mut pace = Pace::default();
        pace.learn(200, Duration::from_millis(900));
        assert_eq!(pace, Pace::default());
        pace.learn(200, Duration::from_secs(9));
        assert!(pace.batch() < Pace::default().batch(), "a slow one does");
    }

    #[test]
    fn a_cut_halves_the_batch() {
        assert_eq!(Pace::default().after_a_cut().batch(), FIRST / 2);
    }
}
