//! Kinds of work, each from an unlocked door to a closed one.

use clinic::door;
use store::{KeysError, unlock};

use super::Victim;
use super::prepared::{confirm, first_person};
use crate::laptop::CHEAP;
use crate::{Fact, Fault, PASSPHRASE};

/// A kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Typing answers, taking referrals, locking and unlocking.
    Saving,
    /// The same while the clock is set back a year, forward ten, and to summer time and back.
    SavingOnAWildClock,
    /// Taking in files of referrals.
    Importing,
    /// Looking at a result and signing a decision.
    Signing,
    /// Changing one's passphrase.
    NewPassphrase,
    /// Typing, then making a backup, twice.
    BackingUp,
    /// Typing, making a backup, and restoring it in the place of the record.
    Restoring,
    /// Typing, then giving the file a new key, twice.
    ReKeying,
    /// Setting a service up on an empty laptop.
    SettingUp,
}

/// What a new passphrase is.
const OTHER_PASSPHRASE: &str = "lantern quarry moss violin";

impl Work {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Saving,
        Self::SavingOnAWildClock,
        Self::Importing,
        Self::Signing,
        Self::NewPassphrase,
        Self::BackingUp,
        Self::Restoring,
        Self::ReKeying,
        Self::SettingUp,
    ];

    /// Its name on the command line and in the counts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Saving => "saving",
            Self::SavingOnAWildClock => "saving on a wild clock",
            Self::Importing => "importing",
            Self::Signing => "signing",
            Self::NewPassphrase => "new passphrase",
            Self::BackingUp => "backing up",
            Self::Restoring => "restoring",
            Self::ReKeying => "re-keying",
            Self::SettingUp => "setting up",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|work| work.name() == name)
    }

    /// Whether it begins on a laptop that nothing has been done on.
    pub fn begins_empty(self) -> bool {
        self == Self::SettingUp
    }

    pub(super) fn done_by(self, victim: &mut Victim<'_>) -> Result<(), Fault> {
        match self {
            Self::Saving => victim.save(Victim::pause),
            Self::SavingOnAWildClock => victim.save(Victim::jump),
            Self::Importing => victim.take_in_files(),
            Self::Signing => victim.look_and_sign(),
            Self::NewPassphrase => victim.change_passphrase(),
            Self::BackingUp => victim.back_up_twice(),
            Self::Restoring => victim.back_up_and_restore(),
            Self::ReKeying => victim.re_key_twice(),
            Self::SettingUp => victim.set_up(),
        }
    }
}

impl Victim<'_> {
    fn save(&mut self, between: fn(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.unlock()?;
        for _ in 0..9 {
            match self.pick(12) {
                0..=5 => self.answer()?,
                6..=7 => self.refer()?,
                8..=9 => self.leave_section()?,
                10 => self.number()?,
                _ => {
                    self.lock()?;
                    self.unlock()?;
                    None
                }
            };
            between(self)?;
        }
        self.lock().map(drop)
    }

    fn take_in_files(&mut self) -> Result<(), Fault> {
        self.unlock()?;
        for _ in 0..2 {
            let rows = 2 + self.pick(5);
            self.import(rows)?;
            self.pause()?;
        }
        self.lock().map(drop)
    }

    fn look_and_sign(&mut self) -> Result<(), Fault> {
        self.unlock()?;
        self.answer()?;
        self.sign()?;
        self.lock().map(drop)
    }

    fn set_up(&mut self) -> Result<(), Fault> {
        let sheet = self.step(&Fact::SetUp, |desk| door::set_up(desk, first_person()))?;
        if let Some(sheet) = sheet {
            let typed = Fact::Step("confirm the sheet".into());
            self.step(&typed, |desk| confirm(desk, &sheet))?;
        }
        self.lock().map(drop)
    }

    fn back_up_twice(&mut self) -> Result<(), Fault> {
        for _ in 0..2 {
            self.unlock()?;
            self.answer()?;
            self.refer()?;
            self.lock()?;
            self.back_up()?;
            self.pause()?;
        }
        Ok(())
    }

    fn back_up_and_restore(&mut self) -> Result<(), Fault> {
        self.unlock()?;
        self.answer()?;
        self.lock()?;
        if self.back_up()?.is_some() {
            self.restore()?;
            self.unlock()?;
            self.answer()?;
            self.lock()?;
        }
        Ok(())
    }

    fn re_key_twice(&mut self) -> Result<(), Fault> {
        for _ in 0..2 {
            self.unlock()?;
            self.answer()?;
            self.refer()?;
            self.lock()?;
            self.re_key()?;
        }
        Ok(())
    }

    fn change_passphrase(&mut self) -> Result<(), Fault> {
        let now = self.clock.now().at();
        let staff = self.prepared.staff.parse()?;
        let place = self.laptop.place();
        let keyring = self.laptop.keyring();
        let mut chance = crate::laptop::chance(self.pick(u64::MAX));
        self.step(&Fact::Passphrase(OTHER_PASSPHRASE.into()), |_| {
            let opened = unlock(&place, &keyring, staff, PASSPHRASE, now)?;
            opened.change_passphrase(
                &keyring,
                PASSPHRASE,
                OTHER_PASSPHRASE,
                CHEAP,
                &mut |bytes| chance.fill(bytes),
                now,
            )?;
            Ok::<(), KeysError>(()).map_err(Into::into)
        })?;
        Ok(())
    }
}
