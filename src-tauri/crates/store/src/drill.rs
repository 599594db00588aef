//! The drill: whether the sheet in the safe opens what it should, without using it up.

use jiff::Timestamp;

use crate::boxed::SheetKey;
use crate::key_file::{KeyFile, SheetBoxes};
use crate::recovery::{epoch_purpose, purpose};
use crate::sheet::read_code;
use crate::{KeyHolder, KeysError, Opened, StoreError, StoredKey};

/// What is known of the recovery sheet without having it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetState {
    /// When it was made.
    pub made: Timestamp,
    /// Whether two of its groups were typed back from the paper.
    pub confirmed: bool,
    /// When it was last tried and opened everything.
    pub tried: Option<Timestamp>,
    /// Whether it opens the service's root key, and so the service on a blank laptop.
    pub root: bool,
}

/// What a sheet opened when it was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetTrial {
    /// Whether the service's root key is among it, as on the first device of a service.
    pub root: bool,
    /// How many keys of scopes.
    pub scopes: usize,
}

impl Opened {
    /// What is known of the recovery sheet.
    pub fn sheet_state(&self) -> Result<SheetState, StoreError> {
        let boxes = self.key_file()?.recovery;
        Ok(SheetState {
            made: boxes.made,
            confirmed: boxes.confirmed,
            tried: boxes.tried,
            root: boxes.root.is_some(),
        })
    }

    /// Opens with the typed code what the sheet has to open in an emergency, and holds each key
    /// against the one in use. Nothing is changed but the date of the last trial.
    pub fn try_sheet(&self, code: &str, now: Timestamp) -> Result<SheetTrial, KeysError> {
        let mut keys = self.key_file()?;
        let (key, public) = SheetKey::from_seed(&read_code(code)?)?;
        if public != keys.recovery.public {
            return Err(KeysError::SheetDoesNotOpen);
        }
        let trial = self.opened_by(&keys, &key)?;
        keys.recovery.tried = Some(now);
        keys.write(&self.place)?;
        Ok(trial)
    }

    fn opened_by(&self, keys: &KeyFile, key: &SheetKey) -> Result<SheetTrial, KeysError> {
        let SheetBoxes { data_key, root, .. } = &keys.recovery;
        let identity = &keys.identity;
        let data_key = key.open(data_key, &purpose(identity, "data key"));
        if data_key.is_none_or(|opened| *opened != *self.data_key.as_bytes()) {
            return Err(KeysError::SheetIncomplete);
        }
        if let Some(root) = root {
            let opened = key.open(root, &purpose(identity, "root key"));
            let fits = |seed: &[u8; 32]| {
                record::keys::SigningKey::from_seed(seed).verifying_key() == self.root_public
            };
            if opened.is_none_or(|seed| !fits(&seed)) {
                return Err(KeysError::SheetIncomplete);
            }
        }
        let epochs = self.store.epoch_keys()?;
        if !epochs.iter().all(|epoch| opens(keys, key, epoch)) {
            return Err(KeysError::SheetIncomplete);
        }
        Ok(SheetTrial {
            root: root.is_some(),
            scopes: epochs.len(),
        })
    }
}

fn opens(keys: &KeyFile, key: &SheetKey, epoch: &StoredKey) -> bool {
    let KeyHolder::Scope(scope) = epoch.holder else {
        return false;
    };
    let (scope, purpose) = epoch_purpose(&keys.identity, &scope, epoch.generation);
    keys.recovery
        .epochs
        .iter()
        .filter(|held| held.scope == scope && held.epoch == epoch.generation)
        .filter_map(|held| key.open(&held.key, &purpose))
        .any(|opened| *opened == *epoch.key.expose())
}
