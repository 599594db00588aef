//! What the crate promises, each as a named sentence. Tests whose names start
//! with `keyring` need a real Secret Service on a session bus and fail without.

mod at_rest;
mod attacks;
mod backing_up;
mod blobs;
mod erasing;
mod finding;
mod gifts;
mod joining;
mod journal;
mod keeping;
mod key_file;
mod keyring;
mod laptop;
mod looking;
mod migrating;
#[cfg(target_os = "linux")]
mod migrating_killed;
mod recovering;
mod rekeying;
mod restoring;
mod setting_up;
mod streams;
mod unlocking;
mod whole;
