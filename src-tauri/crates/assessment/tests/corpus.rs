//! Every text that the fuzzing kept, given to its reader again.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

#[path = "../fuzz/readers.rs"]
mod readers;

fn replay(name: &str, reader: fn(&str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(name);
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        if let Ok(text) = std::str::from_utf8(&bytes) {
            reader(text);
            count += 1;
        }
    }
    assert!(count > 20, "{name}: only {count} texts are kept");
}

#[test]
fn no_regimen_that_was_ever_tried_breaks_its_reader() {
    replay("regimen", readers::regimen);
}

#[test]
fn no_ruleset_that_was_ever_tried_breaks_its_reader() {
    replay("ruleset", readers::ruleset);
}

#[test]
fn no_instrument_pack_that_was_ever_tried_breaks_its_reader() {
    replay("pack", readers::pack);
}
