//! Requests to the hub server, from any bytes.
#![no_main]

#[path = "../requests.rs"]
mod requests;
#[expect(dead_code, reason = "the tests use more of a made-up service")]
#[path = "../../tests/hub/service.rs"]
mod service;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| requests::http(bytes));
