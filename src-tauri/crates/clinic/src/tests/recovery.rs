//! The door from outside: wrong passphrases, a lost keyring, the recovery sheet.

use record::certificate::Fingerprint;
use record::id::SiteId;
use record::words::SixWords;
use store::DepositOf;

use super::Room;
use super::forms::referral;
use crate::door;
use crate::paper::{SheetPaper, sheet};
use crate::patient;
use crate::refusal::Refusal;
use crate::view::{Fault, FaultCode, RecoverForm, Status};

#[test]
fn a_wrong_passphrase_opens_nothing_and_says_so() {
    let mut room = Room::live();
    door::lock(&mut room.desk).unwrap();
    let refused = door::unlock(
        &mut room.desk,
        room.osei.clone(),
        "not the passphrase".into(),
    );
    let fault = Fault::from(refused.unwrap_err());
    assert_eq!(fault.code, FaultCode::WrongPassphrase);
    assert!(matches!(
        door::status(&mut room.desk).unwrap(),
        Status::Locked(_)
    ));
}

#[test]
fn a_keyring_that_is_gone_beside_a_record_leads_to_recovery_and_the_sheet_opens_it_once() {
    let mut room = Room::empty(7);
    let sheet = door::set_up(&mut room.desk, Room::form("nurse")).unwrap();
    let code = sheet.code.join(" ");
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    room.crash();
    room.lose_keyring();
    let Status::Recovery(seen) = door::status(&mut room.desk).unwrap() else {
        panic!("recovery, never set-up");
    };
    assert!(seen.reason.is_some());
    let again = |code: &str| RecoverForm {
        code: code.into(),
        staff: seen.staff[0].id.clone(),
        passphrase: "lantern quarry moss violin".into(),
        passphrase_again: "lantern quarry moss violin".into(),
        use_keyring: true,
    };
    let fresh = door::recover(&mut room.desk, again(&code)).unwrap();
    assert_ne!(fresh.code, sheet.code);
    assert!(patient::open_patient(&mut room.desk, patient).is_ok());
    room.crash();
    room.lose_keyring();
    assert!(
        door::recover(&mut room.desk, again(&code)).is_err(),
        "the old sheet is spent"
    );
    assert!(door::recover(&mut room.desk, again(&fresh.code.join(" "))).is_ok());
}

#[test]
fn the_recovery_sheet_is_shown_once_says_where_it_belongs_and_is_confirmed_by_two_of_its_groups() {
    let mut room = Room::empty(8);
    let sheet = door::set_up(&mut room.desk, Room::form("nurse")).unwrap();
    let page = sheet.pages.join("\n");
    for group in &sheet.code {
        assert!(group.len() >= 2);
    }
    assert!(!page.is_empty());
    let folder = room.folder().join("paper");
    std::fs::create_dir(&folder).unwrap();
    let saved = door::save_sheet(&mut room.desk, folder.display().to_string()).unwrap();
    assert_eq!((saved.pages, sheet.pages.len()), (1, 1));
    assert!(std::fs::read(&saved.path).unwrap().starts_with(b"%PDF-"));
    let wrong = door::confirm_sheet(&mut room.desk, "wrong".into(), "wrong".into());
    assert!(matches!(wrong, Err(Refusal::Invalid(fields)) if fields[0].field == "first"));
    assert!(door::still_here(&mut room.desk).unwrap().sheet_to_confirm);
    let [first, second] = sheet
        .confirm
        .map(|group| sheet.code[group as usize - 1].clone());
    let session = door::confirm_sheet(&mut room.desk, first, second).unwrap();
    assert!(!session.sheet_to_confirm);
    assert!(door::save_sheet(&mut room.desk, folder.display().to_string()).is_err());
}

#[test]
fn the_sheet_bears_every_group_in_order_the_service_and_what_to_do_and_no_person() {
    let code: Vec<String> = (1..=8).map(|group| format!("GRP{group:02}")).collect();
    let paper = SheetPaper {
        service: "Fernbank Pain Service",
        site: "Fernbank Spoke",
        code: &code,
        fingerprint: "one two three four five six",
        made: "24-Nov-2026",
        demo: false,
    };
    let document = sheet(&paper);
    let said = crate::paper::spoken(&document);
    let places: Vec<_> = code
        .iter()
        .map(|group| {
            said.find(&format!("{group},"))
                .or_else(|| said.find(group.as_str()))
        })
        .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{said}"
    );
    for needed in [
        "Fernbank Pain Service",
        "one two three four five six",
        "lock them in two safes",
        "When it is needed",
        "destroy this one",
    ] {
        assert!(said.contains(needed), "{needed}");
    }
    assert_eq!(document.watermark, None);
    assert_eq!(document.typeset().unwrap().pages(), 1);
    let demo = sheet(&SheetPaper {
        demo: true,
        ..paper
    });
    assert_eq!(demo.watermark.as_deref(), Some("DEMO"));
}

#[test]
fn a_spoilt_deposit_does_not_stand_before_one_that_the_sheet_opens() {
    let mut room = Room::empty(9);
    let sheet = door::set_up(&mut room.desk, Room::form("consultant")).unwrap();
    let code = sheet.code.join(" ");
    let now = room.desk.now().at();
    let opened = &room.desk.sitting().unwrap().opened;
    let of = DepositOf {
        hub_site: SiteId::from_random([1; 16]),
        devices: Vec::new(),
    };
    let mut fill = |bytes: &mut [u8]| bytes.fill(7);
    let deposit = opened.deposit(&of, &mut fill, now).unwrap().unwrap();
    let service = opened.identity.service;
    let words = SixWords::of(&Fingerprint::of(service, &opened.root_public));
    let mut spoilt = deposit.bytes.clone();
    spoilt[200] ^= 1;
    let both = [spoilt.clone(), deposit.bytes.clone()];
    for deposits in [&both[..], &both[1..]] {
        let left = door::first_that_opens(&code, &words, deposits).unwrap();
        assert_eq!(left.ok().unwrap().identity.service, service);
    }
    let refused = door::first_that_opens(&code, &words, &both[..1]).unwrap();
    assert!(refused.is_err());
    assert!(door::first_that_opens(&code, &words, &[]).is_none());
    // One that opens and is another service's is refused by the words.
    let other = SixWords::of(&Fingerprint::of(
        record::id::ServiceId::from_random([2; 16]),
        &opened.root_public,
    ));
    let refused = door::first_that_opens(&code, &other, &both[1..]).unwrap();
    assert!(matches!(refused, Err(Refusal::Invalid(fields)) if fields[0].field == "words"));
}
