//! Bundles between two laptops of one service, each with its own record and its own people.

use std::path::{Path, PathBuf};

use record::body::{Action, Audit};
use record::scope::{Scope, Subject};
use store::Delivery;

use super::Room;
use super::enrolling::Two;
use super::forms::referral;
use super::room::PASSPHRASE;
use crate::bundles::{
    begin_reading_bundle, bundle_contents, bundles, inspect_bundle, read_bundle, read_bundle_on,
    write_bundle,
};
use crate::case::body_of;
use crate::desk::Away;
use crate::refusal::Refusal;
use crate::view::{BundleForm, InspectedBundle, LaptopEndForm, ReadBundle, WrittenBundle};
use crate::{door, enrol, patient};

/// A stick that is carried between the two.
struct Stick(tempfile::TempDir);

impl Stick {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// For the one other laptop there is.
    fn form(&self, room: &mut Room, everything: bool) -> BundleForm {
        let known = bundles(&mut room.desk).unwrap().laptops;
        BundleForm {
            folder: self.path().display().to_string(),
            laptops: known.into_iter().map(|laptop| laptop.device).collect(),
            everything,
        }
    }

    fn write(&self, room: &mut Room, everything: bool) -> WrittenBundle {
        let form = self.form(room, everything);
        // A name holds the second it was written in.
        room.turn(jiff::SignedDuration::from_secs(1));
        write_bundle(&mut room.desk, form).unwrap()
    }
}

fn read(room: &mut Room, written: &WrittenBundle) -> ReadBundle {
    read_bundle(&mut room.desk, written.path.clone()).unwrap()
}

fn inspect(room: &mut Room, written: &WrittenBundle) -> InspectedBundle {
    inspect_bundle(&mut room.desk, written.path.clone()).unwrap()
}

fn refused(room: &mut Room, path: &Path) -> String {
    let path = path.display().to_string();
    inspect_bundle(&mut room.desk, path)
        .unwrap_err()
        .to_string()
}

/// How many envelopes a laptop holds.
fn held(room: &Room) -> usize {
    let sitting = room.desk.sitting().unwrap();
    let sites = room.desk.sites().unwrap().into_keys().map(Scope::Site);
    sites
        .chain([Scope::Service, Scope::Audit])
        .map(|scope| sitting.opened.store.envelopes_in(scope).unwrap().len())
        .sum()
}

fn is_here(room: &mut Room, patient: &str) -> bool {
    patient::open_patient(&mut room.desk, patient.to_owned()).is_ok()
}

/// Both laptops, and a patient whose referral was taken at the spoke.
fn referred() -> (Two, String, Stick) {
    let mut two = Two::joined();
    let patient = two.spoke.refer(referral("Ndlovu", "Thabo"));
    (two, patient, Stick::new())
}

#[test]
fn a_referral_of_a_spoke_without_a_line_is_at_the_hub_once_the_stick_is() {
    let (mut two, patient, stick) = referred();
    let written = stick.write(&mut two.spoke, false);
    assert!(
        written.words.contains("Eject the stick"),
        "{}",
        written.words
    );
    assert!(!is_here(&mut two.hub, &patient));
    let seen = inspect(&mut two.hub, &written);
    assert!(seen.new > 0 && seen.from.contains("A. Quist"), "{seen:?}");
    assert_eq!(seen.new + seen.here, written.envelopes);
    assert_eq!(seen.six_words, written.six_words);
    assert!(!is_here(&mut two.hub, &patient), "looking takes nothing in");
    let read = read(&mut two.hub, &written);
    assert_eq!(
        (read.new, read.here, read.refused),
        (seen.new, seen.here, 0)
    );
    assert!(is_here(&mut two.hub, &patient));
}

#[test]
fn a_bundle_is_read_in_steps_between_which_others_work_and_each_says_how_far_it_is() {
    let (mut two, patient, stick) = referred();
    let written = stick.write(&mut two.spoke, false);
    let begun = begin_reading_bundle(&mut two.hub.desk, written.path).unwrap();
    assert_eq!((begun.done, begun.came), (0, None));
    let said = format!(
        "0 of {} new envelopes are here. Leave the stick in.",
        begun.all
    );
    assert_eq!(begun.words, said);
    // Somebody at the hub goes on with their work meanwhile.
    let other = two.hub.refer(referral("Okafor", "Ada"));
    let mut told = Vec::new();
    let came = loop {
        let now = read_bundle_on(&mut two.hub.desk).unwrap();
        assert!(now.done <= now.all, "{now:?}");
        told.push(now.words);
        if let Some(came) = now.came {
            break came;
        }
    };
    assert_eq!((came.new, came.refused), (begun.all, 0));
    let all = format!(
        "{0} of {0} new envelopes are here. Leave the stick in.",
        begun.all
    );
    assert!(told.contains(&all), "{told:?}");
    assert!(is_here(&mut two.hub, &patient) && is_here(&mut two.hub, &other));
    let over = read_bundle_on(&mut two.hub.desk).unwrap_err().to_string();
    assert!(over.contains("No bundle is being read any more"), "{over}");
}

