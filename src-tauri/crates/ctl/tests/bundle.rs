//! Bundles as they are used from the command line, on a copy of the record that is kept for the
//! upgrade test.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{code, complained, is_a_plain_sentence, json_of, with_input};

/// Printed on the demo's own lock screen.
const PASSPHRASE: &str = "kettle harbour quilt lantern\n";

/// The newest record that is kept.
fn newest() -> PathBuf {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/upgrade");
    let all = fs::read_dir(kept)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let number = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name[1..].parse::<u32>().unwrap_or_default()
    };
    all.filter(|path| path.join("felloe.db").exists())
        .max_by_key(number)
        .unwrap()
}

/// A copy of a record that is kept, and the id of the first person in it.
fn record(folder: &Path) -> (String, String) {
    let kept = newest();
    let record = folder.join("record");
    fs::create_dir(&record).unwrap();
    for name in ["felloe.db", "felloe.keys", "felloe.recovery"] {
        fs::copy(kept.join(name), record.join(name)).unwrap();
    }
    let keys = fs::read(record.join("felloe.keys")).unwrap();
    let keys: serde_json::Value = serde_json::from_slice(&keys).unwrap();
    let first = keys["staff"][0]["id"].as_str().unwrap().to_owned();
    (record.display().to_string(), first)
}

#[test]
fn where_no_other_laptop_is_enrolled_there_is_nobody_to_write_for() {
    let folder = tempfile::tempdir().unwrap();
    let (record, staff) = record(folder.path());
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let to = stick.display().to_string();
    let at = ["--record", &record, "--staff", &staff];
    let arguments = [&["--json", "bundle", "write", "--to", &to][..], &at].concat();
    let output = with_input(&arguments, PASSPHRASE);
    assert_eq!(code(&output), 2, "{}", complained(&output));
    let said = json_of(&output)["error"].as_str().unwrap().to_owned();
    assert!(said.contains("Choose at least one other laptop"), "{said}");
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 0);
}

#[test]
fn a_file_that_is_no_bundle_is_bad_input_and_is_told_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let (record, staff) = record(folder.path());
    let file = folder.path().join("holiday.felloe-bundle");
    fs::write(&file, b"a photograph").unwrap();
    let file = file.display().to_string();
    for asked in ["inspect", "read"] {
        let arguments = [
            "bundle", asked, &file, "--record", &record, "--staff", &staff,
        ];
        let output = with_input(&arguments, PASSPHRASE);
        assert_eq!(code(&output), 2, "{}", complained(&output));
        let said = complained(&output);
        assert!(said.contains("This file is not a bundle."), "{said}");
        assert!(is_a_plain_sentence(&said), "{said}");
    }
}
