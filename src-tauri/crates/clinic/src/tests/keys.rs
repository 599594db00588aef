//! Passphrases, the PIN, the recovery sheet and the key of the file, as a person meets them.

use jiff::SignedDuration;
use record::certificate::{Authorities, Fingerprint, NotAuthorised, Stated};
use record::entry::Entry;
use record::envelope::Envelope;
use record::role::Role;
use record::scope::Subject;

use super::Room;
use super::forms::{own_choice, referral, sure};
use super::room::PASSPHRASE;
use crate::desk::patient_id;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{
    ChangePassphrase, DecisionForm, FaultCode, FinishForm, RecoverForm, ResetPassphrase, SetPin,
};
use crate::{assess, decide, door, keys, patient};

const OTHER: &str = "lantern quarry moss violin";
const PIN: &str = "2846";

fn field_of<T>(answer: Result<T, Refusal>) -> String {
    match answer {
        Err(Refusal::Invalid(fields)) => fields[0].field.clone(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("nothing was refused"),
    }
}

fn changed(old: &str, new: &str, again: &str) -> ChangePassphrase {
    ChangePassphrase {
        old: old.into(),
        passphrase: new.into(),
        passphrase_again: again.into(),
    }
}

fn reset(staff: &str, own: &str) -> ResetPassphrase {
    ResetPassphrase {
        staff: staff.into(),
        own: own.into(),
        passphrase: OTHER.into(),
        passphrase_again: OTHER.into(),
    }
}

fn pin(typed: &str) -> SetPin {
    SetPin {
        passphrase: PASSPHRASE.into(),
        pin: typed.into(),
        pin_again: typed.into(),
    }
}

#[test]
fn ones_own_passphrase_is_changed_with_the_old_one_and_the_signing_key_stays() {
    let mut room = Room::live();
    let before = room.desk.sitting().unwrap().opened.signing.verifying_key();
    let try_with = |room: &mut Room, form| keys::change_passphrase(&mut room.desk, form);
    let wrong = try_with(&mut room, changed("not mine at all", OTHER, OTHER));
    assert_eq!(field_of(wrong), "old");
    let differs = try_with(&mut room, changed(PASSPHRASE, OTHER, "lantern"));
    assert_eq!(field_of(differs), "passphrase_again");
    let easy = try_with(&mut room, changed(PASSPHRASE, "password", "password"));
    assert_eq!(field_of(easy), "passphrase");
    try_with(&mut room, changed(PASSPHRASE, OTHER, OTHER)).unwrap();
    door::lock(&mut room.desk).unwrap();
    let osei = room.osei.clone();
    assert!(door::unlock(&mut room.desk, osei.clone(), PASSPHRASE.into()).is_err());
    door::unlock(&mut room.desk, osei, OTHER.into()).unwrap();
    let after = room.desk.sitting().unwrap().opened.signing.verifying_key();
    assert_eq!(after, before);
}

/// What the certificates on this laptop say of every signed entry about a patient, oldest first.
fn judged(room: &Room, patient: &str) -> Vec<Result<(), NotAuthorised>> {
    let sitting = room.desk.sitting().unwrap();
    let store = &sitting.opened.store;
    let opened = |subject: Subject| -> Vec<(Envelope, Vec<Entry>)> {
        let envelopes = store.envelopes_of(subject).unwrap().into_iter();
        envelopes
            .map(|envelope| {
                let key = store.content_key(envelope.header().key).unwrap().unwrap();
                let entries = envelope.open(&key).unwrap();
                (envelope, entries)
            })
            .collect()
    };
    let service = opened(Subject::Service);
    let stated = |all: &[(Envelope, Vec<Entry>)]| -> Vec<_> {
        all.iter()
            .flat_map(|(envelope, entries)| {
                (0..)
                    .zip(entries)
                    .map(|(index, entry)| (envelope.header().clone(), index, entry.clone()))
            })
            .collect()
    };
    let service = stated(&service);
    let service: Vec<Stated<'_>> = service
        .iter()
        .map(|(header, index, entry)| Stated {
            header,
            index: *index,
            entry,
        })
        .collect();
    let authorities = Authorities::new(&enrolled(room), &service);
    let about = opened(Subject::Patient(patient_id(patient).unwrap()));
    stated(&about)
        .iter()
        .filter(|(_, _, entry)| entry.signed.is_some())
        .map(|(header, index, entry)| {
            authorities.check(Stated {
                header,
                index: *index,
                entry,
            })
        })
        .collect()
}

fn enrolled(room: &Room) -> Fingerprint {
    super::signing::certificates(room)
        .iter()
        .find_map(record::certificate::Certificate::fingerprint)
        .unwrap()
}

#[test]
fn a_reset_retires_the_colleagues_key_certifies_a_new_one_and_what_was_signed_before_counts() {
    let mut room = Room::demo();
    let osei = room.osei.clone();
    let robin = room.hire("Robin Nurse", Role::Nurse);
    let (first, assessment) = room.finished();
    room.seat(&robin);
    room.sign(&assessment);
    let old = room.desk.sitting().unwrap().opened.signing.verifying_key();
    room.seat(&osei);
    room.turn(SignedDuration::from_mins(1));
    keys::reset_passphrase(&mut room.desk, reset(&robin, PASSPHRASE)).unwrap();
    assert_eq!(judged(&room, &first), [Ok(())]);
    door::lock(&mut room.desk).unwrap();
    assert!(door::unlock(&mut room.desk, robin.clone(), PASSPHRASE.into()).is_err());
    door::unlock(&mut room.desk, robin, OTHER.into()).unwrap();
    let new = room.desk.sitting().unwrap().opened.signing.verifying_key();
    assert_ne!(new, old);
    let next = room.start(&first);
    room.ask_everything(&next);
    let done = assess::finish_assessment(
        &mut room.desk,
        next.clone(),
        FinishForm {
            passphrase: OTHER.into(),
            ..sure("", "")
        },
    );
    assert!(done.unwrap().finished);
    let drawn = decide::triage_result(&mut room.desk, next.clone()).unwrap();
    let form = DecisionForm {
        passphrase: OTHER.into(),
        ..own_choice(&drawn)
    };
    decide::sign_decision(&mut room.desk, next, form).unwrap();
    assert_eq!(judged(&room, &first), [Ok(()), Ok(())]);
}

#[test]
fn only_an_administrator_resets_with_their_own_passphrase_and_never_their_own_account() {
    let mut room = Room::live();
    let osei = room.osei.clone();
    let robin = room.hire("Robin Nurse", Role::Nurse);
    let wrong = keys::reset_passphrase(&mut room.desk, reset(&robin, OTHER));
    assert_eq!(field_of(wrong), "own");
    let own = keys::reset_passphrase(&mut room.desk, reset(&osei, PASSPHRASE));
    assert!(matches!(own, Err(Refusal::Plain(_))));
    room.seat(&robin);
    let refused = keys::reset_passphrase(&mut room.desk, reset(&osei, PASSPHRASE));
    assert!(matches!(refused, Err(Refusal::NotAllowed(Act::KeepKeys))));
    assert!(!keys::keys_here(&mut room.desk).unwrap().may_keep);
}

#[test]
fn the_drill_answers_in_words_and_the_day_is_kept_and_shown() {
    let mut room = Room::empty(5);
    let sheet = door::set_up(&mut room.desk, Room::form("nurse")).unwrap();
    let before = keys::keys_here(&mut room.desk).unwrap();
    assert!(before.sheet_wants_care && before.sheet.ends_with("Not tried yet."));
    let wrong = keys::try_sheet(&mut room.desk, "AAAAA".into());
    assert_eq!(field_of(wrong), "code");
    let tried = keys::try_sheet(&mut room.desk, sheet.code.join("-")).unwrap();
    assert!(
        tried.words.starts_with("The sheet works."),
        "{}",
        tried.words
    );
    assert!(tried.words.contains("the root key of the service"));
    let words = &tried.keys.sheet;
    assert!(words.contains("Last tried 24-Nov-2026"), "{words}");
    let [first, second] = sheet
        .confirm
        .map(|group| sheet.code[group as usize - 1].clone());
    door::confirm_sheet(&mut room.desk, first, second).unwrap();
    let after = |room: &mut Room| keys::keys_here(&mut room.desk).unwrap().sheet_wants_care;
    assert!(!after(&mut room));
    room.days(366);
    assert!(after(&mut room), "a year later it is asked for again");
}

#[test]
fn a_new_sheet_takes_the_passphrase_and_the_old_one_no_longer_opens_this_laptop() {
    let mut room = Room::empty(6);
    let old = door::set_up(&mut room.desk, Room::form("nurse")).unwrap();
    let wrong = keys::new_sheet(&mut room.desk, OTHER.into());
    assert_eq!(field_of(wrong), "passphrase");
    let new = keys::new_sheet(&mut room.desk, PASSPHRASE.into()).unwrap();
    assert_ne!(new.code, old.code);
    assert!(door::still_here(&mut room.desk).unwrap().sheet_to_confirm);
    let tried = keys::try_sheet(&mut room.desk, old.code.join(" "));
    assert_eq!(field_of(tried), "code");
    assert!(keys::try_sheet(&mut room.desk, new.code.join(" ")).is_ok());
}

#[test]
fn a_pin_signs_in_the_place_of_the_passphrase_until_the_screen_locks() {
    let mut room = Room::demo();
    let osei = room.osei.clone();
    let (_, assessment) = room.finished();
    assert_eq!(field_of(keys::set_pin(&mut room.desk, pin("1234"))), "pin");
    assert!(keys::set_pin(&mut room.desk, pin(PIN)).unwrap().pin_set);
    assert!(door::still_here(&mut room.desk).unwrap().pin_set);
    let drawn = room.result(&assessment);
    let form = DecisionForm {
        passphrase: PIN.into(),
        ..own_choice(&drawn)
    };
    decide::sign_decision(&mut room.desk, assessment.clone(), form.clone()).unwrap();
    assert!(!room.seat(&osei).pin_set);
    let drawn = room.result(&assessment);
    let again = DecisionForm {
        basis_digest: drawn.basis_digest,
        ..form
    };
    let refused = decide::sign_decision(&mut room.desk, assessment, again);
    assert_eq!(field_of(refused), "passphrase");
}

#[test]
fn after_the_fifth_wrong_pin_only_the_passphrase_signs() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    keys::set_pin(&mut room.desk, pin(PIN)).unwrap();
    let drawn = room.result(&assessment);
    let mut sign = |typed: &str| {
        let form = DecisionForm {
            passphrase: typed.into(),
            ..own_choice(&drawn)
        };
        decide::sign_decision(&mut room.desk, assessment.clone(), form)
    };
    for _ in 0..5 {
        assert_eq!(field_of(sign("9517")), "passphrase");
    }
    assert_eq!(field_of(sign(PIN)), "passphrase");
    assert!(sign(PASSPHRASE).is_ok());
}

