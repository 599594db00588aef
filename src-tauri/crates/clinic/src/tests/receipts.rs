//! What arrived at the other place and what was opened there: what it closes, what it alarms, and
//! what it leaves alone.

use std::sync::Arc;

use jiff::SignedDuration;
use record::body::Receipt;
use record::fold::Record;
use record::id::{EntryId, SiteId};
use store::SiteKind;

use super::Room;
use super::another_device::decision;
use super::forms::present;
use crate::case::HUB_NOT_TOLD;
use crate::desk::{Line, patient_id};
use crate::view::{CaseSync, HubServerForm, LocalNumbers, OpenAction};
use crate::{decide, door, line, patient, route, worklist};

/// The laptop at the hub, as far as these tests go.
pub(super) const AT_HUB: u8 = 7;

pub(super) fn receipt(step: &str, hub: bool, entries: Vec<EntryId>) -> Line {
    let body = Receipt {
        step: step.into(),
        site: SiteId::from_random([1; 16]),
        hub,
        entries,
    };
    Line::appended(&body).unwrap()
}

fn actions(room: &mut Room) -> Vec<OpenAction> {
    worklist::worklist(&mut room.desk, String::new(), String::new(), 0)
        .unwrap()
        .open_actions
}

fn kinds(room: &mut Room) -> Vec<String> {
    actions(room).into_iter().map(|it| it.kind).collect()
}

/// A spoke where somebody has just found an emergency, and the entry that says the hub is not told.
pub(super) fn emergency() -> (Room, String, EntryId) {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    room.answer(&assessment, "ces-saddle", present());
    let case = room
        .desk
        .case_unshown(patient_id(&patient).unwrap())
        .unwrap();
    let open = case.open_actions();
    let told = open.iter().find(|it| it.body.what == HUB_NOT_TOLD);
    let entry = told.unwrap().placed.id;
    (room, patient, entry)
}

#[test]
fn safety_05_the_hub_is_told_once_a_laptop_there_keeps_the_emergency() {
    let (mut room, patient, entry) = emergency();
    assert!(kinds(&mut room).contains(&HUB_NOT_TOLD.to_owned()));
    let seen = room.as_of_now(&patient);
    let arrived = receipt(Receipt::ARRIVED, true, vec![entry]);
    room.arrive(&patient, &seen, AT_HUB, vec![arrived]);
    let left = kinds(&mut room);
    assert!(!left.contains(&HUB_NOT_TOLD.to_owned()), "{left:?}");
    // What was found still has to be written down.
    assert!(left.contains(&"emergency-record".to_owned()), "{left:?}");
    let view = route::open_route(&mut room.desk, patient, "ces".into()).unwrap();
    assert_eq!(view.hub_not_told, None);
    assert!(
        view.recorded
            .iter()
            .any(|it| it.contains("received by a laptop at the hub")),
        "{:?}",
        view.recorded
    );
}

#[test]
fn what_is_read_to_say_that_it_was_opened_is_what_the_screen_shows() {
    let (mut room, patient, _) = emergency();
    let id = patient_id(&patient).unwrap();
    room.desk.sitting_mut().unwrap().shown = None;
    line::opened(&mut room.desk, id).unwrap();
    let shown = room.desk.sitting().unwrap().shown.as_ref();
    let read = Arc::clone(&shown.unwrap().written);
    patient::open_patient(&mut room.desk, patient).unwrap();
    let shown = room.desk.sitting_mut().unwrap().shown(id).unwrap();
    assert!(Arc::ptr_eq(&read, &shown.written));
}

#[test]
fn safety_05_another_laptop_at_a_spoke_is_not_the_hub() {
    let (mut room, patient, entry) = emergency();
    let seen = room.as_of_now(&patient);
    let arrived = receipt(Receipt::ARRIVED, false, vec![entry]);
    room.arrive(&patient, &seen, 3, vec![arrived]);
    assert!(kinds(&mut room).contains(&HUB_NOT_TOLD.to_owned()));
}

