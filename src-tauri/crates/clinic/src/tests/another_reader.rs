//! A whole journal for a reader that shares no code with this one, and what this one reads in it.
//!
//! The reader is `tests/reader`, in Python, written from `docs/format.md` alone. `cargo xtask test`
//! has this test write the journal and what is to be found in it, and then lets that reader look.

mod bundle;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use record::body::{Revocation, StreamEnd};
use record::cbor;
use record::certificate::Fingerprint;
use record::entry::{Basis, Entry};
use record::envelope::Envelope;
use record::fold::{Placed, fold};
use record::id::PatientId;
use record::role::Role;
use record::scope::{Scope, Subject};
use record::words::SixWords;
use serde_json::{Value, json};
use store::{KeyHolder, Store};

use super::Room;
use super::forms::{present, referral, text};
use super::room::PASSPHRASE;
use crate::desk::{Desk, Line, Sign};
use crate::view::{AskOpinionForm, ErasureForm, OpinionForm};
use crate::{opinion, patient, person};

/// Where the journal goes; a folder that is thrown away unless the other reader is to look.
const OUT: &str = "FELLOE_JOURNAL";

/// A clinic in which all has happened that a reader has to get right.
fn eventful() -> Room {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let hale = room.hire("Imran Hale", Role::Consultant);
    let leads = ["Robin Lead", "Sam Lead"].map(|name| room.hire(name, Role::Lead));
    let (id, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    room.agree(&assessment).unwrap();
    second_opinion(&mut room, &assessment, &hale);
    room.detail_elsewhere(&id, "phone", "01632 960001");
    room.detail_elsewhere(&id, "phone", "01632 960002");
    in_error(&mut room, &id);
    room.detail_elsewhere(&id, "email", "thabo@example.org");
    room.detail_elsewhere(&id, "email", "ndlovu@example.org");
    let other = room.refer(referral("Okafor", "Emeka"));
    room.seat(&bea);
    let begun = room.start(&other);
    room.answer(&begun, "crps-pattern", present());
    let osei = room.osei.clone();
    room.seat(&osei);
    end_before_it_began(&mut room, &bea);
    let gone = room.refer(referral("Quartermain", "Thabo"));
    let typed = room.start(&gone);
    room.answer(&typed, "pain-main", text("burning"));
    erase(&mut room, &leads, &gone);
    room
}

/// A colleague is asked blind, and signs.
fn second_opinion(room: &mut Room, assessment: &str, hale: &str) {
    let form = AskOpinionForm {
        of_staff: hale.to_owned(),
        by: "2026-11-30".into(),
        question: "pathway".into(),
        blind: true,
        wished: "clinician".into(),
        ..AskOpinionForm::default()
    };
    let asked = opinion::ask_opinion(&mut room.desk, assessment.to_owned(), form).unwrap();
    let asked = asked.opinions[0].opinion.clone();
    room.seat(hale);
    let drawn = opinion::open_opinion(&mut room.desk, asked.clone()).unwrap();
    let form = OpinionForm {
        lead: "D05".into(),
        urgency: "soon".into(),
        reason: "Nothing speaks against it.".into(),
        basis_digest: drawn.result.basis_digest,
        passphrase: PASSPHRASE.into(),
        ..OpinionForm::default()
    };
    opinion::give_opinion(&mut room.desk, asked, form).unwrap();
    let osei = room.osei.clone();
    room.seat(&osei);
}

fn in_error(room: &mut Room, id: &str) {
    let view = patient::open_patient(&mut room.desk, id.to_owned()).unwrap();
    let line = view
        .timeline
        .iter()
        .find(|line| line.title.contains("Phone"))
        .unwrap_or(&view.timeline[0]);
    let (entry, why) = (line.id.clone(), "Somebody else's number".to_owned());
    patient::mark_in_error(&mut room.desk, id.to_owned(), entry, why).unwrap();
}

/// All that somebody wrote was written after the key was lost.
fn end_before_it_began(room: &mut Room, staff: &str) {
    let sitting = room.desk.sitting().unwrap();
    let key = sitting.people().unwrap()[&staff.parse().unwrap()].key;
    let authorities = sitting.authorities().unwrap();
    let certificate = authorities
        .certificates()
        .find(|one| one.claims().key == key)
        .unwrap()
        .id();
    let body = Revocation {
        certificate,
        why: "lost".into(),
        accepted: vec![StreamEnd {
            scope: Scope::Service,
            incarnation: 0,
            sequence: 1,
        }],
    };
    let line = Line::of(format!("revocation/{certificate}"), &body).unwrap();
    let sign = Sign {
        basis: Basis::default(),
    };
    room.desk
        .write_signed_in(Scope::Service, Subject::Service, vec![line], sign)
        .unwrap();
}

fn erase(room: &mut Room, leads: &[String; 2], gone: &str) {
    room.seat(&leads[0]);
    let form = ErasureForm {
        ground: "court".into(),
        reference: "Order 12 of 2026".into(),
        passphrase: PASSPHRASE.into(),
    };
    person::ask_erasure(&mut room.desk, gone.to_owned(), form).unwrap();
    room.seat(&leads[1]);
    let asked = person::erasures(&mut room.desk).unwrap().asked;
    person::confirm_erasure(&mut room.desk, asked[0].asked.clone(), PASSPHRASE.into()).unwrap();
}

fn store(desk: &Desk) -> &Store {
    &desk.sitting().unwrap().opened.store
}

fn scopes(desk: &Desk) -> Vec<Scope> {
    let sites = desk.sites().unwrap().into_keys().map(Scope::Site);
    sites.chain([Scope::Service, Scope::Audit]).collect()
}

fn journal(desk: &Desk) -> Vec<Envelope> {
    scopes(desk)
        .into_iter()
        .flat_map(|scope| store(desk).envelopes_in(scope).unwrap())
        .collect()
}

/// What this reader finds, in the words of the other.
fn found(desk: &Desk, journal: &[Envelope]) -> Value {
    let opened = &desk.sitting().unwrap().opened;
    let enrolled = Fingerprint::of(opened.identity.service, &opened.root_public);
    let authorities = desk.sitting().unwrap().authorities().unwrap();
    let certificates: BTreeSet<String> = authorities
        .certificates()
        .map(|one| one.id().to_string())
        .collect();
    let closed: BTreeSet<String> = journal
        .iter()
        .filter(|one| readable(desk, one).is_none())
        .map(|one| one.id().to_string())
        .collect();
    let subjects: BTreeSet<Subject> = journal.iter().map(|one| one.header().subject).collect();
    let (mut entries, mut heads) = (BTreeMap::new(), BTreeMap::new());
    for subject in subjects {
        let placed = desk.sitting().unwrap().open_all(subject).unwrap();
        entries.extend(placed.iter().map(|one| (one.id.to_string(), said(one))));
        if !placed.is_empty() {
            heads.insert(format!("{subject:?}"), slots(placed));
        }
    }
    json!({
        "fingerprint": enrolled.to_string(),
        "six_words": SixWords::of(&enrolled).to_string(),
        "envelopes": journal.len(),
        "streams": ends(desk),
        "certificates": certificates,
        "closed": closed,
        "entries": entries,
        "heads": heads,
        "faults": [],
    })
}

fn readable(desk: &Desk, envelope: &Envelope) -> Option<Vec<Entry>> {
    let key = store(desk).content_key(envelope.header().key).unwrap()?;
    envelope.open(&key).ok()
}

/// Kind, version, slot, counter, milliseconds, author, and why it does not count.
fn said(placed: &Placed) -> Value {
    let entry = &placed.entry;
    let why = placed
        .unverified
        .map(|why| format!("{why:?}").to_lowercase());
    json!([
        entry.kind.as_str(),
        entry.version,
        entry.slot.as_ref().map(record::entry::Slot::as_str),
        entry.lamport,
        entry.claimed.at().as_millisecond(),
        entry.author.to_string(),
        why,
    ])
}

fn slots(placed: Vec<Placed>) -> BTreeMap<String, Vec<String>> {
    let record = fold(placed);
    record
        .under("")
        .map(|(slot, current)| {
            let heads = current.all().iter().map(|head| head.id.to_string());
            (slot.as_str().to_owned(), heads.collect())
        })
        .collect()
}

/// The last place of each of this device's streams.
fn ends(desk: &Desk) -> BTreeMap<String, (u64, String)> {
    let mut ends = BTreeMap::new();
    for scope in scopes(desk) {
        let next = store(desk).position(scope).unwrap();
        let hash = HEXLOWER.encode(&next.previous);
        ends.insert(format!("{scope:?}"), (next.sequence - 1, hash));
    }
    ends
}

/// An array of byte strings: the form in which the erasures' envelopes are kept as well.
fn bytes_of(journal: &[Envelope]) -> Vec<u8> {
    let each = journal.iter().map(|one| cbor::Value::Bytes(one.to_bytes()));
    cbor::encode(&cbor::Value::Array(each.collect())).unwrap()
}

fn write(desk: &Desk, folder: &Path) -> Value {
    let journal = journal(desk);
    let found = found(desk, &journal);
    let epochs: Vec<String> = scopes(desk)
        .into_iter()
        .filter_map(|scope| store(desk).key_to_write(KeyHolder::Scope(scope)).unwrap())
        .map(|held| HEXLOWER.encode(held.key.expose()))
        .collect();
    let keys = json!({ "enrolled": found["fingerprint"], "epochs": epochs });
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("journal"), bytes_of(&journal)).unwrap();
    for (name, value) in [("keys.json", &keys), ("found.json", &found)] {
        std::fs::write(folder.join(name), format!("{value:#}\n")).unwrap();
    }
    found
}

