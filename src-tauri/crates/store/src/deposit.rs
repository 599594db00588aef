//! What a laptop leaves elsewhere for its recovery sheet, so that the sheet alone opens the service on
//! a blank laptop when every other one is lost.
//!
//! It is one sealed piece: where it is kept, nobody reads a name or the id of a site in it. Inside, the
//! root key and the keys of the scopes are sealed to the sheet once more, exactly as they stand in the
//! key file: the person at work need not hold the root key to leave it.

use blake3::derive_key;
use jiff::Timestamp;
use record::id::{DeviceId, SiteId, StaffId};
use record::keys::{ContentKey, SigningKey, VerifyingKey};
use record::role::Role;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::boxed::{Boxed, SheetKey, SheetPublic};
use crate::data_key::random;
use crate::holders::Holder;
use crate::key_file::EpochBox;
use crate::recovery::{epoch_purpose, purpose};
use crate::seal::{Bytes, Sealed};
use crate::sheet::read_code;
use crate::wire_text::read_scope;
use crate::{Identity, KeyHolder, KeysError, Opened, StoreError, StoredKey};

const FORMAT: &str = "felloe-deposit";
const VERSION: u32 = 1;
const PURPOSE: &str = "felloe sheet v1 deposit";
const LOOKUP: &str = "felloe 2026 recovery sheet, where its deposit is found v1";
const DIGEST: &str = "felloe 2026 what was left for the recovery sheet v1";

/// What the desk knows and a deposit needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositOf {
    /// The hub site of the service.
    pub hub_site: SiteId,
    /// Every device that was certified, with the key it signs its headers with.
    pub devices: Vec<(DeviceId, VerifyingKey)>,
}

/// A deposit as it leaves the laptop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// What whoever has the sheet finds it by.
    pub lookup: [u8; 32],
    /// Sealed to the sheet.
    pub bytes: Vec<u8>,
}

/// What the sheet opened of a deposit. Keys in it are wiped from memory when it is dropped.
pub struct LeftBehind {
    /// The installation that left it.
    pub identity: Identity,
    /// The hub site of the service.
    pub hub_site: SiteId,
    /// When it was left, by that laptop's clock.
    pub left: Timestamp,
    /// The service's root key.
    pub root: SigningKey,
    /// Every epoch key that laptop held.
    pub keys: Vec<StoredKey>,
    /// Who could unlock that laptop.
    pub staff: Vec<LeftStaff>,
    /// The devices of the service and the keys they sign their headers with.
    pub devices: Vec<(DeviceId, VerifyingKey)>,
    /// What it was found by.
    pub lookup: [u8; 32],
}

/// Somebody who could unlock the laptop that is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftStaff {
    /// The person.
    pub id: StaffId,
    /// Their name.
    pub name: String,
    /// What they were certified as.
    pub role: Role,
}

#[derive(Serialize, Deserialize)]
struct Content {
    format: String,
    version: u32,
    identity: Identity,
    hub_site: SiteId,
    left: Timestamp,
    root: Boxed,
    epochs: Vec<EpochBox>,
    staff: Vec<LeftStaff>,
    devices: Vec<Device>,
}

#[derive(Serialize, Deserialize)]
struct Device {
    id: DeviceId,
    key: Bytes,
}

impl Opened {
    /// What tells one deposit from another whatever the time and the randomness; none where the
    /// sheet of this laptop does not hold the service's root key.
    pub fn deposit_digest(&self, of: &DepositOf) -> Result<Option<String>, KeysError> {
        let Some((public, content)) = self.to_leave(of, Timestamp::UNIX_EPOCH)? else {
            return Ok(None);
        };
        let mut bytes = Zeroizing::new(content.to_bytes()?);
        bytes.extend_from_slice(public.as_bytes());
        Ok(Some(
            data_encoding::HEXLOWER.encode(&derive_key(DIGEST, &bytes)),
        ))
    }

    /// Seals to the recovery sheet what a blank laptop needs; none where the sheet of this laptop
    /// does not hold the service's root key.
    pub fn deposit(
        &self,
        of: &DepositOf,
        entropy: &mut dyn FnMut(&mut [u8]),
        now: Timestamp,
    ) -> Result<Option<Deposit>, KeysError> {
        let Some((public, content)) = self.to_leave(of, now)? else {
            return Ok(None);
        };
        let key = Zeroizing::new(random::<32>(entropy));
        let boxed = public.seal(PURPOSE, &key, entropy)?;
        let bytes = Zeroizing::new(content.to_bytes()?);
        let sealed = Sealed::new(&key, PURPOSE, &bytes, entropy)?;
        let head = boxed.to_bytes().ok_or(KeysError::Crypto)?;
        Ok(Some(Deposit {
            lookup: lookup_of(&public),
            bytes: [&head[..], &sealed.to_vec()].concat(),
        }))
    }

