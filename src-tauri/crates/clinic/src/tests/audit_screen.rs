//! The audit trail as it is read, checked and exported.

use record::keys::VerifyingKey;
use record::role::Role;
use record::scope::Scope;
use record::signed_file::verify_file;
use store::{ChainFault, ChainReport};

use super::Room;
use super::forms::referral;
use crate::audit::{audit_trail, check_in_words, check_record, export_audit};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{AuditPage, AuditQuery, RecordCheck};
use crate::{door, patient};

impl Room {
    fn read(&mut self, query: AuditQuery) -> AuditPage {
        audit_trail(&mut self.desk, query, 0).unwrap()
    }

    /// A clinic with one patient, and its lead at the desk.
    fn led() -> (Self, String) {
        let mut room = Self::live();
        let patient = room.refer(referral("Ndlovu", "Thabo"));
        room.seat_a(Role::Lead);
        (room, patient)
    }

    fn check(&mut self) -> RecordCheck {
        check_record(&mut self.desk).unwrap()
    }
}

fn about(patient: &str) -> AuditQuery {
    AuditQuery {
        patient: patient.into(),
        ..AuditQuery::default()
    }
}

#[test]
fn opening_the_audit_is_in_the_audit_once_for_a_sitting() {
    let (mut room, _) = Room::led();
    for _ in 0..3 {
        room.read(AuditQuery::default());
    }
    let trail = room.trail();
    let opened = trail.iter().filter(|row| row.action == "audit-opened");
    assert_eq!(opened.count(), 1);
    let page = room.read(AuditQuery::default());
    assert_eq!(page.lines[0].what, "Opened the audit");
    assert_eq!(page.lines[0].who, "Robin Lead");
    assert_eq!(page.lines[0].device, "this laptop");
}

#[test]
fn everybody_who_opened_a_patients_record_is_listed_with_when_and_what() {
    let (mut room, thabo) = Room::led();
    patient::open_patient(&mut room.desk, thabo.clone()).unwrap();
    let page = room.read(about(&thabo));
    assert_eq!(page.patient_name.as_deref(), Some("NDLOVU, Thabo"));
    let opened: Vec<&str> = page
        .lines
        .iter()
        .filter(|line| line.what == "Opened the record")
        .map(|line| line.who.as_str())
        .collect();
    assert_eq!(opened, ["Robin Lead", "Ama Osei"]);
    assert!(
        page.lines
            .iter()
            .all(|line| line.patient.as_deref() == Some(&thabo))
    );
}

#[test]
fn a_clinician_sees_who_opened_one_patient_and_not_the_whole_audit() {
    let (mut room, thabo) = Room::led();
    let osei = room.osei.clone();
    room.seat(&osei);
    room.seat_a(Role::Nurse);
    let refused = audit_trail(&mut room.desk, AuditQuery::default(), 0);
    assert!(matches!(refused, Err(Refusal::NotAllowed(Act::SeeAudit))));
    let refused = check_record(&mut room.desk);
    assert!(matches!(refused, Err(Refusal::NotAllowed(Act::SeeAudit))));
    let page = room.read(about(&thabo));
    assert!(!page.whole && page.total > 0);
    let said = room.trail().pop().unwrap();
    assert_eq!(said.action, "audit-opened");
    assert_eq!(
        said.patient.unwrap().to_string(),
        thabo,
        "and that is in it too"
    );
}

#[test]
fn the_filters_leave_what_fits_them() {
    let (mut room, _) = Room::led();
    let osei = room.osei.clone();
    door::lock(&mut room.desk).unwrap();
    door::unlock(&mut room.desk, osei.clone(), "wrong horse battery".into()).unwrap_err();
    let lead = room.trail_of_lead();
    room.unlock(&lead);
    let door_only = room.read(AuditQuery {
        group: "door".into(),
        staff: osei,
        ..AuditQuery::default()
    });
    assert_eq!(door_only.lines[0].what, "Failed to unlock");
    assert_eq!(door_only.lines[0].account.as_deref(), Some("Ama Osei"));
    assert!(door_only.lines[0].grave);
    let tomorrow = room.desk.today().tomorrow().unwrap().to_string();
    let later = room.read(AuditQuery {
        from: tomorrow,
        ..AuditQuery::default()
    });
    assert_eq!(later.total, 0);
    let today = room.desk.today().to_string();
    let now = room.read(AuditQuery {
        from: today.clone(),
        until: today,
        ..AuditQuery::default()
    });
    assert!(now.total > 5);
    let bad = AuditQuery {
        from: "31 February".into(),
        ..AuditQuery::default()
    };
    let refused = audit_trail(&mut room.desk, bad, 0);
    assert!(matches!(refused, Err(Refusal::Invalid(fields)) if fields[0].field == "from"));
}

