use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::laptop::{Laptop, PASSPHRASE};
use crate::*;
use jiff::Timestamp;
use record::id::PatientId;

/// Written in every place that takes text; none may be readable on disk.
const SECRETS: [&str; 4] = [
    "Wisniewska-Quartermain",
    "9990463380",
    "burning like electricity",
    "zopiclone",
];

fn saved_draft(opened: &Opened) -> Draft {
    Draft {
        staff: opened.staff,
        patient: Some(PatientId::from_random([5; 16])),
        context: "assessment/1".to_owned(),
        name: "answer/pain/words".to_owned(),
        body: SECRETS[2].as_bytes().to_vec(),
        typed_at: Timestamp::from_second(1_790_000_000).unwrap(),
    }
}

fn fill(laptop: &Laptop, opened: &mut Opened) {
    opened.store.put_draft(&saved_draft(opened)).unwrap();
    opened.store.put_setting("last", &SECRETS[3]).unwrap();
    for number in 0..40 {
        let (patient, key) = (laptop.patient(), laptop.key());
        let text = format!("{} {number}", SECRETS[0]);
        let envelope = laptop.envelope(opened, patient, &key, &text);
        let summary = Summary {
            patient,
            known_by: KnownBy {
                family: SECRETS[0].to_lowercase(),
                words: SECRETS.join(" ").to_lowercase(),
                numbers: SECRETS.iter().map(|secret| (*secret).to_owned()).collect(),
                ..KnownBy::default()
            },
            standing: Standing {
                due: SECRETS[1].to_owned(),
                ..Standing::default()
            },
            json: format!("{{\"name\": \"{text}\", \"number\": \"{}\"}}", SECRETS[1]),
        };
        let stored = StoredKey {
            holder: KeyHolder::Patient(patient),
            generation: 1,
            key,
        };
        opened
            .store
            .append(
                &[envelope],
                Derived {
                    summaries: &[summary],
                    keys: &[stored],
                    ..Derived::default()
                },
            )
            .unwrap();
    }
}

/// Every file of the folder whose bytes hold one of the secrets, whatever the case.
fn readable(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for file in fs::read_dir(dir).unwrap() {
        let file = file.unwrap();
        let bytes = fs::read(file.path()).unwrap().to_ascii_lowercase();
        for secret in SECRETS {
            let plain = secret.to_lowercase().into_bytes();
            let wide: Vec<u8> = plain.iter().flat_map(|&byte| [byte, 0]).collect();
            if [plain, wide]
                .iter()
                .any(|form| bytes.windows(form.len()).any(|part| part == form))
            {
                found.push(format!("{secret} in {}", file.file_name().display()));
            }
        }
    }
    found
}

#[test]
fn no_file_of_the_folder_holds_a_name_a_number_or_an_answer_in_readable_form() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    fill(&laptop, &mut opened);
    let names = |dir: &Path| -> Vec<String> {
        fs::read_dir(dir)
            .unwrap()
            .map(|f| f.unwrap().file_name().display().to_string())
            .collect()
    };
    let open = names(laptop.place().dir());
    assert!(open.iter().any(|name| name == "felloe.db-wal"), "{open:?}");
    assert_eq!(readable(laptop.place().dir()), Vec::<String>::new());
    drop(opened);
    assert_eq!(readable(laptop.place().dir()), Vec::<String>::new());
    let database = fs::read(laptop.place().database()).unwrap();
    assert!(database.len() > 100_000 && !database.starts_with(b"SQLite format 3"));
    // The search itself works: the name of the service stands in clear, by design.
    let keys = fs::read_to_string(laptop.place().keys()).unwrap();
    assert!(keys.contains("Tyne Pain Service"));
}

