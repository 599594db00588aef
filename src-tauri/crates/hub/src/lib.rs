//! The hub server: keeps sealed envelopes and passes them on, and reads nothing.
//!
//! It takes what a certified device of the service signed, keeps it as it was written, and gives
//! it to devices that may see it. What they may ask and who they are is decided by `sync`; this
//! crate gives that a *shelf* (SQLite or PostgreSQL), a door (HTTPS, logins, limits) and a person
//! to look after it (`felloe-hub`). It keeps nothing in memory that another hub server over the
//! same database would have to know.
//!
//! What may not enter: the store, the bodies of entries, and any key that opens content or
//! certifies anybody. No token, and no id of a patient, in a log or an error.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod backup;
pub mod clock;
mod database;
pub mod folder;
pub mod server;
pub mod server_key;
pub mod settings;
pub mod shelf;

pub use database::{Address, DatabaseError, NotAnAddress};
