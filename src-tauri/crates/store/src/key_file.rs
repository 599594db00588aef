use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use record::id::StaffId;
use serde::{Deserialize, Serialize};

use crate::attempts::Attempts;
use crate::boxed::{Boxed, SheetPublic};
use crate::place::Place;
use crate::seal::Bytes;
use crate::staff::StaffKeys;
use crate::{DeviceSecret, DeviceSecrets, FailedTry, Identity, SecretsError, StoreError};

const FORMAT: &str = "felloe-keys";
const VERSION: u32 = 1;

/// Whether the passphrase is helped by a secret in the system's keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyringUse {
    /// The keyring holds this laptop's secret.
    Held,
    /// There is no keyring: the passphrase stands alone and must be longer.
    NotUsed,
}

/// `felloe.keys`: readable by whoever has the disk, and useless to them without
/// a passphrase and the keyring. Holds staff names; never anything of a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    format: String,
    version: u32,
    pub(crate) identity: Identity,
    pub(crate) keyring: KeyringUse,
    /// Tells the right device secret from another; `None` without a keyring.
    pub(crate) secret_check: Option<Bytes>,
    pub(crate) recovery: SheetBoxes,
    pub(crate) staff: Vec<StaffKeys>,
    /// Failed tries that are not in the audit trail yet.
    #[serde(default)]
    pub(crate) tries: Vec<FailedTry>,
}

/// What the recovery sheet opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SheetBoxes {
    pub(crate) public: SheetPublic,
    pub(crate) made: Timestamp,
    /// Whether somebody typed two groups back from the paper.
    pub(crate) confirmed: bool,
    /// When somebody last showed that the sheet opens what it should.
    pub(crate) tried: Option<Timestamp>,
    pub(crate) data_key: Boxed,
    /// While the file is being given a new data key: that one.
    pub(crate) next: Option<Boxed>,
    /// Only where the service's root key was made or recovered.
    pub(crate) root: Option<Boxed>,
    pub(crate) epochs: Vec<EpochBox>,
}

/// One scope's epoch key, for opening the service on a blank laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EpochBox {
    pub(crate) scope: String,
    pub(crate) epoch: u32,
    /// The key's own hash: two laptops may begin the same epoch without having seen each other.
    /// Empty in a file from before there was more than one.
    #[serde(default)]
    pub(crate) id: String,
    pub(crate) key: Boxed,
}

impl KeyFile {
    pub(crate) fn new(
        identity: Identity,
        secret: Option<&DeviceSecret>,
        recovery: SheetBoxes,
        staff: Vec<StaffKeys>,
    ) -> Self {
        let mut file = Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            identity,
            keyring: KeyringUse::NotUsed,
            secret_check: None,
            recovery,
            staff,
            tries: Vec::new(),
        };
        file.use_secret(secret);
        file
    }

    /// Notes which device secret the wraps rest on.
    pub(crate) fn use_secret(&mut self, secret: Option<&DeviceSecret>) {
        self.keyring = if secret.is_some() {
            KeyringUse::Held
        } else {
            KeyringUse::NotUsed
        };
        self.secret_check = secret.map(|secret| Bytes(secret.check().to_vec()));
    }

    /// The device secret from the keyring, checked; `None` when none is used.
    pub(crate) fn secret(
        &self,
        secrets: &dyn DeviceSecrets,
    ) -> Result<Option<DeviceSecret>, SecretsError> {
        if self.keyring == KeyringUse::NotUsed {
            return Ok(None);
        }
        let secret = secrets.get(self.identity.device)?;
        let fits = self
            .secret_check
            .as_ref()
            .is_none_or(|check| check.0 == secret.check());
        if fits {
            Ok(Some(secret))
        } else {
            Err(SecretsError::Swapped)
        }
    }

    pub(crate) fn person(&self, staff: StaffId) -> Option<&StaffKeys> {
        self.staff.iter().find(|person| person.id == staff)
    }

    pub(crate) fn person_mut(&mut self, staff: StaffId) -> Option<&mut StaffKeys> {
        self.staff.iter_mut().find(|person| person.id == staff)
    }

    pub(crate) fn set_attempts(&mut self, staff: StaffId, attempts: Attempts) {
        if let Some(person) = self.person_mut(staff) {
            person.attempts = attempts;
        }
    }

    /// What recovery needs and no wraps: the copy kept for a lost key file.
    pub(crate) fn without_wraps(&self) -> Self {
        let mut copy = self.clone();
        copy.tries.clear();
        for person in &mut copy.staff {
            person.wrap = None;
            person.attempts = Attempts::default();
        }
        copy
    }

    /// Reads a key file; `None` when there is none.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, StoreError> {
        match fs::read(path) {
            Ok(bytes) => Self::from_bytes(&bytes).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The key file, or what stands in for it: its copy without wraps.
    pub(crate) fn read_or_copy(place: &Place) -> Result<Self, StoreError> {
        match Self::read(&place.keys()) {
            Ok(Some(keys)) => Ok(keys),
            Ok(None) | Err(StoreError::KeysLost) => {
                Self::read(&place.recovery())?.ok_or(StoreError::KeysLost)
            }
            Err(error) => Err(error),
        }
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        // The version first: a newer file may have another form altogether.
        let head: Head = serde_json::from_slice(bytes).map_err(|_| StoreError::KeysLost)?;
        if head.format != FORMAT {
            return Err(StoreError::KeysLost);
        }
        if head.version > VERSION {
            return Err(StoreError::Newer {
                found: head.version.into(),
                known: VERSION.into(),
            });
        }
        serde_json::from_slice(bytes).map_err(|_| StoreError::KeysLost)
    }

    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec_pretty(self).map_err(|_| StoreError::Malformed("key file"))
    }

    /// Writes the key file, and its copy when that says something else.
    pub(crate) fn write(&self, place: &Place) -> Result<(), StoreError> {
        place.write(&place.keys(), &self.to_bytes()?)?;
        let copy = self.without_wraps().to_bytes()?;
        if fs::read(place.recovery()).is_ok_and(|there| there == copy) {
            return Ok(());
        }
        place.write(&place.recovery(), &copy)
    }
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}
