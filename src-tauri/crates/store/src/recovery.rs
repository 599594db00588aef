use jiff::Timestamp;
use record::id::StaffId;
use record::keys::SigningKey;
use record::scope::Scope;

use crate::attempts::Attempts;
use crate::boxed::{SheetKey, SheetPublic};
use crate::data_key::{DataKey, random};
use crate::holders::Holder;
use crate::key_file::{EpochBox, KeyFile, SheetBoxes};
use crate::opened::Opened;
use crate::place::{Place, exists};
use crate::rekey::open_settled;
use crate::sheet::read_code;
use crate::staff::{Contents, Owner, Wrap};
use crate::tries::note_sheet;
use crate::{
    DeviceSecret, DeviceSecrets, Identity, KeyHolder, KeysError, RecoverySheet, SecretsError,
    StoreError, StoredKey, Stretch, UnlockError, check_passphrase,
};

/// What a person with the recovery sheet enters.
pub struct Recovery<'a> {
    /// The code as typed from the sheet.
    pub code: &'a str,
    /// Who is recovering; one of the names on the door.
    pub staff: StaffId,
    /// Their new passphrase.
    pub passphrase: &'a str,
    /// The cost of a guess at it; [`Stretch::REAL`] outside tests and demos.
    pub stretch: Stretch,
    /// Whether to keep the device secret in the keyring from now on.
    pub keyring: bool,
}

/// Opens the database with the recovery sheet and makes a fresh sheet: the one
/// that was typed in no longer opens this laptop.
///
/// The person gets a new signing key, which has to be certified; the root key is
/// in [`Opened::take_root`] where this device keeps it. If the device secret was
/// lost, everyone else needs a new passphrase too.
pub fn recover(
    place: &Place,
    secrets: &dyn DeviceSecrets,
    asked: &Recovery<'_>,
    entropy: &mut dyn FnMut(&mut [u8]),
    now: Timestamp,
) -> Result<(Opened, RecoverySheet), KeysError> {
    if !exists(&place.database()) {
        return Err(StoreError::DatabaseMissing.into());
    }
    let hold = place.hold()?;
    let mut keys = KeyFile::read_or_copy(place)?;
    let opened = open_boxes(&keys, asked.code);
    if matches!(opened, Err(KeysError::SheetDoesNotOpen)) {
        note_sheet(place, asked.staff, now)?;
    }
    let (data_key, root) = opened?;
    let name = keys
        .person(asked.staff)
        .ok_or(UnlockError::UnknownStaff)?
        .name
        .clone();
    let known = [
        keys.identity.service_name.as_str(),
        &keys.identity.site_name,
        &name,
    ];
    check_passphrase(asked.passphrase, asked.keyring, &known)?;
    let next = open_next(&keys, asked.code)?;
    let (store, data_key) = open_settled(place, &mut keys, data_key, next, hold)?;
    let secret = renew_secret(&mut keys, secrets, asked.keyring, entropy)?;
    let mut contents = Contents::fresh(data_key, root, entropy);
    rewrap(&mut keys, asked, secret.as_ref(), &contents, entropy)?;
    let epochs = store.epoch_keys()?;
    let sheet = renew_sheet(&mut keys, &contents, &epochs, entropy, now)?;
    let (public, own) = (keys.recovery.public.clone(), contents.opener.public());
    store.allow_sheet(&public)?;
    store.allow_staff(asked.staff, &own)?;
    keys.write(place)?;
    store.settle_holder(Holder::Sheet, public.as_bytes())?;
    store.settle_holder(Holder::Staff(asked.staff), own.as_bytes())?;
    let root = contents.root.take();
    let mut opened = Opened::new(place, store, &keys, asked.staff, contents)?;
    opened.root = root;
    Ok((opened, sheet))
}

pub(crate) fn open_boxes(
    keys: &KeyFile,
    code: &str,
) -> Result<(DataKey, Option<SigningKey>), KeysError> {
    let (key, public) = SheetKey::from_seed(&read_code(code)?)?;
    let boxes = &keys.recovery;
    if public != boxes.public {
        return Err(KeysError::SheetDoesNotOpen);
    }
    let open = |boxed, what| {
        key.open(boxed, &purpose(&keys.identity, what))
            .ok_or(KeysError::from(StoreError::KeysLost))
    };
    let data_key = DataKey::new(*open(&boxes.data_key, "data key")?);
    let root = boxes
        .root
        .as_ref()
        .map(|root| open(root, "root key"))
        .transpose()?;
    Ok((data_key, root.map(|seed| SigningKey::from_seed(&seed))))
}

