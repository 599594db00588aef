//! Bundles: what goes in, what comes out, and what is refused under which name.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attacks;
#[path = "../stick/mod.rs"]
mod stick;
#[path = "../wheel/mod.rs"]
mod wheel;

use proptest::prelude::*;
use record::bundle::{Error as Fault, Head, LAYOUT, MARK};
use record::log::{EventLog as _, Tips};
use record::scope::Scope;
use stick::{all_of, claims, head, key, knowledge, made, planned, read, read_into, written};
use sync::bundle::{Contents, Error, front, write};
use sync::conformance::{Pen, SERVICE};
use sync::memory::Memory;
use wheel::{AT_HUB, AT_OTHER, AT_SPOKE, HUB_SITE, OTHER_SPOKE, SPOKE};

/// A spoke's log with something in every scope.
fn spoke() -> Memory {
    let mut log = Memory::new(SERVICE);
    for (scope, count) in [
        (Scope::Service, 2),
        (Scope::Site(SPOKE), 5),
        (Scope::Audit, 3),
    ] {
        let written = Pen::new(SERVICE, scope, AT_SPOKE).write_many("made up", count);
        log.append(&written).unwrap();
    }
    log
}

/// What a log holds of the scopes that two devices share, as a receipt.
fn held(log: &Memory, from: u8, to: u8) -> Vec<Tips> {
    planned(log, from, &[knowledge(to, &[])]).held
}

#[test]
fn a_bundle_brings_a_new_laptop_all_that_it_may_read() {
    let spoke = spoke();
    let file = all_of(&spoke, AT_SPOKE, AT_HUB);
    let mut hub = Memory::new(SERVICE);
    assert_eq!(read_into(&file, AT_HUB, &mut hub), 10);
    assert_eq!(hub, spoke);
}

#[test]
fn the_service_comes_first_since_certificates_and_keys_stand_there() {
    let (_, envelopes) = read(&all_of(&spoke(), AT_SPOKE, AT_HUB), AT_HUB).unwrap();
    let service = envelopes
        .iter()
        .take_while(|it| it.header().scope == Scope::Service);
    assert_eq!(service.count(), 2);
}

#[test]
fn reading_a_bundle_twice_or_an_old_one_after_a_newer_changes_nothing() {
    let mut spoke = spoke();
    let old = all_of(&spoke, AT_SPOKE, AT_HUB);
    let more = Pen::new(SERVICE, Scope::Service, AT_HUB).write_many("later", 3);
    spoke.append(&more).unwrap();
    let newer = all_of(&spoke, AT_SPOKE, AT_HUB);
    let mut hub = Memory::new(SERVICE);
    assert_eq!(read_into(&newer, AT_HUB, &mut hub), 13);
    let after = hub.clone();
    assert_eq!(read_into(&newer, AT_HUB, &mut hub), 0);
    assert_eq!(read_into(&old, AT_HUB, &mut hub), 0);
    assert_eq!(hub, after);
}

#[test]
fn the_bundle_that_comes_back_says_what_arrived_and_the_next_one_carries_only_what_is_new() {
    let mut spoke = spoke();
    let mut hub = Memory::new(SERVICE);
    read_into(&all_of(&spoke, AT_SPOKE, AT_HUB), AT_HUB, &mut hub);
    let (back, _) = read(&all_of(&hub, AT_HUB, AT_SPOKE), AT_SPOKE).unwrap();
    let receipts = &back.claims().held;
    assert_eq!(*receipts, held(&spoke, AT_SPOKE, AT_HUB));
    let nothing = planned(&spoke, AT_SPOKE, &[knowledge(AT_HUB, receipts)]);
    assert_eq!(nothing.envelopes(), 0);
    let mut pen = Pen::new(SERVICE, Scope::Site(SPOKE), AT_SPOKE);
    pen.begin_again();
    spoke.append(&pen.write_many("new", 2)).unwrap();
    let next = planned(&spoke, AT_SPOKE, &[knowledge(AT_HUB, receipts)]);
    assert_eq!(next.envelopes(), 2);
    let (file, told) = written(&spoke, AT_SPOKE, &[AT_HUB], next);
    assert_eq!((told.envelopes, read_into(&file, AT_HUB, &mut hub)), (2, 2));
    assert_eq!(hub, spoke);
}

