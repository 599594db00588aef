use jiff::Timestamp;
use record::id::StaffId;
use record::keys::{SigningKey, VerifyingKey};
use record::role::Role;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::attempts::Attempts;
use crate::boxed::{Boxed, Shared};
use crate::data_key::{DataKey, random};
use crate::opener::{OpenerKey, OpenerPublic};
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
    /// When the account ends by itself, for the door to say; none while it is renewed each year.
    pub(crate) ends: Option<Timestamp>,
}

/// A person's keys, sealed under passphrase and device secret, and what was given to them since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wrap {
    stretch: Stretch,
    salt: Bytes,
    data_key: Sealed,
    signing: Sealed,
    opener: Sealed,
    root: Option<Sealed>,
    pub(crate) public: OpenerPublic,
    /// Data keys that came later, each vouched for by the one before it. The last is the data key.
    later: Vec<Boxed>,
    /// While the file is being given a new data key: that one.
    next: Option<Boxed>,
    /// The root key, given by another administrator.
    given_root: Option<Boxed>,
}

/// What a wrap holds.
pub(crate) struct Contents {
    pub(crate) data_key: DataKey,
    /// The data key that is to come, while the file is being given one.
    pub(crate) next: Option<DataKey>,
    pub(crate) opener: OpenerKey,
    pub(crate) signing: SigningKey,
    /// The service's root key, for the person who made or recovered it, and for administrators
    /// whom they gave it to.
    pub(crate) root: Option<SigningKey>,
}

impl Contents {
    /// The keys of somebody new, or of somebody whose old ones are lost.
    pub(crate) fn fresh(
        data_key: DataKey,
        root: Option<SigningKey>,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Self {
        Self {
            data_key,
            next: None,
            opener: OpenerKey::new(entropy),
            signing: new_signing_key(entropy),
            root,
        }
    }
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
            opener: seal("opener", contents.opener.seed())?,
            root: match &contents.root {
                Some(root) => Some(seal("root key", &root.seed())?),
                None => None,
            },
            public: contents.opener.public(),
            later: Vec::new(),
            next: None,
            given_root: None,
        })
    }

    /// Gives the person the data key that is to come, vouched for by the one of now. Takes no
    /// passphrase.
    pub(crate) fn give_next(
        &mut self,
        identity: &Identity,
        staff: StaffId,
        keys: (&DataKey, &DataKey),
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), KeysError> {
        let (now, next) = keys;
        let purpose = given(identity, staff, "data key");
        let shared = Shared::new(now);
        let boxed = self
            .public
            .seal(&purpose, Some(&shared), next.as_bytes(), entropy)?;
        self.next = Some(boxed);
        Ok(())
    }

    /// Gives the person the service's root key. Takes no passphrase of theirs.
    pub(crate) fn give_root(
        &mut self,
        identity: &Identity,
        staff: StaffId,
        root: &SigningKey,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), KeysError> {
        let purpose = given(identity, staff, "root key");
        self.given_root = Some(self.public.seal(&purpose, None, &root.seed(), entropy)?);
        Ok(())
    }

    /// The data key that was to come has come.
    pub(crate) fn take_next(&mut self) {
        self.later.extend(self.next.take());
    }

    /// The data key that was to come does not come.
    pub(crate) fn drop_next(&mut self) {
        self.next = None;
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
        let Some(first) = self.data_key.open(&key, &owner.purpose("data key")) else {
            return Ok(None);
        };
        // The passphrase is right: what does not open from here on is damage.
        let unseal = |sealed: &Sealed, what: &str| {
            let opened = sealed.open(&key, &owner.purpose(what));
            opened.ok_or(StoreError::KeysLost)
        };
        let signing = unseal(&self.signing, "signing key")?;
        let signing = SigningKey::from_seed(&signing);
        let opener = OpenerKey::from_seed(unseal(&self.opener, "opener")?);
        if opener.public() != self.public {
            return Err(StoreError::KeysTampered);
        }
        let sealed_root = self.root.as_ref().map(|root| unseal(root, "root key"));
        let data_key = self.data_key_now(owner, &opener, DataKey::new(*first))?;
        let next = self.next.as_ref();
        let next = next.map(|boxed| follow(owner, &opener, &data_key, boxed));
        let root = match sealed_root.transpose()? {
            Some(root) => Some(root),
            None => self.open_given_root(owner, &opener)?,
        };
        Ok(Some(Contents {
            data_key,
            next: next.transpose()?,
            opener,
            signing,
            root: root.map(|root| SigningKey::from_seed(&root)),
        }))
    }

    /// From the data key that was sealed under the passphrase to the one of now.
    fn data_key_now(
        &self,
        owner: &Owner<'_>,
        opener: &OpenerKey,
        first: DataKey,
    ) -> Result<DataKey, StoreError> {
        self.later
            .iter()
            .try_fold(first, |before, boxed| follow(owner, opener, &before, boxed))
    }

    fn open_given_root(
        &self,
        owner: &Owner<'_>,
        opener: &OpenerKey,
    ) -> Result<Option<Zeroizing<[u8; 32]>>, StoreError> {
        let purpose = given(owner.identity, owner.staff, "root key");
        self.given_root
            .as_ref()
            .map(|root| {
                opener
                    .open(root, &purpose, None)
                    .ok_or(StoreError::KeysLost)
            })
            .transpose()
    }
}

fn follow(
    owner: &Owner<'_>,
    opener: &OpenerKey,
    before: &DataKey,
    boxed: &Boxed,
) -> Result<DataKey, StoreError> {
    let purpose = given(owner.identity, owner.staff, "data key");
    opener
        .open(boxed, &purpose, Some(&Shared::new(before)))
        .map(|key| DataKey::new(*key))
        .ok_or(StoreError::KeysTampered)
}

/// What a secret given to somebody is for: this person on this device, whatever their passphrase
/// rests on.
fn given(identity: &Identity, staff: StaffId, what: &str) -> String {
    let Identity {
        service, device, ..
    } = identity;
    format!("felloe gift v1 {service} {device} {staff} {what}")
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
