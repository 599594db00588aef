use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long somebody has to be quiet to be forgotten: by then every bucket is full again.
const IDLE: Duration = Duration::from_secs(600);
/// The longest that somebody is asked to stay away.
const LONGEST: Duration = Duration::from_secs(60);

/// How much may be asked for: so much a second on average, and so much at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    pub(super) per_second: f64,
    pub(super) at_once: f64,
}

/// What each device or address has asked for lately, in two measures: requests and bytes.
pub(super) struct Rates<K>(Mutex<HashMap<K, Lately>>);

#[derive(Clone, Copy)]
struct Lately {
    seen: Instant,
    /// What is left of what may be asked at once; below nothing when more was given than that.
    left: [f64; 2],
    running: u32,
}

impl<K> Default for Rates<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Rates<K> {
    /// Takes one request and `bytes` from what `who` may ask for. When there is none left, the
    /// error is how long to stay away. Bytes may be overdrawn once, since an answer's length is
    /// known when it is there.
    pub(super) fn take(
        &self,
        who: K,
        rates: [Rate; 2],
        bytes: usize,
        now: Instant,
    ) -> Result<(), Duration> {
        let mut all = self.all();
        let lately = all.entry(who).or_insert(Lately {
            seen: now,
            left: rates.map(|rate| rate.at_once),
            running: 0,
        });
        let passed = now.saturating_duration_since(lately.seen).as_secs_f64();
        lately.seen = now;
        for (left, rate) in lately.left.iter_mut().zip(rates) {
            *left = (*left + passed * rate.per_second).min(rate.at_once);
        }
        for (left, (rate, least)) in lately.left.iter().zip(rates.iter().zip([1.0, 0.0])) {
            if *left < least {
                let seconds = ((least - left) / rate.per_second).ceil().max(1.0);
                return Err(Duration::from_secs_f64(seconds.min(LONGEST.as_secs_f64())));
            }
        }
        lately.left[0] -= 1.0;
        lately.left[1] -= weight(bytes);
        Ok(())
    }

    /// Takes bytes that were sent.
    pub(super) fn sent(&self, who: &K, bytes: usize) {
        if let Some(lately) = self.all().get_mut(who) {
            lately.left[1] -= weight(bytes);
        }
    }

    /// Begins something that runs; `false` when `most` run already.
    pub(super) fn begin(&self, who: &K, most: u32) -> bool {
        match self.all().get_mut(who) {
            Some(lately) if lately.running < most => {
                lately.running += 1;
                true
            }
            _ => false,
        }
    }

    /// Ends it.
    pub(super) fn end(&self, who: &K) {
        if let Some(lately) = self.all().get_mut(who) {
            lately.running = lately.running.saturating_sub(1);
        }
    }

    pub(super) fn forget_idle(&self) {
        self.all()
            .retain(|_, lately| lately.running > 0 || lately.seen.elapsed() < IDLE);
    }

    fn all(&self) -> MutexGuard<'_, HashMap<K, Lately>> {
        // Numbers that are a little off are no reason to turn everybody away.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Messages are far shorter than four gigabytes.
fn weight(bytes: usize) -> f64 {
    u32::try_from(bytes).unwrap_or(u32::MAX).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUESTS: Rate = Rate {
        per_second: 2.0,
        at_once: 3.0,
    };
    const BYTES: Rate = Rate {
        per_second: 10.0,
        at_once: 100.0,
    };

    #[test]
    fn so_many_at_once_and_then_as_many_as_the_seconds_allow() {
        let (rates, now) = (Rates::default(), Instant::now());
        let ask = |after| {
            rates.take(
                "a",
                [REQUESTS, BYTES],
                0,
                now + Duration::from_millis(after),
            )
        };
        assert!((0..3).all(|_| ask(0).is_ok()));
        assert_eq!(ask(0), Err(Duration::from_secs(1)));
        assert!(ask(500).is_ok());
        assert!(ask(500).is_err());
    }

    #[test]
    fn one_that_asks_too_much_takes_nothing_from_another() {
        let (rates, now) = (Rates::default(), Instant::now());
        while rates.take("a", [REQUESTS, BYTES], 0, now).is_ok() {}
        assert!(rates.take("b", [REQUESTS, BYTES], 0, now).is_ok());
    }

    #[test]
    fn a_long_answer_is_paid_for_before_the_next_request() {
        let (rates, now) = (Rates::default(), Instant::now());
        assert!(rates.take("a", [REQUESTS, BYTES], 20, now).is_ok());
        rates.sent(&"a", 100);
        assert_eq!(
            rates.take("a", [REQUESTS, BYTES], 0, now),
            Err(Duration::from_secs(2))
        );
        let later = now + Duration::from_secs(2);
        assert!(rates.take("a", [REQUESTS, BYTES], 0, later).is_ok());
    }

    #[test]
    fn no_more_run_side_by_side_than_may() {
        let rates = Rates::default();
        rates
            .take("a", [REQUESTS, BYTES], 0, Instant::now())
            .unwrap();
        assert!(rates.begin(&"a", 1));
        assert!(!rates.begin(&"a", 1));
        rates.end(&"a");
        assert!(rates.begin(&"a", 1));
    }
}