#[test]
fn writing_a_bundle_changes_nothing_where_it_is_written() {
    let spoke = spoke();
    let before = spoke.clone();
    all_of(&spoke, AT_SPOKE, AT_HUB);
    assert_eq!(spoke, before);
}

#[test]
fn what_one_of_its_readers_may_not_see_is_not_in_it() {
    let mut hub = Memory::new(SERVICE);
    for scope in [HUB_SITE, SPOKE, OTHER_SPOKE].map(Scope::Site) {
        hub.append(&[Pen::new(SERVICE, scope, AT_HUB).write("made up")])
            .unwrap();
    }
    hub.append(&[Pen::new(SERVICE, Scope::Audit, AT_HUB).write("made up")])
        .unwrap();
    let scopes = |to: &[u8]| {
        let known: Vec<_> = to.iter().map(|seed| knowledge(*seed, &[])).collect();
        let ranges = planned(&hub, AT_HUB, &known).ranges;
        let scopes: Vec<Scope> = ranges.iter().map(|range| range.stream.scope).collect();
        scopes
    };
    assert_eq!(scopes(&[AT_SPOKE]), [Scope::Site(SPOKE)]);
    assert_eq!(scopes(&[AT_OTHER]), [Scope::Site(OTHER_SPOKE)]);
    assert_eq!(scopes(&[AT_SPOKE, AT_OTHER]), []);
}

#[test]
fn of_several_readers_the_one_who_has_least_decides_what_is_carried() {
    let spoke = spoke();
    let all = held(&spoke, AT_SPOKE, AT_HUB);
    let nothing = knowledge(AT_HUB, &[]);
    let everything = knowledge(AT_HUB, &all);
    let both = planned(&spoke, AT_SPOKE, &[everything.clone(), nothing]);
    assert_eq!(both.envelopes(), 10);
    let neither = planned(&spoke, AT_SPOKE, &[everything.clone(), everything]);
    assert_eq!(neither.envelopes(), 0);
}

#[test]
fn both_branches_of_a_copied_disk_are_carried_also_when_one_was_known() {
    let mut log = Memory::new(SERVICE);
    let mut pen = Pen::new(SERVICE, Scope::Site(SPOKE), AT_SPOKE);
    log.append(&pen.write_many("before", 2)).unwrap();
    let mut copy = pen.clone();
    log.append(&pen.write_many("one", 3)).unwrap();
    let known = held(&log, AT_SPOKE, AT_HUB);
    log.append(&copy.write_many("other", 2)).unwrap();
    let mut hub = Memory::new(SERVICE);
    let first = planned(&log, AT_SPOKE, &[knowledge(AT_HUB, &[])]);
    assert_eq!(first.envelopes(), 7);
    let rest = planned(&log, AT_SPOKE, &[knowledge(AT_HUB, &known)]);
    assert_eq!(rest.envelopes(), 2);
    read_into(
        &written(&log, AT_SPOKE, &[AT_HUB], first).0,
        AT_HUB,
        &mut hub,
    );
    assert_eq!(hub, log);
    assert_eq!(
        read_into(
            &written(&log, AT_SPOKE, &[AT_HUB], rest).0,
            AT_HUB,
            &mut hub
        ),
        0
    );
}

#[test]
fn a_bundle_of_many_chunks_comes_out_as_it_went_in() {
    let mut log = Memory::new(SERVICE);
    let mut pen = Pen::new(SERVICE, Scope::Site(SPOKE), AT_SPOKE);
    log.append(&pen.write_many("made up", 1500)).unwrap();
    let file = all_of(&log, AT_SPOKE, AT_HUB);
    assert!(file.len() > 5 * 64 * 1024);
    let mut hub = Memory::new(SERVICE);
    assert_eq!(read_into(&file, AT_HUB, &mut hub), 1500);
    assert_eq!(hub, log);
}

