//! What an unlocked person may change about keys.

use jiff::Timestamp;
use record::id::StaffId;
use record::keys::SigningKey;

use crate::attempts::Attempts;
use crate::data_key::random;
use crate::door::door;
use crate::holders::Holder;
use crate::key_file::KeyFile;
use crate::recovery::renew_sheet;
use crate::staff::{Contents, NewStaff, Owner, StaffKeys, StaffPublic, Wrap};
use crate::unlock::judge;
use crate::{
    DeviceSecrets, KeyringUse, KeysError, Opened, RecoverySheet, StaffTile, StoreError, Stretch,
    UnlockError, check_passphrase,
};

impl Opened {
    /// Whether `passphrase` is this person's: asked again before something grave.
    /// Wrong tries count as at the door.
    pub fn confirm_passphrase(
        &self,
        secrets: &dyn DeviceSecrets,
        passphrase: &str,
        now: Timestamp,
    ) -> Result<(), UnlockError> {
        self.judged(secrets, passphrase, now).map(|_| ())
    }

    /// Everybody on this laptop, as the door shows them.
    pub fn colleagues(&self, now: Timestamp) -> Result<Vec<StaffTile>, StoreError> {
        Ok(door(&self.key_file()?, now).staff)
    }

    /// The service's root key, if this person holds it on this device.
    pub fn root(
        &self,
        secrets: &dyn DeviceSecrets,
        passphrase: &str,
        now: Timestamp,
    ) -> Result<Option<SigningKey>, UnlockError> {
        let (_, contents) = self.judged(secrets, passphrase, now)?;
        self.genuine(contents.root).map_err(UnlockError::Store)
    }

    /// A root key that somebody gave must be the one this installation trusts.
    fn genuine(&self, root: Option<SigningKey>) -> Result<Option<SigningKey>, StoreError> {
        match root {
            Some(root) if root.verifying_key() != self.root_public => Err(StoreError::KeysTampered),
            root => Ok(root),
        }
    }

    /// Adds a person. Their public key has to be certified before what they sign
    /// counts.
    pub fn add_staff(
        &self,
        secrets: &dyn DeviceSecrets,
        new: &NewStaff<'_>,
        entropy: &mut dyn FnMut(&mut [u8]),
        now: Timestamp,
    ) -> Result<StaffPublic, KeysError> {
        if new.name.trim().is_empty() {
            return Err(KeysError::NameMissing);
        }
        let mut keys = self.key_file()?;
        let staff = StaffId::from_random(random(entropy));
        let (wrap, public) = self.new_wrap(
            &keys,
            secrets,
            staff,
            new.name,
            new.passphrase,
            new.stretch,
            entropy,
        )?;
        self.store.allow_staff(staff, &wrap.public)?;
        keys.staff.push(StaffKeys {
            id: staff,
            name: new.name.trim().to_owned(),
            role: new.role,
            since: now,
            wrap: Some(wrap),
            attempts: Attempts::default(),
            ends: None,
        });
        keys.write(&self.place)?;
        Ok(public)
    }

