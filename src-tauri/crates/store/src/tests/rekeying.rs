use std::fs;

use super::laptop::{CHEAP, Laptop, OTHER_PASSPHRASE, PASSPHRASE};
use crate::data_key::DataKey;
use crate::rekey::Step;
use crate::*;
use record::id::{PatientId, StaffId};
use record::role::Role;
use record::scope::Subject;

/// A laptop with two people and an envelope on one patient.
struct Kept {
    laptop: Laptop,
    staff: [StaffId; 2],
    patient: PatientId,
    sheet: RecoverySheet,
}

fn kept() -> (Kept, Opened) {
    let laptop = Laptop::new();
    let (mut opened, sheet) = laptop.set_up();
    let new = NewStaff {
        name: "Ben Wisniewski",
        role: Role::Consultant,
        passphrase: OTHER_PASSPHRASE,
        stretch: CHEAP,
    };
    let second = opened
        .add_staff(&laptop.secrets, &new, &mut laptop.random(), laptop.now())
        .unwrap()
        .staff;
    let (patient, key) = (laptop.patient(), laptop.key());
    let envelope = laptop.envelope(&opened, patient, &key, "kept");
    opened
        .store
        .append(&[envelope], Derived::default())
        .unwrap();
    let staff = [opened.staff, second];
    let kept = Kept {
        laptop,
        staff,
        patient,
        sheet,
    };
    (kept, opened)
}

impl Kept {
    fn open(&self, person: usize) -> Opened {
        let passphrase = [PASSPHRASE, OTHER_PASSPHRASE][person];
        self.laptop.unlock(self.staff[person], passphrase).unwrap()
    }

    #[track_caller]
    fn holds(&self, opened: &Opened) {
        let subject = Subject::Patient(self.patient);
        assert_eq!(opened.store.envelopes_of(subject).unwrap().len(), 1);
    }
}

#[test]
fn a_new_data_key_is_given_to_everybody_without_their_passphrase_and_the_old_one_opens_nothing() {
    let (kept, mut opened) = kept();
    let old = opened.data_key.clone();
    let laptop = &kept.laptop;
    opened
        .renew_data_key(
            &laptop.secrets,
            PASSPHRASE,
            &mut laptop.random(),
            laptop.now(),
        )
        .unwrap();
    assert_ne!(opened.data_key.as_bytes(), old.as_bytes());
    kept.holds(&opened);
    let envelope = laptop.envelope(&opened, laptop.patient(), &laptop.key(), "after");
    opened
        .store
        .append(&[envelope], Derived::default())
        .unwrap();
    drop(opened);
    for person in [0, 1] {
        let opened = kept.open(person);
        kept.holds(&opened);
        assert_eq!(opened.data_key.as_bytes().len(), 32);
        assert_ne!(opened.data_key.as_bytes(), old.as_bytes());
    }
    assert!(matches!(
        database::open(&laptop.place().database(), &old),
        Err(StoreError::NotThisKey)
    ));
    let (opened, _) = laptop
        .recover(&kept.sheet.code(), kept.staff[0], true)
        .unwrap();
    kept.holds(&opened);
}

#[test]
fn three_changes_in_a_row_reach_somebody_who_was_away_for_all_of_them() {
    let (kept, mut opened) = kept();
    for _ in 0..3 {
        opened
            .renew_data_key_in_steps(&mut kept.laptop.random(), &mut |_| Ok(()))
            .unwrap();
    }
    drop(opened);
    let opened = kept.open(1);
    kept.holds(&opened);
    opened
        .change_passphrase(
            &kept.laptop.secrets,
            OTHER_PASSPHRASE,
            PASSPHRASE,
            CHEAP,
            &mut kept.laptop.random(),
            kept.laptop.now(),
        )
        .unwrap();
    drop(opened);
    kept.holds(&kept.laptop.unlock(kept.staff[1], PASSPHRASE).unwrap());
}

#[test]
fn a_change_that_is_cut_short_after_any_step_loses_nothing_and_everybody_still_unlocks() {
    let steps = [
        Step::Copied,
        Step::Given,
        Step::Closed,
        Step::Replaced,
        Step::Settled,
    ];
    for stopped in steps {
        for first in [0, 1] {
            let (kept, mut opened) = kept();
            let cut = opened.renew_data_key_in_steps(&mut kept.laptop.random(), &mut |step| {
                if step == stopped {
                    Err(KeysError::Crypto)
                } else {
                    Ok(())
                }
            });
            assert!(cut.is_err(), "{stopped:?}");
            drop(opened);
            for person in [first, 1 - first] {
                kept.holds(&kept.open(person));
            }
            let left = kept.laptop.place().rekeyed();
            assert!(!left.exists(), "{stopped:?} leaves a copy");
            let (opened, _) = kept
                .laptop
                .recover(&kept.sheet.code(), kept.staff[0], true)
                .unwrap();
            kept.holds(&opened);
        }
    }
}

#[test]
fn the_recovery_sheet_opens_the_file_whichever_step_a_change_was_cut_short_after() {
    for stopped in [Step::Given, Step::Closed, Step::Replaced, Step::Settled] {
        let (kept, mut opened) = kept();
        let cut = opened.renew_data_key_in_steps(&mut kept.laptop.random(), &mut |step| {
            if step == stopped {
                Err(KeysError::Crypto)
            } else {
                Ok(())
            }
        });
        assert!(cut.is_err());
        drop(opened);
        let (opened, _) = kept
            .laptop
            .recover(&kept.sheet.code(), kept.staff[0], true)
            .unwrap();
        kept.holds(&opened);
        drop(opened);
        kept.holds(&kept.open(1));
    }
}

#[test]
fn an_old_sheet_with_an_old_key_file_does_not_open_the_file_after_a_change() {
    let (kept, mut opened) = kept();
    let laptop = &kept.laptop;
    let before = fs::read(laptop.place().keys()).unwrap();
    opened
        .renew_data_key_in_steps(&mut laptop.random(), &mut |_| Ok(()))
        .unwrap();
    drop(opened);
    fs::write(laptop.place().keys(), before).unwrap();
    let refused = laptop.recover(&kept.sheet.code(), kept.staff[0], true);
    assert!(matches!(
        refused,
        Err(KeysError::Store(StoreError::NotThisKey))
    ));
}

#[test]
fn a_wrong_passphrase_changes_no_key() {
    let (kept, mut opened) = kept();
    let laptop = &kept.laptop;
    let before = fs::read(laptop.place().database()).unwrap();
    let refused = opened.renew_data_key(
        &laptop.secrets,
        OTHER_PASSPHRASE,
        &mut laptop.random(),
        laptop.now(),
    );
    assert!(matches!(
        refused,
        Err(KeysError::Unlock(UnlockError::WrongPassphrase { .. }))
    ));
    assert_eq!(fs::read(laptop.place().database()).unwrap(), before);
}

#[test]
fn somebody_who_reads_the_file_at_the_moment_keeps_its_key_as_it_is() {
    let (kept, mut opened) = kept();
    let key = DataKey::new(*opened.data_key.as_bytes());
    let reader = database::connect(
        &kept.laptop.place().database(),
        &key,
        rusqlite::OpenFlags::default(),
    )
    .unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM envelope")
        .unwrap();
    let refused = opened.renew_data_key_in_steps(&mut kept.laptop.random(), &mut |_| Ok(()));
    assert!(matches!(refused, Err(KeysError::FileInUse)));
    kept.holds(&opened);
    drop(reader);
    drop(opened);
    kept.holds(&kept.open(0));
}
