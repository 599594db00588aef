//! From a backup back to a record that can be opened.

use std::fs::File;
use std::path::PathBuf;

use jiff::Timestamp;
use record::id::StaffId;
use record::manifest::Manifest;
use rusqlite::Connection;

use crate::backup::{CopyKey, Source, copy, inside};
use crate::boxed::SheetKey;
use crate::data_key::{DataKey, random};
use crate::key_file::KeyFile;
use crate::migrations::KNOWN;
use crate::place::{Place, exists};
use crate::recovery::{Recovery, open_boxes};
use crate::sheet::read_code;
use crate::staff::Owner;
use crate::store::next_incarnation;
use crate::{
    Backup, BackupError, DeviceSecrets, Opened, RecoverySheet, Store, StoreError, check_passphrase,
    recover, unlock,
};

/// What opens the backup.
pub enum RestoreWith<'a> {
    /// A person's passphrase of the day of the backup, and the keyring of this computer.
    Passphrase {
        /// Who.
        staff: StaffId,
        /// Their passphrase.
        passphrase: &'a str,
    },
    /// The recovery sheet of the day of the backup, on any computer. The person gets a new
    /// passphrase, and the service a new sheet.
    Sheet(Recovery<'a>),
}

/// A record that was restored, unlocked.
#[derive(Debug)]
pub struct Restored {
    /// The sitting of whoever restored it.
    pub opened: Opened,
    /// The new sheet, where the old one was used.
    pub sheet: Option<RecoverySheet>,
    /// What was in the backup.
    pub manifest: Manifest,
    /// Where the record that was here before stands now, if there was one.
    pub moved_aside: Option<PathBuf>,
}

/// Restores a backup into `place` and unlocks it, as a new incarnation of its device: what it
/// writes from now on cannot be taken for what the device wrote after the backup was made.
///
/// A record that is there is never overwritten: without `move_aside` the restore refuses, with it
/// the record's files are moved to a new folder beside it. That happens only when the copy is
/// complete, opened and checked. A restore that fails leaves the old record in its place. One that
/// is cut short may leave none there and the old one aside: [`crate::look`] says so, and
/// [`crate::put_back`], or another restore, moves it back.
pub fn restore(
    backup: &Backup,
    place: &Place,
    secrets: &dyn DeviceSecrets,
    with: &RestoreWith<'_>,
    move_aside: bool,
    entropy: &mut dyn FnMut(&mut [u8]),
    now: Timestamp,
) -> Result<Restored, BackupError> {
    place.make()?;
    let hold = place.hold()?;
    if !move_aside && record_there(place) {
        return Err(BackupError::RecordThere);
    }
    backup.check_files()?;
    let keys = backup.key_file()?;
    let (copy_key, data_key) = open_keys(backup, &keys, secrets, with)?;
    // A restore that was cut short has not begun.
    place.put_back()?;
    place.clear_new()?;
    build(backup, place, &copy_key, &data_key, entropy)?;
    let there = record_there(place);
    if there {
        place.move_aside(now, entropy)?;
    }
    let named = keys
        .write(place)
        .and_then(|()| place.rename(&place.unfinished(), &place.database()));
    if let Err(error) = named {
        // Best effort: what cannot be put back now is offered at the door.
        let _ = place.put_back();
        return Err(error.into());
    }
    let aside = there.then(|| place.name_aside(now, entropy)).transpose()?;
    // Unlocking takes the folder itself.
    drop(hold);
    let (opened, sheet) = open(place, secrets, with, entropy, now)?;
    Ok(Restored {
        opened,
        sheet,
        manifest: backup.manifest().clone(),
        moved_aside: aside,
    })
}

/// Anything that a restore would write over. A set-up that was interrupted is no record.
pub fn record_there(place: &Place) -> bool {
    let keys = exists(&place.keys()) || exists(&place.recovery());
    place.is_left_aside()
        || place.database_files().iter().any(|file| exists(file))
        || (keys && !exists(&place.unfinished()))
}