#[test]
fn a_pin_does_not_stand_in_for_the_passphrase_where_keys_are_changed() {
    let mut room = Room::live();
    keys::set_pin(&mut room.desk, pin(PIN)).unwrap();
    let change = keys::change_passphrase(&mut room.desk, changed(PIN, OTHER, OTHER));
    assert_eq!(field_of(change), "old");
    let sheet = keys::new_sheet(&mut room.desk, PIN.into());
    assert_eq!(field_of(sheet), "passphrase");
    let key = keys::renew_data_key(&mut room.desk, PIN.into());
    assert_eq!(field_of(key), "passphrase");
}

#[test]
fn finishing_says_in_whose_name_first_and_asks_nobody_who_is_alone_on_the_laptop() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    room.ask_everything(&assessment);
    let form = FinishForm::default();
    let shown = assess::finish_assessment(&mut room.desk, assessment.clone(), form).unwrap();
    assert!(!shown.finished && !shown.asks_again);
    assert_eq!(shown.author, "Dr A. Osei");
    let alone = FinishForm {
        passphrase: String::new(),
        ..sure("", "")
    };
    let done = assess::finish_assessment(&mut room.desk, assessment, alone).unwrap();
    assert!(done.finished);
}

#[test]
fn on_a_laptop_of_several_people_finishing_asks_who_is_there() {
    let mut room = Room::demo();
    let robin = room.hire("Robin Nurse", Role::Nurse);
    room.seat(&robin);
    let (_, assessment) = room.begin();
    room.ask_everything(&assessment);
    let mut finish = |passphrase: &str| {
        let form = FinishForm {
            passphrase: passphrase.into(),
            ..sure("", "")
        };
        assess::finish_assessment(&mut room.desk, assessment.clone(), form)
    };
    assert_eq!(field_of(finish("")), "passphrase");
    assert_eq!(field_of(finish(OTHER)), "passphrase");
    assert!(finish(PASSPHRASE).unwrap().finished);
}

