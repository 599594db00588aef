//! What is written, signed and sent: entries on one subject, all or nothing.
//!
//! The header is in clear and signed by the device, so anyone can check a stream without reading
//! it. The content is compressed, padded, sealed, and bound to the header by its hash; it can be
//! erased without breaking the chain.

mod header;
mod seal;

use std::fmt;

use crate::cbor::{Error as CborError, Reader, Writer};
use crate::domain::{self, ENVELOPE_ID, HEADER_HASH, HEADER_SIGNATURE, SEALED_HASH};
use crate::entry::Entry;
use crate::fold::Placed;
use crate::id::{EntryId, EnvelopeId};
use crate::keys::{ContentKey, VerifyingKey};

pub use header::{FORMAT, Header, NO_PREVIOUS, Position, SUITE, Stream};
pub use seal::{seal, seal_emergency};

/// The most entries in one envelope.
pub const MAX_ENTRIES: usize = 1024;
/// The most bytes of content before compression: 4 MiB.
pub const MAX_CONTENT_BYTES: usize = crate::cbor::MAX_BYTES;
/// The most bytes of one envelope: 2 MiB. Pictures and letters are attachments, not entries.
pub const MAX_ENVELOPE_BYTES: usize = 2 * 1024 * 1024;

/// One envelope, kept exactly as it was written.
///
/// `Debug` shows the header only.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    header: Header,
    header_bytes: Vec<u8>,
    signature: [u8; 64],
    /// Nonce, ciphertext and tag; `None` once erased.
    sealed: Option<Vec<u8>>,
}

impl Envelope {
    /// The hash of header and signature.
    pub fn id(&self) -> EnvelopeId {
        EnvelopeId::from_bytes(domain::digest(
            ENVELOPE_ID,
            &[&self.header_bytes, &self.signature],
        ))
    }

    /// What stands in clear.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What the next header in the stream names as `previous`.
    pub fn header_hash(&self) -> [u8; 32] {
        domain::digest(HEADER_HASH, &[&self.header_bytes])
    }

    /// Whether the content has been erased.
    pub fn is_erased(&self) -> bool {
        self.sealed.is_none()
    }

    /// The same envelope, its content removed. Its id and its place in the chain stay.
    #[must_use]
    pub fn without_content(&self) -> Self {
        Self {
            sealed: None,
            ..self.clone()
        }
    }

    /// The bytes as they are kept and sent.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Writer::new();
        to.array(3);
        to.bytes(&self.header_bytes);
        to.bytes(&self.signature);
        match &self.sealed {
            Some(sealed) => to.bytes(sealed),
            None => to.null(),
        }
        to.into_bytes()
    }

    /// Reads an envelope and checks that its content is the one its header names.
    ///
    /// Nothing is proven until [`Envelope::verify`] has passed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(Error::TooLong);
        }
        let mut from = Reader::new(bytes);
        from.array_of(3)?;
        let header_bytes = from.bytes()?.to_vec();
        let signature = from.bytes_of()?;
        let sealed = if from.null() {
            None
        } else {
            Some(from.bytes()?.to_vec())
        };
        from.end()?;
        let header = Header::from_bytes(&header_bytes)?;
        if sealed
            .as_deref()
            .is_some_and(|sealed| sealed_hash(sealed) != header.sealed_hash)
        {
            return Err(Error::ContentChanged);
        }
        Ok(Self {
            header,
            header_bytes,
            signature,
            sealed,
        })
    }

    /// Checks that the device with this key wrote the header.
    pub fn verify(&self, device: &VerifyingKey) -> Result<(), Error> {
        device
            .verify(HEADER_SIGNATURE, &self.header_bytes, &self.signature)
            .map_err(Error::from)
    }

    /// Opens the content with the key the header names.
    pub fn open(&self, key: &ContentKey) -> Result<Vec<Entry>, Error> {
        let sealed = self.sealed.as_deref().ok_or(Error::Erased)?;
        seal::open(&self.header, sealed, key)
    }

    /// Gives opened entries their ids and their place. Whether each of them counts is for
    /// [`Authorities::accepts`](crate::certificate::Authorities::accepts).
    pub fn place(&self, entries: Vec<Entry>) -> Vec<Placed> {
        let envelope = self.id();
        (0..=u16::MAX)
            .zip(entries)
            .map(|(index, entry)| Placed {
                id: EntryId { envelope, index },
                subject: self.header.subject,
                scope: self.header.scope,
                device: self.header.device,
                incarnation: self.header.incarnation,
                sequence: self.header.sequence,
                unverified: None,
                forked_at: None,
                entry,
            })
            .collect()
    }
}

fn sealed_hash(sealed: &[u8]) -> [u8; 32] {
    domain::digest(SEALED_HASH, &[sealed])
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("id", &self.id())
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

/// Why an envelope was not written, read or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not an envelope.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// An entry cannot be written or read.
    #[error(transparent)]
    Entry(#[from] crate::entry::Error),
    /// The device's signature does not fit.
    #[error(transparent)]
    Signature(#[from] crate::keys::BadSignature),
    /// Written by a newer version, or with algorithms or a dictionary this one does not know.
    #[error("This was written by a newer version. Update Felloe to read it.")]
    Newer,
    /// The header holds a combination that makes no sense.
    #[error("The header of this envelope cannot be right, so it was not accepted.")]
    Header,
    /// The content is not the one the header names.
    #[error(
        "The content was changed after it was written, so it was not accepted. Fetch it again."
    )]
    ContentChanged,
    /// The content was erased.
    #[error("The content was erased, so there is nothing to open.")]
    Erased,
    /// Another key than the one the header names.
    #[error("This key does not open this envelope.")]
    WrongKey,
    /// The seal is broken.
    #[error("The seal is broken, so the content was not opened. Fetch it again.")]
    Seal,
    /// The compressed content or its padding is wrong.
    #[error("The content cannot be unpacked. Fetch it again.")]
    Compression,
    /// Longer than the limits.
    #[error("That is more than one envelope may hold. Save it in smaller parts.")]
    TooLong,
    /// An envelope has at least one entry.
    #[error("There is nothing to save.")]
    Empty,
    /// Two entries of one envelope give a value to one slot.
    #[error("One thing was given two values at once. Save the one that holds.")]
    SlotTwice,
}
