use jiff::Timestamp;
use record::enrolment::Request;
use record::id::{DeviceId, ServiceId, SiteId, StaffId};
use record::role::Role;

use crate::joining::joining;
use crate::key_file::KeyFile;
use crate::place::{Place, exists};
use crate::{DeviceSecrets, KeyringUse, SecretsError, StoreError};

/// What stands in the folder, told without any passphrase.
#[derive(Debug)]
pub enum Presence {
    /// Nothing is here: set up, or enrol.
    FirstRun,
    /// This laptop has asked to join a service and waits for the answer.
    Joining(Box<Request>),
    /// Choose a name and unlock.
    Ready(Door),
    /// A passphrase is not enough; the recovery sheet is needed.
    NeedsRecovery {
        /// What is still known.
        door: Door,
        /// Why.
        reason: RecoveryReason,
    },
    /// The folder cannot be used; the sentence says what to do.
    Broken(StoreError),
}

/// What the door shows before anyone has unlocked. No patient data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// The service's name.
    pub service_name: String,
    /// The site's name.
    pub site_name: String,
    /// The site.
    pub site: SiteId,
    /// The service.
    pub service: ServiceId,
    /// This installation.
    pub device: DeviceId,
    /// Whether everything in it is invented.
    pub demo: bool,
    /// Whether the keyring helps the passphrase.
    pub keyring: KeyringUse,
    /// Who may unlock, in the order they were added.
    pub staff: Vec<StaffTile>,
}

/// One person on the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffTile {
    /// The person.
    pub id: StaffId,
    /// Their name.
    pub name: String,
    /// What they are certified as.
    pub role: Role,
    /// Seconds until their next try is judged; 0 when at once.
    pub wait_seconds: u64,
    /// Wrong passphrases in a row.
    pub failed: u32,
    /// Whether their keys were lost in a recovery, so that somebody else must
    /// set a new passphrase for them.
    pub needs_new_passphrase: bool,
    /// When their account here ends by itself; none while it is renewed each year.
    pub ends: Option<Timestamp>,
}

/// Why only the recovery sheet opens this laptop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryReason {
    /// The keyring answers and does not hold our secret.
    #[error(
        "The secret of this laptop is missing from its keyring. The records are still here. Use the recovery sheet to open them."
    )]
    SecretMissing,
    /// The keyring answers and holds another secret under our name.
    #[error(
        "The keyring holds the secret of another installation in the place of this laptop's. The records are still here. Use the recovery sheet to open them."
    )]
    SecretSwapped,
    /// No keyring answers, though one was in use.
    #[error(
        "The keyring of this computer does not answer. Sign in to the desktop as usual and try again; if that does not help, use the recovery sheet."
    )]
    KeyringUnavailable,
    /// The keyring is locked.
    #[error(
        "The keyring of this computer is locked. Unlock it and try again; if that does not help, use the recovery sheet."
    )]
    KeyringLocked,
    /// The key file is gone.
    #[error(
        "The file with the keys (felloe.keys) is missing. The records are still here. Put the file back from a backup, or use the recovery sheet."
    )]
    KeysMissing,
    /// The key file cannot be read.
    #[error(
        "The file with the keys (felloe.keys) is damaged. The records are still here. Put the file back from a backup, or use the recovery sheet."
    )]
    KeysDamaged,
}

/// Looks at the folder. A keyring or a key file that is gone beside a database
/// is recovery, never a first run: a first run would hide the records.
pub fn look(place: &Place, secrets: &dyn DeviceSecrets, now: Timestamp) -> Presence {
    if !exists(&place.database()) {
        return without_database(place);
    }
    match KeyFile::read(&place.keys()) {
        Ok(Some(keys)) => with_keys(&keys, secrets, now),
        Ok(None) => without_keys(place, now, RecoveryReason::KeysMissing),
        Err(StoreError::KeysLost) => without_keys(place, now, RecoveryReason::KeysDamaged),
        Err(error) => Presence::Broken(error),
    }
}

fn without_database(place: &Place) -> Presence {
    if place.is_left_aside() {
        return Presence::Broken(StoreError::LeftAside);
    }
    // A set-up that was interrupted leaves its unfinished database and maybe
    // keys that nobody has seen yet: nothing is lost by starting again.
    let anything = exists(&place.keys()) || exists(&place.recovery());
    if anything && !exists(&place.unfinished()) {
        return Presence::Broken(StoreError::DatabaseMissing);
    }
    match joining(place) {
        Ok(Some(request)) => Presence::Joining(Box::new(request)),
        // It holds nothing but keys that nobody certified: a new request takes its place.
        Ok(None) | Err(StoreError::JoiningUnreadable) => Presence::FirstRun,
        Err(error) => Presence::Broken(error),
    }
}

fn with_keys(keys: &KeyFile, secrets: &dyn DeviceSecrets, now: Timestamp) -> Presence {
    let door = door(keys, now);
    let reason = match keys.secret(secrets) {
        Ok(_) if keys.staff.iter().any(|person| person.wrap.is_some()) => {
            return Presence::Ready(door);
        }
        Ok(_) => RecoveryReason::KeysMissing,
        Err(SecretsError::NoService | SecretsError::Other(_)) => RecoveryReason::KeyringUnavailable,
        Err(SecretsError::Locked) => RecoveryReason::KeyringLocked,
        Err(SecretsError::Swapped) => RecoveryReason::SecretSwapped,
        Err(SecretsError::NoEntry | SecretsError::Malformed) => RecoveryReason::SecretMissing,
    };
    Presence::NeedsRecovery { door, reason }
}

fn without_keys(place: &Place, now: Timestamp, reason: RecoveryReason) -> Presence {
    match KeyFile::read(&place.recovery()) {
        Ok(Some(copy)) => Presence::NeedsRecovery {
            door: door(&copy, now),
            reason,
        },
        Ok(None) => Presence::Broken(StoreError::KeysLost),
        Err(error) => Presence::Broken(error),
    }
}

pub(crate) fn door(keys: &KeyFile, now: Timestamp) -> Door {
    let identity = &keys.identity;
    Door {
        service_name: identity.service_name.clone(),
        site_name: identity.site_name.clone(),
        site: identity.site,
        service: identity.service,
        device: identity.device,
        demo: identity.demo,
        keyring: keys.keyring,
        staff: keys
            .staff
            .iter()
            .map(|person| StaffTile {
                id: person.id,
                name: person.name.clone(),
                role: person.role,
                wait_seconds: person.attempts.wait_seconds(now),
                failed: person.attempts.failed,
                needs_new_passphrase: person.wrap.is_none(),
                ends: person.ends,
            })
            .collect(),
    }
}
