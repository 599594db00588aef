//! Reading a bundle.

use std::collections::BTreeMap;
use std::io::Read;

use record::body::BoxedKey;
use record::bundle::{
    Check, Error as Fault, HEAD_AT, Head, MARK, MAX_MANIFEST_BYTES, Manifest, Recipient,
};
use record::certificate::Fingerprint;
use record::envelope::{Envelope, MAX_ENVELOPE_BYTES, Stream};
use record::id::{DeviceId, ServiceId};

use super::chunks::Opening;
use super::{Error, FileKey};

/// The front of a bundle, read in clear: for whom it is.
#[derive(Debug)]
pub struct Front<R> {
    head: Head,
    check: Check,
    from: R,
}

/// A bundle that is open: its manifest has been checked, and its envelopes can be read.
pub struct Bundle<R> {
    manifest: Manifest,
    opening: Opening<R>,
}

/// The envelopes of a bundle, one after another.
pub struct Envelopes<R> {
    opening: Opening<R>,
    /// How many of each stream are still to come.
    left: BTreeMap<Stream, u64>,
    ended: bool,
}

/// Reads the front of a bundle and refuses what is none, was cut short or altered, or is of a newer
/// version.
pub fn front<R: Read>(mut from: R) -> Result<Front<R>, Error> {
    let before = first_bytes(&mut from)?;
    let mut rest = vec![0; Head::length(&before)? + 32];
    read_whole(&mut from, &mut rest)?;
    let (head, check) = Head::from_bytes(&before, &rest)?;
    Ok(Front { head, check, from })
}

impl<R: Read> Front<R> {
    /// What stands in clear.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The file's key as it was sealed to this device of this service; refuses a bundle of another
    /// service, and one for somebody else.
    pub fn sealed_to(&self, service: ServiceId, device: DeviceId) -> Result<BoxedKey, Error> {
        if self.head.service != service {
            return Err(Fault::OtherService.into());
        }
        let own = |recipient: &&Recipient| recipient.device == device;
        let found = self.head.recipients.iter().find(own);
        Ok(found.ok_or(Fault::ForSomeoneElse)?.boxed)
    }

    /// Opens it with the file's key and checks who wrote it.
    pub fn open(self, key: &FileKey, enrolled: &Fingerprint) -> Result<Bundle<R>, Error> {
        let mut opening = Opening::new(self.from, key, self.check);
        let manifest = opening
            .item(MAX_MANIFEST_BYTES)?
            .ok_or(Fault::NotAsListed)?;
        let manifest = Manifest::from_bytes(&manifest, &self.check, enrolled)?;
        let claims = manifest.claims();
        if (claims.service, claims.bundle) != (self.head.service, self.head.bundle) {
            return Err(Fault::Altered.into());
        }
        Ok(Bundle { manifest, opening })
    }
}

impl<R: Read> Bundle<R> {
    /// Who wrote it, and what is in it.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its envelopes. Each is read as one; whether its device signed it is for the journal's side
    /// to check, which holds the certificates.
    pub fn envelopes(self) -> Envelopes<R> {
        let ranges = &self.manifest.claims().ranges;
        Envelopes {
            left: ranges.iter().map(|it| (it.stream, it.envelopes)).collect(),
            opening: self.opening,
            ended: false,
        }
    }
}

impl<R: Read> Envelopes<R> {
    fn read(&mut self) -> Result<Option<Envelope>, Error> {
        let Some(bytes) = self.opening.item(MAX_ENVELOPE_BYTES)? else {
            let all_came = self.left.values().all(|left| *left == 0);
            return if all_came {
                Ok(None)
            } else {
                Err(Fault::NotAsListed.into())
            };
        };
        let envelope = Envelope::from_bytes(&bytes)?;
        let left = self.left.get_mut(&envelope.header().stream());
        match left.filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => return Err(Fault::NotAsListed.into()),
        }
        Ok(Some(envelope))
    }
}

/// After the first error nothing more comes.
impl<R: Read> Iterator for Envelopes<R> {
    type Item = Result<Envelope, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read().transpose();
        self.ended = !matches!(read, Some(Ok(_)));
        read
    }
}

/// The bytes that tell what a file is. A short file of another sort is no bundle that was cut.
fn first_bytes(from: &mut impl Read) -> Result<[u8; HEAD_AT], Error> {
    let mut bytes = Vec::with_capacity(HEAD_AT);
    let mut front = from.take(HEAD_AT as u64);
    front.read_to_end(&mut bytes).map_err(Error::File)?;
    let begun = bytes.len().min(MARK.len());
    if bytes.is_empty() || bytes[..begun] != MARK[..begun] {
        return Err(Fault::NotABundle.into());
    }
    bytes.try_into().map_err(|_| Fault::CutShort.into())
}

/// Fills `bytes`, or says that the file ends before.
fn read_whole(from: &mut impl Read, bytes: &mut [u8]) -> Result<(), Error> {
    from.read_exact(bytes).map_err(|fault| match fault.kind() {
        std::io::ErrorKind::UnexpectedEof => Fault::CutShort.into(),
        _ => Error::File(fault),
    })
}
