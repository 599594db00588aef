//! A new data key for the file with the records.
//!
//! The file is copied under the new key, beside itself. The key file is given the new key beside
//! the old one, for everybody and for the recovery sheet. The copy takes the file's name. Then the
//! old key goes from the key file. Whenever that is cut short, one of the two keys opens the file
//! that is there, and the next unlock settles which: nothing that was saved is ever in neither.

use std::fs::{self, File};

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode};

use crate::backup::{Source, copy};
use crate::boxed::SheetPublic;
use crate::data_key::{DataKey, random};
use crate::holders::Holder;
use crate::key_file::KeyFile;
use crate::migrations::copies_before;
use crate::place::{Hold, Place};
use crate::recovery::purpose;
use crate::{DeviceSecrets, KeysError, Opened, Store, StoreError, database};

/// How far a change of the data key has come. In this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The copy under the new key is on disk and was read back.
    Copied,
    /// The key file holds both keys.
    Given,
    /// The old file is closed, with nothing left in a log beside it.
    Closed,
    /// The copy has the file's name.
    Replaced,
    /// The key file holds the new key only.
    Settled,
}

impl Opened {
    /// Gives the file a new data key, and gives that to everybody on this laptop and to the
    /// recovery sheet. What the old key opens from then on is old copies only.
    ///
    /// Asks for the person's own passphrase. Nothing else may write or read meanwhile. After an
    /// error the record opens as before; a sitting whose store no longer answers is to be dropped.
    pub fn renew_data_key(
        &mut self,
        secrets: &dyn DeviceSecrets,
        passphrase: &str,
        entropy: &mut dyn FnMut(&mut [u8]),
        now: Timestamp,
    ) -> Result<(), KeysError> {
        self.judged(secrets, passphrase, now)?;
        self.renew_data_key_in_steps(entropy, &mut |_| Ok(()))
            .map_err(|error| match error {
                // A file that cannot be made is said to be so, and not why.
                KeysError::Store(error) => error.looked_into(&self.place.database()).into(),
                other => other,
            })
    }

    /// The same without the passphrase; `reached` may stop it after any step, as a cut power
    /// would.
    pub(crate) fn renew_data_key_in_steps(
        &mut self,
        entropy: &mut dyn FnMut(&mut [u8]),
        reached: &mut dyn FnMut(Step) -> Result<(), KeysError>,
    ) -> Result<(), KeysError> {
        let next = DataKey::new(random(entropy));
        self.copy_under(&next)?;
        reached(Step::Copied)?;
        let mut keys = self.key_file()?;
        self.give_next(&mut keys, &next, entropy)?;
        self.quiet()?;
        keys.write(&self.place)?;
        reached(Step::Given)?;
        let old = std::mem::replace(
            &mut self.store.connection,
            Connection::open_in_memory().map_err(StoreError::from)?,
        );
        old.close().map_err(|(_, error)| StoreError::from(error))?;
        reached(Step::Closed)?;
        self.place
            .rename(&self.place.rekeyed(), &self.place.database())?;
        reached(Step::Replaced)?;
        keys.take_next()?;
        keys.write(&self.place)?;
        reached(Step::Settled)?;
        self.store.connection = database::open(&self.place.database(), &next)?;
        self.data_key = next;
        for copy in copies_before(&self.place.database()) {
            // Under the old key, which may be known to somebody by now.
            fs::remove_file(copy).map_err(StoreError::from)?;
        }
        Ok(())
    }

    /// Copies the file under the next key, reads the copy back, and makes it durable.
    fn copy_under(&self, next: &DataKey) -> Result<(), StoreError> {
        self.place.clear_rekeyed()?;
        let (from, to) = (self.place.database(), self.place.rekeyed());
        let source = Source {
            path: &from,
            key: &self.data_key,
            still: false,
            leave: None,
        };
        let made = copy(&source, &to, next, |_, _| Ok(()))
            .and_then(|()| self.read_back(next))
            .and_then(|()| Ok(File::options().write(true).open(&to)?.sync_all()?));
        if made.is_err() {
            // The error that stopped it is the one to tell; the half copy only takes room.
            let _ = self.place.clear_rekeyed();
        }
        made
    }

