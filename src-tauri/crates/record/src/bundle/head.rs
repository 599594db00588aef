//! What stands in clear at the front of a bundle.

use crate::body::BoxedKey;
use crate::domain::{self, BUNDLE_HEAD};
use crate::id::{BundleId, DeviceId, ServiceId};

use super::{BUNDLE_KEY_INFO, Error, LAYOUT, MARK, MAX_HEAD_BYTES, wire};

/// Bytes before the head itself: the mark, the layout, the head's length.
pub const HEAD_AT: usize = MARK.len() + 1 + 4;

/// Hash of a head and of what stands before it: every part of the bundle is bound to it.
pub type Check = [u8; 32];

/// For whom a bundle is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The service.
    pub service: ServiceId,
    /// The bundle's own id.
    pub bundle: BundleId,
    /// The laptops that open it, ascending by id, each once; 1 to
    /// [`MAX_RECIPIENTS`](super::MAX_RECIPIENTS).
    pub recipients: Vec<Recipient>,
}

/// One laptop that opens a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient {
    /// The laptop.
    pub device: DeviceId,
    /// The file's key, sealed to the sealing key of the laptop's certificate by HPKE with
    /// [`BUNDLE_KEY_INFO`] over [`bundle_key_purpose`].
    pub boxed: BoxedKey,
}

/// The associated data of a sealed file key, so that it opens one bundle on one laptop and nothing
/// else.
pub fn bundle_key_purpose(service: ServiceId, bundle: BundleId, device: DeviceId) -> String {
    format!("{BUNDLE_KEY_INFO} {service} {bundle} {device}")
}

impl Head {
    /// The first bytes of the file, with the head's own check at their end.
    pub fn to_bytes(&self) -> Result<(Vec<u8>, Check), Error> {
        let head = wire::write_head(self)?;
        let length = u32::try_from(head.len()).map_err(|_| Error::TooLarge)?;
        let mut bytes = MARK.to_vec();
        bytes.push(LAYOUT);
        bytes.extend(length.to_be_bytes());
        bytes.extend(head);
        let check = check(&bytes);
        bytes.extend(check);
        Ok((bytes, check))
    }

    /// Reads the first [`HEAD_AT`] bytes; gives how many bytes the head has, its check not counted.
    pub fn length(front: &[u8; HEAD_AT]) -> Result<usize, Error> {
        let (mark, rest) = front.split_at(MARK.len());
        if mark != MARK {
            return Err(Error::NotABundle);
        }
        if rest[0] != LAYOUT {
            return Err(Error::Newer);
        }
        let length = u32::from_be_bytes([rest[1], rest[2], rest[3], rest[4]]) as usize;
        if length > MAX_HEAD_BYTES {
            Err(Error::TooLarge)
        } else {
            Ok(length)
        }
    }

    /// Reads a head of the length that `front` names, with its check at the end.
    pub fn from_bytes(front: &[u8; HEAD_AT], rest: &[u8]) -> Result<(Self, Check), Error> {
        let (head, told) = rest.split_last_chunk::<32>().ok_or(Error::CutShort)?;
        if head.len() != Self::length(front)? {
            return Err(Error::CutShort);
        }
        // It stands in clear, so this tells damage from somebody else's bundle, and no more.
        let check = domain::digest(BUNDLE_HEAD, &[front, head]);
        if check != *told {
            return Err(Error::Altered);
        }
        Ok((wire::read_head(head)?, check))
    }
}

fn check(bytes: &[u8]) -> Check {
    domain::digest(BUNDLE_HEAD, &[bytes])
}
