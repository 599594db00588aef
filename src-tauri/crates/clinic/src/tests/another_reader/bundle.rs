//! A bundle for the other reader, sealed in earnest to a laptop whose keys it is given.

use std::path::Path;

use record::bundle::{Claims, Head, Recipient};
use record::certificate::{Certificate, Fingerprint, Grant};
use record::id::{BundleId, DeviceId, SiteId};
use record::scope::Scope;
use serde_json::json;
use store::seal_bundle_key;
use sync::admitted::Admitted;
use sync::bundle::{FileKey, Knowledge, plan, write};
use zeroize::Zeroizing;

use super::super::Room;

/// What the laptop's sealing key is made from, and its public half: the other reader makes the
/// private one from the seed by the page.
const SEALING_SEED: [u8; 32] = [0x61; 32];
const SEALING_KEY: &str = "d7b24ff791fbdd03310c3e15aecc0a974fb0025e3bce54ab72501ac5a6c33721";

/// Certificates from the root down to this laptop, and to another one that is made up.
fn chains(room: &Room) -> [Vec<Certificate>; 2] {
    let sitting = room.desk.sitting().unwrap();
    let authorities = sitting.authorities().unwrap();
    let own = authorities
        .certificates()
        .find(|one| matches!(one.claims().grant, Grant::Device { .. }))
        .unwrap();
    let administrator = authorities
        .certificate(&own.claims().issuer.unwrap())
        .unwrap();
    let origin = authorities
        .certificate(&administrator.claims().issuer.unwrap())
        .unwrap();
    let Grant::Device { sites, .. } = &own.claims().grant else {
        unreachable!("it was looked for")
    };
    let sealing_key = data_encoding::HEXLOWER.decode(SEALING_KEY.as_bytes());
    let other = Grant::Device {
        device: DeviceId::from_random([0x62; 16]),
        sites: sites.clone(),
        sealing_key: sealing_key.unwrap().try_into().unwrap(),
    };
    let key = record::keys::SigningKey::from_seed(&[0x63; 32]);
    let other = administrator
        .issue(
            other,
            key.verifying_key(),
            room.desk.now(),
            &sitting.opened.signing,
        )
        .unwrap();
    [own, &other].map(|last| vec![origin.clone(), administrator.clone(), last.clone()])
}

/// Writes the bundle, and what it takes to open it, into a folder.
pub(super) fn bundle_for_another_reader(room: &mut Room, folder: &Path) -> u64 {
    // Whoever set the clinic up certifies laptops.
    let osei = room.osei.clone();
    room.seat(&osei);
    let [own, other] = chains(room);
    let bytes: [u8; 48] = room.desk.random();
    let opened = &room.desk.sitting().unwrap().opened;
    let service = opened.identity.service;
    let enrolled = Fingerprint::of(service, &opened.root_public);
    let nobody = SiteId::from_bytes([0; 16]);
    let [writer, reader] =
        [&own, &other].map(|chain| Admitted::from_chain(chain, &enrolled, nobody).unwrap());
    let (id, key) = bytes.split_first_chunk::<16>().unwrap();
    let bundle = BundleId::from_random(*id);
    let key = FileKey::from_bytes(Zeroizing::new(key.try_into().unwrap()));
    let Grant::Device {
        device,
        sealing_key,
        ..
    } = &other[2].claims().grant
    else {
        unreachable!("it was made as one")
    };
    let mut chance = 7_u8;
    let boxed = seal_bundle_key(
        service,
        bundle,
        *device,
        sealing_key,
        key.expose(),
        &mut |bytes| {
            bytes.fill(chance);
            chance += 1;
        },
    );
    let head = Head {
        service,
        bundle,
        recipients: vec![Recipient {
            device: *device,
            boxed: boxed.unwrap(),
        }],
    };
    let known = Knowledge {
        admitted: reader,
        holds: Vec::new(),
    };
    let contents = plan(&opened.store, &writer, &[known]).unwrap();
    let claims = Claims {
        service,
        bundle,
        head: [0; 32],
        from: opened.identity.device,
        incarnation: opened.store.incarnation(),
        number: opened.store.position(Scope::Audit).unwrap().sequence,
        made: room.desk.now(),
        chain: own,
        ranges: contents.ranges,
        held: contents.held,
    };
    let mut file = Vec::new();
    let device_key = &opened.device_signing;
    let written = write(&opened.store, &head, claims, device_key, &key, &mut file).unwrap();
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    let told = json!({
        "device": hex(device.as_bytes()),
        "sealing_seed": hex(&SEALING_SEED),
        "envelopes": written.envelopes,
        "six_words": written.words.to_string(),
    });
    std::fs::write(folder.join("bundle"), file).unwrap();
    std::fs::write(folder.join("bundle.json"), format!("{told:#}\n")).unwrap();
    written.envelopes
}
