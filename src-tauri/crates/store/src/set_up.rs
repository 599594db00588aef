use jiff::Timestamp;
use record::id::{DeviceId, ServiceId, SiteId, StaffId};
use record::keys::SigningKey;

use crate::attempts::Attempts;
use crate::boxed::SheetKey;
use crate::data_key::{DataKey, random};
use crate::holders::Holder;
use crate::installation::Installation;
use crate::key_file::{KeyFile, SheetBoxes};
use crate::opened::Opened;
use crate::place::{Hold, Place, exists};
use crate::recovery::boxes;
use crate::staff::{Contents, Owner, StaffKeys, Wrap, new_signing_key};
use crate::{
    DeviceSecret, DeviceSecrets, Identity, KeysError, NewStaff, RecoverySheet, SiteKind, Store,
    check_passphrase,
};

/// What the first person on a new installation has entered.
pub struct SetUp<'a> {
    /// The service's name.
    pub service_name: &'a str,
    /// The site's name.
    pub site_name: &'a str,
    /// Hub or spoke.
    pub site_kind: SiteKind,
    /// Whether everything in it is invented.
    pub demo: bool,
    /// The first person.
    pub first: NewStaff<'a>,
    /// Whether to keep the device secret in the keyring. `false` only after the
    /// person was told that there is none.
    pub keyring: bool,
}

/// Sets up a new service on this laptop: keys, database, recovery sheet, and the
/// first person, unlocked. All on disk when it returns, and nothing before: an
/// interrupted set-up is a first run again.
///
/// The root key is in [`Opened::take_root`], for the first certificates.
pub fn set_up(
    place: &Place,
    secrets: &dyn DeviceSecrets,
    asked: &SetUp<'_>,
    entropy: &mut dyn FnMut(&mut [u8]),
    now: Timestamp,
) -> Result<(Opened, RecoverySheet), KeysError> {
    check(asked)?;
    place.make()?;
    let hold = place.hold()?;
    clear(place, secrets)?;
    let identity = identity(asked, entropy);
    let secret = asked.keyring.then(|| DeviceSecret::new(random(entropy)));
    if let Some(secret) = &secret {
        secrets.put(identity.device, secret)?;
    }
    let device = identity.device;
    let made = make(place, hold, identity, secret.as_ref(), asked, entropy, now);
    if made.is_err() {
        undo(place, secrets, device);
    }
    made
}

/// Takes a set-up back that could not be completed: nobody has seen its recovery sheet, so nobody
/// could ever recover what would be written in it. The laptop is at its first run again.
pub fn take_back_set_up(opened: Opened, secrets: &dyn DeviceSecrets) {
    let (place, device) = (opened.place.clone(), opened.identity.device);
    drop(opened);
    undo(&place, secrets, device);
}

/// Best effort: the error that stopped us is the one to tell. The database loses its name first,
/// since with it the folder would count as set up; its secret goes last, since a database without
/// one would count as lost.
pub(crate) fn undo(place: &Place, secrets: &dyn DeviceSecrets, device: DeviceId) {
    if exists(&place.database()) {
        let _ = place.unname();
    }
    if !exists(&place.database()) {
        let _ = place.clear_unfinished();
        let _ = secrets.remove(device);
    }
}

fn check(asked: &SetUp<'_>) -> Result<(), KeysError> {
    let names = [asked.service_name, asked.site_name, asked.first.name];
    if names.iter().any(|name| name.trim().is_empty()) {
        return Err(KeysError::NameMissing);
    }
    check_passphrase(asked.first.passphrase, asked.keyring, &names)?;
    Ok(())
}

/// Refuses a folder in use, and removes what an interrupted set-up left.
pub(crate) fn clear(place: &Place, secrets: &dyn DeviceSecrets) -> Result<(), KeysError> {
    if place.is_left_aside() {
        return Err(crate::StoreError::LeftAside.into());
    }
    let unfinished = exists(&place.unfinished());
    let keys = exists(&place.keys()) || exists(&place.recovery());
    if exists(&place.database()) || (keys && !unfinished) {
        return Err(KeysError::AlreadySetUp);
    }
    if let Ok(left) = KeyFile::read_or_copy(place) {
        // Best effort: it opens nothing by now.
        let _ = secrets.remove(left.identity.device);
    }
    Ok(place.clear_unfinished()?)
}

fn identity(asked: &SetUp<'_>, entropy: &mut dyn FnMut(&mut [u8])) -> Identity {
    Identity {
        service: ServiceId::from_random(random(entropy)),
        service_name: asked.service_name.trim().to_owned(),
        site: SiteId::from_random(random(entropy)),
        site_name: asked.site_name.trim().to_owned(),
        site_kind: asked.site_kind,
        device: DeviceId::from_random(random(entropy)),
        demo: asked.demo,
    }
}

fn make(
    place: &Place,
    hold: Hold,
    identity: Identity,
    secret: Option<&DeviceSecret>,
    asked: &SetUp<'_>,
    entropy: &mut dyn FnMut(&mut [u8]),
    now: Timestamp,
) -> Result<(Opened, RecoverySheet), KeysError> {
    let data_key = DataKey::new(random(entropy));
    let root = new_signing_key(entropy);
    let installation = Installation::first(identity, root.verifying_key(), entropy);
    let mut contents = Contents::fresh(data_key, Some(root), entropy);
    let (sheet, recovery) = sheet_for(&installation.identity, &contents, now, entropy)?;
    let person = first_person(
        &installation.identity,
        secret,
        &asked.first,
        &contents,
        now,
        entropy,
    )?;
    let staff = person.id;
    let holders = [
        (Holder::Sheet, recovery.public.as_bytes().to_vec()),
        (
            Holder::Staff(staff),
            contents.opener.public().as_bytes().to_vec(),
        ),
    ];
    Store::make(
        &place.unfinished(),
        &contents.data_key,
        &installation,
        &holders,
    )?;
    let keys = KeyFile::new(installation.identity, secret, recovery, vec![person]);
    keys.write(place)?;
    place.rename(&place.unfinished(), &place.database())?;
    let store = Store::open(&place.database(), &contents.data_key, hold)?;
    let root = contents.root.take();
    let mut opened = Opened::new(place, store, &keys, staff, contents)?;
    opened.root = root;
    Ok((opened, sheet))
}

fn sheet_for(
    identity: &Identity,
    contents: &Contents,
    now: Timestamp,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<(RecoverySheet, SheetBoxes), KeysError> {
    let sheet = RecoverySheet::new(&identity.service_name, &identity.site_name, now, entropy);
    let (_, public) = SheetKey::from_seed(sheet.seed())?;
    let root: Option<&SigningKey> = contents.root.as_ref();
    let boxes = boxes(
        identity,
        public,
        &contents.data_key,
        root,
        &[],
        now,
        entropy,
    )?;
    Ok((sheet, boxes))
}

fn first_person(
    identity: &Identity,
    secret: Option<&DeviceSecret>,
    first: &NewStaff<'_>,
    contents: &Contents,
    now: Timestamp,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<StaffKeys, KeysError> {
    let staff = StaffId::from_random(random(entropy));
    let owner = Owner {
        identity,
        staff,
        secret,
    };
    Ok(StaffKeys {
        id: staff,
        name: first.name.trim().to_owned(),
        role: first.role,
        since: now,
        wrap: Some(Wrap::new(
            &owner,
            first.passphrase,
            first.stretch,
            contents,
            entropy,
        )?),
        ends: None,
        attempts: Attempts::default(),
    })
}
