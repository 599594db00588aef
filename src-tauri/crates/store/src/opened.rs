use std::fmt;

use jiff::Timestamp;
use record::id::StaffId;
use record::keys::{SigningKey, VerifyingKey};
use record::role::Role;
use zeroize::Zeroizing;

use crate::boxed::sealing_public;
use crate::data_key::DataKey;
use crate::installation::Installation;
use crate::key_file::KeyFile;
use crate::place::Place;
use crate::staff::Contents;
use crate::{DeviceSecrets, Identity, KeyringUse, Leave, Store, StoreError, UnlockError};

/// An unlocked sitting of one person: the store and the keys they may use.
/// Every secret in it is wiped from memory when it is dropped.
pub struct Opened {
    /// The journal and what is derived from it.
    pub store: Store,
    /// Which installation this is.
    pub identity: Identity,
    /// Who has unlocked.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// Their role as the key file has it; what they may do rests on their certificate.
    pub role: Role,
    /// Their signing key on this device.
    pub signing: SigningKey,
    /// The device's signing key.
    pub device_signing: SigningKey,
    /// The seed of the device's sealing key (X25519).
    pub device_sealing: Zeroizing<[u8; 32]>,
    /// The public half of the device's sealing key, for its certificate.
    pub device_sealing_public: [u8; 32],
    /// The root this installation trusts.
    pub root_public: VerifyingKey,
    /// Whether the keyring helps the passphrase.
    pub keyring: KeyringUse,
    pub(crate) place: Place,
    pub(crate) data_key: DataKey,
    pub(crate) root: Option<SigningKey>,
    pub(crate) leave: Leave,
}

impl Opened {
    /// Joins keys and database, which must be of one installation.
    pub(crate) fn new(
        place: &Place,
        store: Store,
        keys: &KeyFile,
        staff: StaffId,
        contents: Contents,
    ) -> Result<Self, StoreError> {
        let Installation {
            identity,
            signing,
            sealing,
            root,
            ..
        } = store.installation()?;
        if !identity.same_installation(&keys.identity) {
            return Err(StoreError::Mixed);
        }
        let person = keys.person(staff).ok_or(StoreError::KeysLost)?;
        Ok(Self {
            store,
            device_sealing_public: sealing_public(&sealing),
            identity,
            staff,
            name: person.name.clone(),
            role: person.role,
            signing: contents.signing,
            device_signing: signing,
            device_sealing: sealing,
            root_public: root,
            keyring: keys.keyring,
            place: place.clone(),
            data_key: contents.data_key,
            root: None,
            leave: Leave::default(),
        })
    }

    /// The leave under which the work of this sitting holds the data key.
    pub fn leave(&self) -> Leave {
        self.leave.clone()
    }

    /// Takes over work of the sitting before, which still runs under its leave.
    pub fn go_on_under(&mut self, leave: Leave) {
        self.leave = leave;
    }

    /// Makes [`Opened::take_root`] give the root key once more, if this person holds it: for a
    /// set-up or recovery that was cut short before the certificates were written.
    pub fn regain_root(
        &mut self,
        secrets: &dyn DeviceSecrets,
        passphrase: &str,
        now: Timestamp,
    ) -> Result<(), UnlockError> {
        self.root = self.root(secrets, passphrase, now)?;
        Ok(())
    }

    /// The service's root key, once, right after set-up or recovery: to sign the
    /// first certificates or those of a renewed key. At other times the person
    /// who holds it is asked for their passphrase: [`Opened::root`].
    pub fn take_root(&mut self) -> Option<SigningKey> {
        self.root.take()
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("staff", &self.staff)
            .field("device", &self.identity.device)
            .finish_non_exhaustive()
    }
}