#[test]
fn the_key_of_the_file_is_renewed_and_work_goes_on() {
    let mut room = Room::live();
    let robin = room.hire("Robin Nurse", Role::Nurse);
    let (id, _) = room.begin();
    let after = keys::renew_data_key(&mut room.desk, PASSPHRASE.into()).unwrap();
    assert_eq!(after.data_key, "Renewed 24-Nov-2026.");
    assert!(patient::open_patient(&mut room.desk, id.clone()).is_ok());
    room.refer(referral("Nowak", "Anna"));
    room.crash();
    room.unlock(&robin);
    assert!(patient::open_patient(&mut room.desk, id).is_ok());
}

#[test]
fn a_recovery_renews_the_key_of_the_file_so_that_the_old_sheet_opens_no_copy_made_later() {
    let mut room = Room::empty(7);
    let sheet = door::set_up(&mut room.desk, Room::form("nurse")).unwrap();
    let id = room.refer(referral("Ndlovu", "Thabo"));
    let keys_before = std::fs::read(room.folder().join("felloe/felloe.keys")).unwrap();
    room.crash();
    let staff = match door::status(&mut room.desk).unwrap() {
        crate::view::Status::Locked(seen) => seen.staff[0].id.clone(),
        other => panic!("{other:?}"),
    };
    let form = RecoverForm {
        code: sheet.code.join(" "),
        staff: staff.clone(),
        passphrase: OTHER.into(),
        passphrase_again: OTHER.into(),
        use_keyring: true,
    };
    door::recover(&mut room.desk, form.clone()).unwrap();
    assert!(patient::open_patient(&mut room.desk, id).is_ok());
    let words = keys::keys_here(&mut room.desk).unwrap().data_key;
    assert_eq!(words, "Renewed 24-Nov-2026.");
    room.crash();
    // An old key file with its sheet, beside the file of today.
    std::fs::write(room.folder().join("felloe/felloe.keys"), keys_before).unwrap();
    let refused = door::recover(&mut room.desk, form).err().unwrap();
    assert_eq!(crate::view::Fault::from(refused).code, FaultCode::Other);
}
