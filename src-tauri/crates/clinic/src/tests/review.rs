//! Review sessions: whose cases, one signature after another, and what may be taken back.

use jiff::{SignedDuration, ToSpan};
use record::body::{Decision, Reviewed};
use record::role::Role;
use store::List;

use super::Room;
use super::another_device::{decision, detail};
use super::forms::{own_choice, referral};
use super::room::PASSPHRASE;
use crate::case::Held;
use crate::desk::{item_id, patient_id};
use crate::refusal::Refusal;
use crate::review::{
    begin_review, countersign_reviewed, end_review, pass_by, put_aside, review_case,
    review_choices, review_rates, sign_reviewed, take_back,
};
use crate::view::{
    CountersignForm, DecisionForm, Fault, ReviewCase, ReviewForm, ReviewSession, ReviewStep,
};
use crate::{decide, line, patient, worklist};

/// Family names far enough apart to be no similar ones.
const FAMILIES: [&str; 4] = ["Abernethy", "Quayle", "Flanagan", "Upton"];

impl Room {
    /// So many patients whose assessments are finished, each with theirs.
    fn waiting_cases(&mut self, count: usize) -> Vec<(String, String)> {
        let families = FAMILIES.into_iter().take(count);
        families
            .map(|family| {
                let patient = self.refer(referral(family, "Ruth"));
                let assessment = self.start(&patient);
                self.ask_everything(&assessment);
                assert!(self.finish(&assessment).finished);
                (patient, assessment)
            })
            .collect()
    }

    fn begin_session(&mut self) -> ReviewSession {
        begin_review(&mut self.desk, all()).unwrap()
    }

    /// A case of the session, with the choice made where the proposal was hidden.
    fn look(&mut self, assessment: &str) -> ReviewCase {
        let case = review_case(&mut self.desk, assessment.to_owned()).unwrap();
        if !case.result.triage.hidden {
            return case;
        }
        let form = own_choice(&case.result);
        decide::choose_first(&mut self.desk, assessment.to_owned(), form).unwrap();
        review_case(&mut self.desk, assessment.to_owned()).unwrap()
    }

    /// Signs something of one's own, with this typed.
    fn sign_in_session(
        &mut self,
        assessment: &str,
        passphrase: &str,
    ) -> Result<ReviewStep, Refusal> {
        let case = self.look(assessment);
        let form = DecisionForm {
            passphrase: passphrase.to_owned(),
            ..own_choice(&case.result)
        };
        sign_reviewed(&mut self.desk, assessment.to_owned(), String::new(), form)
    }

    fn signed(&mut self, assessment: &str) -> ReviewStep {
        self.sign_in_session(assessment, PASSPHRASE).unwrap()
    }

    fn unsigned(&mut self) -> usize {
        let store = &self.desk.sitting().unwrap().opened.store;
        store
            .list(List::Named("to-sign"), 0, 99)
            .unwrap()
            .rows
            .len()
    }

    fn in_days(&self, days: i32) -> String {
        self.desk.today().saturating_add(days.days()).to_string()
    }
}

fn all() -> ReviewForm {
    ReviewForm {
        most: 20,
        ..ReviewForm::default()
    }
}

fn only(what: &str) -> ReviewForm {
    ReviewForm {
        only: what.to_owned(),
        ..all()
    }
}

fn asked_again(refused: &Refusal) -> bool {
    matches!(refused, Refusal::Invalid(fields) if fields[0].field == "passphrase")
}

fn assessments(session: &ReviewSession) -> Vec<&str> {
    session
        .queue
        .iter()
        .map(|row| row.assessment.as_str())
        .collect()
}

#[test]
fn a_session_has_the_cases_that_wait_to_be_signed_and_no_more_than_were_asked_for() {
    let mut room = Room::demo();
    let cases = room.waiting_cases(3);
    room.sign(&cases[0].1);
    let choices = review_choices(&mut room.desk).unwrap();
    assert_eq!((choices.waiting, choices.aside), (2, 0));
    assert_eq!(choices.sites[0].count, 2);
    let session = room.begin_session();
    let mut queued = assessments(&session);
    queued.sort_unstable();
    let mut wanted = [cases[1].1.as_str(), cases[2].1.as_str()];
    wanted.sort_unstable();
    assert_eq!(queued, wanted);
    let one = ReviewForm { most: 1, ..all() };
    assert_eq!(begin_review(&mut room.desk, one).unwrap().queue.len(), 1);
}

