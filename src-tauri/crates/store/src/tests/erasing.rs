use std::fs;
use std::path::Path;

use jiff::Timestamp;
use record::envelope::Envelope;
use record::id::PatientId;
use record::keys::ContentKey;
use record::scope::{Scope, Subject};
use rusqlite::Connection;

use super::laptop::{Laptop, PASSPHRASE, own_key};
use crate::migrations::upgrade;
use crate::*;

const FAMILY: &str = "wisniewska-quartermain";
const NUMBER: &str = "9991609938";
const OTHER: &str = "9991500286";
const TYPED: &str = "burning like electricity";

/// One patient with an envelope, a key, a draft and a summary; gives the envelope and the key.
fn write(
    laptop: &Laptop,
    opened: &mut Opened,
    patient: PatientId,
    family: &str,
) -> (Envelope, ContentKey) {
    let key = laptop.key();
    let envelope = laptop.envelope(opened, patient, &key, family);
    let summary = Summary {
        patient,
        known_by: KnownBy {
            family: family.replace('-', " "),
            words: "thabo".to_owned(),
            numbers: vec![if family == FAMILY { NUMBER } else { OTHER }.to_owned()],
            ..KnownBy::default()
        },
        standing: Standing::default(),
        json: format!("{{\"family\":\"{family}\"}}"),
    };
    let stored = StoredKey {
        holder: KeyHolder::Patient(patient),
        generation: 1,
        key: key.clone(),
    };
    let derived = Derived {
        summaries: &[summary],
        keys: &[stored],
        ..Derived::default()
    };
    opened
        .store
        .append(std::slice::from_ref(&envelope), derived)
        .unwrap();
    let draft = Draft {
        staff: opened.staff,
        patient: Some(patient),
        context: patient.to_string(),
        name: "note/1".to_owned(),
        body: TYPED.as_bytes().to_vec(),
        typed_at: Timestamp::from_second(1_790_000_000).unwrap(),
    };
    opened.store.put_draft(&draft).unwrap();
    (envelope, key)
}

/// How many people are found by the beginning of a word.
fn found(store: &Store, word: &str) -> usize {
    let asked = Asked {
        ways: vec![Way::new(vec![word.to_owned()], Vec::new(), None)],
    };
    store.search(&asked, 100).unwrap().count
}

/// What an envelope's content looks like on disk: a stretch of its ciphertext.
fn ciphertext(envelope: &Envelope) -> Vec<u8> {
    let bytes = envelope.to_bytes();
    bytes[bytes.len() - 48..].to_vec()
}

fn holds(file: &Path, wanted: &[u8]) -> bool {
    let bytes = fs::read(file).unwrap();
    bytes.windows(wanted.len()).any(|part| part == wanted)
}

#[test]
fn after_an_erasure_nothing_of_the_patient_is_left_and_everybody_else_is_as_before() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let (gone, stays) = (laptop.patient(), laptop.patient());
    let (envelope, key) = write(&laptop, &mut opened, gone, FAMILY);
    write(&laptop, &mut opened, stays, "okafor");
    let store = &mut opened.store;
    assert_eq!(store.still_held(&[gone, stays]).unwrap(), [gone, stays]);

    store.erase(&[gone]).unwrap();

    assert_eq!(store.still_held(&[gone, stays]).unwrap(), [stays]);
    assert!(store.content_key(key.id()).unwrap().is_none());
    assert!(store.summary(gone).unwrap().is_none());
    assert_eq!(found(store, "quarter"), 0);
    assert!(store.drafts_of(&gone.to_string()).unwrap().is_empty());
    let left = store.envelopes_of(Subject::Patient(gone)).unwrap();
    assert!(left.len() == 1 && left[0].is_erased() && left[0].id() == envelope.id());
    assert!(left[0].open(&key).is_err());
    assert_eq!(found(store, "okafor"), 1);
    assert!(!store.drafts_of(&stays.to_string()).unwrap().is_empty());
}

#[test]
fn the_chain_still_holds_after_an_erasure_and_goes_on() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let (gone, stays) = (laptop.patient(), laptop.patient());
    write(&laptop, &mut opened, gone, FAMILY);
    write(&laptop, &mut opened, stays, "okafor");
    opened.store.erase(&[gone]).unwrap();
    write(&laptop, &mut opened, stays, "okafor");
    let report = opened.store.chain_check(&own_key(&opened)).unwrap();
    assert_eq!((report.envelopes, report.faults), (3, vec![]));
}

/// The same code over a file without encryption, where every page can be read, freed ones too.
#[test]
fn what_was_erased_stands_in_no_page_of_the_file_not_even_in_a_freed_one() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let file = laptop.place().dir().join("plain.db");
    let mut plain = Connection::open(&file).unwrap();
    plain
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;")
        .unwrap();
    upgrade(&mut plain).unwrap();
    opened.store.connection = plain;

    let gone = laptop.patient();
    let (envelope, key) = write(&laptop, &mut opened, gone, FAMILY);
    for _ in 0..50 {
        let other = laptop.patient();
        write(&laptop, &mut opened, other, "okafor");
    }
    let wanted = || {
        let words = [FAMILY, NUMBER].map(|word| word.as_bytes().to_vec());
        words
            .into_iter()
            .chain([ciphertext(&envelope), key.expose().to_vec()])
    };
    opened
        .store
        .connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    assert!(wanted().all(|wanted| holds(&file, &wanted)));
    assert!(holds(&file, TYPED.as_bytes()));
    assert!(parts_with(&opened.store, "quartermain") > 0);

    opened.store.erase(&[gone]).unwrap();

    let log = laptop.place().dir().join("plain.db-wal");
    for file in [&file, &log] {
        for (number, wanted) in wanted().enumerate() {
            assert!(!holds(file, &wanted), "{number} in {}", file.display());
        }
    }
    assert_eq!(parts_with(&opened.store, "quartermain"), 0);
}

/// Parts of the index of words in which a word stands, deleted rows included.
fn parts_with(store: &Store, word: &str) -> i64 {
    store
        .connection
        .query_row(
            "SELECT count(*) FROM summary_words_data WHERE instr(hex(block), hex(?1)) > 0",
            [word],
            |row| row.get(0),
        )
        .unwrap()
}

#[test]
fn an_erasure_is_harmless_when_it_is_done_again() {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let gone = laptop.patient();
    write(&laptop, &mut opened, gone, FAMILY);
    opened.store.erase(&[gone]).unwrap();
    let before = opened
        .store
        .envelopes_in(Scope::Site(opened.identity.site))
        .unwrap();
    opened.store.erase(&[gone, laptop.patient()]).unwrap();
    let after = opened
        .store
        .envelopes_in(Scope::Site(opened.identity.site))
        .unwrap();
    assert_eq!(before, after);
}
