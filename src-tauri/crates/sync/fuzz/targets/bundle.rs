//! Bundles, from any bytes.
#![no_main]

#[path = "../bundles.rs"]
mod bundles;
#[path = "../../tests/stick/mod.rs"]
mod stick;
#[path = "../../tests/wheel/mod.rs"]
mod wheel;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bundles::bundle(bytes));