#[test]
fn safety_05_a_receipt_of_one_emergency_tells_nothing_of_another() {
    let (mut room, patient, _) = emergency();
    let seen = room.as_of_now(&patient);
    let other = *seen.all_heads().first().unwrap();
    let arrived = receipt(Receipt::ARRIVED, true, vec![other]);
    room.arrive(&patient, &seen, AT_HUB, vec![arrived]);
    assert!(kinds(&mut room).contains(&HUB_NOT_TOLD.to_owned()));
}

#[test]
fn a_receipt_that_arrives_does_not_stop_a_signature_and_is_no_line_of_the_timeline() {
    let mut room = Room::demo();
    let (id, assessment) = room.finished();
    let open = |room: &mut Room| decide::triage_result(&mut room.desk, assessment.clone()).unwrap();
    let before = open(&mut room).basis_digest;
    let lines = |room: &mut Room| {
        let view = patient::open_patient(&mut room.desk, id.clone()).unwrap();
        view.timeline.len()
    };
    let shown = lines(&mut room);
    let seen = room.as_of_now(&id);
    let opened = receipt(Receipt::OPENED, true, seen.all_heads());
    room.arrive(&id, &seen, AT_HUB, vec![opened]);
    assert_eq!(open(&mut room).basis_digest, before);
    assert_eq!(lines(&mut room), shown);
}

/// A finished assessment that the hub decides as this urgent, after having opened it.
pub(super) fn decided(urgency: &str) -> (Room, String, String, Record) {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let seen = room.as_of_now(&patient);
    let opened = receipt(Receipt::OPENED, true, seen.all_heads());
    let lines = vec![opened, decision(&assessment, urgency)];
    room.arrive(&patient, &seen, AT_HUB, lines);
    let now = room.as_of_now(&patient);
    (room, patient, assessment, now)
}

#[test]
fn safety_05_an_urgency_that_the_hub_raised_stands_red_at_the_spoke_until_it_is_opened() {
    let (mut room, patient, assessment, seen) = decided("same-day");
    let red = actions(&mut room);
    let raised = red.iter().find(|it| it.kind == "not-opened").unwrap();
    assert_eq!(raised.assessment.as_deref(), Some(assessment.as_str()));
    assert!(
        raised.words.starts_with("The hub raised this to"),
        "{}",
        raised.words
    );
    let signed = seen.all_heads();
    let opened = receipt(Receipt::OPENED, false, signed);
    room.arrive(&patient, &seen, 3, vec![opened]);
    assert!(!kinds(&mut room).contains(&"not-opened".to_owned()));
}

#[test]
fn safety_05_an_urgency_that_was_not_raised_alarms_nobody() {
    let (mut room, ..) = decided("routine");
    assert!(!kinds(&mut room).contains(&"not-opened".to_owned()));
}

#[test]
fn safety_05_the_hub_is_alarmed_when_a_raised_urgency_is_not_opened_in_its_time() {
    let (mut room, ..) = decided("same-day");
    let numbers = LocalNumbers {
        clinic: "01632 960 204".into(),
        ..LocalNumbers::default()
    };
    door::save_local_numbers(&mut room.desk, numbers).unwrap();
    let identity = &mut room.desk.sitting_mut().unwrap().opened.identity;
    identity.site_kind = SiteKind::Hub;
    assert!(
        !kinds(&mut room).contains(&"not-opened".to_owned()),
        "not at once"
    );
    room.turn(SignedDuration::from_mins(59));
    assert!(
        !kinds(&mut room).contains(&"not-opened".to_owned()),
        "within its time"
    );
    room.turn(SignedDuration::from_mins(1));
    let red = actions(&mut room);
    let late = red.iter().find(|it| it.kind == "not-opened").unwrap();
    assert!(
        late.words.contains("NOT received at the spoke: phone them"),
        "{}",
        late.words
    );
    assert_eq!(late.phone.as_deref(), Some("01632 960 204"));
}

fn steps(room: &mut Room, patient: &str) -> Vec<(String, bool)> {
    let CaseSync { steps, .. } = line::case_sync(&mut room.desk, patient.to_owned()).unwrap();
    steps.into_iter().map(|it| (it.step, it.done)).collect()
}

