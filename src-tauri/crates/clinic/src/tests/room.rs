//! A clinic of one laptop: a folder, a keyring in memory, a clock that can be turned.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use record::id::DeviceId;
use record::moment::Moment;
use record::role::Role;
use store::{DeviceSecret, DeviceSecrets, NewStaff, Place, SecretsError, SetUp, SiteKind, Stretch};

use crate::desk::{Desk, Program, Surroundings};
use crate::view::{Session, SetUpForm};
use crate::{door, role};

pub(super) const PASSPHRASE: &str = "kettle orbit fern gravel";

/// Fast enough to guess at in a test; never used outside.
const CHEAP: Stretch = Stretch {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};

/// A keyring in memory, shared by every desk of one laptop.
#[derive(Clone, Default)]
struct Keyring(Arc<Mutex<BTreeMap<DeviceId, DeviceSecret>>>);

impl DeviceSecrets for Keyring {
    fn usable(&self) -> Result<(), SecretsError> {
        Ok(())
    }

    fn get(&self, device: DeviceId) -> Result<DeviceSecret, SecretsError> {
        let kept = self.0.lock().unwrap();
        kept.get(&device).cloned().ok_or(SecretsError::NoEntry)
    }

    fn put(&self, device: DeviceId, secret: &DeviceSecret) -> Result<(), SecretsError> {
        self.0.lock().unwrap().insert(device, secret.clone());
        Ok(())
    }

    fn remove(&self, device: DeviceId) -> Result<(), SecretsError> {
        self.0.lock().unwrap().remove(&device);
        Ok(())
    }
}

/// A clock that stands until it is turned, and the same "random" bytes in every run.
#[derive(Clone)]
struct Around {
    now: Arc<Mutex<Moment>>,
    chance: Arc<Mutex<blake3::OutputReader>>,
}

impl Surroundings for Around {
    fn now(&self) -> Moment {
        *self.now.lock().unwrap()
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        self.chance.lock().unwrap().fill(bytes);
    }
}

/// A clinic with one person at its desk: Ama Osei, consultant.
pub(super) struct Room {
    folder: tempfile::TempDir,
    keyring: Keyring,
    around: Around,
    pub(super) desk: Desk,
    /// Who set it up.
    pub(super) osei: String,
}

impl Room {
    /// A live service at a spoke, set up as a person does it. Its sheet is confirmed.
    pub(super) fn live() -> Self {
        Self::live_as(Self::form("consultant"))
    }

    /// The same at the hub site.
    pub(super) fn live_hub() -> Self {
        Self::live_as(SetUpForm {
            hub: true,
            ..Self::form("consultant")
        })
    }

    /// The same with the keyring of this computer.
    pub(super) fn live_with_real_keyring() -> Self {
        Self::set_up(Self::with_real_keyring(1), Self::form("consultant"))
    }

    /// A laptop on which nothing has been set up, with the keyring of this computer.
    pub(super) fn with_real_keyring(seed: u64) -> Self {
        let mut room = Self::empty(seed);
        room.desk.secrets = Box::new(store::SystemKeyring);
        room
    }

    fn live_as(form: SetUpForm) -> Self {
        Self::set_up(Self::empty(1), form)
    }

    fn set_up(mut room: Self, form: SetUpForm) -> Self {
        let sheet = door::set_up(&mut room.desk, form).unwrap();
        let [first, second] = sheet
            .confirm
            .map(|group| sheet.code[group as usize - 1].clone());
        room.osei = door::confirm_sheet(&mut room.desk, first, second)
            .unwrap()
            .staff;
        room
    }

    /// A demo service at a spoke, where proposals are shown.
    pub(super) fn demo() -> Self {
        Self::demo_of(2)
    }

    /// The same with other randomness.
    pub(super) fn demo_of(seed: u64) -> Self {
        let mut room = Self::empty(seed);
        room.make(true);
        room.desk.certify_first(&[]).unwrap();
        room
    }

    /// A live service whose set-up was killed between the keys and the certificates.
    pub(super) fn cut_short() -> Self {
        let mut room = Self::empty(9);
        room.make(false);
        room.crash();
        room
    }

    /// Keys and record are made; the certificates are not.
    fn make(&mut self, demo: bool) {
        let first = NewStaff {
            name: "Ama Osei",
            role: Role::Consultant,
            passphrase: PASSPHRASE,
            stretch: CHEAP,
        };
        let asked = SetUp {
            service_name: "Fernbank Pain Service",
            site_name: "Fernbank Spoke",
            site_kind: SiteKind::Spoke,
            demo,
            first,
            keyring: true,
        };
        let now = self.desk.now().at();
        let Desk {
            place,
            secrets,
            around,
            ..
        } = &mut self.desk;
        let (opened, _) = store::set_up(
            place,
            secrets.as_ref(),
            &asked,
            &mut |bytes| around.fill(bytes),
            now,
        )
        .unwrap();
        opened.confirm_sheet().unwrap();
        self.osei = opened.staff.to_string();
        self.desk.sit(opened, None);
    }

    /// A laptop on which nothing has been set up.
    pub(super) fn empty(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Keyring::default();
        let at = "2026-11-24T10:20:00Z".parse().unwrap();
        let chance = blake3::Hasher::new()
            .update(&seed.to_le_bytes())
            .finalize_xof();
        let around = Around {
            now: Arc::new(Mutex::new(Moment::new(at, 0).unwrap())),
            chance: Arc::new(Mutex::new(chance)),
        };
        let desk = desk(folder.path(), &keyring, &around);
        Self {
            folder,
            keyring,
            around,
            desk,
            osei: String::new(),
        }
    }

