//! Original envelopes of another site, passed on with a patient.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::SiteId;

/// Envelopes on a patient as another site's devices wrote them. On the patient, in the scope of
/// the site that receives them; appended. See [`crate::parcel`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The site in whose scope they stand.
    pub from: SiteId,
    /// The envelopes, byte by byte as they were written.
    pub envelopes: Vec<PassedOn>,
}

/// One envelope, as it was written.
#[derive(Clone, PartialEq, Eq)]
pub struct PassedOn(pub Vec<u8>);

impl Serialize for PassedOn {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

/// Bytes only: an envelope has no text form.
impl<'de> Deserialize<'de> for PassedOn {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(from).map(|bytes| Self(bytes.to_vec()))
    }
}