    /// Refuses a copy that does not hold what the file holds.
    fn read_back(&self, next: &DataKey) -> Result<(), StoreError> {
        let copied =
            database::connect(&self.place.rekeyed(), next, rusqlite::OpenFlags::default())?;
        let sound: String = copied.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        let same = extent(&self.store.connection)? == extent(&copied)?;
        copied.close().map_err(|(_, error)| error)?;
        if same && sound == "ok" {
            Ok(())
        } else {
            Err(StoreError::Damaged)
        }
    }

    fn give_next(
        &self,
        keys: &mut KeyFile,
        next: &DataKey,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), KeysError> {
        let identity = keys.identity.clone();
        for person in &mut keys.staff {
            let Some(wrap) = &mut person.wrap else {
                continue;
            };
            self.store
                .expect_holder(Holder::Staff(person.id), wrap.public.as_bytes())?;
            wrap.give_next(&identity, person.id, (&self.data_key, next), entropy)?;
        }
        let sheet: &SheetPublic = &keys.recovery.public;
        self.store.expect_holder(Holder::Sheet, sheet.as_bytes())?;
        let purpose = purpose(&identity, "data key");
        keys.recovery.next = Some(sheet.seal(&purpose, next.as_bytes(), entropy)?);
        Ok(())
    }

    /// Leaves nothing in a log beside the file: it would be taken for the new file's.
    fn quiet(&self) -> Result<(), KeysError> {
        let mode: Result<String, _> =
            self.store
                .connection
                .query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0));
        match mode {
            Ok(mode) if mode == "delete" => Ok(()),
            Err(error) if !in_use(&error) => Err(StoreError::from(error).into()),
            _ => Err(KeysError::FileInUse),
        }
    }
}

fn in_use(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

/// What tells whether a copy is whole: how many envelopes, ends of streams, keys, drafts and settings.
fn extent(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    [
        "envelope",
        "tip",
        "ahead",
        "acknowledged",
        "content_key",
        "draft",
        "setting",
        "summary",
        "holder",
    ]
    .into_iter()
    .map(|table| {
        let sql = format!("SELECT count(*) FROM {table}");
        Ok(connection.query_row(&sql, [], |row| row.get(0))?)
    })
    .collect()
}

/// Opens the file with the data key, or with the one that was to come where that change was cut
/// short, and settles in the key file which of the two it is.
pub(crate) fn open_settled(
    place: &Place,
    keys: &mut KeyFile,
    data_key: DataKey,
    next: Option<DataKey>,
    hold: Hold,
) -> Result<(Store, DataKey), StoreError> {
    // What is there was left by a change that was cut short, and is in the file as well.
    place.clear_rekeyed()?;
    let Some(next) = next else {
        return Ok((Store::open(&place.database(), &data_key, hold)?, data_key));
    };
    let (store, data_key) = match Store::open(&place.database(), &data_key, hold) {
        Ok(store) => {
            keys.drop_next();
            (store, data_key)
        }
        Err(StoreError::NotThisKey) => {
            let store = Store::open(&place.database(), &next, place.hold()?)?;
            keys.take_next()?;
            (store, next)
        }
        Err(error) => return Err(error),
    };
    keys.write(place)?;
    Ok((store, data_key))
}

impl KeyFile {
    /// The data key that was to come has come, for everybody at once.
    fn take_next(&mut self) -> Result<(), StoreError> {
        let next = self.recovery.next.take().ok_or(StoreError::KeysLost)?;
        self.recovery.data_key = next;
        for wrap in self.staff.iter_mut().filter_map(|one| one.wrap.as_mut()) {
            wrap.take_next();
        }
        Ok(())
    }

    /// The data key that was to come does not come.
    fn drop_next(&mut self) {
        self.recovery.next = None;
        for wrap in self.staff.iter_mut().filter_map(|one| one.wrap.as_mut()) {
            wrap.drop_next();
        }
    }
}
