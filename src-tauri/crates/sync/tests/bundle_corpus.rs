//! All bytes that the fuzzing of bundles kept, given to their reader again.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../fuzz/bundles.rs"]
mod bundles;
mod stick;
mod wheel;

use std::fs;
use std::path::Path;

#[test]
fn no_bundle_that_was_ever_tried_breaks_its_reader() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/bundle");
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        bundles::bundle(&fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count >= 20, "only {count} are kept");
}
