use jiff::Timestamp;
use record::id::StaffId;

use crate::attempts::Attempts;
use crate::key_file::KeyFile;
use crate::opened::Opened;
use crate::place::{Place, exists};
use crate::rekey::open_settled;
use crate::staff::{Contents, Owner};
use crate::{DeviceSecrets, FailedTry, StoreError, TriedWith, UnlockError};

/// Opens the database for one person. Takes the folder for this process, and as
/// long as the passphrase's stretching takes.
pub fn unlock(
    place: &Place,
    secrets: &dyn DeviceSecrets,
    staff: StaffId,
    passphrase: &str,
    now: Timestamp,
) -> Result<Opened, UnlockError> {
    if !exists(&place.database()) {
        return Err(StoreError::DatabaseMissing.into());
    }
    let hold = place.hold()?;
    let mut keys = KeyFile::read(&place.keys())?.ok_or(StoreError::KeysLost)?;
    let mut contents = judge(&mut keys, place, secrets, staff, passphrase, now)?;
    let next = contents.next.take();
    let (store, data_key) = open_settled(place, &mut keys, contents.data_key, next, hold)?;
    contents.data_key = data_key;
    // A laptop that joined and was cut short in the last step waits for nothing any more.
    place.clear_joining()?;
    Ok(Opened::new(place, store, &keys, staff, contents)?)
}

/// Judges one try at a passphrase. The try is on disk before it is judged, so
/// that killing the program gains no free guess.
pub(crate) fn judge(
    keys: &mut KeyFile,
    place: &Place,
    secrets: &dyn DeviceSecrets,
    staff: StaffId,
    passphrase: &str,
    now: Timestamp,
) -> Result<Contents, UnlockError> {
    let person = keys.person(staff).ok_or(UnlockError::UnknownStaff)?;
    let attempts = waited(keys, place, staff, person.attempts, now)?;
    let person = keys.person(staff).ok_or(UnlockError::UnknownStaff)?;
    let wrap = person.wrap.clone().ok_or(UnlockError::NeedsNewPassphrase)?;
    // Before the try is counted: a locked keyring is nobody's wrong passphrase.
    let secret = keys.secret(secrets)?;
    let counted = attempts.counted(now);
    keys.set_attempts(staff, counted);
    keys.tries.push(FailedTry {
        staff,
        at: now,
        with: TriedWith::Passphrase,
    });
    keys.write(place)?;
    let owner = Owner {
        identity: &keys.identity,
        staff,
        secret: secret.as_ref(),
    };
    let Some(contents) = wrap.open(&owner, passphrase)? else {
        return Err(UnlockError::WrongPassphrase {
            wait_seconds: counted.wait_seconds(now),
            failed: counted.failed,
        });
    };
    keys.set_attempts(staff, Attempts::default());
    keys.tries.pop();
    keys.write(place)?;
    Ok(contents)
}

/// The person's failed tries, once no wait is left.
fn waited(
    keys: &KeyFile,
    place: &Place,
    staff: StaffId,
    attempts: Attempts,
    now: Timestamp,
) -> Result<Attempts, UnlockError> {
    let anchored = attempts.anchored(now);
    let wait_seconds = anchored.wait_seconds(now);
    if wait_seconds == 0 {
        return Ok(anchored);
    }
    if anchored != attempts {
        let mut keys = keys.clone();
        keys.set_attempts(staff, anchored);
        keys.write(place)?;
    }
    Err(UnlockError::Wait { wait_seconds })
}
