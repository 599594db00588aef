//! What the audit trail holds: every view, change, print and failed unlock, once.

use jiff::SignedDuration;
use record::id::PatientId;
use store::{AuditFilter, AuditRow};

use super::Room;
use super::forms::{own_choice, present, referral, text};
use super::room::PASSPHRASE;
use crate::desk::{item_id, patient_id};
use crate::view::DecisionForm;
use crate::{assess, decide, door, intake, patient, worklist};

impl Room {
    /// The whole trail, oldest first.
    pub(super) fn trail(&self) -> Vec<AuditRow> {
        let store = &self.desk.sitting().unwrap().opened.store;
        let mut rows = store
            .audit_rows(&AuditFilter::default(), 0, u32::MAX)
            .unwrap();
        rows.reverse();
        rows
    }

    /// What the trail says beyond its first `seen` lines: action and patient.
    pub(super) fn said_since(&self, seen: usize) -> Vec<(String, Option<PatientId>)> {
        let rows = self.trail().into_iter().skip(seen);
        rows.map(|row| (row.action, row.patient)).collect()
    }
}

fn count(room: &Room, action: &str) -> usize {
    room.trail()
        .iter()
        .filter(|row| row.action == action)
        .count()
}

#[test]
fn a_patient_looked_at_twice_in_a_sitting_is_one_entry_and_in_the_next_sitting_another() {
    let mut room = Room::live();
    let first = room.refer(referral("Ndlovu", "Thabo"));
    let second = room.refer(referral("Nowak", "Anna"));
    let osei = room.osei.clone();
    room.seat(&osei);
    let before = count(&room, "viewed");
    for who in [&first, &second, &first, &second] {
        patient::open_patient(&mut room.desk, who.clone()).unwrap();
    }
    assert_eq!(count(&room, "viewed"), before + 2);
    room.seat(&osei);
    patient::open_patient(&mut room.desk, first.clone()).unwrap();
    assert_eq!(count(&room, "viewed"), before + 3);
    let last = room.trail().pop().unwrap();
    assert_eq!(last.patient, Some(patient_id(&first).unwrap()));
}

#[test]
fn what_is_typed_and_sealed_is_a_change_by_whoever_typed_it() {
    let mut room = Room::live();
    let nurse = room.hire("Ruth Abara", record::role::Role::Nurse);
    let (_, assessment) = room.begin();
    room.answer(&assessment, "matters-most", text("To walk the dog"));
    room.crash();
    let seen = {
        room.unlock(&nurse);
        room.trail()
    };
    let sealed = seen
        .iter()
        .rfind(|row| row.action == "changed" && row.note.contains("answer"))
        .unwrap();
    assert_eq!(sealed.staff.to_string(), nurse);
    assert_eq!(sealed.account.unwrap().to_string(), room.osei);
}

#[test]
fn a_failed_unlock_is_in_the_trail_after_the_next_one_with_its_own_time() {
    let mut room = Room::live();
    let osei = room.osei.clone();
    door::lock(&mut room.desk).unwrap();
    let first = room.desk.now().at();
    for _ in 0..2 {
        door::unlock(&mut room.desk, osei.clone(), "wrong horse battery".into()).unwrap_err();
    }
    // The laptop is restarted, and half an hour passes.
    room.crash();
    room.turn(SignedDuration::from_mins(30));
    room.unlock(&osei);
    let failed: Vec<_> = room
        .trail()
        .into_iter()
        .filter(|row| row.action == "failed-unlock")
        .collect();
    assert_eq!(failed.len(), 2);
    for row in &failed {
        assert_eq!(row.at, first);
        assert_eq!(row.account.unwrap().to_string(), osei);
    }
    room.seat(&osei);
    assert_eq!(count(&room, "failed-unlock"), 2, "each of them once");
}

#[test]
fn a_recovery_sheet_that_does_not_open_the_record_is_a_failed_unlock() {
    let mut other = Room::empty(7);
    let code = door::set_up(&mut other.desk, Room::form("nurse"))
        .unwrap()
        .code
        .join(" ");
    let mut room = Room::live();
    let osei = room.osei.clone();
    door::lock(&mut room.desk).unwrap();
    let form = crate::view::RecoverForm {
        code,
        staff: osei.clone(),
        passphrase: "another long passphrase".into(),
        passphrase_again: "another long passphrase".into(),
        use_keyring: true,
    };
    assert!(door::recover(&mut room.desk, form).is_err());
    room.unlock(&osei);
    let trail = room.trail();
    let failed = trail.iter().find(|row| row.action == "failed-unlock");
    assert_eq!(failed.unwrap().note, "recovery sheet");
}

#[test]
fn a_wrong_passphrase_at_a_signature_is_in_the_trail_at_once() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let wrong = DecisionForm {
        passphrase: "not the passphrase".into(),
        ..own_choice(&drawn)
    };
    decide::sign_decision(&mut room.desk, assessment.clone(), wrong).unwrap_err();
    let last = room.trail().pop().unwrap();
    assert_eq!(last.action, "wrong-passphrase");
    room.sign(&assessment);
    let signed = room.trail().pop().unwrap();
    assert_eq!(
        (signed.action.as_str(), signed.note.as_str()),
        ("signed", "1 decision")
    );
}

#[test]
fn lists_of_patients_are_one_entry_in_a_sitting() {
    let mut room = Room::live();
    room.refer(referral("Ndlovu", "Thabo"));
    for text in ["nd", "ndl", "ndlo"] {
        worklist::search(&mut room.desk, text.into()).unwrap();
    }
    worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(count(&room, "listed"), 1);
}

#[test]
fn what_the_program_looks_at_by_itself_after_a_crash_is_nobodys_view() {
    let mut room = Room::live();
    let nurse = room.hire("Ruth Abara", record::role::Role::Nurse);
    let (_, assessment) = room.begin();
    room.answer(&assessment, "ces-saddle", present());
    room.crash();
    let before = {
        room.unlock(&nurse);
        count(&room, "viewed")
    };
    let by_nurse = room.trail();
    assert!(
        !by_nurse
            .iter()
            .any(|row| row.action == "viewed" && row.staff.to_string() == nurse)
    );
    assess::open_assessment(&mut room.desk, assessment).unwrap();
    assert_eq!(count(&room, "viewed"), before + 1);
}

#[test]
fn no_line_of_the_trail_holds_what_was_typed() {
    let mut room = Room::demo();
    let form = crate::view::ReferralForm {
        reason: "Zanzibar pain of the left knee".into(),
        ..referral("Quetzalcoatl", "Thabo")
    };
    intake::save_referral(&mut room.desk, form, None).unwrap();
    let (_, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    room.agree(&assessment).unwrap();
    assert!(item_id(&assessment).is_ok());
    for row in room.trail() {
        let all = format!("{} {}", row.note, row.reason).to_lowercase();
        for typed in ["zanzibar", "quetzalcoatl", "thabo", "clinical", PASSPHRASE] {
            assert!(!all.contains(typed), "{all}");
        }
    }
}