#[test]
fn the_most_urgent_case_comes_first() {
    let mut room = Room::demo();
    let asked = [
        ("Abernethy", "routine"),
        ("Quayle", "urgent"),
        ("Upton", "soon"),
    ];
    for (family, urgency) in asked {
        let form = crate::view::ReferralForm {
            asked_urgency: urgency.into(),
            ..referral(family, "Ruth")
        };
        let patient = room.refer(form);
        let assessment = room.start(&patient);
        room.ask_everything(&assessment);
        assert!(room.finish(&assessment).finished);
    }
    let session = room.begin_session();
    let names: Vec<&str> = session.queue.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["QUAYLE, Ruth", "UPTON, Ruth", "ABERNETHY, Ruth"]);
    let urgent = ReviewForm {
        urgency: "urgent".into(),
        ..all()
    };
    let session = begin_review(&mut room.desk, urgent).unwrap();
    assert_eq!(session.queue.len(), 1);
}

#[test]
fn the_next_case_comes_with_the_answer_to_a_signature() {
    let mut room = Room::demo();
    room.waiting_cases(3);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    let step = room.signed(&queue[1]);
    assert_eq!(step.next.unwrap().assessment, queue[2]);
    assert_eq!(step.session.at.as_deref(), Some(queue[2].as_str()));
    assert_eq!(step.session.queue[1].state, "changed");
    // After the last one the first that was left comes.
    let step = room.signed(&queue[2]);
    assert_eq!(step.next.unwrap().assessment, queue[0]);
    let step = room.signed(&queue[0]);
    assert!(step.next.is_none());
    assert_eq!(step.session.done, 3);
    assert_eq!(room.unsigned(), 0);
}

#[test]
fn the_passphrase_is_asked_for_once_in_a_session_and_again_after_a_lock() {
    let mut room = Room::demo();
    room.waiting_cases(4);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    assert!(session.asks);
    assert!(asked_again(
        &room.sign_in_session(&queue[0], "").unwrap_err()
    ));
    assert!(!room.signed(&queue[0]).session.asks);
    room.turn(SignedDuration::from_mins(14));
    assert!(room.sign_in_session(&queue[1], "").is_ok());
    let osei = room.osei.clone();
    room.seat(&osei);
    assert!(asked_again(
        &room.sign_in_session(&queue[2], "").unwrap_err()
    ));
    assert!(room.sign_in_session(&queue[2], PASSPHRASE).is_ok());
}

#[test]
fn the_passphrase_is_asked_for_again_after_a_quarter_of_an_hour_and_after_the_end() {
    let mut room = Room::demo();
    room.waiting_cases(3);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    room.signed(&queue[0]);
    room.turn(SignedDuration::from_mins(15));
    assert!(asked_again(
        &room.sign_in_session(&queue[1], "").unwrap_err()
    ));
    room.signed(&queue[1]);
    end_review(&mut room.desk).unwrap();
    room.begin_session();
    assert!(asked_again(
        &room.sign_in_session(&queue[2], "").unwrap_err()
    ));
}

#[test]
fn what_a_session_was_shown_signs_nothing_outside_it() {
    let mut room = Room::demo();
    room.waiting_cases(2);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    room.signed(&queue[0]);
    let drawn = room.result(&queue[1]);
    let form = DecisionForm {
        passphrase: String::new(),
        ..own_choice(&drawn)
    };
    let refused = decide::sign_decision(&mut room.desk, queue[1].clone(), form);
    assert!(refused.is_err());
    assert!(room.result(&queue[1]).decision.is_none());
}