#[test]
fn whom_a_reading_that_was_broken_off_brought_stands_in_the_lists_once_the_record_is_opened_again()
{
    let (mut two, patient, stick) = referred();
    let written = stick.write(&mut two.spoke, false);
    begin_reading_bundle(&mut two.hub.desk, written.path).unwrap();
    let listed = |room: &Room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        store.summary(patient.parse().unwrap()).unwrap().is_some()
    };
    while !read_bundle_on(&mut two.hub.desk)
        .unwrap()
        .words
        .starts_with("All of it is here")
    {}
    assert!(!listed(&two.hub), "rows are made after the envelopes");
    let store = &two.hub.desk.sitting().unwrap().opened.store;
    let found = crate::soundness::check(store).unwrap();
    assert!(found.fine(), "{}", found.in_words());
    let staff = two.hub.osei.clone();
    two.hub.seat(&staff);
    assert!(listed(&two.hub));
    let store = &two.hub.desk.sitting().unwrap().opened.store;
    assert_eq!(store.count_owed().unwrap(), 0);
}

#[test]
fn safety_05_what_a_reading_that_was_broken_off_brought_is_told_by_the_next_one_and_by_what_goes_back()
 {
    let mut two = Two::joined();
    let stick = Stick::new();
    let patient = two.spoke.emergency("Thabo");
    let written = stick.write(&mut two.spoke, false);
    begin_reading_bundle(&mut two.hub.desk, written.path.clone()).unwrap();
    read_bundle_on(&mut two.hub.desk).unwrap();
    assert_eq!(two.hub.receipts(&patient), 0);
    // The stick is taken out, and somebody else sits down.
    let staff = two.hub.osei.clone();
    two.hub.seat(&staff);
    let again = read(&mut two.hub, &written);
    assert_eq!(again.new, 0, "{again:?}");
    assert_eq!(two.hub.receipts(&patient), 1);
    // Somebody else is read in part only, and the bundle that goes back tells of them.
    let other = two.spoke.emergency("Anna");
    let written = stick.write(&mut two.spoke, false);
    begin_reading_bundle(&mut two.hub.desk, written.path).unwrap();
    read_bundle_on(&mut two.hub.desk).unwrap();
    two.hub.seat(&staff);
    let back = stick.write(&mut two.hub, false);
    read(&mut two.spoke, &back);
    for told in [&patient, &other] {
        assert_eq!(two.spoke.receipts(told), 1);
    }
}

#[test]
fn rows_are_made_in_portions_each_of_which_stays_done() {
    let mut two = Two::joined();
    let stick = Stick::new();
    for number in 0..70 {
        let mut form = referral("Ndlovu", &format!("Thabo{number}"));
        form.nhs_number = String::new();
        two.spoke.refer(form);
    }
    let written = stick.write(&mut two.spoke, false);
    begin_reading_bundle(&mut two.hub.desk, written.path).unwrap();
    while !read_bundle_on(&mut two.hub.desk)
        .unwrap()
        .words
        .starts_with("All of it is here")
    {}
    two.hub.desk.make_owed_rows().unwrap();
    two.hub.crash();
    let staff = two.hub.osei.parse().unwrap();
    let (place, secrets) = (&two.hub.desk.place, two.hub.desk.secrets.as_ref());
    let opened = store::unlock(place, secrets, staff, PASSPHRASE, two.hub.desk.now().at()).unwrap();
    assert_eq!(opened.store.count_owed().unwrap(), 6);
    drop(opened);
    let staff = two.hub.osei.clone();
    two.hub.unlock(&staff);
    let store = &two.hub.desk.sitting().unwrap().opened.store;
    assert_eq!(store.count_owed().unwrap(), 0);
}

#[test]
fn the_key_of_a_bundle_that_is_being_read_goes_when_the_screen_locks() {
    let (mut two, _, stick) = referred();
    let written = stick.write(&mut two.spoke, false);
    let mut server = super::exchanging::server(&two.hub);
    two.hub.lines_up(&mut server);
    begin_reading_bundle(&mut two.hub.desk, written.path).unwrap();
    door::lock(&mut two.hub.desk).unwrap();
    let Away::Locked {
        line: Some(left), ..
    } = &two.hub.desk.away
    else {
        panic!("the exchange goes on");
    };
    assert!(left.bundle.is_none());
}

#[test]
fn reading_a_bundle_again_or_an_old_one_later_changes_nothing() {
    let (mut two, patient, stick) = referred();
    let old = stick.write(&mut two.spoke, true);
    two.spoke.start(&patient);
    let newer = stick.write(&mut two.spoke, true);
    read(&mut two.hub, &newer);
    for again in [&newer, &old] {
        let seen = inspect(&mut two.hub, again);
        assert_eq!(seen.new, 0, "{seen:?}");
        let read = read(&mut two.hub, again);
        assert_eq!((read.new, read.refused), (0, 0));
    }
    assert!(is_here(&mut two.hub, &patient));
}

