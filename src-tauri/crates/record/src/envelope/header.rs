//! What stands in clear: enough to check a stream, to send it and to find the key, and no more.

use crate::cbor::{Error as CborError, Reader, Writer};
use crate::entry::MAX_COUNTER;
use crate::id::{DeviceId, ServiceId};
use crate::keys::KeyId;
use crate::scope::{Scope, Subject};
use crate::signed::{reads_format, write_format};

use super::Error;

/// The format these bytes are in. It is frozen: `docs/format.md` says what that means.
pub const FORMAT: u64 = 1;

/// The algorithm set: Ed25519, XChaCha20-Poly1305, BLAKE3, zstd.
pub const SUITE: u64 = 1;

/// `previous` of the first envelope in a stream.
pub const NO_PREVIOUS: [u8; 32] = [0; 32];

/// The clear part of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The service it belongs to.
    pub service: ServiceId,
    /// Who may read it.
    pub scope: Scope,
    /// Whom or what every entry is about.
    pub subject: Subject,
    /// The device that wrote it.
    pub device: DeviceId,
    /// Counts the lives of a device: a new one begins after a copied disk or a restored backup.
    pub incarnation: u32,
    /// Place in the stream, from 1, without gaps; at most [`MAX_COUNTER`].
    pub sequence: u64,
    /// Hash of the header before it in the stream; [`NO_PREVIOUS`] for the first.
    pub previous: [u8; 32],
    /// Which key opens it. It commits to the key.
    pub key: KeyId,
    /// The zstd dictionary the content was compressed with; 0 for none, the only one so far.
    pub dictionary: u32,
    /// Whether it is to be sent before all others.
    pub emergency: bool,
    /// Hash of the sealed content.
    pub sealed_hash: [u8; 32],
}

/// A place in a stream, free to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The service.
    pub service: ServiceId,
    /// Who may read.
    pub scope: Scope,
    /// The device that writes.
    pub device: DeviceId,
    /// The device's present life.
    pub incarnation: u32,
    /// The number to be given, from 1.
    pub sequence: u64,
    /// Hash of the header before it.
    pub previous: [u8; 32],
}

/// The envelopes of one life of one device in one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stream {
    /// The service.
    pub service: ServiceId,
    /// Who may read.
    pub scope: Scope,
    /// The device that writes.
    pub device: DeviceId,
    /// The device's life.
    pub incarnation: u32,
}

impl Stream {
    /// The first place in this stream.
    pub fn first(&self) -> Position {
        self.position(1, NO_PREVIOUS)
    }

    /// The place with this number, after the header with this hash.
    pub fn position(&self, sequence: u64, previous: [u8; 32]) -> Position {
        let Self {
            service,
            scope,
            device,
            incarnation,
        } = *self;
        Position {
            service,
            scope,
            device,
            incarnation,
            sequence,
            previous,
        }
    }
}

impl Position {
    /// The first place of a stream.
    pub fn first(service: ServiceId, scope: Scope, device: DeviceId, incarnation: u32) -> Self {
        Stream {
            service,
            scope,
            device,
            incarnation,
        }
        .first()
    }

    /// The place after `envelope`.
    pub fn after(envelope: &super::Envelope) -> Self {
        let header = envelope.header();
        header
            .stream()
            .position(header.sequence + 1, envelope.header_hash())
    }

    /// The stream this is a place in.
    pub fn stream(&self) -> Stream {
        Stream {
            service: self.service,
            scope: self.scope,
            device: self.device,
            incarnation: self.incarnation,
        }
    }
}

impl Header {
    /// Where it stands.
    pub fn position(&self) -> Position {
        self.stream().position(self.sequence, self.previous)
    }

    /// The stream it is part of.
    pub fn stream(&self) -> Stream {
        Stream {
            service: self.service,
            scope: self.scope,
            device: self.device,
            incarnation: self.incarnation,
        }
    }

    /// The whole header, as the device signs it.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.write(true)
    }

    /// The header without the hash of the sealed content, which is not known while sealing.
    pub(super) fn associated_data(&self) -> Vec<u8> {
        self.write(false)
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let chained = (self.sequence == 1) == (self.previous == NO_PREVIOUS);
        let numbered = (1..=MAX_COUNTER).contains(&self.sequence);
        if !(chained && numbered && self.scope.may_hold(&self.subject)) {
            return Err(Error::Header);
        }
        if self.dictionary == 0 {
            Ok(())
        } else {
            Err(Error::Newer)
        }
    }

    fn write(&self, with_hash: bool) -> Vec<u8> {
        let mut to = Writer::new();
        to.map(12 + usize::from(with_hash));
        write_format(&mut to);
        to.uint(2);
        to.bytes(self.service.as_bytes());
        to.uint(3);
        self.scope.write(&mut to);
        to.uint(4);
        self.subject.write(&mut to);
        to.uint(5);
        to.bytes(self.device.as_bytes());
        to.uint(6);
        to.uint(self.incarnation.into());
        to.uint(7);
        to.uint(self.sequence);
        to.uint(8);
        to.bytes(&self.previous);
        to.uint(9);
        to.bytes(self.key.as_bytes());
        to.uint(10);
        to.uint(self.dictionary.into());
        to.uint(11);
        to.uint(self.emergency.into());
        if with_hash {
            to.uint(12);
            to.bytes(&self.sealed_hash);
        }
        to.into_bytes()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut from = Reader::new(bytes);
        let mut fields = from.fields()?;
        if !reads_format(&mut fields)? {
            return Err(Error::Newer);
        }
        let header = Self {
            service: fields
                .required::<_, CborError>(2, |r| r.bytes_of().map(ServiceId::from_bytes))?,
            scope: fields.required(3, Scope::read)?,
            subject: fields.required(4, Subject::read)?,
            device: fields
                .required::<_, CborError>(5, |r| r.bytes_of().map(DeviceId::from_bytes))?,
            incarnation: fields.required::<_, CborError>(6, Reader::uint_as)?,
            sequence: fields.required::<_, CborError>(7, Reader::uint)?,
            previous: fields.required::<_, CborError>(8, Reader::bytes_of)?,
            key: fields.required::<_, CborError>(9, |r| r.bytes_of().map(KeyId::from_bytes))?,
            dictionary: fields.required::<_, CborError>(10, Reader::uint_as)?,
            emergency: fields.required(11, flag)?,
            sealed_hash: fields.required::<_, CborError>(12, Reader::bytes_of)?,
        };
        fields.end()?;
        from.end()?;
        header.check()?;
        Ok(header)
    }
}

fn flag(from: &mut Reader<'_>) -> Result<bool, CborError> {
    match from.uint()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(CborError::OutOfRange),
    }
}