    fn to_leave(
        &self,
        of: &DepositOf,
        now: Timestamp,
    ) -> Result<Option<(SheetPublic, Content)>, KeysError> {
        let keys = self.key_file()?;
        let boxes = keys.recovery;
        // The key file stands outside the encrypted file: somebody may have put a key of theirs there.
        self.store
            .expect_holder(Holder::Sheet, boxes.public.as_bytes())?;
        let Some(root) = boxes.root else {
            return Ok(None);
        };
        let person = |one: &crate::staff::StaffKeys| LeftStaff {
            id: one.id,
            name: one.name.clone(),
            role: one.role,
        };
        let device = |(id, key): &(DeviceId, VerifyingKey)| Device {
            id: *id,
            key: Bytes(key.to_bytes().to_vec()),
        };
        let content = Content {
            format: FORMAT.to_owned(),
            version: VERSION,
            identity: keys.identity,
            hub_site: of.hub_site,
            left: now,
            root,
            epochs: boxes.epochs,
            staff: keys.staff.iter().map(person).collect(),
            devices: of.devices.iter().map(device).collect(),
        };
        Ok(Some((boxes.public, content)))
    }
}

impl Content {
    fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(self).map_err(|_| StoreError::Malformed("deposit"))
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, KeysError> {
        let head: Head = serde_json::from_slice(bytes).map_err(|_| KeysError::DepositUnreadable)?;
        match (head.format.as_str(), head.version) {
            (FORMAT, VERSION) => {
                serde_json::from_slice(bytes).map_err(|_| KeysError::DepositUnreadable)
            }
            (FORMAT, found) if found > VERSION => Err(StoreError::Newer {
                found: found.into(),
                known: VERSION.into(),
            }
            .into()),
            _ => Err(KeysError::DepositUnreadable),
        }
    }
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

/// What a deposit is found by, from the public half of the sheet: whoever knows the number learns
/// nothing to seal anything with.
fn lookup_of(public: &SheetPublic) -> [u8; 32] {
    derive_key(LOOKUP, public.as_bytes())
}

/// What the deposit for a sheet is found by, from its code as typed.
pub fn sheet_lookup(code: &str) -> Result<[u8; 32], KeysError> {
    let (_, public) = SheetKey::from_seed(&read_code(code)?)?;
    Ok(lookup_of(&public))
}

/// Opens a deposit with the sheet it was left for.
pub fn open_deposit(code: &str, bytes: &[u8]) -> Result<LeftBehind, KeysError> {
    let (key, public) = SheetKey::from_seed(&read_code(code)?)?;
    let (head, rest) = bytes
        .split_first_chunk::<80>()
        .ok_or(KeysError::DepositUnreadable)?;
    let opened = key
        .open(&Boxed::from_bytes(head), PURPOSE)
        .ok_or(KeysError::DepositUnreadable)?;
    let content = Sealed::from_slice(rest)
        .and_then(|sealed| sealed.open_all(&opened, PURPOSE))
        .ok_or(KeysError::DepositUnreadable)?;
    let content = Content::from_bytes(&content)?;
    let identity = content.identity;
    let root = key
        .open(&content.root, &purpose(&identity, "root key"))
        .ok_or(KeysError::DepositUnreadable)?;
    let keys = content
        .epochs
        .iter()
        .map(|epoch| epoch_key(&key, &identity, epoch).ok_or(KeysError::DepositUnreadable));
    let keys = keys.collect::<Result<_, _>>()?;
    let devices = content.devices.iter().map(|device| {
        let bytes: Option<[u8; 32]> = device.key.0.as_slice().try_into().ok();
        let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        Some((device.id, key?))
    });
    let devices = devices.collect::<Option<_>>();
    Ok(LeftBehind {
        identity,
        hub_site: content.hub_site,
        left: content.left,
        root: SigningKey::from_seed(&root),
        keys,
        staff: content.staff,
        devices: devices.ok_or(KeysError::DepositUnreadable)?,
        lookup: lookup_of(&public),
    })
}

fn epoch_key(key: &SheetKey, identity: &Identity, epoch: &EpochBox) -> Option<StoredKey> {
    let scope = read_scope(&epoch.scope).ok()?;
    let (_, purpose) = epoch_purpose(identity, &scope, epoch.epoch);
    let opened = ContentKey::from_bytes(*key.open(&epoch.key, &purpose)?);
    (epoch.id.is_empty() || opened.id().to_string() == epoch.id).then_some(StoredKey {
        holder: KeyHolder::Scope(scope),
        generation: epoch.epoch,
        key: opened,
    })
}