impl Room {
    /// The lead who was hired first.
    fn trail_of_lead(&mut self) -> String {
        let door = door::status(&mut self.desk).unwrap();
        let crate::view::Status::Locked(door) = door else {
            panic!("the desk is locked")
        };
        let mut tiles = door.staff.into_iter();
        tiles.find(|tile| tile.name == "Robin Lead").unwrap().id
    }
}

#[test]
fn an_export_bears_a_signature_that_any_ed25519_can_check() {
    let (mut room, thabo) = Room::led();
    let folder = room.folder().display().to_string();
    let saved = export_audit(&mut room.desk, about(&thabo), folder).unwrap();
    let file = std::fs::read(&saved.path).unwrap();
    let beside = std::fs::read_to_string(&saved.signature).unwrap();
    let beside: serde_json::Value = serde_json::from_str(&beside).unwrap();
    let bytes = |field: &str| {
        let text = beside[field].as_str().unwrap();
        data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
    };
    let key: [u8; 32] = bytes("device_key").try_into().unwrap();
    let key = VerifyingKey::from_bytes(&key).unwrap();
    let signature: [u8; 64] = bytes("signature").try_into().unwrap();
    assert!(verify_file(&file, &signature, &key).is_ok());
    let mut changed = file.clone();
    changed[40] ^= 1;
    assert!(verify_file(&changed, &signature, &key).is_err());
    let text = String::from_utf8(file).unwrap();
    assert!(text.starts_with("when,who,who id,account,"));
    assert!(text.contains("NDLOVU"));
    assert_eq!(room.trail().pop().unwrap().action, "exported");
}

#[test]
fn a_sound_record_is_said_to_be_sound_with_how_much_was_checked() {
    let (mut room, _) = Room::led();
    let check = room.check();
    assert!(check.sound, "{:?}", check.faults);
    assert!(check.words.starts_with("All "), "{}", check.words);
    assert!(
        check
            .words
            .contains("are in order, each signed by its device. Checked in")
    );
    let said = room.trail().pop().unwrap();
    assert_eq!(
        (said.action.as_str(), said.note.as_str()),
        ("chain-checked", "sound")
    );
}

#[test]
fn an_altered_a_missing_and_a_reordered_envelope_are_told_apart_in_words() {
    let (room, _) = Room::led();
    let position = room
        .desk
        .sitting()
        .unwrap()
        .opened
        .store
        .position(Scope::Audit)
        .unwrap();
    let (stream, sequence) = (position.stream(), 12);
    let faults = vec![
        ChainFault::Changed { stream, sequence },
        ChainFault::Missing { stream, sequence },
        ChainFault::Reordered { stream, sequence },
        ChainFault::Replayed { stream, sequence },
        ChainFault::Signature { stream, sequence },
        ChainFault::UnknownDevice { stream },
    ];
    let report = ChainReport {
        streams: 3,
        envelopes: 1204,
        faults,
        ..ChainReport::default()
    };
    let check = check_in_words(&room.desk, &report, 2.1).unwrap();
    assert!(!check.sound);
    assert!(
        check
            .words
            .contains("6 faults in 1204 envelopes of 3 streams"),
        "{}",
        check.words
    );
    let at = "Envelope 12 of the audit trail (written on this laptop)";
    for (fault, said) in check.faults.iter().zip([
        "was altered after it was written. Restore the last backup",
        "is missing. Restore the last backup",
        "does not stand where it was written. Restore the last backup",
        "stands there twice. Restore the last backup",
        "was not signed by its device. Tell an administrator",
    ]) {
        assert!(fault.starts_with(at) && fault.contains(said), "{fault}");
    }
    assert!(check.faults[5].starts_with("No certificate is here for the device"));
    let sound = ChainReport {
        faults: Vec::new(),
        ..report
    };
    assert_eq!(
        check_in_words(&room.desk, &sound, 2.1).unwrap().words,
        "All 1204 envelopes of 3 streams are in order, each signed by its device. Checked in 2.1 s."
    );
}
