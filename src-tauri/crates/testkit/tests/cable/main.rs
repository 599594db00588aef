//! Two laptops and a real hub server, with the cable out and in: what one writes stands at the
//! other, what cannot be sent is kept and said, and an emergency goes first.
//!
//! How long things take is printed and never asserted tightly: `--no-capture` shows it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod documents;
mod duplicates;
mod laptops;
mod recovery;

use std::time::Duration;

use clinic::view::{
    AnswerValue, AnswerView, DecisionForm, OpenAction, ReferralForm, SyncState, WorkRow,
};
use clinic::{Desk, assess, decide, door, intake, line, worklist};
use testkit::PASSPHRASE;

use laptops::Clinic;

fn referral(family: &str) -> ReferralForm {
    ReferralForm {
        family: family.into(),
        given: "Thabo".into(),
        born: "1979-09-17".into(),
        received: "2026-11-20".into(),
        referrer: "Dr Example".into(),
        reason: "Back pain for three years".into(),
        ..ReferralForm::default()
    }
}

fn refer(desk: &mut Desk, family: &str) -> String {
    let saved = intake::save_referral(desk, referral(family), None);
    saved.unwrap().patient
}

fn start(desk: &mut Desk, patient: &str) -> String {
    assess::start_assessment(desk, patient.to_owned(), "in-person".into()).unwrap()
}

fn rows(desk: &mut Desk) -> Vec<WorkRow> {
    let list = worklist::worklist(desk, "all".into(), String::new(), 0);
    list.unwrap().rows
}

fn has(desk: &mut Desk, family: &str) -> bool {
    rows(desk).iter().any(|row| row.family == family)
}

fn red(desk: &mut Desk, kind: &str) -> Vec<OpenAction> {
    let list = worklist::worklist(desk, "all".into(), String::new(), 0);
    let all = list.unwrap().open_actions.into_iter();
    all.filter(|action| action.kind == kind).collect()
}

/// The consultant decides otherwise than proposed, on what the screen shows.
fn decide_as(desk: &mut Desk, assessment: &str, urgency: &str) {
    let own = |basis_digest: String| DecisionForm {
        lead: "D05".into(),
        urgency: urgency.into(),
        reason: "clinical-judgement".into(),
        reason_text: "Seen together with the physiotherapist today.".into(),
        basis_digest,
        passphrase: PASSPHRASE.into(),
        ..DecisionForm::default()
    };
    let mut drawn = decide::triage_result(desk, assessment.to_owned()).unwrap();
    if drawn.triage.hidden {
        let form = own(drawn.basis_digest);
        drawn = decide::choose_first(desk, assessment.to_owned(), form).unwrap();
    }
    let form = own(drawn.basis_digest);
    decide::sign_decision(desk, assessment.to_owned(), form).unwrap();
}

fn steps(desk: &mut Desk, patient: &str) -> Vec<(String, bool)> {
    let case = line::case_sync(desk, patient.to_owned()).unwrap();
    let steps = case.steps.into_iter();
    steps.map(|step| (step.step, step.done)).collect()
}

fn is_done(desk: &mut Desk, patient: &str, step: &str) -> bool {
    steps(desk, patient).contains(&(step.to_owned(), true))
}

fn print(what: &str, took: Duration) {
    eprintln!("{what}: {} ms", took.as_millis());
}

#[test]
fn a_new_case_of_the_spoke_stands_at_the_hub_and_a_decision_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Clinic::open(folder.path());
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();

    let patient = clinic.spoke.does(|desk| refer(desk, "Ndlovu"));
    let there = clinic
        .hub
        .until("the case is at the hub", |desk| has(desk, "NDLOVU"));
    print("a new case of the spoke at the hub", there);

    let assessment = clinic.spoke.does(|desk| start(desk, &patient));
    clinic
        .spoke
        .does(|desk| testkit::victim::finish(desk, &assessment).unwrap());
    let finished = |desk: &mut Desk| {
        let shown = decide::triage_result(desk, assessment.clone());
        shown.is_ok_and(|it| {
            it.sign_as_proposed.why_not.as_deref() != Some("The assessment is not finished.")
        })
    };
    let there = clinic
        .hub
        .until("the finished assessment is at the hub", finished);
    print("a finished assessment at the hub", there);
    clinic.spoke.until("it was opened at the hub", |desk| {
        is_done(desk, &patient, "Opened at the hub")
    });

    clinic
        .hub
        .does(|desk| decide_as(desk, &assessment, "same-day"));
    let back = clinic.spoke.until("the decision is back", |desk| {
        is_done(desk, &patient, "Decided")
    });
    print("a decision of the hub back at the spoke", back);
    // The hub raised it: red at the spoke until somebody opens it.
    clinic
        .spoke
        .until("it stands red", |desk| !red(desk, "not-opened").is_empty());
    clinic
        .spoke
        .does(|desk| decide::triage_result(desk, assessment.clone()).unwrap());
    assert!(
        clinic
            .spoke
            .lend_now(|desk| red(desk, "not-opened"))
            .is_empty()
    );
    clinic.hub.until("the hub sees that it was opened", |desk| {
        is_done(desk, &patient, "Back at the spoke")
    });
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();
}