#[test]
fn nothing_typed_is_no_wrong_try_and_a_wrong_one_is() {
    let mut room = Room::demo();
    room.waiting_cases(2);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    let seen = room.trail().len();
    for _ in 0..6 {
        drop(room.sign_in_session(&queue[0], "").unwrap_err());
    }
    let wrong = "wrong-passphrase";
    let tries = |room: &Room| {
        let said = room.said_since(seen).into_iter();
        said.filter(|(action, _)| action == wrong).count()
    };
    assert_eq!(tries(&room), 0);
    room.signed(&queue[0]);
    // Somebody else types: what was shown before counts no more.
    drop(
        room.sign_in_session(&queue[1], "not the passphrase")
            .unwrap_err(),
    );
    assert_eq!(tries(&room), 1);
    assert!(asked_again(
        &room.sign_in_session(&queue[1], "").unwrap_err()
    ));
}

#[test]
fn a_session_goes_on_after_a_lock_where_it_stood_and_is_nobody_elses() {
    let mut room = Room::demo();
    room.waiting_cases(3);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    room.signed(&queue[0]);
    room.seat_a(Role::Lead);
    assert_eq!(review_choices(&mut room.desk).unwrap().under_way, None);
    assert!(review_case(&mut room.desk, queue[1].clone()).is_err());
    let osei = room.osei.clone();
    room.seat(&osei);
    let again = review_choices(&mut room.desk).unwrap().under_way.unwrap();
    assert_eq!(assessments(&again), queue);
    assert_eq!(again.at.as_deref(), Some(queue[1].as_str()));
    assert_eq!(again.queue[0].state, "changed");
}

#[test]
fn safety_04_an_entry_that_arrived_since_the_case_was_drawn_blocks_its_signature() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let case = room.look(&assessment);
    let seen = room.as_of_now(&patient);
    room.arrive(&patient, &seen, 3, vec![detail("phone", "01632 960 777")]);
    let form = own_choice(&case.result);
    let refused = sign_reviewed(&mut room.desk, assessment.clone(), String::new(), form);
    assert!(matches!(refused, Err(Refusal::Stale(_))));
    assert!(room.result(&assessment).decision.is_none());
}

#[test]
fn a_colleagues_look_at_the_case_stops_no_signature() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let case = room.look(&assessment);
    let looked = Reviewed {
        assessment: item_id(&assessment).unwrap(),
        session: item_id(&assessment).unwrap(),
        step: "passed".into(),
        seconds: 12,
        hidden: false,
    };
    let seen = room.as_of_now(&patient);
    let line = crate::desk::Line::appended(&looked).unwrap();
    room.arrive(&patient, &seen, 3, vec![line]);
    let form = own_choice(&case.result);
    assert!(sign_reviewed(&mut room.desk, assessment, String::new(), form).is_ok());
}

#[test]
fn safety_09_a_hidden_proposal_is_chosen_for_before_it_is_signed_in_a_session() {
    let mut room = Room::demo_of(5);
    let mut hidden = None;
    for number in 0..60 {
        let patient = room.refer(referral(&format!("Family{number}"), "Given"));
        let assessment = room.start(&patient);
        if decide::is_hidden(item_id(&assessment).unwrap()) {
            room.ask_everything(&assessment);
            assert!(room.finish(&assessment).finished);
            hidden = Some((patient, assessment));
            break;
        }
    }
    let (patient, assessment) = hidden.unwrap();
    room.begin_session();
    let case = review_case(&mut room.desk, assessment.clone()).unwrap();
    assert!(case.result.triage.hidden);
    assert_eq!(case.result.proposed, DecisionForm::default());
    let form = own_choice(&case.result);
    let refused = sign_reviewed(&mut room.desk, assessment.clone(), String::new(), form);
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("you choose first")
    );
    room.signed(&assessment);
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    assert!(case.appended::<Reviewed>()[0].body.hidden);
}

#[test]
fn a_signature_says_in_which_session_after_how_long_and_what_was_done() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let case = room.look(&assessment);
    room.turn(SignedDuration::from_secs(42));
    let as_proposed = DecisionForm {
        basis_digest: case.result.basis_digest.clone(),
        passphrase: PASSPHRASE.into(),
        ..case.result.proposed.clone()
    };
    sign_reviewed(&mut room.desk, assessment, String::new(), as_proposed).unwrap();
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    let looks = case.appended::<Reviewed>();
    assert_eq!(looks.len(), 1);
    assert_eq!(
        (looks[0].body.step.as_str(), looks[0].body.seconds),
        ("signed", 42)
    );
    let decision = case.acted_on(looks[0].body.assessment).unwrap();
    assert_eq!(decision.placed.id.envelope, looks[0].placed.id.envelope);
    assert!(decision.placed.id.index > looks[0].placed.id.index);
    assert!(decision.placed.entry.signed.is_some());
}