/// Takes so many bytes and is full then.
struct Full(usize);

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0 < bytes.len() {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        self.0 -= bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_stick_that_fills_up_at_any_byte_is_told_as_full() {
    let log = spoke();
    let contents = planned(&log, AT_SPOKE, &[knowledge(AT_HUB, &[])]);
    let whole = written(&log, AT_SPOKE, &[AT_HUB], contents.clone()).0.len();
    for room in (0..whole).step_by(97) {
        let claims = claims(AT_SPOKE, 1, contents.clone());
        let device = Pen::key_of(AT_SPOKE);
        let told = write(&log, &head(&[AT_HUB]), claims, &device, &key(), Full(room));
        let Err(Error::File(fault)) = told else {
            panic!("{room} bytes were enough");
        };
        assert_eq!(fault.kind(), std::io::ErrorKind::StorageFull);
    }
}

#[test]
fn the_six_words_are_the_same_for_writer_and_reader_and_others_for_another_bundle() {
    let log = spoke();
    let contents = planned(&log, AT_SPOKE, &[knowledge(AT_HUB, &[])]);
    let (file, told) = written(&log, AT_SPOKE, &[AT_HUB], contents);
    let (manifest, _) = read(&file, AT_HUB).unwrap();
    assert_eq!(manifest.words(), told.words);
    let (_, other) = written(&log, AT_SPOKE, &[AT_HUB], Contents::default());
    assert_ne!(other.words, told.words);
}

/// `docs/format.md` explains each of these bytes.
#[test]
fn a_bundle_is_these_bytes() {
    let mut log = Memory::new(SERVICE);
    log.append(&Pen::new(SERVICE, Scope::Service, AT_SPOKE).write_many("made up", 2))
        .unwrap();
    let file = all_of(&log, AT_SPOKE, AT_HUB);
    let digits: Vec<String> = file.iter().map(|byte| format!("{byte:02x}")).collect();
    let lines: String = digits.chunks(32).map(|line| line.concat() + "\n").collect();
    let path = format!("{}/tests/golden/bundle-v1.hex", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(
        lines,
        std::fs::read_to_string(path).unwrap(),
        "a bundle of v1 has changed"
    );
}

#[test]
fn a_head_names_its_readers_in_order_and_each_once() {
    let one = head(&[AT_HUB]).recipients[0];
    let twice = Head {
        recipients: vec![one, one],
        ..head(&[AT_HUB])
    };
    let file = made(&twice, |_| vec![vec![0]]);
    assert!(matches!(
        front(&file[..]).map(drop),
        Err(Error::Bundle(Fault::Altered))
    ));
}

proptest! {
    /// Whatever stands in a file, it is refused or read, and never more is set aside than comes.
    #[test]
    fn any_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..2048), begins in any::<bool>()) {
        let file = if begins { [MARK.as_slice(), &[LAYOUT], &bytes].concat() } else { bytes };
        prop_assert!(read(&file, AT_HUB).is_err());
    }

    /// Whatever two laptops wrote, and whatever was known, bundles there and back leave both with
    /// the same.
    #[test]
    fn bundles_there_and_back_leave_both_with_the_same(ours in 0_usize..6, theirs in 0_usize..6, known in 0_usize..6) {
        let mut spoke = Memory::new(SERVICE);
        let mut hub = Memory::new(SERVICE);
        let mut pen = Pen::new(SERVICE, Scope::Site(SPOKE), AT_SPOKE);
        let early = pen.write_many("early", known);
        spoke.append(&early).unwrap();
        hub.append(&early).unwrap();
        let receipts = held(&hub, AT_HUB, AT_SPOKE);
        spoke.append(&pen.write_many("ours", ours)).unwrap();
        hub.append(&Pen::new(SERVICE, Scope::Site(SPOKE), AT_HUB).write_many("theirs", theirs)).unwrap();
        let there = planned(&spoke, AT_SPOKE, &[knowledge(AT_HUB, &receipts)]);
        prop_assert_eq!(there.envelopes(), ours as u64);
        read_into(&written(&spoke, AT_SPOKE, &[AT_HUB], there).0, AT_HUB, &mut hub);
        let back = planned(&hub, AT_HUB, &[knowledge(AT_SPOKE, &held(&spoke, AT_SPOKE, AT_HUB))]);
        prop_assert_eq!(back.envelopes(), theirs as u64);
        read_into(&written(&hub, AT_HUB, &[AT_SPOKE], back).0, AT_SPOKE, &mut spoke);
        prop_assert_eq!(spoke, hub);
    }
}