#[test]
fn with_the_cable_out_everything_goes_on_and_all_of_it_arrives_when_it_is_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut clinic = Clinic::open(folder.path());
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();
    clinic.server.kill();

    let patient = clinic.spoke.does(|desk| refer(desk, "Okafor"));
    let offline = |desk: &mut Desk| {
        let chip = line::sync_chip(desk).unwrap();
        chip.state == SyncState::Offline && chip.words.ends_with("to send")
    };
    clinic.spoke.until("offline, and how much waits", offline);
    let said = clinic.spoke.lend_now(|desk| line::sync_chip(desk).unwrap());
    assert!(said.words.starts_with("Offline since "), "{}", said.words);
    assert!(
        said.detail
            .contains("What you do is kept here and sent later."),
        "{}",
        said.detail
    );

    // An emergency is found: until a laptop at the hub has it, the screen says whom to phone.
    let assessment = clinic.spoke.does(|desk| start(desk, &patient));
    clinic.spoke.does(|desk| {
        let present = AnswerView::Given {
            value: AnswerValue::Text("present".into()),
        };
        assess::record_answer(desk, assessment, "ces-saddle".into(), present).unwrap();
    });
    let untold = |desk: &mut Desk| red(desk, "hub-not-told").len();
    assert_eq!(clinic.spoke.lend_now(untold), 1);
    assert!(!clinic.hub.lend_now(|desk| has(desk, "OKAFOR")));

    clinic.server.start().unwrap();
    clinic.spoke.does(|desk| line::try_now(desk).unwrap());
    clinic.hub.does(|desk| line::try_now(desk).unwrap());
    let there = clinic.hub.until("the emergency is at the hub", |desk| {
        !red(desk, "emergency-record").is_empty()
    });
    print("an emergency at the hub once the cable is in", there);
    let told = clinic
        .spoke
        .until("the spoke hears that the hub has it", |desk| {
            red(desk, "hub-not-told").is_empty()
        });
    print("the spoke hears that the hub has it", told);
    // It still has to be written down what was done.
    assert_eq!(
        clinic
            .spoke
            .lend_now(|desk| red(desk, "emergency-record").len()),
        1
    );
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();
}

#[test]
fn what_was_written_last_reaches_the_hub_although_the_screen_locks_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Clinic::open(folder.path());
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();
    let staff = clinic.spoke.does(|desk| {
        refer(desk, "Marchetti");
        match door::lock(desk).unwrap() {
            clinic::view::Status::Locked(door) => door.staff[0].id.clone(),
            other => panic!("{other:?}"),
        }
    });
    let there = clinic
        .hub
        .until("it is at the hub", |desk| has(desk, "MARCHETTI"));
    print("what was written just before locking, at the hub", there);
    let locked = |desk: &mut Desk| {
        let asked = worklist::worklist(desk, "all".into(), String::new(), 0);
        matches!(asked, Err(clinic::Refusal::Locked))
    };
    assert!(clinic.spoke.lend_now(locked));
    // That exchange was the last: what comes now waits until somebody unlocks.
    std::thread::sleep(Duration::from_secs(1));
    clinic.hub.does(|desk| refer(desk, "Okafor"));
    let unlock = |desk: &mut Desk| door::unlock(desk, staff, PASSPHRASE.into()).unwrap();
    clinic.spoke.does(unlock);
    clinic.spoke.until_up_to_date();
    assert!(clinic.spoke.lend_now(|desk| has(desk, "MARCHETTI")));
}

#[test]
fn a_sealed_laptop_talks_to_nobody_and_goes_on_when_it_is_unlocked() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Clinic::open(folder.path());
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();
    let staff = clinic.spoke.does(|desk| {
        refer(desk, "Lindqvist");
        // Whatever is on its way, the keys go now.
        door::seal(desk).unwrap();
        match door::status(desk).unwrap() {
            clinic::view::Status::Locked(door) => door.staff[0].id.clone(),
            other => panic!("{other:?}"),
        }
    });
    std::thread::sleep(Duration::from_secs(1));
    assert!(!clinic.hub.lend_now(|desk| has(desk, "LINDQVIST")));
    let unlock = |desk: &mut Desk| door::unlock(desk, staff, PASSPHRASE.into()).unwrap();
    clinic.spoke.does(unlock);
    let there = clinic
        .hub
        .until("it is at the hub", |desk| has(desk, "LINDQVIST"));
    print("what was written before the lock, at the hub", there);
}

#[test]
fn another_computer_at_the_hub_servers_address_is_named_and_sent_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Clinic::open(folder.path());
    clinic.spoke.until_up_to_date();
    clinic.hub.does(|desk| {
        let form = clinic::view::HubServerForm {
            address: clinic.server.address(),
            pin: "00".repeat(32),
        };
        line::save_hub_server(desk, form).unwrap();
    });
    let refused = |desk: &mut Desk| {
        let chip = line::sync_chip(desk).unwrap();
        chip.detail
            .contains("Another computer answered in the hub server's place")
    };
    clinic.hub.until("another key is told apart", refused);
}
