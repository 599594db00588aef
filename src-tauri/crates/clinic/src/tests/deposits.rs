//! What is left at the hub server for the recovery sheet: when, and what is never taken for it.

use jiff::SignedDuration;
use sync::deposit::Leave;
use sync::http::HubServer;

use super::Room;
use super::room::PASSPHRASE;
use crate::line::{self, carrying};
use crate::view::{RecoverySheetView, SiteForm};
use crate::{door, keys, sites};

impl Room {
    fn speaks_to(&mut self, pin: char) {
        let pin = pin.to_string().repeat(64).parse().unwrap();
        let hub = HubServer::new("hub.example:8443", pin).unwrap();
        line::keep_hub_server(&mut self.desk, &hub).unwrap();
    }

    /// An exchange came to its end: what goes to the hub server then, which keeps it.
    fn leave(&mut self) -> Option<Leave> {
        let leaving = carrying::leaving(&mut self.desk).unwrap()?;
        carrying::left(&self.desk, &leaving).unwrap();
        Some(Leave::from_bytes(&leaving.message).unwrap())
    }

    /// What the settings say of the sheet.
    fn said_to_be_left(&mut self) -> bool {
        let said = keys::keys_here(&mut self.desk).unwrap().sheet;
        let lacks = said.contains("does not have what it takes");
        assert_ne!(lacks, said.contains("was left there on"), "{said}");
        !lacks
    }

    fn see_on_paper(&mut self, sheet: &RecoverySheetView) {
        let [first, second] = sheet
            .confirm
            .map(|group| sheet.code[group as usize - 1].clone());
        door::confirm_sheet(&mut self.desk, first, second).unwrap();
    }

    fn open_another_site(&mut self) {
        let form = SiteForm {
            name: "Rowan Spoke".into(),
            own_passphrase: PASSPHRASE.into(),
        };
        sites::open_site(&mut self.desk, form).unwrap();
    }
}

#[test]
fn a_new_sheet_that_nobody_has_seen_on_paper_takes_nothing_from_the_one_in_the_safe() {
    let mut room = Room::live_hub();
    room.speaks_to('a');
    let old = room.leave().unwrap();
    let sheet = keys::new_sheet(&mut room.desk, PASSPHRASE.into()).unwrap();
    assert_eq!(room.leave(), None);
    room.open_another_site();
    assert_eq!(room.leave(), None, "whatever else has changed");
    assert!(!room.said_to_be_left());
    room.desk.line.hurry = false;
    room.see_on_paper(&sheet);
    assert!(room.desk.line.hurry, "it goes at once");
    let new = room.leave().unwrap();
    assert_ne!(new.lookup, old.lookup);
    assert!(room.said_to_be_left());
}

#[test]
fn the_only_sheet_of_a_laptop_is_left_for_before_anybody_has_seen_it_and_whenever_it_opens_more() {
    let mut room = Room::empty(3);
    let hub = crate::view::SetUpForm {
        hub: true,
        ..Room::form("consultant")
    };
    door::set_up(&mut room.desk, hub).unwrap();
    room.speaks_to('a');
    let first = room.leave().unwrap();
    assert_eq!(room.leave(), None, "nothing has changed");
    room.open_another_site();
    assert!(!room.said_to_be_left(), "not as it is now");
    assert_eq!(room.leave().unwrap().lookup, first.lookup);
    assert!(room.said_to_be_left());
}

#[test]
fn another_hub_server_and_one_that_was_put_back_get_what_the_sheet_opens() {
    let mut room = Room::live_hub();
    room.speaks_to('a');
    assert!(!room.said_to_be_left());
    room.leave().unwrap();
    assert!(room.said_to_be_left());
    room.speaks_to('b');
    assert!(!room.said_to_be_left(), "this one has nothing yet");
    room.leave().unwrap();
    assert!(room.said_to_be_left());
    room.turn(SignedDuration::from_hours(7 * 24 - 1));
    assert_eq!(room.leave(), None);
    room.turn(SignedDuration::from_hours(1));
    assert!(room.leave().is_some(), "it may have been put back");
    assert_eq!(room.leave(), None);
}
