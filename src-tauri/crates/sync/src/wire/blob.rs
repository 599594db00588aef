//! The parts of messages about the blobs of attachments.

use record::blob::{BlobId, MAX_BLOB};
use record::cbor::{Error as CborError, Reader, Writer};
use record::id::{PatientId, SiteId};
use record::scope::Scope;

use super::Error;

/// A blob, as those name it who do not read it: what it is and whose stands in a sealed entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BlobName {
    /// The site in whose scope the entry stands that holds its key.
    pub site: SiteId,
    /// The patient whom that entry is about: a random id, which every header on them bears too.
    pub patient: PatientId,
    /// The hash of its bytes.
    pub id: BlobId,
    /// How many they are, 1 to [`MAX_BLOB`].
    pub size: u64,
}

impl BlobName {
    /// The scope that it is kept in.
    pub fn scope(&self) -> Scope {
        Scope::Site(self.site)
    }
}

pub(super) fn write_name(to: &mut Writer, name: &BlobName) {
    to.array(4);
    to.bytes(name.site.as_bytes());
    to.bytes(name.patient.as_bytes());
    to.bytes(name.id.as_bytes());
    to.uint(name.size);
}

pub(super) fn read_name(from: &mut Reader<'_>) -> Result<BlobName, Error> {
    from.array_of(4)?;
    Ok(BlobName {
        site: SiteId::from_bytes(from.bytes_of()?),
        patient: PatientId::from_bytes(from.bytes_of()?),
        id: BlobId::from_bytes(from.bytes_of()?),
        size: read_size(from)?,
    })
}

pub(super) fn read_size(from: &mut Reader<'_>) -> Result<u64, Error> {
    let size = from.uint()?;
    if (1..=MAX_BLOB).contains(&size) {
        Ok(size)
    } else {
        Err(CborError::OutOfRange.into())
    }
}
