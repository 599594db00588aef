//! A laptop for tests of the whole, and what is done to it.
//!
//! Two programs meet here. The *victim* is a clinic at work: the real use cases over the real
//! encrypted record, which says of each step when it begins and when it was told "Saved". The
//! *tormentor* starts it on a disk that fails at a chosen moment, opens what is left, and counts
//! what had been acknowledged and is not there. `cargo xtask torture` runs both.
//!
//! Only the clock, the randomness and the keyring are stand-ins, and passphrases are cheap to
//! stretch. Nothing of this crate is shipped.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod cable;
mod hub_server;
mod laptop;
mod names;
mod said;
pub mod torment;
pub mod victim;

pub use hub_server::HubServer;
pub use laptop::{Laptop, PASSPHRASE};
pub use said::{Fact, Person, Said};

/// What went wrong in a test, in words for whoever reads it.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;