#[test]
fn a_decision_taken_back_within_a_minute_leaves_the_case_to_be_signed() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let undo = room.signed(&assessment).undo.unwrap();
    assert_eq!((undo.seconds, undo.name.as_str()), (60, "ABERNETHY, Ruth"));
    assert_eq!(room.unsigned(), 0);
    room.turn(SignedDuration::from_secs(59));
    let step = take_back(&mut room.desk, assessment.clone()).unwrap();
    let again = step.next.unwrap();
    assert_eq!(again.assessment, assessment);
    assert!(again.result.decision.is_none());
    assert_eq!(step.session.queue[0].state, "to-do");
    assert_eq!(room.unsigned(), 1);
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    let id = item_id(&assessment).unwrap();
    assert!(matches!(case.decision(id), Held::Nothing));
    assert!(case.conflicts().is_empty());
    let view = patient::open_patient(&mut room.desk, patient).unwrap();
    let titles: Vec<&str> = view.timeline.iter().map(|it| it.title.as_str()).collect();
    assert!(titles.contains(&"Decision taken back"), "{titles:?}");
    // It is decided again, over the withdrawal.
    assert!(room.sign_in_session(&assessment, "").is_ok());
    assert_eq!(room.unsigned(), 0);
}

#[test]
fn a_withdrawal_is_signed_and_names_what_it_withdraws() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    room.signed(&assessment);
    let id = item_id(&assessment).unwrap();
    let before = room.as_of_now(&patient);
    let slot = record::entry::Slot::new(crate::case::slots::decision(id)).unwrap();
    let decided = before.heads(&slot);
    let said = record::cbor::encode(&before.entry(&decided[0]).unwrap().entry.body).unwrap();
    take_back(&mut room.desk, assessment).unwrap();
    let after = room.as_of_now(&patient);
    let heads = after.heads(&slot);
    let placed = after.entry(&heads[0]).unwrap();
    assert_eq!(placed.entry.parents, decided);
    assert!(placed.entry.signed.is_some() && placed.unverified.is_none());
    let body: record::body::Withdrawal = crate::case::body_of(&placed.entry).unwrap();
    assert_eq!(
        (body.what.as_str(), body.name.as_str()),
        ("decision", "D05 soon")
    );
    assert_eq!(body.digest, blake3::hash(&said).to_hex().to_string());
}

#[test]
fn after_a_minute_or_a_lock_or_by_a_colleague_nothing_is_taken_back() {
    let mut room = Room::demo();
    room.waiting_cases(2);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    room.signed(&queue[0]);
    room.turn(SignedDuration::from_secs(60));
    let refused = take_back(&mut room.desk, queue[0].clone()).unwrap_err();
    assert!(
        refused.to_string().contains("Sign a new decision"),
        "{refused}"
    );
    room.signed(&queue[1]);
    let osei = room.osei.clone();
    room.turn(SignedDuration::from_secs(1));
    room.seat(&osei);
    let refused = take_back(&mut room.desk, queue[1].clone()).unwrap_err();
    assert!(
        refused.to_string().contains("Sign a new decision"),
        "{refused}"
    );
    let lead = room.hire("Edith Whitlock", Role::Lead);
    room.seat(&lead);
    assert!(take_back(&mut room.desk, queue[1].clone()).is_err());
    for assessment in &queue {
        assert!(room.result(assessment).decision.is_some());
    }
}

