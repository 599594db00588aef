//! What two places that keep envelopes say to each other.
//!
//! A device and a hub server find out what the other lacks, and send it, as `docs/protocol.md`
//! gives byte by byte. Nothing here opens a socket or reads a clock: the *server's* side is a
//! function from a request to an answer over a [`Shelf`](shelf::Shelf), the *device's* side a
//! machine that is given bytes and time and gives bytes. So the
//! simulator and the sockets drive the same code.
//!
//! Who may see what follows from the device's certificate ([`Admitted`](admitted::Admitted)), and
//! both sides work it out alike. Every envelope that arrives is checked against the key of the
//! device that wrote it before it is kept.
//!
//! What may not enter: keys that open content, the bodies of entries, the store, and (but for the
//! feature `http`) anything that waits.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub use record;

pub mod admitted;
pub mod blobs;
pub mod bundle;
pub mod conformance;
pub mod deposit;
pub mod exchange;
#[cfg(feature = "http")]
pub mod http;
pub mod login;
pub mod memory;
pub mod pace;
pub mod set_up;
pub mod shelf;
pub mod version;
pub mod view;
pub mod wire;
