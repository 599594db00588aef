//! Parcels: what another site wrote about a patient, passed on as it was written.
//!
//! The site that receives a patient is not in the other site's scope. So whoever is in both puts
//! the original envelopes into entries of kind `parcel` there, beside the patient's keys. They keep
//! their place, their signatures and their ids, and each is checked again by whoever reads them:
//! that somebody passed it on proves nothing.

use crate::body::{Parcel, PassedOn};
use crate::envelope::{Envelope, Error as EnvelopeError, Header};
use crate::id::{DeviceId, SiteId};
use crate::keys::VerifyingKey;
use crate::scope::Scope;

/// Bytes of envelopes from which a parcel is full: 1 MiB, half of what one envelope may hold. A
/// design decision.
const FULL: usize = 1024 * 1024;

/// Why an envelope of a parcel is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParcelError {
    /// The bytes are no envelope.
    #[error(
        "Part of what another site passed on cannot be read. Ask that site to pass it on again."
    )]
    Unreadable(#[from] EnvelopeError),
    /// It is about somebody else, or of another site or service than the parcel says.
    #[error(
        "Part of what another site passed on does not belong to this record, so it was not read. Tell an administrator."
    )]
    Elsewhere,
    /// No certificate names the device that wrote it.
    #[error(
        "Part of what another site passed on was written by a device that is not known here. Bring this device up to date."
    )]
    UnknownDevice,
    /// The device's signature does not fit.
    #[error(
        "Part of what another site passed on was altered, so it was not read. Tell an administrator."
    )]
    Altered,
}

/// Puts envelopes of one site into as many parcels as they fill, in their order.
pub fn pack<'a>(from: SiteId, envelopes: impl IntoIterator<Item = &'a Envelope>) -> Vec<Parcel> {
    let mut parcels: Vec<Parcel> = Vec::new();
    let mut held = FULL;
    for envelope in envelopes {
        let bytes = envelope.to_bytes();
        if held + bytes.len() > FULL {
            held = 0;
            parcels.push(Parcel {
                from,
                envelopes: Vec::new(),
            });
        }
        held += bytes.len();
        if let Some(parcel) = parcels.last_mut() {
            parcel.envelopes.push(PassedOn(bytes));
        }
    }
    parcels
}

/// Takes the envelopes out of a parcel that stands under `around`. Each has to be about the same
/// patient of the same service, of the site that the parcel names, and signed by the device that
/// it names.
pub fn unpack(
    around: &Header,
    parcel: &Parcel,
    device_key: impl Fn(DeviceId) -> Option<VerifyingKey>,
) -> Vec<Result<Envelope, ParcelError>> {
    let checked = |bytes: &PassedOn| {
        let envelope = Envelope::from_bytes(&bytes.0)?;
        let header = envelope.header();
        let belongs = header.service == around.service
            && header.subject == around.subject
            && header.scope == Scope::Site(parcel.from);
        if !belongs {
            return Err(ParcelError::Elsewhere);
        }
        let key = device_key(header.device).ok_or(ParcelError::UnknownDevice)?;
        envelope.verify(&key).map_err(|_| ParcelError::Altered)?;
        Ok(envelope)
    };
    parcel.envelopes.iter().map(checked).collect()
}