#[test]
fn a_clock_that_was_set_back_does_not_give_the_minute_again() {
    let mut room = Room::demo();
    let (_, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    room.signed(&assessment);
    room.turn(SignedDuration::from_secs(-3));
    assert!(take_back(&mut room.desk, assessment).is_err());
}

#[test]
fn safety_01_a_decision_that_did_not_see_the_withdrawal_goes_on_to_hold_and_both_are_shown() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    room.signed(&assessment);
    let seen = room.as_of_now(&patient);
    take_back(&mut room.desk, assessment.clone()).unwrap();
    room.arrive(&patient, &seen, 3, vec![decision(&assessment, "urgent")]);
    let id = item_id(&assessment).unwrap();
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    let acted: Decision = case.acted_on(id).unwrap().body.clone();
    assert_eq!(acted.decided.urgency, "urgent");
    let conflicts = case.conflicts();
    assert_eq!(conflicts.len(), 1);
    assert!(conflicts[0].wants_signature());
    assert!(!room.result(&assessment).sign_as_proposed.allowed);
}

#[test]
fn safety_01_of_two_decisions_that_did_not_see_each_other_none_is_taken_back() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let seen = room.as_of_now(&patient);
    room.signed(&assessment);
    room.arrive(&patient, &seen, 3, vec![decision(&assessment, "urgent")]);
    let refused = take_back(&mut room.desk, assessment.clone()).unwrap_err();
    assert!(refused.to_string().contains("Sign one that saw both"));
    let id = item_id(&assessment).unwrap();
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    assert_eq!(case.decision(id).all().len(), 2);
}

#[test]
fn a_case_put_aside_is_left_out_until_its_day() {
    let mut room = Room::demo();
    room.waiting_cases(2);
    let session = room.begin_session();
    let first = session.queue[0].assessment.clone();
    room.look(&first);
    let until = room.in_days(3);
    let step = put_aside(
        &mut room.desk,
        first.clone(),
        until,
        "Waits for the scan".into(),
    );
    let step = step.unwrap();
    assert_eq!(step.session.queue[0].state, "put-aside");
    assert_eq!(step.next.unwrap().assessment, session.queue[1].assessment);
    let choices = review_choices(&mut room.desk).unwrap();
    assert_eq!((choices.waiting, choices.aside), (1, 1));
    assert_eq!(room.unsigned(), 2);
    let list = worklist::worklist(&mut room.desk, "to-sign".into(), String::new(), 0).unwrap();
    let steps: Vec<&str> = list.rows.iter().map(|row| row.next_step.as_str()).collect();
    assert!(steps.contains(&"Put aside until 27-Nov-2026"), "{steps:?}");
    let again = room.begin_session();
    assert_eq!(again.queue.len(), 1);
    room.days(3);
    let osei = room.osei.clone();
    room.seat(&osei);
    let returned = begin_review(&mut room.desk, only("put-aside")).unwrap();
    assert_eq!(assessments(&returned), [first.as_str()]);
    let said = room.look(&first).aside.unwrap();
    assert!(
        said.contains("27-Nov-2026") && said.ends_with("Waits for the scan"),
        "{said}"
    );
}

#[test]
fn safety_04_a_case_put_aside_comes_back_as_soon_as_somebody_adds_to_it() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    let before = room.as_of_now(&patient);
    room.begin_session();
    room.look(&assessment);
    let until = room.in_days(3);
    put_aside(
        &mut room.desk,
        assessment.clone(),
        until,
        "Waits for the scan".into(),
    )
    .unwrap();
    assert_eq!(review_choices(&mut room.desk).unwrap().waiting, 0);
    // What was written offline, before anybody looked, arrives late and under an early counter.
    let nurse = room.hire("Bola Okafor", Role::Nurse);
    let osei = room.osei.clone();
    room.seat(&nurse);
    room.arrive(&patient, &before, 3, vec![detail("phone", "01632 960 777")]);
    room.seat(&osei);
    let choices = review_choices(&mut room.desk).unwrap();
    assert_eq!((choices.waiting, choices.only[0].count), (1, 1));
    begin_review(&mut room.desk, only("changed")).unwrap();
    let since = room.look(&assessment).since.unwrap();
    assert!(
        since.words.starts_with("Since you looked, 24-Nov-2026"),
        "{}",
        since.words
    );
    assert_eq!(since.lines.len(), 1);
    assert!(since.lines[0].value.contains("01632 960 777"));
}

