//! A desk for measuring: its keyring is a file beside the clinic, its clock stands.

use std::fs;
use std::path::{Path, PathBuf};

use clinic::{Desk, Program, Surroundings};
use record::id::DeviceId;
use record::moment::Moment;
use store::{DeviceSecret, DeviceSecrets, Place, SecretsError, Stretch};

use crate::people::Chance;

pub(crate) const PASSPHRASE: &str = "kettle orbit fern gravel marsh";

/// The day on which everything happens.
pub(crate) fn now() -> Moment {
    let at = "2026-11-24T10:20:00Z".parse().unwrap_or_default();
    Moment::new(at, 0).unwrap_or_else(|_| unreachable!("a moment of 2026"))
}

/// A keyring that a later run finds again. Never used outside: this one is no secret.
#[derive(Clone)]
pub(crate) struct Keyring(pub(crate) PathBuf);

impl DeviceSecrets for Keyring {
    fn usable(&self) -> Result<(), SecretsError> {
        Ok(())
    }

    fn get(&self, _device: DeviceId) -> Result<DeviceSecret, SecretsError> {
        let bytes = fs::read(&self.0).map_err(|_| SecretsError::NoEntry)?;
        let bytes = bytes.try_into().map_err(|_| SecretsError::NoEntry)?;
        Ok(DeviceSecret::new(bytes))
    }

    fn put(&self, _device: DeviceId, secret: &DeviceSecret) -> Result<(), SecretsError> {
        fs::write(&self.0, secret.as_bytes()).map_err(|_| SecretsError::NoService)
    }

    fn remove(&self, _device: DeviceId) -> Result<(), SecretsError> {
        let _ = fs::remove_file(&self.0);
        Ok(())
    }
}

struct Still(Chance);

impl Surroundings for Still {
    fn now(&self) -> Moment {
        now()
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

/// The folder of a clinic and its keyring.
pub(crate) fn place(folder: &Path) -> (Place, Keyring) {
    (
        Place::new(folder.join("felloe")),
        Keyring(folder.join("keyring")),
    )
}

/// A desk over a clinic, still locked. Passphrases are stretched as in a real one.
pub(crate) fn desk(folder: &Path) -> Desk {
    let (place, keyring) = place(folder);
    let program = Program {
        version: "bench".into(),
        demo: None,
        stretch: Stretch::REAL,
    };
    let seed = u64::from(std::process::id());
    Desk::new(
        place,
        Box::new(keyring),
        Box::new(Still(Chance::new(seed))),
        program,
    )
}
