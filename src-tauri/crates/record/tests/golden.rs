//! The exact bytes of v1, from fixed keys and nonces. `docs/format.md` explains each of them.
//!
//! A change here is a change of the format. Only a new zstd may change the envelope's file without
//! that: the old file must then still be read, so keep it beside the new one.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use record::blob::{BlobKey, Sealing};
use record::body::{Adoptable, Attachment, Body as _, Opinion, Withdrawal};
use record::cbor::{encode, to_value};
use record::certificate::{Certificate, Chain};
use record::entry::{By, Entry, Happened, Kind};
use record::envelope::{Envelope, Position, seal, seal_emergency};
use record::patient_key::{self, PatientKey};
use record::scope::Subject;
use record::words::SixWords;
use samples::{NONCE, certificates, content_key, device_key, position, subject};

fn golden(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/golden/{name}.hex", env!("CARGO_MANIFEST_DIR"));
    let text: String = std::fs::read_to_string(&path)
        .unwrap()
        .split_whitespace()
        .collect();
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.chunks(32).map(|line| line.concat() + "\n").collect()
}

#[track_caller]
fn assert_golden(name: &str, bytes: &[u8]) {
    assert_eq!(hex(bytes), hex(&golden(name)), "{name} of v1 has changed");
}

fn first() -> Envelope {
    let [.., nurse, _] = certificates();
    let entries = [
        samples::answer(),
        samples::note(),
        samples::decision(2, nurse.id()),
    ];
    seal(
        position(),
        subject(),
        &content_key(),
        NONCE,
        &entries,
        &device_key(),
    )
    .unwrap()
}

fn second() -> Envelope {
    let position = Position::after(&first());
    seal_emergency(
        position,
        subject(),
        &content_key(),
        [0x25; 24],
        &[samples::note()],
        &device_key(),
    )
    .unwrap()
}

#[test]
fn the_body_of_an_answer_is_these_bytes() {
    assert_golden("body-v1", &encode(&samples::answer().body).unwrap());
}

#[test]
fn the_entries_of_the_first_envelope_are_these_bytes() {
    let [.., nurse, _] = certificates();
    let entries = [
        samples::answer(),
        samples::note(),
        samples::decision(2, nurse.id()),
    ];
    assert_golden("entries-v1", &record::entry::encode(&entries).unwrap());
}

#[test]
fn a_correction_written_up_later_is_these_bytes() {
    let by_staff = Entry {
        happened: Some(Happened {
            at: samples::moment(),
            by: Some(By::Staff(samples::staff())),
        }),
        ..samples::note()
    };
    let by_nobody_else = Entry {
        happened: Some(Happened {
            at: samples::moment(),
            by: None,
        }),
        ..samples::note()
    };
    let entries = [samples::correction(), by_staff, by_nobody_else];
    let bytes = record::entry::encode(&entries).unwrap();
    assert_golden("correction-v1", &bytes);
    assert_eq!(record::entry::decode(&bytes, 3).unwrap(), entries);
}

#[test]
fn an_envelope_is_these_bytes() {
    assert_golden("envelope-v1", &first().to_bytes());
}

#[test]
fn the_next_envelope_of_the_stream_an_emergency_is_these_bytes() {
    assert_golden("emergency-v1", &second().to_bytes());
}

#[test]
fn an_erased_envelope_is_these_bytes() {
    assert_golden("erased-v1", &first().without_content().to_bytes());
}

#[test]
fn a_patient_key_is_these_bytes() {
    let key = PatientKey {
        generation: 1,
        key: content_key(),
    };
    let entry = Entry {
        kind: Kind::PATIENT_KEY,
        version: patient_key::VERSION,
        body: key.to_body().unwrap(),
        ..samples::note()
    };
    assert_golden("patient-key-v1", &record::entry::encode(&[entry]).unwrap());
}

