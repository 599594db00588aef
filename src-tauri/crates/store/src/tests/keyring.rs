//! These run against the real Secret Service of the session bus.

use super::laptop::{CHEAP, Chance, Laptop, PASSPHRASE, asked};
use crate::*;
use record::id::DeviceId;

const NEEDED: &str = "this test needs an unlocked Secret Service on the session bus";

/// A device of this run alone: the keyring outlives the test.
fn device() -> DeviceId {
    DeviceId::from_random(Chance::new(u64::from(std::process::id())).bytes())
}

#[test]
fn keyring_keeps_replaces_and_forgets_a_secret() {
    let (keyring, device) = (SystemKeyring, device());
    assert!(keyring.usable().is_ok(), "{NEEDED}");
    assert_eq!(keyring.get(device), Err(SecretsError::NoEntry));
    for byte in [0, 0xff] {
        let secret = DeviceSecret::new([byte; 32]);
        keyring.put(device, &secret).expect(NEEDED);
        assert_eq!(keyring.get(device).unwrap(), secret);
    }
    keyring.remove(device).unwrap();
    keyring.remove(device).unwrap();
    assert_eq!(keyring.get(device), Err(SecretsError::NoEntry));
}

#[test]
fn keyring_secret_and_passphrase_together_open_the_records_and_neither_does_alone() {
    let (laptop, keyring) = (Laptop::new(), SystemKeyring);
    *laptop.chance.borrow_mut() = Chance::new(u64::from(std::process::id()));
    let mut random = laptop.random();
    let (opened, sheet) = set_up(
        &laptop.place(),
        &keyring,
        &asked(true),
        &mut random,
        laptop.now(),
    )
    .expect(NEEDED);
    let (staff, device) = (opened.staff, opened.identity.device);
    drop(opened);
    let try_with = |passphrase| unlock(&laptop.place(), &keyring, staff, passphrase, laptop.now());
    assert!(matches!(
        try_with("another one entirely"),
        Err(UnlockError::WrongPassphrase { .. })
    ));
    drop(try_with(PASSPHRASE).unwrap());
    keyring.remove(device).unwrap();
    assert!(matches!(
        try_with(PASSPHRASE),
        Err(UnlockError::SecretMissing)
    ));
    assert!(matches!(
        look(&laptop.place(), &keyring, laptop.now()),
        Presence::NeedsRecovery {
            reason: RecoveryReason::SecretMissing,
            ..
        }
    ));
    let code = sheet.code();
    let recovery = Recovery {
        code: &code,
        staff,
        passphrase: PASSPHRASE,
        stretch: CHEAP,
        keyring: true,
    };
    let (opened, _) = recover(
        &laptop.place(),
        &keyring,
        &recovery,
        &mut random,
        laptop.now(),
    )
    .unwrap();
    drop(opened);
    drop(try_with(PASSPHRASE).unwrap());
    keyring.remove(device).unwrap();
}