#[test]
fn the_bundle_that_comes_back_clears_the_queue_and_the_next_one_carries_only_what_is_new() {
    let (mut two, patient, stick) = referred();
    let there = stick.write(&mut two.spoke, false);
    let waits = |room: &Room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        let patient = patient.parse().unwrap();
        let all = store.envelopes_of(Subject::Patient(patient)).unwrap();
        let waiting =
            |one: &&record::envelope::Envelope| store.delivery(one).unwrap() == Delivery::Waiting;
        (all.iter().filter(waiting).count(), all.len())
    };
    let (before, all) = waits(&two.spoke);
    assert!(before == all && all > 0);
    read(&mut two.hub, &there);
    assert_eq!(waits(&two.spoke).0, all, "nothing came back yet");
    let back = stick.write(&mut two.hub, false);
    read(&mut two.spoke, &back);
    assert_eq!(waits(&two.spoke), (0, all));
    let form = stick.form(&mut two.spoke, false);
    let next = bundle_contents(&mut two.spoke.desk, form)
        .unwrap()
        .envelopes;
    let whole = stick.form(&mut two.spoke, true);
    let everything = bundle_contents(&mut two.spoke.desk, whole)
        .unwrap()
        .envelopes;
    // What was written since: the lines of the audit trail about the bundles.
    assert!(next < 6 && next < everything, "{next} of {everything}");
}

#[test]
fn writing_and_reading_remove_nothing_and_stand_in_the_audit_trail() {
    let (mut two, _, stick) = referred();
    let before = held(&two.spoke);
    let written = stick.write(&mut two.spoke, false);
    assert!(held(&two.spoke) > before);
    read(&mut two.hub, &written);
    let noted = |room: &Room, wanted: &Action| {
        let sitting = room.desk.sitting().unwrap();
        let all = sitting.open_all(Subject::Audit).unwrap();
        all.iter()
            .filter_map(|placed| body_of::<Audit>(&placed.entry))
            .filter(|line| line.action == *wanted && line.note.starts_with("bundle"))
            .count()
    };
    assert_eq!(noted(&two.spoke, &Action::Exported), 1);
    assert!(noted(&two.hub, &Action::Imported) >= 1);
}

#[test]
fn a_bundle_is_refused_where_it_is_not_for_or_was_altered_cut_short_or_is_none() {
    let (mut two, _, stick) = referred();
    let written = stick.write(&mut two.spoke, false);
    let path = PathBuf::from(&written.path);
    assert!(refused(&mut two.spoke, &path).contains("written for other laptops"));
    let whole = std::fs::read(&path).unwrap();
    let other = stick.path().join("made-up.felloe-bundle");
    let with = |room: &mut Room, bytes: &[u8]| {
        std::fs::write(&other, bytes).unwrap();
        refused(room, &other)
    };
    let mut altered = whole.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    assert!(with(&mut two.hub, &altered).contains("altered or damaged"));
    assert!(with(&mut two.hub, &whole[..middle]).contains("ends too early"));
    assert!(with(&mut two.hub, b"a photograph").contains("is not a bundle"));
    let mut newer = whole;
    newer[13] += 1;
    assert!(with(&mut two.hub, &newer).contains("Update Felloe"));
    let mut stranger = Room::demo_of(99);
    assert!(refused(&mut stranger, &path).contains("belongs to another service"));
}

#[test]
fn a_bundle_of_a_laptop_whose_certificate_was_ended_is_refused_as_such() {
    let (mut two, patient, stick) = referred();
    let written = stick.write(&mut two.spoke, false);
    let laptop = two.spoke_id();
    let form = LaptopEndForm {
        why: "lost".into(),
        reason: "Left on a train.".into(),
        own_passphrase: PASSPHRASE.into(),
    };
    enrol::end_laptop(&mut two.hub.desk, laptop, form).unwrap();
    let said = refused(&mut two.hub, Path::new(&written.path));
    assert!(said.contains("whose certificate was ended"), "{said}");
    assert!(!is_here(&mut two.hub, &patient));
}

#[test]
fn a_bundle_for_nobody_or_into_no_folder_is_refused_at_the_field() {
    let (mut two, _, stick) = referred();
    let good = stick.form(&mut two.spoke, false);
    let nobody = BundleForm {
        laptops: Vec::new(),
        ..good.clone()
    };
    let nowhere = BundleForm {
        folder: "/no/such/stick".into(),
        ..good
    };
    for (form, field) in [(nobody, "laptops"), (nowhere, "folder")] {
        match write_bundle(&mut two.spoke.desk, form) {
            Err(Refusal::Invalid(fields)) => assert_eq!(fields[0].field, field),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(std::fs::read_dir(stick.path()).unwrap().count(), 0);
}