#[test]
fn safety_18_nothing_urgent_is_left_out_because_somebody_put_it_aside() {
    let mut room = Room::demo();
    let form = crate::view::ReferralForm {
        asked_urgency: "urgent".into(),
        ..referral("Abernethy", "Ruth")
    };
    let patient = room.refer(form);
    let assessment = room.start(&patient);
    room.ask_everything(&assessment);
    assert!(room.finish(&assessment).finished);
    room.begin_session();
    room.look(&assessment);
    let until = room.in_days(3);
    put_aside(
        &mut room.desk,
        assessment,
        until,
        "Waits for the scan".into(),
    )
    .unwrap();
    let choices = review_choices(&mut room.desk).unwrap();
    assert_eq!((choices.waiting, choices.aside), (1, 0));
}

#[test]
fn a_case_is_put_aside_only_until_a_day_within_four_weeks_and_with_a_reason() {
    let mut room = Room::demo();
    let (_, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let (today, far) = (room.in_days(0), room.in_days(29));
    for (until, reason, field) in [
        ("", "Waits", "until"),
        (today.as_str(), "Waits", "until"),
        (far.as_str(), "Waits", "until"),
        ("2026-11-25", " ", "reason"),
    ] {
        let refused = put_aside(
            &mut room.desk,
            assessment.clone(),
            until.into(),
            reason.into(),
        );
        let fault = Fault::from(refused.unwrap_err());
        assert_eq!(fault.fields[0].field, field);
    }
}

#[test]
fn signing_takes_up_what_was_put_aside() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    room.look(&assessment);
    let until = room.in_days(3);
    put_aside(
        &mut room.desk,
        assessment.clone(),
        until,
        "Waits for the scan".into(),
    )
    .unwrap();
    room.signed(&assessment);
    let id = item_id(&assessment).unwrap();
    let case = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    assert!(case.aside(id).is_none());
    assert!(case.acted_on(id).is_some());
}

#[test]
fn passing_a_case_by_decides_nothing_and_what_comes_after_it_is_told() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    assert!(room.look(&assessment).since.is_none());
    let step = pass_by(&mut room.desk, assessment.clone()).unwrap();
    assert!(step.next.is_none());
    assert_eq!(step.session.queue[0].state, "passed");
    assert_eq!(room.unsigned(), 1);
    assert_eq!(room.look(&assessment).since.unwrap().lines, Vec::new());
    let lead = room.hire("Edith Whitlock", Role::Lead);
    room.seat(&lead);
    room.begin_session();
    room.look(&assessment);
    pass_by(&mut room.desk, assessment.clone()).unwrap();
    let osei = room.osei.clone();
    room.seat(&osei);
    // A colleague's look is nothing that changed.
    assert_eq!(room.look(&assessment).since.unwrap().lines, Vec::new());
    assert!(line::case_sync(&mut room.desk, patient).is_ok());
}

#[test]
fn a_doctor_in_training_signs_in_a_session_and_the_supervisor_countersigns_in_theirs() {
    let mut room = Room::demo();
    let (_, assessment) = room.waiting_cases(1).remove(0);
    let trainee = room.hire("Jo Marsh", Role::DoctorInTraining);
    let osei = room.osei.clone();
    room.seat(&trainee);
    room.begin_session();
    let case = room.look(&assessment);
    let form = own_choice(&case.result);
    let step = sign_reviewed(&mut room.desk, assessment.clone(), osei.clone(), form).unwrap();
    assert_eq!(step.undo, None);
    assert_eq!(step.session.queue[0].state, "changed");
    room.seat(&osei);
    room.begin_session();
    let case = room.look(&assessment);
    assert!(case.result.supervised.as_ref().unwrap().may_countersign);
    let form = CountersignForm {
        basis_digest: case.result.basis_digest.clone(),
        comment: String::new(),
        passphrase: PASSPHRASE.into(),
    };
    let step = countersign_reviewed(&mut room.desk, assessment.clone(), form).unwrap();
    assert!(step.undo.is_some());
    let decision = room.result(&assessment).decision.unwrap();
    assert!(decision.countersigns.unwrap().starts_with("Jo Marsh"));
}

