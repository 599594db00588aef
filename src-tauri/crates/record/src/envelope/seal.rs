//! Packing, sealing and signing; and the way back.

use std::collections::BTreeSet;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::domain::HEADER_SIGNATURE;
use crate::entry::{self, Entry};
use crate::keys::{ContentKey, SigningKey};
use crate::scope::Subject;

use super::{
    Envelope, Error, Header, MAX_CONTENT_BYTES, MAX_ENTRIES, MAX_ENVELOPE_BYTES, Position,
    sealed_hash,
};

/// Small envelopes are bound by the disk, not by the compressor. Any level can be read.
const ZSTD_LEVEL: i32 = 9;

/// Content is padded to this many bytes, so that its length does not tell "present" from "absent".
const PADDED_TO: usize = 64;

const NONCE_BYTES: usize = 24;

/// Writes `entries` on `subject` at `position`: packed, sealed under `key`, signed by the device.
///
/// `nonce` must be 24 fresh random bytes each time.
pub fn seal(
    position: Position,
    subject: Subject,
    key: &ContentKey,
    nonce: [u8; 24],
    entries: &[Entry],
    device: &SigningKey,
) -> Result<Envelope, Error> {
    seal_as(position, subject, key, nonce, entries, device, false)
}

/// Like [`seal`], and marked to be sent before all others. The mark stands in clear.
pub fn seal_emergency(
    position: Position,
    subject: Subject,
    key: &ContentKey,
    nonce: [u8; 24],
    entries: &[Entry],
    device: &SigningKey,
) -> Result<Envelope, Error> {
    seal_as(position, subject, key, nonce, entries, device, true)
}

fn seal_as(
    position: Position,
    subject: Subject,
    key: &ContentKey,
    nonce: [u8; 24],
    entries: &[Entry],
    device: &SigningKey,
    emergency: bool,
) -> Result<Envelope, Error> {
    check_entries(entries)?;
    if entries
        .iter()
        .any(|entry| entry.kind.needs_signature() && entry.signed.is_none())
    {
        return Err(entry::Error::NotSigned.into());
    }
    let mut header = Header {
        service: position.service,
        scope: position.scope,
        subject,
        device: position.device,
        incarnation: position.incarnation,
        sequence: position.sequence,
        previous: position.previous,
        key: key.id(),
        dictionary: 0,
        emergency,
        sealed_hash: [0; 32],
    };
    header.check()?;
    let packed = pack(entries)?;
    let ciphertext = cipher(key)
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: &packed,
                aad: &header.associated_data(),
            },
        )
        .map_err(|_| Error::TooLong)?;
    let sealed = [nonce.as_slice(), &ciphertext].concat();
    header.sealed_hash = sealed_hash(&sealed);
    let header_bytes = header.to_bytes();
    let signature = device.sign(HEADER_SIGNATURE, &header_bytes);
    let envelope = Envelope {
        header,
        header_bytes,
        signature,
        sealed: Some(sealed),
    };
    if envelope.to_bytes().len() > MAX_ENVELOPE_BYTES {
        Err(Error::TooLong)
    } else {
        Ok(envelope)
    }
}

pub(super) fn open(header: &Header, sealed: &[u8], key: &ContentKey) -> Result<Vec<Entry>, Error> {
    if key.id() != header.key {
        return Err(Error::WrongKey);
    }
    let (nonce, ciphertext) = sealed
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(Error::Seal)?;
    let packed = cipher(key)
        .decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: ciphertext,
                aad: &header.associated_data(),
            },
        )
        .map_err(|_| Error::Seal)?;
    let content = unpack(&Zeroizing::new(packed))?;
    let entries = entry::decode(&content, MAX_ENTRIES)?;
    check_entries(&entries)?;
    Ok(entries)
}

fn cipher(key: &ContentKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key.cipher_key()).into())
}

/// Two values for one slot in one envelope could not have seen each other, and would be a
/// conflict of one author with himself.
fn check_entries(entries: &[Entry]) -> Result<(), Error> {
    if entries.is_empty() {
        return Err(Error::Empty);
    }
    if entries.len() > MAX_ENTRIES {
        return Err(Error::TooLong);
    }
    let mut slots = BTreeSet::new();
    if entries
        .iter()
        .filter_map(|entry| entry.slot.as_ref())
        .all(|slot| slots.insert(slot))
    {
        Ok(())
    } else {
        Err(Error::SlotTwice)
    }
}

