//! One laptop: a folder with the record, a keyring beside it, a clock that is set and randomness
//! that is the same for the same seed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clinic::{Desk, Program, Surroundings};
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use record::id::DeviceId;
use record::moment::Moment;
use store::{DeviceSecret, DeviceSecrets, Place, SecretsError, Stretch};

use crate::Fault;

/// Everybody's passphrase.
pub const PASSPHRASE: &str = "kettle orbit fern gravel";

/// Fast enough to guess at in a test; never used outside.
pub(crate) const CHEAP: Stretch = Stretch {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};

/// When a laptop is set up: 24 November 2026, 10:20 UTC.
const SET_UP_AT: i64 = 1_795_515_600;

/// A laptop's folders. Several programs, one after the other, may be the same laptop.
#[derive(Debug, Clone)]
pub struct Laptop {
    folder: PathBuf,
}

impl Laptop {
    /// The laptop in `folder`; its folders are made if they are not there.
    pub fn at(folder: &Path) -> Result<Self, Fault> {
        let laptop = Self {
            folder: fs::canonicalize(folder)?,
        };
        fs::create_dir_all(laptop.folder.join("keyring"))?;
        fs::create_dir_all(laptop.papers())?;
        fs::create_dir_all(laptop.backups())?;
        Ok(laptop)
    }

    /// The same laptop as it stands now, somewhere else.
    pub fn copy_to(&self, folder: &Path) -> Result<Self, Fault> {
        copy(&self.folder, folder)?;
        Self::at(folder)
    }

    /// Everything of this laptop.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What stands on the disk that fails; the keyring is the operating system's.
    pub fn disk(&self) -> PathBuf {
        self.folder.join("disk")
    }

    /// The folder of the record.
    pub fn place(&self) -> Place {
        Place::new(self.disk().join("felloe"))
    }

    /// Where the person saves papers.
    pub fn papers(&self) -> PathBuf {
        self.disk().join("papers")
    }

    /// Where backups go.
    pub fn backups(&self) -> PathBuf {
        self.disk().join("backups")
    }

    /// The laptop's keyring.
    pub fn keyring(&self) -> FolderKeyring {
        FolderKeyring(self.folder.join("keyring"))
    }

    /// A locked desk on this laptop, and its clock.
    pub fn desk(&self, seed: u64) -> Result<(Desk, Clock), Fault> {
        let clock = Clock::set_up()?;
        let around = Around {
            clock: clock.clone(),
            chance: chance(seed),
        };
        let program = Program {
            version: "0.0.0-test".into(),
            demo: None,
            stretch: CHEAP,
        };
        let desk = Desk::new(
            self.place(),
            Box::new(self.keyring()),
            Box::new(around),
            program,
        );
        Ok((desk, clock))
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), Fault> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The same bytes for the same seed, and never the same twice in one run.
pub(crate) fn chance(seed: u64) -> blake3::OutputReader {
    blake3::Hasher::new()
        .update(&seed.to_le_bytes())
        .finalize_xof()
}

/// A keyring in a folder beside the record, so that the program that was killed and the one that
/// comes after it find the same secrets.
#[derive(Debug, Clone)]
pub struct FolderKeyring(PathBuf);

impl FolderKeyring {
    fn file(&self, device: DeviceId) -> PathBuf {
        self.0.join(device.to_string())
    }
}

impl DeviceSecrets for FolderKeyring {
    fn usable(&self) -> Result<(), SecretsError> {
        Ok(())
    }

    fn get(&self, device: DeviceId) -> Result<DeviceSecret, SecretsError> {
        let text = fs::read(self.file(device)).map_err(|_| SecretsError::NoEntry)?;
        let bytes = HEXLOWER
            .decode(&text)
            .map_err(|_| SecretsError::Malformed)?;
        let secret = bytes.try_into().map_err(|_| SecretsError::Malformed)?;
        Ok(DeviceSecret::new(secret))
    }

    fn put(&self, device: DeviceId, secret: &DeviceSecret) -> Result<(), SecretsError> {
        let text = HEXLOWER.encode(secret.as_bytes());
        fs::write(self.file(device), text).map_err(|error| SecretsError::Other(error.to_string()))
    }

    fn remove(&self, device: DeviceId) -> Result<(), SecretsError> {
        let _ = fs::remove_file(self.file(device));
        Ok(())
    }
}

/// A clock that stands until it is turned.
#[derive(Clone)]
pub struct Clock(Arc<Mutex<Moment>>);

impl Clock {
    fn set_up() -> Result<Self, Fault> {
        let at = Moment::new(Timestamp::from_second(SET_UP_AT)?, 0)?;
        Ok(Self(Arc::new(Mutex::new(at))))
    }

    /// What it shows.
    pub fn now(&self) -> Moment {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns it forward, or back.
    pub fn turn(&self, by: SignedDuration) -> Result<(), Fault> {
        let now = self.now();
        self.set(Moment::new(
            now.at().checked_add(by)?,
            now.offset_seconds(),
        )?);
        Ok(())
    }

    /// Begins or ends summer time.
    pub fn change_hour(&self) -> Result<(), Fault> {
        let now = self.now();
        let offset = if now.offset_seconds() == 0 { 3600 } else { 0 };
        self.set(Moment::new(now.at(), offset)?);
        Ok(())
    }

    fn set(&self, to: Moment) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }
}

struct Around {
    clock: Clock,
    chance: blake3::OutputReader,
}

impl Surroundings for Around {
    fn now(&self) -> Moment {
        self.clock.now()
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        self.chance.fill(bytes);
    }
}
