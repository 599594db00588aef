//! A laptop for tests: a folder, a keyring in memory, a clock and randomness.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use record::cbor::Value;
use record::entry::{EnteredBy, Entry, Kind, Slot};
use record::envelope::{Envelope, seal};
use record::id::{DeviceId, PatientId, StaffId};
use record::keys::{ContentKey, VerifyingKey};
use record::moment::Moment;
use record::role::Role;
use record::scope::{Scope, Subject};

use crate::*;

pub(super) const PASSPHRASE: &str = "kettle orbit fern gravel";
pub(super) const OTHER_PASSPHRASE: &str = "lantern quarry moss violin";
/// Fast enough to guess at in a test; never used outside.
pub(super) const CHEAP: Stretch = Stretch {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};

/// A keyring in memory that can be made to fail.
#[derive(Default)]
pub(super) struct Secrets {
    kept: RefCell<BTreeMap<DeviceId, DeviceSecret>>,
    pub(super) failing: RefCell<Option<SecretsError>>,
}

impl Secrets {
    fn check(&self) -> Result<(), SecretsError> {
        self.failing.borrow().clone().map_or(Ok(()), Err)
    }

    pub(super) fn forget_all(&self) {
        self.kept.borrow_mut().clear();
    }

    pub(super) fn count(&self) -> usize {
        self.kept.borrow().len()
    }
}

impl DeviceSecrets for Secrets {
    fn usable(&self) -> Result<(), SecretsError> {
        Ok(())
    }

    fn get(&self, device: DeviceId) -> Result<DeviceSecret, SecretsError> {
        self.check()?;
        self.kept
            .borrow()
            .get(&device)
            .cloned()
            .ok_or(SecretsError::NoEntry)
    }

    fn put(&self, device: DeviceId, secret: &DeviceSecret) -> Result<(), SecretsError> {
        self.check()?;
        self.kept.borrow_mut().insert(device, secret.clone());
        Ok(())
    }

    fn remove(&self, device: DeviceId) -> Result<(), SecretsError> {
        self.check()?;
        self.kept.borrow_mut().remove(&device);
        Ok(())
    }
}

/// The same "random" bytes in every run, and never the same twice in one.
pub(super) struct Chance(blake3::OutputReader);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(
            blake3::Hasher::new()
                .update(&seed.to_le_bytes())
                .finalize_xof(),
        )
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }
}

pub(super) struct Laptop {
    pub(super) dir: tempfile::TempDir,
    pub(super) secrets: Secrets,
    pub(super) chance: RefCell<Chance>,
    now: Cell<Timestamp>,
}

impl Laptop {
    pub(super) fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            secrets: Secrets::default(),
            chance: RefCell::new(Chance::new(1)),
            now: Cell::new("2026-11-24T10:20:00Z".parse().unwrap()),
        }
    }

    /// Another computer with a copy of this one's disk and keyring.
    pub(super) fn copied(&self, seed: u64) -> Self {
        let copy = Self::new();
        *copy.chance.borrow_mut() = Chance::new(seed);
        *copy.secrets.kept.borrow_mut() = self.secrets.kept.borrow().clone();
        std::fs::create_dir_all(copy.place().dir()).unwrap();
        for file in std::fs::read_dir(self.place().dir()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), copy.place().dir().join(file.file_name())).unwrap();
        }
        copy
    }

    pub(super) fn place(&self) -> Place {
        Place::new(self.dir.path().join("felloe"))
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now.get()
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.now
            .set(self.now.get() + SignedDuration::from_secs(seconds));
    }

    pub(super) fn random(&self) -> impl FnMut(&mut [u8]) {
        |bytes| self.chance.borrow_mut().0.fill(bytes)
    }

    pub(super) fn look(&self) -> Presence {
        look(&self.place(), &self.secrets, self.now())
    }

    pub(super) fn set_up(&self) -> (Opened, RecoverySheet) {
        self.set_up_as(true).unwrap()
    }

    pub(super) fn set_up_as(&self, keyring: bool) -> Result<(Opened, RecoverySheet), KeysError> {
        set_up(
            &self.place(),
            &self.secrets,
            &asked(keyring),
            &mut self.random(),
            self.now(),
        )
    }

    /// A laptop that is set up and closed again, and its one person.
    pub(super) fn ready() -> (Self, StaffId, RecoverySheet) {
        let laptop = Self::new();
        let (opened, sheet) = laptop.set_up();
        (laptop, opened.staff, sheet)
    }

    pub(super) fn unlock(&self, staff: StaffId, passphrase: &str) -> Result<Opened, UnlockError> {
        unlock(&self.place(), &self.secrets, staff, passphrase, self.now())
    }

    pub(super) fn recover(
        &self,
        code: &str,
        staff: StaffId,
        keyring: bool,
    ) -> Result<(Opened, RecoverySheet), KeysError> {
        let asked = Recovery {
            code,
            staff,
            passphrase: OTHER_PASSPHRASE,
            stretch: CHEAP,
            keyring,
        };
        recover(
            &self.place(),
            &self.secrets,
            &asked,
            &mut self.random(),
            self.now(),
        )
    }

    /// An envelope at the next place, holding one text about `patient`.
    pub(super) fn envelope(
        &self,
        opened: &Opened,
        patient: PatientId,
        key: &ContentKey,
        text: &str,
    ) -> Envelope {
        let scope = Scope::Site(opened.identity.site);
        let entry = Entry {
            kind: Kind::new("answer").unwrap(),
            version: 1,
            slot: Some(Slot::new("name/family").unwrap()),
            parents: vec![],
            claimed: Moment::new(self.now(), 0).unwrap(),
            lamport: 1,
            author: opened.staff,
            entered_by: EnteredBy::Staff(opened.staff),
            body: Value::Text(text.to_owned()),
            signed: None,
            reason: None,
            happened: None,
        };
        seal(
            opened.store.position(scope).unwrap(),
            Subject::Patient(patient),
            key,
            self.chance.borrow_mut().bytes(),
            &[entry],
            &opened.device_signing,
        )
        .unwrap()
    }

    pub(super) fn patient(&self) -> PatientId {
        PatientId::from_random(self.chance.borrow_mut().bytes())
    }

    pub(super) fn key(&self) -> ContentKey {
        ContentKey::from_bytes(self.chance.borrow_mut().bytes())
    }
}

pub(super) fn asked(keyring: bool) -> SetUp<'static> {
    SetUp {
        service_name: "Tyne Pain Service",
        site_name: "Hexham",
        site_kind: SiteKind::Hub,
        demo: true,
        first: NewStaff {
            name: "Amara Osei",
            role: Role::Nurse,
            passphrase: PASSPHRASE,
            stretch: CHEAP,
        },
        keyring,
    }
}

/// The key of the laptop's own device, as the certificates would give it.
pub(super) fn own_key(opened: &Opened) -> impl Fn(DeviceId) -> Option<VerifyingKey> {
    let (device, key) = (
        opened.identity.device,
        opened.device_signing.verifying_key(),
    );
    move |asked| (asked == device).then_some(key)
}