/// The data key that was to come, where a change of it was cut short.
fn open_next(keys: &KeyFile, code: &str) -> Result<Option<DataKey>, KeysError> {
    let (key, _) = SheetKey::from_seed(&read_code(code)?)?;
    let Some(next) = &keys.recovery.next else {
        return Ok(None);
    };
    let opened = key.open(next, &purpose(&keys.identity, "data key"));
    let next = opened.ok_or(KeysError::from(StoreError::KeysLost))?;
    Ok(Some(DataKey::new(*next)))
}

/// The device secret to wrap under: the old one where it is still there, so that
/// nobody else's passphrase is lost; else a new one, and their wraps go.
fn renew_secret(
    keys: &mut KeyFile,
    secrets: &dyn DeviceSecrets,
    keyring: bool,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<Option<DeviceSecret>, KeysError> {
    let old = match keys.secret(secrets) {
        Ok(secret) => Some(secret),
        Err(SecretsError::Locked) if keyring => return Err(SecretsError::Locked.into()),
        Err(_) => None,
    };
    match old {
        Some(Some(secret)) if keyring => return Ok(Some(secret)),
        Some(None) if !keyring => return Ok(None),
        _ => {}
    }
    for person in &mut keys.staff {
        person.wrap = None;
    }
    let secret = keyring.then(|| DeviceSecret::new(random(entropy)));
    if let Some(secret) = &secret {
        secrets.put(keys.identity.device, secret)?;
    }
    keys.use_secret(secret.as_ref());
    Ok(secret)
}

fn rewrap(
    keys: &mut KeyFile,
    asked: &Recovery<'_>,
    secret: Option<&DeviceSecret>,
    contents: &Contents,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<(), KeysError> {
    let owner = Owner {
        identity: &keys.identity,
        staff: asked.staff,
        secret,
    };
    let wrap = Wrap::new(&owner, asked.passphrase, asked.stretch, contents, entropy)?;
    let person = keys
        .person_mut(asked.staff)
        .ok_or(UnlockError::UnknownStaff)?;
    person.wrap = Some(wrap);
    person.attempts = Attempts::default();
    Ok(())
}

/// Makes a new sheet and seals everything to it instead of to the old one.
pub(crate) fn renew_sheet(
    keys: &mut KeyFile,
    contents: &Contents,
    epochs: &[StoredKey],
    entropy: &mut dyn FnMut(&mut [u8]),
    now: Timestamp,
) -> Result<RecoverySheet, KeysError> {
    let identity = &keys.identity;
    let sheet = RecoverySheet::new(&identity.service_name, &identity.site_name, now, entropy);
    let (_, public) = SheetKey::from_seed(sheet.seed())?;
    let root = contents.root.as_ref();
    keys.recovery = boxes(
        identity,
        public,
        &contents.data_key,
        root,
        epochs,
        now,
        entropy,
    )?;
    Ok(sheet)
}

/// Seals what a sheet must open to its public half.
pub(crate) fn boxes(
    identity: &Identity,
    public: SheetPublic,
    data_key: &DataKey,
    root: Option<&SigningKey>,
    epochs: &[StoredKey],
    now: Timestamp,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<SheetBoxes, KeysError> {
    let data_key = public.seal(&purpose(identity, "data key"), data_key.as_bytes(), entropy)?;
    let root = match root {
        Some(root) => Some(public.seal(&purpose(identity, "root key"), &root.seed(), entropy)?),
        None => None,
    };
    let epochs = epochs
        .iter()
        .map(|epoch| epoch_box(identity, &public, epoch, entropy))
        .collect::<Result<_, _>>()?;
    Ok(SheetBoxes {
        public,
        made: now,
        confirmed: false,
        tried: None,
        data_key,
        next: None,
        root,
        epochs,
    })
}

/// Seals one epoch key to a sheet.
pub(crate) fn epoch_box(
    identity: &Identity,
    public: &SheetPublic,
    epoch: &StoredKey,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<EpochBox, KeysError> {
    let KeyHolder::Scope(scope) = epoch.holder else {
        return Err(KeysError::Crypto);
    };
    let (scope, purpose) = epoch_purpose(identity, &scope, epoch.generation);
    Ok(EpochBox {
        scope,
        epoch: epoch.generation,
        id: epoch.key.id().to_string(),
        key: public.seal(&purpose, epoch.key.expose(), entropy)?,
    })
}

/// A scope as the key file names it, and what one of its epoch keys is sealed for.
pub(crate) fn epoch_purpose(identity: &Identity, scope: &Scope, epoch: u32) -> (String, String) {
    let scope = scope.to_string();
    let purpose = purpose(identity, &format!("epoch key {scope} {epoch}"));
    (scope, purpose)
}

pub(crate) fn purpose(identity: &Identity, what: &str) -> String {
    format!("felloe sheet v1 {} {what}", identity.service)
}
