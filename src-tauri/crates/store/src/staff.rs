use jiff::Timestamp;
use record::id::StaffId;
use record::keys::{SigningKey, VerifyingKey};
use record::role::Role;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::attempts::Attempts;
use crate::data_key::{DataKey, random};
use crate::seal::{Bytes, Sealed};
use crate::stretch::wrap_key;
use crate::{DeviceSecret, Identity, KeysError, StoreError, Stretch};

/// A person to be added to this laptop.
pub struct NewStaff<'a> {
    /// Name as colleagues say it.
    pub name: &'a str,
    /// What they are certified as.
    pub role: Role,
    /// Their passphrase.
    pub passphrase: &'a str,
    /// The cost of a guess at it; [`Stretch::REAL`] outside tests and demos.
    pub stretch: Stretch,
}

/// One person in the key file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StaffKeys {
    pub(crate) id: StaffId,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) since: Timestamp,
    /// `None` after a recovery that lost it: a new passphrase has to be set.
    pub(crate) wrap: Option<Wrap>,
    pub(crate) attempts: Attempts,
}

/// A person's keys, sealed under passphrase and device secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wrap {
    stretch: Stretch,
    salt: Bytes,
    data_key: Sealed,
    signing: Sealed,
    root: Option<Sealed>,
}

/// What a wrap holds.
pub(crate) struct Contents {
    pub(crate) data_key: DataKey,
    pub(crate) signing: SigningKey,
    /// The service's root key, for the person who made or recovered it.
    pub(crate) root: Option<SigningKey>,
}

/// Whose wrap, and what it rests on.
pub(crate) struct Owner<'a> {
    pub(crate) identity: &'a Identity,
    pub(crate) staff: StaffId,
    pub(crate) secret: Option<&'a DeviceSecret>,
}

impl Owner<'_> {
    fn context(&self) -> String {
        let rests_on = if self.secret.is_some() {
            "with keyring"
        } else {
            "alone"
        };
        let Identity {
            service, device, ..
        } = self.identity;
        format!(
            "felloe wrap v1 {service} {device} {} {rests_on}",
            self.staff
        )
    }

    fn purpose(&self, what: &str) -> String {
        format!("{} {what}", self.context())
    }
}

impl Wrap {
    pub(crate) fn new(
        owner: &Owner<'_>,
        passphrase: &str,
        stretch: Stretch,
        contents: &Contents,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Self, KeysError> {
        let salt = random::<16>(entropy);
        let key = wrap_key(passphrase, &salt, stretch, owner.secret, &owner.context())?;
        let mut seal = |what: &str, secret: &[u8; 32]| {
            Sealed::new(&key, &owner.purpose(what), secret, entropy)
        };
        Ok(Self {
            stretch,
            salt: Bytes(salt.to_vec()),
            data_key: seal("data key", contents.data_key.as_bytes())?,
            signing: seal("signing key", &contents.signing.seed())?,
            root: match &contents.root {
                Some(root) => Some(seal("root key", &root.seed())?),
                None => None,
            },
        })
    }

    /// Opens it; `Ok(None)` when the passphrase (or the device secret) is wrong.
    pub(crate) fn open(
        &self,
        owner: &Owner<'_>,
        passphrase: &str,
    ) -> Result<Option<Contents>, StoreError> {
        let key = wrap_key(
            passphrase,
            &self.salt.0,
            self.stretch,
            owner.secret,
            &owner.context(),
        )
        .map_err(|_| StoreError::KeysLost)?;
        let Some(data_key) = self.data_key.open(&key, &owner.purpose("data key")) else {
            return Ok(None);
        };
        // The passphrase is right: what does not open from here on is damage.
        let signing = self
            .signing
            .open(&key, &owner.purpose("signing key"))
            .ok_or(StoreError::KeysLost)?;
        let root = self.root.as_ref().map(|root| {
            root.open(&key, &owner.purpose("root key"))
                .ok_or(StoreError::KeysLost)
        });
        Ok(Some(Contents {
            data_key: DataKey::new(*data_key),
            signing: SigningKey::from_seed(&signing),
            root: root.transpose()?.map(|root| SigningKey::from_seed(&root)),
        }))
    }
}

/// A fresh signing key.
pub(crate) fn new_signing_key(entropy: &mut dyn FnMut(&mut [u8])) -> SigningKey {
    SigningKey::from_seed(&Zeroizing::new(random::<32>(entropy)))
}

/// A person who was added or whose keys were renewed: what their certificate names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffPublic {
    /// The person.
    pub staff: StaffId,
    /// The public half of their signing key on this device.
    pub verifying: VerifyingKey,
}
