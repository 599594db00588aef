//! The hub server as a process, over TLS, on both databases; and its shelf by itself.
#![cfg(target_os = "linux")]
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backups;
mod blind;
mod care;
mod conformance;
mod deposits;
mod encryption;
mod erasures;
mod exchanges;
mod kills;
mod laptop;
mod limits;
mod logins;
mod nonsense;
mod postgres;
#[path = "../../fuzz/requests.rs"]
mod requests;
mod running;
mod service;
mod together;
mod waiting;
