//! A record of each earlier format opens with this program: the same fold, the same rows.
//!
//! `tests/upgrade/README.md` says what is there and how each was made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use record::fold::fold;
use record::scope::Subject;
use serde_json::Value;
use store::{Presence, look};

use super::Room;
use crate::desk::Desk;
use crate::door;
use crate::soundness;

const FILES: [&str; 3] = ["felloe.db", "felloe.keys", "felloe.recovery"];

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/upgrade")
}

/// Every format there is a record of, with its folder.
fn formats() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(kept())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("felloe.db").exists())
        .collect();
    found.sort();
    found
}

/// A copy of a kept record, opened by its first person on the day of the test's clock.
fn opened(room: &Room, format: &Path) -> Desk {
    let record = room
        .folder()
        .join(format.file_name().unwrap())
        .join("record");
    fs::create_dir_all(&record).unwrap();
    for name in FILES {
        fs::copy(format.join(name), record.join(name)).unwrap();
    }
    let mut desk = room.over(&record);
    let Presence::Ready(seen) = look(&desk.place, desk.secrets.as_ref(), desk.now().at()) else {
        panic!("{} is not ready", format.display());
    };
    let staff = seen.staff[0].id.to_string();
    door::unlock(&mut desk, staff, crate::demo::passphrase()).unwrap();
    desk
}

/// One line a patient: entries, heads, and the hash of the heads' ids.
fn folded(desk: &Desk) -> String {
    let sitting = desk.sitting().unwrap();
    let patients = sitting.opened.store.patients().unwrap();
    let lines = patients.into_iter().map(|patient| {
        let record = fold(sitting.open_all(Subject::Patient(patient)).unwrap());
        let mut heads = blake3::Hasher::new();
        for id in record.all_heads() {
            heads.update(&id.to_bytes());
        }
        format!(
            "{patient} {} {} {}\n",
            record.timeline().len(),
            record.all_heads().len(),
            heads.finalize().to_hex()
        )
    });
    lines.collect()
}

/// The rows of a kept record as its own version wrote them, before anything is made again.
fn rows_of_then(room: &Room, format: &Path) -> BTreeMap<String, Value> {
    let folder = room.folder().join("then");
    fs::create_dir_all(&folder).unwrap();
    for name in FILES {
        fs::copy(format.join(name), folder.join(name)).unwrap();
    }
    let place = store::Place::new(&folder);
    let Presence::Ready(seen) = look(&place, &store::SystemKeyring, room.desk.now().at()) else {
        panic!("not ready");
    };
    let passphrase = crate::demo::passphrase();
    let opened = store::unlock(
        &place,
        &store::SystemKeyring,
        seen.staff[0].id,
        &passphrase,
        room.desk.now().at(),
    )
    .unwrap();
    rows(&opened.store)
}

fn rows(store: &store::Store) -> BTreeMap<String, Value> {
    let patients = store.patients().unwrap();
    patients
        .into_iter()
        .map(|patient| {
            let row = store.summary(patient).unwrap().unwrap();
            let json = serde_json::from_str(&row.json).unwrap();
            (row.patient.to_string(), json)
        })
        .collect()
}

#[test]
fn there_is_a_record_of_the_newest_format() {
    let newest = format!("v{}", store::TABLES);
    assert!(
        formats().iter().any(|path| path.ends_with(&newest)),
        "Keep a record of this format: tests/upgrade/README.md says how."
    );
}

/// Makes the demo clinic with this program and keeps its record, with what it folds to.
#[test]
#[ignore = "writes tests/upgrade; see its README.md"]
fn keep_a_record_of_this_format() {
    let room = Room::empty(1);
    let out = room.folder().join("demo");
    fs::create_dir_all(&out).unwrap();
    crate::demo::day(&out, env!("CARGO_PKG_VERSION"), &mut |_| ()).unwrap();
    let format = kept().join(format!("v{}", store::TABLES));
    fs::create_dir_all(&format).unwrap();
    for name in FILES {
        fs::copy(out.join("record").join(name), format.join(name)).unwrap();
    }
    let desk = opened(&room, &format);
    fs::write(format.join("expected.txt"), folded(&desk)).unwrap();
}

#[test]
fn every_earlier_record_opens_with_the_same_fold() {
    for format in formats() {
        let room = Room::empty(1);
        let desk = opened(&room, &format);
        let expected = fs::read_to_string(format.join("expected.txt")).unwrap();
        assert_eq!(folded(&desk), expected, "{}", format.display());
        let findings = soundness::check(&desk.sitting().unwrap().opened.store).unwrap();
        assert!(
            findings.fine(),
            "{}: {}",
            format.display(),
            findings.in_words()
        );
    }
}

/// What of a row has to be as it was. By when a step is due is worked out anew: until the rows'
/// fourth version a receipt that is missing was due in three days, however urgent the referral.
fn kept_of(field: &str, value: &Value) -> Value {
    let mut value = value.clone();
    if field == "steps" {
        for step in value.as_array_mut().into_iter().flatten() {
            step.as_object_mut().unwrap().remove("by").unwrap();
        }
    }
    value
}

/// What a row says may grow. What it said before, it says still.
#[test]
fn every_earlier_record_opens_with_the_same_rows() {
    for format in formats() {
        let room = Room::empty(1);
        let then = rows_of_then(&room, &format);
        let desk = opened(&room, &format);
        let now = rows(&desk.sitting().unwrap().opened.store);
        assert_eq!(
            then.keys().collect::<Vec<_>>(),
            now.keys().collect::<Vec<_>>()
        );
        for (patient, row) in &then {
            for (field, value) in row.as_object().unwrap() {
                let now = kept_of(field, &now[patient][field]);
                assert_eq!(now, kept_of(field, value), "{patient} {field}");
            }
        }
    }
}

#[test]
fn everybody_of_every_earlier_record_is_found_by_their_family_name() {
    for format in formats() {
        let room = Room::empty(1);
        let mut desk = opened(&room, &format);
        let all = rows(&desk.sitting().unwrap().opened.store);
        for (patient, row) in all {
            let family = row["family"].as_str().unwrap().to_owned();
            let found = crate::worklist::search(&mut desk, family).unwrap();
            assert!(found.hits.iter().any(|hit| hit.patient == patient));
        }
    }
}
