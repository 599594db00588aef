//! A patient's key and its generations.
//!
//! Every envelope on a patient is sealed under a random key of that patient's own. The key
//! travels as an entry of kind `patient-key` on the patient, in the site's scope, in an envelope
//! of its own that is sealed under the scope's epoch key. The key id in each header tells which
//! key opens it. So a transfer wraps one key for another scope and passes the originals on; an
//! erasure destroys the key; a revocation starts a new generation at the next write.

use serde::{Deserialize, Serialize};

use crate::cbor::{self, Value};
use crate::keys::{ContentKey, KeyId};

/// One generation of a patient's key.
#[derive(Debug, Clone)]
pub struct PatientKey {
    /// Counts from 1.
    pub generation: u32,
    /// The key itself.
    pub key: ContentKey,
}

/// The schema of the `patient-key` body.
pub const VERSION: u16 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    generation: u32,
    #[serde(with = "key_bytes")]
    key: ContentKey,
}

impl PatientKey {
    /// The body of a `patient-key` entry.
    pub fn to_body(&self) -> Result<Value, cbor::Error> {
        cbor::to_value(&Body {
            generation: self.generation,
            key: self.key.clone(),
        })
    }

    /// Reads the body of a `patient-key` entry.
    pub fn from_body(body: &Value) -> Result<Self, cbor::Error> {
        let Body { generation, key } = cbor::from_value(body)?;
        if generation == 0 {
            Err(cbor::Error::OutOfRange)
        } else {
            Ok(Self { generation, key })
        }
    }

    /// The key to write under: the highest generation; of concurrent ones the lowest key id, so
    /// that all devices choose alike. All of them stay good for reading.
    pub fn to_write_under<'a>(keys: impl IntoIterator<Item = &'a Self>) -> Option<&'a Self> {
        keys.into_iter()
            .max_by_key(|key| (key.generation, std::cmp::Reverse(key.key.id())))
    }

    /// The key's id.
    pub fn id(&self) -> KeyId {
        self.key.id()
    }
}

mod key_bytes {
    use serde::{Deserializer, Serializer};

    use crate::id::fixed;
    use crate::keys::ContentKey;

    pub(super) fn serialize<S: Serializer>(key: &ContentKey, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(key.expose())
    }

    /// Bytes only: a key has no text form, so none can be pasted into a log.
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ContentKey, D::Error> {
        fixed::<D, 32>(from, |_| None).map(ContentKey::from_bytes)
    }
}