fn out(scratch: &Path) -> PathBuf {
    std::env::var_os(OUT).map_or_else(|| scratch.to_owned(), PathBuf::from)
}

/// Nothing that matters is missing from what the other reader is given.
#[test]
fn a_journal_for_another_reader_has_signed_ended_conflicting_wrong_and_erased_content_in_it() {
    let mut room = eventful();
    let scratch = tempfile::tempdir().unwrap();
    let folder = out(scratch.path());
    let found = write(&room.desk, &folder);
    let carried = bundle::bundle_for_another_reader(&mut room, &folder);
    assert!(carried > 20, "{carried} envelopes are no journal");
    let entries = found["entries"].as_object().unwrap();
    let kinds: BTreeSet<&str> = entries
        .values()
        .map(|one| one[0].as_str().unwrap())
        .collect();
    for kind in [
        "decision",
        "agreed-plan",
        "opinion",
        "revocation",
        "erasure",
        "certificate",
        "patient-key",
        "entered-in-error",
        "audit",
    ] {
        assert!(kinds.contains(kind), "{kind} is not among {kinds:?}");
    }
    assert!(entries.values().any(|one| one[6] == "revoked"));
    let conflicts = found["heads"].as_object().unwrap().values();
    let conflicts = conflicts.flat_map(|slots| slots.as_object().unwrap().values());
    assert!(
        conflicts
            .clone()
            .any(|heads| heads.as_array().unwrap().len() == 2)
    );
    assert!(
        conflicts
            .clone()
            .any(|heads| heads.as_array().unwrap().is_empty())
    );
    let closed = found["closed"].as_array().unwrap();
    assert!(!closed.is_empty(), "the erased patient's content is gone");
    let patients: BTreeSet<PatientId> = store(&room.desk).patients().unwrap().into_iter().collect();
    assert!(patients.len() >= 2);
}