#[test]
fn a_case_says_how_far_it_has_come_and_no_step_before_it_happened() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let said = |all: &[(&str, bool)]| -> Vec<(String, bool)> {
        all.iter()
            .map(|(step, done)| ((*step).to_owned(), *done))
            .collect()
    };
    // Without a hub server nothing is sent, and nothing is said of it.
    let alone = said(&[
        ("Saved on this laptop", true),
        ("Decided", false),
        ("Plan given", false),
    ]);
    assert_eq!(steps(&mut room, &patient), alone);
    room.name_hub_server();
    let here = [
        ("Saved on this laptop", true),
        ("At the hub server", false),
        ("Opened at the hub", false),
        ("Decided", false),
        ("Plan given", false),
    ];
    assert_eq!(steps(&mut room, &patient), said(&here));
    let seen = room.as_of_now(&patient);
    let arrived = receipt(Receipt::ARRIVED, true, seen.all_heads());
    room.arrive(&patient, &seen, AT_HUB, vec![arrived]);
    assert_eq!(
        steps(&mut room, &patient),
        said(&here),
        "arrived is not opened"
    );
    let opened = receipt(Receipt::OPENED, true, seen.all_heads());
    let lines = vec![opened, decision(&assessment, "soon")];
    room.arrive(&patient, &seen, AT_HUB, lines);
    let decided = steps(&mut room, &patient);
    assert!(decided.contains(&("Decided".into(), true)), "{decided:?}");
    assert!(
        decided.contains(&("Back at the spoke".into(), false)),
        "{decided:?}"
    );
}

impl Room {
    /// An administrator names a hub server; Ama Osei, who set the room up, is one.
    pub(super) fn name_hub_server(&mut self) {
        let form = HubServerForm {
            address: "hub.example.org".into(),
            pin: "a1".repeat(32),
        };
        line::save_hub_server(&mut self.desk, form).unwrap();
    }
}

#[test]
fn what_waits_is_counted_and_offline_is_said_with_it() {
    let mut room = Room::demo();
    let alone = line::sync_chip(&mut room.desk).unwrap();
    assert!(
        alone.words.starts_with("Kept on this laptop"),
        "{}",
        alone.words
    );
    room.begin();
    room.name_hub_server();
    let screen = line::sync_screen(&mut room.desk).unwrap();
    assert!(
        screen.chip.words.ends_with("to send"),
        "{}",
        screen.chip.words
    );
    let counted: u32 = screen.queue.iter().map(|row| row.entries).sum();
    assert!(
        screen
            .queue_words
            .starts_with(&format!("{counted} entries in "))
    );
    assert!(
        screen.queue.iter().any(|row| row.about == "TN"),
        "{:?}",
        screen.queue
    );
    let json = serde_json::to_string(&screen).unwrap();
    assert!(
        !json.contains("Ndlovu") && !json.contains("Thabo"),
        "initials only"
    );
}

#[test]
fn an_emergency_stands_first_in_the_queue() {
    let (mut room, ..) = emergency();
    room.name_hub_server();
    let screen = line::sync_screen(&mut room.desk).unwrap();
    let first = screen.queue.iter().position(|row| !row.emergency);
    let last = screen.queue.iter().rposition(|row| row.emergency);
    assert!(last.unwrap() < first.unwrap(), "{:?}", screen.queue);
}

#[test]
fn a_hub_server_is_named_by_its_address_and_the_whole_of_its_key() {
    let mut room = Room::demo();
    for (address, pin, field) in [
        ("hub.example.org", "a1b2", "pin"),
        ("http://hub", "a1", "pin"),
        ("hub example", &*"a1".repeat(32), "address"),
    ] {
        let form = HubServerForm {
            address: address.into(),
            pin: pin.into(),
        };
        let refused = line::save_hub_server(&mut room.desk, form).unwrap_err();
        let fields = crate::view::Fault::from(refused).fields;
        assert_eq!(fields[0].field, field, "{address}");
    }
    room.name_hub_server();
    let named = line::hub_server(&mut room.desk).unwrap();
    assert_eq!(named.address.as_deref(), Some("hub.example.org:443"));
    assert_eq!(named.pin.unwrap().replace(' ', ""), "a1".repeat(32));
}
