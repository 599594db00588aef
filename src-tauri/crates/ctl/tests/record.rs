//! Backup, restore, verify and rebuild as they are used, on a copy of the record that is kept for
//! the upgrade test.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use program::with_input;
use serde_json::Value;

/// Printed on the demo's own lock screen.
const PASSPHRASE: &str = "kettle harbour quilt lantern";

fn answer(output: &Output) -> (i32, Value) {
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), json)
}

/// A copy of the newest record that is kept.
fn record(dir: &Path) -> String {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/upgrade");
    let mut all: Vec<PathBuf> = fs::read_dir(kept)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("felloe.db").exists())
        .collect();
    all.sort_by_key(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name[1..].parse::<u32>().unwrap()
    });
    let record = dir.join("record");
    fs::create_dir(&record).unwrap();
    for name in ["felloe.db", "felloe.keys", "felloe.recovery"] {
        fs::copy(all.last().unwrap().join(name), record.join(name)).unwrap();
    }
    record.display().to_string()
}

/// The administrator of the demo, who may keep backups.
fn administrator(record: &str) -> String {
    let keys = fs::read(Path::new(record).join("felloe.keys")).unwrap();
    let keys: Value = serde_json::from_slice(&keys).unwrap();
    keys["staff"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_record_is_verified_rebuilt_and_backed_up_and_each_answers_in_words_and_json() {
    let dir = tempfile::tempdir().unwrap();
    let record = record(dir.path());
    let staff = administrator(&record);
    let stick = dir.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let at = ["--json", "--record", &record, "--staff", &staff];
    let run = |rest: &[&str]| answer(&with_input(&[rest, &at].concat(), PASSPHRASE));
    let (code, verified) = run(&["verify"]);
    assert_eq!(
        (code, &verified["fine"]),
        (0, &Value::Bool(true)),
        "{verified}"
    );
    assert!(verified["patients"].as_u64().unwrap() > 50);
    let (code, rebuilt) = run(&["rebuild"]);
    assert_eq!(code, 0);
    let words = rebuilt["words"].as_str().unwrap();
    assert!(words.contains("the same as before"), "{words}");
    let (code, made) = run(&["backup", "--to", stick.to_str().unwrap()]);
    assert_eq!((code, &made["fine"]), (0, &Value::Bool(true)), "{made}");
    assert!(
        Path::new(made["folder"].as_str().unwrap())
            .join("manifest")
            .exists()
    );
}

#[test]
fn a_wrong_passphrase_a_missing_name_and_no_record_are_the_askers_to_put_right() {
    let dir = tempfile::tempdir().unwrap();
    let record = record(dir.path());
    let staff = administrator(&record);
    let wrong = with_input(
        &["verify", "--record", &record, "--staff", &staff],
        "not the passphrase\n",
    );
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("passphrase"));
    let nobody = with_input(&["verify", "--record", &record], PASSPHRASE);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("--staff"));
    let nowhere = dir.path().join("nothing");
    let nothing = with_input(
        &["verify", "--record", nowhere.to_str().unwrap()],
        PASSPHRASE,
    );
    assert_eq!(nothing.status.code(), Some(2));
}

#[test]
fn a_restore_leaves_a_record_that_is_there_alone_and_a_wrong_sheet_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let record = record(dir.path());
    let staff = administrator(&record);
    let stick = dir.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let stick = stick.to_str().unwrap();
    let made = with_input(
        &[
            "backup", "--record", &record, "--staff", &staff, "--to", stick,
        ],
        PASSPHRASE,
    );
    assert!(made.status.success());
    let before = fs::read(Path::new(&record).join("felloe.db")).unwrap();
    // The demo has no keyring, so its backups hold no passphrase.
    let refused = with_input(
        &["restore", stick, "--record", &record, "--staff", &staff],
        PASSPHRASE,
    );
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("never overwrites"));
    let blank = dir.path().join("blank");
    let no_wrap = with_input(
        &[
            "restore",
            stick,
            "--record",
            blank.to_str().unwrap(),
            "--staff",
            &staff,
        ],
        PASSPHRASE,
    );
    assert_eq!(no_wrap.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&no_wrap.stderr).contains("recovery sheet"));
    let wrong_sheet = with_input(
        &[
            "restore",
            stick,
            "--record",
            blank.to_str().unwrap(),
            "--staff",
            &staff,
            "--sheet",
            "--no-keyring",
        ],
        "00000-00000\nlantern quarry moss violin gravel\n",
    );
    assert_eq!(wrong_sheet.status.code(), Some(2));
    assert_eq!(
        fs::read(Path::new(&record).join("felloe.db")).unwrap(),
        before
    );
    assert!(!blank.join("felloe.db").exists());
}

#[test]
fn a_record_without_a_hub_server_is_not_synced_and_says_who_names_one() {
    let dir = tempfile::tempdir().unwrap();
    let record = record(dir.path());
    let staff = administrator(&record);
    let at = ["sync", "--json", "--record", &record, "--staff", &staff];
    let (code, answer) = answer(&with_input(&at, PASSPHRASE));
    assert_eq!(code, 3);
    let words = answer["error"].as_str().unwrap();
    assert!(
        words.contains("An administrator names one in the settings"),
        "{words}"
    );
}