    /// Sets a new passphrase for somebody who lost theirs. Nobody can open their
    /// old signing key, so they get a new one, which has to be certified.
    pub fn renew_staff(
        &self,
        secrets: &dyn DeviceSecrets,
        staff: StaffId,
        passphrase: &str,
        stretch: Stretch,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<StaffPublic, KeysError> {
        let mut keys = self.key_file()?;
        let name = keys
            .person(staff)
            .ok_or(UnlockError::UnknownStaff)?
            .name
            .clone();
        let (wrap, public) =
            self.new_wrap(&keys, secrets, staff, &name, passphrase, stretch, entropy)?;
        let opener = wrap.public.clone();
        self.store.allow_staff(staff, &opener)?;
        let person = keys.person_mut(staff).ok_or(UnlockError::UnknownStaff)?;
        person.wrap = Some(wrap);
        person.attempts = Attempts::default();
        keys.write(&self.place)?;
        self.store
            .settle_holder(Holder::Staff(staff), opener.as_bytes())?;
        Ok(public)
    }

    /// Changes this person's own passphrase; their signing key stays.
    pub fn change_passphrase(
        &self,
        secrets: &dyn DeviceSecrets,
        old: &str,
        new: &str,
        stretch: Stretch,
        entropy: &mut dyn FnMut(&mut [u8]),
        now: Timestamp,
    ) -> Result<(), KeysError> {
        self.check(new, &self.name)?;
        let (mut keys, contents) = self.judged(secrets, old, now)?;
        let secret = keys.secret(secrets)?;
        let owner = Owner {
            identity: &keys.identity,
            staff: self.staff,
            secret: secret.as_ref(),
        };
        let wrap = Wrap::new(&owner, new, stretch, &contents, entropy)?;
        keys.person_mut(self.staff)
            .ok_or(UnlockError::UnknownStaff)?
            .wrap = Some(wrap);
        Ok(keys.write(&self.place)?)
    }

    /// Makes a new recovery sheet; the old one stops working. Only for somebody
    /// who holds the root key where this device keeps one.
    pub fn new_sheet(
        &self,
        secrets: &dyn DeviceSecrets,
        passphrase: &str,
        entropy: &mut dyn FnMut(&mut [u8]),
        now: Timestamp,
    ) -> Result<RecoverySheet, KeysError> {
        let (mut keys, contents) = self.judged(secrets, passphrase, now)?;
        if keys.recovery.root.is_some() && contents.root.is_none() {
            return Err(KeysError::RootNeeded);
        }
        let root = self.genuine(contents.root)?;
        let contents = Contents { root, ..contents };
        let epochs = self.store.epoch_keys()?;
        let sheet = renew_sheet(&mut keys, &contents, &epochs, entropy, now)?;
        let public = keys.recovery.public.clone();
        self.store.allow_sheet(&public)?;
        keys.write(&self.place)?;
        self.store.settle_holder(Holder::Sheet, public.as_bytes())?;
        Ok(sheet)
    }

    /// Gives a colleague the service's root key, so that they can certify administrators and make
    /// a new recovery sheet. For administrators only; `false` when this person does not hold it.
    pub fn give_root(
        &self,
        secrets: &dyn DeviceSecrets,
        passphrase: &str,
        colleague: StaffId,
        entropy: &mut dyn FnMut(&mut [u8]),
        now: Timestamp,
    ) -> Result<bool, KeysError> {
        let (mut keys, contents) = self.judged(secrets, passphrase, now)?;
        let Some(root) = self.genuine(contents.root)? else {
            return Ok(false);
        };
        let identity = keys.identity.clone();
        let wrap = keys
            .person_mut(colleague)
            .ok_or(UnlockError::UnknownStaff)?
            .wrap
            .as_mut()
            .ok_or(UnlockError::NeedsNewPassphrase)?;
        self.store
            .expect_holder(Holder::Staff(colleague), wrap.public.as_bytes())?;
        wrap.give_root(&identity, colleague, &root, entropy)?;
        keys.write(&self.place)?;
        Ok(true)
    }

    /// Notes that two groups were typed back from the printed sheet.
    pub fn confirm_sheet(&self) -> Result<(), StoreError> {
        let mut keys = self.key_file()?;
        keys.recovery.confirmed = true;
        keys.write(&self.place)
    }

    /// Whether anybody has shown that the current sheet was printed.
    pub fn sheet_confirmed(&self) -> Result<bool, StoreError> {
        Ok(self.key_file()?.recovery.confirmed)
    }

    pub(crate) fn key_file(&self) -> Result<KeyFile, StoreError> {
        KeyFile::read(&self.place.keys())?.ok_or(StoreError::KeysLost)
    }

    pub(crate) fn judged(
        &self,
        secrets: &dyn DeviceSecrets,
        passphrase: &str,
        now: Timestamp,
    ) -> Result<(KeyFile, Contents), UnlockError> {
        let mut keys = self.key_file()?;
        let contents = judge(&mut keys, &self.place, secrets, self.staff, passphrase, now)?;
        Ok((keys, contents))
    }

    fn check(&self, passphrase: &str, name: &str) -> Result<(), KeysError> {
        let known = [
            self.identity.service_name.as_str(),
            &self.identity.site_name,
            name,
        ];
        Ok(check_passphrase(
            passphrase,
            self.keyring == KeyringUse::Held,
            &known,
        )?)
    }

    #[allow(clippy::too_many_arguments)] // one private step of two public calls
    fn new_wrap(
        &self,
        keys: &KeyFile,
        secrets: &dyn DeviceSecrets,
        staff: StaffId,
        name: &str,
        passphrase: &str,
        stretch: Stretch,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(Wrap, StaffPublic), KeysError> {
        self.check(passphrase, name)?;
        let contents = Contents::fresh(self.data_key.clone(), None, entropy);
        let public = StaffPublic {
            staff,
            verifying: contents.signing.verifying_key(),
        };
        let secret = keys.secret(secrets)?;
        let owner = Owner {
            identity: &keys.identity,
            staff,
            secret: secret.as_ref(),
        };
        Ok((
            Wrap::new(&owner, passphrase, stretch, &contents, entropy)?,
            public,
        ))
    }
}
