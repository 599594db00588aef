use super::laptop::{CHEAP, Chance, Laptop, OTHER_PASSPHRASE};
use crate::key_file::KeyFile;
use crate::*;
use proptest::prelude::*;
use record::role::Role;

fn made(laptop: &Laptop) -> KeyFile {
    KeyFile::read(&laptop.place().keys()).unwrap().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// A key file written and read is the same key file, whatever the names, the
    /// roles, the randomness and the number of people.
    #[test]
    fn a_key_file_reads_back_as_it_was_written(seed: u64, names in proptest::collection::vec("\\PC{1,20}", 0..4)) {
        let laptop = Laptop::new();
        *laptop.chance.borrow_mut() = Chance::new(seed);
        let (opened, _) = laptop.set_up();
        for (name, role) in names.iter().zip(Role::ALL.into_iter().cycle()) {
            let new = NewStaff { name, role, passphrase: OTHER_PASSPHRASE, stretch: CHEAP };
            let added = opened.add_staff(&laptop.secrets, &new, &mut laptop.random(), laptop.now());
            prop_assert_eq!(added.is_ok(), !name.trim().is_empty());
        }
        let keys = made(&laptop);
        let again = KeyFile::from_bytes(&keys.to_bytes().unwrap()).unwrap();
        prop_assert_eq!(&again, &keys);
        let copy = KeyFile::read(&laptop.place().recovery()).unwrap().unwrap();
        prop_assert_eq!(copy, keys.without_wraps());
    }

    /// No damage makes the reader panic, and none is read as something else.
    #[test]
    fn a_damaged_key_file_is_refused_or_unchanged_in_meaning(at: prop::sample::Index, byte: u8) {
        thread_local!(static BYTES: Vec<u8> = made(&Laptop::ready().0).to_bytes().unwrap());
        BYTES.with(|bytes| {
            let mut damaged = bytes.clone();
            let at = at.index(damaged.len());
            damaged[at] = byte;
            if let Ok(read) = KeyFile::from_bytes(&damaged) {
                prop_assert!(KeyFile::from_bytes(&read.to_bytes().unwrap()).unwrap() == read);
            }
            Ok(())
        })?;
    }
}

#[test]
fn a_key_file_of_a_newer_version_is_refused_and_asks_for_an_update() {
    let (laptop, ..) = Laptop::ready();
    let text = std::fs::read_to_string(laptop.place().keys()).unwrap();
    std::fs::write(
        laptop.place().keys(),
        text.replace("\"version\": 1", "\"version\": 2"),
    )
    .unwrap();
    let Presence::Broken(error) = laptop.look() else {
        panic!("not broken")
    };
    assert!(matches!(error, StoreError::Newer { found: 2, known: 1 }));
    assert!(error.to_string().contains("Update Felloe"));
}

#[test]
fn keys_and_database_of_two_laptops_do_not_open_together() {
    let (laptop, staff, _) = Laptop::ready();
    let other = Laptop::new();
    *other.chance.borrow_mut() = Chance::new(2);
    drop(other.set_up());
    std::fs::copy(other.place().database(), laptop.place().database()).unwrap();
    assert!(matches!(
        laptop.unlock(staff, super::laptop::PASSPHRASE),
        Err(UnlockError::Store(StoreError::NotThisKey))
    ));
}

#[test]
fn debug_output_of_an_unlocked_sitting_holds_no_secret() {
    let laptop = Laptop::new();
    let (opened, sheet) = laptop.set_up();
    let shown = format!("{opened:?} {:?} {:?}", opened.data_key, opened.signing);
    let hex = data_encoding::HEXLOWER.encode(opened.data_key.as_bytes());
    assert!(!shown.contains(&hex) && !shown.contains(sheet.code().as_str()));
    assert!(shown.contains("DataKey(..)"));
}