#[test]
fn a_draft_that_was_saved_is_there_after_the_program_is_killed() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "tests::at_rest::the_program_that_saves_and_is_killed",
            "--nocapture",
        ])
        .arg("--ignored")
        .env("FELLOE_TEST_FOLDER", dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(
        lines.any(|line| line.unwrap().contains("Saved")),
        "the child never saved"
    );
    child.kill().unwrap();
    child.wait().unwrap();
    let laptop = Laptop::new();
    let place = Place::new(dir.path());
    let Presence::Ready(door) = look(&place, &laptop.secrets, laptop.now()) else {
        panic!("not ready")
    };
    let staff = door.staff[0].id;
    let opened = unlock(&place, &laptop.secrets, staff, PASSPHRASE, laptop.now()).unwrap();
    assert_eq!(
        opened.store.drafts_of("assessment/1").unwrap(),
        [saved_draft(&opened)]
    );
    assert_eq!(opened.store.count().unwrap(), 40);
}

/// The other half of the test above: it saves, says so, and waits for the end.
#[test]
#[ignore = "started and killed by another test"]
fn the_program_that_saves_and_is_killed() {
    let Some(dir) = std::env::var_os("FELLOE_TEST_FOLDER") else {
        return;
    };
    let laptop = Laptop::new();
    let asked = super::laptop::asked(false);
    let place = Place::new(dir);
    let (mut opened, _) = set_up(
        &place,
        &laptop.secrets,
        &asked,
        &mut laptop.random(),
        laptop.now(),
    )
    .unwrap();
    fill(&laptop, &mut opened);
    writeln!(std::io::stdout(), "Saved").unwrap();
    std::io::stdout().flush().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(60));
}

#[test]
fn a_flipped_bit_is_reported_as_damage_in_plain_words_and_never_read_as_something_else() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    fill(&laptop, &mut opened);
    let scope = record::scope::Scope::Site(opened.identity.site);
    let written = opened.store.envelopes_in(scope).unwrap();
    drop(opened);
    let sound = fs::read(laptop.place().database()).unwrap();
    let mut damaged = 0;
    for page in 0..sound.len() / 4096 {
        let mut bytes = sound.clone();
        bytes[page * 4096 + 2000] ^= 1;
        fs::write(laptop.place().database(), &bytes).unwrap();
        let read = laptop
            .unlock(staff, PASSPHRASE)
            .map_err(|error| match error {
                UnlockError::Store(error) => error,
                other => panic!("{other:?}"),
            })
            .and_then(|opened| opened.store.envelopes_in(scope));
        match read {
            Ok(read) => assert_eq!(read, written),
            Err(error @ (StoreError::Damaged | StoreError::NotThisKey)) => {
                assert!(error.to_string().contains("damaged"));
                damaged += 1;
            }
            Err(other) => panic!("page {page}: {other:?}"),
        }
    }
    assert!(damaged > 5, "only {damaged} pages mattered");
}

#[test]
fn a_database_opened_by_a_newer_version_is_refused_politely() {
    let (laptop, staff, _) = Laptop::ready();
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    opened
        .store
        .connection
        .pragma_update(None, "user_version", 99)
        .unwrap();
    drop(opened);
    let refused = laptop.unlock(staff, PASSPHRASE).unwrap_err();
    assert!(matches!(
        refused,
        UnlockError::Store(StoreError::Newer { found: 99, .. })
    ));
    assert!(refused.to_string().contains("Update Felloe"));
}

#[test]
fn every_commit_is_flushed_and_nothing_is_kept_in_temporary_files() {
    let (laptop, staff, _) = Laptop::ready();
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let pragma = |name: &str| -> String {
        opened
            .store
            .connection
            .query_row(&format!("PRAGMA {name}"), [], |row| {
                row.get::<_, String>(0)
                    .or_else(|_| row.get::<_, i64>(0).map(|n| n.to_string()))
            })
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), "wal");
    assert_eq!(pragma("synchronous"), "2");
    assert_eq!(pragma("cache_size"), "-65536");
    assert_eq!(pragma("foreign_keys"), "1");
    assert_eq!(pragma("temp_store"), "2");
    assert_eq!(pragma("secure_delete"), "1");
    assert!(pragma("cipher_version").starts_with("4."));
}
