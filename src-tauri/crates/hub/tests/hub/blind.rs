//! The hub server can decrypt nothing: what was written stands nowhere in what it has.

use std::fs::{self, File};
use std::io::{BufRead as _, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use record::blob::{BlobKey, Sealing};
use record::id::SiteId;
use record::keys::ContentKey;
use record::scope::Scope;
use sync::wire::{Answer, BlobName, Request};

use crate::laptop::Laptop;
use crate::logins::compare;
use crate::postgres::Postgres;
use crate::running::Installed;
use crate::service::{Service, patient};

/// What a nurse might have typed. It does not compress into something else.
const WORDS: &str = "Zebra-marked saddle numbness, said by Made-up Person 4417";
const KEY: &[u8; 32] = b"Qk7 marked content key 9-pX&vL_0";
const DOCUMENT_KEY: &[u8; 32] = b"Zw3 marked document key 5+qT%bN!";

/// Something to look for, in each way in which it may stand somewhere.
struct Needle {
    name: &'static str,
    forms: Vec<Vec<u8>>,
}

impl Needle {
    fn new(name: &'static str, bytes: &[u8]) -> Self {
        let hex = data_encoding::HEXLOWER.encode(bytes);
        let mut forms = vec![
            bytes.to_vec(),
            bytes.iter().flat_map(|byte| [*byte, 0]).collect(),
            bytes.iter().flat_map(|byte| [0, *byte]).collect(),
            hex.to_uppercase().into_bytes(),
            hex.into_bytes(),
        ];
        for skipped in 0..3 {
            // Wherever it begins in what was encoded, whole groups of three stand alike.
            let groups = (bytes.len() - skipped) / 3 * 3;
            let groups = &bytes[skipped..skipped + groups];
            forms.push(data_encoding::BASE64.encode(groups).into_bytes());
            forms.push(data_encoding::BASE64URL.encode(groups).into_bytes());
        }
        Self { name, forms }
    }

    fn is_in(&self, haystack: &[u8]) -> bool {
        self.forms.iter().any(|form| contains(haystack, form))
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    // Zeros stand everywhere; the first byte that is none is what is looked for.
    let anchor = needle.iter().position(|byte| *byte != 0).unwrap();
    let mut rest = haystack;
    // To the next place where it may be, by the standard library's fast search.
    while rest.skip_until(needle[anchor]).unwrap() > 0 {
        let after = haystack.len() - rest.len();
        let from = after.checked_sub(anchor + 1);
        if from.is_some_and(|from| haystack[from..].starts_with(needle)) {
            return true;
        }
    }
    false
}

/// All that a process can read and write.
fn memory_of(process: u32) -> Vec<u8> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let mut all = Vec::new();
    for line in maps
        .lines()
        .filter(|line| line.split(' ').nth(1).unwrap().starts_with("rw"))
    {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [from, to] = [from, to].map(|text| u64::from_str_radix(text, 16).unwrap());
        memory.seek(SeekFrom::Start(from)).unwrap();
        // Some of what is mapped is not there.
        let _ = memory.by_ref().take(to - from).read_to_end(&mut all);
    }
    all
}

fn files_under(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            all.extend(files_under(&entry.path()));
        } else {
            all.extend(entry.file_name().as_encoded_bytes());
            // PostgreSQL removes files of its own while it runs.
            all.extend(fs::read(entry.path()).unwrap_or_default());
        }
    }
    all
}

/// Sends a document with the same words, under a marked key of its own, and fetches it again. Gives
/// the end of its blob.
async fn carry_document(laptop: &mut Laptop, site: SiteId) -> Vec<u8> {
    let mut sealing = Sealing::under(&BlobKey::from_bytes(*DOCUMENT_KEY));
    let mut bytes = sealing.put(WORDS.repeat(2000).as_bytes()).unwrap();
    let (rest, sealed) = sealing.finish().unwrap();
    bytes.extend(rest);
    let length = bytes.len() as u64;
    let blob = BlobName {
        site,
        patient: patient(),
        id: sealed.blob,
        size: length,
    };
    let (at, piece) = (0, bytes.clone());
    let put = Request::BlobPut { blob, at, piece };
    let held = laptop.ask(&put).await.unwrap();
    assert_eq!(held, Answer::BlobHeld { held: length });
    let get = Request::BlobGet {
        site,
        id: blob.id,
        at,
        limit: u32::MAX,
    };
    let given = laptop.ask(&get).await.unwrap();
    let piece = bytes.clone();
    assert_eq!(
        given,
        Answer::BlobPiece {
            size: length,
            piece
        }
    );
    bytes.split_off(bytes.len() - 64)
}

