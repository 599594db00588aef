//! What two places that keep envelopes say to each other.

#[cfg(feature = "http")]
pub mod http;