    /// The first-run form as a careful person fills it.
    pub(super) fn form(role: &str) -> SetUpForm {
        SetUpForm {
            service: "Fernbank Pain Service".into(),
            site: "Fernbank Spoke".into(),
            hub: false,
            name: "Ama Osei".into(),
            role: role.into(),
            passphrase: PASSPHRASE.into(),
            passphrase_again: PASSPHRASE.into(),
            use_keyring: true,
            read_intended_use: true,
        }
    }

    /// A colleague is added and certified. The person at the desk stays there.
    pub(super) fn hire(&mut self, name: &str, role: Role) -> String {
        let new = NewStaff {
            name,
            role,
            passphrase: PASSPHRASE,
            stretch: CHEAP,
        };
        let now = self.desk.now().at();
        let Desk {
            sitting,
            secrets,
            around,
            ..
        } = &mut self.desk;
        let opened = &sitting.as_ref().unwrap().opened;
        let public = opened
            .add_staff(secrets.as_ref(), &new, &mut |bytes| around.fill(bytes), now)
            .unwrap();
        if role == Role::Administrator {
            self.desk
                .certify_administrator(&public, name, PASSPHRASE)
                .unwrap();
        } else {
            let sites = self.desk.sites().unwrap().into_keys().collect();
            self.desk.certify(&public, name, role, &sites).unwrap();
        }
        public.staff.to_string()
    }

    /// Hires somebody by role and lets them sit down.
    pub(super) fn seat_a(&mut self, role: Role) -> Session {
        let staff = self.hire(&format!("Robin {}", role::words(role)), role);
        self.seat(&staff)
    }

    /// Whoever is at the desk locks it, and somebody else unlocks it.
    pub(super) fn seat(&mut self, staff: &str) -> Session {
        door::lock(&mut self.desk).unwrap();
        self.unlock(staff)
    }

    /// Somebody unlocks.
    pub(super) fn unlock(&mut self, staff: &str) -> Session {
        door::unlock(&mut self.desk, staff.to_owned(), PASSPHRASE.to_owned()).unwrap()
    }

    /// The program is gone between two instructions, and is started again over the files as they
    /// lie there: closing the old desk would tidy them up. Nobody is at work.
    pub(super) fn crash(&mut self) {
        let left = tempfile::tempdir().unwrap();
        copy_all(self.folder.path(), left.path());
        self.desk = desk(left.path(), &self.keyring, &self.around);
        self.folder = left;
    }

    /// Another computer with a copy of this one's disk and keyring. Nobody is at work.
    pub(super) fn copied(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_all(self.folder.path(), folder.path());
        let around = Around {
            now: Arc::clone(&self.around.now),
            chance: Arc::new(Mutex::new(
                blake3::Hasher::new().update(b"copy").finalize_xof(),
            )),
        };
        let desk = desk(folder.path(), &self.keyring, &around);
        Self {
            folder,
            keyring: self.keyring.clone(),
            around,
            desk,
            osei: self.osei.clone(),
        }
    }

    /// The program is ended as usual and started again. Nobody is at work.
    pub(super) fn close(&mut self) {
        door::seal(&mut self.desk).unwrap();
        self.desk = desk(self.folder.path(), &self.keyring, &self.around);
    }

    /// Another, blank computer: its own folder, no keyring item, the same clock.
    pub(super) fn blank(&self) -> Desk {
        desk(
            &self.folder.path().join("blank"),
            &Keyring::default(),
            &self.around,
        )
    }

    /// A desk over a record that somebody left in a folder.
    pub(super) fn over(&self, record: &Path) -> Desk {
        Desk {
            place: Place::new(record),
            ..desk(record, &self.keyring, &self.around)
        }
    }

    /// The keyring loses what it held.
    pub(super) fn lose_keyring(&self) {
        self.keyring.0.lock().unwrap().clear();
    }

    /// Time passes.
    pub(super) fn turn(&self, by: SignedDuration) {
        let mut now = self.around.now.lock().unwrap();
        *now = Moment::new(now.at().checked_add(by).unwrap(), now.offset_seconds()).unwrap();
    }

    /// Somebody sets the clock, and with it the offset from UTC.
    pub(super) fn set_clock(&self, to: &str) {
        let at = to.parse().unwrap();
        let offset: i32 = to[20..22].parse::<i32>().unwrap() * 3600;
        *self.around.now.lock().unwrap() = Moment::new(at, offset).unwrap();
    }

    /// Days pass.
    pub(super) fn days(&self, days: i64) {
        self.turn(SignedDuration::from_hours(days * 24));
    }

    /// Where everything of this laptop is.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn desk(folder: &Path, keyring: &Keyring, around: &Around) -> Desk {
    Desk::new(
        Place::new(folder.join("felloe")),
        Box::new(keyring.clone()),
        Box::new(around.clone()),
        Program {
            version: "0.0.0-test".into(),
            demo: None,
            stretch: CHEAP,
        },
    )
}

fn copy_all(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let (source, kind) = entry
            .map(|it| (it.path(), it.file_type().unwrap()))
            .unwrap();
        let copy = to.join(source.file_name().unwrap());
        if kind.is_dir() {
            std::fs::create_dir(&copy).unwrap();
            copy_all(&source, &copy);
        } else {
            std::fs::copy(&source, &copy).unwrap();
        }
    }
}