/// The key of the copy, and the data key that the restored record gets back: the wraps and the
/// sheet of the key file fit it.
fn open_keys(
    backup: &Backup,
    keys: &KeyFile,
    secrets: &dyn DeviceSecrets,
    with: &RestoreWith<'_>,
) -> Result<(CopyKey, DataKey), BackupError> {
    let claims = backup.manifest().claims();
    match with {
        RestoreWith::Passphrase { staff, passphrase } => {
            let person = keys
                .person(*staff)
                .ok_or(crate::UnlockError::UnknownStaff)?;
            let wrap = person.wrap.as_ref().ok_or(BackupError::OnlySheet)?;
            let secret = keys.secret(secrets)?;
            let owner = Owner {
                identity: &keys.identity,
                staff: *staff,
                secret: secret.as_ref(),
            };
            let contents = wrap
                .open(&owner, passphrase)?
                .ok_or(BackupError::WrongPassphrase)?;
            let data_key = contents.data_key;
            let copy_key =
                CopyKey::open(&claims.sealed_key, &data_key, &keys.identity, claims.backup)
                    .ok_or(BackupError::Swapped)?;
            Ok((copy_key, data_key))
        }
        RestoreWith::Sheet(asked) => {
            // Before anything is written, so that a weak passphrase costs nothing.
            let name = &keys
                .person(asked.staff)
                .ok_or(crate::UnlockError::UnknownStaff)?
                .name;
            let known = [
                keys.identity.service_name.as_str(),
                &keys.identity.site_name,
                name,
            ];
            check_passphrase(asked.passphrase, asked.keyring, &known)
                .map_err(crate::KeysError::from)?;
            let (sheet, _) = SheetKey::from_seed(&read_code(asked.code)?)?;
            let copy_key =
                CopyKey::open_with_sheet(&claims.sheet_key, &sheet, &keys.identity, claims.backup)?;
            let (data_key, _) = open_boxes(keys, asked.code)?;
            Ok((copy_key, data_key))
        }
    }
}

/// Builds the record under its temporary name: the copy under the data key, checked against the
/// manifest, in a new incarnation, on disk.
fn build(
    backup: &Backup,
    place: &Place,
    copy_key: &CopyKey,
    data_key: &DataKey,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<(), BackupError> {
    let claims = backup.manifest().claims();
    let tables = i64::from(claims.tables);
    if tables > KNOWN {
        return Err(StoreError::Newer {
            found: tables,
            known: KNOWN,
        }
        .into());
    }
    inside(&Store::open_copy(&backup.copy(), copy_key)?, claims)?;
    let new = place.unfinished();
    let source = Source {
        path: &backup.copy(),
        key: copy_key.data_key(),
        still: true,
        leave: None,
    };
    copy(&source, &new, data_key, |_, _| Ok(()))?;
    let restored = crate::database::connect(&new, data_key, rusqlite::OpenFlags::default())?;
    new_incarnation(&restored, claims.incarnation, entropy)?;
    restored
        .close()
        .map_err(|(_, error)| StoreError::from(error))?;
    File::options()
        .write(true)
        .open(&new)
        .and_then(|file| file.sync_all())
        .map_err(StoreError::from)?;
    Ok(())
}

/// A number no earlier life of the device has had: the same backup may be restored twice, so it is
/// chosen at random above the last, with room for thousands of restores.
fn new_incarnation(
    connection: &Connection,
    last: u32,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<(), StoreError> {
    let next = next_incarnation(last, u32::from_be_bytes(random(entropy)))?;
    connection.execute(
        "UPDATE installation SET incarnation = ?1 WHERE id = 1",
        [next],
    )?;
    Ok(())
}

fn open(
    place: &Place,
    secrets: &dyn DeviceSecrets,
    with: &RestoreWith<'_>,
    entropy: &mut dyn FnMut(&mut [u8]),
    now: Timestamp,
) -> Result<(Opened, Option<RecoverySheet>), BackupError> {
    match with {
        RestoreWith::Passphrase { staff, passphrase } => {
            Ok((unlock(place, secrets, *staff, passphrase, now)?, None))
        }
        RestoreWith::Sheet(asked) => {
            let (opened, sheet) = recover(place, secrets, asked, entropy, now)?;
            Ok((opened, Some(sheet)))
        }
    }
}