#[test]
fn a_case_decided_from_another_screen_is_not_offered_again_by_the_session() {
    let mut room = Room::demo();
    room.waiting_cases(3);
    let session = room.begin_session();
    let queue: Vec<String> = assessments(&session).iter().map(|&id| id.into()).collect();
    room.sign(&queue[1]);
    let step = room.signed(&queue[0]);
    assert_eq!(step.session.queue[1].state, "elsewhere");
    assert_eq!(step.next.unwrap().assessment, queue[2]);
}

#[test]
fn the_end_says_what_was_done_and_no_case_outside_the_session_is_signed_through_it() {
    let mut room = Room::demo();
    room.waiting_cases(3);
    let two = ReviewForm { most: 2, ..all() };
    let session = begin_review(&mut room.desk, two).unwrap();
    let inside = session.queue[0].assessment.clone();
    let store = &room.desk.sitting().unwrap().opened.store;
    let rows = store.list(List::Named("to-sign"), 0, 99).unwrap().rows;
    let rows = rows
        .iter()
        .filter_map(crate::summary::PatientSummary::from_row);
    let outside = rows
        .map(|row| row.assessments[0].clone())
        .find(|id| !assessments(&session).contains(&id.as_str()))
        .unwrap();
    let drawn = room.result(&outside);
    let form = own_choice(&drawn);
    let refused = sign_reviewed(&mut room.desk, outside, String::new(), form);
    assert!(matches!(refused, Err(Refusal::NotFound(_))));
    room.signed(&inside);
    let end = end_review(&mut room.desk).unwrap();
    assert_eq!(end.words, "1 signed with a reason, 1 not decided");
    assert_eq!((end.rows.len(), end.unsent), (2, None));
    assert!(end_review(&mut room.desk).is_err());
}

#[test]
fn the_row_of_a_patient_who_was_in_no_session_is_as_it_was_before_there_were_any() {
    let mut room = Room::demo();
    let (patient, assessment) = room.waiting_cases(1).remove(0);
    let json = |room: &Room| {
        let store = &room.desk.sitting().unwrap().opened.store;
        store
            .summary(patient_id(&patient).unwrap())
            .unwrap()
            .unwrap()
            .json
    };
    assert!(!json(&room).contains("\"aside\"") && !json(&room).contains("\"looked\""));
    room.begin_session();
    room.look(&assessment);
    pass_by(&mut room.desk, assessment.clone()).unwrap();
    assert!(json(&room).contains("\"looked\""));
    let again = room.desk.case(patient_id(&patient).unwrap()).unwrap();
    let made = crate::summary::PatientSummary::row_of(&again).unwrap();
    assert_eq!(made.json, json(&room));
    room.signed(&assessment);
    assert!(!json(&room).contains("\"looked\""));
}

#[test]
fn safety_09_the_lead_sees_how_often_and_how_quickly_but_never_by_whom_nor_of_a_few() {
    let mut room = Room::demo();
    let (_, assessment) = room.waiting_cases(1).remove(0);
    room.begin_session();
    let case = room.look(&assessment);
    room.turn(SignedDuration::from_secs(9));
    let form = DecisionForm {
        basis_digest: case.result.basis_digest.clone(),
        passphrase: PASSPHRASE.into(),
        ..case.result.proposed.clone()
    };
    sign_reviewed(&mut room.desk, assessment.clone(), String::new(), form).unwrap();
    let row = room.desk.summaries().unwrap().remove(0);
    let signed = row.signed_in_session.unwrap();
    assert!(signed.as_proposed);
    assert_eq!(signed.seconds, 9);
    let hidden = decide::is_hidden(item_id(&assessment).unwrap());
    assert_eq!(signed.first_choice.is_some(), hidden);
    assert!(review_rates(&mut room.desk).is_err());
    let lead = room.hire("Edith Whitlock", Role::Lead);
    room.seat(&lead);
    let rates = review_rates(&mut room.desk).unwrap();
    assert_eq!(
        (rates.signed.as_str(), rates.as_proposed.as_str()),
        ("*", "*")
    );
    assert_eq!(rates.quick, "*");
    // What is taken back or decided elsewhere counts no more.
    room.sign(&assessment);
    assert_eq!(review_rates(&mut room.desk).unwrap().signed, "0");
}
