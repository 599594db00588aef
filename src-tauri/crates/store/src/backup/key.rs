use zeroize::{ZeroizeOnDrop, Zeroizing};

use record::id::BackupId;

use crate::boxed::{SheetKey, SheetPublic};
use crate::data_key::{DataKey, random};
use crate::seal::Sealed;
use crate::{BackupError, Identity, KeysError};

/// The key of one backup's copy. Wiped from memory when dropped.
#[derive(Clone, ZeroizeOnDrop)]
pub(crate) struct CopyKey(DataKey);

impl CopyKey {
    pub(crate) fn new(entropy: &mut dyn FnMut(&mut [u8])) -> Self {
        Self(DataKey::new(random(entropy)))
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(DataKey::new(bytes))
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    pub(crate) fn data_key(&self) -> &DataKey {
        &self.0
    }

    /// Sealed under the installation's data key.
    pub(crate) fn seal(
        &self,
        data_key: &DataKey,
        identity: &Identity,
        backup: BackupId,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<[u8; 72], KeysError> {
        let purpose = purpose(identity, backup);
        Sealed::new(&wrap_key(data_key), &purpose, self.as_bytes(), entropy)?
            .to_bytes()
            .ok_or(KeysError::Crypto)
    }

    /// Opens what [`CopyKey::seal`] made.
    pub(crate) fn open(
        sealed: &[u8; 72],
        data_key: &DataKey,
        identity: &Identity,
        backup: BackupId,
    ) -> Option<Self> {
        let purpose = purpose(identity, backup);
        let opened = Sealed::from_bytes(sealed).open(&wrap_key(data_key), &purpose)?;
        Some(Self::from_bytes(*opened))
    }

    /// Sealed to the recovery sheet.
    pub(crate) fn seal_to_sheet(
        &self,
        sheet: &SheetPublic,
        identity: &Identity,
        backup: BackupId,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<[u8; 80], KeysError> {
        sheet
            .seal(&purpose(identity, backup), self.as_bytes(), entropy)?
            .to_bytes()
            .ok_or(KeysError::Crypto)
    }

    /// Opens what [`CopyKey::seal_to_sheet`] made.
    pub(crate) fn open_with_sheet(
        sealed: &[u8; 80],
        sheet: &SheetKey,
        identity: &Identity,
        backup: BackupId,
    ) -> Result<Self, BackupError> {
        let boxed = crate::boxed::Boxed::from_bytes(sealed);
        let opened = sheet
            .open(&boxed, &purpose(identity, backup))
            .ok_or(BackupError::SheetDoesNotOpen)?;
        Ok(Self::from_bytes(*opened))
    }
}

impl std::fmt::Debug for CopyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CopyKey(..)")
    }
}

/// The data key encrypts a file and nothing else, so what it seals gets a key made from it.
fn wrap_key(data_key: &DataKey) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(blake3::derive_key(
        "felloe 2026 backup key wrap v1",
        data_key.as_bytes(),
    ))
}

fn purpose(identity: &Identity, backup: BackupId) -> String {
    format!(
        "felloe backup v1 {} {} {backup}",
        identity.service, identity.device
    )
}
