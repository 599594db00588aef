//! Names of things: random, pseudonymous, and never reused.

mod digest;
mod uuid;

pub use digest::{EntryId, EnvelopeId};
pub(crate) use digest::{fixed, hex_digest};
pub use uuid::{BackupId, BundleId, DeviceId, ItemId, PatientId, ServiceId, SiteId, StaffId};

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is not an identifier of this kind. Copy the whole of it and try again.")]
pub struct NotAnId;