/// Length of the compressed content (4 bytes, big-endian), the content, zeros to a multiple of
/// [`PADDED_TO`].
fn pack(entries: &[Entry]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let content = Zeroizing::new(entry::encode(entries)?);
    if content.len() > MAX_CONTENT_BYTES {
        return Err(Error::TooLong);
    }
    let compressed = zstd::bulk::compress(&content, ZSTD_LEVEL)
        .map(Zeroizing::new)
        .map_err(|_| Error::Compression)?;
    let length = u32::try_from(compressed.len()).map_err(|_| Error::TooLong)?;
    let mut packed = Zeroizing::new(Vec::with_capacity(
        (4 + compressed.len()).next_multiple_of(PADDED_TO),
    ));
    packed.extend_from_slice(&length.to_be_bytes());
    packed.extend_from_slice(&compressed);
    let padded = packed.len().next_multiple_of(PADDED_TO);
    packed.resize(padded, 0);
    Ok(packed)
}

fn unpack(packed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (length, rest) = packed.split_first_chunk::<4>().ok_or(Error::Compression)?;
    let length = u32::from_be_bytes(*length) as usize;
    let (compressed, padding) = rest.split_at_checked(length).ok_or(Error::Compression)?;
    let padded = (4 + length).next_multiple_of(PADDED_TO) == packed.len()
        && padding.iter().all(|byte| *byte == 0);
    if !padded {
        return Err(Error::Compression);
    }
    // The library would join several frames; another reader may stop after the first.
    if zstd::zstd_safe::find_frame_compressed_size(compressed) != Ok(length) {
        return Err(Error::Compression);
    }
    // The bound is the whole defence against a few bytes that unpack to gigabytes.
    zstd::bulk::decompress(compressed, MAX_CONTENT_BYTES)
        .map(Zeroizing::new)
        .map_err(|_| Error::Compression)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{Error, MAX_CONTENT_BYTES, PADDED_TO, unpack};

    fn packed(compressed: &[u8], padding: &[u8]) -> Vec<u8> {
        let length = u32::try_from(compressed.len()).unwrap().to_be_bytes();
        [length.as_slice(), compressed, padding].concat()
    }

    fn padded(compressed: &[u8]) -> Vec<u8> {
        let length = 4 + compressed.len();
        packed(
            compressed,
            &vec![0; length.next_multiple_of(PADDED_TO) - length],
        )
    }

    #[test]
    fn a_few_bytes_that_unpack_to_gigabytes_are_refused() {
        let bomb = zstd::bulk::compress(&vec![0; MAX_CONTENT_BYTES + 1], 19).unwrap();
        assert!(bomb.len() < 1024);
        assert_eq!(unpack(&padded(&bomb)), Err(Error::Compression));
        let largest = zstd::bulk::compress(&vec![0; MAX_CONTENT_BYTES], 19).unwrap();
        assert_eq!(unpack(&padded(&largest)).unwrap().len(), MAX_CONTENT_BYTES);
    }

    #[test]
    fn a_bomb_that_hides_its_size_is_refused() {
        let unsized_frame = zstd::stream::encode_all(std::io::repeat(0).take(1 << 30), 3).unwrap();
        assert_eq!(unpack(&padded(&unsized_frame)), Err(Error::Compression));
    }

    #[test]
    fn a_second_frame_or_anything_else_after_the_first_is_refused() {
        let one = zstd::bulk::compress(b"content", 3).unwrap();
        let two = [one.as_slice(), &one].concat();
        let more = [one.as_slice(), b"x"].concat();
        let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0], one.as_slice()].concat();
        for bad in [two, more, skipped] {
            assert_eq!(unpack(&padded(&bad)), Err(Error::Compression));
        }
    }

    #[test]
    fn padding_is_zeros_and_no_more_than_needed() {
        let content = zstd::bulk::compress(b"content", 3).unwrap();
        let good = padded(&content);
        assert_eq!(unpack(&good).unwrap().as_slice(), b"content");
        let mut dirty = good.clone();
        *dirty.last_mut().unwrap() = 1;
        let longer = [good.as_slice(), &[0; PADDED_TO]].concat();
        let shorter = good[..good.len() - 1].to_vec();
        let mut overlong = good.clone();
        overlong[0] = 0xff;
        for bad in [dirty, longer, shorter, overlong, Vec::new()] {
            assert_eq!(unpack(&bad), Err(Error::Compression));
        }
    }
}