async fn is_blind(postgres: Option<&Postgres>) {
    let service = Service::new("blind");
    let address = postgres.map(Postgres::address);
    let installed = Installed::new(&service, address.as_deref());
    let hub = installed.serve();
    let site = Scope::Site(service.site(1));
    let mut device = service.device("laptop", &[service.site(1)]);
    let key = ContentKey::from_bytes(*KEY);
    let written: Vec<_> = (0..20)
        .map(|_| device.write_under(site, WORDS, &key))
        .collect();
    assert!(
        written[0].open(&key).is_ok(),
        "whoever has the key reads it"
    );
    let mut laptop = Laptop::log_in(&hub.hub_server(), &device).await.unwrap();
    laptop.push(&written).await.unwrap();
    laptop.ask(&compare()).await.unwrap();
    let ids = written.iter().map(record::envelope::Envelope::id).collect();
    let limit = u32::MAX;
    laptop.ask(&Request::Fetch { ids, limit }).await.unwrap();
    let document = carry_document(&mut laptop, service.site(1)).await;

    let mut places = vec![
        ("memory", memory_of(hub.process())),
        ("files", files_under(&installed.at())),
        ("log", hub.log().join("\n").into_bytes()),
    ];
    if let Some(postgres) = postgres {
        places.push(("database", files_under(&postgres.data())));
    }
    let secret = [
        Needle::new("what was written", WORDS.as_bytes()),
        Needle::new("a part of it", b"saddle numbness"),
        Needle::new("the key it is sealed under", KEY),
        Needle::new("the key of the document", DOCUMENT_KEY),
        Needle::new("the device's own key", &device.key.seed()[..]),
    ];
    for (place, bytes) in &places {
        for needle in &secret {
            assert!(
                !needle.is_in(bytes),
                "{} stands in its {place}",
                needle.name
            );
        }
    }
    finds_what_is_there(&places, &written[7].to_bytes(), postgres.is_some());
    let (_, memory) = &places[0];
    assert!(Needle::new("the end of the blob", &document).is_in(memory));
    says_nothing_in_its_log(&places, &laptop.token);
}

/// The search can fail: what does stand somewhere is found there.
fn finds_what_is_there(places: &[(&str, Vec<u8>)], envelope: &[u8], on_postgres: bool) {
    let sealed = Needle::new("sealed", &envelope[envelope.len() - 64..]);
    let place = if on_postgres { "database" } else { "files" };
    let named = |name: &str| &places.iter().find(|(place, _)| *place == name).unwrap().1;
    assert!(sealed.is_in(named(place)), "the search finds what it keeps");
    assert!(
        sealed.is_in(named("memory")),
        "the search finds what it just gave"
    );
}

fn says_nothing_in_its_log(places: &[(&str, Vec<u8>)], token: &str) {
    let (_, log) = places.iter().find(|(place, _)| *place == "log").unwrap();
    assert!(contains(log, b"logged in"), "it does log");
    assert!(
        !contains(log, token.as_bytes()),
        "a token stands in its log"
    );
    assert!(!contains(log, patient().to_string().as_bytes()));
    assert!(!Needle::new("a patient", patient().as_bytes()).is_in(log));
}

#[tokio::test]
async fn a_hub_server_on_sqlite_has_nothing_of_what_was_written_in_files_log_or_memory() {
    is_blind(None).await;
}

#[tokio::test]
async fn a_hub_server_on_postgresql_has_nothing_of_what_was_written_in_files_log_or_memory() {
    is_blind(Some(&Postgres::start())).await;
}

#[test]
fn the_search_finds_a_text_in_every_form_in_which_it_may_stand() {
    let needle = Needle::new("words", WORDS.as_bytes());
    let hex = data_encoding::HEXUPPER.encode(WORDS.as_bytes());
    let utf16: Vec<u8> = WORDS.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for before in 0..3 {
        let within = [&b"xyz"[..before], WORDS.as_bytes(), b"and more"].concat();
        let base64 = data_encoding::BASE64.encode(&within).into_bytes();
        for form in [within, base64, hex.clone().into_bytes(), utf16.clone()] {
            let among = [vec![0x5a; 100], form, vec![0x5a; 100]].concat();
            assert!(needle.is_in(&among));
        }
    }
    assert!(!needle.is_in(&[0x5a; 1000]));
}
