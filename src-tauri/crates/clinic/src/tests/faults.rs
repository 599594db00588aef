//! Faults between two steps of a use case, and at the door. The disk itself is made to fail by
//! `cargo xtask torture`, over these same use cases.

use super::Room;
use super::forms::referral;
use crate::intake;
use crate::refusal::Refusal;
use crate::view::{Fault, FaultCode};
use crate::worklist;
use store::StoreError;

fn everybody(room: &mut Room) -> u32 {
    worklist::worklist(&mut room.desk, "all".into(), String::new(), 0)
        .unwrap()
        .total
}

#[test]
fn what_a_use_case_had_written_before_it_was_refused_is_not_there() {
    let mut room = Room::live();
    let refused = room.desk.whole(|desk| {
        intake::save_referral(desk, referral("Ndlovu", "Thabo"), None)?;
        intake::save_referral(desk, referral("", ""), None)
    });
    assert!(matches!(refused, Err(Refusal::Invalid(_))));
    assert_eq!(everybody(&mut room), 0);
    room.refer(referral("Nowak", "Anna"));
    let osei = room.osei.clone();
    room.crash();
    room.unlock(&osei);
    assert_eq!(everybody(&mut room), 1, "what follows is saved as ever");
}

#[test]
fn a_fault_of_the_program_in_a_use_case_does_not_swallow_what_is_saved_after_it() {
    let mut room = Room::live();
    let fault = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        room.desk.whole(|desk| -> Result<(), Refusal> {
            intake::save_referral(desk, referral("Ndlovu", "Thabo"), None)?;
            panic!("a fault of the program");
        })
    }));
    assert!(fault.is_err());
    room.refer(referral("Nowak", "Anna"));
    let osei = room.osei.clone();
    room.crash();
    room.unlock(&osei);
    assert_eq!(everybody(&mut room), 1);
}

#[test]
fn a_set_up_that_was_cut_short_before_the_certificates_is_completed_at_the_next_unlock() {
    let mut room = Room::cut_short();
    let osei = room.osei.clone();
    room.unlock(&osei);
    let (_, assessment) = room.begin();
    room.ask_everything(&assessment);
    assert!(room.finish(&assessment).finished);
    assert!(room.sign(&assessment).decision.is_some());
}

#[test]
fn what_the_disk_refuses_is_told_as_not_saved_with_what_to_do() {
    let told = [
        (
            StoreError::DiskFull,
            "This was not saved. The disk is full, so nothing more can be saved. Free some space, then try again.",
        ),
        (
            StoreError::ReadOnly,
            "This was not saved. The disk with the records can only be read, so nothing can be saved. Ask whoever looks after this computer to make it writable, then try again.",
        ),
        (
            StoreError::TakenBack,
            "This was not saved. The disk failed while this was being saved, and all of it was taken back. Check that the disk is connected and has space, then try again.",
        ),
    ];
    for (error, sentence) in told {
        let fault = Fault::from(Refusal::NotSaved(error));
        assert_eq!(fault.code, FaultCode::NotSaved);
        assert_eq!(fault.message, sentence);
    }
    let read = Fault::from(Refusal::from(StoreError::DiskFull));
    assert_eq!(read.code, FaultCode::NotSaved);
}

#[test]
fn a_referral_letter_with_a_warning_sign_opens_its_red_action_in_the_same_breath() {
    let mut room = Room::live();
    let mut form = referral("Ndlovu", "Thabo");
    form.safety
        .insert("ces-saddle".to_owned(), "present".to_owned());
    room.refer(form);
    let osei = room.osei.clone();
    room.crash();
    room.unlock(&osei);
    let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(list.rows.len(), 1);
    assert!(!list.open_actions.is_empty());
}
