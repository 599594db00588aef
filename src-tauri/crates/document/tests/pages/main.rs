//! What comes out, read back with the tools a reader has: `qpdf` and poppler's.
//!
//! * `paper`: the PDF's words, order, structure, identity and bytes.
//! * `breaks`: where pages may end, and where they may not.
//! * `screen`: the page images beside the PDF.
//! * `refusals`: what is not printed, and how it is said.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod breaks;
mod paper;
mod reader;
mod refusals;
mod sample;
mod screen;
