//! Copies of the whole record: backups made and restored, and the file under a new key.

use clinic::Refusal;
use store::{BackupError, RestoreWith, restore, unlock};

use super::{Done, Victim};
use crate::torment::newest;
use crate::{Fact, PASSPHRASE};

/// As the person reads it.
fn plain(error: BackupError) -> Refusal {
    match error {
        BackupError::Store(error) => Refusal::NotSaved(error),
        other => Refusal::Plain(other.to_string()),
    }
}

impl Victim<'_> {
    pub(super) fn back_up(&mut self) -> Done<()> {
        let moment = self.clock.now();
        let staff = self.prepared.staff.parse()?;
        let (place, keyring) = (self.laptop.place(), self.laptop.keyring());
        let to = self.laptop.backups();
        let mut chance = crate::laptop::chance(self.pick(u64::MAX));
        self.step(&Fact::Backup, |_| {
            let opened = unlock(&place, &keyring, staff, PASSPHRASE, moment.at())?;
            opened
                .backup_source()
                .make(
                    &to,
                    "0.0.0-test",
                    moment,
                    &mut |bytes| chance.fill(bytes),
                    &mut |_| {},
                )
                .map(drop)
                .map_err(plain)
        })
    }

    pub(super) fn re_key(&mut self) -> Done<()> {
        let now = self.clock.now().at();
        let staff = self.prepared.staff.parse()?;
        let (place, keyring) = (self.laptop.place(), self.laptop.keyring());
        let mut chance = crate::laptop::chance(self.pick(u64::MAX));
        self.step(&Fact::Step("re-key".into()), |_| {
            let mut opened = unlock(&place, &keyring, staff, PASSPHRASE, now)?;
            Ok(
                opened.renew_data_key(
                    &keyring,
                    PASSPHRASE,
                    &mut |bytes| chance.fill(bytes),
                    now,
                )?,
            )
        })
    }

    pub(super) fn restore(&mut self) -> Done<()> {
        let now = self.clock.now().at();
        let staff = self.prepared.staff.parse()?;
        let (place, keyring) = (self.laptop.place(), self.laptop.keyring());
        let newest = newest(&self.laptop)?;
        let mut chance = crate::laptop::chance(self.pick(u64::MAX));
        self.step(&Fact::Restored, |_| {
            let with = RestoreWith::Passphrase {
                staff,
                passphrase: PASSPHRASE,
            };
            restore(
                &newest,
                &place,
                &keyring,
                &with,
                true,
                &mut |bytes| chance.fill(bytes),
                now,
            )
            .map(drop)
            .map_err(plain)
        })
    }
}
