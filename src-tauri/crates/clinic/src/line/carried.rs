//! What the link carries, learned on the way, and how long the rest takes by that.

use std::time::Duration;

/// Nothing is said of the time before the link was watched for so long: the first message may have
/// been lucky. A design decision.
const WATCHED: Duration = Duration::from_secs(5);

/// What is remembered of the link weighs half as much after so long, so that a link that got better
/// or worse is believed within some messages, and one message that had to be sent again does not
/// decide. A design decision.
const FORGETS: Duration = Duration::from_secs(60);

/// Bytes of messages both ways, and the time they took, stalls and round trips included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Carried {
    bytes: u64,
    took: Duration,
    /// Bytes of the exchange under way, at its last answer.
    known: u64,
    /// When that was, since it began.
    at: Duration,
}

impl Carried {
    /// An exchange begins. What is known of the link stays.
    pub(super) fn begin(&mut self) {
        (self.known, self.at) = (0, Duration::ZERO);
    }

    /// The exchange has moved `bytes` in all, `now` after it began.
    pub(super) fn so_far(&mut self, bytes: u64, now: Duration) {
        self.bytes += bytes.saturating_sub(self.known);
        self.took += now.saturating_sub(self.at);
        (self.known, self.at) = (bytes, now);
        if self.took > FORGETS * 2 {
            self.bytes /= 2;
            self.took /= 2;
        }
    }

    /// How long so many bytes take; none while too little is known.
    pub(super) fn takes(&self, bytes: u64) -> Option<Duration> {
        if self.took < WATCHED || self.bytes == 0 {
            return None;
        }
        let millis = u128::from(bytes) * self.took.as_millis() / u128::from(self.bytes);
        Some(Duration::from_millis(
            u64::try_from(millis).unwrap_or(u64::MAX),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(number: u64) -> Duration {
        Duration::from_secs(number)
    }

    #[test]
    fn nothing_is_said_of_the_time_before_the_link_was_watched_for_a_while() {
        let mut carried = Carried::default();
        carried.so_far(16_000, seconds(4));
        assert_eq!(carried.takes(400_000), None);
        carried.so_far(20_000, seconds(5));
        assert_eq!(carried.takes(400_000), Some(seconds(100)));
    }

    #[test]
    fn what_was_learned_before_a_cut_holds_after_it() {
        let mut carried = Carried::default();
        carried.so_far(40_000, seconds(10));
        carried.begin();
        assert_eq!(carried.takes(4_000), Some(seconds(1)));
        carried.so_far(4_000, seconds(1));
        assert_eq!(carried.takes(4_000), Some(seconds(1)));
    }

    #[test]
    fn a_link_that_got_slower_is_believed_within_minutes() {
        let mut carried = Carried::default();
        carried.so_far(4_000_000, seconds(100));
        for minute in 1..=10 {
            carried.so_far(4_000_000 + minute * 60_000, seconds(100 + minute * 60));
        }
        let takes = carried.takes(60_000).unwrap();
        assert!((seconds(50)..seconds(62)).contains(&takes), "{takes:?}");
    }
}
