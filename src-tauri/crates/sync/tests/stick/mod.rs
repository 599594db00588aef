//! A made-up stick: bundles written and read in memory, and ones that no honest writer makes.

#![allow(dead_code)]

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _};
use record::body::BoxedKey;
use record::bundle::{Check, Claims, END, Error as Fault, Head, Manifest, Recipient, cipher_key};
use record::envelope::Envelope;
use record::id::{BundleId, DeviceId};
use record::log::{EventLog as _, Tips};
use record::moment::Moment;
use sync::bundle::{Contents, Error, FileKey, Knowledge, Written, front, plan, write};
use sync::conformance::{Pen, SERVICE};
use sync::memory::Memory;
use zeroize::Zeroizing;

use crate::wheel;

pub(crate) const KEY: [u8; 32] = [0x44; 32];

pub(crate) fn key() -> FileKey {
    FileKey::from_bytes(Zeroizing::new(KEY))
}

pub(crate) fn bundle_id() -> BundleId {
    BundleId::from_random([0x45; 16])
}

/// The head of a bundle for the devices with these seeds. What stands for the sealed key is made up:
/// sealing and opening it is the store's.
pub(crate) fn head(seeds: &[u8]) -> Head {
    let mut devices: Vec<DeviceId> = seeds.iter().map(|seed| Pen::device_of(*seed)).collect();
    devices.sort_unstable();
    let recipients = devices.into_iter().map(|device| Recipient {
        device,
        boxed: BoxedKey::from_bytes([0x46; 80]),
    });
    Head {
        service: SERVICE,
        bundle: bundle_id(),
        recipients: recipients.collect(),
    }
}

pub(crate) fn claims(from: u8, number: u64, contents: Contents) -> Claims {
    Claims {
        service: SERVICE,
        bundle: bundle_id(),
        head: [0; 32],
        from: Pen::device_of(from),
        incarnation: 0,
        number,
        made: Moment::new(wheel::now(), 0).unwrap(),
        chain: wheel::chain(from),
        ranges: contents.ranges,
        held: contents.held,
    }
}

pub(crate) fn knowledge(seed: u8, holds: &[Tips]) -> Knowledge {
    Knowledge {
        admitted: wheel::admitted(seed),
        holds: holds.to_vec(),
    }
}

/// What goes from one device to others of whom this is known.
pub(crate) fn planned(log: &Memory, from: u8, to: &[Knowledge]) -> Contents {
    plan(log, &wheel::admitted(from), to).unwrap()
}

/// A bundle with these contents, from one device to others.
pub(crate) fn written(log: &Memory, from: u8, to: &[u8], contents: Contents) -> (Vec<u8>, Written) {
    let mut file = Vec::new();
    let claims = claims(from, 1, contents);
    let device = Pen::key_of(from);
    let written = write(log, &head(to), claims, &device, &key(), &mut file).unwrap();
    assert_eq!(written.bytes, file.len() as u64);
    (file, written)
}

/// All that one device has for another of whom nothing is known.
pub(crate) fn all_of(log: &Memory, from: u8, to: u8) -> Vec<u8> {
    let contents = planned(log, from, &[knowledge(to, &[])]);
    written(log, from, &[to], contents).0
}

/// Reads a bundle as the device with this seed, envelope by envelope, to its end.
pub(crate) fn read(file: &[u8], as_seed: u8) -> Result<(Manifest, Vec<Envelope>), Error> {
    let front = front(file)?;
    front.sealed_to(SERVICE, Pen::device_of(as_seed))?;
    let bundle = front.open(&key(), &wheel::fingerprint())?;
    let manifest = bundle.manifest().clone();
    let envelopes = bundle.envelopes().collect::<Result<_, _>>()?;
    Ok((manifest, envelopes))
}

/// Reads it into a log. Gives how many were new.
pub(crate) fn read_into(file: &[u8], as_seed: u8, log: &mut Memory) -> usize {
    let (_, envelopes) = read(file, as_seed).unwrap();
    log.append(&envelopes).unwrap().new
}

/// Why a bundle is refused.
#[track_caller]
pub(crate) fn refused(file: &[u8], as_seed: u8) -> Fault {
    match read(file, as_seed) {
        Err(Error::Bundle(fault)) => fault,
        Err(other) => panic!("refused otherwise: {other}"),
        Ok(_) => panic!("it was read"),
    }
}

/// A bundle of one chunk with these items in it, sealed as an honest writer would.
pub(crate) fn made(head: &Head, items: impl FnOnce(Check) -> Vec<Vec<u8>>) -> Vec<u8> {
    one_chunk(head, |check| {
        items(check).iter().flat_map(|it| item(it)).collect()
    })
}

/// An item after its length.
pub(crate) fn item(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap().to_be_bytes();
    [length.as_slice(), bytes].concat()
}

/// A bundle of one chunk with this in it.
pub(crate) fn one_chunk(head: &Head, plain: impl FnOnce(Check) -> Vec<u8>) -> Vec<u8> {
    let (mut file, check) = head.to_bytes().unwrap();
    file.extend(sealed(&plain(check), check));
    file.extend(END);
    file
}

pub(crate) fn sealed(plain: &[u8], check: Check) -> Vec<u8> {
    let cipher = ChaCha20Poly1305::new(&(*cipher_key(&KEY)).into());
    let mut nonce = [0; 12];
    nonce[11] = 1;
    let chunk = Payload {
        msg: plain,
        aad: &check,
    };
    cipher.encrypt(&nonce.into(), chunk).unwrap()
}

/// A manifest that the device with this seed signed, over what `claims` says.
pub(crate) fn signed(claims: Claims, check: Check, seed: u8) -> Vec<u8> {
    let claims = Claims {
        head: check,
        ..claims
    };
    Manifest::sign(&claims, &Pen::key_of(seed))
        .unwrap()
        .to_bytes()
}
