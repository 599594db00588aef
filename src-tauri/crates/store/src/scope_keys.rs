//! Scope keys given from device to device: sealed to the sealing key of a device's certificate.

use record::body::{BoxedKey, EPOCH_KEY_INFO, EpochKey, epoch_key_purpose};
use record::id::{DeviceId, ServiceId};
use record::keys::ContentKey;
use record::scope::{Scope, Subject};

use crate::boxed::{Boxed, pair};
use crate::seal::Bytes;
use crate::wire_text::{read_scope, subject_text};
use crate::{KeyHolder, KeysError, Opened, Store, StoreError, StoredKey};

/// Seals one epoch of a scope's key to a device, by the sealing key of its certificate.
pub fn seal_epoch_key(
    service: ServiceId,
    key: &StoredKey,
    device: DeviceId,
    sealing_key: &[u8; 32],
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<BoxedKey, KeysError> {
    let KeyHolder::Scope(scope) = key.holder else {
        return Err(KeysError::Crypto);
    };
    let purpose = epoch_key_purpose(service, scope, key.generation, device);
    let sealed = Boxed::seal(
        &Bytes(sealing_key.to_vec()),
        EPOCH_KEY_INFO.as_bytes(),
        &purpose,
        None,
        key.key.expose(),
        entropy,
    )?;
    sealed
        .to_bytes()
        .map(BoxedKey::from_bytes)
        .ok_or(KeysError::Crypto)
}

/// Opens what was sealed to this device; `None` when it was sealed to another, for another scope,
/// epoch or service, or is another key than the one that everybody was told of.
pub(crate) fn open_boxed(
    sealing: &[u8; 32],
    service: ServiceId,
    device: DeviceId,
    of: &EpochKey,
    boxed: &BoxedKey,
) -> Option<StoredKey> {
    let purpose = epoch_key_purpose(service, of.scope, of.epoch, device);
    let opened = Boxed::from_bytes(boxed.as_bytes()).open(
        &pair(sealing).0,
        EPOCH_KEY_INFO.as_bytes(),
        &purpose,
        None,
    )?;
    let key = ContentKey::from_bytes(*opened);
    (key.id() == of.key && of.epoch > 0).then_some(StoredKey {
        holder: KeyHolder::Scope(of.scope),
        generation: of.epoch,
        key,
    })
}

impl Opened {
    /// The key in an entry that gives one epoch of a scope's key, where it was sealed to this
    /// device as well.
    pub fn open_epoch_key(&self, entry: &EpochKey) -> Option<StoredKey> {
        let (service, device) = (self.identity.service, self.identity.device);
        let mut own = entry.sealed.iter().filter(|sealed| sealed.device == device);
        own.find_map(|sealed| {
            open_boxed(&self.device_sealing, service, device, entry, &sealed.boxed)
        })
    }
}

impl Store {
    /// The scopes in which something on a subject stands here.
    pub fn scopes_on(&self, subject: Subject) -> Result<Vec<Scope>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT scope FROM envelope WHERE subject = ?1 ORDER BY scope",
        )?;
        let rows = statement.query_map([subject_text(&subject)], |row| row.get::<_, String>(0))?;
        rows.map(|scope| read_scope(&scope?)).collect()
    }

    /// Every epoch of every scope's key on this device, by scope and epoch.
    pub fn scope_keys(&self) -> Result<Vec<StoredKey>, StoreError> {
        self.epoch_keys()
    }
}
