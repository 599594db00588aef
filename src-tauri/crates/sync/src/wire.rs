//! The messages, and their bytes: canonical CBOR, given in `docs/protocol.md`.
//!
//! One request has one answer. A message is `[version, service, kind, fields]`, so that it says
//! what it is whatever it came through. A message that cannot be read is refused whole; an
//! envelope inside one that cannot be read is refused alone, since it may be from a newer version.

mod answer;
mod blob;
mod parts;
mod refusal;
mod request;

use std::ops::RangeInclusive;

use record::cbor::{Error as CborError, Reader, Writer};
use record::id::ServiceId;

use crate::version::{ACCEPTED, VERSION};

pub use answer::{Answer, NotErased, Refused};
pub use blob::BlobName;
pub use refusal::{Failure, NotKept, Reason};
pub use request::Request;

pub(crate) use parts::{read_certificates, read_time, write_certificates, write_time};

/// The most bytes of one message: 4 MiB, room for one envelope of the largest size and more.
pub const MAX_MESSAGE_BYTES: usize = 4 * 1024 * 1024;
/// The most bytes of envelopes that are put into one message: half of it, so that one more of the
/// largest size always fits. Design decision.
pub const MAX_BATCH_BYTES: usize = MAX_MESSAGE_BYTES / 2;
/// The most items in any list. What a message may hold is bounded by its bytes; this bounds what
/// is set aside for items of a few bytes each. Design decision.
pub const MAX_ITEMS: u64 = 65_536;
/// The most places or ids in one question: each costs the hub server a look. Design decision.
pub const MAX_ASKED: usize = 4096;
/// The most erasures of which the proof is shown in one request: some hundred kilobytes. Design
/// decision.
pub const MAX_PROOFS: usize = 64;
/// The most certificates in a chain: root, administrator, device, and room for what may come.
pub const MAX_CHAIN: u64 = 8;

/// A message in the version that is spoken.
pub(crate) fn write(service: ServiceId, kind: u64, fields: impl FnOnce(&mut Writer)) -> Vec<u8> {
    write_in(VERSION, service, kind, fields)
}

/// A message in another version.
pub(crate) fn write_in(
    version: u64,
    service: ServiceId,
    kind: u64,
    fields: impl FnOnce(&mut Writer),
) -> Vec<u8> {
    let mut to = Writer::new();
    to.array(4);
    to.uint(version);
    to.bytes(service.as_bytes());
    to.uint(kind);
    fields(&mut to);
    to.into_bytes()
}

/// Reads a message in a version that is spoken, whose fields `read` understands by its kind.
pub(crate) fn read<'a, T>(
    bytes: &'a [u8],
    fields: impl FnOnce(u64, ServiceId, &mut Reader<'a>) -> Result<T, Error>,
) -> Result<(ServiceId, T), Error> {
    read_in(&ACCEPTED, bytes, fields)
}

/// Reads a message in one of these versions.
pub(crate) fn read_in<'a, T>(
    accepted: &RangeInclusive<u64>,
    bytes: &'a [u8],
    fields: impl FnOnce(u64, ServiceId, &mut Reader<'a>) -> Result<T, Error>,
) -> Result<(ServiceId, T), Error> {
    if bytes.len() > MAX_MESSAGE_BYTES {
        return Err(Error::TooLong);
    }
    let mut from = Reader::new(bytes);
    from.array_of(4)?;
    let version = from.uint()?;
    if !accepted.contains(&version) {
        return Err(Error::Version { theirs: version });
    }
    let service = ServiceId::from_bytes(from.bytes_of()?);
    let kind = from.uint()?;
    let message = fields(kind, service, &mut from)?;
    from.end()?;
    Ok((service, message))
}

/// Why bytes are not a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes have no right form.
    #[error(
        "The other side's message cannot be read. Try again, and update Felloe if it happens again."
    )]
    Cbor(#[from] CborError),
    /// In a version of the protocol that is not read here.
    #[error(
        "The other side speaks version {theirs} of the exchange, which this one does not. Update the older of the two."
    )]
    Version {
        /// The version it is in.
        theirs: u64,
    },
    /// More than [`MAX_MESSAGE_BYTES`].
    #[error(
        "The other side's message is longer than a message may be. Try again, and update Felloe if it happens again."
    )]
    TooLong,
    /// More than [`MAX_ITEMS`] in a list, [`MAX_ASKED`] in a question or [`MAX_CHAIN`] certificates.
    #[error(
        "The other side's message holds a longer list than it may. Update Felloe on both sides."
    )]
    TooMany,
    /// A kind of message that is not known.
    #[error(
        "The other side sent a message of a kind that is not known here. Update the older of the two."
    )]
    Kind,
    /// A certificate in it cannot be read.
    #[error("A certificate that the other side sent cannot be read. Update the older of the two.")]
    Certificate,
}
