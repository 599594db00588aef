//! Writing a bundle for other laptops.

use std::collections::BTreeMap;
use std::path::Path;

use record::body::Action;
use record::bundle::{Claims, Head, Recipient};
use record::id::{BundleId, DeviceId};
use record::scope::Scope;
use store::seal_bundle_key;
use sync::bundle::{Contents, FileKey, Knowledge, plan};
use zeroize::Zeroizing;

use super::file::{self, ENDING};
use super::heard;
use super::laptops::{Laptop, laptops};
use crate::audit;
use crate::desk::Desk;
use crate::line;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{BundleForm, WrittenBundle};
use crate::words;

/// Writes a bundle into a folder that a person chose: what the laptops it is for may read and are
/// not known to hold. That it was written is in the audit trail before it leaves.
pub fn write_bundle(desk: &mut Desk, form: BundleForm) -> Result<WrittenBundle, Refusal> {
    desk.allow(Act::CarryBundles)?;
    let folder = file::folder(&form.folder)?;
    let mut known = laptops(desk)?;
    let recipients = chosen(&mut known, &form, own(desk)?)?;
    let writer = known.remove(&own(desk)?).ok_or_else(uncertified)?;
    desk.seal_all_typed()?;
    // What is still to be told of what arrived goes along.
    while line::give_unseen(desk)? {}
    let laptops = words::count(recipients.len(), "laptop", "laptops");
    audit::note(
        desk,
        Action::Exported,
        None,
        &format!("bundle for {laptops}"),
    )?;
    let contents = contents(desk, &writer, &recipients, form.everything)?;
    let (path, written) = put(desk, &folder, &writer, &recipients, contents)?;
    let envelopes = u32::try_from(written.envelopes).unwrap_or(u32::MAX);
    Ok(WrittenBundle {
        path: path.display().to_string(),
        envelopes,
        bytes: written.bytes,
        six_words: written.words.to_string(),
        words: format!(
            "{} for {laptops}, {}, is on the stick and opens on no other. Eject the stick, then take it out. Nothing was removed from this laptop.",
            words::count(envelopes as usize, "envelope", "envelopes"),
            words::bytes(written.bytes),
        ),
    })
}

/// Which device this is.
pub(super) fn own(desk: &Desk) -> Result<DeviceId, Refusal> {
    Ok(desk.sitting()?.opened.identity.device)
}

pub(super) fn uncertified() -> Refusal {
    Refusal::plain(
        "This laptop has no certificate that holds, so nobody would take a bundle of its. Ask an administrator.",
    )
}

/// The laptops that a form names; each is certified, and none is this one.
pub(super) fn chosen(
    known: &mut BTreeMap<DeviceId, Laptop>,
    form: &BundleForm,
    own: DeviceId,
) -> Result<Vec<Laptop>, Refusal> {
    let mut chosen: BTreeMap<DeviceId, Laptop> = BTreeMap::new();
    for named in &form.laptops {
        let device: DeviceId = named
            .parse()
            .map_err(|_| Refusal::NotFound("That laptop"))?;
        if device == own || chosen.contains_key(&device) {
            continue;
        }
        let laptop = known.remove(&device).ok_or_else(|| {
            Refusal::field(
                "laptops",
                "A laptop that was chosen has no certificate that holds. Take it off the list, or ask an administrator.",
            )
        })?;
        chosen.insert(device, laptop);
    }
    if chosen.is_empty() {
        return Err(Refusal::field(
            "laptops",
            "Choose at least one other laptop that the bundle is for.",
        ));
    }
    Ok(chosen.into_values().collect())
}

/// What would go in.
pub(super) fn contents(
    desk: &Desk,
    writer: &Laptop,
    recipients: &[Laptop],
    everything: bool,
) -> Result<Contents, Refusal> {
    let mut knowledge = Vec::new();
    for laptop in recipients {
        let holds = if everything {
            Vec::new()
        } else {
            heard::holds(desk, laptop)?
        };
        knowledge.push(Knowledge {
            admitted: laptop.admitted.clone(),
            holds,
        });
    }
    let store = &desk.sitting()?.opened.store;
    Ok(plan(store, &writer.admitted, &knowledge)?)
}

fn put(
    desk: &mut Desk,
    folder: &Path,
    writer: &Laptop,
    recipients: &[Laptop],
    contents: Contents,
) -> Result<(std::path::PathBuf, sync::bundle::Written), Refusal> {
    let key = FileKey::from_bytes(Zeroizing::new(desk.random()));
    let bundle = BundleId::from_random(desk.random());
    let head = head(desk, bundle, recipients, &key)?;
    let made = desk.now();
    let opened = &desk.sitting()?.opened;
    let claims = Claims {
        service: opened.identity.service,
        bundle,
        head: [0; 32],
        from: opened.identity.device,
        incarnation: opened.store.incarnation(),
        // Each bundle is preceded by its line in the audit trail, so this grows with every one.
        number: opened.store.position(Scope::Audit)?.sequence,
        made,
        chain: writer.chain.clone(),
        ranges: contents.ranges,
        held: contents.held,
    };
    let id = opened.identity.device.to_string();
    let name = format!(
        "felloe-{}-{}.{ENDING}",
        id.get(..8).unwrap_or(&id),
        made.local().strftime("%Y-%m-%d-%H%M%S")
    );
    file::written(folder, &name, |to| {
        let (store, device) = (&opened.store, &opened.device_signing);
        sync::bundle::write(store, &head, claims, device, &key, to)
    })
}

fn head(
    desk: &mut Desk,
    bundle: BundleId,
    recipients: &[Laptop],
    key: &FileKey,
) -> Result<Head, Refusal> {
    let service = desk.sitting()?.opened.identity.service;
    let around = &mut desk.around;
    let mut sealed = Vec::new();
    for laptop in recipients {
        sealed.push(Recipient {
            device: laptop.device,
            boxed: seal_bundle_key(
                service,
                bundle,
                laptop.device,
                &laptop.sealing_key,
                key.expose(),
                &mut |bytes| around.fill(bytes),
            )?,
        });
    }
    Ok(Head {
        service,
        bundle,
        recipients: sealed,
    })
}
