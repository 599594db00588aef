//! What an unlocked person may change about keys.

use jiff::Timestamp;
use record::id::StaffId;
use record::keys::SigningKey;

use crate::attempts::Attempts;
use crate::data_key::random;
use crate::door::door;
use crate::key_file::KeyFile;
use crate::recovery::renew_sheet;
use crate::staff::{Contents, NewStaff, Owner, StaffKeys, StaffPublic, Wrap, new_signing_key};
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
        Ok(door(&self.keys()?, now).staff)
    }

    /// The service's root key, if this person holds it on this device.
    pub fn root(
        &self,
        secrets: &dyn DeviceSecrets,
        passphrase: &str,
        now: Timestamp,
    ) -> Result<Option<SigningKey>, UnlockError> {
        self.judged(secrets, passphrase, now)
            .map(|(_, contents)| contents.root)
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
        let mut keys = self.keys()?;
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
        keys.staff.push(StaffKeys {
            id: staff,
            name: new.name.trim().to_owned(),
            role: new.role,
            since: now,
            wrap: Some(wrap),
            attempts: Attempts::default(),
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
        let mut keys = self.keys()?;
        let name = keys
            .person(staff)
            .ok_or(UnlockError::UnknownStaff)?
            .name
            .clone();
        let (wrap, public) =
            self.new_wrap(&keys, secrets, staff, &name, passphrase, stretch, entropy)?;
        let person = keys.person_mut(staff).ok_or(UnlockError::UnknownStaff)?;
        person.wrap = Some(wrap);
        person.attempts = Attempts::default();
        keys.write(&self.place)?;
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

    /// Makes a new recovery sheet; the old one stops working. Only for the person
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
        let sheet = renew_sheet(
            &mut keys,
            &contents,
            &self.store.epoch_keys()?,
            entropy,
            now,
        )?;
        keys.write(&self.place)?;
        Ok(sheet)
    }

    /// Notes that two groups were typed back from the printed sheet.
    pub fn confirm_sheet(&self) -> Result<(), StoreError> {
        let mut keys = self.keys()?;
        keys.recovery.confirmed = true;
        keys.write(&self.place)
    }

    /// Whether anybody has shown that the current sheet was printed.
    pub fn sheet_confirmed(&self) -> Result<bool, StoreError> {
        Ok(self.keys()?.recovery.confirmed)
    }

    fn keys(&self) -> Result<KeyFile, StoreError> {
        KeyFile::read(&self.place.keys())?.ok_or(StoreError::KeysLost)
    }

    fn judged(
        &self,
        secrets: &dyn DeviceSecrets,
        passphrase: &str,
        now: Timestamp,
    ) -> Result<(KeyFile, Contents), UnlockError> {
        let mut keys = self.keys()?;
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
        let signing = new_signing_key(entropy);
        let public = StaffPublic {
            staff,
            verifying: signing.verifying_key(),
        };
        let contents = Contents {
            data_key: self.data_key.clone(),
            signing,
            root: None,
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
