use jiff::Timestamp;
use record::id::StaffId;
use serde::{Deserialize, Serialize};

use crate::key_file::KeyFile;
use crate::place::Place;
use crate::{Opened, StoreError};

/// A try that did not open the record. It stands in the key file, since the
/// audit trail is shut at that moment, until somebody unlocks and it is written
/// there: a restart loses none.
///
/// The growing waits bound how many there can be: about thirty a day for each
/// account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedTry {
    /// Whose account it was.
    pub staff: StaffId,
    /// When, by this laptop's clock.
    pub at: Timestamp,
    /// What was tried.
    pub with: TriedWith,
}

/// What a person tried to open the record with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TriedWith {
    /// A passphrase.
    Passphrase,
    /// A recovery sheet.
    Sheet,
}

impl Opened {
    /// The failed tries that are not yet in the audit trail, oldest first.
    pub fn failed_tries(&self) -> Result<Vec<FailedTry>, StoreError> {
        Ok(self.key_file()?.tries)
    }

    /// The oldest `count` of them are in the audit trail now.
    pub fn tries_written(&self, count: usize) -> Result<(), StoreError> {
        let mut keys = self.key_file()?;
        keys.tries.drain(..count.min(keys.tries.len()));
        keys.write(&self.place)
    }
}

/// Notes a recovery sheet that did not open the record. A laptop whose key file is
/// gone has nowhere to note it.
pub(crate) fn note_sheet(place: &Place, staff: StaffId, at: Timestamp) -> Result<(), StoreError> {
    let Some(mut keys) = KeyFile::read(&place.keys())? else {
        return Ok(());
    };
    keys.tries.push(FailedTry {
        staff,
        at,
        with: TriedWith::Sheet,
    });
    keys.write(place)
}
