//! All bytes that the fuzzing kept, given to their readers again.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

#[path = "../fuzz/readers.rs"]
mod readers;

#[test]
fn no_message_that_was_ever_tried_breaks_a_reader() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/wire");
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        readers::wire(&fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 100, "only {count} are kept");
}
