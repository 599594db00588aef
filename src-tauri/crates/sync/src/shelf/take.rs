//! What a hub server takes: only what a certified device of the service signed, in a scope that the
//! device that brings it may see.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use record::certificate::{Certificate, Chain};
use record::envelope::{Envelope, Error as EnvelopeError};
use record::id::DeviceId;
use record::keys::VerifyingKey;

use crate::admitted::{Admitted, device_of};
use crate::wire::{Answer, Failure, Reason, Refused};

use super::Shelf;

/// The keys of the devices that wrote one push, each asked for once.
type Keys = BTreeMap<DeviceId, Option<VerifyingKey>>;

/// Keeps all that can be taken in one step; the rest is named with its reason.
pub(super) fn push<S: Shelf>(
    shelf: &mut S,
    device: &Admitted,
    envelopes: &[Vec<u8>],
) -> Result<Answer, S::Error> {
    let mut taken = Vec::new();
    let mut refused = Vec::new();
    let mut keys = Keys::default();
    for (index, bytes) in (0..).zip(envelopes) {
        match read(shelf, device, bytes, &mut keys)? {
            Ok(envelope) => taken.push(envelope),
            Err(reason) => refused.push(Refused { index, reason }),
        }
    }
    let kept = if taken.is_empty() {
        0
    } else {
        shelf.append(&taken)?.new
    };
    Ok(Answer::Kept {
        new: kept as u64,
        refused,
    })
}

fn read<S: Shelf>(
    shelf: &S,
    device: &Admitted,
    bytes: &[u8],
    keys: &mut Keys,
) -> Result<Result<Envelope, Reason>, S::Error> {
    let envelope = match readable(bytes) {
        Ok(envelope) => envelope,
        Err(reason) => return Ok(Err(reason)),
    };
    let stream = envelope.header().stream();
    if stream.service != device.service() {
        return Ok(Err(Reason::OtherService));
    }
    if !device.may_read(&stream) {
        return Ok(Err(Reason::NotEntitled));
    }
    let key = match keys.entry(stream.device) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(asked) => asked.insert(shelf.device_key(stream.device)?),
    };
    Ok(signed(&envelope, key.as_ref()).map(|()| envelope))
}

/// Reads an envelope, or tells why it cannot be.
pub(crate) fn readable(bytes: &[u8]) -> Result<Envelope, Reason> {
    Envelope::from_bytes(bytes).map_err(|error| match error {
        EnvelopeError::Newer => Reason::Newer,
        _ => Reason::Unreadable,
    })
}

/// Whether the device that an envelope names has signed it.
pub(crate) fn signed(envelope: &Envelope, device: Option<&VerifyingKey>) -> Result<(), Reason> {
    let key = device.ok_or(Reason::UnknownDevice)?;
    envelope.verify(key).map_err(|_| Reason::Signature)
}

/// Gets to know a device, if its certificates lead to the pinned root.
pub(super) fn introduce<S: Shelf>(
    shelf: &mut S,
    chain: &[Certificate],
) -> Result<Answer, S::Error> {
    let proven = Chain::new(chain).check(&shelf.root()).is_ok() && device_of(chain).is_some();
    if !proven {
        return Ok(Answer::Failed(Failure::Certificates));
    }
    shelf.introduce(chain)?;
    Ok(Answer::Introduced)
}