#[test]
fn an_attachment_and_its_blob_are_these_bytes() {
    let key = BlobKey::from_bytes([0x31; 32]);
    let mut sealing = Sealing::under(&key);
    let mut blob = sealing.put(&vec![b'.'; 65_536]).unwrap();
    blob.extend(sealing.put(b"%PDF-1.7 made up").unwrap());
    let (rest, sealed) = sealing.finish().unwrap();
    blob.extend(rest);
    // No CBOR, so it is no `.hex`: a reader may read all of those.
    assert_eq!(
        hex(&blob[65_536 - 32..]),
        include_str!("golden/blob-v1.txt")
    );
    let body = Attachment {
        attachment: record::id::ItemId::from_random([0x16; 16]),
        what: "referral-letter".into(),
        title: "A made-up letter".into(),
        media: "application/pdf".into(),
        size: sealed.size,
        content: sealed.content,
        blob: sealed.blob,
        key,
    };
    let entry = Entry {
        kind: Attachment::kind(),
        version: Attachment::VERSION,
        slot: Some(format!("attachment/{}", body.attachment).parse().unwrap()),
        body: to_value(&body).unwrap(),
        ..samples::note()
    };
    assert_golden("attachment-v1", &record::entry::encode(&[entry]).unwrap());
}

#[test]
fn an_opinion_and_a_decision_taken_back_are_these_bytes() {
    let [.., nurse, _] = certificates();
    let assessment = record::id::ItemId::from_random([0x17; 16]);
    let opinion = Opinion {
        opinion: record::id::ItemId::from_random([0x18; 16]),
        assessment,
        agrees: "agree-with-change".into(),
        lead: "D09".into(),
        urgency: "soon".into(),
        strands: vec!["psychology".into()],
        change: "Two made-up words".into(),
        reason: "Made-up reason".into(),
        blind: false,
        on: Some(samples::entry_id(0x41)),
        ruleset: "made-up 1 DRAFT".into(),
    };
    let slot = format!("opinion/{}/given/{}", opinion.opinion, samples::staff());
    let opinion = Entry {
        kind: Opinion::kind(),
        slot: Some(slot.parse().unwrap()),
        body: to_value(&opinion).unwrap(),
        ..samples::unsigned_decision()
    };
    let withdrawal = Withdrawal {
        what: Adoptable::Other("decision".into()),
        name: "D09, soon".into(),
        digest: "00".repeat(32),
        reason: "Made-up reason".into(),
    };
    let withdrawal = Entry {
        kind: Withdrawal::kind(),
        slot: Some(format!("decision/{assessment}").parse().unwrap()),
        parents: vec![samples::entry_id(0x41)],
        body: to_value(&withdrawal).unwrap(),
        ..samples::unsigned_decision()
    };
    let signed = [(0, opinion), (1, withdrawal)]
        .map(|(index, entry)| samples::signed(entry, index, nurse.id()));
    assert_golden("opinion-v1", &record::entry::encode(&signed).unwrap());
}

#[test]
fn certificates_are_these_bytes() {
    for (name, certificate) in ["root", "administrator", "nurse", "device"]
        .into_iter()
        .zip(certificates())
    {
        assert_golden(&format!("certificate-{name}-v1"), &certificate.to_bytes());
    }
}

#[test]
fn the_golden_envelopes_are_read_whatever_wrote_them() {
    let envelope = Envelope::from_bytes(&golden("envelope-v1")).unwrap();
    envelope.verify(&device_key().verifying_key()).unwrap();
    let entries = envelope.open(&content_key()).unwrap();
    assert_eq!(entries[..2], [samples::answer(), samples::note()]);
    let certificate = Certificate::from_bytes(&golden("certificate-nurse-v1")).unwrap();
    record::certificate::check_signed(&entries[2], envelope.header(), 2, &certificate).unwrap();
    let next = Envelope::from_bytes(&golden("emergency-v1")).unwrap();
    next.verify(&device_key().verifying_key()).unwrap();
    assert_eq!(next.header().previous, envelope.header_hash());
    assert!(next.header().emergency);
    assert_eq!(next.header().subject, Subject::Patient(samples::patient()));
    assert_eq!(next.open(&content_key()).unwrap(), [samples::note()]);
}

#[test]
fn the_ids_and_the_six_words_are_these() {
    let [root, administrator, nurse, _] = certificates();
    let chain = [root.clone(), administrator, nurse.clone()];
    Chain::new(&chain)
        .check(&root.fingerprint().unwrap())
        .unwrap();
    let lines = [
        format!("key id           {}", content_key().id()),
        format!("envelope id      {}", first().id()),
        format!("certificate id   {}", nurse.id()),
        format!("root fingerprint {}", root.fingerprint().unwrap()),
        format!(
            "six words        {}",
            SixWords::of(&root.fingerprint().unwrap())
        ),
    ];
    let path = format!("{}/tests/golden/names-v1.txt", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(
        lines.join("\n") + "\n",
        std::fs::read_to_string(path).unwrap()
    );
}
