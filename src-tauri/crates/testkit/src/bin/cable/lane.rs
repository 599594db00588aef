//! One direction of a thin link: how fast it carries, what it loses, and when what was sent arrives.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Payload of one TCP segment on an Ethernet cable with the usual options: 1,500 bytes less 20 of
/// IP (RFC 791), 20 of TCP and 12 of time stamps (RFC 9293, RFC 7323).
pub(crate) const SEGMENT: usize = 1448;
/// What those headers add to each segment.
const HEADERS: usize = 52;
/// The least time after which TCP sends a segment again: one second (RFC 6298, 2.4).
const LEAST_TIMEOUT: Duration = Duration::from_secs(1);
/// Doublings of that time after which it does not grow any more.
const MOST_LOSSES: u32 = 6;

/// How a link carries. Both directions are alike.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    /// Bits a second; none for as fast as this machine is.
    rate: Option<u32>,
    /// From one end to the other.
    delay: Duration,
    /// Segments lost of 100.
    loss: u8,
    least_timeout: Duration,
}

impl Weather {
    /// A good network.
    pub(crate) const FREE: Self = Self {
        rate: None,
        delay: Duration::ZERO,
        loss: 0,
        least_timeout: LEAST_TIMEOUT,
    };

    /// 32 kbit/s each way, 600 ms from end to end, one segment of ten lost; all `faster` times
    /// faster, for a test that is in a hurry.
    pub(crate) fn thin(faster: u32) -> Self {
        Self {
            rate: Some(32_000 * faster),
            delay: Duration::from_millis(600) / faster,
            loss: 10,
            least_timeout: LEAST_TIMEOUT / faster,
        }
    }

    fn takes(&self, bytes: usize) -> Duration {
        let Some(rate) = self.rate else {
            return Duration::ZERO;
        };
        let bits = u64::try_from((bytes + HEADERS) * 8).unwrap_or(u64::MAX);
        Duration::from_nanos(bits.saturating_mul(1_000_000_000) / u64::from(rate))
    }

    /// After this long a segment that was lost is sent again, the first time: twice the round trip,
    /// which is what the timer comes to on a link whose delay varies (RFC 6298, 2.2).
    fn timeout(&self) -> Duration {
        self.least_timeout.max(self.delay * 4)
    }
}

/// Chance from a seed, the same for the same connection of the same run.
pub(crate) struct Chance(blake3::OutputReader);

impl Chance {
    pub(crate) fn of(seed: u64, what: &str, number: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(what.as_bytes());
        hasher.update(&number.to_le_bytes());
        Self(hasher.finalize_xof())
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % limit.max(1)
    }
}

/// One direction, shared by every connection.
#[derive(Default)]
pub(crate) struct Lane(Mutex<Option<Instant>>);

/// What becomes of a segment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carried {
    /// When the next of the same connection may follow.
    pub(crate) gone: Instant,
    /// When it is at the other end.
    pub(crate) arrives: Instant,
    /// How often it was lost on the way.
    pub(crate) lost: u32,
}

impl Lane {
    /// Sends a segment as soon as the lane is free, and again for as long as it is lost. While its
    /// connection waits for that, others may use the lane.
    pub(crate) fn send(
        &self,
        bytes: usize,
        weather: &Weather,
        chance: &mut Chance,
        now: Instant,
    ) -> Carried {
        let takes = weather.takes(bytes);
        let mut lost = 0;
        while lost < MOST_LOSSES && chance.below(100) < u64::from(weather.loss) {
            lost += 1;
        }
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let begins = free.map_or(now, |free| free.max(now));
        *free = Some(begins + takes * (lost + 1));
        // 1, 2, 4 ... time-outs.
        let stalls = weather.timeout() * ((1 << lost) - 1);
        let gone = begins + takes * (lost + 1) + stalls;
        Carried {
            gone,
            arrives: gone + weather.delay,
            lost,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes a second of one connection that always has something to send, without the way there.
    fn carries(weather: Weather, seed: u64) -> f64 {
        let (lane, mut chance) = (Lane::default(), Chance::of(seed, "a test", 0));
        let begun = Instant::now();
        let mut now = begun;
        for _ in 0..2000 {
            now = lane.send(SEGMENT, &weather, &mut chance, now).gone;
        }
        2000.0 * 1448.0 / now.duration_since(begun).as_secs_f64()
    }

    #[test]
    fn a_link_without_loss_carries_its_rate_less_the_headers() {
        let weather = Weather {
            loss: 0,
            ..Weather::thin(1)
        };
        let rate = carries(weather, 1);
        assert!((3855.0..3865.0).contains(&rate), "{rate}");
    }

    #[test]
    fn one_segment_of_ten_lost_takes_about_half_of_what_it_carries() {
        let rate = carries(Weather::thin(1), 1);
        assert!((1700.0..2500.0).contains(&rate), "{rate}");
        let hurried = carries(Weather::thin(20), 1);
        assert!((19.0..21.0).contains(&(hurried / rate)), "{hurried}");
    }

    #[test]
    fn two_connections_share_a_lane() {
        let weather = Weather {
            loss: 0,
            ..Weather::thin(1)
        };
        let (lane, now) = (Lane::default(), Instant::now());
        let mut chance = Chance::of(1, "a test", 0);
        let one = lane.send(SEGMENT, &weather, &mut chance, now);
        let other = lane.send(SEGMENT, &weather, &mut chance, now);
        assert_eq!(other.gone - now, (one.gone - now) * 2);
    }
}
