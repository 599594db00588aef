//! From a checked answer to a record that can be opened.

use jiff::Timestamp;
use record::envelope::Envelope;
use record::id::StaffId;
use record::keys::{SigningKey, VerifyingKey};
use record::log::EventLog;
use record::role::Role;
use rusqlite::Connection;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::attempts::Attempts;
use crate::boxed::SheetKey;
use crate::data_key::{DataKey, random};
use crate::holders::Holder;
use crate::installation::Installation;
use crate::joining::JoiningKeys;
use crate::key_file::KeyFile;
use crate::opener::OpenerKey;
use crate::place::{Hold, Place, exists};
use crate::recovery::boxes;
use crate::staff::{Contents, Owner, StaffKeys, Wrap};
use crate::{
    Derived, DeviceSecret, Identity, KeysError, Opened, RecoverySheet, Store, StoreError,
    StoredKey, Stretch, database,
};

/// What an answer that was checked says of this laptop.
pub struct Join<'a> {
    /// Service, home site and device.
    pub identity: Identity,
    /// The root that the laptop trusts from now on: its public half is all that comes here.
    pub root: VerifyingKey,
    /// Who the person is to the service.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// What they are certified as.
    pub role: Role,
    /// Their passphrase: the one that opened `keys`.
    pub passphrase: &'a str,
    /// The keys of the laptop's scopes.
    pub keys: Vec<StoredKey>,
    /// The service's record, each envelope after the one that it follows.
    pub envelopes: Vec<Envelope>,
}

/// Makes the record of a laptop that joins: database, keys, a recovery sheet of its own, and its
/// first person, unlocked. All on disk when it returns, and nothing before: a laptop that was cut
/// short still waits for its answer.
///
/// The sheet opens what is on this laptop and holds nothing of the root.
pub fn join(
    place: &Place,
    keys: &JoiningKeys,
    asked: Join<'_>,
    entropy: &mut dyn FnMut(&mut [u8]),
    now: Timestamp,
) -> Result<(Opened, RecoverySheet), KeysError> {
    let hold = place.hold()?;
    if exists(&place.database()) {
        return Err(KeysError::AlreadySetUp);
    }
    // What an earlier try left: nobody has seen its sheet.
    place.clear_unfinished()?;
    let beginning = Beginning {
        signing: SigningKey::from_seed(&keys.signing.seed()),
        device_signing: SigningKey::from_seed(&keys.device_signing.seed()),
        device_sealing: keys.device_sealing.clone(),
        secret: keys.secret.as_ref(),
        stretch: keys.stretch,
        settings: &[],
    };
    let made = make_record(place, hold, beginning, asked, None, entropy, now);
    if made.is_err() {
        // Best effort, as after a set-up that failed: the request still waits for its answer.
        if exists(&place.database()) {
            let _ = place.unname();
        }
        let _ = place.clear_unfinished();
    }
    made
}

/// The keys that a record begins with on a laptop that others of its service do not come from.
pub(crate) struct Beginning<'a> {
    pub(crate) signing: SigningKey,
    pub(crate) device_signing: SigningKey,
    pub(crate) device_sealing: Zeroizing<[u8; 32]>,
    pub(crate) secret: Option<&'a DeviceSecret>,
    pub(crate) stretch: Stretch,
    pub(crate) settings: &'a [(String, Value)],
}

/// Makes the record: `root` is there only where the recovery sheet of the service was used.
pub(crate) fn make_record(
    place: &Place,
    hold: Hold,
    keys: Beginning<'_>,
    asked: Join<'_>,
    root: Option<SigningKey>,
    entropy: &mut dyn FnMut(&mut [u8]),
    now: Timestamp,
) -> Result<(Opened, RecoverySheet), KeysError> {
    let mut contents = Contents {
        data_key: DataKey::new(random(entropy)),
        next: None,
        opener: OpenerKey::new(entropy),
        signing: SigningKey::from_seed(&keys.signing.seed()),
        root,
    };
    let identity = &asked.identity;
    let sheet = RecoverySheet::new(&identity.service_name, &identity.site_name, now, entropy);
    let (_, public) = SheetKey::from_seed(sheet.seed())?;
    let recovery = boxes(
        identity,
        public,
        &contents.data_key,
        contents.root.as_ref(),
        &asked.keys,
        now,
        entropy,
    )?;
    let person = person(&keys, &asked, &contents, now, entropy)?;
    let holders = [
        (Holder::Sheet, recovery.public.as_bytes().to_vec()),
        (
            Holder::Staff(asked.staff),
            contents.opener.public().as_bytes().to_vec(),
        ),
    ];
    let installation = Installation {
        identity: asked.identity.clone(),
        signing: keys.device_signing,
        sealing: keys.device_sealing,
        root: asked.root,
        incarnation: 1,
    };
    Store::make(
        &place.unfinished(),
        &contents.data_key,
        &installation,
        &holders,
    )?;
    fill(place, &contents.data_key, &asked, keys.settings)?;
    let file = KeyFile::new(asked.identity, keys.secret, recovery, vec![person]);
    file.write(place)?;
    place.rename(&place.unfinished(), &place.database())?;
    let store = Store::open(&place.database(), &contents.data_key, hold)?;
    let root = contents.root.take();
    let mut opened = Opened::new(place, store, &file, asked.staff, contents)?;
    opened.root = root;
    // Last: from now on there is nothing to wait for. One that is left by a crash goes at the next
    // unlock.
    place.clear_joining()?;
    Ok((opened, sheet))
}

fn person(
    keys: &Beginning<'_>,
    asked: &Join<'_>,
    contents: &Contents,
    now: Timestamp,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<StaffKeys, KeysError> {
    let owner = Owner {
        identity: &asked.identity,
        staff: asked.staff,
        secret: keys.secret,
    };
    Ok(StaffKeys {
        id: asked.staff,
        name: asked.name.clone(),
        role: asked.role,
        since: now,
        wrap: Some(Wrap::new(
            &owner,
            asked.passphrase,
            keys.stretch,
            contents,
            entropy,
        )?),
        attempts: Attempts::default(),
        ends: None,
    })
}

/// Puts the service's record and the keys into the file while it still has its temporary name.
fn fill(
    place: &Place,
    key: &DataKey,
    asked: &Join<'_>,
    settings: &[(String, Value)],
) -> Result<(), StoreError> {
    let connection = database::open(&place.unfinished(), key)?;
    let mut store = Store::over(connection, None, None)?;
    let derived = Derived {
        keys: &asked.keys,
        ..Derived::default()
    };
    // Other devices wrote them, so forks and gaps are kept as they came.
    EventLog::append(&mut store, &asked.envelopes)?;
    store.append(&[], derived)?;
    for (name, value) in settings {
        store.put_setting(name, value)?;
    }
    close(store.connection)
}

/// The file is renamed on its own, so its log has to be in it.
fn close(connection: Connection) -> Result<(), StoreError> {
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(StoreError::TakenBack);
    }
    connection.close().map_err(|(_, error)| error.into())
}
