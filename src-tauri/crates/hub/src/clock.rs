//! The edge where the hub server reads the clock.

use jiff::Timestamp;

/// What the server's clock shows.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}
