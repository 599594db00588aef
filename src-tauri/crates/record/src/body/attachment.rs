//! A document that belongs to a patient's record.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::blob::{BlobId, BlobKey, ContentHash, MAX_CONTENT};
use crate::id::ItemId;

/// A document: what it is, and where its bytes are. Slot `attachment/<attachment>`. The bytes
/// travel by themselves, see [`crate::blob`]; who attached it and when is said by the entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// This one, whatever is corrected about it.
    pub attachment: ItemId,
    /// What it is: referral-letter, imaging-report, clinic-letter, photograph or other.
    pub what: String,
    /// What it says on the list, in a person's words.
    pub title: String,
    /// application/pdf, image/jpeg or image/png, by its first bytes.
    pub media: String,
    /// Bytes of the content, 1 to [`MAX_CONTENT`]: an entry that says anything else is not read.
    #[serde(deserialize_with = "size")]
    pub size: u64,
    /// The hash of the content.
    pub content: ContentHash,
    /// The blob.
    pub blob: BlobId,
    /// The blob's key.
    pub key: BlobKey,
}

impl Attachment {
    /// Bytes of the blob.
    pub fn blob_size(&self) -> u64 {
        crate::blob::sealed_size(self.size)
    }
}

fn size<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let size = u64::deserialize(from)?;
    if (1..=MAX_CONTENT).contains(&size) {
        Ok(size)
    } else {
        Err(D::Error::custom("no document is of that size"))
    }
}
